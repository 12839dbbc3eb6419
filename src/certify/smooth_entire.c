/* The entire activations, GELU and the sine, with derivatives.
 *
 * GELU is z Phi(z), Phi' = phi the normal density, so f' = Phi + z phi, and from He_n, the
 * polynomials with phi^(n) = (-1)^n He_n phi, and z He_(k-1) = He_k + (k-1) He_(k-2),
 *
 *     f^(k) = (-1)^k phi(z) (He_(k-2) - He_k),     k >= 2.
 *
 * On the real line |He_n(z)| e^(-z^2/4) <= 1.0865 sqrt(n!) (Cramer's inequality; DLMF 18.14.9), so
 * |He_n| phi <= 0.4335 sqrt(n!) e^(-z^2/4). In a strip |Im z| <= a, |phi(u + iw)| =
 * phi(u) e^(w^2/2), so along the vertical from u
 *
 *     |Phi| <= Phi(u) + a phi(u) e^(a^2/2) <= 1 + 0.4 a e^(a^2/2),
 *
 * and |z| <= max(1, a) (1 + |Re z|). The sine: |sin(u + iv)| <= cosh v <= e^a. */
#include <math.h>

#include "certify/smooth.h"

/* f^(k) for k >= 2, given phi(z). */
static void gelu_high(arb_ptr out, const arb_t phi, const arb_t z, slong n, slong prec)
{
    arb_struct h[3]; /* He_(k-2), He_(k-1), He_k */
    arb_t t;
    for (int i = 0; i < 3; i++)
        arb_init(&h[i]);
    arb_init(t);
    arb_one(&h[0]);
    arb_set(&h[1], z);
    for (slong k = 2; k < n; k++) {
        arb_mul(&h[2], &h[1], z, prec);
        arb_submul_si(&h[2], &h[0], k - 1, prec);
        arb_sub(t, &h[0], &h[2], prec);
        arb_mul(&out[k], t, phi, prec);
        if (k % 2 == 1)
            arb_neg(&out[k], &out[k]);
        arb_swap(&h[0], &h[1]);
        arb_swap(&h[1], &h[2]);
    }
    arb_clear(t);
    for (int i = 0; i < 3; i++)
        arb_clear(&h[i]);
}

static void gelu_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    arb_t phi, distribution, t;
    arb_init(phi);
    arb_init(distribution);
    arb_init(t);
    arb_mul(phi, z, z, 2 * prec); /* an exact square as a rule: its error would count e^.. fold */
    arb_mul_2exp_si(phi, phi, -1);
    arb_neg(phi, phi);
    arb_exp(phi, phi, prec);
    arb_const_pi(t, prec);
    arb_mul_2exp_si(t, t, 1);
    arb_rsqrt(t, t, prec);
    arb_mul(phi, phi, t, prec);

    arb_set_ui(t, 2);
    arb_rsqrt(t, t, 2 * prec);
    arb_mul(t, t, z, 2 * prec);
    arb_neg(t, t);
    arb_hypgeom_erfc(distribution, t, prec);
    arb_mul_2exp_si(distribution, distribution, -1);

    arb_mul(&out[0], z, distribution, prec);
    if (n > 1) {
        arb_set(&out[1], distribution);
        arb_addmul(&out[1], z, phi, prec);
    }
    gelu_high(out, phi, z, n, prec);
    arb_clear(t);
    arb_clear(distribution);
    arb_clear(phi);
}

/* |f| <= |z|, and on the left |f| <= phi <= 0.4 e^(-z^2/4), as Phi(z) <= phi(z) / |z|. |f'| <= 1.13,
 * and on the left Phi - |z| phi lies between -|z| phi and phi; |z| = |He_1|. */
static void gelu_sizes(mag_ptr out, const arb_t z, slong n)
{
    static const double cramer[SN_SMOOTH_LENGTH] = {/* 0.4335 sqrt(n!) */
                                                    0.434, 0.434, 0.614, 1.062,
                                                    2.124, 4.749, 11.64, 30.78};
    const bool left = arb_is_negative(z);
    mag_t decay;
    mag_init(decay);
    sn_smooth_gauss_decay(decay, z);
    arb_get_mag(&out[0], z);
    if (left && mag_cmp(decay, &out[0]) < 0)
        mag_set(&out[0], decay);
    for (slong k = 1; k < n; k++) {
        mag_set_d(&out[k], k == 1 ? 1.13 : cramer[k] + cramer[k - 2]);
        if (left || k > 1)
            mag_mul(&out[k], &out[k], decay);
    }
    mag_clear(decay);
}

static void gelu_bound(mag_t out, double width)
{
    mag_t a, t;
    mag_init(a);
    mag_init(t);
    mag_set_d(a, width);
    mag_mul(t, a, a);
    mag_mul_2exp_si(t, t, -1);
    mag_exp(t, t);
    mag_mul(t, t, a);
    mag_set_d(out, 0.4);
    mag_mul(out, out, t);
    mag_add_ui(out, out, 1);
    mag_set_d(a, fmax(1, width));
    mag_mul(out, out, a);
    mag_clear(t);
    mag_clear(a);
}

static void sin_at(arb_ptr out, const arb_t z, slong n, slong prec)
{
    arb_t s, c;
    arb_init(s);
    arb_init(c);
    arb_sin_cos(s, c, z, prec);
    for (slong k = 0; k < n; k++) {
        arb_set(&out[k], k % 2 == 0 ? s : c);
        if (k % 4 >= 2)
            arb_neg(&out[k], &out[k]);
    }
    arb_clear(c);
    arb_clear(s);
}

static void sin_sizes(mag_ptr out, const arb_t z, slong n)
{
    (void)z;
    for (slong k = 0; k < n; k++)
        mag_one(&out[k]);
}

static void sin_bound(mag_t out, double width)
{
    mag_t a;
    mag_init(a);
    mag_set_d(a, width);
    mag_exp(out, a);
    mag_clear(a);
}

SN_SMOOTH_ROW(gelu, 16, 1)
SN_SMOOTH_ROW(sin, 40, 0)
