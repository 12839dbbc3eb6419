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

#include "certify/certificate.h"
#include "certify/certificate_text.h"

enum { MOST_CLAIMS = 1000, MOST_LINKS = 1000, MOST_LINES = 999999999, WITNESS_DEPTH = 30 };

typedef struct span_list {
    sn_span span;
    struct span_list *next;
} span_list;

/* A box with the bound that is written for it. */
typedef struct leaf {
    const sn_span *span;
    sn_dyadic cell;
    sn_measure measure;
    bool is_upper, at_point, wrong;
    int decimals;
    int64_t units;
    size_t line;
} leaf;

typedef struct checker {
    const char *original, *copy; /* the text, and as the reader leaves it */
    sn_reader reader;
    sn_check *out;
    sn_ball_map map;
    sn_claim_text text;
    span_list *spans;
    leaf *leaves;
    size_t count, room;
    bool no_memory;
} checker;

/* Says what is wrong, the first time; false. */
static bool reject(checker *c, const char *why)
{
    if (c->out->reason[0] == '\0') {
        c->out->line = c->reader.line;
        snprintf(c->out->reason, sizeof c->out->reason, "%.199s", why);
    }
    return false;
}

/* The next line must read like the pattern. */
static bool expect(checker *c, const char *pattern, const char *got[SN_WORDS])
{
    sn_reader_next(&c->reader);
    if (sn_reader_says(&c->reader, pattern, got))
        return true;
    char why[160];
    snprintf(why, sizeof why, "a line \"%s\" is expected", pattern);
    return reject(c, why);
}

static const sn_span *add_span(checker *c, const sn_decimals ends[SN_BOX_DIM])
{
    span_list *entry = malloc(sizeof *entry);
    if (entry == NULL) {
        c->no_memory = true;
        return NULL;
    }
    if (!sn_span_init(&entry->span, ends)) {
        free(entry);
        reject(c, "this is no box with ends in order, and nu and tau above 0");
        return NULL;
    }
    entry->next = c->spans;
    c->spans = entry;
    return &entry->span;
}

static bool add_leaf(checker *c, const leaf *l)
{
    if (c->count == c->room) {
        const size_t room = c->room > 0 ? 2 * c->room : 256;
        leaf *more = realloc(c->leaves, room * sizeof *more);
        if (more == NULL) {
            c->no_memory = true;
            return false;
        }
        c->leaves = more;
        c->room = room;
    }
    c->leaves[c->count++] = *l;
    return true;
}

/* --- statements --------------------------------------------------------------------------------- */

/* What a statement has to say. */
typedef struct demand {
    sn_measure measure;
    bool is_upper, closed;
    const char *limit;
    const sn_span *span;
    sn_dyadic cell;
} demand;

/* One line of a statement. */
static bool read_leaf(checker *c, const demand *d, int decimals, const char *before,
                      char *leaf_word)
{
    const char *got[SN_WORDS];
    if (!expect(c, "box ? ?", got))
        return false;
    leaf l = {.span = d->span,
              .cell = d->cell,
              .measure = d->measure,
              .is_upper = d->is_upper,
              .decimals = decimals,
              .line = c->reader.line};
    if (strlen(got[0]) >= SN_LEAF_SIZE || !sn_leaf_walk(&l.cell, got[0], SN_BOX_MU))
        return reject(c, "the steps to the box are not letters of m, n, o, t, or too many");
    if (before == NULL ? !sn_leaf_is_first(got[0]) : !sn_leaf_follows(got[0], before))
        return reject(c, "the box does not follow on the one before: one is missing, or overlaps");
    if (!sn_fixed_read(got[1], decimals, &l.units))
        return reject(c, "the bound is not a number of that many decimals");
    if (!sn_fixed_implies(l.units, decimals, d->is_upper, d->limit, d->closed))
        return reject(c, "the bound does not imply the statement");
    strcpy(leaf_word, got[0]);
    return add_leaf(c, &l);
}

static bool read_statement(checker *c, const demand *d)
{
    const char *got[SN_WORDS];
    char pattern[1024], word[2][SN_LEAF_SIZE];
    size_t decimals, boxes;
    if ((size_t)snprintf(pattern, sizeof pattern, "statement %s %s %s decimals ? boxes ?",
                         sn_quantity_name(d->measure.quantity), d->is_upper ? "below" : "above",
                         d->limit)
        >= sizeof pattern)
        return reject(c, "the limit of a statement is too long");
    if (!expect(c, pattern, got))
        return false;
    if (!sn_count_read(got[0], SN_MOST_DECIMALS, &decimals)
        || !sn_count_read(got[1], MOST_LINES, &boxes) || boxes == 0)
        return reject(c, "the number of decimals or of boxes is not one that can be");
    for (size_t i = 0; i < boxes; i++)
        if (!read_leaf(c, d, (int)decimals, i > 0 ? word[(i + 1) % 2] : NULL, word[i % 2]))
            return false;
    c->out->statements++;
    return sn_leaf_is_last(word[(boxes + 1) % 2])
           || reject(c, "the boxes end before the whole is covered");
}

/* --- bounds ------------------------------------------------------------------------------------- */

static bool read_bound(checker *c, const sn_assertion *a, const sn_span *whole)
{
    demand d = {.measure = {a->quantity, 1}, .span = whole, .limit = a->above};
    if (a->above != NULL && !read_statement(c, &d))
        return false;
    d.is_upper = true;
    d.limit = a->below;
    return a->below == NULL || read_statement(c, &d);
}

/* That the map takes a cell of a span into a box of (mu, nu). */
static bool read_image(checker *c, const sn_span *span, const sn_dyadic *cell,
                       const sn_decimals *mu, const sn_decimals *nu)
{
    const char *const limits[] = {mu->lower, mu->upper, nu->lower, nu->upper};
    for (int i = 0; i < 4; i++) {
        const demand d = {.measure = {i < 2 ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, 1},
                          .is_upper = i % 2 == 1,
                          .closed = true,
                          .limit = limits[i],
                          .span = span,
                          .cell = *cell};
        if (!read_statement(c, &d))
            return false;
    }
    return true;
}

/* --- chains ------------------------------------------------------------------------------------- */

/* Whether the (mu, nu) of a cell are certainly within a box, ends included. */
static bool inside(const sn_span *span, const sn_dyadic *cell, const sn_decimals *mu,
                   const sn_decimals *nu)
{
    const sn_decimals *const outer[] = {mu, nu};
    arb_t lower, upper, end;
    arb_init(lower);
    arb_init(upper);
    arb_init(end);
    bool in = true;
    for (int i = 0; i < 2; i++) {
        sn_dyadic_ends(lower, upper, span, cell, i);
        in = in && sn_ball_set_decimal(end, outer[i]->lower, 192) && arb_le(end, lower);
        in = in && sn_ball_set_decimal(end, outer[i]->upper, 192) && arb_le(upper, end);
    }
    arb_clear(lower);
    arb_clear(upper);
    arb_clear(end);
    return in;
}

/* Where a chain stands. */
typedef struct place {
    const sn_span *span;
    sn_dyadic cell;
    sn_decimals mu, nu;
} place;

/* The next link, which must hold the image of where the chain stands; the chain goes there. */
static bool read_link(checker *c, size_t number, place *at)
{
    const char *got[SN_WORDS];
    size_t n;
    if (!expect(c, "link ? mu ? ? nu ? ?", got))
        return false;
    if (!sn_count_read(got[0], MOST_LINKS, &n) || n != number)
        return reject(c, "the link has another number");
    const sn_decimals *box = c->text.claim.box;
    const sn_decimals ends[SN_BOX_DIM] = {
        {got[1], got[2]}, {got[3], got[4]}, box[SN_BOX_OMEGA], box[SN_BOX_TAU]};
    const sn_span *span = add_span(c, ends);
    if (span == NULL || !read_image(c, at->span, &at->cell, &ends[0], &ends[1]))
        return false;
    at->span = span;
    at->mu = ends[0];
    at->nu = ends[1];
    for (int i = SN_BOX_MU; i <= SN_BOX_NU; i++) {
        at->cell.index[i] = 0;
        at->cell.level[i] = 0;
    }
    return true;
}

/* C into itself, and the contraction there. */
static bool read_contraction(checker *c, const place *at, double weight)
{
    const demand d = {.measure = {SN_Q_SPECTRAL_NORM, weight},
                      .is_upper = true,
                      .limit = "1",
                      .span = at->span,
                      .cell = at->cell};
    return read_image(c, at->span, &at->cell, &at->mu, &at->nu) && read_statement(c, &d);
}

/* One part's chain; its leaf goes to `word`. */
static bool read_part(checker *c, const sn_assertion *a, const sn_span *whole, const char *before,
                      char *word)
{
    const bool attracting = a->kind == SN_ASSERT_ATTRACTING;
    const char *got[SN_WORDS];
    if (!expect(c, attracting ? "part ? links ? weight ?" : "part ? links ?", got))
        return false;
    place at = {.span = whole};
    size_t links;
    int64_t weight = 0;
    if (strlen(got[0]) >= SN_LEAF_SIZE
        || !sn_leaf_walk(&at.cell, got[0], attracting ? SN_BOX_OMEGA : SN_BOX_MU))
        return reject(c, "the steps to the part are not letters of its sides, or too many");
    if (before == NULL ? !sn_leaf_is_first(got[0]) : !sn_leaf_follows(got[0], before))
        return reject(c, "the part does not follow on the one before: one is missing, or overlaps");
    strcpy(word, got[0]);
    if (!sn_count_read(got[1], attracting ? MOST_LINKS : a->layers, &links)
        || (attracting && links == 0))
        return reject(c, "the number of links is not one that can be");
    if (attracting && (!sn_fixed_read(got[2], SN_WEIGHT_DECIMALS, &weight) || weight <= 0))
        return reject(c, "the weight is not a number above 0 of 6 decimals");
    const sn_decimals *mu = attracting ? &c->text.claim.box[SN_BOX_MU] : &a->target_mu;
    const sn_decimals *nu = attracting ? &c->text.claim.box[SN_BOX_NU] : &a->target_nu;
    bool home = !attracting && inside(at.span, &at.cell, mu, nu);
    for (size_t i = 1; i <= links; i++) {
        if (!read_link(c, i, &at))
            return false;
        home = (attracting && home) || inside(at.span, &at.cell, mu, nu);
    }
    if (!home)
        return reject(c, attracting ? "no link is inside the claim's box"
                                    : "the last link is not inside the target");
    return !attracting || read_contraction(c, &at, sn_decimal_value(got[2]));
}

static bool read_parts(checker *c, const sn_assertion *a, const sn_span *whole)
{
    const char *got[SN_WORDS];
    char word[2][SN_LEAF_SIZE];
    size_t parts;
    if (!expect(c, "parts ?", got))
        return false;
    if (!sn_count_read(got[0], MOST_LINES, &parts) || parts == 0)
        return reject(c, "the number of parts is not one that can be");
    for (size_t i = 0; i < parts; i++)
        if (!read_part(c, a, whole, i > 0 ? word[(i + 1) % 2] : NULL, word[i % 2]))
            return false;
    return sn_leaf_is_last(word[(parts + 1) % 2])
           || reject(c, "the parts end before the whole is covered");
}

static bool read_proof(checker *c, size_t number, const sn_span *whole)
{
    const sn_claim *claim = &c->text.claim;
    const sn_assertion *a = &claim->assertions[number - 1];
    sn_reader_next(&c->reader);
    if (!sn_assertion_said(&c->reader, "proof", number, a))
        return reject(c, "the proof of the next assertion, in its words, is expected");
    switch (a->kind) {
    case SN_ASSERT_BOUND:
        return read_bound(c, a, whole);
    case SN_ASSERT_INTO_ITSELF:
        return read_image(c, whole, &(sn_dyadic){0}, &claim->box[SN_BOX_MU],
                          &claim->box[SN_BOX_NU]);
    default:
        return read_parts(c, a, whole);
    }
}

/* --- refutations -------------------------------------------------------------------------------- */

/* "3/8": in lowest terms, the denominator a power of 2. */
static bool read_fraction(const char *word, uint64_t *index, uint8_t *level)
{
    char again[64];
    unsigned long long k = 0;
    for (const char *d = word; *d >= '0' && *d <= '9' && k < 1ULL << WITNESS_DEPTH; d++)
        k = 10 * k + (unsigned long long)(*d - '0');
    for (*level = 0; *level <= WITNESS_DEPTH; ++*level) {
        snprintf(again, sizeof again, "%llu/%llu", k, 1ULL << *level);
        if (strcmp(again, word) == 0)
            break;
    }
    *index = k;
    return *level <= WITNESS_DEPTH && k <= 1ULL << *level && (*level == 0 || k % 2 == 1);
}

static bool read_point(checker *c, const sn_span *whole, sn_dyadic *point)
{
    const char *got[SN_WORDS];
    if (!expect(c, "at ? ? ? ?", got))
        return false;
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (!read_fraction(got[i], &point->index[i], &point->level[i])
            || (arb_is_zero(&whole->width[i]) && point->index[i] != 0))
            return reject(c, "the point is not four fractions from 0 to 1 in lowest terms, in "
                             "halves, quarters and so on");
    return true;
}

/* Whether the assertion says, directly or as one of the four of into_itself, that the quantity is
 * above (not is_upper) or below the limit. */
static bool asserts(const sn_claim *claim, const sn_assertion *a, const demand *d)
{
    const char *limit = NULL;
    if (a->kind == SN_ASSERT_BOUND && d->measure.quantity == a->quantity)
        limit = d->is_upper ? a->below : a->above;
    const int q = (int)d->measure.quantity;
    if (a->kind == SN_ASSERT_INTO_ITSELF && (q == SN_Q_MU_NEXT || q == SN_Q_NU_NEXT)) {
        const sn_decimals *side = &claim->box[q == SN_Q_MU_NEXT ? SN_BOX_MU : SN_BOX_NU];
        limit = d->is_upper ? side->upper : side->lower;
    }
    return limit != NULL && strcmp(limit, d->limit) == 0;
}

/* "value Q above L decimals d bound b": not below L, as was asserted. */
static bool read_value(checker *c, const sn_assertion *a, const sn_span *whole,
                       const sn_dyadic *point)
{
    const char *got[SN_WORDS];
    if (!expect(c, "value ? ? ? decimals ? bound ?", got))
        return false;
    const bool asserted_upper = strcmp(got[1], "above") == 0;
    if (!asserted_upper && strcmp(got[1], "below") != 0)
        return reject(c, "\"above\" or \"below\" is expected");
    demand d = {.is_upper = asserted_upper, .limit = got[2]};
    int q = 0;
    while (q < SN_QUANTITY_COUNT && strcmp(got[0], sn_quantity_name((sn_quantity)q)) != 0)
        q++;
    d.measure = (sn_measure){(sn_quantity)q, 1};
    size_t decimals;
    leaf l = {.span = whole,
              .cell = *point,
              .measure = d.measure,
              .is_upper = !asserted_upper,
              .at_point = true,
              .line = c->reader.line};
    if (!asserts(&c->text.claim, a, &d))
        return reject(c, "the value is not one that the assertion is about");
    if (!sn_count_read(got[3], SN_MOST_DECIMALS, &decimals)
        || !sn_fixed_read(got[4], (int)decimals, &l.units))
        return reject(c, "the bound is not a number of that many decimals");
    l.decimals = (int)decimals;
    if (!sn_fixed_implies(l.units, l.decimals, l.is_upper, d.limit, a->kind == SN_ASSERT_BOUND))
        return reject(c, "the value does not refute the assertion");
    return add_leaf(c, &l);
}

/* "layer k mu m nu n": where the path is then. */
static bool read_layer(checker *c, size_t layer, const sn_orbit *orbit)
{
    const char *got[SN_WORDS];
    size_t number;
    if (!expect(c, "layer ? mu ? nu ?", got))
        return false;
    if (!sn_count_read(got[0], MOST_LINKS, &number) || number != layer)
        return reject(c, "the layer has another number");
    for (int i = 0; i < 2; i++) {
        int64_t units;
        if (!sn_fixed_read(got[1 + i], SN_LAYER_DECIMALS, &units)
            || !sn_fixed_is_near(&orbit->at[i], SN_LAYER_DECIMALS, units))
            return reject(c, "the path is not there after so many layers");
    }
    return true;
}

static bool read_path(checker *c, const sn_assertion *a, const sn_span *whole,
                      const sn_dyadic *point)
{
    sn_orbit orbit;
    sn_orbit_init(&orbit, &c->map, whole, point);
    bool good = true;
    for (size_t layer = 0; good && layer <= a->layers; layer++) {
        good = read_layer(c, layer, &orbit)
               && (sn_orbit_outside(&orbit, &a->target_mu, &a->target_nu)
                   || reject(c, "here the path is not outside the target for certain"));
        sn_orbit_step(&orbit);
    }
    sn_orbit_clear(&orbit);
    return good;
}

static bool read_refutation(checker *c, const sn_span *whole)
{
    const sn_claim *claim = &c->text.claim;
    sn_reader_next(&c->reader);
    size_t index = 0;
    while (index < claim->n_assertions
           && !sn_assertion_said(&c->reader, "refutation", index + 1, &claim->assertions[index]))
        index++;
    if (index == claim->n_assertions)
        return reject(c, "the refutation of an assertion, in its words, is expected");
    const sn_assertion *a = &claim->assertions[index];
    sn_dyadic point;
    if (a->kind == SN_ASSERT_ATTRACTING)
        return reject(c, "no point refutes \"attracting\"");
    if (!read_point(c, whole, &point))
        return false;
    return a->kind == SN_ASSERT_ENTERS ? read_path(c, a, whole, &point)
                                       : read_value(c, a, whole, &point);
}

/* --- the boxes ---------------------------------------------------------------------------------- */

static void look(const checker *c, leaf *l)
{
    arb_t bound;
    arb_init(bound);
    if (l->at_point)
        sn_plain_value(bound, l->measure, l->is_upper, &c->map, l->span, &l->cell);
    else
        sn_plain_bound(bound, NULL, l->measure, l->is_upper, &c->map, l->span, &l->cell);
    l->wrong = !sn_fixed_fits(bound, l->is_upper, l->decimals, l->units);
    arb_clear(bound);
}

static bool look_at_all(checker *c)
{
#pragma omp parallel for schedule(dynamic, 16)
    for (size_t i = 0; i < c->count; i++)
        look(c, &c->leaves[i]);
    c->out->boxes += c->count;
    for (size_t i = 0; i < c->count; i++)
        if (c->leaves[i].wrong) {
            c->reader.line = c->leaves[i].line;
            return reject(c, "the bound is not what plain evaluation of the box gives, rounded");
        }
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------- */

static void forget(checker *c)
{
    for (span_list *s = c->spans; s != NULL;) {
        span_list *next = s->next;
        sn_span_clear(&s->span);
        free(s);
        s = next;
    }
    c->spans = NULL;
    c->count = 0;
}

/* The digest of the claim's lines, which began at `start`. */
static bool read_claim_digest(checker *c, const char *start)
{
    const char *got[SN_WORDS];
    char digest[SN_DIGEST_SIZE];
    sn_digest(digest, c->original + (start - c->copy), (size_t)(c->reader.at - start));
    return expect(c, "digest ?", got)
           && (strcmp(got[0], digest) == 0 || reject(c, "the digest is not that of the claim"));
}

static bool read_claim(checker *c, size_t number)
{
    const char *got[SN_WORDS];
    size_t n;
    if (!expect(c, "claim ? ?", got))
        return false;
    const bool refuted = strcmp(got[1], sn_verdict_text(SN_REFUTED)) == 0;
    if (!sn_count_read(got[0], MOST_CLAIMS, &n) || n != number)
        return reject(c, "the claim has another number");
    if (!refuted && strcmp(got[1], sn_verdict_text(SN_PROVED)) != 0)
        return reject(c, "\"proved\" or \"refuted\" is expected");
    const char *const before = c->reader.at;
    const char *wrong = sn_claim_read(&c->reader, &c->text);
    if (wrong != NULL)
        return reject(c, wrong);
    if (!read_claim_digest(c, before))
        return false;
    const sn_claim *claim = &c->text.claim;
    const sn_span *whole = add_span(c, claim->box);
    sn_error err = {0};
    if (whole == NULL)
        return false;
    const sn_status status = sn_ball_map_init(&c->map, claim, 192, &err);
    c->no_memory = c->no_memory || status == SN_ENOMEM;
    if (status != SN_OK)
        return reject(c, err.message);
    bool good = true;
    for (size_t i = 1; good && !refuted && i <= claim->n_assertions; i++)
        good = read_proof(c, i, whole);
    good = good && (!refuted || read_refutation(c, whole)) && !c->no_memory && look_at_all(c);
    sn_ball_map_clear(&c->map);
    c->out->proved += !refuted;
    c->out->refuted += refuted;
    return good;
}

/* The last line, and the text before it. */
static bool check_digest(checker *c, const char *text, size_t size)
{
    char line[SN_DIGEST_SIZE + 8], digest[SN_DIGEST_SIZE];
    const size_t length = 7 + SN_DIGEST_SIZE; /* with its newline */
    if (size < length)
        return reject(c, "this is too short for a certificate");
    sn_digest(digest, text, size - length);
    snprintf(line, sizeof line, "sha256 %s\n", digest);
    return memcmp(text + size - length, line, length) == 0
           || reject(c, "the digest at the end is not that of the text before it");
}

static bool check_text(checker *c, char *copy, size_t size)
{
    if (!check_digest(c, copy, size))
        return false;
    c->reader = (sn_reader){.at = copy, .end = copy + size};
    const char *got[SN_WORDS];
    size_t claims;
    if (!expect(c, SN_CERTIFICATE_HEAD, got) || !expect(c, "claims ?", got))
        return false;
    if (!sn_count_read(got[0], MOST_CLAIMS, &claims) || claims == 0)
        return reject(c, "the number of claims is not one that can be");
    for (size_t i = 1; i <= claims; i++) {
        const bool good = read_claim(c, i);
        forget(c);
        if (!good)
            return false;
    }
    return expect(c, "sha256 ?", got)
           && (c->reader.at == c->reader.end || reject(c, "there is text after the digest"));
}

sn_status sn_certificate_check(const char *text, size_t size, sn_check *out, sn_error *err)
{
    *out = (sn_check){0};
    checker *c = calloc(1, sizeof *c);
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
