/* Any bytes as a certificate, and again with the digests that belong to them: they are accepted or
 * rejected with a reason. A target for libFuzzer as fuzz_config.c; a test over its corpus. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "certify/certificate.h"
#include "certify/certificate_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int held)
{
    if (!held)
        abort();
}

static void check(const char *text, size_t size)
{
    sn_check found;
    demand(sn_certificate_check(text, size, &found, NULL) == SN_OK);
    demand(found.valid == (found.reason[0] == '\0'));
    for (const char *c = found.reason; *c != '\0'; c++)
        demand((unsigned char)*c >= 0x20 && *c != 0x7f);
}

/* New digests for the claims whose lines are found. */
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

/* The last line becomes the digest of the rest. */
static void check_sealed(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 100), digest[SN_DIGEST_SIZE];
    demand(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    while (size > 0 && text[size - 1] == '\n')
        size--;
    while (size > 0 && text[size - 1] != '\n')
        size--;
    text[size] = '\0';
    seal_claims(text);
    sn_digest(digest, text, size);
    memcpy(text + size, "sha256 ", 7);
    memcpy(text + size + 7, digest, SN_DIGEST_SIZE - 1);
    text[size + 7 + SN_DIGEST_SIZE - 1] = '\n';
    check(text, size + 7 + SN_DIGEST_SIZE);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check((const char *)data, size);
    check_sealed(data, size);
    return 0;
}
