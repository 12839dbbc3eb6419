/* constants_json.h: the JSON that `selfnorm constants --format json` prints. */
#ifndef SELFNORM_CLI_CONSTANTS_JSON_H
#define SELFNORM_CLI_CONSTANTS_JSON_H

#include "study/constants_study.h"

/* On standard output. SN_ENOMEM. */
sn_status print_constants_json(const sn_constants_study *study, sn_error *err);

#endif
