/* The zeros of g(u) = log(V(q) / q) between the nodes of a grid.
 *
 * A change of sign is a zero, found by Newton's method within its bracket. Between nodes of one sign
 * there may be two, or a double one: where the cubic through both, with their slopes, comes near 0,
 * and g' changes sign, the extremum of g is found as a zero of g', and is beyond 0, or 0 to rounding,
 * or short of it.
 *
 * For a normal law g is analytic, so a whole range of zeros means that all q are fixed. Where g is 0
 * to rounding towards an end of the grid it may just fade, as -2 q does for tanh at tau = 1: that is
 * no zero. Under a bounded law there are true ranges (hardtanh of a uniform z: all q <= 1/3), and
 * what leaves one does so faster than any power.
 */
#include <float.h>
#include <math.h>

#include "theory/field_search.h"

enum { MAX_STEPS = 60, MAX_SPLITS = 2, MAX_EXTREMUM_STEPS = 40 };

static const double fading = 8; /* the fastest power of q at which g is taken to fade */

static void add(sn_field_roots *list, sn_field_root root)
{
    if (list->count < SN_MAX_FIELD_POINTS)
        list->roots[list->count++] = root;
}

/* Between nodes of opposite signs. */
static sn_status refine(const sn_field *field, sn_field_node a, sn_field_node b,
                        sn_field_roots *list, sn_error *err)
{
    const int below = sn_field_sign(&a), above = sn_field_sign(&b);
    sn_field_node at = fabs(a.g) < fabs(b.g) ? a : b;
    for (int step = 0; step < MAX_STEPS; step++) {
        double move = at.dg != 0 ? -at.g / at.dg : INFINITY;
        /* As u + move, but not losing digits of q to those of u. */
        if (!(at.u + move > a.u && at.u + move < b.u) || step % 8 == 7)
            move = (a.u + b.u) / 2 - at.u;
        const sn_status status = sn_field_node_at(field, at.q * exp(move), &at, err);
        if (status != SN_OK)
            return status;
        const int sign = sn_field_sign(&at);
        if (sign == below)
            a = at;
        else if (sign == above)
            b = at;
        if (fabs(move) <= 2 * DBL_EPSILON || (sign == 0 && fabs(move) <= 1e-7)
            || b.u - a.u <= 4 * DBL_EPSILON * fabs(at.u))
            break;
    }
    add(list,
        (sn_field_root){.at = at,
                        .below = below,
                        .above = above,
                        .isolated = true,
                        .error = 2 * DBL_EPSILON + fmin(at.noise / fabs(at.dg), (b.u - a.u) / 2)});
    return SN_OK;
}

/* Whether the cubic through a and b comes near 0. steep: the slope around. */
static bool suspicious(const sn_field_node *a, const sn_field_node *b, double steep)
{
    const double h = b->u - a->u, sign = a->g + b->g > 0 ? 1 : -1;
    const double margin = 0.1 * h * fmax(steep, fmax(fabs(a->dg), fabs(b->dg)));
    double least = fmin(sign * a->g, sign * b->g);
    for (double t = 0.125; t < 1; t += 0.125) {
        const double value = (1 + 2 * t) * (1 - t) * (1 - t) * a->g + t * t * (3 - 2 * t) * b->g
                             + h * t * (1 - t) * ((1 - t) * a->dg - t * b->dg);
        least = fmin(least, sign * value);
    }
    return least <= margin;
}

/* An extremum towards 0 between a and b, both of the same sign. */
static sn_status visit_extremum(const sn_field *field, sn_field_node a, sn_field_node b, int sign,
                                sn_field_roots *list, sn_error *err)
{
    const sn_field_node left = a, right = b;
    const double curvature = fabs(b.dg - a.dg) / (b.u - a.u);
    double weight_a = a.dg, weight_b = b.dg; /* of the Illinois rule */
    sn_field_node at = fabs(a.dg) < fabs(b.dg) ? a : b;
    for (int step = 0; step < MAX_EXTREMUM_STEPS; step++) {
        const double u = (a.u * weight_b - b.u * weight_a) / (weight_b - weight_a);
        const double before = at.u;
        const sn_status status = sn_field_node_at(field, at.q * exp(u - at.u), &at, err);
        if (status != SN_OK)
            return status;
        if (sn_field_sign(&at) == -sign) {
            const sn_status first = refine(field, left, at, list, err);
            return first == SN_OK ? refine(field, at, right, list, err) : first;
        }
        if (sign * at.g > 4 * fabs(at.dg) * (b.u - a.u) + at.noise)
            return SN_OK; /* cannot come down to 0 any more */
        if (fabs(at.dg) <= at.noise || fabs(at.u - before) <= 1e-12)
            break;
        if ((at.dg > 0) == (a.dg > 0)) {
            a = at, weight_a = at.dg, weight_b /= 2;
        } else {
            b = at, weight_b = at.dg, weight_a /= 2;
        }
    }
    if (sn_field_sign(&at) == 0)
        add(list, (sn_field_root){.at = at,
                                  .below = sign,
                                  .above = sign,
                                  .isolated = true,
                                  .error = sqrt(2 * at.noise / fmax(curvature, DBL_EPSILON))});
    return SN_OK;
}

/* Zeros between two nodes of the same sign, a's, where b's may be 0. */
static sn_status examine(const sn_field *field, const sn_field_node *a, const sn_field_node *b,
                         int sign, int splits, sn_field_roots *list, sn_error *err)
{
    if (sign * a->dg < 0 && sign * b->dg > 0)
        return visit_extremum(field, *a, *b, sign, list, err);
    if (splits == 0)
        return SN_OK;
    sn_field_node middle;
    sn_status status = sn_field_node_at(field, exp((a->u + b->u) / 2), &middle, err);
    if (status != SN_OK)
        return status;
    if (sn_field_sign(&middle) == -sign) {
        status = refine(field, *a, middle, list, err);
        return status == SN_OK ? refine(field, middle, *b, list, err) : status;
    }
    if (suspicious(a, &middle, 0))
        status = examine(field, a, &middle, sign, splits - 1, list, err);
    if (status == SN_OK && suspicious(&middle, b, 0))
        status = examine(field, &middle, b, sign, splits - 1, list, err);
    return status;
}

/* One point of a range, nearest to q = 1. */
static void add_range(const sn_field_grid *grid, size_t first, size_t last, sn_field_roots *list)
{
    size_t nearest = first;
    for (size_t i = first; i <= last; i++)
        if (fabs(grid->nodes[i].u) < fabs(grid->nodes[nearest].u))
            nearest = i;
    const sn_field_node *nodes = grid->nodes;
    add(list, (sn_field_root){.at = nodes[nearest],
                              .below = first > 0 ? sn_field_sign(&nodes[first - 1]) : 0,
                              .above = last + 1 < grid->n ? sn_field_sign(&nodes[last + 1]) : 0,
                              .isolated = false,
                              .error = DBL_EPSILON});
    list->from_start = list->from_start || first == 0;
}

/* Whether g leaves 0 faster than it could from fading; outside: the second node that is not 0. */
static bool leaves_abruptly(const sn_field *field, const sn_field_node *last_zero,
                            const sn_field_node *outside)
{
    const double power = log(fabs(outside->g) / outside->noise) / fabs(outside->u - last_zero->u);
    return !sn_field_is_normal(field) && power > fading;
}

/* The stretches of zeros at both ends of the grid. *first, *last: the nodes in between. */
static void judge_ends(const sn_field *field, const sn_field_grid *grid, size_t *first,
                       size_t *last, bool *low_range, bool *high_range)
{
    const sn_field_node *nodes = grid->nodes;
    *first = 0;
    *last = grid->n - 1;
    while (*first < grid->n && sn_field_sign(&nodes[*first]) == 0)
        ++*first;
    while (*last > *first && sn_field_sign(&nodes[*last]) == 0)
        --*last;
    *low_range = *first >= 3 && *first + 1 < grid->n
                 && leaves_abruptly(field, &nodes[*first - 1], &nodes[*first + 1]);
    *high_range = *last + 3 < grid->n && *last >= 1
                  && leaves_abruptly(field, &nodes[*last + 1], &nodes[*last - 1]);
}

/* Between the neighbours i < j that are not 0; those in between are. */
static sn_status judge_gap(const sn_field *field, const sn_field_grid *grid, size_t i, size_t j,
                           sn_field_roots *list, sn_error *err)
{
    const sn_field_node *a = &grid->nodes[i], *b = &grid->nodes[j];
    if (j - i > 3 && !sn_field_is_normal(field)) {
        add_range(grid, i + 1, j - 1, list);
        return SN_OK;
    }
    if (sn_field_sign(a) != sn_field_sign(b))
        return refine(field, *a, *b, list, err);
    double steep = 0;
    if (i > 0)
        steep = fabs(grid->nodes[i - 1].dg);
    if (j + 1 < grid->n)
        steep = fmax(steep, fabs(grid->nodes[j + 1].dg));
    if (j - i == 1 && !suspicious(a, b, steep))
        return SN_OK;
    return examine(field, a, b, sn_field_sign(a), MAX_SPLITS, list, err);
}

sn_status sn_field_find_roots(const sn_field *field, const sn_field_grid *grid, sn_field_roots *out,
                              sn_error *err)
{
    size_t first, last;
    bool low_range, high_range;
    *out = (sn_field_roots){0};
    judge_ends(field, grid, &first, &last, &low_range, &high_range);
    if (first == grid->n) {
        add_range(grid, 0, grid->n - 1, out);
        return SN_OK;
    }
    if (low_range)
        add_range(grid, 0, first - 1, out);
    for (size_t i = first, j; i < last; i = j) {
        for (j = i + 1; sn_field_sign(&grid->nodes[j]) == 0;)
            j++;
        const sn_status status = judge_gap(field, grid, i, j, out, err);
        if (status != SN_OK)
            return status;
    }
    if (high_range)
        add_range(grid, last + 1, grid->n - 1, out);
    return SN_OK;
}
