/* simulate_tables.h: the two tables of a simulation. Every row begins with the swept values. */
#ifndef SELFNORM_STUDY_SIMULATE_TABLES_H
#define SELFNORM_STUDY_SIMULATE_TABLES_H

#include "base/table.h"
#include "config/config.h"
#include "study/prediction.h"

/* layers: a row a layer, measured moments with their errors and the theory beside them.
 * networks: a row a network, its last layer and its fate. Both NULL when memory is out. */
sn_table *sn_layers_new(const sn_config *config);
sn_table *sn_networks_new(const sn_config *config);

/* The bytes of one row of layers. */
size_t sn_layers_row_bytes(const sn_config *config);

/* The rows of the network at a point of the sweep. SN_ENOMEM. */
SN_NODISCARD sn_status sn_layers_add(const sn_config *config, size_t point,
                                     const sn_simulation_result *run, const sn_prediction *t,
                                     sn_table *table, sn_error *err);
SN_NODISCARD sn_status sn_networks_add(const sn_config *config, size_t point,
                                       const sn_simulation_result *run, const sn_prediction *t,
                                       sn_table *table, sn_error *err);

#endif
