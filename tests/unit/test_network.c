/* The layers of a spec one after the other, and which way of drawing them `auto` takes. */
#include "simulate/network.h"

#include "small_net.h"

START_TEST(a_walk_meets_every_layer_with_its_fan_in)
{
    sn_block blocks[3] = {usual("selu").block, usual("relu").block, usual("tanh").block};
    blocks[0].layer.width = 50;
    blocks[0].repeat = 2;
    blocks[1].layer.width = 20;
    blocks[1].repeat = 1;
    blocks[2].layer.width = 70;
    blocks[2].repeat = 3;
    const sn_simulation_spec spec = {.width = 30, .n_blocks = 3, .blocks = blocks, .samples = 4};
    static const size_t fan_ins[] = {30, 50, 50, 20, 70, 70}, widths[] = {50, 50, 20, 70, 70, 70};
    ck_assert_uint_eq(sn_simulation_depth(&spec), 6);
    ck_assert_uint_eq(sn_network_widest(&spec), 70);
    sn_cursor at = sn_cursor_begin(&spec);
    for (size_t l = 1; l <= 6; l++, sn_cursor_next(&at)) {
        ck_assert_uint_eq(at.l, l);
        ck_assert_uint_eq(at.fan_in, fan_ins[l - 1]);
        ck_assert_uint_eq(at.layer->width, widths[l - 1]);
        ck_assert_ptr_eq(sn_simulation_layer(&spec, l), at.layer);
        ck_assert_uint_eq(sn_simulation_fan_in(&spec, l), at.fan_in);
        ck_assert_int_eq(sn_simulation_method(&spec, l), at.method);
    }
    ck_assert_ptr_null(at.layer);
}
END_TEST

static sn_method chosen(size_t width, size_t samples, unsigned observe, sn_weights weights)
{
    small_net net = usual("selu");
    net.spec.width = width;
    net.spec.samples = samples;
    net.spec.observe = observe;
    net.spec.method = SN_METHOD_AUTO;
    net.block.layer.weights = weights;
    return sn_simulation_method(wired(&net), 1);
}

START_TEST(auto_takes_what_is_cheaper)
{
    const sn_weights normal = {.tau = 1}, uniform = {.law = SN_WEIGHT_UNIFORM, .tau = 1},
                     orthogonal = {.structure = SN_WEIGHTS_ORTHOGONAL, .tau = 1};
    ck_assert_int_eq(chosen(1000000, 32, 0, normal), SN_METHOD_GRAM);
    ck_assert_int_eq(chosen(1024, 128, 0, normal), SN_METHOD_GRAM);
    ck_assert_int_eq(chosen(512, 512, 0, normal), SN_METHOD_DIRECT);
    ck_assert_int_eq(chosen(1000000, 32, 0, uniform), SN_METHOD_DIRECT);
    ck_assert_int_eq(chosen(64, 512, 0, orthogonal), SN_METHOD_GRAM);
    /* the way back costs more without weights */
    ck_assert_int_eq(chosen(400, 128, 0, normal), SN_METHOD_GRAM);
    ck_assert_int_eq(chosen(400, 128, SN_OBSERVE_GRADIENTS, normal), SN_METHOD_DIRECT);
    ck_assert_int_eq(chosen(4096, 128, SN_OBSERVE_GRADIENTS, normal), SN_METHOD_GRAM);
}
END_TEST

START_TEST(a_network_may_use_both)
{
    sn_block blocks[2] = {usual("selu").block, usual("selu").block};
    blocks[0].layer.width = 2000;
    blocks[0].repeat = 2;
    blocks[1].layer.width = 2000;
    blocks[1].layer.weights.law = SN_WEIGHT_UNIFORM;
    const sn_simulation_spec spec = {.width = 2000, .n_blocks = 2, .blocks = blocks, .samples = 8};
    ck_assert(sn_network_uses(&spec, SN_METHOD_GRAM));
    ck_assert(sn_network_uses(&spec, SN_METHOD_DIRECT));
}
END_TEST

UNIT_MAIN("network", a_walk_meets_every_layer_with_its_fan_in, auto_takes_what_is_cheaper,
          a_network_may_use_both)
