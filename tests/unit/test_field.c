/* The mean field: fixed points against 25-digit values, their number, and what they are. */
#include "theory/field.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"

static const struct {
    const char *activation;
    int centred;
    double tau, bias_variance, q, slope, chi1, c, c_slope;
} references[] = {
#include "field_reference.inc"
};

/* z + A sin(K z): V(q) has three fixed points for some tau. E f^2 by E e^(ikz) = e^(-k^2 q / 2). */
static const double A = -0.8, K = 1.3;

static double wave(const double *params, double z)
{
    (void)params;
    return z + A * sin(K * z);
}

static double wave_slope(const double *params, double z)
{
    (void)params;
    return 1 + A * K * cos(K * z);
}

/* By E e^(ikz) = e^(ikx - k^2 y / 2); derivatives at x = 0 alone. */
static void wave_moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const double e = exp(-K * K * y / 2), e2 = exp(-2 * K * K * y);
    const double s = e * sin(K * x), c = e * cos(K * x);
    const double second =
        x * x + y + 2 * A * (x * s + y * K * c) + A * A * (1 - e2 * cos(2 * K * x)) / 2;
    const double mean = x + A * s;
    const double rise = 1 + 2 * A * K * e * (1 - y * K * K / 2) + A * A * K * K * e2;
    *out = (sn_moments){.mean = mean,
                        .second = second,
                        .variance = second - mean * mean,
                        .dmean_dx = 1 + A * K * c,
                        .dsecond_dy = rise,
                        .dvariance_dy = rise,
                        .slope_second =
                            1 + 2 * A * K * c + A * A * K * K * (1 + e2 * cos(2 * K * x)) / 2,
                        .trust = SN_CLOSED_FORM};
}

static const sn_activation_type wave_type = {
    .name = "wave", .value = wave, .derivative = wave_slope, .moments = wave_moments};
static const sn_activation_type plain_wave_type = {
    .name = "plain_wave", .value = wave, .derivative = wave_slope};

/* S(q) / q of the wave and its derivative. */
static double wave_growth(double q)
{
    return 1 + 2 * A * K * exp(-K * K * q / 2) - A * A * expm1(-2 * K * K * q) / (2 * q);
}

static double wave_growth_slope(double q)
{
    const double e = exp(-2 * K * K * q);
    return -A * K * K * K * exp(-K * K * q / 2)
           + A * A * (2 * K * K * e / (2 * q) + expm1(-2 * K * K * q) / (2 * q * q));
}

static sn_field field_of(const char *name, sn_map_kind map, double tau, double bias_variance)
{
    sn_field field = {.map = map, .tau = tau, .bias_variance = bias_variance};
    if (strcmp(name, "plain_wave") == 0)
        field.activation.type = &plain_wave_type;
    else if (strcmp(name, "wave") == 0)
        field.activation.type = &wave_type;
    else
        ck_assert_int_eq(sn_activation_init(&field.activation, name, NULL), SN_OK);
    return field;
}

static sn_field ensemble(const char *name, double tau, double bias_variance)
{
    return field_of(name, SN_MAP_ENSEMBLE, tau, bias_variance);
}

static sn_field_points points_of(const sn_field *field)
{
    sn_field_points out;
    sn_error err = {0};
    ck_assert_msg(sn_field_fixed_points(field, &out, &err) == SN_OK, "%s at tau %g: %s",
                  field->activation.type->name, field->tau, err.message);
    return out;
}

static double step(const sn_field *field, double q, double *slope, double *chi1)
{
    double next;
    ck_assert_int_eq(sn_field_step(field, q, &next, slope, chi1, NULL), SN_OK);
    return next;
}

START_TEST(against_references)
{
    const size_t n = sizeof references / sizeof references[0];
    double worst = 0, worst_c = 0, dishonest = 0;
    ck_assert(n >= 29);
    for (size_t i = 0; i < n; i++) {
        const double q = references[i].q, c = references[i].c;
        const sn_field field = field_of(references[i].activation,
                                        references[i].centred ? SN_MAP_CENTRED : SN_MAP_ENSEMBLE,
                                        references[i].tau, references[i].bias_variance);
        const sn_field_points all = points_of(&field);
        const sn_field_point *p = NULL;
        for (size_t k = 0; k < all.count; k++)
            if (fabs(all.points[k].q - q) <= 1e-9 * q)
                p = &all.points[k];
        ck_assert_msg(p != NULL, "%s: no %.17g", references[i].activation, q);
        const double error = fabs(p->q - q) / q;
        worst = fmax(worst, error);
        dishonest = fmax(dishonest, error / p->error);
        ck_assert_double_eq_tol(p->slope, references[i].slope, 1e-12);
        ck_assert_double_eq_tol(p->chi1 / references[i].chi1, 1, 1e-12);
        if (c > 1)
            continue;
        const sn_correlation_point *star = &p->correlations[p->n_correlations - 2];
        const double c_error = fabs(star->c - c);
        worst_c = fmax(worst_c, c_error);
        ck_assert_msg(c_error <= star->error, "%s: c* off by %.1e, not %.1e",
                      references[i].activation, c_error, star->error);
        ck_assert_double_eq_tol(star->slope, references[i].c_slope, 1e-11);
        ck_assert(star->attracting);
    }
    NOTE("worst q %.1e, at most %.2f of the estimate; worst c %.1e", worst, dishonest, worst_c);
    ck_assert(worst < 1e-13);
    ck_assert(worst_c < 1e-12);
    ck_assert(dishonest < 1);
}
END_TEST

/* How far c* is from 1 where chi1 is barely above 1: relative to that distance. */
START_TEST(barely_chaotic)
{
    size_t seen = 0;
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        if (!(references[i].c > 0.99 && references[i].c < 1))
            continue;
        const sn_field field =
            ensemble(references[i].activation, references[i].tau, references[i].bias_variance);
        const sn_field_points all = points_of(&field);
        const sn_field_point *p = &all.points[all.count - 1];
        const double d = 1 - references[i].c, excess = references[i].chi1 - 1;
        /* chi1 is known to some 1e-15, and d is proportional to chi1 - 1. */
        ck_assert_double_eq_tol((1 - p->correlations[p->n_correlations - 2].c) / d, 1,
                                2e-15 / d + 1e-14 / excess);
        ck_assert_int_eq(p->phase, SN_PHASE_CHAOTIC);
        seen++;
    }
    ck_assert(seen >= 4);
}
END_TEST

/* Every point listed is one, and so is every correlation. */
START_TEST(listed_points_are_fixed)
{
    static const double at[][2] = {{0.31, 0}, {1, 0}, {1.43, 0.05}, {2, 0}, {3.7, 1.3}, {60, 1e-7}};
    size_t seen = 0;
    for (size_t i = 0; i < sn_activation_count(); i++)
        for (size_t k = 0; k < 2 * sizeof at / sizeof at[0]; k++) {
            const sn_field field =
                field_of(sn_activation_at(i)->name, k % 2 ? SN_MAP_CENTRED : SN_MAP_ENSEMBLE,
                         at[k / 2][0], at[k / 2][1]);
            const sn_field_points all = points_of(&field);
            for (size_t j = 0; j < all.count; j++) {
                const sn_field_point *p = &all.points[j];
                ck_assert(j == 0 || p->q > all.points[j - 1].q);
                if (p->q == 0)
                    continue;
                double slope, chi1;
                ck_assert_double_eq_tol(step(&field, p->q, &slope, &chi1) / p->q, 1, 1e-14);
                ck_assert_double_eq(slope, p->slope);
                ck_assert_double_eq(chi1, p->chi1);
                ck_assert(p->n_correlations >= 1);
                ck_assert_double_eq(p->correlations[p->n_correlations - 1].c, 1);
                for (size_t l = 0; l < p->n_correlations; l++) {
                    const sn_correlation_point *c = &p->correlations[l];
                    double next, c_slope, error;
                    ck_assert(l == 0 || c->c > p->correlations[l - 1].c);
                    ck_assert_int_eq(
                        sn_field_correlation(&field, p->q, c->c, &next, &c_slope, &error, NULL),
                        SN_OK);
                    ck_assert_double_eq_tol(next, c->c, 2e-13);
                    ck_assert_double_eq_tol(c_slope, c->slope, 1e-12 * fmax(1, c->slope));
                    seen++;
                }
            }
        }
    ck_assert(seen > 100);
}
END_TEST

/* As many as V(q) - q changes sign on a grid 40 times as fine. */
START_TEST(none_is_missed)
{
    static const double at[][2] = {{1.03, 0.02}, {2.4, 0.05}, {3, 0.05}, {3.1, 0.01}, {25, 1e-9}};
    size_t most = 0;
    for (size_t i = 0; i < sn_activation_count() + 1; i++)
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++) {
            const char *name = i == 0 ? "wave" : sn_activation_at(i - 1)->name;
            const sn_field field = ensemble(name, at[k][0], at[k][1]);
            size_t changes = 0;
            bool above = true; /* V(0) > 0 */
            for (double q = 1e-12; q < 1e4; q *= 1.03) {
                double slope, chi1;
                const bool now = step(&field, q, &slope, &chi1) > q;
                changes += now != above;
                above = now;
            }
            ck_assert_msg(points_of(&field).count == changes, "%s at %g, %g: %zu", name, at[k][0],
                          at[k][1], changes);
            most = changes > most ? changes : most;
        }
    ck_assert_uint_ge(most, 2);
}
END_TEST

START_TEST(three_points)
{
    const sn_field field = ensemble("wave", 0.97, 0.01);
    const sn_field_points all = points_of(&field);
    ck_assert_uint_eq(all.count, 3);
    ck_assert(all.points[0].attracting && !all.points[1].attracting && all.points[2].attracting);
    ck_assert(all.points[0].depth_q > 0 && isnan(all.points[1].depth_q)
              && all.points[2].depth_q > 0);
    ck_assert(isfinite(all.points[1].depth_c));
    ck_assert_double_eq_tol(all.growth_large, 0.97, 1e-12);
}
END_TEST

/* Without closed moments the wave is too fast a one from some q on, and the range ends. */
START_TEST(three_points_by_quadrature)
{
    const sn_field field = ensemble("wave", 0.97, 0.01), plain = ensemble("plain_wave", 0.97, 0.01);
    const sn_field_points all = points_of(&field), again = points_of(&plain);
    ck_assert_uint_eq(again.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const double noise = all.points[i].error + again.points[i].error;
        ck_assert(fabs(again.points[i].q / all.points[i].q - 1) <= noise && noise < 1e-11);
    }
    ck_assert(again.to > 1e6 && again.to < 1e12);
}
END_TEST

/* tau S(q) / q touches 1 from below where S / q is largest. */
START_TEST(a_double_root)
{
    double low = 3, high = 9;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        *(wave_growth_slope(middle) > 0 ? &low : &high) = middle;
    }
    const double tau = 1 / wave_growth(low);
    sn_field field = ensemble("wave", tau, 0);
    const sn_field_points all = points_of(&field);
    ck_assert_uint_eq(all.count, 2);
    ck_assert_double_eq(all.points[0].q, 0);
    ck_assert(all.points[0].attracting);
    const sn_field_point *p = &all.points[1];
    ck_assert_double_eq_tol(p->q / low, 1, 1e-9);
    ck_assert(fabs(p->q / low - 1) < p->error && p->error < 1e-5);
    ck_assert_double_eq_tol(p->slope, 1, 1e-9);
    ck_assert(!p->attracting && p->isolated);

    field.tau = tau * (1 - 1e-12); /* no longer touches */
    ck_assert_uint_eq(points_of(&field).count, 1);
    field.tau = tau * (1 + 1e-12); /* crosses twice, 2e-6 or so apart */
    const sn_field_points two = points_of(&field);
    ck_assert_uint_eq(two.count, 3);
    ck_assert(two.points[1].q < low && low < two.points[2].q);
    ck_assert(two.points[2].q / two.points[1].q < 1 + 1e-4);
    ck_assert(!two.points[1].attracting && two.points[2].attracting);
}
END_TEST

START_TEST(ranges_of_fixed_points)
{
    static const struct {
        const char *name;
        sn_map_kind map;
        double tau;
    } ranges[] = {{"relu", SN_MAP_ENSEMBLE, 2},
                  {"linear", SN_MAP_ENSEMBLE, 1},
                  {"linear", SN_MAP_CENTRED, 1},
                  {"leaky_relu", SN_MAP_ENSEMBLE, 2 / (1 + 0.01 * 0.01)}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        sn_field field = field_of(ranges[i].name, ranges[i].map, ranges[i].tau, 0);
        const sn_field_points all = points_of(&field);
        ck_assert_uint_eq(all.count, 1);
        const sn_field_point *p = &all.points[0];
        ck_assert(!p->isolated && !p->attracting && p->q > 0);
        ck_assert_double_eq_tol(p->slope, 1, 1e-15);
        ck_assert_int_eq(p->phase, SN_PHASE_CRITICAL);
        ck_assert(isinf(p->depth_q) && isinf(p->depth_c));
        /* R(c) = c of a linear f, for all c; any other draws together. */
        ck_assert(p->correlations[p->n_correlations - 1].attracting
                  == (strcmp(ranges[i].name, "linear") != 0));
        field.bias_variance = 1e-30; /* only adds up */
        ck_assert_uint_eq(points_of(&field).count, 0);
        field.bias_variance = 0;
        field.tau *= 1 + 1e-12;
        const sn_field_points explodes = points_of(&field);
        ck_assert_uint_eq(explodes.count, 1);
        ck_assert_double_eq(explodes.points[0].q, 0);
        ck_assert(!explodes.points[0].attracting);
    }
}
END_TEST

/* Under a uniform law hardtanh(z) = z for q <= 1/3, and S = 1 - 2 / (3 sqrt(3 q)) beyond. */
START_TEST(a_range_that_ends)
{
    const sn_law law = {.kind = SN_LAW_UNIFORM};
    sn_field field = ensemble("hardtanh", 1, 0);
    field.law = &law;
    const sn_field_points all = points_of(&field);
    ck_assert_uint_eq(all.count, 1);
    ck_assert(!all.points[0].isolated && !all.points[0].attracting);
    ck_assert(all.points[0].q > 0 && all.points[0].q <= 1.0 / 3);
    ck_assert_double_eq_tol(all.points[0].slope, 1, 1e-12);
    ck_assert_uint_eq(all.points[0].n_correlations, 0);

    field.tau = 1.7;
    const sn_field_points two = points_of(&field);
    ck_assert_uint_eq(two.count, 2);
    ck_assert(two.points[0].q == 0 && !two.points[0].attracting && two.points[0].isolated);
    ck_assert_double_eq_tol(two.points[0].slope, 1.7, 1e-13);
    const double q = two.points[1].q;
    ck_assert_double_eq_tol(1.7 * (1 - 2 / (3 * sqrt(3 * q))) / q, 1, 1e-12);
    ck_assert(two.points[1].attracting && two.points[1].n_correlations == 0);
    ck_assert(isnan(two.points[1].depth_c) == (two.points[1].phase == SN_PHASE_CHAOTIC));

    field.activation.type = sn_activation_find("tanh"); /* only fades at 0 */
    field.tau = 1;
    const sn_field_points fades = points_of(&field);
    ck_assert_uint_eq(fades.count, 1);
    ck_assert(fades.points[0].q == 0 && fades.points[0].attracting && fades.points[0].isolated);
}
END_TEST

START_TEST(a_line_has_one_point)
{
    static const double biases[] = {1e-60, 3e-21, 0.05, 17, 1e40, 1e200};
    for (size_t i = 0; i < sizeof biases / sizeof biases[0]; i++) {
        const sn_field field = ensemble("relu", 1.3, biases[i]);
        const sn_field_points all = points_of(&field);
        ck_assert_uint_eq(all.count, 1);
        ck_assert_double_eq_tol(all.points[0].q / (biases[i] / 0.35), 1, 1e-14);
        ck_assert_double_eq_tol(all.points[0].slope, 0.65, 1e-15);
        ck_assert_double_eq_tol(all.growth_large, 0.65, 1e-7);
    }
    const sn_field constant = ensemble("gelu", 0, 0.37);
    const sn_field_points all = points_of(&constant);
    ck_assert_uint_eq(all.count, 1);
    ck_assert_double_eq_tol(all.points[0].q, 0.37, 1e-15);
    ck_assert(all.points[0].attracting && all.points[0].depth_q == 0);
    const sn_field nothing = ensemble("gelu", 0, 0);
    const sn_field_points dead = points_of(&nothing);
    ck_assert_uint_eq(dead.count, 1);
    ck_assert(dead.points[0].q == 0 && dead.points[0].slope == 0 && dead.points[0].attracting);
}
END_TEST

/* V'(0) = 1: what happens above 0 decides. */
START_TEST(critical_at_zero)
{
    static const struct {
        const char *name;
        double tau;
        bool attracting;
        size_t count;
    } cases[] = {
        {"tanh", 1, true, 1},     {"hardtanh", 1, true, 1}, {"sin", 1, true, 1},
        {"softsign", 1, true, 1}, {"relu6", 2, true, 1},    {"gelu", 4, false, 1},
        {"elu", 1, true, 1},      {"silu", 4, false, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_field field = ensemble(cases[i].name, cases[i].tau, 0);
        const sn_field_points all = points_of(&field);
        ck_assert_msg(all.count == cases[i].count, "%s: %zu", cases[i].name, all.count);
        const sn_field_point *p = &all.points[0];
        ck_assert_double_eq(p->q, 0);
        ck_assert_double_eq_tol(p->slope, 1, 1e-15);
        ck_assert_double_eq_tol(p->chi1, 1, 1e-15);
        ck_assert_msg(p->attracting == cases[i].attracting, "%s", cases[i].name);
        ck_assert(p->isolated && isinf(p->depth_q) && isinf(p->depth_c));
        ck_assert_int_eq(p->phase, SN_PHASE_CRITICAL);
        ck_assert_uint_eq(p->n_correlations, 0);
    }
}
END_TEST

/* Slopes at 0: tau f'(0)^2, with a kink the mean of both sides, less the mean's under the centred
 * map; f(0) is no matter there. */
START_TEST(where_the_signal_dies)
{
    const double pi = 3.14159265358979323846;
    const struct {
        const char *name;
        sn_map_kind map;
        double slope, chi1;
    } cases[] = {
        {"relu", SN_MAP_ENSEMBLE, 0.5, 0.5},
        {"relu", SN_MAP_CENTRED, 0.5 - 0.5 / pi, 0.5},
        {"sigmoid", SN_MAP_CENTRED, 1.0 / 16, 1.0 / 16},
        {"softplus", SN_MAP_CENTRED, 0.25, 0.25},
        {"mish", SN_MAP_ENSEMBLE, 0.36, 0.36},
        {"softsign", SN_MAP_CENTRED, 1, 1},
        {"hardswish", SN_MAP_ENSEMBLE, 0.25, 0.25},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_field field = field_of(cases[i].name, cases[i].map, 0.7, 0);
        const sn_field_points all = points_of(&field);
        ck_assert_double_eq(all.points[0].q, 0);
        ck_assert_double_eq_tol(all.points[0].slope, 0.7 * cases[i].slope, 1e-15);
        ck_assert_double_eq_tol(all.points[0].chi1, 0.7 * cases[i].chi1, 1e-15);
        ck_assert_double_eq_tol(all.points[0].depth_q, -1 / log(0.7 * cases[i].slope), 1e-12);
    }
    const sn_field lit = ensemble("sigmoid", 0.7, 0); /* f(0) = 1/2 */
    ck_assert(points_of(&lit).points[0].q > 0.1);
}
END_TEST

START_TEST(correlations_at_the_ends)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_field field = ensemble(sn_activation_at(i)->name, 1.7, 0.11);
        const double q = 0.83;
        double slope, chi1, next, c_slope, error;
        const double v = step(&field, q, &slope, &chi1);
        ck_assert_int_eq(sn_field_correlation(&field, q, 1, &next, &c_slope, &error, NULL), SN_OK);
        ck_assert_double_eq_tol(next, v / q, 1e-14 * v / q);
        ck_assert_double_eq_tol(c_slope, chi1, 1e-13 * chi1);
        double above, below;
        const double c = 0.43, h = 1e-5;
        ck_assert_int_eq(sn_field_correlation(&field, q, c + h, &above, &c_slope, NULL, NULL),
                         SN_OK);
        ck_assert_int_eq(sn_field_correlation(&field, q, c - h, &below, &c_slope, NULL, NULL),
                         SN_OK);
        ck_assert_int_eq(sn_field_correlation(&field, q, c, &next, &c_slope, NULL, NULL), SN_OK);
        ck_assert_double_eq_tol((above - below) / (2 * h), c_slope, 1e-8);
    }
}
END_TEST

START_TEST(many_layers)
{
    double q[2001], gradient;
    size_t layers;
    sn_field field = ensemble("relu", 4, 0);
    ck_assert_int_eq(sn_field_depth(&field, 1.5, 2000, q, &gradient, &layers, NULL), SN_OK);
    ck_assert_uint_eq(layers, 1023); /* 1.5 2^1024 is no double */
    ck_assert_double_eq_tol(q[1023] / 0x1.8p1023, 1, 1e-12);
    ck_assert_double_eq_tol(gradient, 1023 * log10(2), 1e-9);

    field.tau = 1;
    ck_assert_int_eq(sn_field_depth(&field, 1.5, 2000, q, &gradient, &layers, NULL), SN_OK);
    ck_assert_uint_eq(layers, 1022);
    ck_assert_double_eq_tol(q[1022] / DBL_MIN, 1.5, 1e-12);

    field = ensemble("tanh", 2.37, 0.05);
    ck_assert_int_eq(sn_field_depth(&field, 7, 2000, q, &gradient, &layers, NULL), SN_OK);
    ck_assert_uint_eq(layers, 2000);
    const sn_field_points all = points_of(&field);
    ck_assert_double_eq_tol(q[2000] / all.points[0].q, 1, 1e-14);
    /* The first layers' chi1 is not that of the fixed point. */
    double slope, chi1, expected = 0;
    for (size_t l = 0; l < 60; l++) {
        step(&field, q[l], &slope, &chi1);
        expected += log10(chi1);
    }
    expected += 1940 * log10(all.points[0].chi1);
    ck_assert_double_eq_tol(gradient, expected, 1e-9);
    ck_assert_int_eq(sn_field_depth(&field, 7, 0, q, &gradient, &layers, NULL), SN_OK);
    ck_assert(layers == 0 && gradient == 0 && q[0] == 7);
}
END_TEST

/* e^(z^2), of second moments below q = 1/4 only. */
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

static const sn_activation_type burst_type = {
    .name = "burst", .value = burst, .derivative = burst_slope};

START_TEST(the_range_ends_where_moments_do)
{
    const sn_field field = {
        .map = SN_MAP_ENSEMBLE, .activation = {.type = &burst_type}, .tau = 0.05};
    /* S = 1 / sqrt(1 - 4 q): q^2 (1 - 4 q) = tau^2 has two roots. */
    const sn_field_points all = points_of(&field);
    ck_assert(all.to > 0.24 && all.to < 1);
    ck_assert_double_eq_tol(all.from, 1e-20, 1e-20);
    ck_assert_uint_eq(all.count, 2);
    for (size_t i = 0; i < 2; i++) {
        const double q = all.points[i].q;
        ck_assert_double_eq_tol(q * q * (1 - 4 * q) / (0.05 * 0.05), 1, i == 0 ? 1e-12 : 1e-9);
    }
    ck_assert(all.points[0].attracting && !all.points[1].attracting);

    double next, slope, chi1;
    sn_error err = {0};
    ck_assert_int_eq(sn_field_step(&field, 1, &next, &slope, &chi1, &err), SN_ENOCONV);
    ck_assert(strstr(err.message, "burst") != NULL);
}
END_TEST

START_TEST(outside_the_domain)
{
    sn_field_points all;
    double a, b, c, q[3];
    size_t layers;
    sn_error err = {0};
    sn_field field = field_of("relu", SN_MAP_NEURON, 1, 0);
    ck_assert_int_eq(sn_field_fixed_points(&field, &all, &err), SN_EDOMAIN);
    ck_assert_msg(strstr(err.message, "neuron") != NULL, "%s", err.message);
    static const double bad[][2] = {{-1, 0}, {NAN, 0}, {INFINITY, 0}, {1, -0.1}, {1, NAN}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        field = ensemble("relu", bad[i][0], bad[i][1]);
        ck_assert_int_eq(sn_field_fixed_points(&field, &all, NULL), SN_EDOMAIN);
        ck_assert_int_eq(sn_field_step(&field, 1, &a, &b, &c, NULL), SN_EDOMAIN);
        ck_assert_int_eq(sn_field_correlation(&field, 1, 0, &a, &b, &c, NULL), SN_EDOMAIN);
        ck_assert_int_eq(sn_field_depth(&field, 1, 2, q, &a, &layers, NULL), SN_EDOMAIN);
    }
    field = ensemble("relu", 1, 0);
    static const double variances[] = {0, -1, NAN, INFINITY};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(sn_field_step(&field, variances[i], &a, &b, &c, NULL), SN_EDOMAIN);
        ck_assert_int_eq(sn_field_correlation(&field, variances[i], 0, &a, &b, &c, NULL),
                         SN_EDOMAIN);
        ck_assert_int_eq(sn_field_depth(&field, variances[i], 2, q, &a, &layers, NULL), SN_EDOMAIN);
    }
    ck_assert_int_eq(sn_field_correlation(&field, 1, -1.5, &a, &b, &c, &err), SN_EDOMAIN);
    ck_assert(strstr(err.message, "-1.5") != NULL);
    const sn_law law = {.kind = SN_LAW_UNIFORM};
    field.law = &law;
    ck_assert_int_eq(sn_field_correlation(&field, 1, 0.5, &a, &b, &c, &err), SN_EDOMAIN);
    ck_assert(strstr(err.message, "uniform") != NULL);
}
END_TEST

START_TEST(names_of_phases)
{
    ck_assert_str_eq(sn_phase_text(SN_PHASE_ORDERED), "ordered");
    ck_assert_str_eq(sn_phase_text(SN_PHASE_CRITICAL), "critical");
    ck_assert_str_eq(sn_phase_text(SN_PHASE_CHAOTIC), "chaotic");
    ck_assert_str_eq(sn_phase_text((sn_phase)17), "unknown");
}
END_TEST

UNIT_MAIN("field", against_references, barely_chaotic, listed_points_are_fixed, none_is_missed,
          three_points, three_points_by_quadrature, a_double_root, ranges_of_fixed_points,
          a_range_that_ends, a_line_has_one_point, critical_at_zero, where_the_signal_dies,
          correlations_at_the_ends, many_layers, the_range_ends_where_moments_do,
          outside_the_domain, names_of_phases)
