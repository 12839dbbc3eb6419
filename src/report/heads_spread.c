/* The head of the picture of how networks spread: the standard deviation over replicas of the
 * variance at the last layer against a swept number, usually the width, on logarithmic axes.
 *
 * A line is a series: the networks that differ in the swept number alone. Its slope is fitted by
 * least squares of the logarithms about each series' own means, one slope for all series. The error
 * bar of a deviation s over n replicas is that of a normal sample, s / sqrt(2 (n - 1)). */
#include "report/heads.h"

#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/script.h"

enum { LABEL_CHARACTERS = 36 };

typedef struct source {
    const sn_table *table;
    size_t keys, swept, layer, sd, replicas;
    double last_layer;
} source;

typedef struct point {
    double x, sd, se;
} point;

/* Sums for the slope of one series, then of all, and where its points lie. */
typedef struct sums {
    double n, x, y, xx, xy;
    double x_min, x_max, y_min, y_max;
} sums;

/* The first row of the next network, and what the last row of this one says; false where it did not
 * reach the last layer, or where there is nothing to draw. */
static bool network_at(const source *s, size_t row, size_t *next, point *out)
{
    *next = sn_head_next_block(s->table, row, s->keys);
    const size_t last = *next - 1;
    const bool counted = s->replicas < sn_table_columns(s->table);
    const double n = counted ? sn_table_real(s->table, last, s->replicas) : NAN;
    out->x = sn_table_real(s->table, last, s->swept);
    out->sd = sn_table_real(s->table, last, s->sd);
    out->se = n > 1 ? out->sd / sqrt(2 * (n - 1)) : NAN;
    return sn_table_real(s->table, last, s->layer) == s->last_layer && isfinite(out->x)
           && isfinite(out->sd) && out->x > 0 && out->sd > 0;
}

static void put_point(FILE *script, const point *p)
{
    char x[SN_NUMBER_SIZE], sd[SN_NUMBER_SIZE], se[SN_NUMBER_SIZE];
    sn_number_text(p->x, x);
    sn_number_text(p->sd, sd);
    sn_number_text(p->se, se);
    fprintf(script, "%s %s %s\n", x, sd, se);
}

static bool same_series(const source *s, size_t a, size_t b)
{
    char first[SN_HEAD_LABEL_SIZE], second[SN_HEAD_LABEL_SIZE];
    sn_head_describe(s->table, a, s->keys, s->swept, first);
    sn_head_describe(s->table, b, s->keys, s->swept, second);
    return strcmp(first, second) == 0;
}

static bool drawn_before(const source *s, size_t row)
{
    size_t next;
    point unused;
    for (size_t i = 0; i < row; i = next) {
        const bool drawable = network_at(s, i, &next, &unused);
        if (drawable && same_series(s, i, row))
            return true;
    }
    return false;
}

/* The points of the series that starts at a row, as one block; adds to the sums of all. */
static void put_series(FILE *script, const source *s, size_t row, sums *all)
{
    sums own = {0};
    size_t next;
    for (size_t i = row; i < sn_table_rows(s->table); i = next) {
        point p;
        if (!network_at(s, i, &next, &p) || !same_series(s, i, row))
            continue;
        put_point(script, &p);
        const double x = log(p.x), y = log(p.sd);
        all->x_min = fmin(all->x_min, p.x), all->x_max = fmax(all->x_max, p.x);
        all->y_min = fmin(all->y_min, p.sd), all->y_max = fmax(all->y_max, p.sd);
        own.n++, own.x += x, own.y += y, own.xx += x * x, own.xy += x * y;
    }
    fputs("\n\n", script);
    all->n += own.n, all->x += own.x, all->y += own.y;
    all->xx += own.xx - own.x * own.x / own.n;
    all->xy += own.xy - own.x * own.y / own.n;
}

static void put_all(FILE *script, const source *s, size_t *count, sums *all)
{
    size_t next;
    point unused;
    fputs("# swept number, standard deviation, its standard error\n$points << END\n", script);
    for (size_t row = 0; row < sn_table_rows(s->table); row = next)
        if (network_at(s, row, &next, &unused) && !drawn_before(s, row)) {
            put_series(script, s, row, all);
            ++*count;
        }
    fputs("END\n", script);
}

static void put_names(FILE *script, const source *s, size_t count)
{
    size_t next, longest = 0;
    point unused;
    const char *comma = "";
    fprintf(script, "count = %zu\narray labels[%zu] = [", count, count > 0 ? count : 1);
    for (size_t row = 0; row < sn_table_rows(s->table); row = next) {
        if (!network_at(s, row, &next, &unused) || drawn_before(s, row))
            continue;
        char text[SN_HEAD_LABEL_SIZE];
        sn_head_describe(s->table, row, s->keys, s->swept, text);
        fputs(comma, script);
        sn_script_quote(script, text[0] != '\0' ? text : "measured", LABEL_CHARACTERS);
        comma = ", ";
        longest = strlen(text) > longest ? strlen(text) : longest;
    }
    fprintf(script, "]\nlabel_characters = %zu\n",
            longest < LABEL_CHARACTERS ? longest : LABEL_CHARACTERS);
}

sn_status sn_head_spread(const sn_picture *picture, FILE *script, sn_error *err)
{
    const sn_table *table = picture->layers;
    if (table == NULL || picture->swept == NULL)
        return sn_fail(err, SN_EINVAL,
                       "a picture of the kind spread needs layers and what is swept");
    source s = {.table = table,
                .keys = picture->key_columns,
                .swept = sn_table_find(table, picture->swept),
                .layer = sn_table_find(table, "layer"),
                .sd = sn_table_find(table, "variance_sd"),
                .replicas = sn_table_find(table, "replicas")};
    const size_t columns = sn_table_columns(table);
    if (s.swept >= s.keys || s.layer == columns || s.sd == columns
        || sn_table_column(table, s.swept)->kind == SN_TEXT)
        return sn_fail(err, SN_EINVAL,
                       "a picture of the kind spread needs the columns layer, variance_sd and a "
                       "swept number, which %s is not",
                       picture->swept);
    for (size_t i = 0; i < sn_table_rows(table); i++)
        s.last_layer = fmax(s.last_layer, sn_table_real(table, i, s.layer));

    size_t count = 0;
    sums all = {.x_min = INFINITY, .x_max = 0, .y_min = INFINITY, .y_max = 0};
    put_all(script, &s, &count, &all);
    put_names(script, &s, count);
    if (count == 0) /* an empty picture still needs axes */
        all = (sums){.x_min = 1, .x_max = 10, .y_min = 1, .y_max = 10};
    sn_script_number(script, "x_min", all.x_min);
    sn_script_number(script, "x_max", all.x_max);
    sn_script_number(script, "y_min", all.y_min);
    sn_script_number(script, "y_max", all.y_max);
    sn_script_text(script, "x_label", picture->swept);
    sn_script_number(script, "last_layer", s.last_layer);
    sn_script_number(script, "slope", all.xx > 0 ? all.xy / all.xx : NAN);
    sn_script_number(script, "middle_x", all.n > 0 ? exp(all.x / all.n) : NAN);
    sn_script_number(script, "middle_y", all.n > 0 ? exp(all.y / all.n) : NAN);
    return SN_OK;
}
