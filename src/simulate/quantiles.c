/* Quantiles from counts. Numbers are counted in bins of width h = 2^e, x in bin floor(x / h); e is
 * the smallest for which all numbers so far fit into 2^15 bins. When a new one does not, e grows
 * and bins merge, which is exact: floor(floor(x / h) / 2) = floor(x / 2h). So at the end e and all
 * counts are those the whole set asks for, whatever it was cut into. The table has twice as many
 * bins, so that counts need not move for numbers that exceed the others a little.
 *
 * The bins fit with less than a factor 2 to spare, so h is at most 1/16383 of the distance from
 * the least number to the largest: 1/500 of a deviation where that distance is below 32
 * deviations. This bounds the error at an atom; elsewhere interpolation does much better. An atom
 * at either end, as that of ReLU, is met exactly: no quantile is outside what was seen.
 */
#include "simulate/quantiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"

enum {
    LOG_USED = 15,
    USED = 1 << LOG_USED, /* so many bins the numbers may span */
    BINS = 2 * USED,
    BLOCK = 1024,
    GROUP = 64,
    LEAST_EXPONENT = -1000
};

const unsigned sn_quantile_permille[SN_QUANTILES] = {1, 10, 50, 250, 500, 750, 950, 990, 999};

size_t sn_quantiles_bytes(void)
{
    return 2 * BINS * sizeof(uint32_t);
}

bool sn_quantiles_init(sn_quantiles *quantiles)
{
    *quantiles = (sn_quantiles){0};
    quantiles->counts = calloc(BINS, sizeof *quantiles->counts);
    quantiles->spare = calloc(BINS, sizeof *quantiles->spare);
    return quantiles->counts != NULL && quantiles->spare != NULL;
}

void sn_quantiles_clear(sn_quantiles *quantiles)
{
    free(quantiles->counts);
    free(quantiles->spare);
    *quantiles = (sn_quantiles){0};
}

static double bin_of(double x, int exponent)
{
    return floor(x * ldexp(1, -exponent));
}

/* Where in the table x is counted. */
static size_t place_of(const sn_quantiles *quantiles, double x)
{
    return (size_t)(bin_of(x, quantiles->exponent) - quantiles->base);
}

void sn_quantiles_forget(sn_quantiles *quantiles)
{
    if (quantiles->count == 0)
        return;
    const size_t first = place_of(quantiles, quantiles->least);
    const size_t bins = place_of(quantiles, quantiles->most) - first + 1;
    memset(quantiles->counts + first, 0, bins * sizeof *quantiles->counts);
    quantiles->count = 0;
}

/* The smallest exponent by which numbers from least to most fit into the bins; none so small that
 * the number of a bin is not exact. */
static int exponent_for(double least, double most)
{
    const double distance = most - least, size = fmax(fabs(least), fabs(most));
    int exponent = LEAST_EXPONENT;
    if (size > 0 && ilogb(size) - 50 > exponent)
        exponent = ilogb(size) - 50;
    if (distance > 0 && ilogb(distance) - LOG_USED + 1 > exponent) /* one less is too little */
        exponent = ilogb(distance) - LOG_USED + 1;
    while (bin_of(most, exponent) - bin_of(least, exponent) >= USED)
        exponent++;
    return exponent;
}

static void move_counts(sn_quantiles *quantiles, int exponent, double base)
{
    const double scale = ldexp(1, quantiles->exponent - exponent);
    const size_t last = place_of(quantiles, quantiles->most);
    uint32_t *to = quantiles->spare, *from = quantiles->counts;
    for (size_t i = place_of(quantiles, quantiles->least); i <= last; i++) {
        if (from[i] != 0)
            to[(size_t)(floor((quantiles->base + (double)i) * scale) - base)] += from[i];
        from[i] = 0;
    }
    quantiles->counts = to;
    quantiles->spare = from; /* all 0 again */
}

/* Lets the bins reach from least to most, with equal room on both sides. */
static void fit(sn_quantiles *quantiles, double least, double most)
{
    const int exponent = exponent_for(least, most);
    const double low = bin_of(least, exponent), high = bin_of(most, exponent);
    const bool inside = low >= quantiles->base && high < quantiles->base + BINS;
    if (quantiles->count > 0 && exponent == quantiles->exponent && inside)
        return;
    const double base = low - floor((BINS - 1 - (high - low)) / 2);
    if (quantiles->count > 0)
        move_counts(quantiles, exponent, base);
    quantiles->exponent = exponent;
    quantiles->base = base;
}

/* Least and largest of n >= 1 numbers, by 8 lanes. */
SN_CLONES
static void find_ends(size_t n, const double *x, double *least, double *most)
{
    double low[8], high[8];
    for (size_t i = 0; i < 8; i++)
        low[i] = high[i] = x[0];
    const size_t whole = n - n % 8;
    for (size_t k = 0; k < whole; k += 8) {
#pragma omp simd
        for (size_t i = 0; i < 8; i++) {
            low[i] = x[k + i] < low[i] ? x[k + i] : low[i];
            high[i] = x[k + i] > high[i] ? x[k + i] : high[i];
        }
    }
    for (size_t k = whole; k < n; k++) {
        low[0] = x[k] < low[0] ? x[k] : low[0];
        high[0] = x[k] > high[0] ? x[k] : high[0];
    }
    for (size_t i = 1; i < 8; i++) {
        low[0] = low[i] < low[0] ? low[i] : low[0];
        high[0] = high[i] > high[0] ? high[i] : high[0];
    }
    *least = low[0];
    *most = high[0];
}

/* Less the base, no number is below 0, and the integer part is the floor; only where the difference
 * was rounded up to the next bin has it to be taken back. floor itself is not vectorised. */
SN_CLONES
static void find_bins(size_t n, const double *x, double scale, double base, uint32_t *bin)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double at = x[i] * scale;
        const int32_t k = (int32_t)(at - base);
        bin[i] = (uint32_t)(k - (base + (double)k > at));
    }
}

static void count_block(sn_quantiles *quantiles, size_t n, const double *x)
{
    uint32_t bin[BLOCK];
    find_bins(n, x, ldexp(1, -quantiles->exponent), quantiles->base, bin);
    for (size_t i = 0; i < n; i++)
        quantiles->counts[bin[i]]++;
}

void sn_quantiles_add(sn_quantiles *quantiles, size_t n, const double *x)
{
    if (n == 0)
        return;
    double least, most;
    find_ends(n, x, &least, &most);
    if (quantiles->count > 0 && quantiles->least < least)
        least = quantiles->least;
    if (quantiles->count > 0 && quantiles->most > most)
        most = quantiles->most;
    if (quantiles->count == 0 || least < quantiles->least || most > quantiles->most)
        fit(quantiles, least, most);
    quantiles->least = least;
    quantiles->most = most;
    quantiles->count += n;
    for (size_t k = 0; k < n; k += BLOCK)
        count_block(quantiles, n - k < BLOCK ? n - k : BLOCK, x + k);
}

SN_CLONES
static uint64_t count_group(const uint32_t *counts)
{
    uint64_t sum = 0;
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < GROUP; i++)
        sum += counts[i];
    return sum;
}

/* The share `part` of the way through bin i. */
static double value_at(const sn_quantiles *quantiles, size_t i, double part)
{
    const double x = ldexp(quantiles->base + (double)i + part, quantiles->exponent);
    return fmin(fmax(x, quantiles->least), quantiles->most);
}

/* Whole groups of bins are passed over, then single ones. */
static void find(const sn_quantiles *quantiles, double at[SN_QUANTILES])
{
    const uint64_t n = (uint64_t)quantiles->count;
    size_t i = place_of(quantiles, quantiles->least) / GROUP * GROUP;
    uint64_t below = 0; /* how many are in the bins before i */
    for (size_t q = 0; q < SN_QUANTILES; q++) {
        const uint64_t share = sn_quantile_permille[q];
        const uint64_t rank = n / 1000 * share + (n % 1000 * share + 999) / 1000;
        for (uint64_t here; below + (here = quantiles->counts[i]) < rank;) {
            if (i % GROUP == 0) {
                const uint64_t group = count_group(quantiles->counts + i);
                if (below + group < rank) {
                    below += group;
                    i += GROUP;
                    continue;
                }
            }
            below += here;
            i++;
        }
        const double wanted = (double)n * (double)share / 1000 - (double)below;
        at[q] = value_at(quantiles, i, wanted / (double)quantiles->counts[i]);
    }
}

void sn_quantiles_find(const sn_quantiles *quantiles, double at[SN_QUANTILES])
{
    for (size_t q = 0; q < SN_QUANTILES; q++)
        at[q] = NAN;
    if (quantiles->count > 0)
        find(quantiles, at);
}
