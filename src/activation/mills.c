/* The Gaussian tail Z > v: its Mills ratio R, its mean excess h and its variance V.
 *
 * With R(v) = P(Z > v) / phi(v), h = 1/R - v and V = 1 - h/R. For v > 0 both differences cancel,
 * by factors of about v^2 and v^4, so h and V have rational approximations of their own
 * (mills_fractions.h), and then R = 1/(v + h) without loss. For v < 0, 1/R = phi(v) / Phi(-v) < 0.8 and nothing is lost.
 */
#include "activation/mills.h"
#include "activation/mills_fractions.h"
#include "base/clones.h"

#include <cerf.h>
#include <float.h>
#include <math.h>
#include <stddef.h>

#define SQRT_HALF    0.70710678118654752440
#define SQRT_HALF_PI 1.25331413731550025121
#define ROOT_PHI_0   0.63161877774606470129 /* sqrt(phi(0)) = (2 pi)^(-1/4) */

/* 1/R(v) = phi(v) / P(Z > v), for v < 0. */
static double hazard_left(double v)
{
    return 1 / (SQRT_HALF_PI * erfcx(v * SQRT_HALF));
}

double sn_tail_excess(double v)
{
    if (v < 0)
        return hazard_left(v) - v;
    if (v > TAIL_FAR)
        return 1 / v;
    const fraction h = excess_right(v);
    return h.above / h.below;
}

double sn_tail_variance(double v)
{
    if (v < 0) {
        const double hazard = hazard_left(v);
        return 1 - hazard * (hazard - v);
    }
    if (v > TAIL_FAR)
        return 1 / v / v;
    const fraction h = variance_right(v);
    return h.above / h.below;
}

double sn_tail_ratio(double v)
{
    return v < 0 ? 1 / hazard_left(v) : 1 / (v + sn_tail_excess(v));
}

sn_tail sn_tail_beyond(double v)
{
    if (v < 0) {
        const double hazard = hazard_left(v);
        return (sn_tail){1 / hazard, hazard - v, 1 - hazard * (hazard - v)};
    }
    const double excess = sn_tail_excess(v);
    return (sn_tail){1 / (v + excess), excess, sn_tail_variance(v)};
}

static SN_INLINE double limited(double v)
{
    return v > TAIL_FAR ? TAIL_FAR : v < -TAIL_FAR ? -TAIL_FAR : v;
}

SN_CLONES
void sn_tails_along(double v, double step, const double *restrict t, double *restrict ratio,
                    double *restrict excess)
{
    const double from = limited(v), by = limited(step);
#pragma omp simd
    for (size_t k = 0; k < SN_TAIL_LANES; k++) {
        const double at = fabs(from + by * t[k]);
        const fraction h = excess_right(at);
        ratio[k] = ratio_of(h, at);
        excess[k] = h.above / h.below;
    }
}

SN_CLONES
void sn_tail_variances_along(double v, double step, const double *restrict t,
                             double *restrict variance)
{
    const double from = limited(v), by = limited(step);
#pragma omp simd
    for (size_t k = 0; k < SN_TAIL_LANES; k++) {
        const fraction h = variance_right(fabs(from + by * t[k]));
        variance[k] = h.above / h.below;
    }
}

/* The rounding of an exponent of 700 would cost 1e-13: d^2 and its quotient by 2y are taken
 * with their rounding errors, by fused multiply-adds, and the error applied to the result. */
double sn_root_density(double d, double y)
{
    const double square = d * d, denominator = 4 * y;
    if (!(square > DBL_MIN && square < DBL_MAX && denominator < DBL_MAX))
        return ROOT_PHI_0 * exp(d / y * d / -4);
    const double exponent = square / denominator;
    if (exponent > 800)
        return 0;
    const double rest = fma(-exponent, denominator, square) + fma(d, d, -square);
    return exp(-exponent) * (ROOT_PHI_0 - ROOT_PHI_0 * (rest / denominator));
}
