/* A table of points as an activation: the monotone cubic of Fritsch and Carlson (1980) with the
 * slopes of Fritsch and Butland (1984).
 *
 * With steps h_i = x_i+1 - x_i and secants s_i = (f_i+1 - f_i) / h_i, the slope at an inner point is
 * 0 where the secants beside it differ in sign, else their weighted harmonic mean
 *
 *     (w_1 + w_2) / (w_1 / s_i-1 + w_2 / s_i),  w_1 = 2 h_i + h_i-1,  w_2 = h_i + 2 h_i-1
 *
 * and at an end that of the parabola through three points, cut back to 0 if it has not the sign of
 * the secant there, and to three times that secant if the secants differ in sign. In between, with
 * v = z - x_i, f = f_i + v (m_i + v (c_i + v e_i)).
 *
 * A point between is found by a guess from the spacing, which a uniform table never needs to
 * correct, and bisection. */
#include "activation/sampled.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct knot {
    double x, f, slope, second, third; /* the coefficients of the cubic to its right */
} knot;

struct sn_sampled {
    size_t n;
    double per_unit; /* intervals per unit of x, on average */
    knot knots[];
};

/* The last knot at or before z, but not the last of all; for z between first and last. */
static const knot *find(const sn_sampled *table, double z)
{
    const knot *knots = table->knots;
    size_t lower = 0, upper = table->n - 1;
    const size_t guess = (size_t)fmin((z - knots[0].x) * table->per_unit, (double)(table->n - 2));
    if (z >= knots[guess].x) {
        lower = guess;
        if (z < knots[guess + 1].x)
            return &knots[guess];
    } else {
        upper = guess;
        if (guess > 0 && z >= knots[guess - 1].x)
            return &knots[guess - 1];
    }
    while (upper - lower > 1) {
        const size_t middle = lower + (upper - lower) / 2;
        if (z < knots[middle].x)
            upper = middle;
        else
            lower = middle;
    }
    return &knots[lower];
}

static double value_of(const void *state, double z)
{
    const sn_sampled *table = state;
    const knot *first = &table->knots[0], *last = &table->knots[table->n - 1];
    /* An infinity times a slope of 0 is no number. */
    if (!(z > first->x))
        return first->slope == 0 && !isnan(z) ? first->f : first->f + first->slope * (z - first->x);
    if (z >= last->x)
        return last->slope == 0 ? last->f : last->f + last->slope * (z - last->x);
    const knot *k = find(table, z);
    const double v = z - k->x;
    return k->f + v * (k->slope + v * (k->second + v * k->third));
}

static double derivative_of(const void *state, double z)
{
    const sn_sampled *table = state;
    const knot *first = &table->knots[0], *last = &table->knots[table->n - 1];
    if (!(z > first->x))
        return isnan(z) ? z : first->slope;
    if (z >= last->x)
        return last->slope;
    const knot *k = find(table, z);
    const double v = z - k->x;
    return k->slope + v * (2 * k->second + v * 3 * k->third);
}

static size_t kinks_of(const void *state, double kinks[SN_MAX_KINKS])
{
    const sn_sampled *table = state;
    size_t first = 0, count = table->n;
    /* The farther of the two ends is dropped until there is room. */
    for (; count > SN_MAX_KINKS; count--)
        if (fabs(table->knots[first].x) > fabs(table->knots[first + count - 1].x))
            first++;
    for (size_t i = 0; i < count; i++)
        kinks[i] = table->knots[first + i].x;
    return count;
}

static double kink_beyond(const void *state, double z, double side)
{
    const sn_sampled *table = state;
    const knot *first = &table->knots[0], *last = &table->knots[table->n - 1];
    if (side > 0)
        return z < first->x ? first->x : z < last->x ? find(table, z)[1].x : INFINITY;
    if (!(z > first->x))
        return -INFINITY;
    if (z > last->x)
        return last->x;
    const knot *k = find(table, z);
    return k->x < z ? (z < last->x ? k->x : last[-1].x) : k[-1].x;
}

static const sn_activation_type type = {
    .name = "table",
    .doc = "a table of points, monotone cubics between",
    .value_of = value_of,
    .derivative_of = derivative_of,
    .kinks_of = kinks_of,
    .kink_beyond = kink_beyond,
};

static double secant(const knot *at)
{
    return (at[1].f - at[0].f) / (at[1].x - at[0].x);
}

static double inner_slope(const knot *at)
{
    const double before = secant(at - 1), after = secant(at);
    const double h_before = at[0].x - at[-1].x, h_after = at[1].x - at[0].x;
    if (!((before > 0 && after > 0) || (before < 0 && after < 0)))
        return 0;
    /* Weights that add up to 1: the sum of the steps may be large, the secants small. */
    const double w = (h_after + h_after + h_before) / (3 * (h_before + h_after));
    return 1 / (w / before + (1 - w) / after);
}

/* At an end with the secant `near`, the step h, and behind them `far` and h_far. */
static double end_slope(double near, double h, double far, double h_far)
{
    const double share = h / (h + h_far);
    const double slope = near + share * (near - far);
    if (near == 0 || (slope > 0) != (near > 0))
        return 0;
    if ((near > 0) != (far > 0) && fabs(slope) > 3 * fabs(near))
        return 3 * near;
    return slope;
}

static void set_slopes(sn_sampled *table)
{
    knot *const k = table->knots;
    const size_t n = table->n, last = n - 1;
    if (n == 2) {
        k[0].slope = k[1].slope = secant(k);
        return;
    }
    for (size_t i = 1; i < last; i++)
        k[i].slope = inner_slope(&k[i]);
    k[0].slope = end_slope(secant(k), k[1].x - k[0].x, secant(k + 1), k[2].x - k[1].x);
    k[last].slope = end_slope(secant(&k[last - 1]), k[last].x - k[last - 1].x, secant(&k[last - 2]),
                              k[last - 1].x - k[last - 2].x);
}

static void set_cubics(sn_sampled *table)
{
    for (size_t i = 0; i + 1 < table->n; i++) {
        knot *const at = &table->knots[i];
        const double h = at[1].x - at[0].x, s = secant(at);
        at->second = (3 * s - 2 * at[0].slope - at[1].slope) / h;
        at->third = (at[0].slope + at[1].slope - 2 * s) / h / h;
    }
}

static sn_status check(size_t n, const double *x, const double *f, sn_error *err)
{
    if (n < 2)
        return sn_fail(err, SN_EINVAL, "a table of %zu points, must be at least 2", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(f[i]))
            return sn_fail(err, SN_EINVAL, "point %zu of the table is (%g, %g), must be finite",
                           i + 1, x[i], f[i]);
        if (i > 0 && !(x[i] > x[i - 1]))
            return sn_fail(err, SN_EINVAL,
                           "point %zu of the table is at %.17g, after one at %.17g: must ascend",
                           i + 1, x[i], x[i - 1]);
    }
    return SN_OK;
}

sn_status sn_sampled_new(size_t n, const double *x, const double *f, sn_sampled **out,
                         sn_error *err)
{
    const sn_status status = check(n, x, f, err);
    if (status != SN_OK)
        return status;
    sn_sampled *table = NULL;
    if (n <= (SIZE_MAX - sizeof *table) / sizeof(knot))
        table = malloc(sizeof *table + n * sizeof(knot));
    if (table == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory for a table of %zu points", n);
    table->n = n;
    table->per_unit = (double)(n - 1) / (x[n - 1] - x[0]);
    for (size_t i = 0; i < n; i++)
        table->knots[i] = (knot){.x = x[i], .f = f[i]};
    set_slopes(table);
    set_cubics(table);
    for (size_t i = 0; i < n; i++) {
        const knot *k = &table->knots[i];
        if (isfinite(k->slope) && isfinite(k->second) && isfinite(k->third))
            continue;
        free(table);
        return sn_fail(err, SN_EINVAL,
                       "between points %zu and %zu the table is too steep for numbers: (%g, %g)",
                       i + 1, i + 2, x[i], f[i]);
    }
    *out = table;
    return SN_OK;
}

void sn_sampled_free(sn_sampled *table)
{
    free(table);
}

sn_activation sn_sampled_activation(const sn_sampled *table)
{
    return (sn_activation){.type = &type, .state = table};
}
