/* Decimals compared digit by digit: no double could tell 0.1 from 0.10000000000000000001. Without
 * leading and trailing zeros a size is its exponent, then its digits in the order of a dictionary.
 */
#include "config/decimal.h"

#include <string.h>

#include "config/text.h"

enum { FARTHEST = 1000000 }; /* what exponents beyond all use are taken for */

static const char *skip_digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* The exponent after an e; NULL where there is none. */
static const char *read_exponent(const char *at, long *exponent)
{
    const bool minus = *at == '-';
    at += *at == '-' || *at == '+';
    const char *end = skip_digits(at);
    if (end == at)
        return NULL;
    long value = 0;
    for (; at < end; at++)
        value = value < FARTHEST ? 10 * value + (*at - '0') : FARTHEST;
    *exponent = minus ? -value : value;
    return end;
}

static void add_digits(sn_decimal *out, const char *from, const char *to)
{
    for (; from < to; from++)
        out->digits[out->n++] = *from;
}

/* Takes the zeros at both ends out. */
static void trim(sn_decimal *out)
{
    size_t zeros = 0;
    while (zeros < out->n && out->digits[zeros] == '0')
        zeros++;
    out->n -= zeros;
    out->exponent -= (long)zeros;
    memmove(out->digits, out->digits + zeros, out->n);
    while (out->n > 0 && out->digits[out->n - 1] == '0')
        out->n--;
    if (out->n == 0)
        *out = (sn_decimal){0};
}

bool sn_decimal_read(sn_decimal *out, const char *text)
{
    if (strlen(text) >= SN_DECIMAL_DIGITS)
        return false;
    const bool minus = *text == '-';
    const char *whole = text + minus, *point = skip_digits(whole), *end = point;
    if (point == whole || (*whole == '0' && point > whole + 1))
        return false;
    if (*point == '.' && (end = skip_digits(point + 1)) == point + 1)
        return false;
    long exponent = 0;
    const char *last = *end == 'e' || *end == 'E' ? read_exponent(end + 1, &exponent) : end;
    if (last == NULL || *last != '\0')
        return false;
    *out = (sn_decimal){.sign = minus ? -1 : 1, .exponent = exponent + (point - whole)};
    add_digits(out, whole, point);
    if (end > point)
        add_digits(out, point + 1, end);
    trim(out);
    return true;
}

void sn_decimal_from_double(sn_decimal *out, double number)
{
    char text[SN_NUMBER_ROOM];
    sn_number_write(text, number);
    if (!sn_decimal_read(out, text))
        *out = (sn_decimal){0}; /* cannot be: a finite double is written as JSON has numbers */
}

static int compare_sizes(const sn_decimal *a, const sn_decimal *b)
{
    if (a->sign == 0 || a->exponent != b->exponent)
        return (a->exponent > b->exponent) - (a->exponent < b->exponent);
    const size_t shared = a->n < b->n ? a->n : b->n;
    const int order = memcmp(a->digits, b->digits, shared);
    return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

int sn_decimal_compare(const sn_decimal *a, const sn_decimal *b)
{
    if (a->sign != b->sign)
        return a->sign - b->sign;
    return a->sign < 0 ? compare_sizes(b, a) : compare_sizes(a, b);
}

sn_decimal sn_decimal_minus(const sn_decimal *a)
{
    sn_decimal minus = *a;
    minus.sign = -minus.sign;
    return minus;
}
