/* The switches of an expression: functions s(x) that decide something. They are a - b for a < b,
 * min(a, b) and max(a, b); u for abs(u), sign(u), sqrt(u), powers of u that are not whole, 1/u and
 * log(u); u - k for an activation of u with a kink k; u to the whole number next to it for floor(u)
 * and ceil(u); and u to the nearest kink of an activation that has any number of them. The side of
 * a switch is its sign, or floor(u) or ceil(u), or the next of those kinks above u. */
#include "activation/expression_switches.h"

#include <math.h>
#include <stdlib.h>

typedef struct list {
    const sn_tree *tree;
    size_t n, room;
    sn_switch *switches;
} list;

bool sn_switch_is_step(const sn_switch *s)
{
    return s->op == SN_OP_FLOOR || s->op == SN_OP_CEIL || s->stairs != NULL;
}

static double next_stair(const sn_activation *f, double u, double side)
{
    return f->type->kink_beyond(f->state, u, side);
}

static double to_nearest_stair(const sn_activation *f, double u)
{
    const double below = next_stair(f, u, -1);
    if (next_stair(f, below, 1) == u)
        return 0;
    const double above = next_stair(f, u, 1);
    return u - below < above - u ? u - below : u - above;
}

double sn_switch_value(const sn_switch *s, double a, double b)
{
    if (s->stairs != NULL)
        return to_nearest_stair(s->stairs, a);
    if (sn_switch_is_step(s))
        return a - round(a);
    return s->op == SN_OP_TAN ? cos(a) : a == b ? 0 : a - b;
}

double sn_switch_side(const sn_switch *s, double a, double b)
{
    const double v = sn_switch_value(s, a, b);
    if (isnan(v))
        return NAN;
    if (s->stairs != NULL)
        return next_stair(s->stairs, a, 1);
    if (sn_switch_is_step(s))
        return s->op == SN_OP_FLOOR ? floor(a) : ceil(a);
    return (v > 0) - (v < 0);
}

static bool push(list *c, sn_switch s)
{
    if (c->tree->nodes[s.a].constant && (s.b == SN_NO_NODE || c->tree->nodes[s.b].constant))
        return true;
    if (c->n == c->room) {
        const size_t room = c->room == 0 ? 8 : 2 * c->room;
        sn_switch *switches = realloc(c->switches, room * sizeof *switches);
        if (switches == NULL)
            return false;
        c->switches = switches;
        c->room = room;
    }
    c->switches[c->n++] = s;
    return true;
}

static bool push_call(list *c, int node)
{
    const sn_node *n = &c->tree->nodes[node];
    const sn_call *call = &c->tree->calls[n->index];
    sn_switch s = {.op = n->op, .node = node, .a = n->arg[0], .b = SN_NO_NODE};
    if (call->activation.type->kink_beyond != NULL) {
        s.stairs = &call->activation;
        return push(c, s);
    }
    for (size_t k = 0; k < call->n_kinks; k++) {
        s.offset = call->kinks[k];
        if (!push(c, s))
            return false;
    }
    return true;
}

/* The base of a power that is not smooth, or infinite, at 0. */
static bool is_smooth_power(const sn_tree *tree, const sn_node *n)
{
    const sn_node *exponent = &tree->nodes[n->arg[1]];
    return exponent->constant && exponent->value >= 0 && exponent->value == floor(exponent->value);
}

static bool push_node(list *c, int node)
{
    const sn_node *n = &c->tree->nodes[node];
    sn_switch s = {.op = n->op, .node = node, .a = n->arg[0], .b = SN_NO_NODE};
    switch (n->op) {
    case SN_OP_LT:
    case SN_OP_LE:
    case SN_OP_GT:
    case SN_OP_GE:
    case SN_OP_EQ:
    case SN_OP_NE:
    case SN_OP_MIN:
    case SN_OP_MAX:
        s.b = n->arg[1];
        return push(c, s);
    case SN_OP_DIV:
        s.a = n->arg[1];
        return push(c, s);
    case SN_OP_POW:
        return is_smooth_power(c->tree, n) || push(c, s);
    case SN_OP_ASIN:
    case SN_OP_ACOS:
    case SN_OP_ATANH:
        s.offset = -1;
        if (!push(c, s))
            return false;
        s.offset = 1;
        return push(c, s);
    case SN_OP_ACOSH:
        s.offset = 1;
        return push(c, s);
    case SN_OP_LOG1P:
        s.offset = -1;
        return push(c, s);
    case SN_OP_ABS:
    case SN_OP_SIGN:
    case SN_OP_SQRT:
    case SN_OP_LOG:
    case SN_OP_LOG2:
    case SN_OP_LOG10:
    case SN_OP_FLOOR:
    case SN_OP_CEIL:
    case SN_OP_TAN:
        return push(c, s);
    case SN_OP_CALL:
        return push_call(c, node);
    default:
        return true;
    }
}

bool sn_find_switches(const sn_tree *tree, size_t *n, sn_switch **switches)
{
    list found = {.tree = tree};
    bool fits = true;
    for (int i = 0; fits && i < tree->n_nodes; i++)
        fits = tree->nodes[i].constant || push_node(&found, i);
    *n = found.n;
    *switches = found.switches;
    return fits;
}

/* --- where f reads a switch ------------------------------------------------------------------- */

/* Whether the value of a node at x depends on its operand `arg`. */
static bool reads(const sn_tree *tree, const sn_node *n, int arg, double x)
{
    if ((n->op == SN_OP_MIN || n->op == SN_OP_MAX)) {
        const double a = sn_tree_value(tree, n->arg[0], x), b = sn_tree_value(tree, n->arg[1], x);
        const bool a_first = n->op == SN_OP_MIN ? a <= b : a >= b;
        return a == b || a_first == (arg == n->arg[0]);
    }
    if (arg == n->arg[0] || (n->op != SN_OP_IF && n->op != SN_OP_AND && n->op != SN_OP_OR))
        return true;
    const bool first = sn_tree_value(tree, n->arg[0], x) != 0;
    return n->op == SN_OP_IF ? arg == (first ? n->arg[1] : n->arg[2])
                             : first == (n->op == SN_OP_AND);
}

bool sn_switch_is_read(const sn_tree *tree, const sn_switch *s, double x)
{
    for (int n = s->node; tree->nodes[n].parent != SN_NO_NODE; n = tree->nodes[n].parent)
        if (!reads(tree, &tree->nodes[tree->nodes[n].parent], n, x))
            return false;
    return true;
}
