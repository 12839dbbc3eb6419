/* central.h: skewness and kurtosis of numbers that come in parts. Not installed. */
#ifndef SELFNORM_SIMULATE_CENTRAL_H
#define SELFNORM_SIMULATE_CENTRAL_H

#include <stddef.h>

/* Sums of powers of the deviations from the mean; {0} of no numbers. */
typedef struct sn_central {
    double count, mean;
    double second, third, fourth;
} sn_central;

/* Adds n numbers, or those of *more. Numbers that are all equal leave second == 0 exactly. */
void sn_central_add(sn_central *central, size_t n, const double *x);
void sn_central_merge(sn_central *central, const sn_central *more);

/* m3 / m2^1.5 and m4 / m2^2 - 3, where mk is the mean k-th power. NaN where m2 is 0, and where the
 * powers leave the doubles, as they do for deviations below 1e-77 or above 1e75. */
double sn_central_skewness(const sn_central *central);
double sn_central_excess_kurtosis(const sn_central *central);

#endif
