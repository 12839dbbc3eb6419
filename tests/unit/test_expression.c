/* Expressions: what the grammar means, by values anyone can check and by muParser on random
 * expressions; f and f' against mpmath and against every registered activation; what is refused,
 * with its message. */
#include "activation/expression_tree.h"

#include <math.h>
#include <muParserDLL.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"

static const sn_named_value params[] = {{"a", 1.5}, {"beta_2", -0.25}};

static sn_expression *make(const char *text)
{
    sn_error err = {0};
    sn_expression *e;
    const sn_expression_spec spec = {.text = text, .n_params = 2, .params = params};
    ck_assert_msg(sn_expression_new(&spec, &e, &err) == SN_OK, "%s: %s", text, err.message);
    return e;
}

static double value_of(const char *text, double x)
{
    sn_expression *e = make(text);
    const sn_activation f = sn_expression_activation(e);
    const double value = sn_activation_value(&f, x);
    sn_expression_free(e);
    return value;
}

static double slope_of(const char *text, double x)
{
    sn_expression *e = make(text);
    const sn_activation f = sn_expression_activation(e);
    const double slope = sn_activation_derivative(&f, x);
    sn_expression_free(e);
    return slope;
}

/* --- the grammar ------------------------------------------------------------------------------ */

START_TEST(operators_bind_as_in_c)
{
    static const struct {
        const char *text;
        double x, value;
    } cases[] = {
        {"2 + 3*4 - 6/2/3", 0, 13},
        {"-x^2", 3, -9},
        {"(-x)^2", 3, 9},
        {"2^3^2", 0, 512},
        {"(2^3)^2", 0, 64},
        {"2^-x", 1, 0.5},
        {"2^-x^2", 2, 1.0 / 16},
        {"- -x - -x", 2, 4},
        {"+x*-2", 3, -6},
        {"1 - 2 - 3", 0, -4},
        {"8/4/2", 0, 1},
        {"x > 0 ? 1 + x : 1 - x", -2, 3},
        {"x < 0 ? -x : x < 1 ? x : x*x", 3, 9},
        {"x < 0 ? -x : x < 1 ? x : x*x", -3, 3},
        {"1 + 1 < 3 && 2*2 > 3 || 1 == 2 ? x : 7", 5, 5},
        {"1 == 2 || 1 == 1 && 2 == 3 ? x : 7", 5, 7},
        {"!(x < 0) && x != 1 ? x^2 : x + 0*x^2", -2, -2},
        {"x >= 2 ? 2 : x <= -2 ? -2 : x", -5, -2},
        {"(x > 0)*x", 3, 3},
        {"(x > 0)*x", -3, 0},
        {"a*x + beta_2", 2, 2.75},
        {"cos(pi) + log(e)", 0, 0},
        {"min(3, x, 2) + max(1, x, 0, 4)", 7, 9},
        {"1.5e1 + .5 + 2. + 1E-1", 0, 17.6},
        {" \t\n x\r ", 2.385, 2.385},
        {"((((x))))", 2.385, 2.385},
        {"sign(-2) + 0*sign(0) + ceil(1.2) + floor(-1.2)", 0, -1},
        {"leaky_relu(x, 1/5)", -10, -2},
        {"prelu(x)", -10, -0.1},
        {"selu(x, a, 2)", 3, 6},
        {"2*relu(relu(x) - 1)", 4, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_tree tree;
        sn_error err = {0};
        ck_assert_int_eq(sn_tree_init(&tree, 2, params, SN_MAX_NODES, NULL), SN_OK);
        ck_assert_msg(sn_tree_parse(&tree, cases[i].text, NULL, &err) == SN_OK, "%s: %s",
                      cases[i].text, err.message);
        const double value = sn_tree_f(&tree, cases[i].x);
        ck_assert_msg(fabs(value - cases[i].value) <= 1e-15 * fabs(cases[i].value),
                      "%s is %.17g at %g", cases[i].text, value, cases[i].x);
        sn_tree_free(&tree);
    }
}
END_TEST

START_TEST(whole_powers_are_exact_for_negative_x)
{
    ck_assert(value_of("x^3", -1.1) == pow(-1.1, 3));
    ck_assert(value_of("x^2", -1.5) == 2.25);
    ck_assert(slope_of("x^3", -2) == 12);
    ck_assert(slope_of("x^2", -3) == -6);
    ck_assert(slope_of("x^1", -3) == 1 && slope_of("x^0", 0) == 0 && slope_of("x^1", 0) == 1);
}
END_TEST

/* --- a second opinion ------------------------------------------------------------------------- */

enum { LENGTH = 4000 };

static void write(char *text, const char *piece)
{
    strncat(text, piece, LENGTH - strlen(text) - 1);
}

static unsigned draw(sampler *s, unsigned n)
{
    return (unsigned)sample_uniform(s, 0, n);
}

static void write_number(sampler *s, char *text, int depth);

static void write_condition(sampler *s, char *text, int depth)
{
    static const char *const comparisons[] = {" < ", " <= ", " > ", ">=", "==", "!="};
    if (depth > 0 && draw(s, 3) == 0) {
        write_condition(s, text, depth - 1);
        write(text, draw(s, 2) ? " && " : " || ");
        write_condition(s, text, depth - 1);
        return;
    }
    write_number(s, text, depth > 2 ? 2 : depth);
    write(text, comparisons[draw(s, 6)]);
    write_number(s, text, depth > 2 ? 2 : depth);
}

static void write_operand(sampler *s, char *text, int depth)
{
    static const char *const functions[] = {"sin",  "cos",   "tanh", "sinh",  "cosh", "atan",
                                            "abs",  "sqrt",  "log",  "log2",  "exp",  "log10",
                                            "asin", "asinh", "sign", "acosh", "acos", "atanh"};
    char number[32];
    switch (draw(s, depth > 0 ? 8 : 4)) {
    case 0:
        snprintf(number, sizeof number, "%.3g", sample_uniform(s, 0, 4));
        write(text, number);
        break;
    case 1:
    case 2:
        write(text, "x");
        break;
    case 3:
        write(text, "a");
        break;
    case 4:
        write(text, "(");
        write_number(s, text, depth - 1);
        write(text, ")");
        break;
    case 5:
        write(text, draw(s, 2) ? "min(" : "max(");
        write_number(s, text, depth - 1);
        write(text, ", ");
        write_number(s, text, depth - 1);
        write(text, ")");
        break;
    case 6:
        write(text, "(");
        write_condition(s, text, depth - 1);
        write(text, " ? ");
        write_number(s, text, depth - 1);
        write(text, " : ");
        write_number(s, text, depth - 1);
        write(text, ")");
        break;
    default:
        write(text, functions[draw(s, sizeof functions / sizeof functions[0])]);
        write(text, "(");
        write_number(s, text, depth - 1);
        write(text, ")");
    }
}

static void write_number(sampler *s, char *text, int depth)
{
    static const char *const signs[] = {" + ", "-", "*", "/", " - ", "*", "^"};
    const unsigned operands = 1 + draw(s, 3);
    for (unsigned i = 0; i < operands; i++) {
        if (i > 0)
            write(text, signs[draw(s, 7)]);
        else if (draw(s, 5) == 0)
            write(text, "-");
        write_operand(s, text, depth);
    }
}

static bool all_finite(const sn_tree *tree, const double values[])
{
    for (int i = 0; i < tree->n_nodes; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

START_TEST(random_expressions_have_the_values_of_muparser)
{
    enum { EXPRESSIONS = 5000 };
    sampler s = {2718};
    double x, a = params[0].value;
    const muParserHandle_t other = mupCreate(muBASETYPE_FLOAT);
    mupDefineVar(other, "x", &x);
    mupDefineVar(other, "a", &a);
    int numbers = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
        char text[LENGTH] = "";
        sn_tree tree;
        sn_error err = {0};
        write_number(&s, text, 3);
        ck_assert_int_eq(sn_tree_init(&tree, 2, params, SN_MAX_NODES, NULL), SN_OK);
        ck_assert_msg(sn_tree_parse(&tree, text, NULL, &err) == SN_OK, "%s: %s", text, err.message);
        mupSetExpr(other, text);
        for (int k = 0; k < 4; k++) {
            double values[SN_MAX_NODES];
            x = sample_uniform(&s, -3.1, 3.1);
            sn_tree_values(&tree, x, values);
            if (!all_finite(&tree, values))
                continue; /* muParser does not keep what is no number */
            const double ours = sn_tree_f(&tree, x), theirs = mupEval(other);
            ck_assert_msg(!mupError(other), "muParser on %s: %s", text, mupGetErrorMsg(other));
            ck_assert_msg(fabs(ours - theirs) <= 1e-11 * fabs(theirs),
                          "%s at %.17g: %.17g, muParser %.17g", text, x, ours, theirs);
            numbers++;
        }
        sn_tree_free(&tree);
    }
    mupRelease(other);
    NOTE("%d of %d values compared", numbers, 4 * EXPRESSIONS);
    ck_assert_int_gt(numbers, EXPRESSIONS);
}
END_TEST

/* --- values and derivatives ------------------------------------------------------------------- */

START_TEST(values_and_derivatives_are_those_of_mpmath)
{
    static const struct {
        const char *text;
        double x, f, slope;
    } cases[] = {
#include "expression_reference.inc"
    };
    double worst = 0;
    const char *worst_text = "";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double f = value_of(cases[i].text, cases[i].x);
        const double slope = slope_of(cases[i].text, cases[i].x);
        const double scale = fabs(cases[i].f) + fabs(cases[i].slope);
        const double error =
            fmax(fabs(f - cases[i].f), fabs(slope - cases[i].slope)) / fmax(scale, 1e-3);
        if (!(error <= worst)) {
            worst = error;
            worst_text = cases[i].text;
        }
    }
    NOTE("f and f' are off by at most %.1e, in %s", worst, worst_text);
    ck_assert_msg(worst <= 4e-15, "%s is off by %g", worst_text, worst);
}
END_TEST

/* The activation of a type's formula, with the parameters of `f`. */
static sn_expression *formula_of(const sn_activation *f)
{
    sn_named_value values[SN_MAX_PARAMS];
    sn_error err = {0};
    sn_expression *e;
    for (size_t i = 0; i < f->type->n_params; i++)
        values[i] = (sn_named_value){f->type->params[i].name, f->params[i]};
    ck_assert_msg(f->type->formula != NULL, "%s has no formula", f->type->name);
    const sn_expression_spec spec = {
        .text = f->type->formula, .n_params = f->type->n_params, .params = values};
    ck_assert_msg(sn_expression_new(&spec, &e, &err) == SN_OK, "%s: %s", f->type->name,
                  err.message);
    return e;
}

static bool is_kink(const sn_activation *f, double x)
{
    double kinks[SN_MAX_KINKS];
    const size_t n = sn_activation_kinks(f, kinks);
    for (size_t i = 0; i < n; i++)
        if (kinks[i] == x)
            return true;
    return false;
}

/* What the activation itself has no kink at, but its formula. */
static bool is_smooth_in_truth(const sn_activation *f, double x)
{
    return x == 0 && (strcmp(f->type->name, "softplus") == 0 || strcmp(f->type->name, "mish") == 0);
}

static double compare(const sn_activation *f, const sn_activation *formula, double x)
{
    const double value = sn_activation_value(f, x), slope = sn_activation_derivative(f, x);
    const double off = fabs(sn_activation_value(formula, x) - value);
    const bool no_slope = is_smooth_in_truth(f, x);
    const double slope_off = no_slope ? 0 : fabs(sn_activation_derivative(formula, x) - slope);
    return fmax(off / (1 + fabs(value)), slope_off / (1 + fabs(slope) + fabs(x)));
}

START_TEST(formulas_are_the_activations)
{
    sampler s = {161803};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        double worst = 0;
        for (unsigned v = 0; v < sample_variants(type); v++) {
            const sn_activation f = sample_activation(&s, type, v);
            sn_expression *e = formula_of(&f);
            const sn_activation formula = sn_expression_activation(e);
            for (int k = -800; k <= 800; k++)
                worst = fmax(worst, compare(&f, &formula, k / 16.0));
            for (int k = 0; k < 1000; k++)
                worst = fmax(worst, compare(&f, &formula, sample_signed(&s, 1e-12, 3000)));
            sn_expression_free(e);
        }
        NOTE("%-12s %.1e", type->name, worst);
        ck_assert_msg(worst <= 2e-15, "%s: its formula is off by %g", type->name, worst);
    }
}
END_TEST

START_TEST(formulas_have_the_kinks_of_their_activations)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        double kinks[SN_MAX_KINKS], found[SN_MAX_KINKS];
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        sn_expression *e = formula_of(&f);
        const size_t n = sn_activation_kinks(&f, kinks);
        const size_t n_found = sn_expression_kinks(e, SN_MAX_KINKS, found);
        size_t extra = 0;
        for (size_t k = 0; k < n_found; k++) {
            ck_assert_msg(is_kink(&f, found[k]) || is_smooth_in_truth(&f, found[k]),
                          "%s: a kink was found at %.17g", f.type->name, found[k]);
            extra += !is_kink(&f, found[k]);
        }
        ck_assert_msg(n_found - extra == n, "%s: %zu kinks found of %zu", f.type->name,
                      n_found - extra, n);
        sn_expression_free(e);
    }
}
END_TEST

START_TEST(activations_inside_keep_their_accuracy)
{
    sn_activation gelu;
    ck_assert_int_eq(sn_activation_init(&gelu, "gelu", NULL), SN_OK);
    for (double x = -37; x < 5; x += 0.37) {
        ck_assert(value_of("gelu(x)", x) == sn_activation_value(&gelu, x));
        ck_assert(slope_of("gelu(x)", x) == sn_activation_derivative(&gelu, x));
        ck_assert(slope_of("gelu(-x/2)", x) == sn_activation_derivative(&gelu, -x / 2) * -0.5);
    }
}
END_TEST

START_TEST(slopes_at_kinks_are_those_of_the_left)
{
    static const struct {
        const char *text;
        double x, slope;
    } cases[] = {
        {"abs(x)", 0, -1},
        {"abs(-2*x)", 0, -2},
        {"abs(x - 0.1)", 0.1, -1},
        {"max(x, 0)", 0, 0},
        {"max(0, -x)", 0, -1},
        {"min(x, 2*x)", 0, 2},
        {"max(x, 2*x, 3*x)", 0, 1},
        {"min(x, 1) + max(1, x)", 1, 1},
        {"x >= 0 ? x : 2*x", 0, 2},
        {"x < 0 ? 2*x : x", 0, 2},
        {"0 < x ? x : 2*x", 0, 2},
        {"!(x < 0) ? x : 2*x", 0, 2},
        {"-x <= 0 ? x : 2*x", 0, 2},
        {"x*sign(x)", 0, -1},
        {"x*sign(-x)", 0, 1},
        {"abs(x - 2*floor((x + 1)/2))", 1, 1},
        {"abs(x - 2*ceil((x - 1)/2))", 1, 1},
        {"abs(x - 2*ceil((x - 1)/2))", 3, 1},
        {"relu(-x)", 0, -1},
        {"relu(x)", 0, 0},
        {"leaky_relu(1 - 2*x, 0.25)", 0.5, -2},
        {"selu(x, 2, 3)", 0, 6},
        {"selu(-x, 2, 3)", 0, -3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(slope_of(cases[i].text, cases[i].x) == cases[i].slope, "%s at %g: %.17g",
                      cases[i].text, cases[i].x, slope_of(cases[i].text, cases[i].x));
}
END_TEST

START_TEST(slopes_that_rules_do_not_give)
{
    ck_assert_double_eq_tol(slope_of("x == 0 ? 1 : sin(x)/x", 0), 0, 1e-12);
    ck_assert_double_eq_tol(slope_of("x == 0 ? 1 : expm1(x)/x", 0), 0.5, 1e-12);
    ck_assert_double_eq_tol(slope_of("x != 0.5 ? expm1(x - 0.5)/(x - 0.5) : 1", 0.5), 0.5, 1e-12);
    ck_assert_double_eq_tol(slope_of("sqrt(x^2)", 0), -1, 1e-11);
    ck_assert_double_eq_tol(slope_of("abs(x)^1.5", 0), 0, 1e-12);
    ck_assert(slope_of("1/(1 + exp(-x))", -800) == 0);
    ck_assert(slope_of("tanh(exp(x))", 800) == 0);
}
END_TEST

START_TEST(what_is_no_number_stays_so_and_infinities_give_limits)
{
    ck_assert(isnan(value_of("x > 0 ? x : 0", NAN)) && isnan(slope_of("x > 0 ? x : 0", NAN)));
    ck_assert(isnan(value_of("min(x, 0)", NAN)) && isnan(value_of("7", NAN)));
    ck_assert(value_of("x*erfc(-x/sqrt(2))/2", -INFINITY) == 0);
    ck_assert(value_of("x*erfc(-x/sqrt(2))/2", INFINITY) == INFINITY);
    ck_assert(value_of("x - sqrt(1 + abs(x))", INFINITY) == INFINITY);
    ck_assert(value_of("x/(1 + abs(x))", -INFINITY) == -1);
    ck_assert(value_of("tanh(x)", -INFINITY) == -1);
    ck_assert(isnan(value_of("sin(x)", INFINITY)));
    ck_assert(isinf(value_of("sinh(x/3)", 1e4)));
}
END_TEST

/* --- what is refused -------------------------------------------------------------------------- */

static void expect_refusal(const sn_expression_spec *spec, const char *message)
{
    sn_error err = {0};
    sn_expression *e;
    const sn_status status = sn_expression_new(spec, &e, &err);
    ck_assert_msg(status == SN_EINVAL && e == NULL, "'%.60s' is %s", spec->text,
                  sn_status_text(status));
    ck_assert_msg(err.status == SN_EINVAL && strcmp(err.message, message) == 0, "'%.60s' says: %s",
                  spec->text, err.message);
    ck_assert_int_eq(sn_expression_new(spec, &e, NULL), SN_EINVAL);
}

START_TEST(refusals_say_where_and_why)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "character 1: found the end where a number, a name or '(' is needed"},
        {"x +", "character 4: found the end where a number, a name or '(' is needed"},
        {"x + )", "character 5: found ')' where a number, a name or '(' is needed"},
        {"(x", "character 3: found the end where an operator or ')' is needed"},
        {"x)", "character 2: found ')' where an operator or the end is needed"},
        {"3 x", "character 3: found 'x' where an operator or the end is needed"},
        {"x ? 1 : 2", "character 3: '?' needs a condition such as x > 0, found a number"},
        {"!x", "character 1: '!' needs a condition such as x > 0, found a number"},
        {"x > 0 && x ? 1 : 0", "character 7: '&&' needs a condition such as x > 0, found a number"},
        {"x > 0 ? 1", "character 10: found the end where an operator or ':' is needed"},
        {"0 < x < 1 ? x : 0",
         "character 7: '<' compares a condition; write a < b && b < c for a < b < c"},
        {"x**2", "character 3: found '**'; the power is '^'"},
        {"x = 1 ? x : 0", "character 3: found '='; '==' compares"},
        {"x & 1", "character 3: found '&' where an operator or the end is needed"},
        {"sin x", "character 5: found 'x' where '(' is needed after the function 'sin'"},
        {"sin(x, 1)", "character 6: found ',' where an operator or ')' is needed"},
        {"min(x)", "character 6: found ')' where ',' and a second argument is needed"},
        {"sotfplus(x)", "character 1: 'sotfplus' is unknown; the nearest known name is 'softplus'"},
        {"2*geul(x)", "character 3: 'geul' is unknown; the nearest known name is 'gelu'"},
        {"bet_2*x", "character 1: 'bet_2' is unknown; the nearest known name is 'beta_2'"},
        {"table(x)", "character 1: 'table' is unknown: no table of points is given"},
        {"a(x)", "character 2: found '(' where an operator or the end is needed"},
        {"leaky_relu(x, x)", "character 15: slope of leaky_relu depends on x, must be constant"},
        {"relu(x, 1)", "character 9: relu has 0 parameters, found more"},
        {"elu(x, 1, 1)", "character 11: elu has 1 parameter, found more"},
        {"celu(x, -1)", "character 9: celu: alpha is -1, allowed is 0.001 to 1000"},
        {"1e999*x", "character 1: a number beyond 1.8e308"},
        {".", "character 1: found '.' where a number, a name or '(' is needed"},
        {"x\x01", "character 2: found the byte 0x01 where an operator or the end is needed"},
        {"\xce\xbb*x", "character 1: found the byte 0xce where a number, a name or '(' is needed"},
        {"exp(exp(x))", "f(x) is inf at x = 6.6, must be finite"},
        {"log(x)", "f(x) is -inf at x = 0, must be finite"},
        {"sqrt(1 + x)", "f'(x) is inf at x = -1, must be finite"},
        {"1/x", "f(x) is inf at x = 0, must be finite"},
        {"0/0", "f(x) is nan at x = 0, must be finite"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_expression_spec spec = {.text = cases[i].text, .n_params = 2, .params = params};
        expect_refusal(&spec, cases[i].message);
    }
}
END_TEST

START_TEST(huge_inputs_are_refused_not_followed)
{
    enum { SIZE = 300000 };
    static char text[SIZE + 1];
    const sn_expression_spec spec = {.text = text};
    memset(text, '(', SIZE);
    expect_refusal(&spec, "character 201: the expression is nested more than 200 deep");
    memset(text, '-', SIZE);
    expect_refusal(&spec, "character 201: the expression is nested more than 200 deep");
    for (size_t i = 0; i < SIZE; i += 2)
        memcpy(text + i, "x+", 2);
    expect_refusal(&spec, "the expression has more than 1000 parts");
    for (size_t i = 0; i < SIZE; i += 2)
        memcpy(text + i, "x^", 2);
    expect_refusal(&spec, "character 401: the expression is nested more than 200 deep");
    memset(text, '1', SIZE);
    expect_refusal(&spec, "character 1: a number of 300000 characters; at most 400 are allowed");
    memset(text, 'q', SIZE);
    expect_refusal(&spec,
                   "character 1: 'qqqqqqqqqqqqqqqqqqqqqqqq...' is unknown; the nearest known "
                   "name is 'sqrt'");
    text[400] = '\0';
    for (size_t i = 0; i + 1 < 400; i += 2)
        memcpy(text + i, "x+", 2);
    text[399] = '\0';
    sn_expression *e = make(text); /* a long sum is none of these */
    sn_expression_free(e);
}
END_TEST

START_TEST(parameters_are_checked)
{
    static const struct {
        sn_named_value params[2];
        const char *message;
    } cases[] = {
        {{{"x", 1}, {"b", 1}}, "a parameter is named 'x', which is a word of expressions"},
        {{{"b", 1}, {"exp", 1}}, "a parameter is named 'exp', which is a word of expressions"},
        {{{"b", 1}, {"swish", 1}}, "a parameter is named 'swish', which is a word of expressions"},
        {{{"b", 1}, {"b", 2}}, "two parameters are named 'b'"},
        {{{"b", 1}, {"c", NAN}}, "parameter 'c' is nan, must be finite"},
        {{{"b", 1}, {"2c", 1}},
         "the name of parameter 2 is not made of letters, digits and '_' (and no digit first)"},
        {{{"", 1}, {"c", 1}},
         "the name of parameter 1 is not made of letters, digits and '_' (and no digit first)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const sn_expression_spec spec = {.text = "x", .n_params = 2, .params = cases[i].params};
        expect_refusal(&spec, cases[i].message);
    }
}
END_TEST

UNIT_MAIN("expression", operators_bind_as_in_c, whole_powers_are_exact_for_negative_x,
          random_expressions_have_the_values_of_muparser,
          values_and_derivatives_are_those_of_mpmath, formulas_are_the_activations,
          formulas_have_the_kinks_of_their_activations, activations_inside_keep_their_accuracy,
          slopes_at_kinks_are_those_of_the_left, slopes_that_rules_do_not_give,
          what_is_no_number_stays_so_and_infinities_give_limits, refusals_say_where_and_why,
          huge_inputs_are_refused_not_followed, parameters_are_checked)
