/* Moments of piecewise polynomials and exponentials, in closed form.
 *
 * h = f, f^2 or f'^2 is kept as it looks from each kink a: the polynomial on its left, and the jump
 * J of the polynomial there, both in w = z - a. Exponentials live on the left of the lowest kink,
 * with rates r and 2 r. From the piece that x is on, h is one polynomial P, plus a tail a kink:
 *
 *     h = P + sum over a > x of J 1{z > a} - sum over a < x of J 1{z < a} + sum c e^(r w) 1{z < a},
 *
 * so that far plateaus do not cancel. By parts, with d_j the jump of h^(j) at a and G the density,
 *
 *     d^k/dx^k E h = E h^(k) + sum over kinks of sum_{j < k} d_j  d^(k-1-j)/dx^(k-1-j) G,
 *
 * where E P = sum_j P^(2j)(x) y^j / (2^j j!). Functions of one kink are summed before anything is
 * multiplied by G; d_0 = 0 for f and f^2, which are continuous, exactly. */
#include <math.h>

#include "certify/half_line.h"
#include "certify/shape.h"

enum { ORDERS = SN_JET + SN_JET_BEYOND };

/* --- derivatives at a Gaussian --------------------------------------------------------------- */

/* A Gaussian, or a box of them, as the kinks of a shape see it. */
typedef struct view {
    sn_gaussian g;
    int home; /* how many kinks are on the left of x */
    sn_half_line half[SN_MAX_KINKS];
} view;

static void view_init(view *v, const sn_shape *f)
{
    arb_init(v->g.x);
    arb_init(v->g.y);
    arb_init(v->g.s);
    for (int i = 0; i < f->n_kinks; i++)
        sn_half_line_init(&v->half[i]);
}

static void view_clear(view *v, const sn_shape *f)
{
    arb_clear(v->g.x);
    arb_clear(v->g.y);
    arb_clear(v->g.s);
    for (int i = 0; i < f->n_kinks; i++)
        sn_half_line_clear(&v->half[i]);
}

/* out[k] += d^k/dx^k of E p(w), w ~ N(x - kink, y). */
static void add_polynomial(arb_ptr out, arb_srcptr p, int degree, const view *v, slong kink,
                           int count, slong prec)
{
    static const slong weights[SN_SHAPE_POWERS][SN_SHAPE_POWERS] = {
        /* (k + 2j)! / (2^j j!) by k and j */
        {1, 1, 3}, {1, 3}, {2, 12}, {6}, {24},
    };
    arb_struct taylor[SN_SHAPE_POWERS];
    arb_t w, term;
    arb_init(w);
    arb_init(term);
    arb_sub_si(w, v->g.x, kink, prec);
    for (int m = 0; m < SN_SHAPE_POWERS; m++) {
        arb_init(&taylor[m]);
        arb_set(&taylor[m], p + m);
    }
    for (int from = 0; from < degree; from++)
        for (int m = degree - 1; m >= from; m--)
            arb_addmul(&taylor[m], &taylor[m + 1], w, prec);
    for (int k = 0; k < count && k <= degree; k++)
        for (int m = k, j = 0; m <= degree; m += 2, j++) {
            arb_mul_si(term, &taylor[m], weights[k][j], prec);
            for (int i = 0; i < j; i++)
                arb_mul(term, term, v->g.y, prec);
            arb_add(out + k, out + k, term, prec);
        }
    for (int m = 0; m < SN_SHAPE_POWERS; m++)
        arb_clear(&taylor[m]);
    arb_clear(w);
    arb_clear(term);
}

/* out[k] += what the kink adds. factor: of the exponentials on its left, or NULL. */
static void add_kink(arb_ptr out, const sn_corner *at, arb_srcptr factor, const sn_shape *f,
                     int degree, bool continuous, const sn_half_line *half, int count, slong prec)
{
    arb_struct jump[SN_SHAPE_POWERS], waves[SN_SHAPE_RATES], delta[ORDERS];
    arb_t sum;
    arb_init(sum);
    for (int m = 0; m <= degree; m++) {
        arb_init(&jump[m]);
        arb_set(&jump[m], &at->jump[m]);
    }
    for (int r = 0; r < SN_SHAPE_RATES; r++) {
        arb_init(&waves[r]);
        if (factor != NULL)
            arb_set(&waves[r], factor + r);
    }
    for (int k = 0; k < count; k++) {
        arb_zero(sum);
        for (int m = 0; m + k <= degree; m++)
            if (!arb_is_zero(&jump[m]))
                (half->right ? arb_addmul : arb_submul)(sum, &jump[m], &half->tail[m], prec);
        for (int j = continuous; j < k; j++)
            if (!arb_is_zero(&delta[j]))
                arb_addmul(sum, &delta[j], &half->wave[k - 1 - j], prec);
        arb_addmul(out + k, sum, half->density, prec);
        for (int r = 0; r < SN_SHAPE_RATES; r++)
            if (!arb_is_zero(&waves[r]))
                arb_addmul(out + k, &waves[r], &half->exponential[r], prec);

        arb_init(&delta[k]);
        arb_set(&delta[k], &jump[0]);
        sn_shape_differentiate(jump, degree, prec);
        for (int r = 0; r < SN_SHAPE_RATES; r++)
            if (!arb_is_zero(&waves[r])) {
                arb_sub(&delta[k], &delta[k], &waves[r], prec);
                arb_mul(&waves[r], &waves[r], &f->rates[r], prec);
            }
    }
    for (int m = 0; m <= degree; m++)
        arb_clear(&jump[m]);
    for (int r = 0; r < SN_SHAPE_RATES; r++)
        arb_clear(&waves[r]);
    for (int k = 0; k < count; k++)
        arb_clear(&delta[k]);
    arb_clear(sum);
}

/* out[k] = d^k/dx^k E h, k < count. */
static void derivatives(arb_ptr out, const sn_shape *f, int which, const view *v, int count,
                        slong prec)
{
    const sn_form *h = &f->forms[which];
    const int degree = which == SN_FORM_F ? f->degree : 2 * f->degree;
    for (int k = 0; k < count; k++)
        arb_zero(out + k);

    const int near = v->home > 0 ? v->home - 1 : 0;
    arb_struct home[SN_SHAPE_POWERS];
    for (int m = 0; m < SN_SHAPE_POWERS; m++) {
        arb_init(&home[m]);
        arb_set(&home[m], &h->at[near].left[m]);
        if (v->home > 0)
            arb_add(&home[m], &home[m], &h->at[near].jump[m], prec);
    }
    add_polynomial(out, home, degree, v, f->kinks[near], count, prec);
    for (int m = 0; m < SN_SHAPE_POWERS; m++)
        arb_clear(&home[m]);

    for (int i = 0; i < f->n_kinks; i++)
        if (f->bent[i])
            add_kink(out, &h->at[i], i == 0 && f->has_rate ? h->factor : NULL, f, degree,
                     h->continuous, &v->half[i], count, prec);
}

/* --- at points and over boxes ---------------------------------------------------------------- */

typedef struct work {
    sn_shape f;
    view centre, box;
    sn_half_extent extent;
    bool wide; /* the box is more than its centre */
} work;

/* Bits that are lost on the way: f^2 near its zero is a small difference where y is small, and so
 * are high moments of far tails. Beyond some size that is not worth the time. */
static slong bits_lost(const sn_shape *f, const arb_t x, const arb_t y)
{
    enum { GUARD = 18, MOST = 128 };
    const double s = sqrt(arf_get_d(arb_midref(y), ARF_RND_NEAR));
    double far = 1;
    for (int i = 0; i < f->n_kinks; i++)
        far = fmax(far, fabs(arf_get_d(arb_midref(x), ARF_RND_NEAR) - (double)f->kinks[i]) / s);
    const double tail = fmin(log2(far), MOST), small = fmin(fmax(-log2(s), 0), MOST);
    return GUARD + (slong)(4 * f->degree * tail + 2 * small);
}

static void look(work *w, const arb_t x, const arb_t y, slong prec)
{
    sn_gaussian *centre = &w->centre.g, *box = &w->box.g;
    arb_get_mid_arb(centre->x, x);
    arb_get_mid_arb(centre->y, y);
    arb_sqrt(centre->s, centre->y, prec);
    w->centre.home = 0;
    for (int i = 0; i < w->f.n_kinks; i++) {
        w->centre.home += arf_cmp_si(arb_midref(x), w->f.kinks[i]) >= 0;
        if (w->f.bent[i])
            sn_half_line_at(&w->centre.half[i], centre, w->f.kinks[i], &w->extent, prec);
    }
    if (!w->wide)
        return;
    arb_set(box->x, x);
    arb_set(box->y, y);
    arb_sqrt(box->s, y, prec);
    w->box.home = w->centre.home;
    for (int i = 0; i < w->f.n_kinks; i++)
        if (w->f.bent[i])
            sn_half_line_over(&w->box.half[i], &w->centre.half[i], box, w->f.kinks[i], &w->extent);
}

/* out[k], k < count, of one form. */
static void enclose(arb_ptr out, const work *w, int which, int count, slong divisor, slong prec)
{
    if (!w->wide) {
        derivatives(out, &w->f, which, &w->centre, count, prec);
    } else if (count > 0) {
        const int orders = count + SN_JET_BEYOND;
        arb_struct centre[ORDERS], box[ORDERS];
        for (int k = 0; k < orders; k++) {
            arb_init(&centre[k]);
            arb_init(&box[k]);
        }
        derivatives(centre, &w->f, which, &w->centre, orders - 2, prec);
        derivatives(box, &w->f, which, &w->box, orders, prec);
        sn_jets_widen(centre, box, orders, w->box.g.x, w->box.g.y);
        for (int k = 0; k < count; k++)
            arb_swap(out + k, &box[k]);
        for (int k = 0; k < orders; k++) {
            arb_clear(&centre[k]);
            arb_clear(&box[k]);
        }
    }
    if (divisor != 1)
        for (int k = 0; k < count; k++)
            arb_div_si(out + k, out + k, divisor, prec);
}

void sn_jets_pieces(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                    sn_jet_order order, slong prec)
{
    const sn_piecewise *piecewise = how;
    if (!arb_is_finite(x) || !arb_is_finite(y) || !arb_is_positive(y)) {
        sn_jets_forget(out, order);
        return;
    }
    work w;
    sn_shape_init(&w.f, piecewise, params);
    prec = sn_jets_digits(x, y, prec) + bits_lost(&w.f, x, y);
    sn_shape_fill(&w.f, piecewise, params, prec);
    w.wide = !arb_is_exact(x) || !arb_is_exact(y);
    const int beyond = w.wide ? SN_JET_BEYOND : 0;
    const int count = order.order + 1, slopes = order.slope_order + 1;
    w.extent = (sn_half_extent){.powers = 2 * w.f.degree + 1,
                                .waves = (count > slopes ? count : slopes) + beyond - 1,
                                .n_rates = w.f.has_rate ? SN_SHAPE_RATES : 0,
                                .rates = w.f.rates};
    view_init(&w.centre, &w.f);
    view_init(&w.box, &w.f);
    look(&w, x, y, prec);
    enclose(out->mean, &w, SN_FORM_F, count, piecewise->divisor, prec);
    enclose(out->second, &w, SN_FORM_SECOND, count, piecewise->divisor * piecewise->divisor, prec);
    enclose(out->slope, &w, SN_FORM_SLOPE, slopes, piecewise->divisor * piecewise->divisor, prec);
    view_clear(&w.centre, &w.f);
    view_clear(&w.box, &w.f);
    sn_shape_clear(&w.f);
}
