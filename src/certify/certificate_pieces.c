/* The pieces of a certificate, and how each statement's box is halved until plain bounds imply the
 * limit: along the side that adds most to the mean value form. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "certify/certificate_maker.h"

enum { FINER = 2 };

/* --- one statement ------------------------------------------------------------------------------ */

static int side_to_split(const sn_dyadic *cell, const double share[SN_BOX_DIM])
{
    int side = -1;
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (share[i] > (side < 0 ? 0 : share[side]) && cell->level[i] < SN_DYADIC_DEPTH)
            side = i;
    return side;
}

/* A tree that is growing, leaf by leaf. */
typedef struct tree {
    const sn_piece *p;
    const sn_ball_map *map;
    sn_writer *out;
    int decimals;
    size_t boxes, most;
    char leaf[SN_LEAF_SIZE + 1];
} tree;

/* Writes the leaves below a cell that is `depth` steps from the statement's; false: it cannot. */
static bool grow(tree *t, const sn_dyadic *cell, size_t depth)
{
    const sn_piece *p = t->p;
    double share[SN_BOX_DIM];
    int64_t units;
    arb_t bound;
    arb_init(bound);
    sn_plain_bound(bound, share, p->measure, p->is_upper, t->map, p->span, cell);
    const bool enough = sn_fixed_round(bound, p->is_upper, t->decimals, &units)
                        && sn_fixed_implies(units, t->decimals, p->is_upper, p->limit, p->closed);
    arb_clear(bound);
    if (enough) {
        char number[SN_FIXED_SIZE];
        sn_fixed_write(number, units, t->decimals);
        sn_write(t->out, "box %.*s %s\n", depth > 0 ? (int)depth : 1, depth > 0 ? t->leaf : "-",
                 number);
        return ++t->boxes <= t->most && !t->out->failed;
    }
    const int side = side_to_split(cell, share);
    if (side < 0 || depth == SN_LEAF_SIZE - 1)
        return false;
    sn_dyadic half = *cell;
    half.level[side]++;
    half.index[side] *= 2;
    t->leaf[depth] = "mnot"[side];
    if (!grow(t, &half, depth + 1))
        return false;
    half.index[side]++;
    t->leaf[depth] = "MNOT"[side];
    return grow(t, &half, depth + 1);
}

/* So many decimals that the room to the limit is ten units or more. */
static int decimals_for(double gap)
{
    const double d = ceil(1 - log10(gap));
    return d > 3 ? (int)fmin(d, SN_MOST_DECIMALS) : 3;
}

void sn_piece_prove(sn_piece *p, const sn_ball_map *map)
{
    const int first = decimals_for(p->gap);
    for (int d = first; !p->proved && d <= SN_MOST_DECIMALS && d <= first + FINER; d += FINER) {
        sn_writer leaves = {0};
        tree t = {.p = p,
                  .map = map,
                  .out = &leaves,
                  .decimals = d,
                  .most = d == first ? p->most / 4 + 1 : p->most};
        if (grow(&t, &p->cell, 0)) {
            p->proved = true;
            p->boxes = t.boxes;
            sn_write(&p->text, "statement %s %s %s decimals %d boxes %zu\n%s",
                     sn_quantity_name(p->measure.quantity), p->is_upper ? "below" : "above",
                     p->limit, d, t.boxes, leaves.bytes);
        }
        p->text.failed = p->text.failed || leaves.failed;
        sn_writer_free(&leaves);
    }
}

/* --- pieces ------------------------------------------------------------------------------------- */

static sn_piece *add_piece(sn_maker *m)
{
    if (m->count == m->room) {
        const size_t room = m->room > 0 ? 2 * m->room : 64;
        sn_piece *more = realloc(m->piece, room * sizeof *more);
        if (more == NULL) {
            m->no_memory = true;
            return NULL;
        }
        m->piece = more;
        m->room = room;
    }
    m->piece[m->count] = (sn_piece){.most = m->most};
    return &m->piece[m->count++];
}

/* The last piece, or a new one if that has a statement already. */
sn_writer *sn_maker_lines(sn_maker *m)
{
    sn_piece *last = m->count > 0 ? &m->piece[m->count - 1] : NULL;
    if (last == NULL || last->limit[0] != '\0')
        last = add_piece(m);
    return last != NULL ? &last->text : NULL;
}

void sn_maker_state(sn_maker *m, sn_measure measure, bool is_upper, bool closed, const char *limit,
                    double gap, const sn_span *span, const sn_dyadic *cell)
{
    if (sn_maker_lines(m) == NULL || span == NULL)
        return;
    sn_piece *p = &m->piece[m->count - 1];
    p->measure = measure;
    p->is_upper = is_upper;
    p->closed = closed;
    p->gap = gap;
    p->span = span;
    p->cell = *cell;
    snprintf(p->limit, sizeof p->limit, "%s", limit);
}

const sn_span *sn_maker_span(sn_maker *m, const sn_decimals ends[SN_BOX_DIM])
{
    sn_span **more = realloc(m->span, (m->spans + 1) * sizeof *more);
    sn_span *span = malloc(sizeof *span);
    if (more != NULL)
        m->span = more;
    if (more == NULL || span == NULL || !sn_span_init(span, ends)) {
        m->no_memory = true;
        free(span);
        return NULL;
    }
    m->span[m->spans++] = span;
    return span;
}

void sn_maker_clear(sn_maker *m)
{
    for (size_t i = 0; i < m->count; i++)
        sn_writer_free(&m->piece[i].text);
    free(m->piece);
    for (size_t i = 0; i < m->spans; i++) {
        sn_span_clear(m->span[i]);
        free(m->span[i]);
    }
    free(m->span);
}
