/* SELU, SERLU and leaky ReLU with a given mean and variance: f = lambda (p + alpha n) with p = z+
 * and n on the left of 0, of which split_quadratic.c gives all alpha and lambda.
 *
 * n is e^z - 1, z e^z or z. The moments of f are those of its parts: with p n = 0,
 *
 *   E f = lambda (P + alpha N)    E f'^2 = lambda^2 (E p'^2 + alpha^2 E n'^2)
 *   Var f = lambda^2 (VP + alpha^2 VN - 2 alpha P N)
 *
 * and their derivatives by x and y likewise, under every law. */
#include "theory/designer.h"

#include <math.h>
#include <stdio.h>

#include "activation/pieces.h"
#include "theory/split_quadratic.h"

enum { ALPHA, LAMBDA };

/* --- the parts -------------------------------------------------------------------------------- */

static size_t kink_at_0(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static double right_value(const double *params, double z)
{
    (void)params;
    return z > 0 ? z : 0;
}

static double right_slope(const double *params, double z)
{
    (void)params;
    return z > 0 ? 1 : 0;
}

static void right_moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const sn_exponential_unit right = {.scale = 1, .saturation = 0, .rate = 1};
    sn_exponential_unit_moments(&right, x, y, out);
}

static double exponential_value(const double *params, double z)
{
    (void)params;
    return z > 0 ? 0 : expm1(z);
}

static double exponential_slope(const double *params, double z)
{
    (void)params;
    return z > 0 ? 0 : exp(z);
}

/* The exponential unit with next to no slope to the right; see constants.c. */
static void exponential_moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const sn_exponential_unit left = {.scale = 0x1p-1000, .saturation = 0x1p1000, .rate = 1};
    sn_exponential_unit_moments(&left, x, y, out);
}

static double bump_value(const double *params, double z)
{
    (void)params;
    return z > 0 || z < -800 ? 0 : z * exp(z);
}

static double bump_slope(const double *params, double z)
{
    (void)params;
    return z > 0 || z < -800 ? 0 : (1 + z) * exp(z);
}

static double leak_value(const double *params, double z)
{
    (void)params;
    return z > 0 ? 0 : z;
}

static double leak_slope(const double *params, double z)
{
    (void)params;
    return z > 0 ? 0 : 1;
}

static void leak_moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const sn_ramp left = {.n_kinks = 1, .slopes = {1, 0}};
    sn_ramp_moments(&left, x, y, out);
}

/* lambda z | lambda alpha z as a whole, which the registry has without lambda. */
static double scaled_leaky_value(const double *params, double z)
{
    return params[LAMBDA] * (z > 0 ? z : params[ALPHA] * z);
}

static double scaled_leaky_slope(const double *params, double z)
{
    return params[LAMBDA] * (z > 0 ? 1 : params[ALPHA]);
}

static void scaled_leaky_moments(const double *params, double x, double y, sn_moments *out)
{
    const sn_ramp whole = {.n_kinks = 1,
                           .slopes = {params[LAMBDA] * params[ALPHA], params[LAMBDA]}};
    sn_ramp_moments(&whole, x, y, out);
}

/* name, value, derivative, moments of the private types */
#define PART(n, v, d, m)                                                                           \
    {                                                                                              \
        .name = (n), .value = (v), .derivative = (d), .kinks = kink_at_0, .moments = (m)           \
    }

static const sn_activation_type right_part =
    PART("right side", right_value, right_slope, right_moments);
static const sn_activation_type exponential_part =
    PART("left side of selu", exponential_value, exponential_slope, exponential_moments);
static const sn_activation_type bump_part =
    PART("left side of serlu", bump_value, bump_slope, NULL);
static const sn_activation_type leak_part =
    PART("left side of leaky_relu", leak_value, leak_slope, leak_moments);
static const sn_activation_type scaled_leaky =
    PART("leaky_relu", scaled_leaky_value, scaled_leaky_slope, scaled_leaky_moments);

static const sn_activation_type *left_type(sn_family family)
{
    return family == SN_FAMILY_SELU    ? &exponential_part
           : family == SN_FAMILY_SERLU ? &bump_part
                                       : &leak_part;
}

/* Parameters past sn_activation_set: a solution may lie outside the range a user may ask for. */
static sn_activation whole_of(sn_family family, const sn_split_root *root)
{
    return (sn_activation){.type = family == SN_FAMILY_LEAKY_RELU
                                       ? &scaled_leaky
                                       : sn_activation_find(sn_family_name(family)),
                           .params = {[ALPHA] = root->alpha, [LAMBDA] = root->lambda}};
}

/* --- the whole -------------------------------------------------------------------------------- */

static sn_moments whole_moments(const sn_split_root *root, const sn_moments *p, const sn_moments *n)
{
    const double alpha = root->alpha, lambda = root->lambda, square = lambda * lambda;
    sn_moments f = {
        .mean = lambda * (p->mean + alpha * n->mean),
        .variance = square * (p->variance + alpha * (alpha * n->variance - 2 * p->mean * n->mean)),
        .dmean_dx = lambda * (p->dmean_dx + alpha * n->dmean_dx),
        .dmean_dy = lambda * (p->dmean_dy + alpha * n->dmean_dy),
        .dvariance_dx = square
                        * (p->dvariance_dx
                           + alpha
                                 * (alpha * n->dvariance_dx
                                    - 2 * (p->dmean_dx * n->mean + p->mean * n->dmean_dx))),
        .dvariance_dy = square
                        * (p->dvariance_dy
                           + alpha
                                 * (alpha * n->dvariance_dy
                                    - 2 * (p->dmean_dy * n->mean + p->mean * n->dmean_dy))),
        .slope_second = square * (p->slope_second + alpha * alpha * n->slope_second),
    };
    f.second = f.mean * f.mean + f.variance;
    return f;
}

/* Where the far side of 0 has next to no weight alpha hardly matters, and the difference that fixes
 * it drowns in the rounding of the near side. Such a root is noise, and its residual says so. */
static const double resolved = 1e-6;

static sn_status add_root(const sn_design_task *task, const sn_split_root *root,
                          const sn_moments *right, const sn_moments *left, sn_designs *out,
                          bool *is_resolved, sn_error *err)
{
    sn_design_solution s = {.values = {root->alpha, root->lambda}};
    sn_moments f = whole_moments(root, right, left);
    if (!task->brief) {
        const sn_activation whole = whole_of(task->design->family, root);
        const sn_status status = sn_design_moments(task, &whole, task->x, task->y, &f, err);
        if (status != SN_OK)
            return status;
    }
    s.residual = sn_design_residual(task, &f);
    *is_resolved = s.residual <= resolved;
    sn_design_describe(task, &f, &s);
    sn_design_insert(out, &s);
    return SN_OK;
}

static void conclude(const sn_design_task *task, const sn_split_quadratic *q, sn_designs *out)
{
    char law[SN_DESIGN_LAW_TEXT];
    sn_design_law_text(task->design->law, task->x, task->y, law);
    out->outcome = out->count > 0 ? SN_OUTCOME_ALL : SN_OUTCOME_IMPOSSIBLE;
    sn_split_explain(q, out->count, task->design->at.mu, task->design->at.nu, law, out->reason,
                     sizeof out->reason);
}

sn_status sn_design_split(const sn_design_task *task, sn_designs *out, sn_error *err)
{
    const sn_activation right_side = {.type = &right_part};
    const sn_activation left_side = {.type = left_type(task->design->family)};
    sn_moments right, left;
    sn_status status = sn_design_moments(task, &right_side, task->x, task->y, &right, err);
    if (status == SN_OK)
        status = sn_design_moments(task, &left_side, task->x, task->y, &left, err);
    if (status != SN_OK)
        return status;

    const sn_split_quadratic q =
        sn_split_quadratic_of(task->design->at.mu, task->design->at.nu, &right, &left);
    if (!sn_split_is_usable(&q)) {
        sn_design_conclude(out, SN_OUTCOME_NOT_IN_DOUBLES,
                           "no solution in doubles: one side of 0 has no weight for z of mean %.6g "
                           "and variance %.6g",
                           task->x, task->y);
        return SN_OK;
    }
    sn_split_root roots[SN_MAX_SPLIT_ROOTS];
    const size_t count = sn_split_roots(&q, roots);
    bool is_resolved = true;
    for (size_t i = 0; i < count && is_resolved; i++) {
        status = add_root(task, &roots[i], &right, &left, out, &is_resolved, err);
        if (status != SN_OK)
            return status;
    }
    if (!is_resolved) {
        out->count = 0;
        sn_design_conclude(out, SN_OUTCOME_NOT_IN_DOUBLES,
                           "no solution in doubles: for z of mean %.6g and variance %.6g one side "
                           "of 0 has so little weight that alpha hardly matters, and is lost in "
                           "rounding",
                           task->x, task->y);
        return SN_OK;
    }
    conclude(task, &q, out);
    return SN_OK;
}
