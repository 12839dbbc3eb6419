/* Images of boxes by four searches each, and the contraction by one. */
#include "certify/chain.h"

#include <math.h>
#include <stdlib.h>

bool sn_link_inside(const sn_link *inner, const sn_link *outer)
{
    return inner->mu.lower >= outer->mu.lower && inner->mu.upper <= outer->mu.upper
           && inner->nu.lower >= outer->nu.lower && inner->nu.upper <= outer->nu.upper;
}

bool sn_link_known(const sn_link *l)
{
    return isfinite(l->mu.lower) && isfinite(l->mu.upper) && isfinite(l->nu.lower)
           && isfinite(l->nu.upper) && l->nu.lower > 0;
}

void sn_chain_clear(sn_chain *chain)
{
    free(chain->link);
    chain->link = NULL;
    chain->n = 0;
}

bool sn_chain_add(sn_chain *chain, const sn_link *link)
{
    sn_link *more = realloc(chain->link, (chain->n + 1) * sizeof *more);
    if (more == NULL)
        return false;
    more[chain->n++] = *link;
    chain->link = more;
    return true;
}

bool sn_chain_copy(sn_chain *to, const sn_chain *from)
{
    for (size_t i = 0; i < from->n; i++)
        if (!sn_chain_add(to, &from->link[i]))
            return false;
    return true;
}

bool sn_chains_move(struct sn_chains *chains, sn_chain *chain)
{
    if (chains->count == chains->room) {
        const size_t room = chains->room > 0 ? 2 * chains->room : 16;
        sn_chain *more = realloc(chains->item, room * sizeof *more);
        if (more == NULL)
            return false;
        chains->item = more;
        chains->room = room;
    }
    chains->item[chains->count++] = *chain;
    *chain = (sn_chain){0};
    return true;
}

void sn_chains_free(struct sn_chains *chains)
{
    for (size_t i = 0; chains != NULL && i < chains->count; i++)
        sn_chain_clear(&chains->item[i]);
    if (chains != NULL)
        free(chains->item);
    free(chains);
}

bool sn_path_is_over(const sn_path *path)
{
    return path->boxes >= path->budget || path->meter->stopped;
}

/* The extreme of a quantity over a box at the path's omega and tau. */
static sn_status find(sn_path *path, const sn_link *from, sn_measure measure, bool is_upper,
                      const char *limit, double tolerance, sn_extreme *out, sn_error *err)
{
    const sn_interval ends[SN_BOX_DIM] = {from->mu, from->nu, path->omega, path->tau};
    sn_box box;
    sn_box_init_interval(&box, ends);
    const sn_search search = {
        .map = path->map,
        .box = &box,
        .cell = sn_part_whole(),
        .measure = measure,
        .is_upper = is_upper,
        .limit = limit,
        .tolerance = tolerance,
        .max_boxes = path->max_boxes,
        .meter = path->meter,
    };
    const sn_status status = sn_extreme_find(&search, out, err);
    path->boxes += out->boxes;
    sn_box_clear(&box);
    return status;
}

static double width(sn_interval i)
{
    return i.upper - i.lower;
}

/* Both ends of a quantity's range, each by a search. */
static sn_status range(sn_path *path, const sn_link *from, sn_quantity quantity, double tolerance,
                       sn_interval *out, sn_error *err)
{
    sn_extreme e;
    const sn_measure measure = {quantity, 1};
    sn_status status = find(path, from, measure, false, NULL, tolerance, &e, err);
    out->lower = e.value.lower;
    if (status == SN_OK)
        status = find(path, from, measure, true, NULL, tolerance, &e, err);
    out->upper = e.value.upper;
    return status;
}

static sn_interval product(sn_interval a, sn_interval b)
{
    arb_t p, q;
    arb_init(p);
    arb_init(q);
    sn_interval out = {INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        arb_set_d(p, i % 2 == 0 ? a.lower : a.upper);
        arb_set_d(q, i / 2 == 0 ? b.lower : b.upper);
        arb_mul(p, p, q, ARF_PREC_EXACT);
        out.lower = fmin(out.lower, sn_ball_lower(p));
        out.upper = fmax(out.upper, sn_ball_upper(p));
    }
    arb_clear(p);
    arb_clear(q);
    return out;
}

/* The image depends on x = mu omega and y = nu tau alone, and over a box these take all values of
 * two intervals, independently: so look at a box of mu = x, nu = y with omega = tau = 1, which has
 * two sides instead of four. The ensemble's y = tau (nu + mu^2) depends on mu, but where omega is 0
 * it goes alone; else its four sides stay. */
static void simplify(sn_path *path, sn_link *from)
{
    static const sn_interval one = {1, 1}, zero = {0, 0};
    const bool ensemble = path->map->kind == SN_MAP_ENSEMBLE;
    if (ensemble && (path->omega.lower != 0 || path->omega.upper != 0))
        return;
    if (ensemble) {
        const double least = from->mu.lower > 0   ? from->mu.lower
                             : from->mu.upper < 0 ? from->mu.upper
                                                  : 0;
        const double most = fmax(fabs(from->mu.lower), fabs(from->mu.upper));
        const sn_interval square =
            product((sn_interval){least, least}, (sn_interval){least, least});
        const sn_interval largest = product((sn_interval){most, most}, (sn_interval){most, most});
        from->nu.lower = nextafter(from->nu.lower + square.lower, -INFINITY);
        from->nu.upper = nextafter(from->nu.upper + largest.upper, INFINITY);
    }
    from->mu =
        ensemble || path->map->kind == SN_MAP_CENTRED ? zero : product(from->mu, path->omega);
    from->nu = product(from->nu, path->tau);
    path->omega = path->tau = one;
}

/* A little room, so that a certificate's plainer enclosures fit as well; less at an end near 0. */
static double room(sn_interval i, double end, double scale)
{
    return fmin(1e-4 * width(i), 1e-3 * scale) + 1e-13 * fabs(end);
}

static void make_room(sn_link *l)
{
    const sn_interval mu = l->mu, nu = l->nu;
    const double deviation = sqrt(fmax(nu.upper, 0));
    l->mu.lower -= room(mu, mu.lower, deviation);
    l->mu.upper += room(mu, mu.upper, deviation);
    l->nu.lower -= room(nu, nu.lower, fmax(nu.lower, 0));
    l->nu.upper += room(nu, nu.upper, fmax(nu.upper, 0));
}

sn_status sn_path_step(sn_path *path, const sn_link *from, sn_link *to, sn_error *err)
{
    const double size = fmax(width(from->mu), width(from->nu));
    const double small = fmin(1, from->nu.lower);
    const double tolerance = fmax(1e-13 * small, 1e-4 * fmin(size, small));
    sn_path plain = *path;
    sn_link seen = *from;
    simplify(&plain, &seen);
    sn_status status = range(&plain, &seen, SN_Q_MU_NEXT, tolerance, &to->mu, err);
    if (status == SN_OK)
        status = range(&plain, &seen, SN_Q_NU_NEXT, tolerance, &to->nu, err);
    path->boxes = plain.boxes;
    make_room(to);
    return status;
}

/* The weight that makes both off-diagonal entries of the Jacobian at the centre equal in size, or
 * the one that is not 0 small beside the diagonal. */
static double balance(const sn_path *path, const sn_link *box)
{
    const sn_interval ends[SN_BOX_DIM] = {box->mu, box->nu, path->omega, path->tau};
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t value;
    arb_init(value);
    for (int i = 0; i < SN_BOX_DIM; i++)
        arb_set_d(&at[i], (ends[i].lower + ends[i].upper) / 2);
    double j[4];
    for (int i = 0; i < 4; i++) {
        const sn_measure entry = {(sn_quantity)(SN_Q_DMU_DMU + i), 1};
        sn_quantity_enclose(value, NULL, entry, path->map, at, 64);
        j[i] = fabs(arf_get_d(arb_midref(value), ARF_RND_NEAR));
    }
    arb_clear(value);
    _arb_vec_clear(at, SN_BOX_DIM);
    const double small = 1e-2 * (j[0] + j[3]) + 1e-6;
    const double weight = sqrt((j[2] + small * small) / (j[1] + small * small));
    return isfinite(weight) ? fmin(fmax(weight, 1e-3), 1e3) : 1;
}

sn_status sn_path_contracts(sn_path *path, const sn_link *box, double *weight, double *factor,
                            sn_error *err)
{
    const double balanced = balance(path, box);
    const double weights[] = {1, balanced, sqrt(balanced)};
    *factor = INFINITY;
    for (int i = 0; i < 3; i++) {
        sn_extreme norm;
        const sn_measure measure = {SN_Q_SPECTRAL_NORM, weights[i]};
        sn_status status = find(path, box, measure, true, "1", INFINITY, &norm, err);
        if (status == SN_OK && norm.verdict != SN_PROVED)
            continue;
        if (status == SN_OK) /* it does: by how much? */
            status = find(path, box, measure, true, "1", 0.005, &norm, err);
        if (status != SN_OK)
            return status;
        *weight = weights[i];
        *factor = norm.value.upper;
        break;
    }
    return SN_OK;
}

sn_status sn_path_moves(sn_path *path, const sn_link *box, bool *moves, sn_error *err)
{
    static const sn_quantity steps[] = {SN_Q_NU_CHANGE, SN_Q_MU_CHANGE};
    sn_status status = SN_OK;
    *moves = false;
    for (int i = 0; status == SN_OK && !*moves && i < 4; i++) {
        sn_extreme e;
        const sn_measure measure = {steps[i / 2], 1};
        status = find(path, box, measure, i % 2 == 0, "0", INFINITY, &e, err);
        *moves = e.verdict == SN_PROVED;
    }
    return status;
}
