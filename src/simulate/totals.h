/* totals.h: what is known of the replicas done so far. Not installed. */
#ifndef SELFNORM_SIMULATE_TOTALS_H
#define SELFNORM_SIMULATE_TOTALS_H

#include "simulate/simulate.h"
#include "simulate/statistics.h"

typedef struct sn_totals {
    size_t replicas;
    size_t exploded, died, first_exploded_layer, first_died_layer;
    sn_tally *of;        /* layers x SN_OBSERVABLE_COUNT, over replicas */
    sn_tally *histogram; /* layers x SN_HISTOGRAM_BINS; NULL: not observed */
} sn_totals;

/* SIZE_MAX when they do not fit; what sn_totals_statistics makes is counted too. */
size_t sn_totals_bytes(const sn_simulation_spec *spec);

/* false: out of memory. */
bool sn_totals_init(sn_totals *totals, const sn_simulation_spec *spec);
void sn_totals_clear(sn_totals *totals); /* {0} is fine */

/* Adds a replica's record (propagate.h). */
void sn_totals_add(sn_totals *totals, const sn_simulation_spec *spec, const double *record);

/* As simulate.h says of sn_simulation_save, sn_simulation_load and sn_simulation_statistics. */
size_t sn_totals_state_size(const sn_simulation_spec *spec);
void sn_totals_save(const sn_totals *totals, const sn_simulation_spec *spec, double *state);
sn_status sn_totals_load(sn_totals *totals, const sn_simulation_spec *spec, const double *state,
                         sn_error *err);
sn_status sn_totals_statistics(const sn_totals *totals, const sn_simulation_spec *spec,
                               sn_simulation_result *out, sn_error *err);

#endif
