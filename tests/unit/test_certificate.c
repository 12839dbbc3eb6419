/* Certificates: every one of a proof is accepted, every altered one rejected. An alteration comes
 * with the old digest or with a new one, where the text itself has to give it away. */
#include "certify/certificate.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "certify/certificate_text.h"
#include "certify/chain.h"
#include "harness.h"
#include "lcg.h"

#define LIST(...)                                                                                  \
    .assertions = (const sn_assertion[])                                                           \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static const sn_activation_type *type(const char *name)
{
    return sn_activation_find(name);
}

/* The certificate of one claim with that verdict, or NULL with the reason. */
static char *certify(const sn_claim *claim, sn_verdict verdict, size_t most, sn_certified *out)
{
    sn_error err = {0};
    sn_proof proof;
    ck_assert_msg(sn_claim_prove(claim, NULL, &proof, &err) == SN_OK, "%s", err.message);
    ck_assert_int_eq(proof.verdict, verdict);
    sn_certificate *certificate = sn_certificate_new();
    ck_assert_ptr_nonnull(certificate);
    ck_assert_int_eq(sn_certificate_add(certificate, claim, &proof, most, out, &err), SN_OK);
    ck_assert_int_eq(out->done, out->reason[0] == '\0');
    size_t size;
    char *text = out->done ? sn_certificate_text(certificate, &size) : NULL;
    ck_assert(text == NULL || strlen(text) == size);
    sn_certificate_free(certificate);
    sn_proof_free(&proof);
    return text;
}

static sn_check check(const char *text, size_t size)
{
    sn_check found;
    ck_assert_int_eq(sn_certificate_check(text, size, &found, NULL), SN_OK);
    ck_assert_int_eq(found.valid, found.reason[0] == '\0');
    return found;
}

static const sn_claim *selu_claim(size_t which)
{
    static const sn_assertion entry[] = {{.kind = SN_ASSERT_ENTERS,
                                          .target_mu = {"-0.2", "0.2"},
                                          .target_nu = {"0.7", "2.1"},
                                          .layers = 5}};
    static const sn_assertion late[] = {{.kind = SN_ASSERT_ENTERS,
                                         .target_mu = {"-0.1", "0.1"},
                                         .target_nu = {"0.8", "1.5"},
                                         .layers = 2}};
    static const sn_assertion norm[] = {
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_SPECTRAL_NORM, .below = "0.85"}};
    static const sn_assertion two[] = {
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .above = "0.9", .below = "1.31"}};
    static const sn_assertion image[] = {{.kind = SN_ASSERT_INTO_ITSELF}};
    static const sn_assertion attracting[] = {{.kind = SN_ASSERT_ATTRACTING}};
    static sn_claim claims[] = {
        {.box = {{"-0.5", "0.45"}, {"0.7", "3.1"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
         .n_assertions = 1,
         .assertions = entry},
        {.box = {{"-0.5", "0.45"}, {"0.7", "3.1"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
         .n_assertions = 1,
         .assertions = late},
        {.box = {{"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
         .n_assertions = 1,
         .assertions = norm},
        {.box = {{"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
         .n_assertions = 1,
         .assertions = two},
        {.box = {{"-0.1", "0.1"}, {"0.8", "1.2"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
         .n_assertions = 1,
         .assertions = image},
        {.box = {{"-0.1", "0.1"}, {"1.2", "1.5"}, {"0", "0"}, {"1", "1"}},
         .n_assertions = 1,
         .assertions = attracting},
    };
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++)
        claims[i].activation = type("selu");
    return &claims[which];
}

enum { ENTERS, LATE, NORM, CHI1, IMAGE, NO_FIXED };

/* --- what is accepted --------------------------------------------------------------------------- */

static void accepted(const sn_claim *claim, sn_verdict verdict, const char *name)
{
    sn_certified made, again;
    char *text = certify(claim, verdict, 0, &made);
    ck_assert_msg(text != NULL, "%s: %s", name, made.reason);
    char *twice = certify(claim, verdict, 0, &again);
    ck_assert_str_eq(text, twice);
    const sn_check found = check(text, strlen(text));
    ck_assert_msg(found.valid, "%s: line %zu: %s", name, found.line, found.reason);
    ck_assert_uint_eq(found.proved, verdict == SN_PROVED);
    ck_assert_uint_eq(found.refuted, verdict == SN_REFUTED);
    ck_assert_uint_eq(found.statements, made.statements);
    if (verdict == SN_PROVED)
        ck_assert_uint_eq(found.boxes, made.boxes);
    NOTE("%s: %zu statements, %zu boxes, %zu bytes", name, made.statements, made.boxes,
         strlen(text));
    free(text);
    free(twice);
}

START_TEST(proofs_are_accepted)
{
    for (size_t i = 0; sn_claim_at(i) != NULL; i++)
        accepted(sn_claim_at(i), SN_PROVED, sn_claim_at(i)->name);
    accepted(selu_claim(ENTERS), SN_PROVED, "enters");
    accepted(selu_claim(CHI1), SN_PROVED, "chi1");
    sn_claim other = *sn_claim_find("theorem1");
    other.n_assertions = 1;
    other.map = SN_MAP_ENSEMBLE;
    accepted(&other, SN_PROVED, "ensemble");
    other.map = SN_MAP_CENTRED;
    other.params[0] = "1.7";
    other.params[1] = "1.05";
    other.bias_mean = "0.013";
    other.bias_variance = "1e-3";
    accepted(&other, SN_PROVED, "centred");
    other = (sn_claim){.activation = type("leaky_relu"),
                       .box = {{"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
                       .n_assertions = 2,
                       LIST({.kind = SN_ASSERT_BOUND, .quantity = SN_Q_NU_CHANGE, .below = "0"},
                            {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .above = "0.3"})};
    accepted(&other, SN_PROVED, "leaky_relu");
    other.activation = type("tanh");
    other.n_assertions = 1;
    accepted(&other, SN_PROVED, "tanh");
}
END_TEST

/* Decimals are taken as they are, of any length. */
START_TEST(long_decimals)
{
    sn_claim claim = *selu_claim(CHI1);
    const sn_assertion a[] = {
        {.kind = SN_ASSERT_BOUND,
         .quantity = SN_Q_CHI1,
         .below = "0.00013000000000000000000000000001e+4"}};
    claim.assertions = a;
    claim.box[SN_BOX_MU].upper = "+.1";
    claim.box[SN_BOX_TAU] = (sn_decimals){"1.0", "1.00"};
    accepted(&claim, SN_PROVED, "long");
}
END_TEST

START_TEST(refutations_are_accepted)
{
    accepted(selu_claim(NORM), SN_REFUTED, "norm");
    accepted(selu_claim(IMAGE), SN_REFUTED, "image");
    accepted(selu_claim(LATE), SN_REFUTED, "late");
}
END_TEST

START_TEST(some_have_no_certificate)
{
    sn_certified made;
    ck_assert_ptr_null(certify(selu_claim(NO_FIXED), SN_REFUTED, 0, &made));
    ck_assert_ptr_nonnull(strstr(made.reason, "point"));
    ck_assert_ptr_null(certify(sn_claim_find("theorem1"), SN_PROVED, 5, &made));
    ck_assert_ptr_nonnull(strstr(made.reason, "more than 5 boxes"));
    const sn_claim *claim = selu_claim(CHI1);
    const sn_proof undecided = {.verdict = SN_UNDECIDED};
    sn_certificate *certificate = sn_certificate_new();
    ck_assert_int_eq(sn_certificate_add(certificate, claim, &undecided, 0, &made, NULL), SN_OK);
    ck_assert(!made.done && made.reason[0] != '\0');
    sn_certificate_free(certificate);
}
END_TEST

/* --- alterations -------------------------------------------------------------------------------- */

/* New digests for all claims whose lines are found, in place. */
static void seal_claims(char *text)
{
    char digest[SN_DIGEST_SIZE];
    for (char *at = strstr(text, "\nmap "); at != NULL; at = strstr(at, "\nmap ")) {
        char *end = strstr(++at, "\ndigest ");
        if (end == NULL || strlen(end) < 8 + SN_DIGEST_SIZE)
            return;
        sn_digest(digest, at, (size_t)(end + 1 - at));
        memcpy(end + 8, digest, SN_DIGEST_SIZE - 1);
        at = end;
    }
}

/* The text with a new digest in place of its last line; the caller's. */
static char *sealed(const char *text)
{
    size_t body = strlen(text);
    while (body > 0 && text[body - 1] == '\n')
        body--;
    while (body > 0 && text[body - 1] != '\n')
        body--;
    char digest[SN_DIGEST_SIZE], *out = malloc(body + 100);
    ck_assert_ptr_nonnull(out);
    memcpy(out, text, body);
    sn_digest(digest, out, body);
    snprintf(out + body, 100, "sha256 %s\n", digest);
    return out;
}

/* All certificates of the built-in claims, and others, in one. */
static char *all_in_one(void)
{
    sn_certificate *certificate = sn_certificate_new();
    const sn_claim *claims[] = {sn_claim_find("theorem1"), sn_claim_find("image"), selu_claim(LATE),
                                selu_claim(NORM)};
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        sn_proof proof;
        sn_certified made;
        ck_assert_int_eq(sn_claim_prove(claims[i], NULL, &proof, NULL), SN_OK);
        ck_assert_int_eq(sn_certificate_add(certificate, claims[i], &proof, 0, &made, NULL), SN_OK);
        ck_assert(made.done);
        sn_proof_free(&proof);
    }
    char *text = sn_certificate_text(certificate, NULL);
    sn_certificate_free(certificate);
    return text;
}

START_TEST(several_claims_in_one)
{
    char *text = all_in_one();
    const sn_check found = check(text, strlen(text));
    ck_assert_msg(found.valid, "%zu: %s", found.line, found.reason);
    ck_assert_uint_eq(found.proved, 2);
    ck_assert_uint_eq(found.refuted, 2);
    char *from = strstr(text, "claim 2 "), *to = strstr(text, "claim 3 ");
    memmove(from, to, strlen(to) + 1);
    char *less = sealed(text);
    ck_assert(!check(less, strlen(less)).valid);
    free(less);
    free(text);
}
END_TEST

/* A place in the text after `after` where `from` becomes `to`; the reason says `why`. */
typedef struct tampering {
    const char *after, *from, *to, *why;
} tampering;

static void is_rejected(const char *text, const tampering *t)
{
    const char *place = strstr(text, t->after);
    ck_assert_msg(place != NULL, "no '%s'", t->after);
    place = strstr(place, t->from);
    ck_assert_msg(place != NULL, "no '%s' after '%s'", t->from, t->after);
    char *altered = malloc(strlen(text) + strlen(t->to) + 1);
    memcpy(altered, text, (size_t)(place - text));
    strcpy(altered + (place - text), t->to);
    strcat(altered, place + strlen(t->from));
    sn_check found = check(altered, strlen(altered));
    ck_assert(!found.valid);
    ck_assert_ptr_nonnull(strstr(found.reason, "digest"));
    seal_claims(altered);
    char *again = sealed(altered);
    found = check(again, strlen(again));
    ck_assert_msg(!found.valid && strstr(found.reason, t->why) != NULL,
                  "'%s' to '%s' after '%s': %s", t->from, t->to, t->after, found.reason);
    free(altered);
    free(again);
}

START_TEST(tampering_is_seen)
{
    static const tampering cases[] = {
        {"selfnorm", "certificate 1", "certificate 2", "selfnorm certificate 1"},
        {"claims", "1", "2", "\"claim ? ?\""},
        {"claim 1", "proved", "refuted", "refutation"},
        {"claim 1", "proved", "undecided", "expected"},
        {"map", "neuron", "ensemble", "plain evaluation"},
        {"map", "neuron", "centered", "no such map"},
        {"alpha", "exact", "1.6733", "plain evaluation"},
        {"lambda", "exact", "default", "not a decimal"},
        {"variance", "1", "1.001", "plain evaluation"},
        {"digest", "digest ", "digest 0", "digest"},
        {"bias", "mean 0", "mean 1e300", "bias"},
        {"parts", "nu 0.8", "nu -0.8", "above 0"},
        {"parts", "nu 0.8", "nu 1e300", "numbers that can be"},
        {"bias", "mean 0", "mean 0.001", "plain evaluation"},
        {"bias", "variance 0", "variance -1", "variance"},
        {"mu ", "-0.1", "-0.11", "plain evaluation"},
        {"mu ", "-0.1", "0.1", "no link is inside"},
        {"mu ", "-0.1", "0.2", "ends in order"},
        {"nu ", "0.8", "0.79", "plain evaluation"},
        {"nu ", "0.8", "-0.8", "above 0"},
        {"tau ", "1.1", "1.2", "plain evaluation"},
        {"assertions", "7", "6", "digest"},
        {"assertions", "7", "99", "number of assertions"},
        {"assertion 1", "below 1", "below 0.99", "proof"},
        {"assertion 3 ", "mu_next above -0.1\n", "attracting\n", "proof"},
        {"proof 1", "proof 1", "proof 2", "proof"},
        {"proof 2", "below 0.9", "below 0.91", "proof"},
        {"proof 2", "statement", "Statement", "statement"},
        {"statement", "below", "above", "statement"},
        {"statement", "decimals 3", "decimals 4", "decimals"},
        {"statement", "decimals 3", "decimals 99", "number of decimals"},
        {"statement", "boxes 6", "boxes 7", "\"box ? ?\""},
        {"statement", "boxes 6", "boxes 5", "end before"},
        {"statement", "boxes 6", "boxes 0", "of boxes"},
        {"statement", "boxes 6", "boxes 06", "of boxes"},
        {"statement", "boxes 6", "boxes 6 ", "statement"},
        {"statement", "box nn", "box nN", "follow"},
        {"statement", "box nN", "box mN", "follow"},
        {"statement", "box nN", "box nn", "follow"},
        {"statement", "box nN", "box nNN", "follow"},
        {"statement", "box nN", "box xN", "letters"},
        {"statement", "0.994", "0.995", "plain evaluation"},
        {"statement", "0.994", "0.993", "plain evaluation"},
        {"statement", "0.994", "1.001", "imply"},
        {"statement", "0.994", ".994", "decimals"},
        {"statement", "0.994", "0.9940", "decimals"},
        {"statement", "0.994", "nan", "decimals"},
        {"statement", "0.994", "0x1p-1", "decimals"},
        {"statement", "0.994", "0.994\n# fine", "\"box ? ?\""},
        {"statement", "0.994", "0.994\r", "\"box ? ?\""},
        {"statement", "0.994", "99999999999999999999.994", "decimals"},
        {"attracting\nparts", "parts 1", "parts 2", "expected"},
        {"attracting\nparts", "parts 1", "parts 0", "parts"},
        {"parts", "part -", "part o", "parts end"},
        {"parts", "part -", "part n", "letters"},
        {"parts", "links 1", "links 0", "links"},
        {"parts", "weight 1.000000", "weight 1.500000", "plain evaluation"},
        {"parts", "weight 1.000000", "weight 0.000000", "weight"},
        {"parts", "weight 1.000000", "weight inf", "weight"},
        {"parts", "link 1", "link 2", "another number"},
        {"parts", "nu 0.8", "nu 0.9", "statement"},
        {"sha256", "sha256", "sha256 x", "sha256 ?"},
    };
    sn_certified made;
    char *text = certify(sn_claim_find("theorem1"), SN_PROVED, 0, &made);
    for (size_t i = 0; i + 1 < sizeof cases / sizeof cases[0]; i++)
        is_rejected(text, &cases[i]);
    free(text);
}
END_TEST

START_TEST(tampered_entries_and_refutations_are_seen)
{
    static const tampering entry[] = {
        {"enters mu", "-0.2", "-0.3", "proof"},
        {"enters mu", "layers 5", "layers 3", "proof"},
        {"proof 1", "layers 5", "layers 4", "proof"},
        {"part", "link 1", "link 01", "another number"},
    };
    static const tampering late[] = {
        {"refutation", "layers 2", "layers 1", "refutation"},
        {"at ", "1/2", "2/4", "lowest terms"},
        {"at ", "1/2", "3/2", "lowest terms"},
        {"at ", "1/2", "1/3", "lowest terms"},
        {"layer 0", "layer 0", "layer 1", "another number"},
        {"layer 1", "mu 0.", "mu 1.", "not there"},
        {"layer 0", "nu 1.", "nu 2.", "not there"},
    };
    static const tampering norm[] = {
        {"refutation", "refutation 1", "refutation 2", "refutation"},
        {"value", "above 0.85", "above 0.84", "about"},
        {"value", "above", "below", "about"},
        {"value", "spectral_norm", "spectral_radius", "about"},
        {"bound 0.8", "0.8", "0.9", "plain evaluation"},
        {"bound 0.8", "0.8", "0.7", "does not refute"},
    };
    sn_certified made;
    char *text = certify(selu_claim(ENTERS), SN_PROVED, 0, &made);
    for (size_t i = 0; i < sizeof entry / sizeof entry[0]; i++)
        is_rejected(text, &entry[i]);
    free(text);
    text = certify(selu_claim(LATE), SN_REFUTED, 0, &made);
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++)
        is_rejected(text, &late[i]);
    free(text);
    text = certify(selu_claim(NORM), SN_REFUTED, 0, &made);
    for (size_t i = 0; i < sizeof norm / sizeof norm[0]; i++)
        is_rejected(text, &norm[i]);
    free(text);
}
END_TEST

/* A chain for a whole is one for its parts. In no order, as the parts of a proof come. */
static void split_chain(struct sn_chains *chains, int first, int second)
{
    static const double ends[3][4] = {{0.5, 1, 0.5, 1}, {0, 0.5, 0, 1}, {0.5, 1, 0, 0.5}};
    ck_assert_uint_eq(chains->count, 1);
    sn_chain parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = chains->item[0];
        parts[i].link = malloc(parts[i].n * sizeof *parts[i].link);
        ck_assert_ptr_nonnull(parts[i].link);
        memcpy(parts[i].link, chains->item[0].link, parts[i].n * sizeof *parts[i].link);
        parts[i].part.from[first] = ends[i][0];
        parts[i].part.to[first] = ends[i][1];
        parts[i].part.from[second] = ends[i][2];
        parts[i].part.to[second] = ends[i][3];
    }
    sn_chain_clear(&chains->item[0]);
    chains->count = 0;
    for (int i = 0; i < 3; i++)
        ck_assert(sn_chains_move(chains, &parts[i]));
}

static void parts_of(const sn_claim *claim, int first, int second, const char *const leaves[3])
{
    sn_proof proof;
    sn_certified made;
    ck_assert_int_eq(sn_claim_prove(claim, NULL, &proof, NULL), SN_OK);
    split_chain(proof.chains, first, second);
    sn_certificate *certificate = sn_certificate_new();
    ck_assert_int_eq(sn_certificate_add(certificate, claim, &proof, 0, &made, NULL), SN_OK);
    ck_assert_msg(made.done, "%s", made.reason);
    char *text = sn_certificate_text(certificate, NULL), *part[4];
    part[3] = strstr(text, "sha256");
    for (int i = 0; i < 3; i++) {
        char line[40];
        snprintf(line, sizeof line, "\npart %s links", leaves[i]);
        part[i] = strstr(text, line);
        ck_assert_msg(part[i] != NULL, "no part %s", leaves[i]);
        part[i]++;
    }
    for (int i = 0; i < 3; i++) { /* one part less */
        char *less = malloc(strlen(text) + 1);
        strcpy(less, text);
        memmove(less + (part[i] - text), part[i + 1], strlen(part[i + 1]) + 1);
        strstr(less, "parts 3")[6] = '2';
        char *again = sealed(less);
        const sn_check found = check(again, strlen(again));
        ck_assert(!found.valid && strstr(found.reason, "part") != NULL);
        free(less);
        free(again);
    }
    free(text);
    sn_certificate_free(certificate);
    sn_proof_free(&proof);
}

START_TEST(chains_of_parts)
{
    parts_of(sn_claim_find("theorem1"), SN_BOX_OMEGA, SN_BOX_TAU,
             (const char *const[]){"o", "Ot", "OT"});
    parts_of(selu_claim(ENTERS), SN_BOX_NU, SN_BOX_MU, (const char *const[]){"n", "Nm", "NM"});
}
END_TEST

/* Holes in a proof: what it makes of them is no certificate. */
START_TEST(chains_that_do_not_cover)
{
    const sn_claim *claim = sn_claim_find("theorem1");
    sn_proof proof;
    sn_certified made;
    ck_assert_int_eq(sn_claim_prove(claim, NULL, &proof, NULL), SN_OK);
    split_chain(proof.chains, SN_BOX_OMEGA, SN_BOX_TAU);
    sn_chain_clear(&proof.chains->item[--proof.chains->count]);
    sn_certificate *certificate = sn_certificate_new();
    ck_assert_int_eq(sn_certificate_add(certificate, claim, &proof, 0, &made, NULL), SN_OK);
    ck_assert(!made.done);
    sn_certificate_free(certificate);
    sn_proof_free(&proof);
}
END_TEST

/* --- at random ---------------------------------------------------------------------------------- */

static size_t below(uint64_t *state, size_t n)
{
    return (size_t)lcg_uniform(state, 0, (double)n);
}

/* The start of a random line and its length with the newline. */
static char *some_line(char *text, uint64_t *state, size_t *length)
{
    char *at = text + below(state, strlen(text));
    while (at > text && at[-1] != '\n')
        at--;
    *length = strcspn(at, "\n") + 1;
    return at;
}

/* One alteration in place; text has room for twice its length. */
static void alter(char *text, uint64_t *state)
{
    const size_t size = strlen(text), at = below(state, size);
    size_t a, b;
    char *line = some_line(text, state, &a), *other = some_line(text, state, &b), copy[512];
    const size_t rest = strlen(line) + 1;
    switch (below(state, 6)) {
    case 0: /* a byte, or a bit of it */
        text[at] = (char)(text[at] ^ (1 << below(state, 7)));
        text[at] = (char)(text[at] != '\0' ? text[at] : '0');
        break;
    case 1: { /* a digit */
        const size_t digit = at + strcspn(text + at, "0123456789");
        if (digit < size)
            text[digit] = (char)('0' + (text[digit] - '0' + 1 + (int)below(state, 9)) % 10);
        break;
    }
    case 2: /* a byte less */
        memmove(text + at, text + at + 1, size - at);
        break;
    case 3: /* a line less */
        memmove(line, line + a, rest - a);
        break;
    case 4: /* a line twice */
        memmove(line + a, line, rest);
        break;
    default: /* two lines swapped */
        if (line >= other || a >= sizeof copy)
            break;
        memcpy(copy, line, a);
        memmove(line, line + a, (size_t)(other + b - line) - a);
        memcpy(other + b - a, copy, a);
    }
}

/* Whether two texts differ in numbers of equal value alone or, in a box, by a unit of the last
 * decimal: the bound's rounding then has two results, for the sake of other versions of Arb. */
static bool means_the_same(const char *a, const char *b)
{
    for (;;) {
        const size_t m = strcspn(a, " \n"), n = strcspn(b, " \n");
        if (m != n || strncmp(a, b, m) != 0) {
            char *after[2];
            const double x = strtod(a, &after[0]), y = strtod(b, &after[1]);
            const bool numbers = after[0] == a + m && after[1] == b + n && m > 0 && n > 0;
            const char *point = memchr(a, '.', m);
            const double unit = point != NULL ? pow(10, -(double)(a + m - point - 1)) : 0;
            if (!numbers || (x != y && !(m == n && fabs(fabs(x - y) - unit) < 1e-3 * unit)))
                return false;
        }
        a += m;
        b += n;
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
        a++;
        b++;
    }
}

static size_t difference(const char *a, const char *b)
{
    size_t at = 0;
    while (a[at] == b[at])
        at++;
    return at < 30 ? 0 : at - 30;
}

START_TEST(random_alterations_are_rejected)
{
    uint64_t state = 20261121;
    char *texts[3];
    sn_certified made;
    texts[0] = certify(sn_claim_find("theorem1"), SN_PROVED, 0, &made);
    texts[1] = certify(selu_claim(ENTERS), SN_PROVED, 0, &made);
    texts[2] = all_in_one();
    size_t accepted = 0;
    for (int i = 0; i < 2000; i++) {
        const char *text = texts[i % 3];
        char *altered = calloc(2, strlen(text) + 1);
        strcpy(altered, text);
        while (strcmp(altered, text) == 0)
            alter(altered, &state);
        ck_assert(!check(altered, strlen(altered)).valid);
        char *again = sealed(altered);
        if (strcmp(again, text) != 0 && check(again, strlen(again)).valid) {
            accepted++;
            ck_assert_msg(means_the_same(text, again), "accepted: %.80s, was %.80s",
                          again + difference(text, again), text + difference(text, again));
        }
        free(altered);
        free(again);
    }
    NOTE("%zu of 2000 with a new digest mean the same", accepted);
    for (int i = 0; i < 3; i++)
        free(texts[i]);
}
END_TEST

START_TEST(any_bytes_are_survived)
{
    uint64_t state = 7;
    char bytes[300];
    ck_assert(!check("", 0).valid);
    ck_assert(!check("\0\n", 2).valid);
    for (int i = 0; i < 1000; i++) {
        for (size_t j = 0; j < sizeof bytes; j++)
            bytes[j] = (char)below(&state, 256);
        bytes[sizeof bytes - 1] = '\0';
        ck_assert(!check(bytes, sizeof bytes).valid);
        char *again = sealed(bytes);
        ck_assert(!check(again, strlen(again)).valid);
        free(again);
    }
}
END_TEST

UNIT_MAIN("certificate", proofs_are_accepted, long_decimals, refutations_are_accepted,
          some_have_no_certificate, several_claims_in_one, tampering_is_seen,
          tampered_entries_and_refutations_are_seen, chains_of_parts, chains_that_do_not_cover,
          random_alterations_are_rejected, any_bytes_are_survived)
