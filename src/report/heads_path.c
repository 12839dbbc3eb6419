/* The head of the picture of what networks do in the plane of mean and variance: the layers of each
 * as a path, beside the theory's, over the arrows of the map. Some layers are numbered, where there
 * is room for a number. */
#include "report/heads.h"

#include <math.h>

#include "report/number.h"
#include "report/script.h"

enum { NUMBERS = 60 };

/* The plane of the grid, in fractions of its sides. */
typedef struct plane {
    double x_min, x_max, y_min, y_max;
    bool x_log, y_log;
} plane;

static double share(double value, double from, double to, bool logarithmic)
{
    return logarithmic ? log(value / from) / log(to / from) : (value - from) / (to - from);
}

static plane plane_of(const sn_picture *picture)
{
    const sn_table *grid = picture->grid;
    const size_t mu = sn_table_find(grid, picture->x != NULL ? picture->x : "mu");
    const size_t nu = sn_table_find(grid, picture->y != NULL ? picture->y : "nu");
    const size_t last = sn_table_rows(grid) - 1;
    const double x[] = {sn_table_real(grid, 0, mu), sn_table_real(grid, last, mu)};
    const double y[] = {sn_table_real(grid, 0, nu), sn_table_real(grid, last, nu)};
    plane p = {
        fmin(x[0], x[1]), fmax(x[0], x[1]), fmin(y[0], y[1]), fmax(y[0], y[1]), false, false};
    p.x_log = picture->x_log && p.x_min > 0;
    p.y_log = picture->y_log && p.y_min > 0;
    return p;
}

typedef struct place {
    double x, y;
} place;

typedef struct source {
    const sn_table *table;
    size_t keys, layer, mean, variance;
    plane plane;
} source;

static place place_of(const source *s, size_t row)
{
    const plane *p = &s->plane;
    return (place){share(sn_table_real(s->table, row, s->mean), p->x_min, p->x_max, p->x_log),
                   share(sn_table_real(s->table, row, s->variance), p->y_min, p->y_max, p->y_log)};
}

/* Whether a number to the upper right of a row's point stands in the picture and on no point. */
static bool has_room(const source *s, size_t row)
{
    const double right = 0.02, up = 0.022, wide = 0.019, high = 0.02;
    const place at = place_of(s, row);
    if (!(at.x > 0.01 && at.x < 0.95 && at.y > 0.01 && at.y < 0.95))
        return false;
    for (size_t i = 0; i < sn_table_rows(s->table); i++) {
        const place other = place_of(s, i);
        if (i != row && fabs(other.x - at.x - right) < wide && fabs(other.y - at.y - up) < high)
            return false;
    }
    return true;
}

static bool is_power_of_two(double layer)
{
    return layer > 0 && log2(layer) == floor(log2(layer));
}

/* Numbers the layers 0, 1, 2, 4, 8 … of each network, where a number stands free. */
static void put_numbers(FILE *script, const source *s)
{
    const double apart_x = 0.045, apart_y = 0.05;
    place placed[NUMBERS];
    size_t count = 0, network = 0, next;
    fputs("# mean, variance, layer, network\n$numbers << END\n", script);
    for (size_t row = 0; row < sn_table_rows(s->table); row = next, network++) {
        next = sn_head_next_block(s->table, row, s->keys);
        for (size_t i = row; i < next && count < NUMBERS; i++) {
            const double layer = sn_table_real(s->table, i, s->layer);
            const place at = place_of(s, i);
            bool free = (layer == 0 || is_power_of_two(layer)) && has_room(s, i);
            for (size_t k = 0; k < count && free; k++)
                free = fabs(at.x - placed[k].x) > apart_x || fabs(at.y - placed[k].y) > apart_y;
            if (!free)
                continue;
            char x[SN_NUMBER_SIZE], y[SN_NUMBER_SIZE];
            sn_number_text(sn_table_real(s->table, i, s->mean), x);
            sn_number_text(sn_table_real(s->table, i, s->variance), y);
            fprintf(script, "%s\t%s\t%.0f\t%zu\n", x, y, layer, network + 1);
            placed[count++] = at;
        }
    }
    fprintf(script, "END\nnumber_count = %zu\n", count);
}

static bool has_finite(const sn_table *table, const char *column)
{
    const size_t j = sn_table_find(table, column);
    for (size_t i = 0; j < sn_table_columns(table) && i < sn_table_rows(table); i++)
        if (isfinite(sn_table_real(table, i, j)))
            return true;
    return false;
}

sn_status sn_head_path(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const struct {
        const char *name, *column;
        bool optional;
    } columns[] = {
        {"paths_layer", "layer", false},        {"paths_mu", "mean", false},
        {"paths_nu", "variance", false},        {"theory_mu", "mean_theory", true},
        {"theory_nu", "variance_theory", true},
    };
    const sn_table *table = picture->layers;
    if (table == NULL || sn_table_rows(table) == 0)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs layers", picture->kind);
    sn_status status = sn_head_arrows(picture, script, err);
    fprintf(script, "paths_data = '%s.tsv'\n", sn_table_name(table));
    for (size_t i = 0; status == SN_OK && i < sizeof columns / sizeof columns[0]; i++)
        status = sn_head_column(script, columns[i].name, table, columns[i].column,
                                columns[i].optional, err);
    if (status != SN_OK)
        return status;
    fprintf(script, "theory = %d\n",
            has_finite(table, "mean_theory") && has_finite(table, "variance_theory"));
    sn_head_labels(picture, script, table, picture->key_columns, picture->labels,
                   sn_head_network_label);
    const source s = {table,
                      picture->key_columns,
                      sn_table_find(table, "layer"),
                      sn_table_find(table, "mean"),
                      sn_table_find(table, "variance"),
                      plane_of(picture)};
    put_numbers(script, &s);
    return SN_OK;
}
