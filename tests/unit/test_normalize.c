/* Batch and layer normalisation against their formulas written out, and backwards against
 * differences of forwards. */
#include "simulate/normalize.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"

enum { ROWS = 7, SAMPLES = 5, SIZE = ROWS * SAMPLES };

static void fill(double *z, uint64_t seed, double mean)
{
    uint64_t state = seed;
    for (size_t i = 0; i < SIZE; i++)
        z[i] = mean + lcg_uniform(&state, -1, 2);
}

typedef void forwards(const double *z, double *u);
typedef void backwards(const double *z, double *g);

static void rows(const double *z, double *u)
{
    memcpy(u, z, SIZE * sizeof *u);
    sn_normalize_rows_double(ROWS, SAMPLES, u);
}

static void columns(const double *z, double *u)
{
    double mean[SAMPLES], scale[SAMPLES];
    memcpy(u, z, SIZE * sizeof *u);
    sn_normalize_measure_double(ROWS, SAMPLES, z, mean, scale);
    sn_normalize_columns_double(ROWS, SAMPLES, mean, scale, u);
}

static void rows_back(const double *z, double *g)
{
    sn_normalize_rows_back_double(ROWS, SAMPLES, z, g);
}

static void columns_back(const double *z, double *g)
{
    double mean[SAMPLES], scale[SAMPLES], room[2 * SAMPLES];
    sn_normalize_measure_double(ROWS, SAMPLES, z, mean, scale);
    sn_normalize_columns_back_double(ROWS, SAMPLES, mean, scale, room, z, g);
}

START_TEST(values_are_standardised)
{
    double z[SIZE], by_rows[SIZE], by_columns[SIZE];
    fill(z, 3, 1e3);
    rows(z, by_rows);
    columns(z, by_columns);
    for (size_t i = 0; i < SIZE; i++) {
        const size_t row = i / SAMPLES, column = i % SAMPLES;
        double sum[2] = {0}, squares[2] = {0};
        for (size_t k = 0; k < SAMPLES; k++)
            sum[0] += z[row * SAMPLES + k] / SAMPLES;
        for (size_t k = 0; k < ROWS; k++)
            sum[1] += z[k * SAMPLES + column] / ROWS;
        for (size_t k = 0; k < SAMPLES; k++)
            squares[0] += pow(z[row * SAMPLES + k] - sum[0], 2) / SAMPLES;
        for (size_t k = 0; k < ROWS; k++)
            squares[1] += pow(z[k * SAMPLES + column] - sum[1], 2) / ROWS;
        ck_assert_double_eq_tol(by_rows[i], (z[i] - sum[0]) / sqrt(squares[0] + 1e-5), 1e-10);
        ck_assert_double_eq_tol(by_columns[i], (z[i] - sum[1]) / sqrt(squares[1] + 1e-5), 1e-10);
    }
}
END_TEST

static void check_way_back(forwards *there, backwards *back, double *worst)
{
    double z[SIZE], weight[SIZE], g[SIZE];
    fill(z, 11, 0.3);
    fill(weight, 12, 0);
    memcpy(g, weight, sizeof g);
    back(z, g);
    for (size_t i = 0; i < SIZE; i++) {
        const double step = 1e-5, at = z[i];
        double up[SIZE], down[SIZE], difference = 0;
        z[i] = at + step;
        there(z, up);
        z[i] = at - step;
        there(z, down);
        z[i] = at;
        for (size_t k = 0; k < SIZE; k++)
            difference += weight[k] * (up[k] - down[k]) / (2 * step);
        *worst = fmax(*worst, fabs(difference - g[i]));
    }
}

START_TEST(the_way_back_is_the_derivative)
{
    double worst = 0;
    check_way_back(rows, rows_back, &worst);
    check_way_back(columns, columns_back, &worst);
    NOTE("worst difference from central differences: %.2g", worst);
    ck_assert_double_lt(worst, 1e-8);
}
END_TEST

START_TEST(floats_are_the_doubles_rounded)
{
    double z[SIZE], u[SIZE];
    float single[SIZE];
    fill(z, 5, 2);
    for (size_t i = 0; i < SIZE; i++) {
        single[i] = (float)z[i];
        z[i] = (double)single[i];
    }
    rows(z, u);
    sn_normalize_rows_float(ROWS, SAMPLES, single);
    for (size_t i = 0; i < SIZE; i++)
        ck_assert_double_eq_tol((double)single[i], u[i], 3e-7);
}
END_TEST

START_TEST(what_does_not_vary_becomes_zero)
{
    double z[SIZE], g[SIZE];
    for (size_t i = 0; i < SIZE; i++)
        z[i] = 2.385;
    rows(z, g);
    for (size_t i = 0; i < SIZE; i++)
        ck_assert_double_eq(g[i], 0);
}
END_TEST

UNIT_MAIN("normalize", values_are_standardised, the_way_back_is_the_derivative,
          floats_are_the_doubles_rounded, what_does_not_vary_becomes_zero)
