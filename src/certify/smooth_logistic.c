/* The activations made of the logistic function s(z) = 1/(1 + e^-z): itself, tanh, SiLU, softplus
 * and Mish, with derivatives.
 *
 * With p = s' = s(z) s(-z): p' = -p tanh(z/2) and p'' = p - 6 p^2. So all derivatives come from
 * p and p' by Leibniz' rule, and all have the factor p, which no 1 - s^2 should blur in the tails.
 *
 * The others: tanh z = 2 s(2z) - 1; SiLU is z s(z); softplus' = s; Mish is z m(z), where
 * m = tanh(softplus) has m' = (1 - m^2) s. With w = e^z and D = (1 + w)^2 + 1:
 *
 *     m = w (w + 2) / D = 1 - 2/D,    1 - m^2 = 4 (1 + w)^2 / D^2,
 *
 * and for z > 0 the same in e = e^-z, so that nothing overflows.
 *
 * Sizes on the real line. |s^(k)| <= L_k p and p <= min(1/4, e^-|z|), where L_k bounds a polynomial
 * in tanh(z/2) on [-1, 1]; |m^(k)| <= M_k e^-|z|. The tables below are those maxima rounded up;
 * tests/unit/test_smooth.c proves them, covering the line with balls.
 *
 * Sizes in a strip |Im z| <= a:
 *
 * - |s| <= max(1, (pi/2) / (pi - a)), a < pi. For |Im z| <= pi/2, Re e^-z >= 0, so
 *   |1 + e^-z| >= 1. Else -1 is at the distance |sin Im z| from the ray of e^-z, and by Jordan's
 *   inequality sin a = sin(pi - a) >= (pi - a) / (pi/2).
 * - tanh z = s(2z) - s(-2z) has |tanh|^2 = (sinh^2 u + sin^2 v) / (sinh^2 u + cos^2 v) at u + iv,
 *   at most max(1, tan^2 v) <= 1 / cos^2 v; cos a = sin(pi/2 - a) >= (pi/2 - a) / (pi/2).
 * - |z| <= max(1, a) (1 + |Re z|).
 * - softplus(u + iv) = softplus(u) + i integral of s(u + iw) for w from 0 to v. The first part is at
 *   most |u| + ln 2, the second at most a times the bound of s.
 * - Mish: D = (w - q)(w - conj q), q = sqrt 2 e^(3 pi i/4), so a < 3 pi/4. For Im w >= 0,
 *   |w - conj q| >= 1, and q is at the distance sqrt 2 sin d or more from the sector
 *   |arg w| <= a, d = 3 pi/4 - a <= pi/2 (a smaller sector is contained in that). For Im w < 0
 *   by symmetry. So |m| <= 1 + 2/|D| <= 1 + sqrt 2 / sin d <= 1 + (pi / sqrt 2) / d. */
#include <math.h>

#include "certify/smooth.h"

/* s^(k)(z) into out[k], k < n, and tanh(z/2). z is exact. */
static void logistic_and_tanh(arb_ptr out, arb_t tanh_half, const arb_t z, slong n, slong prec)
{
    static const slong binomial[5][5] = {{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}};
    const bool negative = arf_sgn(arb_midref(z)) < 0;
    arb_t e, small, large, t;
    arb_init(e);
    arb_init(small);
    arb_init(large);
    arb_init(t);

    /* with e = e^-|z| and t = e - 1 */
    arb_abs(e, z);
    arb_neg(e, e);
    if (arf_cmpabs_2exp_si(arb_midref(z), -2) < 0) {
        arb_expm1(t, e, prec);
        arb_add_ui(e, t, 1, prec);
    } else {
        arb_exp(e, e, prec);
        arb_sub_ui(t, e, 1, prec);
    }
    arb_add_ui(large, e, 1, prec);
    arb_ui_div(large, 1, large, prec);
    arb_mul(small, e, large, prec);
    arb_mul(tanh_half, t, large, prec);
    if (!negative)
        arb_neg(tanh_half, tanh_half);
    arb_set(&out[0], negative ? small : large);
    if (n > 1)
        arb_mul(&out[1], small, large, prec);
    if (n > 2) {
        arb_mul(&out[2], &out[1], tanh_half, prec);
        arb_neg(&out[2], &out[2]);
    }
    if (n > 3) { /* p'' = p - 6 p^2, and so on: t = 1 - 6 p, then 1 - 12 p */
        arb_mul_si(t, &out[1], -6, prec);
        arb_add_ui(e, t, 1, prec);
        arb_mul(&out[3], &out[1], e, prec);
        arb_add(t, e, t, prec);
    }
    for (slong k = 4; k < n; k++) {
        const slong j = k - 3;
        arb_mul(&out[k], &out[j + 1], t, prec);
        for (slong i = 1; 2 * i <= j; i++) {
            arb_mul(e, &out[i + 1], &out[j - i + 1], prec);
            arb_addmul_si(&out[k], e, -(2 * i < j ? 12 : 6) * binomial[j][i], prec);
        }
    }
    arb_clear(t);
    arb_clear(large);
    arb_clear(small);
    arb_clear(e);
}

static void sigmoid_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    arb_t unused;
    arb_init(unused);
    logistic_and_tanh(out, unused, z, n, prec);
    arb_clear(unused);
}

static void sigmoid_sizes(mag_ptr out, const arb_t z, slong n)
{
    static const double most[SN_SMOOTH_LENGTH] = {0, 1, 1.05, 1.05, 1.05, 1.05, 1.9, 4.4};
    mag_t decay;
    mag_init(decay);
    sn_smooth_decay(decay, z);
    if (arb_is_negative(z))
        mag_set(&out[0], decay);
    else
        mag_one(&out[0]);
    if (mag_cmp_2exp_si(decay, -2) > 0)
        mag_set_ui_2exp_si(decay, 1, -2);
    for (slong k = 1; k < n; k++) {
        mag_set_d(&out[k], most[k]);
        mag_mul(&out[k], &out[k], decay);
    }
    mag_clear(decay);
}

static void tanh_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    arb_t twice, value;
    arb_init(twice);
    arb_init(value);
    arb_mul_2exp_si(twice, z, 1);
    logistic_and_tanh(out, value, twice, n, prec);
    arb_swap(&out[0], value);
    for (slong k = 1; k < n; k++)
        arb_mul_2exp_si(&out[k], &out[k], k + 1);
    arb_clear(value);
    arb_clear(twice);
}

static void tanh_sizes(mag_ptr out, const arb_t z, slong n)
{
    arb_t twice;
    arb_init(twice);
    arb_mul_2exp_si(twice, z, 1);
    sigmoid_sizes(out, twice, n);
    mag_one(&out[0]);
    for (slong k = 1; k < n; k++)
        mag_mul_2exp_si(&out[k], &out[k], k + 1);
    arb_clear(twice);
}

static void silu_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    sigmoid_at(out, z, n, prec);
    sn_smooth_times_z(out, z, n, prec);
}

static void silu_sizes(mag_ptr out, const arb_t z, slong n)
{
    sigmoid_sizes(out, z, n);
    sn_smooth_sizes_times_z(out, z, n);
}

static void softplus_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    if (n > 1)
        sigmoid_at(out + 1, z, n - 1, prec);
    arb_abs(&out[0], z);
    arb_neg(&out[0], &out[0]);
    arb_exp(&out[0], &out[0], prec);
    arb_log1p(&out[0], &out[0], prec);
    if (arf_sgn(arb_midref(z)) > 0)
        arb_add(&out[0], &out[0], z, prec);
}

/* softplus(z) <= max(z, 0) + e^-|z|. */
static void softplus_sizes(mag_ptr out, const arb_t z, slong n)
{
    mag_t decay;
    mag_init(decay);
    if (n > 1)
        sigmoid_sizes(out + 1, z, n - 1);
    sn_smooth_decay(decay, z);
    if (arb_is_negative(z))
        mag_zero(&out[0]);
    else
        arb_get_mag(&out[0], z);
    mag_add(&out[0], &out[0], decay);
    mag_clear(decay);
}

/* m and 1 - m^2 of Mish at an exact z. */
static void mish_gate(arb_t m, arb_t rest, const arb_t z, slong prec)
{
    const bool negative = arf_sgn(arb_midref(z)) < 0;
    arb_t e, next, d;
    arb_init(e);
    arb_init(next);
    arb_init(d);
    arb_abs(e, z);
    arb_neg(e, e);
    arb_exp(e, e, prec);
    arb_add_ui(next, e, 1, prec);
    if (negative) { /* m = w (w + 2) / D,  rest = 4 (1 + w)^2 / D^2 */
        arb_add_ui(d, e, 2, prec);
        arb_mul(m, e, d, prec);
        arb_add_ui(d, m, 2, prec);
        arb_set(rest, next);
    } else { /* m = (1 + 2e) / d,  rest = 4 e^2 (1 + e)^2 / d^2,  d = 1 + 2 e (1 + e) */
        arb_mul(rest, e, next, prec);
        arb_mul_2exp_si(d, rest, 1);
        arb_add_ui(d, d, 1, prec);
        arb_mul_2exp_si(m, e, 1);
        arb_add_ui(m, m, 1, prec);
    }
    arb_ui_div(d, 1, d, prec);
    arb_mul(m, m, d, prec);
    arb_mul(rest, rest, d, prec);
    arb_mul(rest, rest, rest, prec);
    arb_mul_2exp_si(rest, rest, 2);
    arb_clear(d);
    arb_clear(next);
    arb_clear(e);
}

/* (a b)^(k) by Leibniz' rule. */
static void leibniz(arb_t out, arb_srcptr a, arb_srcptr b, slong k, slong prec)
{
    slong choose = 1;
    arb_t term;
    arb_init(term);
    arb_zero(out);
    for (slong i = 0; i <= k; i++) {
        arb_mul(term, &a[i], &b[k - i], prec);
        arb_addmul_si(out, term, choose, prec);
        choose = choose * (k - i) / (i + 1);
    }
    arb_clear(term);
}

/* m^(k) and c^(k), c = 1 - m^2, in turns from m' = c s and c' = -(m^2)'. */
static void mish_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    arb_struct s[SN_SMOOTH_LENGTH], c[SN_SMOOTH_LENGTH];
    for (int k = 0; k < SN_SMOOTH_LENGTH; k++) {
        arb_init(&s[k]);
        arb_init(&c[k]);
    }
    mish_gate(&out[0], &c[0], z, prec);
    if (n > 1)
        sigmoid_at(s, z, n - 1, prec);
    for (slong k = 1; k < n; k++) {
        leibniz(&out[k], c, s, k - 1, prec);
        if (k < n - 1) {
            leibniz(&c[k], out, out, k, prec);
            arb_neg(&c[k], &c[k]);
        }
    }
    sn_smooth_times_z(out, z, n, prec);
    for (int k = 0; k < SN_SMOOTH_LENGTH; k++) {
        arb_clear(&s[k]);
        arb_clear(&c[k]);
    }
}

static void mish_sizes(mag_ptr out, const arb_t z, slong n)
{
    static const double most[SN_SMOOTH_LENGTH] = {1, 1.05, 1.05, 1.05, 1.05, 2.3, 5, 16};
    mag_t decay;
    mag_init(decay);
    sn_smooth_decay(decay, z);
    for (slong k = 0; k < n; k++) {
        mag_set_d(&out[k], most[k]);
        if (k > 0 || arb_is_negative(z)) /* m <= w */
            mag_mul(&out[k], &out[k], decay);
    }
    sn_smooth_sizes_times_z(out, z, n);
    mag_clear(decay);
}

/* max(1, top / (pole - width)): top is above, pole below the number meant by more than the rounding
 * of the quotient. */
static void pole_bound(mag_t out, double top, double pole, double width)
{
    mag_set_d(out, fmax(1, top / (pole - width)));
}

static void sigmoid_bound(mag_t out, double width)
{
    pole_bound(out, 1.5708, 3.14159, width);
}

static void tanh_bound(mag_t out, double width)
{
    pole_bound(out, 1.5708, 1.57079, width);
}

static void silu_bound(mag_t out, double width)
{
    mag_t factor;
    mag_init(factor);
    mag_set_d(factor, fmax(1, width));
    sigmoid_bound(out, width);
    mag_mul(out, out, factor);
    mag_clear(factor);
}

static void softplus_bound(mag_t out, double width)
{
    mag_t factor;
    mag_init(factor);
    mag_set_d(factor, width);
    sigmoid_bound(out, width);
    mag_mul(out, out, factor);
    mag_add_ui(out, out, 1);
    mag_clear(factor);
}

static void mish_bound(mag_t out, double width)
{
    mag_t factor;
    mag_init(factor);
    mag_set_d(factor, fmax(1, width));
    pole_bound(out, 2.2215, 2.35619, fmax(width, 0.8)); /* 0.8 > pi/4: d <= pi/2 */
    mag_add_ui(out, out, 1);
    mag_mul(out, out, factor);
    mag_clear(factor);
}

SN_SMOOTH_ROW(tanh, 1.54, 0)
SN_SMOOTH_ROW(sigmoid, 3.08, 0)
SN_SMOOTH_ROW(silu, 3.08, 1)
SN_SMOOTH_ROW(softplus, 3.08, 1)
SN_SMOOTH_ROW(mish, 2.3, 1)
