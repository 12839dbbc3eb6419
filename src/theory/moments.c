/* The moments of an activation from a handful of expectations.
 *
 * With z = x + s t, s^2 = y, d = f(z) - f(x), differentiating under the integral sign gives
 *
 *     d mean / dx = E f'              d variance / dx = 2 Cov(d, f')
 *     d mean / dy = E[f' t] / (2 s)   d variance / dy = Cov(d, f' t) / s
 *
 * so that f'' is never needed, under any law of t that does not change with x and y; and second = variance + mean^2, which cancels nowhere.
 *
 * Three ways lead to the expectations: a closed form the activation brings, Gauss-Legendre panels
 * (quadrature.c) and GSL (adaptive.c).
 */
#include "theory/moments.h"

#include <float.h>
#include <math.h>

#include "theory/adaptive.h"
#include "theory/quadrature.h"

static const double good_enough = 1e-10;  /* no fallback below this */
static const double worst_allowed = 1e-6; /* no answer above this */

static sn_status check_domain(double x, double y, sn_error *err)
{
    if (!isfinite(x))
        return sn_fail(err, SN_EDOMAIN, "the mean x is %g, must be finite", x);
    if (!(y > 0) || !isfinite(y))
        return sn_fail(err, SN_EDOMAIN, "the variance y is %g, must be positive and finite", y);
    return SN_OK;
}

bool sn_moments_finite(const sn_moments *m)
{
    /* In pairs: a chain of ten additions would take as long as some moments do. */
    const double sum = ((m->mean + m->second) + (m->variance + m->slope_second))
                       + ((m->dmean_dx + m->dmean_dy) + (m->dsecond_dx + m->dsecond_dy))
                       + (m->dvariance_dx + m->dvariance_dy);
    return isfinite(sum);
}

/* Every number of *m is one, or SN_ENOCONV. */
static sn_status check_finite(const sn_activation *f, double x, double y, const sn_moments *m,
                              sn_error *err)
{
    if (!sn_moments_finite(m))
        return sn_fail(err, SN_ENOCONV, "%s: a moment under N(%g, %g) is not finite", f->type->name,
                       x, y);
    return SN_OK;
}

void sn_moments_assemble(const sn_expectations *e, double y, double mean, sn_trust trust,
                         sn_moments *out)
{
    const double s = sqrt(y);
    *out = (sn_moments){
        .mean = mean,
        .second = e->variance + mean * mean,
        .variance = e->variance,
        .dmean_dx = e->slope,
        .dmean_dy = e->slope_t / (2 * s),
        .dvariance_dx = 2 * e->covariance_slope,
        .dvariance_dy = e->covariance_slope_t / s,
        .slope_second = e->slope_second,
        .error = e->error,
        .trust = trust,
    };
    /* Far out the Gaussian magnifies the rounding of t, as much as it does that of y. */
    out->error +=
        16 * DBL_EPSILON * (2 + sn_relative_error(y * fabs(out->dvariance_dy), out->variance));
    out->dsecond_dx = 2 * mean * out->dmean_dx + out->dvariance_dx;
    out->dsecond_dy = 2 * mean * out->dmean_dy + out->dvariance_dy;
}

static sn_status assemble(const sn_activation *f, double x, double y, const sn_expectations *e,
                          sn_trust trust, sn_moments *out, sn_error *err)
{
    const double mean = f->type->mean != NULL ? f->type->mean(f->params, x, y)
                                              : sn_activation_value(f, x) + e->shift;
    sn_moments_assemble(e, y, mean, trust, out);
    return check_finite(f, x, y, out, err);
}

/* What the two rules have in common around them. */
typedef sn_status integrate(const sn_activation *f, double x, double y, sn_expectations *out,
                            sn_error *err);

/* *noise becomes the part of out->error that is due to the rounding of z, even if it is too large.
 */
static sn_status moments_by(integrate *rule, sn_trust trust, const sn_activation *f, double x,
                            double y, sn_moments *out, double *noise, sn_error *err)
{
    sn_expectations e = {0};
    sn_status status = check_domain(x, y, err);
    if (status == SN_OK)
        status = rule(f, x, y, &e, err);
    *noise = e.noise;
    if (status == SN_OK)
        status = assemble(f, x, y, &e, trust, out, err);
    if (status == SN_OK && !(out->error <= worst_allowed))
        status = sn_fail(err, SN_ENOCONV, "%s: %s under N(%g, %g) reached %.1e only", f->type->name,
                         sn_trust_text(trust), x, y, out->error);
    return status;
}

sn_status sn_moments_quadrature(const sn_activation *f, double x, double y, sn_moments *out,
                                sn_error *err)
{
    double noise;
    return moments_by(sn_quadrature_integrate, SN_QUADRATURE, f, x, y, out, &noise, err);
}

sn_status sn_moments_adaptive(const sn_activation *f, double x, double y, sn_moments *out,
                              sn_error *err)
{
    double noise;
    return moments_by(sn_adaptive_integrate, SN_ADAPTIVE, f, x, y, out, &noise, err);
}

sn_status sn_moments_compute(const sn_activation *f, double x, double y, sn_moments *out,
                             sn_error *err)
{
    sn_status status = check_domain(x, y, err);
    if (status != SN_OK)
        return status;
    if (f->type->moments != NULL) {
        f->type->moments(f->params, x, y, out);
        return check_finite(f, x, y, out, err);
    }
    sn_error why; /* why the quadrature failed, which says more than the fallback can */
    double noise;
    status = moments_by(sn_quadrature_integrate, SN_QUADRATURE, f, x, y, out, &noise, &why);
    /* The many nodes of the other rule average the rounding of z out if f is smooth across s, but
     * not if all of its bends are within a small part of s. */
    const double unavoidable = y > 1 ? noise : 0;
    if (status == SN_OK && out->error - unavoidable <= good_enough)
        return SN_OK;
    if (unavoidable > worst_allowed)
        return sn_fail(err, status, "%s", why.message);
    sn_moments second_try;
    const sn_status second_status = sn_moments_adaptive(f, x, y, &second_try, NULL);
    if (second_status == SN_OK && (status != SN_OK || second_try.error < out->error)) {
        *out = second_try;
        return SN_OK;
    }
    if (status == SN_OK)
        return SN_OK;
    if (second_status == SN_ENOMEM)
        return sn_fail(err, SN_ENOMEM, "%s; %s for another rule", why.message,
                       sn_status_text(SN_ENOMEM));
    return sn_fail(err, second_status, "%s, nor did another rule do better", why.message);
}

sn_status sn_moments_many(const sn_activation *f, size_t n, const double *x, const double *y,
                          sn_moments *out, sn_error *err)
{
    sn_status status = SN_OK;
    if (f->type->moments_many == NULL) {
        for (size_t i = 0; i < n && status == SN_OK; i++)
            status = sn_moments_compute(f, x[i], y[i], &out[i], err);
        return status;
    }
    for (size_t i = 0; i < n && status == SN_OK; i++)
        status = check_domain(x[i], y[i], err);
    if (status != SN_OK)
        return status;
    f->type->moments_many(f->params, n, x, y, out);
    for (size_t i = 0; i < n && status == SN_OK; i++)
        status = check_finite(f, x[i], y[i], &out[i], err);
    return status;
}
