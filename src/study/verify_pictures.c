/* The cells of a claim's proof: their tables, in the order in which a picture has to draw them, and
 * the pictures.
 *
 * Boxes of (x, y) from different omega and tau overlap; the one that decides is the one nearest to
 * the limit, so it comes last. So does, of cells of a start, the one that takes longest. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/digits.h"
#include "report/tsv.h"
#include "study/verify_part.h"

enum { NAME = 192, TEXT = 512, SUBTITLE = 2 * TEXT };

/* A row of cells: its block, and its place in it. */
typedef struct place {
    double key[2], value;
    size_t row;
} place;

static int compare(const void *left, const void *right)
{
    const place *a = left, *b = right;
    const double x[] = {a->key[0], a->key[1], a->value}, y[] = {b->key[0], b->key[1], b->value};
    for (int i = 0; i < 3; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static double value_of(const sn_verify_part *p, const sn_table *table, size_t row)
{
    if (table == p->proof.boxes) {
        const size_t bound = (size_t)sn_table_real(table, row, sn_table_find(table, "bound"));
        if (p->proof.bounds[bound].is_upper)
            return sn_table_real(table, row, sn_table_find(table, "upper"));
        return -sn_table_real(table, row, sn_table_find(table, "lower"));
    }
    if (table != p->proof.entries)
        return 0;
    const double layers = sn_table_real(table, row, sn_table_find(table, "layers"));
    return isnan(layers) ? INFINITY : layers;
}

/* "boxes", or with several claims "boxes_theorem1" or "boxes_2". */
static void name_of(const sn_verify_part *p, const char *what, char name[NAME])
{
    if (p->count == 1)
        snprintf(name, NAME, "%s", what);
    else if (p->spec == NULL)
        snprintf(name, NAME, "%s_%s", what, p->label);
    else
        snprintf(name, NAME, "%s_%zu", what, p->index + 1);
}

static sn_table *new_like(const sn_table *table, const char *name)
{
    sn_column columns[32];
    const size_t n = sn_table_columns(table);
    for (size_t j = 0; j < n; j++)
        columns[j] = *sn_table_column(table, j);
    return sn_table_new(name, n, columns);
}

/* A copy of a table in the order of drawing; keys is the number of its key columns. */
static sn_status sorted(const sn_verify_part *p, const sn_table *table, const char *what,
                        size_t keys, sn_table **out, sn_error *err)
{
    char name[NAME];
    name_of(p, what, name);
    const size_t rows = sn_table_rows(table);
    place *places = malloc((rows > 0 ? rows : 1) * sizeof *places);
    *out = new_like(table, name);
    sn_status status = SN_OK;
    if (places == NULL || *out == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; status == SN_OK && i < rows; i++)
        places[i] = (place){{sn_table_real(table, i, 0), keys > 1 ? sn_table_real(table, i, 1) : 0},
                            value_of(p, table, i),
                            i};
    if (status == SN_OK)
        qsort(places, rows, sizeof *places, compare);
    for (size_t i = 0; status == SN_OK && i < rows; i++)
        status = sn_table_copy_row(*out, table, places[i].row, err);
    free(places);
    return status;
}

static void describe(const sn_verify_part *p, const char *what, char text[TEXT])
{
    char layer[256], box[256];
    sn_verify_layer_text(p->claim, layer, sizeof layer);
    sn_verify_box_text(p->claim->box, box, sizeof box);
    snprintf(text, TEXT, "%.200s; %.120s, %.160s", what, layer, box);
}

/* The text with lines broken after commas and semicolons alone. */
static void keep_together(const char *text, char *out, size_t size)
{
    static const char space[] = "\xC2\xA0";
    size_t length = 0;
    for (size_t i = 0; text[i] != '\0' && length + sizeof space < size; i++) {
        const bool inside = text[i] == ' ' && i > 0 && strchr(",;", text[i - 1]) == NULL;
        length += (size_t)sprintf(out + length, "%.*s", inside ? 2 : 1, inside ? space : text + i);
    }
    out[length] = '\0';
}

static void describe_bound(const sn_verify_part *p, const sn_bound *bound, char text[TEXT])
{
    char relation[96], digits[SN_DIGITS_SIZE], what[256];
    sn_verify_bound_text(bound, relation, sizeof relation);
    sn_digits_text(bound->extreme.lower, bound->extreme.upper, digits);
    snprintf(what, sizeof what, "%s: %s, %s %s", relation, sn_verdict_text(bound->verdict),
             bound->is_upper ? "maximum" : "minimum", digits);
    describe(p, what, text);
}

/* The name of the n-th picture of its kind, from 1. */
static void number_name(const sn_verify_part *p, const char *what, size_t n, char name[NAME])
{
    name_of(p, what, name);
    const size_t length = strlen(name);
    if (n > 1)
        snprintf(name + length, NAME - length, "_%zu", n);
}

static const char *title_of(const sn_verify_part *p)
{
    return p->claim->description != NULL ? p->claim->description : p->label;
}

static bool is_wide(const sn_decimals *side)
{
    return strtod(side->lower, NULL) < strtod(side->upper, NULL);
}

/* Over a point there is nothing to see. */
static bool has_extent(const sn_claim *claim)
{
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (is_wide(&claim->box[i]))
            return true;
    return false;
}

static sn_status draw_boxes(const sn_verify_part *p, const sn_table *boxes, sn_error *err)
{
    sn_picture picture = {.kind = "boxes", .title = title_of(p), .cells = boxes, .key_columns = 2};
    const size_t rows = sn_table_rows(boxes);
    sn_status status = SN_OK;
    double before = -1;
    size_t drawn = 0;
    for (size_t i = 0; status == SN_OK && i < rows && has_extent(p->claim); i++) {
        const double bound_of_row = sn_table_real(boxes, i, 1);
        if (bound_of_row == before)
            continue;
        picture.block += before >= 0;
        before = bound_of_row;
        const sn_bound *bound = &p->proof.bounds[(size_t)bound_of_row];
        if (p->claim->assertions[bound->assertion].kind != SN_ASSERT_BOUND)
            continue;
        char name[NAME], text[TEXT], subtitle[SUBTITLE];
        number_name(p, "boxes", ++drawn, name);
        describe_bound(p, bound, text);
        keep_together(text, subtitle, sizeof subtitle);
        picture.name = name;
        picture.subtitle = subtitle;
        picture.quantity = sn_quantity_name(bound->quantity);
        picture.is_upper = bound->is_upper;
        status = sn_study_draw(p->study, &picture, err);
    }
    return status;
}

/* A picture for each assertion of which there are cells. */
static sn_status draw_assertions(const sn_verify_part *p, const char *kind, const sn_table *cells,
                                 sn_error *err)
{
    sn_picture picture = {.kind = kind, .title = title_of(p), .cells = cells, .key_columns = 1};
    const size_t rows = sn_table_rows(cells);
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < rows; i++) {
        const double index = sn_table_real(cells, i, 0);
        if (i > 0 && index == sn_table_real(cells, i - 1, 0))
            continue;
        const sn_assertion *assertion = &p->claim->assertions[(size_t)index];
        const sn_verdict verdict = p->proof.assertions[(size_t)index].verdict;
        char name[NAME], what[96], text[TEXT], subtitle[SUBTITLE];
        double target[4] = {NAN, NAN, NAN, NAN};
        snprintf(what, sizeof what, "one attracting fixed point: %s", sn_verdict_text(verdict));
        if (assertion->kind == SN_ASSERT_ENTERS) {
            const char *const ends[] = {assertion->target_mu.lower, assertion->target_mu.upper,
                                        assertion->target_nu.lower, assertion->target_nu.upper};
            for (int end = 0; end < 4; end++)
                target[end] = strtod(ends[end], NULL);
            snprintf(what, sizeof what, "inside within %zu layers: %s", assertion->layers,
                     sn_verdict_text(verdict));
        }
        number_name(p, kind, picture.block + 1, name);
        describe(p, what, text);
        keep_together(text, subtitle, sizeof subtitle);
        picture.name = name;
        picture.subtitle = subtitle;
        picture.target = target;
        status = sn_study_draw(p->study, &picture, err);
        picture.block++;
    }
    return status;
}

static bool is_asked(const sn_verify_part *p, sn_plot plot)
{
    const sn_config *config = p->study->config;
    for (size_t i = 0; config != NULL && i < config->n_plots; i++)
        if (config->plots[i] == plot)
            return true;
    return config == NULL;
}

static sn_status write_and_draw(const sn_verify_part *p, sn_plot plot, const sn_table *table,
                                sn_error *err)
{
    const char *kind = sn_plot_name(plot);
    if (!is_asked(p, plot) || table == NULL || sn_table_rows(table) == 0)
        return SN_OK;
    const size_t keys = plot == SN_PLOT_BOXES ? 2 : 1;
    char note[TEXT];
    describe(p, title_of(p), note);
    const char *const notes[] = {note};
    const sn_tsv_layout layout = {.notes = notes, .n_notes = 1, .key_columns = keys};
    sn_table *cells = NULL;
    sn_status status = sorted(p, table, kind, keys, &cells, err);
    if (status == SN_OK)
        status = sn_tsv_write(p->study->folder, cells, &layout, err);
    if (status == SN_OK)
        status = plot == SN_PLOT_BOXES ? draw_boxes(p, cells, err)
                                       : draw_assertions(p, kind, cells, err);
    sn_table_free(cells);
    return status;
}

sn_status sn_verify_draw(const sn_verify_part *p, sn_error *err)
{
    sn_status status = write_and_draw(p, SN_PLOT_BOXES, p->proof.boxes, err);
    if (status == SN_OK)
        status = write_and_draw(p, SN_PLOT_REGIONS, p->proof.regions, err);
    if (status == SN_OK)
        status = write_and_draw(p, SN_PLOT_ENTRIES, p->proof.entries, err);
    return status;
}
