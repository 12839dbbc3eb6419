/* f = a phi(z) + b, whose mean and variance are a E phi + b and a^2 Var phi: two families with
 * explicit parameters.
 *
 * affine: mean m and variance nu are a = +-sqrt(nu / Var phi), b = m - a E phi, two solutions.
 *
 * bidirectional: E f'^2 = 1 is a = +-1 / sqrt(E phi'^2), and then E f^2 = 1 is
 *
 *     (a E phi + b)^2 = 1 - r,    r = a^2 Var phi = Var phi / E phi'^2.
 *
 * At N(0, 1) Poincare's inequality is r <= 1, with equality for linear phi alone: there are always
 * solutions, four for every phi that bends and two for a linear one. Under another law of variance
 * 1 r may exceed 1. */
#include "theory/designer.h"

#include <float.h>
#include <math.h>

enum { A, B };

/* Whether phi is the same number wherever it is tried. */
static bool is_constant(const sn_activation *phi)
{
    const double at_0 = sn_activation_value(phi, 0);
    for (double z = 0x1p-20; z < 2000; z *= 1.3)
        if (sn_activation_value(phi, z) != at_0 || sn_activation_value(phi, -z) != at_0)
            return false;
    return true;
}

/* No weight on any change of phi: truly none, or too little for doubles. */
static void conclude_flat(const sn_design_task *task, sn_designs *out)
{
    const sn_law *law = task->design->law;
    char text[SN_DESIGN_LAW_TEXT];
    sn_design_law_text(law, task->x, task->y, text);
    if (is_constant(&task->design->phi))
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: %s is constant, and no multiple of it has a variance",
                           task->design->phi.type->name);
    else if (law != NULL && law->kind == SN_LAW_UNIFORM)
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: %s is constant where z, %s, can be",
                           task->design->phi.type->name, text);
    else
        sn_design_conclude(out, SN_OUTCOME_NOT_IN_DOUBLES,
                           "no solution in doubles: %s is all but constant for z ~ %s, its "
                           "variance is too small or a is too large a number",
                           task->design->phi.type->name, text);
}

/* Adds a phi + b; residual_of says how far it is off. */
typedef double residual(const sn_design_task *task, const sn_moments *f);

static void add(const sn_design_task *task, const sn_moments *phi, double a, double b,
                residual *residual_of, sn_designs *out)
{
    const sn_design_form form = {
        .scale = a, .shift = b, .inner_scale = 1, .phi = &task->design->phi};
    const sn_moments f = sn_design_transform(&form, phi);
    sn_design_solution s = {.values = {[A] = a, [B] = b}};
    if (!task->brief) {
        const sn_moments measured = sn_design_measure(task, &form, &f);
        s.residual = residual_of(task, &measured);
    }
    sn_design_describe(task, &f, &s);
    sn_design_insert(out, &s);
}

sn_status sn_design_affine(const sn_design_task *task, sn_designs *out, sn_error *err)
{
    const sn_design *design = task->design;
    sn_moments phi;
    const sn_status status = sn_design_moments(task, &design->phi, task->x, task->y, &phi, err);
    if (status != SN_OK)
        return status;
    const double a = sqrt(design->at.nu) / sqrt(phi.variance);
    const double b = a * phi.mean;
    if (!(phi.variance >= DBL_MIN) || !isfinite(a) || !isfinite(b)) {
        conclude_flat(task, out);
        return SN_OK;
    }
    add(task, &phi, a, design->at.mu - b, sn_design_residual, out);
    add(task, &phi, -a, design->at.mu + b, sn_design_residual, out);
    sn_design_conclude(out, SN_OUTCOME_ALL,
                       "two solutions: the variance fixes |a|, the mean then b, and a may have "
                       "either sign");
    return SN_OK;
}

static double normalised_residual(const sn_design_task *task, const sn_moments *f)
{
    (void)task;
    return fmax(fabs(f->second - 1), fabs(f->slope_second - 1));
}

sn_status sn_design_bidirectional(const sn_design_task *task, sn_designs *out, sn_error *err)
{
    const sn_design *design = task->design;
    sn_moments phi;
    const sn_status status = sn_design_moments(task, &design->phi, task->x, task->y, &phi, err);
    if (status != SN_OK)
        return status;
    const double a = 1 / sqrt(phi.slope_second);
    if (!(phi.slope_second >= DBL_MIN) || !isfinite(a * phi.mean)) {
        conclude_flat(task, out);
        return SN_OK;
    }
    const double ratio = phi.variance / phi.slope_second;
    const double rounding = 4 * DBL_EPSILON + 2 * phi.error;
    const double rest = fabs(1 - ratio) <= rounding ? 0 : 1 - ratio;
    if (rest < 0) {
        char text[SN_DESIGN_LAW_TEXT];
        sn_design_law_text(design->law, task->x, task->y, text);
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: Var phi = %.6g is above E phi'^2 = %.6g for z ~ %s, so "
                           "that E f'^2 = 1 makes the variance alone exceed 1; under N(0, 1) "
                           "Poincare's inequality excludes that",
                           phi.variance, phi.slope_second, text);
        return SN_OK;
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
        const double to_mean_0 = -sign * a * phi.mean, mean = sqrt(rest);
        add(task, &phi, sign * a, to_mean_0 + mean, normalised_residual, out);
        if (mean > 0)
            add(task, &phi, sign * a, to_mean_0 - mean, normalised_residual, out);
    }
    if (rest > 0)
        sn_design_conclude(out, SN_OUTCOME_ALL,
                           "four solutions: E f'^2 = 1 fixes |a|, and the mean of f is then "
                           "+-%.6g; both signs are free",
                           sqrt(rest));
    else
        sn_design_conclude(out, SN_OUTCOME_ALL,
                           "two solutions: Var phi = E phi'^2 to rounding, as for a linear phi, "
                           "so that the mean of f is 0");
    return SN_OK;
}
