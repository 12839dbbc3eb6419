/* Random numbers by position: Philox 4x32-10 (Salmon et al. 2011) and Box-Muller.
 *
 * Philox turns a key and a counter into four random words; the key is the seed and the counter the
 * rest of the stream's name: (block, row, layer, purpose and replica). Nothing is stored and
 * nothing has to be skipped.
 *
 * Normals come in pairs, from u in (0, 1) and an angle. With rho = sqrt(-ln u) and t uniform in
 * (-pi/4, pi/4),
 *
 *     +- rho (cos t - sin t)  and  +- rho (cos t + sin t)
 *
 * are two independent standard normals: they are sqrt(-2 ln u) times the cosine and the sine of
 * t + pi/4, a quadrant, and two random signs spread it over the circle. So no argument has to be
 * reduced, and Taylor's polynomials serve:
 *
 *     sin t, cos t       |t| <= pi/4, up to t^9 and t^10 in float (what is left is below 2e-9),
 *                        up to t^17 and t^16 in double (below 3e-18)
 *     ln m = 2 atanh s   s = (m-1)/(m+1), m from sqrt(1/2) to sqrt(2), so s^2 < 0.0295: up to s^9
 *                        in float (3e-9 of it is left), s^21 in double (1e-18)
 *
 * All of it is sums, products, a quotient and a square root, each rounded as IEEE 754 says, in a
 * loop without branches: the compiler vectorises it, and the result does not depend on how. A
 * vector library's log and sin would be no shorter here, slower for their argument reduction, and
 * differ in the last bit between machines.
 *
 * A batch is 16 blocks, the widest vector of words. Within a batch the numbers from the same place
 * in their blocks stand together, so that a vector is stored as it is.
 */
#include "simulate/random.h"

#include <Random123/philox.h>
#include <math.h>
#include <string.h>

#include "base/clones.h"

enum {
    LANES = SN_STREAM_BATCH_BLOCKS,
    FLOATS = SN_STREAM_BATCH_BYTES / sizeof(float),
    DOUBLES = SN_STREAM_BATCH_BYTES / sizeof(double)
};

#define SQRT3 1.7320508075688772

static SN_INLINE philox4x32_ctr_t draw(const sn_stream *stream, uint32_t block)
{
    const uint32_t last = (uint32_t)stream->purpose << SN_STREAM_REPLICA_BITS | stream->replica;
    const philox4x32_ctr_t counter = {{block, stream->row, stream->layer, last}};
    const philox4x32_key_t key = {{(uint32_t)stream->seed, (uint32_t)(stream->seed >> 32)}};
    return philox4x32_R(10, counter, key);
}

void sn_stream_words(const sn_stream *stream, uint32_t words[4])
{
    const philox4x32_ctr_t drawn = draw(stream, stream->block);
    memcpy(words, drawn.v, sizeof drawn.v);
}

/* --- float: a normal or a uniform number from each word --- */

/* sqrt(-ln u), u = (w + 1/2) 2^-32. With the bits of sqrt(1/2) taken away, the exponent field says
 * by which power of two u is to be divided to lie between sqrt(1/2) and sqrt(2). */
static SN_INLINE float radius_float(uint32_t w)
{
    float m = (float)w + 0.5f;
    int32_t bits;
    memcpy(&bits, &m, sizeof bits);
    const int32_t exponent = (bits - 0x3f3504f3) >> 23;
    bits -= exponent * (1 << 23);
    memcpy(&m, &bits, sizeof m);

    const float s = (m - 1) / (m + 1), q = s * s;
    float atanh_s = 1.f / 9;
    atanh_s = atanh_s * q + 1.f / 7;
    atanh_s = atanh_s * q + 1.f / 5;
    atanh_s = atanh_s * q + 1.f / 3;
    atanh_s = (atanh_s * q + 1) * s;
    return sqrtf((float)(32 - exponent) * 0x1.62e430p-1f - 2 * atanh_s);
}

static SN_INLINE float flip_float(float value, uint32_t sign_on_top)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits ^= sign_on_top & 0x80000000u;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Two normals from two words: 32 bits make the radius, 30 the angle, 2 the signs. */
static SN_INLINE void pair_float(uint32_t w, uint32_t angle, float *first, float *second)
{
    const float rho = radius_float(w);
    const float t = (float)(int32_t)(angle << 2 | 2) * 0x1.921fb6p-32f, q = t * t;
    float sine = 1.f / 362880;
    sine = sine * q - 1.f / 5040;
    sine = sine * q + 1.f / 120;
    sine = sine * q - 1.f / 6;
    sine = (sine * q + 1) * t;
    float cosine = -1.f / 3628800;
    cosine = cosine * q + 1.f / 40320;
    cosine = cosine * q - 1.f / 720;
    cosine = cosine * q + 1.f / 24;
    cosine = cosine * q - 1.f / 2;
    cosine = cosine * q + 1;
    *first = flip_float(rho * (cosine - sine), angle);
    *second = flip_float(rho * (cosine + sine), angle << 1);
}

SN_CLONES
static void normal_batches_float(const sn_stream *stream, uint32_t block, size_t batches,
                                 float *out)
{
    for (size_t b = 0; b < batches; b++, out += FLOATS, block += LANES) {
#pragma omp simd
        for (uint32_t i = 0; i < LANES; i++) {
            const philox4x32_ctr_t w = draw(stream, block + i);
            pair_float(w.v[0], w.v[1], &out[i], &out[LANES + i]);
            pair_float(w.v[2], w.v[3], &out[2 * LANES + i], &out[3 * LANES + i]);
        }
    }
}

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
            const philox4x32_ctr_t w = draw(stream, block + i);
            out[i] = uniform_float(w.v[0]);
            out[LANES + i] = uniform_float(w.v[1]);
            out[2 * LANES + i] = uniform_float(w.v[2]);
            out[3 * LANES + i] = uniform_float(w.v[3]);
        }
    }
}

/* --- double: the same from two words each --- */

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

/* sqrt(-ln u), u = (k + 1/2) 2^-52, as in float. The exponent keeps its bias, as vectors of 64 bits
 * have no signed shift, and becomes a double by way of the fraction of 2^52. */
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
            const philox4x32_ctr_t w = draw(stream, block + i);
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
            const philox4x32_ctr_t w = draw(stream, block + i);
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

DEFINE_STREAM(normal, float, FLOATS)
DEFINE_STREAM(normal, double, DOUBLES)
DEFINE_STREAM(uniform, float, FLOATS)
DEFINE_STREAM(uniform, double, DOUBLES)
