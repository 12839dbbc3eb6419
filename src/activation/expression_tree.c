/* The nodes of an expression: made one by one, each after its operands, so that constants are
 * worked out as they are made and no evaluation meets them again. */
#include "activation/expression_tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sn_op_arity(sn_op op)
{
    switch (op) {
    case SN_OP_NUMBER:
    case SN_OP_PI:
    case SN_OP_E:
    case SN_OP_PARAM:
    case SN_OP_X:
        return 0;
    case SN_OP_NEG:
    case SN_OP_NOT:
    case SN_OP_CALL:
        return 1;
    case SN_OP_IF:
        return 3;
#define SN_FUNCTION_ARITY(id, name, n)                                                             \
    case id:                                                                                       \
        return n;
        SN_FUNCTION_LIST(SN_FUNCTION_ARITY)
#undef SN_FUNCTION_ARITY
    default:
        return 2;
    }
}

const char *sn_op_name(sn_op op)
{
    static const char *const names[SN_OP_COUNT] = {
#define SN_FUNCTION_NAME(id, name, n) [id] = name,
        SN_FUNCTION_LIST(SN_FUNCTION_NAME)
#undef SN_FUNCTION_NAME
    };
    return names[op];
}

static bool is_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    return *text != '\0' && strchr(letters, *text) != NULL
           && text[strspn(text, "0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")]
                  == '\0';
}

static bool is_taken(const char *name)
{
    static const char *const words[] = {"x", "pi", "e", "table"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    for (sn_op op = 0; op < SN_OP_COUNT; op++)
        if (sn_op_name(op) != NULL && strcmp(name, sn_op_name(op)) == 0)
            return true;
    return sn_activation_find(name) != NULL;
}

static sn_status check_param(const sn_named_value *params, size_t i, sn_error *err)
{
    const char *name = params[i].name;
    if (!is_name(name))
        return sn_fail(err, SN_EINVAL,
                       "the name of parameter %zu is not made of letters, digits and '_' (and no "
                       "digit first)",
                       i + 1);
    if (is_taken(name))
        return sn_fail(err, SN_EINVAL,
                       "a parameter is named '%.64s', which is a word of expressions", name);
    for (size_t j = 0; j < i; j++)
        if (strcmp(name, params[j].name) == 0)
            return sn_fail(err, SN_EINVAL, "two parameters are named '%.64s'", name);
    if (!isfinite(params[i].value))
        return sn_fail(err, SN_EINVAL, "parameter '%.64s' is %g, must be finite", name,
                       params[i].value);
    return SN_OK;
}

sn_status sn_tree_init(sn_tree *tree, size_t n_params, const sn_named_value *params, int most_nodes,
                       sn_error *err)
{
    *tree = (sn_tree){.most_nodes = most_nodes};
    for (size_t i = 0; i < n_params; i++) {
        const sn_status status = check_param(params, i, err);
        if (status != SN_OK)
            return status;
    }
    tree->params = calloc(n_params + 1, sizeof *tree->params);
    if (tree->params == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for an expression's parameters");
    for (; tree->n_params < n_params; tree->n_params++) {
        char *name = strdup(params[tree->n_params].name);
        if (name == NULL)
            return sn_fail(err, SN_ENOMEM, "no memory for an expression's parameters");
        tree->params[tree->n_params] = (sn_named_value){name, params[tree->n_params].value};
    }
    return SN_OK;
}

void sn_tree_free(sn_tree *tree)
{
    for (size_t i = 0; i < tree->n_params; i++)
        free((void *)tree->params[i].name);
    free(tree->params);
    free(tree->nodes);
    free(tree->calls);
    *tree = (sn_tree){0};
}

static sn_status make_room(sn_tree *tree, sn_error *err)
{
    if (tree->n_nodes == tree->most_nodes)
        return sn_fail(err, SN_EINVAL, "the expression has more than %d parts", tree->most_nodes);
    if (tree->n_nodes < tree->node_room)
        return SN_OK;
    const int room = tree->node_room == 0 ? 16 : 2 * tree->node_room;
    sn_node *nodes = realloc(tree->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for an expression");
    tree->nodes = nodes;
    tree->node_room = room;
    return SN_OK;
}

static bool is_number_one(const sn_tree *tree, int index)
{
    return tree->nodes[index].op == SN_OP_NUMBER && tree->nodes[index].value == 1;
}

/* exp(u) - 1 is made expm1(u), and log(1 + u) log1p(u): what people write loses all digits where u
 * is small, what they mean does not. Whether *index is the node that is wanted already. */
static bool mend(sn_tree *tree, sn_node *node, int *index)
{
    if (node->op == SN_OP_SUB && tree->nodes[node->arg[0]].op == SN_OP_EXP
        && !tree->nodes[node->arg[0]].constant && is_number_one(tree, node->arg[1])) {
        *index = node->arg[0];
        tree->nodes[*index].op = SN_OP_EXPM1;
        return true;
    }
    const sn_node *sum = &tree->nodes[node->arg[0]];
    if (node->op == SN_OP_LOG && sum->op == SN_OP_ADD && !sum->constant)
        for (int i = 0; i < 2; i++)
            if (is_number_one(tree, sum->arg[i])) {
                node->op = SN_OP_LOG1P;
                node->arg[0] = sum->arg[1 - i];
                return false;
            }
    return false;
}

sn_status sn_tree_add(sn_tree *tree, sn_node node, int *index, sn_error *err)
{
    if (sn_op_arity(node.op) > 0 && mend(tree, &node, index))
        return SN_OK;
    const sn_status status = make_room(tree, err);
    if (status != SN_OK)
        return status;
    *index = tree->n_nodes++;
    bool constant = node.op != SN_OP_X;
    node.has_params = node.op == SN_OP_PARAM;
    for (int i = 0; i < sn_op_arity(node.op); i++) {
        sn_node *arg = &tree->nodes[node.arg[i]];
        arg->parent = *index;
        constant = constant && arg->constant;
        node.has_params = node.has_params || arg->has_params;
    }
    node.parent = SN_NO_NODE;
    node.constant = false;
    tree->nodes[*index] = node;
    if (constant) {
        tree->nodes[*index].value = sn_tree_value(tree, *index, NAN);
        tree->nodes[*index].constant = true;
    }
    return SN_OK;
}

sn_status sn_tree_add_call(sn_tree *tree, const sn_call *call, int argument, int *index,
                           sn_error *err)
{
    if (tree->n_calls == tree->call_room) {
        const size_t room = tree->call_room == 0 ? 2 : 2 * tree->call_room;
        sn_call *calls = realloc(tree->calls, room * sizeof *calls);
        if (calls == NULL)
            return sn_fail(err, SN_ENOMEM, "no memory for an expression");
        tree->calls = calls;
        tree->call_room = room;
    }
    sn_call *added = &tree->calls[tree->n_calls];
    *added = *call;
    added->n_kinks = sn_activation_kinks(&added->activation, added->kinks);
    const sn_node node = {.op = SN_OP_CALL, .arg = {argument}, .index = (int)tree->n_calls++};
    return sn_tree_add(tree, node, index, err);
}

void sn_full_number(double value, char text[SN_FULL_NUMBER])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, SN_FULL_NUMBER, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    for (char *c = text; *c != '\0'; c++) /* another locale's decimal point */
        if (strchr("0123456789+-enaif", *c) == NULL)
            *c = '.';
}
