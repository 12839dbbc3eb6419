/* Whole simulations: the same bits from any number of threads, agreement with theory written here
 * by itself, outcomes, limits and interruption.
 *
 * The activations are this file's own where a closed form is at hand. Theory is that of layers of
 * infinite width; a measured value may differ by 4.5 of its standard errors and 1/n a layer. */
#include "simulate/simulate.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "simulate/weights.h"

static double rectify(const double *params, double z)
{
    (void)params;
    return z > 0 ? z : 0;
}

static double step(const double *params, double z)
{
    (void)params;
    return z > 0;
}

static const sn_activation_type rectifier_type = {
    .name = "rectifier", .value = rectify, .derivative = step};

static sn_activation named(const char *name)
{
    sn_activation activation = {.type = &rectifier_type};
    if (strcmp(name, "rectifier") != 0)
        ck_assert_int_eq(sn_activation_init(&activation, name, NULL), SN_OK);
    return activation;
}

/* A small simulation that every test changes to its need; width 300 is more than one strip. */
static sn_simulation_spec usual(const char *activation)
{
    return (sn_simulation_spec){
        .width = 300,
        .depth = 6,
        .samples = 20,
        .replicas = 48,
        .seed = 2385,
        .precision = SN_FLOAT,
        .activation = named(activation),
        .weights = {SN_WEIGHT_NORMAL, false, 0, 1},
        .input_variance = 1,
    };
}

static sn_simulation_result run(const sn_simulation_spec *spec)
{
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(spec, NULL, NULL, &result, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(result.layers, spec->depth + 1);
    return result;
}

START_TEST(threads_change_no_bit)
{
    static const int threads[] = {1, 2, 3, 8, 0};
    for (int exact = 0; exact < 2; exact++)
        for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
            sn_simulation_spec spec = usual("selu");
            spec.precision = (sn_precision)precision;
            spec.replicas = 13;
            spec.bias_variance = 0.01;
            spec.weights =
                (sn_weights){exact ? SN_WEIGHT_UNIFORM : SN_WEIGHT_TRUNCATED_NORMAL, exact, 0.1, 1};
            sn_simulation_result first = {0};
            for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
                spec.threads = threads[t];
                sn_simulation_result result = run(&spec);
                if (t == 0) {
                    first = result;
                    continue;
                }
                ck_assert_mem_eq(result.layer, first.layer, first.layers * sizeof *first.layer);
                sn_simulation_result_free(&result);
            }
            sn_simulation_result_free(&first);
        }
}
END_TEST

START_TEST(another_seed_is_another_run)
{
    sn_simulation_spec spec = usual("selu");
    sn_simulation_result a = run(&spec);
    spec.seed++;
    sn_simulation_result b = run(&spec);
    for (size_t l = 0; l < a.layers; l++)
        ck_assert(a.layer[l].variance.value != b.layer[l].variance.value);
    sn_simulation_result_free(&a);
    sn_simulation_result_free(&b);
}
END_TEST

/* --- against a net written out ------------------------------------------------------------------
 */

enum { WIDTH = 300, SAMPLES = 5, DEPTH = 3 };

/* z = W a + b, neuron by neuron, and the rectifier; a is overwritten. */
static void plain_layer(const sn_simulation_spec *spec, uint32_t layer, double a[WIDTH][SAMPLES],
                        double z[WIDTH][SAMPLES])
{
    sn_stream stream = {.seed = spec->seed, .layer = layer, .purpose = SN_FOR_BIAS};
    double row[WIDTH], bias[WIDTH];
    sn_stream_normals_double(&stream, WIDTH, bias);
    stream.purpose = SN_FOR_WEIGHT;
    for (stream.row = 0; stream.row < WIDTH; stream.row++) {
        sn_weights_row_double(&spec->weights, &stream, WIDTH, row);
        for (size_t s = 0; s < SAMPLES; s++) {
            double sum = spec->bias_mean + sqrt(spec->bias_variance) * bias[stream.row];
            for (size_t i = 0; i < WIDTH; i++)
                sum += row[i] * a[i][s];
            z[stream.row][s] = sum;
        }
    }
    for (size_t i = 0; i < WIDTH * SAMPLES; i++)
        a[0][i] = rectify(NULL, z[0][i]);
}

static double mean_of(const double x[WIDTH][SAMPLES], int power)
{
    double sum = 0;
    for (size_t i = 0; i < WIDTH * SAMPLES; i++)
        sum += pow(x[0][i], power);
    return sum / (WIDTH * SAMPLES);
}

START_TEST(one_replica_is_the_net_written_out)
{
    sn_simulation_spec spec = usual("rectifier");
    spec.precision = SN_DOUBLE;
    spec.depth = DEPTH;
    spec.samples = SAMPLES;
    spec.replicas = 1;
    spec.weights = (sn_weights){SN_WEIGHT_TRUNCATED_NORMAL, false, 0.3, 1.9};
    spec.bias_mean = 0.1;
    spec.bias_variance = 0.2;
    spec.input_mean = -0.4;
    spec.input_variance = 2.25;
    sn_simulation_result result = run(&spec);
    double a[WIDTH][SAMPLES], z[WIDTH][SAMPLES], worst = 0;
    sn_stream stream = {.seed = spec.seed, .purpose = SN_FOR_INPUT};
    for (; stream.row < WIDTH; stream.row++) {
        sn_stream_normals_double(&stream, SAMPLES, a[stream.row]);
        for (size_t s = 0; s < SAMPLES; s++)
            a[stream.row][s] = -0.4 + 1.5 * a[stream.row][s];
    }
    for (uint32_t l = 0; l <= DEPTH; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        if (l > 0) {
            plain_layer(&spec, l, a, z);
            worst = fmax(worst, fabs(layer->pre_mean.value - mean_of(z, 1)));
            worst = fmax(worst, fabs(layer->pre_second_moment.value - mean_of(z, 2)));
        }
        worst = fmax(worst, fabs(layer->mean.value - mean_of(a, 1)));
        worst = fmax(worst, fabs(layer->second_moment.value - mean_of(a, 2)));
        worst = fmax(worst, fabs(layer->variance.value - mean_of(a, 2) + pow(mean_of(a, 1), 2)));
    }
    NOTE("worst difference from the net written out: %.2g", worst);
    ck_assert_double_lt(worst, 1e-12);
    sn_simulation_result_free(&result);
}
END_TEST

/* --- against theory ----------------------------------------------------------------------------
 */

static double worst_z; /* of a test's comparisons; each case runs in a process of its own */

static void agree(const char *what, size_t layer, sn_measured found, double theory, double slack)
{
    ck_assert(isfinite(found.value) && found.se > 0);
    const double off = fmax(0, fabs(found.value - theory) - slack) / found.se;
    worst_z = fmax(worst_z, off);
    ck_assert_msg(off < 4.5, "%s of layer %zu is %.6g, theory %.6g: %.1f standard errors of %.2g",
                  what, layer, found.value, theory, off, found.se);
}

typedef struct gaussian_moments {
    double mean, second;
} gaussian_moments;

static gaussian_moments linear_moments(double x, double y)
{
    return (gaussian_moments){x, x * x + y};
}

/* Integrals of z and z^2 over z > 0 under N(x, y). */
static gaussian_moments rectifier_moments(double x, double y)
{
    const double above = 0.5 * erfc(-x / sqrt(2 * y));
    const double edge = sqrt(y / (2 * M_PI)) * exp(-x * x / (2 * y));
    return (gaussian_moments){x * above + edge, (x * x + y) * above + x * edge};
}

/* Every layer against the recursion of the ensemble map, or, for exact rows of sum 0, the centred
 * one. Each layer may add 1/n of itself for its finite width. */
static void follow(const sn_simulation_spec *spec, gaussian_moments (*f)(double, double))
{
    sn_simulation_result result = run(spec);
    double mean = spec->input_mean, second = mean * mean + spec->input_variance;
    agree("input mean", 0, result.layer[0].mean, mean, 0);
    agree("input variance", 0, result.layer[0].variance, spec->input_variance,
          3 * spec->input_variance / (double)(spec->width * spec->samples));
    ck_assert(isnan(result.layer[0].pre_mean.value) && isnan(result.layer[0].pre_variance.se));
    worst_z = 0;
    for (size_t l = 1; l <= spec->depth; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        const double x = mean * spec->weights.omega + spec->bias_mean;
        const double carried = spec->weights.exact_rows ? second - mean * mean : second;
        const double y = spec->weights.tau * carried + spec->bias_variance;
        const gaussian_moments next = f(x, y);
        const double near = (double)l / (double)spec->width * (x * x + y);
        agree("pre-activation mean", l, layer->pre_mean, x, near);
        agree("pre-activation second moment", l, layer->pre_second_moment, x * x + y, near);
        agree("pre-activation variance", l, layer->pre_variance, y, near);
        agree("mean", l, layer->mean, next.mean, near);
        agree("second moment", l, layer->second_moment, next.second, near);
        agree("variance", l, layer->variance, next.second - next.mean * next.mean, near);
        ck_assert_uint_eq(layer->replicas, spec->replicas);
        ck_assert_double_eq_tol(layer->variance_sd,
                                layer->variance.se * sqrt((double)spec->replicas), 1e-12);
        mean = next.mean;
        second = next.second;
    }
    NOTE("%s, %s: worst %.2f standard errors beyond the slack", spec->activation.type->name,
         spec->precision == SN_FLOAT ? "float" : "double", worst_z);
    sn_simulation_result_free(&result);
}

START_TEST(a_linear_net_multiplies_by_tau)
{
    for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
        sn_simulation_spec spec = usual("linear");
        spec.precision = (sn_precision)precision;
        spec.weights.tau = 1.37;
        spec.input_mean = 0.4;
        spec.input_variance = 2.385;
        follow(&spec, linear_moments);
        spec.input_law = SN_INPUT_UNIFORM;
        spec.weights.law = SN_WEIGHT_UNIFORM;
        spec.weights.omega = 0.8;
        spec.bias_mean = -0.3;
        spec.bias_variance = 0.11;
        follow(&spec, linear_moments);
    }
}
END_TEST

START_TEST(a_rectifier_follows_the_ensemble_map)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
        sn_simulation_spec spec = usual("rectifier");
        spec.precision = law == 0 ? SN_DOUBLE : SN_FLOAT;
        spec.weights = (sn_weights){(sn_weight_law)law, false, 0, 2};
        follow(&spec, rectifier_moments);
        spec.weights.omega = -0.6;
        spec.bias_mean = 0.2;
        spec.bias_variance = 0.05;
        follow(&spec, rectifier_moments);
    }
}
END_TEST

START_TEST(exact_rows_follow_the_centred_map)
{
    sn_simulation_spec spec = usual("rectifier");
    spec.weights = (sn_weights){SN_WEIGHT_NORMAL, true, 0, 1.9};
    spec.input_mean = 1.7;
    spec.bias_mean = 0.4;
    follow(&spec, rectifier_moments);
}
END_TEST

START_TEST(selu_stays_near_its_fixed_point)
{
    for (size_t i = 0;; i++) {
        const sn_initializer *initializer = sn_initializer_at(i);
        if (initializer == NULL)
            break;
        sn_simulation_spec spec = usual("selu");
        spec.depth = 16;
        spec.weights = (sn_weights){initializer->law, initializer->exact_rows, 0,
                                    initializer->tau(spec.width, spec.width)};
        if (spec.weights.tau != 1)
            continue;
        sn_simulation_result result = run(&spec);
        worst_z = 0;
        for (size_t l = 1; l <= spec.depth; l++) {
            agree("mean", l, result.layer[l].mean, 0, 1. / (double)spec.width);
            agree("variance", l, result.layer[l].variance, 1, 1. / (double)spec.width);
        }
        NOTE("%s: worst %.2f standard errors beyond the slack", initializer->name, worst_z);
        sn_simulation_result_free(&result);
    }
}
END_TEST

/* --- outcomes ------------------------------------------------------------------------------------
 */

START_TEST(the_smallest_net_runs)
{
    for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
        sn_simulation_spec spec = usual("linear");
        spec.width = spec.depth = spec.samples = spec.replicas = 1;
        spec.precision = (sn_precision)precision;
        sn_simulation_result result = run(&spec);
        for (size_t l = 0; l < 2; l++) {
            const sn_layer_statistics *layer = &result.layer[l];
            ck_assert(isfinite(layer->mean.value) && isnan(layer->mean.se));
            ck_assert(layer->variance.value == 0 && isnan(layer->variance_sd));
            ck_assert_double_eq(layer->second_moment.value, layer->mean.value * layer->mean.value);
            ck_assert_uint_eq(layer->replicas, 1);
        }
        ck_assert_double_eq(result.layer[1].pre_mean.value, result.layer[1].mean.value);
        ck_assert_uint_eq(result.died + result.exploded, 0);
        sn_simulation_result_free(&result);
    }
}
END_TEST

/* xi_l = 4^l, so that the largest of some thousand pre-activations, about 4 deviations of
 * 8 xi_(l-1), passes 2^128 around layer 126; the product of random gains lags by
 * 5/(2n) a layer, three layers in all. */
START_TEST(a_rectifier_with_tau_8_explodes)
{
    sn_simulation_spec spec = usual("rectifier");
    spec.width = 96;
    spec.depth = 160;
    spec.replicas = 9;
    spec.weights.tau = 8;
    sn_simulation_result result = run(&spec);
    NOTE("first of %zu explosions at layer %zu", result.exploded, result.first_exploded_layer);
    ck_assert_uint_eq(result.exploded, spec.replicas);
    ck_assert_uint_ge(result.first_exploded_layer, 115);
    ck_assert_uint_le(result.first_exploded_layer, 135);
    ck_assert_uint_eq(result.died, 0);
    size_t before = spec.replicas;
    for (size_t l = 0; l <= spec.depth; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        ck_assert_uint_le(layer->replicas, before);
        ck_assert((layer->replicas == spec.replicas) == (l < result.first_exploded_layer));
        ck_assert((layer->replicas > 0) == (isfinite(layer->variance.value) != 0));
        ck_assert((layer->replicas > 1) == (isfinite(layer->second_moment.se) != 0));
        before = layer->replicas;
    }
    ck_assert_uint_eq(before, 0);
    sn_simulation_result_free(&result);

    spec.precision = SN_DOUBLE;
    result = run(&spec);
    ck_assert_uint_eq(result.exploded, 0);
    ck_assert(isfinite(result.layer[spec.depth].second_moment.value));
    sn_simulation_result_free(&result);
}
END_TEST

START_TEST(an_input_beyond_float_explodes_at_once)
{
    sn_simulation_spec spec = usual("linear");
    spec.input_mean = 1e39;
    sn_simulation_result result = run(&spec);
    ck_assert_uint_eq(result.exploded, spec.replicas);
    ck_assert_uint_eq(result.first_exploded_layer, 1);
    ck_assert_uint_eq(result.layer[0].replicas, 0);
    ck_assert_uint_eq(result.layer[1].replicas, 0);
    sn_simulation_result_free(&result);
}
END_TEST

/* A bias far below zero shuts a rectifier at its first layer; with biases around zero the next
 * layer would live. */
START_TEST(a_shut_rectifier_is_dead)
{
    sn_simulation_spec spec = usual("rectifier");
    spec.bias_mean = -50;
    sn_simulation_result result = run(&spec);
    ck_assert_uint_eq(result.died, spec.replicas);
    ck_assert_uint_eq(result.first_died_layer, 1);
    ck_assert_uint_eq(result.exploded, 0);
    for (size_t l = 1; l < result.layers; l++) {
        ck_assert(result.layer[l].variance.value == 0 && result.layer[l].mean.value == 0);
        ck_assert_uint_eq(result.layer[l].replicas, spec.replicas);
    }
    ck_assert_double_gt(result.layer[1].pre_variance.value, 0.5);
    ck_assert_double_eq(result.layer[2].pre_mean.value, -50);
    sn_simulation_result_free(&result);
}
END_TEST

/* Products of 0.01 leave the float numbers after some 22 layers: tau = 1e-4, layer variance
 * 1e-4l, and the smallest float is 1.4e-45. */
START_TEST(a_fading_signal_dies_where_the_numbers_end)
{
    sn_simulation_spec spec = usual("linear");
    spec.depth = 30;
    spec.replicas = 4;
    spec.weights.tau = 1e-4;
    sn_simulation_result result = run(&spec);
    NOTE("dead at layer %zu", result.first_died_layer);
    ck_assert_uint_eq(result.died, 4);
    ck_assert_uint_ge(result.first_died_layer, 22);
    ck_assert_uint_le(result.first_died_layer, 24);
    sn_simulation_result_free(&result);
}
END_TEST

/* --- limits --------------------------------------------------------------------------------------
 */

static void refused(const sn_simulation_spec *spec, const char *field)
{
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(spec, NULL, NULL, &result, &err) == SN_EDOMAIN, "%s passed", field);
    ck_assert_int_eq(err.status, SN_EDOMAIN);
    ck_assert_msg(strncmp(err.message, field, strlen(field)) == 0, "%s: %s", field, err.message);
    ck_assert(result.layer == NULL && result.layers == 0);
}

#define REFUSE(field, value)                                                                       \
    do {                                                                                           \
        sn_simulation_spec bad = usual("selu");                                                    \
        bad.field = value;                                                                         \
        refused(&bad, #field);                                                                     \
    } while (0)

START_TEST(every_field_is_checked)
{
    REFUSE(width, 0);
    REFUSE(width, (size_t)1 << 31);
    REFUSE(depth, 0);
    REFUSE(depth, 1000000000000);
    REFUSE(samples, 0);
    REFUSE(samples, (size_t)1 << 31);
    REFUSE(replicas, 0);
    REFUSE(replicas, (size_t)1 << 28);
    REFUSE(threads, -1);
    REFUSE(threads, 1000000);
    REFUSE(precision, (sn_precision)2);
    REFUSE(activation, (sn_activation){0});
    REFUSE(weights.law, SN_WEIGHT_LAW_COUNT);
    REFUSE(weights.omega, INFINITY);
    REFUSE(weights.tau, -0.1);
    REFUSE(weights.tau, NAN);
    REFUSE(bias_mean, NAN);
    REFUSE(bias_variance, -1e-300);
    REFUSE(bias_variance, INFINITY);
    REFUSE(input_law, SN_INPUT_LAW_COUNT);
    REFUSE(input_mean, -INFINITY);
    REFUSE(input_variance, -2.385);
    sn_simulation_spec wrong = usual("selu");
    wrong.activation.params[1] = -3;
    refused(&wrong, "activation: selu's lambda is -3");
    sn_simulation_spec exact = usual("selu");
    exact.weights = (sn_weights){SN_WEIGHT_NORMAL, true, 3, 0.03};
    refused(&exact, "exact_rows");
    exact.weights.tau = 0.0301;
    sn_simulation_result result = run(&exact);
    sn_simulation_result_free(&result);
    exact.width = 1;
    exact.weights.tau = 100;
    refused(&exact, "exact_rows");
}
END_TEST

START_TEST(bytes_are_told_before_they_are_taken)
{
    sn_simulation_spec spec = usual("selu");
    const size_t small = sn_simulation_bytes(&spec, 1), twice = sn_simulation_bytes(&spec, 2);
    const size_t strips = 256 * 300 * sizeof(float), activations = 300 * 20 * sizeof(float);
    ck_assert_uint_ge(small, strips + 2 * activations);
    ck_assert_uint_le(small, strips + 2 * activations + 10000);
    ck_assert_uint_gt(twice, small + strips);
    ck_assert_uint_eq(sn_simulation_bytes(&spec, 1000), sn_simulation_bytes(&spec, 48));
    ck_assert_uint_ge(sn_simulation_bytes(&spec, 0), small);
    spec.replicas = 100000;
    ck_assert_uint_eq(sn_simulation_bytes(&spec, 1), small);
    spec.depth = 1000000000000;
    ck_assert_uint_gt(sn_simulation_bytes(&spec, 1), 100000000000000);
    spec.depth = 1;
    spec.width = 1000000000;
    ck_assert_uint_gt(sn_simulation_bytes(&spec, 1), 200000000000);
    spec.width = spec.samples = SIZE_MAX / 3;
    ck_assert_uint_eq(sn_simulation_bytes(&spec, 1), SIZE_MAX);
    spec = usual("selu");
    spec.depth = SIZE_MAX;
    ck_assert_uint_eq(sn_simulation_bytes(&spec, 1), SIZE_MAX);
}
END_TEST

START_TEST(too_much_memory_is_refused)
{
    sn_simulation_spec spec = usual("selu");
    spec.width = spec.samples = ((size_t)1 << 31) - 1;
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_int_eq(sn_simulate(&spec, NULL, NULL, &result, &err), SN_ENOMEM);
    ck_assert(result.layer == NULL && strstr(err.message, "bytes") != NULL);
}
END_TEST

/* --- progress ------------------------------------------------------------------------------------
 */

typedef struct watch {
    size_t calls, stop_at, inside;
} watch;

static int look(void *context, size_t done, size_t total)
{
    watch *seen = context;
    ck_assert_uint_eq(seen->inside++, 0);
    ck_assert_uint_eq(done, ++seen->calls);
    ck_assert_uint_eq(total, 48);
    seen->inside--;
    return done == seen->stop_at;
}

START_TEST(progress_is_told_in_order)
{
    sn_simulation_spec spec = usual("linear");
    sn_simulation_result result;
    watch seen = {0};
    spec.threads = 4;
    ck_assert_int_eq(sn_simulate(&spec, look, &seen, &result, NULL), SN_OK);
    ck_assert_uint_eq(seen.calls, 48);
    sn_simulation_result_free(&result);
}
END_TEST

START_TEST(a_run_can_be_stopped)
{
    for (int threads = 1; threads <= 4; threads++) {
        sn_simulation_spec spec = usual("linear");
        sn_simulation_result result;
        sn_error err = {0};
        watch seen = {.stop_at = 3};
        spec.threads = threads;
        ck_assert_int_eq(sn_simulate(&spec, look, &seen, &result, &err), SN_EINTERRUPTED);
        ck_assert_uint_eq(seen.calls, 3);
        ck_assert(result.layer == NULL && result.layers == 0);
    }
}
END_TEST

#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);

START_TEST(blas_gets_its_threads_back)
{
    const sn_simulation_spec spec = usual("linear");
    openblas_set_num_threads(2);
    const int before = openblas_get_num_threads();
    sn_simulation_result result = run(&spec);
    ck_assert_int_eq(openblas_get_num_threads(), before);
    sn_simulation_result_free(&result);
}
END_TEST
#else
START_TEST(blas_gets_its_threads_back)
{
    NOTE("this BLAS has no threads to give back");
}
END_TEST
#endif

START_TEST(input_laws_have_names)
{
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_NORMAL), "normal");
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_UNIFORM), "uniform");
    ck_assert_ptr_nonnull(sn_input_law_doc(SN_INPUT_UNIFORM));
    ck_assert_ptr_null(sn_input_law_name(SN_INPUT_LAW_COUNT));
    ck_assert_ptr_null(sn_input_law_doc(SN_INPUT_LAW_COUNT));
}
END_TEST

UNIT_MAIN("simulate", threads_change_no_bit, another_seed_is_another_run,
          one_replica_is_the_net_written_out, a_linear_net_multiplies_by_tau,
          a_rectifier_follows_the_ensemble_map, exact_rows_follow_the_centred_map,
          selu_stays_near_its_fixed_point, the_smallest_net_runs, a_rectifier_with_tau_8_explodes,
          an_input_beyond_float_explodes_at_once, a_shut_rectifier_is_dead,
          a_fading_signal_dies_where_the_numbers_end, every_field_is_checked,
          bytes_are_told_before_they_are_taken, too_much_memory_is_refused,
          progress_is_told_in_order, a_run_can_be_stopped, blas_gets_its_threads_back,
          input_laws_have_names)
