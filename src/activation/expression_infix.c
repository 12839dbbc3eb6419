/* Expressions as C, as Python of four libraries, and as themselves: operators between operands,
 * parentheses where the order of evaluation needs them. Conditions and branches are those of
 * expression_branches.c. */
#include "activation/expression_infix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *sn_infix_library(const sn_printer *p)
{
    switch (p->dialect) {
    case SN_DIALECT_PYTORCH:
        return "torch.";
    case SN_DIALECT_JAX:
        return "jnp.";
    case SN_DIALECT_KERAS:
        return "keras.ops.";
    case SN_DIALECT_NUMPY:
        return "np.";
    default:
        return "";
    }
}

/* --- functions -------------------------------------------------------------------------------- */

static const char *array_function(const sn_printer *p, sn_op op)
{
    static const char *const numpy_names[SN_OP_COUNT] = {
        [SN_OP_ASIN] = "arcsin",   [SN_OP_ACOS] = "arccos",   [SN_OP_ATAN] = "arctan",
        [SN_OP_ASINH] = "arcsinh", [SN_OP_ACOSH] = "arccosh", [SN_OP_ATANH] = "arctanh",
    };
    if (op == SN_OP_MIN || op == SN_OP_MAX)
        return op == SN_OP_MIN ? "minimum" : "maximum";
    return p->dialect != SN_DIALECT_PYTORCH && numpy_names[op] != NULL ? numpy_names[op]
                                                                       : sn_op_name(op);
}

static void put_function_name(sn_printer *p, sn_op op, bool array)
{
    const bool basic = op == SN_OP_ABS || op == SN_OP_MIN || op == SN_OP_MAX;
    const bool is_erf = op == SN_OP_ERF || op == SN_OP_ERFC;
    if (p->dialect == SN_DIALECT_C && basic)
        sn_put(p, "f%s", sn_op_name(op));
    else if (!sn_infix_in_python(p))
        sn_put(p, "%s", sn_op_name(op));
    else if (!array)
        sn_put(p, "%s%s", basic ? "" : "math.", sn_op_name(op));
    else if (is_erf && p->dialect == SN_DIALECT_JAX)
        sn_put(p, "jax.scipy.special.%s", sn_op_name(op));
    else if (is_erf && p->dialect == SN_DIALECT_NUMPY)
        sn_put(p, "np_%s", sn_op_name(op));
    else
        sn_put(p, "%s%s", sn_infix_library(p), array_function(p, op));
}

/* torch.clamp takes a number and an array, where minimum takes two arrays. */
static bool put_clamp(sn_printer *p, const sn_node *n)
{
    const bool first = sn_infix_is_constant(p, n->arg[0]),
               second = sn_infix_is_constant(p, n->arg[1]);
    if (p->dialect != SN_DIALECT_PYTORCH || n->constant || (!first && !second))
        return false;
    sn_put(p, "torch.clamp(");
    sn_infix_print(p, n->arg[first ? 1 : 0], SN_AT_IF);
    sn_put(p, n->op == SN_OP_MIN ? ", max=" : ", min=");
    sn_infix_print(p, n->arg[first ? 0 : 1], SN_AT_IF);
    sn_put(p, ")");
    return true;
}

/* The sign, where there is no such function. */
static void put_sign(sn_printer *p, int u)
{
    sn_put(p, "((");
    sn_infix_print(p, u, SN_AT_SUM);
    sn_put(p, " > 0) - (");
    sn_infix_print(p, u, SN_AT_SUM);
    sn_put(p, " < 0))");
}

static void put_call(sn_printer *p, const sn_node *n, sn_op op, bool array)
{
    put_function_name(p, op, array);
    sn_put(p, "(");
    sn_infix_print(p, n->arg[0], SN_AT_IF);
    if (sn_op_arity(n->op) == 2) {
        sn_put(p, ", ");
        sn_infix_print(p, n->arg[1], SN_AT_IF);
    }
    sn_put(p, ")");
}

static void put_function(sn_printer *p, int node)
{
    const sn_node *n = sn_infix_node(p, node);
    const bool array = sn_infix_is_array(p, node);
    const bool lacks_erfc = p->dialect == SN_DIALECT_KERAS || p->dialect == SN_DIALECT_NUMPY;
    if ((n->op == SN_OP_MIN || n->op == SN_OP_MAX) && put_clamp(p, n))
        return;
    if (n->op == SN_OP_SIGN && !array && p->dialect != SN_DIALECT_PLAIN) {
        put_sign(p, n->arg[0]);
    } else if (n->op == SN_OP_ERFC && array && lacks_erfc) {
        sn_put(p, "(1 - ");
        put_call(p, n, SN_OP_ERF, true);
        sn_put(p, ")");
    } else {
        const bool clamped = p->clamped;
        p->clamped = clamped || sn_infix_fails_beyond(p, node);
        put_call(p, n, n->op, array);
        p->clamped = clamped;
    }
}

/* --- operators -------------------------------------------------------------------------------- */

static void put_operator(sn_printer *p, const sn_node *n, const char *sign, int level)
{
    sn_infix_print(p, n->arg[0], level);
    sn_put(p, "%s", sign);
    sn_infix_print(p, n->arg[1], level + 1);
}

static void put_quotient(sn_printer *p, int node)
{
    const sn_node *n = sn_infix_node(p, node);
    const sn_node *dividend = sn_infix_node(p, n->arg[0]);
    sn_logistic found;
    if (!sn_infix_in_python(p) || p->dialect == SN_DIALECT_NUMPY
        || !sn_find_logistic(p->tree, node, &found)) {
        put_operator(p, n, "/", SN_AT_PRODUCT);
        return;
    }
    if (dividend->op != SN_OP_NUMBER || dividend->value != 1) {
        sn_infix_print(p, n->arg[0], SN_AT_PRODUCT);
        sn_put(p, "*");
    }
    sn_put(p, "%ssigmoid(%s", p->dialect == SN_DIALECT_JAX ? "jax.nn." : sn_infix_library(p),
           found.negated ? "-" : "");
    sn_infix_print(p, found.argument, found.negated ? SN_AT_POWER : SN_AT_IF);
    sn_put(p, ")");
}

static void put_power(sn_printer *p, int node)
{
    const sn_node *n = sn_infix_node(p, node);
    const bool clamped = p->clamped;
    p->clamped = clamped || sn_infix_fails_beyond(p, node);
    if (p->dialect == SN_DIALECT_C)
        sn_put(p, "pow(");
    sn_infix_print(p, n->arg[0], p->dialect == SN_DIALECT_C ? SN_AT_IF : SN_ATOM);
    sn_put(p, "%s", p->dialect == SN_DIALECT_C ? ", " : sn_infix_in_python(p) ? "**" : "^");
    sn_infix_print(p, n->arg[1], p->dialect == SN_DIALECT_C ? SN_AT_IF : SN_AT_SIGN);
    if (p->dialect == SN_DIALECT_C)
        sn_put(p, ")");
    p->clamped = clamped;
}

static void put_number(sn_printer *p, double value)
{
    char text[SN_FULL_NUMBER];
    sn_full_number(value, text);
    sn_put(p, "%s%s", text, p->dialect == SN_DIALECT_C && strpbrk(text, ".e") == NULL ? ".0" : "");
}

static void put_named_constant(sn_printer *p, const sn_node *n)
{
    if (p->dialect == SN_DIALECT_C)
        put_number(p, n->value);
    else
        sn_put(p, "%s%s", sn_infix_in_python(p) ? "math." : "", n->op == SN_OP_PI ? "pi" : "e");
}

static int level_of(const sn_printer *p, int node)
{
    const sn_node *n = sn_infix_node(p, node);
    switch (n->op) {
    case SN_OP_IF:
        return sn_infix_in_python(p) ? SN_ATOM : SN_AT_IF;
    case SN_OP_OR:
        return sn_infix_is_array(p, node) && p->dialect == SN_DIALECT_KERAS ? SN_ATOM : SN_AT_OR;
    case SN_OP_AND:
        return sn_infix_is_array(p, node) && p->dialect == SN_DIALECT_KERAS ? SN_ATOM : SN_AT_AND;
    case SN_OP_EQ:
    case SN_OP_NE:
        return SN_AT_EQUAL;
    case SN_OP_LT:
    case SN_OP_LE:
    case SN_OP_GT:
    case SN_OP_GE:
        return SN_AT_COMPARE;
    case SN_OP_ADD:
    case SN_OP_SUB:
        return SN_AT_SUM;
    case SN_OP_MUL:
    case SN_OP_DIV:
        return SN_AT_PRODUCT;
    case SN_OP_NEG:
    case SN_OP_NOT:
        return SN_AT_SIGN;
    case SN_OP_POW:
        return p->dialect == SN_DIALECT_C ? SN_ATOM : SN_AT_POWER;
    default:
        return SN_ATOM;
    }
}

static void print_bare(sn_printer *p, int node)
{
    static const char *const signs[SN_OP_COUNT] = {
        [SN_OP_ADD] = " + ", [SN_OP_SUB] = " - ", [SN_OP_MUL] = "*",
        [SN_OP_LT] = " < ",  [SN_OP_LE] = " <= ", [SN_OP_GT] = " > ",
        [SN_OP_GE] = " >= ", [SN_OP_EQ] = " == ", [SN_OP_NE] = " != ",
    };
    const sn_node *n = sn_infix_node(p, node);
    if (signs[n->op] != NULL) {
        put_operator(p, n, signs[n->op], level_of(p, node));
        return;
    }
    switch (n->op) {
    case SN_OP_NUMBER:
        put_number(p, n->value);
        break;
    case SN_OP_PI:
    case SN_OP_E:
        put_named_constant(p, n);
        break;
    case SN_OP_PARAM:
        sn_put_param(p, p->tree->params[n->index].name);
        break;
    case SN_OP_X:
        sn_put(p, "x");
        break;
    case SN_OP_NEG:
        sn_put(p, "-");
        sn_infix_print(p, n->arg[0], SN_AT_POWER); /* not --x */
        break;
    case SN_OP_DIV:
        put_quotient(p, node);
        break;
    case SN_OP_POW:
        put_power(p, node);
        break;
    case SN_OP_AND:
    case SN_OP_OR:
        sn_infix_logical(p, node);
        break;
    case SN_OP_NOT:
        sn_infix_not(p, node);
        break;
    case SN_OP_IF:
        sn_infix_choice(p, n);
        break;
    default:
        put_function(p, node);
    }
}

void sn_infix_print(sn_printer *p, int node, int least)
{
    const bool wrap = level_of(p, node) < least;
    if (p->status != SN_OK)
        return;
    if (sn_infix_is_bounded(p, node)) {
        sn_infix_bounded(p);
        return;
    }
    sn_put(p, "%s", wrap ? "(" : "");
    print_bare(p, node);
    sn_put(p, "%s", wrap ? ")" : "");
}

void sn_print_infix(sn_printer *p)
{
    const int root = sn_tree_root(p->tree);
    if (sn_infix_in_python(p) && sn_infix_is_constant(p, root))
        sn_infix_constant(p, root);
    else
        sn_infix_print(p, root, SN_LOOSEST);
}
