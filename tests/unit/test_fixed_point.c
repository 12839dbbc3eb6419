/* Newton's method on the layer map: it finds what is there, from afar and over decades, and nothing
 * that is not. */
#include "theory/fixed_point.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"

static sn_layer_map map_of(sn_map_kind kind, const char *name)
{
    sn_layer_map map = {.kind = kind};
    ck_assert_int_eq(sn_activation_init(&map.activation, name, NULL), SN_OK);
    return map;
}

static bool refine(const sn_layer_map *map, const sn_layer_point *start, sn_fixed_point *out)
{
    bool found;
    sn_error err = {0};
    ck_assert_msg(sn_fixed_point_refine(map, start, out, &found, &err) == SN_OK, "%s", err.message);
    return found;
}

START_TEST(selu_is_pulled_in_from_afar)
{
    uint64_t state = 77;
    double worst = 0;
    for (int i = 0; i < 3000; i++) {
        const sn_layer_map map = map_of((sn_map_kind)(i % SN_MAP_COUNT), "selu");
        const sn_layer_point start = {lcg_uniform(&state, -3, 3),
                                      lcg_log_uniform(&state, 1e-3, 1e3), 0, 1};
        sn_fixed_point p;
        ck_assert_msg(refine(&map, &start, &p), "%s from mu %g, nu %g", sn_map_name(map.kind),
                      start.mu, start.nu);
        worst = fmax(worst, fabs(p.mu) + fabs(p.nu - 1));
        ck_assert_msg(worst < 1e-14, "%.17g, %.17g", p.mu, p.nu);
        ck_assert(p.attracting && p.isolated && p.residual < 1e-14);
    }
    NOTE("worst distance from (0, 1): %.2g", worst);
}
END_TEST

/* A wider SELU with a fixed point of its own: the iterated map must go where Newton says. */
START_TEST(agrees_with_the_iterated_map)
{
    uint64_t state = 5;
    double worst = 0;
    for (int i = 0; i < 300; i++) {
        const sn_layer_map map = map_of((sn_map_kind)(i % SN_MAP_COUNT), "selu");
        const sn_layer_point start = {0, 1, lcg_uniform(&state, -0.1, 0.1),
                                      lcg_uniform(&state, 0.9, 1.12)};
        double mu[2001], nu[2001];
        size_t layers;
        sn_fate fate;
        ck_assert_int_eq(
            sn_layer_map_iterate(&map, &start, 2000, 1e-15, mu, nu, &layers, &fate, NULL), SN_OK);
        sn_fixed_point p;
        ck_assert(refine(&map, &start, &p));
        const double e = fabs(p.mu - mu[layers]) + fabs(p.nu - nu[layers]) / p.nu;
        worst = fmax(worst, e);
        ck_assert_msg(e < 1e-12, "omega %g, tau %g: %.17g %.17g", start.omega, start.tau, p.mu,
                      p.nu);
    }
    NOTE("worst distance between Newton and iteration %.2g", worst);
}
END_TEST

/* Scaled to variances of 1e-6 and 1e6: f(z) = lambda relu-like pieces keep their shape, so a bias
 * variance s moves the fixed point of relu at tau < 2 to nu = s c, whatever s is. */
START_TEST(over_decades)
{
    double first = 0;
    for (int i = 0; i < 13; i++) {
        sn_layer_map map = map_of(SN_MAP_CENTRED, "relu");
        const double s = pow(10, i - 6);
        map.bias_variance = s;
        const sn_layer_point start = {0, 1, 0, 1.3};
        sn_fixed_point p;
        ck_assert_msg(refine(&map, &start, &p), "bias variance %g", s);
        if (i == 0)
            first = p.nu / s;
        ck_assert_double_eq_tol(p.nu / s / first, 1, 1e-13);
        ck_assert(p.attracting && p.isolated);
    }
    const double slope = 0.5 - 0.5 / acos(-1); /* Var z+ over y */
    ck_assert_double_eq_tol(first, slope / (1 - 1.3 * slope), 1e-14);
}
END_TEST

START_TEST(nothing_is_found_where_nothing_is)
{
    sn_fixed_point p;
    const sn_layer_point start = {0.3, 1, 0, 1};
    const sn_layer_point large = {0.3, 1, 0, 4};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        const sn_layer_map tanh_map = map_of((sn_map_kind)kind, "tanh");
        const sn_layer_map relu_map = map_of((sn_map_kind)kind, "relu");
        ck_assert(!refine(&tanh_map, &start, &p)); /* creeps to nu = 0 */
        ck_assert(!refine(&relu_map, &start, &p)); /* shrinks by a factor */
        ck_assert(!refine(&relu_map, &large, &p)); /* grows by a factor */
    }
}
END_TEST

/* Where everything, or a curve, is fixed. */
START_TEST(continua_are_not_isolated)
{
    sn_fixed_point p;
    const sn_layer_map linear = map_of(SN_MAP_NEURON, "linear");
    const sn_layer_point anywhere = {0.31, 2.385, 1, 1};
    ck_assert(refine(&linear, &anywhere, &p));
    ck_assert(p.mu == anywhere.mu && p.nu == anywhere.nu && p.residual == 0);
    ck_assert(!p.isolated && !p.attracting);

    /* relu at tau = 2 keeps xi = mu^2 + nu under the ensemble map: mu = sqrt(xi / pi). */
    const sn_layer_map relu = map_of(SN_MAP_ENSEMBLE, "relu");
    const sn_layer_point start = {-0.4, 1.3, 0, 2};
    ck_assert(refine(&relu, &start, &p));
    ck_assert_double_eq_tol(p.mu / sqrt((p.mu * p.mu + p.nu) / acos(-1)), 1, 1e-13);
    ck_assert(!p.isolated && !p.attracting && p.residual < 1e-13);
}
END_TEST

START_TEST(bad_starts_are_errors)
{
    const sn_layer_map map = map_of(SN_MAP_NEURON, "selu");
    const sn_layer_point bad[] = {
        {0, 0, 0, 1}, {0, -1, 0, 1}, {NAN, 1, 0, 1}, {0, 1, 0, 0}, {0, NAN, 0, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_fixed_point p;
        bool found;
        sn_error err = {0};
        ck_assert_int_eq(sn_fixed_point_refine(&map, &bad[i], &p, &found, &err), SN_EDOMAIN);
        ck_assert_uint_gt(strlen(err.message), 5);
    }
}
END_TEST

UNIT_MAIN("fixed_point", selu_is_pulled_in_from_afar, agrees_with_the_iterated_map, over_decades,
          nothing_is_found_where_nothing_is, continua_are_not_isolated, bad_starts_are_errors)
