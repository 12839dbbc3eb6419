/* The split against sums over all pairs of samples, written out. */
#include "simulate/split.h"

#include <math.h>

#include "harness.h"
#include "simulate/random.h"

enum { MOST = 1 << 15 };

typedef struct truth {
    double overlap, correlation, between_neurons, between_samples;
} truth;

static truth by_pairs(size_t rows, size_t samples, const double *x)
{
    const long double n = (long double)rows, s = (long double)samples;
    long double sum = 0, squares = 0, products = 0, within = 0;
    for (size_t row = 0; row < rows; row++) {
        const double *v = x + row * samples;
        long double mean = 0;
        for (size_t i = 0; i < samples; i++)
            mean += (long double)v[i] / s;
        sum += mean;
        for (size_t i = 0; i < samples; i++) {
            within += ((long double)v[i] - mean) * ((long double)v[i] - mean) / (s - 1);
            for (size_t j = 0; j < i; j++)
                products += 2 * (long double)v[i] * (long double)v[j] / (s * (s - 1));
        }
    }
    const long double mean = sum / n;
    for (size_t i = 0; i < rows * samples; i++)
        squares += ((long double)x[i] - mean) * ((long double)x[i] - mean);
    const long double variance = squares / (n * s), overlap = products / n;
    return (truth){(double)overlap, (double)((overlap - mean * mean) / variance),
                   (double)(variance - within / n), (double)(within / n)};
}

/* A part of each value is its neuron's alone, sqrt(share) of the deviation. */
static void draw(size_t rows, size_t samples, double mean, double share, double *x)
{
    const sn_stream own = {.seed = rows, .layer = 1}, shared = {.seed = samples, .layer = 2};
    double *common = malloc(rows * sizeof *common);
    sn_stream_normals_double(&own, rows * samples, x);
    sn_stream_normals_double(&shared, rows, common);
    for (size_t i = 0; i < rows * samples; i++)
        x[i] = mean + sqrt(share) * common[i / samples] + sqrt(1 - share) * x[i];
    free(common);
}

static void expect_near(double found, double expected, double tolerance)
{
    ck_assert_double_eq_tol(found, expected, tolerance);
}

START_TEST(quantities_are_those_of_all_pairs)
{
    static const size_t shapes[][2] = {{1, 2},   {2, 2},    {1000, 2}, {65, 3},  {64, 31},
                                       {63, 32}, {100, 33}, {3, 200},  {1, 100}, {129, 7}};
    static const double shares[] = {0, 0.4, 0.999999, 1}, means[] = {0, -2.385, 1e3};
    static double x[MOST];
    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++)
        for (size_t s = 0; s < 4; s++)
            for (size_t m = 0; m < 3; m++) {
                const size_t rows = shapes[k][0], samples = shapes[k][1];
                draw(rows, samples, means[m], shares[s], x);
                const truth t = by_pairs(rows, samples, x);
                sn_split split = {0};
                for (size_t row = 0; row < rows; row += 50)
                    sn_split_add_double(&split, rows - row < 50 ? rows - row : 50, samples,
                                        x + row * samples);
                const double scale = 1 + means[m] * means[m], square = sqrt(scale);
                expect_near(sn_split_overlap(&split), t.overlap, 1e-14 * scale);
                expect_near(sn_split_between_samples(&split), t.between_samples, 1e-13 * square);
                expect_near(sn_split_between_neurons(&split), t.between_neurons, 1e-13 * square);
                const double variance = t.between_neurons + t.between_samples;
                if (variance > 1e-12)
                    expect_near(sn_split_correlation(&split), t.correlation,
                                1e-13 * square / fmin(1, variance));
            }
}
END_TEST

/* Samples that differ by 1e-9 of the deviation: what they do not share is known to 6 digits. */
START_TEST(small_differences_are_seen)
{
    enum { ROWS = 500, SAMPLES = 6 };
    static double x[MOST], y[MOST];
    draw(ROWS, SAMPLES, 1, 0, x);
    for (size_t i = 0; i < ROWS * SAMPLES; i++)
        y[i] = x[i / SAMPLES * SAMPLES] + 1e-9 * x[i];
    const truth plain = by_pairs(ROWS, SAMPLES, x);
    sn_split split = {0};
    sn_split_add_double(&split, ROWS, SAMPLES, y);
    expect_near(sn_split_between_samples(&split) / (1e-18 * plain.between_samples), 1, 1e-6);
    expect_near(sn_split_correlation(&split), 1, 1e-14);
}
END_TEST

START_TEST(floats_are_split_as_doubles)
{
    static const size_t shapes[][2] = {{300, 2}, {77, 31}, {77, 32}, {50, 333}};
    static double x[MOST];
    static float y[MOST];
    for (size_t k = 0; k < 4; k++) {
        const size_t rows = shapes[k][0], samples = shapes[k][1];
        draw(rows, samples, 0.3, 0.5, x);
        for (size_t i = 0; i < rows * samples; i++)
            x[i] = (double)(y[i] = (float)x[i]);
        sn_split single = {0}, wide = {0};
        sn_split_add_float(&single, rows, samples, y);
        sn_split_add_double(&wide, rows, samples, x);
        ck_assert_mem_eq(&single, &wide, sizeof wide);
    }
}
END_TEST

START_TEST(one_sample_has_no_pairs)
{
    static const double x[] = {1, 2, 4};
    sn_split split = {0};
    sn_split_add_double(&split, 3, 1, x);
    ck_assert(isnan(sn_split_overlap(&split)));
    ck_assert(isnan(sn_split_between_samples(&split)));
    ck_assert(isnan(sn_split_between_neurons(&split)));
    ck_assert(isnan(sn_split_correlation(&split)));
}
END_TEST

START_TEST(equal_values_have_an_overlap_but_no_correlation)
{
    double x[40 * 3];
    for (size_t i = 0; i < 120; i++)
        x[i] = 0.1;
    for (size_t samples = 2; samples <= 40; samples += 19) {
        sn_split split = {0};
        sn_split_add_double(&split, 3, samples, x);
        ck_assert(sn_split_overlap(&split) == 0.1 * 0.1);
        ck_assert(sn_split_between_samples(&split) == 0);
        ck_assert(isnan(sn_split_correlation(&split)));
    }
}
END_TEST

UNIT_MAIN("split", quantities_are_those_of_all_pairs, small_differences_are_seen,
          floats_are_split_as_doubles, one_sample_has_no_pairs,
          equal_values_have_an_overlap_but_no_correlation)
