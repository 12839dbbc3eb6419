/* Residual stacks: closed forms of relu, and the sums written out for others. */
#include "theory/residual.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static sn_field field_of(const char *name, sn_map_kind map, double tau, double bias_variance)
{
    sn_field field = {.map = map, .tau = tau, .bias_variance = bias_variance};
    ck_assert_int_eq(sn_activation_init(&field.activation, name, NULL), SN_OK);
    return field;
}

static void run(const sn_residual *net, double v, size_t depth, sn_residual_block *out)
{
    size_t blocks;
    sn_error err = {0};
    ck_assert_msg(sn_residual_run(net, v, depth, out, &blocks, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(blocks, depth);
}

/* S(v) = v / 2 and E f'^2 = 1/2: both grow by 1 + beta^2 tau / 2 a block. */
START_TEST(plain_relu_grows_exponentially)
{
    const sn_field field = field_of("relu", SN_MAP_ENSEMBLE, 1.3, 0);
    const sn_residual net = {.field = &field, .beta = -0.7};
    const double factor = 1 + 0.49 * 1.3 / 2;
    sn_residual_block out[50];
    run(&net, 2.385, 50, out);
    for (size_t l = 0; l < 50; l++) {
        const double blocks = (double)(l + 1);
        ck_assert_double_eq_tol(out[l].variance / (2.385 * pow(factor, blocks)), 1, 1e-13);
        ck_assert_double_eq_tol(out[l].growth, factor, 1e-14);
        ck_assert_double_eq_tol(out[l].gradient, factor, 1e-14);
        ck_assert_double_eq_tol(out[l].gradient_log10, blocks * log10(factor), 1e-12);
    }
}
END_TEST

/* E tanh^2 and E (1 - tanh^2)^2 under N(0, 1), by mpmath at 30 digits. */
static const double TANH_SECOND = 0.3942944903978411744164598,
                    TANH_SLOPE = 0.4644029024482682419720215;

START_TEST(nfnet_grows_along_a_line)
{
    const double alpha = 0.2;
    const sn_field field = field_of("tanh", SN_MAP_ENSEMBLE, 1 / TANH_SECOND, 0);
    const sn_residual net = {.field = &field, .beta = alpha, .nfnet = true};
    sn_residual_block out[200];
    run(&net, 1, 200, out);
    double logarithm = 0;
    for (size_t l = 0; l < 200; l++) {
        const double before = 1 + (double)l * alpha * alpha, after = before + alpha * alpha;
        const double gradient = 1 + alpha * alpha * TANH_SLOPE / TANH_SECOND / before;
        logarithm += log10(gradient);
        ck_assert_double_eq_tol(out[l].variance / after, 1, 1e-13);
        ck_assert_double_eq_tol(out[l].growth, after / before, 1e-13);
        ck_assert_double_eq_tol(out[l].gradient, gradient, 1e-13);
        ck_assert_double_eq_tol(out[l].gradient_log10, logarithm, 1e-12);
    }
}
END_TEST

/* Blocks 4, 7, 10 start again; their gradient comes back through the shortcut's 1 / beta_l too. */
START_TEST(transition_blocks)
{
    const double alpha = 0.5, bias = 0.3, branch = 2.2 * TANH_SECOND + bias;
    const double chi = 2.2 * TANH_SLOPE;
    const sn_field field = field_of("tanh", SN_MAP_ENSEMBLE, 2.2, bias);
    const sn_residual net = {.field = &field, .beta = alpha, .nfnet = true, .reset = 3};
    sn_residual_block out[10];
    double v = 1.7;
    run(&net, v, 10, out);
    for (size_t l = 0; l < 10; l++) {
        const bool transition = l == 3 || l == 6 || l == 9;
        const double next = (transition ? 1 : v) + alpha * alpha * branch;
        const double gradient = (transition ? 1 / v : 1) + alpha * alpha * chi / v;
        ck_assert_double_eq_tol(out[l].variance, next, 1e-13);
        ck_assert_double_eq_tol(out[l].growth, next / v, 1e-13);
        ck_assert_double_eq_tol(out[l].gradient, gradient, 1e-13);
        v = next;
    }
    /* Down a whole stage and up again nothing is lost: growth forwards, gradient backwards. */
    const sn_residual still = {.field = &field, .beta = 0, .nfnet = true, .reset = 2};
    run(&still, 4, 10, out);
    ck_assert_double_eq(out[1].variance, 4);
    ck_assert_double_eq(out[2].variance, 1);
    ck_assert_double_eq(out[2].gradient, 0.25);
    ck_assert_double_eq_tol(out[9].gradient_log10, -log10(4), 1e-15);
}
END_TEST

START_TEST(a_stack_of_steps)
{
    const sn_field field = field_of("gelu", SN_MAP_CENTRED, 1.9, 0.04);
    const sn_residual net = {.field = &field, .beta = 0.6};
    sn_residual_block out[30];
    double v = 0.31, logarithm = 0;
    run(&net, v, 30, out);
    for (size_t l = 0; l < 30; l++) {
        double branch, slope, chi1;
        ck_assert_int_eq(sn_field_step(&field, v, &branch, &slope, &chi1, NULL), SN_OK);
        v += 0.36 * branch;
        logarithm += log10(1 + 0.36 * chi1);
        ck_assert_double_eq_tol(out[l].variance / v, 1, 1e-13);
        ck_assert_double_eq_tol(out[l].gradient_log10, logarithm, 1e-13);
    }
}
END_TEST

START_TEST(explosions)
{
    const sn_field field = field_of("relu", SN_MAP_ENSEMBLE, 2, 0);
    const sn_residual net = {.field = &field, .beta = 1}; /* doubles */
    sn_residual_block out[1100];
    size_t blocks;
    ck_assert_int_eq(sn_residual_run(&net, 1.5, 1100, out, &blocks, NULL), SN_OK);
    ck_assert_uint_eq(blocks, 1023);
    ck_assert_double_eq_tol(out[1022].variance / 0x1.8p1023, 1, 1e-12);
    ck_assert_int_eq(sn_residual_run(&net, 1, 0, out, &blocks, NULL), SN_OK);
    ck_assert_uint_eq(blocks, 0);
}
END_TEST

START_TEST(outside_the_domain)
{
    sn_field field = field_of("relu", SN_MAP_ENSEMBLE, 2, 0);
    sn_residual net = {.field = &field, .beta = 1};
    sn_residual_block out[2];
    size_t blocks;
    sn_error err = {0};
    static const double bad[] = {0, -2.385, NAN, INFINITY};
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(sn_residual_run(&net, bad[i], 2, out, &blocks, &err), SN_EDOMAIN);
    ck_assert(strstr(err.message, "variance v is inf") != NULL);
    net.beta = NAN;
    ck_assert_int_eq(sn_residual_run(&net, 1, 2, out, &blocks, &err), SN_EDOMAIN);
    ck_assert(strstr(err.message, "branch is nan") != NULL);
    net.beta = 1;
    field.tau = -1;
    ck_assert_int_eq(sn_residual_run(&net, 1, 2, out, &blocks, NULL), SN_EDOMAIN);
    field = field_of("relu", SN_MAP_NEURON, 2, 0);
    ck_assert_int_eq(sn_residual_run(&net, 1, 2, out, &blocks, NULL), SN_EDOMAIN);
}
END_TEST

UNIT_MAIN("residual", plain_relu_grows_exponentially, nfnet_grows_along_a_line, transition_blocks,
          a_stack_of_steps, explosions, outside_the_domain)
