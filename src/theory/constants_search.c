/* The SELU constants of a target, searched for: a witness of the exact solution in constants.c.
 *
 * The two parts of SELU, z+ and n(z) = (e^z - 1) 1{z <= 0}, are orthogonal: z+ n = 0. With e = z+
 * and n both scaled to E e^2 = E n^2 = 1, every SELU is
 *
 *   f = r (cos(theta) e + sin(theta) n),   lambda > 0 where cos(theta) > 0,
 *
 * and E f, Var f are smooth and bounded in theta, unlike in alpha, which runs to infinity. GSL's
 * hybrid method (Powell) solves
 *
 *   F1 = (E f - mu) / sqrt(mu^2 + nu) = 0,   F2 = Var f / nu - 1 = 0
 *
 * for (theta, log r) from starts spread evenly over the half circle. The four numbers in F, means
 * and variances of e and n, come from GSL's adaptive integrals alone. */
#include "theory/constants.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multiroots.h>
#include <gsl/gsl_vector.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "theory/adaptive.h"
#include "theory/target.h"

enum { STARTS = 12, MAX_ITERATIONS = 60 };

static const double pi = 3.14159265358979323846;
static const double solved = 1e-12;       /* |F1| + |F2| of a solution */
static const double worst_allowed = 1e-6; /* error of an integral */
static const double same = 1e-7;          /* two thetas are one solution */

/* Root mean squares of z+ and n, means and variances of e and n, and the target. */
typedef struct problem {
    double rms_right, rms_left;
    double mean_e, mean_n, variance_e, variance_n;
    double mu, nu;
} problem;

/* SELU's part right of 0 (alpha = 0), and left of it: lambda alpha = 1, and 2^-300 z+ is nothing.
 */
static sn_status integrate_part(double alpha, double lambda, double x, double y, double *rms,
                                double *mean, double *variance, sn_error *err)
{
    sn_activation part;
    sn_status status = sn_activation_init(&part, "selu", err);
    if (status != SN_OK)
        return status;
    part.params[0] = alpha;
    part.params[1] = lambda;
    sn_expectations e;
    status = sn_adaptive_spread(&part, x, y, &e, err);
    if (status != SN_OK)
        return status;
    if (!(e.error <= worst_allowed))
        return sn_fail(err, SN_ENOCONV, "GSL's integrals reached %.1e only", e.error);
    const double unscaled = sn_activation_value(&part, x) + e.shift;
    *rms = hypot(unscaled, sqrt(e.variance));
    *mean = unscaled / *rms;
    *variance = e.variance / *rms / *rms;
    return SN_OK;
}

/* F into f and its Jacobian into j; either may be NULL. */
static void system_at(const problem *p, double theta, double log_r, gsl_vector *f, gsl_matrix *j)
{
    const double c = cos(theta), s = sin(theta), r = exp(log_r);
    const double mean = r * (c * p->mean_e + s * p->mean_n);
    const double mean_theta = r * (c * p->mean_n - s * p->mean_e);
    const double covariance = -p->mean_e * p->mean_n;
    const double variance =
        r * r * (c * c * p->variance_e + s * s * p->variance_n + 2 * s * c * covariance);
    const double variance_theta =
        2 * r * r * (s * c * (p->variance_n - p->variance_e) + (c * c - s * s) * covariance);
    const double unit = hypot(p->mu, sqrt(p->nu));
    if (f != NULL) {
        gsl_vector_set(f, 0, (mean - p->mu) / unit);
        gsl_vector_set(f, 1, variance / p->nu - 1);
    }
    if (j != NULL) {
        gsl_matrix_set(j, 0, 0, mean_theta / unit);
        gsl_matrix_set(j, 0, 1, mean / unit);
        gsl_matrix_set(j, 1, 0, variance_theta / p->nu);
        gsl_matrix_set(j, 1, 1, 2 * variance / p->nu);
    }
}

static int gsl_f(const gsl_vector *at, void *params, gsl_vector *f)
{
    system_at(params, gsl_vector_get(at, 0), gsl_vector_get(at, 1), f, NULL);
    return GSL_SUCCESS;
}

static int gsl_df(const gsl_vector *at, void *params, gsl_matrix *j)
{
    system_at(params, gsl_vector_get(at, 0), gsl_vector_get(at, 1), NULL, j);
    return GSL_SUCCESS;
}

static int gsl_fdf(const gsl_vector *at, void *params, gsl_vector *f, gsl_matrix *j)
{
    system_at(params, gsl_vector_get(at, 0), gsl_vector_get(at, 1), f, j);
    return GSL_SUCCESS;
}

static double residual(const gsl_multiroot_fdfsolver *solver)
{
    const gsl_vector *f = gsl_multiroot_fdfsolver_f(solver);
    return fabs(gsl_vector_get(f, 0)) + fabs(gsl_vector_get(f, 1));
}

/* Runs the solver until it stops by itself; whether it ended at a root. */
static bool converge(gsl_multiroot_fdfsolver *solver)
{
    for (int i = 0; i < MAX_ITERATIONS && residual(solver) > GSL_DBL_EPSILON; i++) {
        if (gsl_multiroot_fdfsolver_iterate(solver) != GSL_SUCCESS)
            break;
    }
    return residual(solver) <= solved;
}

/* The roots theta with cos(theta) > 0 and their log r; returns how many. */
static size_t search_roots(gsl_multiroot_fdfsolver *solver, problem *p,
                           double theta[SN_MAX_CONSTANTS], double log_r[SN_MAX_CONSTANTS])
{
    gsl_multiroot_function_fdf system = {gsl_f, gsl_df, gsl_fdf, 2, p};
    size_t count = 0;
    for (int i = 0; i < STARTS && count < SN_MAX_CONSTANTS; i++) {
        double start[] = {pi * ((i + 0.5) / STARTS - 0.5), log(hypot(p->mu, sqrt(p->nu)))};
        const gsl_vector_view at = gsl_vector_view_array(start, 2);
        if (gsl_multiroot_fdfsolver_set(solver, &system, &at.vector) != GSL_SUCCESS
            || !converge(solver))
            continue;
        const gsl_vector *root = gsl_multiroot_fdfsolver_root(solver);
        const double t = remainder(gsl_vector_get(root, 0), 2 * pi);
        if (!(cos(t) > 0) || (count > 0 && fabs(t - theta[0]) < same))
            continue;
        theta[count] = t;
        log_r[count++] = gsl_vector_get(root, 1);
    }
    return count;
}

/* GSL has no way to report an allocation that failed but its process-wide handler, which aborts by
 * default and is its host's to set. What the solver needs is little: memory for more is asked for
 * first, so that the handler stays out of reach. */
static gsl_multiroot_fdfsolver *new_solver(void)
{
    void *ample = malloc(1 << 16);
    if (ample == NULL)
        return NULL;
    free(ample);
    return gsl_multiroot_fdfsolver_alloc(gsl_multiroot_fdfsolver_hybridsj, 2);
}

static sn_status search(const sn_target *target, problem *p, sn_constants *out, sn_error *err)
{
    gsl_multiroot_fdfsolver *solver = new_solver();
    if (solver == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for GSL's root finder");
    double theta[SN_MAX_CONSTANTS], log_r[SN_MAX_CONSTANTS];
    out->count = search_roots(solver, p, theta, log_r);
    gsl_multiroot_fdfsolver_free(solver);
    for (size_t i = 0; i < out->count; i++) {
        const sn_status status = sn_target_solution(
            target, tan(theta[i]) * p->rms_right / p->rms_left,
            exp(log_r[i]) * cos(theta[i]) / p->rms_right, &out->solutions[i], err);
        if (status != SN_OK)
            return status;
    }
    sn_target_order(out);
    return SN_OK;
}

sn_status sn_constants_search(const sn_target *target, sn_constants *out, sn_error *err)
{
    double x, y;
    sn_status status = sn_target_preactivation(target, &x, &y, err);
    if (status != SN_OK)
        return status;
    out->count = 0;
    problem p = {.mu = target->at.mu, .nu = target->at.nu};
    status = integrate_part(0, 1, x, y, &p.rms_right, &p.mean_e, &p.variance_e, err);
    if (status == SN_OK)
        status =
            integrate_part(0x1p300, 0x1p-300, x, y, &p.rms_left, &p.mean_n, &p.variance_n, err);
    if (status != SN_OK && status != SN_ENOCONV)
        return status;
    if (status == SN_ENOCONV || !(p.rms_right > 0 && p.rms_left > 0x1p-240 * p.rms_right)) {
        snprintf(out->reason, sizeof out->reason,
                 "not searched: for z ~ N(%.6g, %.6g) GSL's integrals over one side of 0 fail or "
                 "vanish",
                 x, y);
        return SN_OK;
    }
    status = search(target, &p, out, err);
    if (out->count == 0)
        snprintf(out->reason, sizeof out->reason,
                 "GSL's root finder found nothing from %d starts, which proves nothing", STARTS);
    else
        snprintf(out->reason, sizeof out->reason, "GSL's root finder found %zu from %d starts",
                 out->count, STARTS);
    return status;
}
