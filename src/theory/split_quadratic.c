/* f = lambda (p + alpha n) with a given mean m and variance nu, exactly.
 *
 * p >= 0 is the part of f right of 0, n <= 0 the one left of it; they do not overlap. With P, P2, VP
 * the mean, second moment and variance of p and N < 0, N2, VN those of n,
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
#include "theory/split_quadratic.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

/* a - b, or 0 where that is all rounding: on a border of solvability to the last digits, the target
 * is taken to lie on it. */
static double difference(double a, double b, double error)
{
    return fabs(a - b) <= (4 * DBL_EPSILON + error) * a ? 0 : a - b;
}

sn_split_quadratic sn_split_quadratic_of(double m, double nu, const sn_moments *right,
                                         const sn_moments *left)
{
    const double rms = hypot(m, sqrt(nu)), error = right->error + left->error;
    const double rms_right = sqrt(right->second), rms_left = sqrt(left->second);
    sn_split_quadratic q = {.m = m / rms,
                            .p = right->mean / rms_right,
                            .n = -left->mean / rms_left,
                            .alpha_unit = rms_right / rms_left,
                            .lambda_unit = rms / rms_right};
    const double variance = (sqrt(nu) / rms) * (sqrt(nu) / rms);
    const double variance_right = right->variance / right->second;
    const double spread = sqrt(left->variance) / left->mean;
    q.s = spread * spread;
    q.a = difference(variance, q.m * q.m * q.s, error);
    q.b = q.m * (1 + q.s) * q.p;
    q.c = 1 + (1 + q.s) * q.p * q.p;
    q.g = variance * q.p * q.p - q.m * q.m * variance_right;
    q.excess = (q.s * variance_right - q.p * q.p) / q.c;
    q.d = q.a > 0 ? q.b * q.b + q.a * q.c : q.c * difference(variance, q.m * q.m * q.excess, error);
    return q;
}

bool sn_split_is_usable(const sn_split_quadratic *q)
{
    return q->n > 0 && q->p > 0 && isfinite(q->d) && isfinite(q->alpha_unit)
           && isfinite(q->lambda_unit);
}

size_t sn_split_roots(const sn_split_quadratic *q, sn_split_root roots[SN_MAX_SPLIT_ROOTS])
{
    if (q->a <= 0 && !(q->m > 0 && q->d >= 0))
        return 0;
    const double alpha = q->alpha_unit, lambda = q->lambda_unit;
    const double sqrt_d = sqrt(q->d);
    const double larger = q->p + fabs(q->m) * sqrt_d;
    const sn_split_root near = {q->g / (q->n * larger) * alpha, (q->b + sqrt_d) / q->c * lambda};
    const sn_split_root far = {larger / (q->n * q->a) * alpha,
                               -q->a / (q->b + copysign(sqrt_d, q->m)) * lambda};
    if (q->a > 0) {
        roots[0] = q->m < 0 ? far : near;
        return 1;
    }
    roots[0] = near;
    roots[1] = far;
    return q->a < 0 && q->d > 0 ? 2 : 1;
}

void sn_split_explain(const sn_split_quadratic *q, size_t count, double m, double nu,
                      const char *law, char *text, size_t size)
{
    const double ratio = nu / (m * m);
    if (m == 0)
        snprintf(text, size, "mean 0 fixes alpha, the variance then fixes lambda: one solution");
    else if (q->a > 0)
        snprintf(text, size,
                 "one solution: variance / mean^2 = %.6g is above %.6g, the limit of alpha -> %s "
                 "for z ~ %s",
                 ratio, q->s, m < 0 ? "infinity" : "-infinity", law);
    else if (m > 0 && q->d == 0)
        snprintf(text, size,
                 "one solution: variance / mean^2 = %.6g is to rounding the least that any alpha "
                 "with lambda > 0 gives for z ~ %s; two solutions meet there",
                 ratio, law);
    else if (count > 0)
        snprintf(text, size,
                 "%s: variance / mean^2 = %.6g is between %.6g, the least that any alpha with "
                 "lambda > 0 gives, and %.6g, the limit of alpha -> -infinity, for z ~ %s",
                 count == 1 ? "one solution" : "two solutions", ratio, q->excess, q->s, law);
    else if (m < 0)
        snprintf(text, size,
                 "no solution: the variance %.6g is too small for the negative mean %.6g; variance "
                 "/ mean^2 = %.6g, but for z ~ %s every alpha with lambda > 0 gives "
                 "more than %.6g, the limit of alpha -> infinity",
                 nu, m, ratio, law, q->s);
    else
        snprintf(text, size,
                 "no solution: the mean %.6g is too large for the variance %.6g; variance / mean^2 "
                 "= %.6g, but for z ~ %s no alpha with lambda > 0 gives less than %.6g",
                 m, nu, ratio, law, q->excess);
}
