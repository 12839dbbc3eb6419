/* Float normals: the inner loop of a simulation, twice over.
 *
 * They come in pairs, from u in (0, 1) and an angle. With rho = sqrt(-ln u) and t uniform in
 * (-pi/4, pi/4),
 *
 *     +- rho (cos t - sin t)  and  +- rho (cos t + sin t)
 *
 * are two independent standard normals: they are sqrt(-2 ln u) times the cosine and the sine of
 * t + pi/4, a quadrant, and two random signs spread it over the circle. So no argument has to be
 * reduced, and short polynomials serve. With ln m = 2 atanh s, s = (m-1)/(m+1), m from sqrt(1/2) to
 * sqrt(2), they are those of Chebyshev's nodes; relative errors 2.7e-9 of ln m and 1.4e-8 of sin t,
 * 2e-10 of cos t:
 *
 *   from mpmath import *; mp.dps = 30
 *   def fit(g, top, n):
 *       x = [top/2 * (1 + cos(pi*(2*i + 1)/(2*n))) for i in range(n)]
 *       powers = matrix([[t**j for j in range(n)] for t in x])
 *       print(lu_solve(powers, matrix([g(t) for t in x])))
 *   fit(lambda q: 2*(atanh(sqrt(q))/sqrt(q) - 1)/q, (sqrt(2) - 1)**4, 3)
 *   fit(lambda q: (sin(sqrt(q))/sqrt(q) - 1)/q, (pi/4)**2, 3)
 *   fit(lambda q: (cos(sqrt(q)) - 1)/q, (pi/4)**2, 4)
 *
 * All of it is sums, products, a quotient and a square root, each rounded as IEEE 754 says, and
 * without branches, so the plain loop and its vectors agree in every bit. A vector library's log
 * and sin would be no shorter here, slower for their argument reduction, and differ in the last bit
 * between machines.
 *
 * The plain loop serves any machine and says what is computed. In vectors, spelled out in
 * normals.inc, it is more than twice as fast as what GCC 12 makes of it.
 */
#include "simulate/normals.h"

#include <math.h>
#include <string.h>

#include "simulate/blocks.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define HAVE_VECTORS 1
#else
#define HAVE_VECTORS 0
#endif

#define LN2            0x1.62e430p-1f
#define LOG_3          0.6666668504f
#define LOG_5          0.3998878057f
#define LOG_7          0.2957994939f
#define SINE_3         -0.1666666466f
#define SINE_5         0.008332748271f
#define SINE_7         -0.0001958789088f
#define COSINE_2       -0.4999999997f
#define COSINE_4       0.04166665064f
#define COSINE_6       -0.001388758916f
#define COSINE_8       2.446378829e-5f
#define ANGLE_STEP     0x1.921fb6p-32f /* pi/4 2^-31 */
#define EXPONENT_FIELD 0x7f800000u
#define SIGN           0x80000000u
#define HALF_ROOT_UP   0x4f3504f2u /* sqrt(1/2) 2^32, less one */

/* --- the plain loop --- */

static SN_INLINE uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static SN_INLINE float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* sqrt(-ln u), u = |w + 1/4| 2^-31 with w as a signed number: 1/8, 3/8, 5/8, ... 2^-30, each once.
 * With the bits of sqrt(1/2) taken away, the exponent field says by which power of two u is to be
 * multiplied to lie between sqrt(1/2) and sqrt(2); m is that, 2^31 times as large. */
static SN_INLINE float radius(uint32_t w)
{
    const uint32_t u = bits_of((float)(int32_t)w + 0.25f) & INT32_MAX;
    const uint32_t doublings = HALF_ROOT_UP - u;
    const float m = float_of(u + (doublings & EXPONENT_FIELD));
    const float s = (m - 0x1p31f) / (m + 0x1p31f), q = s * s;
    float log_m = LOG_7;
    log_m = log_m * q + LOG_5;
    log_m = log_m * q + LOG_3;
    log_m = (log_m * q + 2) * s;
    return sqrtf((float)(int32_t)(doublings >> 23) * LN2 - log_m);
}

/* Two normals from two words: one makes the radius, the other the angle, its last bits the
 * signs. */
static SN_INLINE void pair(uint32_t w, uint32_t angle, float *first, float *second)
{
    const float rho = radius(w);
    const float t = (float)(int32_t)angle * ANGLE_STEP, q = t * t;
    float sine = SINE_7;
    sine = sine * q + SINE_5;
    sine = sine * q + SINE_3;
    sine = (sine * q + 1) * t;
    float cosine = COSINE_8;
    cosine = cosine * q + COSINE_6;
    cosine = cosine * q + COSINE_4;
    cosine = cosine * q + COSINE_2;
    cosine = cosine * q + 1;
    *first = float_of(bits_of(rho * (cosine - sine)) ^ angle << 31);
    *second = float_of(bits_of(rho * (cosine + sine)) ^ (angle << 30 & SIGN));
}

static void normal_batches_1(const sn_stream *stream, uint32_t block, size_t batches, float *out)
{
    for (size_t b = 0; b < batches; b++, out += FLOATS, block += LANES) {
#pragma omp simd
        for (uint32_t i = 0; i < LANES; i++) {
            const philox4x32_ctr_t w = sn_stream_draw(stream, block + i);
            pair(w.v[0], w.v[1], &out[i], &out[LANES + i]);
            pair(w.v[2], w.v[3], &out[2 * LANES + i], &out[3 * LANES + i]);
        }
    }
}

/* --- in vectors --- */

#if HAVE_VECTORS

enum { ROUNDS = 10 };
#define PHILOX_0 UINT64_C(0xd2511f53)
#define PHILOX_1 UINT64_C(0xcd9e8d57)

/* What is the same in all blocks of a row: the keys of the rounds and, as the counters of a row
 * differ in the first word alone, a half of what the first two rounds make of them. The rounds'
 * words are a0 to a3, b0 to b3, c0 to c3; a0, a1, b1, b3 do not depend on the block at all. */
typedef struct row_constants {
    uint64_t key[ROUNDS][2];
    uint64_t a2, b0, b2, c2; /* to be added without carry */
} row_constants;

static row_constants row_constants_of(const sn_stream *stream)
{
    row_constants row;
    uint32_t first = (uint32_t)stream->seed, second = (uint32_t)(stream->seed >> 32);
    for (size_t i = 0; i < ROUNDS; i++, first += 0x9e3779b9u, second += 0xbb67ae85u) {
        row.key[i][0] = first;
        row.key[i][1] = second;
    }
    const uint64_t q = stream->layer * PHILOX_1, a0 = (q >> 32) ^ stream->row ^ row.key[0][0];
    const uint64_t p = a0 * PHILOX_0;
    row.a2 = sn_stream_last(stream) ^ row.key[0][1];
    row.b0 = (q & UINT32_MAX) ^ row.key[1][0];
    row.b2 = (p >> 32) ^ row.key[1][1];
    row.c2 = (p & UINT32_MAX) ^ row.key[2][1];
    return row;
}

#define WIDE           8
#define TARGET         __attribute__((target("avx2")))
#define NAMED(name)    name##_8
#define MULTIPLY(a, b) ((longs_8)_mm256_mul_epu32((__m256i)(a), _mm256_set1_epi64x((int64_t)(b))))
#define ROOT(x)        ((reals_8)_mm256_sqrt_ps((__m256)(x)))
#define MERGE(a, b)                                                                                \
    __builtin_shuffle((words_8)(a), (words_8)(b), (words_8){0, 8, 2, 10, 4, 12, 6, 14})
#include "simulate/normals.inc"

#define WIDE           16
#define TARGET         __attribute__((target("avx512f")))
#define NAMED(name)    name##_16
#define MULTIPLY(a, b) ((longs_16)_mm512_mul_epu32((__m512i)(a), _mm512_set1_epi64((int64_t)(b))))
#define ROOT(x)        ((reals_16)_mm512_sqrt_ps((__m512)(x)))
#define MERGE(a, b)                                                                                \
    __builtin_shuffle((words_16)(a), (words_16)(b),                                                \
                      (words_16){0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30})
#include "simulate/normals.inc"

#endif

/* --- the choice --- */

bool sn_normal_batches_in(unsigned lanes, const sn_stream *stream, uint32_t block, size_t batches,
                          float *out)
{
#if HAVE_VECTORS
    if (lanes == 16 && __builtin_cpu_supports("avx512f")) {
        normal_batches_16(stream, block, batches, out);
        return true;
    }
    if (lanes == 8 && __builtin_cpu_supports("avx2")) {
        normal_batches_8(stream, block, batches, out);
        return true;
    }
#endif
    if (lanes == 1)
        normal_batches_1(stream, block, batches, out);
    return lanes == 1;
}

void sn_normal_batches(const sn_stream *stream, uint32_t block, size_t batches, float *out)
{
    const size_t even = batches - batches % 2;
    if (even > 0 && sn_normal_batches_in(16, stream, block, even, out)) {
        block += (uint32_t)even * LANES;
        out += even * FLOATS;
        batches -= even;
    }
    if (batches > 0 && !sn_normal_batches_in(8, stream, block, batches, out))
        sn_normal_batches_in(1, stream, block, batches, out);
}
