/* Every field of a simulation's spec outside its range, and the input's laws. */
#include "simulate/simulate.h"

#include <math.h>

#include "small_net.h"

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

START_TEST(input_laws_have_names)
{
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_NORMAL), "normal");
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_UNIFORM), "uniform");
    ck_assert_ptr_nonnull(sn_input_law_doc(SN_INPUT_UNIFORM));
    ck_assert_ptr_null(sn_input_law_name(SN_INPUT_LAW_COUNT));
    ck_assert_ptr_null(sn_input_law_doc(SN_INPUT_LAW_COUNT));
}
END_TEST

UNIT_MAIN("spec", every_field_is_checked, input_laws_have_names)
