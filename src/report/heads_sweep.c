/* The head of the picture of what networks end with, over what was swept: over two keys cells in
 * colours, over one, or three and more, points with error bars, a series for each combination of
 * the other keys.
 *
 * Variances go over hundreds of powers of ten, so they are drawn as decimal logarithms, beyond what
 * a logarithmic axis of gnuplot holds. Columns named …_log10 are logarithms already. */
#include "report/heads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/script.h"

enum { LABEL_SIZE = SN_HEAD_LABEL_SIZE, LABEL_CHARACTERS = 36 };

typedef struct source {
    const sn_table *table;
    size_t keys, x, y; /* y: only of cells */
    size_t value, se, theory, drift, exploded, died, replicas;
    bool is_log10;    /* the column has logarithms */
    bool logarithmic; /* what is drawn are logarithms */
    bool about_theory;
} source;

static double cell(const source *s, size_t row, size_t column)
{
    return column < sn_table_columns(s->table) ? sn_table_real(s->table, row, column) : NAN;
}

/* As drawn; NaN for the logarithm of what has none. */
static double drawn(const source *s, double value)
{
    if (!s->logarithmic || s->is_log10)
        return isfinite(value) ? value : NAN;
    return isfinite(value) && value > 0 ? log10(value) : NAN;
}

/* With the term by the finite width, where that is known. */
static double theory_at(const source *s, size_t row)
{
    const double drift = cell(s, row, s->drift);
    return drawn(s, cell(s, row, s->theory) + (isfinite(drift) ? drift : 0));
}

static double value_at(const source *s, size_t row)
{
    return drawn(s, cell(s, row, s->value)) - (s->about_theory ? theory_at(s, row) : 0);
}

static const char *describe(const char *column, const char *doc)
{
    static const char *const known[][2] = {
        {"variance_last", "variance after the last layer"},
        {"mean_last", "mean after the last layer"},
        {"second_moment_last", "second moment after the last layer"},
        {"gradient_log10", "squared norm of the gradient at the input"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i][0], column) == 0)
            return known[i][1];
    return doc != NULL && doc[0] != '\0' ? doc : column;
}

static size_t find_key(const source *s, const char *name, size_t otherwise)
{
    return name != NULL ? sn_table_find(s->table, name) : otherwise;
}

static sn_status find_columns(const sn_picture *picture, source *s, sn_error *err)
{
    const sn_table *table = picture->networks;
    if (table == NULL || sn_table_rows(table) == 0 || picture->key_columns == 0)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs networks and swept keys",
                       picture->kind);
    const char *quantity = picture->quantity != NULL ? picture->quantity : "variance_last";
    char name[256];
    *s = (source){.table = table, .keys = picture->key_columns};
    s->value = sn_table_find(table, quantity);
    if (s->value == sn_table_columns(table) || sn_table_column(table, s->value)->kind == SN_TEXT)
        return sn_fail(err, SN_EINVAL,
                       "a picture of the kind %s needs the numbers %s of the table %s",
                       picture->kind, quantity, sn_table_name(table));
    snprintf(name, sizeof name, "%s_se", quantity);
    s->se = sn_table_find(table, name);
    snprintf(name, sizeof name, "%s_theory", quantity);
    s->theory = sn_table_find(table, name);
    snprintf(name, sizeof name, "%s_drift", quantity);
    s->drift = sn_table_find(table, name);
    s->exploded = sn_table_find(table, "exploded");
    s->died = sn_table_find(table, "died");
    s->replicas = sn_table_find(table, "replicas");
    s->is_log10 = strstr(quantity, "_log10") != NULL;
    s->logarithmic = s->is_log10 || strstr(quantity, "variance") != NULL
                     || strstr(quantity, "second_moment") != NULL;
    s->x = find_key(s, picture->x,
                    s->keys == 2 && picture->y != NULL && sn_table_find(table, picture->y) == 0);
    s->y = find_key(s, picture->y, s->x == 0);
    if (s->x >= s->keys || (s->keys == 2 && (s->y >= s->keys || s->x == s->y)))
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs swept keys as its axes",
                       picture->kind);
    return SN_OK;
}

/* 0: of no replica, 1: of some, 2: of all. Without counts, a value that is not finite exploded. */
static int share_of(const source *s, size_t row, size_t column)
{
    const double count = cell(s, row, column), replicas = cell(s, row, s->replicas);
    if (column == s->exploded && !isfinite(cell(s, row, s->value)) && !(cell(s, row, s->died) > 0))
        return 2;
    if (!(count > 0))
        return 0;
    return count < replicas ? 1 : 2;
}

static void put(FILE *script, double value)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(value, text);
    fprintf(script, "%s ", isfinite(value) ? text : "NaN");
}

/* How many networks have each fate: exploded_all, exploded_some, died_all, died_some. */
static void put_fates(FILE *script, const source *s)
{
    size_t exploded[3] = {0}, died[3] = {0};
    for (size_t i = 0; i < sn_table_rows(s->table); i++) {
        exploded[share_of(s, i, s->exploded)]++;
        died[share_of(s, i, s->died)]++;
    }
    fprintf(script, "exploded_some = %zu; exploded_all = %zu\ndied_some = %zu; died_all = %zu\n",
            exploded[1], exploded[2], died[1], died[2]);
}

/* Colours end at three powers of ten: what is further is named by its number or its end. */
static void put_scale(FILE *script, const source *s)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < sn_table_rows(s->table); i++) {
        const double v = value_at(s, i);
        if (isfinite(v))
            low = fmin(low, v), high = fmax(high, v);
    }
    if (!(low <= high))
        low = -1, high = 1;
    double reach = fmax(fmax(-low, high), s->logarithmic ? 0.1 : 1e-6);
    reach = s->logarithmic ? (reach > 1 ? fmin(ceil(reach), 3) : reach) : sn_head_round_up(reach);
    sn_script_number(script, "reach", reach);
    const bool below = low<-reach, above = high> reach;
    fprintf(script, "beyond_low = %d; beyond_high = %d\n", below, above);
}

static sn_status put_cells(FILE *script, const source *s, sn_error *err)
{
    sn_head_axis x, y;
    sn_status status = sn_head_axis_make(s->table, s->x, &x, err);
    if (status != SN_OK)
        return status;
    status = sn_head_axis_make(s->table, s->y, &y, err);
    if (status != SN_OK) {
        sn_head_axis_free(&x);
        return status;
    }
    sn_head_axis_write(&x, script, "x");
    sn_head_axis_write(&y, script, "y");
    fputs("# x from, to, y from, to, value, whether it is known, exploded, died (0: none, 1: some, "
          "2: all)\n"
          "$cells << END\n",
          script);
    for (size_t i = 0; i < sn_table_rows(s->table); i++) {
        const size_t a = sn_head_axis_index(&x, i), b = sn_head_axis_index(&y, i);
        put(script, sn_head_axis_lower(&x, a));
        put(script, sn_head_axis_upper(&x, a));
        put(script, sn_head_axis_lower(&y, b));
        put(script, sn_head_axis_upper(&y, b));
        const double value = value_at(s, i);
        put(script, isfinite(value) ? value : 0);
        fprintf(script, "%d %d %d\n", isfinite(value), share_of(s, i, s->exploded),
                share_of(s, i, s->died));
    }
    fputs("END\n", script);
    put_scale(script, s);
    sn_head_axis_free(&x);
    sn_head_axis_free(&y);
    return SN_OK;
}

/* What the axis of the points has to hold. */
typedef struct range {
    double low, high;
    bool theory, errors;
} range;

static void widen(range *r, double value)
{
    if (isfinite(value))
        r->low = fmin(r->low, value), r->high = fmax(r->high, value);
}

static void put_point(FILE *script, const source *s, double x, size_t row, range *r)
{
    const double value = cell(s, row, s->value), se = cell(s, row, s->se);
    const bool errs = isfinite(drawn(s, value)) && isfinite(se);
    const double of[] = {drawn(s, value), drawn(s, errs ? value - 2 * se : value),
                         drawn(s, errs ? value + 2 * se : value), theory_at(s, row)};
    put(script, x);
    for (int k = 0; k < 4; k++) {
        /* A bar that reaches down to zero has no logarithm: it leaves the picture. */
        put(script, k == 1 && errs && !isfinite(of[1]) ? of[0] - 1000 : of[k]);
        widen(r, of[k]);
    }
    r->theory |= isfinite(of[3]);
    r->errors |= errs;
    fprintf(script, "%d %d\n", share_of(s, row, s->exploded), share_of(s, row, s->died));
}

static bool same_cell(const sn_table *table, size_t column, size_t a, size_t b)
{
    if (sn_table_column(table, column)->kind == SN_TEXT)
        return strcmp(sn_table_text(table, a, column), sn_table_text(table, b, column)) == 0;
    const double one = sn_table_real(table, a, column), other = sn_table_real(table, b, column);
    return one == other || (isnan(one) && isnan(other));
}

static bool same_series(const source *s, size_t a, size_t b)
{
    for (size_t key = 0; key < s->keys; key++)
        if (key != s->x && !same_cell(s->table, key, a, b))
            return false;
    return true;
}

/* Of every row where it is: the first row of its series, and its place on the axis. */
typedef struct member {
    size_t first, place;
} member;

static void find_members(const source *s, const sn_head_axis *x, member *of)
{
    for (size_t row = 0; row < sn_table_rows(s->table); row++) {
        size_t first = 0;
        while (first < row && (of[first].first != first || !same_series(s, first, row)))
            first++;
        of[row] = (member){first, sn_head_axis_index(x, row)};
    }
}

/* $points, a block a series, each in the order of the axis; its names. */
static void put_series(FILE *script, const source *s, const sn_head_axis *x, const member *of,
                       range *r)
{
    const size_t rows = sn_table_rows(s->table);
    size_t count = 0;
    fputs("# x, value, its ends, theory, exploded, died (0: none, 1: some, 2: all)\n"
          "$points << END\n",
          script);
    for (size_t row = 0; row < rows; row++) {
        if (of[row].first != row)
            continue;
        count++;
        for (size_t k = 0; k < x->count; k++)
            for (size_t i = row; i < rows; i++)
                if (of[i].place == k && of[i].first == row)
                    put_point(script, s, x->place[k], i, r);
        fputs("\n\n", script);
    }
    fprintf(script, "END\ncount = %zu\narray labels[%zu] = [", count, count);
    size_t longest = 0;
    const char *comma = "";
    for (size_t row = 0; row < rows; row++) {
        if (of[row].first != row)
            continue;
        char text[LABEL_SIZE];
        sn_head_describe(s->table, row, s->keys, s->x, text);
        fputs(comma, script);
        sn_script_quote(script, text[0] != '\0' ? text : "measured", LABEL_CHARACTERS);
        comma = ", ";
        longest = strlen(text) > longest ? strlen(text) : longest;
    }
    fprintf(script, "]\nlabel_characters = %zu\n",
            longest < LABEL_CHARACTERS ? longest : LABEL_CHARACTERS);
}

static sn_status put_points(FILE *script, source *s, sn_error *err)
{
    sn_head_axis x;
    const sn_status status = sn_head_axis_make(s->table, s->x, &x, err);
    if (status != SN_OK)
        return status;
    member *of = malloc(sn_table_rows(s->table) * sizeof *of);
    if (of == NULL) {
        sn_head_axis_free(&x);
        return sn_fail(err, SN_ENOMEM, "out of memory for a picture");
    }
    sn_head_axis_write(&x, script, "x");
    find_members(s, &x, of);
    range r = {INFINITY, -INFINITY, false, false};
    put_series(script, s, &x, of, &r);
    free(of);
    sn_head_axis_free(&x);
    if (!(r.low <= r.high))
        r.low = -1, r.high = 1;
    const double least = s->logarithmic ? 0.1 : 1e-9;
    const double margin = fmax(0.08 * (r.high - r.low), (least - (r.high - r.low)) / 2);
    sn_script_number(script, "y_from", r.low - margin);
    sn_script_number(script, "y_to", r.high + margin);
    fprintf(script, "theory = %d\nerrors = %d\ndrift = %d\n", r.theory, r.errors,
            s->drift < sn_table_columns(s->table));
    return SN_OK;
}

sn_status sn_head_sweep(const sn_picture *picture, FILE *script, sn_error *err)
{
    source s;
    sn_status status = find_columns(picture, &s, err);
    if (status != SN_OK)
        return status;
    const bool is_cells = s.keys == 2;
    s.about_theory = is_cells && picture->about_theory && s.theory < sn_table_columns(s.table);
    fprintf(script, "is_cells = %d\nlogarithmic = %d\nabout_theory = %d\n", is_cells, s.logarithmic,
            s.about_theory);
    const sn_column *column = sn_table_column(s.table, s.value);
    sn_script_text(script, "quantity", describe(column->name, column->doc));
    put_fates(script, &s);
    return is_cells ? put_cells(script, &s, err) : put_points(script, &s, err);
}
