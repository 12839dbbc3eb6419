/* expression_tree.h: an expression as it has been read: nodes, each after its operands, the root
 * last. Not installed: the files expression*.c are its only callers.
 *
 * Conditions and numbers are two kinds. A condition where a number belongs has become `c ? 1 : 0`
 * while it was read, so that every operand is of the kind its operator takes. */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_TREE_H
#define SELFNORM_ACTIVATION_EXPRESSION_TREE_H

#include "activation/expression.h"

/* Functions: id, name, number of arguments (2: or more, taken from the left). */
#define SN_FUNCTION_LIST(X)                                                                        \
    X(SN_OP_ABS, "abs", 1)                                                                         \
    X(SN_OP_MIN, "min", 2)                                                                         \
    X(SN_OP_MAX, "max", 2)                                                                         \
    X(SN_OP_SIGN, "sign", 1)                                                                       \
    X(SN_OP_FLOOR, "floor", 1)                                                                     \
    X(SN_OP_CEIL, "ceil", 1)                                                                       \
    X(SN_OP_EXP, "exp", 1)                                                                         \
    X(SN_OP_EXPM1, "expm1", 1)                                                                     \
    X(SN_OP_LOG, "log", 1)                                                                         \
    X(SN_OP_LOG1P, "log1p", 1)                                                                     \
    X(SN_OP_LOG2, "log2", 1)                                                                       \
    X(SN_OP_LOG10, "log10", 1)                                                                     \
    X(SN_OP_SQRT, "sqrt", 1)                                                                       \
    X(SN_OP_SIN, "sin", 1)                                                                         \
    X(SN_OP_COS, "cos", 1)                                                                         \
    X(SN_OP_TAN, "tan", 1)                                                                         \
    X(SN_OP_ASIN, "asin", 1)                                                                       \
    X(SN_OP_ACOS, "acos", 1)                                                                       \
    X(SN_OP_ATAN, "atan", 1)                                                                       \
    X(SN_OP_SINH, "sinh", 1)                                                                       \
    X(SN_OP_COSH, "cosh", 1)                                                                       \
    X(SN_OP_TANH, "tanh", 1)                                                                       \
    X(SN_OP_ASINH, "asinh", 1)                                                                     \
    X(SN_OP_ACOSH, "acosh", 1)                                                                     \
    X(SN_OP_ATANH, "atanh", 1)                                                                     \
    X(SN_OP_ERF, "erf", 1)                                                                         \
    X(SN_OP_ERFC, "erfc", 1)

typedef enum sn_op {
    SN_OP_NUMBER, /* not negative */
    SN_OP_PI,
    SN_OP_E,
    SN_OP_PARAM,
    SN_OP_X,
    SN_OP_NEG,
    SN_OP_ADD,
    SN_OP_SUB,
    SN_OP_MUL,
    SN_OP_DIV,
    SN_OP_POW,
    SN_OP_LT, /* conditions from here */
    SN_OP_LE,
    SN_OP_GT,
    SN_OP_GE,
    SN_OP_EQ,
    SN_OP_NE,
    SN_OP_AND,
    SN_OP_OR,
    SN_OP_NOT, /* to here */
    SN_OP_IF,
    SN_OP_CALL, /* of an activation */
#define SN_FUNCTION_ENUM(id, name, n) id,
    SN_FUNCTION_LIST(SN_FUNCTION_ENUM)
#undef SN_FUNCTION_ENUM
        SN_OP_COUNT
} sn_op;

enum { SN_NO_NODE = -1, SN_MAX_NODES = 1000, SN_MAX_WRITTEN_OUT = 10000, SN_FULL_NUMBER = 32 };

typedef struct sn_node {
    sn_op op;
    int arg[3];      /* operands, which come before it */
    int parent;      /* SN_NO_NODE: the root */
    int index;       /* of a parameter or a call */
    bool constant;   /* x is not in it, */
    bool has_params; /* but parameters are */
    double value;    /* of a constant; of a condition 1 or 0 */
} sn_node;

/* An activation, or the table, within an expression. */
typedef struct sn_call {
    sn_activation activation;
    bool is_table;
    int params[SN_MAX_PARAMS]; /* nodes; SN_NO_NODE: the default */
    size_t n_kinks;
    double kinks[SN_MAX_KINKS];
} sn_call;

typedef struct sn_tree {
    int n_nodes, node_room, most_nodes;
    sn_node *nodes;
    size_t n_calls, call_room;
    sn_call *calls;
    size_t n_params;
    sn_named_value *params; /* the names are the tree's own */
} sn_tree;

static inline bool sn_op_is_condition(sn_op op)
{
    return op >= SN_OP_LT && op <= SN_OP_NOT;
}

static inline int sn_tree_root(const sn_tree *tree)
{
    return tree->n_nodes - 1;
}

/* How many operands an operator has. */
int sn_op_arity(sn_op op);
/* The name of a function, else NULL. */
const char *sn_op_name(sn_op op);

/* Copies the parameters, whose names are checked; *tree is to be freed in any case. */
SN_NODISCARD sn_status sn_tree_init(sn_tree *tree, size_t n_params, const sn_named_value *params,
                                    int most_nodes, sn_error *err);
void sn_tree_free(sn_tree *tree);

/* Adds a node of that operator and those operands, and works it out if it is constant. */
SN_NODISCARD sn_status sn_tree_add(sn_tree *tree, sn_node node, int *index, sn_error *err);
SN_NODISCARD sn_status sn_tree_add_call(sn_tree *tree, const sn_call *call, int argument,
                                        int *index, sn_error *err);

/* Reads text into an initialised tree. */
SN_NODISCARD sn_status sn_tree_parse(sn_tree *tree, const char *text, const sn_activation *table,
                                     sn_error *err);

/* Operators and functions of values, which leave a NaN one; b where there is a second. */
double sn_op_apply(sn_op op, double a, double b);
/* The value of a node at x. */
double sn_tree_value(const sn_tree *tree, int node, double x);
/* The values of all nodes at x, also of those in branches that are not taken. */
void sn_tree_values(const sn_tree *tree, double x, double values[]);
/* f and f' as functions of any double; f' at a kink is that of the left side. */
double sn_tree_f(const sn_tree *tree, double x);
double sn_tree_slope(const sn_tree *tree, double x);

/* Where a tree may not be smooth, ascending, *kinks to be freed. */
SN_NODISCARD sn_status sn_tree_kinks(const sn_tree *tree, size_t *n, double **kinks, sn_error *err);

/* The tree with its calls written out by the formulas, initialised here; to be freed in any case.
 * SN_EINVAL: a table, or too long. */
SN_NODISCARD sn_status sn_tree_write_out(const sn_tree *from, sn_tree *to, sn_error *err);

/* The tree of an expression. */
const sn_tree *sn_expression_tree(const sn_expression *expression);

/* The shortest of 15 to 17 digits that read back equal, with a point in every locale. */
void sn_full_number(double value, char text[SN_FULL_NUMBER]);

#endif
