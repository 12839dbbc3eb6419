/* Gains to many digits: against mpmath's quadrature, against themselves with other numbers of digits,
 * and the enclosures in doubles around them. */
#include "certify/exact_gain.h"

#include <math.h>
#include <string.h>

#include "certify/ball.h"
#include "harness.h"

typedef struct known {
    const char *name, *x, *y, *numbers[SN_GAIN_NUMBERS];
} known;

static const known table[] = {
#include "exact_gain_table.inc"
};

enum { ROWS = sizeof table / sizeof table[0], TABLE_DIGITS = 50, MEAN = 0, VARIANCE = 2 };

static sn_activation make(const char *name)
{
    sn_activation f;
    ck_assert(sn_activation_init(&f, name, NULL) == SN_OK);
    return f;
}

static sn_exact_gain compute(const sn_activation *f, const char *x, const char *y, size_t digits)
{
    sn_exact_gain gain;
    sn_error err = {0};
    ck_assert_msg(sn_exact_gain_compute(f, x, y, digits, &gain, &err) == SN_OK, "%s", err.message);
    return gain;
}

static const sn_exact_number *number_of(const sn_exact_gain *g, int i)
{
    const sn_exact_number *const all[SN_GAIN_NUMBERS] = {&g->mean,          &g->second_moment,
                                                         &g->variance,      &g->slope_second,
                                                         &g->gain_variance, &g->gain_second_moment};
    return all[i];
}

/* Fails unless |a - b| is at most half a unit of b's n-th digit and 10^-48 of it. */
static void check_close(const char *a, const char *b, size_t n)
{
    arb_t x, y, unit;
    arb_init(x);
    arb_init(y);
    arb_init(unit);
    ck_assert(sn_ball_set_decimal(x, a, 400) && sn_ball_set_decimal(y, b, 400));
    if (strcmp(b, "0.0") == 0 || strcmp(b, "0") == 0) {
        ck_assert_str_eq(a, "0");
    } else {
        const double size = fabs(arf_get_d(arb_midref(y), ARF_RND_NEAR));
        arb_set_ui(unit, 10);
        const double exponent = floor(log10(size)) + 1 - (double)n;
        arb_pow_ui(unit, unit, (ulong)fabs(exponent), 400);
        if (exponent < 0)
            arb_inv(unit, unit, 400);
        arb_mul_2exp_si(unit, unit, -1);
        arb_sub(x, x, y, 400);
        arb_abs(x, x);
        arb_set_d(y, size * 1e-48);
        arb_add(unit, unit, y, 400);
        ck_assert_msg(arb_le(x, unit), "%s is not %s to %zu digits", a, b, n);
    }
    arb_clear(x);
    arb_clear(y);
    arb_clear(unit);
}

START_TEST(moments_of_mpmath)
{
    static const size_t digits[] = {2, 17, 47};
    for (size_t i = 0; i < ROWS; i++) {
        const sn_activation f = make(table[i].name);
        for (size_t d = 0; d < sizeof digits / sizeof digits[0]; d++) {
            sn_exact_gain gain = compute(&f, table[i].x, table[i].y, digits[d]);
            for (int k = 0; k < SN_GAIN_NUMBERS; k++)
                check_close(number_of(&gain, k)->text, table[i].numbers[k], digits[d]);
            sn_exact_gain_free(&gain);
        }
    }
}
END_TEST

START_TEST(enclosures_contain_the_numbers)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strchr(table[i].x, '.') != NULL || strcmp(table[i].y, "1") != 0)
            continue; /* not what the doubles say */
        const sn_activation f = make(table[i].name);
        sn_gain_enclosure in;
        ck_assert(sn_gain_enclose(&f, 0, 1, &in, NULL) == SN_OK);
        for (int k = 0; k < SN_GAIN_NUMBERS; k++) {
            arb_t number, ball;
            arb_init(number);
            arb_init(ball);
            ck_assert(sn_ball_set_decimal(number, table[i].numbers[k], 200));
            sn_ball_set_interval(ball, in.lower[k], in.upper[k]);
            ck_assert_msg(arb_contains(ball, number), "%s %d", table[i].name, k);
            ck_assert(in.upper[k] - in.lower[k] <= 4e-16 * fabs(in.upper[k]));
            ck_assert(in.nearest[k] == atof(table[i].numbers[k]));
            arb_clear(number);
            arb_clear(ball);
        }
    }
}
END_TEST

/* Of every activation, far off too: few digits are many digits rounded, and both within the
 * enclosure. */
START_TEST(every_activation)
{
    static const struct {
        double x, y;
        const char *x_text, *y_text;
    } points[] = {{0, 1, "0", "1.0"},
                  {-2.5, 0.5, "-2.5", "0.5"},
                  {5, 4, "5", "4"},
                  {-6, 0.25, "-6", "25e-2"},
                  {0, 25, "0", "25"},
                  {0.1, 0x1p-100, "0.1000000000000000055511151231257827021181583404541015625",
                   "7.888609052210118054117285652827862296732064351090230047702789306640625e-31"}};
    size_t certified = 0;
    for (size_t i = 0; sn_activation_at(i) != NULL; i++) {
        const sn_activation f = make(sn_activation_at(i)->name);
        if (sn_exact_gain_check(&f, NULL) != SN_OK)
            continue;
        certified++;
        for (size_t p = 0; p < sizeof points / sizeof points[0]; p++) {
            sn_gain_enclosure in;
            sn_exact_gain few = compute(&f, points[p].x_text, points[p].y_text, 12);
            sn_exact_gain many = compute(&f, points[p].x_text, points[p].y_text, 30);
            ck_assert(sn_gain_enclose(&f, points[p].x, points[p].y, &in, NULL) == SN_OK);
            for (int k = 0; k < SN_GAIN_NUMBERS; k++) {
                check_close(number_of(&few, k)->text, number_of(&many, k)->text, 12);
                const double value = atof(number_of(&many, k)->text);
                ck_assert_msg(in.lower[k] <= nextafter(value, INFINITY)
                                  && in.upper[k] >= nextafter(value, -INFINITY),
                              "%s number %d at point %zu", f.type->name, k, p);
                ck_assert(in.upper[k] - in.lower[k] <= 1e-15 * fabs(value));
            }
            sn_exact_gain_free(&few);
            sn_exact_gain_free(&many);
        }
    }
    ck_assert_uint_ge(certified, 18);
}
END_TEST

START_TEST(zero_means)
{
    static const char *const odd[] = {"linear", "hardtanh", "tanh", "erf", "sin", "selu"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        const sn_activation f = make(odd[i]);
        sn_exact_gain gain = compute(&f, "-0.000", "1e0", 9);
        ck_assert_str_eq(gain.mean.text, "0");
        ck_assert_str_eq(gain.mean.radius, "0");
        if (strcmp(odd[i], "selu") == 0)
            ck_assert_str_eq(gain.gain_variance.text, "1.00000000");
        sn_exact_gain_free(&gain);
    }
    /* SELU keeps (0, 1) alone, and with its own constants alone */
    sn_activation selu = make("selu");
    sn_exact_gain gain = compute(&selu, "0", "1.0000001", 5);
    ck_assert_str_ne(gain.mean.text, "0");
    sn_exact_gain_free(&gain);
    ck_assert(sn_activation_set(&selu, "alpha", nextafter(selu.params[0], 9), NULL) == SN_OK);
    gain = compute(&selu, "0", "1", 5);
    ck_assert_ptr_nonnull(strstr(gain.mean.text, "e-1"));
    sn_exact_gain_free(&gain);
}
END_TEST

START_TEST(thousand_digits)
{
    const sn_activation f = make("relu");
    sn_exact_gain gain = compute(&f, "0", "1", SN_EXACT_GAIN_MAX_DIGITS);
    ck_assert_uint_eq(strlen(gain.gain_second_moment.text), SN_EXACT_GAIN_MAX_DIGITS + 1);
    /* sqrt 2 */
    ck_assert_str_eq(gain.gain_second_moment.text + 980, "658215212822951848847");
    sn_exact_gain_free(&gain);
}
END_TEST

START_TEST(refusals)
{
    const sn_activation relu = make("relu"), tanh_ = make("tanh");
    sn_exact_gain gain;
    sn_error err = {0};
    sn_gain_enclosure in;
    ck_assert(sn_exact_gain_compute(&relu, "0", "1", 0, &gain, &err) == SN_EDOMAIN);
    ck_assert(sn_exact_gain_compute(&relu, "0", "1", 1001, &gain, &err) == SN_EDOMAIN);
    ck_assert(sn_exact_gain_compute(&relu, "zero", "1", 9, &gain, &err) == SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "x is 'zero'"));
    ck_assert(sn_exact_gain_compute(&relu, "0", "0", 9, &gain, &err) == SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "y is 0"));
    ck_assert(sn_exact_gain_compute(&relu, "0", "-1", 9, &gain, &err) == SN_EDOMAIN);
    ck_assert(sn_exact_gain_compute(&relu, "0", "1e1001", 9, &gain, &err) == SN_EDOMAIN);
    ck_assert(sn_exact_gain_compute(&tanh_, "0", "1e9", 9, &gain, &err) == SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "tanh at N(0, 1e9)"));
    ck_assert(sn_exact_gain_compute(&tanh_, "1e5", "1", 9, &gain, &err) == SN_ENOCONV);
    /* 0.015 is in the middle of 0.01 and 0.02 */
    ck_assert(sn_exact_gain_compute(&relu, "0", "0.03", 1, &gain, &err) == SN_ENOCONV);
    ck_assert_ptr_null(gain.mean.text);
    ck_assert(sn_gain_enclose(&relu, NAN, 1, &in, &err) == SN_EDOMAIN);
    ck_assert(sn_gain_enclose(&relu, 0, INFINITY, &in, &err) == SN_EDOMAIN);
    ck_assert(sn_gain_enclose(&relu, 0, 0, &in, &err) == SN_EDOMAIN);
    ck_assert(sn_gain_enclose(&tanh_, 0, 1e9, &in, &err) == SN_OK);
    ck_assert(in.lower[MEAN] == 0 && isinf(in.upper[VARIANCE]) && isinf(in.lower[VARIANCE]));

    const sn_activation_type made = {.name = "made"};
    const sn_activation unknown = {.type = &made};
    ck_assert(sn_exact_gain_check(&unknown, &err) == SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "made cannot be certified"));
    ck_assert(sn_exact_gain_compute(&unknown, "0", "1", 9, &gain, &err) == SN_EUNKNOWN);
    ck_assert(sn_gain_enclose(&unknown, 0, 1, &in, &err) == SN_EUNKNOWN);
    sn_activation with_state = relu;
    with_state.state = &relu;
    ck_assert(sn_exact_gain_check(&with_state, &err) == SN_EUNKNOWN);
    sn_exact_gain_free(NULL);
}
END_TEST

UNIT_MAIN("exact_gain", moments_of_mpmath, enclosures_contain_the_numbers, every_activation,
          zero_means, thousand_digits, refusals)
