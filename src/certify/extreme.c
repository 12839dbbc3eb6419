/* Branch and bound. Below, "maximum" is meant: a minimum is the maximum of the negated quantity.
 *
 * A piece is a cell with an upper bound of the quantity on it, the least of
 *
 *   - the enclosure over the whole cell at once,
 *   - the mean value form: Q(t) <= Q(c) + sum_i g_i (t_i - c_i), c the cell's centre and g the
 *     enclosure of Q's gradient over the cell, which converges quadratically, and
 *   - where g_i has one sign on the cell, Q is monotone along that side, and its maximum over the
 *     cell is taken at one end: the cell is replaced by that face, at best by a corner, and bounded
 *     there anew.
 *
 * Values at centres bound the maximum from below. The piece of the largest upper bound is halved,
 * along the side that contributes most to the mean value form, until both bounds meet; a piece whose
 * upper bound does not exceed the lower bound is done. Pieces are taken in batches of fixed size
 * and their children collected in order, so that the threads that look at them change nothing. */
#include "certify/extreme.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 16, ROUNDS = 3, DEPTH = 50 };

/* A bound that says hardly more than nothing. */
static const double VAGUE = 1e3;

/* Bits for balls that are points, and for boxes: these are wide anyway. */
enum { PREC = 64 };

typedef struct piece {
    sn_part shape;   /* as split */
    sn_part point;   /* where low is taken */
    double upper;    /* bound of the maximum over the shape */
    double low, top; /* enclose the value at the point */
    int side;        /* to split; -1: cannot */
    size_t id;
} piece;

typedef struct pieces {
    piece *item;
    size_t count, room;
} pieces;

typedef struct state {
    const sn_search *search;
    pieces heap, done; /* done: kept for a paving alone */
    piece best;
    double limit[2];
    size_t boxes, next_id;
    bool no_memory, stopped;
} state;

/* --- looking at one piece ---------------------------------------------------------------------- */

/* Whether the cell has any extent along a side. */
static bool is_open(const sn_search *s, const sn_part *cell, int side)
{
    return cell->from[side] < cell->to[side] && !arb_is_zero(&s->box->width[side]);
}

static void enclose(arb_t value, arb_ptr gradient, const sn_search *s, arb_srcptr at)
{
    sn_quantity_enclose(value, gradient, s->measure, s->map, at, PREC);
    if (s->is_upper)
        return;
    arb_neg(value, value);
    for (int i = 0; gradient != NULL && i < SN_BOX_DIM; i++)
        arb_neg(&gradient[i], &gradient[i]);
}

/* Replaces the cell by the face on which a monotone quantity is largest; whether it could. */
static bool climb(const sn_search *s, sn_part *cell, arb_srcptr gradient)
{
    bool climbed = false;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (!is_open(s, cell, i))
            continue;
        const bool up = arb_is_nonnegative(&gradient[i]);
        if (!up && !arb_is_nonpositive(&gradient[i]))
            continue;
        cell->from[i] = cell->to[i] = up ? cell->to[i] : cell->from[i];
        climbed = true;
    }
    return climbed;
}

static sn_part centre(const sn_part *cell)
{
    sn_part c = *cell;
    for (int i = 0; i < SN_BOX_DIM; i++)
        c.from[i] = c.to[i] = cell->from[i] + (cell->to[i] - cell->from[i]) / 2;
    return c;
}

/* How far the pre-activations of a box are apart: x in deviations, y in its logarithm. */
static double spread(const sn_search *s, arb_srcptr at)
{
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    sn_quantity_preactivation(x, y, s->map, at, PREC);
    const double y_lower = fmax(sn_ball_lower(y), 1e-300), y_upper = sn_ball_upper(y);
    const double size = (sn_ball_upper(x) - sn_ball_lower(x)) / sqrt(y_lower)
                        + 2 * log(fmax(y_upper, y_lower) / y_lower);
    arb_clear(x);
    arb_clear(y);
    return size;
}

/* The side without whose extent the pre-activations would be closest. */
static int side_that_spreads(const sn_search *s, const sn_part *cell)
{
    int side = -1;
    double least = INFINITY;
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (!is_open(s, cell, i) || cell->to[i] - cell->from[i] < ldexp(1, -DEPTH))
            continue;
        sn_part flat = *cell;
        flat.from[i] = flat.to[i] = cell->from[i] + (cell->to[i] - cell->from[i]) / 2;
        sn_box_at(at, s->box, &flat, PREC);
        const double size = spread(s, at);
        if (side < 0 || size < least) {
            side = i;
            least = size;
        }
    }
    _arb_vec_clear(at, SN_BOX_DIM);
    return side;
}

/* Which side to halve: that of the largest share in the mean value form; where nothing is known of
 * that, or next to nothing, the one that spreads the pre-activations most. */
static int side_to_split(const sn_search *s, const sn_part *cell, const double share[SN_BOX_DIM])
{
    int side = -1;
    double most = -1;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (!is_open(s, cell, i) || cell->to[i] - cell->from[i] < ldexp(1, -DEPTH))
            continue;
        if (!(share[i] < VAGUE))
            return side_that_spreads(s, cell);
        if (share[i] > most) {
            side = i;
            most = share[i];
        }
    }
    return side;
}

/* The longest side of a cell that is too long for the paving, or -1: `pave` to each of two sides, and
 * of more sides as many cells in all. */
static int side_to_pave(const sn_search *s, const sn_part *cell)
{
    int side = -1, open = 0;
    for (int i = 0; s->pave > 0 && i < SN_BOX_DIM; i++)
        open += is_open(s, cell, i);
    double longest = open <= 2 ? 1.0 / s->pave : pow(s->pave, -2.0 / open);
    for (int i = 0; open > 0 && i < SN_BOX_DIM; i++)
        if (is_open(s, cell, i) && cell->to[i] - cell->from[i] > longest) {
            side = i;
            longest = cell->to[i] - cell->from[i];
        }
    return side;
}

/* Value at the centre, mean value form, side to split. */
static void look_closer(const sn_search *s, piece *p, const sn_part *cell, arb_srcptr at,
                        arb_srcptr gradient)
{
    arb_ptr middle = _arb_vec_init(SN_BOX_DIM);
    arb_t value, step, sum;
    arb_init(value);
    arb_init(step);
    arb_init(sum);
    p->point = centre(cell);
    sn_box_at(middle, s->box, &p->point, PREC);
    enclose(value, NULL, s, middle);
    p->low = sn_ball_lower(value);
    p->top = sn_ball_upper(value);
    double share[SN_BOX_DIM] = {0};
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (!is_open(s, cell, i))
            continue;
        arb_sub(step, &at[i], &middle[i], PREC);
        arb_mul(step, step, &gradient[i], PREC);
        arb_add(sum, sum, step, PREC);
        share[i] = sn_ball_upper(step);
    }
    arb_add(sum, sum, value, PREC);
    p->upper = fmin(p->upper, sn_ball_upper(sum));
    p->side = side_to_split(s, cell, share);
    _arb_vec_clear(middle, SN_BOX_DIM);
    arb_clear(value);
    arb_clear(step);
    arb_clear(sum);
}

static void look(const sn_search *s, piece *p)
{
    arb_ptr at = _arb_vec_init(2 * SN_BOX_DIM);
    arb_ptr gradient = at + SN_BOX_DIM;
    arb_t value;
    arb_init(value);
    sn_part cell = p->shape;
    p->upper = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        sn_box_at(at, s->box, &cell, PREC);
        enclose(value, gradient, s, at);
        p->upper = fmin(p->upper, sn_ball_upper(value));
        if (!climb(s, &cell, gradient))
            break;
    }
    sn_box_at(at, s->box, &cell, PREC);
    look_closer(s, p, &cell, at, gradient);
    const int pave = side_to_pave(s, &p->shape);
    if (pave >= 0)
        p->side = pave;
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
    arb_clear(value);
    if (s->pave == 0 && p->side >= 0)
        p->shape = cell; /* the rest of the cell is done with */
}

/* --- the heap: the piece of the largest upper bound first, the older of two equals -------------- */

static bool before(const piece *a, const piece *b)
{
    return a->upper > b->upper || (a->upper == b->upper && a->id < b->id);
}

static bool append(pieces *list, const piece *p)
{
    if (list->count == list->room) {
        const size_t room = list->room > 0 ? 2 * list->room : 64;
        piece *item = realloc(list->item, room * sizeof *item);
        if (item == NULL)
            return false;
        list->item = item;
        list->room = room;
    }
    list->item[list->count++] = *p;
    return true;
}

static bool push(pieces *heap, const piece *p)
{
    if (!append(heap, p))
        return false;
    size_t i = heap->count - 1;
    for (; i > 0 && before(p, &heap->item[(i - 1) / 2]); i = (i - 1) / 2)
        heap->item[i] = heap->item[(i - 1) / 2];
    heap->item[i] = *p;
    return true;
}

static piece pop(pieces *heap)
{
    const piece first = heap->item[0], last = heap->item[--heap->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count && before(&heap->item[child + 1], &heap->item[child]))
            child++;
        if (!before(&heap->item[child], &last))
            break;
        heap->item[i] = heap->item[child];
        i = child;
    }
    if (heap->count > 0)
        heap->item[i] = last;
    return first;
}

/* --- the search -------------------------------------------------------------------------------- */

/* Looks at new pieces, in parallel, and files them in their order. */
static void take(state *st, piece *fresh, size_t count)
{
    const sn_search *s = st->search;
#pragma omp taskloop grainsize(1) shared(fresh, s)
    for (size_t i = 0; i < count; i++)
        look(s, &fresh[i]);
    st->boxes += count;
    st->stopped = sn_meter_tick(s->meter, count) || st->stopped;
    for (size_t i = 0; i < count; i++) {
        fresh[i].id = st->next_id++;
        if (fresh[i].low > st->best.low || st->next_id == 1)
            st->best = fresh[i];
    }
    for (size_t i = 0; i < count && !st->no_memory; i++) {
        const bool paving = side_to_pave(s, &fresh[i].shape) >= 0;
        if (paving || fresh[i].upper > st->best.low)
            st->no_memory = !push(&st->heap, &fresh[i]);
        else if (s->pave > 0)
            st->no_memory = !append(&st->done, &fresh[i]);
    }
}

/* Halves up to BATCH of the most promising pieces. False: none could be halved. */
static bool advance(state *st)
{
    piece fresh[2 * BATCH];
    size_t count = 0;
    pieces stuck = {0};
    while (count < 2 * BATCH && st->heap.count > 0 && st->heap.item[0].upper > st->best.low) {
        const piece p = pop(&st->heap);
        if (p.side < 0) {
            st->no_memory = !append(&stuck, &p) || st->no_memory;
            continue;
        }
        sn_part half[2];
        sn_part_split(st->search->box, &p.shape, p.side, half);
        fresh[count++] = (piece){.shape = half[0]};
        fresh[count++] = (piece){.shape = half[1]};
    }
    if (count > 0)
        take(st, fresh, count);
    for (size_t i = 0; i < stuck.count; i++)
        st->no_memory = !push(&st->heap, &stuck.item[i]) || st->no_memory;
    free(stuck.item);
    return count > 0;
}

/* Halves every piece that is too long for the paving. */
static void pave(state *st)
{
    const sn_search *s = st->search;
    bool more = s->pave > 0;
    while (more && !st->stopped && !st->no_memory && st->boxes < s->max_boxes) {
        pieces all = st->heap;
        st->heap = (pieces){0};
        more = false;
        piece fresh[2 * BATCH];
        size_t count = 0;
        for (size_t i = 0; i < all.count && !st->no_memory; i++) {
            const int side = side_to_pave(s, &all.item[i].shape);
            if (side < 0) {
                st->no_memory = !push(&st->heap, &all.item[i]);
                continue;
            }
            sn_part half[2];
            sn_part_split(s->box, &all.item[i].shape, side, half);
            fresh[count++] = (piece){.shape = half[0]};
            fresh[count++] = (piece){.shape = half[1]};
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
    piece fresh[SN_MAX_FACES];
    const size_t n = sn_reduce(st->search, faces);
    for (size_t i = 0; i < n; i++)
        fresh[i] = (piece){.shape = faces[i]};
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
        if (is_open(s, cell, i))
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

/* Adds a piece to the paving, over x and y. */
static sn_status add_row(const state *st, const piece *p, sn_error *err)
{
    const sn_search *s = st->search;
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    sn_box_at(at, s->box, &p->shape, PREC);
    sn_quantity_preactivation(x, y, s->map, at, PREC);
    const double low = s->is_upper ? p->low : -p->upper, high = s->is_upper ? p->upper : -p->low;
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
    const pieces *const lists[] = {&st->done, &st->heap};
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; status == SN_OK && i < lists[l]->count; i++)
            status = add_row(st, &lists[l]->item[i], err);
    return status;
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
