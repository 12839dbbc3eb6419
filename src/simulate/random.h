/* random.h: random numbers by position. Not installed.
 *
 * A stream is named, not stored: seed, replica, layer, purpose and row say which one, and its
 * values can be drawn without drawing those of any other. Streams of different names are
 * independent; the same name gives the same bits on every machine, in any order, from any thread.
 */
#ifndef SELFNORM_SIMULATE_RANDOM_H
#define SELFNORM_SIMULATE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* What a stream is drawn for, so that no two uses share numbers; below 16. */
typedef enum sn_purpose {
    SN_FOR_INPUT,
    SN_FOR_WEIGHT,
    SN_FOR_REDRAW,
    SN_FOR_BIAS,
    SN_FOR_GRADIENT,
    SN_FOR_SPARSE, /* where weights, or entries of the input, are not zero */
    SN_FOR_CLUSTER,
    SN_FOR_DROPOUT,
    SN_FOR_GRAM,
    SN_FOR_GRAM_BACK
} sn_purpose;

enum { SN_STREAM_REPLICA_BITS = 28 };

/* Numbers are drawn in batches of 16 blocks: 256 bytes, be they 64 floats or 32 doubles. */
enum { SN_STREAM_BATCH_BLOCKS = 16, SN_STREAM_BATCH_BYTES = 256 };

typedef struct sn_stream {
    uint64_t seed;
    uint32_t replica; /* below 2^28 */
    uint32_t layer;
    uint32_t row;
    uint32_t block; /* where to begin: 0, or a later batch's first block */
    sn_purpose purpose;
} sn_stream;

/* The four random words of the block where the stream begins: Philox 4x32-10 of its name. */
void sn_stream_words(const sn_stream *stream, uint32_t words[4]);

/* The first n values of the stream, n <= 2^34 (float), 2^33 (double), as independent numbers of
 * mean 0 and variance 1: standard normal, beyond 6.7 deviations in float and 8.6 in double, or
 * uniform on -sqrt(3) to sqrt(3). */
void sn_stream_normals_float(const sn_stream *stream, size_t n, float *out);
void sn_stream_normals_double(const sn_stream *stream, size_t n, double *out);
void sn_stream_uniforms_float(const sn_stream *stream, size_t n, float *out);
void sn_stream_uniforms_double(const sn_stream *stream, size_t n, double *out);

#endif
