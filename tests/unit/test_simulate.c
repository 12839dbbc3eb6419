/* Whole simulations: the same bits from any number of threads, outcomes, memory, interruption. */
#include "simulate/simulate.h"

#include <math.h>

#include "small_net.h"

START_TEST(threads_change_no_bit)
{
    static const int threads[] = {1, 2, 3, 8, 0};
    for (int exact = 0; exact < 2; exact++)
        for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
            small_net net = usual("selu");
            net.spec.precision = (sn_precision)precision;
            net.spec.replicas = 13;
            net.block.layer.bias_variance = 0.01;
            net.block.layer.weights = (sn_weights){
                exact ? SN_WEIGHT_UNIFORM : SN_WEIGHT_TRUNCATED_NORMAL,
                exact ? SN_WEIGHTS_EXACT_ROWS : SN_WEIGHTS_IID, .omega = 0.1, .tau = 1};
            sn_simulation_result first = {0};
            for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
                net.spec.threads = threads[t];
                sn_simulation_result result = run(&net);
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
    small_net net = usual("selu");
    sn_simulation_result a = run(&net);
    net.spec.seed++;
    sn_simulation_result b = run(&net);
    for (size_t l = 0; l < a.layers; l++)
        ck_assert(a.layer[l].of[SN_OBSERVABLE_VARIANCE].value
                  != b.layer[l].of[SN_OBSERVABLE_VARIANCE].value);
    sn_simulation_result_free(&a);
    sn_simulation_result_free(&b);
}
END_TEST

/* --- outcomes --- */

START_TEST(the_smallest_net_runs)
{
    for (int precision = SN_FLOAT; precision <= SN_DOUBLE; precision++) {
        small_net net = usual("linear");
        net.spec.width = net.block.repeat = net.spec.samples = net.spec.replicas = 1;
        net.spec.precision = (sn_precision)precision;
        sn_simulation_result result = run(&net);
        for (size_t l = 0; l < 2; l++) {
            const sn_layer_statistics *layer = &result.layer[l];
            ck_assert(isfinite(layer->of[SN_OBSERVABLE_MEAN].value)
                      && isnan(layer->of[SN_OBSERVABLE_MEAN].se));
            ck_assert(layer->of[SN_OBSERVABLE_VARIANCE].value == 0 && isnan(layer->variance_sd));
            ck_assert_double_eq(layer->of[SN_OBSERVABLE_SECOND_MOMENT].value,
                                layer->of[SN_OBSERVABLE_MEAN].value
                                    * layer->of[SN_OBSERVABLE_MEAN].value);
            ck_assert_uint_eq(layer->replicas, 1);
        }
        ck_assert_double_eq(result.layer[1].of[SN_OBSERVABLE_PRE_MEAN].value,
                            result.layer[1].of[SN_OBSERVABLE_MEAN].value);
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
    small_net net = usual("rectifier");
    net.spec.width = 96;
    net.block.repeat = 160;
    net.spec.replicas = 9;
    net.block.layer.weights.tau = 8;
    sn_simulation_result result = run(&net);
    NOTE("first of %zu explosions at layer %zu", result.exploded, result.first_exploded_layer);
    ck_assert_uint_eq(result.exploded, net.spec.replicas);
    ck_assert_uint_ge(result.first_exploded_layer, 115);
    ck_assert_uint_le(result.first_exploded_layer, 135);
    ck_assert_uint_eq(result.died, 0);
    size_t before = net.spec.replicas;
    for (size_t l = 0; l <= net.block.repeat; l++) {
        const sn_layer_statistics *layer = &result.layer[l];
        ck_assert_uint_le(layer->replicas, before);
        ck_assert((layer->replicas == net.spec.replicas) == (l < result.first_exploded_layer));
        ck_assert((layer->replicas > 0)
                  == (isfinite(layer->of[SN_OBSERVABLE_VARIANCE].value) != 0));
        ck_assert((layer->replicas > 1)
                  == (isfinite(layer->of[SN_OBSERVABLE_SECOND_MOMENT].se) != 0));
        before = layer->replicas;
    }
    ck_assert_uint_eq(before, 0);
    sn_simulation_result_free(&result);

    net.spec.precision = SN_DOUBLE;
    result = run(&net);
    ck_assert_uint_eq(result.exploded, 0);
    ck_assert(isfinite(result.layer[net.block.repeat].of[SN_OBSERVABLE_SECOND_MOMENT].value));
    sn_simulation_result_free(&result);
}
END_TEST

START_TEST(an_input_beyond_float_explodes_at_once)
{
    small_net net = usual("linear");
    net.spec.input.mean = 1e39;
    sn_simulation_result result = run(&net);
    ck_assert_uint_eq(result.exploded, net.spec.replicas);
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
    small_net net = usual("rectifier");
    net.block.layer.bias_mean = -50;
    sn_simulation_result result = run(&net);
    ck_assert_uint_eq(result.died, net.spec.replicas);
    ck_assert_uint_eq(result.first_died_layer, 1);
    ck_assert_uint_eq(result.exploded, 0);
    for (size_t l = 1; l < result.layers; l++) {
        ck_assert(result.layer[l].of[SN_OBSERVABLE_VARIANCE].value == 0
                  && result.layer[l].of[SN_OBSERVABLE_MEAN].value == 0);
        ck_assert_uint_eq(result.layer[l].replicas, net.spec.replicas);
    }
    ck_assert_double_gt(result.layer[1].of[SN_OBSERVABLE_PRE_VARIANCE].value, 0.5);
    ck_assert_double_eq(result.layer[2].of[SN_OBSERVABLE_PRE_MEAN].value, -50);
    sn_simulation_result_free(&result);
}
END_TEST

/* Products of 0.01 leave the float numbers after some 22 layers: tau = 1e-4, layer variance
 * 1e-4l, and the smallest float is 1.4e-45. */
START_TEST(a_fading_signal_dies_where_the_numbers_end)
{
    small_net net = usual("linear");
    net.block.repeat = 30;
    net.spec.replicas = 4;
    net.block.layer.weights.tau = 1e-4;
    sn_simulation_result result = run(&net);
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
    small_net net = usual("selu");
    const size_t small = sn_simulation_bytes(wired(&net), 1),
                 twice = sn_simulation_bytes(wired(&net), 2);
    const size_t strips = 256 * 300 * sizeof(float), activations = 300 * 20 * sizeof(float);
    ck_assert_uint_ge(small, strips + 2 * activations);
    ck_assert_uint_le(small, strips + 2 * activations + 20000);
    ck_assert_uint_gt(twice, small + strips);
    ck_assert_uint_eq(sn_simulation_bytes(wired(&net), 1000), sn_simulation_bytes(wired(&net), 48));
    ck_assert_uint_ge(sn_simulation_bytes(wired(&net), 0), small);
    net.spec.replicas = 100000;
    ck_assert_uint_eq(sn_simulation_bytes(wired(&net), 1), small);
    net.block.repeat = 1000000000000;
    ck_assert_uint_gt(sn_simulation_bytes(wired(&net), 1), 100000000000000);
    net.block.repeat = 1;
    net.spec.width = 1000000000;
    ck_assert_uint_gt(sn_simulation_bytes(wired(&net), 1), 200000000000);
    net.spec.width = net.spec.samples = SIZE_MAX / 3;
    ck_assert_uint_eq(sn_simulation_bytes(wired(&net), 1), SIZE_MAX);
    net = usual("selu");
    net.block.repeat = SIZE_MAX;
    ck_assert_uint_eq(sn_simulation_bytes(wired(&net), 1), SIZE_MAX);
}
END_TEST

START_TEST(too_much_memory_is_refused)
{
    small_net net = usual("selu");
    net.spec.width = net.spec.samples = ((size_t)1 << 31) - 1;
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_int_eq(sn_simulate(wired(&net), NULL, NULL, &result, &err), SN_ENOMEM);
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
    small_net net = usual("linear");
    sn_simulation_result result;
    watch seen = {0};
    net.spec.threads = 4;
    ck_assert_int_eq(sn_simulate(wired(&net), look, &seen, &result, NULL), SN_OK);
    ck_assert_uint_eq(seen.calls, 48);
    sn_simulation_result_free(&result);
}
END_TEST

START_TEST(a_run_can_be_stopped)
{
    for (int threads = 1; threads <= 4; threads++) {
        small_net net = usual("linear");
        sn_simulation_result result;
        sn_error err = {0};
        watch seen = {.stop_at = 3};
        net.spec.threads = threads;
        ck_assert_int_eq(sn_simulate(wired(&net), look, &seen, &result, &err), SN_EINTERRUPTED);
        ck_assert_uint_eq(seen.calls, 3);
        ck_assert(result.layer == NULL && result.layers == 0);
    }
}
END_TEST

static sn_simulation *new_simulation(small_net *net)
{
    sn_simulation *simulation;
    ck_assert_int_eq(sn_simulation_new(wired(net), &simulation, NULL), SN_OK);
    return simulation;
}

/* Whether the statistics so far are those of `whole`, to the last bit. */
static void check_statistics(const sn_simulation *simulation, const sn_simulation_result *whole)
{
    sn_simulation_result own;
    ck_assert_int_eq(sn_simulation_statistics(simulation, &own, NULL), SN_OK);
    ck_assert_uint_eq(own.replicas, whole->replicas);
    for (size_t l = 0; l < whole->layers; l++)
        for (size_t i = 0; i < SN_OBSERVABLE_COUNT; i++)
            ck_assert_mem_eq(&own.layer[l].of[i], &whole->layer[l].of[i], sizeof(sn_measured));
    sn_simulation_result_free(&own);
}

/* Stopped after 3, saved and loaded elsewhere; 10 records from another simulation; then the
 * rest. */
START_TEST(pieces_make_the_bits_of_the_whole)
{
    small_net net = usual("tanh");
    sn_simulation_result whole = run(&net);
    watch seen = {.stop_at = 3};
    sn_simulation *first = new_simulation(&net), *then = new_simulation(&net);
    ck_assert_int_eq(sn_simulation_run(first, 48, look, &seen, NULL), SN_EINTERRUPTED);
    ck_assert_uint_eq(sn_simulation_done(first), 3);
    double *state = malloc(sn_simulation_state_size(first) * sizeof *state);
    sn_simulation_save(first, state);
    ck_assert_int_eq(sn_simulation_load(then, state, NULL), SN_OK);
    const size_t size = sn_simulation_record_size(first);
    double *records = malloc(10 * size * sizeof *records);
    ck_assert_uint_eq(sn_simulation_compute(first, 3, 10, records), 10);
    ck_assert_uint_eq(sn_simulation_done(first), 3);
    for (size_t i = 0; i < 10; i++)
        sn_simulation_add(then, records + i * size);
    ck_assert_int_eq(sn_simulation_run(then, 20, NULL, NULL, NULL), SN_OK);
    ck_assert_uint_eq(sn_simulation_done(then), 20);
    ck_assert_int_eq(sn_simulation_run(then, SIZE_MAX, NULL, NULL, NULL), SN_OK);
    check_statistics(then, &whole);
    ck_assert_int_eq(sn_simulation_run(first, 48, NULL, NULL, NULL), SN_OK);
    check_statistics(first, &whole);
    free(state);
    free(records);
    sn_simulation_free(first);
    sn_simulation_free(then);
    sn_simulation_result_free(&whole);
}
END_TEST

/* Stops by both ways at once. */
static int stop_twice(void *context, size_t done, size_t total)
{
    (void)total;
    (void)done;
    sn_simulation_stop(context);
    return 1;
}

/* Even if progress asks for one too, after which more could be done. */
START_TEST(a_stop_from_outside_stays)
{
    small_net net = usual("linear");
    sn_simulation *simulation = new_simulation(&net);
    double *record = malloc(sn_simulation_record_size(simulation) * sizeof *record);
    ck_assert_int_eq(sn_simulation_run(simulation, 48, stop_twice, simulation, NULL),
                     SN_EINTERRUPTED);
    const size_t done = sn_simulation_done(simulation);
    ck_assert_uint_eq(done, 1);
    ck_assert_int_eq(sn_simulation_run(simulation, 48, NULL, NULL, NULL), SN_EINTERRUPTED);
    ck_assert_uint_eq(sn_simulation_compute(simulation, 5, 1, record), 0);
    ck_assert_uint_eq(sn_simulation_done(simulation), done);
    free(record);
    sn_simulation_free(simulation);
}
END_TEST

START_TEST(numbers_that_are_no_totals_are_refused)
{
    const double wrong[] = {-1, 0.5, 49, NAN, INFINITY};
    small_net net = usual("linear");
    sn_simulation *simulation = new_simulation(&net);
    const size_t size = sn_simulation_state_size(simulation);
    double *state = malloc(size * sizeof *state);
    for (size_t at = 0; at <= 5; at++)
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
            sn_simulation_save(simulation, state);
            state[at] = wrong[i];
            ck_assert_int_eq(sn_simulation_load(simulation, state, NULL), SN_EINVAL);
        }
    sn_simulation_save(simulation, state);
    state[7] = -1e-9; /* squared deviations */
    ck_assert_int_eq(sn_simulation_load(simulation, state, NULL), SN_EINVAL);
    ck_assert_uint_eq(sn_simulation_done(simulation), 0);
    free(state);
    sn_simulation_free(simulation);
}
END_TEST

#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);

START_TEST(blas_gets_its_threads_back)
{
    small_net net = usual("linear");
    openblas_set_num_threads(2);
    const int before = openblas_get_num_threads();
    sn_simulation_result result = run(&net);
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
          progress_is_told_in_order, a_run_can_be_stopped, pieces_make_the_bits_of_the_whole,
          a_stop_from_outside_stays, numbers_that_are_no_totals_are_refused,
          blas_gets_its_threads_back)
