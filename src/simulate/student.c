/* Student's t by Bailey's polar form (Bailey 1994, Mathematics of Computation 62, 779-781): with u
 * and v uniform in (0, 1) and nu degrees of freedom,
 *
 *     t = sqrt(nu (u^(-2/nu) - 1)) cos(2 pi v)
 *
 * has exactly that law. Box and Muller make of the same two a pair of normals g = R cos(2 pi v) and
 * h = R sin(2 pi v) with R^2 = -2 ln u. So u^(-2/nu) = e^(R^2/nu), and
 *
 *     t = g sqrt((e^q - 1) / q),     q = (g^2 + h^2) / nu:
 *
 * a normal number times a factor, 1 in the limit of many degrees of freedom. Both numbers of a pair
 * would each have the law, but they are not independent: one is taken. sqrt((nu - 2) / nu) of it
 * has variance 1.
 *
 * R^2 is below 74, so q is below 37. e^q - 1 is done here, in operations that vectors have, as the
 * C library's differs in the last bit between machines: q = k ln 2 + r with |r| <= ln(2)/2,
 * Taylor's polynomial for e^r - 1 (what is left of it is below 1e-17), and then
 * 2^k (e^r - 1) + (2^k - 1).
 */
#include "simulate/student.h"

#include <math.h>
#include <string.h>

#include "base/clones.h"

enum { LANES = SN_STREAM_BATCH_BLOCKS, PAIRS = 2 * LANES, BATCHES = 8, MANY = BATCHES * LANES };

_Static_assert(PAIRS * sizeof(double) == SN_STREAM_BATCH_BYTES,
               "of a batch of doubles, the first half are the pairs' first numbers");

/* With more degrees of freedom q could be too small for a quotient; the factor has long been 1. */
#define LEAST_SHARE 1e-100

/* e^q - 1 for 0 <= q < 700. Adding 1.5 2^52 rounds to an integer and leaves it in the lowest bits;
 * ln 2 is in two parts, the first so short that k times it is exact. */
static SN_INLINE double exponential_less_one(double q)
{
    static const double over_factorial[] = {1. / 87178291200, 1. / 6227020800,
                                            1. / 479001600,   1. / 39916800,
                                            1. / 3628800,     1. / 362880,
                                            1. / 40320,       1. / 5040,
                                            1. / 720,         1. / 120,
                                            1. / 24,          1. / 6,
                                            1. / 2,           1.};
    const double shifted = q * 0x1.71547652b82fep+0 + 0x1.8p52, k = shifted - 0x1.8p52;
    const double r = (q - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45;
    double p = over_factorial[0];
#pragma GCC unroll 16
    for (size_t i = 1; i < sizeof over_factorial / sizeof over_factorial[0]; i++)
        p = p * r + over_factorial[i];
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 52) + UINT64_C(0x3ff0000000000000);
    double power;
    memcpy(&power, &bits, sizeof power);
    return power * (p * r) + (power - 1);
}

SN_CLONES
static void make_heavy(double freedom, size_t batches, const double *normals, double *out)
{
    const double share = fmax(1 / freedom, LEAST_SHARE), scale = sqrt((freedom - 2) / freedom);
    for (size_t b = 0; b < batches; b++, normals += PAIRS, out += LANES) {
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            const double g = normals[i], h = normals[LANES + i];
            const double q = (g * g + h * h) * share;
            out[i] = scale * g * sqrt(exponential_less_one(q) / q);
        }
    }
}

/* At most MANY numbers; the stream is left where they end. */
static void draw_some(double freedom, sn_stream *stream, size_t n, double out[MANY])
{
    double normals[BATCHES * PAIRS];
    const size_t batches = (n + LANES - 1) / LANES;
    sn_stream_normals_double(stream, batches * PAIRS, normals);
    stream->block += (uint32_t)batches * SN_STREAM_BATCH_BLOCKS;
    make_heavy(freedom, batches, normals, out);
}

#define DEFINE_ROW(real)                                                                           \
    void sn_student_row_##real(double freedom, const sn_stream *stream, size_t n, real *out)       \
    {                                                                                              \
        sn_stream rest = *stream;                                                                  \
        double some[MANY];                                                                         \
        for (size_t done = 0; done < n; done += MANY) {                                            \
            const size_t count = n - done < MANY ? n - done : MANY;                                \
            draw_some(freedom, &rest, count, some);                                                \
            for (size_t i = 0; i < count; i++)                                                     \
                out[done + i] = (real)some[i];                                                     \
        }                                                                                          \
    }

DEFINE_ROW(float)
DEFINE_ROW(double)
