/* What comes out of a net: against one written out here, and against theory written here.
 *
 * Theory is that of layers of infinite width; a measured value may differ by 4.5 of its standard
 * errors and 1/n a layer. */
#include "simulate/simulate.h"

#include <math.h>

#include "simulate/weights.h"
#include "small_net.h"

/* --- against a net written out --- */

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
        a[i / SAMPLES][i % SAMPLES] = rectify(NULL, z[i / SAMPLES][i % SAMPLES]);
}

static double mean_of(const double x[WIDTH][SAMPLES], int power)
{
    double sum = 0;
    for (size_t i = 0; i < WIDTH * SAMPLES; i++)
        sum += pow(x[i / SAMPLES][i % SAMPLES], power);
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

/* --- against theory --- */

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

UNIT_MAIN("propagate", one_replica_is_the_net_written_out, a_linear_net_multiplies_by_tau,
          a_rectifier_follows_the_ensemble_map, exact_rows_follow_the_centred_map,
          selu_stays_near_its_fixed_point)
