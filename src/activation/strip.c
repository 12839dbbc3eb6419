/* A strip a < Z < a + d of the Gaussian.
 *
 * In r = Z - a its density is phi(a) e^{-ar - r^2/2}. Where that falls by at most e^{-3} across the
 * strip, Gauss-Legendre with 12 nodes is exact to rounding, and a variance summed from squares
 * cancels nothing however narrow the strip. A strip across which it falls further is the tail
 * beyond a less the small part f of it beyond b = a + d: with the tails' conditional means and
 * variances (mills.h) the law of total variance, read backwards, gives those of the strip,
 *
 *   h_a = (1-f) m + f (d + h_b),   V_a = (1-f) V + f V_b + f (1-f) (d + h_b - m)^2,
 *
 * and since f is small the differences are mild.
 */
#include "activation/strip.h"
#include "activation/mills.h"

#include <math.h>
#include <stddef.h>

enum { HALF = 6 };

/* Gauss-Legendre with 12 nodes on [-1, 1]: the positive nodes and their weights. */
static const double nodes[HALF] = {0.125233408511468915, 0.367831498998180194,
                                   0.587317954286617447, 0.769902674194304687,
                                   0.904117256370474857, 0.981560634246719251};
static const double weights[HALF] = {0.249147045813402785, 0.233492536538354809,
                                     0.203167426723065922, 0.160078328543346226,
                                     0.106939325995318431, 0.0471753363865118272};

static sn_strip narrow(double a, double d)
{
    double offset[2 * HALF], weight[2 * HALF];
    double mass = 0, moment = 0, scatter = 0;
    const double half = d / 2;
    for (size_t i = 0; i < 2 * HALF; i++) {
        const double node = i < HALF ? -nodes[HALF - 1 - i] : nodes[i - HALF];
        const double r = half + half * node;
        offset[i] = half * node;
        weight[i] = (i < HALF ? weights[HALF - 1 - i] : weights[i - HALF]) * exp(-r * (a + r / 2));
        mass += weight[i];
        moment += weight[i] * offset[i];
    }
    const double shift = moment / mass;
    for (size_t i = 0; i < 2 * HALF; i++)
        scatter += weight[i] * (offset[i] - shift) * (offset[i] - shift);
    return (sn_strip){half * mass, half + shift, scatter / mass};
}

static sn_strip wide(double a, double d)
{
    const sn_tail near = sn_tail_beyond(a), far = sn_tail_beyond(a + d);
    const double beyond = exp(-d * (a + d / 2)) * far.ratio;
    if (beyond == 0)
        return (sn_strip){near.ratio, near.excess, near.variance};
    const double mass = near.ratio - beyond;
    const double odds = beyond / mass, out = d + far.excess;
    const double mean = near.excess - odds * (out - near.excess);
    const double spread = (1 + odds) * near.variance - odds * far.variance;
    return (sn_strip){mass, mean, spread - odds / (1 + odds) * (out - mean) * (out - mean)};
}

sn_strip sn_strip_from(double a, double d)
{
    return d <= SN_STRIP_NARROW && d * (a + d / 2) <= 3 ? narrow(a, d) : wide(a, d);
}
