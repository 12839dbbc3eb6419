/* All fixed points in a box: none missed where they are known, on borders, and where they are
 * infinitely many. */
#include "theory/fixed_point.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { ROOM = 64 };

static size_t find(sn_map_kind kind, const char *name, double omega, double tau,
                   const sn_map_box *box, sn_fixed_point *out)
{
    sn_layer_map map = {.kind = kind};
    sn_error err = {0};
    size_t count = 0;
    ck_assert_int_eq(sn_activation_init(&map.activation, name, NULL), SN_OK);
    ck_assert_msg(sn_fixed_points_find(&map, omega, tau, box, ROOM, out, &count, &err) == SN_OK,
                  "%s: %s", name, err.message);
    ck_assert_uint_le(count, ROOM);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(out[i].residual < 1e-11, "%s: residual %g", name, out[i].residual);
    return count;
}

START_TEST(selu_has_one)
{
    const sn_map_box boxes[] = {{-1, 1, 0.02, 4}, {-0.1, 0.1, 0.8, 1.5}, {-10, 10, 1e-6, 1e6},
                                {0, 1, 0.5, 2},   {-1, 0, 1, 4},         {0, 0, 1e-3, 1}};
    sn_fixed_point p[ROOM];
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
            const size_t count = find((sn_map_kind)kind, "selu", 0, 1, &boxes[i], p);
            size_t at_0_1 = 0;
            for (size_t j = 0; j < count; j++)
                at_0_1 += fabs(p[j].mu) < 1e-12 && fabs(p[j].nu - 1) < 1e-12;
            ck_assert_msg(at_0_1 == 1, "%s, box %zu: %zu fixed points",
                          sn_map_name((sn_map_kind)kind), i, count);
        }
    }
    const sn_map_box elsewhere = {0.2, 1, 0.5, 2};
    ck_assert_uint_eq(find(SN_MAP_NEURON, "selu", 0, 1, &elsewhere, p), 0);
}
END_TEST

/* For sin, E f = 0 at x = 0 and Var f = (1 - e^(-2 y)) / 2: one fixed point for tau > 1. With omega
 * large, mu_next = sin(mu omega) e^(-y/2) has many branches; each is checked against bisection of
 * the two equations along a fine net, by counting. */
START_TEST(sin_has_many)
{
    sn_fixed_point p[ROOM];
    const sn_map_box box = {-1, 1, 0.01, 0.5};
    const size_t one = find(SN_MAP_CENTRED, "sin", 0, 2.385, &box, p);
    ck_assert_uint_eq(one, 1);
    ck_assert_double_eq_tol(p[0].nu, (1 - exp(-2 * 2.385 * p[0].nu)) / 2, 1e-13);

    const double omega = 9.7, tau = 1.4;
    const size_t many = find(SN_MAP_NEURON, "sin", omega, tau, &box, p);
    /* Along mu: nu(mu) solves mu = sin(mu omega) e^(-tau nu / 2); count the signs of the rest. */
    size_t expected = 0;
    double before = NAN;
    for (int i = -200000; i <= 200000; i++) {
        const double mu = i * 5e-6 + 1e-9, s = sin(mu * omega);
        const double nu = s / mu > 0 ? 2 * log(s / mu) / tau : NAN;
        const double y = nu * tau;
        const double rest = (1 - exp(-2 * y) * cos(2 * mu * omega)) / 2 - mu * mu - nu;
        expected += nu > 0.01 && nu < 0.5 && rest * before < 0;
        before = nu > 0.01 && nu < 0.5 ? rest : NAN;
    }
    /* On the line mu = 0, which the parametrisation leaves out. */
    for (size_t i = 0; i < many; i++)
        expected += fabs(p[i].mu) < 1e-9;
    NOTE("sin at omega %.3g: %zu fixed points", omega, many);
    ck_assert_uint_ge(many, 3);
    ck_assert_uint_eq(many, expected);
    for (size_t i = 1; i < many; i++)
        ck_assert(p[i].mu > p[i - 1].mu - 1e-9);
}
END_TEST

/* An odd activation: with every fixed point its mirror image, and the middle one repels. Under the
 * neuron map the outer ones saturate until nu vanishes, which makes them none. */
START_TEST(tanh_in_its_ordered_phase)
{
    sn_fixed_point p[ROOM];
    const sn_map_box box = {-1.5, 1.5, 1e-4, 3};
    ck_assert_uint_eq(find(SN_MAP_NEURON, "tanh", 2.385, 1.3, &box, p), 1);
    ck_assert_double_eq_tol(p[0].mu, 0, 1e-12);
    ck_assert(!p[0].attracting && p[0].isolated);
    ck_assert_uint_eq(find(SN_MAP_ENSEMBLE, "tanh", 2.385, 1.3, &box, p), 3);
    ck_assert_double_eq_tol(p[0].mu, -p[2].mu, 1e-11);
    ck_assert_double_eq_tol(p[0].nu, p[2].nu, 1e-11);
    ck_assert_double_eq_tol(p[1].mu, 0, 1e-12);
    ck_assert(p[0].attracting && p[2].attracting && !p[1].attracting && p[1].isolated);
}
END_TEST

START_TEST(continua_have_representatives)
{
    sn_fixed_point p[ROOM];
    const sn_map_box box = {-1, 1, 0.05, 5};
    size_t count = find(SN_MAP_NEURON, "linear", 1, 1, &box, p);
    ck_assert_uint_ge(count, 4);
    ck_assert_uint_le(count, 36);
    for (size_t i = 0; i < count; i++)
        ck_assert(!p[i].isolated && !p[i].attracting);
    count = find(SN_MAP_ENSEMBLE, "relu", 0, 2, &box, p);
    ck_assert_uint_ge(count, 2);
    ck_assert_uint_le(count, 8);
    for (size_t i = 0; i < count; i++) {
        ck_assert(!p[i].isolated);
        ck_assert_double_eq_tol(p[i].nu, (acos(-1) - 1) * p[i].mu * p[i].mu, 1e-9);
    }
}
END_TEST

/* Far right of the kink these are the identity but for e^(-mu^2 / 2 nu), which rounding hides. */
START_TEST(an_identity_but_for_rounding_is_not_isolated)
{
    static const char *const names[] = {"relu", "leaky_relu", "elu", "celu"};
    const sn_map_box box = {-2, 2, 0.01, 10};
    sn_fixed_point p[ROOM];
    for (size_t a = 0; a < sizeof names / sizeof names[0]; a++) {
        const size_t count = find(SN_MAP_NEURON, names[a], 1, 1, &box, p);
        NOTE("%s at omega = tau = 1: %zu stand for the rest", names[a], count);
        ck_assert_uint_ge(count, 1);
        ck_assert_uint_le(count, 8);
        for (size_t i = 0; i < count; i++)
            ck_assert(!p[i].isolated && p[i].mu > 6 * sqrt(p[i].nu));
    }
}
END_TEST

START_TEST(vanishing_signals_are_none)
{
    sn_fixed_point p[ROOM];
    const sn_map_box box = {-1, 1, 1e-6, 4};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        ck_assert_uint_eq(find((sn_map_kind)kind, "tanh", 0, 1, &box, p), 0);
        ck_assert_uint_eq(find((sn_map_kind)kind, "relu", 0, 1, &box, p), 0);
        ck_assert_uint_eq(find((sn_map_kind)kind, "tanh", 0, 1.5, &box, p), 1);
        ck_assert(p[0].attracting && fabs(p[0].mu) < 1e-12);
    }
}
END_TEST

/* Every activation under every map is searched without failing. */
START_TEST(every_activation)
{
    const sn_map_box box = {-2, 2, 0.01, 10};
    sn_fixed_point p[ROOM];
    for (size_t a = 0; a < sn_activation_count(); a++) {
        const char *name = sn_activation_at(a)->name;
        size_t counts[SN_MAP_COUNT];
        for (int kind = 0; kind < SN_MAP_COUNT; kind++)
            counts[kind] = find((sn_map_kind)kind, name, 0.3, 1.2, &box, p);
        NOTE("%s: %zu neuron, %zu centred, %zu ensemble", name, counts[0], counts[1], counts[2]);
    }
}
END_TEST

START_TEST(capacity_and_bad_boxes)
{
    sn_layer_map map = {.kind = SN_MAP_NEURON};
    ck_assert_int_eq(sn_activation_init(&map.activation, "linear", NULL), SN_OK);
    const sn_map_box box = {-1, 1, 0.05, 5};
    sn_fixed_point p[2] = {{.mu = 42}, {.mu = 42}};
    size_t count;
    ck_assert_int_eq(sn_fixed_points_find(&map, 1, 1, &box, 1, p, &count, NULL), SN_OK);
    ck_assert_uint_gt(count, 1);
    ck_assert(p[1].mu == 42 && p[0].mu <= 1);
    const sn_map_box bad[] = {{1, -1, 0.1, 1},      {0, 1, 0, 1},     {0, 1, 1, 1},
                              {0, 1, -1, 1},        {NAN, 1, 0.1, 1}, {0, INFINITY, 0.1, 1},
                              {0, 1, 0.1, INFINITY}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_error err = {0};
        ck_assert_int_eq(sn_fixed_points_find(&map, 0, 1, &bad[i], 1, p, &count, &err), SN_EDOMAIN);
        ck_assert_uint_gt(strlen(err.message), 10);
    }
    const sn_map_box good = {-1, 1, 0.05, 5};
    ck_assert_int_eq(sn_fixed_points_find(&map, NAN, 1, &good, 1, p, &count, NULL), SN_EDOMAIN);
    ck_assert_int_eq(sn_fixed_points_find(&map, 0, 0, &good, 1, p, &count, NULL), SN_EDOMAIN);
}
END_TEST

UNIT_MAIN("fixed_point_search", selu_has_one, sin_has_many, tanh_in_its_ordered_phase,
          continua_have_representatives, an_identity_but_for_rounding_is_not_isolated,
          vanishing_signals_are_none, every_activation, capacity_and_bad_boxes)
