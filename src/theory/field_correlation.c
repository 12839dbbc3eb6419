/* The fixed points of R(c) at a fixed point q of V.
 *
 * On [0, 1] R is a power series with coefficients >= 0 and R(1) = 1, so the mean of its slope over
 * [c, 1],
 *
 *     P(c) = (1 - R(c)) / (1 - c),   P(1) = chi1,
 *
 * is one as well (1 - c^k over 1 - c is 1 + c + ... + c^(k-1)): it rises, and is 1 exactly where c is
 * fixed. P - 1 has a simple root c* where R - c has two that may be as close as one likes, c* and 1.
 * P(0) = 1 - R(0) <= 1, and so c* is there exactly if chi1 > 1; it is 0 if R(0) is. In d = 1 - c,
 *
 *     dP/dd = (R'(1 - d) - P) / d.
 *
 * For a small d the difference 1 - R is not had accurately, but the slope is, and so is its mean,
 * by Gauss-Legendre in w, 1 - c = d w^2, which a kink's sqrt(1 - c) does not disturb:
 *
 *     P - 1 = integral over w from 0 to 1 of 2 w (R'(1 - d w^2) - 1).
 */
#include <float.h>
#include <math.h>

#include "theory/correlation_rule.h"
#include "theory/field_parts.h"

enum { N = 16, MAX_STEPS = 60, POLISHES = 2 };
#include "theory/legendre.inc"

/* d up to which P is taken from slopes, 16 of them, where they take microseconds or a millisecond */
static const double near_one = 1e-2, very_near_one = 1e-3;

/* R and where it is taken. */
typedef struct chain_map {
    const sn_field *field;
    double q;
    sn_correlation_rule rule;
} chain_map;

typedef struct chain_step {
    double c_next, slope, error;
} chain_step;

static sn_status evaluate(const chain_map *chain, double c, chain_step *out, sn_error *err)
{
    const sn_field *field = chain->field;
    sn_correlation k;
    const sn_status status = sn_correlation_at(&chain->rule, c, &k, err);
    if (status != SN_OK)
        return status;
    const double part = field->tau / chain->q;
    const double value = field->map == SN_MAP_CENTRED ? k.covariance : k.overlap;
    out->c_next = part * value + field->bias_variance / chain->q;
    out->slope = part * k.slope;
    out->error = 4 * DBL_EPSILON + k.error + k.slope_error * fabs(out->slope);
    return SN_OK;
}

static sn_status begin(const sn_field *field, double q, chain_map *out, sn_error *err)
{
    out->field = field;
    out->q = q;
    return sn_correlation_prepare(&field->activation, 0, q, &out->rule, err);
}

sn_status sn_field_correlation(const sn_field *field, double q, double c, double *c_next,
                               double *slope, double *error, sn_error *err)
{
    chain_map chain;
    chain_step step;
    sn_status status = sn_field_check(field, err);
    if (status == SN_OK && !(c >= -1 && c <= 1))
        status = sn_fail(err, SN_EDOMAIN, "the correlation c is %g, must be from -1 to 1", c);
    if (status == SN_OK && !sn_field_is_normal(field))
        status = sn_fail(err, SN_EDOMAIN, "correlations are of normal pre-activations, not %s ones",
                         sn_law_name(field->law->kind));
    if (status == SN_OK)
        status = begin(field, q, &chain, err);
    if (status == SN_OK)
        status = evaluate(&chain, c, &step, err);
    if (status != SN_OK)
        return status;
    *c_next = step.c_next;
    *slope = step.slope;
    if (error != NULL)
        *error = step.error;
    return SN_OK;
}

/* P(1 - d) - 1 from the slopes. */
static sn_status mean_slope(const chain_map *chain, double d, double *excess, sn_error *err)
{
    *excess = 0;
    for (size_t k = 0; k < N; k++) {
        const double w = (1 + node[k]) / 2;
        chain_step at;
        const sn_status status = evaluate(chain, 1 - d * w * w, &at, err);
        if (status != SN_OK)
            return status;
        *excess += weight[k] * w * (at.slope - 1);
    }
    return SN_OK;
}

/* Newton's method for P = 1 within a bracket of d, from c = 0. *d becomes the root to the accuracy
 * of 1 - R. */
static sn_status descend(const chain_map *chain, double *d, chain_step *at, sn_error *err)
{
    double inner = 0, outer = 1; /* P > 1 at d = inner, P <= 1 at outer */
    *d = 1;
    for (int step = 0; step < MAX_STEPS; step++) {
        const sn_status status = evaluate(chain, 1 - *d, at, err);
        if (status != SN_OK)
            return status;
        const double p = (1 - at->c_next) / *d;
        if (fabs(p - 1) * *d <= at->error)
            return SN_OK;
        *(p > 1 ? &inner : &outer) = *d;
        double next = *d - (p - 1) / ((at->slope - p) / *d);
        if (!(next > inner && next < outer))
            next = inner > 0 ? (inner + outer) / 2 : outer / 16;
        const double moved = fabs(next - *d);
        *d = next;
        if (moved <= 1e-10 * *d)
            break;
    }
    return evaluate(chain, 1 - *d, at, err);
}

static bool is_quick(const sn_correlation_rule *rule)
{
    return rule->closed || rule->f->type->moments != NULL
           || (rule->series.order > 0
               && rule->series.slope_rest <= 1e-13 * rule->y * rule->moments.slope_second);
}

/* The same to the accuracy of the slopes, where 1 - R is none. */
static sn_status polish(const chain_map *chain, double *d, chain_step *at, sn_error *err)
{
    const double from = is_quick(&chain->rule) ? near_one : very_near_one;
    for (int step = 0; step < POLISHES && *d < from; step++) {
        double excess;
        sn_status status = mean_slope(chain, *d, &excess, err);
        if (status != SN_OK)
            return status;
        const double next = *d - excess / ((at->slope - 1 - excess) / *d);
        if (!(next > 0 && next < 1))
            break;
        const double moved = fabs(next - *d);
        *d = next;
        status = evaluate(chain, 1 - *d, at, err);
        if (status != SN_OK)
            return status;
        at->error *= *d;        /* relative to d, as that of the slopes it is the mean of */
        if (moved <= 1e-7 * *d) /* next to nothing in the next step */
            break;
    }
    return SN_OK;
}

/* One step of Newton's method in c itself, which is more accurate there than 1 - d. */
static sn_status finish(const chain_map *chain, double *c, chain_step *at, sn_error *err)
{
    sn_status status = evaluate(chain, *c, at, err);
    if (status != SN_OK)
        return status;
    *c = fmax(0, *c + (at->c_next - *c) / (1 - at->slope));
    return evaluate(chain, *c, at, err);
}

/* c* in [0, 1), which exists. */
static sn_status find_lower(const chain_map *chain, bool at_zero, double q_error,
                            sn_correlation_point *out, sn_error *err)
{
    double d = 1, c = 0;
    chain_step at;
    sn_status status = at_zero ? evaluate(chain, 0, &at, err) : descend(chain, &d, &at, err);
    if (status == SN_OK && !at_zero)
        status = polish(chain, &d, &at, err);
    if (!at_zero)
        c = 1 - d;
    if (status == SN_OK && !at_zero && c < 0.5)
        status = finish(chain, &c, &at, err);
    if (status != SN_OK)
        return status;
    *out = (sn_correlation_point){.c = c, .slope = at.slope, .attracting = true};
    /* In the small d the error is relative to it, as that of the slopes it is the mean of. */
    /* What is wrong with q moves chi1 and not R(1) = 1, so it counts as d does. */
    const double of_q = (1 - c) * (8 * DBL_EPSILON + q_error);
    if (!at_zero)
        out->error = DBL_EPSILON + (at.error + of_q) / fmax(1 - at.slope, DBL_EPSILON);
    return SN_OK;
}

/* Whether f(z) is odd, under the centred map odd but for a constant. */
static bool is_odd(const sn_field *field)
{
    const double middle =
        field->map == SN_MAP_CENTRED ? sn_activation_value(&field->activation, 0) : 0;
    for (double z = 1e-3; z < 40; z *= 1.47) {
        const double left = sn_activation_value(&field->activation, -z);
        const double right = sn_activation_value(&field->activation, z);
        const double size = fabs(left) + fabs(right) + fabs(middle);
        if (!(fabs((left - middle) + (right - middle)) <= 4 * DBL_EPSILON * size))
            return false;
    }
    return true;
}

static void set_depth(sn_field_point *point)
{
    double slope = -1;
    point->depth_c = NAN;
    for (size_t i = 0; i < point->n_correlations; i++)
        if (point->correlations[i].attracting)
            slope = point->correlations[i].slope;
    if (point->phase == SN_PHASE_CRITICAL)
        point->depth_c = INFINITY;
    else if (slope >= 0)
        point->depth_c = -1 / log(slope);
    else if (point->n_correlations == 0 && point->phase == SN_PHASE_ORDERED)
        point->depth_c = -1 / log(point->chi1);
}

sn_status sn_field_find_correlations(const sn_field *field, sn_field_point *point, sn_error *err)
{
    point->n_correlations = 0;
    if (!(point->q > 0) || !sn_field_is_normal(field)) {
        set_depth(point);
        return SN_OK;
    }
    chain_map chain;
    sn_status status = begin(field, point->q, &chain, err);
    const bool no_bias = field->bias_variance == 0;
    const bool at_zero = no_bias
                         && (field->map == SN_MAP_CENTRED
                             || fabs(point->mean) <= 64 * DBL_EPSILON * sqrt(point->second_moment));
    /* Without biases R(0) = 0 and chi1 = 1 leave R(c) = c alone, of a linear f: all are fixed. */
    const bool all_fixed = at_zero && point->phase == SN_PHASE_CRITICAL;
    sn_correlation_point *list = point->correlations;
    size_t n = 0;
    if (status == SN_OK && no_bias && is_odd(field))
        list[n++] = (sn_correlation_point){.c = -1, .slope = point->chi1};
    if (status == SN_OK && point->phase == SN_PHASE_CHAOTIC)
        status = find_lower(&chain, at_zero, point->error, &list[n++], err);
    list[n++] = (sn_correlation_point){
        .c = 1, .slope = point->chi1, .attracting = point->phase != SN_PHASE_CHAOTIC && !all_fixed};
    point->n_correlations = n;
    set_depth(point);
    return status;
}
