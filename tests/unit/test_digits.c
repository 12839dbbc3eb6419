#include "report/digits.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"

START_TEST(known_cases)
{
    static const struct {
        double lower, upper;
        const char *text;
    } cases[] = {
        {0.89760835839, 0.89760835881, "0.897608358..."},
        {-0.0310604925, -0.0310604917, "-0.03106049..."},
        {0.8976083583912345, 0.8976083583912346, "0.897608358391234..."},
        {119.7441, 119.7448, "119.744..."},
        {119.2, 119.7, "119..."},
        {0.12, 0.120031, "[0.119999, 0.120031]"}, /* the double lies below the decimal */
        {0.125, 0.12503, "0.1250..."},
        {-0.12503, -0.125, "-0.1250..."},
        {100, 100.2385, "100..."},
        {1.2345e-9, 1.2346e-9, "1.234...e-9"},
        {-2.38555e20, -2.38545e20, "-2.385...e20"},
        {0, 0, "0"},
        {-0.0, 0, "0"},
        {1, 1, "1"},
        {-16, -16, "-16"},
        {0.8125, 0.8125, "0.8125"},
        {1e300, 1e300, "1.0000000000000000...e300"},
        {0.1, 0.1, "0.10000000000000000..."},
        {0.1, nextafter(0.1, 1), "0.1000000000000000..."},
        {0.7999999875, 0.8000000125, "[0.799999987, 0.800000013]"},
        {-1.25e-9, 0.375e-9, "[-1.3e-9, 4e-10]"},
        {0.1234, 0.13019, "[0.1233, 0.1302]"},
        {-1, 1, "[-1.0, 1.0]"},
        {-1, 0, "[-1.0, 0]"},
        {123456, 123789, "[123450, 123790]"},
        {0, 5e-324, "[0, 5.0e-324]"},
        {-INFINITY, 2.3850001, "at most 2.38501"},
        {-2.3850001, INFINITY, "at least -2.38501"},
        {0, INFINITY, "at least 0"},
        {-INFINITY, INFINITY, "unknown"},
        {NAN, 1, "unknown"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[SN_DIGITS_SIZE];
        const size_t length = sn_digits_text(cases[i].lower, cases[i].upper, text);
        ck_assert_msg(strcmp(text, cases[i].text) == 0, "%g to %g: %s, not %s", cases[i].lower,
                      cases[i].upper, text, cases[i].text);
        ck_assert_uint_eq(length, strlen(text));
    }
}
END_TEST

/* The text as an interval, read back, must contain [lower, upper]: up to rounding of the reading,
 * which long double keeps far below what is cut off. */
static void check(double lower, double upper)
{
    char text[SN_DIGITS_SIZE];
    ck_assert_uint_lt(sn_digits_text(lower, upper, text), SN_DIGITS_SIZE);
    const char *dots = strstr(text, "...");
    long double low, high;
    if (text[0] == '[') {
        char *end;
        low = strtold(text + 1, &end);
        high = strtold(end + 1, NULL);
        ck_assert_msg(high - low <= 1.25L * ((long double)upper - lower), "%s is too wide", text);
    } else if (dots != NULL) { /* one unit of the last digit outwards */
        char cut[SN_DIGITS_SIZE], unit[SN_DIGITS_SIZE];
        snprintf(cut, sizeof cut, "%.*s%s", (int)(dots - text), text, dots + 3);
        for (size_t i = 0; i <= strlen(cut); i++)
            unit[i] = cut[i] >= '0' && cut[i] <= '9' ? '0' : cut[i];
        unit[dots - text - 1] = '1';
        memcpy(unit + (dots - text), dots + 3, strlen(dots + 3) + 1);
        const long double size = fabsl(strtold(unit, NULL));
        low = high = strtold(cut, NULL);
        (low < 0 ? &low : &high)[0] += low < 0 ? -size : size;
    } else {
        low = high = strtold(text, NULL);
    }
    const long double slack = 1e-18L * fmaxl(fabsl(low), fabsl(high));
    ck_assert_msg(low <= lower + slack && upper - slack <= high, "%a to %a: %s", lower, upper,
                  text);
}

START_TEST(random_intervals)
{
    uint64_t state = 2385;
    for (int i = 0; i < 20000; i++) {
        const double magnitude = lcg_log_uniform(&state, 1e-20, 1e20);
        const double value = lcg_uniform(&state, -magnitude, magnitude);
        const double width = magnitude * lcg_log_uniform(&state, 1e-18, 1);
        check(value, value + width);
        check(value, value);
    }
}
END_TEST

UNIT_MAIN("digits", known_cases, random_intervals)
