/* A gradient sent back. At the output it is Gaussian, of norm 1 for every sample; by layer l's
 * input it is, with d the gradient by the output x + branch * dropout(f(u)), u = normalised(z),
 * z = W x + b,
 *
 *     W^T g  (+ d, with a residual connection),
 *     g = the normalisation's way back of  f'(u) * dropout's factor * branch * d,
 *
 * with the very weights of the way forwards, or, where these were never drawn, in their law given
 * what came of them. To stay among the numbers over any depth, the matrix is kept near norm 1 by
 * powers of two, whose sum is kept beside.
 *
 * Norms are taken over all samples together: the factor of a layer is then exactly chi1 in
 * expectation over its weights where f' and the gradient are independent.
 */
#include <math.h>
#include <string.h>

#include "simulate/dropout.h"
#include "simulate/network.h"
#include "simulate/normalize.h"
#include "simulate/propagate.h"

static double finite_or_nan(double x)
{
    return isfinite(x) ? x : NAN;
}

/* squares * 2^(2 exponent) is the squared norm over all samples. What no double holds is not known:
 * the record has NaN for it. */
static void put_gradient(const sn_simulation_spec *spec, size_t l, double squares, int64_t exponent,
                         double clipped, double *record)
{
    double *of = sn_record_layer(spec, record, l);
    const double log2_of = log2(squares / (double)spec->samples) + 2 * (double)exponent;
    of[SN_OBSERVABLE_GRADIENT] = finite_or_nan(exp2(log2_of));
    of[SN_OBSERVABLE_GRADIENT_LOG10] = finite_or_nan(log2_of * 0.30102999566398119521);
    of[SN_OBSERVABLE_GRADIENT_CLIPPED] = finite_or_nan(clipped / (double)spec->samples);
}

/* Of one entry or norm v, that stands for v 2^exponent: what clipping at the threshold leaves of
 * it, squared. */
static double clipped_square(const sn_clip *clip, double v, int64_t exponent)
{
    const double size = fabs(v), limit = clip->threshold;
    const double real = exponent > 1000    ? (size > 0 ? INFINITY : 0)
                        : exponent < -2000 ? 0
                                           : ldexp(size, (int)exponent);
    const double cut = clip->kind != SN_CLIP_NONE && real > limit ? limit : real;
    return cut * cut;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/send_back.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/send_back.inc"
#undef REAL
#undef NAMED
