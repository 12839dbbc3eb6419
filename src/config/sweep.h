/* sweep.h: the "sweep" of a file, and the points it makes. */
#ifndef SELFNORM_CONFIG_SWEEP_H
#define SELFNORM_CONFIG_SWEEP_H

#include "keys.h"

/* Starts as {0}. */
typedef struct sn_sweeps {
    size_t n;
    sn_sweep *items;
    cJSON **lists; /* the values of each, as lists */
    size_t n_points;
} sn_sweeps;

/* Reads and checks a sweep, which is borrowed; NULL: there is none. Complains of what is wrong. */
void sn_sweeps_read(sn_findings *findings, sn_config_kind kind, const cJSON *sweep,
                    sn_sweeps *sweeps);
void sn_sweeps_free(sn_sweeps *sweeps);

/* Which value the sweep-th sweep has at a point. */
size_t sn_sweeps_choice(size_t n, const sn_sweep *items, size_t point, size_t sweep);

/* Sets the point's values in the tree of a file of that kind. */
void sn_sweeps_apply(sn_findings *findings, const sn_sweeps *sweeps, sn_config_kind kind,
                     size_t point, cJSON *file);

/* The point in words, "activation selu, width 64"; the caller frees it. context: sn_sweeps. */
char *sn_sweeps_where(const void *context, size_t point);

#endif
