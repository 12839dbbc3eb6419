/* Moments of a linear piece above 0 and an exponential one below: SELU, ELU, CELU.
 *
 * With z = x + s t, s^2 = y, u = x/s, the mean and variance of f on each side of the kink, m+, V+
 * and m-, V-, and the sides' probabilities p+ = Phi(u), p- = Phi(-u), give
 *
 *   Var f = p+ V+ + p- V- + p+ p- (m+ - m-)^2,
 *
 * a sum of nonnegative terms, accurate as soon as each of them is. The side away from x is a tail,
 * its probability a multiple of exp(-u^2/2) kept as the square of a root (see mills.h). Above the
 * kink, f = scale z, the tail functions are all it takes. Below, f = A (e^{rate z} - 1); with the
 * Mills ratio R and the step w = rate s the conditional exponential moments are
 *
 *   M_k = E[e^{k rate z} | z <= 0] = R(u + k w) / R(u),   m- = A (M_1 - 1),   V- = A^2 (M_2 -
 * M_1^2).
 *
 * Steps that are not small take these as they stand; what replaces R(v) for v < 0 is
 * R(v) = sqrt(2 pi) e^{v^2/2} - R(-v), where e^{v^2/2} and phi(u) join to e^{kx + k^2 y/2}.
 *
 * For small steps they cancel. But (log R)' = -h and (log R)'' = V, the mean excess and variance of
 * the tail (mills.h), both positive, so that
 *
 *   log M_1            = -w   integral over 0 < t < 1 of h(u + w t),
 *   log (M_2 / M_1^2)  =  w^2 integral over 0 < t < 2 of (1 - |t - 1|) V(u + w t),
 *
 * and V- = (A M_1)^2 expm1(log (M_2/M_1^2)) has no cancellation left. The integrands are smooth on
 * the scale of 2 + |u| (the zeros of erfc are the nearest singularities), so a few Gauss nodes are
 * exact to rounding. For u < 0, h(v) = 1/R(v) - v splits off x + y/2, the lognormal part.
 *
 * The derivatives are covariances, by pieces as well: d mean/dx = E f', d mean/dy = E f''/2,
 * d Var/dx = 2 Cov(f, f'), d Var/dy = E f'^2 + Cov(f, f''), f'' with a delta at the kink.
 */
#include "activation/mills.h"
#include "activation/pieces.h"

#include <float.h>
#include <math.h>

/* The negative side, given that z <= 0. */
typedef struct below {
    double mean, variance; /* of f */
    double exponential;    /* A M_1 = E[f'] / rate */
    double square;         /* A^2 M_2 = E[f'^2] / rate^2 */
} below;

/* Steps up to it are small, for a kink at u. */
static inline double small_step(double u)
{
    return 0.35 + 0.15 * fmax(u, 0);
}

/* Beyond it the kink is nowhere. */
#define FAR 1e15

/* Below it phi(u) adds nothing to 1. */
#define LOGNORMAL (-9.0)

/* Gauss-Legendre on [0, 1]. */
enum { EXCESS_NODES = 6, VARIANCE_NODES = 7 };
static const double excess_nodes[EXCESS_NODES] = {0.0337652428984239861, 0.169395306766867743,
                                                  0.380690406958401546,  0.619309593041598454,
                                                  0.830604693233132257,  0.966234757101576014};
static const double excess_weights[EXCESS_NODES] = {0.0856622461895851725, 0.180380786524069304,
                                                    0.233956967286345524,  0.233956967286345524,
                                                    0.180380786524069304,  0.0856622461895851725};
/* Gauss for the weight 1 - |t - 1| on [0, 2]. */
static const double variance_nodes[VARIANCE_NODES] = {
    0.104384339289182483, 0.334006716294044433, 0.651586697343088034, 1,
    1.34841330265691197,  1.66599328370595557,  1.89561566071081752};
static const double variance_weights[VARIANCE_NODES] = {
    0.0179407450256317657, 0.0939250393193439149, 0.22474655501803663,  0.326775321273975379,
    0.22474655501803663,   0.0939250393193439149, 0.0179407450256317657};

/* The pre-activation as the negative side sees it: the step w = rate s, the mean and variance of
 * rate z, and the kink's distance u and root density. */
typedef struct view {
    double step, mean, variance, u, root;
} view;

/* e^{a+b}, the rounding of a + b made up for. */
static inline double exp_of_sum(double a, double b)
{
    const double sum = a + b, part = sum - a;
    return exp(sum) * (1 + ((a - (sum - part)) + (b - part)));
}

static below by_ratios(const view *at, double amplitude, double below_mass, double at_kink)
{
    const double u1 = at->u + at->step, u2 = u1 + at->step;
    if (at->u >= 0) {
        const double m1 = sn_tail_scaled(u1) / at_kink, m2 = sn_tail_scaled(u2) / at_kink;
        const double squared = amplitude * amplitude;
        return (below){amplitude * (m1 - 1), squared * (m2 - m1 * m1), amplitude * m1,
                       squared * m2};
    }
    const double peak = amplitude * at->root;
    double first = peak * at->root * sn_tail_scaled(fabs(u1));
    double second = peak * peak * sn_tail_scaled(fabs(u2));
    if (u1 < 0)
        first = amplitude * exp_of_sum(at->mean, at->variance / 2) - first;
    if (u2 < 0) {
        const double whole = amplitude * exp_of_sum(at->mean, at->variance);
        second = whole * whole - second;
    }
    first /= below_mass;
    second /= below_mass;
    return (below){first - amplitude, second - first * first, first, second};
}

static below by_logarithms(const view *at, double amplitude)
{
    const bool lognormal = at->u + 2 * at->step < LOGNORMAL;
    double excess = 0, spread = at->variance;
    if (!lognormal) {
        double sum = 0;
        for (int i = 0; i < EXCESS_NODES; i++)
            excess += excess_weights[i] * sn_tail_excess(at->u + at->step * excess_nodes[i]);
        for (int i = 0; i < VARIANCE_NODES; i++)
            sum += variance_weights[i] * sn_tail_variance(at->u + at->step * variance_nodes[i]);
        spread *= sum;
    }
    double exponential, below_one;
    if (at->u < 0) {
        const double hazard = lognormal ? 0 : excess + (at->u + at->step / 2);
        const double rest = at->variance / 2 - at->step * hazard;
        exponential = amplitude * exp(at->mean) * exp(rest);
        below_one = expm1(at->mean + rest);
    } else {
        exponential = amplitude * exp(-at->step * excess);
        below_one = expm1(-at->step * excess);
    }
    const double squared = exponential * exponential;
    const double variance = squared * expm1(spread);
    return (below){amplitude * below_one, variance, exponential, squared + variance};
}

/* A side's probability, mass root^2, and the product of it with a moment. */
typedef struct side {
    double root, mass;
} side;

static inline double weigh(side p, double moment)
{
    return p.root * (p.root * (p.mass * moment));
}

/* The jump of f' at the kink. A saturation that is 1/rate rounded, as CELU's, means none. */
static double jump(const sn_exponential_unit *unit)
{
    const double relative = fma(-unit->saturation, unit->rate, 1);
    return fabs(relative) < DBL_EPSILON ? 0 : unit->scale * relative;
}

void sn_exponential_unit_moments(const sn_exponential_unit *unit, double x, double y,
                                 sn_moments *out)
{
    const double scale = unit->scale, rate = unit->rate, amplitude = scale * unit->saturation;
    const double s = sqrt(y), u = fmax(fmin(x / s, FAR), -FAR), root = sn_root_density(x, y);
    const view at = {rate * s, rate * x, rate * rate * y, u, root};
    const bool left = u < 0;

    sn_tail beyond = {0};
    if (left)
        beyond = sn_tail_beyond(-u);
    const double at_kink = left ? beyond.ratio * SN_INV_SQRT_2PI : sn_tail_scaled(u);
    const side tail = {root, at_kink}, head = {1, 1 - root * root * at_kink};
    const side above = left ? tail : head, under = left ? head : tail;

    double up_mean = scale * s * beyond.excess, up_variance = scale * scale * y * beyond.variance;
    if (!left) {
        const double hazard = root * root * SN_INV_SQRT_2PI / head.mass;
        up_mean = scale * (x + s * hazard);
        up_variance = scale * scale * y * (1 - hazard * (hazard + u));
    }
    const below down = at.step >= small_step(u) ? by_ratios(&at, amplitude, head.mass, at_kink)
                                                : by_logarithms(&at, amplitude);

    const double p = weigh(above, 1), q = weigh(under, 1), gap = up_mean - down.mean;
    const double within = weigh(under, down.variance), cross = weigh(tail, head.mass * gap);
    const double delta = jump(unit) * (root * (root * (SN_INV_SQRT_2PI / s)));
    const double curved = rate * rate * down.exponential;
    const double mean = p * up_mean + q * down.mean;

    out->mean = mean;
    out->variance = weigh(above, up_variance) + within + weigh(tail, head.mass * gap * gap);
    out->second = mean * mean + out->variance;
    out->slope_second = weigh(above, scale * scale) + rate * rate * weigh(under, down.square);
    out->dmean_dx = scale * p + rate * q * down.exponential;
    out->dmean_dy = (delta + q * curved) / 2;
    out->dvariance_dx = 2 * (rate * within + cross * (jump(unit) - rate * down.mean));
    out->dvariance_dy = out->slope_second + rate * rate * within - cross * curved - delta * mean;
    out->dsecond_dx =
        2 * (scale * p * up_mean + rate * within + rate * q * down.exponential * down.mean);
    out->dsecond_dy = out->slope_second + rate * rate * within + q * curved * down.mean;
    out->error = 0;
    out->trust = SN_CLOSED_FORM;
}
