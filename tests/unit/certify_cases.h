/* certify_cases.h: layer maps in balls and random boxes, for the tests of certify/. */
#ifndef TESTS_CERTIFY_CASES_H
#define TESTS_CERTIFY_CASES_H

#include "certify/extreme.h"
#include "harness.h"
#include "random_points.h"

static const char *const case_names[] = {"selu", "tanh", "relu", "leaky_relu",
                                         "gelu", "elu",  "sin",  "hardswish"};
enum { CASES = sizeof case_names / sizeof case_names[0] };

/* The map of an activation with its defaults; every other one has a bias. */
static inline void case_map(sn_ball_map *map, sn_map_kind kind, int index, bool bias)
{
    const sn_claim claim = {.map = kind,
                            .activation = sn_activation_find(case_names[index]),
                            .bias_mean = bias ? "-0.37" : NULL,
                            .bias_variance = bias ? "0.0213" : NULL};
    sn_error why;
    if (sn_ball_map_init(map, &claim, 192, &why) != SN_OK)
        ck_abort_msg("%s: %s", case_names[index], why.message);
}

/* A side that is narrow or wide, a point, or with 0 inside, at an end, or outside. */
static inline sn_interval case_side(uint64_t *state, double reach)
{
    const double width = log_uniform(state, 0.003, 1) * reach;
    switch ((int)(7 * uniform(state))) {
    case 0:
        return (sn_interval){-width * uniform(state), width};
    case 1:
        return (sn_interval){0, width};
    case 2:
        return (sn_interval){-width, 0};
    case 3:
        return (sn_interval){-reach, -reach + width};
    case 4:
        return (sn_interval){width, width};
    case 5:
        return (sn_interval){-width, width};
    default:
        return (sn_interval){0.37 * reach, 0.37 * reach + width};
    }
}

static inline void case_box(sn_interval ends[SN_BOX_DIM], uint64_t *state)
{
    ends[SN_BOX_MU] = case_side(state, 0.9);
    ends[SN_BOX_OMEGA] = case_side(state, 0.7);
    ends[SN_BOX_NU].lower = log_uniform(state, 0.05, 9);
    ends[SN_BOX_TAU].lower = log_uniform(state, 0.2, 2);
    for (int i = SN_BOX_NU; i <= SN_BOX_TAU; i += SN_BOX_TAU - SN_BOX_NU) {
        const double width = log_uniform(state, 0.003, 1);
        ends[i].upper = uniform(state) < 0.2 ? ends[i].lower : ends[i].lower * (1 + width);
    }
}

/* A point of the box; its corners and sides are as likely as its inside. */
static inline void case_point(double at[SN_BOX_DIM], const sn_interval ends[SN_BOX_DIM],
                              uint64_t *state)
{
    for (int i = 0; i < SN_BOX_DIM; i++) {
        const double t = 2 * uniform(state) - 0.5, width = ends[i].upper - ends[i].lower;
        at[i] = t <= 0 ? ends[i].lower : t >= 1 ? ends[i].upper : ends[i].lower + t * width;
        at[i] = at[i] > ends[i].upper ? ends[i].upper : at[i];
    }
}

/* The quantity at a point. */
static inline void case_value(arb_t out, sn_measure measure, const sn_ball_map *map,
                              const double point[SN_BOX_DIM], slong prec)
{
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    for (int i = 0; i < SN_BOX_DIM; i++)
        arb_set_d(&at[i], point[i]);
    sn_quantity_enclose(out, NULL, measure, map, at, prec);
    _arb_vec_clear(at, SN_BOX_DIM);
}

#endif
