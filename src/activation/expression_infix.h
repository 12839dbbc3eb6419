/* expression_infix.h: what printers of C, Python and the language of expressions share. Not
 * installed. */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_INFIX_H
#define SELFNORM_ACTIVATION_EXPRESSION_INFIX_H

#include "activation/expression_print.h"

/* How tightly an operator binds. */
enum {
    SN_LOOSEST,
    SN_AT_IF,
    SN_AT_OR,
    SN_AT_AND,
    SN_AT_EQUAL,
    SN_AT_COMPARE,
    SN_AT_SUM,
    SN_AT_PRODUCT,
    SN_AT_SIGN,
    SN_AT_POWER,
    SN_ATOM
};

static inline const sn_node *sn_infix_node(const sn_printer *p, int node)
{
    return &p->tree->nodes[node];
}

static inline bool sn_infix_is_constant(const sn_printer *p, int node)
{
    return sn_infix_node(p, node)->constant;
}

static inline bool sn_infix_in_python(const sn_printer *p)
{
    return p->dialect != SN_DIALECT_C && p->dialect != SN_DIALECT_PLAIN;
}

/* Whether a node is an array of Python. */
static inline bool sn_infix_is_array(const sn_printer *p, int node)
{
    return sn_infix_in_python(p) && !sn_infix_is_constant(p, node);
}

/* The library of a Python dialect with its dot. */
const char *sn_infix_library(const sn_printer *p);

/* A node, in parentheses if it binds less tightly than `least`. */
void sn_infix_print(sn_printer *p, int node, int least);

void sn_infix_choice(sn_printer *p, const sn_node *n);
void sn_infix_logical(sn_printer *p, int node);
void sn_infix_not(sn_printer *p, int node);

/* A number as an array like x. */
void sn_infix_constant(sn_printer *p, int node);

/* Whether a function leaves the numbers where its branch is not taken; whether a node is what the
 * branch bounds, and is to be printed within its bound; and that. */
bool sn_infix_fails_beyond(const sn_printer *p, int node);
bool sn_infix_is_bounded(const sn_printer *p, int node);
void sn_infix_bounded(sn_printer *p);

#endif
