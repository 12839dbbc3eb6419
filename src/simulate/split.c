/* The variance of a layer, split. Neuron i has over its S samples the mean m_i and the squared
 * deviations Q_i. The sum over pairs of different samples of the product of their values is
 * S1^2 - S2, with S1 = S m_i and S2 = Q_i + S m_i^2, so the mean product, the overlap, is
 *
 *     (S1^2 - S2) / (S (S - 1)) = m_i^2 - Q_i / (S (S - 1)) = m_i^2 - v_i / S,
 *
 * where v_i = Q_i / (S - 1) is the neuron's variance over samples without bias. With the means over
 * neurons m of m_i and v of v_i, the variance of all values about m is
 *
 *     V = Var(m_i) + v (S - 1) / S    so that    overlap - m^2 = Var(m_i) - v / S = V - v:
 *
 * the numerator of the correlation is what is left of the variance, the variance between neurons.
 * Var(m_i) - v / S loses the fewest digits of the three, and m^2 plus it is the overlap.
 *
 * Rows of few samples are summed many rows at a time, each in the order of its samples; long rows
 * in 8 lanes that are added in one fixed order.
 */
#include "simulate/split.h"

#include <math.h>

#include "base/clones.h"

enum { LANES = 8, ROWS = 64, SHORT = 32 };

static SN_INLINE double add_lanes(const double lanes[LANES])
{
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
           + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

static void add_rows(sn_split *split, size_t rows, size_t samples, const double *mean,
                     const double *squares)
{
    double sum = 0;
    for (size_t row = 0; row < rows; row++)
        sum += squares[row] > 0 ? squares[row] : 0; /* below by rounding alone */
    const sn_tally means = sn_tally_of_double(rows, mean);
    sn_tally_merge(&split->means, &means);
    split->squares += sum;
    split->freedom += (double)(rows * (samples - 1));
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/split.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/split.inc"
#undef REAL
#undef NAMED

double sn_split_between_samples(const sn_split *split)
{
    return split->freedom > 0 ? split->squares / split->freedom : NAN;
}

double sn_split_between_neurons(const sn_split *split)
{
    const double samples = split->freedom / split->means.count + 1;
    return sn_tally_variance(&split->means) - sn_split_between_samples(split) / samples;
}

double sn_split_overlap(const sn_split *split)
{
    return split->means.mean * split->means.mean + sn_split_between_neurons(split);
}

/* Over the variance that the split itself has seen: a tally of floats has fewer digits. */
double sn_split_correlation(const sn_split *split)
{
    const double neurons = sn_split_between_neurons(split);
    const double variance = neurons + sn_split_between_samples(split);
    return variance > 0 ? neurons / variance : NAN;
}
