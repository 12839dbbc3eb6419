/* The heads of pictures of one activation and its nets: its curve over the density of the
 * pre-activation, the map of correlations, residual blocks, activations designed for a target. */
#include <math.h>

#include "report/heads.h"
#include "report/script.h"

typedef struct range {
    double low, high;
} range;

static const range nothing = {INFINITY, -INFINITY};

static range widen(range r, double value)
{
    return isfinite(value) ? (range){fmin(r.low, value), fmax(r.high, value)} : r;
}

/* Of the finite values of a column. */
static range column_range(const sn_table *table, const char *column, range r)
{
    const size_t j = sn_table_find(table, column);
    for (size_t i = 0; j < sn_table_columns(table) && i < sn_table_rows(table); i++)
        r = widen(r, sn_table_real(table, i, j));
    return r;
}

typedef struct named_column {
    const char *name, *column;
} named_column;

/* `data` or what else it is called, and its columns, none of them optional. */
static sn_status put_table(FILE *script, const char *name, const sn_table *table,
                           const named_column *columns, size_t count, sn_error *err)
{
    fprintf(script, "%s = '%s.tsv'\n", name, sn_table_name(table));
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < count; i++)
        status = sn_head_column(script, columns[i].name, table, columns[i].column, false, err);
    return status;
}

static void put_x_range(FILE *script, range r)
{
    if (!(r.low <= r.high))
        r = (range){-1, 1};
    const double pad = r.low < r.high ? 0 : r.low != 0 ? 0.5 * fabs(r.low) : 0.5;
    sn_script_number(script, "x_min", r.low - pad);
    sn_script_number(script, "x_max", r.high + pad);
}

/* Of values where the pre-activation is likely, by a density of at least so much of its largest:
 * what e^x is far out is not to press the rest flat. */
static range likely_range(const sn_table *curve, const char *column, double density_max, range r)
{
    const double share = 1e-3;
    const size_t j = sn_table_find(curve, column), d = sn_table_find(curve, "density");
    for (size_t i = 0; i < sn_table_rows(curve); i++)
        if (!(sn_table_real(curve, i, d) < share * density_max))
            r = widen(r, sn_table_real(curve, i, j));
    return r;
}

sn_status sn_head_activation(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const named_column columns[] = {{"x_column", "x"},
                                           {"value_column", "value"},
                                           {"derivative_column", "derivative"},
                                           {"density_column", "density"}};
    const sn_table *curve = picture->curve;
    sn_status status = sn_head_need(curve, picture->kind, "a curve", err);
    if (status == SN_OK)
        status = put_table(script, "data", curve, columns, 4, err);
    if (status != SN_OK)
        return status;
    const range density = column_range(curve, "density", nothing);
    const double density_max = density.high > 0 ? density.high : 0;
    range y = likely_range(curve, "value", density_max, (range){0, 0});
    y = likely_range(curve, "derivative", density_max, y);
    put_x_range(script, column_range(curve, "x", nothing));
    sn_head_range(script, "y", y.low, y.high, false);
    sn_script_number(script, "density_max", density_max);
    return SN_OK;
}

sn_status sn_head_correlation(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const named_column columns[] = {{"c_column", "c"}, {"next_column", "c_next"}};
    const sn_table *table = picture->correlations, *points = picture->correlation_points;
    sn_status status = sn_head_need(table, picture->kind, "correlations", err);
    if (status == SN_OK)
        status = put_table(script, "data", table, columns, 2, err);
    if (status != SN_OK)
        return status;
    const size_t rows = points != NULL ? sn_table_rows(points) : 0;
    size_t c = 0, attracting = 0, count = 0;
    if (rows > 0) {
        const named_column both[] = {{"point_c", "c"}, {"point_attracting", "attracting"}};
        status = put_table(script, "points_data", points, both, 2, err);
        if (status != SN_OK)
            return status;
        c = sn_table_find(points, "c");
        attracting = sn_table_find(points, "attracting");
    }
    range r = column_range(table, "c", column_range(table, "c_next", nothing));
    fputs("# correlation, 1: attracting, 0: not\n$points << END\n", script);
    for (size_t i = 0; i < rows; i++) {
        const bool is_attracting = sn_head_is_true(points, i, attracting);
        fprintf(script, "%.12g\t%d\n", sn_table_real(points, i, c), is_attracting);
        r = widen(r, sn_table_real(points, i, c));
        count += is_attracting;
    }
    if (rows == 0) /* gnuplot complains of empty blocks */
        fputs("0\t0\n", script);
    fprintf(script, "END\npoint_count = %zu\nattracting_count = %zu\n", rows, count);
    /* From -1 or 0 to 1; a map that needs another range has it. */
    r = widen(widen(r, r.low < -1e-9 ? -1 : 0), 1);
    const double margin = 0.03 * (r.high - r.low);
    sn_script_number(script, "c_min", r.low - margin);
    sn_script_number(script, "c_max", r.high + margin);
    return SN_OK;
}

static void net_label(const sn_picture *picture, size_t row, char text[SN_HEAD_LABEL_SIZE])
{
    sn_head_describe(picture->blocks, row, 1, (size_t)-1, text);
}

sn_status sn_head_growth(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const named_column columns[] = {{"block_column", "block"},
                                           {"variance_column", "variance"},
                                           {"gradient_column", "gradient_log10"}};
    const sn_table *blocks = picture->blocks;
    sn_status status = sn_head_need(blocks, picture->kind, "blocks", err);
    if (status == SN_OK)
        status = put_table(script, "data", blocks, columns, 3, err);
    if (status != SN_OK)
        return status;
    sn_head_labels(picture, script, blocks, 1, picture->labels, net_label);
    range variance = nothing;
    const size_t v = sn_table_find(blocks, "variance");
    for (size_t i = 0; i < sn_table_rows(blocks); i++)
        if (sn_table_real(blocks, i, v) > 0)
            variance = widen(variance, sn_table_real(blocks, i, v));
    /* A linear axis of a variance starts at 0. */
    if (variance.high <= 100 * variance.low)
        variance = widen(variance, 0);
    sn_head_range(script, "variance", variance.low, variance.high, true);
    range gradient = column_range(blocks, "gradient_log10", nothing);
    if (!(gradient.low <= gradient.high))
        gradient = (range){-1, 1};
    const double most = 1e9; /* powers of ten; beyond, a line may leave the picture */
    gradient.low = fmin(fmax(gradient.low, -most), most);
    gradient.high = fmin(fmax(gradient.high, -most), most);
    /* Constant gradients are not to look like noise: a tenth of a power at least. */
    const double margin = fmax(0.05 * (gradient.high - gradient.low), 0.02)
                          + fmax(0, 0.1 - (gradient.high - gradient.low)) / 2;
    sn_script_number(script, "gradient_min", gradient.low - margin);
    sn_script_number(script, "gradient_max", gradient.high + margin);
    const range block = widen(column_range(blocks, "block", nothing), 0);
    sn_script_number(script, "block_max", block.high);
    return SN_OK;
}

static void solution_label(const sn_picture *picture, size_t row, char text[SN_HEAD_LABEL_SIZE])
{
    sn_head_describe(picture->solutions_curves, row, 1, (size_t)-1, text);
}

sn_status sn_head_designs(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const named_column columns[] = {{"x_column", "x"}, {"value_column", "value"}};
    const sn_table *curves = picture->solutions_curves;
    sn_status status = sn_head_need(curves, picture->kind, "curves of solutions", err);
    if (status == SN_OK)
        status = put_table(script, "data", curves, columns, 2, err);
    if (status != SN_OK)
        return status;
    /* One row of up to three panels needs less height. */
    size_t count = 0;
    for (size_t i = 0; i < sn_table_rows(curves); i = sn_head_next_block(curves, i, 1))
        count++;
    if (count < 4)
        fputs("height = 400\n", script);
    sn_head_labels(picture, script, curves, 1, picture->labels, solution_label);
    put_x_range(script, column_range(curves, "x", nothing));
    const range y = column_range(curves, "value", (range){0, 0});
    sn_head_range(script, "y", y.low, y.high, false);
    return SN_OK;
}
