/* Every field of a simulation's spec outside its range, and the input's laws. */
#include "simulate/simulate.h"

#include <math.h>

#include "small_net.h"

static void refused(const small_net *net, const char *field)
{
    small_net own = *net;
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(wired(&own), NULL, NULL, &result, &err) == SN_EDOMAIN, "%s passed",
                  field);
    ck_assert_int_eq(err.status, SN_EDOMAIN);
    ck_assert_msg(strncmp(err.message, field, strlen(field)) == 0, "%s: %s", field, err.message);
    ck_assert(result.layer == NULL && result.layers == 0);
}

#define REFUSE(where, field, value)                                                                \
    do {                                                                                           \
        small_net bad = usual("selu");                                                             \
        bad.where.field = value;                                                                   \
        refused(&bad, #field);                                                                     \
    } while (0)

START_TEST(every_field_is_checked)
{
    REFUSE(spec, width, 0);
    REFUSE(spec, width, (size_t)1 << 31);
    REFUSE(block, repeat, 0);
    REFUSE(block, repeat, 1000000000000);
    REFUSE(spec, samples, 0);
    REFUSE(spec, samples, (size_t)1 << 31);
    REFUSE(spec, replicas, 0);
    REFUSE(spec, replicas, (size_t)1 << 28);
    REFUSE(spec, threads, -1);
    REFUSE(spec, threads, 1000000);
    REFUSE(spec, precision, (sn_precision)2);
    REFUSE(spec, method, SN_METHOD_COUNT);
    REFUSE(spec, input.law, SN_INPUT_LAW_COUNT);
    REFUSE(spec, input.mean, -INFINITY);
    REFUSE(spec, input.variance, -2.385);
    REFUSE(spec, clip.kind, SN_CLIP_COUNT);
    REFUSE(block.layer, activation, (sn_activation){0});
    REFUSE(block.layer, weights.law, SN_WEIGHT_LAW_COUNT);
    REFUSE(block.layer, weights.structure, SN_WEIGHT_STRUCTURE_COUNT);
    REFUSE(block.layer, weights.omega, INFINITY);
    REFUSE(block.layer, weights.tau, -0.1);
    REFUSE(block.layer, weights.tau, NAN);
    REFUSE(block.layer, bias_mean, NAN);
    REFUSE(block.layer, bias_variance, -1e-300);
    REFUSE(block.layer, bias_variance, INFINITY);
    REFUSE(block.layer, normalization, SN_NORMALIZATION_COUNT);
    REFUSE(block.layer, dropout.rate, 1);
    REFUSE(block.layer, dropout.rate, NAN);
    small_net wrong = usual("selu");
    wrong.block.layer.activation.params[1] = -3;
    refused(&wrong, "activation: selu's lambda is -3");
}
END_TEST

START_TEST(what_belongs_together_is_checked)
{
    small_net exact = usual("selu");
    exact.block.layer.weights =
        (sn_weights){SN_WEIGHT_NORMAL, SN_WEIGHTS_EXACT_ROWS, .omega = 3, .tau = 0.03};
    refused(&exact, "exact rows");
    exact.block.layer.weights.tau = 0.0301;
    sn_simulation_result result = run(&exact);
    sn_simulation_result_free(&result);
    exact.spec.width = 1;
    exact.block.layer.weights.tau = 100;
    refused(&exact, "exact rows");

    small_net net = usual("selu");
    net.block.layer.weights.law = SN_WEIGHT_STUDENT_T;
    net.block.layer.weights.freedom = 2;
    refused(&net, "weights.freedom");
    net.spec.method = SN_METHOD_GRAM;
    net.block.layer.weights.freedom = 5;
    refused(&net, "method gram");
    net = usual("selu");
    net.block.layer.weights.structure = SN_WEIGHTS_SPARSE;
    refused(&net, "weights.density");
    net.block.layer.weights.density = 0.1;
    net.block.layer.weights.omega = 0.5;
    refused(&net, "weights.omega");
    net = usual("selu");
    net.block.layer.weights.structure = SN_WEIGHTS_ORTHOGONAL;
    refused(&net, "orthogonal weights need method gram");
    net = usual("selu");
    net.spec.input = (sn_input){.law = SN_INPUT_SPARSE, .mean = 1, .variance = 1, .density = 0.4};
    refused(&net, "sparse inputs");
    net.spec.input = (sn_input){.law = SN_INPUT_CLUSTERS, .within = 0.2, .between = -0.3};
    refused(&net, "clusters");
    net.spec.input = (sn_input){.law = SN_INPUT_ROWS};
    refused(&net, "input.rows");
    net = usual("selu");
    net.spec.clip = (sn_clip){SN_CLIP_NORM, 0};
    refused(&net, "clip.threshold");
}
END_TEST

START_TEST(a_residual_layer_is_as_wide_as_its_input)
{
    sn_block blocks[2] = {usual("selu").block, usual("selu").block};
    sn_simulation_spec spec = usual("selu").spec;
    sn_simulation_result result;
    sn_error err = {0};
    spec.n_blocks = 2;
    spec.blocks = blocks;
    blocks[0].layer.width = 300;
    blocks[1].layer.width = 200;
    blocks[1].layer.residual = true;
    ck_assert_int_eq(sn_simulate(&spec, NULL, NULL, &result, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "residual"));
    spec.n_blocks = 0;
    ck_assert_int_eq(sn_simulate(&spec, NULL, NULL, &result, &err), SN_EDOMAIN);
}
END_TEST

START_TEST(input_laws_have_names)
{
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_NORMAL), "normal");
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_UNIFORM), "uniform");
    ck_assert_ptr_nonnull(sn_input_law_doc(SN_INPUT_UNIFORM));
    ck_assert_ptr_null(sn_input_law_name(SN_INPUT_LAW_COUNT));
    ck_assert_ptr_null(sn_input_law_doc(SN_INPUT_LAW_COUNT));
}
END_TEST

UNIT_MAIN("spec", every_field_is_checked, what_belongs_together_is_checked,
          a_residual_layer_is_as_wide_as_its_input, input_laws_have_names)
