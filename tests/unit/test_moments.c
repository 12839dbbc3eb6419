/* The moments of every activation: against 30-digit values, against each other, against their own
 * differences; what is asked of them outside their domain; what is done where a rule fails. */
#include "theory/moments.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"

/* --- errors in their natural scales --- */

/* The largest error of a set of moments, where, and of what. */
typedef struct record {
    double error;
    const char *field;
    char where[128];
} record;

static void hold(record *worst, double error, const char *field, const char *name, double x,
                 double y)
{
    if (error <= worst->error) /* a NaN is held */
        return;
    worst->error = error;
    worst->field = field;
    snprintf(worst->where, sizeof worst->where, "%s under N(%.17g, %.17g)", name, x, y);
}

/* Each field of m against the reference, in the scale in which it is promised: sums of squares
 * relative to themselves, the mean to the root of second, derivatives to themselves or to what
 * Cauchy-Schwarz allows them to be near the centre, the larger. */
static void compare(record *worst, const sn_moments *m, const sn_moments *reference,
                    const char *name, double x, double y)
{
    const double s = sqrt(y), steepness = sqrt(reference->slope_second);
    const double deviation = sqrt(reference->variance);
    const struct {
        const char *field;
        double value, reference, scale;
    } fields[] = {
        {"mean", m->mean, reference->mean, sqrt(reference->second)},
        {"second", m->second, reference->second, reference->second},
        {"variance", m->variance, reference->variance, reference->variance},
        {"slope_second", m->slope_second, reference->slope_second, reference->slope_second},
        {"dmean_dx", m->dmean_dx, reference->dmean_dx, steepness},
        {"dmean_dy", m->dmean_dy, reference->dmean_dy, steepness / s},
        {"dvariance_dx", m->dvariance_dx, reference->dvariance_dx, deviation * steepness},
        {"dvariance_dy", m->dvariance_dy, reference->dvariance_dy, deviation * steepness / s},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const double scale = fmax(fmax(fields[i].scale, fabs(fields[i].reference)), DBL_MIN);
        hold(worst, fabs(fields[i].value - fields[i].reference) / scale, fields[i].field, name, x,
             y);
    }
}

#define REPORT(worst, what)                                                                        \
    NOTE("%s: worst %.2e, %s of %s", what, (worst).error, (worst).field, (worst).where)

/* --- activations of this test, as a newcomer would write them --- */

static double ramp_value(const double *params, double z)
{
    return z > params[0] ? z - params[0] : params[1] * (z - params[0]);
}

static double ramp_derivative(const double *params, double z)
{
    return z > params[0] ? 1 : params[1];
}

static size_t ramp_kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    kinks[0] = params[0];
    return 1;
}

static const sn_activation_type ramp = {.name = "ramp",
                                        .n_params = 2,
                                        .value = ramp_value,
                                        .derivative = ramp_derivative,
                                        .kinks = ramp_kinks};
static const sn_activation_type hidden_ramp = {
    .name = "hidden ramp", .n_params = 2, .value = ramp_value, .derivative = ramp_derivative};

static double exp_value(const double *params, double z)
{
    return exp(params[0] * z);
}

static double exp_derivative(const double *params, double z)
{
    return params[0] * exp(params[0] * z);
}

static const sn_activation_type exponential = {
    .name = "exponential", .n_params = 1, .value = exp_value, .derivative = exp_derivative};

/* A triangle wave of period 2 params[0] between 0 and params[0]: a kink at each multiple. */
static double wave_value(const double *params, double z)
{
    const double phase = fmod(fabs(z), 2 * params[0]);
    return phase < params[0] ? phase : 2 * params[0] - phase;
}

static double wave_derivative(const double *params, double z)
{
    const double phase = fmod(fabs(z), 2 * params[0]);
    return phase < params[0] ? copysign(1, z) : -copysign(1, z);
}

static const sn_activation_type wave = {
    .name = "wave", .n_params = 1, .value = wave_value, .derivative = wave_derivative};

static double nan_value(const double *params, double z)
{
    (void)params;
    return sqrt(z);
}

static double nan_derivative(const double *params, double z)
{
    (void)params;
    return 0.5 / sqrt(z);
}

static const sn_activation_type half_line = {
    .name = "square root", .value = nan_value, .derivative = nan_derivative};

/* --- helpers --- */

/* Uniform in [0, 1), the same everywhere (Steele, Lea, Flood 2014, SplitMix64). */
static double uniform(unsigned long long *state)
{
    unsigned long long z = (*state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double log_uniform(unsigned long long *state, double from, double to)
{
    return from * pow(to / from, uniform(state));
}

typedef sn_status rule(const sn_activation *f, double x, double y, sn_moments *out, sn_error *err);

static sn_moments must(rule *by, const sn_activation *f, double x, double y)
{
    sn_moments m;
    sn_error err = {0};
    const sn_status status = by(f, x, y, &m, &err);
    ck_assert_msg(status == SN_OK, "%s under N(%.17g, %.17g): %s", f->type->name, x, y,
                  err.message);
    return m;
}

static sn_activation with_defaults(size_t index)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(index)->name, NULL), SN_OK);
    return f;
}

/* --- 30-digit values --- */

static const struct {
    const char *activation;
    double x, y;
    double mean, second, variance, dmean_dx, dmean_dy, dvariance_dx, dvariance_dy, slope_second;
} references[] = {
#include "moments_reference.inc"
};

static sn_moments reference_moments(size_t i)
{
    return (sn_moments){
        .mean = references[i].mean,
        .second = references[i].second,
        .variance = references[i].variance,
        .dmean_dx = references[i].dmean_dx,
        .dmean_dy = references[i].dmean_dy,
        .dvariance_dx = references[i].dvariance_dx,
        .dvariance_dy = references[i].dvariance_dy,
        .slope_second = references[i].slope_second,
    };
}

/* --- cases --- */

START_TEST(outside_the_domain)
{
    static const struct {
        double x, y;
        const char *says;
    } bad[] = {
        {NAN, 1, "mean x is nan"},         {INFINITY, 1, "mean x is inf"},
        {-INFINITY, 1, "mean x is -inf"},  {0.3, 0, "variance y is 0"},
        {0.3, -2.385, "variance y is -2"}, {0.3, INFINITY, "variance y is inf"},
        {0.3, NAN, "variance y is nan"},
    };
    static rule *const rules[] = {sn_moments_compute, sn_moments_quadrature, sn_moments_adaptive};
    const sn_activation f = {.type = &ramp};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        for (size_t r = 0; r < 3; r++) {
            sn_moments m;
            sn_error err = {0};
            ck_assert_int_eq(rules[r](&f, bad[i].x, bad[i].y, &m, &err), SN_EDOMAIN);
            ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
            ck_assert_int_eq(rules[r](&f, bad[i].x, bad[i].y, &m, NULL), SN_EDOMAIN);
        }
}
END_TEST

/* Every activation at once: the numbers of one by one, and the status of the first bad point. */
START_TEST(many_points_are_as_one_by_one)
{
    enum { COUNT = 37 };
    double x[COUNT], y[COUNT];
    sn_moments m[COUNT], one;
    unsigned long long state = 2017;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        for (size_t k = 0; k < COUNT; k++) {
            x[k] = -2 + 4 * uniform(&state);
            y[k] = log_uniform(&state, 1e-2, 10);
        }
        ck_assert_int_eq(sn_moments_many(&f, COUNT, x, y, m, NULL), SN_OK);
        for (size_t k = 0; k < COUNT; k++) {
            ck_assert_int_eq(sn_moments_compute(&f, x[k], y[k], &one, NULL), SN_OK);
            ck_assert_int_eq(m[k].trust, one.trust);
            ck_assert_double_eq_tol(m[k].mean, one.mean, 1e-13 * sqrt(one.second));
            ck_assert_double_eq_tol(m[k].variance / one.variance, 1, 1e-13);
            ck_assert_double_eq_tol(m[k].slope_second / one.slope_second, 1, 1e-13);
        }
        sn_error err = {0};
        x[17] = INFINITY;
        y[5] = -2.385;
        ck_assert_int_eq(sn_moments_many(&f, COUNT, x, y, m, &err), SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, "variance y is -2.385") != NULL, "%s", err.message);
        ck_assert_int_eq(sn_moments_many(&f, 0, NULL, NULL, NULL, NULL), SN_OK);
    }
    sn_activation elu;
    ck_assert_int_eq(sn_activation_init(&elu, "elu", NULL), SN_OK);
    x[0] = 1e160, y[0] = 1;
    ck_assert_int_eq(sn_moments_many(&elu, 1, x, y, m, NULL), SN_ENOCONV);
}
END_TEST

START_TEST(thirty_digits)
{
    record quadrature = {0}, compute = {0}, rough = {0};
    double dishonest = 0;
    const size_t n = sizeof references / sizeof references[0];
    ck_assert(n >= 60);
    for (size_t i = 0; i < n; i++) {
        const double x = references[i].x, y = references[i].y;
        const sn_moments exact = reference_moments(i);
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, references[i].activation, NULL), SN_OK);
        const sn_moments q = must(sn_moments_quadrature, &f, x, y);
        const sn_moments c = must(sn_moments_compute, &f, x, y);
        if (q.error < 1e-10)
            compare(&quadrature, &q, &exact, f.type->name, x, y);
        compare(&compute, &c, &exact, f.type->name, x, y);
        const double error = fabs(q.variance / exact.variance - 1);
        if (exact.variance > DBL_MIN)
            dishonest = fmax(dishonest, error / q.error);
        sn_moments a;
        if (sn_moments_adaptive(&f, x, y, &a, NULL) == SN_OK && exact.variance > 1e-150)
            hold(&rough, fabs(a.variance / exact.variance - 1) / (a.error + 1e-13), "variance",
                 f.type->name, x, y);
    }
    REPORT(quadrature, "quadrature against 30 digits");
    REPORT(compute, "the best way against 30 digits");
    NOTE("an error of the variance is at most %.2f of its estimate", dishonest);
    REPORT(rough, "error of GSL's variance in units of its estimate");
    ck_assert(quadrature.error < 1e-12);
    ck_assert(compute.error < 1e-12);
    ck_assert(dishonest < 1);
}
END_TEST

START_TEST(quadrature_against_adaptive)
{
    unsigned long long state = 20170608;
    record worst = {0};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation f = with_defaults(i);
        for (int k = 0; k < 12; k++) {
            const double x = 6 * uniform(&state) - 3;
            const double y = log_uniform(&state, 0.02, 30);
            const sn_moments m = must(sn_moments_quadrature, &f, x, y);
            const sn_moments a = must(sn_moments_adaptive, &f, x, y);
            ck_assert_int_eq(m.trust, SN_QUADRATURE);
            ck_assert_int_eq(a.trust, SN_ADAPTIVE);
            compare(&worst, &m, &a, f.type->name, x, y);
        }
    }
    REPORT(worst, "quadrature against GSL, moderate points");
    ck_assert(worst.error < 2e-12);
}
END_TEST

START_TEST(quadrature_against_closed_forms)
{
    unsigned long long state = 515;
    record worst = {0};
    size_t closed = 0;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation f = with_defaults(i);
        if (f.type->moments == NULL)
            continue;
        closed++;
        for (int k = 0; k < 300; k++) {
            const double y = log_uniform(&state, 1e-12, 1e6);
            const double x = fmin(1000, 36 * sqrt(y)) * (2 * uniform(&state) - 1);
            const sn_moments m = must(sn_moments_quadrature, &f, x, y);
            const sn_moments c = must(sn_moments_compute, &f, x, y);
            ck_assert_int_eq(c.trust, SN_CLOSED_FORM);
            compare(&worst, &m, &c, f.type->name, x, y);
        }
    }
    ck_assert(closed > 0);
    REPORT(worst, "quadrature against closed forms");
    ck_assert(worst.error < 1e-12);
}
END_TEST

/* E e^(az) and all that follows are exponentials; the mass lies a s deviations from x. */
START_TEST(an_exponential_far_from_the_centre)
{
    unsigned long long state = 99;
    record worst = {0};
    for (int k = 0; k < 500; k++) {
        const double a = log_uniform(&state, 0.01, 3);
        const double y = pow(9 * uniform(&state) / a, 2) + 1e-9;
        const double x = 4 * uniform(&state) - 2;
        const sn_activation f = {.type = &exponential, .params = {a}};
        const double mean = exp(a * x + a * a * y / 2);
        const double second = exp(2 * a * x + 2 * a * a * y);
        const sn_moments exact = {
            .mean = mean,
            .second = second,
            .variance = mean * mean * expm1(a * a * y),
            .dmean_dx = a * mean,
            .dmean_dy = a * a / 2 * mean,
            .dvariance_dx = 2 * a * mean * mean * expm1(a * a * y),
            .dvariance_dy = a * a * (2 * second - mean * mean),
            .slope_second = a * a * second,
        };
        const sn_moments m = must(sn_moments_quadrature, &f, x, y);
        compare(&worst, &m, &exact, "exp", x, y);
    }
    REPORT(worst, "exponential against its closed form");
    ck_assert(worst.error < 1e-12);
}
END_TEST

START_TEST(an_undeclared_kink_costs_time_alone)
{
    unsigned long long state = 31;
    record worst = {0};
    double dishonest = 0;
    for (int k = 0; k < 400; k++) {
        const double y = log_uniform(&state, 1e-6, 1e4);
        const double x = 3 * uniform(&state) - 1.5;
        const double kink = x + 6 * (2 * uniform(&state) - 1) * sqrt(y);
        const double slope = 3 * uniform(&state) - 1.5;
        const sn_activation hidden = {.type = &hidden_ramp, .params = {kink, slope}};
        const sn_activation declared = {.type = &ramp, .params = {kink, slope}};
        const sn_moments m = must(sn_moments_compute, &hidden, x, y);
        const sn_moments d = must(sn_moments_quadrature, &declared, x, y);
        compare(&worst, &m, &d, "hidden ramp", x, y);
        ck_assert(m.error < 1e-10);
        dishonest = fmax(dishonest, fabs(m.variance / d.variance - 1) / m.error);
    }
    REPORT(worst, "undeclared kink against declared");
    NOTE("its error of the variance is at most %.2f of the estimate", dishonest);
    ck_assert(worst.error < 1e-11);
    ck_assert(dishonest < 1);
}
END_TEST

/* Thousands of undeclared kinks exhaust the panels; GSL then does what it can, and says so. The
 * wave is 1/12 in the mean of squares about its mean where it is much finer than the Gaussian. */
START_TEST(a_fallback_and_its_end)
{
    sn_error err = {0};
    sn_moments m;
    const sn_activation coarse = {.type = &wave, .params = {0.5}};
    const sn_moments fallback = must(sn_moments_compute, &coarse, 0.313, 900);
    const double variance = 0.25 / 12;
    NOTE("a wave of %d kinks: %s, error estimate %.1e, true %.1e", 60 * 18,
         sn_trust_text(fallback.trust), fallback.error, fabs(fallback.variance / variance - 1));
    ck_assert_int_eq(fallback.trust, SN_ADAPTIVE);
    ck_assert(fabs(fallback.variance / variance - 1) <= fallback.error);

    const sn_activation hopeless = {.type = &wave, .params = {1e-5}};
    ck_assert_int_eq(sn_moments_compute(&hopeless, 0.313, 900, &m, &err), SN_ENOCONV);
    ck_assert_int_eq(err.status, SN_ENOCONV);
    NOTE("%s", err.message);
}
END_TEST

/* A signal on its way to infinity. What curves around 0 is then relu, to rounding, and narrower
 * than the doubles at x are apart. */
START_TEST(far_beyond_the_scale_of_f)
{
    static const char *const names[] = {"softplus",  "silu", "gelu",
                                        "gelu_tanh", "mish", "hardswish"};
    static const double points[][2] = {
        {3e16, 1e34}, {-1.9e16, 2.1e34}, {3.2e80, 1e161}, {-7e83, 1.7e168}};
    double worst = 0;
    sn_activation relu;
    ck_assert_int_eq(sn_activation_init(&relu, "relu", NULL), SN_OK);
    for (size_t i = 0; i < 24; i++) {
        const double x = points[i / 6][0], y = points[i / 6][1];
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, names[i % 6], NULL), SN_OK);
        const sn_moments expected = must(sn_moments_compute, &relu, x, y);
        const sn_moments m = must(sn_moments_compute, &f, x, y);
        worst = fmax(worst, fabs(m.variance / expected.variance - 1));
        worst = fmax(worst, fabs(m.slope_second / expected.slope_second - 1));
        ck_assert_int_eq(m.trust, SN_QUADRATURE);
    }
    NOTE("curves far beyond their scale against relu: %.1e", worst);
    ck_assert(worst < 1e-12);
}
END_TEST

/* By mpmath at 40 digits: E f'^2 under N(-3e5, 1e12). No rule sees z near 0 better than the doubles
 * at x allow, so none is asked for a second time. */
START_TEST(rounding_of_z_is_no_reason_for_a_fallback)
{
    const double expected = 5.0851708728062417e-7;
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "tanh", NULL), SN_OK);
    const sn_moments m = must(sn_moments_compute, &f, -3e5, 1e12);
    const double error = fabs(m.slope_second / expected - 1);
    NOTE("tanh under N(-3e5, 1e12): error %.1e, estimate %.1e", error, m.error);
    ck_assert_int_eq(m.trust, SN_QUADRATURE);
    ck_assert(error <= m.error);
}
END_TEST

START_TEST(moments_that_are_no_numbers)
{
    sn_error err = {0};
    sn_moments m;
    const sn_activation f = {.type = &exponential, .params = {1}};
    ck_assert_int_eq(sn_moments_compute(&f, 0.7, 1e4, &m, &err), SN_ENOCONV);
    NOTE("%s", err.message);
    ck_assert_int_eq(sn_moments_quadrature(&f, 0.7, 1e4, &m, &err), SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "not finite"));
    const sn_activation g = {.type = &half_line};
    ck_assert_int_eq(sn_moments_compute(&g, 0.7, 1.1, &m, &err), SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "not finite"));
    NOTE("%s", err.message);
}
END_TEST

START_TEST(derivatives_against_differences)
{
    unsigned long long state = 271828;
    record worst = {0};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation f = with_defaults(i);
        for (int k = 0; k < 200; k++) {
            const double y = log_uniform(&state, 1e-2, 1e3), s = sqrt(y);
            const double x = (2 * uniform(&state) - 1) * (3 + s);
            const double u = 1 + fabs(x) / s;
            const double h = 0.02 * s / (1 + s) / u, step = h * s / u; /* of x, of y */
            sn_moments at = must(sn_moments_quadrature, &f, x, y), d[4], e[4];
            static const double shifts[] = {-2, -1, 1, 2};
            static const double weights[] = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
            sn_moments differences = at;
            differences.dmean_dx = differences.dmean_dy = 0;
            differences.dvariance_dx = differences.dvariance_dy = 0;
            for (int j = 0; j < 4; j++) {
                d[j] = must(sn_moments_quadrature, &f, x + shifts[j] * h, y);
                e[j] = must(sn_moments_quadrature, &f, x, y + shifts[j] * step);
                differences.dmean_dx += weights[j] * (d[j].mean - at.mean) / h;
                differences.dmean_dy += weights[j] * (e[j].mean - at.mean) / step;
                differences.dvariance_dx += weights[j] * d[j].variance / h;
                differences.dvariance_dy += weights[j] * e[j].variance / step;
            }
            compare(&worst, &at, &differences, f.type->name, x, y);
            const double second_dx = 2 * at.mean * at.dmean_dx + at.dvariance_dx;
            ck_assert(fabs(at.dsecond_dx - second_dx) <= 1e-15 * fabs(second_dx));
        }
    }
    REPORT(worst, "derivatives against differences");
    ck_assert(worst.error < 2e-5);
}
END_TEST

/* The fallback is entered by many threads at once, and gives each what it gives alone. */
START_TEST(threads_do_not_meet)
{
    enum { CALLS = 24 };
    sn_moments alone[CALLS], together[CALLS];
    const sn_activation f = {.type = &wave, .params = {0.77}};
    for (int i = 0; i < CALLS; i++)
        alone[i] = must(sn_moments_compute, &f, 0.1 * i, 400);
    int failed = 0;
#pragma omp parallel for reduction(+ : failed) num_threads(4)
    for (int i = 0; i < CALLS; i++)
        failed += sn_moments_compute(&f, 0.1 * i, 400, &together[i], NULL) != SN_OK;
    ck_assert_int_eq(failed, 0);
    for (int i = 0; i < CALLS; i++)
        ck_assert(alone[i].variance == together[i].variance && alone[i].mean == together[i].mean);
}
END_TEST

UNIT_MAIN("moments", outside_the_domain, many_points_are_as_one_by_one, thirty_digits,
          quadrature_against_adaptive, quadrature_against_closed_forms,
          an_exponential_far_from_the_centre, an_undeclared_kink_costs_time_alone,
          a_fallback_and_its_end, far_beyond_the_scale_of_f,
          rounding_of_z_is_no_reason_for_a_fallback, moments_that_are_no_numbers,
          derivatives_against_differences, threads_do_not_meet)
