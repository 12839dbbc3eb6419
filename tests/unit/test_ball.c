/* Balls: decimals in, doubles out, erfcx on wide balls. */
#include "certify/ball.h"

#include <math.h>

#include "harness.h"

START_TEST(decimals)
{
    static const char *const good[] = {"0", "-0.1", "+3", "1e-3", ".5", "2.", "1E+5", "007"};
    static const char *const bad[] = {"",        "-",         ".",   "1e",  "0x1",
                                      "nan",     "inf",       "1 ",  " 1",  "1,5",
                                      "0.1+/-1", "1e1234567", "[1]", "--1", "1.2.3"};
    arb_t ball;
    arb_init(ball);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(sn_ball_set_decimal(ball, good[i], 64), "%s", good[i]);
        ck_assert_double_le(sn_ball_lower(ball), strtod(good[i], NULL));
        ck_assert_double_ge(sn_ball_upper(ball), strtod(good[i], NULL));
    }
    arb_set_si(ball, 17);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!sn_ball_set_decimal(ball, bad[i], 64), "'%s'", bad[i]);
    ck_assert(arb_equal_si(ball, 17));

    /* 0.1 is enclosed, not rounded: ten times it contains 1 at any precision, and is no double */
    for (slong prec = 30; prec < 2000; prec *= 3) {
        ck_assert(sn_ball_set_decimal(ball, "0.1", prec));
        ck_assert(!arb_is_exact(ball));
        arb_mul_si(ball, ball, 10, prec);
        ck_assert(arb_contains_si(ball, 1));
    }
    arb_clear(ball);
}
END_TEST

START_TEST(doubles)
{
    arb_t ball;
    arb_init(ball);
    ck_assert(sn_ball_set_decimal(ball, "0.1", 200));
    ck_assert_double_eq(sn_ball_upper(ball), 0.1); /* the double 0.1 is above the number */
    ck_assert_double_eq(sn_ball_lower(ball), nextafter(0.1, 0));
    sn_ball_set_interval(ball, -0.1, 0.3);
    ck_assert_double_le(sn_ball_lower(ball), -0.1);
    ck_assert_double_ge(sn_ball_upper(ball), 0.3);
    ck_assert_double_gt(sn_ball_lower(ball), -0.1 - 1e-8);
    ck_assert_double_lt(sn_ball_upper(ball), 0.3 + 1e-8);
    arb_indeterminate(ball);
    ck_assert_double_eq(sn_ball_lower(ball), -INFINITY);
    ck_assert_double_eq(sn_ball_upper(ball), INFINITY);
    ck_assert(sn_ball_set_decimal(ball, "1e400", 64));
    ck_assert_double_eq(sn_ball_upper(ball), INFINITY);
    ck_assert_double_lt(sn_ball_lower(ball), INFINITY);
    arb_clear(ball);
}
END_TEST

/* At a point, from the definition, with bits to spare. */
static void erfcx_reference(arb_t out, double u)
{
    enum { PREC = 400 };
    arb_t t;
    arb_init(t);
    arb_set_d(t, u);
    arb_hypgeom_erfc(out, t, PREC);
    arb_sqr(t, t, PREC);
    arb_exp(t, t, PREC);
    arb_mul(out, out, t, PREC);
    arb_clear(t);
}

START_TEST(erfcx_points)
{
    static const double points[] = {-1e3,  -24.9, -3.7, -1e-9, 0,   1e-300,
                                    0.477, 2.385, 5.99, 26.5,  1e3, 1e8};
    arb_t u, value, expected;
    arb_init(u);
    arb_init(value);
    arb_init(expected);
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        for (slong prec = 30; prec < 300; prec *= 2) {
            arb_set_d(u, points[i]);
            sn_ball_erfcx(value, u, prec);
            erfcx_reference(expected, points[i]);
            ck_assert_msg(arb_overlaps(value, expected), "%g", points[i]);
            ck_assert_msg(arb_rel_accuracy_bits(value) >= prec - 6, "%g: %ld of %ld bits",
                          points[i], (long)arb_rel_accuracy_bits(value), (long)prec);
        }
    /* 1 / (sqrt(pi) u), where exp(u^2) is beyond Arb's numbers too */
    arb_one(u);
    arb_mul_2exp_si(u, u, 1L << 40);
    sn_ball_erfcx(value, u, 64);
    arb_mul(value, value, u, 64);
    arb_const_sqrt_pi(u, 64);
    arb_mul(value, value, u, 64);
    ck_assert(arb_contains_si(value, 1) && arb_rel_accuracy_bits(value) > 58);
    arb_indeterminate(u);
    sn_ball_erfcx(value, u, 64);
    ck_assert(!arb_is_finite(value));
    arb_clear(u);
    arb_clear(value);
    arb_clear(expected);
}
END_TEST

/* The range is that between the ends: enclosed, and hardly more. */
START_TEST(erfcx_balls)
{
    static const double middles[] = {-20, -2.385, 0, 0.31, 1.7, 9.3, 77};
    arb_t u, value, low, high;
    arb_init(u);
    arb_init(value);
    arb_init(low);
    arb_init(high);
    for (size_t i = 0; i < sizeof middles / sizeof middles[0]; i++)
        for (double radius = 4; radius > 1e-11; radius /= 8) {
            arb_set_d(u, middles[i]);
            mag_set_d(arb_radref(u), radius);
            sn_ball_erfcx(value, u, 64);
            erfcx_reference(high, middles[i] - radius);
            erfcx_reference(low, middles[i] + radius);
            ck_assert(arb_overlaps(value, high) && arb_overlaps(value, low));
            arb_sub(high, high, low, 64);
            arb_div_si(high, high, 2, 64);
            arb_get_rad_arb(value, value);
            arb_div(value, value, high, 64);
            ck_assert_msg(sn_ball_upper(value) < 1.4, "%g +- %g: %g times too wide", middles[i],
                          radius, sn_ball_upper(value));
        }
    arb_clear(u);
    arb_clear(value);
    arb_clear(low);
    arb_clear(high);
}
END_TEST

UNIT_MAIN("ball", decimals, doubles, erfcx_points, erfcx_balls)
