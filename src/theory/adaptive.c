/* Gaussian expectations by GSL's doubly adaptive quadrature (CQUAD; Gonnet 2010): Clenshaw-Curtis
 * rules of rising degree on intervals that are halved where the interpolants disagree. It needs no
 * smoothness and knows nothing of the panels of quadrature.c, which makes it a fallback and a
 * witness.
 *
 * GSL reports failures through a handler that is global to the process and aborts by default. A
 * library may not change it behind its host's back, and swapping it is a race between threads. But
 * gsl_integration_cquad calls it for invalid arguments alone, never for an integral that does not
 * converge, and the Kronrod rules gsl_integration_qk* never do; only the allocation of the
 * workspace could, so it is allocated here. The handler is thus out of reach.
 *
 * The line |t| <= 38.5, beyond which the Gaussian underflows, is cut at the kinks, at z = 0 and 4
 * either side of it, at the centre and where the Gaussian becomes small; the pieces are added
 * outwards from the centre, each asked to be accurate relative to the sum before it.
 *
 * d = f(z) - f(x) is formed by subtraction, or where that would lose digits by the 21-point Kronrod
 * rule on f', whichever of the two claims the smaller error.
 */
#include "theory/adaptive.h"

#include <float.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

enum { INTERVALS = 4000, MAX_EVALUATIONS = 2000000, MAX_EDGES = SN_MAX_KINKS + 10 };

static const double fine = 1e-13;    /* relative accuracy asked for */
static const double largest = 1e150; /* of an integrand: CQUAD squares it */
static const double reach = 38.5;
static const double narrowest = 1e-30; /* of an interval; its share of an integral is nothing */
static const double normalisation = 0.39894228040143267794; /* 1/sqrt(2 pi) */

typedef struct problem {
    const sn_activation *f;
    double x, s, at_x;
    size_t n_kinks;
    double kinks[SN_MAX_KINKS];
    size_t n_edges;
    double edges[MAX_EDGES]; /* in t, ascending */
    double tolerance;
    double shift, variance; /* of d, once they are known */
    bool by_slope;          /* d by the integral of f' where that is better */
    double root;            /* exp(-t^2/4) at the present point */
    double rounding;        /* the largest error of a d used, times that */
    long evaluations_left;
    bool finite;
    double (*integrand)(struct problem *p, double t, double z);
    gsl_integration_cquad_workspace *workspace;
} problem;

static double slope_at(double t, void *params)
{
    const problem *p = params;
    return sn_activation_derivative(p->f, p->x + p->s * t);
}

/* The integral of f' from x to x + s t, split at the kinks and into pieces no longer than 4 in z,
 * with its error. In t: rounding of z is then no error of its length. */
static double rise(problem *p, double t, double *error)
{
    gsl_function slope = {.function = slope_at, .params = p};
    double sum = 0, sum_error = 0, from = 0;
    for (size_t i = 0; i <= p->n_kinks; i++) {
        double to = t;
        if (i < p->n_kinks) {
            to = (p->kinks[t > 0 ? i : p->n_kinks - 1 - i] - p->x) / p->s;
            if (!(fmin(from, t) < to && to < fmax(from, t)))
                continue;
        }
        const double pieces = ceil(fabs(to - from) * p->s / 4);
        const double start = from;
        for (double k = 1; k <= pieces; k++) {
            const double next = k == pieces ? to : start + k / pieces * (to - start);
            double part, part_error, unused;
            gsl_integration_qk21(&slope, from, next, &part, &part_error, &unused, &unused);
            sum += part;
            sum_error += part_error;
            from = next;
        }
    }
    *error = p->s * sum_error;
    return p->s * sum;
}

static double difference(problem *p, double t, double z)
{
    double d = sn_activation_value(p->f, z) - p->at_x;
    double error = DBL_EPSILON * fmax(fabs(p->at_x), fabs(d));
    if (p->by_slope && fabs(t) * p->s < 64) {
        double rise_error;
        const double by_slope = rise(p, t, &rise_error);
        if (rise_error < error) {
            d = by_slope;
            error = rise_error;
        }
    }
    p->rounding = fmax(p->rounding, error * p->root);
    return d;
}

static double slope_second(problem *p, double t, double z)
{
    (void)t;
    const double slope = sn_activation_derivative(p->f, z);
    return slope * slope;
}

static double shift(problem *p, double t, double z)
{
    return difference(p, t, z);
}

static double variance(problem *p, double t, double z)
{
    const double d = difference(p, t, z) - p->shift;
    return d * d;
}

static double slope(problem *p, double t, double z)
{
    (void)t;
    return sn_activation_derivative(p->f, z);
}

static double slope_t(problem *p, double t, double z)
{
    return sn_activation_derivative(p->f, z) * t;
}

static double covariance_slope(problem *p, double t, double z)
{
    return (difference(p, t, z) - p->shift) * sn_activation_derivative(p->f, z);
}

static double covariance_slope_t(problem *p, double t, double z)
{
    return (difference(p, t, z) - p->shift) * sn_activation_derivative(p->f, z) * t;
}

static double weighted(double t, void *params)
{
    problem *p = params;
    if (!p->finite || p->evaluations_left-- <= 0)
        return 0;
    /* In two halves: a large value times a small weight does not overflow on the way. */
    p->root = exp(-0.25 * t * t);
    const double value = p->root * (p->root * p->integrand(p, t, p->x + p->s * t));
    if (fabs(value) <= largest)
        return value;
    p->finite = false; /* CQUAD would drop the point and go on */
    return 0;
}

/* The expectation of integrand, to p->tolerance relative to itself or to scale, the larger; *error
 * is its estimated error relative to that. False where it diverges or f leaves the numbers. */
static bool expectation(problem *p, double (*integrand)(problem *p, double t, double z),
                        double scale, double *result, double *error)
{
    gsl_function g = {.function = weighted, .params = p};
    double sum = 0, sum_error = 0;
    size_t centre = 0;
    while (p->edges[centre] < 0)
        centre++;
    p->integrand = integrand;
    for (size_t i = 0; i + 1 < p->n_edges; i++) {
        const size_t to_right = p->n_edges - 1 - centre;
        const size_t left = i < to_right ? centre + i : p->n_edges - 2 - i;
        double part, part_error;
        const double absolute = p->tolerance * fmax(fabs(sum), scale / normalisation);
        p->evaluations_left = MAX_EVALUATIONS;
        if (gsl_integration_cquad(&g, p->edges[left], p->edges[left + 1], absolute, p->tolerance,
                                  p->workspace, &part, &part_error, NULL)
                != 0
            || !p->finite || p->evaluations_left < 0)
            return false;
        sum += part;
        sum_error += part_error;
    }
    *result = normalisation * sum;
    *error = fmax(*error, sn_relative_error(normalisation * sum_error, fmax(fabs(*result), scale)));
    return isfinite(*result);
}

/* Cuts the line at t, unless it ends or is cut right there: CQUAD halves an interval down into the
 * subnormal numbers, and then does not return. */
static void cut(problem *p, double t)
{
    if (!(fabs(t) < reach))
        return;
    size_t i = p->n_edges - 1;
    while (p->edges[i - 1] > t)
        i--;
    if (t - p->edges[i - 1] < narrowest || p->edges[i] - t < narrowest)
        return;
    for (size_t j = p->n_edges; j > i; j--)
        p->edges[j] = p->edges[j - 1];
    p->edges[i] = t;
    p->n_edges++;
}

static void set_up(problem *p)
{
    static const double cuts[] = {0, -3.5, 3.5, -9, 9};
    p->n_kinks = sn_activation_kinks(p->f, p->kinks);
    p->edges[0] = -reach;
    p->edges[1] = reach;
    p->n_edges = 2;
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        cut(p, cuts[i]);
    for (size_t i = 0; i < p->n_kinks; i++)
        cut(p, (p->kinks[i] - p->x) / p->s);
    for (int side = -1; side <= 1; side++)
        cut(p, (4 * side - p->x) / p->s);
}

/* Mean and variance of d, the mean relative to *deviation, which becomes the root of the variance.
 */
static bool mean_and_variance(problem *p, double tolerance, double *deviation, double *error)
{
    double ignored = 0;
    p->tolerance = tolerance;
    p->rounding = 0;
    if (!expectation(p, shift, *deviation, &p->shift, &ignored)
        || !expectation(p, variance, 0, &p->variance, error))
        return false;
    *deviation = sqrt(p->variance);
    return true;
}

static bool solve_spread(problem *p, sn_expectations *out)
{
    double error = 0, ignored = 0;
    if (!expectation(p, slope_second, 0, &out->slope_second, &error))
        return false;
    /* By Poincare's inequality the deviation of f is at most s times its root mean square slope.
     * Where it is not far below, and subtraction accurate enough, one pass does; elsewhere a rough
     * pass first finds the deviation. */
    const double most = p->s * sqrt(out->slope_second);
    const double slope_error = error;
    double deviation = most;
    bool found = false;
    if (DBL_EPSILON * fabs(p->at_x) <= 1e-15 * most) {
        if (!mean_and_variance(p, fine, &deviation, &error))
            return false;
        found = deviation >= most / 4;
    }
    if (!found) {
        error = slope_error;
        if (!mean_and_variance(p, 1e-3, &deviation, &ignored))
            return false;
        p->by_slope = p->rounding > 1e-14 * deviation;
        if (!mean_and_variance(p, fine, &deviation, &error))
            return false;
    }
    out->shift = p->shift;
    out->variance = p->variance;
    out->error = error + 2 * sn_relative_error(p->rounding, deviation);
    return true;
}

static bool solve_all(problem *p, sn_expectations *out)
{
    if (!solve_spread(p, out))
        return false;
    double ignored = 0;
    const double steepness = sqrt(out->slope_second), scale = sqrt(out->variance) * steepness;
    return expectation(p, slope, steepness, &out->slope, &ignored)
           && expectation(p, slope_t, steepness, &out->slope_t, &ignored)
           && expectation(p, covariance_slope, scale, &out->covariance_slope, &ignored)
           && expectation(p, covariance_slope_t, scale, &out->covariance_slope_t, &ignored);
}

static sn_status integrate(bool (*solve)(problem *p, sn_expectations *out), const sn_activation *f,
                           double x, double y, sn_expectations *out, sn_error *err)
{
    sn_status status = SN_OK;
    gsl_integration_cquad_workspace workspace = {
        .size = INTERVALS,
        .ivals = malloc(INTERVALS * sizeof(gsl_integration_cquad_ival)),
        .heap = malloc(INTERVALS * sizeof(size_t)),
    };
    problem p = {.f = f,
                 .x = x,
                 .s = sqrt(y),
                 .at_x = sn_activation_value(f, x),
                 .tolerance = fine,
                 .finite = true,
                 .workspace = &workspace};
    if (workspace.ivals == NULL || workspace.heap == NULL) {
        status = sn_fail(err, SN_ENOMEM, "out of memory for %d intervals", INTERVALS);
        goto done;
    }
    set_up(&p);
    *out = (sn_expectations){0};
    if (!solve(&p, out))
        status = sn_fail(
            err, SN_ENOCONV, "%s: %s under N(%g, %g)", f->type->name,
            p.finite ? "no convergence" : "not finite, or too large, where it has weight", x, y);
done:
    free(workspace.heap);
    free(workspace.ivals);
    return status;
}

sn_status sn_adaptive_integrate(const sn_activation *f, double x, double y, sn_expectations *out,
                                sn_error *err)
{
    return integrate(solve_all, f, x, y, out, err);
}

sn_status sn_adaptive_spread(const sn_activation *f, double x, double y, sn_expectations *out,
                             sn_error *err)
{
    return integrate(solve_spread, f, x, y, out, err);
}
