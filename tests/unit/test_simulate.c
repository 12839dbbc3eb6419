/* Whole simulations: the same bits from any number of threads, outcomes, memory, interruption. */
#include "simulate/simulate.h"

#include <math.h>

#include "small_net.h"

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

/* --- outcomes --- */

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

/* --- memory and progress --- */

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

UNIT_MAIN("simulate", threads_change_no_bit, another_seed_is_another_run, the_smallest_net_runs,
          a_rectifier_with_tau_8_explodes, an_input_beyond_float_explodes_at_once,
          a_shut_rectifier_is_dead, a_fading_signal_dies_where_the_numbers_end,
          bytes_are_told_before_they_are_taken, too_much_memory_is_refused,
          progress_is_told_in_order, a_run_can_be_stopped, blas_gets_its_threads_back)
