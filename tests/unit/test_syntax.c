/* What is JSON and what is not, and where it stops being JSON. */
#include "config/syntax.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "harness.h"

START_TEST(json_is_taken)
{
    static const char *const texts[] = {
        "0",
        "-0",
        "-0.5e-3",
        "1E+5",
        "  [ ] \r\n\t",
        "{}",
        "null",
        "true",
        "false",
        "\"\"",
        "[[[]], {\"a\": {\"\": []}}]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
        "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\"",
        "\"\x7f\"",
        "123456789012345678901234567890123456789012345678901234567890123",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sn_syntax_error error;
        const bool well = sn_json_syntax(texts[i], strlen(texts[i]), &error);
        if (!well)
            NOTE("%s: %zu:%zu: %s", texts[i], error.line, error.column, error.message);
        ck_assert(well);
        /* What passes must be something the builder of trees can build. */
        cJSON *tree = cJSON_ParseWithLength(texts[i], strlen(texts[i]));
        ck_assert_ptr_nonnull(tree);
        cJSON_Delete(tree);
    }
}
END_TEST

START_TEST(what_is_not_json_is_placed_and_explained)
{
    static const struct {
        const char *text;
        size_t line, column;
        const char *says;
    } cases[] = {
        {"", 1, 1, "the text is empty"},
        {" \n\t ", 2, 3, "the text is empty"},
        {"{", 1, 2, "the text ends here, expected a key"},
        {"[1", 1, 3, "expected ',' or ']'"},
        {"[1,]", 1, 3, "a comma stands before ']'"},
        {"{\"a\": 1,\n}", 1, 8, "a comma stands before '}'"},
        {"{\"a\" 1}", 1, 6, "expected ':' after a key"},
        {"{a: 1}", 1, 2, "found 'a', expected a key in double quotes"},
        {"{'a': 1}", 1, 2, "strings take double quotes"},
        {"{}\n x", 2, 2, "found 'x', expected nothing after the value"},
        {"{} {}", 1, 4, "expected nothing after the value"},
        {"// no\n{}", 1, 1, "JSON has no comments"},
        {"{ # no\n}", 1, 3, "JSON has no comments"},
        {"[\"\xc3\xa9\", ?]", 1, 7, "found '?', expected a value"},
        {"NaN", 1, 1, "numbers are finite"},
        {"-Infinity", 1, 2, "infinities are not numbers"},
        {"nul", 1, 1, "found 'n'"},
        {"True", 1, 1, "words are true, false and null"},
        {"01", 1, 1, "superfluous 0"},
        {"-01", 1, 2, "superfluous 0"},
        {"+1", 1, 1, "found '+'"},
        {".5", 1, 1, "found '.'"},
        {"1.", 1, 3, "a digit after the point"},
        {"1.e3", 1, 3, "a digit after the point"},
        {"1e", 1, 3, "a digit of the exponent"},
        {"1e+", 1, 4, "a digit of the exponent"},
        {"1,5", 1, 2, "found ',', expected nothing after the value"},
        {"0x10", 1, 2, "found 'x'"},
        {"1234567890123456789012345678901234567890123456789012345678901234", 1, 1,
         "more than 63 characters"},
        {"\"abc", 1, 1, "a string starts here and does not end"},
        {"\"a\nb\"", 1, 3, "the byte 0x0a in a string must be written as \\u000a"},
        {"\"\\x\"", 1, 3, "after a backslash"},
        {"\"\\u12g4\"", 1, 6, "four hexadecimal digits"},
        {"\"a\\u0000\"", 1, 3, "U+0000"},
        {"\"\\ud800\"", 1, 2, "half a surrogate pair"},
        {"\"\\ud800\\u0041\"", 1, 2, "half a surrogate pair"},
        {"\"\\udc00\"", 1, 2, "half a surrogate pair"},
        {"\"\xff\"", 1, 2, "0xff is not UTF-8"},
        {"\"\xc0\xaf\"", 1, 2, "not UTF-8"},
        {"\"\xe0\x80\xaf\"", 1, 2, "not UTF-8"},
        {"\"\xed\xa0\x80\"", 1, 2, "not UTF-8"},
        {"\"\xf4\x90\x80\x80\"", 1, 2, "not UTF-8"},
        {"\"\xe2\x82\"", 1, 2, "not UTF-8"},
        {"\xef\xbb\xbf{}", 1, 1, "a byte order mark"},
        {"\x7f"
         "ELF",
         1, 1, "found the byte 0x7f"},
        {"\v{}", 1, 1, "found the byte 0x0b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_syntax_error error = {0};
        const bool well = sn_json_syntax(cases[i].text, strlen(cases[i].text), &error);
        if (well || error.line != cases[i].line || error.column != cases[i].column
            || strstr(error.message, cases[i].says) == NULL)
            NOTE("%s: %zu:%zu: %s", cases[i].text, error.line, error.column, error.message);
        ck_assert(!well);
        ck_assert_uint_eq(error.line, cases[i].line);
        ck_assert_uint_eq(error.column, cases[i].column);
        ck_assert_ptr_nonnull(strstr(error.message, cases[i].says));
    }
}
END_TEST

START_TEST(a_byte_zero_is_no_end)
{
    sn_syntax_error error;
    ck_assert(!sn_json_syntax("{}\0", 3, &error));
    ck_assert_ptr_nonnull(strstr(error.message, "the byte 0x00"));
    ck_assert(!sn_json_syntax("\"a\0b\"", 5, &error));
    ck_assert_ptr_nonnull(strstr(error.message, "the byte 0x00"));
}
END_TEST

START_TEST(depth_has_an_end)
{
    static char text[1 << 20];
    sn_syntax_error error;
    memset(text, '[', sizeof text);
    ck_assert(!sn_json_syntax(text, sizeof text, &error));
    ck_assert_uint_eq(error.column, 65);
    memset(text + 64, ']', 64);
    ck_assert(sn_json_syntax(text, 128, &error));
}
END_TEST

UNIT_MAIN("syntax", json_is_taken, what_is_not_json_is_placed_and_explained, a_byte_zero_is_no_end,
          depth_has_an_end)
