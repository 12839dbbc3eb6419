/* The searched constants against the exact ones on random targets. */
#include "theory/constants.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"

START_TEST(agrees_with_the_quadratic)
{
    uint64_t state = 4711;
    double worst = 0;
    size_t solved = 0, twofold = 0, impossible = 0;
    while (solved < 150) {
        const sn_target target = {(sn_map_kind)(solved % SN_MAP_COUNT),
                                  {lcg_uniform(&state, -1, 1.5), lcg_log_uniform(&state, 0.05, 8),
                                   lcg_uniform(&state, -1, 1), lcg_log_uniform(&state, 0.3, 3)}};
        sn_constants exact, found;
        sn_error err = {0};
        ck_assert_int_eq(sn_constants_solve(&target, &exact, NULL), SN_OK);
        ck_assert_msg(sn_constants_search(&target, &found, &err) == SN_OK, "%s", err.message);
        ck_assert_msg(found.count == exact.count,
                      "mu %.17g nu %.17g omega %.17g tau %.17g: %zu, %s", target.at.mu,
                      target.at.nu, target.at.omega, target.at.tau, found.count, exact.reason);
        for (size_t i = 0; i < exact.count; i++) {
            const sn_selu_constants *a = &exact.solutions[i], *b = &found.solutions[i];
            const double e = fmax(fabs(b->alpha - a->alpha) / (1 + fabs(a->alpha)),
                                  fabs(b->lambda / a->lambda - 1));
            worst = fmax(worst, e);
            ck_assert_msg(e < 1e-10, "mu %g nu %g omega %g tau %g: off by %g", target.at.mu,
                          target.at.nu, target.at.omega, target.at.tau, e);
        }
        solved += exact.count > 0;
        twofold += exact.count == 2;
        impossible += exact.count == 0;
    }
    NOTE("%zu targets solved, %zu of them twice, %zu impossible; worst disagreement %.2g", solved,
         twofold, impossible, worst);
    ck_assert(twofold > 5 && impossible > 5);
}
END_TEST

START_TEST(finds_the_papers_constants)
{
    const sn_target target = {SN_MAP_NEURON, {0, 1, 0, 1}};
    sn_constants found;
    ck_assert_int_eq(sn_constants_search(&target, &found, NULL), SN_OK);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_double_eq_tol(found.solutions[0].alpha, 1.6732632423543773, 1e-12);
    ck_assert_double_eq_tol(found.solutions[0].lambda, 1.0507009873554805, 1e-12);
    ck_assert(found.solutions[0].attracting);
}
END_TEST

START_TEST(a_failed_search_proves_nothing)
{
    const sn_target target = {SN_MAP_NEURON, {2, 0.1, 0, 1}};
    sn_constants found;
    ck_assert_int_eq(sn_constants_search(&target, &found, NULL), SN_OK);
    ck_assert_uint_eq(found.count, 0);
    ck_assert_ptr_nonnull(strstr(found.reason, "proves nothing"));
}
END_TEST

/* With one side of 0 out of sight there is nothing to integrate, quickly or otherwise. */
START_TEST(not_searched_where_a_side_is_out_of_sight)
{
    const sn_layer_point far[] = {{10, 1e-4, 1, 1}, {-10, 1e-4, 1, 1}, {0, 1e200, 0, 1}};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        const sn_target target = {SN_MAP_NEURON, far[i]};
        sn_constants found;
        ck_assert_int_eq(sn_constants_search(&target, &found, NULL), SN_OK);
        ck_assert_uint_eq(found.count, 0);
        ck_assert_ptr_nonnull(strstr(found.reason, "not searched"));
    }
}
END_TEST

/* A kink may lie closer to the centre than any interval that can be halved. */
START_TEST(returns_however_small_the_mean)
{
    static const double means[] = {-3.1e-8, -7.3e-150, -1e-300, -1e-305, -1e-306};
    double worst = 0;
    for (size_t i = 0; i < 2 * sizeof means / sizeof means[0]; i++) {
        const sn_target target = {SN_MAP_NEURON, {means[i / 2], i % 2 == 0 ? 1e4 : 1.2e4, 0.3, 1}};
        sn_constants exact, found;
        ck_assert_int_eq(sn_constants_solve(&target, &exact, NULL), SN_OK);
        ck_assert_int_eq(sn_constants_search(&target, &found, NULL), SN_OK);
        ck_assert_uint_eq(exact.count, 1);
        ck_assert_uint_eq(found.count, 1);
        worst = fmax(worst, fabs(found.solutions[0].alpha / exact.solutions[0].alpha - 1));
    }
    NOTE("means down to 1e-306: worst disagreement %.2g", worst);
    ck_assert(worst < 1e-10);
}
END_TEST

START_TEST(refuses_what_the_exact_solver_refuses)
{
    const sn_layer_point bad[] = {{0, 0, 0, 1},   {0, -1, 0, 1},  {0, 1, 0, 0},       {0, 1, 0, -1},
                                  {NAN, 1, 0, 1}, {0, 1, NAN, 1}, {0, INFINITY, 0, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const sn_target target = {SN_MAP_NEURON, bad[i]};
        sn_constants found;
        ck_assert_int_eq(sn_constants_search(&target, &found, NULL), SN_EDOMAIN);
        ck_assert_int_eq(sn_constants_solve(&target, &found, NULL), SN_EDOMAIN);
    }
}
END_TEST

UNIT_MAIN("constants_search", agrees_with_the_quadratic, finds_the_papers_constants,
          a_failed_search_proves_nothing, not_searched_where_a_side_is_out_of_sight,
          refuses_what_the_exact_solver_refuses, returns_however_small_the_mean)
