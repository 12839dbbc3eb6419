/* Certificates: every one of a proof or of a refutation by a point is accepted, and says of what it is. */
#include "certify/certificate.h"

#include <stdlib.h>
#include <string.h>

#include "certificates.h"
#include "certify/chain.h"

#define LIST(...)                                                                                  \
    .assertions = (const sn_assertion[])                                                           \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

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
    const sn_assertion a[] = {{.kind = SN_ASSERT_BOUND,
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

UNIT_MAIN("certificate", proofs_are_accepted, long_decimals, refutations_are_accepted,
          some_have_no_certificate, several_claims_in_one, chains_of_parts,
          chains_that_do_not_cover)
