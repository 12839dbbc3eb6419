#include "report/json.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"

static void check_text(cJSON *tree, const char *expected)
{
    char *text = sn_json_text(tree);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, expected);
    free(text);
    cJSON_Delete(tree);
}

START_TEST(every_double_reads_back_equal)
{
    /* 15 digits are within one epsilon of these, and cJSON's own printer is content with that. */
    const double values[] = {
        0.1 + 0.2, 2.385,    1.6732632423543772, 1.0507009873554805, 1 / 3.0, DBL_MIN,
        5e-324,    -DBL_MAX, 9007199254740993.0, 1 + DBL_EPSILON,    1e22,    -0.0};
    enum { COUNT = sizeof values / sizeof values[0] };
    cJSON *list = cJSON_CreateDoubleArray(values, COUNT);
    char *text = sn_json_text(list);
    cJSON_Delete(list);
    list = cJSON_Parse(text);
    free(text);
    ck_assert_int_eq(cJSON_GetArraySize(list), COUNT);
    for (int i = 0; i < COUNT; i++) {
        const double back = cJSON_GetNumberValue(cJSON_GetArrayItem(list, i));
        ck_assert_msg(memcmp(&back, &values[i], sizeof back) == 0, "%a came back as %a", values[i],
                      back);
    }
    cJSON_Delete(list);
}
END_TEST

START_TEST(what_json_has_no_number_for)
{
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_CreateNumber(NAN));
    cJSON_AddItemToArray(list, cJSON_CreateNumber(INFINITY));
    cJSON_AddItemToArray(list, cJSON_CreateNumber(-INFINITY));
    cJSON_AddItemToArray(list, sn_json_whole(18446744073709551615u));
    check_text(list, "[null, \"inf\", \"-inf\", 18446744073709551615]\n");
}
END_TEST

START_TEST(the_layout)
{
    check_text(cJSON_Parse("{\"a\":[1,2.5,\"x\"],\"b\":{},\"c\":[],\"d\":[{\"e\":true},null],"
                           "\"f\":{\"g\":false}}"),
               "{\n"
               "  \"a\": [1, 2.5, \"x\"],\n"
               "  \"b\": {},\n"
               "  \"c\": [],\n"
               "  \"d\": [\n"
               "    {\n"
               "      \"e\": true\n"
               "    },\n"
               "    null\n"
               "  ],\n"
               "  \"f\": {\n"
               "    \"g\": false\n"
               "  }\n"
               "}\n");
}
END_TEST

START_TEST(hostile_text)
{
    check_text(cJSON_CreateString("\"\\/\b\f\n\r\t\x01\x7f ν"),
               "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f ν\"\n");
    check_text(cJSON_CreateString("\xff-\xc0\x80-\xed\xa0\x80-\xe2\x82"), /* no UTF-8 */
               "\"\uFFFD-\uFFFD\uFFFD-\uFFFD\uFFFD\uFFFD-\uFFFD\uFFFD\"\n");
    check_text(cJSON_CreateString("\xf4\x8f\xbf\xbf\xf4\x90\x80\x80"),
               "\"\xf4\x8f\xbf\xbf\uFFFD\uFFFD\uFFFD\uFFFD\"\n");
}
END_TEST

START_TEST(a_table_is_a_list_of_objects)
{
    const sn_column columns[] = {{"name", SN_TEXT, ""},
                                 {"layer", SN_INTEGER, ""},
                                 {"nu", SN_REAL, ""},
                                 {"attracting", SN_BOOLEAN, ""}};
    sn_table *table = sn_table_new("layers", 4, columns);
    const sn_cell rows[][4] = {{{.text = "selu"}, {.real = 3}, {.real = 2.385}, {.real = 1}},
                               {{.text = ""}, {.real = 64}, {.real = NAN}, {.real = 0}}};
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(sn_table_add_row(table, rows[i], NULL), SN_OK);
    check_text(sn_json_table(table), "[\n"
                                     "  {\n"
                                     "    \"name\": \"selu\",\n"
                                     "    \"layer\": 3,\n"
                                     "    \"nu\": 2.385,\n"
                                     "    \"attracting\": true\n"
                                     "  },\n"
                                     "  {\n"
                                     "    \"name\": \"\",\n"
                                     "    \"layer\": 64,\n"
                                     "    \"nu\": null,\n"
                                     "    \"attracting\": false\n"
                                     "  }\n"
                                     "]\n");
    sn_table_free(table);
}
END_TEST

UNIT_MAIN("json", every_double_reads_back_equal, what_json_has_no_number_for, the_layout,
          hostile_text, a_table_is_a_list_of_objects)
