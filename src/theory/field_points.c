/* All fixed points of V, and what they are.
 *
 * Those at q > 0 are the zeros of log(V(q) / q) (field_roots.c) over a grid (field_grid.c). q = 0 is
 * fixed if V(0) = 0: without biases, and under the ensemble map if f(0) = 0. S(0) is then 0 and its
 * slope the limit of V(q) / q, tau f'(0)^2, or with a kink at 0 the mean of both sides; it is taken at
 * a q so small that nothing else of f is felt.
 *
 * A point attracts if |V'| < 1. At V' = 1 to rounding, the signs of V(q) - q around it decide: from
 * below it has to be positive, from above negative. At q = 0 there is only above. */
#include <float.h>
#include <math.h>

#include "theory/field_search.h"

static const double tiny = 1e-200; /* q for limits at 0, of which the root can still be squared */

static bool is_one(double slope, double noise)
{
    return fabs(slope - 1) <= noise;
}

static double depth_of(double slope, double noise, bool attracting)
{
    if (is_one(slope, noise))
        return INFINITY;
    return attracting ? -1 / log(fabs(slope)) : NAN;
}

static void describe(const sn_field_value *value, sn_field_point *point)
{
    const sn_moments *m = &value->moments;
    point->mean = m->mean;
    point->second_moment = m->second;
    point->variance = m->variance;
    point->chi1 = value->chi1;
    point->phase = sn_phase_of(value->chi1, m->error);
    point->trust = m->trust;
}

static sn_status make_point(const sn_field *field, const sn_field_root *root, sn_field_point *out,
                            sn_error *err)
{
    sn_field_value value;
    const sn_status status = sn_field_value_at(field, root->at.q, &value, err);
    if (status != SN_OK)
        return status;
    *out = (sn_field_point){.q = root->at.q, .slope = value.slope, .isolated = root->isolated};
    describe(&value, out);
    out->attracting = is_one(value.slope, value.noise) ? root->below > 0 && root->above < 0
                                                       : fabs(value.slope) < 1;
    out->depth_q = depth_of(value.slope, value.noise, out->attracting);
    out->error = root->error;
    return sn_field_find_correlations(field, out, err);
}

/* V(q) / q as q -> 0; *value: near 0. */
static sn_status limit_at_zero(const sn_field *field, const sn_field_grid *grid,
                               sn_field_value *value, double *limit, sn_error *err)
{
    double q = tiny;
    sn_status status = sn_field_value_at(field, q, value, NULL);
    if (status == SN_ENOCONV) {
        q = grid->nodes[0].q;
        status = sn_field_value_at(field, q, value, err);
    }
    if (status != SN_OK)
        return status;
    *limit = value->next / q;
    /* V ~ q^p with p = q V' / V. */
    const double power = value->next > 0 ? value->slope * (q / value->next) : 2;
    if (power > 1.05 && isfinite(value->slope))
        *limit = 0;
    else if (power < 0.95 || !isfinite(value->slope))
        *limit = INFINITY;
    else if (field->map == SN_MAP_ENSEMBLE && field->bias_variance == 0)
        *limit = value->chi1; /* f is straight on either side of 0 there, and no digits are lost */
    return SN_OK;
}

static sn_status make_zero(const sn_field *field, const sn_field_grid *grid, sn_field_point *out,
                           sn_error *err)
{
    sn_field_value value;
    double slope;
    const sn_status status = limit_at_zero(field, grid, &value, &slope, err);
    if (status != SN_OK)
        return status;
    *out = (sn_field_point){.slope = slope, .isolated = true};
    describe(&value, out);
    out->mean = sn_activation_value(&field->activation, 0);
    out->second_moment = out->mean * out->mean;
    out->variance = 0;
    int above = 0;
    for (size_t i = 0; i < grid->n && above == 0; i++)
        above = sn_field_sign(&grid->nodes[i]);
    out->attracting = is_one(slope, value.noise) ? above < 0 : slope < 1;
    out->depth_q = depth_of(slope, value.noise, out->attracting);
    return sn_field_find_correlations(field, out, err);
}

sn_status sn_field_fixed_points(const sn_field *field, sn_field_points *out, sn_error *err)
{
    sn_field_grid grid;
    sn_field_roots roots;
    sn_status status = sn_field_check(field, err);
    if (status != SN_OK)
        return status;
    const double at_origin = sn_activation_value(&field->activation, 0);
    const double at_zero =
        field->bias_variance
        + (field->map == SN_MAP_ENSEMBLE ? field->tau * (at_origin * at_origin) : 0);
    status = sn_field_lay_grid(field, at_zero, &grid, err);
    if (status == SN_OK)
        status = sn_field_find_roots(field, &grid, &roots, err);
    if (status != SN_OK)
        return status;

    const sn_field_node *first = &grid.nodes[0], *last = &grid.nodes[grid.n - 1];
    *out = (sn_field_points){.growth_small = exp(first->g),
                             .growth_large = exp(last->g),
                             .from = first->q,
                             .to = last->q};
    size_t n = 0;
    if (at_zero == 0 && !roots.from_start)
        status = make_zero(field, &grid, &out->points[n++], err);
    for (size_t i = 0; i < roots.count && n < SN_MAX_FIELD_POINTS && status == SN_OK; i++)
        status = make_point(field, &roots.roots[i], &out->points[n++], err);
    out->count = n;
    return status;
}
