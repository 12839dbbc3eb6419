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

static void judge(const function *f, double x, double y, const sn_moments *m, reference *r,
                  worst w[QUANTITIES])
{
    double computed[QUANTITIES];
    ck_assert_msg(reference_compute(r, f, x, y), "no tight enclosure at x = %.17g, y = %.17g", x,
                  y);
    ck_assert_int_eq(m->trust, SN_CLOSED_FORM);
    quantities(m, computed);
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

static void compare(const function *f, double x, double y, reference *r, worst w[QUANTITIES])
{
    sn_moments m;
    if (f->ramp != NULL)
        sn_ramp_moments(f->ramp, x, y, &m);
    else
        sn_exponential_unit_moments(f->unit, x, y, &m);
    judge(f, x, y, &m, r, w);
}

/* Random points of four kinds: any x of either sign beside any y; x a moderate number of deviations
 * from 0; and x where the variance underflows, if it does: tails end near 37 deviations, e^{2x}
 * near -350. */
static void draw(size_t i, uint64_t *seed, double *x, double *y)
{
    *y = log_uniform(seed, 1e-12, 1e6);
    const double sign = uniform(seed) < 0.5 ? -1 : 1, s = sqrt(*y);
    switch (i % 4) {
    case 0:
    case 1:
        *x = sign * log_uniform(seed, 1e-6, 1e3);
        break;
    case 2:
        *x = sign * 40 * uniform(seed) * s;
        break;
    default:
        *x = uniform(seed) < 0.5 ? -355 + 40 * uniform(seed) : sign * (35 + 3 * uniform(seed)) * s;
    }
    *x = fmax(fmin(*x, 1e3), -1e3);
}

static void report(const char *name, const worst w[QUANTITIES])
{
    for (int i = 0; i < QUANTITIES; i++) {
        NOTE("%-14s %-12s worst %.1e at x = %.17g, y = %.17g; mean %.1e", name, quantity_names[i],
             w[i].error, w[i].x, w[i].y, w[i].total / (double)w[i].points);
        ck_assert_msg(w[i].error <= 5e-13, "%s: %s is off by %.3e at x = %.17g, y = %.17g", name,
                      quantity_names[i], w[i].error, w[i].x, w[i].y);
    }
}

static void scan(const char *name, const function *f, size_t points, uint64_t seed)
{
    worst w[QUANTITIES] = {0};
    reference r;
    reference_init(&r);
    for (size_t i = 0; i < points; i++) {
        double x, y;
        draw(i, &seed, &x, &y);
        compare(f, x, y, &r, w);
    }
    reference_clear(&r);
    report(name, w);
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

enum { POINTS = 1200 };

START_TEST(exponential_units_agree_with_arb)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const function f = {.unit = &units[i].unit};
        scan(units[i].name, &f, POINTS, 2385 + i);
    }
}
END_TEST

/* Points where vectors do the work, on both sides of its borders, and some of all other kinds. */
static void draw_common(size_t i, const sn_exponential_unit *unit, uint64_t *seed, double *x,
                        double *y)
{
    if (i % 8 == 0) {
        draw(i / 8, seed, x, y);
        return;
    }
    const double step = log_uniform(seed, 0.3, i % 8 == 1 ? 1e3 : 3), s = step / unit->rate;
    *x = (-5.1 + 10.2 * uniform(seed)) * s;
    *y = s * s;
}

START_TEST(many_at_once_agree_with_arb)
{
    enum { COUNT = 1203 }; /* no multiple of a vector's length */
    static double x[COUNT], y[COUNT];
    static sn_moments m[COUNT];
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const function f = {.unit = &units[i].unit};
        worst w[QUANTITIES] = {0};
        uint64_t seed = 1971 + i;
        reference r;
        reference_init(&r);
        for (size_t k = 0; k < COUNT; k++)
            draw_common(k, f.unit, &seed, &x[k], &y[k]);
        sn_exponential_unit_moments_many(f.unit, COUNT, x, y, m);
        for (size_t k = 0; k < COUNT; k++)
            judge(&f, x[k], y[k], &m[k], &r, w);
        reference_clear(&r);
        report(units[i].name, w);
    }
}
END_TEST

/* In every bit, wherever among how many a point stands. */
START_TEST(a_point_does_not_know_its_neighbours)
{
    enum { COUNT = 203 };
    double x[COUNT], y[COUNT];
    sn_moments together[COUNT], from_here[COUNT];
    uint64_t seed = 62;
    for (size_t k = 0; k < COUNT; k++)
        draw_common(k, &units[0].unit, &seed, &x[k], &y[k]);
    sn_exponential_unit_moments_many(&units[0].unit, COUNT, x, y, together);
    for (size_t from = 0; from < COUNT; from++) {
        const size_t n = 1 + from % 19 < COUNT - from ? 1 + from % 19 : COUNT - from;
        sn_exponential_unit_moments_many(&units[0].unit, n, x + from, y + from, from_here);
        for (size_t k = 0; k < n; k++) {
            double a[QUANTITIES], b[QUANTITIES];
            quantities(&together[from + k], a);
            quantities(&from_here[k], b);
            ck_assert_mem_eq(a, b, sizeof a);
        }
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

/* The accuracy is not promised so far out, but a number is. */
static void expect_sane(const char *name, const sn_moments *m, double x, double y)
{
    double computed[QUANTITIES];
    quantities(m, computed);
    for (int i = 0; i < QUANTITIES; i++)
        if (isnan(computed[i]))
            ck_abort_msg("%s: %s is NaN at x = %.17g, y = %.17g", name, quantity_names[i], x, y);
    if (m->variance < 0 || m->second < 0 || m->slope_second < 0)
        ck_abort_msg("%s: a negative square at x = %.17g, y = %.17g", name, x, y);
}

START_TEST(extreme_arguments_give_numbers)
{
    uint64_t state = 1673;
    for (int k = 0; k < 20000; k++) {
        const double y = log_uniform(&state, 1e-300, 1e300);
        const double size = k % 5 == 0 ? 0 : log_uniform(&state, 1e-150, 1e150);
        const double x = uniform(&state) < 0.5 ? -size : size;
        sn_moments m;
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
            sn_exponential_unit_moments(&units[i].unit, x, y, &m);
            expect_sane(units[i].name, &m, x, y);
            sn_exponential_unit_moments_many(&units[i].unit, 1, &x, &y, &m);
            expect_sane(units[i].name, &m, x, y);
        }
        for (size_t i = 0; i < sizeof ramps / sizeof ramps[0]; i++) {
            sn_ramp_moments(&ramps[i].ramp, x, y, &m);
            expect_sane(ramps[i].name, &m, x, y);
        }
    }
}
END_TEST

UNIT_MAIN("pieces", exponential_units_agree_with_arb, many_at_once_agree_with_arb,
          a_point_does_not_know_its_neighbours, ramps_agree_with_arb,
          extreme_arguments_give_numbers)
