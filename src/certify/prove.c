/* A claim proved or refuted: its numbers checked, its assertions taken apart into bounds (one search
 * each) and regions (attract.c, enter.c), and the verdicts put together. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/prover.h"

enum { BOUNDS_EACH = 4, DEFAULT_BOXES = 100000 };
static const double DEFAULT_TOLERANCE = 1e-8;

/* --- bounds ------------------------------------------------------------------------------------- */

/* The limit as the claim has it: a decimal of any length. */
static const char *limit_of(const sn_claim *claim, const sn_bound *b)
{
    const sn_assertion *a = &claim->assertions[b->assertion];
    const sn_decimals *side = &claim->box[b->quantity == SN_Q_MU_NEXT ? SN_BOX_MU : SN_BOX_NU];
    if (a->kind == SN_ASSERT_INTO_ITSELF)
        return b->is_upper ? side->upper : side->lower;
    return b->is_upper ? a->below : a->above;
}

static void add_bound(const sn_claim *claim, sn_proof *out, size_t assertion, sn_quantity quantity,
                      bool is_upper)
{
    sn_bound *b = &out->bounds[out->n_bounds++];
    *b = (sn_bound){.assertion = assertion,
                    .quantity = quantity,
                    .is_upper = is_upper,
                    .verdict = SN_UNDECIDED};
    const char *limit = limit_of(claim, b);
    if (strlen(limit) < sizeof b->limit)
        strcpy(b->limit, limit);
    else
        snprintf(b->limit, sizeof b->limit, "%.17g", strtod(limit, NULL));
}

static void list_bounds(const sn_claim *claim, sn_proof *out)
{
    for (size_t i = 0; i < claim->n_assertions; i++) {
        const sn_assertion *a = &claim->assertions[i];
        if (a->kind == SN_ASSERT_BOUND && a->above != NULL)
            add_bound(claim, out, i, a->quantity, false);
        if (a->kind == SN_ASSERT_BOUND && a->below != NULL)
            add_bound(claim, out, i, a->quantity, true);
        if (a->kind != SN_ASSERT_INTO_ITSELF)
            continue;
        for (int end = 0; end < BOUNDS_EACH; end++)
            add_bound(claim, out, i, end < 2 ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, end % 2 == 1);
    }
}

/* Half a unit in the last place of a printed decimal. */
static double half_unit(const char *decimal)
{
    const char *point = strchr(decimal, '.'), *exponent = strpbrk(decimal, "eE");
    const size_t end = exponent != NULL ? (size_t)(exponent - decimal) : strlen(decimal);
    const double digits = point != NULL ? (double)(end - (size_t)(point - decimal) - 1) : 0;
    const double power = exponent != NULL ? strtod(exponent + 1, NULL) : 0;
    return 0.5 * pow(10, power - digits);
}

static sn_print compare(const sn_bound *b, const char *paper)
{
    if (paper == NULL)
        return SN_PRINT_NONE;
    const double printed = strtod(paper, NULL), half = half_unit(paper);
    const sn_interval e = b->extreme;
    if (e.lower >= printed - half && e.upper <= printed + half)
        return SN_PRINT_AGREES;
    if (b->is_upper ? e.upper <= printed : e.lower >= printed)
        return SN_PRINT_LOOSE;
    const bool beyond = b->is_upper ? e.lower > printed + half : e.upper < printed - half;
    return beyond ? SN_PRINT_DIFFERS : SN_PRINT_NONE; /* not enclosed well enough to say */
}

static sn_status prove_bound(const sn_prover *prover, sn_bound *bound, size_t index,
                             sn_table *paving, double *left, sn_error *err)
{
    const sn_assertion *a = &prover->claim->assertions[bound->assertion];
    const sn_search search = {
        .map = prover->map,
        .box = prover->box,
        .cell = sn_part_whole(),
        .measure = {bound->quantity, 1},
        .is_upper = bound->is_upper,
        .limit = limit_of(prover->claim, bound),
        .closed = a->kind == SN_ASSERT_INTO_ITSELF,
        .tolerance = prover->options.tolerance,
        .max_boxes = prover->options.boxes,
        .pave = a->kind == SN_ASSERT_BOUND ? prover->options.pave : 0,
        .paving = paving,
        .tag = {bound->assertion, index},
        .meter = prover->meter,
    };
    sn_extreme found;
    const sn_status status = sn_extreme_find(&search, &found, err);
    bound->verdict = found.verdict;
    bound->extreme = found.value;
    bound->boxes = found.boxes;
    bound->print = compare(bound, a->paper);
    *left = found.left;
    sn_box_interval(bound->at, prover->box, &found.at);
    return status;
}

/* --- the whole ---------------------------------------------------------------------------------- */

/* One task's share: a bound, or an assertion by regions. */
typedef struct job {
    const sn_prover *prover;
    sn_proof *proof;
    bool by_regions;
    size_t index; /* of the bound, or the assertion */
    sn_table *table;
    struct sn_chains chains;
    double left;
    sn_status status;
    sn_error err;
} job;

static void do_job(job *j)
{
    const sn_prover *prover = j->prover;
    if (!j->by_regions) {
        j->status =
            prove_bound(prover, &j->proof->bounds[j->index], j->index, j->table, &j->left, &j->err);
        return;
    }
    const bool attracting = prover->claim->assertions[j->index].kind == SN_ASSERT_ATTRACTING;
    j->status =
        sn_prove_regions(prover, attracting ? &sn_method_attracting : &sn_method_enters, j->index,
                         &j->proof->assertions[j->index], &j->chains, j->table, &j->err);
}

static bool make_jobs(const sn_prover *prover, sn_proof *proof, job *jobs, size_t *n)
{
    bool memory = true;
    for (size_t i = 0; i < proof->n_bounds; i++) {
        jobs[*n] = (job){.prover = prover, .proof = proof, .index = i};
        const sn_assertion *a = &prover->claim->assertions[proof->bounds[i].assertion];
        if (prover->options.pave > 0 && a->kind == SN_ASSERT_BOUND) {
            jobs[*n].table = sn_new_boxes();
            memory = memory && jobs[*n].table != NULL;
        }
        (*n)++;
    }
    for (size_t i = 0; i < proof->n_assertions; i++) {
        const sn_assertion_kind kind = prover->claim->assertions[i].kind;
        if (kind != SN_ASSERT_ATTRACTING && kind != SN_ASSERT_ENTERS)
            continue;
        jobs[*n] = (job){.prover = prover, .proof = proof, .by_regions = true, .index = i};
        jobs[*n].table = kind == SN_ASSERT_ATTRACTING ? sn_new_regions() : sn_new_entries();
        memory = memory && jobs[*n].table != NULL;
        (*n)++;
    }
    return memory;
}

/* Tasks within a parallel region if there is one, else within one made for them. */
static void do_all(job *jobs, size_t n)
{
#pragma omp parallel
#pragma omp single
#pragma omp taskloop grainsize(1)
    for (size_t i = 0; i < n; i++)
        do_job(&jobs[i]);
}

static sn_status gather(sn_proof *proof, job *jobs, size_t n, sn_error *err)
{
    for (size_t i = 0; i < n; i++) {
        job *j = &jobs[i];
        if (j->status != SN_OK)
            return sn_fail(err, j->status, "%s", j->err.message);
        sn_table *to = proof->boxes;
        if (j->by_regions)
            to = strcmp(sn_table_name(j->table), "regions") == 0 ? proof->regions : proof->entries;
        const sn_status status = sn_append_rows(to, j->table, err);
        if (status != SN_OK)
            return status;
        for (size_t c = 0; c < j->chains.count; c++)
            if (!sn_chains_move(proof->chains, &j->chains.item[c]))
                return sn_fail(err, SN_ENOMEM, "out of memory");
    }
    return SN_OK;
}

static sn_verdict worse(sn_verdict a, sn_verdict b)
{
    if (a == SN_REFUTED || b == SN_REFUTED)
        return SN_REFUTED;
    return a == SN_UNDECIDED || b == SN_UNDECIDED ? SN_UNDECIDED : SN_PROVED;
}

/* An assertion's verdict and sentence from its bounds. */
static void sum_up(const sn_claim *claim, const job *jobs, sn_proof *proof)
{
    for (size_t i = 0; i < proof->n_bounds; i++) {
        const sn_bound *b = &proof->bounds[i];
        sn_assertion_result *r = &proof->assertions[b->assertion];
        const sn_verdict before = r->verdict; /* proved, as far as nothing else is known */
        r->verdict = worse(before, b->verdict);
        r->boxes += b->boxes;
        r->left = fmax(r->left, b->verdict == SN_UNDECIDED ? jobs[i].left : 0);
        const double value = b->is_upper ? b->extreme.lower : b->extreme.upper;
        if (b->verdict == SN_REFUTED && before != SN_REFUTED) {
            memcpy(r->at, b->at, sizeof r->at);
            snprintf(r->text, sizeof r->text,
                     "%s %s %.9g at mu %.9g, nu %.9g, omega %.9g, tau %.9g",
                     sn_quantity_name(b->quantity), b->is_upper ? "is at least" : "is at most",
                     value, sn_interval_shown(b->at[0]), sn_interval_shown(b->at[1]),
                     sn_interval_shown(b->at[2]), sn_interval_shown(b->at[3]));
        } else if (b->verdict == SN_UNDECIDED && r->verdict == SN_UNDECIDED) {
            snprintf(r->text, sizeof r->text,
                     "%s: the %s is between %.9g and %.9g; %.3g %% of the box is left",
                     sn_quantity_name(b->quantity), b->is_upper ? "maximum" : "minimum",
                     b->extreme.lower, b->extreme.upper, 100 * jobs[i].left);
        }
    }
    proof->verdict = SN_PROVED;
    for (size_t i = 0; i < proof->n_assertions; i++) {
        sn_assertion_result *r = &proof->assertions[i];
        proof->verdict = worse(proof->verdict, r->verdict);
        if (r->verdict != SN_PROVED)
            continue;
        const sn_assertion_kind kind = claim->assertions[i].kind;
        if (kind == SN_ASSERT_ATTRACTING)
            snprintf(
                r->text, sizeof r->text,
                "one fixed point for each omega, tau, within mu %.6g to %.6g, nu %.6g to %.6g; "
                "distances shrink by %.6g a layer in the end",
                r->fixed_mu.lower, r->fixed_mu.upper, r->fixed_nu.lower, r->fixed_nu.upper,
                r->contraction);
        else if (kind == SN_ASSERT_ENTERS)
            snprintf(r->text, sizeof r->text, "every start is there after %zu layers%s", r->layers,
                     r->any_order ? ", even if omega and tau change from layer to layer" : "");
    }
}

static bool allocate(const sn_claim *claim, sn_proof *out)
{
    out->n_assertions = claim->n_assertions;
    out->assertions = calloc(claim->n_assertions + 1, sizeof *out->assertions);
    out->bounds = calloc(BOUNDS_EACH * claim->n_assertions + 1, sizeof *out->bounds);
    out->boxes = sn_new_boxes();
    out->regions = sn_new_regions();
    out->entries = sn_new_entries();
    out->chains = calloc(1, sizeof *out->chains);
    return out->assertions != NULL && out->bounds != NULL && out->boxes != NULL
           && out->regions != NULL && out->entries != NULL && out->chains != NULL;
}

static sn_status prove(const sn_prover *prover, sn_proof *out, sn_error *err)
{
    list_bounds(prover->claim, out);
    const size_t most = out->n_bounds + out->n_assertions;
    job *jobs = calloc(most + 1, sizeof *jobs);
    size_t n = 0;
    sn_status status;
    if (jobs == NULL || !make_jobs(prover, out, jobs, &n)) {
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    } else {
        do_all(jobs, n);
        status = gather(out, jobs, n, err);
    }
    if (status == SN_OK)
        sum_up(prover->claim, jobs, out);
    for (size_t i = 0; i < n; i++) {
        sn_table_free(jobs[i].table);
        for (size_t c = 0; c < jobs[i].chains.count; c++)
            sn_chain_clear(&jobs[i].chains.item[c]);
        free(jobs[i].chains.item);
    }
    free(jobs);
    return status;
}

sn_status sn_claim_prove(const sn_claim *claim, const sn_proof_options *options, sn_proof *out,
                         sn_error *err)
{
    *out = (sn_proof){0};
    sn_status status = sn_claim_check(claim, err);
    if (status != SN_OK)
        return status;
    sn_ball_map map;
    status = sn_ball_map_init(&map, claim, SN_DECIMAL_PREC, err);
    if (status != SN_OK)
        return status;
    sn_box box;
    sn_box_init(&box, claim->box, SN_DECIMAL_PREC);
    sn_meter meter = {0};
    sn_prover prover = {.claim = claim, .map = &map, .box = &box, .meter = &meter};
    if (options != NULL)
        prover.options = *options;
    if (prover.options.boxes == 0)
        prover.options.boxes = DEFAULT_BOXES;
    if (!(prover.options.tolerance > 0))
        prover.options.tolerance = DEFAULT_TOLERANCE;
    meter.watch = prover.options.watch;
    meter.context = prover.options.context;
    status =
        allocate(claim, out) ? prove(&prover, out, err) : sn_fail(err, SN_ENOMEM, "out of memory");
    out->interrupted = meter.stopped;
    sn_box_clear(&box);
    sn_ball_map_clear(&map);
    if (status != SN_OK)
        sn_proof_free(out);
    return status;
}

void sn_proof_free(sn_proof *proof)
{
    if (proof == NULL)
        return;
    free(proof->assertions);
    free(proof->bounds);
    sn_table_free(proof->boxes);
    sn_table_free(proof->regions);
    sn_table_free(proof->entries);
    sn_chains_free(proof->chains);
    *proof = (sn_proof){0};
}
