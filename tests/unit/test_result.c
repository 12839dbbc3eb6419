#include "report/result.h"

#include "harness.h"

START_TEST(nested)
{
    sn_result *result = sn_result_new();
    sn_result_add_number(result, "seconds", 2.385);
    sn_result_open_list(result, "claims");
    for (int i = 0; i < 2; i++) {
        sn_result_open_object(result, NULL);
        sn_result_add_text(result, "name", i == 0 ? "a" : "b");
        sn_result_open_list(result, "empty");
        sn_result_close(result);
        sn_result_close(result);
    }
    sn_result_close(result);
    sn_result_add_boolean(result, "last", 1);
    char *text = sn_result_text(result);
    ck_assert_str_eq(text, "{\n"
                           "  \"seconds\": 2.385,\n"
                           "  \"claims\": [\n"
                           "    {\n"
                           "      \"name\": \"a\",\n"
                           "      \"empty\": []\n"
                           "    },\n"
                           "    {\n"
                           "      \"name\": \"b\",\n"
                           "      \"empty\": []\n"
                           "    }\n"
                           "  ],\n"
                           "  \"last\": true\n"
                           "}\n");
    free(text);
    sn_result_free(result);
}
END_TEST

START_TEST(the_first_failure_is_kept)
{
    sn_result *result = sn_result_new();
    sn_result_close(result);
    ck_assert_int_eq(sn_result_status(result), SN_EINVAL);
    ck_assert_ptr_null(sn_result_text(result));
    sn_result_free(result);

    result = sn_result_new();
    for (int i = 0; i < 20; i++)
        sn_result_open_object(result, "deeper");
    ck_assert_int_eq(sn_result_status(result), SN_EINVAL);
    sn_result_free(result);

    result = sn_result_new();
    sn_result_add_json(result, "spec", "{not JSON");
    sn_result_open_list(result, "dropped");
    sn_result_close(result);
    ck_assert_int_eq(sn_result_status(result), SN_EINVAL);
    sn_result_free(result);

    sn_result_open_object(NULL, "no memory");
    sn_result_close(NULL);
    ck_assert_int_eq(sn_result_status(NULL), SN_ENOMEM);
}
END_TEST

UNIT_MAIN("result", nested, the_first_failure_is_kept)
