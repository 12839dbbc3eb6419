/* The grammar of expressions, by precedence climbing (Pratt 1973): an operand, then operators for as
 * long as they bind at least as tightly as the caller asks. Loosest first:
 *
 *   ? :     ||     &&     == !=     < <= > >=     + -     * /     signs and !     ^
 *
 * where ?: and ^ associate to the right, and the exponent may have a sign: 2^-x. */
#include "activation/expression_parser.h"

#include <string.h>

enum { DEEPEST = 200, CONDITIONAL = 1, ADDITIVE = 6 };

static sn_status expression(sn_parser *p, int tightness, int *out);
static sn_status unary(sn_parser *p, int *out);

typedef struct binary {
    const char *token;
    int tightness;
    sn_op op;
} binary;

/* The operator that comes next, or NULL. */
static const binary *next_operator(sn_parser *p)
{
    static const binary operators[] = {
        {"||", 2, SN_OP_OR}, {"&&", 3, SN_OP_AND}, {"==", 4, SN_OP_EQ}, {"!=", 4, SN_OP_NE},
        {"<=", 5, SN_OP_LE}, {">=", 5, SN_OP_GE},  {"<", 5, SN_OP_LT},  {">", 5, SN_OP_GT},
        {"+", 6, SN_OP_ADD}, {"-", 6, SN_OP_SUB},  {"*", 7, SN_OP_MUL}, {"/", 7, SN_OP_DIV},
    };
    sn_parse_space(p);
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (strncmp(p->at, operators[i].token, strlen(operators[i].token)) == 0)
            return &operators[i];
    return NULL;
}

static bool enter(sn_parser *p)
{
    return ++p->depth <= DEEPEST;
}

static sn_status too_deep(const sn_parser *p)
{
    return sn_parse_fail(p, p->at, "the expression is nested more than %d deep", DEEPEST);
}

static sn_status check_condition(const sn_parser *p, int node, const char *place, const char *token)
{
    if (sn_parse_is_condition(p, node))
        return SN_OK;
    return sn_parse_fail(p, place, "'%s' needs a condition such as x > 0, found a number", token);
}

static sn_status add_binary(sn_parser *p, const binary *with, const char *place, int left,
                            int right, int *out)
{
    const sn_op op = with->op;
    const bool logical = op == SN_OP_AND || op == SN_OP_OR;
    sn_status status = SN_OK;
    if (logical) {
        status = check_condition(p, left, place, with->token);
        if (status == SN_OK)
            status = check_condition(p, right, place, with->token);
    } else if (with->tightness < ADDITIVE
               && (sn_parse_is_condition(p, left) || sn_parse_is_condition(p, right)))
        return sn_parse_fail(
            p, place, "'%s' compares a condition; write a < b && b < c for a < b < c", with->token);
    else {
        status = sn_parse_number_of(p, &left);
        if (status == SN_OK)
            status = sn_parse_number_of(p, &right);
    }
    return status == SN_OK ? sn_parse_add(p, (sn_node){.op = op, .arg = {left, right}}, out)
                           : status;
}

static sn_status parenthesis(sn_parser *p, int *out)
{
    const sn_status status = expression(p, CONDITIONAL, out);
    return status == SN_OK ? sn_parse_demand(p, ")", "an operator or ')'") : status;
}

sn_status sn_parse_argument(sn_parser *p, int *out)
{
    const sn_status status = expression(p, CONDITIONAL, out);
    return status == SN_OK ? sn_parse_number_of(p, out) : status;
}

static sn_status primary(sn_parser *p, int *out)
{
    bool found;
    const sn_status status = sn_parse_operand(p, &found, out);
    if (status != SN_OK || found)
        return status;
    if (sn_parse_take(p, "("))
        return parenthesis(p, out);
    if (p->at > p->text && p->at[0] == '*' && p->at[-1] == '*')
        return sn_parse_fail(p, p->at, "found '**'; the power is '^'");
    return sn_parse_expected(p, "a number, a name or '('");
}

/* The operand of a sign, or an exponent. */
static sn_status operand(sn_parser *p, int *out)
{
    const sn_status status = enter(p) ? unary(p, out) : too_deep(p);
    p->depth--;
    return status;
}

static sn_status power(sn_parser *p, int *out)
{
    sn_status status = primary(p, out);
    int exponent;
    if (status != SN_OK || !sn_parse_take(p, "^"))
        return status;
    status = operand(p, &exponent);
    if (status == SN_OK)
        status = sn_parse_number_of(p, out);
    if (status == SN_OK)
        status = sn_parse_number_of(p, &exponent);
    return status == SN_OK
               ? sn_parse_add(p, (sn_node){.op = SN_OP_POW, .arg = {*out, exponent}}, out)
               : status;
}

static sn_status unary(sn_parser *p, int *out)
{
    sn_parse_space(p);
    const char *place = p->at;
    const char sign = *place;
    if (sign != '+' && sign != '-' && sign != '!')
        return power(p, out);
    p->at++;
    sn_status status = operand(p, out);
    if (status == SN_OK)
        status = sign == '!' ? check_condition(p, *out, place, "!") : sn_parse_number_of(p, out);
    if (status != SN_OK || sign == '+')
        return status;
    return sn_parse_add(p, (sn_node){.op = sign == '!' ? SN_OP_NOT : SN_OP_NEG, .arg = {*out}},
                        out);
}

static sn_status branches(sn_parser *p, const char *place, int *out)
{
    int yes, no;
    sn_status status = check_condition(p, *out, place, "?");
    if (status == SN_OK)
        status = sn_parse_argument(p, &yes);
    if (status == SN_OK)
        status = sn_parse_demand(p, ":", "an operator or ':'");
    if (status == SN_OK)
        status = sn_parse_argument(p, &no);
    return status == SN_OK ? sn_parse_add(p, (sn_node){.op = SN_OP_IF, .arg = {*out, yes, no}}, out)
                           : status;
}

static sn_status operators(sn_parser *p, int tightness, int *out)
{
    sn_status status = unary(p, out);
    const binary *with;
    while (status == SN_OK && (with = next_operator(p)) != NULL && with->tightness >= tightness) {
        const char *place = p->at;
        int right;
        p->at += strlen(with->token);
        status = expression(p, with->tightness + 1, &right);
        if (status == SN_OK)
            status = add_binary(p, with, place, *out, right, out);
    }
    sn_parse_space(p);
    const char *place = p->at;
    if (status == SN_OK && tightness <= CONDITIONAL && sn_parse_take(p, "?"))
        status = branches(p, place, out);
    return status;
}

static sn_status expression(sn_parser *p, int tightness, int *out)
{
    const sn_status status = enter(p) ? operators(p, tightness, out) : too_deep(p);
    p->depth--;
    return status;
}

sn_status sn_tree_parse(sn_tree *tree, const char *text, const sn_activation *table, sn_error *err)
{
    sn_parser p = {.tree = tree, .text = text, .at = text, .table = table, .err = err};
    int root;
    sn_status status = sn_parse_argument(&p, &root);
    sn_parse_space(&p);
    if (status != SN_OK || *p.at == '\0')
        return status;
    if (*p.at == '=')
        return sn_parse_fail(&p, p.at, "found '='; '==' compares");
    return sn_parse_expected(&p, "an operator or the end");
}
