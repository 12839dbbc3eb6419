/* Conditions and their branches, in C, in Python and in the language of expressions.
 *
 * In Python what contains x is an array and what does not is a number: there functions are those of
 * math, conditions take `and` and `if`. Arrays choose by where(), which evaluates both branches;
 * a function that overflows in the branch not taken then gives 0 times infinity for the gradient.
 * So in `u > c ? p : q`, within q, functions that overflow for large u get u bounded by c, which it
 * is there anyway; and so for the other comparisons with a constant. */
#include "activation/expression_infix.h"

#include <math.h>

/* What the branch bounds, within its bound. */
void sn_infix_bounded(sn_printer *p)
{
    const int u = p->bounded, bound = p->bound;
    const bool above = p->bound_above;
    p->bounded = SN_NO_NODE;
    if (p->dialect == SN_DIALECT_PYTORCH) {
        sn_put(p, "torch.clamp(");
        sn_infix_print(p, u, SN_AT_IF);
        sn_put(p, above ? ", max=" : ", min=");
    } else if (p->dialect == SN_DIALECT_NUMPY) {
        sn_put(p, above ? "np.minimum(" : "np.maximum(");
        sn_infix_print(p, u, SN_AT_IF);
        sn_put(p, ", ");
    } else { /* where minimum would split the slope at the bound */
        sn_put(p, "%swhere(", sn_infix_library(p));
        sn_infix_print(p, u, SN_AT_SUM);
        sn_put(p, above ? " > " : " < ");
        sn_infix_print(p, bound, SN_AT_SUM);
        sn_put(p, ", ");
    }
    sn_infix_print(p, bound, SN_AT_IF);
    if (p->dialect != SN_DIALECT_PYTORCH && p->dialect != SN_DIALECT_NUMPY) {
        sn_put(p, ", ");
        sn_infix_print(p, u, SN_AT_IF);
    }
    sn_put(p, ")");
    p->bounded = u;
}

static bool same_tree(const sn_printer *p, int a, int b)
{
    const sn_node *m = sn_infix_node(p, a), *n = sn_infix_node(p, b);
    bool same = m->op == n->op && m->index == n->index && m->constant == n->constant
                && (!m->constant || m->value == n->value);
    for (int i = 0; same && i < sn_op_arity(m->op); i++)
        same = same_tree(p, m->arg[i], n->arg[i]);
    return same;
}

bool sn_infix_is_bounded(const sn_printer *p, int node)
{
    return p->clamped && p->bounded != SN_NO_NODE && !sn_infix_is_constant(p, node)
           && same_tree(p, node, p->bounded);
}

bool sn_infix_fails_beyond(const sn_printer *p, int node)
{
    const sn_op op = sn_infix_node(p, node)->op;
    const double far = 1e6;
    const bool may =
        op == SN_OP_EXP || op == SN_OP_EXPM1 || op == SN_OP_SINH || op == SN_OP_COSH
        || op == SN_OP_LOG1P
        || (op == SN_OP_POW && sn_infix_is_constant(p, sn_infix_node(p, node)->arg[0]));
    if (!may || !sn_infix_is_array(p, node) || p->bounded == SN_NO_NODE)
        return false;
    const double beyond = sn_tree_value(p->tree, p->bounded, far) > 0 ? far : -far;
    return !isfinite(sn_tree_value(p->tree, node, p->bound_above ? beyond : -beyond));
}

/* What a branch of a comparison with a constant knows. */
static void enter_branch(sn_printer *p, int condition, bool taken)
{
    const sn_node *n = sn_infix_node(p, condition);
    const bool is_order = n->op >= SN_OP_LT && n->op <= SN_OP_GE;
    if (!is_order || sn_infix_is_constant(p, n->arg[0]) == sn_infix_is_constant(p, n->arg[1]))
        return;
    const bool first = sn_infix_is_constant(p, n->arg[1]); /* what is bounded comes first */
    const bool less = n->op == SN_OP_LT || n->op == SN_OP_LE;
    p->bounded = n->arg[first ? 0 : 1];
    p->bound = n->arg[first ? 1 : 0];
    p->bound_above = (less == first) == taken;
}

static void put_branch(sn_printer *p, int condition, int branch, bool taken, int least)
{
    const int bounded = p->bounded, bound = p->bound;
    const bool above = p->bound_above;
    enter_branch(p, condition, taken);
    sn_infix_print(p, branch, least);
    p->bounded = bounded;
    p->bound = bound;
    p->bound_above = above;
}

void sn_infix_constant(sn_printer *p, int node)
{
    sn_put(p, "%sfull_like(x, ", sn_infix_library(p));
    sn_infix_print(p, node, SN_AT_IF);
    sn_put(p, ")");
}

static void put_where(sn_printer *p, const sn_node *n)
{
    sn_put(p, "%swhere(", sn_infix_library(p));
    sn_infix_print(p, n->arg[0], SN_AT_IF);
    sn_put(p, ", ");
    if (sn_infix_is_constant(p, n->arg[1]) && sn_infix_is_constant(p, n->arg[2]))
        sn_infix_constant(p, n->arg[1]); /* two numbers would not have the type of x */
    else
        put_branch(p, n->arg[0], n->arg[1], true, SN_AT_IF);
    sn_put(p, ", ");
    put_branch(p, n->arg[0], n->arg[2], false, SN_AT_IF);
    sn_put(p, ")");
}

void sn_infix_choice(sn_printer *p, const sn_node *n)
{
    if (sn_infix_is_array(p, n->arg[0])) {
        put_where(p, n);
    } else if (sn_infix_in_python(p)) {
        sn_put(p, "(");
        sn_infix_print(p, n->arg[1], SN_AT_OR);
        sn_put(p, " if ");
        sn_infix_print(p, n->arg[0], SN_AT_OR);
        sn_put(p, " else ");
        sn_infix_print(p, n->arg[2], SN_AT_OR);
        sn_put(p, ")");
    } else {
        sn_infix_print(p, n->arg[0], SN_AT_OR);
        sn_put(p, " ? ");
        sn_infix_print(p, n->arg[1], SN_AT_IF);
        sn_put(p, " : ");
        sn_infix_print(p, n->arg[2], SN_AT_IF);
    }
}

/* & and | bind more tightly than comparisons; and C's compilers like `&&` within `||` to be seen. */
static int logical_level(const sn_printer *p, const sn_node *n, int operand, int level)
{
    const bool within = n->op == SN_OP_OR && sn_infix_node(p, operand)->op == SN_OP_AND;
    if (sn_infix_in_python(p))
        return n->constant ? level : SN_ATOM;
    return p->dialect == SN_DIALECT_C && within ? SN_ATOM : level;
}

void sn_infix_logical(sn_printer *p, int node)
{
    const sn_node *n = sn_infix_node(p, node);
    const bool is_and = n->op == SN_OP_AND, array = sn_infix_is_array(p, node);
    const int level = is_and ? SN_AT_AND : SN_AT_OR;
    if (array && p->dialect == SN_DIALECT_KERAS) {
        sn_put(p, "keras.ops.logical_%s(", is_and ? "and" : "or");
        sn_infix_print(p, n->arg[0], SN_AT_IF);
        sn_put(p, ", ");
        sn_infix_print(p, n->arg[1], SN_AT_IF);
        sn_put(p, ")");
        return;
    }
    sn_infix_print(p, n->arg[0], logical_level(p, n, n->arg[0], level));
    if (sn_infix_in_python(p))
        sn_put(p, is_and ? (array ? " & " : " and ") : (array ? " | " : " or "));
    else
        sn_put(p, is_and ? " && " : " || ");
    sn_infix_print(p, n->arg[1], logical_level(p, n, n->arg[1], level + 1));
}

void sn_infix_not(sn_printer *p, int node)
{
    const bool array = sn_infix_is_array(p, node);
    if (array && p->dialect == SN_DIALECT_KERAS) {
        sn_put(p, "keras.ops.logical_not(");
        sn_infix_print(p, sn_infix_node(p, node)->arg[0], SN_AT_IF);
        sn_put(p, ")");
        return;
    }
    sn_put(p, "%s", sn_infix_in_python(p) ? (array ? "~" : "not ") : "!");
    sn_infix_print(p, sn_infix_node(p, node)->arg[0], SN_ATOM);
}
