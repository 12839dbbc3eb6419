/* The closed forms against Arb, over the whole range they are promised for, cancellation, underflow
 * and saturation included. */
#include "activation/pieces.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "harness.h"
#include "pieces_reference.h"
#include "random_points.h"

typedef struct worst {
    double error, x, y, total;
    size_t points;
} worst;

static void quantities(const sn_moments *m, double out[QUANTITIES])
{
    const double all[QUANTITIES] = {
        [MEAN] = m->mean,
        [SECOND] = m->second,
        [VARIANCE] = m->variance,
        [DMEAN_DX] = m->dmean_dx,
        [DMEAN_DY] = m->dmean_dy,
        [DSECOND_DX] = m->dsecond_dx,
        [DSECOND_DY] = m->dsecond_dy,
        [DVARIANCE_DX] = m->dvariance_dx,
        [DVARIANCE_DY] = m->dvariance_dy,
        [SLOPE_SECOND] = m->slope_second,
    };
    for (int i = 0; i < QUANTITIES; i++)
        out[i] = all[i];
}

/* |computed - value| / scale, or 0 where the scale is no normal number. */
static double relative_error(double computed, const arb_t value, const arb_t scale)
{
    arb_t t;
    arb_init(t);
    arb_set_d(t, computed);
    arb_sub(t, t, value, 128);
    double error = arb_is_zero(t) ? 0 : INFINITY;
    arb_div(t, t, scale, 128);
    if (arb_is_finite(t))
        error = fabs(arf_get_d(arb_midref(t), ARF_RND_NEAR));
    if (arf_cmp_d(arb_midref(scale), DBL_MIN) < 0 && !isnan(computed))
        error = 0;
    arb_clear(t);
    return isnan(computed) ? INFINITY : error;
}

static void compare(const function *f, double x, double y, reference *r, worst w[QUANTITIES])
{
    sn_moments m;
    double computed[QUANTITIES];
    if (f->ramp != NULL)
        sn_ramp_moments(f->ramp, x, y, &m);
    else
        sn_exponential_unit_moments(f->unit, x, y, &m);
    ck_assert_msg(reference_compute(r, f, x, y), "no tight enclosure at x = %.17g, y = %.17g", x,
                  y);
    ck_assert_int_eq(m.trust, SN_CLOSED_FORM);
    quantities(&m, computed);
    for (int i = 0; i < QUANTITIES; i++) {
        const double error = relative_error(computed[i], r->value[i], r->scale[i]);
        w[i].total += error;
        w[i].points++;
        if (!(error <= w[i].error)) {
            w[i].error = error;
            w[i].x = x;
            w[i].y = y;
        }
    }
}

/* Random points of both kinds: any x beside any y, and x a moderate number of deviations away. */
static void scan(const char *name, const function *f, size_t points, uint64_t seed)
{
    worst w[QUANTITIES] = {0};
    reference r;
    reference_init(&r);
    for (size_t i = 0; i < points; i++) {
        const double y = log_uniform(&seed, 1e-12, 1e6);
        const double size = log_uniform(&seed, 1e-6, 1e3);
        const double u = -40 + 80 * uniform(&seed);
        const double x = i % 3 == 0 ? size : i % 3 == 1 ? -size : u * sqrt(y);
        compare(f, fmax(fmin(x, 1e3), -1e3), y, &r, w);
    }
    reference_clear(&r);
    for (int i = 0; i < QUANTITIES; i++) {
        NOTE("%-14s %-12s worst %.1e at x = %.17g, y = %.17g; mean %.1e", name, quantity_names[i],
             w[i].error, w[i].x, w[i].y, w[i].total / (double)w[i].points);
        ck_assert_msg(w[i].error <= 1e-12, "%s: %s is off by %.3e at x = %.17g, y = %.17g", name,
                      quantity_names[i], w[i].error, w[i].x, w[i].y);
    }
}

static const struct {
    const char *name;
    sn_exponential_unit unit;
} units[] = {
    {"selu", {1.0507009873554804934, 1.6732632423543772849, 1}},
    {"elu 1", {1, 1, 1}},
    {"elu 100", {1, 100, 1}},
    {"selu -2.385", {1.0507, -2.385, 1}},
    {"celu 0.3", {1, 0.3, 1 / 0.3}},
    {"celu 7", {1, 7, 1. / 7}},
    {"steep", {2.385, 0.0417, 0.37}},
    {"elu 1e6", {0.01, 1e6, 1}},
    {"elu 0", {1.7, 0, 1}},
};

static const struct {
    const char *name;
    sn_ramp ramp;
} ramps[] = {
    {"relu", {1, {0}, {0, 1}, 0}},
    {"leaky 0.01", {1, {0}, {0.01, 1}, 0}},
    {"leaky 0.25", {1, {0}, {0.25, 1}, 0}},
    {"leaky -0.5", {1, {0}, {-0.5, 1}, 0}},
    {"straight", {1, {0}, {1, 1}, 0}},
    {"relu6", {2, {0, 6}, {0, 1, 0}, 0}},
    {"hardtanh", {2, {-1, 1}, {0, 1, 0}, -1}},
    {"zigzag", {4, {-2.385, -0.01, 0.3, 41.7}, {1.3, -0.7, 0, 0.01, -2e3}, 0.417}},
};

enum { POINTS = 1500 };

START_TEST(exponential_units_agree_with_arb)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const function f = {.unit = &units[i].unit};
        scan(units[i].name, &f, POINTS, 2385 + i);
    }
}
END_TEST

START_TEST(ramps_agree_with_arb)
{
    for (size_t i = 0; i < sizeof ramps / sizeof ramps[0]; i++) {
        const function f = {.ramp = &ramps[i].ramp};
        scan(ramps[i].name, &f, POINTS, 417 + i);
    }
}
END_TEST

UNIT_MAIN("pieces", exponential_units_agree_with_arb, ramps_agree_with_arb)
