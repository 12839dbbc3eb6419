/* The SELU constants of a target mean m and variance nu, exactly.
 *
 * SELU is lambda times z+ plus lambda alpha times n(z) = (e^z - 1) 1{z <= 0}; the two parts do not
 * overlap. With P, P2, VP the mean, second moment and variance of z+ and N < 0, N2, VN those of n,
 *
 *   lambda   (P + alpha N)       = m
 *   lambda^2 (P2 + alpha^2 N2)   = m^2 + nu
 *
 * Eliminating lambda leaves a quadratic in alpha, eliminating alpha one in 1 / lambda. With
 * s = VN / N^2, so that N2 / N^2 = 1 + s, and K = m^2 + nu they are
 *
 *   A (alpha N)^2 + 2 K P (alpha N) + G = 0     A = nu - m^2 s       G = nu P^2 - m^2 VP
 *   A / lambda^2 + 2 B / lambda - C = 0         B = m (1 + s) P      C = P2 + (1 + s) P^2 > 0
 *
 * and both discriminants come from one number,
 *
 *   D = B^2 + A C = nu C - m^2 (s VP - P^2),    K^2 P^2 - A G = m^2 D.
 *
 * So the roots in alpha, which run into each other as m -> 0, do so without loss of digits. No
 * difference is left in the roots but those in A, G and D, which are the problem's own:
 *
 *   near:  alpha = G / (|N| (K P + |m| sqrt(D))),    lambda = (B + sqrt(D)) / C       (m >= 0)
 *   far:   alpha = (K P + |m| sqrt(D)) / (|N| A),    lambda = -A / (B +- sqrt(D))     (+- as m)
 *
 * Of these lambda > 0 for
 *
 *   A > 0           one: near for m >= 0, far for m < 0. Here m^2 / K is below N^2 / N2, its limit
 *                   for alpha -> infinity (m < 0) or -infinity (m > 0)
 *   A <= 0, m < 0   none: that limit is out of reach
 *   A <= 0, m > 0   both, one or none as D is positive, zero or negative: by Cauchy-Schwarz m^2 / K
 *                   is at most P^2 / P2 + N^2 / N2, which alpha = (N / P) (P2 / N2) < 0 reaches.
 *                   For A = 0 the far one is at alpha = -infinity.
 *
 * All is written with the variances VN, VP and nu, so that it is as good for a spread far smaller
 * than the mean; s VP >= P^2 always. Units are chosen such that K = P2 = N2 = 1, and nothing
 * overflows or underflows that need not. */
#include "theory/constants.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "activation/pieces.h"
#include "theory/target.h"

/* The letters above; n is |N|, and excess the least nu / m^2 that lambda > 0 and m > 0 allow. */
typedef struct quadratic {
    double m, p, n, s, a, b, c, g, d;
    double excess;
    double alpha_unit, lambda_unit;
} quadratic;

/* The part of SELU left of 0 is the exponential unit with no slope to the right: scale times
 * saturation is 1, and 2^-1000 z+ is below the last digit of everything. */
static const sn_exponential_unit right_part = {.scale = 1, .saturation = 0, .rate = 1};
static const sn_exponential_unit left_part = {
    .scale = 0x1p-1000, .saturation = 0x1p1000, .rate = 1};

/* a - b, or 0 where that is all rounding: on a border of solvability to the last digits, the target
 * is taken to lie on it. */
static double difference(double a, double b)
{
    return fabs(a - b) <= 4 * DBL_EPSILON * a ? 0 : a - b;
}

static quadratic quadratic_of(double m, double nu, double x, double y)
{
    sn_moments right, left;
    sn_exponential_unit_moments(&right_part, x, y, &right);
    sn_exponential_unit_moments(&left_part, x, y, &left);

    const double rms = hypot(m, sqrt(nu));
    const double rms_right = sqrt(right.second), rms_left = sqrt(left.second);
    quadratic q = {.m = m / rms,
                   .p = right.mean / rms_right,
                   .n = -left.mean / rms_left,
                   .alpha_unit = rms_right / rms_left,
                   .lambda_unit = rms / rms_right};
    const double variance = (sqrt(nu) / rms) * (sqrt(nu) / rms);
    const double variance_right = right.variance / right.second;
    const double spread = sqrt(left.variance) / left.mean;
    q.s = spread * spread;
    q.a = difference(variance, q.m * q.m * q.s);
    q.b = q.m * (1 + q.s) * q.p;
    q.c = 1 + (1 + q.s) * q.p * q.p;
    q.g = variance * q.p * q.p - q.m * q.m * variance_right;
    q.excess = (q.s * variance_right - q.p * q.p) / q.c;
    q.d = q.a > 0 ? q.b * q.b + q.a * q.c : q.c * difference(variance, q.m * q.m * q.excess);
    return q;
}

/* One side of 0 may be so far off that its moments leave the doubles. */
static bool is_usable(const quadratic *q)
{
    return q->n > 0 && q->p > 0 && isfinite(q->d) && isfinite(q->alpha_unit)
           && isfinite(q->lambda_unit);
}

typedef struct root {
    double alpha, lambda;
} root;

/* The roots with lambda > 0, alpha descending; returns how many. */
static size_t positive_roots(const quadratic *q, root roots[SN_MAX_CONSTANTS])
{
    if (q->a <= 0 && !(q->m > 0 && q->d >= 0))
        return 0;
    const double sqrt_d = sqrt(q->d);
    const double larger = q->p + fabs(q->m) * sqrt_d;
    const root near = {q->g / (q->n * larger), (q->b + sqrt_d) / q->c};
    const root far = {larger / (q->n * q->a), -q->a / (q->b + copysign(sqrt_d, q->m))};
    if (q->a > 0) {
        roots[0] = q->m < 0 ? far : near;
        return 1;
    }
    roots[0] = near;
    roots[1] = far;
    return q->a < 0 && q->d > 0 ? 2 : 1;
}

static void explain(const sn_target *target, double x, double y, const quadratic *q,
                    sn_constants *out)
{
    const double m = target->at.mu;
    const double ratio = target->at.nu / (m * m);
    char *text = out->reason;
    const size_t size = sizeof out->reason;
    if (m == 0)
        snprintf(text, size, "mean 0 fixes alpha, the variance then fixes lambda: one solution");
    else if (q->a > 0)
        snprintf(text, size,
                 "one solution: variance / mean^2 = %.6g is above %.6g, the limit of alpha -> %s "
                 "for z ~ N(%.6g, %.6g)",
                 ratio, q->s, m < 0 ? "infinity" : "-infinity", x, y);
    else if (m > 0 && q->d == 0)
        snprintf(text, size,
                 "one solution: variance / mean^2 = %.6g is to rounding the least that any alpha "
                 "with lambda > 0 gives for z ~ N(%.6g, %.6g); two solutions meet there",
                 ratio, x, y);
    else if (out->count > 0)
        snprintf(text, size,
                 "%s: variance / mean^2 = %.6g is between %.6g, the least that any alpha with "
                 "lambda > 0 gives, and %.6g, the limit of alpha -> -infinity, for z ~ N(%.6g, "
                 "%.6g)",
                 out->count == 1 ? "one solution" : "two solutions", ratio, q->excess, q->s, x, y);
    else if (m < 0)
        snprintf(text, size,
                 "no solution: the variance %.6g is too small for the negative mean %.6g; variance "
                 "/ mean^2 = %.6g, but for z ~ N(%.6g, %.6g) every alpha with lambda > 0 gives "
                 "more than %.6g, the limit of alpha -> infinity",
                 target->at.nu, m, ratio, x, y, q->s);
    else
        snprintf(text, size,
                 "no solution: the mean %.6g is too large for the variance %.6g; variance / mean^2 "
                 "= %.6g, but for z ~ N(%.6g, %.6g) no alpha with lambda > 0 gives less than %.6g",
                 m, target->at.nu, ratio, x, y, q->excess);
}

/* Where the far side of 0 has next to no weight alpha hardly matters, and the difference that fixes
 * it drowns in the rounding of the near side. Such a root is noise, and its residuals say so. */
static bool is_resolved(const sn_target *target, const sn_selu_constants *solution)
{
    const double mu = target->at.mu, nu = target->at.nu, allowed = 1e-6;
    return fabs(solution->residual_mean) <= allowed * hypot(mu, sqrt(nu))
           && fabs(solution->residual_variance) <= allowed * nu;
}

sn_status sn_constants_solve(const sn_target *target, sn_constants *out, sn_error *err)
{
    double x, y;
    sn_status status = sn_target_preactivation(target, &x, &y, err);
    if (status != SN_OK)
        return status;

    const double m = target->at.mu;
    const quadratic q = quadratic_of(m, target->at.nu, x, y);
    out->count = 0;
    if (!is_usable(&q)) {
        snprintf(out->reason, sizeof out->reason,
                 "no solution in doubles: for z ~ N(%.6g, %.6g) one side of 0 has no weight", x, y);
        return SN_OK;
    }
    root roots[SN_MAX_CONSTANTS];
    const size_t count = positive_roots(&q, roots);
    for (size_t i = 0; i < count; i++) {
        status = sn_target_solution(target, roots[i].alpha * q.alpha_unit,
                                    roots[i].lambda * q.lambda_unit, &out->solutions[i], err);
        if (status != SN_OK)
            return status;
        if (!is_resolved(target, &out->solutions[i])) {
            snprintf(out->reason, sizeof out->reason,
                     "no solution in doubles: for z ~ N(%.6g, %.6g) one side of 0 has so little "
                     "weight that alpha hardly matters, and is lost in rounding",
                     x, y);
            return SN_OK;
        }
    }
    out->count = count;
    explain(target, x, y, &q, out);
    return SN_OK;
}
