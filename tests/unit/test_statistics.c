/* Tallies against two passes in long double, at offsets where the textbook formula is lost. */
#include "simulate/statistics.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "simulate/random.h"

static sn_tally reference(size_t n, const double *x)
{
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += (long double)x[i];
    const long double mean = sum / (long double)n;
    for (size_t i = 0; i < n; i++)
        squares += ((long double)x[i] - mean) * ((long double)x[i] - mean);
    return (sn_tally){(double)n, (double)mean, (double)squares};
}

/* The worse of the relative errors, as a part of what is allowed: 1e-13, and for the squares the
 * rounding of two means, 2^-53 |mean| each, in deviations. */
static double error_of(const sn_tally *found, const sn_tally *truth)
{
    ck_assert_double_eq(found->count, truth->count);
    const double ratio = fabs(truth->mean) / sqrt(truth->squares / truth->count);
    const double mean = fabs(found->mean - truth->mean) / fabs(truth->mean);
    const double squares = fabs(found->squares - truth->squares) / truth->squares;
    return fmax(mean / 1e-13, squares / (1e-13 + ratio * 0x1p-52));
}

static const size_t sizes[] = {2, 3, 15, 16, 17, 31, 511, 512, 513, 1000, 4999, 65536 + 7};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

START_TEST(doubles_keep_their_variance_at_any_offset)
{
    static const double offsets[] = {0.3, -2.385, 1e3, -1e6, 1e9}, deviations[] = {1, 1e-3, 1e3};
    double *x = malloc((1 << 17) * sizeof *x), worst = 0;
    for (size_t s = 0; s < SIZES; s++)
        for (size_t o = 0; o < 5; o++)
            for (size_t d = 0; d < 3; d++) {
                const sn_stream stream = {.seed = s, .row = (uint32_t)o, .layer = (uint32_t)d};
                sn_stream_normals_double(&stream, sizes[s], x);
                for (size_t i = 0; i < sizes[s]; i++)
                    x[i] = offsets[o] + deviations[d] * x[i];
                const sn_tally found = sn_tally_of_double(sizes[s], x);
                const sn_tally truth = reference(sizes[s], x);
                worst = fmax(worst, error_of(&found, &truth));
            }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    free(x);
}
END_TEST

START_TEST(floats_are_measured_in_double)
{
    float *x = malloc((1 << 17) * sizeof *x);
    double *wide = malloc((1 << 17) * sizeof *wide), worst = 0;
    for (size_t s = 0; s < SIZES; s++) {
        const sn_stream stream = {.seed = 8 + s};
        sn_stream_normals_float(&stream, sizes[s], x);
        for (size_t i = 0; i < sizes[s]; i++) {
            x[i] = 2385.5f + 0.01f * x[i];
            wide[i] = (double)x[i];
        }
        const sn_tally found = sn_tally_of_float(sizes[s], x);
        const sn_tally truth = reference(sizes[s], wide);
        worst = fmax(worst, error_of(&found, &truth));
    }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    free(x);
    free(wide);
}
END_TEST

START_TEST(parts_merge_to_the_whole)
{
    enum { N = 10007 };
    static const size_t cuts[] = {1, 2, 7, 100, 512, 5003, N - 1};
    double x[N], worst = 0;
    const sn_stream stream = {.seed = 99};
    sn_stream_normals_double(&stream, N, x);
    for (size_t i = 0; i < N; i++)
        x[i] = (i < N / 2 ? 1e5 : 1e5 + 30) + x[i];
    const sn_tally truth = reference(N, x);
    for (size_t c = 0; c < sizeof cuts / sizeof cuts[0]; c++) {
        sn_tally all = {0};
        for (size_t i = 0; i < N; i += cuts[c]) {
            const size_t left = N - i, size = left < cuts[c] ? left : cuts[c];
            const sn_tally part = sn_tally_of_double(size, x + i);
            sn_tally_merge(&all, &part);
        }
        const double merges = ceil((double)N / (double)cuts[c]); /* each rounds the mean */
        worst = fmax(worst, error_of(&all, &truth) / sqrt(merges));
    }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    const sn_tally nothing = {0};
    sn_tally same = truth;
    sn_tally_merge(&same, &nothing);
    ck_assert_mem_eq(&same, &truth, sizeof same);
}
END_TEST

START_TEST(equal_numbers_have_no_variance_at_all)
{
    enum { N = 2600 };
    float x[N];
    double y[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = 0.1f;
        y[i] = -1e5 / 3;
    }
    for (size_t n = 1; n <= N; n += 97) {
        const sn_tally a = sn_tally_of_float(n, x), b = sn_tally_of_double(n, y);
        ck_assert_double_eq(a.squares, 0);
        ck_assert_double_eq(b.squares, 0);
        ck_assert_double_eq(a.mean, (double)x[0]);
        ck_assert_double_eq(b.mean, y[0]);
    }
}
END_TEST

START_TEST(what_is_not_finite_is_seen)
{
    static const double bad[] = {INFINITY, -INFINITY, NAN};
    for (size_t b = 0; b < 3; b++)
        for (size_t place = 0; place < 1100; place += 37) {
            float x[1100] = {0};
            double y[1100] = {0};
            x[place] = (float)bad[b];
            y[place] = bad[b];
            const sn_tally f = sn_tally_of_float(1100, x), d = sn_tally_of_double(1100, y);
            ck_assert(!isfinite(sn_tally_second_moment(&f)));
            ck_assert(!isfinite(sn_tally_second_moment(&d)));
        }
    const double large[] = {1e200, -1e200, 3e200};
    const sn_tally tally = sn_tally_of_double(3, large);
    ck_assert(!isfinite(sn_tally_second_moment(&tally)));
}
END_TEST

/* 2.5, 4, 1, 9.5: mean 4.25, squared deviations 3.0625 + 0.0625 + 10.5625 + 27.5625 = 41.25. */
START_TEST(replicas_give_a_mean_and_its_error)
{
    static const double values[] = {2.5, 4, 1, 9.5};
    sn_tally tally = {0};
    ck_assert(isnan(sn_tally_measured(&tally).value) && isnan(sn_tally_measured(&tally).se));
    ck_assert(isnan(sn_tally_deviation(&tally)));
    sn_tally_add(&tally, values[0]);
    ck_assert(sn_tally_measured(&tally).value == 2.5 && isnan(sn_tally_measured(&tally).se));
    for (size_t i = 1; i < 4; i++)
        sn_tally_add(&tally, values[i]);
    const sn_measured measured = sn_tally_measured(&tally);
    ck_assert_double_eq_tol(measured.value, 4.25, 1e-15);
    ck_assert_double_eq_tol(sn_tally_deviation(&tally), sqrt(41.25 / 3), 1e-14);
    ck_assert_double_eq_tol(measured.se, sqrt(41.25 / 12), 1e-14);
    ck_assert_double_eq_tol(sn_tally_variance(&tally), 41.25 / 4, 1e-14);
    ck_assert_double_eq_tol(sn_tally_second_moment(&tally), 4.25 * 4.25 + 41.25 / 4, 1e-13);
}
END_TEST

UNIT_MAIN("statistics", doubles_keep_their_variance_at_any_offset, floats_are_measured_in_double,
          parts_merge_to_the_whole, equal_numbers_have_no_variance_at_all,
          what_is_not_finite_is_seen, replicas_give_a_mean_and_its_error)
