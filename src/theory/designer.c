/* What the solvers of all families share: f as a form around phi, and what is said of a solution.
 *
 * With f(z) = A phi(B z + S) + C and phi's moments at (B x + S, B^2 y), the chain rule gives
 *
 *   E f = A E phi + C    Var f = A^2 Var phi    E f'^2 = (A B)^2 E phi'^2
 *
 * and each d/dx takes a factor B more, each d/dy one of B^2. The Jacobian of (mu, nu) -> (mu_next,
 * nu_next) follows from these and from x(mu), y(mu, nu), as in layer_map.c. */
#include "theory/designer.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "theory/moments.h"

sn_moments sn_design_transform(const sn_design_form *form, const sn_moments *phi)
{
    const double a = form->scale, b = form->inner_scale;
    const double mean = a * phi->mean + form->shift;
    sn_moments f = {
        .mean = mean,
        .variance = a * a * phi->variance,
        .dmean_dx = a * b * phi->dmean_dx,
        .dmean_dy = a * (b * b) * phi->dmean_dy,
        .dvariance_dx = a * a * b * phi->dvariance_dx,
        .dvariance_dy = a * a * (b * b) * phi->dvariance_dy,
        .slope_second = a * a * (b * b) * phi->slope_second,
        .error = phi->error,
        .trust = phi->trust,
    };
    f.second = mean * mean + f.variance;
    f.dsecond_dx = 2 * mean * f.dmean_dx + f.dvariance_dx;
    f.dsecond_dy = 2 * mean * f.dmean_dy + f.dvariance_dy;
    return f;
}

/* --- f itself --------------------------------------------------------------------------------- */

static double value_of(const void *state, double z)
{
    const sn_design_form *form = state;
    const double inner = form->inner_scale * z + form->inner_shift;
    return form->scale * sn_activation_value(form->phi, inner) + form->shift;
}

static double derivative_of(const void *state, double z)
{
    const sn_design_form *form = state;
    const double inner = form->inner_scale * z + form->inner_shift;
    return form->scale * form->inner_scale * sn_activation_derivative(form->phi, inner);
}

static size_t kinks_of(const void *state, double kinks[SN_MAX_KINKS])
{
    const sn_design_form *form = state;
    const size_t n = sn_activation_kinks(form->phi, kinks);
    for (size_t i = 0; i < n; i++)
        kinks[i] = (kinks[i] - form->inner_shift) / form->inner_scale;
    return n;
}

static const sn_activation_type form_type = {
    .name = "designed activation",
    .doc = "a phi(b z + c) + d",
    .value_of = value_of,
    .derivative_of = derivative_of,
    .kinks_of = kinks_of,
};

sn_activation sn_design_activation(const sn_design_form *form)
{
    return (sn_activation){.type = &form_type, .state = form};
}

/* --- moments ---------------------------------------------------------------------------------- */

sn_status sn_design_moments(const sn_design_task *task, const sn_activation *phi, double x,
                            double y, sn_moments *out, sn_error *err)
{
    return sn_law_moments(task->design->law, phi, x, y, out, err);
}

bool sn_design_quick_moments(const sn_design_task *task, const sn_activation *phi, double x,
                             double y, sn_moments *out)
{
    const sn_law *law = task->design->law;
    const sn_status status = sn_design_law_is_normal(law) && phi->type->moments == NULL
                                 ? sn_moments_quadrature(phi, x, y, out, NULL)
                                 : sn_law_moments(law, phi, x, y, out, NULL);
    return status == SN_OK;
}

sn_moments sn_design_measure(const sn_design_task *task, const sn_design_form *form,
                             const sn_moments *transformed)
{
    const sn_activation f = sn_design_activation(form);
    sn_moments measured;
    return sn_design_quick_moments(task, &f, task->x, task->y, &measured) ? measured : *transformed;
}

double sn_design_residual(const sn_design_task *task, const sn_moments *f)
{
    const double mu = task->design->at.mu, nu = task->design->at.nu;
    return fmax(fabs(f->mean - mu) / hypot(mu, sqrt(nu)), fabs(f->variance - nu) / nu);
}

void sn_design_describe(const sn_design_task *task, const sn_moments *f,
                        sn_design_solution *solution)
{
    solution->mean = f->mean;
    solution->variance = f->variance;
    solution->second_moment = f->second;
    solution->chi1 = task->dy_dnu * f->slope_second;
    if (!task->has_target) /* of the map of second moments, q -> E f(sqrt(q) t)^2 */
        solution->spectral_radius = fabs(f->dsecond_dy);
    else
        solution->spectral_radius = sn_spectral_radius(
            task->dx_dmu * f->dmean_dx + task->dy_dmu * f->dmean_dy, task->dy_dnu * f->dmean_dy,
            task->dx_dmu * f->dvariance_dx + task->dy_dmu * f->dvariance_dy,
            task->dy_dnu * f->dvariance_dy);
    solution->attracting = solution->spectral_radius < 1 - 64 * DBL_EPSILON; /* 1 is not below 1 */
}

/* --- laws ------------------------------------------------------------------------------------- */

bool sn_design_law_is_normal(const sn_law *law)
{
    return law == NULL || law->kind == SN_LAW_NORMAL;
}

bool sn_design_law_is_even(const sn_law *law)
{
    if (law == NULL || law->kind != SN_LAW_HISTOGRAM)
        return true;
    const size_t n = law->n_bins;
    const double ends = law->edges[0] + law->edges[n];
    for (size_t i = 0; i < n; i++)
        if (law->weights[i] != law->weights[n - 1 - i]
            || fabs(law->edges[i] + law->edges[n - i] - ends)
                   > 4e-16 * (law->edges[n] - law->edges[0]))
            return false;
    return true;
}

void sn_design_law_text(const sn_law *law, double x, double y, char text[SN_DESIGN_LAW_TEXT])
{
    if (sn_design_law_is_normal(law))
        snprintf(text, SN_DESIGN_LAW_TEXT, "N(%.6g, %.6g)", x, y);
    else
        snprintf(text, SN_DESIGN_LAW_TEXT, "%s(%.6g, %.6g)", sn_law_name(law->kind), x, y);
}

/* --- what is found ---------------------------------------------------------------------------- */

/* Values that differ by the rounding of a search are alike. */
static bool comes_before(const sn_design_solution *a, const sn_design_solution *b)
{
    for (size_t i = 0; i < SN_MAX_FAMILY_PARAMS; i++) {
        const double p = a->values[i], q = b->values[i];
        if (fabs(p - q) > 1e-9 * fmax(fabs(p), fabs(q)))
            return p > q;
    }
    return false;
}

void sn_design_insert(sn_designs *out, const sn_design_solution *solution)
{
    if (out->count == SN_MAX_DESIGNS) {
        size_t farthest = 0;
        for (size_t i = 1; i < out->count; i++)
            if (fabs(out->solutions[i].values[1]) > fabs(out->solutions[farthest].values[1]))
                farthest = i;
        if (fabs(out->solutions[farthest].values[1]) <= fabs(solution->values[1]))
            return;
        out->count--;
        memmove(&out->solutions[farthest], &out->solutions[farthest + 1],
                (out->count - farthest) * sizeof *solution);
    }
    size_t place = out->count++;
    for (; place > 0 && comes_before(solution, &out->solutions[place - 1]); place--)
        out->solutions[place] = out->solutions[place - 1];
    out->solutions[place] = *solution;
}

void sn_design_conclude(sn_designs *out, sn_outcome outcome, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(out->reason, sizeof out->reason, format, args);
    va_end(args);
    out->outcome = outcome;
}
