/* digits.h: what an enclosure proves of a number, in decimal digits for a person. */
#ifndef SELFNORM_REPORT_DIGITS_H
#define SELFNORM_REPORT_DIGITS_H

#include <stddef.h>

#include "base/status.h"

SN_BEGIN_DECLS

enum { SN_DIGITS_SIZE = 80 };

/* Writes what is known of a number in [lower, upper], lower <= upper, and returns the length.
 *
 *   0.89760835...      the digits in which all numbers of the interval agree, cut off and not
 *                      rounded, at most 17; below 1e-5 as 1.234...e-9
 *   0.5                the number itself: lower = upper, and these are all its digits
 *   [0.1234, 0.1302]   fewer than three digits agree: both ends rounded outwards, by less than a
 *                      fifth of the width in all
 *   at least 2.385     an end is infinite; the other is rounded outwards, to six digits
 *   unknown            both are infinite, or NaN
 */
size_t sn_digits_text(double lower, double upper, char text[SN_DIGITS_SIZE]);

SN_END_DECLS

#endif
