/* Expressions as LaTeX of amsmath: quotients as fractions, choices as cases, e^{u} for exp(u), and
 * parameters named after Greek letters by them. */
#include "activation/expression_print.h"

#include <stdio.h>
#include <string.h>

enum { AT_CASES, AT_OR, AT_AND, AT_COMPARE, AT_SUM, AT_PRODUCT, AT_POWER, ATOM };

static void print(sn_printer *p, int node, int least);

static void put_name(sn_printer *p, const char *name)
{
    static const char *const greek[] = {
        "alpha", "beta",    "gamma",  "delta", "epsilon", "zeta",  "eta",   "theta",
        "iota",  "kappa",   "lambda", "mu",    "nu",      "xi",    "rho",   "sigma",
        "tau",   "upsilon", "phi",    "chi",   "psi",     "omega", "Gamma", "Delta",
        "Theta", "Lambda",  "Xi",     "Sigma", "Upsilon", "Phi",   "Psi",   "Omega"};
    for (size_t i = 0; i < sizeof greek / sizeof greek[0]; i++)
        if (strcmp(name, greek[i]) == 0) {
            sn_put(p, "\\%s", name);
            return;
        }
    if (name[1] == '\0' && *name != '_') {
        sn_put(p, "%s", name);
        return;
    }
    sn_put(p, "\\mathrm{");
    for (const char *c = name; *c != '\0'; c++)
        sn_put(p, "%s%c", *c == '_' ? "\\" : "", *c);
    sn_put(p, "}");
}

/* 1.5e-07 as 1.5 \cdot 10^{-7}. */
static void put_number(sn_printer *p, double value)
{
    char text[SN_FULL_NUMBER];
    sn_full_number(value, text);
    char *exponent = strchr(text, 'e');
    if (exponent == NULL) {
        sn_put(p, "%s", text);
        return;
    }
    *exponent++ = '\0';
    const bool negative = *exponent == '-';
    exponent += strspn(exponent, "+-0");
    sn_put(p, "%s%s10^{%s%s}", strcmp(text, "1") == 0 ? "" : text,
           strcmp(text, "1") == 0 ? "" : " \\cdot ", negative ? "-" : "", exponent);
}

/* Whether a factor starts with a digit, which another factor must not touch. */
static bool starts_with_digit(const sn_printer *p, int node)
{
    const sn_node *n = &p->tree->nodes[node];
    if (n->op == SN_OP_MUL || n->op == SN_OP_POW)
        return starts_with_digit(p, n->arg[0]);
    return n->op == SN_OP_NUMBER;
}

static void put_pair(sn_printer *p, const sn_node *n, const char *sign, int left, int right)
{
    print(p, n->arg[0], left);
    sn_put(p, "%s", sign);
    print(p, n->arg[1], right);
}

static void put_between(sn_printer *p, const char *open, int node, int least, const char *close)
{
    sn_put(p, "%s", open);
    print(p, node, least);
    sn_put(p, "%s", close);
}

static void put_cases(sn_printer *p, const sn_node *n)
{
    sn_put(p, "\\begin{cases} ");
    print(p, n->arg[1], AT_CASES);
    sn_put(p, " & \\text{if } ");
    print(p, n->arg[0], AT_OR);
    sn_put(p, " \\\\ ");
    print(p, n->arg[2], AT_CASES);
    sn_put(p, " & \\text{otherwise} \\end{cases}");
}

static void put_function(sn_printer *p, const sn_node *n)
{
    static const char *const names[SN_OP_COUNT] = {
        [SN_OP_MIN] = "\\min",
        [SN_OP_MAX] = "\\max",
        [SN_OP_SIGN] = "\\operatorname{sign}",
        [SN_OP_LOG] = "\\ln",
        [SN_OP_LOG2] = "\\log_{2}",
        [SN_OP_LOG10] = "\\log_{10}",
        [SN_OP_SIN] = "\\sin",
        [SN_OP_COS] = "\\cos",
        [SN_OP_TAN] = "\\tan",
        [SN_OP_ASIN] = "\\arcsin",
        [SN_OP_ACOS] = "\\arccos",
        [SN_OP_ATAN] = "\\arctan",
        [SN_OP_SINH] = "\\sinh",
        [SN_OP_COSH] = "\\cosh",
        [SN_OP_TANH] = "\\tanh",
        [SN_OP_ASINH] = "\\operatorname{arsinh}",
        [SN_OP_ACOSH] = "\\operatorname{arcosh}",
        [SN_OP_ATANH] = "\\operatorname{artanh}",
        [SN_OP_ERF] = "\\operatorname{erf}",
        [SN_OP_ERFC] = "\\operatorname{erfc}",
    };
    switch (n->op) {
    case SN_OP_ABS:
        put_between(p, "\\left|", n->arg[0], AT_CASES, "\\right|");
        break;
    case SN_OP_FLOOR:
        put_between(p, "\\left\\lfloor ", n->arg[0], AT_CASES, " \\right\\rfloor");
        break;
    case SN_OP_CEIL:
        put_between(p, "\\left\\lceil ", n->arg[0], AT_CASES, " \\right\\rceil");
        break;
    case SN_OP_SQRT:
        put_between(p, "\\sqrt{", n->arg[0], AT_CASES, "}");
        break;
    case SN_OP_EXP:
        put_between(p, "e^{", n->arg[0], AT_CASES, "}");
        break;
    case SN_OP_EXPM1:
        put_between(p, "e^{", n->arg[0], AT_CASES, "} - 1");
        break;
    case SN_OP_LOG1P:
        put_between(p, "\\ln\\left(1 + ", n->arg[0], AT_PRODUCT, "\\right)");
        break;
    default:
        sn_put(p, "%s\\left(", names[n->op]);
        print(p, n->arg[0], AT_CASES);
        if (sn_op_arity(n->op) == 2)
            put_between(p, ", ", n->arg[1], AT_CASES, "");
        sn_put(p, "\\right)");
    }
}

static int level_of(const sn_printer *p, int node)
{
    const sn_node *n = &p->tree->nodes[node];
    switch (n->op) {
    case SN_OP_IF:
        return AT_CASES;
    case SN_OP_OR:
        return AT_OR;
    case SN_OP_AND:
        return AT_AND;
    case SN_OP_ADD:
    case SN_OP_SUB:
    case SN_OP_NEG:
    case SN_OP_EXPM1:
        return AT_SUM;
    case SN_OP_MUL: /* with the sign of its first factor */
        return p->tree->nodes[n->arg[0]].op == SN_OP_NEG ? AT_SUM : AT_PRODUCT;
    case SN_OP_NUMBER:
        return n->value != 0 && (n->value < 1e-4 || n->value >= 1e15) ? AT_PRODUCT : ATOM;
    case SN_OP_PI:
    case SN_OP_E:
    case SN_OP_PARAM:
    case SN_OP_X:
    case SN_OP_ABS:
        return ATOM;
    default:
        return sn_op_is_condition(n->op) && n->op != SN_OP_NOT ? AT_COMPARE : AT_POWER;
    }
}

static void print_bare(sn_printer *p, int node)
{
    static const char *const comparisons[SN_OP_COUNT] = {
        [SN_OP_LT] = " < ",    [SN_OP_LE] = " \\le ", [SN_OP_GT] = " > ",
        [SN_OP_GE] = " \\ge ", [SN_OP_EQ] = " = ",    [SN_OP_NE] = " \\ne ",
    };
    const sn_node *n = &p->tree->nodes[node];
    if (comparisons[n->op] != NULL) {
        put_pair(p, n, comparisons[n->op], AT_SUM, AT_SUM);
        return;
    }
    switch (n->op) {
    case SN_OP_NUMBER:
        put_number(p, n->value);
        break;
    case SN_OP_PI:
    case SN_OP_E:
        sn_put(p, n->op == SN_OP_PI ? "\\pi" : "e");
        break;
    case SN_OP_PARAM:
        put_name(p, p->tree->params[n->index].name);
        break;
    case SN_OP_X:
        sn_put(p, "x");
        break;
    case SN_OP_NEG:
        put_between(p, "-", n->arg[0], AT_PRODUCT, "");
        break;
    case SN_OP_ADD:
        put_pair(p, n, " + ", AT_SUM, AT_PRODUCT);
        break;
    case SN_OP_SUB:
        put_pair(p, n, " - ", AT_SUM, AT_PRODUCT);
        break;
    case SN_OP_MUL:
        put_pair(p, n, starts_with_digit(p, n->arg[1]) ? " \\cdot " : "\\,",
                 p->tree->nodes[n->arg[0]].op == SN_OP_NEG ? AT_SUM : AT_PRODUCT, AT_PRODUCT);
        break;
    case SN_OP_DIV:
        sn_put(p, "\\frac{");
        put_pair(p, n, "}{", AT_CASES, AT_CASES);
        sn_put(p, "}");
        break;
    case SN_OP_POW:
        put_pair(p, n, "^{", ATOM, AT_CASES);
        sn_put(p, "}");
        break;
    case SN_OP_AND:
        put_pair(p, n, " \\text{ and } ", AT_AND, AT_COMPARE);
        break;
    case SN_OP_OR:
        put_pair(p, n, " \\text{ or } ", AT_OR, AT_AND);
        break;
    case SN_OP_NOT:
        put_between(p, "\\lnot\\left(", n->arg[0], AT_OR, "\\right)");
        break;
    case SN_OP_IF:
        put_cases(p, n);
        break;
    default:
        put_function(p, n);
    }
}

static void print(sn_printer *p, int node, int least)
{
    const bool wrap = level_of(p, node) < least;
    if (p->status != SN_OK)
        return;
    sn_put(p, "%s", wrap ? "\\left(" : "");
    print_bare(p, node);
    sn_put(p, "%s", wrap ? "\\right)" : "");
}

void sn_print_latex(sn_printer *p)
{
    print(p, sn_tree_root(p->tree), AT_CASES);
}
