/* constants_study.h: a target's constants by both ways, held against each other.
 */
#ifndef SELFNORM_STUDY_CONSTANTS_STUDY_H
#define SELFNORM_STUDY_CONSTANTS_STUDY_H

#include "theory/constants.h"

/* Where the two ways differ by more than this, relative to the constant, both are shown. */
#define SN_CONSTANTS_TOLERANCE 1e-10

typedef struct sn_constants_study {
    sn_target target;
    sn_constants exact;  /* by the quadratic */
    sn_constants search; /* by GSL's root finder on GSL's integrals */
    /* For each exact solution the index of the nearest searched one, and how far apart they are:
     * the larger relative difference of alpha and lambda; count and INFINITY when none was found.*/
    size_t nearest[SN_MAX_CONSTANTS];
    double difference[SN_MAX_CONSTANTS];
    bool agree; /* as many solutions both ways, every difference within SN_CONSTANTS_TOLERANCE */
    bool has_dropout;
    double keep; /* probability to keep a unit */
    sn_alpha_dropout dropout[SN_MAX_CONSTANTS];
} sn_constants_study;

/* dropout_rate: the probability to drop a unit, 0 <= rate < 1; negative: no dropout asked for.
 * Statuses as sn_constants_solve. An impossible target is a result: exact.count is 0. */
SN_NODISCARD sn_status sn_constants_study_run(const sn_target *target, double dropout_rate,
                                              sn_constants_study *out, sn_error *err);

#endif
