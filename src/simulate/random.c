/* Random numbers by position: Philox 4x32-10 (Salmon et al. 2011) and Box-Muller.
 *
 * Philox turns a key and a counter into four random words; the key is the seed and the counter the
 * rest of the stream's name: (block, row, layer, purpose and replica). Nothing is stored and
 * nothing has to be skipped.
 *
 * Normals are made from a radius and an angle, as normals.c says, which has those in float. Those
 * in double are alike, but for their polynomials, which are Taylor's:
 *
 *     sin t, cos t       |t| <= pi/4, up to t^17 and t^16: what is left is below 3e-18
 *     ln m = 2 atanh s   s = (m-1)/(m+1), m from sqrt(1/2) to sqrt(2), so s^2 < 0.0295: up to s^21
 *                        (1e-18 of it is left)
 *
 * They are plain loops, which the compiler vectorises; the result does not depend on how.
 *
 * A batch is 16 blocks, the widest vector of words. Within a batch the numbers from the same place
 * in their blocks stand together, so that a vector is stored as it is.
 */
#include "simulate/random.h"

#include <math.h>
#include <string.h>

#include "simulate/blocks.h"
#include "simulate/normals.h"

#define SQRT3 1.7320508075688772

void sn_stream_words(const sn_stream *stream, uint32_t words[4])
{
    const philox4x32_ctr_t drawn = sn_stream_draw(stream, stream->block);
    memcpy(words, drawn.v, sizeof drawn.v);
}

/* --- float: a number from each word --- */

/* An odd whole number between -2^31 and 2^31, so symmetric about zero, scaled. */
static SN_INLINE float uniform_float(uint32_t w)
{
    return (float)(int32_t)(w | 1) * (float)(SQRT3 * 0x1p-31);
}

SN_CLONES
static void uniform_batches_float(const sn_stream *stream, uint32_t block, size_t batches,
                                  float *out)
{
    for (size_t b = 0; b < batches; b++, out += FLOATS, block += LANES) {
#pragma omp simd
        for (uint32_t i = 0; i < LANES; i++) {
            const philox4x32_ctr_t w = sn_stream_draw(stream, block + i);
            out[i] = uniform_float(w.v[0]);
            out[LANES + i] = uniform_float(w.v[1]);
            out[2 * LANES + i] = uniform_float(w.v[2]);
            out[3 * LANES + i] = uniform_float(w.v[3]);
        }
    }
}

/* --- double: a number from two words each --- */

/* A number in [1, 2) with the upper 52 bits of w as its fraction. */
static SN_INLINE double one_to_two(uint64_t w)
{
    const uint64_t bits = w >> 12 | UINT64_C(0x3ff0000000000000);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* In (-1/2, 1/2), symmetric about zero. */
static SN_INLINE double centred(uint64_t w)
{
    return one_to_two(w) - 1.5 + 0x1p-53;
}

/* sqrt(-ln u), u = (k + 1/2) 2^-52: see normals.c. The exponent keeps its bias, as vectors of 64
 * bits have no signed shift, and becomes a double by way of the fraction of 2^52. */
static SN_INLINE double radius_double(uint64_t w)
{
    const uint64_t one = UINT64_C(0x3ff0000000000000), half_root = UINT64_C(0x3fe6a09e667f3bcd);
    double m = one_to_two(w) - (1 - 0x1p-53);
    uint64_t bits;
    memcpy(&bits, &m, sizeof bits);
    const uint64_t biased = (bits - half_root + one) >> 52;
    bits = bits + one - (biased << 52);
    memcpy(&m, &bits, sizeof m);
    const uint64_t exponent_bits = biased | UINT64_C(0x4330000000000000);
    double exponent;
    memcpy(&exponent, &exponent_bits, sizeof exponent);
    exponent -= 0x1p52 + 1023;

    const double s = (m - 1) / (m + 1), q = s * s;
    double atanh_s = 1. / 21;
    atanh_s = atanh_s * q + 1. / 19;
    atanh_s = atanh_s * q + 1. / 17;
    atanh_s = atanh_s * q + 1. / 15;
    atanh_s = atanh_s * q + 1. / 13;
    atanh_s = atanh_s * q + 1. / 11;
    atanh_s = atanh_s * q + 1. / 9;
    atanh_s = atanh_s * q + 1. / 7;
    atanh_s = atanh_s * q + 1. / 5;
    atanh_s = atanh_s * q + 1. / 3;
    atanh_s = (atanh_s * q + 1) * s;
    return sqrt(-exponent * 0x1.62e42fefa39efp-1 - 2 * atanh_s);
}

static SN_INLINE double flip_double(double value, uint64_t sign_on_top)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits ^= sign_on_top & UINT64_C(0x8000000000000000);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static SN_INLINE void pair_double(uint64_t w, uint64_t angle, double *first, double *second)
{
    const double rho = radius_double(w);
    const double t = centred(angle) * 0x1.921fb54442d18p0, q = t * t;
    double sine = 1. / 355687428096000;
    sine = sine * q - 1. / 1307674368000;
    sine = sine * q + 1. / 6227020800;
    sine = sine * q - 1. / 39916800;
    sine = sine * q + 1. / 362880;
    sine = sine * q - 1. / 5040;
    sine = sine * q + 1. / 120;
    sine = sine * q - 1. / 6;
    sine = (sine * q + 1) * t;
    double cosine = 1. / 20922789888000;
    cosine = cosine * q - 1. / 87178291200;
    cosine = cosine * q + 1. / 479001600;
    cosine = cosine * q - 1. / 3628800;
    cosine = cosine * q + 1. / 40320;
    cosine = cosine * q - 1. / 720;
    cosine = cosine * q + 1. / 24;
    cosine = cosine * q - 1. / 2;
    cosine = cosine * q + 1;
    *first = flip_double(rho * (cosine - sine), angle << 62);
    *second = flip_double(rho * (cosine + sine), angle << 63);
}

static SN_INLINE uint64_t join(uint32_t low, uint32_t high)
{
    return (uint64_t)high << 32 | low;
}

SN_CLONES
static void normal_batches_double(const sn_stream *stream, uint32_t block, size_t batches,
                                  double *out)
{
    for (size_t b = 0; b < batches; b++, out += DOUBLES, block += LANES) {
#pragma omp simd
        for (uint32_t i = 0; i < LANES; i++) {
            const philox4x32_ctr_t w = sn_stream_draw(stream, block + i);
            pair_double(join(w.v[0], w.v[1]), join(w.v[2], w.v[3]), &out[i], &out[LANES + i]);
        }
    }
}

SN_CLONES
static void uniform_batches_double(const sn_stream *stream, uint32_t block, size_t batches,
                                   double *out)
{
    for (size_t b = 0; b < batches; b++, out += DOUBLES, block += LANES) {
#pragma omp simd
        for (uint32_t i = 0; i < LANES; i++) {
            const philox4x32_ctr_t w = sn_stream_draw(stream, block + i);
            out[i] = centred(join(w.v[0], w.v[1])) * (2 * SQRT3);
            out[LANES + i] = centred(join(w.v[2], w.v[3])) * (2 * SQRT3);
        }
    }
}

/* --- any number of them --- */

#define DEFINE_STREAM(law, real, BATCH)                                                            \
    void sn_stream_##law##s_##real(const sn_stream *stream, size_t n, real *out)                   \
    {                                                                                              \
        const size_t whole = n / BATCH, rest = n % BATCH;                                          \
        law##_batches_##real(stream, stream->block, whole, out);                                   \
        if (rest > 0) {                                                                            \
            real last[BATCH];                                                                      \
            law##_batches_##real(stream, stream->block + (uint32_t)whole * LANES, 1, last);        \
            memcpy(out + whole * BATCH, last, rest * sizeof *out);                                 \
        }                                                                                          \
    }

static void normal_batches_float(const sn_stream *stream, uint32_t block, size_t batches,
                                 float *out)
{
    sn_normal_batches(stream, block, batches, out);
}

DEFINE_STREAM(normal, float, FLOATS)
DEFINE_STREAM(normal, double, DOUBLES)
DEFINE_STREAM(uniform, float, FLOATS)
DEFINE_STREAM(uniform, double, DOUBLES)
