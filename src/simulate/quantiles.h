/* quantiles.h: quantiles of numbers that are counted, not kept. Not installed. */
#ifndef SELFNORM_SIMULATE_QUANTILES_H
#define SELFNORM_SIMULATE_QUANTILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is asked for, in thousandths, ascending. */
enum { SN_QUANTILES = 9 };
extern const unsigned sn_quantile_permille[SN_QUANTILES];

/* Counts in bins of width 2^exponent; the first bin begins at base * 2^exponent. Bins suit the
 * numbers seen so far, by themselves. */
typedef struct sn_quantiles {
    uint32_t *counts, *spare; /* spare: where counts move when the bins change */
    int exponent;
    double base;
    double least, most;
    size_t count;
} sn_quantiles;

/* false: out of memory; what there is, sn_quantiles_clear frees. */
size_t sn_quantiles_bytes(void);
bool sn_quantiles_init(sn_quantiles *quantiles);
void sn_quantiles_clear(sn_quantiles *quantiles);

void sn_quantiles_forget(sn_quantiles *quantiles); /* all numbers */

/* Adds n finite numbers below 1e300. */
void sn_quantiles_add(sn_quantiles *quantiles, size_t n, const double *x);

/* The quantiles of sn_quantile_permille: the number of rank ceil(share * count), within one bin,
 * which is at most 1/16383 of the distance from the least number to the largest, or 2^-50 of the
 * larger of the two. NaN when there are no numbers. The result depends on the numbers alone, not on
 * the parts or the order they came in. At most 2^32 - 1 numbers may fall into one bin. */
void sn_quantiles_find(const sn_quantiles *quantiles, double at[SN_QUANTILES]);

#endif
