/* Totals as bytes and back. The digest at the end is looked at before anything else: a file that is
 * not whole, or was altered, is never taken for what it is not.
 */
#include "study/point_file.h"

#include <stdlib.h>
#include <string.h>

#include "study/bytes.h"

static const char magic[SN_WORD] = {'s', 'n', 'p', 'o', 'i', 'n', 't', '1'};
enum { HEAD = SN_WORD + SN_SHA256_BYTES + 3 * SN_WORD };

static size_t point_size(size_t doubles)
{
    return HEAD + doubles * SN_WORD + SN_SHA256_BYTES;
}

uint8_t *sn_point_bytes(const uint8_t run[SN_SHA256_BYTES], size_t point,
                        const sn_point_state *state, size_t *size)
{
    *size = point_size(state->size);
    uint8_t *bytes = malloc(*size), *at = bytes;
    if (bytes == NULL)
        return NULL;
    memcpy(at, magic, SN_WORD);
    at += SN_WORD;
    memcpy(at, run, SN_SHA256_BYTES);
    at += SN_SHA256_BYTES;
    const uint64_t head[] = {point, state->replicas, state->size};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++, at += SN_WORD)
        sn_bytes_put(at, head[i]);
    for (size_t i = 0; i < state->size; i++, at += SN_WORD)
        sn_bytes_put(at, sn_bytes_of_double(state->values[i]));
    sn_sha256(at, bytes, (size_t)(at - bytes));
    return bytes;
}

sn_status sn_point_parse(const char *path, const uint8_t run[SN_SHA256_BYTES], size_t point,
                         const uint8_t *bytes, size_t size, sn_point_state *out, sn_error *err)
{
    uint8_t digest[SN_SHA256_BYTES];
    const uint8_t *of = bytes + SN_WORD, *head = of + SN_SHA256_BYTES;
    if (size < point_size(0) || memcmp(bytes, magic, SN_WORD) != 0)
        return sn_fail(err, SN_EINVAL, "%s is damaged", path);
    sn_sha256(digest, bytes, size - SN_SHA256_BYTES);
    if (memcmp(digest, bytes + size - SN_SHA256_BYTES, SN_SHA256_BYTES) != 0)
        return sn_fail(err, SN_EINVAL, "%s is damaged", path);
    if (memcmp(of, run, SN_SHA256_BYTES) != 0)
        return sn_fail(err, SN_EINVAL, "%s is of another run", path);
    const size_t doubles = (size - point_size(0)) / SN_WORD;
    if (sn_bytes_get(head) != point || sn_bytes_get(head + 2 * SN_WORD) != doubles
        || point_size(doubles) != size || doubles == 0)
        return sn_fail(err, SN_EINVAL, "%s is of another point", path);
    out->values = malloc(doubles * sizeof *out->values);
    if (out->values == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    out->replicas = (size_t)sn_bytes_get(head + SN_WORD);
    out->size = doubles;
    for (size_t i = 0; i < doubles; i++)
        out->values[i] = sn_bytes_to_double(sn_bytes_get(bytes + HEAD + i * SN_WORD));
    return SN_OK;
}
