/* Cholesky factors: that they multiply to the matrix, where they stop, and what they choose. */
#include "simulate/cholesky.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"

enum { MOST = 150 };

/* A = Y^T Y of random Y, rank x n, its columns of sizes from 1e-6 to 1e6 where uneven. */
static void make(sampler *s, size_t n, size_t rank, bool uneven, double *a)
{
    static double y[MOST * MOST], size[MOST];
    for (size_t j = 0; j < n; j++)
        size[j] = uneven ? fabs(sample_signed(s, 1e-6, 1e6)) : 1;
    for (size_t i = 0; i < rank * n; i++)
        y[i] = sample_uniform(s, -1, 1) * size[i % n];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t k = 0; k < rank; k++)
                sum += y[k * n + i] * y[k * n + j];
            a[i * n + j] = sum;
        }
}

static void diagonal_of(size_t n, const double *a, double *diagonal)
{
    for (size_t j = 0; j < n; j++)
        diagonal[j] = a[j * n + j];
}

/* The largest |R^T R - A| over the roots of the two diagonals, R of `rank` rows. */
static double misfit(size_t n, size_t rank, const double *r, const double *a)
{
    double worst = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = -a[i * n + j];
            for (size_t k = 0; k < rank; k++)
                sum += r[k * n + i] * r[k * n + j];
            worst = fmax(worst, fabs(sum) / sqrt(a[i * n + i] * a[j * n + j]));
        }
    return worst;
}

START_TEST(the_plain_factor_is_triangular_and_multiplies_to_the_matrix)
{
    static double a[MOST * MOST], r[MOST * MOST], diagonal[MOST];
    static const size_t sizes[] = {1, 2, 7, 31, 32, 33, 64, 97, 150};
    sampler s = {17};
    for (size_t t = 0; t < sizeof sizes / sizeof sizes[0]; t++) {
        const size_t n = sizes[t];
        make(&s, n, MOST, t % 2 == 1, a);
        diagonal_of(n, a, diagonal);
        memcpy(r, a, n * n * sizeof *r);
        for (size_t i = 1; i < n; i++) /* what is below the diagonal is not read */
            for (size_t j = 0; j < i; j++)
                r[i * n + j] = NAN;
        ck_assert(sn_cholesky(n, r, diagonal, 1e-8));
        ck_assert_double_lt(misfit(n, n, r, a), 2e-15);
        for (size_t i = 0; i < n; i++) {
            ck_assert_double_gt(r[i * n + i], 0);
            for (size_t j = 0; j < i; j++)
                ck_assert_double_eq(r[i * n + j], 0);
        }
    }
}
END_TEST

/* [1 c; c 1] has the pivots 1 and 1 - c^2, wherever it stands in a larger matrix. */
START_TEST(the_plain_factor_refuses_small_pivots_and_only_those)
{
    const double c = 0.8, second = 0.36;
    enum { N = 70 };
    static double a[N * N], diagonal[N];
    for (size_t at = 1; at < N; at++)
        for (int below = 0; below < 2; below++) {
            memset(a, 0, sizeof a);
            for (size_t j = 0; j < N; j++)
                a[j * N + j] = diagonal[j] = 4;
            a[(at / 2) * N + at] = 4 * c;
            const double floor = second * (below ? 1 - 1e-12 : 1 + 1e-12);
            ck_assert_int_eq(sn_cholesky(N, a, diagonal, floor), below);
        }
}
END_TEST

START_TEST(the_plain_factor_refuses_what_has_no_factor)
{
    double zero[1] = {0}, of_zero[1] = {0};
    ck_assert(!sn_cholesky(1, zero, of_zero, 0));
    double indefinite[4] = {1, 2, 0, 1}, ones[2] = {1, 1};
    ck_assert(!sn_cholesky(2, indefinite, ones, 0));
    for (size_t at = 0; at < 4; at++) {
        double bad[4] = {1, 0, 0, 1};
        if (at == 2)
            continue;
        bad[at] = NAN;
        ck_assert(!sn_cholesky(2, bad, ones, 0));
        bad[at] = INFINITY;
        ck_assert(!sn_cholesky(2, bad, ones, 0));
    }
}
END_TEST

START_TEST(the_pivoted_factor_finds_the_rank_whatever_the_scale_of_the_columns)
{
    static double a[MOST * MOST], r[MOST * MOST], diagonal[MOST], left[MOST];
    static size_t order[MOST];
    static const size_t cases[][2] = {{1, 1}, {5, 2}, {40, 39}, {64, 64}, {90, 7}, {150, 61}};
    sampler s = {18};
    for (size_t t = 0; t < sizeof cases / sizeof cases[0]; t++)
        for (int uneven = 0; uneven < 2; uneven++) {
            const size_t n = cases[t][0];
            make(&s, n, cases[t][1], uneven, a);
            diagonal_of(n, a, diagonal);
            const size_t rank =
                sn_cholesky_pivoted(n, a, diagonal, (double)n * 0x1p-52, n, r, order, left);
            ck_assert_uint_eq(rank, cases[t][1]);
            ck_assert_double_lt(misfit(n, rank, r, a), 1e-13);
            for (size_t i = 0; i < rank; i++) {
                ck_assert_double_gt(r[i * n + order[i]], 0);
                for (size_t k = 0; k < i; k++)
                    ck_assert_double_eq(r[i * n + order[k]], 0);
            }
        }
}
END_TEST

/* Columns 0 and 2 are equal, 1 is zero, 3 is its own; then the most that may be taken. */
START_TEST(the_pivoted_factor_passes_over_zeros_and_stops_where_told)
{
    const double a[16] = {4, 0, 4, 1, 0, 0, 0, 0, 4, 0, 4, 1, 1, 0, 1, 9};
    const double diagonal[4] = {4, 0, 4, 9};
    double r[16], left[4];
    size_t order[4];
    ck_assert_uint_eq(sn_cholesky_pivoted(4, a, diagonal, 1e-15, 4, r, order, left), 2);
    ck_assert_uint_eq(order[0], 0);
    ck_assert_uint_eq(order[1], 3);
    ck_assert_double_eq(r[0], 2);
    ck_assert_double_eq(r[2], 2);
    ck_assert_double_eq(r[3], 0.5);
    ck_assert_double_eq_tol(r[4 + 3], sqrt(8.75), 1e-15);
    ck_assert_double_eq(r[4 + 2], 0);
    ck_assert_uint_eq(sn_cholesky_pivoted(4, a, diagonal, 1e-15, 1, r, order, left), 1);
    ck_assert_uint_eq(sn_cholesky_pivoted(4, a, diagonal, 0.98, 4, r, order, left), 1);
    const double nothing[4] = {0};
    ck_assert_uint_eq(sn_cholesky_pivoted(2, nothing, nothing, 1e-15, 2, r, order, left), 0);
}
END_TEST

UNIT_MAIN("cholesky", the_plain_factor_is_triangular_and_multiplies_to_the_matrix,
          the_plain_factor_refuses_small_pivots_and_only_those,
          the_plain_factor_refuses_what_has_no_factor,
          the_pivoted_factor_finds_the_rank_whatever_the_scale_of_the_columns,
          the_pivoted_factor_passes_over_zeros_and_stops_where_told)
