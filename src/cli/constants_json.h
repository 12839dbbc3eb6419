/* constants_json.h: the JSON that `selfnorm constants --format json` prints. */
#ifndef SELFNORM_CLI_CONSTANTS_JSON_H
#define SELFNORM_CLI_CONSTANTS_JSON_H

#include "certify/exact_constants.h"
#include "study/constants_study.h"

/* On standard output. SN_ENOMEM. */
sn_status print_constants_json(const sn_constants_study *study, sn_error *err);

/* A target to so many digits: as doubles, as decimals, and its constants. */
typedef struct exact_constants {
    int digits;
    const sn_target *doubles;
    const sn_exact_target *decimals;
    const sn_exact_constants *found;
} exact_constants;

/* The same with the member "exact" at the end; study NULL: nothing is known in doubles. */
sn_status print_exact_constants_json(const sn_constants_study *study, const exact_constants *exact,
                                     sn_error *err);

#endif
