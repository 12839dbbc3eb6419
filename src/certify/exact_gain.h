/* exact_gain.h: the moments and gains of an activation to any number of digits, all of them right.
 *
 * z ~ N(x, y), x and y being what their decimals say. Every number is enclosed in ball arithmetic;
 * the enclosures come from closed forms, or from the trapezoidal rule with a proved bound of its
 * error (jets.h).
 */
#ifndef SELFNORM_CERTIFY_EXACT_GAIN_H
#define SELFNORM_CERTIFY_EXACT_GAIN_H

#include "../activation/activation.h"
#include "exact_constants.h"

SN_BEGIN_DECLS

typedef struct sn_exact_gain {
    sn_exact_number mean, second_moment, variance, slope_second; /* E f, E f^2, Var f, E f'^2 */
    sn_exact_number gain_variance, gain_second_moment;           /* 1/sqrt(Var), 1/sqrt(E f^2) */
} sn_exact_gain;

enum { SN_EXACT_GAIN_MAX_DIGITS = 1000 };

/* Whether it can be certified at all: SN_OK, or SN_EUNKNOWN with a message that says so plainly. */
SN_NODISCARD sn_status sn_exact_gain_check(const sn_activation *f, sn_error *err);

/* To `digits` significant digits, 1 to SN_EXACT_GAIN_MAX_DIGITS, each correctly rounded. Parameters
 * of f are what their doubles say, but SELU's default alpha and lambda are the exact constants of
 * (0, 1). A number that is exactly 0 (the mean of an odd f) is "0". *out is to be freed with
 * sn_exact_gain_free after SN_OK. SN_EUNKNOWN as above; SN_EDOMAIN: not a decimal, y not positive;
 * SN_ENOCONV: so many digits could not be had (an infinite gain; a number in the middle of two
 * decimals, such as 0.015 to one digit). SN_ENOMEM. Thread-safe. */
SN_NODISCARD sn_status sn_exact_gain_compute(const sn_activation *f, const char *x, const char *y,
                                             size_t digits, sn_exact_gain *out, sn_error *err);
void sn_exact_gain_free(sn_exact_gain *gain); /* NULL is fine */

/* The same six numbers in doubles, in milliseconds, for x and y as doubles, in the order of
 * sn_exact_gain: lower[i] <= the number <= upper[i], and nearest[i] is the double next to the middle
 * of its ball, the number correctly rounded in all but rare cases. As tight as some 64 bits of
 * working precision make them; -INFINITY, INFINITY, NAN where nothing is known. Statuses as above.
 */
enum { SN_GAIN_NUMBERS = 6 };
typedef struct sn_gain_enclosure {
    double lower[SN_GAIN_NUMBERS], nearest[SN_GAIN_NUMBERS], upper[SN_GAIN_NUMBERS];
} sn_gain_enclosure;

SN_NODISCARD sn_status sn_gain_enclose(const sn_activation *f, double x, double y,
                                       sn_gain_enclosure *out, sn_error *err);

SN_END_DECLS

#endif
