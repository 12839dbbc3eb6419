/* A Gaussian on one side of a kink.
 *
 * Seen from the kink, in units of s, all are integrals
 *
 *     T_m(t) = integral of w^m e^(-w^2/2 - t w) over w > 0,    T_0 = Mills' ratio R(t):
 *
 * with t = (x - a)/s,  E[|z - a|^m; z < a] = G s^(m+1) T_m(t),  E[..; z > a] the same with T_m(-t),
 * and E[e^(r (z - a)); z < a] = G s R(t + r s). T_1 = 1 - t T_0 and T_m = (m - 1) T_(m-2) -
 * t T_(m-1) by parts. Taken on the side of the tail, nothing else cancels.
 *
 * Over a box they are bounded by their values at its centre. T_(m+1)/T_m = -(log T_m)' =: k(t) is
 * the mean of a density proportional to w^m e^(-w^2/2 - t w), so k' is minus its variance, which is
 * at most 1 as this density is log-concave at least as strongly as the normal one (Brascamp and
 * Lieb 1976). So k decreases by less than t increases, and for |t - t0| <= d
 *
 *     T_m(t0) e^(-d k(t0)) <= T_m(t) <= T_m(t0) e^(d k(t0) + d^2/2),
 *
 * where also k(t) < (m + 1)/t, by parts, for t > 0.
 *
 * For the exponential, A = E[e^(r (z - a)); z < a], the product G s R bounds well where both
 * factors are on the same slope. Left of the kink they are not; there log A is bounded by its derivatives:
 * with q = G/A = 1/(s R), d/dx log A = r - q and d/dy log A = (r^2 - (r - t/s) q)/2. */
#include "certify/half_line.h"

static void each(sn_half_line *half, void (*visit)(arb_t))
{
    visit(half->t);
    visit(half->density);
    for (int m = 0; m < SN_HALF_POWERS; m++)
        visit(&half->tail[m]);
    for (int m = 0; m <= SN_HALF_POWERS; m++)
        visit(&half->moment[m]);
    for (int n = 0; n < SN_HALF_WAVES; n++)
        visit(&half->wave[n]);
    for (int r = 0; r < SN_HALF_RATES; r++) {
        visit(&half->exponential[r]);
        visit(&half->v[r]);
        visit(&half->mills[r]);
    }
}

void sn_half_line_init(sn_half_line *half)
{
    each(half, arb_init);
}

void sn_half_line_clear(sn_half_line *half)
{
    each(half, arb_clear);
}

/* t, and all that follows from t and s alone by arithmetic. */
static void set_distance(sn_half_line *out, const sn_gaussian *g, slong kink,
                         const sn_half_extent *extent, slong prec)
{
    arb_sub_si(out->t, g->x, kink, prec);
    arb_div(out->t, out->t, g->s, prec);
    for (int r = 0; r < extent->n_rates; r++) {
        arb_mul(&out->v[r], extent->rates + r, g->s, prec);
        arb_add(&out->v[r], &out->v[r], out->t, prec);
    }
    /* d^n G = He_n(-t) s^-n G, with He_(n+1) = -t He_n - n He_(n-1) */
    arb_t slope, inverse;
    arb_init(slope);
    arb_init(inverse);
    arb_div(slope, out->t, g->s, prec);
    arb_inv(inverse, g->y, prec);
    arb_one(&out->wave[0]);
    if (extent->waves > 1)
        arb_neg(&out->wave[1], slope);
    for (int n = 1; n + 1 < extent->waves; n++) {
        arb_mul(&out->wave[n + 1], &out->wave[n - 1], inverse, prec);
        arb_mul_si(&out->wave[n + 1], &out->wave[n + 1], -n, prec);
        arb_submul(&out->wave[n + 1], slope, &out->wave[n], prec);
    }
    arb_clear(slope);
    arb_clear(inverse);
}

/* From the integrals. */
static void set_tails(sn_half_line *out, const sn_gaussian *g, int powers, slong prec)
{
    arb_t power;
    arb_init(power);
    arb_set(power, g->s);
    for (int m = 0; m < powers; m++) {
        arb_mul(&out->tail[m], &out->moment[m], power, prec);
        if (m % 2 == 1 && !out->right)
            arb_neg(&out->tail[m], &out->tail[m]);
        if (m + 1 < powers)
            arb_mul(power, power, g->s, prec);
    }
    arb_clear(power);
}

/* out /= sqrt(2 pi) s */
static void divide_by_root(arb_t out, const arb_t s, slong prec)
{
    arb_t root;
    arb_init(root);
    arb_const_pi(root, prec);
    arb_mul_2exp_si(root, root, 1);
    arb_sqrt(root, root, prec);
    arb_mul(root, root, s, prec);
    arb_div(out, out, root, prec);
    arb_clear(root);
}

/* Mills' ratio sqrt(pi/2) erfcx(t / sqrt 2). */
static void mills_ratio(arb_t out, const arb_t t, slong prec)
{
    arb_t root;
    arb_init(root);
    arb_set_ui(root, 2);
    arb_rsqrt(root, root, prec);
    arb_mul(out, t, root, prec);
    sn_ball_erfcx(out, out, prec);
    arb_const_sqrt_pi(root, prec);
    arb_mul(out, out, root, prec);
    arb_set_ui(root, 2);
    arb_rsqrt(root, root, prec);
    arb_mul(out, out, root, prec);
    arb_clear(root);
}

void sn_half_line_at(sn_half_line *out, const sn_gaussian *g, slong kink,
                     const sn_half_extent *extent, slong prec)
{
    set_distance(out, g, kink, extent, prec);
    out->right = arf_sgn(arb_midref(out->t)) < 0;
    arb_t t;
    arb_init(t);
    arb_sqr(t, out->t, prec);
    arb_mul_2exp_si(t, t, -1);
    arb_neg(t, t);
    arb_exp(out->density, t, prec);
    divide_by_root(out->density, g->s, prec);

    if (out->right)
        arb_neg(t, out->t);
    else
        arb_set(t, out->t);
    if (extent->powers > 0) {
        mills_ratio(&out->moment[0], t, prec);
        arb_mul(&out->moment[1], t, &out->moment[0], prec);
        arb_sub_ui(&out->moment[1], &out->moment[1], 1, prec);
        arb_neg(&out->moment[1], &out->moment[1]);
    }
    for (int m = 2; m <= extent->powers; m++) {
        arb_mul_ui(&out->moment[m], &out->moment[m - 2], (ulong)m - 1, prec);
        arb_submul(&out->moment[m], t, &out->moment[m - 1], prec);
    }
    set_tails(out, g, extent->powers, prec);
    for (int r = 0; r < extent->n_rates; r++) {
        mills_ratio(&out->mills[r], &out->v[r], prec);
        arb_mul(&out->exponential[r], &out->mills[r], g->s, prec);
        arb_mul(&out->exponential[r], &out->exponential[r], out->density, prec);
    }
    arb_clear(t);
}

/* --- over a box ------------------------------------------------------------------------------ */

enum { COARSE = 64 };

/* out = value times all of e^-down to e^up. */
static void spread(arb_t out, const arb_t value, const mag_t down, const mag_t up)
{
    mag_t low, high;
    mag_init(low);
    mag_init(high);
    mag_expinv_lower(low, down);
    mag_exp(high, up);
    arb_t factor;
    arb_init(factor);
    arb_set_interval_mag(factor, low, high, COARSE);
    arb_mul(out, value, factor, COARSE);
    arb_clear(factor);
    mag_clear(low);
    mag_clear(high);
}

/* For |t - t0| <= d, T_m(t) is T_m(t0) times at least e^-down, at most e^up; k = k(t0). */
static void moment_spread(mag_t down, mag_t up, int m, const arb_t t0, const mag_t d, const mag_t k)
{
    mag_t other;
    mag_init(other);
    mag_mul(down, d, k);
    mag_mul_2exp_si(up, d, -1);
    mag_add(up, up, k);
    if (arf_sgn(arb_midref(t0)) > 0) {
        arb_get_mag_lower(other, t0);
        mag_sub_lower(other, other, d);
        mag_inv(other, other);
        mag_mul_ui(other, other, (ulong)m + 1);
        mag_min(up, up, other);
    }
    mag_mul(up, up, d);
    mag_clear(other);
}

/* The largest distance of a point of `ball` from one of `from`. */
static void distance(mag_t out, const arb_t ball, const arb_t from)
{
    arb_t difference;
    arb_init(difference);
    arb_sub(difference, ball, from, COARSE);
    arb_get_mag(out, difference);
    arb_clear(difference);
}

static void spread_density(arb_t out, const arb_t t, const arb_t s)
{
    mag_t low, high;
    mag_init(low);
    mag_init(high);
    arb_get_mag(low, t);
    mag_mul(low, low, low);
    mag_mul_2exp_si(low, low, -1);
    mag_expinv_lower(low, low);
    arb_get_mag_lower(high, t);
    mag_mul_lower(high, high, high);
    mag_mul_2exp_si(high, high, -1);
    mag_expinv(high, high);
    arb_set_interval_mag(out, low, high, COARSE);
    divide_by_root(out, s, COARSE);
    mag_clear(low);
    mag_clear(high);
}

/* How far log A can be from its value at the centre; hazard = 1/R. */
static void logarithmic_spread(mag_t out, const sn_gaussian *box, const arb_t t, const arb_t rate,
                               const arb_t hazard)
{
    arb_t q, slope;
    mag_t bound;
    arb_init(q);
    arb_init(slope);
    mag_init(bound);
    arb_div(q, hazard, box->s, COARSE);
    arb_sub(slope, rate, q, COARSE);
    arb_get_mag(out, slope);
    mag_mul(out, out, arb_radref(box->x));

    arb_div(slope, t, box->s, COARSE);
    arb_sub(slope, slope, rate, COARSE);
    arb_mul(slope, slope, q, COARSE);
    arb_addmul(slope, rate, rate, COARSE);
    arb_get_mag(bound, slope);
    mag_mul_2exp_si(bound, bound, -1);
    mag_addmul(out, bound, arb_radref(box->y));
    arb_clear(q);
    arb_clear(slope);
    mag_clear(bound);
}

static void spread_exponential(sn_half_line *out, const sn_half_line *centre,
                               const sn_gaussian *box, int r, const arb_t rate)
{
    mag_t d, k, down, up;
    arb_t t, hazard;
    mag_init(d);
    mag_init(k);
    mag_init(down);
    mag_init(up);
    arb_init(t);
    arb_init(hazard);
    distance(d, &out->v[r], &centre->v[r]);
    arb_inv(hazard, &centre->mills[r], COARSE);
    arb_sub(t, hazard, &centre->v[r], COARSE);
    arb_get_mag(k, t);
    moment_spread(down, up, 0, &centre->v[r], d, k);
    if (!centre->right && arf_cmp_si(arb_midref(centre->t), 1) > 0) {
        spread(t, &centre->mills[r], down, up);
        arb_mul(t, t, box->s, COARSE);
        arb_mul(&out->exponential[r], t, out->density, COARSE);
    } else {
        spread(t, hazard, up, down);
        logarithmic_spread(d, box, out->t, rate, t);
        spread(&out->exponential[r], &centre->exponential[r], d, d);
    }
    mag_clear(d);
    mag_clear(k);
    mag_clear(down);
    mag_clear(up);
    arb_clear(t);
    arb_clear(hazard);
}

void sn_half_line_over(sn_half_line *out, const sn_half_line *centre, const sn_gaussian *box,
                       slong kink, const sn_half_extent *extent)
{
    set_distance(out, box, kink, extent, COARSE);
    out->right = centre->right;
    spread_density(out->density, out->t, box->s);
    mag_t d, k, below, up;
    arb_t t;
    mag_init(d);
    mag_init(k);
    mag_init(below);
    mag_init(up);
    arb_init(t);
    distance(d, out->t, centre->t);
    arb_abs(t, centre->t);
    for (int m = 0; m < extent->powers; m++) {
        arb_get_mag(k, &centre->moment[m + 1]);
        arb_get_mag_lower(below, &centre->moment[m]);
        mag_div(k, k, below);
        moment_spread(below, up, m, t, d, k);
        spread(&out->moment[m], &centre->moment[m], below, up);
    }
    set_tails(out, box, extent->powers, COARSE);
    for (int r = 0; r < extent->n_rates; r++)
        spread_exponential(out, centre, box, r, extent->rates + r);
    mag_clear(d);
    mag_clear(k);
    mag_clear(below);
    mag_clear(up);
    arb_clear(t);
}
