/* Branch and bound. Below, "maximum" is meant: a minimum is the maximum of the negated quantity.
 *
 * A node (node.c) is a cell with an upper bound of the quantity on it. Values at centres bound the
 * maximum from below. The node of the largest upper bound is split, along the side that contributes
 * most to the mean value form, until both bounds meet; a node whose upper bound does not exceed the
 * lower bound is done. Nodes are taken in batches of fixed size and their children collected in
 * order, so that the threads that look at them change nothing. */
#include <math.h>
#include <stdlib.h>

#include "certify/node.h"

enum { BATCH = 16, PREC = 64 };

typedef struct state {
    const sn_search *search;
    sn_nodes heap, done; /* done: kept for a paving alone */
    sn_node best;
    double limit[2];
    size_t boxes, next_id;
    bool no_memory, stopped;
} state;

/* Looks at new nodes, in parallel, and files them in their order. */
static void take(state *st, sn_node *fresh, size_t count)
{
    const sn_search *s = st->search;
#pragma omp taskloop grainsize(1) shared(fresh, s)
    for (size_t i = 0; i < count; i++)
        sn_node_look(s, &fresh[i]);
    st->boxes += count;
    st->stopped = sn_meter_tick(s->meter, count) || st->stopped;
    for (size_t i = 0; i < count; i++) {
        fresh[i].id = st->next_id++;
        if (fresh[i].low > st->best.low || st->next_id == 1)
            st->best = fresh[i];
    }
    for (size_t i = 0; i < count && !st->no_memory; i++) {
        const bool paving = sn_node_side_to_pave(s, &fresh[i].shape) >= 0;
        if (paving || fresh[i].upper > st->best.low)
            st->no_memory = !sn_nodes_push(&st->heap, &fresh[i]);
        else if (s->pave > 0)
            st->no_memory = !sn_nodes_append(&st->done, &fresh[i]);
    }
}

/* Halves up to BATCH of the most promising nodes. False: none could be halved. */
static bool advance(state *st)
{
    sn_node fresh[2 * BATCH];
    size_t count = 0;
    sn_nodes stuck = {0};
    while (count < 2 * BATCH && st->heap.count > 0 && st->heap.item[0].upper > st->best.low) {
        const sn_node p = sn_nodes_pop(&st->heap);
        if (p.side < 0) {
            st->no_memory = !sn_nodes_append(&stuck, &p) || st->no_memory;
            continue;
        }
        sn_part half[2];
        sn_part_split(st->search->box, &p.shape, p.side, half);
        fresh[count++] = (sn_node){.shape = half[0]};
        fresh[count++] = (sn_node){.shape = half[1]};
    }
    if (count > 0)
        take(st, fresh, count);
    for (size_t i = 0; i < stuck.count; i++)
        st->no_memory = !sn_nodes_push(&st->heap, &stuck.item[i]) || st->no_memory;
    free(stuck.item);
    return count > 0;
}

/* Halves every node that is too long for the paving. */
static void pave(state *st)
{
    const sn_search *s = st->search;
    bool more = s->pave > 0;
    while (more && !st->stopped && !st->no_memory && st->boxes < s->max_boxes) {
        sn_nodes all = st->heap;
        st->heap = (sn_nodes){0};
        more = false;
        sn_node fresh[2 * BATCH];
        size_t count = 0;
        for (size_t i = 0; i < all.count && !st->no_memory; i++) {
            const int side = sn_node_side_to_pave(s, &all.item[i].shape);
            if (side < 0) {
                st->no_memory = !sn_nodes_push(&st->heap, &all.item[i]);
                continue;
            }
            sn_part half[2];
            sn_part_split(s->box, &all.item[i].shape, side, half);
            fresh[count++] = (sn_node){.shape = half[0]};
            fresh[count++] = (sn_node){.shape = half[1]};
            more = true;
            if (count == 2 * BATCH) {
                take(st, fresh, count);
                count = 0;
            }
        }
        if (count > 0 && !st->no_memory)
            take(st, fresh, count);
        free(all.item);
    }
}

/* An upper bound of the maximum as far as it is known. */
static double ceiling(const state *st)
{
    return st->heap.count > 0 ? fmax(st->best.top, st->heap.item[0].upper) : st->best.top;
}

/* Whether the limit holds where the quantity is at most `top`. */
static bool holds(const state *st, double top)
{
    return st->search->closed ? top <= st->limit[0] : top < st->limit[0];
}

static sn_verdict verdict(const state *st)
{
    const sn_search *s = st->search;
    if (s->limit == NULL)
        return SN_PROVED;
    const double low = st->best.low;
    if (holds(st, ceiling(st)))
        return SN_PROVED;
    if (s->closed ? low > st->limit[1] : low >= st->limit[1])
        return SN_REFUTED;
    return SN_UNDECIDED;
}

static void set_limit(state *st)
{
    const sn_search *s = st->search;
    if (s->limit == NULL)
        return;
    arb_t limit;
    arb_init(limit);
    sn_ball_set_decimal(limit, s->limit, PREC);
    if (!s->is_upper)
        arb_neg(limit, limit);
    st->limit[0] = sn_ball_lower(limit);
    st->limit[1] = sn_ball_upper(limit);
    arb_clear(limit);
}

static void start(state *st)
{
    sn_part faces[SN_MAX_FACES];
    sn_node fresh[SN_MAX_FACES];
    const size_t n = sn_reduce(st->search, faces);
    for (size_t i = 0; i < n; i++)
        fresh[i] = (sn_node){.shape = faces[i]};
    take(st, fresh, n);
}

static void run(state *st)
{
    const sn_search *s = st->search;
    start(st);
    pave(st);
    while (!st->no_memory && !st->stopped) {
        const double gap = ceiling(st) - st->best.low;
        const double scale = fmax(1, fabs(st->best.low));
        const bool decided = verdict(st) != SN_UNDECIDED;
        const double wanted = decided ? s->tolerance : 1e-15;
        const size_t most = decided && s->limit != NULL ? s->max_boxes / 5 : s->max_boxes;
        if (gap <= wanted * scale || st->boxes >= most || !advance(st))
            break;
    }
}

/* --- what is told of it ------------------------------------------------------------------------ */

static double volume(const sn_search *s, const sn_part *cell)
{
    double v = 1;
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (sn_node_is_open(s, cell, i))
            v *= cell->to[i] - cell->from[i];
    return v;
}

/* The part of the cells still open for which the limit is not known to hold. */
static double part_left(const state *st)
{
    double left = 0;
    for (size_t i = 0; i < st->heap.count; i++)
        if (!holds(st, st->heap.item[i].upper))
            left += volume(st->search, &st->heap.item[i].shape);
    return fmin(left, 1);
}

/* Adds a node to the paving, over x and y. */
static sn_status add_row(const state *st, const sn_node *p, sn_error *err)
{
    const sn_search *s = st->search;
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    sn_box_at(at, s->box, &p->shape, PREC);
    sn_quantity_preactivation(x, y, s->map, at, PREC);
    const double low = s->is_upper ? p->low : 0 - p->upper;
    const double high = s->is_upper ? p->upper : 0 - p->low;
    const sn_cell cells[] = {{.real = (double)s->tag[0]},
                             {.real = (double)s->tag[1]},
                             {.real = sn_ball_lower(x)},
                             {.real = sn_ball_upper(x)},
                             {.real = sn_ball_lower(y)},
                             {.real = sn_ball_upper(y)},
                             {.real = low},
                             {.real = high}};
    const sn_status status = sn_table_add_row(s->paving, cells, err);
    _arb_vec_clear(at, SN_BOX_DIM);
    arb_clear(x);
    arb_clear(y);
    return status;
}

static sn_status tell_paving(const state *st, sn_error *err)
{
    sn_status status = SN_OK;
    const sn_nodes *const lists[] = {&st->done, &st->heap};
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; status == SN_OK && i < lists[l]->count; i++)
            status = add_row(st, &lists[l]->item[i], err);
    return status;
}

bool sn_meter_tick(sn_meter *meter, size_t boxes)
{
    bool stopped;
#pragma omp critical(sn_meter)
    {
        meter->boxes += boxes;
        if (!meter->stopped && meter->watch != NULL
            && meter->watch(meter->context, meter->boxes) != 0)
            meter->stopped = true;
        stopped = meter->stopped;
    }
    return stopped;
}

sn_status sn_extreme_find(const sn_search *search, sn_extreme *out, sn_error *err)
{
    state st = {.search = search, .best = {.low = -INFINITY, .top = INFINITY}};
    set_limit(&st);
    run(&st);
    const double low = st.best.low, top = ceiling(&st);
    *out = (sn_extreme){
        .value = search->is_upper ? (sn_interval){low, top} : (sn_interval){0 - top, 0 - low},
        .at = st.best.point,
        .verdict = verdict(&st),
        .boxes = st.boxes,
        .left = part_left(&st),
    };
    sn_status status = st.no_memory ? sn_fail(err, SN_ENOMEM, "out of memory") : SN_OK;
    if (status == SN_OK && search->paving != NULL)
        status = tell_paving(&st, err);
    free(st.heap.item);
    free(st.done.item);
    return status;
}
