/* Chains of boxes as lines and statements of a certificate.
 *
 * The parts of the claim's box that have a chain each are the leaves of a tree of halved boxes; the
 * tree is found again from them: a node that is not a part itself was halved along a side such that
 * every part lies in one half. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/certificate_maker.h"
#include "certify/chain.h"

/* --- chains ------------------------------------------------------------------------------------- */

/* A link's ends as decimals, rounded outwards by no more than a small part of its width. */
typedef struct link_text {
    char end[4][SN_FIXED_SIZE];
} link_text;

static bool write_end(char out[SN_FIXED_SIZE], double end, bool is_upper, double width)
{
    const double d = ceil(6 - log10(width));
    const int decimals = d > 6 ? (int)fmin(d, SN_MOST_DECIMALS) : 6;
    int64_t units;
    arb_t ball;
    arb_init(ball);
    arb_set_d(ball, end);
    const bool good = sn_fixed_round(ball, is_upper, decimals, &units);
    arb_clear(ball);
    if (good)
        sn_fixed_write(out, units, decimals);
    return good;
}

static bool write_link(link_text *out, const sn_link *link)
{
    const double mu = link->mu.upper - link->mu.lower, nu = link->nu.upper - link->nu.lower;
    return write_end(out->end[0], link->mu.lower, false, mu)
           && write_end(out->end[1], link->mu.upper, true, mu)
           && write_end(out->end[2], link->nu.lower, false, nu)
           && write_end(out->end[3], link->nu.upper, true, nu);
}

/* That the map takes a box, at the part's omega and tau, into the link. */
static void state_image(sn_maker *m, const sn_span *from, const sn_dyadic *cell,
                        const link_text *to, const sn_link *link)
{
    const double mu = link->mu.upper - link->mu.lower, nu = link->nu.upper - link->nu.lower;
    for (int i = 0; i < 4; i++)
        sn_maker_state(m, (sn_measure){i < 2 ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, 1}, i % 2 == 1, true,
                       to->end[i], 1e-4 * (i < 2 ? mu : nu), from, cell);
}

/* The box and cell of a link: its own (mu, nu), the part's (omega, tau). */
static const sn_span *link_span(sn_maker *m, const link_text *link, const sn_dyadic *part,
                                sn_dyadic *cell)
{
    const sn_decimals *box = m->claim->box;
    const sn_decimals ends[SN_BOX_DIM] = {{link->end[0], link->end[1]},
                                          {link->end[2], link->end[3]},
                                          box[SN_BOX_OMEGA],
                                          box[SN_BOX_TAU]};
    *cell = *part;
    for (int i = SN_BOX_MU; i <= SN_BOX_NU; i++) {
        cell->index[i] = 0;
        cell->level[i] = 0;
    }
    return sn_maker_span(m, ends);
}

/* The lines and statements of one chain. */
static bool state_chain(sn_maker *m, const sn_chain *chain, const char *leaf, const sn_span *whole)
{
    sn_dyadic cell = {0}, part;
    if (!sn_leaf_walk(&cell, leaf, SN_BOX_MU) || sn_maker_lines(m) == NULL)
        return false;
    part = cell;
    sn_writer *w = sn_maker_lines(m);
    char weight[SN_FIXED_SIZE];
    sn_fixed_write(weight, llround(1e6 * chain->weight), SN_WEIGHT_DECIMALS);
    sn_write(w, "part %s links %zu", *leaf != '\0' ? leaf : "-", chain->n);
    if (chain->weight > 0)
        sn_write(w, " weight %s", weight);
    sn_write(w, "\n");
    const sn_span *from = whole;
    link_text to = {0};
    for (size_t i = 0; i < chain->n; i++) {
        const sn_link *link = &chain->link[i];
        if (!write_link(&to, link) || (w = sn_maker_lines(m)) == NULL)
            return false;
        sn_write(w, "link %zu mu %s %s nu %s %s\n", i + 1, to.end[0], to.end[1], to.end[2],
                 to.end[3]);
        state_image(m, from, &cell, &to, link);
        from = link_span(m, &to, &part, &cell);
    }
    if (chain->weight > 0) {
        state_image(m, from, &cell, &to, &chain->link[chain->n - 1]);
        sn_maker_state(m, (sn_measure){SN_Q_SPECTRAL_NORM, sn_decimal_value(weight)}, true, false,
                       "1", 0.01, from, &cell);
    }
    return !m->no_memory;
}

/* The side along which a node was halved: each of the parts lies in one half. */
static int side_of_halves(const sn_part *node, const sn_chain *const *chains, size_t count)
{
    for (int i = 0; i < SN_BOX_DIM; i++) {
        const double middle = (node->from[i] + node->to[i]) / 2;
        bool apart = node->from[i] < node->to[i];
        for (size_t c = 0; apart && c < count; c++)
            apart = chains[c]->part.to[i] <= middle || chains[c]->part.from[i] >= middle;
        if (apart)
            return i;
    }
    return -1;
}

/* The chains of a node of the tree of parts, in preorder; `chains` is reordered. */
static bool state_parts(sn_maker *m, const sn_part *node, const sn_chain **chains, size_t count,
                        char *leaf, size_t depth, const sn_span *whole)
{
    if (count == 1 && memcmp(node, &chains[0]->part, sizeof *node) == 0)
        return state_chain(m, chains[0], leaf, whole);
    const int side = count > 0 ? side_of_halves(node, chains, count) : -1;
    if (side < 0 || depth == SN_LEAF_SIZE - 1)
        return false;
    sn_part half[2];
    sn_part_halve(node, side, half);
    size_t low = 0;
    for (size_t c = 0; c < count; c++)
        if (chains[c]->part.to[side] <= half[0].to[side]) {
            const sn_chain *other = chains[low];
            chains[low++] = chains[c];
            chains[c] = other;
        }
    bool good = true;
    for (int h = 0; good && h < 2; h++) {
        leaf[depth] = h == 0 ? "mnot"[side] : "MNOT"[side];
        leaf[depth + 1] = '\0';
        good = state_parts(m, &half[h], h == 0 ? chains : chains + low, h == 0 ? low : count - low,
                           leaf, depth + 1, whole);
        leaf[depth] = '\0';
    }
    return good;
}

bool sn_maker_chains(sn_maker *m, const sn_proof *proof, size_t index, const sn_span *whole)
{
    const struct sn_chains *all = proof->chains;
    const sn_chain **chains = calloc(all->count + 1, sizeof *chains);
    sn_writer *w = sn_maker_lines(m);
    if (chains == NULL || w == NULL) {
        free(chains);
        m->no_memory = true;
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->item[i].assertion == index)
            chains[count++] = &all->item[i];
    sn_write(w, "parts %zu\n", count);
    char leaf[SN_LEAF_SIZE + 1] = "";
    const sn_part node = sn_part_whole();
    const bool good = state_parts(m, &node, chains, count, leaf, 0, whole);
    if (!good)
        snprintf(m->out->reason, sizeof m->out->reason,
                 "the chains of assertion %zu cannot be written", index + 1);
    free(chains);
    return good;
}
