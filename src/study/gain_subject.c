/* The subject of a question about gains: an activation of the registry, an expression or a table of
 * points, and the law of its pre-activations, read from words and files. */
#include "study/gain_subject.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "study/parts.h"

enum { MOST_KINKS = 1000, MOST_BINS = 10000, MOST_POINTS = 50000 };

static sn_status out_of_memory(sn_error *err)
{
    return sn_fail(err, SN_ENOMEM, "out of memory");
}

/* A path that cannot be read is the user's to mend. */
static sn_status load(const char *path, sn_data *out, sn_error *err)
{
    sn_error why = {0};
    const sn_status status = sn_data_load(path, SN_MOST_VALUES, out, &why);
    if (status == SN_OK)
        return SN_OK;
    return sn_fail(err, status == SN_EIO ? SN_ECONFIG : status, "%s", why.message);
}

/* The number that ends at one of `ends` or at the end; *rest behind it. */
static bool read_number(const char *text, const char *ends, double *value, const char **rest)
{
    char *end;
    *value = strtod(text, &end);
    *rest = end;
    return end != text && isfinite(*value) && strchr(ends, *end) != NULL;
}

/* --- parameters -------------------------------------------------------------------------------- */

/* NAME=VALUE; *length of the name. */
static sn_status read_param(const char *word, size_t *length, double *value, sn_error *err)
{
    const char *equals = strchr(word, '='), *rest;
    if (equals == NULL || equals == word || !read_number(equals + 1, "", value, &rest))
        return sn_fail(err, SN_EINVAL,
                       "--param is '%s', allowed is NAME=VALUE with a finite number", word);
    *length = (size_t)(equals - word);
    return SN_OK;
}

static size_t count_words(const char *const *words)
{
    size_t n = 0;
    while (words != NULL && words[n] != NULL)
        n++;
    return n;
}

/* All parameters by name, the last of a name counting. */
static sn_status read_params(const char *const *words, sn_subject *out, sn_error *err)
{
    const size_t n = count_words(words);
    size_t letters = 0;
    for (size_t i = 0; i < n; i++)
        letters += strlen(words[i]) + 1;
    out->params = calloc(n + 1, sizeof *out->params);
    out->param_names = malloc(letters + 1);
    if (out->params == NULL || out->param_names == NULL)
        return out_of_memory(err);
    char *name = out->param_names;
    for (size_t i = 0; i < n; i++) {
        size_t length = 0;
        double value = 0;
        const sn_status status = read_param(words[i], &length, &value, err);
        if (status != SN_OK)
            return status;
        memcpy(name, words[i], length);
        name[length] = '\0';
        size_t at = 0;
        while (at < out->n_params && strcmp(out->params[at].name, name) != 0)
            at++;
        out->params[at] = (sn_named_value){name, value};
        if (at == out->n_params)
            out->n_params++;
        name += length + 1;
    }
    return SN_OK;
}

static sn_status set_params(sn_subject *out, sn_error *err)
{
    sn_status status = SN_OK;
    for (size_t i = 0; i < out->n_params && status == SN_OK; i++)
        status =
            sn_activation_set(&out->activation, out->params[i].name, out->params[i].value, err);
    out->n_params = 0; /* they are the activation's now */
    return status;
}

/* --- the activation ---------------------------------------------------------------------------- */

static sn_status read_table(const char *path, sn_subject *out, sn_error *err)
{
    sn_data data = {0};
    sn_status status = load(path, &data, err);
    if (status != SN_OK)
        return status;
    double *x = NULL;
    if (data.n_columns != 2 || data.n_rows < 2) {
        status =
            sn_fail(err, SN_ECONFIG,
                    "%s: found %zu rows of %zu columns, allowed are 2 columns, x and f(x), and "
                    "at least 2 rows",
                    path, data.n_rows, data.n_columns);
        goto done;
    }
    if (data.n_rows > MOST_POINTS) {
        status = sn_fail(err, SN_ECONFIG, "%s: found %zu points, allowed are at most %d", path,
                         data.n_rows, MOST_POINTS);
        goto done;
    }
    x = malloc(2 * data.n_rows * sizeof *x);
    if (x == NULL) {
        status = out_of_memory(err);
        goto done;
    }
    double *f = x + data.n_rows;
    for (size_t i = 0; i < data.n_rows; i++) {
        x[i] = data.values[2 * i];
        f[i] = data.values[2 * i + 1];
    }
    sn_error why = {0};
    status = sn_sampled_new(data.n_rows, x, f, &out->points, &why);
    if (status != SN_OK)
        status = sn_fail(err, status, "%s: %s", path, why.message);
done:
    free(x);
    sn_data_free(&data);
    return status;
}

static sn_status read_kinks(const char *words, sn_subject *out, size_t *n, sn_error *err)
{
    *n = 0;
    if (words == NULL)
        return SN_OK;
    out->kinks = malloc(MOST_KINKS * sizeof *out->kinks);
    if (out->kinks == NULL)
        return out_of_memory(err);
    for (const char *at = words;; at++) {
        if (*n == MOST_KINKS || !read_number(at, ",", &out->kinks[*n], &at))
            return sn_fail(err, SN_EINVAL,
                           "--kinks is '%s', allowed are at most %d finite numbers with commas "
                           "between",
                           words, MOST_KINKS);
        ++*n;
        if (*at == '\0')
            return SN_OK;
    }
}

static sn_status make_expression(const sn_subject_words *words, sn_subject *out, sn_error *err)
{
    size_t n_kinks;
    sn_status status = read_kinks(words->kinks, out, &n_kinks, err);
    if (status != SN_OK)
        return status;
    const sn_activation table =
        out->points != NULL ? sn_sampled_activation(out->points) : (sn_activation){0};
    const sn_expression_spec spec = {.text = words->expression,
                                     .n_params = out->n_params,
                                     .params = out->params,
                                     .table = out->points != NULL ? &table : NULL,
                                     .n_kinks = n_kinks,
                                     .kinks = out->kinks};
    sn_error why = {0};
    status = sn_expression_new(&spec, &out->formula, &why);
    if (status != SN_OK)
        return sn_fail(err, status, "--expression: %s", why.message);
    out->expression = words->expression;
    out->activation = sn_expression_activation(out->formula);
    return SN_OK;
}

static sn_status make_activation(const sn_subject_words *words, sn_subject *out, sn_error *err)
{
    if (words->name != NULL && (words->expression != NULL || words->table != NULL))
        return sn_fail(
            err, SN_EINVAL, "'%s' and --%s exclude each other; an expression may call %s(x)",
            words->name, words->expression != NULL ? "expression" : "table", words->name);
    if (words->kinks != NULL && words->expression == NULL)
        return sn_fail(err, SN_EINVAL, "--kinks belongs to an --expression");
    sn_status status = read_params(words->params, out, err);
    if (status == SN_OK && words->table != NULL) {
        status = read_table(words->table, out, err);
        out->table = words->table;
    }
    if (status != SN_OK)
        return status;
    if (words->expression != NULL)
        return make_expression(words, out, err);
    if (words->table != NULL) {
        if (out->n_params > 0)
            return sn_fail(err, SN_EINVAL, "--param: a table has no parameter '%s'",
                           out->params[0].name);
        out->activation = sn_sampled_activation(out->points);
        return SN_OK;
    }
    status = sn_activation_init(&out->activation, words->name != NULL ? words->name : "selu", err);
    return status == SN_OK ? set_params(out, err) : status;
}

/* --- the law ----------------------------------------------------------------------------------- */

static sn_status read_histogram(const char *path, sn_subject *out, sn_error *err)
{
    sn_data data = {0};
    sn_status status = load(path, &data, err);
    if (status != SN_OK)
        return status;
    const size_t n = data.n_rows;
    if (data.n_columns != 3) {
        status = sn_fail(err, SN_ECONFIG,
                         "%s: found %zu columns, allowed are 3: a bin's lower end, its upper end, "
                         "its weight",
                         path, data.n_columns);
        goto done;
    }
    if (n > MOST_BINS) {
        status = sn_fail(err, SN_ECONFIG, "%s: found %zu bins, allowed are at most %d", path, n,
                         MOST_BINS);
        goto done;
    }
    out->bins = malloc((2 * n + 1) * sizeof *out->bins);
    if (out->bins == NULL) {
        status = out_of_memory(err);
        goto done;
    }
    double *weights = out->bins + n + 1;
    for (size_t i = 0; i < n && status == SN_OK; i++) {
        const double *row = data.values + 3 * i;
        if (i > 0 && row[0] != out->bins[i])
            status = sn_fail(err, SN_ECONFIG,
                             "%s: bin %zu begins at %g, allowed is where the one before it ends, "
                             "%g",
                             path, i + 1, row[0], out->bins[i]);
        out->bins[i] = row[0];
        out->bins[i + 1] = row[1];
        weights[i] = row[2];
    }
    out->law =
        (sn_law){.kind = SN_LAW_HISTOGRAM, .n_bins = n, .edges = out->bins, .weights = weights};
done:
    sn_data_free(&data);
    return status;
}

static const char *law_name(const void *context, size_t index)
{
    (void)context;
    return index < SN_LAW_COUNT ? sn_law_name((sn_law_kind)index) : NULL;
}

static sn_status make_law(const char *word, sn_subject *out, sn_error *err)
{
    out->law = sn_law_default(SN_LAW_NORMAL);
    out->is_normal = true;
    if (word == NULL)
        return SN_OK;
    const size_t length = strcspn(word, ":");
    const char *parameter = word[length] == ':' ? word + length + 1 : NULL;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    int kind = 0;
    while (kind < SN_LAW_COUNT && strcmp(sn_law_name((sn_law_kind)kind), name) != 0)
        kind++;
    if (kind == SN_LAW_COUNT)
        return sn_fail(err, SN_EUNKNOWN, "--law: unknown law '%s'; the nearest known one is '%s'",
                       name, sn_nearest(name, law_name, NULL));
    out->law = sn_law_default((sn_law_kind)kind);
    out->is_normal = kind == SN_LAW_NORMAL;
    sn_status status = SN_OK;
    const char *rest;
    if (kind == SN_LAW_HISTOGRAM) {
        if (parameter == NULL)
            return sn_fail(err, SN_EINVAL, "--law is '%s', allowed is histogram:FILE", word);
        status = read_histogram(parameter, out, err);
    } else if (parameter != NULL && sn_law_parameter_doc((sn_law_kind)kind)[0] == '\0') {
        return sn_fail(err, SN_EINVAL, "--law is '%s', but %s has no parameter", word, name);
    } else if (parameter != NULL && !read_number(parameter, "", &out->law.parameter, &rest)) {
        return sn_fail(err, SN_EINVAL, "--law is '%s', allowed behind the colon is a number: %s",
                       word, sn_law_parameter_doc((sn_law_kind)kind));
    }
    if (status != SN_OK)
        return status;
    sn_error why = {0};
    status = sn_law_check(&out->law, &why);
    return status == SN_OK ? SN_OK : sn_fail(err, status, "--law: %s", why.message);
}

/* --- the whole --------------------------------------------------------------------------------- */

sn_status sn_subject_make(const sn_subject_words *words, sn_subject *out, sn_error *err)
{
    *out = (sn_subject){0};
    const sn_status status = make_activation(words, out, err);
    return status == SN_OK ? make_law(words->law, out, err) : status;
}

void sn_subject_free(sn_subject *subject)
{
    sn_expression_free(subject->formula);
    sn_sampled_free(subject->points);
    free(subject->params);
    free(subject->param_names);
    free(subject->kinks);
    free(subject->bins);
    *subject = (sn_subject){0};
}

void sn_subject_text(const sn_subject *subject, char *text, size_t size)
{
    if (subject->expression == NULL && subject->table == NULL) {
        sn_study_activation_text(&subject->activation, text, size);
        return;
    }
    int n = snprintf(text, size, "%s%s", subject->expression != NULL ? "" : "table ",
                     subject->expression != NULL ? subject->expression : subject->table);
    for (size_t i = 0; i < subject->n_params && n >= 0 && (size_t)n < size; i++)
        n += snprintf(text + n, size - (size_t)n, ", %s %.6g", subject->params[i].name,
                      subject->params[i].value);
    if (subject->expression != NULL && subject->table != NULL && n >= 0 && (size_t)n < size)
        snprintf(text + n, size - (size_t)n, ", table %s", subject->table);
}

void sn_law_text(const sn_law *law, double x, double y, int digits, char *text, size_t size)
{
    if (law->kind == SN_LAW_NORMAL)
        snprintf(text, size, "N(%.*g, %.*g)", digits, x, digits, y);
    else if (sn_law_parameter_doc(law->kind)[0] != '\0')
        snprintf(text, size, "%s:%.*g of mean %.*g, variance %.*g", sn_law_name(law->kind), digits,
                 law->parameter, digits, x, digits, y);
    else
        snprintf(text, size, "%s of mean %.*g, variance %.*g", sn_law_name(law->kind), digits, x,
                 digits, y);
}
