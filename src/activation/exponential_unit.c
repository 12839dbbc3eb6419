/* Moments of a linear piece above 0 and an exponential one below: SELU, ELU, CELU.
 *
 * With z = x + s t, s^2 = y, u = x/s, the mean and variance of f on each side of the kink, m+, V+
 * and m-, V-, and the sides' probabilities p+ = Phi(u), p- = Phi(-u), give
 *
 *   Var f = p+ V+ + p- V- + p+ p- (m+ - m-)^2,
 *
 * a sum of nonnegative terms, accurate as soon as each of them is. The side away from x is a tail,
 * its probability kept as R(|u|) times the square of a root (see mills.h). Above the kink f is
 * linear and the tail functions are all it takes; below, see exponential_tail.h.
 *
 * The derivatives are d E f/dx = E f', d E f/dy = E f''/2, d Var f/dx = 2 Cov(f, f') and
 * d Var f/dy = E f'^2 + Cov(f, f''), where f'' has a delta at the kink. They are summed over the
 * pieces as the variance is; below the kink f' = rate (f + A), so its covariances are V- again.
 */
#include "activation/exponential_tail.h"
#include "activation/mills.h"
#include "activation/pieces.h"

#include <float.h>
#include <math.h>

/* Beyond so many deviations the kink is out of sight. */
#define FAR 1e15

/* A probability, mass root^2, and its product with a moment. */
typedef struct weight {
    double root, mass;
} weight;

static inline double weigh(weight p, double moment)
{
    return p.root * (p.root * (p.mass * moment));
}

/* f on one side of the kink, given that z is there. */
typedef struct side {
    weight p;
    double mean, variance;
} side;

/* The jump of f' at the kink. A rounding is none. */
static inline double jump_of(const sn_exponential_unit *unit)
{
    const double jump =
        unit->rate == 1 ? 1 - unit->saturation : fma(-unit->saturation, unit->rate, 1);
    return fabs(jump) < DBL_EPSILON ? 0 : unit->scale * jump;
}

/* head is the probability of the side x is on, tail of the other; delta what f'' has at
 * the kink: the jump of f' there, times the density of z. */
static inline void combine(const sn_exponential_unit *unit, side up, side down, weight head,
                           weight tail, const sn_exponential_tail *below, double jump, double delta,
                           sn_moments *out)
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

void sn_exponential_unit_moments(const sn_exponential_unit *unit, double x, double y,
                                 sn_moments *out)
{
    const double scale = unit->scale, rate = unit->rate;
    const double s = sqrt(y), away = x / s, root = sn_root_density(x, y);
    const double u = away > FAR ? FAR : away < -FAR ? -FAR : away;
    const sn_exponential_view view = {u, root, rate * s, rate * x, rate * rate * y};
    sn_exponential_tail below;
    sn_exponential_tail_below(&view, scale * unit->saturation, &below);

    const double rest = 1 - root * root * below.ratio;
    const double jump = jump_of(unit), delta = root * (root / s * jump);
    const weight tail = {root, below.ratio}, head = {1, rest};
    if (u < 0) {
        const side up = {tail, scale * s * below.excess, scale * scale * y * sn_tail_variance(-u)};
        const side down = {head, below.mean, below.variance};
        combine(unit, up, down, head, tail, &below, jump, delta, out);
    } else {
        const double hazard = root * root / rest;
        const side up = {head, scale * (x + s * hazard),
                         scale * scale * y * (1 - hazard * (hazard + u))};
        const side down = {tail, below.mean, below.variance};
        combine(unit, up, down, head, tail, &below, jump, delta, out);
    }
}
