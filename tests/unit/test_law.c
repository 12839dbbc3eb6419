/* Laws of the pre-activation: their moments against 30-digit values, against moments.c where two
 * laws are one, against their own differences; and what each refuses. */
#include "theory/law.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"
#include "theory/moments.h"

/* As in law_reference.py. */
static const double edges_0[] = {-2.385, -1.1, -0.2, 0.0, 0.9, 3.3},
                    weights_0[] = {0.7, 1.9, 2.2, 1.3, 0.4};
static const double edges_1[] = {10.0, 11.5, 12.25, 20.0, 21.0, 22.7},
                    weights_1[] = {3.0, 1.0, 0.0, 2.0, 5.0};
static const double edges_2[] = {-1e4, -1.0, 0.0, 1.0, 3e4}, weights_2[] = {1e-9, 1.0, 2.0, 1e-12};
static const sn_law histograms[] = {
    {.kind = SN_LAW_HISTOGRAM, .n_bins = 5, .edges = edges_0, .weights = weights_0},
    {.kind = SN_LAW_HISTOGRAM, .n_bins = 5, .edges = edges_1, .weights = weights_1},
    {.kind = SN_LAW_HISTOGRAM, .n_bins = 4, .edges = edges_2, .weights = weights_2},
};

static const struct {
    sn_law_kind kind;
    double parameter;
    const char *activation;
    double x, y;
    double mean, second, variance, dmean_dx, dmean_dy, dvariance_dx, dvariance_dy, slope_second;
} references[] = {
#include "law_reference.inc"
};

static sn_law law_of(sn_law_kind kind, double parameter)
{
    return kind == SN_LAW_HISTOGRAM ? histograms[(size_t)parameter]
                                    : (sn_law){.kind = kind, .parameter = parameter};
}

static sn_activation activation(const char *name)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, name, NULL), SN_OK);
    return f;
}

static sn_moments must(const sn_law *law, const sn_activation *f, double x, double y)
{
    sn_moments m;
    sn_error err = {0};
    ck_assert_msg(sn_law_moments(law, f, x, y, &m, &err) == SN_OK, "%s: %s under %s(%g, %g): %s",
                  f->type->name, sn_law_name(law->kind), sn_law_name(law->kind), x, y, err.message);
    return m;
}

START_TEST(against_references)
{
    const size_t n = sizeof references / sizeof references[0];
    double worst = 0, dishonest = 0;
    ck_assert(n >= 60);
    for (size_t i = 0; i < n; i++) {
        const sn_law law = law_of(references[i].kind, references[i].parameter);
        const sn_activation f = activation(references[i].activation);
        const double x = references[i].x, y = references[i].y;
        const sn_moments m = must(&law, &f, x, y);
        const double d = sqrt(references[i].variance), g = sqrt(references[i].slope_second);
        const double s = sqrt(y), least = DBL_MIN;
        const double errors[] = {
            fabs(m.variance - references[i].variance) / fmax(d * d, least),
            fabs(m.slope_second - references[i].slope_second) / fmax(g * g, least),
            fabs(m.mean - references[i].mean) / fmax(sqrt(references[i].second), least),
            fabs(m.second - references[i].second) / fmax(references[i].second, least),
            fabs(m.dmean_dx - references[i].dmean_dx) / fmax(g, least),
            fabs(m.dmean_dy - references[i].dmean_dy) / fmax(g / s, least),
            fabs(m.dvariance_dx - references[i].dvariance_dx) / fmax(d * g, least),
            fabs(m.dvariance_dy - references[i].dvariance_dy)
                / fmax(fmax(d * g / s, fabs(references[i].dvariance_dy)), least),
        };
        for (size_t k = 0; k < sizeof errors / sizeof errors[0]; k++) {
            ck_assert_msg(errors[k] <= fmax(2e-13, (k < 4 ? 1 : 4) * m.error),
                          "%s under %s(%g), x %g, y %g: number %zu is off by %.1e", f.type->name,
                          sn_law_name(law.kind), law.parameter, x, y, k, errors[k]);
            if (m.error <= 1e-11)
                worst = fmax(worst, errors[k]);
        }
        dishonest = fmax(dishonest, fmax(errors[0], errors[1]) / m.error);
        ck_assert_int_eq(m.trust, law.kind == SN_LAW_BERNOULLI ? SN_CLOSED_FORM : SN_QUADRATURE);
    }
    NOTE("%zu cases, worst %.1e, at most %.2f of the estimate", n, worst, dishonest);
    ck_assert(dishonest < 1);
}
END_TEST

/* Laws that are nearly another one, or are it. */
START_TEST(laws_that_meet)
{
    const sn_law cut = {.kind = SN_LAW_TRUNCATED_NORMAL, .parameter = 38};
    const sn_law narrow = {.kind = SN_LAW_TRUNCATED_NORMAL, .parameter = 1e-3};
    const sn_law uniform = sn_law_default(SN_LAW_UNIFORM), normal = sn_law_default(SN_LAW_NORMAL);
    const double one_bin[] = {-7.1, -3.3};
    const sn_law one = {
        .kind = SN_LAW_HISTOGRAM, .n_bins = 1, .edges = one_bin, .weights = (double[]){2.385}};
    for (size_t a = 0; a < sn_activation_count(); a++) {
        const sn_activation f = activation(sn_activation_at(a)->name);
        for (int k = -2; k <= 2; k++) {
            const double x = 1.37 * k, y = pow(7.7, k);
            sn_moments m;
            ck_assert_int_eq(sn_moments_compute(&f, x, y, &m, NULL), SN_OK);
            const sn_moments wide = must(&cut, &f, x, y), same = must(&normal, &f, x, y);
            const sn_moments flat = must(&uniform, &f, x, y), bin = must(&one, &f, x, y);
            ck_assert_double_eq_tol(wide.variance / m.variance, 1, 1e-13);
            ck_assert_double_eq_tol(wide.slope_second / m.slope_second, 1, 1e-13);
            ck_assert_double_eq_tol(wide.mean, m.mean, 1e-13 * sqrt(m.second));
            ck_assert(same.variance == m.variance && same.dmean_dy == m.dmean_dy);
            ck_assert_double_eq_tol(bin.variance, flat.variance, 1e-13 * flat.variance + DBL_MIN);
            ck_assert_double_eq_tol(bin.mean, flat.mean, 1e-13 * sqrt(flat.second) + DBL_MIN);
            /* By c^2, a cut at c is uniform. */
            const double almost = must(&narrow, &f, x, y).variance;
            ck_assert_double_eq_tol(almost, flat.variance, 1e-6 * flat.variance + DBL_MIN);
        }
    }
}
END_TEST

/* The derivatives are those of the moments, with the law held. */
START_TEST(derivatives_against_differences)
{
    double worst = 0;
    for (int kind = 1; kind < SN_LAW_COUNT; kind++) {
        const sn_law law =
            kind == SN_LAW_HISTOGRAM ? histograms[0] : sn_law_default((sn_law_kind)kind);
        for (size_t a = 0; a < sn_activation_count(); a++) {
            const sn_activation f = activation(sn_activation_at(a)->name);
            const double x = -0.437, y = 1.91, h = 1e-4;
            const sn_moments m = must(&law, &f, x, y);
            const sn_moments right = must(&law, &f, x + h, y), left = must(&law, &f, x - h, y);
            const sn_moments more = must(&law, &f, x, y + h), less = must(&law, &f, x, y - h);
            const double errors[] = {(right.mean - left.mean) / (2 * h) - m.dmean_dx,
                                     (more.mean - less.mean) / (2 * h) - m.dmean_dy,
                                     (right.second - left.second) / (2 * h) - m.dsecond_dx,
                                     (more.second - less.second) / (2 * h) - m.dsecond_dy,
                                     (right.variance - left.variance) / (2 * h) - m.dvariance_dx,
                                     (more.variance - less.variance) / (2 * h) - m.dvariance_dy};
            for (size_t k = 0; k < sizeof errors / sizeof errors[0]; k++) {
                worst = fmax(worst, fabs(errors[k]));
                ck_assert_msg(fabs(errors[k]) < 2e-8, "%s under %s: number %zu is off by %.1e",
                              f.type->name, sn_law_name(law.kind), k, errors[k]);
            }
        }
    }
    NOTE("worst %.1e", worst);
}
END_TEST

static double square(const void *state, double z)
{
    return *(const double *)state * z * z;
}

static double square_slope(const void *state, double z)
{
    return 2 * *(const double *)state * z;
}

static double growing(const void *state, double z)
{
    (void)state;
    return exp(z);
}

/* E z^4 = 3 (n - 2) / (n - 4) beside E z^2 = 1, for n degrees of freedom above 4. */
START_TEST(moments_that_need_not_exist)
{
    static const sn_activation_type squares = {
        .name = "square", .value_of = square, .derivative_of = square_slope};
    static const sn_activation_type exponential = {
        .name = "exp", .value_of = growing, .derivative_of = growing};
    const double scale = 0.7;
    const sn_activation f = {.type = &squares, .state = &scale}, g = {.type = &exponential};
    sn_moments m;
    sn_error err = {0};
    for (double n = 2.5; n < 4.1; n += 0.5) {
        const sn_law law = {.kind = SN_LAW_STUDENT_T, .parameter = n};
        ck_assert_int_eq(sn_law_moments(&law, &f, 0.3, 1.1, &m, &err), SN_ENOCONV);
        ck_assert_ptr_nonnull(strstr(err.message, "square grows like |z|^2"));
    }
    static const double exist[] = {4.01, 4.3, 5, 17.7, 3e5};
    for (size_t i = 0; i < sizeof exist / sizeof exist[0]; i++) {
        const double n = exist[i], y = 1.1;
        const sn_law law = {.kind = SN_LAW_STUDENT_T, .parameter = n};
        const sn_moments at_0 = must(&law, &f, 0, y);
        const double variance = scale * scale * y * y * (3 * (n - 2) / (n - 4) - 1);
        ck_assert_double_eq_tol(at_0.variance / variance, 1, 2e-13);
        ck_assert_double_eq_tol(at_0.mean, scale * y, 2e-13 * sqrt(at_0.second));
        ck_assert_double_eq_tol(at_0.dvariance_dy * y / (2 * variance), 1, 2e-13);
    }
    const sn_law student = sn_law_default(SN_LAW_STUDENT_T),
                 laplace = sn_law_default(SN_LAW_LAPLACE);
    ck_assert_int_eq(sn_law_moments(&student, &g, 0.3, 1.1, &m, &err), SN_ENOCONV);
    ck_assert_int_eq(sn_law_moments(&laplace, &g, 0.3, 0.6, &m, &err), SN_ENOCONV);
    /* E e^(u t) = 1 / (1 - u^2 / 2). */
    const sn_moments tame = must(&laplace, &g, 0, 0.09);
    ck_assert_double_eq_tol(tame.second, 1 / (1 - 0.18), 1e-13);
    ck_assert_double_eq_tol(tame.mean, 1 / (1 - 0.045), 1e-13);
    const sn_law coins = {.kind = SN_LAW_BERNOULLI, .parameter = 4};
    ck_assert_int_eq(sn_law_moments(&coins, &g, 0, 1e6, &m, &err), SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "not finite"));
}
END_TEST

START_TEST(list_and_spread)
{
    for (int kind = 0; kind < SN_LAW_COUNT; kind++) {
        const sn_law law = sn_law_default((sn_law_kind)kind);
        ck_assert(sn_law_name(law.kind)[0] != '\0' && sn_law_doc(law.kind)[0] != '\0');
        ck_assert_ptr_nonnull(sn_law_parameter_doc(law.kind));
        double mean, variance;
        if (kind != SN_LAW_HISTOGRAM) {
            ck_assert_int_eq(sn_law_check(&law, NULL), SN_OK);
            sn_law_spread(&law, &mean, &variance);
            ck_assert(mean == 0 && variance == 1);
        }
    }
    ck_assert_ptr_null(sn_law_name(SN_LAW_COUNT));
    ck_assert_ptr_null(sn_law_doc(SN_LAW_COUNT));
    ck_assert_ptr_null(sn_law_parameter_doc((sn_law_kind)-1));
    /* Far from 0 a histogram keeps its variance. */
    double edges[6], mean, variance, near_mean, near_variance;
    for (size_t i = 0; i < 6; i++)
        edges[i] = 0x1p40 + ldexp(floor(ldexp(edges_0[i], 10)), -10);
    sn_law far = histograms[0], near = histograms[0];
    far.edges = edges;
    sn_law_spread(&far, &mean, &variance);
    for (size_t i = 0; i < 6; i++)
        edges[i] -= 0x1p40;
    near.edges = edges;
    sn_law_spread(&near, &near_mean, &near_variance);
    ck_assert_double_eq_tol(variance, near_variance, 1e-15);
    ck_assert_double_eq_tol(mean - 0x1p40, near_mean, 2e-4);
    sn_law_spread(&histograms[1], &mean, &variance);
    ck_assert_double_eq_tol(mean, (3 * 10.75 + 11.875 + 2 * 20.5 + 5 * 21.85) / 11, 1e-13);
}
END_TEST

START_TEST(refusals)
{
    const double up[] = {0, 1, 2}, stuck[] = {0, 1, 1}, hole[] = {0, NAN, 2},
                 wide[] = {-1e300, 0, 1e300};
    const double fine[] = {1, 2}, none[] = {0, 0}, negative[] = {1, -1};
    const struct {
        sn_law law;
        double x, y;
        const char *says;
    } bad[] = {
        {{.kind = SN_LAW_STUDENT_T, .parameter = 2}, 0, 1, "is 2, allowed is 2.001 to 1e+06"},
        {{.kind = SN_LAW_STUDENT_T, .parameter = NAN}, 0, 1, "is nan"},
        {{.kind = SN_LAW_TRUNCATED_NORMAL, .parameter = 0}, 0, 1, "truncated_normal"},
        {{.kind = SN_LAW_BERNOULLI, .parameter = 0}, 0, 1, "allowed is 1 to 100000"},
        {{.kind = SN_LAW_BERNOULLI, .parameter = 2.385}, 0, 1, "must be a whole number"},
        {{.kind = SN_LAW_HISTOGRAM}, 0, 1, "no bins"},
        {{SN_LAW_HISTOGRAM, 0, 2, stuck, fine}, 0, 1, "bin 2 of the histogram is from 1 to 1"},
        {{SN_LAW_HISTOGRAM, 0, 2, hole, fine}, 0, 1, "bin 1 of the histogram is from 0 to nan"},
        {{SN_LAW_HISTOGRAM, 0, 2, wide, fine}, 0, 1, "variance inf"},
        {{SN_LAW_HISTOGRAM, 0, 2, up, none}, 0, 1, "all weights of the histogram are 0"},
        {{SN_LAW_HISTOGRAM, 0, 2, up, negative}, 0, 1, "weight of bin 2 of the histogram is -1"},
        {{.kind = SN_LAW_COUNT}, 0, 1, "law 8"},
        {{.kind = SN_LAW_UNIFORM}, NAN, 1, "mean x is nan"},
        {{.kind = SN_LAW_UNIFORM}, 0, 0, "variance y is 0"},
        {{.kind = SN_LAW_LAPLACE}, 0, INFINITY, "variance y is inf"},
    };
    const sn_activation f = activation("tanh");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_moments m;
        sn_error err = {0};
        ck_assert_int_eq(sn_law_moments(&bad[i].law, &f, bad[i].x, bad[i].y, &m, &err), SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
    }
}
END_TEST

/* The shapes are densities of mean 0 and variance 1, up to a factor. */
START_TEST(shapes)
{
    enum { STEPS = 400000 };
    static const double reach = 200;
    for (int kind = 0; kind < SN_LAW_COUNT; kind++) {
        sn_law law = kind == SN_LAW_HISTOGRAM ? histograms[1] : sn_law_default((sn_law_kind)kind);
        if (kind == SN_LAW_STUDENT_T)
            law.parameter = 9;
        double weight = 0, mean = 0, square = 0;
        for (int i = 0; i < STEPS; i++) {
            const double t = reach * (2 * (i + 0.5) / STEPS - 1), shape = sn_law_shape(&law, t);
            weight += shape;
            mean += shape * t;
            square += shape * t * t;
        }
        if (kind == SN_LAW_BERNOULLI) {
            ck_assert(isnan(weight));
            continue;
        }
        ck_assert_double_eq_tol(mean / weight, 0, 1e-3);
        ck_assert_double_eq_tol(square / weight, 1, 1e-3);
    }
}
END_TEST

UNIT_MAIN("law", shapes, against_references, laws_that_meet, derivatives_against_differences,
          moments_that_need_not_exist, list_and_spread, refusals)
