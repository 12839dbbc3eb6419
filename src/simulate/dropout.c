/* Dropout masks, which are never stored: they are drawn where they are used.
 *
 * The mask of a layer is a matrix, a row a feature and a column a sample, of uniform numbers; where
 * one is below the rate, all neurons of the feature are dropped for that sample. It is one long
 * stream, feature after feature, and any stretch of it can be drawn: a whole batch at a time, from
 * the batch where the stretch begins. With features of one neuron the rows of activations follow
 * one another in the mask as in memory, so they are taken as one row and no batch is drawn twice.
 */
#include "simulate/dropout.h"

#include "base/clones.h"
#include "simulate/chance.h"

enum { BATCH = SN_STREAM_BATCH_BYTES / sizeof(double), SOME = 16 * BATCH };

#define STREAM_LENGTH ((uint64_t)1 << 33)

/* What becomes of an activation. */
typedef struct fate {
    double rate, dropped, scale, shift;
} fate;

/* Uniforms of the mask from number `from` on, at most n, and at least one: how many, at *drawn. */
static size_t draw_mask(sn_stream stream, uint64_t from, size_t n, double buffer[SOME],
                        const double **drawn)
{
    const size_t before = (size_t)(from % BATCH);
    const uint64_t begin = (from - before) % STREAM_LENGTH, left = STREAM_LENGTH - begin;
    const size_t room = left < SOME ? (size_t)left : SOME;
    const size_t count = before + n < room ? before + n : room;
    stream.purpose = SN_FOR_DROPOUT;
    stream.row = (uint32_t)(from / STREAM_LENGTH);
    stream.block = (uint32_t)(begin / BATCH * SN_STREAM_BATCH_BLOCKS);
    sn_stream_uniforms_double(&stream, count, buffer);
    *drawn = buffer + before;
    return count - before;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/dropout.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/dropout.inc"
#undef REAL
#undef NAMED
