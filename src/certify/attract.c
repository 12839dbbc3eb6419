/* Attracting: for each (omega, tau) of a region, exactly one fixed point in the claim's box B, and
 * all of B converges to it.
 *
 * Proof by a chain B = B_0, B_1, ..., B_n = C with (1) the map g takes B_i into B_(i+1), (2) g takes C
 * into C, (3) the Jacobian's norm on C, in coordinates (mu, nu / weight), stays below 1, and (4) some
 * B_j, j >= 1, lies in B. C is convex and closed, so by (3) and the mean value inequality g contracts
 * it, and by (2) and Banach it has exactly one fixed point p in C, to which all of C converges, and by
 * (1) all of B. Any fixed point in B stays where it is, hence in B_n = C: it is p. And p is in B: by
 * (4) g^j takes B into B_j, a part of B; so a start in B has its (kj)-th images in B_j for all k >= 1;
 * these converge to p, and B_j is closed.
 *
 * The B_i are found by following the box until it settles, after which a slightly larger box is
 * tried as C. Where that fails the halves of the region go on from there: what holds for all of a
 * region's (omega, tau) holds for those of a half.
 *
 * A region of (omega, tau) is refuted as a whole if some B_i, in which any fixed point of B would be,
 * is apart from B; and else at its centre: no fixed point, since the step has one sign on B; or two
 * of them; or one that repels. From that one all but few starts depart: g is analytic, so those that
 * it sends into the stable set, which has no area, have no area themselves (and where g's image is
 * but a curve, no length along it). */
#include <math.h>
#include <stdio.h>

#include "certify/prover.h"

enum { MOST_LAYERS = 200, DEPTH = 10 };

static double size(const sn_link *l)
{
    return fmax(l->mu.upper - l->mu.lower, l->nu.upper - l->nu.lower);
}

/* How far apart the ends of two boxes are. */
static double distance(const sn_link *a, const sn_link *b)
{
    return fmax(fmax(fabs(a->mu.lower - b->mu.lower), fabs(a->mu.upper - b->mu.upper)),
                fmax(fabs(a->nu.lower - b->nu.lower), fabs(a->nu.upper - b->nu.upper)));
}

static bool apart(const sn_link *a, const sn_link *b)
{
    return a->mu.upper < b->mu.lower || b->mu.upper < a->mu.lower || a->nu.upper < b->nu.lower
           || b->nu.upper < a->nu.lower;
}

/* Both boxes and some more. */
static sn_link inflate(const sn_link *a, const sn_link *b, double part)
{
    const double mu = part * (a->mu.upper - a->mu.lower) + 1e-9 * (1 + fabs(a->mu.upper));
    const double nu = part * (a->nu.upper - a->nu.lower) + 1e-9 * (1 + fabs(a->nu.upper));
    return (sn_link){{fmin(a->mu.lower, b->mu.lower) - mu, fmax(a->mu.upper, b->mu.upper) + mu},
                     {fmin(a->nu.lower, b->nu.lower) - nu, fmax(a->nu.upper, b->nu.upper) + nu}};
}

/* How the following of a box ended. */
typedef enum end { LOST, HOME, GONE } end;

/* Tries the chain's last link as C, whose image is known: (2), (3). */
static sn_status try_last(sn_path *path, const sn_link *image, sn_region *region, bool *holds,
                          sn_error *err)
{
    const sn_link *last = &region->chain.link[region->chain.n - 1];
    *holds = false;
    if (!sn_link_inside(image, last))
        return SN_OK;
    if (region->factor > 0 && region->factor < 1 && sn_link_inside(last, &region->contracted)) {
        *holds = true; /* (3) is known of a larger box */
        return SN_OK;
    }
    const sn_status status =
        sn_path_contracts(path, last, &region->chain.weight, &region->factor, err);
    *holds = status == SN_OK && region->factor < 1;
    region->contracted = *last;
    return status;
}

/* The same with the last link made a little larger, where it has all but settled; *image is then
 * that of the larger one, so that the chain can go on. */
static sn_status try_larger(sn_path *path, sn_link *image, sn_region *region, bool *holds,
                            sn_error *err)
{
    sn_link *last = &region->chain.link[region->chain.n - 1];
    const sn_link before = *last;
    sn_link again;
    *last = inflate(&before, image, 0.1);
    *holds = false;
    sn_status status = sn_link_known(last) ? sn_path_step(path, last, &again, err) : SN_OK;
    if (status == SN_OK && sn_link_known(last))
        status = try_last(path, &again, region, holds, err);
    if (*holds)
        *image = again;
    else
        *last = before;
    return status;
}

/* (4), once (1) to (3) hold. */
static bool returns(const sn_region *region, const sn_link *inner)
{
    for (size_t i = 0; i < region->chain.n; i++)
        if (sn_link_inside(&region->chain.link[i], inner))
            return true;
    return false;
}

static sn_status follow(sn_path *path, const sn_link *outer, const sn_link *inner,
                        sn_region *region, end *how, sn_error *err)
{
    const sn_chain *so_far = &region->chain; /* from the larger region that this one is a half of */
    sn_link now = so_far->n > 0 ? so_far->link[so_far->n - 1] : *outer, next;
    *how = LOST;
    for (int layer = 0; layer < MOST_LAYERS && !sn_path_is_over(path); layer++) {
        sn_status status = sn_path_step(path, &now, &next, err);
        if (status == SN_OK && apart(&next, outer))
            *how = GONE;
        if (status != SN_OK || *how == GONE || !sn_link_known(&next))
            return status;
        const double moved = distance(&now, &next);
        const bool settled = moved <= 0.05 * size(&now) + 1e-12;
        bool holds = false;
        if (region->chain.n > 0)
            status = try_last(path, &next, region, &holds, err);
        if (status == SN_OK && !holds && settled && !sn_link_inside(&next, &now)
            && region->chain.n > 0)
            status = try_larger(path, &next, region, &holds, err);
        if (status != SN_OK)
            return status;
        *how = holds && returns(region, inner) ? HOME : LOST;
        const bool grows = sn_link_inside(&now, &next); /* and so will all the rest */
        if (*how != LOST || grows || (moved <= 0.003 * size(&now) && moved <= 0.5 * size(&next)))
            return SN_OK;
        if (!sn_chain_add(&region->chain, &next))
            return sn_fail(err, SN_ENOMEM, "out of memory");
        now = next;
    }
    return SN_OK;
}

/* Keeps what a half may go on from: the links until the first that does not lie in the one before. */
static void keep_shrinking(const sn_link *outer, sn_chain *chain)
{
    size_t n = 0;
    while (n < chain->n && sn_link_inside(&chain->link[n], n > 0 ? &chain->link[n - 1] : outer))
        n++;
    chain->n = n;
}

/* The fixed points enclosed more tightly: B_n holds them, and so do its images, in the last of which
 * distances shrink by what is told of the region. */
static sn_status tighten(sn_path *path, sn_region *region, sn_error *err)
{
    region->fixed = region->chain.link[region->chain.n - 1];
    sn_status status = SN_OK;
    for (int layer = 0; status == SN_OK && layer < MOST_LAYERS && !sn_path_is_over(path); layer++) {
        sn_link next;
        status = sn_path_step(path, &region->fixed, &next, err);
        if (status != SN_OK || !sn_link_inside(&next, &region->fixed))
            break;
        const bool enough = size(&next) > 0.99 * size(&region->fixed);
        region->fixed = next;
        if (enough)
            break;
    }
    double weight = 0, factor = 1;
    if (status == SN_OK)
        status = sn_path_contracts(path, &region->fixed, &weight, &factor, err);
    if (status == SN_OK && factor < region->factor)
        region->factor = factor;
    return status;
}

/* The centre of the region of (omega, tau), as thin intervals. */
static void centre(const sn_prover *prover, const sn_region *region, sn_interval at[SN_BOX_DIM])
{
    sn_part middle = region->part;
    for (int i = SN_BOX_OMEGA; i <= SN_BOX_TAU; i++)
        middle.from[i] = middle.to[i] = (region->part.from[i] + region->part.to[i]) / 2;
    sn_box_interval(at, prover->box, &middle);
}

/* No fixed point at the centre of the region? */
static sn_status refute_any(sn_path path, const sn_link *outer, sn_region *region, sn_error *err)
{
    path.omega = region->at[SN_BOX_OMEGA];
    path.tau = region->at[SN_BOX_TAU];
    bool moves;
    const sn_status status = sn_path_moves(&path, outer, &moves, err);
    region->boxes += path.boxes;
    if (status == SN_OK && moves) {
        region->verdict = SN_REFUTED;
        snprintf(region->why, sizeof region->why, "no fixed point at omega %.9g, tau %.9g",
                 sn_interval_shown(path.omega), sn_interval_shown(path.tau));
    }
    return status;
}

/* Several fixed points there, or one that repels? */
static void refute_one(const sn_prover *prover, const sn_link *inner, sn_region *region)
{
    const double omega = sn_interval_shown(region->at[SN_BOX_OMEGA]);
    const double tau = sn_interval_shown(region->at[SN_BOX_TAU]);
    sn_fixed fixed;
    sn_fixed_find(prover->map, inner, region->at[SN_BOX_OMEGA], region->at[SN_BOX_TAU], &fixed);
    if (!fixed.repels && !fixed.several)
        return;
    region->verdict = SN_REFUTED;
    region->at[SN_BOX_MU] = fixed.at.mu;
    region->at[SN_BOX_NU] = fixed.at.nu;
    if (fixed.repels)
        snprintf(region->why, sizeof region->why,
                 "the fixed point mu %.9g, nu %.9g at omega %.9g, tau %.9g repels: spectral radius "
                 "above %.6g",
                 sn_interval_shown(fixed.at.mu), sn_interval_shown(fixed.at.nu), omega, tau,
                 fixed.radius);
    else
        snprintf(region->why, sizeof region->why, "several fixed points at omega %.9g, tau %.9g",
                 omega, tau);
}

static sn_status decide(const sn_prover *prover, const sn_assertion *assertion, sn_region *region,
                        sn_error *err)
{
    (void)assertion;
    const sn_decimals *box = prover->claim->box;
    const sn_link outer = sn_link_of(&box[SN_BOX_MU], &box[SN_BOX_NU], true);
    const sn_link inner = sn_link_of(&box[SN_BOX_MU], &box[SN_BOX_NU], false);
    sn_interval at[SN_BOX_DIM];
    sn_box_interval(at, prover->box, &region->part);
    sn_path path = {.map = prover->map,
                    .omega = at[SN_BOX_OMEGA],
                    .tau = at[SN_BOX_TAU],
                    .max_boxes = prover->options.boxes / 100 + 1,
                    .budget = prover->options.boxes,
                    .meter = prover->meter};
    region->verdict = SN_UNDECIDED;
    centre(prover, region, region->at);
    sn_status status = refute_any(path, &outer, region, err);
    if (status != SN_OK || region->verdict == SN_REFUTED)
        return status;
    end how;
    status = follow(&path, &outer, &inner, region, &how, err);
    if (how == HOME) {
        region->verdict = SN_PROVED;
        status = tighten(&path, region, err);
    } else if (how == GONE) {
        region->verdict = SN_REFUTED;
        snprintf(
            region->why, sizeof region->why,
            "no fixed point at omega %.9g, tau %.9g: all of the box is outside after %zu layers",
            sn_interval_shown(region->at[SN_BOX_OMEGA]), sn_interval_shown(region->at[SN_BOX_TAU]),
            region->chain.n + 1);
    } else if (status == SN_OK) {
        keep_shrinking(&outer, &region->chain);
        refute_one(prover, &inner, region);
    }
    region->boxes += path.boxes;
    return status;
}

/* A picture has cells of an eighth of a side where all is proved, as many as asked for elsewhere. */
static int side_to_split(const sn_prover *prover, const sn_region *region, bool for_picture)
{
    const double cells = prover->options.pave * (region->verdict == SN_PROVED ? 0.25 : 1);
    double longest = for_picture ? 1 / cells : ldexp(1, -DEPTH);
    int side = -1;
    for (int i = SN_BOX_TAU; i >= SN_BOX_OMEGA; i--) {
        const double length = region->part.to[i] - region->part.from[i];
        if (length > longest && !arb_is_zero(&prover->box->width[i])) {
            side = i;
            longest = length;
        }
    }
    return side;
}

const sn_method sn_method_attracting = {decide, side_to_split};
