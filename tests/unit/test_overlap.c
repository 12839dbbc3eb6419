/* The overlap of two pre-activations: against 25-digit values, against the moments at the ends,
 * against its own differences. */
#include "theory/overlap.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "theory/moments.h"

static const struct {
    const char *activation;
    double x, y, c, overlap, slope;
} references[] = {
#include "overlap_reference.inc"
};

static sn_overlap must(const sn_activation *f, double x, double y, double c)
{
    sn_overlap out;
    sn_error err = {0};
    ck_assert_msg(sn_overlap_compute(f, x, y, c, &out, &err) == SN_OK,
                  "%s under N(%g, %g) at %g: %s", f->type->name, x, y, c, err.message);
    return out;
}

static sn_moments moments(const sn_activation *f, double x, double y)
{
    sn_moments m;
    ck_assert_int_eq(sn_moments_compute(f, x, y, &m, NULL), SN_OK);
    return m;
}

START_TEST(against_references)
{
    const size_t n = sizeof references / sizeof references[0];
    double worst = 0, dishonest = 0;
    ck_assert(n >= 20);
    for (size_t i = 0; i < n; i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, references[i].activation, NULL), SN_OK);
        const double x = references[i].x, y = references[i].y;
        const sn_overlap o = must(&f, x, y, references[i].c);
        const sn_moments m = moments(&f, x, y);
        const double error = fabs(o.overlap - references[i].overlap) / m.second;
        const double slope_error = fabs(o.slope - references[i].slope) / (y * m.slope_second);
        worst = fmax(worst, fmax(error, slope_error));
        dishonest = fmax(dishonest, fmax(error / o.error, slope_error / o.slope_error));
    }
    NOTE("worst %.1e, at most %.2f of the estimate", worst, dishonest);
    ck_assert(worst < 2e-13);
    ck_assert(dishonest < 1);
}
END_TEST

/* c = 1 is one variable, c = 0 two of them; just inside, the same to what the slope allows. */
START_TEST(the_ends_are_moments)
{
    static const double points[][2] = {{0.31, 1.7}, {-2.2, 0.043}, {1.4, 57.1}};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        for (size_t k = 0; k < 3; k++) {
            const double x = points[k][0], y = points[k][1];
            const sn_moments m = moments(&f, x, y);
            const sn_overlap one = must(&f, x, y, 1), zero = must(&f, x, y, 0);
            ck_assert_double_eq_tol(one.overlap / m.second, 1, 1e-13);
            ck_assert_double_eq_tol(one.covariance, m.variance, 1e-13 * m.second);
            ck_assert_double_eq_tol(one.slope / (y * m.slope_second), 1, 1e-13);
            ck_assert_double_eq_tol(zero.overlap, m.mean * m.mean, 1e-13 * m.second);
            ck_assert_double_eq(zero.covariance, 0);
            for (double away = 1e-13; away < 1e-8; away *= 1e3) {
                const sn_overlap near_one = must(&f, x, y, 1 - away),
                                 near_zero = must(&f, x, y, away);
                const double slack = y * m.slope_second * away;
                ck_assert_double_eq_tol(near_one.overlap, m.second - slack,
                                        1e-13 * m.second + 0.01 * slack);
                ck_assert_double_eq_tol(near_zero.covariance, zero.slope * away,
                                        1e-3 * zero.slope * away + 1e-25 * m.second);
            }
        }
    }
}
END_TEST

START_TEST(the_slope_is_that_of_the_overlap)
{
    static const double at[] = {-0.97, -0.6, -1e-3, 0.02, 0.55, 0.93};
    const double h = 1e-4;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++) {
            const double x = 0.41, y = 1.93;
            const sn_overlap above = must(&f, x, y, at[k] + h), below = must(&f, x, y, at[k] - h);
            const sn_overlap o = must(&f, x, y, at[k]);
            const double scale = y * moments(&f, x, y).slope_second;
            ck_assert_double_eq_tol((above.overlap - below.overlap) / (2 * h), o.slope,
                                    1e-6 * scale);
        }
    }
}
END_TEST

/* Of the identity everything is a moment of the two normals themselves. */
START_TEST(squares_of_the_identity)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "linear", NULL), SN_OK);
    for (double c = -1; c <= 1; c += 0.125) {
        const double x = -0.7, y = 2.3;
        const sn_overlap o = must(&f, x, y, c);
        ck_assert_double_eq_tol(o.overlap, x * x + c * y, 1e-13);
        ck_assert_double_eq_tol(o.covariance_cross, 2 * x * c * y, 1e-12);
        ck_assert_double_eq_tol(o.covariance_squares, 2 * c * c * y * y + 4 * x * x * c * y, 1e-12);
    }
}
END_TEST

/* For sin^2 = (1 - cos 2z) / 2 both have closed forms. */
START_TEST(squares_of_the_sine)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "sin", NULL), SN_OK);
    for (double c = -0.9; c <= 1; c += 0.19) {
        const double x = 0.47, y = 0.81, e = exp(-2 * y);
        const double squares = (cos(4 * x) * exp(-4 * y * (1 + c)) + exp(-4 * y * (1 - c))) / 8
                               - cos(2 * x) * cos(2 * x) * e * e / 4;
        const double cross =
            -(sin(3 * x) * exp(-y * (2.5 + 2 * c)) - sin(x) * exp(-y * (2.5 - 2 * c))) / 4
            + sin(x) * cos(2 * x) * exp(-2.5 * y) / 2;
        const sn_overlap o = must(&f, x, y, c);
        ck_assert_double_eq_tol(o.covariance_cross, cross, 1e-13);
        ck_assert_double_eq_tol(o.covariance_squares, squares, 1e-13);
    }
}
END_TEST

START_TEST(outside_the_domain)
{
    static const struct {
        double x, y, c;
        const char *says;
    } bad[] = {
        {0.3, 1, 1.0000001, "correlation c is 1, must"},
        {0.3, 1, NAN, "correlation c is nan"},
        {0.3, 1, -2.385, "correlation c is -2.385"},
        {NAN, 1, 0.3, "mean x is nan"},
        {0.3, 0, 0.3, "variance y is 0"},
    };
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "relu", NULL), SN_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_overlap o;
        sn_error err = {0};
        ck_assert_int_eq(sn_overlap_compute(&f, bad[i].x, bad[i].y, bad[i].c, &o, &err),
                         SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
    }
}
END_TEST

UNIT_MAIN("overlap", against_references, the_ends_are_moments, the_slope_is_that_of_the_overlap,
          squares_of_the_identity, squares_of_the_sine, outside_the_domain)
