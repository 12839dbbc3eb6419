/* Vectors of others, read from lines with commas between.
 *
 * The first line with something on it names the columns. Blanks and quotes around a field do not
 * count, nor does anything from # on. A decimal is taken as the number of its line's format that is
 * nearest, so that the shortest decimals of a float32 are what they say. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "study/vectors_study.h"

/* The columns there are besides parameters. */
enum { ACTIVATION, FORMAT, X, F, DERIVATIVE, NAMED };
static const char *const names[] = {"activation", "format", "x", "f", "derivative", NULL};

enum { MOST_COLUMNS = 32, LONGEST_NAME = 63, LONGEST_NUMBER = 400, SHOWN = 40 };

typedef struct field {
    const char *text;
    size_t length;
} field;

typedef struct reader {
    const char *at, *end; /* of the text */
    const char *line;
    size_t number;
    size_t n_fields, n_columns;
    field fields[MOST_COLUMNS];
    int place[NAMED];                            /* the column of each name, -1: there is none */
    char params[MOST_COLUMNS][LONGEST_NAME + 1]; /* "": the column is no parameter */
    size_t n_given;
    const sn_vectors_param *given;
    bool used[SN_MAX_PARAMS]; /* whether an activation has the given one */
    sn_error *err;
} reader;

static sn_status fail_at(const reader *r, const field *f, const char *allowed)
{
    char text[SHOWN + 1];
    size_t n = 0;
    for (; n < f->length && n < SHOWN; n++)
        text[n] = f->text[n] >= 0x20 && f->text[n] < 0x7f ? f->text[n] : '?';
    text[n] = '\0';
    return sn_fail(r->err, SN_ECONFIG, "%zu:%td: found '%s%s', allowed is %s", r->number,
                   f->text - r->line + 1, text, f->length > SHOWN ? "..." : "", allowed);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static field trim(const char *start, const char *end)
{
    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    if (end - start >= 2 && *start == '"' && end[-1] == '"') {
        start++;
        end--;
    }
    return (field){start, (size_t)(end - start)};
}

/* The fields of the next line with something on it; *more: there is one. */
static sn_status next_line(reader *r, bool *more)
{
    for (*more = false; r->at < r->end && !*more;) {
        r->line = r->at;
        r->number++;
        const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
        end = end != NULL ? end : r->end;
        r->at = end < r->end ? end + 1 : end;
        if (end - r->line > SN_VECTORS_LONGEST_LINE)
            return sn_fail(r->err, SN_ECONFIG, "%zu:1: found a line of %td bytes, allowed are %d",
                           r->number, end - r->line, SN_VECTORS_LONGEST_LINE);
        const char *comment = memchr(r->line, '#', (size_t)(end - r->line));
        end = comment != NULL ? comment : end;
        if (trim(r->line, end).length == 0)
            continue;
        *more = true;
        r->n_fields = 0;
        for (const char *c = r->line; c <= end;) {
            const char *comma = memchr(c, ',', (size_t)(end - c));
            const char *stop = comma != NULL ? comma : end;
            const field f = trim(c, stop);
            if (r->n_fields == MOST_COLUMNS)
                return fail_at(r, &f, "32 columns at most");
            r->fields[r->n_fields++] = f;
            c = stop + 1;
        }
    }
    return SN_OK;
}

static bool is_word(const field *f, const char *word)
{
    return strlen(word) == f->length && memcmp(f->text, word, f->length) == 0;
}

/* Whether any activation has a parameter of that name. */
static bool is_param(const field *f)
{
    for (size_t i = 0; sn_activation_at(i) != NULL; i++)
        for (size_t p = 0; p < sn_activation_at(i)->n_params; p++)
            if (is_word(f, sn_activation_at(i)->params[p].name))
                return f->length <= LONGEST_NAME;
    return false;
}

static sn_status read_column_name(reader *r, size_t column)
{
    const field *f = &r->fields[column];
    for (size_t i = 0; i < column; i++)
        if (r->fields[i].length == f->length && f->length > 0
            && memcmp(r->fields[i].text, f->text, f->length) == 0)
            return fail_at(r, f, "each column once");
    for (int name = 0; name < NAMED; name++)
        if (is_word(f, names[name])) {
            r->place[name] = (int)column;
            return SN_OK;
        }
    if (!is_param(f))
        return fail_at(r, f,
                       "activation, format, x, f, derivative or a parameter as the name of a "
                       "column");
    memcpy(r->params[column], f->text, f->length);
    for (size_t i = 0; i < r->n_given; i++)
        if (is_word(f, r->given[i].name))
            return fail_at(r, f, "no column for a parameter that is given for all");
    return SN_OK;
}

static sn_status read_header(reader *r)
{
    bool more;
    sn_status status = next_line(r, &more);
    if (status != SN_OK)
        return status;
    if (!more)
        return sn_fail(r->err, SN_ECONFIG,
                       "%zu:1: found no line of column names, allowed is one with activation, "
                       "format, x, f",
                       r->number + (r->number == 0));
    for (int name = 0; name < NAMED; name++)
        r->place[name] = -1;
    r->n_columns = r->n_fields;
    for (size_t i = 0; i < r->n_columns && status == SN_OK; i++)
        status = read_column_name(r, i);
    for (int name = 0; name < DERIVATIVE && status == SN_OK; name++)
        if (r->place[name] < 0)
            status = sn_fail(r->err, SN_ECONFIG, "%zu:1: found no column '%s', allowed is one",
                             r->number, names[name]);
    return status;
}

/* Digits with a point or without, an exponent. */
static bool is_decimal(const char *c)
{
    c += *c == '+' || *c == '-';
    size_t digits = strspn(c, "0123456789");
    c += digits;
    if (*c == '.') {
        const size_t more = strspn(++c, "0123456789");
        digits += more;
        c += more;
    }
    if (digits > 0 && (*c == 'e' || *c == 'E')) {
        c++;
        c += *c == '+' || *c == '-';
        digits = strspn(c, "0123456789");
        c += digits;
    }
    return digits > 0 && *c == '\0';
}

static bool read_special(const char *word, double *out)
{
    const double sign = *word == '-' ? -1 : 1;
    word += *word == '+' || *word == '-';
    char lower[16] = "";
    for (size_t i = 0; i + 1 < sizeof lower && word[i] != '\0'; i++)
        lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
    *out = strcmp(lower, "nan") == 0 ? NAN : sign * INFINITY;
    return isnan(*out) || strcmp(lower, "inf") == 0 || strcmp(lower, "infinity") == 0;
}

static sn_status read_number(const reader *r, const field *f, double *out)
{
    char word[LONGEST_NUMBER + 1], local[LONGEST_NUMBER + 16];
    if (f->length > LONGEST_NUMBER || memchr(f->text, '\0', f->length) != NULL)
        return fail_at(r, f, "a decimal number, inf or nan");
    memcpy(word, f->text, f->length);
    word[f->length] = '\0';
    if (read_special(word, out))
        return SN_OK;
    if (!is_decimal(word))
        return fail_at(r, f, "a decimal number, inf or nan");
    const size_t before = strcspn(word, ".");
    snprintf(local, sizeof local, "%.*s%s%s", (int)before, word,
             word[before] != '\0' ? localeconv()->decimal_point : "",
             word[before] != '\0' ? word + before + 1 : "");
    *out = strtod(local, NULL);
    return isinf(*out) ? fail_at(r, f, "a number up to 1.797e308, or inf") : SN_OK;
}

static const field *cell(const reader *r, int name)
{
    return r->place[name] < 0 ? NULL : &r->fields[r->place[name]];
}

static const char *activation_name(const void *context, size_t index)
{
    (void)context;
    const sn_activation_type *type = sn_activation_at(index);
    return type != NULL ? type->name : NULL;
}

static sn_status read_activation(const reader *r, sn_activation *out)
{
    const field *f = cell(r, ACTIVATION);
    char name[LONGEST_NAME + 1] = "", allowed[128];
    memcpy(name, f->text, f->length < LONGEST_NAME ? f->length : LONGEST_NAME);
    if (f->length <= LONGEST_NAME && strlen(name) == f->length
        && sn_activation_init(out, name, NULL) == SN_OK)
        return SN_OK;
    snprintf(allowed, sizeof allowed, "the name of an activation, the nearest being '%s'",
             sn_nearest(name, activation_name, NULL));
    return fail_at(r, f, allowed);
}

static sn_status read_params(reader *r, sn_activation *f)
{
    for (size_t i = 0; i < r->n_columns; i++) {
        double value;
        const field *at = &r->fields[i];
        if (r->params[i][0] == '\0' || at->length == 0)
            continue;
        sn_error why;
        const sn_status status = read_number(r, at, &value);
        if (status != SN_OK)
            return status;
        if (sn_activation_set(f, r->params[i], value, &why) != SN_OK)
            return sn_fail(r->err, SN_ECONFIG, "%zu:%td: %s", r->number, at->text - r->line + 1,
                           why.message);
    }
    for (size_t i = 0; i < r->n_given; i++) {
        sn_error why;
        const sn_status status = sn_activation_set(f, r->given[i].name, r->given[i].value, &why);
        if (status == SN_EDOMAIN)
            return sn_fail(r->err, status, "%s", why.message);
        r->used[i] = r->used[i] || status == SN_OK;
    }
    return SN_OK;
}

static sn_status read_format(const reader *r, sn_format *out)
{
    for (int i = 0; i < SN_FORMAT_COUNT; i++)
        if (is_word(cell(r, FORMAT), sn_format_name((sn_format)i))) {
            *out = (sn_format)i;
            return SN_OK;
        }
    return fail_at(r, cell(r, FORMAT), "float64, float32, float16 or bfloat16");
}

static sn_status read_line(reader *r, sn_vectors_line *out)
{
    if (r->n_fields != r->n_columns)
        return sn_fail(r->err, SN_ECONFIG, "%zu:1: found %zu fields, allowed are %zu, the columns",
                       r->number, r->n_fields, r->n_columns);
    *out = (sn_vectors_line){.number = r->number};
    sn_status status = read_activation(r, &out->f);
    if (status == SN_OK)
        status = read_params(r, &out->f);
    if (status == SN_OK)
        status = read_format(r, &out->format);
    if (status == SN_OK)
        status = read_number(r, cell(r, X), &out->x);
    for (int i = 0; i < SN_VECTORS_COLUMNS && status == SN_OK; i++) {
        const field *f = cell(r, i == SN_VECTORS_F ? F : DERIVATIVE);
        out->has[i] = f != NULL && (f->length > 0 || i == SN_VECTORS_F);
        if (out->has[i])
            status = read_number(r, f, &out->values[i]);
        if (status == SN_OK && out->has[i])
            out->values[i] = sn_format_round(out->format, out->values[i]);
    }
    if (status == SN_OK)
        out->x = sn_format_round(out->format, out->x);
    return status;
}

static sn_status read_all(reader *r, sn_status (*take)(void *, const sn_vectors_line *, sn_error *),
                          void *context)
{
    sn_status status = read_header(r);
    for (bool more = true, any = false; status == SN_OK; any = true) {
        sn_vectors_line line;
        status = next_line(r, &more);
        if (status == SN_OK && !more && !any)
            return sn_fail(r->err, SN_ECONFIG, "%zu:1: found no values, allowed are lines of them",
                           r->number);
        if (status != SN_OK || !more)
            break;
        status = read_line(r, &line);
        if (status == SN_OK)
            status = take(context, &line, r->err);
    }
    return status;
}

sn_status
sn_vectors_read(const char *text, size_t size, size_t n_params, const sn_vectors_param *params,
                sn_status (*take)(void *context, const sn_vectors_line *line, sn_error *err),
                void *context, sn_error *err)
{
    if (n_params > SN_MAX_PARAMS)
        return sn_fail(err, SN_EINVAL, "%zu parameters are given, allowed are %d", n_params,
                       SN_MAX_PARAMS);
    reader r = {.at = text, .end = text + size, .n_given = n_params, .given = params, .err = err};
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) /* a mark of UTF-8 */
        r.at += 3;
    const sn_status status = read_all(&r, take, context);
    for (size_t i = 0; i < n_params && status == SN_OK; i++)
        if (!r.used[i])
            return sn_fail(err, SN_EUNKNOWN, "no activation of the file has a parameter '%s'",
                           params[i].name);
    return status;
}
