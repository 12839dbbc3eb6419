/* The heads of pictures of a layer map: vector field and heat maps over a grid.
 *
 * A picture shows at most a few hundred points a side and some two dozen arrows, so the template
 * reads every step-th point of a large grid. Level lines and the colour scale need the distribution
 * of the values: quantiles of a sample, since a few extreme corners must not bleach the rest. */
#include "report/heads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/script.h"

enum { SAMPLE = 20000, ARROWS = 25 };

typedef struct axis_doc {
    const char *column, *label;
} axis_doc;

static const axis_doc axes[] = {
    {"mu", "mean μ"},
    {"nu", "variance ν"},
    {"omega", "weight sum ω"},
    {"tau", "squared weight sum τ"},
};

static const char *axis_label(const char *column)
{
    for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
        if (strcmp(axes[i].column, column) == 0)
            return axes[i].label;
    return column;
}

static size_t step_for(size_t points, size_t at_most)
{
    return points > at_most ? (points + at_most - 1) / at_most : 1;
}

sn_head_thinning sn_head_thin(size_t points, size_t at_most)
{
    const size_t step = step_for(points, at_most);
    return (sn_head_thinning){step, (points - 1) % step / 2, (points - 1) / step + 1};
}

void sn_head_steps(FILE *script, const char *name, size_t nx, size_t ny, size_t at_most)
{
    const sn_head_thinning x = sn_head_thin(nx, at_most), y = sn_head_thin(ny, at_most);
    fprintf(script, "%s_x = %zu; %s_y = %zu; %s_x0 = %zu; %s_y0 = %zu\n", name, x.step, name,
            y.step, name, x.first, name, y.first);
}

static sn_status put_axis(FILE *script, const char *which, const sn_table *grid, const char *column,
                          bool logarithmic, size_t last_row, sn_error *err)
{
    char name[16];
    snprintf(name, sizeof name, "%s_column", which);
    const sn_status status = sn_head_column(script, name, grid, column, false, err);
    if (status != SN_OK)
        return status;
    const size_t index = sn_table_find(grid, column);
    const double from = sn_table_real(grid, 0, index), to = sn_table_real(grid, last_row, index);
    snprintf(name, sizeof name, "%s_min", which);
    sn_script_number(script, name, fmin(from, to));
    snprintf(name, sizeof name, "%s_max", which);
    sn_script_number(script, name, fmax(from, to));
    snprintf(name, sizeof name, "%s_label", which);
    sn_script_text(script, name, axis_label(column));
    fprintf(script, "%s_log = %d\n", which, logarithmic && fmin(from, to) > 0);
    return SN_OK;
}

sn_status sn_head_grid(const sn_picture *picture, FILE *script, sn_error *err)
{
    const sn_table *grid = picture->grid;
    const size_t nx = picture->grid_columns;
    if (grid == NULL)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs a grid", picture->kind);
    const size_t rows = sn_table_rows(grid);
    if (nx < 2 || rows < 2 * nx || rows % nx != 0)
        return sn_fail(err, SN_EINVAL,
                       "a picture of the kind %s needs a grid of at least 2 by 2 points",
                       picture->kind);
    const char *x = picture->x != NULL ? picture->x : "mu";
    const char *y = picture->y != NULL ? picture->y : "nu";
    fprintf(script, "data = '%s.tsv'\n", sn_table_name(grid));
    sn_status status = put_axis(script, "x", grid, x, picture->x_log, nx - 1, err);
    if (status == SN_OK)
        status = put_axis(script, "y", grid, y, picture->y_log, rows - nx, err);
    fprintf(script, "nx = %zu; ny = %zu\n", nx, rows / nx);
    return status;
}

/* The columns of one coordinate's step: of the step itself, or of where it comes from and goes. */
typedef struct step_columns {
    size_t step, from, to;
} step_columns;

static sn_status find_step(const sn_table *grid, const char *step, const char *from, const char *to,
                           step_columns *out, sn_error *err)
{
    const size_t none = sn_table_columns(grid);
    *out = (step_columns){sn_table_find(grid, step), sn_table_find(grid, from),
                          sn_table_find(grid, to)};
    if (out->step < none || (out->from < none && out->to < none))
        return SN_OK;
    return sn_fail(err, SN_EINVAL, "a picture needs the column %s, or %s and %s, of the table %s",
                   step, from, to, sn_table_name(grid));
}

static void put_step(FILE *script, const char *step, const sn_table *grid, const step_columns *c)
{
    if (c->step < sn_table_columns(grid))
        fprintf(script, "%s(i) = column(%zu)\n", step, c->step + 1);
    else
        fprintf(script, "%s(i) = column(%zu) - column(%zu)\n", step, c->to + 1, c->from + 1);
}

static double step_at(const sn_table *grid, size_t row, const step_columns *c)
{
    return c->step < sn_table_columns(grid)
               ? sn_table_real(grid, row, c->step)
               : sn_table_real(grid, row, c->to) - sn_table_real(grid, row, c->from);
}

/* The size of the longest finite step; 1 where there is none. */
static double longest_step(const sn_table *grid, const step_columns *mu, const step_columns *nu)
{
    double longest = 0;
    for (size_t i = 0; i < sn_table_rows(grid); i++) {
        const double step = hypot(step_at(grid, i, mu), step_at(grid, i, nu));
        if (isfinite(step) && step > longest)
            longest = step;
    }
    return longest > 0 ? longest : 1;
}

sn_status sn_head_arrows(const sn_picture *picture, FILE *script, sn_error *err)
{
    const sn_table *grid = picture->grid;
    step_columns mu, nu;
    sn_status status = sn_head_grid(picture, script, err);
    if (status == SN_OK)
        status = find_step(grid, "dmu", "mu", "mu_next", &mu, err);
    if (status == SN_OK)
        status = find_step(grid, "dnu", "nu", "nu_next", &nu, err);
    if (status == SN_OK)
        status = sn_head_fixed_points(script, picture->fixed_points, err);
    if (status != SN_OK)
        return status;
    put_step(script, "dmu", grid, &mu);
    put_step(script, "dnu", grid, &nu);
    sn_script_number(script, "step_max", longest_step(grid, &mu, &nu));
    sn_head_steps(script, "arrow", picture->grid_columns,
                  sn_table_rows(grid) / picture->grid_columns, ARROWS);
    return SN_OK;
}

sn_status sn_head_field(const sn_picture *picture, FILE *script, sn_error *err)
{
    sn_status status = sn_head_arrows(picture, script, err);
    if (status != SN_OK)
        return status;
    const sn_table *paths = picture->trajectories;
    const bool drawn = paths != NULL && sn_table_rows(paths) > 0;
    fprintf(script, "paths = %d\n", drawn);
    if (!drawn) {
        fputs("paths_data = data; paths_layer = 0; paths_mu = 0; paths_nu = 0\n", script);
        return SN_OK;
    }
    fprintf(script, "paths_data = '%s.tsv'\n", sn_table_name(paths));
    status = sn_head_column(script, "paths_layer", paths, "layer", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "paths_mu", paths, "mu", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "paths_nu", paths, "nu", false, err);
    return status;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Through rows of any length, not always at the same columns. */
static size_t sample_step(size_t rows)
{
    size_t step = step_for(rows, SAMPLE);
    for (;; step++) {
        size_t a = rows, b = step;
        while (b != 0) {
            const size_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a <= 1)
            return step;
    }
}

sn_status sn_head_quantiles(const sn_table *table, size_t column, sn_head_extent *out,
                            sn_error *err)
{
    const size_t rows = sn_table_rows(table), step = sample_step(rows);
    double *sample = malloc(SAMPLE * sizeof *sample);
    if (sample == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory for a picture");
    size_t count = 0;
    sn_head_extent all = {.min = INFINITY, .max = -INFINITY};
    for (size_t i = 0; i < rows; i++) {
        const double value = sn_table_real(table, i, column);
        if (isfinite(value)) {
            all.min = fmin(all.min, value);
            all.max = fmax(all.max, value);
        }
    }
    for (size_t i = 0; i < rows; i += step) {
        const double value = sn_table_real(table, i, column);
        if (isfinite(value))
            sample[count++] = value;
    }
    if (count == 0) {
        all = (sn_head_extent){0};
    } else {
        qsort(sample, count, sizeof *sample, compare);
        const size_t tail = count / 100;
        all.low = sample[tail];
        all.high = sample[count - 1 - tail];
    }
    free(sample);
    *out = all;
    return SN_OK;
}

/* A heat map of a column: its colour scale around centre, and its level lines. */
static sn_status put_heat(const sn_picture *picture, FILE *script, const char *column,
                          double centre, sn_error *err)
{
    sn_status status = sn_head_grid(picture, script, err);
    if (status == SN_OK)
        status = sn_head_column(script, "z_column", picture->grid, column, false, err);
    sn_head_extent z = {0};
    if (status == SN_OK)
        status = sn_head_quantiles(picture->grid, sn_table_find(picture->grid, column), &z, err);
    if (status != SN_OK)
        return status;
    const double reach = fmax(fmax(centre - z.low, z.high - centre), 1e-6);
    const double step = sn_head_round_up((z.high > z.low ? z.high - z.low : reach) / 14);
    sn_script_number(script, "centre", centre);
    sn_script_number(script, "reach", step * ceil(reach / step));
    const double from = centre + step * ceil((z.low - centre) / step);
    const double to = centre + step * floor((z.high - centre) / step);
    fprintf(script, "levels = %d\nmain = %d\n", z.min < z.max && from <= to,
            z.min < centre && z.max > centre);
    sn_script_number(script, "level_step", step);
    sn_script_number(script, "level_from", from);
    sn_script_number(script, "level_to", to);
    const size_t nx = picture->grid_columns, ny = sn_table_rows(picture->grid) / nx;
    sn_head_steps(script, "image", nx, ny, SN_HEAD_IMAGE_POINTS);
    sn_head_steps(script, "contour", nx, ny, SN_HEAD_CONTOUR_POINTS);
    const bool plane = (picture->x == NULL || strcmp(picture->x, "mu") == 0)
                       && (picture->y == NULL || strcmp(picture->y, "nu") == 0);
    return sn_head_fixed_points(script, plane ? picture->fixed_points : NULL, err);
}

sn_status sn_head_variance_change(const sn_picture *picture, FILE *script, sn_error *err)
{
    return put_heat(picture, script, "dnu", 0, err);
}

sn_status sn_head_spectral_norm(const sn_picture *picture, FILE *script, sn_error *err)
{
    return put_heat(picture, script, "spectral_norm", 1, err);
}
