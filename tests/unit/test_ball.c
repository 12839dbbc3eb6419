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

UNIT_MAIN("ball", decimals, doubles)
