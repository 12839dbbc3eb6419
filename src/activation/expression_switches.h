/* expression_switches.h: the functions s(x) that decide something within an expression, by their
 * sides. Not installed: the search for kinks is its only caller. */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_SWITCHES_H
#define SELFNORM_ACTIVATION_EXPRESSION_SWITCHES_H

#include "activation/expression_tree.h"

typedef struct sn_switch {
    sn_op op;
    const sn_activation *stairs; /* one with more kinks than there is room for, else NULL */
    int node, a, b;              /* b: SN_NO_NODE where there is an offset instead */
    double offset;               /* s = a - offset */
    double side[3];              /* at the last three points of the net */
    double value[3];             /* s there */
} sn_switch;

/* All switches of a tree, *switches to be freed. false: no memory. */
bool sn_find_switches(const sn_tree *tree, size_t *n, sn_switch **switches);

/* s and its side, where its operands are a and b; a side may be NaN. */
double sn_switch_value(const sn_switch *s, double a, double b);
double sn_switch_side(const sn_switch *s, double a, double b);

/* floor and ceil, whose sides are many. */
bool sn_switch_is_step(const sn_switch *s);

/* Whether f reads a switch at x: it is not in a branch that is not taken there. */
bool sn_switch_is_read(const sn_tree *tree, const sn_switch *s, double x);

#endif
