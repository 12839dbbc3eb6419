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
 *
 * Floats are measured in float, twice as many at once. No sum is longer than 16 terms before it
 * goes into a double, and the two passes make all terms small, so their rounding is all there is:
 * at worst 2^-23 for a squared deviation, 2^-24 for its square, 8 * 2^-24 for a sum of 16 that all
 * round the same way. Measured: 4.5e-7 of a variance at most. The first pass' mean, rounded to
 * float, is still as good a centre as any. What the squares of floats cannot hold is widened and
 * measured in double.
 */
#include "simulate/statistics.h"

#include <math.h>
#include <stdbool.h>

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

/* --- floats --- */

enum { RUN = 16, CHUNK = LANES * RUN, FLOAT_BLOCK = 8 * CHUNK };

static SN_INLINE double sum_about_float(size_t chunks, const float *x, float centre)
{
    double sum[LANES] = {0};
    for (size_t k = 0; k < chunks; k++, x += CHUNK) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            float s = 0;
            for (size_t j = 0; j < RUN; j++)
                s += x[j * LANES + i] - centre;
            sum[i] += (double)s;
        }
    }
    return add_lanes(sum);
}

static SN_INLINE double squares_about_float(size_t chunks, const float *x, float centre,
                                            double *remainder)
{
    double sum[LANES] = {0}, squares[LANES] = {0};
    for (size_t k = 0; k < chunks; k++, x += CHUNK) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            float s = 0, q = 0;
            for (size_t j = 0; j < RUN; j++) {
                const float d = x[j * LANES + i] - centre;
                s += d;
                q += d * d;
            }
            sum[i] += (double)s;
            squares[i] += (double)q;
        }
    }
    *remainder += add_lanes(sum);
    return add_lanes(squares);
}

/* What is left after the last whole chunk, and no deviation after that. */
static void fill_chunk(size_t n, const float *x, float centre, float chunk[CHUNK])
{
    for (size_t i = 0; i < CHUNK; i++)
        chunk[i] = i < n ? x[i] : centre;
}

/* n <= FLOAT_BLOCK numbers. */
SN_CLONES
static sn_tally tally_of_floats(size_t n, const float *x)
{
    const size_t chunks = n / CHUNK, rest = n % CHUNK;
    const float *const tail = x + chunks * CHUNK;
    const double count = (double)n;
    float last[CHUNK];
    double sum = sum_about_float(chunks, x, x[0]);
    if (rest > 0) {
        fill_chunk(rest, tail, x[0], last);
        sum += sum_about_float(1, last, x[0]);
    }
    const float centre = (float)((double)x[0] + sum / count);
    double remainder = 0, squares = squares_about_float(chunks, x, centre, &remainder);
    if (rest > 0) {
        fill_chunk(rest, tail, centre, last);
        squares += squares_about_float(1, last, centre, &remainder);
    }
    return (sn_tally){count, (double)centre + remainder / count,
                      squares - remainder * (remainder / count)};
}

/* Squares below 2^-126 are not whole, above 2^127 not at all. NaN is neither. */
static bool fits_float(const sn_tally *tally)
{
    const double variance = sn_tally_variance(tally);
    return variance > 0x1p-90 && variance < 0x1p100;
}

sn_tally sn_tally_of_float(size_t n, const float *x)
{
    sn_tally all = {0};
    for (size_t k = 0; k < n; k += FLOAT_BLOCK) {
        const size_t size = n - k < FLOAT_BLOCK ? n - k : FLOAT_BLOCK;
        sn_tally block = tally_of_floats(size, x + k);
        if (!fits_float(&block)) {
            double wide[FLOAT_BLOCK];
            for (size_t i = 0; i < size; i++)
                wide[i] = (double)x[k + i];
            block = sn_tally_of_double(size, wide);
        }
        sn_tally_merge(&all, &block);
    }
    return all;
}

/* --- tallies --- */

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
