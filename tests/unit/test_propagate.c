/* What comes out of a net: against one written out here, and against theory written here.
 *
 * Theory is that of layers of infinite width; a measured value may differ by 4.5 of its standard
 * errors and 1/n a layer. */
#include "simulate/simulate.h"

#include <math.h>

#include "simulate/input.h"
#include "simulate/weights.h"
#include "small_net.h"

/* --- against a net written out --- */

enum { WIDTH = 300, SAMPLES = 5, DEPTH = 3 };

/* z = W a + b, neuron by neuron, and the rectifier; a is overwritten. */
static void plain_layer(const small_net *net, uint32_t layer, double a[WIDTH][SAMPLES],
                        double z[WIDTH][SAMPLES])
{
    sn_stream stream = {.seed = net->spec.seed, .layer = layer, .purpose = SN_FOR_BIAS};
    double row[WIDTH], bias[WIDTH];
    sn_stream_normals_double(&stream, WIDTH, bias);
    stream.purpose = SN_FOR_WEIGHT;
    for (stream.row = 0; stream.row < WIDTH; stream.row++) {
        sn_weights_row_double(&net->block.layer.weights, &stream, WIDTH, row);
        for (size_t s = 0; s < SAMPLES; s++) {
            double sum = net->block.layer.bias_mean
                         + sqrt(net->block.layer.bias_variance) * bias[stream.row];
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
    small_net net = usual("rectifier");
    net.spec.precision = SN_DOUBLE;
    net.block.repeat = DEPTH;
    net.spec.samples = SAMPLES;
    net.spec.replicas = 1;
    net.block.layer.weights =
        (sn_weights){SN_WEIGHT_TRUNCATED_NORMAL, SN_WEIGHTS_IID, .omega = 0.3, .tau = 1.9};
    net.block.layer.bias_mean = 0.1;
    net.block.layer.bias_variance = 0.2;
    net.spec.input.mean = -0.4;
    net.spec.input.variance = 2.25;
    sn_simulation_result result = run(&net);
    double a[WIDTH][SAMPLES], z[WIDTH][SAMPLES], worst = 0;
    const sn_stream stream = {.seed = net.spec.seed};
    sn_input_draw_double(&net.spec.input, &stream, WIDTH, SAMPLES, &a[0][0]);
    for (uint32_t l = 0; l <= DEPTH; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        if (l > 0) {
            plain_layer(&net, l, a, z);
            worst = fmax(worst, fabs(layer->of[SN_OBSERVABLE_PRE_MEAN].value - mean_of(z, 1)));
            worst =
                fmax(worst, fabs(layer->of[SN_OBSERVABLE_PRE_SECOND_MOMENT].value - mean_of(z, 2)));
        }
        worst = fmax(worst, fabs(layer->of[SN_OBSERVABLE_MEAN].value - mean_of(a, 1)));
        worst = fmax(worst, fabs(layer->of[SN_OBSERVABLE_SECOND_MOMENT].value - mean_of(a, 2)));
        worst = fmax(worst, fabs(layer->of[SN_OBSERVABLE_VARIANCE].value - mean_of(a, 2)
                                 + pow(mean_of(a, 1), 2)));
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

/* An uncorrected truncated normal has less variance than it is asked for. */
static double real_tau(const sn_weights *weights)
{
    return weights->law == SN_WEIGHT_UNCORRECTED ? 0.773741304 * weights->tau : weights->tau;
}

/* Every layer against the recursion of the ensemble map, or, for exact rows of sum 0, the centred
 * one. Each layer may add 1/n of itself for its finite width. */
static void follow(const small_net *net, gaussian_moments (*f)(double, double))
{
    sn_simulation_result result = run(net);
    double mean = net->spec.input.mean, second = mean * mean + net->spec.input.variance;
    agree("input mean", 0, result.layer[0].of[SN_OBSERVABLE_MEAN], mean, 0);
    agree("input variance", 0, result.layer[0].of[SN_OBSERVABLE_VARIANCE], net->spec.input.variance,
          3 * net->spec.input.variance / (double)(net->spec.width * net->spec.samples));
    ck_assert(isnan(result.layer[0].of[SN_OBSERVABLE_PRE_MEAN].value)
              && isnan(result.layer[0].of[SN_OBSERVABLE_PRE_VARIANCE].se));
    worst_z = 0;
    for (size_t l = 1; l <= net->block.repeat; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        const double x = mean * net->block.layer.weights.omega + net->block.layer.bias_mean;
        const double carried = net->block.layer.weights.structure == SN_WEIGHTS_EXACT_ROWS
                                   ? second - mean * mean
                                   : second;
        const double y =
            real_tau(&net->block.layer.weights) * carried + net->block.layer.bias_variance;
        const gaussian_moments next = f(x, y);
        const double near = (double)l / (double)net->spec.width * (x * x + y);
        agree("pre-activation mean", l, layer->of[SN_OBSERVABLE_PRE_MEAN], x, near);
        agree("pre-activation second moment", l, layer->of[SN_OBSERVABLE_PRE_SECOND_MOMENT],
              x * x + y, near);
        agree("pre-activation variance", l, layer->of[SN_OBSERVABLE_PRE_VARIANCE], y, near);
        agree("mean", l, layer->of[SN_OBSERVABLE_MEAN], next.mean, near);
        agree("second moment", l, layer->of[SN_OBSERVABLE_SECOND_MOMENT], next.second, near);
        agree("variance", l, layer->of[SN_OBSERVABLE_VARIANCE], next.second - next.mean * next.mean,
              near);
        ck_assert_uint_eq(layer->replicas, net->spec.replicas);
        ck_assert_double_eq_tol(
            layer->variance_sd,
            layer->of[SN_OBSERVABLE_VARIANCE].se * sqrt((double)net->spec.replicas), 1e-12);
        mean = next.mean;
        second = next.second;
    }
    NOTE("%s, %s: worst %.2f standard errors beyond the slack",
         net->block.layer.activation.type->name,
         net->spec.precision == SN_FLOAT ? "float" : "double", worst_z);
    sn_simulation_result_free(&result);
}

START_TEST(a_linear_net_multiplies_by_tau)
{
    for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
        small_net net = usual("linear");
        net.spec.precision = (sn_precision)precision;
        net.block.layer.weights.tau = 1.37;
        net.spec.input.mean = 0.4;
        net.spec.input.variance = 2.385;
        follow(&net, linear_moments);
        net.spec.input.law = SN_INPUT_UNIFORM;
        net.block.layer.weights.law = SN_WEIGHT_UNIFORM;
        net.block.layer.weights.omega = 0.8;
        net.block.layer.bias_mean = -0.3;
        net.block.layer.bias_variance = 0.11;
        follow(&net, linear_moments);
    }
}
END_TEST

START_TEST(a_rectifier_follows_the_ensemble_map)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
        small_net net = usual("rectifier");
        net.spec.precision = law == 0 ? SN_DOUBLE : SN_FLOAT;
        net.block.layer.weights =
            (sn_weights){(sn_weight_law)law, SN_WEIGHTS_IID, .tau = 2, .freedom = 9};
        follow(&net, rectifier_moments);
        net.block.layer.weights.omega = -0.6;
        net.block.layer.bias_mean = 0.2;
        net.block.layer.bias_variance = 0.05;
        follow(&net, rectifier_moments);
    }
}
END_TEST

START_TEST(exact_rows_follow_the_centred_map)
{
    small_net net = usual("rectifier");
    net.block.layer.weights =
        (sn_weights){SN_WEIGHT_NORMAL, SN_WEIGHTS_EXACT_ROWS, .omega = 0, .tau = 1.9};
    net.spec.input.mean = 1.7;
    net.block.layer.bias_mean = 0.4;
    follow(&net, rectifier_moments);
}
END_TEST

START_TEST(selu_stays_near_its_fixed_point)
{
    for (size_t i = 0;; i++) {
        const sn_initializer *initializer = sn_initializer_at(i);
        if (initializer == NULL)
            break;
        small_net net = usual("selu");
        net.block.repeat = 16;
        net.spec.method = SN_METHOD_AUTO;
        net.block.layer.weights =
            (sn_weights){initializer->law, initializer->structure, .omega = 0,
                         .tau = initializer->tau(net.spec.width, net.spec.width), .density = 0.1};
        if (net.block.layer.weights.tau != 1 || initializer->law == SN_WEIGHT_UNCORRECTED)
            continue;
        sn_simulation_result result = run(&net);
        /* what counts of sparse weights is how many there are */
        const bool sparse = initializer->structure == SN_WEIGHTS_SPARSE;
        const double slack = 1 / ((sparse ? 0.1 : 1) * (double)net.spec.width);
        worst_z = 0;
        for (size_t l = 1; l <= net.block.repeat; l++) {
            agree("mean", l, result.layer[l].of[SN_OBSERVABLE_MEAN], 0, slack);
            agree("variance", l, result.layer[l].of[SN_OBSERVABLE_VARIANCE], 1, slack);
        }
        NOTE("%s: worst %.2f standard errors beyond the slack", initializer->name, worst_z);
        sn_simulation_result_free(&result);
    }
}
END_TEST

UNIT_MAIN("propagate", one_replica_is_the_net_written_out, a_linear_net_multiplies_by_tau,
          a_rectifier_follows_the_ensemble_map, exact_rows_follow_the_centred_map,
          selu_stays_near_its_fixed_point)
