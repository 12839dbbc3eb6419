/* histogram.h: the shares of numbers in the bins of observables.h. Not installed. */
#ifndef SELFNORM_SIMULATE_HISTOGRAM_H
#define SELFNORM_SIMULATE_HISTOGRAM_H

#include <stdint.h>

#include "simulate/observables.h"

/* Four tables, whose counts add up: the bins, and what is below and above them. */
typedef struct sn_histogram {
    double mean, scale; /* bins per unit; NaN: there are none */
    uint64_t count;
    uint64_t counts[4][SN_HISTOGRAM_BINS + 2];
} sn_histogram;

/* No numbers yet, and bins about that mean, in units of that deviation. */
void sn_histogram_begin(sn_histogram *histogram, double mean, double deviation);

/* Adds n finite numbers. */
void sn_histogram_add(sn_histogram *histogram, size_t n, const double *x);

/* The shares of all numbers; their sum is below 1 where some are outside the bins. NaN where there
 * are no numbers, or no bins as the deviation is not a positive number. */
void sn_histogram_shares(const sn_histogram *histogram, double shares[SN_HISTOGRAM_BINS]);

#endif
