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

/* A net of one kind of layers, as wide as its input. */
typedef struct small_net {
    sn_simulation_spec spec; /* its blocks are set by wired */
    sn_block block;          /* its width is spec.width */
} small_net;

/* A small simulation that every test changes to its need; width 300 is more than one strip. */
static inline small_net usual(const char *activation)
{
    return (small_net){
        .spec = {.width = 300,
                 .samples = 20,
                 .replicas = 48,
                 .seed = 2385,
                 .precision = SN_FLOAT,
                 .method = SN_METHOD_DIRECT,
                 .input = {.variance = 1}},
        .block = {.repeat = 6,
                  .layer = {.activation = named(activation),
                            .weights = {SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, .tau = 1}}},
    };
}

/* The net's spec, which points into the net. */
static inline const sn_simulation_spec *wired(small_net *net)
{
    net->block.layer.width = net->spec.width;
    net->spec.blocks = &net->block;
    net->spec.n_blocks = 1;
    return &net->spec;
}

static inline sn_simulation_result run(const small_net *net)
{
    small_net own = *net;
    sn_simulation_result result;
    sn_error err = {0};
    ck_assert_msg(sn_simulate(wired(&own), NULL, NULL, &result, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(result.layers, net->block.repeat + 1);
    return result;
}

#endif
