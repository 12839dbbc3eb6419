/* Fixed points of a layer map by a damped Newton method.
 *
 * The variance of a fixed point may be 1e-6 or 1e6 and Newton must not step past 0, so the unknowns
 * are (mu, t = log nu), and the equations are free of units too:
 *
 *   F1 = (mu_next - mu) / s,   s = sqrt(mu^2 + nu) held fixed during a step
 *   F2 = log(nu_next / nu)
 *
 * Both are 0 at a fixed point with nu > 0 and nowhere else. With e = (mu / s, t) the derivative of
 * F by e is J~ - I, J~ the map's Jacobian in these units, so it is singular exactly where the map
 * has the eigenvalue 1: on a curve of fixed points (a linear network at omega = tau = 1, relu at
 * the gain of its second moment under the ensemble map) and at bifurcations. There the step is the
 * shortest least-squares one, which for a matrix M of rank 1 is M^T F / |M|^2.
 *
 * A vanishing fixed point is no fixed point. For tanh at gain 1, F2 ~ -2 nu: the residual falls as
 * nu -> 0 but Newton keeps asking for t - 1. Hence a point counts only when both the residual and
 * the step are small, and the matrix counts as singular sooner than the residual counts as zero. */
#include "theory/refine.h"

#include <float.h>
#include <math.h>

enum { MAX_STEPS = 50, MAX_HALVINGS = 4, MAX_LAYERS = 6 };

static const double residual_tolerance = 1e-13; /* in the units of F, beyond the map's own error */
static const double step_tolerance = 1e-6;      /* of an accepted point, in the units of e */
static const double singular = 1e-10;           /* |det M| / |M|^2, or |M|, taken for 0 */
static const double longest_step = 2;           /* in the units of e: a factor 7.4 in nu */

/* A point of the iteration with the map's value there. */
typedef struct iterate {
    sn_layer_point at;
    sn_layer_step step;
    double s;      /* the unit of mu */
    double f1, f2; /* F */
} iterate;

static double unit(const sn_layer_point *at)
{
    return sqrt(at->mu * at->mu + at->nu);
}

static sn_status evaluate(const sn_layer_map *map, double s, iterate *it, sn_error *err)
{
    const sn_status status = sn_layer_map_apply(map, &it->at, &it->step, err);
    if (status != SN_OK)
        return status;
    it->s = s;
    it->f1 = (it->step.mu_next - it->at.mu) / s;
    it->f2 = log1p((it->step.nu_next - it->at.nu) / it->at.nu);
    return SN_OK;
}

/* |F|; infinite where the map leads out of the numbers. */
static double merit(const iterate *it)
{
    const double size = sqrt(it->f1 * it->f1 + it->f2 * it->f2);
    return size < INFINITY ? size : INFINITY;
}

/* J~ - I at an iterate. */
typedef struct matrix {
    double a, b, c, d;
} matrix;

static matrix derivative(const iterate *it)
{
    const double s = it->s, nu = it->at.nu;
    const double nu_next = it->step.nu_next;
    return (matrix){.a = it->step.dmu_dmu - 1,
                    .b = it->step.dmu_dnu * nu / s,
                    .c = it->step.dnu_dmu * s / nu_next,
                    .d = it->step.dnu_dnu * (nu / nu_next) - 1};
}

static double size_squared(const matrix *m)
{
    return m->a * m->a + m->b * m->b + m->c * m->c + m->d * m->d;
}

/* Newton's step -M^-1 F in the units of e, or the shortest least-squares one. */
static void newton_step(const iterate *it, double *e1, double *e2)
{
    const matrix m = derivative(it);
    const double size2 = size_squared(&m);
    const double det = m.a * m.d - m.b * m.c;
    *e1 = *e2 = 0;
    if (fabs(det) > singular * size2) {
        *e1 = -(m.d * it->f1 - m.b * it->f2) / det;
        *e2 = -(m.a * it->f2 - m.c * it->f1) / det;
    } else if (size2 > singular * singular) {
        *e1 = -(m.a * it->f1 + m.c * it->f2) / size2;
        *e2 = -(m.b * it->f1 + m.d * it->f2) / size2;
    }
    if (fabs(*e2) > longest_step) {
        *e2 = copysign(longest_step, *e2);
        if (m.a != 0)
            *e1 = -(it->f1 + m.b * *e2) / m.a; /* mu as the first equation wants it */
    }
    if (fabs(*e1) > longest_step) {
        *e2 *= longest_step / fabs(*e1);
        *e1 = copysign(longest_step, *e1);
    }
}

/* Takes the step, halved up to so many times until |F| falls; false when no part of it does. */
static bool descend(const sn_layer_map *map, iterate *it, double e1, double e2, int halvings)
{
    double part = 1;
    for (int tries = 0; tries <= halvings; tries++, part *= 0.5) {
        iterate trial = {.at = it->at};
        trial.at.mu += part * e1 * it->s;
        trial.at.nu *= exp(part * e2);
        if (!(trial.at.nu >= DBL_MIN && trial.at.nu < INFINITY))
            continue;
        if (evaluate(map, it->s, &trial, NULL) == SN_OK && merit(&trial) < merit(it)) {
            trial.s = unit(&trial.at);
            trial.f1 *= it->s / trial.s;
            *it = trial;
            return true;
        }
    }
    return false;
}

/* Where Newton is stuck, one layer of the network itself: it leads to whatever attracts. */
static bool pass_layer(const sn_layer_map *map, iterate *it)
{
    iterate next = {.at = it->at};
    next.at.mu = it->step.mu_next;
    next.at.nu = it->step.nu_next;
    if (!(next.at.nu >= DBL_MIN && next.at.nu < INFINITY)
        || evaluate(map, unit(&next.at), &next, NULL) != SN_OK)
        return false;
    *it = next;
    return true;
}

static void describe(const iterate *it, sn_fixed_point *out)
{
    const matrix m = derivative(it);
    const double det = m.a * m.d - m.b * m.c;
    out->mu = it->at.mu;
    out->nu = it->at.nu;
    out->residual =
        fabs(it->step.mu_next - it->at.mu) + fabs(it->step.nu_next - it->at.nu) / it->at.nu;
    /* A double root is known to the square root of the rounding error only; and where all of M is
     * tiny, as for relu far right of its kink at omega = tau = 1, the residual is small all around:
     * the neighbours are told apart by the smaller singular value, about |det M| / |M|. */
    const double size2 = size_squared(&m);
    out->isolated = fabs(det) > 1e-6 * fmin(1, size2) && fabs(det) > 1e-7 * sqrt(size2);
    out->attracting = out->isolated && it->step.spectral_radius < 1;
    out->step = it->step;
}

static bool inside(const sn_map_box *limits, const sn_layer_point *at)
{
    return at->mu >= limits->mu_from && at->mu <= limits->mu_to && at->nu >= limits->nu_from
           && at->nu <= limits->nu_to;
}

sn_status sn_fixed_point_refine_within(const sn_layer_map *map, const sn_layer_point *start,
                                       const sn_map_box *limits, sn_fixed_point *out, bool *found,
                                       sn_error *err)
{
    *found = false;
    if (!(start->nu > 0))
        return sn_fail(err, SN_EDOMAIN, "nu starts at %g, must be positive", start->nu);
    iterate it = {.at = *start};
    const sn_status status = evaluate(map, unit(start), &it, err);
    if (status != SN_OK)
        return status;

    int layers = 0;
    for (int n = 0; n < MAX_STEPS && merit(&it) < INFINITY && inside(limits, &it.at); n++) {
        double e1, e2;
        newton_step(&it, &e1, &e2);
        const bool close = fmax(fabs(e1), fabs(e2)) <= step_tolerance
                           && merit(&it) <= residual_tolerance + 4 * it.step.error;
        if (close && (merit(&it) <= 2 * DBL_EPSILON || !descend(map, &it, e1, e2, 0))) {
            *found = true;
            describe(&it, out);
            break;
        }
        if (!close && !descend(map, &it, e1, e2, MAX_HALVINGS)
            && (layers++ == MAX_LAYERS || !pass_layer(map, &it)))
            break;
    }
    return SN_OK;
}

sn_status sn_fixed_point_refine(const sn_layer_map *map, const sn_layer_point *start,
                                sn_fixed_point *out, bool *found, sn_error *err)
{
    const sn_map_box anywhere = {-INFINITY, INFINITY, DBL_MIN, DBL_MAX};
    return sn_fixed_point_refine_within(map, start, &anywhere, out, found, err);
}
