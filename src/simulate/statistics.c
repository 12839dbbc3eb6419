/* Counts, means and sums of squared deviations that lose no digits.
 *
 * Numbers are measured in blocks that stay in cache, in double precision and two passes. The first
 * sums the deviations from the block's first number a, which gives the mean m = a + sum (x - a) / n
 * without cancellation and exactly where all numbers are equal; the second sums (x - m) and (x -
 * m)^2, and
 *
 *     S = sum (x - m)^2 - (sum (x - m))^2 / n
 *
 * takes away what the rounding of m put in. So a variance of 1e-12 beside a squared mean of 1 is as
 * good as any other. Two sets merge by the formula of Chan, Golub and LeVeque (1979):
 *
 *     m = m_a + (m_b - m_a) n_b / n,    S = S_a + S_b + (m_b - m_a)^2 n_a n_b / n.
 *
 * Sums run in 16 lanes that are added in one fixed order, whatever the width of the vectors.
 */
#include "simulate/statistics.h"

#include <math.h>

#include "base/clones.h"

enum { LANES = 16, BLOCK = 512 };

static SN_INLINE double add_lanes(double lanes[LANES])
{
    for (size_t width = LANES / 2; width > 0; width /= 2)
        for (size_t i = 0; i < width; i++)
            lanes[i] += lanes[i + width];
    return lanes[0];
}

static SN_INLINE double sum_about(size_t n, const double *x, double centre)
{
    double sum[LANES] = {0};
    const size_t whole = n - n % LANES;
    for (size_t k = 0; k < whole; k += LANES) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++)
            sum[i] += x[k + i] - centre;
    }
    for (size_t k = whole; k < n; k++)
        sum[k - whole] += x[k] - centre;
    return add_lanes(sum);
}

static SN_INLINE double squares_about(size_t n, const double *x, double centre, double *remainder)
{
    double sum[LANES] = {0}, squares[LANES] = {0};
    const size_t whole = n - n % LANES;
    for (size_t k = 0; k < whole; k += LANES) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            const double d = x[k + i] - centre;
            sum[i] += d;
            squares[i] += d * d;
        }
    }
    for (size_t k = whole; k < n; k++) {
        const double d = x[k] - centre;
        sum[k - whole] += d;
        squares[k - whole] += d * d;
    }
    *remainder = add_lanes(sum);
    return add_lanes(squares);
}

/* A comparison, not fmax, at the end: that would turn NaN into 0. */
SN_CLONES
static sn_tally tally_of_block(size_t n, const double *x)
{
    const double count = (double)n;
    const double mean = x[0] + sum_about(n, x, x[0]) / count;
    double remainder;
    const double squares = squares_about(n, x, mean, &remainder);
    const double corrected = squares - remainder * (remainder / count);
    return (sn_tally){count, mean, corrected < 0 ? 0 : corrected};
}

SN_CLONES
static void widen(size_t n, const float *x, double *out)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++)
        out[i] = (double)x[i];
}

static size_t block_size(size_t left)
{
    return left < BLOCK ? left : BLOCK;
}

sn_tally sn_tally_of_double(size_t n, const double *x)
{
    sn_tally all = {0};
    for (size_t k = 0; k < n; k += BLOCK) {
        const sn_tally block = tally_of_block(block_size(n - k), x + k);
        sn_tally_merge(&all, &block);
    }
    return all;
}

sn_tally sn_tally_of_float(size_t n, const float *x)
{
    sn_tally all = {0};
    double wide[BLOCK];
    for (size_t k = 0; k < n; k += BLOCK) {
        const size_t size = block_size(n - k);
        widen(size, x + k, wide);
        const sn_tally block = tally_of_block(size, wide);
        sn_tally_merge(&all, &block);
    }
    return all;
}

void sn_tally_merge(sn_tally *tally, const sn_tally *more)
{
    if (more->count == 0)
        return;
    if (tally->count == 0) {
        *tally = *more;
        return;
    }
    const double count = tally->count + more->count, share = more->count / count;
    const double step = more->mean - tally->mean;
    tally->mean += step * share;
    tally->squares += more->squares + step * (step * share * tally->count);
    tally->count = count;
}

void sn_tally_add(sn_tally *tally, double x)
{
    const sn_tally one = {1, x, 0};
    sn_tally_merge(tally, &one);
}

double sn_tally_variance(const sn_tally *tally)
{
    return tally->squares / tally->count;
}

double sn_tally_second_moment(const sn_tally *tally)
{
    return tally->mean * tally->mean + sn_tally_variance(tally);
}

double sn_tally_deviation(const sn_tally *tally)
{
    return tally->count > 1 ? sqrt(tally->squares / (tally->count - 1)) : NAN;
}

sn_measured sn_tally_measured(const sn_tally *tally)
{
    return (sn_measured){
        .value = tally->count > 0 ? tally->mean : NAN,
        .se = sn_tally_deviation(tally) / sqrt(tally->count),
    };
}
