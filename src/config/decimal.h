/* decimal.h: decimals as they are written, compared exactly. */
#ifndef SELFNORM_CONFIG_DECIMAL_H
#define SELFNORM_CONFIG_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* sign * 0.d1 d2 ... dn * 10^exponent, neither d1 nor dn a zero; 0 has the sign 0 and no digits. */
enum { SN_DECIMAL_DIGITS = 64 };
typedef struct sn_decimal {
    int sign; /* -1, 0 or 1 */
    long exponent;
    size_t n;
    char digits[SN_DECIMAL_DIGITS];
} sn_decimal;

/* Reads text as JSON has numbers: -0.1, 3, 1e-3, but not +1, .5 or 01. False if it is not one, or
 * has more than 63 characters. */
bool sn_decimal_read(sn_decimal *out, const char *text);

/* The decimal that a finite double is written as: see sn_text_add_number. */
void sn_decimal_from_double(sn_decimal *out, double number);

/* Below, equal or above 0 as a < b, a = b or a > b. */
int sn_decimal_compare(const sn_decimal *a, const sn_decimal *b);

sn_decimal sn_decimal_minus(const sn_decimal *a); /* -a */

#endif
