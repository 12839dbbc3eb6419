/* The derivative of an expression, carried along with the value as a dual number (f, f').
 *
 * Where it is not the same on both sides it is that of the left side: everything is evaluated at
 * x - 0. Where a and b are equal at x, a is the smaller of the two at x - 0 if a' > b'; this decides
 * conditions, min, max, abs and sign.
 *
 * Two things defeat that: an equality that holds at x alone (x == 0 ? 1 : sin(x)/x), of which the
 * derivative of the branch taken says nothing, and a product of 0 and infinity, as of a function
 * that saturates and one that overflows. There f' is taken from values of f to the left, by a
 * backward difference of order 8. */
#include "activation/expression_tree.h"
#include "activation/tails.h"

#include <math.h>

static const double TWO_OVER_SQRT_PI = 1.1283791670955125739;
static const double LN_2 = 0.69314718055994530942, LN_10 = 2.3025850929940456840;

typedef struct dual {
    double f, d;
} dual;

typedef struct run {
    const sn_tree *tree;
    double x;
    bool isolated; /* an equality held at x alone */
} run;

/* -1, 0 or 1 as a < b, a == b or a > b at x - 0. */
static int order(dual a, dual b)
{
    if (a.f != b.f)
        return a.f < b.f ? -1 : a.f > b.f ? 1 : 0;
    return a.d > b.d ? -1 : a.d < b.d ? 1 : 0;
}

static dual compare(run *r, sn_op op, dual a, dual b)
{
    if (isnan(a.f) || isnan(b.f))
        return (dual){op == SN_OP_NE, 0};
    if ((op == SN_OP_EQ || op == SN_OP_NE) && a.f == b.f) {
        r->isolated = r->isolated || a.d != b.d;
        return (dual){op == SN_OP_EQ, 0};
    }
    return (dual){sn_op_apply(op, order(a, b), 0), 0};
}

static dual raise(const sn_node *exponent, dual a, dual b)
{
    const double f = sn_op_apply(SN_OP_POW, a.f, b.f);
    if (exponent->constant)
        return (dual){f, b.f == 0 ? 0 : b.f * sn_op_apply(SN_OP_POW, a.f, b.f - 1) * a.d};
    if (a.d == 0)
        return (dual){f, f == 0 && b.f > 0 ? 0 : f * log(a.f) * b.d};
    return (dual){f, f * (b.d * log(a.f) + b.f * a.d / a.f)};
}

static dual combine(run *r, const sn_node *n, dual a, dual b)
{
    switch (n->op) {
    case SN_OP_ADD:
        return (dual){a.f + b.f, a.d + b.d};
    case SN_OP_SUB:
        return (dual){a.f - b.f, a.d - b.d};
    case SN_OP_MUL:
        return (dual){a.f * b.f, a.d * b.f + a.f * b.d};
    case SN_OP_DIV:
        return (dual){a.f / b.f, (a.d - a.f / b.f * b.d) / b.f};
    case SN_OP_POW:
        return raise(&r->tree->nodes[n->arg[1]], a, b);
    case SN_OP_MIN:
        return isnan(a.f) || order(a, b) < 0 ? a : b;
    case SN_OP_MAX:
        return isnan(a.f) || order(a, b) > 0 ? a : b;
    case SN_OP_AND:
    case SN_OP_OR:
        return (dual){sn_op_apply(n->op, a.f, b.f), 0};
    default:
        return compare(r, n->op, a, b);
    }
}

/* The derivative of a smooth function, where its value is f. */
static double outer(sn_op op, double u, double f)
{
    switch (op) {
    case SN_OP_NEG:
        return -1;
    case SN_OP_EXP:
        return f;
    case SN_OP_EXPM1:
        return exp(u);
    case SN_OP_LOG:
        return 1 / u;
    case SN_OP_LOG1P:
        return 1 / (1 + u);
    case SN_OP_LOG2:
        return 1 / (u * LN_2);
    case SN_OP_LOG10:
        return 1 / (u * LN_10);
    case SN_OP_SQRT:
        return 0.5 / f;
    case SN_OP_SIN:
        return cos(u);
    case SN_OP_COS:
        return -sin(u);
    case SN_OP_TAN:
        return 1 + f * f;
    case SN_OP_ASIN:
        return 1 / sqrt((1 - u) * (1 + u));
    case SN_OP_ACOS:
        return -1 / sqrt((1 - u) * (1 + u));
    case SN_OP_ATAN:
        return 1 / (1 + u * u);
    case SN_OP_SINH:
        return cosh(u);
    case SN_OP_COSH:
        return sinh(u);
    case SN_OP_TANH: {
        const double e = exp(-2 * fabs(u));
        return 4 * e / ((1 + e) * (1 + e));
    }
    case SN_OP_ASINH:
        return 1 / hypot(1, u);
    case SN_OP_ACOSH:
        return 1 / (sqrt(u - 1) * sqrt(u + 1));
    case SN_OP_ATANH:
        return 1 / ((1 - u) * (1 + u));
    case SN_OP_ERF:
        return TWO_OVER_SQRT_PI * exp_minus_square(u, 1);
    case SN_OP_ERFC:
        return -TWO_OVER_SQRT_PI * exp_minus_square(u, 1);
    default:
        return 0; /* steps, and what is no number */
    }
}

static dual transform(sn_op op, dual u)
{
    const double f = sn_op_apply(op, u.f, 0);
    switch (op) {
    case SN_OP_ABS:
        return u.f == 0 ? (dual){0, -fabs(u.d)} : (dual){f, u.f > 0 ? u.d : -u.d};
    case SN_OP_SIGN:
        return (dual){u.f == 0 ? (u.d < 0) - (u.d > 0) : f, 0};
    case SN_OP_FLOOR:
        return (dual){f - (u.f == f && u.d > 0), 0};
    case SN_OP_CEIL:
        return (dual){f + (u.f == f && u.d < 0), 0};
    default:
        return (dual){f, outer(op, u.f, f) * u.d};
    }
}

/* The left side of x is the right side of a falling argument. */
static dual call(const sn_call *c, dual u)
{
    double at = u.f;
    for (size_t k = 0; u.d < 0 && k < c->n_kinks; k++)
        if (at == c->kinks[k]) {
            at = nextafter(at, INFINITY);
            break;
        }
    return (dual){sn_activation_value(&c->activation, u.f),
                  sn_activation_derivative(&c->activation, at) * u.d};
}

static dual differentiate(run *r, int node)
{
    const sn_node *n = &r->tree->nodes[node];
    if (n->constant)
        return (dual){n->value, 0};
    if (n->op == SN_OP_X)
        return (dual){r->x, 1};
    const dual a = differentiate(r, n->arg[0]);
    if (n->op == SN_OP_IF)
        return differentiate(r, a.f != 0 ? n->arg[1] : n->arg[2]);
    if (n->op == SN_OP_CALL)
        return call(&r->tree->calls[n->index], a);
    if ((n->op == SN_OP_AND && a.f == 0) || (n->op == SN_OP_OR && a.f != 0))
        return a;
    if (sn_op_arity(n->op) == 1)
        return transform(n->op, a);
    return combine(r, n, a, differentiate(r, n->arg[1]));
}

/* From f(x), f(x - h), ..., f(x - 8h): the derivative of the polynomial through them. */
static double difference(const sn_tree *tree, double x)
{
    static const double weights[] = {-8,        14,       -56.0 / 3, 35.0 / 2,
                                     -56.0 / 5, 14.0 / 3, -8.0 / 7,  1.0 / 8};
    const double h = ldexp(1, ilogb(fmax(1, fabs(x))) - 6);
    const double here = sn_tree_f(tree, x);
    double sum = 0;
    for (int i = 8; i > 0; i--)
        sum += weights[i - 1] * (sn_tree_f(tree, x - i * h) - here);
    return sum / h;
}

double sn_tree_slope(const sn_tree *tree, double x)
{
    if (isnan(x))
        return x;
    run r = {.tree = tree, .x = x};
    const dual f = differentiate(&r, sn_tree_root(tree));
    return !r.isolated && !isnan(f.d) ? f.d : isinf(x) ? NAN : difference(tree, x);
}
