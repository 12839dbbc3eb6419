/* The head of the picture of how pre-activations are distributed, beside the normal density: a row
 * of panels a network, a line a layer. A depth of any size is told by few layers: the first, those
 * at powers of two, the last; of more than fit, some evenly. A colour is one layer in all panels.
 *
 * The histogram's blocks are the layers of each network, so its TSV has one key column more than
 * the networks have. */
#include "report/heads.h"

#include <math.h>
#include <string.h>

#include "report/script.h"

enum { PANELS = 6, LAYERS = 6, CANDIDATES = 70, LABEL_CHARACTERS = 60 };

typedef struct source {
    const sn_table *table;
    size_t keys, layer, z, density;
} source;

typedef struct block {
    size_t index, from, to;
    double layer;
    bool known; /* there is a density to draw */
} block;

static block block_at(const source *s, size_t index, size_t row)
{
    block b = {index, row, sn_head_next_block(s->table, row, s->keys + 1),
               sn_table_real(s->table, row, s->layer), false};
    for (size_t i = row; i < b.to && !b.known; i++)
        b.known = isfinite(sn_table_real(s->table, i, s->density))
                  && sn_table_real(s->table, i, s->density) > 0;
    return b;
}

/* Whether some network has a density at the layer. */
static bool is_known(const source *s, double layer)
{
    block b;
    for (size_t i = 0; i < sn_table_rows(s->table); i = b.to) {
        b = block_at(s, 0, i);
        if (b.known && b.layer == layer)
            return true;
    }
    return false;
}

static size_t choose_layers(const source *s, double chosen[LAYERS])
{
    double first = INFINITY, last = -INFINITY, all[CANDIDATES];
    block b;
    for (size_t i = 0; i < sn_table_rows(s->table); i = b.to) {
        b = block_at(s, 0, i);
        if (b.known)
            first = fmin(first, b.layer), last = fmax(last, b.layer);
    }
    size_t n = 0;
    if (first <= last)
        all[n++] = first;
    for (double layer = 1; layer < last && n < CANDIDATES - 1; layer *= 2)
        if (layer > first && is_known(s, layer))
            all[n++] = layer;
    if (first < last)
        all[n++] = last;
    const size_t count = n < LAYERS ? n : LAYERS;
    for (size_t k = 0; k < count; k++)
        chosen[k] = all[count > 1 ? (k * (n - 1) + (count - 1) / 2) / (count - 1) : 0];
    return count;
}

/* What the axes have to hold. */
typedef struct extent {
    double z_min, z_max, least, most;
} extent;

static void widen(extent *e, const source *s, const block *b)
{
    for (size_t i = b->from; i < b->to; i++) {
        const double z = sn_table_real(s->table, i, s->z);
        const double density = sn_table_real(s->table, i, s->density);
        if (isfinite(z))
            e->z_min = fmin(e->z_min, z), e->z_max = fmax(e->z_max, z);
        if (isfinite(density) && density > 0)
            e->least = fmin(e->least, density), e->most = fmax(e->most, density);
    }
}

/* The array blocks: for each panel and chosen layer the number of the block in the file, or -1. */
static size_t put_blocks(FILE *script, const source *s, const double *layers, size_t n_layers,
                         extent *e)
{
    const size_t rows = sn_table_rows(s->table);
    size_t panel = 0, index = 0, row = 0;
    fprintf(script, "array blocks[%d] = [", PANELS * LAYERS);
    while (row < rows && panel < PANELS) {
        const size_t end = sn_head_next_block(s->table, row, s->keys);
        long found[LAYERS];
        memset(found, -1, sizeof found);
        for (block b; row < end; row = b.to) {
            b = block_at(s, index++, row);
            for (size_t k = 0; b.known && k < n_layers; k++)
                if (layers[k] == b.layer) {
                    found[k] = (long)b.index;
                    widen(e, s, &b);
                }
        }
        for (size_t k = 0; k < LAYERS; k++)
            fprintf(script, "%s%ld", panel + k > 0 ? ", " : "", found[k]);
        panel++;
    }
    fputs("]\n", script);
    return panel;
}

static void put_names(const sn_picture *picture, FILE *script, const source *s)
{
    size_t count = 0;
    fprintf(script, "array names[%d] = [", PANELS);
    for (size_t row = 0; row < sn_table_rows(s->table);
         row = sn_head_next_block(s->table, row, s->keys), count++) {
        if (count >= PANELS)
            continue;
        char text[SN_HEAD_LABEL_SIZE];
        sn_head_describe(s->table, row, s->keys, (size_t)-1, text);
        fputs(count > 0 ? ", " : "", script);
        sn_script_quote(script, picture->labels != NULL ? picture->labels[count] : text,
                        LABEL_CHARACTERS);
    }
    fprintf(script, "]\nnetworks = %zu\n", count);
}

static void put_extent(FILE *script, extent e)
{
    if (!(e.z_min < e.z_max))
        e.z_min = -6, e.z_max = 6;
    if (!(e.least <= e.most))
        e.least = 1e-4, e.most = 0.4;
    sn_script_number(script, "z_min", e.z_min);
    sn_script_number(script, "z_max", e.z_max);
    sn_script_number(script, "density_least", e.least);
    sn_script_number(script, "density_most", e.most);
}

sn_status sn_head_distribution(const sn_picture *picture, FILE *script, sn_error *err)
{
    static const struct {
        const char *name, *column;
        bool optional;
    } columns[] = {
        {"layer_column", "layer", false},           {"z_column", "z", false},
        {"density_column", "density", false},       {"density_se", "density_se", true},
        {"normal_column", "density_normal", false},
    };
    const sn_table *table = picture->histogram;
    if (table == NULL || sn_table_rows(table) == 0)
        return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs a histogram", picture->kind);
    fprintf(script, "data = '%s.tsv'\n", sn_table_name(table));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const sn_status status = sn_head_column(script, columns[i].name, table, columns[i].column,
                                                columns[i].optional, err);
        if (status != SN_OK)
            return status;
    }
    const source s = {table, picture->key_columns, sn_table_find(table, "layer"),
                      sn_table_find(table, "z"), sn_table_find(table, "density")};
    if (s.layer != s.keys)
        return sn_fail(err, SN_EINVAL, "the column layer must follow the %zu keys of the table %s",
                       s.keys, sn_table_name(table));
    double layers[LAYERS] = {0};
    extent e = {INFINITY, -INFINITY, INFINITY, 0};
    const size_t n = choose_layers(&s, layers);
    fprintf(script, "layer_count = %zu\n", n);
    fprintf(script, "array layers[%d] = [", LAYERS);
    for (size_t k = 0; k < LAYERS; k++)
        fprintf(script, "%s%.0f", k > 0 ? ", " : "", layers[k]);
    fputs("]\n", script);
    const size_t panels = put_blocks(script, &s, layers, n, &e);
    static const int heights[PANELS + 1] = {0, 400, 270, 220, 185, 165, 155};
    fprintf(script, "panels = %zu\npanel_height = %d\nheight = 130 + panels * panel_height\n",
            panels, heights[panels]);
    put_names(picture, script, &s);
    put_extent(script, e);
    return SN_OK;
}
