/* Gains: against 25-digit moments, within the errors they claim; the published ones; and none. */
#include "theory/gain.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "activation/expression.h"
#include "harness.h"

static const struct {
    const char *activation;
    double x, y, mean, second, variance, slope_second;
} references[] = {
#include "gain_reference.inc"
};

static sn_gain gain(const sn_law *law, const char *name, double x, double y)
{
    sn_activation f;
    sn_gain out;
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&f, name, NULL), SN_OK);
    ck_assert_msg(sn_gain_compute(law, &f, x, y, &out, &err) == SN_OK, "%s: %s", name, err.message);
    return out;
}

START_TEST(errors_are_what_they_claim)
{
    double worst = 0, fullest = 0;
    const size_t n = sizeof references / sizeof references[0];
    ck_assert(n >= 50);
    for (size_t i = 0; i < n; i++) {
        const double x = references[i].x, y = references[i].y;
        const sn_gain g = gain(NULL, references[i].activation, x, y);
        const double least = DBL_MIN;
        const double errors[][2] = {
            {fabs(g.moments.mean - references[i].mean) / fmax(sqrt(references[i].second), least),
             g.error_mean},
            {fabs(g.moments.second / references[i].second - 1), g.error_second},
            {fabs(g.moments.variance / references[i].variance - 1), g.error_variance},
            {fabs(g.moments.slope_second / references[i].slope_second - 1), g.error_slope_second},
            {fabs(g.gain_variance * sqrt(references[i].variance) - 1), g.error_variance},
            {fabs(g.gain_second_moment * sqrt(references[i].second) - 1), g.error_second},
            {fabs(g.gain_slope * sqrt(references[i].slope_second) - 1), g.error_slope_second}};
        for (size_t k = 0; k < sizeof errors / sizeof errors[0]; k++) {
            ck_assert_msg(errors[k][0] <= errors[k][1], "%s, x %g, y %g: number %zu, %.1e > %.1e",
                          references[i].activation, x, y, k, errors[k][0], errors[k][1]);
            worst = fmax(worst, errors[k][0]);
            fullest = fmax(fullest, errors[k][0] / errors[k][1]);
        }
        ck_assert(g.error_variance < 1e-13 && g.error_variance > DBL_EPSILON);
    }
    NOTE("%zu cases, worst %.1e, at most %.2f of the claim", n, worst, fullest);
}
END_TEST

START_TEST(known_gains)
{
    const sn_gain relu = gain(NULL, "relu", 0, 1), selu = gain(NULL, "selu", 0, 1);
    const double pi = acos(-1);
    ck_assert_double_eq_tol(relu.gain_second_moment, sqrt(2), 1e-15);
    ck_assert_double_eq_tol(relu.gain_variance, sqrt(2 / (1 - 1 / pi)), 1e-15);
    ck_assert_double_eq_tol(relu.gain_slope, sqrt(2), 1e-15);
    ck_assert_double_eq_tol(selu.gain_variance, 1, 1e-15);
    ck_assert_double_eq_tol(selu.gain_second_moment, 1, 1e-15);
    /* Twice the variance of a linear unit, and what another law makes of a ReLU at 0: half. */
    const sn_law uniform = sn_law_default(SN_LAW_UNIFORM);
    ck_assert_double_eq_tol(gain(NULL, "linear", 0.3, 2).gain_variance, sqrt(0.5), 1e-15);
    ck_assert_double_eq_tol(gain(&uniform, "relu", 0, 1).gain_second_moment, sqrt(2), 1e-14);
    ck_assert_double_eq_tol(gain(&uniform, "relu", 0, 1).gain_variance, 4 / sqrt(5), 1e-14);
}
END_TEST

START_TEST(none)
{
    const sn_law uniform = sn_law_default(SN_LAW_UNIFORM);
    const sn_gain dead = gain(&uniform, "relu", -7, 1), flat = gain(&uniform, "relu6", 12, 1);
    ck_assert(dead.gain_variance == INFINITY && dead.gain_second_moment == INFINITY
              && dead.gain_slope == INFINITY);
    ck_assert(flat.gain_variance == INFINITY && flat.gain_slope == INFINITY);
    ck_assert_double_eq_tol(flat.gain_second_moment, 1. / 6, 1e-15);
    sn_activation f;
    sn_gain out;
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&f, "tanh", NULL), SN_OK);
    ck_assert_int_eq(sn_gain_compute(NULL, &f, 0, -1, &out, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "variance y is -1"));
    const sn_law heavy = {.kind = SN_LAW_STUDENT_T, .parameter = 2};
    ck_assert_int_eq(sn_gain_compute(&heavy, &f, 0, 1, &out, &err), SN_EDOMAIN);
}
END_TEST

/* E f^2 of what grows nearly as fast as the normal density falls; NAN: not to be had. */
START_TEST(growth_is_followed_or_refused)
{
    static const struct {
        const char *text;
        double y, second;
    } cases[] = {
        {"exp(x)", 4, 2980.957987041728275},
        {"exp(-x)", 150, 1.9424263952412559e130},
        {"exp(x)", 250, 1.4035922178528375e217},
        {"exp(x)", 321, NAN},
        {"exp(0.24*x^2)", 1, 5},
        {"exp(x^2/4)", 1, NAN},
        {"x + exp(x - 220)", 225, 22251.4657948067185},
        {"sqrt(x + 35)", 1, 35},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_expression_spec spec = {.text = cases[i].text};
        sn_expression *e;
        sn_gain out;
        ck_assert_int_eq(sn_expression_new(&spec, &e, NULL), SN_OK);
        const sn_activation f = sn_expression_activation(e);
        const sn_status status = sn_gain_compute(NULL, &f, 0, cases[i].y, &out, NULL);
        ck_assert_msg(status == (isnan(cases[i].second) ? SN_ENOCONV : SN_OK), "%s: status %d",
                      cases[i].text, (int)status);
        if (status == SN_OK) {
            const double error = fabs(out.moments.second / cases[i].second - 1);
            ck_assert_msg(error <= out.error_second && error < 1e-9, "%s: %.1e > %.1e",
                          cases[i].text, error, out.error_second);
        }
        sn_expression_free(e);
    }
}
END_TEST

UNIT_MAIN("gain", errors_are_what_they_claim, known_gains, none, growth_is_followed_or_refused)
