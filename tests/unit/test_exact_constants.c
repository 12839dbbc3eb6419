/* The constants to many digits: against mpmath's, against themselves at another precision, against
 * the constants in doubles, and next to the border beyond which there are none. */
#include "certify/exact_constants.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"
#include "theory/constants.h"

typedef struct known {
    sn_exact_target target;
    size_t count;
    const char *solutions[SN_EXACT_MAX_SOLUTIONS][2];
} known;

static const known table[] = {
#include "exact_constants_table.inc"
};

enum { ROWS = sizeof table / sizeof table[0], TABLE_DIGITS = 1000 };

static sn_exact_constants solve(const sn_exact_target *target, size_t digits)
{
    sn_exact_constants found;
    sn_error err = {0};
    ck_assert_msg(sn_exact_constants_solve(target, digits, &found, &err) == SN_OK, "%s",
                  err.message);
    ck_assert_uint_gt(strlen(found.reason), 20);
    ck_assert(found.decided || found.count == 0);
    return found;
}

/* The digits of a decimal alone, without zeros in front, into out; the exponent of the first. */
static int digits_of(const char *text, char *out)
{
    int exponent = 0, point = -1, leading = 0, n = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '.')
            point = n + leading;
        else if (*text != '-' && (n > 0 || *text != '0'))
            out[n++] = *text;
        else if (*text == '0')
            leading++;
    }
    out[n] = '\0';
    if (*text == 'e')
        exponent = atoi(text + 1);
    return exponent + (point < 0 ? n + leading : point) - 1 - leading;
}

/* Rounds digits to n of them; what that adds to the exponent. */
static int round_digits(char *digits, size_t n)
{
    const bool up = digits[n] >= '5';
    digits[n] = '\0';
    if (!up)
        return 0;
    size_t i = n;
    while (i > 0 && digits[i - 1] == '9')
        digits[--i] = '0';
    if (i > 0) {
        digits[i - 1]++;
        return 0;
    }
    digits[0] = '1';
    return 1;
}

/* Fails unless `rounded` is `text`, which has more digits, rounded to n. */
static void check_rounding(const char *rounded, const char *text, size_t n)
{
    char expected[TABLE_DIGITS + 8], got[TABLE_DIGITS + 8];
    int exponent = digits_of(text, expected);
    exponent += round_digits(expected, n);
    ck_assert_msg(digits_of(rounded, got) == exponent, "%s is not %s", rounded, text);
    ck_assert_msg(strcmp(got, expected) == 0, "%zu digits: %s is not %s", n, rounded, text);
    ck_assert_int_eq(rounded[0] == '-', text[0] == '-');
}

/* The radius is worth the digits: within half a unit of the last. Logarithms, for numbers that are
 * no doubles. */
static void check_radius(const sn_exact_number *number, size_t n)
{
    char digits[TABLE_DIGITS + 8], *end;
    const int exponent = digits_of(number->text, digits);
    ck_assert_uint_eq(strlen(digits), n);
    const double leading = strtod(number->radius, &end);
    ck_assert(*end == '\0');
    const char *e = strchr(number->radius, 'e');
    ck_assert_ptr_nonnull(e);
    ck_assert_int_lt(atoi(e + 1), exponent - (int)n + 1);
    ck_assert(leading >= 0);
}

START_TEST(thousand_digits)
{
    for (size_t i = 0; i < ROWS; i++) {
        sn_exact_constants found = solve(&table[i].target, TABLE_DIGITS);
        ck_assert_msg(found.decided && found.count == table[i].count, "row %zu: %s", i,
                      found.reason);
        for (size_t j = 0; j < found.count; j++) {
            ck_assert_str_eq(found.solutions[j].alpha.text, table[i].solutions[j][0]);
            ck_assert_str_eq(found.solutions[j].lambda.text, table[i].solutions[j][1]);
            check_radius(&found.solutions[j].alpha, TABLE_DIGITS);
            check_radius(&found.solutions[j].lambda, TABLE_DIGITS);
            check_radius(&found.solutions[j].saturation, TABLE_DIGITS);
        }
        sn_exact_constants_free(&found);
    }
}
END_TEST

/* Rows with long runs of 0 and 9 are among them. */
START_TEST(every_number_of_digits)
{
    for (size_t i = 0; i < ROWS; i++)
        for (size_t n = 1; n <= 120; n++) {
            sn_exact_constants found = solve(&table[i].target, n);
            ck_assert_uint_eq(found.count, table[i].count);
            for (size_t j = 0; j < found.count; j++) {
                check_rounding(found.solutions[j].alpha.text, table[i].solutions[j][0], n);
                check_rounding(found.solutions[j].lambda.text, table[i].solutions[j][1], n);
            }
            sn_exact_constants_free(&found);
        }
}
END_TEST

typedef struct target_texts {
    char mu[32], nu[32], omega[32], tau[32];
} target_texts;

/* A random target in decimals of random length. */
static sn_exact_target random_decimals(uint64_t *state, target_texts *texts)
{
    const int n = (int)lcg_uniform(state, 1, 17);
    const double size = lcg_log_uniform(state, 1e-3, 1e3);
    snprintf(texts->mu, sizeof texts->mu, "%.*g", n, size * lcg_uniform(state, -1.5, 1.5));
    snprintf(texts->nu, sizeof texts->nu, "%.*g", n,
             size * size * lcg_log_uniform(state, 0.05, 20));
    snprintf(texts->omega, sizeof texts->omega, "%.*g", n, lcg_uniform(state, -1, 1));
    snprintf(texts->tau, sizeof texts->tau, "%.*g", n, lcg_log_uniform(state, 0.3, 3));
    return (sn_exact_target){(sn_map_kind)lcg_uniform(state, 0, SN_MAP_COUNT), texts->mu, texts->nu,
                             texts->omega, texts->tau};
}

START_TEST(fifty_digits_are_two_hundred_rounded)
{
    uint64_t state = 20250202;
    size_t counts[3] = {0};
    for (int i = 0; i < 3000; i++) {
        target_texts texts;
        const sn_exact_target target = random_decimals(&state, &texts);
        sn_exact_constants few = solve(&target, 50), many = solve(&target, 200);
        ck_assert(few.decided && many.decided);
        ck_assert_uint_eq(few.count, many.count);
        counts[few.count]++;
        for (size_t j = 0; j < few.count; j++) {
            const sn_exact_solution *a = &few.solutions[j], *b = &many.solutions[j];
            check_rounding(a->alpha.text, b->alpha.text, 50);
            check_rounding(a->lambda.text, b->lambda.text, 50);
            check_rounding(a->saturation.text, b->saturation.text, 50);
            check_radius(&a->saturation, 50);
            ck_assert_int_ne(a->lambda.text[0], '-');
        }
        sn_exact_constants_free(&few);
        sn_exact_constants_free(&many);
    }
    NOTE("%zu targets with no, %zu with one, %zu with two solutions", counts[0], counts[1],
         counts[2]);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_gt(counts[i], 100);
}
END_TEST

/* Every digit that a double has. */
enum { DOUBLE_TEXT = 800 };
static sn_exact_constants solve_doubles(const sn_target *target, size_t digits)
{
    const double values[] = {target->at.mu, target->at.nu, target->at.omega, target->at.tau};
    char text[4][DOUBLE_TEXT];
    for (int i = 0; i < 4; i++)
        snprintf(text[i], DOUBLE_TEXT, "%.770e", values[i]);
    const sn_exact_target same = {target->map, text[0], text[1], text[2], text[3]};
    return solve(&same, digits);
}

/* The larger of the relative differences; that of a small alpha is absolute. */
static double difference(double alpha, double lambda, const sn_exact_solution *other)
{
    const double exact = strtod(other->alpha.text, NULL);
    return fmax(fabs(alpha - exact) / fmax(fabs(exact), 1),
                fabs(lambda / strtod(other->lambda.text, NULL) - 1));
}

/* What a rounding of mu and one of nu move the constants by, which doubles cannot know better:
 * INFINITY where one changes how many there are. */
static double conditioning(const sn_target *target, const sn_exact_constants *found, size_t j)
{
    const double alpha = strtod(found->solutions[j].alpha.text, NULL);
    const double lambda = strtod(found->solutions[j].lambda.text, NULL);
    double shift = 0;
    for (int i = 0; i < 2; i++) {
        sn_target beside = *target;
        double *moved = i == 0 ? &beside.at.mu : &beside.at.nu;
        *moved *= 1 + DBL_EPSILON;
        sn_exact_constants other = solve_doubles(&beside, 40);
        shift +=
            other.count == found->count ? difference(alpha, lambda, &other.solutions[j]) : INFINITY;
        sn_exact_constants_free(&other);
    }
    return shift;
}

START_TEST(the_constants_in_doubles)
{
    uint64_t state = 20250303;
    double worst = 0;
    size_t counts[3] = {0}, loose = 0;
    for (int i = 0; i < 4000; i++) {
        target_texts texts;
        const sn_exact_target decimals = random_decimals(&state, &texts);
        const sn_target target = {
            decimals.map, {atof(texts.mu), atof(texts.nu), atof(texts.omega), atof(texts.tau)}};
        sn_constants doubles;
        ck_assert_int_eq(sn_constants_solve(&target, &doubles, NULL), SN_OK);
        sn_exact_constants found = solve_doubles(&target, 40);
        ck_assert_msg(found.decided && found.count == doubles.count, "%s %s %s %s %s: %s",
                      sn_map_name(target.map), texts.mu, texts.nu, texts.omega, texts.tau,
                      doubles.reason);
        counts[found.count]++;
        for (size_t j = 0; j < found.count; j++) {
            const double e = difference(doubles.solutions[j].alpha, doubles.solutions[j].lambda,
                                        &found.solutions[j]);
            if (e > 1e-14) {
                loose++;
                ck_assert_msg(e <= 8 * conditioning(&target, &found, j), "%s %s %s %s %s: %g",
                              sn_map_name(target.map), texts.mu, texts.nu, texts.omega, texts.tau,
                              e);
            }
            worst = fmax(worst, e);
        }
        sn_exact_constants_free(&found);
    }
    NOTE("%zu targets with no, %zu with one, %zu with two solutions: at most %.2g apart, %zu by "
         "more than 1e-14",
         counts[0], counts[1], counts[2], worst, loose);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_gt(counts[i], 200);
}
END_TEST

/* The least variance for mean 1 to 150 digits, one after the other: one unit of the last away on
 * either side no solution and two are proved, and the two agree in half of the digits. */
START_TEST(the_border_digit_by_digit)
{
    enum { BORDER = 150, ENOUGH = 12 };
    char nu[BORDER + 3] = "0.", above[BORDER + 3];
    const sn_exact_target target = {SN_MAP_NEURON, "1", nu, "0.25", "1.7"};
    for (size_t n = 2; n < BORDER + 2; n++) {
        size_t count = 0;
        nu[n + 1] = '\0';
        for (nu[n] = '1'; nu[n] <= '9' && count == 0; nu[n]++) {
            sn_exact_constants found = solve(&target, ENOUGH);
            ck_assert_msg(found.decided, "%s: %s", nu, found.reason);
            count = found.count;
            ck_assert_uint_ne(count, 1);
            if (count == 2)
                strcpy(above, nu);
            sn_exact_constants_free(&found);
        }
        nu[n] = (char)(nu[n] - (count == 0 ? 1 : 2));
    }
    NOTE("the least variance for mean 1, omega 0.25, tau 1.7 is %.40s...", nu);
    sn_exact_constants none = solve(&target, 300);
    ck_assert(none.decided && none.count == 0);
    sn_exact_constants_free(&none);

    const sn_exact_target beyond = {SN_MAP_NEURON, "1", above, "0.25", "1.7"};
    sn_exact_constants two = solve(&beyond, 300);
    ck_assert_uint_eq(two.count, 2);
    size_t common = 0;
    while (two.solutions[0].alpha.text[common] == two.solutions[1].alpha.text[common])
        common++;
    NOTE("10^-%d from the border the solutions have %zu digits in common", BORDER, common - 2);
    ck_assert_uint_gt(common, BORDER / 2 - 5);
    ck_assert_uint_lt(common, BORDER / 2 + 5);
    /* both alpha < 0, the first the larger */
    ck_assert_int_lt(two.solutions[0].alpha.text[common], two.solutions[1].alpha.text[common]);
    sn_exact_constants_free(&two);
}
END_TEST

/* Zeros are zeros however they are written, and numbers what they say. */
START_TEST(spellings)
{
    const sn_exact_target plain = {SN_MAP_NEURON, "0", "1", "0", "1"};
    const sn_exact_target others[] = {{SN_MAP_NEURON, "-0.000e5", "+1.0", ".0", "10e-1"},
                                      {SN_MAP_NEURON, "0e-999999", "0.001E3", "0E999999", "001."},
                                      {SN_MAP_CENTRED, "0", "1", "1e300", "1"},
                                      {SN_MAP_ENSEMBLE, "0", "1", "-1e1000", "1"}};
    sn_exact_constants a = solve(&plain, 90);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        sn_exact_constants b = solve(&others[i], 90);
        ck_assert_uint_eq(b.count, 1);
        ck_assert_str_eq(a.solutions[0].alpha.text, b.solutions[0].alpha.text);
        ck_assert_str_eq(a.solutions[0].lambda.text, b.solutions[0].lambda.text);
        ck_assert_ptr_nonnull(strstr(b.reason, "mean 0"));
        sn_exact_constants_free(&b);
    }
    sn_exact_constants_free(&a);
}
END_TEST

/* Far out something is answered, soon. */
START_TEST(far_out)
{
    static const char *const sizes[] = {"1e-1000", "1e-300", "1", "1e300", "1e1000"};
    size_t outcomes[4] = {0};
    for (int i = 0; i < 5 * 5 * 5 * 5 * 2; i++) {
        char mu[16];
        snprintf(mu, sizeof mu, "%s%s", i % 2 == 0 ? "" : "-", sizes[i / 2 % 5]);
        const sn_exact_target target = {(sn_map_kind)(i % SN_MAP_COUNT), mu, sizes[i / 10 % 5],
                                        sizes[i / 50 % 5], sizes[i / 250 % 5]};
        sn_exact_constants found = solve(&target, 20);
        outcomes[found.decided ? found.count : 3]++;
        if (!found.decided)
            ck_assert_ptr_nonnull(strstr(found.reason, "undecided: "));
        for (size_t j = 0; j < found.count; j++)
            check_radius(&found.solutions[j].alpha, 20);
        sn_exact_constants_free(&found);
    }
    NOTE("of %d targets far out %zu have no, %zu one, %zu two solutions, %zu are undecided",
         5 * 5 * 5 * 5 * 2, outcomes[0], outcomes[1], outcomes[2], outcomes[3]);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_gt(outcomes[i], 0);
}
END_TEST

START_TEST(no_such_target)
{
    const struct {
        sn_exact_target target;
        size_t digits;
        const char *what;
    } cases[] = {
        {{SN_MAP_NEURON, "abc", "1", "0", "1"}, 10, "mu is 'abc'"},
        {{SN_MAP_NEURON, "0", "0x1", "0", "1"}, 10, "nu is '0x1'"},
        {{SN_MAP_NEURON, "0", "1", "", "1"}, 10, "omega is ''"},
        {{SN_MAP_CENTRED, "0", "1", "nan", "1"}, 10, "omega is 'nan'"},
        {{SN_MAP_NEURON, "0", "1", "0", "inf"}, 10, "tau is 'inf'"},
        {{SN_MAP_NEURON, "0", "-0.5", "0", "1"}, 10, "nu is -0.5, allowed is nu > 0"},
        {{SN_MAP_NEURON, "0", "1", "0", "0.0"}, 10, "tau is 0.0, allowed is tau > 0"},
        {{SN_MAP_NEURON, "-1e1001", "1", "0", "1"}, 10, "mu is -1e1001, allowed is a size"},
        {{SN_MAP_NEURON, "0", "1e-999999", "0", "1"}, 10, "nu is 1e-999999, allowed is a size"},
        {{SN_MAP_NEURON, "0", "1", "0", "1"}, 0, "digits is 0"},
        {{SN_MAP_NEURON, "0", "1", "0", "1"}, SN_EXACT_MAX_DIGITS + 1, "digits is 100001"},
        {{SN_MAP_COUNT, "0", "1", "0", "1"}, 10, "map is 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_exact_constants found;
        sn_error err = {0};
        ck_assert_int_eq(sn_exact_constants_solve(&cases[i].target, cases[i].digits, &found, &err),
                         SN_EDOMAIN);
        ck_assert_msg(strstr(err.message, cases[i].what) != NULL, "case %zu: %s", i, err.message);
    }
    sn_exact_constants_free(NULL);
}
END_TEST

UNIT_MAIN("exact_constants", thousand_digits, every_number_of_digits,
          fifty_digits_are_two_hundred_rounded, the_constants_in_doubles, the_border_digit_by_digit,
          spellings, far_out, no_such_target)
