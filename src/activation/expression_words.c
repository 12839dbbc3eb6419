/* The words of expressions: numbers, names, and functions with their arguments; and messages that
 * say what was found where. */
#include "activation/expression_parser.h"
#include "base/nearest.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 400, LONGEST_SHOWN = 24, FOUND_SIZE = 64 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
static const char name_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                                   "0123456789";

/* --- messages --------------------------------------------------------------------------------- */

sn_status sn_parse_fail(const sn_parser *p, const char *place, const char *format, ...)
{
    char message[SN_ERROR_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return sn_fail(p->err, SN_EINVAL, "character %td: %s", place - p->text + 1, message);
}

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static const char *describe(const char *at, char found[FOUND_SIZE])
{
    const size_t name = is_in(*at, letters) ? strspn(at, name_letters) : 0;
    if (*at == '\0')
        snprintf(found, FOUND_SIZE, "the end");
    else if (name > LONGEST_SHOWN)
        snprintf(found, FOUND_SIZE, "'%.*s...'", LONGEST_SHOWN, at);
    else if (name > 0)
        snprintf(found, FOUND_SIZE, "'%.*s'", (int)name, at);
    else if (*at < ' ' || *at > '~')
        snprintf(found, FOUND_SIZE, "the byte 0x%02x", (unsigned)(unsigned char)*at);
    else
        snprintf(found, FOUND_SIZE, "'%c'", *at);
    return found;
}

sn_status sn_parse_expected(const sn_parser *p, const char *what)
{
    char found[FOUND_SIZE];
    return sn_parse_fail(p, p->at, "found %s where %s is needed", describe(p->at, found), what);
}

/* --- tokens ----------------------------------------------------------------------------------- */

void sn_parse_space(sn_parser *p)
{
    while (is_in(*p->at, " \t\r\n"))
        p->at++;
}

bool sn_parse_take(sn_parser *p, const char *token)
{
    sn_parse_space(p);
    if (strncmp(p->at, token, strlen(token)) != 0)
        return false;
    p->at += strlen(token);
    return true;
}

sn_status sn_parse_demand(sn_parser *p, const char *token, const char *what)
{
    return sn_parse_take(p, token) ? SN_OK : sn_parse_expected(p, what);
}

/* --- nodes of the right kind ------------------------------------------------------------------ */

sn_status sn_parse_add(sn_parser *p, sn_node node, int *out)
{
    return sn_tree_add(p->tree, node, out, p->err);
}

static sn_status add_number(sn_parser *p, double value, int *out)
{
    return sn_parse_add(p, (sn_node){.op = SN_OP_NUMBER, .value = value}, out);
}

bool sn_parse_is_condition(const sn_parser *p, int node)
{
    return sn_op_is_condition(p->tree->nodes[node].op);
}

sn_status sn_parse_number_of(sn_parser *p, int *node)
{
    if (!sn_parse_is_condition(p, *node))
        return SN_OK;
    int one, zero;
    sn_status status = add_number(p, 1, &one);
    if (status == SN_OK)
        status = add_number(p, 0, &zero);
    if (status == SN_OK)
        status = sn_parse_add(p, (sn_node){.op = SN_OP_IF, .arg = {*node, one, zero}}, node);
    return status;
}

/* --- numbers --------------------------------------------------------------------------------- */

static sn_status number(sn_parser *p, int *out)
{
    static const char digits[] = "0123456789";
    const char *start = p->at, *end = start;
    end += strspn(end, digits);
    if (*end == '.')
        end += 1 + strspn(end + 1, digits);
    if (end == start + 1 && *start == '.')
        return sn_parse_expected(p, "a number, a name or '('");
    if (*end == 'e' || *end == 'E') {
        const char *exponent = end + 1 + (end[1] == '+' || end[1] == '-');
        if (is_in(*exponent, digits))
            end = exponent + strspn(exponent, digits);
    }
    char text[LONGEST_NUMBER + 1];
    const size_t length = (size_t)(end - start);
    if (length > LONGEST_NUMBER)
        return sn_parse_fail(p, start, "a number of %zu characters; at most %d are allowed", length,
                             LONGEST_NUMBER);
    memcpy(text, start, length);
    text[length] = '\0';
    char *point = strchr(text, '.');
    if (point != NULL) /* strtod's point is the locale's */
        *point = *localeconv()->decimal_point;
    const double value = strtod(text, NULL);
    if (!isfinite(value))
        return sn_parse_fail(p, start, "a number beyond 1.8e308");
    p->at = end;
    return add_number(p, value, out);
}

static sn_status function(sn_parser *p, sn_op op, int *out)
{
    int arity = 1;
    sn_status status = sn_parse_argument(p, out);
    for (; status == SN_OK && sn_op_arity(op) == 2 && sn_parse_take(p, ","); arity++) {
        int next;
        status = sn_parse_argument(p, &next);
        if (status == SN_OK)
            status = sn_parse_add(p, (sn_node){.op = op, .arg = {*out, next}}, out);
    }
    if (status == SN_OK && arity < sn_op_arity(op))
        return sn_parse_demand(p, ",", "',' and a second argument");
    if (status == SN_OK)
        status = sn_parse_demand(
            p, ")", sn_op_arity(op) == 2 ? "an operator, ',' or ')'" : "an operator or ')'");
    if (status == SN_OK && sn_op_arity(op) == 1)
        status = sn_parse_add(p, (sn_node){.op = op, .arg = {*out}}, out);
    return status;
}

static sn_status call_param(sn_parser *p, sn_call *call, size_t i)
{
    const sn_activation_type *type = call->activation.type;
    sn_parse_space(p);
    const char *place = p->at;
    if (i == type->n_params)
        return sn_parse_fail(p, place, "%s has %zu parameter%s, found more", type->name, i,
                             i == 1 ? "" : "s");
    const sn_status status = sn_parse_argument(p, &call->params[i]);
    if (status != SN_OK)
        return status;
    const sn_node *node = &p->tree->nodes[call->params[i]];
    if (!node->constant)
        return sn_parse_fail(p, place, "%s of %s depends on x, must be constant",
                             type->params[i].name, type->name);
    sn_error why = {0};
    if (sn_activation_set(&call->activation, type->params[i].name, node->value, &why) != SN_OK)
        return sn_parse_fail(p, place, "%s", why.message);
    return SN_OK;
}

/* An activation and its parameters, or table(x). */
static sn_status call(sn_parser *p, const sn_activation *activation, int *out)
{
    sn_call made = {.activation = *activation, .is_table = activation == p->table};
    for (size_t i = 0; i < SN_MAX_PARAMS; i++)
        made.params[i] = SN_NO_NODE;
    int x;
    sn_status status = sn_parse_argument(p, &x);
    for (size_t i = 0; status == SN_OK && sn_parse_take(p, ","); i++)
        status = call_param(p, &made, i);
    if (status == SN_OK)
        status = sn_parse_demand(p, ")", "an operator, ',' or ')'");
    return status == SN_OK ? sn_tree_add_call(p->tree, &made, x, out, p->err) : status;
}

/* --- names ------------------------------------------------------------------------------------ */

/* The words an unknown name may have meant: x and the constants, functions, parameters,
 * activations. */
static const char *known_word(const void *context, size_t i)
{
    static const char *const words[] = {"x", "pi", "e", "table"};
    const sn_parser *p = context;
    const size_t n_words = p->table != NULL ? 4 : 3, first = SN_OP_ABS;
    if (i < n_words)
        return words[i];
    i -= n_words;
    if (i < SN_OP_COUNT - first)
        return sn_op_name((sn_op)(i + first));
    i -= SN_OP_COUNT - first;
    if (i < p->tree->n_params)
        return p->tree->params[i].name;
    const sn_activation_type *type = sn_activation_at(i - p->tree->n_params);
    return type != NULL ? type->name : NULL;
}

static sn_status leaf(sn_parser *p, const char *name, bool *found, int *out)
{
    sn_node node = {.op = SN_OP_COUNT};
    if (strcmp(name, "x") == 0)
        node.op = SN_OP_X;
    else if (strcmp(name, "pi") == 0)
        node.op = SN_OP_PI;
    else if (strcmp(name, "e") == 0)
        node.op = SN_OP_E;
    for (size_t i = 0; i < p->tree->n_params; i++)
        if (strcmp(name, p->tree->params[i].name) == 0)
            node = (sn_node){.op = SN_OP_PARAM, .index = (int)i};
    *found = node.op != SN_OP_COUNT;
    return *found ? sn_parse_add(p, node, out) : SN_OK;
}

static sn_op find_function(const char *name)
{
    for (sn_op op = SN_OP_ABS; op < SN_OP_COUNT; op++)
        if (strcmp(name, sn_op_name(op)) == 0)
            return op;
    return SN_OP_COUNT;
}

static sn_status word(sn_parser *p, int *out)
{
    enum { ROOM = 64 };
    char name[ROOM], shown[FOUND_SIZE];
    const char *place = p->at;
    const size_t length = strspn(place, name_letters);
    snprintf(name, sizeof name, "%.*s", (int)(length < ROOM ? length : ROOM - 1), place);
    p->at += length;
    bool found;
    const sn_status status = leaf(p, name, &found, out);
    if (status != SN_OK || found)
        return status;
    const sn_op op = find_function(name);
    sn_activation activation;
    const bool is_table = strcmp(name, "table") == 0;
    const bool known = is_table || op < SN_OP_COUNT || sn_activation_find(name) != NULL;
    if (is_table && p->table == NULL)
        return sn_parse_fail(p, place, "'table' is unknown: no table of points is given");
    if (!known || length >= ROOM)
        return sn_parse_fail(p, place, "%s is unknown; the nearest known name is '%s'",
                             describe(place, shown), sn_nearest(name, known_word, p));
    if (!sn_parse_take(p, "("))
        return sn_parse_fail(p, p->at, "found %s where '(' is needed after the function '%s'",
                             describe(p->at, shown), name);
    if (op < SN_OP_COUNT)
        return function(p, op, out);
    if (is_table)
        return call(p, p->table, out);
    return sn_activation_init(&activation, name, p->err) == SN_OK ? call(p, &activation, out)
                                                                  : SN_EUNKNOWN;
}

sn_status sn_parse_operand(sn_parser *p, bool *found, int *out)
{
    sn_parse_space(p);
    *found = true;
    if (is_in(*p->at, "0123456789."))
        return number(p, out);
    if (is_in(*p->at, letters))
        return word(p, out);
    *found = false;
    return SN_OK;
}
