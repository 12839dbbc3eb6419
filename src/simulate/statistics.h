/* statistics.h: counts, means and sums of squared deviations that lose no digits. Not installed. */
#ifndef SELFNORM_SIMULATE_STATISTICS_H
#define SELFNORM_SIMULATE_STATISTICS_H

#include <stddef.h>

#include "simulate/simulate.h"

/* What is known of a set of numbers; {0} of the empty one. */
typedef struct sn_tally {
    double count, mean;
    double squares; /* sum of squared deviations from the mean */
} sn_tally;

/* The tally of n >= 1 numbers. Numbers that are all equal give squares == 0 and their mean exactly;
 * one that is not finite, or squares beyond the doubles, make mean or squares not finite. Of
 * floats, the variance has a relative error below 1e-6 (1e-7 with what a network holds), and the
 * mean one below 1e-6 deviations; of doubles, 1e-13 and what rounding the mean costs. */
sn_tally sn_tally_of_float(size_t n, const float *x);
sn_tally sn_tally_of_double(size_t n, const double *x);

/* Adds the set of *more, or one number, to that of *tally. */
void sn_tally_merge(sn_tally *tally, const sn_tally *more);
void sn_tally_add(sn_tally *tally, double x);

/* The numbers' variance (divided by count: they are the whole set) and second moment. */
double sn_tally_variance(const sn_tally *tally);
double sn_tally_second_moment(const sn_tally *tally);

/* For numbers that are a sample of size count: the deviation of what they were drawn from, and
 * their mean with its standard error; NaN where the sample is too small to tell. */
double sn_tally_deviation(const sn_tally *tally);
sn_measured sn_tally_measured(const sn_tally *tally);

#endif
