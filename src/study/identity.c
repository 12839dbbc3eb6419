/* What a run depends on, as a text of a few lines and its digest: the version of the program, the
 * configuration with all its defaults and what flags have set, and the rows of data it reads.
 * Neither threads nor ranks: they change no byte.
 */
#include "study/identity.h"

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "study/bytes.h"

#define FORMAT "selfnorm checkpoint 1"

void sn_sha256(uint8_t digest[SN_SHA256_BYTES], const void *bytes, size_t size)
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, bytes, size);
    SHA256Final(digest, &context);
}

void sn_sha256_hex(const uint8_t digest[SN_SHA256_BYTES], char hex[SN_SHA256_HEX])
{
    for (size_t i = 0; i < SN_SHA256_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void add_number(SHA2_CTX *context, uint64_t number)
{
    uint8_t bytes[SN_WORD];
    sn_bytes_put(bytes, number);
    SHA256Update(context, bytes, sizeof bytes);
}

/* All rows that the points read, each set once if neighbours share it. */
static void digest_data(const sn_config *config, char hex[SN_SHA256_HEX])
{
    SHA2_CTX context;
    uint8_t digest[SN_SHA256_BYTES];
    const double *before = NULL;
    SHA256Init(&context);
    for (size_t i = 0; i < config->n_points; i++) {
        const sn_simulation_spec *run = &config->points[i].simulate.run;
        const sn_input *input = &run->input;
        if (input->law != SN_INPUT_ROWS || input->rows == before)
            continue;
        before = input->rows;
        add_number(&context, input->n_rows);
        add_number(&context, run->width);
        for (size_t j = 0; j < input->n_rows * run->width; j++)
            add_number(&context, sn_bytes_of_double(input->rows[j]));
    }
    SHA256Final(digest, &context);
    sn_sha256_hex(digest, hex);
}

sn_status sn_identity_make(const sn_config *config, sn_identity *out, sn_error *err)
{
    char data[SN_SHA256_HEX];
    digest_data(config, data);
    const size_t size = strlen(config->resolved) + strlen(sn_version()) + sizeof data + 64;
    *out = (sn_identity){.text = malloc(size)};
    if (out->text == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    snprintf(out->text, size, FORMAT "\nversion %s\ndata %s\n%s\n", sn_version(), data,
             config->resolved);
    sn_sha256(out->digest, out->text, strlen(out->text));
    sn_sha256_hex(out->digest, out->hex);
    return SN_OK;
}

void sn_identity_free(sn_identity *identity)
{
    free(identity->text);
    *identity = (sn_identity){0};
}

/* --- what differs ----------------------------------------------------------------------------- */

/* A line of JSON as words: without the space before it and the comma behind it. */
typedef struct span {
    const char *at;
    int length;
} span;

static span words_of(const char *line)
{
    line += strspn(line, " \t");
    int length = (int)strcspn(line, "\n");
    if (length > 0 && line[length - 1] == ',')
        length--;
    return (span){line, length < 160 ? length : 160};
}

/* The first line of both that is not the same. */
static void skip_equal_lines(const char **a, const char **b)
{
    for (;;) {
        const size_t n = strcspn(*a, "\n"), m = strcspn(*b, "\n");
        if (n != m || memcmp(*a, *b, n) != 0 || (*a)[n] == '\0' || (*b)[n] == '\0')
            return;
        *a += n + 1;
        *b += n + 1;
    }
}

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

void sn_identity_difference(const char *theirs, const char *ours, char *words, size_t size)
{
    const char *a = theirs, *b = ours;
    skip_equal_lines(&a, &b);
    const span there = words_of(a), here = words_of(b);
    if (a == theirs)
        snprintf(words, size, "its format is another");
    else if (begins(a, "version ") && begins(b, "version "))
        snprintf(words, size, "selfnorm %.*s wrote it, this is selfnorm %.*s", there.length - 8,
                 there.at + 8, here.length - 8, here.at + 8);
    else if (begins(a, "data ") && begins(b, "data "))
        snprintf(words, size, "its input data have other values");
    else
        snprintf(words, size, "its configuration has %.*s where this one has %.*s",
                 there.length > 0 ? there.length : 3, there.length > 0 ? there.at : "end",
                 here.length > 0 ? here.length : 3, here.length > 0 ? here.at : "end");
}
