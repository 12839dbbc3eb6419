/* Activations written as text: read (expression_parse.c), held against what an activation has to
 * be, and made an sn_activation.
 *
 * f and f' have to be finite on a net over [-30, 30], which a pre-activation of variance 1 never
 * leaves; f may overflow beyond. At a kink k, f is extended from both sides over a distance d by
 * f(k -+ d) +- d f'(k -+ d): both have to meet f(k), as they do to order d^2 where f is
 * continuous. */
#include "activation/expression_tree.h"

#include <math.h>
#include <stdlib.h>

struct sn_expression {
    sn_tree tree;
    size_t n_kinks;
    double *kinks;
};

static const double NET_REACH = 30, NET_STEP = 0.1, BESIDE = 1e-8, JUMP = 1e-9;

const sn_tree *sn_expression_tree(const sn_expression *expression)
{
    return &expression->tree;
}

/* --- what an activation has to be ------------------------------------------------------------- */

static sn_status check_finite(const sn_tree *tree, double x, sn_error *err)
{
    const double f = sn_tree_f(tree, x);
    if (!isfinite(f)) /* a NaN has no sign worth printing */
        return sn_fail(err, SN_EINVAL, "f(x) is %g at x = %.15g, must be finite",
                       isnan(f) ? (double)NAN : f, x);
    const double slope = sn_tree_slope(tree, x);
    if (!isfinite(slope))
        return sn_fail(err, SN_EINVAL, "f'(x) is %g at x = %.15g, must be finite",
                       isnan(slope) ? (double)NAN : slope, x);
    return SN_OK;
}

static sn_status check_net(const sn_tree *tree, sn_error *err)
{
    sn_status status = SN_OK;
    for (int i = 0; status == SN_OK && i * NET_STEP <= NET_REACH; i++) {
        const double x = i / round(1 / NET_STEP);
        status = check_finite(tree, x, err);
        if (status == SN_OK)
            status = check_finite(tree, -x, err);
    }
    return status;
}

/* How far f, from one side of a kink, misses its value there. */
static double gap(const sn_tree *tree, double kink, double d, double *slope)
{
    *slope = sn_tree_slope(tree, kink + d);
    return sn_tree_f(tree, kink + d) - d * *slope - sn_tree_f(tree, kink);
}

static sn_status check_kink(const sn_tree *tree, double kink, sn_error *err)
{
    const double d = BESIDE * fmax(1, fabs(kink)), f = sn_tree_f(tree, kink);
    double slope_left, slope_right;
    const double left = gap(tree, kink, -d, &slope_left);
    const double right = gap(tree, kink, d, &slope_right);
    const double allowed = JUMP * (1 + fabs(f)) + d * fabs(slope_right - slope_left);
    const double largest = fmax(fabs(left), fabs(right)), across = fabs(left - right);
    if (isnan(left) || isnan(right) || isinf(f))
        return fabs(kink) <= NET_REACH ? check_finite(tree, kink, err) : SN_OK;
    if (largest > allowed)
        return sn_fail(err, SN_EINVAL, "f jumps by %.3g at x = %.15g, must be continuous",
                       fmax(largest, across), kink);
    return fabs(kink) <= NET_REACH ? check_finite(tree, kink, err) : SN_OK;
}

/* From 0 outwards, as the nearest one says most. */
static sn_status check_kinks(const sn_expression *e, sn_error *err)
{
    size_t right = 0;
    while (right < e->n_kinks && e->kinks[right] < 0)
        right++;
    size_t left = right;
    sn_status status = SN_OK;
    while (status == SN_OK && (left > 0 || right < e->n_kinks)) {
        const bool go_left =
            left > 0 && (right == e->n_kinks || -e->kinks[left - 1] < e->kinks[right]);
        status = check_kink(&e->tree, e->kinks[go_left ? --left : right++], err);
    }
    return status;
}

/* --- kinks ------------------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Those found, and those given. */
static sn_status gather_kinks(sn_expression *e, size_t n_given, const double *given, sn_error *err)
{
    for (size_t i = 0; i < n_given; i++)
        if (!isfinite(given[i]))
            return sn_fail(err, SN_EINVAL, "kink %zu is %g, must be finite", i + 1, given[i]);
    const sn_status status = sn_tree_kinks(&e->tree, &e->n_kinks, &e->kinks, err);
    if (status != SN_OK || n_given == 0)
        return status;
    double *all = realloc(e->kinks, (e->n_kinks + n_given) * sizeof *all);
    if (all == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for the kinks of an expression");
    e->kinks = all;
    for (size_t i = 0; i < n_given; i++)
        all[e->n_kinks++] = given[i] == 0 ? 0 : given[i];
    qsort(all, e->n_kinks, sizeof *all, ascending);
    size_t kept = 1;
    for (size_t i = 1; i < e->n_kinks; i++)
        if (all[i] != all[kept - 1])
            all[kept++] = all[i];
    e->n_kinks = kept;
    return SN_OK;
}

size_t sn_expression_kinks(const sn_expression *expression, size_t capacity, double *kinks)
{
    for (size_t i = 0; i < expression->n_kinks && i < capacity; i++)
        kinks[i] = expression->kinks[i];
    return expression->n_kinks;
}

/* --- as an activation ------------------------------------------------------------------------- */

static double value_of(const void *state, double z)
{
    return sn_tree_f(&((const sn_expression *)state)->tree, z);
}

static double derivative_of(const void *state, double z)
{
    return sn_tree_slope(&((const sn_expression *)state)->tree, z);
}

/* The nearest to 0 are neighbours: what is farther off is dropped from either end. */
static size_t kinks_of(const void *state, double kinks[SN_MAX_KINKS])
{
    const sn_expression *e = state;
    size_t first = 0, end = e->n_kinks;
    while (end - first > SN_MAX_KINKS)
        if (fabs(e->kinks[first]) > fabs(e->kinks[end - 1]))
            first++;
        else
            end--;
    for (size_t i = first; i < end; i++)
        kinks[i - first] = e->kinks[i];
    return end - first;
}

static double kink_beyond(const void *state, double z, double side)
{
    const sn_expression *e = state;
    size_t before = 0, end = e->n_kinks; /* how many lie before z, or at it when going right */
    while (before < end) {
        const size_t middle = before + (end - before) / 2;
        if (e->kinks[middle] < z || (side > 0 && e->kinks[middle] == z))
            before = middle + 1;
        else
            end = middle;
    }
    if (side > 0)
        return before < e->n_kinks ? e->kinks[before] : INFINITY;
    return before > 0 ? e->kinks[before - 1] : -INFINITY;
}

static const sn_activation_type expression_type = {
    .name = "expression",
    .doc = "an expression of the user's",
    .value_of = value_of,
    .derivative_of = derivative_of,
    .kinks_of = kinks_of,
    .kink_beyond = kink_beyond,
};

sn_activation sn_expression_activation(const sn_expression *expression)
{
    return (sn_activation){.type = &expression_type, .state = expression};
}

sn_status sn_expression_new(const sn_expression_spec *spec, sn_expression **out, sn_error *err)
{
    *out = NULL;
    sn_expression *e = calloc(1, sizeof *e);
    if (e == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for an expression");
    sn_status status = sn_tree_init(&e->tree, spec->n_params, spec->params, SN_MAX_NODES, err);
    if (status == SN_OK)
        status = sn_tree_parse(&e->tree, spec->text, spec->table, err);
    if (status == SN_OK)
        status = check_net(&e->tree, err);
    if (status == SN_OK)
        status = gather_kinks(e, spec->n_kinks, spec->kinks, err);
    if (status == SN_OK)
        status = check_kinks(e, err);
    if (status == SN_OK)
        *out = e;
    else
        sn_expression_free(e);
    return status;
}

void sn_expression_free(sn_expression *expression)
{
    if (expression == NULL)
        return;
    sn_tree_free(&expression->tree);
    free(expression->kinks);
    free(expression);
}
