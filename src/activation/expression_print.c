/* Expressions in other languages. Activations inside are written out by their formulas first, so
 * that a printer meets numbers, operators and functions only. */
#include "activation/expression_print.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- writing out ------------------------------------------------------------------------------ */

/* What x and the parameters of a formula stand for: nodes of the tree around it. */
typedef struct scope {
    const sn_tree *tree;
    const sn_call *call;
    int x;
    const struct scope *outer;
} scope;

static sn_status copy(sn_tree *to, const sn_tree *from, int node, const scope *inside, int *out,
                      sn_error *err);

static sn_status formula_tree(const sn_activation_type *type, sn_tree *formula, sn_error *err)
{
    sn_named_value params[SN_MAX_PARAMS];
    for (size_t i = 0; i < type->n_params; i++)
        params[i] = (sn_named_value){type->params[i].name, type->params[i].initial};
    if (type->formula == NULL)
        return sn_fail(err, SN_EINVAL, "%s has no formula that could be printed", type->name);
    const sn_status status = sn_tree_init(formula, type->n_params, params, SN_MAX_NODES, err);
    return status == SN_OK ? sn_tree_parse(formula, type->formula, NULL, err) : status;
}

static sn_status copy_call(sn_tree *to, const sn_tree *from, const sn_node *n, const scope *inside,
                           int *out, sn_error *err)
{
    const sn_call *call = &from->calls[n->index];
    if (call->is_table)
        return sn_fail(err, SN_EINVAL, "a table of points cannot be printed as an expression");
    sn_tree formula = {0};
    const scope within = {.tree = from, .call = call, .x = n->arg[0], .outer = inside};
    sn_status status = formula_tree(call->activation.type, &formula, err);
    if (status == SN_OK)
        status = copy(to, &formula, sn_tree_root(&formula), &within, out, err);
    sn_tree_free(&formula);
    return status;
}

static sn_status copy_param(sn_tree *to, const sn_node *n, const scope *inside, int *out,
                            sn_error *err)
{
    const int given = inside->call->params[n->index];
    if (given != SN_NO_NODE)
        return copy(to, inside->tree, given, inside->outer, out, err);
    const double value = inside->call->activation.params[n->index];
    const sn_node number = {.op = SN_OP_NUMBER, .value = value < 0 ? -value : value};
    const sn_status status = sn_tree_add(to, number, out, err);
    if (status != SN_OK || value >= 0)
        return status;
    return sn_tree_add(to, (sn_node){.op = SN_OP_NEG, .arg = {*out}}, out, err);
}

static bool is_one(const sn_tree *tree, int node)
{
    return tree->nodes[node].op == SN_OP_NUMBER && tree->nodes[node].value == 1;
}

/* 1*u and u/1, as a parameter that is 1 leaves them in a formula, are u. */
static bool drop_one(sn_tree *to, const sn_node *n, int *out)
{
    if (n->op == SN_OP_MUL && is_one(to, n->arg[0])) {
        *out = n->arg[1];
        return true;
    }
    if (n->op == SN_OP_DIV && is_one(to, n->arg[1])) {
        *out = n->arg[0];
        to->n_nodes = n->arg[1]; /* it came last, and the root has to */
        return true;
    }
    return false;
}

static sn_status copy(sn_tree *to, const sn_tree *from, int node, const scope *inside, int *out,
                      sn_error *err)
{
    const sn_node *n = &from->nodes[node];
    if (n->op == SN_OP_CALL)
        return copy_call(to, from, n, inside, out, err);
    if (n->op == SN_OP_X && inside != NULL)
        return copy(to, inside->tree, inside->x, inside->outer, out, err);
    if (n->op == SN_OP_PARAM && inside != NULL)
        return copy_param(to, n, inside, out, err);
    sn_node copied = *n;
    for (int i = 0; i < sn_op_arity(n->op); i++) {
        const sn_status status = copy(to, from, n->arg[i], inside, &copied.arg[i], err);
        if (status != SN_OK)
            return status;
    }
    return inside != NULL && drop_one(to, &copied, out) ? SN_OK : sn_tree_add(to, copied, out, err);
}

sn_status sn_tree_write_out(const sn_tree *from, sn_tree *to, sn_error *err)
{
    int root;
    const sn_status status =
        sn_tree_init(to, from->n_params, from->params, SN_MAX_WRITTEN_OUT, err);
    return status == SN_OK ? copy(to, from, sn_tree_root(from), NULL, &root, err) : status;
}

/* --- text ------------------------------------------------------------------------------------- */

void sn_put(sn_printer *p, const char *format, ...)
{
    if (p->status != SN_OK)
        return;
    for (;;) {
        va_list args;
        va_start(args, format);
        const int needed =
            vsnprintf(p->room > 0 ? p->text + p->length : NULL, p->room - p->length, format, args);
        va_end(args);
        if (p->length + (size_t)needed < p->room) {
            p->length += (size_t)needed;
            return;
        }
        const size_t room = 2 * p->room + (size_t)needed + 64;
        char *text = realloc(p->text, room);
        if (text == NULL) {
            p->status = sn_fail(p->err, SN_ENOMEM, "no memory to print an expression");
            return;
        }
        p->text = text;
        p->room = room;
    }
}

static bool is_listed(const char *word, const char *list)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* Words that a parameter cannot be named. */
static bool is_reserved(sn_dialect dialect, const char *word)
{
    static const char c[] =
        "auto break case char const continue default do double else enum extern float for goto if "
        "inline int long register restrict return short signed sizeof static struct switch typedef "
        "union unsigned void volatile while fabs fmin fmax pow";
    static const char python[] =
        "False None True and as assert async await break class continue def del elif else except "
        "finally for from global if import in is lambda nonlocal not or pass raise return try "
        "while with yield math torch jnp jax keras np np_erf";
    switch (dialect) {
    case SN_DIALECT_PLAIN:
    case SN_DIALECT_LATEX:
        return false;
    case SN_DIALECT_C:
        return is_listed(word, c);
    case SN_DIALECT_ONNX: /* the names of its own results */
        return strcmp(word, "y") == 0
               || ((word[0] == 't' || word[0] == 'c') && word[1] != '\0'
                   && word[1 + strspn(word + 1, "0123456789")] == '\0');
    default:
        return is_listed(word, python);
    }
}

void sn_put_param(sn_printer *p, const char *name)
{
    sn_put(p, "%s%s", name, is_reserved(p->dialect, name) ? "_" : "");
}

static sn_status check_names(const sn_tree *tree, sn_dialect dialect, sn_error *err)
{
    for (size_t i = 0; i < tree->n_params; i++)
        for (size_t j = 0; j < tree->n_params; j++) {
            const char *a = tree->params[i].name, *b = tree->params[j].name;
            const size_t length = strlen(a);
            if (is_reserved(dialect, a) && strncmp(a, b, length) == 0
                && strcmp(b + length, "_") == 0)
                return sn_fail(err, SN_EINVAL, "parameter '%.64s' would have the name of '%.64s'",
                               a, b);
        }
    return SN_OK;
}

/* --- entry ------------------------------------------------------------------------------------ */

bool sn_find_logistic(const sn_tree *tree, int node, sn_logistic *found)
{
    const sn_node *n = &tree->nodes[node];
    if (n->op != SN_OP_DIV || tree->nodes[n->arg[1]].op != SN_OP_ADD)
        return false;
    const int *sum = tree->nodes[n->arg[1]].arg;
    for (int i = 0; i < 2; i++) {
        const sn_node *power = &tree->nodes[sum[1 - i]];
        if (!is_one(tree, sum[i]) || power->op != SN_OP_EXP || power->constant)
            continue;
        const sn_node *v = &tree->nodes[power->arg[0]];
        found->negated = v->op != SN_OP_NEG;
        found->argument = found->negated ? power->arg[0] : v->arg[0];
        return true;
    }
    return false;
}

static sn_status print_tree(const sn_tree *tree, sn_dialect dialect, char **out, sn_error *err)
{
    sn_tree plain = {0};
    sn_printer p = {.tree = &plain, .dialect = dialect, .err = err, .bounded = SN_NO_NODE};
    p.status = check_names(tree, dialect, err);
    if (p.status == SN_OK)
        p.status = sn_tree_write_out(tree, &plain, err);
    if (p.status == SN_OK) {
        if (dialect == SN_DIALECT_LATEX)
            sn_print_latex(&p);
        else if (dialect == SN_DIALECT_ONNX)
            sn_print_onnx(&p);
        else
            sn_print_infix(&p);
    }
    sn_tree_free(&plain);
    if (p.status != SN_OK)
        free(p.text);
    *out = p.status == SN_OK ? p.text : NULL;
    return p.status;
}

sn_status sn_expression_print(const sn_expression *expression, sn_dialect dialect, char **out,
                              sn_error *err)
{
    return print_tree(sn_expression_tree(expression), dialect, out, err);
}

sn_status sn_activation_print(const sn_activation_type *type, sn_dialect dialect, char **out,
                              sn_error *err)
{
    *out = NULL;
    sn_tree formula = {0};
    sn_status status = formula_tree(type, &formula, err);
    if (status == SN_OK)
        status = print_tree(&formula, dialect, out, err);
    sn_tree_free(&formula);
    return status;
}
