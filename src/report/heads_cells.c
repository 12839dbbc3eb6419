/* The heads of pictures made of cells: the boxes of a bound, regions of omega and tau, layers until
 * a start has entered a box. A template draws a block of the table row by row, so that of cells that
 * overlap the last is seen. */
#include "report/heads.h"

#include <math.h>
#include <string.h>

#include "report/script.h"

typedef struct block {
    const sn_table *table;
    size_t from, to; /* its rows */
} block;

static sn_status find_block(const sn_picture *picture, block *out, sn_error *err)
{
    const sn_table *table = picture->cells;
    const size_t rows = table != NULL ? sn_table_rows(table) : 0;
    size_t from = 0;
    for (size_t i = 0; i < picture->block && from < rows; i++)
        from = sn_head_next_block(table, from, picture->key_columns);
    if (from >= rows)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs cells", picture->kind);
    *out = (block){table, from, sn_head_next_block(table, from, picture->key_columns)};
    return SN_OK;
}

typedef struct ends {
    double low, high;
} ends;

/* From the smallest finite value of one column to the largest of another. */
static ends ends_of(const block *b, const char *lower, const char *upper)
{
    const size_t low = sn_table_find(b->table, lower), high = sn_table_find(b->table, upper);
    ends e = {INFINITY, -INFINITY};
    for (size_t i = b->from; i < b->to; i++) {
        const double from = sn_table_real(b->table, i, low), to = sn_table_real(b->table, i, high);
        if (isfinite(from))
            e.low = fmin(e.low, from);
        if (isfinite(to))
            e.high = fmax(e.high, to);
    }
    return e;
}

static void put_numbers(FILE *script, const char *name, const char *first, double a,
                        const char *second, double b)
{
    char variable[64];
    snprintf(variable, sizeof variable, "%s_%s", name, first);
    sn_script_number(script, variable, a);
    snprintf(variable, sizeof variable, "%s_%s", name, second);
    sn_script_number(script, variable, b);
}

/* x_lower, x_upper: the columns of a side; x_min, x_max: its range; x_log: more than a decade.
 * A side without width is drawn with some, x_pad to each end. */
static sn_status put_side(FILE *script, const block *b, const char *which, const char *name,
                          const char *label, bool may_log, sn_error *err)
{
    static const char *const suffixes[] = {"lower", "upper"};
    char column[2][32], variable[32];
    for (int i = 0; i < 2; i++) {
        snprintf(column[i], sizeof column[i], "%s_%s", name, suffixes[i]);
        snprintf(variable, sizeof variable, "%s_%s", which, suffixes[i]);
        const sn_status status = sn_head_column(script, variable, b->table, column[i], false, err);
        if (status != SN_OK)
            return status;
    }
    ends e = ends_of(b, column[0], column[1]);
    if (!(e.low <= e.high))
        return sn_fail(err, SN_EINVAL, "the cells have no finite %s", name);
    const double pad = e.low < e.high ? 0 : e.low != 0 ? 0.5 * fabs(e.low) : 0.5;
    put_numbers(script, which, "min", e.low - pad, "max", e.high + pad);
    fprintf(script, "%s_log = %d\n", which,
            may_log && pad == 0 && e.low > 0 && e.high > 10 * e.low);
    snprintf(variable, sizeof variable, "%s_pad", which);
    sn_script_number(script, variable, pad);
    snprintf(variable, sizeof variable, "%s_label", which);
    sn_script_text(script, variable, label);
    return SN_OK;
}

static void put_data(const sn_picture *picture, FILE *script)
{
    fprintf(script, "data = '%s.tsv'\nblock = %zu\n", sn_table_name(picture->cells),
            picture->block);
}

/* proved_count, refuted_count, undecided_count, by the column verdict. */
static sn_status put_verdicts(FILE *script, const block *b, sn_error *err)
{
    static const char *const words[] = {"proved", "refuted", "undecided"};
    const sn_status status =
        sn_head_column(script, "verdict_column", b->table, "verdict", false, err);
    if (status != SN_OK)
        return status;
    const size_t column = sn_table_find(b->table, "verdict");
    for (int word = 0; word < 3; word++) {
        size_t count = 0;
        for (size_t i = b->from; i < b->to; i++)
            count += strcmp(sn_table_text(b->table, i, column), words[word]) == 0;
        fprintf(script, "%s_count = %zu\n", words[word], count);
    }
    return SN_OK;
}

sn_status sn_head_boxes(const sn_picture *picture, FILE *script, sn_error *err)
{
    block b;
    sn_status status = find_block(picture, &b, err);
    if (status == SN_OK)
        status = put_side(script, &b, "x", "x", "mean of the pre-activation x", false, err);
    if (status == SN_OK)
        status = put_side(script, &b, "y", "y", "variance of the pre-activation y", true, err);
    const char *column = picture->is_upper ? "upper" : "lower";
    if (status == SN_OK)
        status = sn_head_column(script, "z_column", b.table, column, false, err);
    if (status != SN_OK)
        return status;
    put_data(picture, script);
    const ends z = ends_of(&b, column, column);
    const double middle = z.low <= z.high ? z.low / 2 + z.high / 2 : 0;
    const double least = 1e-9 * fmax(fabs(middle), 1);
    const bool flat = !(z.high - z.low > least);
    put_numbers(script, "z", "min", flat ? middle - least : z.low, "max",
                flat ? middle + least : z.high);
    fprintf(script, "z_is_upper = %d\nbox_count = %zu\n", picture->is_upper, b.to - b.from);
    sn_script_text(script, "quantity", picture->quantity != NULL ? picture->quantity : "value");
    return SN_OK;
}

sn_status sn_head_regions(const sn_picture *picture, FILE *script, sn_error *err)
{
    block b;
    sn_status status = find_block(picture, &b, err);
    if (status == SN_OK)
        status = put_side(script, &b, "x", "omega", "weight sum ω", false, err);
    if (status == SN_OK)
        status = put_side(script, &b, "y", "tau", "squared weight sum τ", true, err);
    if (status == SN_OK)
        status = sn_head_column(script, "z_column", b.table, "contraction", false, err);
    if (status == SN_OK)
        status = put_verdicts(script, &b, err);
    if (status != SN_OK)
        return status;
    put_data(picture, script);
    ends z = ends_of(&b, "contraction", "contraction");
    if (!(z.low <= z.high))
        z = (ends){0, 1};
    put_numbers(script, "z", "min", z.low, "max", z.high);
    return SN_OK;
}

sn_status sn_head_entries(const sn_picture *picture, FILE *script, sn_error *err)
{
    block b;
    sn_status status = find_block(picture, &b, err);
    if (status == SN_OK)
        status = put_side(script, &b, "x", "mu", "mean of the start μ", false, err);
    if (status == SN_OK)
        status = put_side(script, &b, "y", "nu", "variance of the start ν", true, err);
    if (status == SN_OK)
        status = sn_head_column(script, "z_column", b.table, "layers", false, err);
    if (status == SN_OK)
        status = put_verdicts(script, &b, err);
    if (status != SN_OK)
        return status;
    put_data(picture, script);
    ends z = ends_of(&b, "layers", "layers");
    if (!(z.low <= z.high))
        z = (ends){0, 0};
    put_numbers(script, "z", "min", z.low, "max", z.high);
    const double none[4] = {NAN, NAN, NAN, NAN};
    const double *target = picture->target != NULL ? picture->target : none;
    put_numbers(script, "target_x", "min", target[0], "max", target[1]);
    put_numbers(script, "target_y", "min", target[2], "max", target[3]);
    return SN_OK;
}
