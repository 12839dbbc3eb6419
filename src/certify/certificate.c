/* A certificate made: a proof taken apart into statements, each "this quantity stays below (or above)
 * this limit in this box", and these proved by plain bounds; a refutation by one point. */
#include "certify/certificate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/certificate_maker.h"

enum { MOST_BOXES = 200000 };

struct sn_certificate {
    size_t claims;
    sn_writer body;
};

sn_certificate *sn_certificate_new(void)
{
    return calloc(1, sizeof(sn_certificate));
}

void sn_certificate_free(sn_certificate *certificate)
{
    if (certificate != NULL)
        sn_writer_free(&certificate->body);
    free(certificate);
}

/* --- bounds ------------------------------------------------------------------------------------- */

/* The limit of a bound in the claim's own words: a bound's copy of it may be cut short. */
static const char *limit_of(const sn_claim *claim, const sn_bound *b)
{
    const sn_assertion *a = &claim->assertions[b->assertion];
    if (a->kind == SN_ASSERT_BOUND)
        return b->is_upper ? a->below : a->above;
    const sn_decimals *side = &claim->box[b->quantity == SN_Q_MU_NEXT ? SN_BOX_MU : SN_BOX_NU];
    return b->is_upper ? side->upper : side->lower;
}

static void state_bounds(sn_maker *m, const sn_proof *proof, size_t index, const sn_span *span)
{
    const bool closed = m->claim->assertions[index].kind == SN_ASSERT_INTO_ITSELF;
    for (size_t i = 0; i < proof->n_bounds; i++) {
        const sn_bound *b = &proof->bounds[i];
        if (b->assertion != index)
            continue;
        const char *text = limit_of(m->claim, b);
        const double limit = sn_decimal_value(text);
        const double gap = b->is_upper ? limit - b->extreme.upper : b->extreme.lower - limit;
        sn_maker_state(m, (sn_measure){b->quantity, 1}, b->is_upper, closed, text, fmax(gap, 1e-12),
                       span, &(sn_dyadic){0});
    }
}

/* --- refutations -------------------------------------------------------------------------------- */

/* The point of these thin intervals as a fraction of the box, to within 2^-SN_WITNESS_DEPTH. */
static sn_dyadic point_of(const sn_interval at[SN_BOX_DIM], const sn_span *span)
{
    sn_dyadic point = {0};
    for (int i = 0; i < SN_BOX_DIM; i++) {
        const double lower = sn_ball_lower(&span->lower[i]), width = sn_ball_upper(&span->width[i]);
        const double t = width > 0 ? (at[i].lower / 2 + at[i].upper / 2 - lower) / width : 0;
        point.index[i] = (uint64_t)llround(ldexp(fmin(fmax(t, 0), 1), SN_WITNESS_DEPTH));
        point.level[i] = SN_WITNESS_DEPTH;
        for (; point.level[i] > 0 && point.index[i] % 2 == 0; point.level[i]--)
            point.index[i] /= 2;
    }
    return point;
}

static void write_refutation(sn_maker *m, size_t index, const sn_dyadic *point)
{
    sn_writer *w = sn_maker_lines(m);
    if (w == NULL)
        return;
    sn_write(w, "refutation %zu ", index + 1);
    sn_assertion_write(w, &m->claim->assertions[index]);
    sn_write(w, "\nat");
    for (int i = 0; i < SN_BOX_DIM; i++)
        sn_write(w, " %llu/%llu", (unsigned long long)point->index[i], 1ULL << point->level[i]);
    sn_write(w, "\n");
}

/* The value at the witness of a refuted bound; false: it does not refute it. */
static bool refute_bound(sn_maker *m, const sn_bound *b, const sn_span *span)
{
    const bool closed = m->claim->assertions[b->assertion].kind == SN_ASSERT_INTO_ITSELF;
    const char *limit = limit_of(m->claim, b);
    const sn_dyadic point = point_of(b->at, span);
    arb_t value;
    arb_init(value);
    sn_plain_value(value, (sn_measure){b->quantity, 1}, !b->is_upper, m->map, span, &point);
    int64_t units;
    bool refuted = false;
    for (int d = 6; !refuted && d <= SN_MOST_DECIMALS; d += 3) {
        refuted = sn_fixed_round(value, !b->is_upper, d, &units)
                  && sn_fixed_implies(units, d, !b->is_upper, limit, !closed);
        if (!refuted)
            continue;
        char number[SN_FIXED_SIZE];
        sn_fixed_write(number, units, d);
        write_refutation(m, b->assertion, &point);
        sn_writer *w = sn_maker_lines(m);
        if (w != NULL)
            sn_write(w, "value %s %s %s decimals %d bound %s\n", sn_quantity_name(b->quantity),
                     b->is_upper ? "above" : "below", limit, d, number);
    }
    arb_clear(value);
    return refuted;
}

static bool write_layer(sn_writer *w, size_t layer, const sn_orbit *orbit)
{
    int64_t units[2];
    char number[2][SN_FIXED_SIZE];
    for (int i = 0; i < 2; i++) {
        if (!sn_fixed_nearest(&orbit->at[i], SN_LAYER_DECIMALS, &units[i]))
            return false;
        sn_fixed_write(number[i], units[i], SN_LAYER_DECIMALS);
    }
    sn_write(w, "layer %zu mu %s nu %s\n", layer, number[0], number[1]);
    return true;
}

/* The path of a start that never enters; false: it does not stay outside for certain. */
static bool refute_entry(sn_maker *m, size_t index, const sn_interval at[SN_BOX_DIM],
                         const sn_span *span)
{
    const sn_assertion *a = &m->claim->assertions[index];
    const sn_dyadic point = point_of(at, span);
    sn_writer path = {0};
    sn_orbit orbit;
    sn_orbit_init(&orbit, m->map, span, &point);
    bool outside = true;
    for (size_t layer = 0; outside && layer <= a->layers; layer++) {
        outside = sn_orbit_outside(&orbit, &a->target_mu, &a->target_nu)
                  && write_layer(&path, layer, &orbit);
        sn_orbit_step(&orbit);
    }
    sn_orbit_clear(&orbit);
    if (outside && !path.failed) {
        write_refutation(m, index, &point);
        sn_writer *w = sn_maker_lines(m);
        if (w != NULL)
            sn_write(w, "%s", path.bytes);
    }
    m->no_memory = m->no_memory || path.failed;
    sn_writer_free(&path);
    return outside;
}

/* The first assertion that a point refutes. */
static bool state_refutation(sn_maker *m, const sn_proof *proof, const sn_span *span)
{
    for (size_t i = 0; i < proof->n_bounds; i++)
        if (proof->bounds[i].verdict == SN_REFUTED && refute_bound(m, &proof->bounds[i], span))
            return true;
    for (size_t i = 0; i < proof->n_assertions; i++)
        if (proof->assertions[i].verdict == SN_REFUTED
            && m->claim->assertions[i].kind == SN_ASSERT_ENTERS
            && refute_entry(m, i, proof->assertions[i].at, span))
            return true;
    return false;
}

/* --- the whole ---------------------------------------------------------------------------------- */

static bool state_proof(sn_maker *m, const sn_proof *proof, const sn_span *span)
{
    for (size_t i = 0; i < m->claim->n_assertions; i++) {
        const sn_assertion *a = &m->claim->assertions[i];
        sn_writer *w = sn_maker_lines(m);
        if (w == NULL)
            return false;
        sn_write(w, "proof %zu ", i + 1);
        sn_assertion_write(w, a);
        sn_write(w, "\n");
        if (a->kind == SN_ASSERT_BOUND || a->kind == SN_ASSERT_INTO_ITSELF)
            state_bounds(m, proof, i, span);
        else if (!sn_maker_chains(m, proof, i, span))
            return false;
    }
    return true;
}

/* Proves the statements, each by itself. */
static void prove_pieces(sn_maker *m)
{
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < m->count; i++)
        if (m->piece[i].limit[0] != '\0')
            sn_piece_prove(&m->piece[i], m->map);
}

/* The pieces put together, if all are proved. */
static bool gather(sn_maker *m, sn_writer *body, sn_certified *out)
{
    for (size_t i = 0; i < m->count; i++) {
        const sn_piece *p = &m->piece[i];
        m->no_memory = m->no_memory || p->text.failed;
        if (p->limit[0] != '\0' && !p->proved) {
            snprintf(out->reason, sizeof out->reason,
                     "%s %s %.40s takes more than %zu boxes by plain bounds",
                     sn_quantity_name(p->measure.quantity), p->is_upper ? "below" : "above",
                     p->limit, p->most);
            return false;
        }
        out->statements += p->limit[0] != '\0';
        out->boxes += p->boxes;
        if (p->text.size > 0)
            sn_write(body, "%s", p->text.bytes);
    }
    return true;
}

static void make(sn_maker *m, const sn_proof *proof, sn_writer *body, sn_certified *out)
{
    const sn_span *span = sn_maker_span(m, m->claim->box);
    sn_writer *w = sn_maker_lines(m);
    if (span == NULL || w == NULL)
        return;
    sn_write(w, "%s\n", sn_verdict_text(proof->verdict));
    sn_claim_write(w, m->claim);
    if (proof->verdict == SN_REFUTED) {
        if (!state_refutation(m, proof, span))
            snprintf(out->reason, sizeof out->reason,
                     "the refutation is not one that a point of the box shows");
    } else {
        (void)state_proof(m, proof, span);
    }
    if (out->reason[0] != '\0' || m->no_memory)
        return;
    prove_pieces(m);
    out->done = gather(m, body, out) && !m->no_memory && !body->failed;
}

char *sn_certificate_text(const sn_certificate *certificate, size_t *size)
{
    sn_writer w = {0};
    char digest[SN_DIGEST_SIZE];
    sn_write(&w, SN_CERTIFICATE_HEAD "\nclaims %zu\n%s", certificate->claims,
             certificate->body.bytes != NULL ? certificate->body.bytes : "");
    if (!w.failed) {
        sn_digest(digest, w.bytes, w.size);
        sn_write(&w, "sha256 %s\n", digest);
    }
    if (w.failed) {
        sn_writer_free(&w);
        return NULL;
    }
    if (size != NULL)
        *size = w.size;
    return w.bytes;
}

/* Nothing is given away that the checker would not take: a link rounded to decimals may leave a box
 * that it had barely fitted. */
static sn_status try_out(const char *body, sn_certified *out, sn_error *err)
{
    sn_certificate alone = {.claims = 1};
    sn_write(&alone.body, "claim 1 %s", body);
    size_t size;
    char *text = alone.body.failed ? NULL : sn_certificate_text(&alone, &size);
    sn_check found = {0};
    const sn_status status = text != NULL ? sn_certificate_check(text, size, &found, err)
                                          : sn_fail(err, SN_ENOMEM, "out of memory");
    out->done = found.valid;
    if (!found.valid)
        snprintf(out->reason, sizeof out->reason, "written down it does not hold: %.150s",
                 found.reason);
    free(text);
    sn_writer_free(&alone.body);
    return status;
}

sn_status sn_certificate_add(sn_certificate *certificate, const sn_claim *claim,
                             const sn_proof *proof, size_t most_boxes, sn_certified *out,
                             sn_error *err)
{
    *out = (sn_certified){0};
    const char *unwritable = sn_claim_unwritable(claim);
    if (unwritable != NULL || proof->verdict == SN_UNDECIDED) {
        snprintf(out->reason, sizeof out->reason, "%s",
                 unwritable != NULL ? unwritable : "an undecided claim has nothing to certify");
        return SN_OK;
    }
    sn_ball_map map;
    sn_status status = sn_ball_map_init(&map, claim, 192, err);
    if (status != SN_OK)
        return status;
    sn_maker m = {
        .claim = claim, .map = &map, .most = most_boxes > 0 ? most_boxes : MOST_BOXES, .out = out};
    sn_writer body = {0};
    make(&m, proof, &body, out);
    if (out->done)
        status = try_out(body.bytes, out, err);
    if (status == SN_OK && out->done)
        sn_write(&certificate->body, "claim %zu %s", certificate->claims + 1, body.bytes);
    if (m.no_memory || body.failed || certificate->body.failed)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    else if (status == SN_OK)
        certificate->claims += out->done;
    sn_writer_free(&body);
    sn_maker_clear(&m);
    sn_ball_map_clear(&map);
    return status;
}
