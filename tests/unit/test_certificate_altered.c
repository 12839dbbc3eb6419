/* Certificates altered: all are rejected. An alteration comes with the old digest or with a new one,
 * where the text itself has to give it away. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "certificates.h"
#include "lcg.h"

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
        {"statement", "boxes 4", "boxes 5", "\"box ? ?\""},
        {"statement", "boxes 4", "boxes 3", "end before"},
        {"statement", "boxes 4", "boxes 0", "of boxes"},
        {"statement", "boxes 4", "boxes 04", "of boxes"},
        {"statement", "boxes 4", "boxes 4 ", "statement"},
        {"statement", "box nn", "box nN", "follow"},
        {"statement", "box nN", "box mN", "follow"},
        {"statement", "box nN", "box nn", "follow"},
        {"statement", "box nN", "box nNN", "follow"},
        {"statement", "box nN", "box xN", "letters"},
        {"statement", "0.963", "0.964", "plain evaluation"},
        {"statement", "0.963", "0.962", "plain evaluation"},
        {"statement", "0.963", "1.001", "imply"},
        {"statement", "0.963", ".963", "decimals"},
        {"statement", "0.963", "0.9630", "decimals"},
        {"statement", "0.963", "nan", "decimals"},
        {"statement", "0.963", "0x1p-1", "decimals"},
        {"statement", "0.963", "0.963\n# fine", "\"box ? ?\""},
        {"statement", "0.963", "0.963\r", "\"box ? ?\""},
        {"statement", "0.963", "99999999999999999999.963", "decimals"},
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

UNIT_MAIN("certificate_altered", tampering_is_seen, tampered_entries_and_refutations_are_seen,
          random_alterations_are_rejected, any_bytes_are_survived)
