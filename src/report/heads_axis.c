/* How swept values stand along an axis. A sweep is over text (an activation), over numbers a user
 * listed (widths 32, 64, 128) or over an even range. Numbers whose gaps differ little keep their
 * distances, in the logarithm if those differ less; the rest stand side by side, like words. */
#include "report/heads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/script.h"

enum { LABEL_CHARACTERS = 28, MANY = 12 };

static bool is_text(const sn_table *table, size_t column)
{
    return sn_table_column(table, column)->kind == SN_TEXT;
}

static bool same(const sn_head_axis *axis, size_t row, size_t other)
{
    if (is_text(axis->table, axis->column))
        return strcmp(sn_table_text(axis->table, row, axis->column),
                      sn_table_text(axis->table, other, axis->column))
               == 0;
    const double a = sn_table_real(axis->table, row, axis->column);
    const double b = sn_table_real(axis->table, other, axis->column);
    return a == b || (isnan(a) && isnan(b));
}

size_t sn_head_axis_index(const sn_head_axis *axis, size_t row)
{
    size_t index = 0;
    while (index < axis->count && !same(axis, axis->row[index], row))
        index++;
    return index;
}

static double value_of(const sn_head_axis *axis, size_t index)
{
    return sn_table_real(axis->table, axis->row[index], axis->column);
}

/* In increasing order, as few as they are. */
static void sort(sn_head_axis *axis)
{
    for (size_t i = 1; i < axis->count; i++)
        for (size_t k = i; k > 0 && value_of(axis, k) < value_of(axis, k - 1); k--) {
            const size_t row = axis->row[k];
            axis->row[k] = axis->row[k - 1];
            axis->row[k - 1] = row;
        }
}

/* The largest gap between neighbours over the smallest. */
static double unevenness(const sn_head_axis *axis, bool logarithmic)
{
    double least = INFINITY, most = 0;
    for (size_t i = 1; i < axis->count; i++) {
        const double a = value_of(axis, i - 1), b = value_of(axis, i);
        const double gap = logarithmic ? log(b / a) : b - a;
        least = fmin(least, gap), most = fmax(most, gap);
    }
    return most / least;
}

static void place_values(sn_head_axis *axis)
{
    const double uneven = 6, far = 10;
    for (size_t i = 0; i < axis->count; i++)
        axis->place[i] = (double)i;
    const sn_column_kind kind = sn_table_column(axis->table, axis->column)->kind;
    if (kind == SN_TEXT || kind == SN_BOOLEAN)
        return;
    for (size_t i = 0; i < axis->count; i++)
        if (!isfinite(value_of(axis, i)))
            return;
    sort(axis);
    if (axis->count < 2)
        return;
    const double first = value_of(axis, 0), last = value_of(axis, axis->count - 1);
    const double linear = unevenness(axis, false);
    const double logarithmic = first > 0 ? unevenness(axis, true) : INFINITY;
    const bool by_log =
        logarithmic < linear || (axis->count == 2 && last > far * first && first > 0);
    if (!(fmin(linear, logarithmic) <= uneven))
        return;
    for (size_t i = 0; i < axis->count; i++)
        axis->place[i] = by_log ? log10(value_of(axis, i)) : value_of(axis, i);
}

sn_status sn_head_axis_make(const sn_table *table, size_t column, sn_head_axis *out, sn_error *err)
{
    const size_t rows = sn_table_rows(table);
    if (rows == 0 || column >= sn_table_columns(table))
        return sn_fail(err, SN_EINVAL, "the table %s has no rows or no such column",
                       sn_table_name(table));
    *out = (sn_head_axis){table, column, 0, malloc(rows * sizeof *out->row),
                          malloc(rows * sizeof *out->place)};
    if (out->row == NULL || out->place == NULL) {
        sn_head_axis_free(out);
        return sn_fail(err, SN_ENOMEM, "out of memory for a picture");
    }
    for (size_t i = 0; i < rows; i++)
        if (sn_head_axis_index(out, i) == out->count)
            out->row[out->count++] = i;
    place_values(out);
    return SN_OK;
}

void sn_head_axis_free(sn_head_axis *axis)
{
    free(axis->row);
    free(axis->place);
    axis->row = NULL;
    axis->place = NULL;
}

double sn_head_axis_lower(const sn_head_axis *axis, size_t index)
{
    const double *p = axis->place;
    if (axis->count == 1)
        return p[0] - 0.5;
    const size_t i = index > 0 ? index : 1;
    const double half = (p[i] - p[i - 1]) / 2;
    return p[index] - half;
}

double sn_head_axis_upper(const sn_head_axis *axis, size_t index)
{
    const double *p = axis->place;
    if (axis->count == 1)
        return p[0] + 0.5;
    const size_t i = index + 1 < axis->count ? index : index - 1;
    const double half = (p[i + 1] - p[i]) / 2;
    return p[index] + half;
}

/* With the minus signs that gnuplot gives its own numbers. */
static void put_number(double value, int digits, char text[SN_HEAD_LABEL_SIZE])
{
    char number[32];
    snprintf(number, sizeof number, "%.*g", digits, value);
    text[0] = '\0';
    for (const char *c = number; *c != '\0'; c++) {
        const size_t length = strlen(text);
        if (*c == '-')
            snprintf(text + length, SN_HEAD_LABEL_SIZE - length, "−");
        else
            snprintf(text + length, SN_HEAD_LABEL_SIZE - length, "%c", *c);
    }
}

static void name_of(const sn_head_axis *axis, size_t index, char text[SN_HEAD_LABEL_SIZE])
{
    const sn_column_kind kind = sn_table_column(axis->table, axis->column)->kind;
    if (kind == SN_TEXT)
        snprintf(text, SN_HEAD_LABEL_SIZE, "%s",
                 sn_table_text(axis->table, axis->row[index], axis->column));
    else if (isnan(value_of(axis, index)))
        snprintf(text, SN_HEAD_LABEL_SIZE, "none");
    else if (kind == SN_BOOLEAN)
        snprintf(text, SN_HEAD_LABEL_SIZE, "%s", value_of(axis, index) > 0 ? "true" : "false");
    else
        put_number(value_of(axis, index), axis->count > MANY ? 4 : 6, text);
}

/* A name as a quoted string, shortened, and with percent signs doubled: gnuplot reads the names of
 * ticks as formats. Returns its characters. */
static size_t put_name(FILE *script, const char *name)
{
    char text[SN_HEAD_LABEL_SIZE];
    size_t length = 0, characters = 0;
    for (; *name != '\0' && length + 8 < sizeof text; name++) {
        const bool starts = ((unsigned char)*name & 0xC0) != 0x80;
        if (starts && characters == LABEL_CHARACTERS - 1 && strlen(name) > 1) {
            length += (size_t)snprintf(text + length, sizeof text - length, "…");
            characters++;
            break;
        }
        characters += starts;
        if (*name == '%')
            text[length++] = '%';
        text[length++] = *name;
    }
    text[length] = '\0';
    sn_script_quote(script, text, sizeof text);
    return characters;
}

void sn_head_axis_write(const sn_head_axis *axis, FILE *script, const char *name)
{
    char variable[64];
    snprintf(variable, sizeof variable, "%s_label", name);
    sn_script_text(script, variable, sn_table_column(axis->table, axis->column)->name);
    fprintf(script, "%s_count = %zu\narray %s_places[%zu] = [", name, axis->count, name,
            axis->count);
    for (size_t i = 0; i < axis->count; i++) {
        char number[SN_NUMBER_SIZE];
        sn_number_text(axis->place[i], number);
        fprintf(script, "%s%s", i > 0 ? ", " : "", number);
    }
    fprintf(script, "]\narray %s_names[%zu] = [", name, axis->count);
    size_t longest = 0;
    for (size_t i = 0; i < axis->count; i++) {
        char text[SN_HEAD_LABEL_SIZE];
        name_of(axis, i, text);
        fputs(i > 0 ? ", " : "", script);
        const size_t characters = put_name(script, text);
        longest = characters > longest ? characters : longest;
    }
    fprintf(script, "]\n%s_characters = %zu\n", name, longest);
    fprintf(script, "%s_named = %d\n", name, is_text(axis->table, axis->column));
    snprintf(variable, sizeof variable, "%s_min", name);
    sn_script_number(script, variable, sn_head_axis_lower(axis, 0));
    snprintf(variable, sizeof variable, "%s_max", name);
    sn_script_number(script, variable, sn_head_axis_upper(axis, axis->count - 1));
}
