/* Numbers that read back equal, in every locale there is; strings and trees as text. */
#include "config/text.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "harness.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state ^ (*state >> 29);
}

static double read_back(double number, char *copy, size_t size)
{
    sn_text text = {0};
    sn_text_add_number(&text, number);
    snprintf(copy, size, "%s", text.data);
    sn_text_free(&text);
    return strtod(copy, NULL);
}

START_TEST(numbers_read_back_equal)
{
    char copy[64];
    static const double special[] = {0.1 + 0.2,
                                     5e-324,
                                     1.7976931348623157e308,
                                     -2.385,
                                     1e22,
                                     1.6732632423543772848,
                                     2.2250738585072014e-308};
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        ck_assert_double_eq(read_back(special[i], copy, sizeof copy), special[i]);
    uint64_t state = 2385;
    size_t longest = 0, tried = 0;
    while (tried < 100000) {
        const uint64_t bits = next_random(&state);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        ck_assert_double_eq(read_back(number, copy, sizeof copy), number);
        longest = strlen(copy) > longest ? strlen(copy) : longest;
        tried++;
    }
    NOTE("100000 doubles read back equal, the longest in %zu characters", longest);
    read_back(0.1, copy, sizeof copy);
    ck_assert_str_eq(copy, "0.1");
    read_back(256, copy, sizeof copy);
    ck_assert_str_eq(copy, "256");
}
END_TEST

START_TEST(the_point_is_a_point)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    int tried = 0;
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (setlocale(LC_ALL, locales[i]) == NULL)
            continue;
        tried++;
        sn_text text = {0};
        sn_text_add_number(&text, -2.385e-7);
        ck_assert_str_eq(text.data, "-2.385e-07");
        sn_text_free(&text);
    }
    setlocale(LC_ALL, "C");
    NOTE("%d locales with another point are installed here", tried);
}
END_TEST

START_TEST(trees_read_back_equal)
{
    static const char *const texts[] = {
        "[]",
        "{}",
        "{\"a\": [1, 2.5, null, true, false, \"x\"], \"b\": {\"c\": {}}}",
        "\"\\u001b \\u007f \\u009b \\\" \\\\ \xc3\xa9\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cJSON *tree = cJSON_Parse(texts[i]);
        sn_text line = {0};
        sn_text_add_json(&line, tree);
        ck_assert_str_eq(line.data, texts[i]);
        sn_text_free(&line);
        cJSON_Delete(tree);
    }
}
END_TEST

START_TEST(long_trees_take_lines)
{
    cJSON *tree = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(tree, "list");
    for (int i = 0; i < 60; i++)
        cJSON_AddItemToArray(list, cJSON_CreateNumber(1000000 + i));
    cJSON_AddItemToObject(tree, "short", cJSON_Parse("[1, {\"x\": 2}]"));
    sn_text text = {0}, excerpt = {0};
    sn_text_add_json_lines(&text, tree);
    ck_assert_ptr_eq(strstr(text.data, "{\n  \"list\": [\n    1000000,\n    1000001,\n"),
                     text.data);
    ck_assert_ptr_nonnull(strstr(text.data, "1000059\n  ],\n  \"short\": [1, {\"x\": 2}]\n}"));
    sn_text_add_excerpt(&excerpt, tree);
    ck_assert_str_eq(excerpt.data,
                     "{\"list\": [1000000, 1000001, 1000002, 1000003, 1000004, 1000005, ...");
    sn_text_free(&text);
    sn_text_free(&excerpt);
    cJSON_Delete(tree);
}
END_TEST

UNIT_MAIN("text", numbers_read_back_equal, the_point_is_a_point, trees_read_back_equal,
          long_trees_take_lines)
