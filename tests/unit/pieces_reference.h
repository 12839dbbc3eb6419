/* pieces_reference.h: Gaussian moments of linear and exponential pieces by Arb, from the textbook
 * formulas and at whatever precision their cancellation asks for. Shares nothing with the library.
 *
 * On an interval a < z < b all follows from  n_k = density of N(x, y) at k,  B_0 = P(z > k),
 * E[z; z > k] = x B_0 + y n_k,  E[z^2; z > k] = (x^2 + y) B_0 + (x + k) y n_k,  and
 * G_k = E[e^{k r z}; z < 0] = e^{k r x + (k r)^2 y/2} erfc((x + k r y)/sqrt(2 y))/2. */
#ifndef TESTS_PIECES_REFERENCE_H
#define TESTS_PIECES_REFERENCE_H

#include "activation/pieces.h"

#include <float.h>
#include <math.h>

#if __has_include(<arb.h>)
#include <arb.h>
#include <arb_hypgeom.h>
#else
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#endif

enum {
    MEAN,
    SECOND,
    VARIANCE,
    DMEAN_DX,
    DMEAN_DY,
    DSECOND_DX,
    DSECOND_DY,
    DVARIANCE_DX,
    DVARIANCE_DY,
    SLOPE_SECOND,
    QUANTITIES
};

static const char *const quantity_names[QUANTITIES] = {
    "mean",       "second",     "variance",     "dmean_dx",     "dmean_dy",
    "dsecond_dx", "dsecond_dy", "dvariance_dx", "dvariance_dy", "slope_second"};

/* Either a ramp or an exponential unit. */
typedef struct function {
    const sn_ramp *ramp;
    const sn_exponential_unit *unit;
} function;

/* The values, and for each the scale its error is measured by:
 *   the quantity itself   for second, variance, slope_second
 *   sqrt(E f^2)           for mean
 *   sqrt(E f'^2)          for dmean_dx
 *   2 sqrt(E f^2 E f'^2), 2 sqrt(Var f Var f')    for dsecond_dx, dvariance_dx
 *   E |f''| / 2           for dmean_dy
 *   E f'^2 + sum |jump| n |f(k)| + sqrt(E f^2 E g^2), g the smooth part of f'', for dsecond_dy;
 *   the same with f - E f for f            for dvariance_dy */
typedef struct reference {
    arb_t value[QUANTITIES], scale[QUANTITIES];
} reference;

static void reference_init(reference *r)
{
    for (int i = 0; i < QUANTITIES; i++) {
        arb_init(r->value[i]);
        arb_init(r->scale[i]);
    }
}

static void reference_clear(reference *r)
{
    for (int i = 0; i < QUANTITIES; i++) {
        arb_clear(r->value[i]);
        arb_clear(r->scale[i]);
    }
}

/* out = density of N(x, y) at k. */
static void density(arb_t out, double x, double y, double k, slong prec)
{
    arb_t t, w;
    arb_init(t);
    arb_init(w);
    arb_set_d(t, x);
    arb_set_d(w, k);
    arb_sub(t, t, w, prec);
    arb_sqr(t, t, prec);
    arb_set_d(w, y);
    arb_mul_2exp_si(w, w, 1);
    arb_div(t, t, w, prec);
    arb_neg(t, t);
    arb_exp(out, t, prec);
    arb_const_pi(t, prec);
    arb_mul(w, w, t, prec);
    arb_rsqrt(w, w, prec);
    arb_mul(out, out, w, prec);
    arb_clear(t);
    arb_clear(w);
}

/* out = erfc(t / sqrt(2 y)) / 2. */
static void half_erfc(arb_t out, const arb_t t, double y, slong prec)
{
    arb_set_d(out, y);
    arb_mul_2exp_si(out, out, 1);
    arb_rsqrt(out, out, prec);
    arb_mul(out, out, t, prec);
    arb_hypgeom_erfc(out, out, prec);
    arb_mul_2exp_si(out, out, -1);
}

/* b[j] = E[z^j; z > k], j = 0, 1, 2. */
static void upper_moments(arb_ptr b, double x, double y, double k, slong prec)
{
    arb_t t, n, mu, nu;
    arb_init(t), arb_init(n), arb_init(mu), arb_init(nu);
    arb_set_d(mu, x);
    arb_set_d(nu, y);
    arb_set_d(t, k);
    arb_sub(t, t, mu, prec);
    half_erfc(b, t, y, prec);
    density(n, x, y, k, prec);
    arb_mul(n, n, nu, prec);
    arb_mul(b + 1, b, mu, prec);
    arb_add(b + 1, b + 1, n, prec);
    arb_set_d(t, k);
    arb_add(t, t, mu, prec);
    arb_mul(n, n, t, prec);
    arb_sqr(t, mu, prec);
    arb_add(t, t, nu, prec);
    arb_mul(b + 2, b, t, prec);
    arb_add(b + 2, b + 2, n, prec);
    arb_clear(t), arb_clear(n), arb_clear(mu), arb_clear(nu);
}

/* What both kinds need, summed over their pieces and kinks. */
typedef struct sums {
    arb_t f, ff, df, dfdf, fdf;   /* E f, E f^2, E f', E f'^2, E f f' */
    arb_t g, gg, fg;              /* E g, E g^2, E f g, g = f'' without deltas */
    arb_t delta, delta_f;         /* sum of jump n, jump n f(k) */
    arb_t delta_abs, delta_f_abs; /* sum of |jump| n, |jump| n |f(k)| */
    arb_t delta_f_centred;        /* sum of |jump| n |f(k) - E f| */
} sums;

static void sums_each(sums *s, void (*visit)(arb_t))
{
    arb_struct *const all[] = {s->f,
                               s->ff,
                               s->df,
                               s->dfdf,
                               s->fdf,
                               s->g,
                               s->gg,
                               s->fg,
                               s->delta,
                               s->delta_f,
                               s->delta_abs,
                               s->delta_f_abs,
                               s->delta_f_centred};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        visit(all[i]);
}

/* A kink of jump `jump` at which f is `at` and the density is n; s->f is final. */
static void add_kink(sums *s, const arb_t jump, const arb_t at, const arb_t n, slong prec)
{
    arb_t d, t;
    arb_init(d), arb_init(t);
    arb_mul(d, jump, n, prec);
    arb_add(s->delta, s->delta, d, prec);
    arb_addmul(s->delta_f, d, at, prec);
    arb_abs(d, d);
    arb_add(s->delta_abs, s->delta_abs, d, prec);
    arb_abs(t, at);
    arb_addmul(s->delta_f_abs, d, t, prec);
    arb_sub(t, at, s->f, prec);
    arb_abs(t, t);
    arb_addmul(s->delta_f_centred, d, t, prec);
    arb_clear(d), arb_clear(t);
}

/* Adds the piece f = c0 + c1 z, with b[j] = E[z^j; piece]. */
static void add_linear(sums *s, const arb_t c0, const arb_t c1, arb_srcptr b, slong prec)
{
    arb_t one, t;
    arb_init(one), arb_init(t);
    arb_mul(one, c0, b, prec);
    arb_addmul(one, c1, b + 1, prec);
    arb_add(s->f, s->f, one, prec);
    arb_addmul(s->fdf, one, c1, prec);
    arb_addmul(s->df, c1, b, prec);
    arb_sqr(t, c1, prec);
    arb_addmul(s->dfdf, t, b, prec);
    arb_mul(t, c0, b + 1, prec);
    arb_addmul(t, c1, b + 2, prec);
    arb_mul(t, t, c1, prec);
    arb_addmul(t, one, c0, prec);
    arb_add(s->ff, s->ff, t, prec);
    arb_clear(one), arb_clear(t);
}

static void sum_ramp(sums *s, const sn_ramp *ramp, double x, double y, slong prec)
{
    const size_t n = ramp->n_kinks;
    arb_ptr upper = _arb_vec_init(3 * (slong)(n + 2)), piece = _arb_vec_init(3);
    arb_ptr value = _arb_vec_init((slong)n);
    arb_t c0, c1, k, t;
    arb_init(c0), arb_init(c1), arb_init(k), arb_init(t);
    /* upper[0] is that of the whole line, upper[n + 1] zero. */
    arb_set_d(c0, x);
    arb_set_d(t, y);
    arb_one(upper);
    arb_set(upper + 1, c0);
    arb_sqr(upper + 2, c0, prec);
    arb_add(upper + 2, upper + 2, t, prec);
    for (size_t i = 0; i < n; i++) {
        upper_moments(upper + 3 * (i + 1), x, y, ramp->kinks[i], prec);
        if (i == 0) {
            arb_set_d(value, ramp->value_at_first);
            continue;
        }
        arb_set_d(k, ramp->kinks[i]);
        arb_set_d(t, ramp->kinks[i - 1]);
        arb_sub(k, k, t, prec);
        arb_set_d(t, ramp->slopes[i]);
        arb_mul(k, k, t, prec);
        arb_add(value + i, value + i - 1, k, prec);
    }
    for (size_t i = 0; i <= n; i++) {
        const size_t near = i == 0 ? 0 : i - 1;
        for (int j = 0; j < 3; j++)
            arb_sub(piece + j, upper + 3 * i + j, upper + 3 * (i + 1) + j, prec);
        arb_set_d(c1, ramp->slopes[i]);
        arb_set_d(k, ramp->kinks[near]);
        arb_mul(c0, c1, k, prec);
        arb_sub(c0, value + near, c0, prec);
        add_linear(s, c0, c1, piece, prec);
    }
    for (size_t i = 0; i < n; i++) {
        arb_set_d(c1, ramp->slopes[i + 1]);
        arb_set_d(t, ramp->slopes[i]);
        arb_sub(c1, c1, t, prec);
        density(t, x, y, ramp->kinks[i], prec);
        add_kink(s, c1, value + i, t, prec);
    }
    _arb_vec_clear(upper, 3 * (slong)(n + 2));
    _arb_vec_clear(piece, 3);
    _arb_vec_clear(value, (slong)n);
    arb_clear(c0), arb_clear(c1), arb_clear(k), arb_clear(t);
}

/* G_k, see above. */
static void lower_exponential(arb_t out, const arb_t r, int k, double x, double y, slong prec)
{
    arb_t kr, mu, nu, t;
    arb_init(kr), arb_init(mu), arb_init(nu), arb_init(t);
    arb_mul_si(kr, r, k, prec);
    arb_set_d(mu, x);
    arb_set_d(nu, y);
    arb_mul(t, kr, nu, prec);
    arb_add(nu, mu, t, prec);
    half_erfc(out, nu, y, prec);
    arb_mul_2exp_si(t, t, -1);
    arb_add(t, t, mu, prec);
    arb_mul(t, t, kr, prec);
    arb_exp(t, t, prec);
    arb_mul(out, out, t, prec);
    arb_clear(kr), arb_clear(mu), arb_clear(nu), arb_clear(t);
}

static void sum_unit(sums *s, const sn_exponential_unit *unit, double x, double y, slong prec)
{
    arb_ptr b = _arb_vec_init(3), g = _arb_vec_init(3);
    arb_t zero, scale, a, r, t, w;
    arb_init(zero), arb_init(scale), arb_init(a), arb_init(r), arb_init(t), arb_init(w);
    arb_set_d(scale, unit->scale);
    arb_set_d(a, unit->saturation);
    arb_mul(a, a, scale, prec);
    arb_set_d(r, unit->rate);
    if (fabs(fma(-unit->saturation, unit->rate, 1)) < DBL_EPSILON) {
        arb_set_d(r, unit->saturation); /* as promised: inverses make no kink */
        arb_inv(r, r, prec);
    }
    upper_moments(b, x, y, 0, prec);
    add_linear(s, zero, scale, b, prec);
    for (int k = 0; k < 3; k++)
        lower_exponential(g + k, r, k, x, y, prec);

    arb_sub(t, g + 1, g, prec); /* E[e^{rz} - 1] */
    arb_addmul(s->f, a, t, prec);
    arb_add(t, g + 2, g, prec); /* E[(e^{rz} - 1)^2] */
    arb_submul_si(t, g + 1, 2, prec);
    arb_sqr(w, a, prec);
    arb_addmul(s->ff, w, t, prec);
    arb_sub(t, g + 2, g + 1, prec); /* E[(e^{rz} - 1) e^{rz}] */
    arb_mul(w, w, r, prec);
    arb_addmul(s->fdf, w, t, prec);
    arb_mul(w, w, r, prec);
    arb_addmul(s->fg, w, t, prec);
    arb_addmul(s->dfdf, w, g + 2, prec);
    arb_mul(w, w, r, prec);
    arb_mul(w, w, r, prec);
    arb_addmul(s->gg, w, g + 2, prec);
    arb_mul(w, a, r, prec);
    arb_addmul(s->df, w, g + 1, prec);
    arb_mul(t, w, r, prec);
    arb_addmul(s->g, t, g + 1, prec);
    arb_sub(w, scale, w, prec);
    if (arb_contains_zero(w))
        arb_zero(w);
    density(t, x, y, 0, prec);
    add_kink(s, w, zero, t, prec);
    _arb_vec_clear(b, 3);
    _arb_vec_clear(g, 3);
    arb_clear(zero), arb_clear(scale), arb_clear(a), arb_clear(r), arb_clear(t), arb_clear(w);
}

/* out = factor sqrt(a b). */
static void geometric(arb_t out, const arb_t a, const arb_t b, slong factor, slong prec)
{
    arb_mul(out, a, b, prec);
    arb_sqrtpos(out, out, prec);
    arb_mul_si(out, out, factor, prec);
}

static void assemble(reference *r, const sums *s, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_ptr v[QUANTITIES], c[QUANTITIES];
    for (int i = 0; i < QUANTITIES; i++) {
        v[i] = r->value[i];
        c[i] = r->scale[i];
    }
    arb_set(v[MEAN], s->f);
    arb_set(v[SECOND], s->ff);
    arb_sqr(t, s->f, prec);
    arb_sub(v[VARIANCE], s->ff, t, prec);
    arb_set(v[SLOPE_SECOND], s->dfdf);
    arb_set(v[DMEAN_DX], s->df);
    arb_add(v[DMEAN_DY], s->g, s->delta, prec);
    arb_mul_2exp_si(v[DMEAN_DY], v[DMEAN_DY], -1);
    arb_mul_2exp_si(v[DSECOND_DX], s->fdf, 1);
    arb_add(v[DSECOND_DY], s->dfdf, s->fg, prec);
    arb_add(v[DSECOND_DY], v[DSECOND_DY], s->delta_f, prec);
    arb_mul_2exp_si(t, s->f, 1);
    arb_mul(v[DVARIANCE_DX], t, v[DMEAN_DX], prec);
    arb_sub(v[DVARIANCE_DX], v[DSECOND_DX], v[DVARIANCE_DX], prec);
    arb_mul(v[DVARIANCE_DY], t, v[DMEAN_DY], prec);
    arb_sub(v[DVARIANCE_DY], v[DSECOND_DY], v[DVARIANCE_DY], prec);

    arb_sqrtpos(c[MEAN], v[SECOND], prec);
    arb_set(c[SECOND], v[SECOND]);
    arb_set(c[VARIANCE], v[VARIANCE]);
    arb_set(c[SLOPE_SECOND], s->dfdf);
    arb_sqrtpos(c[DMEAN_DX], s->dfdf, prec);
    arb_abs(t, s->g);
    arb_add(c[DMEAN_DY], t, s->delta_abs, prec);
    arb_mul_2exp_si(c[DMEAN_DY], c[DMEAN_DY], -1);
    geometric(c[DSECOND_DX], s->ff, s->dfdf, 2, prec);
    arb_sqr(t, s->df, prec);
    arb_sub(t, s->dfdf, t, prec);
    geometric(c[DVARIANCE_DX], v[VARIANCE], t, 2, prec);
    geometric(t, s->ff, s->gg, 1, prec);
    arb_add(c[DSECOND_DY], s->dfdf, t, prec);
    arb_add(c[DSECOND_DY], c[DSECOND_DY], s->delta_f_abs, prec);
    geometric(t, v[VARIANCE], s->gg, 1, prec);
    arb_add(c[DVARIANCE_DY], s->dfdf, t, prec);
    arb_add(c[DVARIANCE_DY], c[DVARIANCE_DY], s->delta_f_centred, prec);
    arb_clear(t);
}

/* |t| is known to be below every double. */
static bool negligible(const arb_t t)
{
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, t);
    const bool small = mag_cmp_2exp_si(bound, -1080) < 0;
    mag_clear(bound);
    return small;
}

/* Every enclosure at least 60 bits tighter than its scale, and every scale itself known to 20,
 * unless no double comes near them. */
static bool tight(const reference *r)
{
    bool all = true;
    for (int i = 0; i < QUANTITIES; i++) {
        if (negligible(r->scale[i]) && negligible(r->value[i]))
            continue;
        mag_t bound;
        mag_init(bound);
        arb_get_mag_lower(bound, r->scale[i]);
        mag_mul_2exp_si(bound, bound, -60);
        all = all && arb_rel_accuracy_bits(r->scale[i]) >= 20
              && mag_cmp(arb_radref(r->value[i]), bound) <= 0;
        mag_clear(bound);
    }
    return all;
}

/* All quantities of f for N(x, y); false if 2^14 bits do not suffice. */
static bool reference_compute(reference *r, const function *f, double x, double y)
{
    bool done = false;
    for (slong prec = 256; !done && prec <= 16384; prec *= 2) {
        sums s;
        sums_each(&s, arb_init);
        if (f->ramp != NULL)
            sum_ramp(&s, f->ramp, x, y, prec);
        else
            sum_unit(&s, f->unit, x, y, prec);
        assemble(r, &s, prec);
        sums_each(&s, arb_clear);
        done = tight(r);
    }
    return done;
}

#endif
