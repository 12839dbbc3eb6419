/* Student's t: against Bailey's formula by libm, its distribution function, and both precisions. */
#include "simulate/student.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { MANY = 1 << 20 };

/* From the normals of the same stream, pairs of which make u = e^(-R^2/2) and cos(2 pi v) = g/R. */
START_TEST(it_is_baileys_formula)
{
    enum { N = 16 * 4000 };
    static const double freedoms[] = {2.01, 3.7, 5, 61.2, 1e9, 1e308};
    double *t = malloc(N * sizeof *t), *normals = malloc(2 * N * sizeof *normals), worst = 0;
    const sn_stream stream = {.seed = 8, .layer = 2, .row = 5, .purpose = SN_FOR_WEIGHT};
    sn_stream_normals_double(&stream, 2 * N, normals);
    for (size_t f = 0; f < sizeof freedoms / sizeof freedoms[0]; f++) {
        const long double nu = (long double)freedoms[f];
        sn_student_row_double(freedoms[f], &stream, N, t);
        for (size_t i = 0; i < N; i++) {
            const double *g = normals + i / 16 * 32 + i % 16;
            const long double square = (long double)g[0] * g[0] + (long double)g[16] * g[16];
            const long double grown = expm1l(square / nu); /* u^(-2/nu) - 1 */
            const long double bailey = sqrtl(nu * grown) * g[0] / sqrtl(square);
            const long double exact = bailey * sqrtl((nu - 2) / nu);
            worst = fmax(worst, (double)fabsl((long double)t[i] / exact - 1));
        }
    }
    NOTE("worst relative difference %.2g", worst);
    ck_assert_double_lt(worst, 1e-14);
    free(t);
    free(normals);
}
END_TEST

START_TEST(float_rounds_the_same_numbers)
{
    enum { N = 5000 };
    float narrow[N];
    double wide[N];
    const sn_stream stream = {.seed = 8, .row = 77};
    sn_student_row_float(2.7, &stream, N, narrow);
    sn_student_row_double(2.7, &stream, N, wide);
    for (size_t i = 0; i < N; i++)
        ck_assert(narrow[i] == (float)wide[i]);
}
END_TEST

/* The shares of |t| below x once t has variance 1, from mpmath:
 *   X = x/sqrt((nu - 2)/nu); 1 - betainc(nu/2, 1/2, 0, nu/(nu + X*X), regularized=True) */
START_TEST(it_has_its_distribution)
{
    static const double at[] = {0.125, 0.5, 1, 2.5, 9, 40};
    static const struct {
        double freedom, share[6];
    } known[] = {{2.385,
                  {0.219149016692713791, 0.678357191641029917, 0.889657678255520005,
                   0.984098632143495521, 0.999211673125420519, 0.999977433640407270}},
                 {11.3,
                  {0.107166480178330313, 0.407736809453336130, 0.706742881423788977,
                   0.981713968126973950, 0.999999357288269333, 1}}};
    double *t = malloc(MANY * sizeof *t);
    for (size_t k = 0; k < 2; k++) {
        size_t below[6] = {0}, positive = 0;
        const sn_stream stream = {.seed = 81, .row = (uint32_t)k};
        sn_student_row_double(known[k].freedom, &stream, MANY, t);
        for (size_t i = 0; i < MANY; i++) {
            positive += t[i] > 0;
            for (size_t j = 0; j < 6; j++)
                below[j] += fabs(t[i]) < at[j];
        }
        ck_assert_double_lt(fabs((double)positive - MANY / 2.), 4.2 * sqrt(MANY / 4.));
        for (size_t j = 0; j < 6; j++) {
            const double p = known[k].share[j], expected = MANY * p;
            const double off = fabs((double)below[j] - expected);
            NOTE("%g degrees of freedom: below %g %zu, expected %.1f", known[k].freedom, at[j],
                 below[j], expected);
            ck_assert_double_lt(off, 4.2 * sqrt(expected * (1 - p)) + 3);
        }
    }
    free(t);
}
END_TEST

/* Neighbours in the row, whose pairs of normals are neighbours too, do not depend on each other. */
START_TEST(numbers_are_independent)
{
    double *t = malloc(MANY * sizeof *t);
    const sn_stream stream = {.seed = 82};
    sn_student_row_double(11.3, &stream, MANY, t);
    for (size_t lag = 1; lag <= 33; lag++) {
        double sum = 0, size = 0, variance = 0;
        for (size_t i = lag; i < MANY; i++) {
            sum += t[i] * t[i - lag];
            size += fmin(fabs(t[i]), 2) * fmin(fabs(t[i - lag]), 2);
            variance += fmin(fabs(t[i]), 2);
        }
        const double mean = variance / (double)(MANY - lag), n = (double)(MANY - lag);
        ck_assert_double_lt(fabs(sum) / sqrt(n), 4.5);
        ck_assert_double_lt(fabs(size / n - mean * mean) * sqrt(n), 4.5);
    }
    free(t);
}
END_TEST

UNIT_MAIN("student", it_is_baileys_formula, float_rounds_the_same_numbers, it_has_its_distribution,
          numbers_are_independent)
