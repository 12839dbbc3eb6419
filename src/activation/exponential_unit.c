/* Moments of a linear piece above 0 and an exponential one below: SELU, ELU, CELU.
 *
 * With z = x + s t, s^2 = y, u = x/s, the mean and variance of f on each side of the kink, m+, V+
 * and m-, V-, and the sides' probabilities p+ = Phi(u), p- = Phi(-u), give
 *
 *   Var f = p+ V+ + p- V- + p+ p- (m+ - m-)^2,
 *
 * a sum of nonnegative terms, accurate as soon as each of them is. The side away from x is a tail,
 * its probability kept as R(|u|) times the square of a root (see mills.h). Above the kink f is
 * linear and the tail functions are all it takes; below, see exponential_tail.h. The derivatives are
 * in exponential_sides.h.
 */
#include "activation/exponential_sides.h"
#include "activation/exponential_tail.h"
#include "activation/mills.h"
#include "activation/pieces.h"

#include <math.h>

/* Beyond so many deviations the kink is out of sight. */
#define FAR 1e15

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
