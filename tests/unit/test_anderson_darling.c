/* Anderson and Darling's statistic against its formula in 30 digits, and the share of Gaussian
 * samples that it rejects. */
#include "simulate/anderson_darling.h"

#include <math.h>

#include "harness.h"
#include "sampling.h"
#include "simulate/random.h"

enum { MOST = 4096 };

static void expect_near(double found, double expected)
{
    ck_assert_double_eq_tol(found, expected, 1e-11 * (1 + expected));
}

/* mpmath, 30 digits, the textbook sum over both tails with Phi from erfc: n, and the statistic of n
 * uniform numbers plus 2.385 and of n numbers 1 / (0.001 + u), in doubles, from seeds n, n + 1. */
static const struct {
    size_t n;
    double uniform, reciprocal;
} references[] = {
    {8, 0.25720505080953889, 1.1076755323660738},
    {17, 0.49146970975640401, 2.6616799011554185},
    {100, 1.9648227225673807, 27.846338553647253},
    {1000, 11.213054484262103, 268.32332257158796},
};

START_TEST(the_statistic_is_the_formula)
{
    double x[MOST], room[MOST];
    for (size_t k = 0; k < sizeof references / sizeof references[0]; k++) {
        const size_t n = references[k].n;
        sampler uniform = {n}, reciprocal = {n + 1};
        for (size_t i = 0; i < n; i++)
            x[i] = 2.385 + sample_uniform(&uniform, 0, 1);
        expect_near(sn_anderson_darling(n, x, room), references[k].uniform);
        for (size_t i = 1; i < n; i++)
            ck_assert(x[i - 1] <= x[i]);
        for (size_t i = 0; i < n; i++)
            x[i] = 1 / (0.001 + sample_uniform(&reciprocal, 0, 1));
        expect_near(sn_anderson_darling(n, x, room), references[k].reciprocal);
    }
}
END_TEST

/* 0 ... 6 in turn and one number 20 and 50 deviations away, where erfc is 0. By mpmath. */
START_TEST(far_tails_are_as_exact)
{
    static const size_t sizes[] = {400, 2500};
    static const double expected[] = {154.47087952104662, 965.51773292003876};
    double x[MOST], room[MOST];
    for (size_t k = 0; k < 2; k++)
        for (double sign = -1; sign <= 1; sign += 2) {
            const size_t n = sizes[k];
            for (size_t i = 0; i < n - 1; i++)
                x[i] = sign * (double)(i % 7);
            x[n - 1] = sign * 1e6;
            expect_near(sn_anderson_darling(n, x, room), expected[k]);
        }
}
END_TEST

START_TEST(neither_place_nor_scale_nor_order_matters)
{
    double x[MOST], room[MOST];
    sampler s = {5};
    for (size_t n = 8; n < 200; n += 13) {
        double once[MOST], moved[MOST];
        for (size_t i = 0; i < n; i++)
            once[i] = sample_signed(&s, 0.1, 10);
        for (size_t i = 0; i < n; i++) {
            x[i] = once[n - 1 - i];
            moved[i] = 1024 * once[i];
        }
        const double statistic = sn_anderson_darling(n, once, room);
        expect_near(sn_anderson_darling(n, x, room), statistic);
        expect_near(sn_anderson_darling(n, moved, room), statistic);
    }
}
END_TEST

/* Of `count` samples the share rejected has a standard error of sqrt(0.05 0.95 / count). */
START_TEST(five_percent_of_gaussians_are_rejected)
{
    static const size_t sizes[] = {20, 100, 1000}, counts[] = {20000, 10000, 3000};
    double x[MOST], room[MOST];
    for (size_t k = 0; k < 3; k++) {
        size_t rejected = 0;
        for (size_t r = 0; r < counts[k]; r++) {
            const sn_stream stream = {.seed = 71, .row = (uint32_t)r, .layer = (uint32_t)k};
            sn_stream_normals_double(&stream, sizes[k], x);
            rejected += sn_anderson_darling(sizes[k], x, room) > SN_ANDERSON_DARLING_LIMIT;
        }
        const double share = (double)rejected / (double)counts[k];
        const double error = sqrt(0.05 * 0.95 / (double)counts[k]);
        NOTE("n = %zu: %.4f rejected, %.1f standard errors off", sizes[k], share,
             (share - 0.05) / error);
        ck_assert_double_lt(fabs(share - 0.05), 4 * error);
    }
}
END_TEST

START_TEST(nothing_is_said_of_what_cannot_be_tested)
{
    double room[MOST];
    for (size_t n = 0; n < SN_ANDERSON_DARLING_LEAST; n++) {
        double x[8] = {3, 1, 4, 1.5, 9, 2, 6, 5};
        ck_assert(isnan(sn_anderson_darling(n, x, room)));
    }
    double equal[9], bad[9];
    for (size_t i = 0; i < 9; i++)
        equal[i] = bad[i] = 0.1;
    ck_assert(isnan(sn_anderson_darling(9, equal, room)));
    bad[3] = INFINITY;
    ck_assert(isnan(sn_anderson_darling(9, bad, room)));
    bad[3] = NAN;
    ck_assert(isnan(sn_anderson_darling(9, bad, room)));
}
END_TEST

UNIT_MAIN("anderson_darling", the_statistic_is_the_formula, far_tails_are_as_exact,
          neither_place_nor_scale_nor_order_matters, five_percent_of_gaussians_are_rejected,
          nothing_is_said_of_what_cannot_be_tested)
