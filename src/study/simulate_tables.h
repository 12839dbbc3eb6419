/* simulate_tables.h: the tables of a simulation. Every row begins with the swept values. */
#ifndef SELFNORM_STUDY_SIMULATE_TABLES_H
#define SELFNORM_STUDY_SIMULATE_TABLES_H

#include "base/table.h"
#include "config/config.h"
#include "study/prediction.h"

/* layers: a row a layer, what was observed with its errors and the theory beside it.
 * networks: a row a network, its last layer, its gradient at the input, and its fate.
 * histogram: a row a bin of a layer that is drawn, see sn_distributions_layer; NULL also where none
 * is observed. NULL when memory is out. */
sn_table *sn_layers_new(const sn_config *config);
sn_table *sn_networks_new(const sn_config *config);
sn_table *sn_distributions_new(const sn_config *config);

/* Whether any histogram is observed. */
bool sn_distributions_wanted(const sn_config *config);

/* Whether the distribution of that layer, of so many after the input, is in the table: all up to
 * 16, beyond that the powers of two and the last. */
bool sn_distributions_layer(size_t layer, size_t depth);

/* The bytes of one row of layers. */
size_t sn_layers_row_bytes(const sn_config *config);

/* The rows of the network at a point of the sweep. SN_ENOMEM. */
SN_NODISCARD sn_status sn_layers_add(const sn_config *config, size_t point,
                                     const sn_simulation_result *run, const sn_prediction *t,
                                     sn_table *table, sn_error *err);
SN_NODISCARD sn_status sn_networks_add(const sn_config *config, size_t point,
                                       const sn_simulation_result *run, const sn_prediction *t,
                                       sn_table *table, sn_error *err);
SN_NODISCARD sn_status sn_distributions_add(const sn_config *config, size_t point,
                                            const sn_simulation_result *run, sn_table *table,
                                            sn_error *err);

/* What became of the signal and of the gradient, in words, for a person: "is kept: 0.98 of the
 * input's variance after 32 layers", "explodes: ..."; of a gradient that was not sent or has no
 * size, "". */
void sn_network_forwards(const sn_simulation_result *run, char *text, size_t size);
void sn_network_backwards(const sn_simulation_result *run, char *text, size_t size);

#endif
