/* propagate.h: one replica, its input drawn and sent through all layers. Not installed. */
#ifndef SELFNORM_SIMULATE_PROPAGATE_H
#define SELFNORM_SIMULATE_PROPAGATE_H

#include <stdatomic.h>

#include "simulate/simulate.h"
#include "simulate/statistics.h"

typedef struct sn_layer_record {
    sn_tally pre, post; /* over neurons and samples; pre is empty for the input */
} sn_layer_record;

/* What a thread needs to run replicas one after the other; layer[] and the two outcomes are those
 * of the last one. */
typedef struct sn_workspace {
    sn_layer_record *layer; /* depth + 1, of which the first `layers` are finite and valid */
    size_t layers;          /* depth + 1, or the layer where it exploded: 0 is the input */
    size_t died;            /* the first layer whose activations all were equal, 0: none */
    void *front, *back;     /* activations of a layer and of the next: width x samples */
    void *strip;            /* weights of some neurons: sn_strip_rows x width */
    void *bias;             /* width */
} sn_workspace;

/* How many neurons are computed at a time. */
size_t sn_strip_rows(const sn_simulation_spec *spec);

/* Bytes of one workspace, SIZE_MAX when they do not fit. */
size_t sn_workspace_bytes(const sn_simulation_spec *spec);

/* NULL when memory is out. */
sn_workspace *sn_workspace_new(const sn_simulation_spec *spec);
void sn_workspace_free(sn_workspace *workspace); /* NULL is fine */

/* Runs one replica. false, and nothing in the workspace to be read: *stop became true. */
SN_NODISCARD bool sn_propagate(const sn_simulation_spec *spec, uint32_t replica,
                               sn_workspace *workspace, const atomic_bool *stop);

#endif
