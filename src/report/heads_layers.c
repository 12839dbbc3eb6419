/* The heads of pictures against depth: trajectories of the map, moments of simulated networks. */
#include "report/heads.h"

#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/script.h"

enum { LABEL_SIZE = SN_HEAD_LABEL_SIZE };

typedef struct range {
    double low, high;
} range;

static const range nothing = {INFINITY, -INFINITY};

static range widen(range r, double value)
{
    return isfinite(value) ? (range){fmin(r.low, value), fmax(r.high, value)} : r;
}

/* Of the finite values of a column; positive: of those above zero. A missing column has none. */
static range column_range(const sn_table *table, const char *column, bool positive, range r)
{
    const size_t j = sn_table_find(table, column);
    for (size_t i = 0; j < sn_table_columns(table) && i < sn_table_rows(table); i++)
        if (!positive || sn_table_real(table, i, j) > 0)
            r = widen(r, sn_table_real(table, i, j));
    return r;
}

/* The same of a measured column and two standard errors on either side. */
static range band_range(const sn_table *table, const char *column, const char *error, range r)
{
    const size_t j = sn_table_find(table, column), se = sn_table_find(table, error);
    r = column_range(table, column, false, r);
    for (size_t i = 0; se < sn_table_columns(table) && i < sn_table_rows(table); i++) {
        const double value = sn_table_real(table, i, j), reach = 2 * sn_table_real(table, i, se);
        r = widen(widen(r, value - reach), value + reach);
    }
    return r;
}

static void put_mean_range(FILE *script, range r)
{
    sn_head_range(script, "mean", r.low, r.high, false);
    fprintf(script, "mean_asinh = %d\n", fmax(fabs(r.low), fabs(r.high)) > 30 && r.low <= r.high);
}

static void start_label(const sn_picture *picture, size_t row, char text[LABEL_SIZE])
{
    const sn_table *table = picture->trajectories;
    snprintf(text, LABEL_SIZE, "from (%.4g, %.4g)",
             sn_table_real(table, row, sn_table_find(table, "mu")),
             sn_table_real(table, row, sn_table_find(table, "nu")));
}

/* The layer up to which there is something to see: some trajectory is still further from where it
 * ends than half a percent of the range; and a fifth more. */
static double settled_layer(const sn_table *table, range mean, range variance)
{
    const size_t layer = sn_table_find(table, "layer"), mu = sn_table_find(table, "mu"),
                 nu = sn_table_find(table, "nu");
    double moving = 0;
    for (size_t i = 0, next; i < sn_table_rows(table); i = next) {
        next = sn_head_next_block(table, i, 1);
        for (size_t row = i; row < next; row++) {
            const double m = sn_table_real(table, row, mu) - sn_table_real(table, next - 1, mu);
            const double v = sn_table_real(table, row, nu) - sn_table_real(table, next - 1, nu);
            if (!(fabs(m) < 0.005 * (mean.high - mean.low)
                  && fabs(v) < 0.005 * (variance.high - variance.low)))
                moving = fmax(moving, sn_table_real(table, row, layer));
        }
    }
    return fmin(ceil(1.2 * moving + 2), column_range(table, "layer", false, nothing).high);
}

sn_status sn_head_trajectories(const sn_picture *picture, FILE *script, sn_error *err)
{
    const sn_table *table = picture->trajectories;
    sn_status status = sn_head_need(table, picture->kind, "trajectories", err);
    if (status != SN_OK)
        return status;
    fprintf(script, "data = '%s.tsv'\n", sn_table_name(table));
    status = sn_head_column(script, "layer_column", table, "layer", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "mean_column", table, "mu", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "variance_column", table, "nu", false, err);
    if (status == SN_OK)
        status = sn_head_fixed_points(script, picture->fixed_points, err);
    if (status != SN_OK)
        return status;
    sn_head_labels(picture, script, table, 1, NULL, start_label);
    const range mean = column_range(table, "mu", false, nothing);
    const range variance = column_range(table, "nu", true, nothing);
    put_mean_range(script, mean);
    sn_head_range(script, "variance", variance.low, variance.high, true);
    sn_script_number(script, "layer_max", settled_layer(table, mean, variance));
    return SN_OK;
}

void sn_head_network_label(const sn_picture *picture, size_t row, char text[LABEL_SIZE])
{
    sn_head_describe(picture->layers, row, picture->key_columns, (size_t)-1, text);
    if (text[0] == '\0')
        snprintf(text, LABEL_SIZE, "measured");
}

sn_status sn_head_moments(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const struct {
        const char *name, *column;
        bool optional;
    } columns[] = {
        {"layer_column", "layer", false},
        {"mean_column", "mean", false},
        {"mean_se", "mean_se", true},
        {"mean_theory", "mean_theory", true},
        {"mean_drift", "mean_drift", true},
        {"variance_column", "variance", false},
        {"variance_se", "variance_se", true},
        {"variance_theory", "variance_theory", true},
        {"variance_drift", "variance_drift", true},
    };
    const sn_table *table = picture->layers;
    sn_status status = sn_head_need(table, picture->kind, "layers", err);
    if (status != SN_OK)
        return status;
    fprintf(script, "data = '%s.tsv'\n", sn_table_name(table));
    for (size_t i = 0; status == SN_OK && i < sizeof columns / sizeof columns[0]; i++)
        status = sn_head_column(script, columns[i].name, table, columns[i].column,
                                columns[i].optional, err);
    if (status != SN_OK)
        return status;
    sn_head_labels(picture, script, table, picture->key_columns, picture->labels,
                   sn_head_network_label);
    const range mean_theory = column_range(table, "mean_theory", false, nothing);
    range variance = column_range(table, "variance_theory", true, nothing);
    fprintf(script, "theory = %d\n",
            mean_theory.low <= mean_theory.high || variance.low <= variance.high);
    variance = column_range(table, "variance", true, variance);
    put_mean_range(script, band_range(table, "mean", "mean_se", mean_theory));
    if (!(variance.high > 100 * variance.low)) /* on a linear axis the bands are to be seen too */
        variance = band_range(table, "variance", "variance_se", variance);
    sn_head_range(script, "variance", variance.low, variance.high, true);
    sn_script_number(script, "layer_max", column_range(table, "layer", false, nothing).high);
    const range se = column_range(table, "variance_se", true, nothing);
    fprintf(script, "bands = %d\n", se.low <= se.high);
    return SN_OK;
}
