/* The gradient that is sent back against differences of the network forwards, which is written out
 * here, for every layer; and its factors against chi1.
 */
#include <math.h>
#include <string.h>

#include "simulate/dropout.h"
#include "simulate/input.h"
#include "simulate/normalize.h"
#include "simulate/propagate.h"
#include "small_net.h"

enum { WIDTH = 6, SAMPLES = 4, DEPTH = 3, SIZE = WIDTH * SAMPLES };

/* One layer, of the same weights, biases and masks as the simulation's. */
static void forwards(const sn_simulation_spec *spec, uint32_t l, const double *x, double *out)
{
    const sn_layer *layer = sn_simulation_layer(spec, l);
    const sn_pass pass = {layer, WIDTH, SAMPLES, {.seed = spec->seed, .layer = l}};
    double strip[WIDTH * WIDTH], mean[SAMPLES], scale[SAMPLES];
    sn_direct_forwards_double(&pass, 0, WIDTH, x, strip, out);
    if (layer->normalization == SN_NORMALIZATION_BATCH)
        sn_normalize_rows_double(WIDTH, SAMPLES, out);
    if (layer->normalization == SN_NORMALIZATION_LAYER) {
        sn_normalize_measure_double(WIDTH, SAMPLES, out, mean, scale);
        sn_normalize_columns_double(WIDTH, SAMPLES, mean, scale, out);
    }
    for (size_t i = 0; i < SIZE; i++)
        out[i] = sn_activation_value(&layer->activation, out[i]);
    if (layer->dropout.rate > 0)
        sn_dropout_apply_double(&layer->dropout, &pass.stream, 0, WIDTH, SAMPLES, out);
    for (size_t i = 0; layer->residual && i < SIZE; i++)
        out[i] = x[i] + layer->branch * out[i];
}

/* The output's gradient, of norm 1 for every sample. */
static void draw_gradient(const sn_simulation_spec *spec, double *g)
{
    const sn_stream stream = {.seed = spec->seed, .purpose = SN_FOR_GRADIENT};
    sn_stream_normals_double(&stream, SIZE, g);
    for (size_t s = 0; s < SAMPLES; s++) {
        double squares = 0;
        for (size_t i = 0; i < WIDTH; i++)
            squares += g[i * SAMPLES + s] * g[i * SAMPLES + s];
        for (size_t i = 0; i < WIDTH; i++)
            g[i * SAMPLES + s] /= sqrt(squares);
    }
}

static double loss(const sn_simulation_spec *spec, uint32_t from, const double *x, const double *g)
{
    double a[SIZE], next[SIZE], sum = 0;
    memcpy(a, x, sizeof a);
    for (uint32_t l = from + 1; l <= DEPTH; l++) {
        forwards(spec, l, a, next);
        memcpy(a, next, sizeof a);
    }
    for (size_t i = 0; i < SIZE; i++)
        sum += g[i] * a[i];
    return sum;
}

/* The squared norm, over all samples, of the loss' gradient by layer l's activations x. */
static double squares_by_differences(const sn_simulation_spec *spec, uint32_t l, double *x,
                                     const double *g)
{
    double squares = 0;
    for (size_t i = 0; i < SIZE; i++) {
        const double at = x[i], step = 1e-5;
        x[i] = at + step;
        const double up = loss(spec, l, x, g);
        x[i] = at - step;
        const double down = loss(spec, l, x, g);
        x[i] = at;
        squares += pow((up - down) / (2 * step), 2);
    }
    return squares;
}

static double worst; /* relative, of a test's comparisons */

static void check_net(const small_net *net)
{
    small_net own = *net;
    sn_simulation_result result = run(net);
    const sn_simulation_spec *spec = wired(&own);
    const sn_stream stream = {.seed = spec->seed};
    double x[SIZE], next[SIZE], g[SIZE], before = 0;
    sn_input_draw_double(&spec->input, &stream, WIDTH, SAMPLES, x);
    draw_gradient(spec, g);
    for (uint32_t l = 0; l <= DEPTH; l++) {
        const double squares = squares_by_differences(spec, l, x, g);
        const sn_measured *of = result.layer[l].of;
        const double found = of[SN_OBSERVABLE_GRADIENT].value * SAMPLES;
        worst = fmax(worst, fabs(found / squares - 1));
        ck_assert_double_eq_tol(of[SN_OBSERVABLE_GRADIENT_LOG10].value,
                                log10(of[SN_OBSERVABLE_GRADIENT].value), 1e-12);
        if (l > 0)
            worst =
                fmax(worst, fabs(of[SN_OBSERVABLE_GRADIENT_FACTOR].value * squares / before - 1));
        before = squares;
        if (l < DEPTH)
            forwards(spec, l + 1, x, next);
        memcpy(x, next, sizeof x);
    }
    sn_simulation_result_free(&result);
}

static small_net small(const char *activation)
{
    small_net net = usual(activation);
    net.spec.width = WIDTH;
    net.spec.samples = SAMPLES;
    net.spec.replicas = 1;
    net.spec.precision = SN_DOUBLE;
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.block.repeat = DEPTH;
    net.block.layer.weights.omega = 0.3;
    net.block.layer.weights.tau = 1.4;
    net.block.layer.bias_variance = 0.1;
    return net;
}

START_TEST(every_kind_of_layer_sends_back_its_derivative)
{
    for (int kind = 0; kind < 16; kind++) {
        small_net net = small(kind % 2 == 0 ? "tanh" : "softplus");
        sn_layer *layer = &net.block.layer;
        layer->normalization = (sn_normalization)(kind / 2 % 3);
        if (kind / 4 % 2 == 1)
            layer->dropout = (sn_dropout){0.3, -0.7, 1.2, 0.1, 2};
        layer->residual = kind / 8 == 1;
        layer->branch = 0.6;
        check_net(&net);
    }
    NOTE("worst relative difference from central differences: %.2g", worst);
    ck_assert_double_lt(worst, 1e-6);
}
END_TEST

START_TEST(deep_gradients_stay_among_the_numbers)
{
    small_net net = usual("linear");
    net.spec.width = 40;
    net.spec.replicas = 6;
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.block.repeat = 900;
    net.block.layer.weights.structure = SN_WEIGHTS_EXACT_ROWS;
    net.block.layer.weights.tau = 0.25;
    sn_simulation_result result = run(&net);
    const sn_measured *input = result.layer[0].of;
    ck_assert_double_eq_tol(input[SN_OBSERVABLE_GRADIENT_LOG10].value / 900, log10(0.25), 0.02);
    ck_assert(input[SN_OBSERVABLE_GRADIENT].value == 0
              || isnan(input[SN_OBSERVABLE_GRADIENT].value));
    sn_simulation_result_free(&result);
}
END_TEST

/* Layer after layer a chaotic network makes a gradient several times as large. */
START_TEST(a_gradient_beyond_the_doubles_is_no_number)
{
    small_net net = usual("tanh");
    net.spec.width = 100;
    net.spec.replicas = 1;
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.block.repeat = 600;
    net.block.layer.weights.tau = 100;
    sn_simulation_result result = run(&net);
    const sn_measured *input = result.layer[0].of;
    ck_assert_double_gt(input[SN_OBSERVABLE_GRADIENT_LOG10].value, 309);
    ck_assert(isfinite(input[SN_OBSERVABLE_GRADIENT_LOG10].value));
    ck_assert(isnan(input[SN_OBSERVABLE_GRADIENT].value));
    ck_assert(isnan(input[SN_OBSERVABLE_GRADIENT_CLIPPED].value));
    sn_simulation_result_free(&result);
}
END_TEST

/* Weights of 1e-41 or so leave a gradient whose inverse no float holds. */
START_TEST(a_gradient_of_the_smallest_floats_is_a_number)
{
    small_net net = usual("linear");
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.spec.replicas = 1;
    net.block.repeat = 2;
    net.block.layer.weights.tau = 1e-80;
    sn_simulation_result result = run(&net);
    const sn_measured *input = result.layer[0].of;
    ck_assert_double_eq_tol(input[SN_OBSERVABLE_GRADIENT_LOG10].value, -160, 0.2);
    sn_simulation_result_free(&result);
}
END_TEST

/* E[f'^2] of a rectifier is 1/2, whatever the signal is. */
START_TEST(a_rectifiers_factor_is_half_of_tau)
{
    small_net net = usual("rectifier");
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.block.layer.weights.tau = 1.9;
    net.spec.replicas = 64;
    sn_simulation_result result = run(&net);
    for (size_t l = 1; l < result.layers; l++) {
        const sn_measured factor = result.layer[l].of[SN_OBSERVABLE_GRADIENT_FACTOR];
        ck_assert_double_lt(factor.se, 0.02);
        ck_assert_double_lt(fabs(factor.value - 0.95), 4.5 * factor.se + 2. / 300);
    }
    sn_simulation_result_free(&result);
}
END_TEST

START_TEST(clipping_is_a_clamp_after_the_fact)
{
    small_net net = usual("linear");
    net.spec.observe = SN_OBSERVE_GRADIENTS;
    net.block.layer.weights.tau = 3;
    sn_simulation_result free_run = run(&net);
    net.spec.clip = (sn_clip){SN_CLIP_NORM, 2};
    sn_simulation_result by_norm = run(&net);
    net.spec.clip = (sn_clip){SN_CLIP_VALUE, 0.05};
    sn_simulation_result by_value = run(&net);
    for (size_t l = 0; l < by_norm.layers; l++) {
        const double whole = free_run.layer[l].of[SN_OBSERVABLE_GRADIENT].value;
        const double norm = by_norm.layer[l].of[SN_OBSERVABLE_GRADIENT_CLIPPED].value;
        const double value = by_value.layer[l].of[SN_OBSERVABLE_GRADIENT_CLIPPED].value;
        ck_assert_double_eq_tol(free_run.layer[l].of[SN_OBSERVABLE_GRADIENT_CLIPPED].value, whole,
                                1e-5 * whole);
        ck_assert_double_eq(by_norm.layer[l].of[SN_OBSERVABLE_GRADIENT].value, whole);
        ck_assert_double_le(norm, fmin(4, whole) * (1 + 1e-5));
        ck_assert_double_le(value, 300 * 0.05 * 0.05 * (1 + 1e-5));
    }
    ck_assert_double_gt(by_norm.layer[0].of[SN_OBSERVABLE_GRADIENT_CLIPPED].value, 3.99);
    ck_assert_double_lt(by_value.layer[0].of[SN_OBSERVABLE_GRADIENT_CLIPPED].value, 0.75);
    sn_simulation_result_free(&by_norm);
    sn_simulation_result_free(&by_value);
    sn_simulation_result_free(&free_run);
}
END_TEST

UNIT_MAIN("send_back", every_kind_of_layer_sends_back_its_derivative,
          deep_gradients_stay_among_the_numbers, a_gradient_beyond_the_doubles_is_no_number,
          a_gradient_of_the_smallest_floats_is_a_number, a_rectifiers_factor_is_half_of_tau,
          clipping_is_a_clamp_after_the_fact)
