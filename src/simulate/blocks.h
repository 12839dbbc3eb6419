/* blocks.h: a block of a stream, and how a batch of them is laid out. Not installed: random.c and
 * normals.c are its only callers. */
#ifndef SELFNORM_SIMULATE_BLOCKS_H
#define SELFNORM_SIMULATE_BLOCKS_H

#include <Random123/philox.h>

#include "base/clones.h"
#include "simulate/random.h"

enum {
    LANES = SN_STREAM_BATCH_BLOCKS,
    FLOATS = SN_STREAM_BATCH_BYTES / sizeof(float),
    DOUBLES = SN_STREAM_BATCH_BYTES / sizeof(double)
};

/* The last word of the counter. */
static SN_INLINE uint32_t sn_stream_last(const sn_stream *stream)
{
    return (uint32_t)stream->purpose << SN_STREAM_REPLICA_BITS | stream->replica;
}

/* Four random words. */
static SN_INLINE philox4x32_ctr_t sn_stream_draw(const sn_stream *stream, uint32_t block)
{
    const philox4x32_ctr_t counter = {{block, stream->row, stream->layer, sn_stream_last(stream)}};
    const philox4x32_key_t key = {{(uint32_t)stream->seed, (uint32_t)(stream->seed >> 32)}};
    return philox4x32_R(10, counter, key);
}

#endif
