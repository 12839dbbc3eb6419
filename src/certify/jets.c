/* What all ways to enclose a jet share: from the centre of a box to the box.
 *
 * All is first evaluated at the centre, in full precision, then over the box, roughly, for some
 * orders more. With D_k = d^k/dx^k E h and the heat equation,
 *
 *     |D_k - D_k(centre)| <= max |D_(k+1)| radius(x) + max |D_(k+2)| radius(y) / 2,
 *
 * from the highest order down, each using the bounds just found: what an enclosure is too wide by
 * is then quadratic in the size of the box. */
#include "certify/jets.h"

#include <math.h>

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
