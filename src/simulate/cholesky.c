/* Cholesky factors in double precision, out of CBLAS alone.
 *
 * The plain one goes block by block: with A = [A11 A12; . A22] and A11 a small block,
 *
 *     R11^T R11 = A11,    R12 = R11^-T A12,    then A22 - R12^T R12 is factored likewise.
 *
 * A11 is done by hand, the rest by triangular solves and rank-k updates.
 *
 * The pivoted one takes the rows of R one at a time. With the rows before k known, what is left of
 * A is the Schur complement S = A - R^T R; its diagonal is kept, and row p of it is made when p is
 * the pivot:
 *
 *     R[k][j] = S[p][j] / sqrt(S[p][p]),    S[j][j] -= R[k][j]^2.
 *
 * No column moves, so that R is at once the factor of A as it stands. Pivots are compared in units
 * of each column's own reference: scaling a column does not change what is chosen.
 */
#include "simulate/cholesky.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "base/clones.h"

enum { BLOCK = 32 };

/* A diagonal block of m columns, in rows of length n. */
SN_CLONES
static bool factor_block(size_t n, size_t m, double *a, const double *reference, double floor)
{
    for (size_t i = 0; i < m; i++) {
        double *row = a + i * n;
        if (!(row[i] > floor * reference[i]) || row[i] == INFINITY)
            return false;
        row[i] = sqrt(row[i]);
        const double inverse = 1 / row[i];
        for (size_t j = i + 1; j < m; j++)
            row[j] *= inverse;
        for (size_t k = i + 1; k < m; k++) {
            const double factor = row[k];
#pragma omp simd
            for (size_t j = k; j < m; j++)
                a[k * n + j] -= factor * row[j];
        }
    }
    return true;
}

bool sn_cholesky(size_t n, double *a, const double *reference, double floor)
{
    for (size_t k = 0; k < n; k += BLOCK) {
        const size_t m = n - k < BLOCK ? n - k : BLOCK, rest = n - k - m;
        double *corner = a + k * n + k, *beside = corner + m, *below = corner + m * n + m;
        if (!factor_block(n, m, corner, reference + k, floor))
            return false;
        if (rest == 0)
            break;
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, (int)m,
                    (int)rest, 1, corner, (int)n, beside, (int)n);
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, (int)rest, (int)m, -1, beside, (int)n, 1,
                    below, (int)n);
    }
    for (size_t i = 1; i < n; i++)
        memset(a + i * n, 0, i * sizeof *a);
    return true;
}

/* The column with the most left; n where nothing is above the floor. Those taken have left 0. */
static size_t next_pivot(size_t n, const double *left, const double *reference, double floor)
{
    size_t best = n;
    double most = floor;
    for (size_t j = 0; j < n; j++)
        if (reference[j] > 0 && left[j] > most * reference[j]) {
            most = left[j] / reference[j];
            best = j;
        }
    return best;
}

size_t sn_cholesky_pivoted(size_t n, const double *a, const double *reference, double floor,
                           size_t most, double *r, size_t *order, double *left)
{
    for (size_t j = 0; j < n; j++)
        left[j] = a[j * n + j];
    size_t rank = 0;
    for (; rank < n && rank < most; rank++) {
        const size_t p = next_pivot(n, left, reference, floor);
        if (p == n)
            break;
        double *row = r + rank * n;
        memcpy(row, a + p * n, n * sizeof *row);
        if (rank > 0)
            cblas_dgemv(CblasRowMajor, CblasTrans, (int)rank, (int)n, -1, r, (int)n, r + p, (int)n,
                        1, row, 1);
        const double root = sqrt(left[p]);
        for (size_t j = 0; j < n; j++)
            row[j] /= root;
        row[p] = root;
        for (size_t k = 0; k < rank; k++)
            row[order[k]] = 0;
        for (size_t j = 0; j < n; j++)
            left[j] -= row[j] * row[j];
        left[p] = 0;
        order[rank] = p;
    }
    return rank;
}
