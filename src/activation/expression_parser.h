/* expression_parser.h: what the grammar of expressions (expression_parse.c) and its words
 * (expression_words.c) share. Not installed. */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_PARSER_H
#define SELFNORM_ACTIVATION_EXPRESSION_PARSER_H

#include "activation/expression_tree.h"

typedef struct sn_parser {
    sn_tree *tree;
    const char *text, *at;
    const sn_activation *table;
    int depth;
    sn_error *err;
} sn_parser;

/* A failure at a character of the text; or there is something else than what is needed. */
sn_status sn_parse_fail(const sn_parser *p, const char *place, const char *format, ...)
    SN_PRINTF(3, 4);
sn_status sn_parse_expected(const sn_parser *p, const char *what);

/* Goes past white space; past a token too, if it is there; or fails if it is not. */
void sn_parse_space(sn_parser *p);
bool sn_parse_take(sn_parser *p, const char *token);
SN_NODISCARD sn_status sn_parse_demand(sn_parser *p, const char *token, const char *what);

SN_NODISCARD sn_status sn_parse_add(sn_parser *p, sn_node node, int *out);
bool sn_parse_is_condition(const sn_parser *p, int node);
/* A condition becomes c ? 1 : 0. */
SN_NODISCARD sn_status sn_parse_number_of(sn_parser *p, int *node);

/* An expression that is a number, as arguments and branches are. */
SN_NODISCARD sn_status sn_parse_argument(sn_parser *p, int *out);

/* If a number or a name comes next, that, with the arguments of a function; else *found is false. */
SN_NODISCARD sn_status sn_parse_operand(sn_parser *p, bool *found, int *out);

#endif
