/* A number falls into bin floor((x - mean) / width), counted from the middle one. Four tables take
 * turns: with few bins the next number often falls into the same one, and would have to wait for
 * that count to be stored.
 */
#include "simulate/histogram.h"

#include <math.h>

#include "base/clones.h"

enum { HALF = SN_HISTOGRAM_BINS / 2, BLOCK = 1024 };

void sn_histogram_begin(sn_histogram *histogram, double mean, double deviation)
{
    const double scale = HALF / (SN_HISTOGRAM_END * deviation);
    const bool sound = isfinite(mean) && deviation > 0 && scale > 0 && isfinite(scale);
    *histogram = (sn_histogram){.mean = mean, .scale = sound ? scale : (double)NAN};
}

/* Below the bins 0, above them the last. Far numbers are cut before they are made integers. */
SN_CLONES
static void find_bins(size_t n, const double *x, double mean, double scale, uint8_t *bin)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        double at = (x[i] - mean) * scale + (HALF + 1);
        at = at < 0 ? 0 : at;
        at = at > SN_HISTOGRAM_BINS + 1 ? SN_HISTOGRAM_BINS + 1 : at;
        bin[i] = (uint8_t)(int32_t)at;
    }
}

void sn_histogram_add(sn_histogram *histogram, size_t n, const double *x)
{
    uint8_t bin[BLOCK];
    if (isnan(histogram->scale))
        return;
    histogram->count += n;
    for (size_t k = 0; k < n; k += BLOCK) {
        const size_t size = n - k < BLOCK ? n - k : BLOCK, whole = size - size % 4;
        find_bins(size, x + k, histogram->mean, histogram->scale, bin);
        for (size_t i = 0; i < whole; i += 4)
            for (size_t t = 0; t < 4; t++)
                histogram->counts[t][bin[i + t]]++;
        for (size_t i = whole; i < size; i++)
            histogram->counts[0][bin[i]]++;
    }
}

void sn_histogram_shares(const sn_histogram *histogram, double shares[SN_HISTOGRAM_BINS])
{
    for (size_t i = 0; i < SN_HISTOGRAM_BINS; i++) {
        uint64_t count = 0;
        for (size_t t = 0; t < 4; t++)
            count += histogram->counts[t][i + 1];
        shares[i] = histogram->count > 0 ? (double)count / (double)histogram->count : (double)NAN;
    }
}
