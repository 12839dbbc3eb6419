/* Moments of an analytic activation by the trapezoidal rule, with a proven bound of its error.
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
 * Over a box every bound grows with |x| and s, so the box's largest serve; each node's ball encloses
 * f^(k) for all x and y in the box, and the sum all averages. More digits of the rule than the box
 * is wide are for nothing: the step is chosen for the width.
 *
 * How a, R, b, d and n are chosen is no matter of proof, and done in doubles; the bounds are then
 * evaluated upwards. The derivatives of f^2 and f'^2 come from the averages of f^(i) f^(j), by
 * Leibniz' rule after the sum. */
#include <math.h>

#include "certify/jets.h"

static const double TWO_PI_BELOW = 6.28318530;
static const double LARGEST_S = 100;
enum {
    MOST_NODES = 10000, /* to either side */
    FEWEST_BITS = 20,   /* what the rule aims at over the widest boxes */
    SPARE_BITS = 12,    /* and by how much it is to be finer than the box */
    STEP_BITS = 10,     /* digits of the step, few that multiples of it are exact */
    BLOCK = 32,         /* nodes at a time */
    LENGTH = 5          /* f, ..., f^(4) at most */
};

/* Derivatives of the products: E f^(i) f^(j), when needed, and where it counts how often. */
enum { PAIRS = 9, NEVER = 9 };
static const struct pair {
    int i, j, from_order, from_slope, count_second, count_slope;
} pairs[PAIRS] = {
    {0, 0, 0, NEVER, 1, 0}, {0, 1, 1, NEVER, 2, 0}, {0, 2, 2, NEVER, 2, 0},
    {0, 3, 3, NEVER, 2, 0}, {0, 4, 4, NEVER, 2, 0}, {1, 1, 2, 0, 2, 1},
    {1, 2, 3, 1, 6, 2},     {1, 3, 4, 2, 8, 2},     {2, 2, 4, 2, 6, 2},
};

static bool wanted(const struct pair *pair, sn_jet_order order)
{
    return order.order >= pair->from_order || order.slope_order >= pair->from_slope;
}

/* The rule, and what its bounds need. */
typedef struct trapezoid {
    double width, radius, b; /* a, R, b of the proof */
    double tail;             /* a = R on the real line */
    slong step, scale;       /* d = step 2^-scale */
    slong nodes;             /* n */
} trapezoid;

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
static double choose_step(trapezoid *rule, const sn_smooth *f, double s, sn_jet_order order,
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

/* False: too many nodes. */
static bool choose_rule(trapezoid *rule, const sn_smooth *f, double s, sn_jet_order order,
                        slong bits)
{
    const double nats = 0.6931 * (double)bits;
    const double step = choose_step(rule, f, s, order, nats);
    int exponent;
    frexp(step, &exponent);
    rule->scale = STEP_BITS - exponent;
    rule->step = (slong)ldexp(step, (int)rule->scale);
    rule->tail = fmin(f->strip, 1);
    const double end = sqrt(2 * (nats + log_scale(f, rule->tail, rule->tail, order) + 2));
    const double nodes = ceil(end / ldexp((double)rule->step, (int)-rule->scale));
    rule->nodes = nodes < MOST_NODES ? (slong)nodes : MOST_NODES;
    return s < LARGEST_S && nodes < MOST_NODES;
}

/* Upper bounds that all quantities share: the error of each is
 * c(R) * rule[p] + c(tail) * tail[p], p = 1 or 2. */
typedef struct bounds {
    mag_struct rule[3], tail[3];
} bounds;

static void bounds_init(bounds *e)
{
    for (int p = 0; p < 3; p++) {
        mag_init(&e->rule[p]);
        mag_init(&e->tail[p]);
    }
}

static void bounds_clear(bounds *e)
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
        mag_set_d(term, 1 + radius);
        mag_add(sum, sum, term);
        mag_mul(term, s, t);
        mag_add(sum, sum, term);
        mag_mul(base, base, sum);
    }
    mag_clear(term);
    mag_clear(sum);
}

/* 2 e^(b^2/2) / (e^(2 pi b/d) - 1) */
static void set_rule_factor(mag_t out, const trapezoid *rule, double step)
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

static void set_bounds(bounds *e, const trapezoid *rule, const sn_smooth *f, const arb_t x,
                       const arb_t s)
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

/* Widens a k-th derivative by its error. p = 1: of the mean, 2: of the second moment. */
static void add_error(arb_t out, const bounds *e, const trapezoid *rule, int p, int k)
{
    mag_t error;
    mag_init(error);
    add_term(error, k, rule->radius, k, &e->rule[p]);
    add_term(error, k, rule->tail, k, &e->tail[p]);
    arb_add_error_mag(out, error);
    mag_clear(error);
}

static void add_slope_error(arb_t out, const bounds *e, const trapezoid *rule, int k)
{
    mag_t error;
    mag_init(error);
    add_term(error, k, rule->radius / 2, k + 2, &e->rule[2]);
    add_term(error, k, rule->tail / 2, k + 2, &e->tail[2]);
    arb_add_error_mag(out, error);
    mag_clear(error);
}

/* The sums over the nodes, filled a block at a time. */
typedef struct sums {
    arb_struct mean[LENGTH], product[PAIRS];
    arb_struct value[BLOCK * LENGTH], weighted[BLOCK * LENGTH], weight[BLOCK];
    slong count;
} sums;

static void sums_init(sums *sum)
{
    for (int i = 0; i < LENGTH; i++)
        arb_init(&sum->mean[i]);
    for (int i = 0; i < PAIRS; i++)
        arb_init(&sum->product[i]);
    for (int i = 0; i < BLOCK * LENGTH; i++) {
        arb_init(&sum->value[i]);
        arb_init(&sum->weighted[i]);
    }
    for (int i = 0; i < BLOCK; i++)
        arb_init(&sum->weight[i]);
    sum->count = 0;
}

static void sums_clear(sums *sum)
{
    for (int i = 0; i < LENGTH; i++)
        arb_clear(&sum->mean[i]);
    for (int i = 0; i < PAIRS; i++)
        arb_clear(&sum->product[i]);
    for (int i = 0; i < BLOCK * LENGTH; i++) {
        arb_clear(&sum->value[i]);
        arb_clear(&sum->weighted[i]);
    }
    for (int i = 0; i < BLOCK; i++)
        arb_clear(&sum->weight[i]);
}

/* Adds the nodes of the block to the sums. */
static void flush(sums *sum, sn_jet_order order, slong prec)
{
    for (int k = 0; k <= order.order; k++)
        arb_dot(&sum->mean[k], &sum->mean[k], 0, sum->weight, 1, &sum->value[k], LENGTH, sum->count,
                prec);
    for (int k = 0; k <= 2; k++) {
        if (k > order.order && k > order.slope_order + 1)
            break;
        for (slong i = 0; i < sum->count; i++)
            arb_mul(&sum->weighted[i * LENGTH + k], &sum->weight[i], &sum->value[i * LENGTH + k],
                    prec);
    }
    for (int p = 0; p < PAIRS; p++)
        if (wanted(&pairs[p], order))
            arb_dot(&sum->product[p], &sum->product[p], 0, &sum->weighted[pairs[p].i], LENGTH,
                    &sum->value[pairs[p].j], LENGTH, sum->count, prec);
    sum->count = 0;
}

/* What the loop over the nodes goes by. */
typedef struct walk {
    const sn_smooth *f;
    arb_srcptr params;
    arb_srcptr x, s_step; /* z = x + s_step j */
    slong length, prec;
    sn_jet_order order;
} walk;

static void add_node(sums *sum, const walk *w, slong j, const arb_t weight)
{
    arb_t z;
    arb_init(z);
    arb_set(z, w->x);
    arb_addmul_si(z, w->s_step, j, w->prec);
    w->f->derivatives(&sum->value[sum->count * LENGTH], w->params, z, w->length, w->prec);
    arb_set_round(&sum->weight[sum->count], weight, w->prec);
    if (++sum->count == BLOCK)
        flush(sum, w->order, w->prec);
    arb_clear(z);
}

/* The weights d phi(j d) by phi(t + d) = phi(t) e^(-d t) e^(-d^2/2), whose factor changes by e^(-d^2)
 * a step; j steps lose less than j^2 units of the last place. */
static void add_nodes(sums *sum, const walk *w, const trapezoid *rule)
{
    const slong prec = w->prec + 2 * (slong)FLINT_BIT_COUNT((ulong)rule->nodes);
    arb_t weight, ratio, change;
    arb_init(weight);
    arb_init(ratio);
    arb_init(change);
    arb_set_si(change, -rule->step * rule->step);
    arb_mul_2exp_si(change, change, -2 * rule->scale - 1);
    arb_exp(ratio, change, prec);
    arb_mul(change, ratio, ratio, prec);
    arb_const_pi(weight, prec);
    arb_mul_2exp_si(weight, weight, 1);
    arb_rsqrt(weight, weight, prec);
    arb_mul_si(weight, weight, rule->step, prec);
    arb_mul_2exp_si(weight, weight, -rule->scale);

    add_node(sum, w, 0, weight);
    for (slong j = 1; j <= rule->nodes; j++) {
        arb_mul(weight, weight, ratio, prec);
        arb_mul(ratio, ratio, change, prec);
        add_node(sum, w, j, weight);
        add_node(sum, w, -j, weight);
    }
    flush(sum, w->order, w->prec);
    arb_clear(change);
    arb_clear(ratio);
    arb_clear(weight);
}

/* Leibniz: pair (i, j) belongs to the derivative i + j of f^2, and i + j - 2 of f'^2. */
static void combine(sn_jets *out, const sums *sum, sn_jet_order order, slong prec)
{
    for (int k = 0; k <= order.order; k++) {
        arb_set(&out->mean[k], &sum->mean[k]);
        arb_zero(&out->second[k]);
    }
    for (int k = 0; k <= order.slope_order; k++)
        arb_zero(&out->slope[k]);
    for (int p = 0; p < PAIRS; p++) {
        const struct pair *pair = &pairs[p];
        const int k = pair->i + pair->j;
        if (k <= order.order)
            arb_addmul_si(&out->second[k], &sum->product[p], pair->count_second, prec);
        if (pair->count_slope > 0 && k - 2 <= order.slope_order)
            arb_addmul_si(&out->slope[k - 2], &sum->product[p], pair->count_slope, prec);
    }
}

/* The deviation, its ends those of the variance's. */
static void deviation(arb_t s, const arb_t y, slong prec)
{
    if (mag_cmp_2exp_si(arb_radref(y), -prec / 2) < 0) {
        arb_sqrt(s, y, prec);
        return;
    }
    arf_t lower, upper;
    arf_init(lower);
    arf_init(upper);
    arb_get_lbound_arf(lower, y, prec);
    arb_get_ubound_arf(upper, y, prec);
    arf_sqrt(lower, lower, prec, ARF_RND_DOWN);
    arf_sqrt(upper, upper, prec, ARF_RND_UP);
    arb_set_interval_arf(s, lower, upper, prec);
    arf_clear(upper);
    arf_clear(lower);
}

/* How many bits are worth having, given how wide the nodes' balls are. */
static slong useful_bits(const arb_t x, const arb_t s, slong prec)
{
    mag_t radius;
    mag_init(radius);
    mag_add(radius, arb_radref(x), arb_radref(s));
    const double bits = SPARE_BITS - mag_get_d_log2_approx(radius);
    mag_clear(radius);
    return bits < FEWEST_BITS ? FEWEST_BITS : bits < (double)prec ? (slong)bits : prec;
}

static void indeterminate(sn_jets *out, sn_jet_order order)
{
    for (int k = 0; k <= order.order; k++) {
        arb_indeterminate(&out->mean[k]);
        arb_indeterminate(&out->second[k]);
    }
    for (int k = 0; k <= order.slope_order; k++)
        arb_indeterminate(&out->slope[k]);
}

static void sum_and_widen(sn_jets *out, const walk *w, const trapezoid *rule, const bounds *error)
{
    sums sum;
    sums_init(&sum);
    add_nodes(&sum, w, rule);
    combine(out, &sum, w->order, w->prec);
    for (int k = 0; k <= w->order.order; k++) {
        add_error(&out->mean[k], error, rule, 1, k);
        add_error(&out->second[k], error, rule, 2, k);
    }
    for (int k = 0; k <= w->order.slope_order; k++)
        add_slope_error(&out->slope[k], error, rule, k);
    sums_clear(&sum);
}

void sn_jets_smooth(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                    sn_jet_order order, slong prec)
{
    if (!arb_is_finite(x) || !arb_is_finite(y) || !arb_is_positive(y)) {
        indeterminate(out, order);
        return;
    }
    const sn_smooth *f = how;
    arb_t s, s_step;
    arb_init(s);
    arb_init(s_step);
    deviation(s, y, prec);
    const slong bits = useful_bits(x, s, prec);
    trapezoid rule;
    if (choose_rule(&rule, f, sn_ball_upper(s), order, bits)) {
        bounds error;
        bounds_init(&error);
        set_bounds(&error, &rule, f, x, s);
        arb_mul_si(s_step, s, rule.step, prec);
        arb_mul_2exp_si(s_step, s_step, -rule.scale);
        const int length =
            1 + (order.order > order.slope_order + 1 ? order.order : order.slope_order + 1);
        const walk w = {f, params, x, s_step, length, bits < prec - 20 ? bits + 20 : prec, order};
        sum_and_widen(out, &w, &rule, &error);
        bounds_clear(&error);
    } else {
        indeterminate(out, order);
    }
    arb_clear(s_step);
    arb_clear(s);
}
