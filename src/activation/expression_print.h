/* expression_print.h: what the printers of expressions share. Not installed. */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_PRINT_H
#define SELFNORM_ACTIVATION_EXPRESSION_PRINT_H

#include "activation/expression_tree.h"

typedef struct sn_printer {
    const sn_tree *tree; /* without calls */
    sn_dialect dialect;
    char *text; /* NUL-terminated once anything is printed */
    size_t length, room;
    sn_status status; /* of the first failure; nothing is printed after it */
    sn_error *err;
    int bounded; /* node that the branch being printed bounds, or SN_NO_NODE, */
    int bound;   /* and the constant that bounds it */
    bool bound_above;
    bool clamped; /* it is to be printed so that it keeps to the bound */
} sn_printer;

void sn_put(sn_printer *p, const char *format, ...) SN_PRINTF(2, 3);

/* The name of a parameter, with a '_' where the dialect has another use for it. */
void sn_put_param(sn_printer *p, const char *name);

/* C, the Python dialects and the language of expressions itself. */
void sn_print_infix(sn_printer *p);
void sn_print_latex(sn_printer *p);
void sn_print_onnx(sn_printer *p);

/* Where a node is a/(1 + exp(v)), true, with the u or the v of sigma(u) = sigma(-v): what has a
 * name of its own where networks are trained, and does not overflow there. */
typedef struct sn_logistic {
    int argument;
    bool negated; /* argument is v, else u */
} sn_logistic;
bool sn_find_logistic(const sn_tree *tree, int node, sn_logistic *found);

#endif
