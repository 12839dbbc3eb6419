/* The overlap of two pre-activations, by the quickest of three ways.
 *
 * A closed form where there is one (correlation_closed.c). Otherwise sn_overlap_compute, which takes
 * some tens of microseconds for an f whose moments have closed forms, but a millisecond for others:
 * these first try f's Hermite series (correlation_series.c), which is computed once for (x, y) and
 * then gives any c at once, as long as its own error estimate is good enough. At c = 1, a = b, and
 * all is said by the moments.
 */
#include "theory/correlation.h"

#include <float.h>
#include <math.h>

#include "theory/correlation_rule.h"
#include "theory/moments.h"
#include "theory/overlap.h"

static const double good_enough = 1e-13; /* the series serves up to this error */
static const double rounding = 8 * DBL_EPSILON;

static sn_status check(double x, double y, sn_error *err)
{
    if (!isfinite(x))
        return sn_fail(err, SN_EDOMAIN, "the mean x is %g, must be finite", x);
    if (!(y > 0) || !isfinite(y))
        return sn_fail(err, SN_EDOMAIN, "the variance y is %g, must be positive and finite", y);
    return SN_OK;
}

sn_status sn_correlation_prepare(const sn_activation *f, double x, double y,
                                 sn_correlation_rule *rule, sn_error *err)
{
    sn_status status = check(x, y, err);
    if (status != SN_OK)
        return status;
    *rule = (sn_correlation_rule){
        .f = f, .x = x, .y = y, .closed = sn_correlation_has_closed_form(f, x)};
    if (rule->closed)
        return SN_OK;
    status = sn_moments_compute(f, x, y, &rule->moments, err);
    if (status == SN_OK && f->type->moments == NULL)
        sn_hermite_series_make(f, x, y, &rule->moments, &rule->series);
    return status;
}

static void same(const sn_correlation_rule *rule, sn_correlation *out)
{
    const sn_moments *m = &rule->moments;
    *out = (sn_correlation){.overlap = m->second,
                            .covariance = m->variance,
                            .slope = rule->y * m->slope_second,
                            .error = m->error + rounding,
                            .slope_error = m->error + rounding,
                            .trust = m->trust};
}

sn_status sn_correlation_at(const sn_correlation_rule *rule, double c, sn_correlation *out,
                            sn_error *err)
{
    if (!(c >= -1 && c <= 1))
        return sn_fail(err, SN_EDOMAIN, "the correlation c is %g, must be from -1 to 1", c);
    if (rule->closed) {
        sn_correlation_closed(rule->f, rule->x, rule->y, c, out);
        return SN_OK;
    }
    if (c == 1) {
        same(rule, out);
        return SN_OK;
    }
    if (rule->series.order > 0) {
        sn_hermite_series_at(&rule->series, &rule->moments, rule->y, c, out);
        if (out->error <= good_enough && out->slope_error <= good_enough)
            return SN_OK;
    }
    sn_overlap o;
    const sn_status status = sn_overlap_compute(rule->f, rule->x, rule->y, c, &o, err);
    if (status == SN_OK)
        *out = (sn_correlation){.overlap = o.overlap,
                                .covariance = o.covariance,
                                .slope = o.slope,
                                .error = o.error,
                                .slope_error = o.slope_error,
                                .trust = o.trust};
    return status;
}

sn_status sn_correlation_compute(const sn_activation *f, double x, double y, double c,
                                 sn_correlation *out, sn_error *err)
{
    if (!(c >= -1 && c <= 1))
        return sn_fail(err, SN_EDOMAIN, "the correlation c is %g, must be from -1 to 1", c);
    sn_correlation_rule rule;
    const sn_status status = sn_correlation_prepare(f, x, y, &rule, err);
    return status == SN_OK ? sn_correlation_at(&rule, c, out, err) : status;
}
