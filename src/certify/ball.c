/* Decimals in, doubles out, and erfcx on wide balls. */
#include "certify/ball.h"

#include <math.h>
#include <string.h>

/* [+-] digits [. digits] [e [+-] digits], with a digit in the mantissa, and an exponent of at most
 * six digits. */
static bool is_decimal(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t digits = strspn(text, "0123456789");
    text += digits;
    if (*text == '.') {
        const size_t more = strspn(++text, "0123456789");
        digits += more;
        text += more;
    }
    if (digits == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+';
        const size_t exponent = strspn(text, "0123456789");
        if (exponent == 0 || exponent > 6)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

bool sn_ball_set_decimal(arb_t out, const char *text, slong prec)
{
    return is_decimal(text) && arb_set_str(out, text + (*text == '+'), prec) == 0;
}

void sn_ball_set_interval(arb_t out, double lower, double upper)
{
    arf_t a, b;
    arf_init(a);
    arf_init(b);
    arf_set_d(a, lower);
    arf_set_d(b, upper);
    arb_set_interval_arf(out, a, b, 64);
    arf_clear(a);
    arf_clear(b);
}

double sn_ball_lower(const arb_t ball)
{
    if (!arb_is_finite(ball))
        return -INFINITY;
    arf_t end;
    arf_init(end);
    arb_get_lbound_arf(end, ball, 64);
    const double lower = arf_get_d(end, ARF_RND_FLOOR);
    arf_clear(end);
    return lower;
}

double sn_ball_upper(const arb_t ball)
{
    if (!arb_is_finite(ball))
        return INFINITY;
    arf_t end;
    arf_init(end);
    arb_get_ubound_arf(end, ball, 64);
    const double upper = arf_get_d(end, ARF_RND_CEIL);
    arf_clear(end);
    return upper;
}

void sn_ball_sqr(arb_t out, const arb_t a, slong prec)
{
    if (!arb_is_finite(a) || arb_is_exact(a)) {
        arb_sqr(out, a, prec);
        return;
    }
    arb_t least, most;
    arb_init(least);
    arb_init(most);
    arb_get_abs_ubound_arf(arb_midref(most), a, prec);
    arb_get_abs_lbound_arf(arb_midref(least), a, prec);
    arb_sqr(most, most, prec);
    arb_sqr(least, least, prec);
    arb_union(out, least, most, prec);
    arb_nonnegative_part(out, out);
    arb_clear(least);
    arb_clear(most);
}

/* exp(u^2) erfc(u) at a point; for huge u from 1 - 1/(2 u^2) to 1, over sqrt(pi) u. */
static void erfcx_at(arb_t out, const arb_t u, slong prec)
{
    arb_t t;
    arb_init(t);
    const slong huge = prec / 2 + 1;
    if (arf_cmp_2exp_si(arb_midref(u), huge) > 0) {
        arb_const_sqrt_pi(t, prec);
        arb_mul(t, t, u, prec);
        arb_inv(out, t, prec);
        mag_t error;
        mag_init(error);
        arb_get_mag(error, out);
        mag_mul_2exp_si(error, error, -2 * huge - 1);
        arb_add_error_mag(out, error);
        mag_clear(error);
    } else {
        arb_sqr(t, u, 2 * prec); /* an error in it would be one of the result, relative */
        arb_exp(t, t, prec);
        arb_hypgeom_erfc(out, u, prec);
        arb_mul(out, out, t, prec);
    }
    arb_clear(t);
}

/* Between the values at both ends. */
static void erfcx_between(arb_t out, const arb_t u, slong prec)
{
    arb_t end, upper;
    arb_init(end);
    arb_init(upper);
    arb_get_lbound_arf(arb_midref(end), u, prec);
    erfcx_at(upper, end, prec);
    arb_get_ubound_arf(arb_midref(end), u, prec);
    erfcx_at(out, end, prec);
    arb_union(out, out, upper, prec);
    arb_clear(end);
    arb_clear(upper);
}

/* The logarithmic derivative of erfcx is negative, increasing, above u - sqrt(u^2 + 2) (Birnbaum
 * 1942; for all real u by Sampford 1953): over a narrow ball one value, at the midpoint, will do. */
void sn_ball_erfcx(arb_t out, const arb_t u, slong prec)
{
    if (!arb_is_finite(u)) {
        arb_indeterminate(out);
        return;
    }
    if (mag_cmp_2exp_si(arb_radref(u), -20) > 0) {
        erfcx_between(out, u, prec);
        return;
    }
    arb_t lower, rate;
    arb_init(lower);
    arb_init(rate);
    arb_get_lbound_arf(arb_midref(lower), u, MAG_BITS);
    arb_sqr(rate, lower, MAG_BITS);
    arb_add_ui(rate, rate, 2, MAG_BITS);
    arb_sqrt(rate, rate, MAG_BITS);
    if (arf_sgn(arb_midref(lower)) > 0) { /* without cancellation */
        arb_add(rate, rate, lower, MAG_BITS);
        arb_ui_div(rate, 2, rate, MAG_BITS);
    } else {
        arb_sub(rate, rate, lower, MAG_BITS);
    }
    mag_t error, bound;
    mag_init(error);
    mag_init(bound);
    arb_get_mag(error, rate);
    mag_mul(error, error, arb_radref(u));
    mag_expm1(error, error);
    arb_get_mid_arb(lower, u);
    erfcx_at(out, lower, prec);
    arb_get_mag(bound, out);
    mag_mul(error, error, bound);
    arb_add_error_mag(out, error);
    mag_clear(error);
    mag_clear(bound);
    arb_clear(lower);
    arb_clear(rate);
}
