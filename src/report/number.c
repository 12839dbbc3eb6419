/* Doubles as text: the first of %.15g, %.16g and %.17g that reads back equal.
 *
 * A table of a million rows has tens of millions of numbers, and printf with a reading back takes a
 * microsecond each; so the usual magnitudes go by exact integers. A double is v = m 2^e with a
 * 53-bit m. With k chosen so that 10^16 <= v 10^k < 10^17,
 *
 *     v 10^k = m 5^k / 2^s,   s = -(e + k),
 *
 * whose numerator has at most 174 bits while 5^k fits 128 bits less seven, k <= 52. So the first
 * 17 digits D and the remainder R of the division by 2^s are exact, and rounding D + R/2^s to n
 * digits is exact too. The rounded C reads back as v if it is less than half an ulp away (or
 * exactly half, when m is even, since readers round to even); half an ulp is 5^k / 2^(s+1), and
 * half of that below a power of two. All comparisons are of integers: nothing is estimated. Numbers
 * outside [1e-36, 1e17) take printf and strtod.
 */
#include "report/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 uint128;

enum { DIGITS = 17, MIN_DIGITS = 15, MAX_POWER = 52 };

static const uint64_t ten_to[] = {1, 10, 100};
static const uint64_t ten_16 = 10000000000000000;

/* clang-format off */
static const uint64_t five_to[] = {
    1u, 5u, 25u, 125u, 625u, 3125u, 15625u, 78125u, 390625u, 1953125u, 9765625u, 48828125u,
    244140625u, 1220703125u, 6103515625u, 30517578125u, 152587890625u, 762939453125u,
    3814697265625u, 19073486328125u, 95367431640625u, 476837158203125u, 2384185791015625u,
    11920928955078125u, 59604644775390625u, 298023223876953125u, 1490116119384765625u,
    7450580596923828125u
};
/* clang-format on */
enum { LAST_FIVE = 27 };

static uint128 power_of_five(int k)
{
    return k <= LAST_FIVE ? five_to[k] : (uint128)five_to[LAST_FIVE] * five_to[k - LAST_FIVE];
}

/* v 10^k = digits + rest / 2^shift, 0 <= rest < 2^shift; rest and shift are 0 where it is whole. */
typedef struct scaled {
    uint64_t mantissa; /* m */
    int shift;
    uint128 unit; /* m's last place, 5^k (or 5^k 2^-s, where s < 0), in units of 2^-shift */
    uint64_t digits;
    uint128 rest;
} scaled;

static void scale(uint64_t m, int e, int k, scaled *out)
{
    const uint128 five = power_of_five(k);
    const uint128 low = (uint128)m * (uint64_t)five;
    const uint128 high = (uint128)m * (uint64_t)(five >> 64) + (low >> 64);
    const int shift = -(e + k);
    *out = (scaled){.mantissa = m, .unit = five};
    if (shift <= 0) {
        out->digits = (uint64_t)low << -shift;
        out->unit = five << -shift;
        return;
    }
    out->shift = shift;
    const uint128 product = high << 64 | (uint64_t)low; /* its 128 low bits */
    out->rest = product & (((uint128)1 << shift) - 1);
    if (shift < 64)
        out->digits = (uint64_t)(high << (64 - shift)) | (uint64_t)low >> shift;
    else
        out->digits = (uint64_t)(high >> (shift - 64));
}

/* The multiple of 10^(17-n) nearest to the scaled value, ties to even. */
static uint64_t round_to(const scaled *s, int n)
{
    const uint64_t unit = ten_to[DIGITS - n];
    const uint64_t quotient = s->digits / unit, remainder = s->digits % unit;
    bool up, tie;
    if (unit == 1) {
        const uint128 half = s->shift > 0 ? (uint128)1 << (s->shift - 1) : 1;
        up = s->rest > half;
        tie = s->rest == half;
    } else {
        up = remainder > unit / 2 || (remainder == unit / 2 && s->rest > 0);
        tie = remainder == unit / 2 && s->rest == 0;
    }
    return (quotient + (up || (tie && quotient % 2 == 1) ? 1 : 0)) * unit;
}

static bool reads_back(const scaled *s, uint64_t candidate)
{
    const bool below = candidate < s->digits || (candidate == s->digits && s->rest > 0);
    const uint64_t whole = below ? s->digits - candidate : candidate - s->digits;
    if (whole > 12) /* half an ulp is 10^17 / 2^53 at most */
        return false;
    uint128 distance = (uint128)whole << s->shift;
    distance = below ? distance + s->rest : distance - s->rest;
    distance *= below && s->mantissa == (uint64_t)1 << 52 ? 4 : 2;
    return distance < s->unit || (distance == s->unit && s->mantissa % 2 == 0);
}

/* Writes value, 17 digits with at most n of them meant, as %.ng would; the decimal exponent is that
 * of the first digit. */
static size_t lay_out(uint64_t value, int n, int exponent, char *text)
{
    char digit[DIGITS];
    for (int i = DIGITS - 1; i >= 0; i--, value /= 10)
        digit[i] = (char)('0' + value % 10);
    int count = DIGITS;
    while (count > 1 && digit[count - 1] == '0')
        count--;

    char *p = text;
    if (exponent < -4 || exponent >= n) {
        *p++ = digit[0];
        if (count > 1) {
            *p++ = '.';
            memcpy(p, digit + 1, (size_t)count - 1);
            p += count - 1;
        }
        *p++ = 'e';
        *p++ = exponent < 0 ? '-' : '+';
        const int size = abs(exponent); /* two digits in the range of the fast path */
        *p++ = (char)('0' + size / 10);
        *p++ = (char)('0' + size % 10);
    } else if (exponent < 0) {
        *p++ = '0';
        *p++ = '.';
        for (int i = -1; i > exponent; i--)
            *p++ = '0';
        memcpy(p, digit, (size_t)count);
        p += count;
    } else {
        for (int i = 0; i < count || i <= exponent; i++) {
            if (i == exponent + 1)
                *p++ = '.';
            *p++ = i < count ? digit[i] : '0';
        }
    }
    *p = '\0';
    return (size_t)(p - text);
}

static size_t print_exactly(double value, char *text)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t hidden = (uint64_t)1 << 52;
    const uint64_t m = (bits & (hidden - 1)) | hidden;
    const int e = (int)(bits >> 52) - 1075;
    scaled s;
    int first = (int)floor((e + 52) * 0.30102999566398120); /* or one more */
    scale(m, e, 16 - first, &s);
    if (s.digits >= 10 * ten_16) {
        first++;
        scale(m, e, 16 - first, &s);
    }
    int n = MIN_DIGITS;
    uint64_t rounded = round_to(&s, n);
    while (n < DIGITS && !reads_back(&s, rounded))
        rounded = round_to(&s, ++n);
    if (rounded == 10 * ten_16) {
        rounded = ten_16;
        first++;
    }
    return lay_out(rounded, n, first, text);
}

static size_t print_by_library(double value, char *text)
{
    int n = MIN_DIGITS;
    while (snprintf(text, SN_NUMBER_SIZE, "%.*g", n, value),
           n < DIGITS && strtod(text, NULL) != value)
        n++;
    for (char *p = text; *p != '\0'; p++) /* another locale's decimal point */
        if (strchr("+-0123456789e", *p) == NULL)
            *p = '.';
    return strlen(text);
}

size_t sn_number_text(double value, char text[SN_NUMBER_SIZE])
{
    size_t sign = 0;
    if (!isnan(value) && signbit(value)) {
        text[sign++] = '-';
        value = -value;
    }
    if (value >= 1e-36 && value < 1e17)
        return sign + print_exactly(value, text + sign);
    if (isfinite(value) && value != 0)
        return sign + print_by_library(value, text + sign);
    strcpy(text + sign, isnan(value) ? "nan" : isinf(value) ? "inf" : "0");
    return strlen(text);
}

size_t sn_bound_text(double bound, char text[SN_NUMBER_SIZE])
{
    if (!(bound > 0 && bound < INFINITY))
        return sn_number_text(bound, text);
    snprintf(text, SN_NUMBER_SIZE, "%.1e", bound);
    /* Half a unit of the second digit more where that was rounded down, and a little. */
    if (strtod(text, NULL) < bound)
        snprintf(text, SN_NUMBER_SIZE, "%.1e", bound + 0.0501 * pow(10, floor(log10(bound))));
    for (char *p = text; *p != '\0'; p++)
        if (strchr("+-0123456789e", *p) == NULL)
            *p = '.';
    return strlen(text);
}
