/* Alpha dropout: the affine map must restore mean and variance of the mixture it is applied to. */
#include "theory/constants.h"

#include <math.h>
#include <string.h>

#include "harness.h"

/* Kept units are two-point, mu - d and mu + d with d^2 = nu, dropped ones sit at the saturation:
 * mean and variance of a v + b over the three atoms, by their definitions. */
static void after(const sn_alpha_dropout *map, double saturation, double mu, double nu, double keep,
                  double *mean, double *variance)
{
    const double d = sqrt(nu);
    const double atoms[] = {mu - d, mu + d, saturation};
    const double weights[] = {keep / 2, keep / 2, 1 - keep};
    *mean = *variance = 0;
    for (int i = 0; i < 3; i++)
        *mean += weights[i] * (map->a * atoms[i] + map->b);
    for (int i = 0; i < 3; i++) {
        const double off = map->a * atoms[i] + map->b - *mean;
        *variance += weights[i] * off * off;
    }
}

START_TEST(restores_mean_and_variance)
{
    const double keeps[] = {1, 0.95, 0.5, 0.0731};
    const double saturations[] = {-1.7580993408473766, 0.31, -23.85};
    const double means[] = {0, -0.1, 2.385};
    const double variances[] = {1, 0.013, 47.3};
    double worst = 0;
    for (int i = 0; i < 108; i++) {
        const double keep = keeps[i % 4], saturation = saturations[i / 4 % 3];
        const double mu = means[i / 12 % 3], nu = variances[i / 36];
        sn_alpha_dropout map;
        ck_assert_int_eq(sn_alpha_dropout_affine(saturation, mu, nu, keep, &map, NULL), SN_OK);
        double mean, variance;
        after(&map, saturation, mu, nu, keep, &mean, &variance);
        const double size = fabs(mu) + fabs(map.a * saturation) + fabs(map.b) + sqrt(nu);
        worst = fmax(worst, fabs(mean - mu) / size);
        worst = fmax(worst, fabs(variance - nu) / (nu + size * size * 1e-2));
        ck_assert_msg(worst < 1e-14, "keep %g, saturation %g, mu %g, nu %g: %g, %g", keep,
                      saturation, mu, nu, mean, variance);
        ck_assert(map.a > 0);
    }
    NOTE("worst relative error of a restored moment %.2g", worst);
}
END_TEST

/* The paper's own form for the target (0, 1). */
START_TEST(agrees_with_the_paper)
{
    const double s = -1.7580993408473768, q = 0.9;
    sn_alpha_dropout map;
    ck_assert_int_eq(sn_alpha_dropout_affine(s, 0, 1, q, &map, NULL), SN_OK);
    const double a = pow(q + s * s * q * (1 - q), -0.5);
    ck_assert_double_eq_tol(map.a, a, 4e-16);
    ck_assert_double_eq_tol(map.b, -a * (1 - q) * s, 4e-16);
    ck_assert_int_eq(sn_alpha_dropout_affine(s, 0.3, 2, 1, &map, NULL), SN_OK);
    ck_assert_double_eq_tol(map.a, 1, 4e-16);
    ck_assert_double_eq_tol(map.b, 0, 4e-16);
}
END_TEST

START_TEST(no_square_overflows)
{
    sn_alpha_dropout map;
    ck_assert_int_eq(sn_alpha_dropout_affine(-1e200, 0, 1, 0.75, &map, NULL), SN_OK);
    ck_assert_double_eq_tol(map.a * 1e200, 1 / sqrt(0.75 * 0.25), 1e-14);
    ck_assert(isfinite(map.b));
    ck_assert_int_eq(sn_alpha_dropout_affine(-1e200, 0, 1e-300, 1, &map, NULL), SN_OK);
    ck_assert_double_eq_tol(map.a, 1, 4e-16);
}
END_TEST

START_TEST(refuses_what_is_no_dropout)
{
    const double bad[][4] = {{NAN, 0, 1, 0.5},       {-INFINITY, 0, 1, 0.5}, {-1, INFINITY, 1, 0.5},
                             {-1, 0, 0, 0.5},        {-1, 0, -1, 0.5},       {-1, 0, NAN, 0.5},
                             {-1, 0, INFINITY, 0.5}, {-1, 0, 1, 0},          {-1, 0, 1, 1.0001},
                             {-1, 0, 1, NAN}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_alpha_dropout map;
        sn_error err = {0};
        ck_assert_int_eq(
            sn_alpha_dropout_affine(bad[i][0], bad[i][1], bad[i][2], bad[i][3], &map, &err),
            SN_EDOMAIN);
        ck_assert_uint_gt(strlen(err.message), 10);
    }
}
END_TEST

UNIT_MAIN("dropout", restores_mean_and_variance, agrees_with_the_paper, no_square_overflows,
          refuses_what_is_no_dropout)
