/* Enters: for each (omega, tau) of a region, and each start in it, some image under at most so many
 * layers lies in the target.
 *
 * Proof by a chain B_0, B_1, ..., B_n, n at most that number, with B_n in the target: the whole region
 * is there after the same number of layers. Where B_0 is large some starts are there while others are
 * not yet; smaller regions settle that. A region is refuted at its centre, the whole box at its
 * corners as well, by a path of one point in thin balls that is certainly outside the target after
 * each number of layers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "certify/prover.h"

/* Whether a side of the region is between two decimals: by its ends in doubles, or because an end is
 * the box's own and the same decimal. */
static bool within(const sn_prover *prover, const sn_part *part, int side, const sn_decimals *ends,
                   sn_interval here, sn_interval target)
{
    const sn_decimals *box = &prover->claim->box[side];
    const bool below = here.lower >= target.lower
                       || (part->from[side] == 0 && strcmp(box->lower, ends->lower) == 0);
    const bool above =
        here.upper <= target.upper || (part->to[side] == 1 && strcmp(box->upper, ends->upper) == 0);
    return below && above;
}

/* Whether the region is in the target from the start. */
static bool starts_inside(const sn_prover *prover, const sn_assertion *a, const sn_region *region,
                          const sn_link *start, const sn_link *target)
{
    return within(prover, &region->part, SN_BOX_MU, &a->target_mu, start->mu, target->mu)
           && within(prover, &region->part, SN_BOX_NU, &a->target_nu, start->nu, target->nu);
}

static sn_status follow(sn_path *path, const sn_link *start, const sn_prover *prover,
                        const sn_assertion *assertion, sn_region *region, sn_error *err)
{
    const sn_link target = sn_link_of(&assertion->target_mu, &assertion->target_nu, false);
    if (starts_inside(prover, assertion, region, start, &target)) {
        region->verdict = SN_PROVED;
        return SN_OK;
    }
    sn_link now = *start, next;
    for (size_t layer = 0; !sn_path_is_over(path); layer++) {
        if (sn_link_inside(&now, &target)) {
            region->verdict = SN_PROVED;
            region->layers = layer;
            return SN_OK;
        }
        if (layer == assertion->layers)
            return SN_OK;
        const sn_status status = sn_path_step(path, &now, &next, err);
        if (status != SN_OK || !sn_link_known(&next) || sn_link_inside(&now, &next))
            return status; /* what does not shrink will not enter either */
        if (!sn_chain_add(&region->chain, &next))
            return sn_fail(err, SN_ENOMEM, "out of memory");
        now = next;
    }
    return SN_OK;
}

/* Whether a ball is certainly outside the interval of two decimals. */
static bool outside(const arb_t ball, const sn_decimals *ends)
{
    arb_t end;
    arb_init(end);
    sn_ball_set_decimal(end, ends->lower, SN_DECIMAL_PREC);
    bool out = arb_lt(ball, end);
    sn_ball_set_decimal(end, ends->upper, SN_DECIMAL_PREC);
    out = out || arb_gt(ball, end);
    arb_clear(end);
    return out;
}

/* Whether the path of a point stays outside the target; region->at is then that point. */
static bool misses(const sn_prover *prover, const sn_assertion *assertion, const sn_part *point,
                   sn_region *region)
{
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t mu, nu;
    arb_init(mu);
    arb_init(nu);
    sn_box_at(at, prover->box, point, SN_DECIMAL_PREC);
    bool out = true;
    for (size_t layer = 0; out && layer <= assertion->layers; layer++) {
        out = outside(&at[SN_BOX_MU], &assertion->target_mu)
              || outside(&at[SN_BOX_NU], &assertion->target_nu);
        if (!out || layer == assertion->layers)
            break;
        sn_quantity_enclose(mu, NULL, (sn_measure){SN_Q_MU_NEXT, 1}, prover->map, at,
                            SN_DECIMAL_PREC);
        sn_quantity_enclose(nu, NULL, (sn_measure){SN_Q_NU_NEXT, 1}, prover->map, at,
                            SN_DECIMAL_PREC);
        arb_swap(&at[SN_BOX_MU], mu);
        arb_swap(&at[SN_BOX_NU], nu);
        out = arb_is_positive(&at[SN_BOX_NU]) && arb_is_finite(&at[SN_BOX_MU]);
    }
    arb_clear(mu);
    arb_clear(nu);
    _arb_vec_clear(at, SN_BOX_DIM);
    if (out)
        sn_box_interval(region->at, prover->box, point);
    return out;
}

/* The same for the region's centre, and the corners of the whole box. */
static bool any_misses(const sn_prover *prover, const sn_assertion *assertion, sn_region *region)
{
    const sn_part *part = &region->part;
    sn_part point;
    bool whole = true, out;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        point.from[i] = point.to[i] = (part->from[i] + part->to[i]) / 2;
        whole = whole && part->to[i] - part->from[i] == 1;
    }
    out = misses(prover, assertion, &point, region);
    for (int n = 0; whole && !out && n < 1 << SN_BOX_DIM; n++) {
        bool again = false; /* a side without width has one end */
        for (int i = 0; i < SN_BOX_DIM; i++) {
            point.from[i] = point.to[i] = n >> i & 1;
            again = again || ((n >> i & 1) && arb_is_zero(&prover->box->width[i]));
        }
        out = !again && misses(prover, assertion, &point, region);
    }
    return out;
}

static sn_status decide(const sn_prover *prover, const sn_assertion *assertion, sn_region *region,
                        sn_error *err)
{
    sn_interval at[SN_BOX_DIM];
    sn_box_interval(at, prover->box, &region->part);
    const sn_link start = {at[SN_BOX_MU], at[SN_BOX_NU]};
    sn_path path = {.map = prover->map,
                    .omega = at[SN_BOX_OMEGA],
                    .tau = at[SN_BOX_TAU],
                    .max_boxes = prover->options.boxes / 100 + 1,
                    .budget = prover->options.boxes,
                    .meter = prover->meter};
    region->verdict = SN_UNDECIDED;
    const sn_status status = follow(&path, &start, prover, assertion, region, err);
    region->boxes = path.boxes + 1;
    if (region->verdict == SN_PROVED)
        return status;
    sn_chain_clear(&region->chain);
    if (status == SN_OK && any_misses(prover, assertion, region)) {
        region->verdict = SN_REFUTED;
        snprintf(region->why, sizeof region->why,
                 "the start mu %.9g, nu %.9g at omega %.9g, tau %.9g is outside after each of %zu "
                 "layers",
                 sn_interval_shown(region->at[SN_BOX_MU]), sn_interval_shown(region->at[SN_BOX_NU]),
                 sn_interval_shown(region->at[SN_BOX_OMEGA]),
                 sn_interval_shown(region->at[SN_BOX_TAU]), assertion->layers);
    }
    return status;
}

/* How much a side spreads the pre-activation: relative to its variance for nu and tau, and against
 * its deviation for mu and omega, which are that much smaller; omega and tau do so in each layer. */
static double spread(const sn_prover *prover, const sn_region *region, int side)
{
    if (region->part.from[side] == region->part.to[side] || arb_is_zero(&prover->box->width[side])
        || region->part.to[side] - region->part.from[side] < ldexp(1, -40))
        return 0;
    sn_interval at[SN_BOX_DIM];
    sn_box_interval(at, prover->box, &region->part);
    const double width = at[side].upper - at[side].lower;
    const sn_interval mu = at[SN_BOX_MU], omega = at[SN_BOX_OMEGA];
    const double y = at[SN_BOX_NU].lower * at[SN_BOX_TAU].lower;
    switch (side) {
    case SN_BOX_MU:
        return width * fmax(fabs(omega.lower), fabs(omega.upper)) / sqrt(y) + 1e-6 * width;
    case SN_BOX_OMEGA:
        return 2 * width * fmax(fabs(mu.lower), fabs(mu.upper)) / sqrt(y) + 1e-6 * width;
    case SN_BOX_NU:
        return width / at[side].lower;
    default:
        return 2 * width / at[side].lower;
    }
}

static int side_to_split(const sn_prover *prover, const sn_region *region, bool for_picture)
{
    if (for_picture) {
        const sn_part *p = &region->part;
        const double mu = p->to[SN_BOX_MU] - p->from[SN_BOX_MU];
        if (spread(prover, region, SN_BOX_NU) > 8.0 / prover->options.pave)
            return SN_BOX_NU;
        if (mu > 2.0 / prover->options.pave && spread(prover, region, SN_BOX_MU) > 0)
            return SN_BOX_MU;
        if (region->verdict != SN_UNDECIDED)
            return -1;
    }
    int side = -1;
    double most = 0;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        const double s = spread(prover, region, i);
        if (s > most) {
            side = i;
            most = s;
        }
    }
    return side;
}

const sn_method sn_method_enters = {decide, side_to_split};
