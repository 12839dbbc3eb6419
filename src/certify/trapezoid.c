/* Moments of an analytic activation by the trapezoidal rule:
 *
 *     d^k/dx^k E h(z) = E h^(k)(x + s t) = d sum_j h^(k)(x + s j d) phi(j d) + error,
 *
 * s = sqrt(y), t standard normal with density phi; trapezoid_rule.c bounds the error. The
 * derivatives of h = f^2 and f'^2 come from the averages of f^(i) f^(j), by Leibniz' rule after the
 * sum.
 *
 * Over a box each node's ball encloses f^(k) for all x and y in the box, so the sum encloses all
 * averages. More digits of the rule than the box is wide are for nothing: the step is chosen for
 * the width. */
#include "certify/trapezoid_rule.h"

enum {
    FEWEST_BITS = 20, /* what the rule aims at over the widest boxes, */
    SPARE_BITS = 12,  /* how much finer than the box it is to be, */
    GUARD_BITS = 20,  /* and how much more precise the arithmetic */
    BLOCK = 32,       /* nodes at a time */
    LENGTH = 5        /* f, ..., f^(4) at most */
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
static void add_nodes(sums *sum, const walk *w, const sn_trapezoid *rule)
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

static void sum_and_widen(sn_jets *out, const walk *w, const sn_trapezoid *rule,
                          const sn_trapezoid_bounds *error)
{
    sums sum;
    sums_init(&sum);
    add_nodes(&sum, w, rule);
    combine(out, &sum, w->order, w->prec);
    for (int k = 0; k <= w->order.order; k++) {
        sn_trapezoid_widen(&out->mean[k], error, rule, 1, k);
        sn_trapezoid_widen(&out->second[k], error, rule, 2, k);
    }
    for (int k = 0; k <= w->order.slope_order; k++)
        sn_trapezoid_widen_slope(&out->slope[k], error, rule, k);
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
    sn_trapezoid rule;
    if (sn_trapezoid_choose(&rule, f, x, s, order, bits)) {
        sn_trapezoid_bounds error;
        sn_trapezoid_bounds_init(&error);
        sn_trapezoid_bound(&error, &rule, f, x, s);
        arb_mul_si(s_step, s, rule.step, prec);
        arb_mul_2exp_si(s_step, s_step, -rule.scale);
        const walk w = {
            .f = f,
            .params = params,
            .x = x,
            .s_step = s_step,
            .length = 1 + (order.order > order.slope_order ? order.order : order.slope_order + 1),
            .prec = bits < prec - GUARD_BITS ? bits + GUARD_BITS : prec,
            .order = order,
        };
        sum_and_widen(out, &w, &rule, &error);
        sn_trapezoid_bounds_clear(&error);
    } else {
        indeterminate(out, order);
    }
    arb_clear(s_step);
    arb_clear(s);
}
