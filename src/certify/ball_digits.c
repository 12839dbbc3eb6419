/* Digits out of balls.
 *
 * To round a number v to n significant digits, find e with 10^(n-1) <= |v| 10^(n-1-e) < 10^n; the
 * digits are those of the whole number floor(|v| 10^(n-1-e) + 1/2). They are known where this is
 * the same all over the ball around v. Where it is not, v is next to a tie, and a smaller ball is
 * asked for (Ziv, ACM Transactions on Mathematical Software 17, 1991, 410-423). Nobody has proved
 * that these numbers are never ties, so the ball gets smaller only so often. */
#include "certify/ball_digits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest |log2| written, and the least accuracy worth a look. */
enum { LARGEST_LOG = 3000000, FEWEST_BITS = 4 };

/* log10 of a positive number, rounded down, or next to it. */
static slong decimal_exponent(const arb_t ball)
{
    arb_t log, ten;
    arb_init(log);
    arb_init(ten);
    arb_set_round(log, ball, 64);
    arb_log(log, log, 64);
    arb_const_log10(ten, 64);
    arb_div(log, log, ten, 64);
    const slong exponent = arf_get_si(arb_midref(log), ARF_RND_FLOOR);
    arb_clear(log);
    arb_clear(ten);
    return exponent;
}

/* ball times 10^exponent. */
static void scale(arb_t out, const arb_t ball, slong exponent, slong prec)
{
    arb_t power;
    arb_init(power);
    arb_set_ui(power, 10);
    arb_pow_ui(power, power, exponent < 0 ? 0 - (ulong)exponent : (ulong)exponent, prec);
    if (exponent < 0)
        arb_div(out, ball, power, prec);
    else
        arb_mul(out, ball, power, prec);
    arb_clear(power);
}

/* The n digits of a positive number, and its exponent e; raw has room for n + 3 bytes. */
static bool round_to_digits(char *raw, slong *e, const arb_t size, size_t n, slong prec)
{
    arb_t t;
    fmpz_t whole;
    arb_init(t);
    fmpz_init(whole);
    *e = decimal_exponent(size);
    bool known = false, again = true;
    while (again) {
        scale(t, size, (slong)n - 1 - *e, prec);
        arb_mul_2exp_si(t, t, 1);
        arb_add_ui(t, t, 1, prec);
        arb_mul_2exp_si(t, t, -1);
        arb_floor(t, t, prec);
        known = arb_get_unique_fmpz(whole, t);
        again = false;
        if (known) {
            fmpz_get_str(raw, 10, whole);
            const size_t length = strlen(raw);
            *e += length > n ? 1 : length < n ? -1 : 0;
            again = length != n;
        }
    }
    fmpz_clear(whole);
    arb_clear(t);
    return known;
}

/* As printf's %g, zeros at the end kept: plain, or with an exponent where it is below -4 or at
 * least n. out has room for n + 24 bytes. */
static void set_point(char *out, bool negative, const char *raw, size_t n, slong e)
{
    if (negative)
        *out++ = '-';
    if (e < -4 || e >= (slong)n) {
        sprintf(out, n > 1 ? "%c.%se%+03ld" : "%c%se%+03ld", raw[0], raw + 1, (long)e);
    } else if (e < 0) {
        sprintf(out, "0.%.*s%s", (int)(-1 - e), "000", raw);
    } else {
        const int before = (int)e + 1;
        sprintf(out, (size_t)before < n ? "%.*s.%s" : "%.*s%s", before, raw, raw + before);
    }
}

/* Two digits that are not below the ball's radius. One side of 0 out of sight can make radii whose
 * exponent is no machine number: those are widened first. */
static void write_radius(char out[SN_EXACT_RADIUS_SIZE], const arb_t ball)
{
    arb_t radius, t;
    arf_t upper;
    arb_init(radius);
    arb_init(t);
    arf_init(upper);
    arb_get_rad_arb(radius, ball);
    if (arb_is_zero(radius)) {
        strcpy(out, "0");
    } else {
        if (arf_cmpabs_2exp_si(arb_midref(radius), -4 * LARGEST_LOG) < 0) {
            arb_one(radius);
            arb_mul_2exp_si(radius, radius, -4 * LARGEST_LOG);
        }
        slong e = decimal_exponent(radius), tenths = 0;
        while (tenths < 10 || tenths > 99) {
            e += tenths > 99 ? 1 : tenths > 0 ? -1 : 0;
            scale(t, radius, 1 - e, 64);
            arb_get_ubound_arf(upper, t, 64);
            tenths = arf_get_si(upper, ARF_RND_CEIL);
        }
        snprintf(out, SN_EXACT_RADIUS_SIZE, "%ld.%lde%+03ld", (long)(tenths / 10),
                 (long)(tenths % 10), (long)e);
    }
    arb_clear(radius);
    arb_clear(t);
    arf_clear(upper);
}

sn_writing sn_ball_digits(sn_exact_number *out, const arb_t ball, size_t n, slong prec)
{
    if (!arb_is_finite(ball) || arb_rel_accuracy_bits(ball) < FEWEST_BITS)
        return SN_NEXT_TO_A_TIE;
    if (arf_cmpabs_2exp_si(arb_midref(ball), LARGEST_LOG) > 0
        || arf_cmpabs_2exp_si(arb_midref(ball), -LARGEST_LOG) < 0)
        return SN_TOO_FAR_OUT;
    char *text = malloc(n + 24), *raw = malloc(n + 24);
    if (text == NULL || raw == NULL) {
        free(text);
        free(raw);
        return SN_NO_MEMORY;
    }
    arb_t size;
    arb_init(size);
    arb_abs(size, ball);
    slong e;
    const bool known = round_to_digits(raw, &e, size, n, prec);
    if (known) {
        set_point(text, arf_sgn(arb_midref(ball)) < 0, raw, n, e);
        write_radius(out->radius, ball);
        out->text = text;
    } else {
        free(text);
    }
    arb_clear(size);
    free(raw);
    return known ? SN_WRITTEN : SN_NEXT_TO_A_TIE;
}
