/* The trapezoidal rule's error, bounded, and a rule chosen for it.
 *
 * Let s = sqrt(y), h = f, f^2 or f'^2, and F(t) = h^(k)(x + s t) phi(t), phi the normal density.
 * Then d^k/dx^k E h(z) = integral F, and for a step d the sum d sum_j F(j d) errs twice.
 *
 * 1. The rule. If F is analytic for |Im t| <= b and the integral of |F(u + iv)| over u is at most N
 * for |v| <= b, the error is at most 2 N / (e^(2 pi b/d) - 1) (Trefethen and Weideman, The
 * exponentially convergent trapezoidal rule, SIAM Review 56 (2014), theorem 5.1). Here
 * |phi(u + iv)| = phi(u) e^(v^2/2), so N is e^(b^2/2) times a Gaussian average over u of a bound
 * of |h^(k)| at z = x + s u + i s v.
 *
 * With |f| <= B (1 + |Re z|)^g for |Im z| <= a, g 0 or 1, and s b + R <= a, Cauchy's inequality on
 * the disc of radius R about z gives, with A = 1 + |x| + R and p = 1 for f, p = 2 for f^2,
 *
 *     |h^(k)(z)| <= k!/R^k (B (A + s |u|)^g)^p.
 *
 * For f'^2 two discs of radius R/2: |f'| <= (2/R) B (A + s |u|)^g about the points of the inner
 * one, so |h^(k)(z)| <= k! (2/R)^(k+2) (B (A + s |u|)^g)^2. Below c is the factor before the
 * parenthesis, and m = g p <= 2 the power. The mean of (A + s |u|)^m is at most (A + s)^m, as
 * E |u| <= E u^2 = 1. So, altogether,
 *
 *     error <= 2 c B^p (A + s)^m e^(b^2/2) / (e^(2 pi b/d) - 1).
 *
 * 2. The nodes left out, |j| > n. The same bound of |h^(k)| holds on the real line with other B, R
 * and c, from a = R = min(strip, 1). With T = (n + 1) d the terms from T on have the ratios
 *
 *     phi(t + d)/phi(t) (1 + s d/(A + s t))^m <= e^(-T d + m d/T) = e^-q,
 *
 * so both tails together are at most 2 d c B^p (A + s T)^m phi(T) / (1 - e^-q), and
 * 1/(1 - e^-q) <= 1 + 1/q, for T^2 > m.
 *
 * How a, R, b, d and n are chosen is no matter of proof, and done in doubles; the bounds are then
 * evaluated upwards. All grow with |x| and s, so over a box its largest serve. */
#include "certify/trapezoid_rule.h"

#include <math.h>

static const double TWO_PI_BELOW = 6.28318530;
static const double LARGEST_S = 100, LARGEST_REACH = 1e15;
enum {
    MOST_NODES = 10000, /* to either side, for up to */
    NODES_BITS = 64,    /* so many bits; in proportion for more */
    STEP_BITS = 10      /* digits of the step: few, that its multiples are exact */
};

static double log_factorial(int k)
{
    static const double table[] = {0, 0, 0.6932, 1.7918, 3.1781};
    return table[k];
}

/* log(c B^p), the largest of those wanted: how much the sum must be more precise than the result. */
static double log_scale(const sn_smooth *f, double width, double radius, sn_jet_order order)
{
    mag_t bound;
    mag_init(bound);
    f->bound(bound, width);
    const double twice = 2 * 0.6931 * mag_get_d_log2_approx(bound);
    mag_clear(bound);
    const double second = log_factorial(order.order) - order.order * log(radius);
    if (order.slope_order < 0)
        return twice + second;
    const double slope =
        log_factorial(order.slope_order) - (order.slope_order + 2) * log(radius / 2);
    return twice + fmax(second, slope);
}

/* The step, in doubles: the largest there is over several widths of the strip. */
static double choose_step(sn_trapezoid *rule, const sn_smooth *f, double s, sn_jet_order order,
                          double nats)
{
    const int top = order.order > order.slope_order + 2 ? order.order : order.slope_order + 2;
    double best = 0;
    for (double share = 1; share > 0.01; share *= share > 0.9 ? 0.97 : 0.8) {
        const double width = share * f->strip;
        double radius = width * (top + 0.1) / (nats + top + 8);
        const double need = nats + log_scale(f, width, radius, order);
        double b = (width - radius) / s;
        if (b * b > 2 * need) { /* e^(b^2/2) would outgrow the gain */
            b = sqrt(2 * need);
            radius = width - b * s;
        }
        b *= 1 - 1e-12; /* s b + R <= a, whatever the roundings */
        radius *= 1 - 1e-12;
        const double step = 6.2831853 * b / (need + b * b / 2);
        if (step <= best)
            break;
        best = step;
        rule->width = width;
        rule->radius = radius;
        rule->b = b;
    }
    return best;
}

bool sn_trapezoid_choose(sn_trapezoid *rule, const sn_smooth *f, const arb_t x, const arb_t s,
                         sn_jet_order order, slong bits)
{
    const double s_upper = sn_ball_upper(s);
    const double reach = 1 + fmax(sn_ball_upper(x), -sn_ball_lower(x)) + s_upper;
    if (!(reach < LARGEST_REACH && s_upper < LARGEST_S))
        return false;
    const double nats = 0.6931 * (double)bits + 2 * f->growth * log(reach);
    const double step = choose_step(rule, f, s_upper, order, nats);
    int exponent;
    frexp(step, &exponent);
    rule->scale = STEP_BITS - exponent;
    rule->step = (slong)ldexp(step, (int)rule->scale);
    rule->tail = fmin(f->strip, 1);
    const double end = sqrt(2 * (nats + log_scale(f, rule->tail, rule->tail, order) + 2));
    const double nodes = ceil(end / ldexp((double)rule->step, (int)-rule->scale));
    const double most = MOST_NODES * fmax(1, (double)bits / NODES_BITS);
    rule->nodes = (slong)fmin(nodes, most);
    return nodes < most;
}

void sn_trapezoid_bounds_init(sn_trapezoid_bounds *e)
{
    for (int p = 0; p < 3; p++) {
        mag_init(&e->rule[p]);
        mag_init(&e->tail[p]);
    }
}

void sn_trapezoid_bounds_clear(sn_trapezoid_bounds *e)
{
    for (int p = 0; p < 3; p++) {
        mag_clear(&e->rule[p]);
        mag_clear(&e->tail[p]);
    }
}

/* base = B(width) (1 + |x| + radius + s t)^g. */
static void set_base(mag_t base, const sn_smooth *f, double width, double radius, const arb_t x,
                     const mag_t s, const mag_t t)
{
    mag_t sum, term;
    mag_init(sum);
    mag_init(term);
    f->bound(base, width);
    if (f->growth > 0) {
        arb_get_mag(sum, x);
        mag_set_d(term, radius);
        mag_add(sum, sum, term);
        mag_add_ui(sum, sum, 1);
        mag_mul(term, s, t);
        mag_add(sum, sum, term);
        mag_mul(base, base, sum);
    }
    mag_clear(term);
    mag_clear(sum);
}

/* 2 e^(b^2/2) / (e^(2 pi b/d) - 1) */
static void set_rule_factor(mag_t out, const sn_trapezoid *rule, double step)
{
    mag_t power;
    mag_init(power);
    mag_set_d_lower(power, TWO_PI_BELOW * rule->b / step * (1 - 1e-12));
    mag_exp_lower(power, power);
    mag_one(out);
    mag_sub_lower(power, power, out);
    mag_inv(power, power);
    mag_set_d(out, rule->b * rule->b / 2 * (1 + 1e-12));
    mag_exp(out, out);
    mag_mul(out, out, power);
    mag_mul_2exp_si(out, out, 1);
    mag_clear(power);
}

/* 2 d phi(T) (1 + 1/q), q = d (T - m/T), with m = 2 */
static void set_tail_factor(mag_t out, double step, double end)
{
    mag_t t;
    mag_init(t);
    mag_set_d_lower(t, end * end / 2 * (1 - 1e-12));
    mag_expinv(out, t);
    mag_set_d(t, (0.8 * step + 0.8 / (end - 2 / end)) * (1 + 1e-12)); /* phi(0) < 0.4 */
    mag_mul(out, out, t);
    mag_clear(t);
}

void sn_trapezoid_bound(sn_trapezoid_bounds *e, const sn_trapezoid *rule, const sn_smooth *f,
                        const arb_t x, const arb_t s)
{
    const double step = ldexp((double)rule->step, (int)-rule->scale);
    const double end = step * (double)(rule->nodes + 1);
    mag_t s_upper, t, base;
    mag_init(s_upper);
    mag_init(t);
    mag_init(base);
    arb_get_mag(s_upper, s);

    mag_one(t);
    set_base(base, f, rule->width, rule->radius, x, s_upper, t);
    set_rule_factor(&e->rule[0], rule, step);
    mag_mul(&e->rule[1], &e->rule[0], base);
    mag_mul(&e->rule[2], &e->rule[1], base);

    mag_set_d(t, end * (1 + 1e-12));
    set_base(base, f, rule->tail, rule->tail, x, s_upper, t);
    set_tail_factor(&e->tail[0], step, end);
    mag_mul(&e->tail[1], &e->tail[0], base);
    mag_mul(&e->tail[2], &e->tail[1], base);

    mag_clear(base);
    mag_clear(t);
    mag_clear(s_upper);
}

/* out += k! / radius^power * factor */
static void add_term(mag_t out, int k, double radius, int power, const mag_t factor)
{
    mag_t c, r;
    mag_init(c);
    mag_init(r);
    mag_set_d_lower(r, radius);
    mag_inv(r, r);
    mag_pow_ui(r, r, (ulong)power);
    mag_fac_ui(c, (ulong)k);
    mag_mul(c, c, r);
    mag_addmul(out, c, factor);
    mag_clear(r);
    mag_clear(c);
}

void sn_trapezoid_widen(arb_t out, const sn_trapezoid_bounds *e, const sn_trapezoid *rule, int p,
                        int k)
{
    mag_t error;
    mag_init(error);
    add_term(error, k, rule->radius, k, &e->rule[p]);
    add_term(error, k, rule->tail, k, &e->tail[p]);
    arb_add_error_mag(out, error);
    mag_clear(error);
}

void sn_trapezoid_widen_slope(arb_t out, const sn_trapezoid_bounds *e, const sn_trapezoid *rule,
                              int k)
{
    mag_t error;
    mag_init(error);
    add_term(error, k, rule->radius / 2, k + 2, &e->rule[2]);
    add_term(error, k, rule->tail / 2, k + 2, &e->tail[2]);
    arb_add_error_mag(out, error);
    mag_clear(error);
}
