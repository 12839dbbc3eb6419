/* The theory beside a simulation, first-order terms in 1/width included, against the simulation:
 * kinds of layers and inputs that the theory treats one by one.
 */
#include "study/prediction.h"

#include <math.h>

#include "small_net.h"

static double worst; /* standard errors off, of a test */

static void compare(const char *what, const sn_simulation_spec *spec, const sn_observable *of,
                    size_t n)
{
    sn_simulation_result result;
    sn_prediction predicted;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(spec, NULL, NULL, &result, &err) == SN_OK, "%s", err.message);
    ck_assert_msg(sn_prediction_make(spec, &predicted, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(predicted.last, result.layers - 1);
    for (size_t l = 1; l < result.layers; l++)
        for (size_t i = 0; i < n; i++) {
            const sn_measured found = result.layer[l].of[of[i]];
            const sn_expected expected = sn_prediction_at(&predicted, l, of[i]);
            const double drift = isnan(expected.drift) ? 0 : expected.drift;
            const double off = fabs(found.value - expected.limit - drift) / found.se;
            ck_assert_msg(off < 4.8,
                          "%s: %s of layer %zu is %.6g, predicted %.6g + %.2g: %.1f "
                          "standard errors of %.2g",
                          what, sn_observable_name(of[i]), l, found.value, expected.limit,
                          expected.drift, off, found.se);
            worst = fmax(worst, off);
        }
    sn_simulation_result_free(&result);
    sn_prediction_free(&predicted);
}

static const sn_observable moments[] = {SN_OBSERVABLE_MEAN, SN_OBSERVABLE_VARIANCE,
                                        SN_OBSERVABLE_SECOND_MOMENT, SN_OBSERVABLE_PRE_MEAN,
                                        SN_OBSERVABLE_PRE_VARIANCE};
enum { MOMENTS = sizeof moments / sizeof moments[0] };

static small_net narrow(const char *activation)
{
    small_net net = usual(activation);
    net.spec.width = 64;
    net.spec.replicas = 160;
    net.spec.method = SN_METHOD_AUTO;
    net.block.repeat = 4;
    return net;
}

START_TEST(weights_of_every_structure)
{
    for (int structure = 0; structure < SN_WEIGHT_STRUCTURE_COUNT; structure++)
        for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
            small_net net = narrow("selu");
            net.block.layer.weights = (sn_weights){
                .law = law, .structure = structure, .tau = 1.1, .freedom = 9, .density = 0.25};
            net.block.layer.bias_variance = 0.1;
            net.spec.input.mean = 0.3;
            compare(sn_weight_structure_name((sn_weight_structure)structure), wired(&net), moments,
                    MOMENTS);
        }
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

START_TEST(dropout_of_both_kinds)
{
    const sn_dropout kinds[] = {{0.2, 0, 1.25, 0, 1},
                                {0.2, 0, 1.25, 0, 4},
                                {0.1, -1.7580993408473766, 0.91856, 0.16149, 1},
                                {0.3, -1.7580993408473766, 0.8, 0.4, 2}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        small_net net = narrow("selu");
        net.block.layer.dropout = kinds[i];
        compare("dropout", wired(&net), moments, MOMENTS);
    }
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

START_TEST(residual_connections)
{
    const double scales[] = {0.2, 1, -0.7};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        small_net net = narrow(i == 1 ? "tanh" : "selu");
        net.spec.width = 128;
        net.block.layer.residual = true;
        net.block.layer.branch = scales[i];
        net.block.layer.dropout.rate = i == 2 ? 0.1 : 0;
        net.block.layer.dropout.scale = 1;
        net.block.layer.dropout.feature = 1;
        compare("residual", wired(&net), moments, MOMENTS);
    }
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

/* Pre-activations are standardised by construction. */
START_TEST(layer_normalisation)
{
    small_net net = narrow("selu");
    net.block.layer.normalization = SN_NORMALIZATION_LAYER;
    compare("layer normalisation", wired(&net), moments, 3);
    net = narrow("relu");
    net.block.layer.normalization = SN_NORMALIZATION_LAYER;
    compare("layer normalisation", wired(&net), moments, 3);
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

/* To some terms in 1/samples and 1/width, which are not predicted. */
START_TEST(batch_normalisation)
{
    small_net net = narrow("relu");
    net.block.layer.normalization = SN_NORMALIZATION_BATCH;
    net.spec.samples = 256;
    net.spec.replicas = 10;
    sn_simulation_result result = run(&net);
    sn_prediction predicted;
    ck_assert_int_eq(sn_prediction_make(wired(&net), &predicted, NULL), SN_OK);
    for (size_t l = 1; l < result.layers; l++)
        for (size_t i = 0; i < 3; i++) {
            const sn_expected expected = sn_prediction_at(&predicted, l, moments[i]);
            ck_assert(isnan(expected.drift));
            ck_assert_double_eq_tol(result.layer[l].of[moments[i]].value, expected.limit, 0.01);
        }
    sn_simulation_result_free(&result);
    sn_prediction_free(&predicted);
}
END_TEST

START_TEST(inputs_of_every_law)
{
    double rows[10 * 64];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        rows[i] = sin((double)(i * i)) * (1 + (double)(i / 64) / 10);
    for (int law = 0; law < SN_INPUT_LAW_COUNT; law++) {
        small_net net = narrow("tanh");
        net.spec.input = (sn_input){.law = (sn_input_law)law,
                                    .mean = 0.2,
                                    .variance = 1.5,
                                    .density = 0.3,
                                    .within = 0.6,
                                    .between = -0.2,
                                    .rows = rows,
                                    .n_rows = 10};
        compare(sn_input_law_name((sn_input_law)law), wired(&net), moments, MOMENTS);
    }
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

START_TEST(samples_that_resemble_each_other)
{
    static const sn_observable of[] = {SN_OBSERVABLE_OVERLAP, SN_OBSERVABLE_BETWEEN_NEURONS,
                                       SN_OBSERVABLE_BETWEEN_SAMPLES, SN_OBSERVABLE_CORRELATION,
                                       SN_OBSERVABLE_PRE_CORRELATION};
    small_net net = narrow("tanh");
    net.spec.observe = SN_OBSERVE_SPLIT;
    net.spec.width = 256;
    net.spec.replicas = 100;
    net.spec.input.law = SN_INPUT_CLUSTERS;
    net.spec.input.within = net.spec.input.between = 0.5;
    net.block.layer.bias_variance = 0.3;
    compare("clusters", wired(&net), of, sizeof of / sizeof of[0]);
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

START_TEST(gradients_of_every_activation)
{
    static const sn_observable of[] = {SN_OBSERVABLE_GRADIENT_FACTOR};
    for (size_t i = 0; sn_activation_at(i) != NULL; i++) {
        small_net net = narrow(sn_activation_at(i)->name);
        net.spec.observe = SN_OBSERVE_GRADIENTS;
        net.spec.width = 200;
        net.spec.replicas = 60;
        compare(sn_activation_at(i)->name, wired(&net), of, 1);
    }
    NOTE("worst: %.2f standard errors", worst);
}
END_TEST

START_TEST(a_signal_that_leaves_the_numbers_has_no_theory_from_there_on)
{
    small_net net = usual("relu");
    net.block.repeat = 3000;
    net.block.layer.weights.tau = 4;
    sn_prediction predicted;
    ck_assert_int_eq(sn_prediction_make(wired(&net), &predicted, NULL), SN_OK);
    ck_assert_int_eq(predicted.fate, SN_FATE_EXPLODED);
    ck_assert_uint_gt(predicted.last, 300);
    ck_assert_uint_lt(predicted.last, 1100);
    ck_assert(isnan(sn_prediction_at(&predicted, predicted.last + 1, SN_OBSERVABLE_MEAN).limit));
    sn_prediction_free(&predicted);
}
END_TEST

/* Given rows whose squares, or fourth powers, are no numbers: nothing is predicted, and no error. */
START_TEST(inputs_without_moments)
{
    static const double large[] = {1e80, 1e200};
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
        small_net net = narrow("selu");
        const double rows[] = {large[i], 2, 3, 4};
        net.spec.width = 2;
        net.spec.observe |= SN_OBSERVE_GRADIENTS;
        net.spec.input = (sn_input){.law = SN_INPUT_ROWS, .rows = rows, .n_rows = 2};
        sn_prediction predicted;
        sn_error err = {0};
        ck_assert_msg(sn_prediction_make(wired(&net), &predicted, &err) == SN_OK, "%s",
                      err.message);
        ck_assert_uint_eq(predicted.last, 0);
        ck_assert_int_eq(predicted.fate, SN_FATE_EXPLODED);
        for (size_t l = 0; l < predicted.layers; l++)
            ck_assert(isnan(sn_prediction_at(&predicted, l, SN_OBSERVABLE_VARIANCE).limit));
        sn_prediction_free(&predicted);
    }
}
END_TEST

START_TEST(a_smooth_activation_that_explodes_is_not_followed_for_ever)
{
    small_net net = usual("gelu");
    net.block.repeat = 2000;
    net.block.layer.weights.tau = 16;
    sn_prediction predicted;
    ck_assert_int_eq(sn_prediction_make(wired(&net), &predicted, NULL), SN_OK);
    ck_assert_int_eq(predicted.fate, SN_FATE_EXPLODED);
    ck_assert_uint_gt(predicted.last, 8); /* a factor of 8 a layer */
    ck_assert_uint_lt(predicted.last, 20);
    sn_prediction_free(&predicted);
}
END_TEST

UNIT_MAIN("prediction", weights_of_every_structure, dropout_of_both_kinds, residual_connections,
          layer_normalisation, batch_normalisation, inputs_of_every_law,
          samples_that_resemble_each_other, gradients_of_every_activation,
          a_signal_that_leaves_the_numbers_has_no_theory_from_there_on,
          a_smooth_activation_that_explodes_is_not_followed_for_ever, inputs_without_moments)
