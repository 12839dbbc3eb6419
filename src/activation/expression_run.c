/* The value of an expression, by recursion over its nodes; a branch that is not taken is not
 * evaluated. */
#include "activation/expression_tree.h"

#include <math.h>

static const double PI = 3.1415926535897932385, EULER = 2.7182818284590452354;

static double power(double a, double b)
{
    return b == 2 ? a * a : pow(a, b);
}

double sn_op_apply(sn_op op, double a, double b)
{
    switch (op) {
    case SN_OP_NEG:
        return -a;
    case SN_OP_ADD:
        return a + b;
    case SN_OP_SUB:
        return a - b;
    case SN_OP_MUL:
        return a * b;
    case SN_OP_DIV:
        return a / b;
    case SN_OP_POW:
        return power(a, b);
    case SN_OP_LT:
        return a < b;
    case SN_OP_LE:
        return a <= b;
    case SN_OP_GT:
        return a > b;
    case SN_OP_GE:
        return a >= b;
    case SN_OP_EQ:
        return a == b;
    case SN_OP_NE:
        return a != b;
    case SN_OP_AND:
        return a != 0 && b != 0;
    case SN_OP_OR:
        return a != 0 || b != 0;
    case SN_OP_NOT:
        return a == 0;
    case SN_OP_ABS:
        return fabs(a);
    case SN_OP_MIN:
        return isnan(a) || a <= b ? a : b;
    case SN_OP_MAX:
        return isnan(a) || a >= b ? a : b;
    case SN_OP_SIGN:
        return a > 0 ? 1 : a < 0 ? -1 : a;
    case SN_OP_FLOOR:
        return floor(a);
    case SN_OP_CEIL:
        return ceil(a);
    case SN_OP_EXP:
        return exp(a);
    case SN_OP_EXPM1:
        return expm1(a);
    case SN_OP_LOG:
        return log(a);
    case SN_OP_LOG1P:
        return log1p(a);
    case SN_OP_LOG2:
        return log2(a);
    case SN_OP_LOG10:
        return log10(a);
    case SN_OP_SQRT:
        return sqrt(a);
    case SN_OP_SIN:
        return sin(a);
    case SN_OP_COS:
        return cos(a);
    case SN_OP_TAN:
        return tan(a);
    case SN_OP_ASIN:
        return asin(a);
    case SN_OP_ACOS:
        return acos(a);
    case SN_OP_ATAN:
        return atan(a);
    case SN_OP_SINH:
        return sinh(a);
    case SN_OP_COSH:
        return cosh(a);
    case SN_OP_TANH:
        return tanh(a);
    case SN_OP_ASINH:
        return asinh(a);
    case SN_OP_ACOSH:
        return acosh(a);
    case SN_OP_ATANH:
        return atanh(a);
    case SN_OP_ERF:
        return erf(a);
    case SN_OP_ERFC:
        return erfc(a);
    default:
        return NAN;
    }
}

/* What has no operands. */
static double leaf(const sn_tree *tree, const sn_node *n, double x)
{
    switch (n->op) {
    case SN_OP_X:
        return x;
    case SN_OP_PARAM:
        return tree->params[n->index].value;
    case SN_OP_PI:
        return PI;
    case SN_OP_E:
        return EULER;
    default:
        return n->value;
    }
}

double sn_tree_value(const sn_tree *tree, int node, double x)
{
    const sn_node *n = &tree->nodes[node];
    if (n->constant)
        return n->value;
    const int arity = sn_op_arity(n->op);
    if (arity == 0)
        return leaf(tree, n, x);
    const double a = sn_tree_value(tree, n->arg[0], x);
    if (n->op == SN_OP_IF)
        return sn_tree_value(tree, a != 0 ? n->arg[1] : n->arg[2], x);
    if (n->op == SN_OP_CALL)
        return sn_activation_value(&tree->calls[n->index].activation, a);
    if ((n->op == SN_OP_AND && a == 0) || (n->op == SN_OP_OR && a != 0))
        return a;
    return sn_op_apply(n->op, a, arity > 1 ? sn_tree_value(tree, n->arg[1], x) : 0);
}

void sn_tree_values(const sn_tree *tree, double x, double values[])
{
    for (int i = 0; i < tree->n_nodes; i++) {
        const sn_node *n = &tree->nodes[i];
        const int arity = sn_op_arity(n->op);
        if (n->constant)
            values[i] = n->value;
        else if (arity == 0)
            values[i] = leaf(tree, n, x);
        else if (n->op == SN_OP_IF)
            values[i] = values[values[n->arg[0]] != 0 ? n->arg[1] : n->arg[2]];
        else if (n->op == SN_OP_CALL)
            values[i] = sn_activation_value(&tree->calls[n->index].activation, values[n->arg[0]]);
        else
            values[i] = sn_op_apply(n->op, values[n->arg[0]], arity > 1 ? values[n->arg[1]] : 0);
    }
}

/* At an infinity where operands defeat each other, such as x - sqrt(x), what f comes to. */
static double limit(const sn_tree *tree, double infinity)
{
    const double far = sn_tree_value(tree, sn_tree_root(tree), copysign(1e300, infinity));
    const double near = sn_tree_value(tree, sn_tree_root(tree), copysign(1e150, infinity));
    if (far == near)
        return far;
    if (fabs(far) > 1e100 * fabs(near) && fabs(near) > 1e50 && signbit(far) == signbit(near))
        return copysign(INFINITY, far);
    return NAN;
}

double sn_tree_f(const sn_tree *tree, double x)
{
    if (isnan(x))
        return x;
    const double f = sn_tree_value(tree, sn_tree_root(tree), x);
    return isnan(f) && isinf(x) ? limit(tree, x) : f;
}
