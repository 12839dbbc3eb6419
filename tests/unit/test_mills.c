/* The Gaussian tail, strips of it and the root of the density, against Arb from their definitions:
 * with Q(a) = erfc(a / sqrt 2)/2 and the density phi, for a < Z < b
 *   P = Q(a) - Q(b),  E[Z] P = phi(a) - phi(b),  E[Z^2] P = P + a phi(a) - b phi(b). */
#include "activation/mills.h"
#include "activation/strip.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "harness.h"
#include "random_points.h"

#if __has_include(<arb.h>)
#include <arb.h>
#include <arb_hypgeom.h>
#else
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#endif

/* out = phi(a), tail = Q(a). */
static void edge(arb_t out, arb_t tail, const arb_t a, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_sqr(t, a, prec);
    arb_mul_2exp_si(t, t, -1);
    arb_neg(t, t);
    arb_exp(out, t, prec);
    arb_const_pi(t, prec);
    arb_mul_2exp_si(t, t, 1);
    arb_rsqrt(t, t, prec);
    arb_mul(out, out, t, prec);
    arb_set_d(t, 0.5);
    arb_sqrt(t, t, prec);
    arb_mul(t, t, a, prec);
    arb_hypgeom_erfc(tail, t, prec);
    arb_mul_2exp_si(tail, tail, -1);
    arb_clear(t);
}

/* out = {P / phi(a), E[Z - a], Var Z} for a < Z < a + d, d = infinity allowed. */
static void exact_strip(arb_ptr out, double from, double d, slong prec)
{
    arb_t a, b, fa, fb, qa, qb, t;
    arb_init(a), arb_init(b), arb_init(fa), arb_init(fb), arb_init(qa), arb_init(qb), arb_init(t);
    arb_set_d(a, from);
    edge(fa, qa, a, prec);
    if (d < INFINITY) {
        arb_set_d(b, d);
        arb_add(b, b, a, prec);
        edge(fb, qb, b, prec);
    }
    arb_sub(qa, qa, qb, prec);
    arb_div(out, qa, fa, prec);
    arb_sub(t, fa, fb, prec);
    arb_div(t, t, qa, prec);
    arb_sub(out + 1, t, a, prec);
    arb_mul(fa, fa, a, prec);
    arb_submul(fa, fb, b, prec);
    arb_div(fa, fa, qa, prec);
    arb_sqr(t, t, prec);
    arb_sub(out + 2, fa, t, prec);
    arb_add_ui(out + 2, out + 2, 1, prec);
    arb_clear(a), arb_clear(b), arb_clear(fa), arb_clear(fb);
    arb_clear(qa), arb_clear(qb), arb_clear(t);
}

/* |computed - exact| / exact. */
static double error_of(double computed, const arb_t exact)
{
    arb_t t;
    arb_init(t);
    ck_assert_msg(arb_rel_accuracy_bits(exact) > 70, "the reference has but %ld bits",
                  (long)arb_rel_accuracy_bits(exact));
    arb_set_d(t, computed);
    arb_sub(t, t, exact, 128);
    arb_div(t, t, exact, 128);
    const double error = fabs(arf_get_d(arb_midref(t), ARF_RND_NEAR));
    arb_clear(t);
    return error;
}

/* Three errors and where the worst of each was. */
typedef struct worst {
    double error[3], a[3], d[3];
} worst;

static void compare(worst *w, const double computed[3], double a, double d)
{
    arb_ptr exact = _arb_vec_init(3);
    exact_strip(exact, a, d, 1024);
    for (int i = 0; i < 3; i++) {
        const double error = error_of(computed[i], exact + i);
        if (!(error <= w->error[i])) {
            w->error[i] = error;
            w->a[i] = a;
            w->d[i] = d;
        }
    }
    _arb_vec_clear(exact, 3);
}

static void judge(const char *name, const worst *w, double limit)
{
    static const char *const what[] = {"mass", "mean", "variance"};
    for (int i = 0; i < 3; i++) {
        NOTE("%s %s: worst %.1e at a = %.17g, d = %.17g", name, what[i], w->error[i], w->a[i],
             w->d[i]);
        ck_assert_msg(w->error[i] <= limit, "%s %s is off by %.3e at a = %.17g, d = %.17g", name,
                      what[i], w->error[i], w->a[i], w->d[i]);
    }
}

START_TEST(tails_agree_with_arb)
{
    worst right = {0}, left = {0};
    uint64_t state = 2385;
    for (int i = 0; i < 4000; i++) {
        const double v = i % 2 ? 12 * uniform(&state) : log_uniform(&state, 1e-9, 1e4);
        const sn_tail t = sn_tail_beyond(v);
        compare(&right, (double[]){t.ratio, t.excess, t.variance}, v, INFINITY);
        ck_assert(t.excess == sn_tail_excess(v) && t.variance == sn_tail_variance(v));
        ck_assert(t.ratio == sn_tail_ratio(v));
    }
    for (int i = 0; i < 2000; i++) {
        const double v = -5 * uniform(&state);
        const sn_tail t = sn_tail_beyond(v);
        compare(&left, (double[]){t.ratio, t.excess, t.variance}, v, INFINITY);
        ck_assert(t.ratio == sn_tail_ratio(v) && t.excess == sn_tail_excess(v)
                  && t.variance == sn_tail_variance(v));
    }
    judge("tail right of 0,", &right, 2e-15);
    judge("tail left of 0,", &left, 1e-14);
}
END_TEST

/* h = 1/v - 2/v^3 + 10/v^5 - ..., V = 1/v^2 - 6/v^4 + 50/v^6 - ... */
START_TEST(far_tails_are_exponential)
{
    uint64_t state = 41;
    for (int i = 0; i < 1000; i++) {
        const double v = log_uniform(&state, 1e4, 1e18), w = 1 / v / v;
        ck_assert_double_eq_tol(sn_tail_excess(v) * v, 1 - w * (2 - 10 * w), 1e-15);
        ck_assert_double_eq_tol(sn_tail_variance(v) * v * v, 1 - w * (6 - 50 * w), 2e-15);
    }
    const sn_tail far = sn_tail_beyond(2.385e77), nowhere = sn_tail_beyond(INFINITY);
    ck_assert_double_eq_tol(far.excess * 2.385e77, 1, 1e-15);
    ck_assert_double_eq_tol(far.ratio * 2.385e77, 1, 1e-15);
    ck_assert_double_eq_tol(far.variance / far.excess / far.excess, 1, 1e-15);
    ck_assert(nowhere.ratio == 0 && nowhere.excess == 0 && nowhere.variance == 0);
    const sn_tail all = sn_tail_beyond(-417.5);
    ck_assert(all.excess == 417.5 && all.variance == 1);
}
END_TEST

/* In every bit: no width of vectors may change a result. */
START_TEST(four_at_once_are_as_one_by_one)
{
    uint64_t state = 73;
    double t[SN_TAIL_LANES], ratio[SN_TAIL_LANES], excess[SN_TAIL_LANES];
    double variance[SN_TAIL_LANES];
    for (int i = 0; i < 2000; i++) {
        const double v = (i % 2 ? 1 : -1) * log_uniform(&state, 1e-9, 1e19);
        const double step = log_uniform(&state, 1e-9, 1e19);
        for (int k = 0; k < SN_TAIL_LANES; k++)
            t[k] = 2 * uniform(&state);
        sn_tails_along(v, step, t, ratio, excess);
        sn_tail_variances_along(v, step, t, variance);
        for (int k = 0; k < SN_TAIL_LANES; k++) {
            const double at = fabs(v + step * t[k]);
            ck_assert_double_eq_tol(ratio[k] / sn_tail_ratio(at), 1, 2e-15);
            ck_assert(excess[k] == sn_tail_excess(at));
            ck_assert(variance[k] == sn_tail_variance(at));
        }
    }
    const double ends[SN_TAIL_LANES] = {0, 1, 0, 1};
    sn_tails_along(1, 1e99, ends, ratio, excess);
    for (int k = 1; k < SN_TAIL_LANES; k += 2) {
        ck_assert_double_eq_tol(ratio[k] * 1e20, 1, 1e-15);
        ck_assert_double_eq_tol(excess[k] * 1e20, 1, 1e-15);
    }
    sn_tails_along(INFINITY, 1, ends, ratio, excess);
    ck_assert_double_eq_tol(ratio[0] * 1e20, 1, 1e-15);
}
END_TEST

START_TEST(strips_agree_with_arb)
{
    worst right = {0}, around = {0};
    uint64_t state = 417;
    for (int i = 0; i < 3000; i++) {
        const double a = i % 2 ? 6 * uniform(&state) : log_uniform(&state, 1e-6, 1e4);
        const double d = log_uniform(&state, 1e-6, 40);
        const sn_strip z = sn_strip_from(a, d);
        compare(&right, (double[]){z.mass, z.mean, z.variance}, a, d);
    }
    for (int i = 0; i < 1000; i++) {
        const double d = i % 2 ? SN_STRIP_NARROW * uniform(&state) : log_uniform(&state, 1e-6, 2);
        const double a = -d * uniform(&state);
        const sn_strip z = sn_strip_from(a, d);
        compare(&around, (double[]){z.mass, z.mean, z.variance}, a, d);
    }
    judge("strip right of 0,", &right, 2e-14);
    judge("strip around 0,", &around, 1e-14);
    const sn_strip whole = sn_strip_from(2.385, 1e300);
    ck_assert(whole.mean == sn_tail_excess(2.385) && whole.variance == sn_tail_variance(2.385));
}
END_TEST

START_TEST(root_density_keeps_large_exponents)
{
    double most = 0, at[2] = {0};
    uint64_t state = 10507;
    arb_t t, w;
    arb_init(t), arb_init(w);
    for (int i = 0; i < 4000; i++) {
        const double y = log_uniform(&state, 1e-12, 1e6);
        const double d = (i % 2 ? 1 : -1) * 50 * uniform(&state) * sqrt(y);
        arb_set_d(t, d);
        arb_sqr(t, t, 256);
        arb_set_d(w, y);
        arb_div(t, t, w, 256);
        arb_mul_2exp_si(t, t, -2);
        arb_neg(t, t);
        arb_exp(t, t, 256);
        arb_const_pi(w, 256);
        arb_mul_2exp_si(w, w, 1);
        arb_root_ui(w, w, 4, 256);
        arb_div(t, t, w, 256);
        const double error = error_of(sn_root_density(d, y), t);
        if (error > most) {
            most = error;
            at[0] = d;
            at[1] = y;
        }
    }
    arb_clear(t), arb_clear(w);
    NOTE("root density: worst %.1e at d = %.17g, y = %.17g", most, at[0], at[1]);
    ck_assert_double_le(most, 5e-16);
    ck_assert(sn_root_density(1e200, 2.385) == 0 && sn_root_density(1e200, 1e308) == 0);
    ck_assert(sn_root_density(1e-200, 2.385) == sn_root_density(0, 417));
    ck_assert(sn_root_density(0, 1e-300) == sn_root_density(0, 417));
}
END_TEST

UNIT_MAIN("mills", tails_agree_with_arb, far_tails_are_exponential, four_at_once_are_as_one_by_one,
          strips_agree_with_arb, root_density_keeps_large_exponents)
