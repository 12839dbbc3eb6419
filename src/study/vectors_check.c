/* The values of a file held against the exact ones: one row an activation, format and column. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/vectors_study.h"

static bool same(const sn_vectors_row *row, const sn_vectors_line *line, int column)
{
    return row->f.type == line->f.type && row->format == line->format && row->column == column
           && memcmp(row->f.params, line->f.params, sizeof row->f.params) == 0;
}

/* The row of a value, a new one if need be; the last rows first, as files are in order. NULL: memory
 * is out. */
static sn_vectors_row *find_row(sn_vectors_report *out, const sn_vectors_line *line, int column)
{
    for (size_t i = out->n; i-- > 0;)
        if (same(&out->rows[i], line, column))
            return &out->rows[i];
    if ((out->n & (out->n - 1)) == 0) { /* a power of two, or none: full */
        sn_vectors_row *rows = realloc(out->rows, (out->n > 0 ? 2 * out->n : 1) * sizeof *rows);
        if (rows == NULL)
            return NULL;
        out->rows = rows;
    }
    out->rows[out->n] =
        (sn_vectors_row){.f = line->f, .format = line->format, .column = column, .worst = -1};
    return &out->rows[out->n++];
}

static void count(sn_vectors_row *row, const sn_vectors_line *line, double ulp, double rounded)
{
    const double value = line->values[row->column];
    row->count++;
    row->correct += value == rounded || (isnan(value) && isnan(rounded));
    row->within_half += ulp <= 0.5;
    row->within_one += ulp <= 1;
    row->within_two += ulp <= 2;
    if (ulp > row->worst) {
        row->worst = ulp;
        row->worst_line = line->number;
        row->worst_x = line->x;
        row->worst_value = value;
        row->worst_rounded = rounded;
    }
}

static sn_status take(void *context, const sn_vectors_line *line, sn_error *err)
{
    double rounded[SN_VECTORS_COLUMNS];
    sn_error why;
    sn_status status = sn_vector_value(&line->f, line->format, line->x, &rounded[SN_VECTORS_F],
                                       &rounded[SN_VECTORS_DERIVATIVE], &why);
    for (int i = 0; i < SN_VECTORS_COLUMNS && status == SN_OK; i++) {
        double ulp;
        if (!line->has[i])
            continue;
        status = sn_vector_distance(&line->f, line->format, line->x, line->values[i],
                                    i == SN_VECTORS_DERIVATIVE, &ulp, &why);
        if (status != SN_OK)
            break;
        sn_vectors_row *row = find_row(context, line, i);
        if (row == NULL)
            return sn_fail(err, SN_ENOMEM, "out of memory");
        count(row, line, ulp, rounded[i]);
    }
    if (status == SN_OK)
        return status;
    return sn_fail(err, status == SN_EUNKNOWN ? SN_ECONFIG : status, "%zu:1: %s", line->number,
                   why.message);
}

sn_status sn_vectors_check(const char *text, size_t size, size_t n_params,
                           const sn_vectors_param *params, sn_vectors_report *out, sn_error *err)
{
    *out = (sn_vectors_report){.n = 0};
    const sn_status status = sn_vectors_read(text, size, n_params, params, take, out, err);
    if (status != SN_OK)
        sn_vectors_report_free(out);
    return status;
}

void sn_vectors_report_free(sn_vectors_report *report)
{
    if (report == NULL)
        return;
    free(report->rows);
    *report = (sn_vectors_report){.n = 0};
}
