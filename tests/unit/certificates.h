/* certificates.h: claims to certify, their certificates, and these with digests that belong to what
 * was made of them. */
#ifndef TESTS_CERTIFICATES_H
#define TESTS_CERTIFICATES_H

#include <stdbool.h>
#include <string.h>

#include "certify/certificate.h"
#include "certify/certificate_text.h"
#include "harness.h"

static inline const sn_activation_type *type(const char *name)
{
    return sn_activation_find(name);
}

/* The certificate of one claim with that verdict, or NULL with the reason. */
static inline char *certify(const sn_claim *claim, sn_verdict verdict, size_t most,
                            sn_certified *out)
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

static inline sn_check check(const char *text, size_t size)
{
    sn_check found;
    ck_assert_int_eq(sn_certificate_check(text, size, &found, NULL), SN_OK);
    ck_assert_int_eq(found.valid, found.reason[0] == '\0');
    return found;
}

static inline const sn_claim *selu_claim(size_t which)
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

/* New digests for all claims whose lines are found, in place. */
static inline void seal_claims(char *text)
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
static inline char *sealed(const char *text)
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
static inline char *all_in_one(void)
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

#endif
