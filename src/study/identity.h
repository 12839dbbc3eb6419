/* identity.h: which run a checkpoint or a result belongs to. Runs of one identity give the same
 * bytes, whoever does them, in however many pieces.
 */
#ifndef SELFNORM_STUDY_IDENTITY_H
#define SELFNORM_STUDY_IDENTITY_H

#include <stdint.h>

#include "config/config.h"

enum { SN_SHA256_BYTES = 32, SN_SHA256_HEX = 2 * SN_SHA256_BYTES + 1 };

typedef struct sn_identity {
    char *text; /* lines: this format, the version, a digest of the data, the configuration */
    uint8_t digest[SN_SHA256_BYTES]; /* SHA-256 of the text */
    char hex[SN_SHA256_HEX];         /* the same for people */
} sn_identity;

/* Of a "simulate" configuration. The data are the rows themselves, not the name of their file.
 * *out is the caller's to free, and empty after a failure. SN_ENOMEM. */
SN_NODISCARD sn_status sn_identity_make(const sn_config *config, sn_identity *out, sn_error *err);
void sn_identity_free(sn_identity *identity); /* {0} is fine */

/* In words, how the run of the text `theirs` differs from `ours`; the texts are not equal. */
void sn_identity_difference(const char *theirs, const char *ours, char *words, size_t size);

void sn_sha256(uint8_t digest[SN_SHA256_BYTES], const void *bytes, size_t size);
void sn_sha256_hex(const uint8_t digest[SN_SHA256_BYTES], char hex[SN_SHA256_HEX]);

#endif
