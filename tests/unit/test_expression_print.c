/* Expressions in other languages: the words of each dialect, that the language of expressions
 * reads back as the same function, and what cannot be said. */
#include "activation/expression.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"

static const sn_named_value params[] = {{"alpha", 1.5}, {"lambda", 1.0625}};

static sn_expression *make(const char *text)
{
    sn_error err = {0};
    sn_expression *e;
    const sn_expression_spec spec = {.text = text, .n_params = 2, .params = params};
    ck_assert_msg(sn_expression_new(&spec, &e, &err) == SN_OK, "%s: %s", text, err.message);
    return e;
}

static char *print(const char *text, sn_dialect dialect)
{
    sn_error err = {0};
    char *out;
    sn_expression *e = make(text);
    ck_assert_msg(sn_expression_print(e, dialect, &out, &err) == SN_OK, "%s: %s", text,
                  err.message);
    sn_expression_free(e);
    return out;
}

typedef struct printed {
    sn_dialect dialect;
    const char *text, *expected;
} printed;

static const printed in_words[] = {
#include "expression_print_cases.inc"
};

START_TEST(each_dialect_has_its_words)
{
    for (size_t i = 0; i < sizeof in_words / sizeof in_words[0]; i++) {
        char *out = print(in_words[i].text, in_words[i].dialect);
        ck_assert_msg(strcmp(out, in_words[i].expected) == 0, "%s: %s", in_words[i].text, out);
        free(out);
    }
}
END_TEST

START_TEST(names_give_way_to_words_of_the_language)
{
    static const sn_named_value names[] = {{"class", 1}, {"int", 2}, {"t1", 3}, {"mean_slope", 4}};
    static const char *const expected[SN_DIALECT_COUNT] = {
        [SN_DIALECT_C] = "x*class*int_*t1*mean_slope",
        [SN_DIALECT_PYTORCH] = "x*class_*int*t1*mean_slope",
        [SN_DIALECT_JAX] = "x*class_*int*t1*mean_slope",
        [SN_DIALECT_KERAS] = "x*class_*int*t1*mean_slope",
        [SN_DIALECT_NUMPY] = "x*class_*int*t1*mean_slope",
        [SN_DIALECT_LATEX] =
            "x\\,\\mathrm{class}\\,\\mathrm{int}\\,\\mathrm{t1}\\,\\mathrm{mean\\_slope}",
        [SN_DIALECT_PLAIN] = "x*class*int*t1*mean_slope",
        [SN_DIALECT_ONNX] = "t1 = Mul (x, class)\nt2 = Mul (t1, int)\nt3 = Mul (t2, t1_)\n"
                            "y = Mul (t3, mean_slope)",
    };
    const sn_expression_spec spec = {
        .text = "x*class*int*t1*mean_slope", .n_params = 4, .params = names};
    sn_expression *e;
    ck_assert_int_eq(sn_expression_new(&spec, &e, NULL), SN_OK);
    for (sn_dialect d = 0; d < SN_DIALECT_COUNT; d++) {
        char *out;
        ck_assert_int_eq(sn_expression_print(e, d, &out, NULL), SN_OK);
        ck_assert_str_eq(out, expected[d]);
        free(out);
    }
    sn_expression_free(e);
}
END_TEST

/* --- reading back ----------------------------------------------------------------------------- */

static const char *const texts[] = {
    "-x^2 - -x",
    "(-x)^2",
    "2^-x^2",
    "(1 + x^2)^2^0.5",
    "((1 + x^2)^2)^0.5",
    "x - (x - (1 - x))",
    "x/(3/(2/(1 + x^2)))",
    "(2*x)*(3*(x*4))",
    "x > 0 ? (x > 1 ? x : x^2) : x < -1 ? -1 : x",
    "(x > 0 || x < -1) && !(x > 0 && x < 2) ? 2*relu(x) : x > 0 ? 2*x : 0",
    "selu(2*x - 1, 2, 0.5)",
    "celu(x, alpha)",
    "leaky_relu(x, -0.3)",
    "mish(silu(x)) - gelu_tanh(-x)",
    "min(x, 2, 3*x)",
    "0.1*x + 1e-7*x + 12345678.9*x/1e9",
    "(x > 0)*x + e*pi",
    "-(-x)",
    "-(x + 1)*-(x - 1)",
    "sqrt(1 + abs(x)) + expm1(x/9) + log1p(x^2) + sign(x)*x",
    "7",
};

static void expect_same(const sn_activation *a, const sn_activation *b, const char *text)
{
    sampler s = {42};
    for (int k = 0; k < 500; k++) {
        const double x = k < 60 ? (k - 30) / 4.0 : sample_signed(&s, 1e-6, 30);
        const double f = sn_activation_value(a, x), again = sn_activation_value(b, x);
        const double slope = sn_activation_derivative(a, x);
        const double slope_again = sn_activation_derivative(b, x);
        ck_assert_msg(fabs(f - again) <= 1e-15 * (1 + fabs(f)), "%s at %.17g: %.17g, not %.17g",
                      text, x, again, f);
        ck_assert_msg(k < 60 || fabs(slope - slope_again) <= 4e-15 * (1 + fabs(slope) + fabs(f)),
                      "%s: slope at %.17g: %.17g, not %.17g", text, x, slope_again, slope);
    }
}

START_TEST(the_plain_dialect_reads_back_as_the_same_function)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *out = print(texts[i], SN_DIALECT_PLAIN);
        sn_expression *a = make(texts[i]), *b = make(out);
        const sn_activation f = sn_expression_activation(a), g = sn_expression_activation(b);
        expect_same(&f, &g, out);
        char *again = print(out, SN_DIALECT_PLAIN);
        ck_assert_str_eq(out, again);
        free(again);
        free(out);
        sn_expression_free(a);
        sn_expression_free(b);
    }
}
END_TEST

START_TEST(every_activation_is_printed_in_every_dialect)
{
    for (size_t i = 0; i < sn_activation_count(); i++)
        for (sn_dialect d = 0; d < SN_DIALECT_COUNT; d++) {
            const sn_activation_type *type = sn_activation_at(i);
            sn_error err = {0};
            char *out;
            ck_assert_msg(sn_activation_print(type, d, &out, &err) == SN_OK, "%s: %s", type->name,
                          err.message);
            ck_assert(strlen(out) > 0 && strchr(out, 'x') != NULL);
            if (d == SN_DIALECT_PLAIN)
                ck_assert_str_eq(out, type->formula);
            free(out);
        }
}
END_TEST

/* --- what cannot be said ---------------------------------------------------------------------- */

static void expect_failure(const sn_expression_spec *spec, sn_dialect dialect, const char *message)
{
    sn_error err = {0};
    sn_expression *e;
    char *out;
    ck_assert_int_eq(sn_expression_new(spec, &e, NULL), SN_OK);
    ck_assert_int_eq(sn_expression_print(e, dialect, &out, &err), SN_EINVAL);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(err.message, message);
    sn_expression_free(e);
}

START_TEST(what_a_dialect_cannot_say_is_an_error)
{
    const sn_expression_spec small = {.text = "x*1e-300"};
    expect_failure(&small, SN_DIALECT_ONNX, "1e-300 is beyond onnx's floats");
    static const sn_named_value twins[] = {{"lambda", 1}, {"lambda_", 2}};
    const sn_expression_spec two = {.text = "x", .n_params = 2, .params = twins};
    expect_failure(&two, SN_DIALECT_PYTORCH, "parameter 'lambda' would have the name of 'lambda_'");
    char text[400] = "";
    for (int i = 0; i < 16; i++)
        strcat(text, "hardswish(");
    strcat(text, "x/30)))))))))))))))))");
    text[strlen(text) - 1] = '\0';
    const sn_expression_spec deep = {.text = text};
    expect_failure(&deep, SN_DIALECT_C, "the expression has more than 10000 parts");
    const sn_activation_type bare = {.name = "bare"};
    sn_error err = {0};
    char *out;
    ck_assert_int_eq(sn_activation_print(&bare, SN_DIALECT_C, &out, &err), SN_EINVAL);
    ck_assert_str_eq(err.message, "bare has no formula that could be printed");
}
END_TEST

UNIT_MAIN("expression_print", each_dialect_has_its_words, names_give_way_to_words_of_the_language,
          the_plain_dialect_reads_back_as_the_same_function,
          every_activation_is_printed_in_every_dialect, what_a_dialect_cannot_say_is_an_error)
