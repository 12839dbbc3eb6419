/* The version, as configure was told it. */
#include "base/version.h"

const char *sn_version(void)
{
    return PACKAGE_VERSION;
}
