/* anderson_darling.h: are numbers Gaussian? Not installed. */
#ifndef SELFNORM_SIMULATE_ANDERSON_DARLING_H
#define SELFNORM_SIMULATE_ANDERSON_DARLING_H

#include <stddef.h>

/* Below how many numbers it says nothing, and above which A^2 a Gaussian is rejected at 5 %. */
enum { SN_ANDERSON_DARLING_LEAST = 8 };
#define SN_ANDERSON_DARLING_LIMIT 0.752

/* A^2 of n numbers against a Gaussian with their own mean and variance, times
 * 1 + 0.75/n + 2.25/n^2, which gives it about the same law for every n (D'Agostino and Stephens,
 * Goodness-of-Fit Techniques, 1986, table 4.7). x comes back sorted; room is for n more numbers.
 * NaN for fewer than SN_ANDERSON_DARLING_LEAST numbers, equal ones, or one that is not finite. */
double sn_anderson_darling(size_t n, double *x, double *room);

#endif
