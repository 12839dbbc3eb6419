/* The one list of statuses turned into text, and the one way to fill an sn_error. */
#include "base/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

const char *sn_status_text(sn_status status)
{
    static const char *const texts[] = {
#define SN_STATUS_STRING(name, text) text,
        SN_STATUS_LIST(SN_STATUS_STRING)
#undef SN_STATUS_STRING
    };
    const size_t index = (size_t)status;
    return index < sizeof texts / sizeof texts[0] ? texts[index] : "unknown status";
}

sn_status sn_fail(sn_error *err, sn_status status, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        err->status = status;
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
    }
    return status;
}
