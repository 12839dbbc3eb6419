/* vectors_format.h: rounding to the formats of vectors.h, of numbers of any size. Not installed. */
#ifndef SELFNORM_CERTIFY_VECTORS_FORMAT_H
#define SELFNORM_CERTIFY_VECTORS_FORMAT_H

#include "certify/ball.h"
#include "certify/vectors.h"

SN_BEGIN_DECLS

/* To nearest, ties to even; NaN for NaN. Underflow keeps the sign, 0 is +0. */
double sn_format_round_arf(sn_format format, const arf_t value);

/* The exponent of 2 that is the unit in the last place of a number of the format: of the least
 * normal one's for 0 and subnormals. */
int sn_format_unit(sn_format format, double value);

/* The least positive number, the least normal and the largest one. */
double sn_format_least(sn_format format);
double sn_format_normal(sn_format format);
double sn_format_largest(sn_format format);

/* The next number of the format above a finite one, or infinity. */
double sn_format_next(sn_format format, double value);

SN_END_DECLS

#endif
