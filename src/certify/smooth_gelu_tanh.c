/* GELU's tanh approximation, z g(z) with g(z) = s(p(z)), s the logistic function, and
 * p(z) = C z (1 + 0.044715 z^2), C = 2 sqrt(2/pi).
 *
 * Derivatives of g by composing power series: s at p(z) with p(z + t) - p(z), a cubic in t.
 *
 * Sizes on the real line: |g^(k)| <= G_k e^(-z^2/4) for k >= 1, and for k = 0 where z < 0. For
 * |z| <= 6 tests/unit/test_smooth.c proves the table, covering the line with balls. Beyond, on the
 * disc of radius 1 about z, |Re p| >= (|z| - 1) (C + 0.0713 ((|z| - 1)^2 - 3)) = e, so |g|, or |1 - g|
 * on the right, is at most 1.01 e^-e there and |g^(k)| <= 1.01 k! e^-e by Cauchy's inequality: from
 * |z| = 6 on, where e >= 15.8, that is less.
 *
 * Sizes in the strip |Im z| <= 2. Let z = u + iv, u >= 0: Re p = u (C + 0.0714 (u^2 - 3 v^2)) is
 * at least 0.73 u + 0.0713 u^3, so from u = 2 on |e^-p| < 0.14 and |g| < 1.17. On the rest,
 * [0, 2] x [0, 2] by symmetry, |g| <= 2.3, which the same test proves. For u < 0, |g(z)| =
 * |e^-p| / |1 + e^-p| at -z, which is no larger. The nearest poles are at |Im z| = 2.75. And
 * |z| <= max(1, a) (1 + |Re z|). */
#include <math.h>

#include "certify/smooth.h"

enum { DEGREE = 3, THIN = -20, LARGEST_EXPONENT = 1 << 14 };

/* p(z + t) as a polynomial in t. */
static void inner(arb_ptr out, const arb_t z, slong prec)
{
    arb_t c, c3;
    arb_init(c);
    arb_init(c3);
    arb_const_pi(c, prec);
    arb_ui_div(c, 8, c, prec);
    arb_sqrt(c, c, prec);
    arb_mul_ui(c3, c, 44715, prec);
    arb_div_ui(c3, c3, 1000000, prec);
    arb_mul(out, z, z, prec);
    arb_mul(out, out, c3, prec);
    arb_mul_ui(out + 1, out, 3, prec);
    arb_add(out + 1, out + 1, c, prec);
    arb_add(out, out, c, prec);
    arb_mul(out, out, z, prec);
    arb_mul(out + 2, z, c3, prec);
    arb_mul_ui(out + 2, out + 2, 3, prec);
    arb_set(out + 3, c3);
    arb_clear(c3);
    arb_clear(c);
}

/* g^(k)(z), k < n, for an exact z. The absolute error of p is the relative one of e^p, so p gets as
 * many more bits as it is large. */
static void gate_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    const slong exponent =
        arb_is_zero(z) ? 0 : FLINT_MAX(arf_abs_bound_lt_2exp_si(arb_midref(z)), 0);
    arb_ptr p = _arb_vec_init(DEGREE + 1), outer = _arb_vec_init(n);
    if (exponent < LARGEST_EXPONENT)
        inner(p, z, prec + 3 * exponent + 4);
    if (exponent < LARGEST_EXPONENT && mag_cmp_2exp_si(arb_radref(p), THIN) < 0) {
        ulong factorial = 1;
        sn_smooth_sigmoid.derivatives(outer, NULL, p, n, prec);
        for (slong k = 2; k < n; k++) {
            factorial *= (ulong)k;
            arb_div_ui(outer + k, outer + k, factorial, prec);
        }
        arb_zero(p);
        _arb_poly_compose_series(out, outer, n, p, FLINT_MIN(n, DEGREE + 1), n, prec);
        factorial = 1;
        for (slong k = 2; k < n; k++) {
            factorial *= (ulong)k;
            arb_mul_ui(out + k, out + k, factorial, prec);
        }
    } else {
        for (slong k = 0; k < n; k++)
            arb_indeterminate(out + k);
    }
    _arb_vec_clear(outer, n);
    _arb_vec_clear(p, DEGREE + 1);
}

static void gelu_tanh_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    gate_at(out, z, n, prec);
    sn_smooth_times_z(out, z, n, prec);
}

static void gelu_tanh_sizes(mag_ptr out, const arb_t z, slong n)
{
    static const double most[SN_SMOOTH_LENGTH] = {0.51, 0.42, 0.37, 0.52, 0.9, 1.9, 4.6, 12};
    mag_t decay;
    mag_init(decay);
    sn_smooth_gauss_decay(decay, z);
    for (slong k = 0; k < n; k++) {
        mag_set_d(&out[k], most[k]);
        mag_mul(&out[k], &out[k], decay);
    }
    if (!arb_is_negative(z))
        mag_one(&out[0]);
    sn_smooth_sizes_times_z(out, z, n);
    mag_clear(decay);
}

static void gelu_tanh_bound(mag_t out, double width)
{
    mag_t factor;
    mag_init(factor);
    mag_set_d(factor, fmax(1, width));
    mag_set_d(out, 2.3);
    mag_mul(out, out, factor);
    mag_clear(factor);
}

SN_SMOOTH_ROW(gelu_tanh, 2, 1)
