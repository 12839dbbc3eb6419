/* split_quadratic.h: which alpha and lambda give f = lambda (p + alpha n) a mean and a variance,
 * where p >= 0 and n <= 0 do not overlap. Not installed; constants.c and the designs call it. */
#ifndef SELFNORM_THEORY_SPLIT_QUADRATIC_H
#define SELFNORM_THEORY_SPLIT_QUADRATIC_H

#include "activation/activation.h"

/* The letters of split_quadratic.c, in units in which K = P2 = N2 = 1; n is |N|, and excess the
 * least nu / m^2 that lambda > 0 and m > 0 allow. */
typedef struct sn_split_quadratic {
    double m, p, n, s, a, b, c, g, d;
    double excess;
    double alpha_unit, lambda_unit;
} sn_split_quadratic;

typedef struct sn_split_root {
    double alpha, lambda;
} sn_split_root;

enum { SN_MAX_SPLIT_ROOTS = 2 };

/* Of the moments of p and of n, for the target mean m and variance nu > 0. A target within the
 * moments' errors and a few roundings of a border of solvability is taken to lie on it. */
sn_split_quadratic sn_split_quadratic_of(double m, double nu, const sn_moments *right,
                                         const sn_moments *left);

/* One side of 0 may be so far off that its moments leave the doubles. */
bool sn_split_is_usable(const sn_split_quadratic *q);

/* The roots with lambda > 0, alpha descending; returns how many. Of one that is usable. */
size_t sn_split_roots(const sn_split_quadratic *q, sn_split_root roots[SN_MAX_SPLIT_ROOTS]);

/* Why there are so many, as a sentence; law is what z is, such as "N(0, 1)". */
void sn_split_explain(const sn_split_quadratic *q, size_t count, double m, double nu,
                      const char *law, char *text, size_t size);

#endif
