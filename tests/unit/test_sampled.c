/* Activations given by tables: the curve through the points, its shape, its moments against exact
 * ones, and what is no table. */
#include "activation/sampled.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"
#include "theory/moments.h"

enum { MOST = 1000 };

static const struct {
    size_t n;
    double x, y, mean, variance, slope_second;
} references[] = {
#include "sampled_reference.inc"
};

static sn_sampled *must(size_t n, const double *x, const double *f)
{
    sn_sampled *out;
    sn_error err = {0};
    ck_assert_msg(sn_sampled_new(n, x, f, &out, &err) == SN_OK, "%s", err.message);
    return out;
}

static sn_sampled *of_tanh(size_t n)
{
    double x[MOST], f[MOST];
    for (size_t i = 0; i < n; i++) {
        x[i] = -6 + 12 * (double)i / (double)(n - 1);
        f[i] = tanh(x[i]);
    }
    return must(n, x, f);
}

START_TEST(moments_against_references)
{
    double worst = 0;
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        sn_sampled *table = of_tanh(references[i].n);
        const sn_activation f = sn_sampled_activation(table);
        sn_moments m;
        ck_assert_int_eq(sn_moments_compute(&f, references[i].x, references[i].y, &m, NULL), SN_OK);
        const double variance = fabs(m.variance / references[i].variance - 1);
        const double slope = fabs(m.slope_second / references[i].slope_second - 1);
        const double mean = fabs(m.mean - references[i].mean) / sqrt(m.second);
        ck_assert_int_eq(m.trust, SN_QUADRATURE);
        ck_assert(variance <= m.error && slope <= m.error && m.error < 1e-12);
        worst = fmax(worst, fmax(mean, fmax(variance, slope)));
        sn_sampled_free(table);
    }
    NOTE("worst %.1e", worst);
    ck_assert(worst < 1e-13);
}
END_TEST

/* Uneven points of every kind: up, flat, down, up. */
static const double uneven_x[] = {-3.1, -2.9, -1, -0.9999, 0.3, 0.31, 2.2, 7};
static const double uneven_f[] = {-1, -0.4, -0.4, 0.7, 2, 1.1, 1.1, 3.3};

START_TEST(never_overshoots)
{
    const size_t n = sizeof uneven_x / sizeof uneven_x[0];
    sn_sampled *table = must(n, uneven_x, uneven_f);
    const sn_activation f = sn_sampled_activation(table);
    for (size_t i = 0; i + 1 < n; i++) {
        ck_assert_double_eq(sn_activation_value(&f, uneven_x[i]), uneven_f[i]);
        double before = uneven_f[i];
        const double up = uneven_f[i + 1] - uneven_f[i];
        for (int k = 1; k <= 100; k++) {
            const double h = uneven_x[i + 1] - uneven_x[i], z = uneven_x[i] + h * k / 100;
            const double now = sn_activation_value(&f, z);
            ck_assert_msg((now - before) * up >= -1e-15 && (up != 0 || now == before),
                          "falls at %g", z);
            before = now;
            if (k < 100) {
                const double slope = sn_activation_derivative(&f, z), e = 1e-5 * h;
                const double rise = sn_activation_value(&f, z + e) - sn_activation_value(&f, z - e);
                ck_assert_double_eq_tol(slope, rise / (2 * e), 1e-6 * (1 + fabs(slope)));
            }
        }
    }
    sn_sampled_free(table);
}
END_TEST

START_TEST(straight_beyond)
{
    const size_t n = sizeof uneven_x / sizeof uneven_x[0];
    sn_sampled *table = must(n, uneven_x, uneven_f);
    const sn_activation f = sn_sampled_activation(table);
    const double left = sn_activation_derivative(&f, -3.1), right = sn_activation_derivative(&f, 7);
    ck_assert(left > 0 && right > 0);
    ck_assert_double_eq_tol(sn_activation_value(&f, -10), -1 - 6.9 * left, 1e-14);
    ck_assert_double_eq_tol(sn_activation_value(&f, 1000), 3.3 + 993 * right, 1e-11);
    ck_assert_double_eq(sn_activation_derivative(&f, 1e300), right);
    ck_assert(sn_activation_value(&f, INFINITY) == INFINITY);
    ck_assert(isnan(sn_activation_value(&f, NAN)) && isnan(sn_activation_derivative(&f, NAN)));
    sn_sampled_free(table);
    /* Two points are a line; three with the top in the middle end flat nowhere. */
    const double x[] = {-1, 0.5, 2}, y[] = {3, 0, 1};
    sn_sampled *line = must(2, x, y);
    const sn_activation g = sn_sampled_activation(line);
    ck_assert_double_eq_tol(sn_activation_value(&g, 77.3), 3 - 2 * 78.3, 1e-12);
    sn_sampled_free(line);
    sn_sampled *flat = must(2, x, (const double[]){2.5, 2.5});
    const sn_activation h = sn_sampled_activation(flat);
    ck_assert_double_eq(sn_activation_value(&h, -INFINITY), 2.5);
    ck_assert_double_eq(sn_activation_value(&h, INFINITY), 2.5);
    sn_sampled_free(flat);
}
END_TEST

/* Uneven spacing by many orders: the guess is always wrong. */
START_TEST(finds_its_interval)
{
    double x[MOST], f[MOST];
    for (size_t i = 0; i < MOST; i++) {
        x[i] = (i % 2 ? 1 : 0.3) * pow(1.05, (double)i) - 2;
        f[i] = 0.5 * (double)i;
    }
    for (size_t i = 1; i < MOST; i++)
        x[i] = fmax(x[i], x[i - 1] + 1e-3 * fabs(x[i - 1]) + 1e-9);
    sn_sampled *table = must(MOST, x, f);
    const sn_activation a = sn_sampled_activation(table);
    uint64_t state = 3;
    for (int k = 0; k < 20000; k++) {
        const size_t i = (size_t)lcg_uniform(&state, 0, MOST - 1);
        const double z = x[i] + (x[i + 1] - x[i]) * lcg_uniform(&state, 0, 1);
        const double v = sn_activation_value(&a, z);
        ck_assert(v >= f[i] && v <= f[i + 1]);
        const double right = a.type->kink_beyond(a.state, z, 1);
        const double left = a.type->kink_beyond(a.state, z, -1);
        ck_assert((z < x[i + 1] ? right == x[i + 1] : right > z) && left < z);
        ck_assert(z == x[i] || z == x[i + 1] || left == x[i]);
    }
    ck_assert(a.type->kink_beyond(a.state, x[0], -1) == -INFINITY);
    ck_assert(a.type->kink_beyond(a.state, x[MOST - 1], 1) == INFINITY);
    ck_assert(a.type->kink_beyond(a.state, x[MOST - 1], -1) == x[MOST - 2]);
    ck_assert(a.type->kink_beyond(a.state, INFINITY, -1) == x[MOST - 1]);
    ck_assert(a.type->kink_beyond(a.state, -INFINITY, 1) == x[0]);
    double kinks[SN_MAX_KINKS];
    ck_assert_uint_eq(sn_activation_kinks(&a, kinks), SN_MAX_KINKS);
    double farthest = 0;
    for (size_t i = 0; i < SN_MAX_KINKS; i++) {
        ck_assert(i == 0 || kinks[i] > kinks[i - 1]);
        farthest = fmax(farthest, fabs(kinks[i]));
    }
    size_t nearer = 0;
    for (size_t i = 0; i < MOST; i++)
        nearer += fabs(x[i]) <= farthest;
    ck_assert_uint_eq(nearer, SN_MAX_KINKS);
    sn_sampled_free(table);
}
END_TEST

START_TEST(refusals)
{
    static const struct {
        size_t n;
        double x[3], f[3];
        const char *says;
    } bad[] = {
        {1, {0}, {0}, "table of 1 points"},
        {3, {0, 1, 1}, {0, 1, 2}, "point 3 of the table is at 1, after one at 1"},
        {3, {0, 2, 1}, {0, 1, 2}, "must ascend"},
        {3, {0, NAN, 1}, {0, 1, 2}, "point 2 of the table is (nan, 1)"},
        {3, {0, 1, 2}, {0, 1, INFINITY}, "point 3 of the table is (2, inf)"},
        {2, {0, 1e-300}, {0, 1e100}, "too steep"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_sampled *table;
        sn_error err = {0};
        ck_assert_int_eq(sn_sampled_new(bad[i].n, bad[i].x, bad[i].f, &table, &err), SN_EINVAL);
        ck_assert_msg(strstr(err.message, bad[i].says) != NULL, "%s", err.message);
    }
    sn_sampled_free(NULL);
}
END_TEST

UNIT_MAIN("sampled", moments_against_references, never_overshoots, straight_beyond,
          finds_its_interval, refusals)
