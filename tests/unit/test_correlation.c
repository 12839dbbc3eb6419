/* The overlap alone: against 25-digit values, and all its ways against sn_overlap_compute. */
#include "theory/correlation.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "theory/moments.h"
#include "theory/overlap.h"

static const struct {
    const char *activation;
    double param, y, c, overlap, covariance, slope;
} references[] = {
#include "correlation_reference.inc"
};

static const struct {
    const char *activation;
    double x, y, c, overlap, slope;
} anywhere[] = {
#include "overlap_reference.inc"
};

static sn_correlation must(const sn_activation *f, double x, double y, double c)
{
    sn_correlation out;
    sn_error err = {0};
    ck_assert_msg(sn_correlation_compute(f, x, y, c, &out, &err) == SN_OK,
                  "%s under N(%g, %g) at %g: %s", f->type->name, x, y, c, err.message);
    return out;
}

static sn_moments moments(const sn_activation *f, double x, double y)
{
    sn_moments m;
    ck_assert_int_eq(sn_moments_compute(f, x, y, &m, NULL), SN_OK);
    return m;
}

static sn_activation named(const char *name, double param)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, name, NULL), SN_OK);
    if (strcmp(name, "leaky_relu") == 0)
        ck_assert_int_eq(sn_activation_set(&f, "slope", param, NULL), SN_OK);
    return f;
}

static double relative(double value, double reference)
{
    return fabs(value - reference) / fabs(reference);
}

START_TEST(against_references)
{
    const size_t n = sizeof references / sizeof references[0];
    double worst = 0, dishonest = 0;
    ck_assert(n >= 20);
    for (size_t i = 0; i < n; i++) {
        const sn_activation f = named(references[i].activation, references[i].param);
        const double y = references[i].y;
        const sn_correlation o = must(&f, 0, y, references[i].c);
        const sn_moments m = moments(&f, 0, y);
        const double error = fabs(o.overlap - references[i].overlap) / m.second;
        const double slope_error = fabs(o.slope - references[i].slope) / (y * m.slope_second);
        worst = fmax(worst, fmax(error, slope_error));
        dishonest = fmax(dishonest, fmax(error / o.error, slope_error / o.slope_error));
        ck_assert_msg(relative(o.covariance, references[i].covariance) < 4e-15,
                      "%s at %.17g: %.17g", f.type->name, references[i].c, o.covariance);
    }
    NOTE("worst %.1e, at most %.2f of the estimate", worst, dishonest);
    ck_assert(worst < 4e-15);
    ck_assert(dishonest < 1);
}
END_TEST

/* C of relu is y eta^3 / (6 pi) as c -> -1, and all of its digits are there. */
START_TEST(closed_forms_do_not_cancel)
{
    size_t seen = 0;
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        const sn_activation f = named(references[i].activation, references[i].param);
        if (strcmp(f.type->name, "relu") != 0 && strcmp(f.type->name, "erf") != 0)
            continue;
        const sn_correlation o = must(&f, 0, references[i].y, references[i].c);
        ck_assert(relative(o.overlap, references[i].overlap) < 1e-14);
        ck_assert(relative(o.slope, references[i].slope) < 1e-14);
        ck_assert_int_eq(o.trust, SN_CLOSED_FORM);
        seen++;
    }
    ck_assert(seen >= 10);
}
END_TEST

START_TEST(off_centre)
{
    double worst = 0;
    for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++) {
        const sn_activation f = named(anywhere[i].activation, 0);
        const double x = anywhere[i].x, y = anywhere[i].y;
        const sn_correlation o = must(&f, x, y, anywhere[i].c);
        const sn_moments m = moments(&f, x, y);
        const double error = fabs(o.overlap - anywhere[i].overlap) / m.second;
        const double slope_error = fabs(o.slope - anywhere[i].slope) / (y * m.slope_second);
        worst = fmax(worst, fmax(error, slope_error));
        ck_assert(error <= o.error && slope_error <= o.slope_error);
    }
    NOTE("worst %.1e", worst);
    ck_assert(worst < 2e-13);
}
END_TEST

/* Whatever way was taken, within the estimates of both, and these are small. */
START_TEST(as_the_overlap_has_it)
{
    static const double at[][3] = {
        {0, 1e-6, 0.5}, {0, 0.83, -0.97}, {0, 3.1, 0.9991}, {0, 97.3, 0.41}, {0.7, 2.3, 0.6}};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++) {
            const double x = at[k][0], y = at[k][1], c = at[k][2];
            sn_overlap witness;
            ck_assert_int_eq(sn_overlap_compute(&f, x, y, c, &witness, NULL), SN_OK);
            const sn_correlation o = must(&f, x, y, c);
            const sn_moments m = moments(&f, x, y);
            const double second = m.second, slope_second = y * m.slope_second;
            ck_assert_double_eq_tol(o.overlap, witness.overlap, (o.error + witness.error) * second);
            ck_assert_double_eq_tol(o.slope, witness.slope,
                                    (o.slope_error + witness.slope_error) * slope_second);
            ck_assert_double_eq_tol(o.covariance, witness.covariance, 1e-13 * m.variance);
            ck_assert(o.error < 1.5e-13 && o.slope_error < 1.5e-13);
        }
    }
}
END_TEST

START_TEST(the_ends)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        const double y = 1.37;
        const sn_moments m = moments(&f, 0, y);
        const sn_correlation one = must(&f, 0, y, 1), zero = must(&f, 0, y, 0);
        ck_assert_double_eq_tol(one.overlap / m.second, 1, 4e-15);
        ck_assert_double_eq_tol(one.covariance / m.variance, 1, 4e-15);
        ck_assert_double_eq_tol(one.slope / (y * m.slope_second), 1, 4e-15);
        ck_assert_double_eq_tol(zero.overlap, m.mean * m.mean, 4e-15 * m.second);
        ck_assert_double_eq(zero.covariance, 0);
        ck_assert_double_eq_tol(zero.slope, y * m.dmean_dx * m.dmean_dx,
                                1e-14 * y * m.slope_second);
    }
}
END_TEST

/* A bump much narrower than any panel has to be noticed, not guessed. */
static double bump(const double *params, double z)
{
    (void)params;
    return tanh(z) + exp(-300 * (z - 1.234) * (z - 1.234));
}

static double bump_slope(const double *params, double z)
{
    (void)params;
    const double e = exp(-2 * fabs(z)), d = z - 1.234;
    return 4 * e / ((1 + e) * (1 + e)) - 600 * d * exp(-300 * d * d);
}

START_TEST(what_is_not_resolved_is_noticed)
{
    static const sn_activation_type type = {
        .name = "bump", .value = bump, .derivative = bump_slope};
    const sn_activation f = {.type = &type};
    const double y = 1.3, c = 0.6;
    const double h = 1e-3, w = h / sqrt(2 * 3.14159265358979323846 * y);
    double mean = 0;
    for (int i = -13000; i <= 13000; i++) {
        const double z = i * h;
        mean += w * exp(-z * z / (2 * y)) * bump(NULL, z);
    }
    const sn_correlation o = must(&f, 0, y, c), zero = must(&f, 0, y, 0);
    ck_assert_double_eq_tol(zero.overlap, mean * mean, 1e-12);
    sn_overlap witness;
    ck_assert_int_eq(sn_overlap_compute(&f, 0, y, c, &witness, NULL), SN_OK);
    ck_assert_double_eq_tol(o.overlap, witness.overlap, 1e-9);
}
END_TEST

START_TEST(outside_the_domain)
{
    static const struct {
        const char *activation;
        double x, y, c;
        const char *says;
    } bad[] = {
        {"relu", 0, 1, 1.0000001, "correlation c is 1, must"},
        {"tanh", 0, 1, NAN, "correlation c is nan"},
        {"erf", NAN, 1, 0.3, "mean x is nan"},
        {"relu", 0, 0, 0.3, "variance y is 0"},
        {"gelu", 0, -2.385, 0.3, "variance y is -2.385"},
        {"linear", 0, INFINITY, 0.3, "variance y is inf"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const sn_activation f = named(bad[i].activation, 0);
        sn_correlation o;
        sn_error err = {0};
        ck_assert_int_eq(sn_correlation_compute(&f, bad[i].x, bad[i].y, bad[i].c, &o, &err),
                         SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
    }
}
END_TEST

/* e^(z^2) has no moments under N(0, 1). */
static double burst(const double *params, double z)
{
    (void)params;
    return exp(z * z);
}

static double burst_slope(const double *params, double z)
{
    (void)params;
    return 2 * z * exp(z * z);
}

START_TEST(without_moments)
{
    static const sn_activation_type type = {
        .name = "burst", .value = burst, .derivative = burst_slope};
    const sn_activation f = {.type = &type};
    sn_correlation o;
    sn_error err = {0};
    ck_assert_int_eq(sn_correlation_compute(&f, 0, 1, 0.5, &o, &err), SN_ENOCONV);
    ck_assert(strstr(err.message, "burst") != NULL);
}
END_TEST

UNIT_MAIN("correlation", against_references, closed_forms_do_not_cancel, off_centre,
          as_the_overlap_has_it, the_ends, what_is_not_resolved_is_noticed, outside_the_domain,
          without_moments)
