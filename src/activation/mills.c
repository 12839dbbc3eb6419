/* The Gaussian tail Z > v: its Mills ratio R, its mean excess h and its variance V.
 *
 * With R(v) = P(Z > v) / phi(v), h = 1/R - v and V = 1 - h/R. For v > 0 both differences cancel,
 * by factors of about v^2 and v^4, so h and V have rational approximations of their own, and then
 * R = 1/(v + h) without loss. For v < 0, 1/R = phi(v) / Phi(-v) < 0.8 and nothing is lost.
 *
 * The rationals, of type (11, 12) for h and (11, 13) for V, interpolate at Chebyshev points of
 * q = 5/(v + 5) over all v >= 0 with relative errors of 3e-18 and 2e-17. Their coefficients are
 * positive: the evaluation does not cancel either. In mpmath:
 *
 *   from mpmath import *; mp.dps = 100
 *   def tail(v):
 *       r = sqrt(pi/2) * exp(v*v/2) * erfc(v/sqrt(2)); h = 1/r - v
 *       return h, 1 - h/r
 *   def fit(k, n, c=mpf(5)):                       # h: fit(1, 12), V: fit(2, 13)
 *       size = 2*n - k + 1; A = matrix(size); b = matrix(size, 1)
 *       for i in range(size):
 *           q = (1 + cos(pi*(2*i + 1)/(2*size)))/2; v = c/q - c
 *           b[i] = tail(v)[k-1] * (v + c)**k
 *           for j in range(n - k + 1): A[i, j] = q**j
 *           for j in range(n): A[i, n-k+1+j] = -b[i] * q**(j+1)
 *       s = lu_solve(A, b)
 *       def powers(a, m):                          # sum of a_j q^j (v+c)^m in powers of v
 *           return [sum(a[j] * c**j * binomial(m-j, l) * c**(m-j-l) for j in range(m-l+1))
 *                   for l in range(m+1)]
 *       p = powers(list(s[:n-k+1]), n-k); q = powers([mpf(1)] + list(s[n-k+1:]), n)
 *       return [nstr(a/q[n], 17) for a in p], [nstr(a/q[n], 17) for a in q]
 */
#include "activation/mills.h"
#include "base/clones.h"

#include <cerf.h>
#include <float.h>
#include <math.h>
#include <stddef.h>

#define SQRT_HALF    0.70710678118654752440
#define SQRT_HALF_PI 1.25331413731550025121
#define ROOT_PHI_0   0.63161877774606470129 /* sqrt(phi(0)) = (2 pi)^(-1/4) */

/* Beyond it h = 1/v and V = 1/v^2 to the last bit, and v^13 is still far from overflow. */
#define FAR 1e20

static const double excess_above[] = {24278778.10468835,  37818878.144892499, 29685196.578099182,
                                      15246004.802168061, 5640136.5250470704, 1569837.2701985115,
                                      334645.69693203464, 54634.964070997596, 6710.2696949456293,
                                      593.47635484826239, 34.325719211798269, 1};
static const double excess_below[] = {30428935.835351936,
                                      61257171.997630434,
                                      60946010.154350592,
                                      39225209.936089149,
                                      18082381.799937171,
                                      6270607.9739805438,
                                      1675588.3403622326,
                                      347860.28200438426,
                                      55815.916780716403,
                                      6778.9211333690963,
                                      595.47635484826277,
                                      34.325719211798269,
                                      1};
static const double variance_above[] = {79064320.234294888, 103122401.14606602, 68972590.26351127,
                                        30589461.279705891, 9882675.0517977177, 2426780.2119097941,
                                        460857.31087799835, 67686.277779285277, 7562.2943199781007,
                                        617.57773589480342, 33.759421933653732, 1};
static const double variance_below[] = {217580138.43910431, 414325882.49034009,
                                        404026833.95998916, 260706683.57153416,
                                        122771126.49276322, 44283549.947131863,
                                        12546470.506940263, 2824385.7913404009,
                                        505758.44487596267, 71377.744194789164,
                                        7764.8508515792964, 623.57773589480541,
                                        33.75942193365373,  1};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* sum of c_i v^i for n <= 16, by Estrin's scheme: pairs, pairs of pairs, and so on. Its longest
 * chain of operations is a third of Horner's, and without a branch a loop around it fills vector
 * registers. */
static SN_INLINE double polynomial(const double *c, size_t n, double v)
{
#define C(i)    ((i) < n ? c[i] : 0)
#define PAIR(i) (C(i) + C((i) + 1) * v)
#define FOUR(i) (PAIR(i) + PAIR((i) + 2) * v2)
    const double v2 = v * v, v4 = v2 * v2, v8 = v4 * v4;
    return (FOUR(0) + FOUR(4) * v4) + (FOUR(8) + FOUR(12) * v4) * v8;
#undef FOUR
#undef PAIR
#undef C
}

typedef struct fraction {
    double above, below;
} fraction;

/* h(v) and V(v) for 0 <= v <= FAR. */
static SN_INLINE fraction excess_right(double v)
{
    return (fraction){polynomial(excess_above, COUNT(excess_above), v),
                      polynomial(excess_below, COUNT(excess_below), v)};
}

static SN_INLINE fraction variance_right(double v)
{
    return (fraction){polynomial(variance_above, COUNT(variance_above), v),
                      polynomial(variance_below, COUNT(variance_below), v)};
}

/* 1/R(v) = phi(v) / P(Z > v), for v < 0. */
static double hazard_left(double v)
{
    return 1 / (SQRT_HALF_PI * erfcx(v * SQRT_HALF));
}

double sn_tail_excess(double v)
{
    if (v < 0)
        return hazard_left(v) - v;
    if (v > FAR)
        return 1 / v;
    const fraction h = excess_right(v);
    return h.above / h.below;
}

double sn_tail_variance(double v)
{
    if (v < 0) {
        const double hazard = hazard_left(v);
        return 1 - hazard * (hazard - v);
    }
    if (v > FAR)
        return 1 / v / v;
    const fraction h = variance_right(v);
    return h.above / h.below;
}

double sn_tail_ratio(double v)
{
    return v < 0 ? 1 / hazard_left(v) : 1 / (v + sn_tail_excess(v));
}

sn_tail sn_tail_beyond(double v)
{
    if (v < 0) {
        const double hazard = hazard_left(v);
        return (sn_tail){1 / hazard, hazard - v, 1 - hazard * (hazard - v)};
    }
    const double excess = sn_tail_excess(v);
    return (sn_tail){1 / (v + excess), excess, sn_tail_variance(v)};
}

static SN_INLINE double limited(double v)
{
    return v > FAR ? FAR : v < -FAR ? -FAR : v;
}

SN_CLONES
void sn_tails_along(double v, double step, const double *restrict t, double *restrict ratio,
                    double *restrict excess)
{
    const double from = limited(v), by = limited(step);
#pragma omp simd
    for (size_t k = 0; k < SN_TAIL_LANES; k++) {
        const double at = fabs(from + by * t[k]);
        const fraction h = excess_right(at);
        ratio[k] = h.below / (at * h.below + h.above);
        excess[k] = h.above / h.below;
    }
}

SN_CLONES
void sn_tail_variances_along(double v, double step, const double *restrict t,
                             double *restrict variance)
{
    const double from = limited(v), by = limited(step);
#pragma omp simd
    for (size_t k = 0; k < SN_TAIL_LANES; k++) {
        const fraction h = variance_right(fabs(from + by * t[k]));
        variance[k] = h.above / h.below;
    }
}

/* The rounding of an exponent of 700 would cost 1e-13: d^2 and its quotient by 2y are taken
 * with their rounding errors, by fused multiply-adds, and the error applied to the result. */
double sn_root_density(double d, double y)
{
    const double square = d * d, denominator = 4 * y;
    if (!(square > DBL_MIN && square < DBL_MAX && denominator < DBL_MAX))
        return ROOT_PHI_0 * exp(d / y * d / -4);
    const double exponent = square / denominator;
    if (exponent > 800)
        return 0;
    const double rest = fma(-exponent, denominator, square) + fma(d, d, -square);
    return exp(-exponent) * (ROOT_PHI_0 - ROOT_PHI_0 * (rest / denominator));
}
