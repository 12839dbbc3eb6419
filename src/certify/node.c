/* One node of a search: an upper bound of the quantity on a cell, the least of
 *
 *   - the enclosure over the whole cell at once,
 *   - the mean value form: Q(t) <= Q(c) + sum_i g_i (t_i - c_i), c the cell's centre and g the
 *     enclosure of Q's gradient over the cell, which converges quadratically, and
 *   - where g_i has one sign on the cell, Q is monotone along that side, and its maximum over the
 *     cell is taken at one end: the cell is replaced by that face, at best by a corner, and bounded
 *     there anew. */
#include "certify/node.h"

#include <math.h>
#include <stdlib.h>

/* Bits for balls that are points, and for boxes: these are wide anyway. */
enum { PREC = 64, ROUNDS = 3, DEPTH = 50 };

/* A bound that says hardly more than nothing. */
static const double VAGUE = 1e3;

bool sn_node_is_open(const sn_search *s, const sn_part *cell, int side)
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
        if (!sn_node_is_open(s, cell, i))
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
        if (!sn_node_is_open(s, cell, i) || cell->to[i] - cell->from[i] < ldexp(1, -DEPTH))
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
        if (!sn_node_is_open(s, cell, i) || cell->to[i] - cell->from[i] < ldexp(1, -DEPTH))
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

int sn_node_side_to_pave(const sn_search *s, const sn_part *cell)
{
    int side = -1, open = 0;
    for (int i = 0; s->pave > 0 && i < SN_BOX_DIM; i++)
        open += sn_node_is_open(s, cell, i);
    double longest = open <= 2 ? 1.0 / s->pave : pow(s->pave, -2.0 / open);
    for (int i = 0; open > 0 && i < SN_BOX_DIM; i++)
        if (sn_node_is_open(s, cell, i) && cell->to[i] - cell->from[i] > longest) {
            side = i;
            longest = cell->to[i] - cell->from[i];
        }
    return side;
}

/* Value at the centre, mean value form, side to split. */
static void look_closer(const sn_search *s, sn_node *p, const sn_part *cell, arb_srcptr at,
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
        if (!sn_node_is_open(s, cell, i))
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

void sn_node_look(const sn_search *s, sn_node *p)
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
    const int pave = sn_node_side_to_pave(s, &p->shape);
    if (pave >= 0)
        p->side = pave;
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
    arb_clear(value);
    if (s->pave == 0 && p->side >= 0)
        p->shape = cell; /* the rest of the cell is done with */
}

/* --- the heap ---------------------------------------------------------------------------------- */

static bool before(const sn_node *a, const sn_node *b)
{
    return a->upper > b->upper || (a->upper == b->upper && a->id < b->id);
}

bool sn_nodes_append(sn_nodes *list, const sn_node *p)
{
    if (list->count == list->room) {
        const size_t room = list->room > 0 ? 2 * list->room : 64;
        sn_node *item = realloc(list->item, room * sizeof *item);
        if (item == NULL)
            return false;
        list->item = item;
        list->room = room;
    }
    list->item[list->count++] = *p;
    return true;
}

bool sn_nodes_push(sn_nodes *heap, const sn_node *p)
{
    if (!sn_nodes_append(heap, p))
        return false;
    size_t i = heap->count - 1;
    for (; i > 0 && before(p, &heap->item[(i - 1) / 2]); i = (i - 1) / 2)
        heap->item[i] = heap->item[(i - 1) / 2];
    heap->item[i] = *p;
    return true;
}

sn_node sn_nodes_pop(sn_nodes *heap)
{
    const sn_node first = heap->item[0], last = heap->item[--heap->count];
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
