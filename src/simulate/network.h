/* network.h: the layers of a spec one after the other. Not installed. */
#ifndef SELFNORM_SIMULATE_NETWORK_H
#define SELFNORM_SIMULATE_NETWORK_H

#include "simulate/simulate.h"

/* The l-th layer, from 1 on; l beyond the depth: there is none, and only l is to be read. */
typedef struct sn_cursor {
    const sn_simulation_spec *spec;
    const sn_layer *layer;
    size_t l, fan_in;
    sn_method method; /* direct or gram */
    size_t block, within;
} sn_cursor;

sn_cursor sn_cursor_begin(const sn_simulation_spec *spec);
void sn_cursor_next(sn_cursor *cursor);

/* How many rows of a layer are drawn at a time, a function of the shape alone. */
size_t sn_strip_rows(sn_method method, size_t fan_in, size_t size_of_number);

/* The most neurons of any layer, the input included. */
size_t sn_network_widest(const sn_simulation_spec *spec);

/* Whether any layer is drawn by that method. */
bool sn_network_uses(const sn_simulation_spec *spec, sn_method method);

#endif
