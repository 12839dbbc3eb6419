/* f and f' at a number.
 *
 * Pieces. On the left of the lowest kink a, if there is an exponential, f is a constant plus
 * c e^(r w), w = z - a, and continuous in a: so
 *
 *     f(z) = f(a) + c (e^(r w) - 1),      f'(z) = c r e^(r w),
 *
 * where f(a), taken from the right of a, is a sum of terms of whole numbers, and nothing cancels
 * for tiny w. Elsewhere f is a polynomial, evaluated exactly as soon as there are bits enough.
 *
 * Of e^(r w) below e^-8192 nothing counts but that it is not 0: between the limit of f, a product of
 * doubles, and f there is then neither a number of any format nor the middle of two. So one such
 * point stands for all, which has a ball that tells its sign.
 *
 * At infinities the pieces are straight and the exponential is gone: the slope is that of any point
 * beyond the kinks. The smooth activations have the slope 0 there or, where they grow, that of z
 * on the right. */
#include "certify/jets.h"

enum { BEYOND_ALL_KINKS = 1024, FADED = -8192 };

/* f and slope += factor w^power and its derivative. */
static void add_power(arb_t f, arb_t slope, const arb_t factor, int power, const arb_t w,
                      slong prec)
{
    arb_t t;
    arb_init(t);
    arb_pow_ui(t, w, (ulong)power, prec);
    arb_addmul(f, factor, t, prec);
    if (power > 0) {
        arb_pow_ui(t, w, (ulong)power - 1, prec);
        arb_mul_si(t, t, power, prec);
        arb_addmul(slope, factor, t, prec);
    }
    arb_clear(t);
}

/* The terms without a rate at z; from the right: as if z were above a kink that it is on. */
static void add_polynomials(arb_t f, arb_t slope, const sn_term *terms, int count, const arf_t z,
                            bool from_right, slong prec)
{
    arb_t w;
    arb_init(w);
    for (int t = 0; t < count; t++) {
        const sn_term *term = &terms[t];
        const int side = arf_cmp_si(z, term->kink);
        const bool right = side > 0 || (side == 0 && from_right);
        if (!arb_is_zero(term->rate) || term->side == (right ? SN_LEFT : SN_RIGHT))
            continue;
        arb_set_arf(w, z);
        arb_sub_si(w, w, term->kink, prec);
        add_power(f, slope, term->factor, term->power, w, prec);
    }
    arb_clear(w);
}

/* On the left of the exponential's kink. gone: at minus infinity. */
static void left_wave(arb_t f, arb_t slope, const sn_term *terms, int count, const sn_term *wave,
                      const arf_t z, bool gone, slong prec)
{
    arb_t w, t;
    arf_t kink;
    arb_init(w);
    arb_init(t);
    arf_init(kink);
    arf_set_si(kink, wave->kink);
    add_polynomials(f, slope, terms, count, kink, true, prec);
    arb_zero(slope);
    if (gone) {
        arb_sub(f, f, wave->factor, prec);
    } else {
        arb_set_arf(w, z);
        arb_sub_si(w, w, wave->kink, prec);
        arb_mul(w, w, wave->rate, prec);
        if (arf_cmp_si(arb_midref(w), FADED) < 0)
            arb_set_si(w, FADED);
        arb_expm1(t, w, prec);
        arb_addmul(f, wave->factor, t, prec);
        arb_exp(t, w, prec);
        arb_mul(t, t, wave->rate, prec);
        arb_mul(slope, t, wave->factor, prec);
    }
    arf_clear(kink);
    arb_clear(t);
    arb_clear(w);
}

void sn_values_pieces(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                      slong prec)
{
    const sn_piecewise *pieces = how;
    sn_term terms[SN_MAX_TERMS];
    for (int t = 0; t < SN_MAX_TERMS; t++) {
        arb_init(terms[t].factor);
        arb_init(terms[t].rate);
    }
    const int count = pieces->build(terms, params, prec);
    const sn_term *wave = NULL;
    for (int t = 0; t < count; t++)
        if (!arb_is_zero(terms[t].rate))
            wave = &terms[t];
    arf_t at;
    arf_init(at);
    arf_set(at, z);
    if (arf_is_inf(z))
        arf_set_si(at, arf_sgn(z) * BEYOND_ALL_KINKS);
    arb_zero(f);
    arb_zero(slope);
    if (wave != NULL && arf_cmp_si(at, wave->kink) <= 0)
        left_wave(f, slope, terms, count, wave, at, arf_is_inf(z), prec);
    else
        add_polynomials(f, slope, terms, count, at, false, prec);
    arb_div_si(f, f, pieces->divisor, prec);
    arb_div_si(slope, slope, pieces->divisor, prec);
    if (arf_is_inf(z) && !arb_is_zero(slope))
        arb_indeterminate(f);
    arf_clear(at);
    for (int t = 0; t < SN_MAX_TERMS; t++) {
        arb_clear(terms[t].factor);
        arb_clear(terms[t].rate);
    }
}

/* erf' = 2/sqrt(pi) e^(-z^2) */
void sn_values_erf(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                   slong prec)
{
    (void)how, (void)params;
    if (arf_is_inf(z)) {
        arb_indeterminate(f);
        arb_zero(slope);
        return;
    }
    arb_t t;
    arb_init(t);
    arb_set_arf(t, z);
    arb_hypgeom_erf(f, t, prec);
    arb_sqr(t, t, ARF_PREC_EXACT);
    arb_neg(t, t);
    arb_exp(slope, t, prec);
    arb_const_sqrt_pi(t, prec);
    arb_div(slope, slope, t, prec);
    arb_mul_2exp_si(slope, slope, 1);
    arb_clear(t);
}

void sn_values_smooth(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                      slong prec)
{
    const sn_smooth *smooth = how;
    if (arf_is_inf(z)) {
        arb_indeterminate(f);
        arb_set_si(slope, smooth->growth > 0 && arf_sgn(z) > 0);
        return;
    }
    arb_ptr out = _arb_vec_init(2);
    arb_t at;
    arb_init(at);
    arb_set_arf(at, z);
    smooth->derivatives(out, params, at, 2, prec);
    arb_swap(f, out);
    arb_swap(slope, out + 1);
    arb_clear(at);
    _arb_vec_clear(out, 2);
}

/* z / (1 + |z|) and 1 / (1 + |z|)^2: quotients of exact numbers, exact where they have an end. */
void sn_values_softsign(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                        slong prec)
{
    (void)how, (void)params;
    if (arf_is_inf(z)) {
        arb_set_si(f, arf_sgn(z));
        arb_zero(slope);
        return;
    }
    arb_t at, below;
    arb_init(at);
    arb_init(below);
    arb_set_arf(at, z);
    arb_abs(below, at);
    arb_add_si(below, below, 1, ARF_PREC_EXACT);
    arb_div(f, at, below, prec);
    arb_sqr(below, below, ARF_PREC_EXACT);
    arb_inv(slope, below, prec);
    arb_clear(below);
    arb_clear(at);
}

/* lambda z on the right; on the left lambda alpha z e^z and lambda alpha (1 + z) e^z, far out at
 * e^FADED, as above. */
void sn_values_serlu(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                     slong prec)
{
    enum { ALPHA, LAMBDA };
    (void)how;
    if (arf_sgn(z) > 0) {
        arb_mul_arf(f, params + LAMBDA, z, prec);
        arb_set(slope, params + LAMBDA);
        if (arf_is_inf(z))
            arb_indeterminate(f);
        return;
    }
    arb_zero(f);
    arb_zero(slope);
    if (arf_is_inf(z))
        return;
    arb_t at, wave;
    arb_init(at);
    arb_init(wave);
    if (arf_cmp_si(z, FADED) < 0)
        arb_set_si(at, FADED);
    else
        arb_set_arf(at, z);
    arb_exp(wave, at, prec);
    arb_mul(wave, wave, params + LAMBDA, prec);
    arb_mul(wave, wave, params + ALPHA, prec);
    arb_mul(f, wave, at, prec);
    arb_add_si(at, at, 1, ARF_PREC_EXACT);
    arb_mul(slope, wave, at, prec);
    arb_clear(wave);
    arb_clear(at);
}
