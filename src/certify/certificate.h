/* certificate.h: proofs of claims as text that simpler code can check.
 *
 * A certificate is plain text of lines, about one or more claims. Of each it holds the claim with all
 * its numbers, and then for each assertion what proves it, down to boxes with a bound each that plain
 * evaluation of the quantity over that box gives, without any search:
 *
 *     proof 1 spectral_norm below 1
 *     statement spectral_norm below 1 decimals 3 boxes 2
 *     box n 0.898
 *     box N 0.903
 *
 * says that below 0.898 it stays in the lower half of nu and below 0.903 in the upper. Of `attracting`
 * and `enters` it holds chains of boxes, and that each is taken into the next. Of a refuted claim it
 * holds one point. The last line is the SHA-256 of all before it, as `head -n -1 FILE | sha256sum`
 * has it.
 *
 * The checker shares with the prover the enclosures of the quantities and nothing else: no faces, no
 * branch and bound, no chains. */
#ifndef SELFNORM_CERTIFY_CERTIFICATE_H
#define SELFNORM_CERTIFY_CERTIFICATE_H

#include "claim.h"

SN_BEGIN_DECLS

typedef struct sn_certificate sn_certificate;

/* Empty. NULL: out of memory. */
sn_certificate *sn_certificate_new(void);
void sn_certificate_free(sn_certificate *certificate); /* NULL is fine */

/* What came of one claim. */
typedef struct sn_certified {
    bool done;                /* the claim is in the certificate */
    char reason[200];         /* if not: one sentence, why */
    size_t statements, boxes; /* in its part */
} sn_certified;

/* Adds a claim with its proof or refutation, of sn_claim_prove; a proof without pictures
 * (options.pave 0) is shorter. That an undecided claim has no certificate, nor a refutation of
 * `attracting`, nor a proof that would take too many boxes, is a result. most_boxes: so many a
 * statement, 0: 200000. The text does not depend on the number of threads. SN_ENOMEM; and SN_EDOMAIN,
 * SN_EUNKNOWN as sn_claim_prove. After a failure the certificate is as before. */
SN_NODISCARD sn_status sn_certificate_add(sn_certificate *certificate, const sn_claim *claim,
                                          const sn_proof *proof, size_t most_boxes,
                                          sn_certified *out, sn_error *err);

/* The text with its digest, for the claims added so far (one at least), NUL-terminated; *size, unless
 * NULL, is its length. The caller's to free(). NULL: out of memory. */
char *sn_certificate_text(const sn_certificate *certificate, size_t *size);

/* What a check found. */
typedef struct sn_check {
    bool valid;
    size_t line;            /* not valid: the line that is wrong, from 1; 0: the text as a whole */
    char reason[200];       /* not valid: one sentence */
    size_t proved, refuted; /* claims, if valid */
    size_t statements, boxes;
} sn_check;

/* Checks a certificate, any bytes. That it is not valid is a result. SN_ENOMEM alone. */
SN_NODISCARD sn_status sn_certificate_check(const char *text, size_t size, sn_check *out,
                                            sn_error *err);

SN_END_DECLS

#endif
