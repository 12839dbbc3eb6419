/* The head of the picture of gradients against depth: the squared norm of a gradient, sent back
 * from the last layer, at each layer. It grows or shrinks by a factor a layer, over hundreds of
 * powers of ten, so the table has decimal logarithms and so has the axis. */
#include "report/heads.h"

#include <math.h>

#include "report/script.h"

typedef struct range {
    double low, high;
} range;

static range widen(range r, double value)
{
    return isfinite(value) ? (range){fmin(r.low, value), fmax(r.high, value)} : r;
}

static double value_of(const sn_table *table, size_t row, const char *column)
{
    const size_t j = sn_table_find(table, column);
    return j < sn_table_columns(table) ? sn_table_real(table, row, j) : NAN;
}

/* Of all that is drawn. */
static range drawn_range(const sn_table *table)
{
    range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < sn_table_rows(table); i++) {
        const double value = value_of(table, i, "gradient_log10");
        const double reach = 2 * value_of(table, i, "gradient_log10_se");
        r = widen(widen(widen(r, value), value - reach), value + reach);
        r = widen(r, value_of(table, i, "gradient_log10_theory"));
        r = widen(r, log10(value_of(table, i, "gradient_clipped")));
    }
    return r;
}

static bool has_finite(const sn_table *table, const char *column)
{
    for (size_t i = 0; i < sn_table_rows(table); i++)
        if (isfinite(value_of(table, i, column)))
            return true;
    return false;
}

static double last_layer(const sn_table *table)
{
    double last = 0;
    for (size_t i = 0; i < sn_table_rows(table); i++)
        last = fmax(last, value_of(table, i, "layer"));
    return last;
}

sn_status sn_head_gradients(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const struct {
        const char *name, *column, *drawn; /* drawn: whether there is any of it */
        bool optional;
    } columns[] = {
        {"layer_column", "layer", NULL, false},
        {"gradient_column", "gradient_log10", NULL, false},
        {"gradient_se", "gradient_log10_se", "bands", true},
        {"gradient_theory", "gradient_log10_theory", "theory", true},
        {"gradient_drift", "gradient_log10_drift", NULL, true},
        {"gradient_clipped", "gradient_clipped", "clipped", true},
    };
    const sn_table *table = picture->layers;
    if (table == NULL || sn_table_rows(table) == 0)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs layers", picture->kind);
    fprintf(script, "data = '%s.tsv'\n", sn_table_name(table));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const sn_status status = sn_head_column(script, columns[i].name, table, columns[i].column,
                                                columns[i].optional, err);
        if (status != SN_OK)
            return status;
        if (columns[i].drawn != NULL)
            fprintf(script, "%s = %d\n", columns[i].drawn, has_finite(table, columns[i].column));
    }
    sn_head_labels(picture, script, table, picture->key_columns, picture->labels,
                   sn_head_network_label);
    range r = drawn_range(table);
    if (!(r.low <= r.high))
        r = (range){-1, 1};
    /* Constant gradients are not to look like noise: a tenth of a power at least. */
    const double margin = fmax(0.05 * (r.high - r.low), 0.02);
    const double short_of = fmax(0, 0.1 - (r.high - r.low)) / 2;
    sn_script_number(script, "gradient_min", r.low - margin - short_of);
    sn_script_number(script, "gradient_max", r.high + margin + short_of);
    sn_script_number(script, "layer_max", last_layer(table));
    return SN_OK;
}
