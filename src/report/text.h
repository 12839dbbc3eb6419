/* text.h: bytes that came from outside, made harmless. */
#ifndef SELFNORM_REPORT_TEXT_H
#define SELFNORM_REPORT_TEXT_H

#include <stddef.h>

#include "base/status.h"

SN_BEGIN_DECLS

/* The length of the UTF-8 character that text starts with, 1 to 4 (1 for the closing NUL); 0 where
 * its bytes are no UTF-8: overlong, a surrogate, cut off, beyond U+10FFFF. */
size_t sn_utf8_length(const char *text);

/* U+FFFD, which stands for bytes that are no UTF-8. */
#define SN_REPLACEMENT "\xEF\xBF\xBD"

SN_END_DECLS

#endif
