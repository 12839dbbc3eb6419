/* cholesky.h: triangular factors of small dense matrices. Not installed. */
#ifndef SELFNORM_SIMULATE_CHOLESKY_H
#define SELFNORM_SIMULATE_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/* The upper triangular R with R^T R = A, in place: the upper triangle of a (n x n, row-major) is
 * read, and zeros are left below it. false, with a spoiled, as soon as the pivot of column j is not
 * above floor * reference[j], floor >= 0: of a singular matrix, an indefinite one, one with NaN. */
bool sn_cholesky(size_t n, double *a, const double *reference, double floor);

/* R of rank x n with R^T R = A, but for what is below the floor, of a positive semidefinite A that
 * is given whole. The rank pivots order[0], order[1], ... are the columns with the most left of
 * them in units of reference[j], in turn, until none has more than `floor` or `most` are taken; a
 * column whose reference is 0 is none. Columns of R stand where they stand in A, and R[i][order[k]]
 * is 0 for k < i. r has room for n x n numbers, order and left for n. Returns the rank. */
size_t sn_cholesky_pivoted(size_t n, const double *a, const double *reference, double floor,
                           size_t most, double *r, size_t *order, double *left);

#endif
