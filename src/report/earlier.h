/* earlier.h: what an earlier result, where a new one is to go, says of itself. */
#ifndef SELFNORM_REPORT_EARLIER_H
#define SELFNORM_REPORT_EARLIER_H

#include <stdbool.h>

#include "base/status.h"

SN_BEGIN_DECLS

typedef struct sn_earlier {
    bool there;    /* anything is at the path */
    bool partial;  /* a result of selfnorm, of what was complete when it was stopped */
    char run[128]; /* the member "run" of its result.json, "" where it has none */
} sn_earlier;

/* SN_ENOMEM. Whether what is there may be replaced is for sn_folder_create to say. */
SN_NODISCARD sn_status sn_earlier_read(const char *path, sn_earlier *out, sn_error *err);

SN_END_DECLS

#endif
