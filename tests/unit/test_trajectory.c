/* The iterated map: every fate is met, and what is written on the way is the map, layer by layer.
 */
#include "theory/layer_map.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"

enum { DEEP = 3000 };

typedef struct journey {
    double mu[DEEP + 1], nu[DEEP + 1];
    size_t layers;
    sn_fate fate;
} journey;

static journey travel(const char *name, sn_map_kind kind, const sn_layer_point *start,
                      size_t layers, double tolerance)
{
    static journey j;
    sn_layer_map map = {.kind = kind};
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&map.activation, name, NULL), SN_OK);
    ck_assert_msg(
        sn_layer_map_iterate(&map, start, layers, tolerance, j.mu, j.nu, &j.layers, &j.fate, &err)
            == SN_OK,
        "%s", err.message);
    ck_assert(j.mu[0] == start->mu && j.nu[0] == start->nu);
    for (size_t l = 0; l < j.layers; l++) {
        const sn_layer_point at = {j.mu[l], j.nu[l], start->omega, start->tau};
        sn_layer_step step;
        ck_assert_int_eq(sn_layer_map_apply(&map, &at, &step, NULL), SN_OK);
        ck_assert(step.mu_next == j.mu[l + 1] && step.nu_next == j.nu[l + 1]);
    }
    return j;
}

START_TEST(selu_settles_at_0_1)
{
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        const sn_layer_point start = {-0.83, 3.54, 0, 1};
        const journey j = travel("selu", (sn_map_kind)kind, &start, DEEP, 1e-13);
        ck_assert_int_eq(j.fate, SN_FATE_SETTLED);
        ck_assert_uint_lt(j.layers, 200);
        ck_assert_double_eq_tol(j.mu[j.layers], 0, 1e-12);
        ck_assert_double_eq_tol(j.nu[j.layers], 1, 1e-12);
    }
}
END_TEST

START_TEST(tolerance_and_depth_are_obeyed)
{
    const sn_layer_point start = {0.2, 0.7, 0.03, 1};
    journey j = travel("selu", SN_MAP_NEURON, &start, 7, 1e-13);
    ck_assert_int_eq(j.fate, SN_FATE_UNSETTLED);
    ck_assert_uint_eq(j.layers, 7);
    j = travel("selu", SN_MAP_NEURON, &start, 400, 0);
    ck_assert_int_eq(j.fate, SN_FATE_UNSETTLED);
    ck_assert_uint_eq(j.layers, 400);
    j = travel("selu", SN_MAP_NEURON, &start, 0, 0);
    ck_assert_uint_eq(j.layers, 0);
    ck_assert_int_eq(j.fate, SN_FATE_UNSETTLED);
    /* tanh at gain 1 creeps towards 0 like 1 / (2 layers). */
    const sn_layer_point creeping = {0, 1, 0, 1};
    j = travel("tanh", SN_MAP_CENTRED, &creeping, 300, 1e-9);
    ck_assert_int_eq(j.fate, SN_FATE_UNSETTLED);
    ck_assert_double_eq_tol(j.nu[300], 1. / 600, 2e-4);
}
END_TEST

START_TEST(relu_explodes)
{
    const sn_layer_point start = {0.3, 1.1, 0, 4};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        const journey j = travel("relu", (sn_map_kind)kind, &start, DEEP, 1e-12);
        ck_assert_int_eq(j.fate, SN_FATE_EXPLODED);
        ck_assert_uint_gt(j.layers, 500);
        ck_assert(isfinite(j.nu[j.layers]) && j.nu[j.layers] > 1e300);
    }
}
END_TEST

START_TEST(small_weights_kill)
{
    static const char *const names[] = {"tanh", "relu"};
    for (int i = 0; i < 6; i++) {
        const sn_layer_point start = {0.3, 1.1, 0, 0.25};
        const journey j = travel(names[i / 3], (sn_map_kind)(i % 3), &start, DEEP, 0);
        ck_assert_int_eq(j.fate, SN_FATE_DIED);
        ck_assert(j.nu[j.layers] >= DBL_MIN && j.nu[j.layers] < 1e-305);
    }
}
END_TEST

/* With omega > 0 the mean grows along with the deviation. */
START_TEST(every_activation_explodes_or_stays)
{
    const sn_layer_point start = {0.5, 1, 0.8, 4};
    size_t exploded = 0;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const char *name = sn_activation_at(i)->name;
        const journey j = travel(name, SN_MAP_ENSEMBLE, &start, 700, 0);
        NOTE("%s: %s after %zu layers", name, sn_fate_text(j.fate), j.layers);
        exploded += j.fate == SN_FATE_EXPLODED;
    }
    ck_assert_uint_ge(exploded, 8);
}
END_TEST

START_TEST(bad_starts_are_errors)
{
    sn_layer_map map = {.kind = SN_MAP_NEURON};
    ck_assert_int_eq(sn_activation_init(&map.activation, "selu", NULL), SN_OK);
    const sn_layer_point bad[] = {{0, -1, 0, 1}, {0, 1, 0, -1}, {NAN, 1, 0, 1},
                                  {0, 0, 0, 1},  {0, 1, 0, 0},  {0, INFINITY, 0, 1}};
    double mu[4], nu[4];
    size_t layers;
    sn_fate fate;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_error err = {0};
        ck_assert_int_eq(sn_layer_map_iterate(&map, &bad[i], 3, 1e-9, mu, nu, &layers, &fate, &err),
                         SN_EDOMAIN);
        ck_assert_uint_gt(strlen(err.message), 10);
    }
    const sn_layer_point good = {0, 1, 0, 1};
    ck_assert_int_eq(sn_layer_map_iterate(&map, &good, 3, -1, mu, nu, &layers, &fate, NULL),
                     SN_EDOMAIN);
    ck_assert_int_eq(sn_layer_map_iterate(&map, &good, 3, NAN, mu, nu, &layers, &fate, NULL),
                     SN_EDOMAIN);
    ck_assert_str_eq(sn_fate_text(SN_FATE_DIED), "died");
    ck_assert_str_eq(sn_fate_text((sn_fate)99), "unknown");
}
END_TEST

UNIT_MAIN("trajectory", selu_settles_at_0_1, tolerance_and_depth_are_obeyed, relu_explodes,
          small_weights_kill, every_activation_explodes_or_stays, bad_starts_are_errors)
