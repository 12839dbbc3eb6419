/* Deciding an assertion region by region: what is not decided is halved, level by level. The regions
 * of a level are looked at in parallel and kept in their order. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "certify/prover.h"

enum { BATCH = 16 };

typedef struct level {
    sn_region *item;
    size_t count, room;
} level;

static bool append(level *l, const sn_region *region)
{
    if (l->count == l->room) {
        const size_t room = l->room > 0 ? 2 * l->room : 16;
        sn_region *item = realloc(l->item, room * sizeof *item);
        if (item == NULL)
            return false;
        l->item = item;
        l->room = room;
    }
    l->item[l->count++] = *region;
    return true;
}

static void clear(level *l)
{
    for (size_t i = 0; i < l->count; i++)
        sn_chain_clear(&l->item[i].chain);
    free(l->item);
    *l = (level){0};
}

static sn_status decide_some(const sn_prover *prover, const sn_method *method,
                             const sn_assertion *assertion, level *l, size_t from, size_t to,
                             sn_error *err)
{
    sn_status failed = SN_OK;
#pragma omp taskloop grainsize(1) shared(failed, l)
    for (size_t i = from; i < to; i++) {
        sn_error why = {0};
        const sn_status status = method->decide(prover, assertion, &l->item[i], &why);
        if (status != SN_OK)
#pragma omp critical(sn_regions)
        {
            failed = status;
            if (err != NULL)
                *err = why;
        }
    }
    return failed;
}

/* Looks at a level's regions, in batches of fixed size, while the budget lasts; what is not looked at
 * is not decided. */
static sn_status decide_all(const sn_prover *prover, const sn_method *method,
                            const sn_assertion *assertion, level *l, size_t most, size_t *boxes,
                            sn_error *err)
{
    sn_status status = SN_OK;
    for (size_t from = 0; status == SN_OK && from < l->count; from += BATCH) {
        if (from > 0 && (*boxes >= most || prover->meter->stopped))
            break;
        const size_t to = from + BATCH < l->count ? from + BATCH : l->count;
        status = decide_some(prover, method, assertion, l, from, to, err);
        for (size_t i = from; i < to; i++)
            *boxes += l->item[i].boxes;
    }
    return status;
}

/* The whole box's share that a region is. */
static double share(const sn_region *r)
{
    double v = 1;
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (r->part.from[i] < r->part.to[i])
            v *= r->part.to[i] - r->part.from[i];
    return v;
}

/* Sorts a level's regions into those that are done and the halves of those that are not. A refuted
 * one may be halved for a picture; the first is kept as the witness. */
static bool sort_out(const sn_prover *prover, const sn_method *method, bool may_split, level *now,
                     level *next, level *done, sn_region *witness)
{
    for (size_t i = 0; i < now->count; i++) {
        sn_region *r = &now->item[i];
        const bool for_picture = prover->options.pave > 0;
        if (r->verdict == SN_REFUTED && witness->verdict != SN_REFUTED)
            *witness = *r;
        int side = -1;
        if (may_split && (r->verdict == SN_UNDECIDED || for_picture))
            side = method->side_to_split(prover, r, for_picture);
        if (side < 0) {
            if (!append(done, r))
                return false;
            r->chain = (sn_chain){0}; /* moved */
            continue;
        }
        sn_part half[2];
        sn_part_halve(&r->part, side, half);
        for (int h = 0; h < 2; h++) {
            sn_region child = {.part = half[h], .verdict = SN_UNDECIDED};
            if (!sn_chain_copy(&child.chain, &r->chain) || !append(next, &child))
                return false;
        }
    }
    return true;
}

static void widen(sn_interval *a, sn_interval b, bool first)
{
    a->lower = first ? b.lower : fmin(a->lower, b.lower);
    a->upper = first ? b.upper : fmax(a->upper, b.upper);
}

static void conclude(const sn_prover *prover, const level *done, const sn_region *witness,
                     sn_assertion_result *result)
{
    const bool refuted = witness->verdict == SN_REFUTED;
    size_t proved = 0;
    result->any_order = true;
    for (size_t i = 0; i < done->count; i++) {
        const sn_region *r = &done->item[i];
        if (r->verdict == SN_UNDECIDED)
            result->left += share(r);
        if (r->verdict != SN_PROVED)
            continue;
        widen(&result->fixed_mu, r->fixed.mu, proved == 0);
        widen(&result->fixed_nu, r->fixed.nu, proved == 0);
        result->contraction = fmax(result->contraction, r->factor);
        result->layers = r->layers > result->layers ? r->layers : result->layers;
        for (int side = SN_BOX_OMEGA; side <= SN_BOX_TAU; side++)
            if (r->part.to[side] - r->part.from[side] < 1
                && !arb_is_zero(&prover->box->width[side]))
                result->any_order = false;
        proved++;
    }
    result->verdict = refuted ? SN_REFUTED : proved == done->count ? SN_PROVED : SN_UNDECIDED;
    if (result->verdict != SN_PROVED)
        result->any_order = false;
    if (refuted) {
        for (int i = 0; i < SN_BOX_DIM; i++)
            result->at[i] = witness->at[i];
        snprintf(result->text, sizeof result->text, "%s", witness->why);
    } else if (result->verdict == SN_UNDECIDED) {
        snprintf(result->text, sizeof result->text,
                 "%zu of %zu regions are not decided, %.3g %% of the box", done->count - proved,
                 done->count, 100 * result->left);
    }
}

static sn_status add_rows(const sn_prover *prover, size_t index, const level *done, sn_table *table,
                          sn_error *err)
{
    const bool attracting = prover->claim->assertions[index].kind == SN_ASSERT_ATTRACTING;
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < done->count; i++) {
        const sn_region *r = &done->item[i];
        const bool proved = r->verdict == SN_PROVED;
        sn_interval at[SN_BOX_DIM];
        sn_box_interval(at, prover->box, &r->part);
        const sn_interval nothing = {NAN, NAN};
        const sn_interval mu = proved ? r->fixed.mu : nothing;
        const sn_interval nu = proved ? r->fixed.nu : nothing;
        const sn_cell regions[] = {{.real = (double)index},
                                   {.real = at[SN_BOX_OMEGA].lower},
                                   {.real = at[SN_BOX_OMEGA].upper},
                                   {.real = at[SN_BOX_TAU].lower},
                                   {.real = at[SN_BOX_TAU].upper},
                                   {.text = sn_verdict_text(r->verdict)},
                                   {.real = proved ? r->factor : NAN},
                                   {.real = mu.lower},
                                   {.real = mu.upper},
                                   {.real = nu.lower},
                                   {.real = nu.upper}};
        const sn_cell entries[] = {{.real = (double)index},
                                   {.real = at[SN_BOX_MU].lower},
                                   {.real = at[SN_BOX_MU].upper},
                                   {.real = at[SN_BOX_NU].lower},
                                   {.real = at[SN_BOX_NU].upper},
                                   {.real = at[SN_BOX_OMEGA].lower},
                                   {.real = at[SN_BOX_OMEGA].upper},
                                   {.real = at[SN_BOX_TAU].lower},
                                   {.real = at[SN_BOX_TAU].upper},
                                   {.real = proved ? (double)r->layers : NAN},
                                   {.text = sn_verdict_text(r->verdict)}};
        status = sn_table_add_row(table, attracting ? regions : entries, err);
    }
    return status;
}

static bool keep_chains(size_t index, level *done, struct sn_chains *chains)
{
    for (size_t i = 0; i < done->count; i++) {
        sn_region *r = &done->item[i];
        if (r->verdict != SN_PROVED)
            continue;
        r->chain.assertion = index;
        r->chain.part = r->part;
        if (!sn_chains_move(chains, &r->chain))
            return false;
    }
    return true;
}

static bool any_refuted(const level *done)
{
    for (size_t i = 0; i < done->count; i++)
        if (done->item[i].verdict == SN_REFUTED)
            return true;
    return false;
}

sn_status sn_prove_regions(const sn_prover *prover, const sn_method *method, size_t index,
                           sn_assertion_result *result, struct sn_chains *chains, sn_table *table,
                           sn_error *err)
{
    const sn_assertion *assertion = &prover->claim->assertions[index];
    const size_t pave = prover->options.pave;
    const size_t most = prover->options.boxes * (pave > 0 ? pave : 1); /* pictures cost more */
    level now = {0}, next = {0}, done = {0};
    sn_region witness = {.verdict = SN_UNDECIDED};
    bool memory = append(&now, &(sn_region){.part = sn_part_whole(), .verdict = SN_UNDECIDED});
    sn_status status = SN_OK;
    while (memory && status == SN_OK && now.count > 0) {
        status = decide_all(prover, method, assertion, &now, most, &result->boxes, err);
        const bool may_split = !prover->meter->stopped && result->boxes < most
                               && (prover->options.pave > 0 || !any_refuted(&now));
        memory = sort_out(prover, method, may_split, &now, &next, &done, &witness);
        clear(&now);
        now = next;
        next = (level){0};
    }
    if (memory && status == SN_OK) {
        conclude(prover, &done, &witness, result);
        if (prover->options.pave > 0)
            status = add_rows(prover, index, &done, table, err);
        memory = keep_chains(index, &done, chains);
    }
    clear(&now);
    clear(&next);
    clear(&done);
    return memory ? status : sn_fail(err, SN_ENOMEM, "out of memory");
}
