#include "report/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "harness.h"

static uint64_t state = 2385;

static uint64_t next_random(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The definition, by the library. */
static void by_definition(double value, char *text)
{
    for (int n = 15; n <= 17; n++) {
        snprintf(text, SN_NUMBER_SIZE, "%.*g", n, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

static void check(double value)
{
    char text[SN_NUMBER_SIZE], expected[SN_NUMBER_SIZE];
    const size_t length = sn_number_text(value, text);
    ck_assert_uint_eq(length, strlen(text));
    by_definition(value, expected);
    ck_assert_msg(strcmp(text, expected) == 0, "%a: \"%s\", not \"%s\"", value, text, expected);
}

START_TEST(every_magnitude_is_as_printf_would_have_it)
{
    for (int i = 0; i < 400000; i++) { /* any bits */
        const double value = from_bits(next_random());
        if (isfinite(value))
            check(value);
    }
    for (int i = 0; i < 1000000; i++) { /* any bits between 1e-38 and 1e19 */
        const uint64_t exponent = 1023 - 127 + next_random() % 190;
        check(from_bits(exponent << 52 | next_random() >> 12 | next_random() << 63));
    }
}
END_TEST

START_TEST(short_numbers_and_their_neighbours)
{
    for (int i = 0; i < 300000; i++) {
        const int digits = 1 + (int)(next_random() % 17), power = (int)(next_random() % 60) - 42;
        char text[64];
        snprintf(text, sizeof text, "%.*fe%d", digits, (double)(next_random() % 100000) / 1e4,
                 power);
        const double value = strtod(text, NULL);
        check(value);
        check(nextafter(value, INFINITY));
        check(nextafter(value, -INFINITY));
    }
    for (int e = -1080; e < 1024; e++) { /* where the spacing changes */
        check(ldexp(1, e));
        check(nextafter(ldexp(1, e), 0));
        check(nextafter(ldexp(1, e), INFINITY));
    }
    for (int e = -320; e < 309; e++) { /* where the digits carry */
        char text[16];
        snprintf(text, sizeof text, "1e%d", e);
        const double value = strtod(text, NULL);
        check(value);
        check(nextafter(value, 0));
        check(-nextafter(value, INFINITY));
    }
    const double others[] = {0.0,     -0.0,    2.385,    0.1,     0.3,        1.0 / 3,
                             DBL_MIN, DBL_MAX, 5e-324,   1e-36,   0.99999e17, 9007199254740993.0,
                             1e15,    1e16,    123456e9, 0.00001, 0.0001234};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        check(others[i]);
}
END_TEST

START_TEST(what_is_not_finite)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(NAN, text);
    ck_assert_str_eq(text, "nan");
    sn_number_text(-NAN, text);
    ck_assert_str_eq(text, "nan");
    ck_assert_uint_eq(sn_number_text(INFINITY, text), 3);
    ck_assert_str_eq(text, "inf");
    ck_assert_uint_eq(sn_number_text(-INFINITY, text), 4);
    ck_assert_str_eq(text, "-inf");
}
END_TEST

/* Never below what it bounds, and above it by less than a unit of the second digit. */
START_TEST(bounds_are_rounded_upwards)
{
    char text[SN_NUMBER_SIZE];
    sn_bound_text(1.6060209192326207e-16, text);
    ck_assert_str_eq(text, "1.7e-16");
    sn_bound_text(9.91e-5, text);
    ck_assert_str_eq(text, "1.0e-04");
    sn_bound_text(2.5, text);
    ck_assert_str_eq(text, "2.5e+00");
    sn_bound_text(0, text);
    ck_assert_str_eq(text, "0");
    sn_bound_text(NAN, text);
    ck_assert_str_eq(text, "nan");
    for (int i = 0; i < 100000; i++) {
        const double mantissa = 1 + 9 * ((double)(next_random() >> 11) * 0x1p-53);
        const double bound = mantissa * pow(10, (double)(next_random() % 600) - 300);
        sn_bound_text(bound, text);
        const double printed = strtod(text, NULL);
        ck_assert_msg(printed >= bound && printed <= bound * 1.1000001, "%.17g as %s", bound, text);
    }
}
END_TEST

START_TEST(how_fast_it_is)
{
    enum { COUNT = 1 << 20 };
    double *values = malloc(COUNT * sizeof *values);
    for (int i = 0; i < COUNT; i++)
        values[i] = (double)(next_random() >> 11) * 0x1p-50 - 3.2;
    char text[SN_NUMBER_SIZE];
    size_t bytes[2] = {0, 0};
    const clock_t start = clock();
    for (int i = 0; i < COUNT; i++)
        bytes[0] += sn_number_text(values[i], text);
    const clock_t middle = clock();
    for (int i = 0; i < COUNT; i++) {
        by_definition(values[i], text);
        bytes[1] += strlen(text);
    }
    const clock_t end = clock();
    NOTE("against printf and strtod: %.1f times as fast",
         (double)(end - middle) / (double)(middle - start + 1));
    NOTE("ns a number: %.0f", (double)(middle - start) / CLOCKS_PER_SEC * 1e9 / COUNT);
    ck_assert_uint_eq(bytes[0], bytes[1]);
    free(values);
}
END_TEST

UNIT_MAIN("number", every_magnitude_is_as_printf_would_have_it, short_numbers_and_their_neighbours,
          what_is_not_finite, bounds_are_rounded_upwards, how_fast_it_is)
