/* The moments of an exponential unit at many points at once.
 *
 * The mathematics is that of exponential_unit.c, without a branch, so that a loop over points fills
 * vector registers. At |u| <= 5, with steps that are not small, no probability underflows, none of
 * the differences cancels, and everything follows from phi(u), three Mills ratios R and one V:
 *
 *   E[e^{k rate z}; z <= 0] = phi(u) R(v)                              for v = u + k w >= 0,
 *                           = e^{k rate x + k^2 w^2/2} - phi(u) R(-v)  for v < 0,
 *
 * where k rate x + k^2 w^2/2 = k w (u + k w/2). Points of other kinds, a minority in most uses, are
 * given to exponential_unit.c one by one; their lanes compute something, which nobody reads.
 *
 * A result depends on its own point alone, neither on its place nor on the width of the vectors.
 */
#include "activation/exponential_sides.h"
#include "activation/mills.h"
#include "activation/mills_fractions.h"
#include "activation/pieces.h"
#include "base/clones.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define PHI_0 0.39894228040143267794

enum { LANES = 16 };

/* What a block of points gives: what tells its kinds apart, and the members of sn_moments. */
typedef struct block {
    double u[LANES], step[LANES];
    double mean[LANES], second[LANES], variance[LANES];
    double dmean_dx[LANES], dmean_dy[LANES];
    double dsecond_dx[LANES], dsecond_dy[LANES];
    double dvariance_dx[LANES], dvariance_dy[LANES];
    double slope_second[LANES];
} block;

static inline bool is_common(double u, double step)
{
    return fabs(u) <= 5 && !sn_step_is_small(u, step) && step < 1e15;
}

/* e^v for |v| < 700, to 1.5 units in the last place, by operations that vectors have: v = k log 2 +
 * r, |r| <= log(2)/2, Taylor's polynomial in r, and k added to the exponent. Adding 1.5 2^52 rounds
 * v / log 2 to the integer k and leaves it in the lowest bits. log 2 is in two parts, the first so
 * short that k times it is exact. */
static SN_INLINE double exponential(double v)
{
    static const double over_factorial[] = {
        1. / 6227020800, 1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320,
        1. / 5040,       1. / 720,       1. / 120,      1. / 24,      1. / 6,      1. / 2};
    const double shifted = v * 0x1.71547652b82fep+0 + 0x1.8p52, k = shifted - 0x1.8p52;
    const double r = (v - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45;
    double p = over_factorial[0];
#pragma GCC unroll 16
    for (size_t i = 1; i < sizeof over_factorial / sizeof over_factorial[0]; i++)
        p = p * r + over_factorial[i];
    uint64_t bits;
    double power;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    memcpy(&power, &bits, sizeof power);
    return power + power * (r + r * r * p);
}

/* v < 0 ? below : above (-0 counts as below), without the comparison, which might trap and so keep the loop from being
 * vectorised. */
static SN_INLINE double by_sign(double v, double below, double above)
{
    uint64_t sign, b, a;
    memcpy(&sign, &v, sizeof sign);
    memcpy(&b, &below, sizeof b);
    memcpy(&a, &above, sizeof a);
    const uint64_t mask = -(sign >> 63), chosen = (b & mask) | (a & ~mask);
    double choice;
    memcpy(&choice, &chosen, sizeof choice);
    return choice;
}

SN_CLONES
static void compute(const sn_exponential_unit *unit, const double *restrict x,
                    const double *restrict y, block *restrict out)
{
    const double scale = unit->scale, amplitude = scale * unit->saturation;
    const double jump = jump_of(unit);
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        const double s = sqrt(y[i]), u = x[i] / s, step = unit->rate * s;
        const double u1 = u + step, u2 = u1 + step;
        const fraction h = excess_right(fabs(u)), v = variance_right(fabs(u));

        /* phi(u) R(|v|) for the three v, the probability of the side x is not on the first. */
        const double density = PHI_0 * exponential(-u * u / 2);
        const double tail = density * ratio_of(h, fabs(u)), head = 1 - tail;
        const double near1 = density * ratio_of(excess_right(fabs(u1)), fabs(u1));
        const double near2 = density * ratio_of(excess_right(fabs(u2)), fabs(u2));
        const double far1 = exponential(step * (u + step / 2)) - near1;
        const double far2 = exponential(2 * step * u1) - near2;

        const double p = by_sign(u, tail, head), q = by_sign(u, head, tail);
        const double scaled = amplitude / q;
        const double first = by_sign(u1, far1, near1) * scaled;
        const double second = amplitude * (by_sign(u2, far2, near2) * scaled);
        const sn_exponential_tail below = {.first = first, .second = second};
        const side down = {{1, q}, first - amplitude, second - first * first};

        const double hazard = density / head;
        const double up_mean = by_sign(u, s * (h.above / h.below), x[i] + s * hazard);
        const double up_variance = by_sign(u, v.above / v.below, 1 - hazard * (hazard + u));
        const side up = {{1, p}, scale * up_mean, scale * scale * y[i] * up_variance};

        sn_moments m;
        combine(unit, up, down, (weight){1, head}, (weight){1, tail}, &below, jump,
                density / s * jump, &m);
        out->u[i] = u;
        out->step[i] = step;
        out->mean[i] = m.mean;
        out->second[i] = m.second;
        out->variance[i] = m.variance;
        out->dmean_dx[i] = m.dmean_dx;
        out->dmean_dy[i] = m.dmean_dy;
        out->dsecond_dx[i] = m.dsecond_dx;
        out->dsecond_dy[i] = m.dsecond_dy;
        out->dvariance_dx[i] = m.dvariance_dx;
        out->dvariance_dy[i] = m.dvariance_dy;
        out->slope_second[i] = m.slope_second;
    }
}

static inline void copy(const block *b, size_t i, sn_moments *out)
{
    out->mean = b->mean[i];
    out->second = b->second[i];
    out->variance = b->variance[i];
    out->dmean_dx = b->dmean_dx[i];
    out->dmean_dy = b->dmean_dy[i];
    out->dsecond_dx = b->dsecond_dx[i];
    out->dsecond_dy = b->dsecond_dy[i];
    out->dvariance_dx = b->dvariance_dx[i];
    out->dvariance_dy = b->dvariance_dy[i];
    out->slope_second = b->slope_second[i];
    out->error = 0;
    out->trust = SN_CLOSED_FORM;
}

void sn_exponential_unit_moments_many(const sn_exponential_unit *unit, size_t n, const double *x,
                                      const double *y, sn_moments *out)
{
    block b;
    for (size_t from = 0; from < n; from += LANES) {
        const size_t count = n - from < LANES ? n - from : LANES;
        double last_x[LANES], last_y[LANES];
        const double *at_x = x + from, *at_y = y + from;
        if (count < LANES) { /* the last block repeats its last point */
            for (size_t i = 0; i < LANES; i++) {
                last_x[i] = at_x[i < count ? i : count - 1];
                last_y[i] = at_y[i < count ? i : count - 1];
            }
            at_x = last_x;
            at_y = last_y;
        }
        compute(unit, at_x, at_y, &b);
        for (size_t i = 0; i < count; i++) {
            if (is_common(b.u[i], b.step[i]))
                copy(&b, i, &out[from + i]);
            else
                sn_exponential_unit_moments(unit, at_x[i], at_y[i], &out[from + i]);
        }
    }
}
