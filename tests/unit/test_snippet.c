/* Snippets: that what came from outside changes no byte of the code, that numbers read back, that
 * names are free to use, and what is written when. That the code runs is for tests/snippets.sh. */
#include "report/snippet.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/version.h"
#include "harness.h"
#include "lcg.h"
#include "report/snippet_parts.h"
#include "report/text.h"

static const sn_snippet_constant constants[] = {{"alpha", 1.6732632423543772},
                                                {"lambda", 1.0507009873554805}};
static const sn_snippet_row rows[] = {
    {"mean", "\\mathrm{E} f(z)", "mean", -1.25e-17, NAN},
    {"gain_variance", "1/\\sqrt{v}", "gain | by variance", 1.0000000000000002, 2.26e-16},
    {"depth_scale", "\\xi", "layers", INFINITY, 0},
};

/* Formulas stand for any: what they are made of matters here alone. */
static sn_snippet example(sn_snippet_format format)
{
    return (sn_snippet){
        .name = "selu",
        .title = "SELU",
        .command = "selfnorm gain selu",
        .formula = format == SN_SNIPPET_ONNX ? "t1 = Mul (alpha, x)\ny = Mul (lambda, t1)"
                                             : "lambda*(x > 0 ? x : alpha*expm1(x))",
        .numpy_formula = "lambda * np_erf(alpha * x)",
        .n_constants = 2,
        .constants = constants,
        .map = "ensemble map",
        .convention = "gain by second moment",
        .is_normal = true,
        .x = 0.125,
        .y = 2.385,
        .mean = 0.0625,
        .second_moment = 1.3125,
        .variance = 1.30859375,
        .chi1 = 1.0703125,
        .weight_variance = 1.44,
        .has_dropout = true,
        .dropout_rate = 0.05,
        .dropout_a = 0.97,
        .dropout_b = -0.055,
        .saturation = -1.7580993408473766,
        .n_rows = 3,
        .rows = rows,
    };
}

static char *text_of(sn_snippet_format format, const sn_snippet *snippet)
{
    sn_error err = {0};
    char *text = NULL;
    ck_assert_msg(sn_snippet_text(format, snippet, &text, &err) == SN_OK, "%s", err.message);
    ck_assert_int_eq(text[strlen(text) - 1], '\n');
    return text;
}

static bool is_python(sn_snippet_format format)
{
    return format == SN_SNIPPET_PYTORCH || format == SN_SNIPPET_JAX || format == SN_SNIPPET_KERAS
           || format == SN_SNIPPET_ONNX;
}

static bool is_code(sn_snippet_format format)
{
    return is_python(format) || format == SN_SNIPPET_C;
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

static void lacks(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "'%s' is in:\n%s", part, text);
}

START_TEST(formats)
{
    for (sn_snippet_format f = 0; f < SN_SNIPPET_COUNT; f++)
        ck_assert(sn_snippet_name(f) != NULL && sn_snippet_doc(f) != NULL
                  && sn_snippet_dialect(f) != NULL);
    ck_assert_str_eq(sn_snippet_name(SN_SNIPPET_MARKDOWN), "markdown");
    ck_assert_str_eq(sn_snippet_dialect(SN_SNIPPET_PYTORCH), "torch");
    ck_assert_ptr_null(sn_snippet_name(SN_SNIPPET_COUNT));
    ck_assert_ptr_null(sn_snippet_doc(SN_SNIPPET_COUNT));
    ck_assert_ptr_null(sn_snippet_dialect(SN_SNIPPET_COUNT));
}
END_TEST

START_TEST(structure)
{
    for (sn_snippet_format f = 0; f < SN_SNIPPET_COUNT; f++) {
        const sn_snippet s = example(f);
        char *text = text_of(f, &s);
        has(text, "SELU");
        has(text, "selfnorm gain selu");
        has(text, sn_version());
        has(text, "ensemble map");
        has(text, "gain by second moment");
        has(text, "1.6732632423543772");
        has(text, "0.125");
        has(text, "2.385");
        if (is_code(f)) {
            has(text, "mean                 0.0625\n");
            has(text, "chi1                 1.0703125\n");
            has(text, "gain_variance        1.0000000000000002");
            has(text, "1.2 / ");
            has(text, "1.36421668120626"); /* 1.2 / 0.8796... */
            has(text, "1.6732632");
            has(text, "-1.7580993408473766");
            has(text, "0.05");
        } else {
            has(text, "2.3"); /* of the error, two digits */
            lacks(text, "2.26");
        }
        free(text);
    }
}
END_TEST

/* --- text from outside ------------------------------------------------------------------------ */

static const char *const nasty[] = {
    "a\nimport os\n*/ int main;\r\n\\end{x}",
    "*/ /* */ ***/ /*/ ** / ?\?/",
    "\"\"\" ''' \\",
    "coding: utf-7",
    "-*- coding: latin-1 -*-\n-*- coding: latin-1 -*-",
    "\xE2\x80\xA8import os\xE2\x80\xA9\xC2\x85"
    "b\x0B\x0C\x1B[31m\x7F",
    "\xE2\x80\xAE"
    "reversed\xE2\x81\xA6\xEF\xBB\xBF\xD8\x9C",
    "\xFF\xC0\x80\xED\xA0\x80",
    "<script>|`x`| [a](b) ![c](d) &amp; $e$ # *f* _g_ ~h~\n\n    code",
    "%$#&{}^~\\input{/etc/passwd}\n\\end{document}^^M\\x",
    "",
};

/* Where the code starts: after the comment; and whether all before it is a comment. */
static const char *after_comment(sn_snippet_format f, const char *text)
{
    if (f == SN_SNIPPET_C) {
        ck_assert_int_eq(strncmp(text, "/*\n", 3), 0);
        const char *end = strstr(text, "*/");
        ck_assert_ptr_nonnull(end);
        const char *inner = strstr(text + 1, "/*"), *trigraph = strstr(text, "?"
                                                                             "?");
        ck_assert_msg(inner == NULL || inner > end, "a comment in the comment:\n%s", text);
        ck_assert_msg(trigraph == NULL, "a trigraph:\n%s", text);
        return end;
    }
    const char mark = f == SN_SNIPPET_LATEX ? '%' : '#';
    while (*text == mark)
        text = strchr(text, '\n') + 1;
    return text;
}

static bool is_harmless(const char *character, size_t length)
{
    static const char *const marks[] = {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAE",
                                        "\xE2\x81\xA6", "\xEF\xBB\xBF", "\xD8\x9C"};
    const unsigned char *byte = (const unsigned char *)character;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(character, marks[i], strlen(marks[i])) == 0)
            return false;
    if (length == 2)
        return byte[0] != 0xC2 || byte[1] >= 0xA0;
    return length > 2 || (length == 1 && (byte[0] == '\n' || (byte[0] >= 0x20 && byte[0] != 0x7F)));
}

/* UTF-8 in lines of printable characters, nothing that turns the direction of writing. */
static void check_bytes(const char *text)
{
    const char *p = text;
    while (*p != '\0' && is_harmless(p, sn_utf8_length(p)))
        p += sn_utf8_length(p);
    ck_assert_msg(*p == '\0', "byte %td, 0x%x, of:\n%s", p - text, (unsigned char)*p, text);
}

/* Python looks for a coding in the first two lines. */
static void check_first_lines(const char *text)
{
    const char *end = strchr(strchr(text, '\n') + 1, '\n');
    const char *coding = strstr(text, "coding");
    ck_assert(coding == NULL || coding > end);
}

START_TEST(outside_text_is_a_comment)
{
    for (sn_snippet_format f = 0; f < SN_SNIPPET_MARKDOWN; f++) {
        const sn_snippet plain = example(f);
        char *expected = text_of(f, &plain);
        const char *code = after_comment(f, expected);
        for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
            sn_snippet s = plain;
            s.title = s.command = s.map = s.convention = nasty[i];
            char *text = text_of(f, &s);
            ck_assert_str_eq(after_comment(f, text), code);
            check_bytes(text);
            if (is_python(f))
                check_first_lines(text);
            free(text);
        }
        free(expected);
    }
}
END_TEST

static size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += *text == c;
    return n;
}

START_TEST(outside_text_is_no_markup)
{
    const sn_snippet plain = example(SN_SNIPPET_MARKDOWN);
    char *expected = text_of(SN_SNIPPET_MARKDOWN, &plain);
    for (size_t i = 0; i + 1 < sizeof nasty / sizeof nasty[0]; i++) {
        sn_snippet s = plain;
        s.title = s.command = s.map = s.convention = nasty[i];
        char *text = text_of(SN_SNIPPET_MARKDOWN, &s);
        check_bytes(text);
        ck_assert_uint_eq(count(text, '\n'), count(expected, '\n'));
        char *command = strrchr(text, '\n'); /* the last line: a block, where nothing is markup */
        *command = '\0';
        command = strrchr(text, '\n');
        ck_assert_int_eq(strncmp(command, "\n    ", 5), 0);
        *command = '\0';
        for (const char *p = text; (p = strpbrk(p, "<`[]&$~")) != NULL; p++)
            ck_assert_msg(p[-1] == '\\', "markup in %s", text);
        free(text);
    }
    free(expected);
    const sn_snippet_row row = {"a|b", "a", "<i>", 1, NAN};
    sn_snippet s = plain;
    s.n_rows = 1;
    s.rows = &row;
    s.title = NULL;
    char *text = text_of(SN_SNIPPET_MARKDOWN, &s);
    has(text, "# selu\n");
    has(text, "| a\\|b | 1 |  | \\<i\\> |\n");
    free(text);
}
END_TEST

/* --- numbers ---------------------------------------------------------------------------------- */

static void check_number(double value)
{
    char *end;
    const sn_literal plain = sn_literal_plain(value), python = sn_literal_python(value),
                     c = sn_literal_c(value), hex = sn_literal_c_hex(value),
                     hex_float = sn_literal_c_hex_float(value),
                     short_float = sn_literal_float_decimal(value);
    ck_assert(strtod(plain.text, &end) == value && *end == '\0');
    ck_assert(strtod(python.text, &end) == value && *end == '\0');
    ck_assert_msg(strpbrk(python.text, ".e") != NULL, "%s is an int", python.text);
    ck_assert_str_eq(c.text, python.text);
    ck_assert(strtod(hex.text, &end) == value && *end == '\0');
    ck_assert(strtof(short_float.text, &end) == (float)value && *end == '\0');
    if (isinf((float)value)) {
        ck_assert_str_eq(hex_float.text, value < 0 ? "-INFINITY" : "INFINITY");
        return;
    }
    ck_assert(strtof(hex_float.text, &end) == (float)value && strcmp(end, "f") == 0);
    /* One digit less would be another float. */
    char fewer[400];
    int digits = 0;
    for (const char *p = short_float.text; *p != '\0' && *p != 'e'; p++)
        digits += isdigit((unsigned char)*p) && (digits > 0 || *p != '0');
    if (digits > 1 && strpbrk(short_float.text, ".") != NULL) {
        snprintf(fewer, sizeof fewer, "%.*g", digits - 1, (double)(float)value);
        ck_assert_msg(strtof(fewer, NULL) != (float)value, "%s", short_float.text);
    }
}

START_TEST(numbers_read_back)
{
    static const double ugly[] = {0,    1,      -1,     0.1,      2.385,         1e16,
                                  1e17, 5e-324, 1e-310, 1e-45,    1.4e-45,       3.4028235e38,
                                  1e39, -1e300, 1e22,   16777217, 0x1.fffffefp0, 0x1.fffffp127};
    for (size_t i = 0; i < sizeof ugly / sizeof ugly[0]; i++)
        check_number(ugly[i]);
    uint64_t state = 2385;
    for (int i = 0; i < 20000; i++)
        check_number(lcg_uniform(&state, -1, 1) * lcg_log_uniform(&state, 1e-40, 1e40));
    ck_assert_str_eq(sn_literal_python(1).text, "1.0");
    ck_assert_str_eq(sn_literal_python(INFINITY).text, "math.inf");
    ck_assert_str_eq(sn_literal_python(-INFINITY).text, "-math.inf");
    ck_assert_str_eq(sn_literal_python(NAN).text, "math.nan");
    ck_assert_str_eq(sn_literal_c(-INFINITY).text, "-INFINITY");
    ck_assert_str_eq(sn_literal_c_hex(NAN).text, "NAN");
    ck_assert_str_eq(sn_literal_c_hex(-0.0).text, "-0x0p+0");
    ck_assert_str_eq(sn_literal_c_hex_float(0.1).text, "0x1.99999ap-4f");
    ck_assert_str_eq(sn_literal_float_decimal(1.6732632423543772).text, "1.6732632");
    ck_assert_str_eq(sn_literal_float_decimal(-INFINITY).text, "-inf");
}
END_TEST

START_TEST(constants_that_are_not_finite)
{
    const sn_snippet_constant odd[] = {{"alpha", -INFINITY}, {"lambda", NAN}};
    for (sn_snippet_format f = 0; f < SN_SNIPPET_COUNT; f++) {
        sn_snippet s = example(f);
        s.constants = odd;
        s.chi1 = INFINITY; /* nothing is asserted of it */
        char *text = text_of(f, &s);
        if (is_python(f)) {
            has(text, "\nalpha = -math.inf");
            has(text, "\nlambda_ = math.nan");
            lacks(text, "assert abs(chi1");
        } else if (f == SN_SNIPPET_C) {
            has(text, "static const float alpha = -INFINITY;");
            has(text, "static const double lambda = NAN;");
            lacks(text, "is_close(\"chi1\"");
        } else if (f == SN_SNIPPET_LATEX) {
            has(text, "$\\alpha$ & $-\\infty$ & ---");
            has(text, "$\\lambda$ & --- & ---");
        } else {
            has(text, "| alpha | -inf |");
        }
        free(text);
    }
}
END_TEST

START_TEST(powers_of_ten_in_latex)
{
    const sn_snippet s = example(SN_SNIPPET_LATEX);
    char *text = text_of(SN_SNIPPET_LATEX, &s);
    has(text, "$\\mathrm{E} f(z)$ & $-1.25 \\times 10^{-17}$ & --- \\\\ % mean\n");
    has(text, "& $1.0000000000000002$ & $2.3 \\times 10^{-16}$ \\\\");
    has(text, "$\\xi$ & $\\infty$ & $0$ \\\\");
    has(text, "\\mathrm{selu}(x) = lambda*(x");
    free(text);
}
END_TEST

/* --- names ------------------------------------------------------------------------------------ */

static void check_function_name(sn_snippet_format f, const char *given, const char *expected)
{
    sn_snippet s = example(f);
    s.name = given;
    char *text = text_of(f, &s), definition[256];
    snprintf(definition, sizeof definition,
             f == SN_SNIPPET_C ? "\ndouble %s(double x)" : "\ndef %s(x):", expected);
    has(text, definition);
    free(text);
}

START_TEST(names_of_functions)
{
    check_function_name(SN_SNIPPET_C, "gelu_tanh", "gelu_tanh");
    check_function_name(SN_SNIPPET_C, "tanh", "tanh_activation");
    check_function_name(SN_SNIPPET_PYTORCH, "tanh", "tanh");
    check_function_name(SN_SNIPPET_JAX, "lambda", "lambda_activation");
    check_function_name(SN_SNIPPET_KERAS, "check", "check_activation");
    check_function_name(SN_SNIPPET_C, "mean", "mean_activation");
    check_function_name(SN_SNIPPET_C, "double", "double_activation");
    check_function_name(SN_SNIPPET_ONNX, "f(x): pass\nimport os", "f_x___pass_import_os");
    check_function_name(SN_SNIPPET_C, "\xC3\xA9*/", "f____");
    check_function_name(SN_SNIPPET_C, "2x", "f2x");
    check_function_name(SN_SNIPPET_C, "_x", "f_x");
    check_function_name(SN_SNIPPET_C, "", "f");
    check_function_name(SN_SNIPPET_C, NULL, "f");
    char longest[200];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    check_function_name(SN_SNIPPET_C, longest,
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}
END_TEST

static void check_names(sn_snippet_format f, size_t n, const sn_snippet_constant *named,
                        const char *formula, const char *definition, const char *use)
{
    sn_snippet s = example(f);
    s.n_constants = n;
    s.constants = named;
    s.formula = formula;
    char *text = text_of(f, &s);
    has(text, definition);
    has(text, use);
    free(text);
}

START_TEST(names_of_constants)
{
    const sn_snippet_constant odd[] = {{"lambda", 2}, {"torch", 3}, {"lambda_", 4}, {"gamma", 5}};
    check_names(SN_SNIPPET_PYTORCH, 2, odd, "torch*torch.where(x > lambda, x, 2)",
                "\nlambda_ = 2.0\ntorch_ = 3.0\n",
                "return torch_*torch.where(x > lambda_, x, 2)\n");
    /* Printed with its underscore already. */
    check_names(SN_SNIPPET_PYTORCH, 2, odd, "lambda_ * x", "\nlambda_ = 2.0\n",
                "return lambda_ * x\n");
    check_names(SN_SNIPPET_JAX, 4, odd, "lambda * lambda_ * gamma * xlambda * 1e5",
                "\nlambda__ = 2.0\ntorch_ = 3.0\nlambda_ = 4.0\ngamma = 5.0\n",
                "return lambda__ * lambda_ * gamma * xlambda * 1e5\n");
    check_names(SN_SNIPPET_C, 4, odd, "gamma*gamma(x) + lambda\n  + 1",
                "    static const double gamma_ = 0x1.4p+2; /* 5 */\n",
                "return gamma_*gamma(x) + lambda + 1;\n");
    check_names(SN_SNIPPET_C, 4, odd, "gamma*x", "\n/* lambda = 0x1p+1 (2); float 0x1p+1f (2) */\n",
                "static const float gamma_ = 0x1.4p+2f; /* 5 */\n    return (float)(gamma_*x)");
    const sn_snippet_constant keyword[] = {{"double", 6}, {"selu", 7}, {"y", 8}};
    check_names(SN_SNIPPET_C, 2, keyword, "double_*x*selu", "double double_ = 0x1.8p+2;",
                "return double_*x*selu_;");
    check_names(SN_SNIPPET_ONNX, 3, keyword, "t1 = Mul (double, x)\ny = Mul (t1, y_)",
                "    t1 = Mul (double, x)\n    y = Mul (t1, y_)\n}",
                "constants = {\"double\": double, \"y_\": y}\n");
}
END_TEST

/* --- what is written when --------------------------------------------------------------------- */

START_TEST(checks_where_they_mean_something)
{
    for (sn_snippet_format f = 0; f < SN_SNIPPET_COUNT; f++) {
        if (!is_code(f))
            continue;
        const char *assertion = f == SN_SNIPPET_C ? "is_close(\"variance\"" : "assert abs(variance";
        const char *of_chi1 = f == SN_SNIPPET_C ? "is_close(\"chi1\"" : "assert abs(chi1";
        sn_snippet s = example(f);
        char *text = text_of(f, &s);
        has(text, assertion);
        has(text, of_chi1);
        lacks(text, "not checked");
        free(text);

        s.y = 1e-20; /* z cannot be told from x */
        text = text_of(f, &s);
        has(text, assertion);
        lacks(text, "chi1 *");
        lacks(text, of_chi1);
        free(text);

        s.y = 0;
        text = text_of(f, &s);
        has(text, "not checked, the pre-activation has no variance");
        lacks(text, "abs(");
        free(text);

        s = example(f);
        s.is_normal = false;
        text = text_of(f, &s);
        has(text, "not checked, the pre-activation is not normal");
        has(text, "Nothing here checks these numbers: the pre-activation is not normal.");
        lacks(text, "abs(");
        free(text);

        s = example(f);
        s.second_moment = INFINITY;
        text = text_of(f, &s);
        has(text, "not checked, the second moment is not finite");
        free(text);
    }
}
END_TEST

START_TEST(biases_and_dropout)
{
    for (sn_snippet_format f = 0; f < SN_SNIPPET_COUNT; f++) {
        if (!is_code(f))
            continue;
        sn_snippet s = example(f);
        char *text = text_of(f, &s);
        has(text, "biases: 0.\n");
        has(text, "saturation");
        free(text);
        s.bias_variance = 0.1875;
        s.has_dropout = false;
        text = text_of(f, &s);
        has(text, "biases: mean 0, variance 0.1875.\n");
        if (f != SN_SNIPPET_ONNX)
            has(text, "sqrt(0.1875)");
        lacks(text, "saturation");
        lacks(text, "ropout");
        free(text);
    }
}
END_TEST

START_TEST(onnx_has_the_operators_it_uses)
{
    sn_snippet s = example(SN_SNIPPET_ONNX);
    s.formula =
        "c1 = Constant <value_float = 0.5> ()\nt1 = LessOrEqual (x, c1)\ny = Where (t1, x, c1)";
    char *text = text_of(SN_SNIPPET_ONNX, &s);
    has(text, "    \"LessOrEqual\": np.less_equal,\n    \"Where\": np.where,\n}");
    has(text, "constants = {}\n");
    lacks(text, "np.less,");
    has(text, "np_erf = np.vectorize(math.erf)");
    lacks(text, "np_erfc");
    free(text);
}
END_TEST

/* A title too long for the memory that is left. */
START_TEST(memory)
{
#ifdef __SANITIZE_ADDRESS__
    return; /* its allocator ends the program */
#endif
    enum { LONG = 1 << 23 };
    char *title = malloc(LONG);
    ck_assert_ptr_nonnull(title);
    memset(title, 'a', LONG - 1);
    title[LONG - 1] = '\0';
    unsigned long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    const bool known = statm != NULL && fscanf(statm, "%lu", &pages) == 1;
    if (statm != NULL)
        fclose(statm);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
    const rlim_t limit = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + LONG / 2;
    if (known && setrlimit(RLIMIT_AS, &(struct rlimit){limit, before.rlim_max}) == 0) {
        sn_snippet s = example(SN_SNIPPET_C);
        s.title = title;
        sn_error err = {0};
        char *text = title;
        const sn_status status = sn_snippet_text(SN_SNIPPET_C, &s, &text, &err);
        setrlimit(RLIMIT_AS, &before);
        ck_assert_int_eq(status, SN_ENOMEM);
        ck_assert_int_eq(err.status, SN_ENOMEM);
        ck_assert_ptr_null(text);
    }
    free(title);
}
END_TEST

UNIT_MAIN("snippet", formats, structure, outside_text_is_a_comment, outside_text_is_no_markup,
          numbers_read_back, constants_that_are_not_finite, powers_of_ten_in_latex,
          names_of_functions, names_of_constants, checks_where_they_mean_something,
          biases_and_dropout, onnx_has_the_operators_it_uses, memory)
