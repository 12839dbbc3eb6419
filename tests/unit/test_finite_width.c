/* Drift and fluctuations at finite width: against networks that were drawn and measured, against
 * what is known exactly, outside the domain and where the signal diverges. */
#include "theory/finite_width.h"

#include <math.h>
#include <string.h>

#include "harness.h"

/* What was measured, and the standard error. */
typedef struct measured {
    double value, se;
} measured;

static const struct {
    const char *activation;
    sn_row_kind rows;
    double excess_kurtosis;
    size_t n;
    double omega, tau, bias_mean, bias_variance, input_mean, input_variance, c;
    size_t samples, depth;
    struct {
        measured mean, second, variance, pre_mean, pre_variance;
        measured spread_mean, spread_variance, spread_pre_mean, spread_pre_variance;
    } is;
} networks[] = {
#include "finite_width_reference.inc"
};

static sn_wide_layer layer_of(size_t i)
{
    return (sn_wide_layer){.rows = networks[i].rows,
                           .omega = networks[i].omega,
                           .tau = networks[i].tau,
                           .excess_kurtosis = networks[i].excess_kurtosis,
                           .bias_mean = networks[i].bias_mean,
                           .bias_variance = networks[i].bias_variance,
                           .fan_in = networks[i].n,
                           .fan_out = networks[i].n};
}

static sn_width_state normal_input(size_t n, double mean, double variance, double c)
{
    sn_width_state state;
    ck_assert_int_eq(
        sn_finite_width_input(n, mean, variance, 3 * variance * variance, c, &state, NULL), SN_OK);
    ck_assert(state.valid);
    return state;
}

/* The predictions of a layer's activations and pre-activations. */
static void predict(size_t i, sn_width_prediction *after, sn_width_prediction *before)
{
    const sn_wide_layer layer = layer_of(i);
    sn_activation f;
    sn_width_field field;
    sn_width_state state = normal_input(layer.fan_in, networks[i].input_mean,
                                        networks[i].input_variance, networks[i].c);
    ck_assert_int_eq(sn_activation_init(&f, networks[i].activation, NULL), SN_OK);
    for (size_t l = 0; l < networks[i].depth; l++) {
        ck_assert_int_eq(sn_finite_width_enter(&layer, &state, &field, NULL), SN_OK);
        ck_assert_int_eq(sn_finite_width_activate(&f, &field, &state, NULL), SN_OK);
        ck_assert(field.valid && state.valid);
    }
    const sn_width_state itself = sn_finite_width_itself(&field);
    *after = sn_finite_width_predict(&state, networks[i].samples);
    *before = sn_finite_width_predict(&itself, networks[i].samples);
    ck_assert(after->valid && before->valid);
}

/* What the second order may be worth beside the first, of averages and of variances over replicas:
 * it grows as depth / n, which is 0.8 at the worst. */
static double of_average(size_t i)
{
    return 0.75 * (double)networks[i].depth / (double)networks[i].n;
}

static double of_spread(size_t i)
{
    /* Of ReLU the second moment is a product of all layers, and so nearly log-normal. */
    const double steepness = strcmp(networks[i].activation, "relu") == 0 ? 3.5 : 1;
    return (2 + steepness * (double)networks[i].depth) / (double)networks[i].n;
}

/* The worst of a kind, in units of what is allowed. */
typedef struct record {
    double off, standard_errors;
    size_t network;
    const char *what;
} record;

static void compare(const char *what, size_t i, double predicted, const measured *is, double slack,
                    record *worst)
{
    const double digits = 1e-7 * fabs(is->value); /* those printed, and single precision */
    const double off = fabs(predicted - is->value) / (4.5 * is->se + digits + slack);
    if (off <= worst->off) /* a NaN is held */
        return;
    *worst = (record){off, fabs(predicted - is->value) / is->se, i, what};
}

static void averages(size_t i, const sn_width_prediction *p, const measured *mean,
                     const measured *second, const measured *variance, record *worst)
{
    const double rest = p->spread_mean + 2 * fabs(p->mean * p->drift_mean);
    compare("mean", i, p->mean + p->drift_mean, mean, of_average(i) * fabs(p->drift_mean), worst);
    if (second != NULL)
        compare("second moment", i, p->second + p->drift_second, second,
                of_average(i) * fabs(p->drift_second), worst);
    compare("variance", i, p->variance + p->drift_variance, variance,
            of_average(i) * (fabs(p->drift_second) + rest), worst);
}

#define REPORT(worst, kind)                                                                        \
    NOTE("%s: worst %.2f of what is allowed, %.1f standard errors: %s of network %zu", kind,       \
         (worst).off, (worst).standard_errors, (worst).what, (worst).network)

START_TEST(against_drawn_networks)
{
    record average = {0}, spread = {0}, wide = {0};
    for (size_t i = 0; i < sizeof networks / sizeof networks[0]; i++) {
        sn_width_prediction a, z;
        predict(i, &a, &z);
        averages(i, &a, &networks[i].is.mean, &networks[i].is.second, &networks[i].is.variance,
                 &average);
        averages(i, &z, &networks[i].is.pre_mean, NULL, &networks[i].is.pre_variance, &average);
        const double slack = of_spread(i);
        compare("of the mean", i, a.spread_mean, &networks[i].is.spread_mean, slack * a.spread_mean,
                &spread);
        compare("of the variance", i, a.spread_variance, &networks[i].is.spread_variance,
                slack * a.spread_variance, &spread);
        compare("of z's mean", i, z.spread_mean, &networks[i].is.spread_pre_mean,
                slack * z.spread_mean, &spread);
        compare("of z's variance", i, z.spread_variance, &networks[i].is.spread_pre_variance,
                slack * z.spread_variance, &spread);
        compare("variance", i, a.variance, &networks[i].is.variance, 0, &wide);
    }
    REPORT(average, "averages");
    REPORT(spread, "spreads");
    REPORT(wide, "averages of infinite width");
    ck_assert_double_lt(average.off, 1);
    ck_assert_double_lt(spread.off, 1);
    ck_assert_double_gt(wide.off, 10);
}
END_TEST

/* Of linear layers: with iid normal weights E s stays, and Var s is to first order
 * 2 (depth + 1) s^2 / n; an orthogonal layer turns the signal and changes neither. */
START_TEST(linear_layers)
{
    const size_t n = 1000000;
    const double one = 1 / (double)n;
    sn_activation f;
    sn_width_field field;
    sn_width_state state = normal_input(n, 0, 1.7, 0.25);
    sn_wide_layer layer = {.rows = SN_ROWS_IID, .tau = 1, .fan_in = n, .fan_out = n};
    ck_assert_int_eq(sn_activation_init(&f, "linear", NULL), SN_OK);
    for (size_t depth = 1; depth <= 5; depth++) {
        ck_assert_int_eq(sn_finite_width_enter(&layer, &state, &field, NULL), SN_OK);
        ck_assert_int_eq(sn_finite_width_activate(&f, &field, &state, NULL), SN_OK);
        ck_assert_double_eq_tol(state.own.second / (2 * 1.7 * 1.7 * (1 + (double)depth) * one), 1,
                                1e-12);
        ck_assert_double_eq_tol(state.own.mean / (1.7 * one), 1, 1e-12);
        ck_assert_double_eq_tol(state.overlap, 0.25 * 1.7, 1e-12);
        ck_assert_double_eq_tol(state.drift_second, 0, 1e-18);
    }
    const sn_width_state before = state;
    layer.rows = SN_ROWS_ORTHOGONAL;
    ck_assert_int_eq(sn_finite_width_enter(&layer, &before, &field, NULL), SN_OK);
    ck_assert_int_eq(sn_finite_width_activate(&f, &field, &state, NULL), SN_OK);
    ck_assert_double_eq_tol(state.own.second / before.own.second, 1, 1e-12);
    ck_assert_double_eq_tol(state.cross.second / before.cross.second, 1, 1e-12);
    /* Fewer outputs: s is multiplied by a beta variate. More: by 1. */
    for (size_t out = n / 4; out <= 4 * n; out *= 2) {
        layer.fan_out = out;
        const double lost = out < n ? 2 * ((double)n / (double)out - 1) * one : 0;
        ck_assert_int_eq(sn_finite_width_enter(&layer, &before, &field, NULL), SN_OK);
        ck_assert_int_eq(sn_finite_width_activate(&f, &field, &state, NULL), SN_OK);
        ck_assert_double_eq_tol(state.own.second, before.own.second + 1.7 * 1.7 * lost, 1e-15);
        ck_assert_double_eq_tol(state.drift_second, 0, 1e-18);
    }
}
END_TEST

/* Two samples that are the same are one, whatever their number; and z is f(z) of the identity. */
START_TEST(consistency)
{
    static const sn_row_kind kinds[] = {SN_ROWS_IID, SN_ROWS_EXACT, SN_ROWS_ORTHOGONAL};
    sn_activation f, linear;
    ck_assert_int_eq(sn_activation_init(&f, "selu", NULL), SN_OK);
    ck_assert_int_eq(sn_activation_init(&linear, "linear", NULL), SN_OK);
    for (size_t k = 0; k < 3; k++) {
        const sn_wide_layer layer = {.rows = kinds[k],
                                     .omega = k == 2 ? 0 : 0.3,
                                     .tau = 1.1,
                                     .bias_mean = 0.2,
                                     .bias_variance = 0.1,
                                     .fan_in = 70,
                                     .fan_out = 50};
        sn_width_state same = normal_input(70, 0.4, 1.3, 1),
                       other = normal_input(70, 0.4, 1.3, 0.2);
        sn_width_field field;
        for (size_t l = 0; l < 3; l++) {
            ck_assert_int_eq(sn_finite_width_enter(&layer, &same, &field, NULL), SN_OK);
            ck_assert_double_eq_tol(field.correlation, 1, 1e-14);
            ck_assert_int_eq(sn_finite_width_activate(&f, &field, &same, NULL), SN_OK);
            ck_assert_double_eq_tol(same.cross.mean / same.own.mean, 1, 1e-6);
            ck_assert_double_eq_tol(same.cross.mean_second / same.own.mean_second, 1, 1e-6);
            ck_assert_double_eq_tol(same.cross.second / same.own.second, 1, 1e-6);
            ck_assert_double_eq_tol(same.wander.variance / same.own.second, 1, 1e-11);
            ck_assert_double_eq_tol(same.wander.mean / same.own.mean_second, 1, 1e-11);
            ck_assert_double_eq_tol(same.wander.second / same.own.second, 1, 1e-11);
            ck_assert_double_eq_tol(same.drift_overlap, same.drift_second, 1e-8);
            ck_assert_double_eq_tol(sn_finite_width_predict(&same, 8).drift_variance,
                                    sn_finite_width_predict(&same, 1).drift_variance, 1e-9);
        }
        ck_assert_int_eq(sn_finite_width_enter(&layer, &other, &field, NULL), SN_OK);
        const sn_width_state itself = sn_finite_width_itself(&field);
        ck_assert_int_eq(sn_finite_width_activate(&linear, &field, &other, NULL), SN_OK);
        const double a[] = {itself.mu,           itself.xi,
                            itself.fourth,       itself.overlap,
                            itself.drift_mean,   itself.drift_second,
                            itself.own.second,   itself.own.mean,
                            itself.cross.second, itself.wander.variance,
                            itself.wander.mean,  itself.wander.second,
                            itself.drift_overlap};
        const double b[] = {other.mu,           other.xi,
                            other.fourth,       other.overlap,
                            other.drift_mean,   other.drift_second,
                            other.own.second,   other.own.mean,
                            other.cross.second, other.wander.variance,
                            other.wander.mean,  other.wander.second,
                            other.drift_overlap};
        for (size_t i = 0; i < sizeof a / sizeof a[0]; i++)
            ck_assert_double_eq_tol(a[i], b[i], 1e-12 * (1 + fabs(b[i])));
    }
}
END_TEST

/* An unstable map: for as long as a state is valid its numbers are, and then it stays invalid. */
START_TEST(divergence_is_said)
{
    sn_activation f;
    sn_width_field field;
    sn_width_state state = normal_input(40, 0, 1, 0.1);
    const sn_wide_layer layer = {.rows = SN_ROWS_IID, .tau = 1e9, .fan_in = 40, .fan_out = 40};
    size_t valid = 0;
    ck_assert_int_eq(sn_activation_init(&f, "relu", NULL), SN_OK);
    for (size_t l = 0; l < 60; l++) {
        ck_assert_int_eq(sn_finite_width_enter(&layer, &state, &field, NULL), SN_OK);
        ck_assert_int_eq(sn_finite_width_activate(&f, &field, &state, NULL), SN_OK);
        const sn_width_prediction p = sn_finite_width_predict(&state, 3);
        ck_assert(state.valid || !p.valid);
        if (p.valid) {
            valid++;
            ck_assert(isfinite(p.drift_variance) && p.spread_variance > 0);
        }
        ck_assert_uint_le(valid, l + 1);
    }
    ck_assert(!state.valid && valid > 5 && valid < 40);
    sn_wide_layer dead = layer;
    dead.tau = 0;
    state = normal_input(40, 0, 1, 0.1);
    ck_assert_int_eq(sn_finite_width_enter(&dead, &state, &field, NULL), SN_OK);
    ck_assert(!field.valid && !sn_finite_width_itself(&field).valid);
}
END_TEST

START_TEST(outside_the_domain)
{
    static const struct {
        sn_wide_layer layer;
        const char *says;
    } bad[] = {
        {{.tau = 1, .fan_in = 0, .fan_out = 3}, "fan-in"},
        {{.tau = -2.385, .fan_in = 3, .fan_out = 3}, "tau is -2.385"},
        {{.tau = 1, .omega = NAN, .fan_in = 3, .fan_out = 3}, "omega nan"},
        {{.tau = 1, .bias_variance = -1, .fan_in = 3, .fan_out = 3}, "variance of the bias is -1"},
        {{.tau = 1, .excess_kurtosis = -2.385, .fan_in = 3, .fan_out = 3}, "kurtosis is -2.385"},
        {{.rows = SN_ROWS_EXACT, .tau = 1, .omega = 2, .fan_in = 3, .fan_out = 3}, "no rows of 3"},
        {{.rows = SN_ROWS_ORTHOGONAL, .tau = 1, .omega = 0.5, .fan_in = 3, .fan_out = 3},
         "omega is"},
        {{.rows = (sn_row_kind)7, .tau = 1, .fan_in = 3, .fan_out = 3}, "7 is no kind"},
    };
    static const double inputs[][4] = {
        {NAN, 1, 3, 0}, {0, -1, 3, 0}, {0, 1, 0.5, 0}, {0, 1, INFINITY, 0}, {0, 1, 3, 1.01}};
    sn_width_state state;
    sn_width_field field;
    sn_error err = {0};
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        ck_assert_int_eq(sn_finite_width_input(9, inputs[i][0], inputs[i][1], inputs[i][2],
                                               inputs[i][3], &state, NULL),
                         SN_EDOMAIN);
    ck_assert_int_eq(sn_finite_width_input(0, 0, 1, 3, 0, &state, &err), SN_EDOMAIN);
    state = normal_input(3, 0, 1, 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(sn_finite_width_enter(&bad[i].layer, &state, &field, &err), SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
    }
}
END_TEST

UNIT_MAIN("finite_width", against_drawn_networks, linear_layers, consistency, divergence_is_said,
          outside_the_domain)
