/* What all ways to enclose a jet share: from the centre of a box to the box.
 *
 * All is first evaluated at the centre, in full precision, then over the box, roughly, for some
 * orders more. With D_k = d^k/dx^k E h and the heat equation,
 *
 *     |D_k - D_k(centre)| <= max |D_(k+1)| radius(x) + max |D_(k+2)| radius(y) / 2,
 *
 * from the highest order down, each using the bounds just found: what an enclosure is too wide by
 * is then quadratic in the size of the box.
 *
 * That says next to nothing of a box on which y doubles or x moves by a deviation; such a box is
 * enclosed in parts. */
#include "certify/jets.h"

#include <math.h>

enum { MOST_PARTS = 24, COARSE = 64 };

void sn_jets_init(sn_jets *jets)
{
    for (int k = 0; k < SN_JET; k++) {
        arb_init(&jets->mean[k]);
        arb_init(&jets->second[k]);
    }
    for (int k = 0; k < SN_SLOPE_JET; k++)
        arb_init(&jets->slope[k]);
}

void sn_jets_clear(sn_jets *jets)
{
    for (int k = 0; k < SN_JET; k++) {
        arb_clear(&jets->mean[k]);
        arb_clear(&jets->second[k]);
    }
    for (int k = 0; k < SN_SLOPE_JET; k++)
        arb_clear(&jets->slope[k]);
}

void sn_jets_forget(sn_jets *out, sn_jet_order order)
{
    for (int k = 0; k <= order.order; k++) {
        arb_indeterminate(&out->mean[k]);
        arb_indeterminate(&out->second[k]);
    }
    for (int k = 0; k <= order.slope_order; k++)
        arb_indeterminate(&out->slope[k]);
}

slong sn_jets_digits(const arb_t x, const arb_t y, slong prec)
{
    const double middle = arf_get_d(arb_midref(y), ARF_RND_NEAR);
    const double size =
        fmax(mag_get_d(arb_radref(x)) / sqrt(middle), mag_get_d(arb_radref(y)) / middle);
    const double bits = 32 - 2 * log2(size);
    return bits < 32 ? 32 : bits < (double)prec ? (slong)bits : prec;
}

void sn_jets_widen(arb_ptr centre, arb_ptr box, int count, const arb_t x, const arb_t y)
{
    mag_t bound, step;
    mag_init(bound);
    mag_init(step);
    for (int k = count - 3; k >= 0; k--) {
        arb_get_mag(bound, box + k + 2);
        mag_mul(bound, bound, arb_radref(y));
        mag_mul_2exp_si(bound, bound, -1);
        arb_get_mag(step, box + k + 1);
        mag_addmul(bound, step, arb_radref(x));
        arb_add_error_mag(centre + k, bound);
        if (mag_cmp(arb_radref(centre + k), arb_radref(box + k)) < 0)
            arb_swap(box + k, centre + k);
    }
    mag_clear(bound);
    mag_clear(step);
}

/* out becomes the hull of itself and more. */
static void unite(sn_jets *out, const sn_jets *more, sn_jet_order order)
{
    for (int k = 0; k <= order.order; k++) {
        arb_union(&out->mean[k], &out->mean[k], &more->mean[k], COARSE);
        arb_union(&out->second[k], &out->second[k], &more->second[k], COARSE);
    }
    for (int k = 0; k <= order.slope_order; k++)
        arb_union(&out->slope[k], &out->slope[k], &more->slope[k], COARSE);
}

/* How many parts make each as wide as `widest` at most. */
static int parts(double width, double widest)
{
    const double n = ceil(width / widest);
    return n < MOST_PARTS ? (n > 1 ? (int)n : 1) : MOST_PARTS;
}

/* The i-th of n + 1 points from lower to upper, whose ends are exact. */
static double point(double lower, double upper, int i, int n)
{
    return i == 0 ? lower : i == n ? upper : lower + (upper - lower) * i / n;
}

/* All of a strip of x over one interval of y. */
static void enclose_strip(sn_jets *out, bool first, const sn_enclosure *e, arb_srcptr params,
                          const double x[2], const arb_t y, sn_jet_order order, slong prec)
{
    const int n = parts(x[1] - x[0], sqrt(sn_ball_lower(y)));
    arb_t part;
    sn_jets more;
    arb_init(part);
    sn_jets_init(&more);
    for (int i = 0; i < n; i++) {
        sn_ball_set_interval(part, point(x[0], x[1], i, n), point(x[0], x[1], i + 1, n));
        e->jets(first && i == 0 ? out : &more, e->how, params, part, y, order, prec);
        if (!first || i > 0)
            unite(out, &more, order);
    }
    arb_clear(part);
    sn_jets_clear(&more);
}

void sn_jets_enclose(sn_jets *out, const sn_enclosure *e, arb_srcptr params, const arb_t x,
                     const arb_t y, sn_jet_order order, slong prec)
{
    const double ends[2] = {sn_ball_lower(x), sn_ball_upper(x)};
    const double lower = sn_ball_lower(y), upper = sn_ball_upper(y);
    const bool known = isfinite(ends[0]) && isfinite(ends[1]) && lower > 0 && isfinite(upper);
    const int n = known ? parts(log2(upper / lower), 1) : 1;
    if (!known || (n == 1 && ends[1] - ends[0] <= sqrt(lower))) {
        e->jets(out, e->how, params, x, y, order, prec);
        return;
    }
    arb_t part;
    arb_init(part);
    for (int i = 0; i < n; i++) {
        const double from = i == 0 ? lower : lower * pow(upper / lower, (double)i / n);
        const double to = i + 1 == n ? upper : lower * pow(upper / lower, (double)(i + 1) / n);
        sn_ball_set_interval(part, from, to);
        enclose_strip(out, i == 0, e, params, ends, part, order, prec);
    }
    arb_clear(part);
}
