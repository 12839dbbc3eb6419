/* A plain bound over one box T, here from above; from below it is that of the negated quantity.
 *
 * It is the lesser of two. The natural one is the upper end of Q's enclosure over T. The other is the
 * mean value form: for any c in T, with gl_i <= g_i <= gu_i the enclosure of the partial derivative
 * over T,
 *
 *     Q(t) <= Q(c) + sum_i max over l_i <= t_i <= u_i of g_i (t_i - c_i)
 *          <= Q(c) + sum_i max(gu_i (u_i - c_i), -gl_i (c_i - l_i), 0).
 *
 * It is least (Baumann 1988) where both products are equal: c_i = l_i + s_i (u_i - l_i) with
 * s_i = gu_i / (gu_i - gl_i), or at the upper end where gl_i >= 0, the lower where gu_i <= 0: where Q
 * is monotone along a side, that side adds nothing. Any s_i in [0, 1] gives a bound, so its rounding
 * is of no concern. */
#include "certify/plain.h"

#include <math.h>
#include <string.h>

enum { PREC = 64, DECIMAL_PREC = 192 };

static bool read_side(sn_span *span, int i, const sn_decimals *ends, bool positive)
{
    arb_t upper;
    arb_init(upper);
    bool good = ends->lower != NULL && ends->upper != NULL
                && sn_ball_set_decimal(&span->lower[i], ends->lower, DECIMAL_PREC)
                && sn_ball_set_decimal(upper, ends->upper, DECIMAL_PREC);
    if (good && strcmp(ends->lower, ends->upper) != 0) {
        arb_sub(&span->width[i], upper, &span->lower[i], DECIMAL_PREC);
        good = !arb_is_negative(&span->width[i]);
        arb_nonnegative_part(&span->width[i], &span->width[i]);
    }
    good = good && (!positive || arb_is_positive(&span->lower[i]));
    arb_clear(upper);
    return good;
}

bool sn_span_init(sn_span *span, const sn_decimals ends[SN_BOX_DIM])
{
    bool good = true;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_init(&span->lower[i]);
        arb_init(&span->width[i]);
    }
    for (int i = 0; good && i < SN_BOX_DIM; i++)
        good = read_side(span, i, &ends[i], i == SN_BOX_NU || i == SN_BOX_TAU);
    if (!good)
        sn_span_clear(span);
    return good;
}

void sn_span_clear(sn_span *span)
{
    for (int i = 0; i < SN_BOX_DIM; i++) {
        arb_clear(&span->lower[i]);
        arb_clear(&span->width[i]);
    }
}

/* lower + width index / 2^level. */
static void place(arb_t out, const sn_span *span, int side, uint64_t index, int level, slong prec)
{
    arb_mul_ui(out, &span->width[side], index, prec);
    arb_mul_2exp_si(out, out, -level);
    arb_add(out, out, &span->lower[side], prec);
}

void sn_dyadic_ends(arb_t lower, arb_t upper, const sn_span *span, const sn_dyadic *cell, int side)
{
    place(lower, span, side, cell->index[side], cell->level[side], DECIMAL_PREC);
    place(upper, span, side, cell->index[side] + 1, cell->level[side], DECIMAL_PREC);
}

/* Everything is done for an upper bound. */
static void enclose(arb_t value, arb_ptr gradient, sn_measure measure, bool is_upper,
                    const sn_ball_map *map, arb_srcptr at)
{
    sn_quantity_enclose(value, gradient, measure, map, at, PREC);
    if (is_upper)
        return;
    arb_neg(value, value);
    for (int i = 0; gradient != NULL && i < SN_BOX_DIM; i++)
        arb_neg(&gradient[i], &gradient[i]);
}

/* A ball becomes its upper end. */
static void rise(arb_t ball)
{
    arf_t end;
    arf_init(end);
    arb_get_ubound_arf(end, ball, PREC);
    arb_set_arf(ball, end);
    arf_clear(end);
}

/* Where c is along a side, 0 to 1; and the product there, an upper bound. */
static double lean(arb_t product, const arb_t gradient, const arb_t width)
{
    const double low = sn_ball_lower(gradient), high = sn_ball_upper(gradient);
    const double s = low >= 0 ? 1 : high <= 0 ? 0 : high / (high - low);
    arb_t other;
    arb_init(other);
    arb_set_d(product, 1);
    arb_set_d(other, s);
    arb_sub(product, product, other, PREC);
    arb_mul(product, product, width, PREC);
    arb_mul(other, other, width, PREC);
    arb_t end;
    arb_init(end);
    arb_set_d(end, high);
    arb_mul(product, product, end, PREC);
    arb_set_d(end, -low);
    arb_mul(other, other, end, PREC);
    arb_max(product, product, other, PREC);
    arb_nonnegative_part(product, product);
    if (low >= 0 || high <= 0)
        arb_zero(product);
    rise(product);
    arb_clear(end);
    arb_clear(other);
    return s;
}

/* The mean value form, given the gradient over the cell. */
static void mean_value(arb_t bound, double share[SN_BOX_DIM], sn_measure measure, bool is_upper,
                       const sn_ball_map *map, const sn_span *span, const sn_dyadic *cell,
                       arb_srcptr gradient)
{
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t width, product, sum;
    arb_init(width);
    arb_init(product);
    arb_init(sum);
    for (int i = 0; i < SN_BOX_DIM; i++) {
        place(&at[i], span, i, cell->index[i], cell->level[i], PREC);
        if (arb_is_zero(&span->width[i]))
            continue;
        arb_mul_2exp_si(width, &span->width[i], -cell->level[i]);
        const double s = lean(product, &gradient[i], width);
        arb_add(sum, sum, product, PREC);
        if (share != NULL)
            share[i] = sn_ball_upper(product);
        arb_set_d(product, s);
        arb_addmul(&at[i], product, width, PREC);
    }
    enclose(bound, NULL, measure, is_upper, map, at);
    arb_add(bound, bound, sum, PREC);
    rise(bound);
    arb_clear(width);
    arb_clear(product);
    arb_clear(sum);
    _arb_vec_clear(at, SN_BOX_DIM);
}

void sn_plain_bound(arb_t bound, double share[SN_BOX_DIM], sn_measure measure, bool is_upper,
                    const sn_ball_map *map, const sn_span *span, const sn_dyadic *cell)
{
    arb_ptr at = _arb_vec_init(2 * SN_BOX_DIM), gradient = at + SN_BOX_DIM;
    arb_t other;
    arb_init(other);
    bool known = true;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (share != NULL)
            share[i] = 0;
        place(&at[i], span, i, cell->index[i], cell->level[i], PREC);
        if (arb_is_zero(&span->width[i]))
            continue;
        place(other, span, i, cell->index[i] + 1, cell->level[i], PREC);
        arb_union(&at[i], &at[i], other, PREC);
    }
    enclose(bound, gradient, measure, is_upper, map, at);
    rise(bound);
    for (int i = 0; i < SN_BOX_DIM; i++)
        known = known && (arb_is_finite(&gradient[i]) || arb_is_zero(&span->width[i]));
    if (known) {
        mean_value(other, share, measure, is_upper, map, span, cell, gradient);
        if (!arb_is_finite(bound) || arb_lt(other, bound))
            arb_swap(bound, other);
    }
    for (int i = 0; !known && share != NULL && i < SN_BOX_DIM; i++)
        share[i] = ldexp(sn_ball_upper(&span->width[i]), -cell->level[i]);
    if (!is_upper)
        arb_neg(bound, bound);
    arb_clear(other);
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
}

void sn_plain_value(arb_t bound, sn_measure measure, bool is_upper, const sn_ball_map *map,
                    const sn_span *span, const sn_dyadic *point)
{
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    for (int i = 0; i < SN_BOX_DIM; i++)
        place(&at[i], span, i, point->index[i], point->level[i], PREC);
    enclose(bound, NULL, measure, is_upper, map, at);
    rise(bound);
    if (!is_upper)
        arb_neg(bound, bound);
    _arb_vec_clear(at, SN_BOX_DIM);
}
