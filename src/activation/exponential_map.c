/* An exponential unit and its slope over an array of floats: what a simulation spends its time on
 * at small widths.
 *
 * Eight floats go through a vector of 256 bits, but four doubles, so all of it is in float. Rounded
 * carelessly that costs some two units in the last place. With a the rate, c = scale saturation,
 * g = c a the slope left of 0, and z = k ln 2 / a + r, |a r| <= ln 2 / 2,
 *
 *     c (e^(az) - 1) = (2^k - 1) c + 2^k c (e^(ar) - 1),    c (e^(ar) - 1) = g r + r^2 Q(r)
 *
 * where near zero, at k = 0, nothing cancels. The parameters are multiplied into the constants once
 * a call, in double, so no element's error is stretched by a rounded parameter or a product with
 * it. The two largest terms are made exact: c = c1 + c2 and g = g1 + g2 with 12 bits in c1 and g1,
 * r = r1 + r2 with 12 bits in r1, so that (2^k - 1) c1 (down to k = -12) and g1 r1 are floats. What
 * is left is the last sum's rounding and a little of the smaller terms'. The slope is
 *
 *     g e^(az) = 2^k (g1 + (g r + (r^2 Q(r) + g2))),    g1 the float next to g, its own r and Q.
 *
 * Q is (e^x - 1 - x) / x^2 interpolated at Chebyshev's nodes, 5e-10 beside e^x - 1:
 *
 *   from mpmath import *; mp.dps = 40
 *   q = lambda x: (expm1(x) - x) / x**2
 *   x = [log(2)/2 * mpf('1.0001') * cos(pi * (2*i + 1) / 12) for i in range(6)]
 *   powers = matrix([[t**j for j in range(6)] for t in x])
 *   print(lu_solve(powers, matrix([q(t) for t in x])))
 *
 * Over all negative floats the relative error is at most 1.19e-7 for SELU, 8.4e-8 for ELU, 8.6e-8
 * for CELU with alpha 0.7358; that of the slopes 1.12e-7, 8.0e-8 and 1.12e-7.
 */
#include "activation/kernels.h"
#include "activation/pieces.h"

static const double LN2 = 0x1.62e42fefa39efp-1;

enum { DEGREE = 5 };
static const double exponential_rest[DEGREE + 1] = {
    0.50000000134658092,    0.166666666816232314,   0.0416664649252859054,
    0.00833331092548090083, 0.00139336499963092504, 0.000198909908246736538,
};

/* A number as the sum of two floats. */
typedef struct two_floats {
    float high, low;
} two_floats;

/* The constants of z = k ln 2 / a + r and of gain (e^(ar) - 1) = slope r + r^2 Q(r). */
typedef struct reduction {
    float lowest; /* z below counts as this */
    float per_step;
    two_floats step; /* ln 2 / a, in its upper part 15 bits: times k it is exact */
    two_floats slope;
    float rest[DEGREE + 1];
} reduction;

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

static SN_INLINE float pick(bool take_first, float first, float second)
{
    const uint32_t mask = take_first ? UINT32_MAX : 0;
    return float_of((bits_of(first) & mask) | (bits_of(second) & ~mask));
}

/* x without the last `bits` bits of its fraction. */
static SN_INLINE float cut(float x, unsigned bits)
{
    return float_of(bits_of(x) & UINT32_MAX << bits);
}

static two_floats split(double x, unsigned bits)
{
    const float high = cut((float)x, bits);
    return (two_floats){high, (float)(x - (double)high)};
}

static reduction reduction_of(double gain, double rate, double lowest, unsigned slope_bits)
{
    reduction by = {
        .lowest = (float)(lowest / rate),
        .per_step = (float)(rate / LN2),
        .step = split(LN2 / rate, 9),
        .slope = split(gain * rate, slope_bits),
    };
    double factor = gain * rate * rate;
    for (size_t i = 0; i <= DEGREE; i++, factor *= rate)
        by.rest[i] = (float)(factor * exponential_rest[i]);
    return by;
}

/* r, and 2^(k + scale) in *power. Added to 1.5 * 2^23, a number is rounded to a whole one, which
 * its last bits then hold; shifted into the place of the exponent, and that of 1 added, they are
 * 2^k. */
static SN_INLINE float reduce(const reduction *by, float x, uint32_t scale, float *power)
{
    const float shifted = x * by->per_step + 0x1.8p23f;
    const float k = shifted - 0x1.8p23f;
    *power = float_of((bits_of(shifted) << 23) + ((127 + scale) << 23));
    return (x - k * by->step.high) - k * by->step.low;
}

static SN_INLINE float rest_of(const reduction *by, float r)
{
    float q = by->rest[5];
    q = q * r + by->rest[4];
    q = q * r + by->rest[3];
    q = q * r + by->rest[2];
    q = q * r + by->rest[1];
    return q * r + by->rest[0];
}

/* Compared as bits, which is one instruction, a negative number is below another if its bits are
 * above. NaN goes the way of the positive numbers. */
SN_CLONES
static void map(reduction by, two_floats gain, float scale, size_t n, const float *z, float *f)
{
    const uint32_t lowest = bits_of(by.lowest);
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const uint32_t bits = bits_of(z[i]);
        const float x = float_of(bits < lowest ? bits : lowest);
        float power;
        const float r = reduce(&by, x, 0, &power), upper = cut(r, 12), less = power - 1;
        const float small =
            (by.slope.high * (r - upper) + by.slope.low * r) + r * r * rest_of(&by, r);
        const float left =
            less * gain.high + (less * gain.low + power * (by.slope.high * upper + small));
        f[i] = pick(z[i] < 0, left, scale * z[i]);
    }
}

/* 2^k g may be subnormal, and 2^k too small even for that: both are 2^64 times as large till the
 * end. */
SN_CLONES
static void slope(reduction by, two_floats gain, float right, size_t n, const float *z, float *out)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const float x = pick(z[i] < by.lowest, by.lowest, z[i]);
        float power;
        const float r = reduce(&by, x, 64, &power);
        const float small = by.slope.high * r + (r * r * rest_of(&by, r) + gain.low);
        const float left = (gain.high + small) * power * 0x1p-64f;
        out[i] = pick(z[i] > 0, right, left);
    }
}

/* Below e^-18 the sum is -c. */
void sn_exponential_unit_map_float(const sn_exponential_unit *unit, size_t n, const float *z,
                                   float *f)
{
    const double gain = unit->scale * unit->saturation;
    map(reduction_of(gain, unit->rate, -18, 12), split(gain, 12), (float)unit->scale, n, z, f);
}

/* e^-131 is nothing even 1e12 times. */
void sn_exponential_unit_slope_float(const sn_exponential_unit *unit, size_t n, const float *z,
                                     float *out)
{
    const double gain = unit->scale * unit->saturation * unit->rate;
    slope(reduction_of(gain, unit->rate, -131, 0), split(gain, 0), (float)unit->scale, n, z, out);
}
