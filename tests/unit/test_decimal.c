/* Decimals: which texts are some, their order, and what of JSON numbers a double keeps. */
#include "config/decimal.h"

#include <math.h>
#include <string.h>

#include "config/literals.h"
#include "config/text.h"
#include "harness.h"

START_TEST(which_texts_are_decimals)
{
    static const char *const good[] = {"0",     "-0",   "7",      "0.1",    "-0.1",     "1e3",
                                       "1E-03", "1e+0", "120.50", "0e9999", "1e999999", "-1.5e1"};
    static const char *const bad[] = {"",    "-",   "+1",  ".5",   "5.",    "01",    "1e",
                                      "1e+", "0x1", "inf", "nan",  " 1",    "1 ",    "1,5",
                                      "--1", "1.",  "-.5", "1.e1", "1e1.5", "1e1e1", "\xc2\xbd"};
    sn_decimal x;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert_msg(sn_decimal_read(&x, good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!sn_decimal_read(&x, bad[i]), "%s", bad[i]);
    char longest[65];
    memset(longest, '9', 64);
    longest[64] = '\0';
    ck_assert(!sn_decimal_read(&x, longest));
    ck_assert(sn_decimal_read(&x, longest + 1));
    ck_assert_uint_eq(x.n, 63);
}
END_TEST

/* Each is below all that follow, in every spelling. */
static const char *const rising[][4] = {
    {"-1e999999", "-10e999998"},
    {"-2.385", "-0.2385e1", "-2385e-3", "-2.38500"},
    {"-2.38499999999999999999999999999999999"},
    {"-0.10000000000000000001"},
    {"-0.1", "-1e-1", "-0.100"},
    {"-1e-300"},
    {"0", "-0", "0.000", "0e17"},
    {"1e-400"},
    {"9.99e-301"},
    {"1e-300", "0.001e-297"},
    {"0.09999999999999999999999"},
    {"0.1", "0.10", "100e-3", "0.01E+1"},
    {"0.1000000000000000055"},
    {"0.1000000000000000056"},
    {"0.11"},
    {"9"},
    {"10", "1e1", "1.0e1", "0.1e2"},
    {"10.000000000000000000000000000000000000000001"},
    {"99999999999999999999999999999999"},
    {"100000000000000000000000000000000", "1e32"},
    {"1e9999999999"},
};

START_TEST(their_order)
{
    const size_t n = sizeof rising / sizeof rising[0];
    for (size_t i = 0; i < n * 4; i++)
        for (size_t j = 0; j < n * 4; j++) {
            const char *a = rising[i / 4][i % 4], *b = rising[j / 4][j % 4];
            sn_decimal x, y;
            if (a == NULL || b == NULL)
                continue;
            ck_assert(sn_decimal_read(&x, a) && sn_decimal_read(&y, b));
            const int order = sn_decimal_compare(&x, &y),
                      wanted = (i / 4 > j / 4) - (i / 4 < j / 4);
            ck_assert_msg((order > 0) - (order < 0) == wanted, "%s against %s", a, b);
            const sn_decimal u = sn_decimal_minus(&x), v = sn_decimal_minus(&y);
            const int mirrored = sn_decimal_compare(&v, &u);
            ck_assert_msg((mirrored > 0) - (mirrored < 0) == wanted, "minus %s against %s", a, b);
        }
}
END_TEST

START_TEST(doubles_as_decimals)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0.1, "0.1"},
                 {-1e30, "-1e30"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {0, "0"},
                 {-0.0, "0"},
                 {5e-324, "4.94065645841247e-324"},
                 {2.385e-17, "0.00000000000000002385"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_decimal x, y;
        sn_decimal_from_double(&x, cases[i].number);
        ck_assert(sn_decimal_read(&y, cases[i].text));
        ck_assert_msg(sn_decimal_compare(&x, &y) == 0, "%s", cases[i].text);
    }
}
END_TEST

/* All numbers of a list, whose literals must be those that a double does not keep. */
START_TEST(literals_that_doubles_lose)
{
    static const struct {
        const char *literal;
        bool lost;
    } cases[] = {
        {"0.1", false},
        {"-12.3456789012345", false},
        {"0.1000000000000000055", true},
        {"0.10000000000000000000000", false}, /* the same decimal */
        {"0.30000000000000004", false},       /* 17 digits, and all of them kept */
        {"0.30000000000000005", true},        /* written back as ...4 */
        {"9007199254740993", true},
        {"9007199254740992", false},
        {"1e23", false},
        {"100000000000000000000000", false},
        {"1e-400", true},
        {"1.23456789012345e-320", true},
        {"1e999", false}, /* an infinity, which is refused anyway */
        {"0e-999", false},
    };
    const size_t n = sizeof cases / sizeof cases[0];
    sn_text text = {0};
    sn_text_add(&text, "{\"7\\\"8\\\\\": [");
    for (size_t i = 0; i < n; i++)
        sn_text_addf(&text, "%s\"-9e\", true, {\"0.1000000000000000055\":%s}", i > 0 ? "," : "",
                     cases[i].literal);
    sn_text_add(&text, "]}");
    cJSON *json = sn_json_parse(text.data, text.length);
    ck_assert_ptr_nonnull(json);
    cJSON *copy = cJSON_Duplicate(json, true);
    for (size_t i = 0; i < n; i++) {
        const cJSON *item = cJSON_GetArrayItem(copy->child, (int)(3 * i + 2))->child;
        const char *literal = sn_json_literal(item);
        ck_assert_msg((literal != NULL) == cases[i].lost, "%s", cases[i].literal);
        if (literal != NULL)
            ck_assert_str_eq(literal, cases[i].literal);
        sn_decimal x, y;
        const bool finite = isfinite(item->valuedouble);
        ck_assert_int_eq(sn_json_decimal(item, &x), !cases[i].lost && finite);
        if (cases[i].lost || !finite)
            continue;
        ck_assert(sn_decimal_read(&y, cases[i].literal));
        ck_assert_int_eq(sn_decimal_compare(&x, &y), 0);
    }
    sn_text_free(&text);
    cJSON_Delete(json);
    cJSON_Delete(copy);
}
END_TEST

UNIT_MAIN("decimal", which_texts_are_decimals, their_order, doubles_as_decimals,
          literals_that_doubles_lose)
