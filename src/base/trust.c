/* The words for a number's origin, from the one list in trust.h. */
#include "base/trust.h"

#include <stddef.h>

const char *sn_trust_text(sn_trust trust)
{
    static const char *const texts[] = {
#define SN_TRUST_STRING(name, text) text,
        SN_TRUST_LIST(SN_TRUST_STRING)
#undef SN_TRUST_STRING
    };
    const size_t index = (size_t)trust;
    return index < sizeof texts / sizeof texts[0] ? texts[index] : "unknown";
}
