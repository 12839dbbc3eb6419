/* A certificate checked, line by line, in the one order in which it can be written.
 *
 * What has to hold for a claim that is said to be proved, and why it is then true:
 *
 *   statement  "Q below L" (or above) in a box: its leaves are all the leaves of a tree of halved
 *              boxes (certificate_text.h), so that they cover the box; each leaf's bound is no less
 *              than the plain bound of Q over it (plain.h), which is a theorem; and it implies L.
 *              It may not be looser than rounding makes it: what is written is what was found.
 *   bound, into_itself
 *              the statements that the assertion says, over the claim's box.
 *   chain      over one part of the claim's box B; the parts are the leaves of a tree, too. Links
 *              B_1, ..., B_n: statements that the map takes B_(i-1), B_0 the part's own (mu, nu),
 *              into B_i for each omega, tau of the part.
 *   enters     n is at most the number of layers, and the last link, or the part itself, is in the
 *              target.
 *   attracting the parts are of omega, tau alone, and n >= 1. Further statements that the map takes
 *              the last link C into itself, and that there the Jacobian's norm, in coordinates
 *              (mu, nu / weight), is below 1: C is compact and convex, so the map contracts it and
 *              has one fixed point p in C, to which all of C converges, and by the chain all of B.
 *              A fixed point in B is in C after n layers, so it is p. Some B_j, j >= 1, is in B: a
 *              start in B is in B_j after j layers, 2j layers, ..., B_j is closed, so p is in B.
 *
 * For one said to be refuted: a point of the box with a value that is not what is asserted, or whose
 * path is outside the target after each number of layers.
 *
 * The leaves of a claim are kept until all of it is read, and then looked at in parallel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/checker.h"

enum { MOST_CLAIMS = 1000 };

static bool read_bound(sn_checker *c, const sn_assertion *a, const sn_span *whole)
{
    sn_demand d = {.measure = {a->quantity, 1}, .span = whole, .limit = a->above};
    if (a->above != NULL && !sn_check_statement(c, &d))
        return false;
    d.is_upper = true;
    d.limit = a->below;
    return a->below == NULL || sn_check_statement(c, &d);
}

static bool read_proof(sn_checker *c, size_t number, const sn_span *whole)
{
    const sn_claim *claim = &c->text.claim;
    const sn_assertion *a = &claim->assertions[number - 1];
    sn_reader_next(&c->reader);
    if (!sn_assertion_said(&c->reader, "proof", number, a))
        return sn_check_reject(c, "the proof of the next assertion, in its words, is expected");
    switch (a->kind) {
    case SN_ASSERT_BOUND:
        return read_bound(c, a, whole);
    case SN_ASSERT_INTO_ITSELF:
        return sn_check_image(c, whole, &(sn_dyadic){0}, &claim->box[SN_BOX_MU],
                              &claim->box[SN_BOX_NU]);
    default:
        return sn_check_parts(c, a, whole);
    }
}

/* The digest of the claim's lines, which began at `start`. */
static bool read_claim_digest(sn_checker *c, const char *start)
{
    const char *got[SN_WORDS];
    char digest[SN_DIGEST_SIZE];
    sn_digest(digest, c->original + (start - c->copy), (size_t)(c->reader.at - start));
    return sn_check_expect(c, "digest ?", got)
           && (strcmp(got[0], digest) == 0
               || sn_check_reject(c, "the digest is not that of the claim"));
}

static bool read_claim(sn_checker *c, size_t number)
{
    const char *got[SN_WORDS];
    size_t n;
    if (!sn_check_expect(c, "claim ? ?", got))
        return false;
    const bool refuted = strcmp(got[1], sn_verdict_text(SN_REFUTED)) == 0;
    if (!sn_count_read(got[0], MOST_CLAIMS, &n) || n != number)
        return sn_check_reject(c, "the claim has another number");
    if (!refuted && strcmp(got[1], sn_verdict_text(SN_PROVED)) != 0)
        return sn_check_reject(c, "\"proved\" or \"refuted\" is expected");
    const char *const before = c->reader.at;
    const char *wrong = sn_claim_read(&c->reader, &c->text);
    if (wrong != NULL)
        return sn_check_reject(c, wrong);
    if (!read_claim_digest(c, before))
        return false;
    const sn_claim *claim = &c->text.claim;
    const sn_span *whole = sn_check_span(c, claim->box);
    sn_error err = {0};
    if (whole == NULL)
        return false;
    const sn_status status = sn_ball_map_init(&c->map, claim, 192, &err);
    c->no_memory = c->no_memory || status == SN_ENOMEM;
    if (status != SN_OK)
        return sn_check_reject(c, err.message);
    bool good = true;
    for (size_t i = 1; good && !refuted && i <= claim->n_assertions; i++)
        good = read_proof(c, i, whole);
    good =
        good && (!refuted || sn_check_refutation(c, whole)) && !c->no_memory && sn_check_boxes(c);
    sn_ball_map_clear(&c->map);
    c->out->proved += !refuted;
    c->out->refuted += refuted;
    return good;
}

/* The last line, and the text before it. */
static bool check_digest(sn_checker *c, const char *text, size_t size)
{
    char line[SN_DIGEST_SIZE + 8], digest[SN_DIGEST_SIZE];
    const size_t length = 7 + SN_DIGEST_SIZE; /* with its newline */
    if (size < length)
        return sn_check_reject(c, "this is too short for a certificate");
    sn_digest(digest, text, size - length);
    snprintf(line, sizeof line, "sha256 %s\n", digest);
    return memcmp(text + size - length, line, length) == 0
           || sn_check_reject(c, "the digest at the end is not that of the text before it");
}

static bool check_text(sn_checker *c, char *copy, size_t size)
{
    if (!check_digest(c, copy, size))
        return false;
    c->reader = (sn_reader){.at = copy, .end = copy + size};
    const char *got[SN_WORDS];
    size_t claims;
    if (!sn_check_expect(c, SN_CERTIFICATE_HEAD, got) || !sn_check_expect(c, "claims ?", got))
        return false;
    if (!sn_count_read(got[0], MOST_CLAIMS, &claims) || claims == 0)
        return sn_check_reject(c, "the number of claims is not one that can be");
    for (size_t i = 1; i <= claims; i++) {
        const bool good = read_claim(c, i);
        sn_check_forget(c);
        if (!good)
            return false;
    }
    return sn_check_expect(c, "sha256 ?", got)
           && (c->reader.at == c->reader.end
               || sn_check_reject(c, "there is text after the digest"));
}

sn_status sn_certificate_check(const char *text, size_t size, sn_check *out, sn_error *err)
{
    *out = (sn_check){0};
    sn_checker *c = calloc(1, sizeof *c);
    char *copy = malloc(size + 1);
    bool memory = c != NULL && copy != NULL;
    if (memory) {
        memcpy(copy, text, size);
        copy[size] = '\0';
        c->original = text;
        c->copy = copy;
        c->out = out;
        out->valid = check_text(c, copy, size);
        memory = !c->no_memory;
        free(c->leaves);
    }
    free(c);
    free(copy);
    return memory ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory");
}
