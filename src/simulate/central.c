/* Central moments up to the fourth. With the sums Mk of (x - m)^k of two sets a and b,
 * n = n_a + n_b and d = m_b - m_a, those of both together are (Pebay 2008, after Chan, Golub and
 * LeVeque)
 *
 *     M2 = M2a + M2b + d^2 n_a n_b / n
 *     M3 = M3a + M3b + d^3 n_a n_b (n_a - n_b) / n^2 + 3 d (n_a M2b - n_b M2a) / n
 *     M4 = M4a + M4b + d^4 n_a n_b (n_a^2 - n_a n_b + n_b^2) / n^3
 *        + 6 d^2 (n_a^2 M2b + n_b^2 M2a) / n^2 + 4 d (n_a M3b - n_b M3a) / n.
 *
 * Numbers are measured in blocks, in two passes: the first finds the block's mean from deviations
 * from its first number, the second the sums Sk of powers of d = x - m. What the rounding of m
 * leaves, r = S1 / n, is then taken out:
 *
 *     M2 = S2 - n r^2,    M3 = S3 - 3 r S2 + 2 n r^3,    M4 = S4 - 4 r S3 + 6 r^2 S2 - 3 n r^4.
 *
 * Sums run in 8 lanes that are added in one fixed order, whatever the width of the vectors.
 */
#include "simulate/central.h"

#include <float.h>
#include <math.h>

#include "base/clones.h"

enum { LANES = 8, BLOCK = 512 };

static SN_INLINE double add_lanes(const double lanes[LANES])
{
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
           + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

static SN_INLINE double mean_of(size_t n, const double *x)
{
    double sum[LANES] = {0};
    const size_t whole = n - n % LANES;
    for (size_t k = 0; k < whole; k += LANES) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++)
            sum[i] += x[k + i] - x[0];
    }
    for (size_t k = whole; k < n; k++)
        sum[k - whole] += x[k] - x[0];
    return x[0] + add_lanes(sum) / (double)n;
}

/* to[k - 1]: the sum of (x - centre)^k. */
static SN_INLINE void powers_about(size_t n, const double *x, double centre, double to[4])
{
    double first[LANES] = {0}, second[LANES] = {0}, third[LANES] = {0}, fourth[LANES] = {0};
    const size_t whole = n - n % LANES;
    for (size_t k = 0; k < whole; k += LANES) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            const double d = x[k + i] - centre, square = d * d;
            first[i] += d;
            second[i] += square;
            third[i] += square * d;
            fourth[i] += square * square;
        }
    }
    for (size_t k = whole; k < n; k++) {
        const double d = x[k] - centre, square = d * d;
        first[k - whole] += d;
        second[k - whole] += square;
        third[k - whole] += square * d;
        fourth[k - whole] += square * square;
    }
    to[0] = add_lanes(first);
    to[1] = add_lanes(second);
    to[2] = add_lanes(third);
    to[3] = add_lanes(fourth);
}

SN_CLONES
static sn_central central_of_block(size_t n, const double *x)
{
    double s[4];
    const double count = (double)n, mean = mean_of(n, x);
    powers_about(n, x, mean, s);
    const double r = s[0] / count, second = s[1] - count * r * r;
    return (sn_central){
        .count = count,
        .mean = mean,
        .second = second < 0 ? 0 : second,
        .third = s[2] - 3 * r * s[1] + 2 * count * r * r * r,
        .fourth = s[3] - 4 * r * s[2] + 6 * r * r * s[1] - 3 * count * r * r * r * r,
    };
}

void sn_central_add(sn_central *central, size_t n, const double *x)
{
    for (size_t k = 0; k < n; k += BLOCK) {
        const sn_central block = central_of_block(n - k < BLOCK ? n - k : BLOCK, x + k);
        sn_central_merge(central, &block);
    }
}

void sn_central_merge(sn_central *central, const sn_central *more)
{
    if (more->count == 0)
        return;
    if (central->count == 0) {
        *central = *more;
        return;
    }
    const sn_central *a = central, *b = more;
    const double count = a->count + b->count, d = b->mean - a->mean;
    const double p = a->count / count, q = b->count / count, weight = a->count * q;
    const sn_central both = {
        .count = count,
        .mean = a->mean + d * q,
        .second = a->second + b->second + d * d * weight,
        .third = a->third + b->third + d * d * d * weight * (p - q)
                 + 3 * d * (p * b->second - q * a->second),
        .fourth = a->fourth + b->fourth + d * d * d * d * weight * (p * p - p * q + q * q)
                  + 6 * d * d * (p * p * b->second + q * q * a->second)
                  + 4 * d * (p * b->third - q * a->third),
    };
    *central = both;
}

/* Where its square is a normal number, the higher powers are sound too. */
static double variance_of(const sn_central *central)
{
    const double variance = central->second / central->count, square = variance * variance;
    return square >= DBL_MIN && square <= DBL_MAX ? variance : NAN;
}

static double finite_or_nan(double x)
{
    return isfinite(x) ? x : (double)NAN;
}

double sn_central_skewness(const sn_central *central)
{
    const double variance = variance_of(central);
    return finite_or_nan(central->third / central->count / (variance * sqrt(variance)));
}

double sn_central_excess_kurtosis(const sn_central *central)
{
    const double variance = variance_of(central);
    return finite_or_nan(central->fourth / central->count / (variance * variance) - 3);
}
