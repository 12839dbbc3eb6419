/* Digits that are proved. A double is a finite decimal of at most 767 significant digits, and printf
 * gives them all, so that comparing, cutting and rounding are done on the digits themselves, without
 * any rounding but the one that is meant. */
#include "report/digits.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = 770, MOST = 17, FEWEST = 3, ENDS = 6 };

/* (-1)^negative d.ddd 10^exponent; digits past count are zeros, and zero has none. */
typedef struct decimal {
    bool negative;
    int exponent, count;
    char digit[ALL + 2];
} decimal;

static void trim(decimal *d)
{
    while (d->count > 0 && d->digit[d->count - 1] == '0')
        d->count--;
}

static decimal expand(double value)
{
    decimal d = {.negative = value < 0};
    char text[ALL + 16];
    snprintf(text, sizeof text, "%.*e", ALL - 1, fabs(value));
    const char *p = text;
    for (; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9') /* the point is the locale's */
            d.digit[d.count++] = *p;
    d.exponent = atoi(p + 1);
    trim(&d);
    return d;
}

/* Rounds to a multiple of 10^place, up or down. */
static void round_towards(decimal *d, int place, bool up)
{
    const int kept = d->exponent - place + 1;
    if (d->count == 0 || kept >= d->count)
        return;
    const bool away = up != d->negative;
    if (kept <= 0) {
        d->count = away ? 1 : 0;
        d->digit[0] = '1';
        d->exponent = place;
        return;
    }
    d->count = kept;
    if (away) {
        int i = kept - 1;
        while (i >= 0 && d->digit[i] == '9')
            d->digit[i--] = '0';
        if (i >= 0) {
            d->digit[i]++;
        } else {
            d->digit[0] = '1'; /* the others are zeros already */
            d->exponent++;
        }
    }
    trim(d);
}

static bool is_scientific(const decimal *d)
{
    return d->exponent < -5 || d->exponent >= MOST;
}

/* The first `digits` digits and what follows them: "..." or nothing. */
static size_t put(const decimal *d, int digits, const char *tail, char *text)
{
    if (digits <= 0)
        return (size_t)sprintf(text, "0");
    const bool scientific = is_scientific(d);
    const int point = scientific ? 0 : d->exponent; /* the digit it comes after */
    char *p = text;
    if (d->negative)
        *p++ = '-';
    if (point < 0) {
        *p++ = '0';
        *p++ = '.';
        for (int i = -1; i > point; i--)
            *p++ = '0';
    }
    for (int i = 0; i < digits || i <= point; i++) {
        if (i == point + 1 && point >= 0)
            *p++ = '.';
        *p++ = i < digits && i < d->count ? d->digit[i] : '0';
    }
    p += sprintf(p, "%s", tail);
    if (scientific)
        p += sprintf(p, "e%d", d->exponent);
    *p = '\0';
    return (size_t)(p - text);
}

static int digits_to(const decimal *d, int place)
{
    return d->count == 0 ? 0 : d->exponent - place + 1;
}

/* The leading digits of the two that are the same. */
static int shared(const decimal *a, const decimal *b)
{
    if (a->negative != b->negative || a->exponent != b->exponent)
        return 0;
    int i = 0;
    while (i < MOST && i < a->count && i < b->count && a->digit[i] == b->digit[i])
        i++;
    while (i < MOST && i < a->count && i >= b->count && a->digit[i] == '0')
        i++; /* 0.12 and 0.12003 agree in 0.1200 */
    while (i < MOST && i < b->count && i >= a->count && b->digit[i] == '0')
        i++;
    return i;
}

static size_t put_end(double value, bool is_upper, char *text)
{
    decimal d = expand(value);
    round_towards(&d, d.exponent - ENDS + 1, is_upper);
    const size_t length = (size_t)sprintf(text, is_upper ? "at most " : "at least ");
    return length + put(&d, d.count, "", text + length);
}

static size_t put_interval(decimal *a, decimal *b, double width, char *text)
{
    const int place = (int)floor(log10(width)) - 1;
    round_towards(a, place, false);
    round_towards(b, place, true);
    size_t length = (size_t)sprintf(text, "[");
    length += put(a, digits_to(a, place), "", text + length);
    length += (size_t)sprintf(text + length, ", ");
    length += put(b, digits_to(b, place), "", text + length);
    return length + (size_t)sprintf(text + length, "]");
}

size_t sn_digits_text(double lower, double upper, char text[SN_DIGITS_SIZE])
{
    if (isnan(lower) || isnan(upper) || (isinf(lower) && isinf(upper)))
        return (size_t)sprintf(text, "unknown");
    if (isinf(lower))
        return put_end(upper, true, text);
    if (isinf(upper))
        return put_end(lower, false, text);
    decimal a = expand(lower), b = expand(upper);
    if (lower == upper)
        return a.count <= MOST ? put(&a, a.count, "", text) : put(&a, MOST, "...", text);
    const int digits = shared(&a, &b);
    if (digits >= FEWEST && (digits > a.exponent || is_scientific(&a)))
        return put(&a, digits, "...", text);
    const double width = fmin(upper / 2 - lower / 2, 0x1p1022) * 2;
    return put_interval(&a, &b, width > 0 ? width : 0x1p-1074, text);
}
