/* exponential_sides.h: the moments of an exponential unit from those of its two sides, inline, for
 * one point and for loops over many.
 *
 * The derivatives are d E f/dx = E f', d E f/dy = E f''/2, d Var f/dx = 2 Cov(f, f') and
 * d Var f/dy = E f'^2 + Cov(f, f''), where f'' has a delta at the kink. They are summed over the
 * pieces as the variance is; below the kink f' = rate (f + A), so its covariances are V- again.
 */
#ifndef SELFNORM_ACTIVATION_EXPONENTIAL_SIDES_H
#define SELFNORM_ACTIVATION_EXPONENTIAL_SIDES_H

#include <float.h>
#include <math.h>

#include "activation/exponential_tail.h"
#include "activation/pieces.h"
#include "base/clones.h"

/* A probability, mass root^2, and its product with a moment. */
typedef struct weight {
    double root, mass;
} weight;

static SN_INLINE double weigh(weight p, double moment)
{
    return p.root * (p.root * (p.mass * moment));
}

/* f on one side of the kink, given that z is there. */
typedef struct side {
    weight p;
    double mean, variance;
} side;

/* The jump of f' at the kink. A rounding is none. */
static SN_INLINE double jump_of(const sn_exponential_unit *unit)
{
    const double jump =
        unit->rate == 1 ? 1 - unit->saturation : fma(-unit->saturation, unit->rate, 1);
    return fabs(jump) < DBL_EPSILON ? 0 : unit->scale * jump;
}

/* head is the probability of the side x is on, tail of the other; delta what f'' has at
 * the kink: the jump of f' there, times the density of z. */
static SN_INLINE void combine(const sn_exponential_unit *unit, side up, side down, weight head,
                              weight tail, const sn_exponential_tail *below, double jump,
                              double delta, sn_moments *out)
{
    const double scale = unit->scale, rate = unit->rate;
    const double gap = up.mean - down.mean;
    const double within = weigh(down.p, down.variance), across = weigh(tail, head.mass * gap);
    const double first = weigh(down.p, below->first);

    const double mean = weigh(up.p, up.mean) + weigh(down.p, down.mean);
    const double variance = weigh(up.p, up.variance) + within + weigh(tail, head.mass * gap * gap);
    const double steep = weigh(up.p, scale * scale) + rate * rate * weigh(down.p, below->second);
    out->mean = mean;
    out->second = mean * mean + variance;
    out->variance = variance;
    out->dmean_dx = weigh(up.p, scale) + rate * first;
    out->dmean_dy = (delta + rate * rate * first) / 2;
    out->dsecond_dx = 2 * (weigh(up.p, scale * up.mean) + rate * (within + first * down.mean));
    out->dsecond_dy = steep + rate * rate * (within + first * down.mean);
    out->dvariance_dx = 2 * (rate * within + across * (jump - rate * down.mean));
    out->dvariance_dy = steep + rate * rate * (within - across * below->first) - delta * mean;
    out->slope_second = steep;
    out->error = 0;
    out->trust = SN_CLOSED_FORM;
}

#endif
