/* Powers of an activation: against 25-digit values, the normal's own, differences of the
 * moments. */
#include "theory/powers.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "theory/moments.h"

static const struct {
    const char *activation;
    double x, y, third, fourth, covariance_square, variance_square, skewness, excess_kurtosis;
    double d2mean_dxdy, d2mean_dydy, d2second_dxdy, d2second_dydy;
} references[] = {
#include "powers_reference.inc"
};

static sn_powers must(const sn_activation *f, double x, double y)
{
    sn_powers out;
    sn_error err = {0};
    ck_assert_msg(sn_powers_compute(f, x, y, &out, &err) == SN_OK, "%s under N(%g, %g): %s",
                  f->type->name, x, y, err.message);
    return out;
}

START_TEST(against_references)
{
    double worst = 0, dishonest = 0;
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, references[i].activation, NULL), SN_OK);
        const double y = references[i].y, s = sqrt(y);
        const sn_powers p = must(&f, references[i].x, y);
        const double rms = sqrt(p.second), rms_square = sqrt(references[i].fourth);
        const double raw[] = {
            (p.third - references[i].third) / (rms * rms_square),
            (p.fourth - references[i].fourth) / references[i].fourth,
            (p.d2mean_dxdy - references[i].d2mean_dxdy) * y * s / rms,
            (p.d2mean_dydy - references[i].d2mean_dydy) * y * y / rms,
            (p.d2second_dxdy - references[i].d2second_dxdy) * y * s / rms_square,
            (p.d2second_dydy - references[i].d2second_dydy) * y * y / rms_square,
        };
        for (size_t k = 0; k < sizeof raw / sizeof raw[0]; k++) {
            worst = fmax(worst, fabs(raw[k]));
            dishonest = fmax(dishonest, fabs(raw[k]) / p.error);
        }
        const double central[] = {
            (p.covariance_square - references[i].covariance_square)
                / sqrt(p.variance * references[i].variance_square),
            p.variance_square / references[i].variance_square - 1,
            (p.skewness - references[i].skewness) / (1 + fabs(p.skewness)),
            (p.excess_kurtosis - references[i].excess_kurtosis) / (3 + p.excess_kurtosis),
        };
        for (size_t k = 0; k < sizeof central / sizeof central[0]; k++) {
            ck_assert_double_lt(fabs(central[k]), 1e-11);
            dishonest = fmax(dishonest, fabs(central[k]) / (8 * p.central_error));
        }
    }
    NOTE("worst raw %.1e, at most %.2f of the estimate", worst, dishonest);
    ck_assert_double_lt(worst, 2e-14);
    ck_assert_double_lt(dishonest, 1);
}
END_TEST

START_TEST(the_normal_itself)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "linear", NULL), SN_OK);
    const double x = -0.7, y = 2.3;
    const sn_powers p = must(&f, x, y);
    ck_assert_double_eq_tol(p.third, x * x * x + 3 * x * y, 1e-13);
    ck_assert_double_eq_tol(p.fourth, x * x * x * x + 6 * x * x * y + 3 * y * y, 1e-13);
    ck_assert_double_eq_tol(p.covariance_square, 2 * x * y, 1e-13);
    ck_assert_double_eq_tol(p.variance_square, 2 * y * y + 4 * x * x * y, 1e-13);
    ck_assert_double_eq_tol(p.skewness, 0, 1e-13);
    ck_assert_double_eq_tol(p.excess_kurtosis, 0, 1e-13);
    ck_assert_double_eq_tol(p.d2second_dydy, 0, 1e-13);
}
END_TEST

START_TEST(second_derivatives_are_those_of_the_first)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        for (double y = 0.083; y < 300; y *= 11) {
            const double x = 0.31, h = 1e-3 * y;
            sn_moments a, b;
            ck_assert_int_eq(sn_moments_compute(&f, x, y + h, &a, NULL), SN_OK);
            ck_assert_int_eq(sn_moments_compute(&f, x, y - h, &b, NULL), SN_OK);
            const sn_powers p = must(&f, x, y);
            const double m = 2e-6 * sqrt(p.second) / y, s = 2e-6 * sqrt(p.fourth) / y;
            const double root = sqrt(y);
            ck_assert_double_eq_tol((a.dmean_dx - b.dmean_dx) / (2 * h), p.d2mean_dxdy, m / root);
            ck_assert_double_eq_tol((a.dmean_dy - b.dmean_dy) / (2 * h), p.d2mean_dydy, m / y);
            ck_assert_double_eq_tol((a.dsecond_dx - b.dsecond_dx) / (2 * h), p.d2second_dxdy,
                                    s / root);
            ck_assert_double_eq_tol((a.dsecond_dy - b.dsecond_dy) / (2 * h), p.d2second_dydy,
                                    s / y);
        }
    }
}
END_TEST

/* Deep in saturation the raw moments stand, and what is left of the rest is said. */
START_TEST(saturation_is_said)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "tanh", NULL), SN_OK);
    const sn_powers p = must(&f, 30, 1);
    ck_assert_double_eq_tol(p.fourth, 1, 1e-13);
    ck_assert_double_lt(p.error, 1e-12);
    ck_assert_double_gt(p.central_error, 1);
    ck_assert(isnan(p.skewness) && isnan(p.excess_kurtosis));
    ck_assert_int_eq(sn_activation_init(&f, "relu", NULL), SN_OK);
    ck_assert_double_eq(must(&f, -2.1, 1e-4).fourth, 0);
}
END_TEST

START_TEST(outside_the_domain)
{
    sn_activation f;
    sn_powers p;
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&f, "relu", NULL), SN_OK);
    ck_assert_int_eq(sn_powers_compute(&f, NAN, 1, &p, &err), SN_EDOMAIN);
    ck_assert_int_eq(sn_powers_compute(&f, 0.3, -2.385, &p, &err), SN_EDOMAIN);
    ck_assert(strstr(err.message, "variance y is -2.385") != NULL);
    ck_assert_int_eq(sn_powers_compute(&f, 0.3, 1e300, &p, &err), SN_ENOCONV);
}
END_TEST

UNIT_MAIN("powers", against_references, the_normal_itself,
          second_derivatives_are_those_of_the_first, saturation_is_said, outside_the_domain)
