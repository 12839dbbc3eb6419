/* Kinks of expressions: found where conditions, abs, min, max, sign and activations with kinks
 * change sides, at the last bit; and functions refused because they jump. */
#include "activation/expression.h"
#include "activation/sampled.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { MOST = 4000 };

static sn_expression *make(const char *text)
{
    sn_error err = {0};
    sn_expression *e;
    const sn_expression_spec spec = {.text = text};
    ck_assert_msg(sn_expression_new(&spec, &e, &err) == SN_OK, "%s: %s", text, err.message);
    return e;
}

START_TEST(kinks_are_found_to_the_last_bit)
{
    static const struct {
        const char *text;
        size_t n;
        double kinks[6];
    } cases[] = {
        {"tanh(x)", 0, {0}},
        {"x/(1 + x^2)", 0, {0}},
        {"abs(x)^3", 1, {0}},
        {"abs(x - 0.1)", 1, {0.1}},
        {"abs(x - 0.1 - 0.2)", 1, {0.1 + 0.2}},
        {"max(x, 1e-20)", 1, {1e-20}},
        {"max(x, -812.5)", 1, {-812.5}},
        {"min(max(x, -1), 1)", 2, {-1, 1}},
        {"max(max(x, 0), 0)", 1, {0}},
        {"abs(abs(abs(x) - 2) - 1)", 5, {-3, -2, -1, 0, 1}}, /* and 2, 3 */
        {"abs(x^2 - 2)", 2, {-1.4142135623730951, 1.4142135623730951}},
        {"abs((x - 0.37)^2)", 1, {0.37}},
        {"sqrt((x - 1)^2)", 1, {1}},
        {"max((x - 3)*(x - 3.0009765625), 0)", 2, {3, 3.0009765625}},
        {"exp(x) > 1 ? x : 2*x", 1, {0}},
        {"exp(x) - 1 > 0 ? x : 2*x", 1, {0}},
        {"x > 1 ? 1/x : x", 1, {1}},
        {"x > -1 && x < 1 ? x^2 : 1", 2, {-1, 1}},
        {"x == 0 ? 1 : sin(x)/x", 1, {0}},
        {"x*sign(x)", 1, {0}},
        {"relu(x - 0.25) - relu6(2*x)", 3, {0, 0.25, 3}},
        {"hardtanh(softplus(x) - 0.5)", 1, {1.247517541074546}},
        {"min(x, tanh(x) + 0.3)", 1, {1.1007784778089116}},
        {"2*linear(x)", 0, {0}},
        {"leaky_relu(x, 1)", 0, {0}},
        {"tanh(relu(x))", 1, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_expression *e = make(cases[i].text);
        double kinks[MOST];
        const size_t n = sn_expression_kinks(e, MOST, kinks);
        if (strncmp(cases[i].text, "abs(abs(abs", 11) == 0) {
            ck_assert_uint_eq(n, 7);
            ck_assert(kinks[5] == 2 && kinks[6] == 3);
        } else
            ck_assert_msg(n == cases[i].n, "%s: %zu kinks, the first at %.17g", cases[i].text, n,
                          kinks[0]);
        for (size_t k = 0; k < cases[i].n; k++)
            ck_assert_msg(fabs(kinks[k] - cases[i].kinks[k]) <= 3e-16 * fabs(cases[i].kinks[k]),
                          "%s: kink %zu is %.17g", cases[i].text, k, kinks[k]);
        sn_expression_free(e);
    }
}
END_TEST

START_TEST(many_kinks_are_all_found_and_the_nearest_handed_on)
{
    const double pi = 3.1415926535897932385;
    sn_expression *e = make("abs(sin(x - 0.5))");
    const sn_activation f = sn_expression_activation(e);
    double kinks[MOST], nearest[SN_MAX_KINKS];
    const size_t n = sn_expression_kinks(e, MOST, kinks);
    ck_assert_uint_eq(n, 637);
    for (size_t i = 0; i < n; i++) {
        const double exact = 0.5 + pi * ((double)i - 318);
        ck_assert_msg(fabs(kinks[i] - exact) < 1e-12, "%.17g, not %.17g", kinks[i], exact);
    }
    ck_assert_uint_eq(sn_expression_kinks(e, 3, nearest), 637);
    ck_assert(memcmp(kinks, nearest, 3 * sizeof *kinks) == 0);
    ck_assert_uint_eq(sn_activation_kinks(&f, nearest), SN_MAX_KINKS);
    for (size_t i = 0; i < SN_MAX_KINKS; i++)
        ck_assert(nearest[i] == kinks[310 + i]);
    for (size_t i = 0; i < n; i++) {
        const double next = i + 1 < n ? kinks[i + 1] : INFINITY;
        const double last = i > 0 ? kinks[i - 1] : -INFINITY;
        ck_assert(f.type->kink_beyond(f.state, kinks[i], 1) == next);
        ck_assert(f.type->kink_beyond(f.state, kinks[i], -1) == last);
        ck_assert(f.type->kink_beyond(f.state, nextafter(kinks[i], INFINITY), -1) == kinks[i]);
        ck_assert(f.type->kink_beyond(f.state, nextafter(kinks[i], -INFINITY), 1) == kinks[i]);
    }
    sn_expression_free(e);

    e = make("abs(x - 2*floor((x + 1)/2))"); /* a triangle wave */
    const size_t corners = sn_expression_kinks(e, MOST, kinks);
    int near = 0;
    for (size_t i = 0; i < corners; i++) {
        ck_assert_msg(kinks[i] == round(kinks[i]), "%.17g", kinks[i]);
        near += fabs(kinks[i]) <= 250;
    }
    ck_assert_int_eq(near, 501);
    sn_expression_free(e);
    sn_expression_free(NULL);
}
END_TEST

START_TEST(given_kinks_join_those_found)
{
    static const double more[] = {7, -2, 0, 7};
    const sn_expression_spec spec = {.text = "relu(x) + sin(x)", .n_kinks = 4, .kinks = more};
    sn_expression *e;
    double kinks[MOST];
    ck_assert_int_eq(sn_expression_new(&spec, &e, NULL), SN_OK);
    ck_assert_uint_eq(sn_expression_kinks(e, MOST, kinks), 3);
    ck_assert(kinks[0] == -2 && kinks[1] == 0 && kinks[2] == 7);
    sn_expression_free(e);

    static const double wrong[] = {1, INFINITY};
    const sn_expression_spec bad = {.text = "x", .n_kinks = 2, .kinks = wrong};
    sn_error err = {0};
    ck_assert_int_eq(sn_expression_new(&bad, &e, &err), SN_EINVAL);
    ck_assert_str_eq(err.message, "kink 2 is inf, must be finite");
}
END_TEST

START_TEST(jumps_are_refused)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"floor(x)", "f jumps by 1 at x = 0, must be continuous"},
        {"ceil(x - 0.3)", "f jumps by 1 at x = 0.3, must be continuous"},
        {"sign(x - 0.3)", "f jumps by 2 at x = 0.3, must be continuous"},
        {"x > 0", "f jumps by 1 at x = 0, must be continuous"},
        {"x > 1 ? 0.8413*x : gelu(x)", "f jumps by 4.47e-05 at x = 1, must be continuous"},
        {"x == 0 ? 5 : x", "f jumps by 5 at x = 0, must be continuous"},
        {"x <= 100 ? x : 0", "f jumps by 100 at x = 100, must be continuous"},
        {"x == 0.3 ? 1 : 1/(x - 0.3)", "f jumps by 4e+08 at x = 0.3, must be continuous"},
        {"sqrt(abs(x - 0.3))", "f'(x) is -inf at x = 0.3, must be finite"},
        {"x == 0.35 ? 0 : 0*log(abs(x - 0.35))", NULL},
        {"1/(x - 0.35)", "f(x) is inf at x = 0.35, must be finite"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_expression_spec spec = {.text = cases[i].text};
        sn_error err = {0};
        sn_expression *e = NULL;
        const sn_status status = sn_expression_new(&spec, &e, &err);
        ck_assert_msg(cases[i].message == NULL
                          ? status == SN_OK
                          : status == SN_EINVAL && strcmp(err.message, cases[i].message) == 0,
                      "%s: %s", cases[i].text, err.message);
        sn_expression_free(e);
    }
}
END_TEST

/* A table in miniature: an activation with a state, and a kink at 0.75. */
static double table_value(const void *state, double z)
{
    return *(const double *)state * fabs(z - 0.75);
}

static double table_slope(const void *state, double z)
{
    return z > 0.75 ? *(const double *)state : -*(const double *)state;
}

static size_t table_kinks(const void *state, double kinks[SN_MAX_KINKS])
{
    (void)state;
    kinks[0] = 0.75;
    return 1;
}

START_TEST(a_table_is_a_function_of_its_name)
{
    static const sn_activation_type type = {.name = "stored",
                                            .value_of = table_value,
                                            .derivative_of = table_slope,
                                            .kinks_of = table_kinks};
    const double scale = 2;
    const sn_activation table = {.type = &type, .state = &scale};
    const sn_expression_spec spec = {.text = "table(2*x) + tanh(x)/8", .table = &table};
    sn_expression *e;
    double kinks[MOST];
    char *text;
    sn_error err = {0};
    ck_assert_int_eq(sn_expression_new(&spec, &e, NULL), SN_OK);
    const sn_activation f = sn_expression_activation(e);
    ck_assert_double_eq_tol(sn_activation_value(&f, 1), 2.5 + tanh(1) / 8, 1e-15);
    ck_assert_double_eq_tol(sn_activation_derivative(&f, -9), -4, 1e-7);
    ck_assert_uint_eq(sn_expression_kinks(e, MOST, kinks), 1);
    ck_assert(kinks[0] == 0.375);
    ck_assert_int_eq(sn_expression_print(e, SN_DIALECT_C, &text, &err), SN_EINVAL);
    ck_assert_str_eq(err.message, "a table of points cannot be printed as an expression");
    ck_assert_ptr_null(text);
    sn_expression_free(e);

    const sn_expression_spec params = {.text = "table(x, 1)", .table = &table};
    ck_assert_int_eq(sn_expression_new(&params, &e, &err), SN_EINVAL);
    ck_assert_str_eq(err.message, "character 10: stored has 0 parameters, found more");
}
END_TEST

START_TEST(the_kinks_of_a_table_are_those_of_expressions_of_it)
{
    enum { POINTS = 6000 };
    double x[POINTS], f[POINTS], kinks[POINTS + 1];
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = (double)i / 256 - 11.71;
        f[i] = tanh(x[i]);
    }
    sn_sampled *sampled;
    ck_assert_int_eq(sn_sampled_new(POINTS, x, f, &sampled, NULL), SN_OK);
    const sn_activation table = sn_sampled_activation(sampled);
    const sn_expression_spec spec = {.text = "relu(x) + table(1 - 2*x)", .table = &table};
    sn_expression *e;
    ck_assert_int_eq(sn_expression_new(&spec, &e, NULL), SN_OK);
    ck_assert_uint_eq(sn_expression_kinks(e, POINTS + 1, kinks), POINTS + 1);
    size_t at = 0;
    for (size_t i = 0; i < POINTS + 1; i++) {
        if (kinks[i] == 0)
            continue;
        const double exact = (1 - x[POINTS - 1 - at++]) / 2;
        ck_assert_msg(fabs(kinks[i] - exact) <= 4e-15, "%.17g, not %.17g", kinks[i], exact);
    }
    ck_assert_uint_eq(at, POINTS);
    sn_expression_free(e);
    sn_sampled_free(sampled);
}
END_TEST

UNIT_MAIN("expression_kinks", kinks_are_found_to_the_last_bit,
          many_kinks_are_all_found_and_the_nearest_handed_on, given_kinks_join_those_found,
          jumps_are_refused, a_table_is_a_function_of_its_name,
          the_kinks_of_a_table_are_those_of_expressions_of_it)
