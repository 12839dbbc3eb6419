/* Reference vectors as a file that NumPy and pandas read: every number of every format is a float64,
 * and stands there as a decimal that reads back equal. */
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "config/text.h"
#include "report/number.h"
#include "study/vectors_study.h"

static bool has_defaults(const sn_activation *f)
{
    for (size_t i = 0; i < f->type->n_params; i++)
        if (f->params[i] != f->type->params[i].initial)
            return false;
    return true;
}

static void add_number(sn_text *text, double value)
{
    char number[SN_NUMBER_SIZE];
    sn_number_text(value, number);
    sn_text_add(text, number);
}

static void add_comments(sn_text *text, const sn_activation *f)
{
    sn_text_addf(text,
                 "# Reference values of an activation and its derivative, by selfnorm %s.\n"
                 "# %s: %s\n",
                 sn_version(), f->type->name, f->type->doc);
    for (size_t i = 0; i < f->type->n_params; i++) {
        sn_text_addf(text, "# %s = ", f->type->params[i].name);
        add_number(text, f->params[i]);
        sn_text_add(text, "\n");
    }
    if (strcmp(f->type->name, "selu") == 0 && has_defaults(f))
        sn_text_add(text,
                    "# These stand for the exact constants that keep mean 0 and variance 1.\n");
    sn_text_add(
        text,
        "# Correctly rounded to the format of the line: to nearest, ties to even, with\n"
        "# subnormals and overflow to infinity; proved by enclosures. At a kink the\n"
        "# derivative is the left one. At infinities both are limits; nan: there is none.\n"
        "# Decimals are exact: they read back equal as float64, then convert to the format.\n");
}

/* The columns before the argument: their names, or of one line their contents. */
static void add_start(sn_text *text, const sn_activation *f, const char *name, const char *format)
{
    sn_text_add(text, name != NULL ? name : "activation");
    for (size_t i = 0; i < f->type->n_params && !has_defaults(f); i++) {
        sn_text_add(text, ",");
        if (name == NULL)
            sn_text_add(text, f->type->params[i].name);
        else
            add_number(text, f->params[i]);
    }
    sn_text_addf(text, ",%s,", format);
}

static sn_status add_format(sn_text *text, const sn_activation *f, sn_format format, sn_error *err)
{
    double *x;
    size_t n;
    sn_status status = sn_vector_arguments(f, format, &x, &n, err);
    for (size_t i = 0; i < n && status == SN_OK; i++) {
        double value, derivative;
        status = sn_vector_value(f, format, x[i], &value, &derivative, err);
        if (status != SN_OK)
            break;
        add_start(text, f, f->type->name, sn_format_name(format));
        add_number(text, x[i]);
        sn_text_add(text, ",");
        add_number(text, value);
        sn_text_add(text, ",");
        add_number(text, derivative);
        sn_text_add(text, "\n");
    }
    free(x);
    return status;
}

sn_status sn_vectors_write(const sn_activation *f, char **out, size_t *size, sn_error *err)
{
    sn_text text = {0};
    *out = NULL;
    *size = 0;
    add_comments(&text, f);
    add_start(&text, f, NULL, "format");
    sn_text_add(&text, "x,f,derivative\n");
    sn_status status = SN_OK;
    for (int format = 0; format < SN_FORMAT_COUNT && status == SN_OK; format++)
        status = add_format(&text, f, (sn_format)format, err);
    if (status != SN_OK) {
        sn_text_free(&text);
        return status;
    }
    *size = text.length;
    *out = sn_text_take(&text);
    return *out != NULL ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory");
}
