/* Boxes with decimal ends and their cells. */
#include <math.h>
#include <string.h>

#include "certify/extreme.h"

/* A ratio beyond which a middle is no middle. */
static const double FAR = 4;

void sn_box_init(sn_box *box, const sn_decimals ends[SN_BOX_DIM], slong prec)
{
    arb_t upper;
    arb_init(upper);
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_init(&box->lower[i]);
        arb_init(&box->width[i]);
        sn_ball_set_decimal(&box->lower[i], ends[i].lower, prec);
        sn_ball_set_decimal(upper, ends[i].upper, prec);
        if (strcmp(ends[i].lower, ends[i].upper) == 0)
            continue; /* exactly no width */
        arb_sub(&box->width[i], upper, &box->lower[i], prec);
        arb_nonnegative_part(&box->width[i], &box->width[i]);
    }
    arb_clear(upper);
}

void sn_box_init_interval(sn_box *box, const sn_interval ends[SN_BOX_DIM])
{
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_init(&box->lower[i]);
        arb_init(&box->width[i]);
        arb_t upper;
        arb_init(upper);
        arb_set_d(&box->lower[i], ends[i].lower);
        arb_set_d(upper, ends[i].upper);
        arb_sub(&box->width[i], upper, &box->lower[i], ARF_PREC_EXACT);
        arb_clear(upper);
    }
}

void sn_box_clear(sn_box *box)
{
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_clear(&box->lower[i]);
        arb_clear(&box->width[i]);
    }
}

sn_part sn_part_whole(void)
{
    return (sn_part){.to = {1, 1, 1, 1}};
}

void sn_box_at(arb_ptr at, const sn_box *box, const sn_part *cell, slong prec)
{
    arb_t t, end;
    arb_init(t);
    arb_init(end);
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_set_d(t, cell->from[i]);
        arb_mul(t, &box->width[i], t, prec);
        arb_add(&at[i], &box->lower[i], t, prec);
        if (cell->from[i] == cell->to[i] || arb_is_zero(&box->width[i]))
            continue;
        arb_set_d(t, cell->to[i]);
        arb_mul(t, &box->width[i], t, prec);
        arb_add(end, &box->lower[i], t, prec);
        arb_union(&at[i], &at[i], end, prec);
    }
    arb_clear(t);
    arb_clear(end);
}

void sn_box_interval(sn_interval out[SN_BOX_DIM], const sn_box *box, const sn_part *cell)
{
    arb_ptr at = _arb_vec_init(2 * SN_BOX_DIM);
    sn_part from = *cell, to = *cell;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        from.to[i] = from.from[i];
        to.from[i] = to.to[i];
    }
    sn_box_at(at, box, &from, 64);
    sn_box_at(at + SN_BOX_DIM, box, &to, 64);
    for (int i = 0; i < SN_BOX_DIM; i++)
        out[i] = (sn_interval){sn_ball_lower(&at[i]), sn_ball_upper(&at[SN_BOX_DIM + i])};
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
}

/* Where to split; a number of few bits, which costs nothing in proofs. */
static double split_point(const sn_box *box, const sn_part *cell, int side)
{
    const double from = cell->from[side], to = cell->to[side], middle = from + (to - from) / 2;
    const double lower = arf_get_d(arb_midref(&box->lower[side]), ARF_RND_NEAR);
    const double width = arf_get_d(arb_midref(&box->width[side]), ARF_RND_NEAR);
    const double a = lower + from * width, b = lower + to * width;
    if (!(a > 0 && b > FAR * a))
        return middle;
    const double exact = (sqrt(a) * sqrt(b) - lower) / width;
    const double coarse = (float)exact;
    return coarse > from && coarse < to ? coarse : middle;
}

static void split_at(const sn_part *cell, int side, double point, sn_part half[2])
{
    half[0] = half[1] = *cell;
    half[0].to[side] = point;
    half[1].from[side] = point;
}

void sn_part_halve(const sn_part *cell, int side, sn_part half[2])
{
    split_at(cell, side, cell->from[side] + (cell->to[side] - cell->from[side]) / 2, half);
}

void sn_part_split(const sn_box *box, const sn_part *cell, int side, sn_part half[2])
{
    split_at(cell, side, split_point(box, cell, side), half);
}
