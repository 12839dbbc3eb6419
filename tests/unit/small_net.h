/* small_net.h: the small simulation that the tests change to their need, and an activation whose
 * closed forms they know by themselves. */
#ifndef TESTS_SMALL_NET_H
#define TESTS_SMALL_NET_H

#include <string.h>

#include "harness.h"
#include "simulate/simulate.h"

static inline double rectify(const double *params, double z)
{
    (void)params;
    return z > 0 ? z : 0;
}

static inline double step(const double *params, double z)
{
    (void)params;
    return z > 0;
}

static const sn_activation_type rectifier_type = {
    .name = "rectifier", .value = rectify, .derivative = step};

static inline sn_activation named(const char *name)
{
    sn_activation activation = {.type = &rectifier_type};
    if (strcmp(name, "rectifier") != 0)
        ck_assert_int_eq(sn_activation_init(&activation, name, NULL), SN_OK);
    return activation;
}

/* A small simulation that every test changes to its need; width 300 is more than one strip. */
static inline sn_simulation_spec usual(const char *activation)
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

static inline sn_simulation_result run(const sn_simulation_spec *spec)
{
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(spec, NULL, NULL, &result, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(result.layers, spec->depth + 1);
    return result;
}

#endif
