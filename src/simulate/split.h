/* split.h: what of a layer's values the samples share, and what they do not. Not installed. */
#ifndef SELFNORM_SIMULATE_SPLIT_H
#define SELFNORM_SIMULATE_SPLIT_H

#include "simulate/statistics.h"

/* Of the neurons so far; {0} of none. */
typedef struct sn_split {
    sn_tally means; /* of the neurons' means over samples */
    double squares; /* sum of squared deviations of the values from their neuron's mean */
    double freedom; /* values less neurons: how many of these are independent */
} sn_split;

/* Adds rows x samples values, a neuron's side by side. */
void sn_split_add_float(sn_split *split, size_t rows, size_t samples, const float *x);
void sn_split_add_double(sn_split *split, size_t rows, size_t samples, const double *x);

/* The quantities of the same name (observables.h). NaN for a single sample; the correlation also
 * where all values are equal. */
double sn_split_overlap(const sn_split *split);
double sn_split_between_samples(const sn_split *split);
double sn_split_between_neurons(const sn_split *split);
double sn_split_correlation(const sn_split *split);

#endif
