/* The incoming weights of one neuron: a row of unit variates u of the law, shifted and scaled.
 *
 *     iid           w_i = omega/n + sqrt(tau/n) u_i
 *     exact rows    w_i = omega/n + sqrt((tau - omega^2/n) / S) (u_i - m)
 *     sparse        w_i = sqrt(tau/k) u_i at k of the n places, 0 at the others
 *
 * with m the row's own mean and S its sum of squared deviations: then sum w = omega, and
 * sum w^2 = omega^2/n + (tau - omega^2/n) = tau. That form takes m and S in double precision.
 *
 * A normal beyond two deviations is drawn again until it is within them. To keep every row a
 * function of its name, the second tries come in order from a stream of their own.
 *
 * The places of a sparse row are chosen by selection (Knuth, The Art of Computer Programming,
 * volume 2, algorithm 3.4.2 S), from the last place to the first: the i-th is taken with
 * probability (how many are still to be placed) / i. All subsets of k places are equally likely,
 * and a row needs no memory but its own.
 */
#include "simulate/weights.h"

#include <math.h>
#include <string.h>

#include "base/clones.h"
#include "simulate/chance.h"
#include "simulate/statistics.h"
#include "simulate/student.h"

enum { CHANCES = 128 };

size_t sn_weights_kept(double density, size_t n)
{
    const double kept = round(density * (double)n);
    if (!(kept >= 1))
        return 1;
    return kept < (double)n ? (size_t)kept : n;
}

double sn_weights_tau(const sn_weights *weights)
{
    const bool as_drawn =
        weights->structure == SN_WEIGHTS_IID || weights->structure == SN_WEIGHTS_SPARSE;
    return as_drawn && weights->law == SN_WEIGHT_UNCORRECTED
               ? weights->tau * (SN_TRUNCATED_DEVIATION * SN_TRUNCATED_DEVIATION)
               : weights->tau;
}

static double law_kurtosis(const sn_weights *weights)
{
    switch (weights->law) {
    case SN_WEIGHT_TRUNCATED_NORMAL:
    case SN_WEIGHT_UNCORRECTED:
        return SN_TRUNCATED_KURTOSIS;
    case SN_WEIGHT_UNIFORM:
        return -1.2;
    case SN_WEIGHT_STUDENT_T:
        return weights->freedom > 4 ? 6 / (weights->freedom - 4) : INFINITY;
    default:
        return 0;
    }
}

/* Of sparse rows E w^2 = (k/n) (tau/k) and E w^4 = (k/n) (tau/k)^2 E u^4, so that
 * E w^4 / (E w^2)^2 = E u^4 n/k, with density for k/n. */
double sn_weights_kurtosis(const sn_weights *weights)
{
    if (weights->structure == SN_WEIGHTS_ORTHOGONAL)
        return 0;
    const double kurtosis = law_kurtosis(weights);
    return weights->structure == SN_WEIGHTS_SPARSE ? (kurtosis + 3) / weights->density - 3
                                                   : kurtosis;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/weights.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/weights.inc"
#undef REAL
#undef NAMED
