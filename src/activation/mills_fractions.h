/* mills_fractions.h: the mean excess h(v) and the variance V(v) of the Gaussian tail beyond v >= 0
 * as fractions, inline, for mills.c and for loops that are to be vectorised.
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
#ifndef SELFNORM_ACTIVATION_MILLS_FRACTIONS_H
#define SELFNORM_ACTIVATION_MILLS_FRACTIONS_H

#include <stddef.h>

#include "base/clones.h"

/* Beyond it h = 1/v and V = 1/v^2 to the last bit, and v^13 is still far from overflow. */
#define TAIL_FAR 1e20

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

/* h(v) and V(v) for 0 <= v <= TAIL_FAR. */
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

/* The Mills ratio R(v) = 1/(v + h(v)). */
static SN_INLINE double ratio_of(fraction h, double v)
{
    return h.below / (v * h.below + h.above);
}

#endif
