/* Lines of numbers.
 *
 * The first line that is neither blank nor a comment says what separates: a semicolon if it has
 * one, else a comma, else a tab, else blanks. Blanks around numbers do not count, quotes around
 * them are taken off. A first line of which nothing is a number names the columns. Numbers are
 * decimal, with a point, in every locale. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/data.h"

enum { LONGEST_NUMBER = 400, SHOWN = 40 };

typedef struct reader {
    const char *at, *end; /* of the text */
    const char *line, *line_end;
    size_t line_number;
    char separator; /* '\0': not yet known */
    const char *point;
    size_t first_line; /* the line that says how many columns there are */
    size_t capacity;
    size_t n, most; /* values */
    sn_data data;
    sn_error *err;
} reader;

/* A field of the line, without blanks and quotes around it. */
typedef struct field {
    const char *text;
    size_t length;
} field;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static sn_status fail_at(const reader *r, const char *place, const char *found, size_t length,
                         const char *allowed)
{
    char text[SHOWN + 1];
    size_t n = 0;
    for (; n < length && n < SHOWN; n++)
        text[n] = found[n] >= 0x20 && found[n] < 0x7f ? found[n] : '?';
    text[n] = '\0';
    return sn_fail(r->err, SN_ECONFIG, "%zu:%td: found '%s%s', allowed is %s", r->line_number,
                   place - r->line + 1, text, length > SHOWN ? "..." : "", allowed);
}

/* The next line with something on it, without what is a comment; false past the last. */
static bool next_line(reader *r)
{
    while (r->at < r->end) {
        const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
        r->line = r->at;
        r->line_end = end != NULL ? end : r->end;
        r->at = end != NULL ? end + 1 : r->end;
        r->line_number++;
        const char *comment = memchr(r->line, '#', (size_t)(r->line_end - r->line));
        if (comment != NULL)
            r->line_end = comment;
        else if (r->line_end > r->line && r->line_end[-1] == '\r')
            r->line_end--;
        while (r->line_end > r->line && is_blank(r->line_end[-1]) && r->separator != '\t')
            r->line_end--;
        for (const char *c = r->line; c < r->line_end; c++)
            if (!is_blank(*c))
                return true;
    }
    return false;
}

static char find_separator(const reader *r)
{
    static const char separators[] = {';', ',', '\t'};
    for (size_t i = 0; i < sizeof separators; i++)
        if (memchr(r->line, separators[i], (size_t)(r->line_end - r->line)) != NULL)
            return separators[i];
    return ' ';
}

/* Takes the next field from *at on, which is behind it then; false past the last. */
static bool next_field(const reader *r, const char **at, field *out)
{
    const char *c = *at;
    if (c == NULL)
        return false;
    while (c < r->line_end && is_blank(*c) && *c != r->separator)
        c++;
    if (r->separator == ' ')
        while (c < r->line_end && is_blank(*c))
            c++;
    const char *start = c;
    const bool quoted = c < r->line_end && *c == '"';
    if (quoted)
        for (c++; c < r->line_end && *c != '"'; c++)
            ;
    while (c < r->line_end && *c != r->separator && !(r->separator == ' ' && *c == '\t'))
        c++;
    const char *end = c;
    while (end > start && is_blank(end[-1]))
        end--;
    if (r->separator == ' ') /* blanks at the end separate nothing */
        while (c < r->line_end && is_blank(*c))
            c++;
    *at = c == r->line_end ? NULL : r->separator == ' ' ? c : c + 1;
    if (end - start >= 2 && *start == '"' && end[-1] == '"') {
        start++;
        end--;
    }
    *out = (field){start, (size_t)(end - start)};
    return true;
}

/* Whether a field is written as a number: digits with a point or without, an exponent. */
static bool is_decimal(const field *f)
{
    const char *c = f->text, *end = c + f->length;
    size_t digits = 0;
    if (c < end && (*c == '+' || *c == '-'))
        c++;
    for (; c < end && *c >= '0' && *c <= '9'; c++)
        digits++;
    if (c < end && *c == '.')
        for (c++; c < end && *c >= '0' && *c <= '9'; c++)
            digits++;
    if (digits == 0)
        return false;
    if (c < end && (*c == 'e' || *c == 'E')) {
        c++;
        if (c < end && (*c == '+' || *c == '-'))
            c++;
        digits = 0;
        for (; c < end && *c >= '0' && *c <= '9'; c++)
            digits++;
    }
    return digits > 0 && c == end;
}

/* "nan", "-Infinity" and their like, which stand where numbers do. */
static bool is_no_finite(const field *f)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    const size_t sign = f->length > 0 && (*f->text == '+' || *f->text == '-');
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = 0;
        while (sign + n < f->length && words[i][n] != '\0'
               && (f->text[sign + n] | 0x20) == words[i][n])
            n++;
        if (words[i][n] == '\0' && sign + n == f->length)
            return true;
    }
    return false;
}

static bool is_header(const reader *r)
{
    const char *at = r->line;
    field f;
    while (next_field(r, &at, &f))
        if (is_decimal(&f) || is_no_finite(&f))
            return false;
    return true;
}

static sn_status read_number(const reader *r, const field *f, double *out)
{
    char text[LONGEST_NUMBER + 16];
    if (!is_decimal(f) || f->length > LONGEST_NUMBER)
        return fail_at(r, f->text, f->text, f->length, "a finite decimal number");
    const char *point = memchr(f->text, '.', f->length);
    const size_t before = point != NULL ? (size_t)(point - f->text) : f->length;
    snprintf(text, sizeof text, "%.*s%s%.*s", (int)before, f->text, point != NULL ? r->point : "",
             (int)(point != NULL ? f->length - before - 1 : 0), point != NULL ? point + 1 : "");
    *out = strtod(text, NULL);
    return isfinite(*out) ? SN_OK
                          : fail_at(r, f->text, f->text, f->length, "a number up to 1.797e308");
}

static sn_status add_value(reader *r, double x)
{
    if (r->n == r->most)
        return sn_fail(r->err, SN_ETOOBIG, "%zu:1: found more than %zu values, allowed are %zu",
                       r->line_number, r->most, r->most);
    if (r->n == r->capacity) {
        const size_t capacity = r->capacity > 0 ? 2 * r->capacity : 1024;
        double *grown = realloc(r->data.values, capacity * sizeof *grown);
        if (grown == NULL)
            return sn_fail(r->err, SN_ENOMEM, "out of memory");
        r->data.values = grown;
        r->capacity = capacity;
    }
    r->data.values[r->n++] = x;
    return SN_OK;
}

/* The line's fields, counted and, unless they are names, taken as numbers. */
static sn_status read_line(reader *r, bool names)
{
    const char *at = r->line;
    field f;
    size_t n = 0;
    for (; next_field(r, &at, &f); n++) {
        double x = 0;
        if (names)
            continue;
        sn_status status = read_number(r, &f, &x);
        if (status == SN_OK)
            status = add_value(r, x);
        if (status != SN_OK)
            return status;
    }
    if (r->first_line == 0) {
        r->first_line = r->line_number;
        r->data.n_columns = n;
    }
    r->data.n_rows += !names;
    if (n == r->data.n_columns)
        return SN_OK;
    return sn_fail(r->err, SN_ECONFIG, "%zu:1: found %zu values, allowed are %zu, as in line %zu",
                   r->line_number, n, r->data.n_columns, r->first_line);
}

sn_status sn_csv_parse(const char *bytes, size_t length, size_t most, sn_data *out, sn_error *err)
{
    reader r = {.at = bytes, .end = bytes + length, .most = most, .err = err};
    r.point = localeconv()->decimal_point;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) /* a mark of UTF-8 */
        r.at += 3;
    sn_status status = SN_OK;
    *out = (sn_data){0};
    while (status == SN_OK && next_line(&r)) {
        const bool first = r.separator == '\0';
        if (first)
            r.separator = find_separator(&r);
        status = read_line(&r, first && is_header(&r));
    }
    if (status == SN_OK && r.data.n_rows == 0)
        status = sn_fail(err, SN_ECONFIG, "%zu:1: found no numbers, allowed are lines of them",
                         r.line_number + (r.line_number == 0));
    if (status != SN_OK) {
        sn_data_free(&r.data);
        return status;
    }
    double *values = realloc(r.data.values, r.n * sizeof *values);
    if (values != NULL)
        r.data.values = values;
    *out = r.data;
    return SN_OK;
}
