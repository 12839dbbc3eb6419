/* A layer by its weights. W is never whole: a strip of its rows is drawn and multiplied, and the
 * next takes its place. As streams are named, not stored, the way back draws the same rows again.
 *
 * A strip is as high as pays: with h rows a product does 2h operations for each number of x that
 * BLAS copies into its own order, so 256 make that copy cheap, and fewer only keep the strip of a
 * very wide layer within a few megabytes. The height depends on the shape alone, so that results do
 * not depend on the number of threads.
 */
#include <cblas.h>
#include <math.h>

#include "simulate/pass.h"
#include "simulate/sizes.h"
#include "simulate/weights.h"

enum { STRIP_ROWS = 256, FEWEST_ROWS = 16, STRIP_BYTES = 4 << 20 };

size_t sn_direct_rows(size_t fan_in, size_t size_of_number)
{
    size_t rows = STRIP_BYTES / sn_size_multiply(fan_in, size_of_number);
    if (rows > STRIP_ROWS)
        rows = STRIP_ROWS;
    return rows < FEWEST_ROWS ? FEWEST_ROWS : rows;
}

bool sn_layer_has_bias(const sn_layer *layer)
{
    return layer->bias_mean != 0 || layer->bias_variance != 0;
}

#define REAL        float
#define NAMED(name) name##_float
#define GEMM        cblas_sgemm
#include "simulate/direct.inc"
#undef REAL
#undef NAMED
#undef GEMM

#define REAL        double
#define NAMED(name) name##_double
#define GEMM        cblas_dgemm
#include "simulate/direct.inc"
#undef REAL
#undef NAMED
#undef GEMM
