/* version.h: which selfnorm this is. */
#ifndef SELFNORM_BASE_VERSION_H
#define SELFNORM_BASE_VERSION_H

#include "status.h"

SN_BEGIN_DECLS

/* The version of the library in use, as in "0.1.0". */
const char *sn_version(void);

SN_END_DECLS

#endif
