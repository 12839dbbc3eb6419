/* Expressions as lines of ONNX's text (opset 12 or later): one operation a line, each result named
 * once, t1, t2, ...; numbers are constants c1, c2, ..., of single precision; the last result is y.
 * Parameters are tensors that exist. A result that was already named is not made again. */
#include "activation/expression_print.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LN_2 = 0.69314718055994530942, LN_10 = 2.3025850929940456840;

/* What a node became: a name and a number, c3 or t5, or x or a parameter. */
typedef struct value {
    char kind; /* 'c', 't', 'x', 'p' or 'y' */
    unsigned index;
} value;

/* An operation, to be found again. */
typedef struct line {
    const char *op;
    int n;
    value args[3], result;
    double number; /* of a constant, whose op is NULL */
} line;

typedef struct writer {
    sn_printer *p;
    line *lines;
    size_t n_lines;
    unsigned n_constants, n_results;
} writer;

static value write_node(writer *w, int node, bool last);

static void put_value(writer *w, value v)
{
    if (v.kind == 'p')
        sn_put_param(w->p, w->p->tree->params[v.index].name);
    else if (v.kind == 'x' || v.kind == 'y')
        sn_put(w->p, "%c", v.kind);
    else
        sn_put(w->p, "%c%u", v.kind, v.index);
}

static bool same_value(value a, value b)
{
    return a.kind == b.kind && a.index == b.index;
}

static bool same_line(const line *a, const line *b)
{
    bool same =
        a->n == b->n && a->number == b->number
        && (a->op == b->op || (a->op != NULL && b->op != NULL && strcmp(a->op, b->op) == 0));
    for (int i = 0; same && i < a->n; i++)
        same = same_value(a->args[i], b->args[i]);
    return same;
}

static bool find_line(const writer *w, const line *wanted, value *result)
{
    for (size_t i = 0; i < w->n_lines; i++)
        if (same_line(&w->lines[i], wanted)) {
            *result = w->lines[i].result;
            return true;
        }
    return false;
}

static bool keep_line(writer *w, const line *made)
{
    if ((w->n_lines & (w->n_lines - 1)) == 0) { /* full at every power of two */
        const size_t room = w->n_lines == 0 ? 1 : 2 * w->n_lines;
        line *lines = realloc(w->lines, room * sizeof *lines);
        if (lines == NULL) {
            w->p->status = sn_fail(w->p->err, SN_ENOMEM, "no memory to print an expression");
            return false;
        }
        w->lines = lines;
    }
    w->lines[w->n_lines++] = *made;
    return true;
}

static void start_line(writer *w, value result)
{
    sn_put(w->p, "%s", w->p->length > 0 ? "\n" : "");
    put_value(w, result);
    sn_put(w->p, " = ");
}

static value write_constant(writer *w, double number)
{
    line made = {.number = number};
    value result;
    char text[SN_FULL_NUMBER];
    if (w->p->status != SN_OK || find_line(w, &made, &result))
        return w->p->status != SN_OK ? (value){'x', 0} : result;
    sn_full_number(number, text);
    if (!(fabs(number) <= (double)FLT_MAX) || (number != 0 && fabs(number) < (double)FLT_MIN)) {
        w->p->status = sn_fail(w->p->err, SN_EINVAL, "%s is beyond onnx's floats", text);
        return (value){'x', 0};
    }
    result = made.result = (value){'c', ++w->n_constants};
    if (!keep_line(w, &made))
        return result;
    start_line(w, result);
    sn_put(w->p, "Constant <value_float = %s%s> ()", text, strpbrk(text, ".e") == NULL ? ".0" : "");
    return result;
}

static value write_line(writer *w, bool last, const char *op, int n, const value args[])
{
    line made = {.op = op, .n = n};
    value result;
    for (int i = 0; i < n; i++)
        made.args[i] = args[i];
    if (w->p->status != SN_OK || (!last && find_line(w, &made, &result)))
        return w->p->status != SN_OK ? (value){'x', 0} : result;
    result = made.result = last ? (value){'y', 0} : (value){'t', ++w->n_results};
    if (!keep_line(w, &made))
        return result;
    start_line(w, result);
    sn_put(w->p, "%s (", op);
    for (int i = 0; i < n; i++) {
        sn_put(w->p, "%s", i > 0 ? ", " : "");
        put_value(w, args[i]);
    }
    sn_put(w->p, ")");
    return result;
}

static value write_pair(writer *w, bool last, const char *op, value a, value b)
{
    return write_line(w, last, op, 2, (const value[]){a, b});
}

/* What ONNX has no operation for. */
static value write_composed(writer *w, sn_op op, value u, bool last)
{
    switch (op) {
    case SN_OP_EXPM1:
        return write_pair(w, last, "Sub", write_line(w, false, "Exp", 1, &u), write_constant(w, 1));
    case SN_OP_LOG1P: {
        const value sum = write_pair(w, false, "Add", u, write_constant(w, 1));
        return write_line(w, last, "Log", 1, &sum);
    }
    case SN_OP_LOG2:
    case SN_OP_LOG10: {
        const value log = write_line(w, false, "Log", 1, &u);
        const value base = write_constant(w, op == SN_OP_LOG2 ? LN_2 : LN_10);
        return write_pair(w, last, "Div", log, base);
    }
    case SN_OP_ERFC: {
        const value erf = write_line(w, false, "Erf", 1, &u);
        return write_pair(w, last, "Sub", write_constant(w, 1), erf);
    }
    default: /* != */
        return write_line(w, last, "Not", 1, &u);
    }
}

static value write_logistic(writer *w, const sn_node *n, sn_logistic found, bool last)
{
    const sn_node *dividend = &w->p->tree->nodes[n->arg[0]];
    value u = write_node(w, found.argument, false);
    if (found.negated)
        u = write_line(w, false, "Neg", 1, &u);
    if (dividend->op == SN_OP_NUMBER && dividend->value == 1)
        return write_line(w, last, "Sigmoid", 1, &u);
    const value gate = write_line(w, false, "Sigmoid", 1, &u);
    return write_pair(w, last, "Mul", write_node(w, n->arg[0], false), gate);
}

static const char *operation(sn_op op)
{
    static const char *const names[SN_OP_COUNT] = {
        [SN_OP_NEG] = "Neg",     [SN_OP_ADD] = "Add",
        [SN_OP_SUB] = "Sub",     [SN_OP_MUL] = "Mul",
        [SN_OP_DIV] = "Div",     [SN_OP_POW] = "Pow",
        [SN_OP_LT] = "Less",     [SN_OP_LE] = "LessOrEqual",
        [SN_OP_GT] = "Greater",  [SN_OP_GE] = "GreaterOrEqual",
        [SN_OP_EQ] = "Equal",    [SN_OP_AND] = "And",
        [SN_OP_OR] = "Or",       [SN_OP_NOT] = "Not",
        [SN_OP_IF] = "Where",    [SN_OP_ABS] = "Abs",
        [SN_OP_MIN] = "Min",     [SN_OP_MAX] = "Max",
        [SN_OP_SIGN] = "Sign",   [SN_OP_FLOOR] = "Floor",
        [SN_OP_CEIL] = "Ceil",   [SN_OP_EXP] = "Exp",
        [SN_OP_LOG] = "Log",     [SN_OP_SQRT] = "Sqrt",
        [SN_OP_SIN] = "Sin",     [SN_OP_COS] = "Cos",
        [SN_OP_TAN] = "Tan",     [SN_OP_ASIN] = "Asin",
        [SN_OP_ACOS] = "Acos",   [SN_OP_ATAN] = "Atan",
        [SN_OP_SINH] = "Sinh",   [SN_OP_COSH] = "Cosh",
        [SN_OP_TANH] = "Tanh",   [SN_OP_ASINH] = "Asinh",
        [SN_OP_ACOSH] = "Acosh", [SN_OP_ATANH] = "Atanh",
        [SN_OP_ERF] = "Erf",
    };
    return names[op];
}

static value write_node(writer *w, int node, bool last)
{
    const sn_node *n = &w->p->tree->nodes[node];
    sn_logistic found;
    if (n->op == SN_OP_X)
        return (value){'x', 0};
    if (n->op == SN_OP_PARAM)
        return (value){'p', (unsigned)n->index};
    if (n->constant && !n->has_params && !sn_op_is_condition(n->op))
        return write_constant(w, n->value);
    if (sn_find_logistic(w->p->tree, node, &found))
        return write_logistic(w, n, found, last);
    value args[3];
    const int arity = sn_op_arity(n->op);
    for (int i = 0; i < arity; i++)
        args[i] = write_node(w, n->arg[i], false);
    if (operation(n->op) != NULL)
        return write_line(w, last, operation(n->op), arity, args);
    if (n->op == SN_OP_NE)
        args[0] = write_line(w, false, "Equal", 2, args);
    return write_composed(w, n->op, args[0], last);
}

void sn_print_onnx(sn_printer *p)
{
    writer w = {.p = p};
    const value root = write_node(&w, sn_tree_root(p->tree), true);
    if (p->status == SN_OK && root.kind != 'y')
        write_line(&w, true, "Identity", 1, &root);
    free(w.lines);
}
