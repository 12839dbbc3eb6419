/* The registry and the rows in it: names, docs, parameters and their ranges, and what a user who
 * mistypes one is told. */
#include "activation/activation.h"

#include <math.h>
#include <string.h>

#include "harness.h"

START_TEST(unknown_names_get_a_suggestion)
{
    sn_activation f;
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&f, "sleu", &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "'selu'"));
    ck_assert_int_eq(sn_activation_init(&f, "selu", &err), SN_OK);
    ck_assert_int_eq(sn_activation_set(&f, "alpah", 1, &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "'alpha'"));
    ck_assert_int_eq(sn_activation_set(&f, "lambda", -1, &err), SN_EDOMAIN);
    ck_assert_int_eq(sn_activation_set(&f, "lambda", NAN, &err), SN_EDOMAIN);
    ck_assert_int_eq(sn_activation_set(&f, "lambda", 2, &err), SN_OK);
    ck_assert(sn_activation_value(&f, 3) == 6);
    ck_assert_int_eq(sn_activation_init(&f, "tanh", &err), SN_OK);
    ck_assert_int_eq(sn_activation_set(&f, "alpha", 1, &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "it has none"));
}
END_TEST

START_TEST(the_promised_activations_are_there)
{
    static const char *const names[] = {
        "linear",    "relu", "leaky_relu", "relu6",    "elu",      "celu",  "selu",
        "sigmoid",   "tanh", "erf",        "softplus", "softsign", "silu",  "gelu",
        "gelu_tanh", "mish", "hardswish",  "sin",      "prelu",    "swish",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(sn_activation_find(names[i]) != NULL, "%s is missing", names[i]);
    ck_assert_str_eq(sn_activation_find("prelu")->name, "leaky_relu");
    ck_assert_str_eq(sn_activation_find("swish")->name, "silu");
    ck_assert_ptr_null(sn_activation_at(sn_activation_count()));
}
END_TEST

static void check_name(const char *name)
{
    ck_assert_uint_gt(strlen(name), 0);
    ck_assert_msg(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name),
                  "the name '%s' has more than [a-z0-9_]", name);
}

/* One sentence fragment on one line: it stands in tables. */
static void check_doc(const char *owner, const char *doc)
{
    ck_assert_msg(doc != NULL && strlen(doc) > 0, "%s has no doc", owner);
    ck_assert_msg(strlen(doc) <= 80 && strpbrk(doc, "\n\t") == NULL, "%s: doc '%s'", owner, doc);
}

START_TEST(names_are_unique)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        check_name(type->name);
        check_doc(type->name, type->doc);
        ck_assert_msg(sn_activation_find(type->name) == type, "two are named %s", type->name);
        if (type->alias == NULL)
            continue;
        check_name(type->alias);
        ck_assert_msg(sn_activation_find(type->alias) == type, "two are named %s", type->alias);
    }
}
END_TEST

static void check_param(const sn_activation_type *type, size_t index)
{
    const sn_param *p = &type->params[index];
    check_name(p->name);
    check_doc(type->name, p->doc);
    ck_assert_msg(isfinite(p->lower) && isfinite(p->upper) && p->lower <= p->initial
                      && p->initial <= p->upper,
                  "%s: %s starts at %g, outside %g to %g", type->name, p->name, p->initial,
                  p->lower, p->upper);
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, type->name, NULL), SN_OK);
    ck_assert(f.params[index] == p->initial);
    ck_assert_int_eq(sn_activation_set(&f, p->name, p->lower, NULL), SN_OK);
    ck_assert(f.params[index] == p->lower);
    ck_assert_int_eq(sn_activation_set(&f, p->name, p->upper, NULL), SN_OK);
    ck_assert(f.params[index] == p->upper);
    const double outside[] = {nextafter(p->lower, -INFINITY), nextafter(p->upper, INFINITY), NAN};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        ck_assert_int_eq(sn_activation_set(&f, p->name, outside[i], NULL), SN_EDOMAIN);
        ck_assert(f.params[index] == p->upper);
    }
    for (size_t i = 0; i < index; i++)
        ck_assert_str_ne(type->params[i].name, p->name);
}

START_TEST(parameters_can_be_set_within_their_ranges)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        ck_assert_uint_le(type->n_params, SN_MAX_PARAMS);
        for (size_t k = 0; k < type->n_params; k++)
            check_param(type, k);
    }
}
END_TEST

START_TEST(every_row_is_complete)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        ck_assert_msg(type->value != NULL && type->derivative != NULL,
                      "%s lacks value or derivative", type->name);
        ck_assert_msg(type->moments == NULL || type->mean == NULL,
                      "%s has its mean twice: in moments and by itself", type->name);
    }
}
END_TEST

UNIT_MAIN("registry", unknown_names_get_a_suggestion, the_promised_activations_are_there,
          names_are_unique, parameters_can_be_set_within_their_ranges, every_row_is_complete)
