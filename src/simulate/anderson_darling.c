/* Anderson and Darling's statistic. With t_1 <= ... <= t_n the numbers less their mean, over their
 * deviation (divided by n - 1),
 *
 *     A^2 = -n - (1/n) sum over i of (2i - 1) (ln Phi(t_i) + ln Phi(-t_(n+1-i)))
 *         = -n - (1/n) sum over i of (2i - 1) ln Phi(t_i) + (2n - 2i + 1) ln Phi(-t_i).
 *
 * One erfc gives both logarithms: with the smaller tail p = erfc(|t| / sqrt 2) / 2 they are ln p
 * and log1p(-p). p leaves the doubles beyond |t| = 37, where ln p is summed asymptotically.
 */
#include "simulate/anderson_darling.h"

#include <math.h>
#include <string.h>

#include "simulate/statistics.h"

static const double half_log_two_pi = 0.91893853320467274178;
static const double sqrt_half = 0.70710678118654752440;

/* Merges of ever longer runs. No order of the numbers is slow, and nothing is allocated. */
static void sort(size_t n, double *x, double *room)
{
    double *from = x, *to = room;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t first = 0; first < n; first += 2 * run) {
            const size_t middle = n - first < run ? n : first + run;
            const size_t end = n - middle < run ? n : middle + run;
            size_t a = first, b = middle;
            for (size_t k = first; k < end; k++) {
                const int second = a == middle || (b < end && from[b] < from[a]);
                to[k] = from[second ? b : a];
                b += (size_t)second;
                a += (size_t)!second;
            }
        }
        double *const sorted = to;
        to = from;
        from = sorted;
    }
    if (from != x)
        memcpy(x, from, n * sizeof *x);
}

/* ln Phi(-t) for t >= 0. At 30 the first term left out is 945/t^10 = 2e-12 beside t^2/2. */
static double log_tail(double t)
{
    if (t < 30)
        return log(0.5 * erfc(t * sqrt_half));
    const double u = 1 / (t * t);
    return -0.5 * t * t - log(t) - half_log_two_pi + log1p(-u * (1 - u * (3 - u * (15 - 105 * u))));
}

double sn_anderson_darling(size_t n, double *x, double *room)
{
    const sn_tally all = sn_tally_of_double(n, x);
    const double count = (double)n, deviation = sn_tally_deviation(&all);
    if (n < SN_ANDERSON_DARLING_LEAST || !(deviation > 0) || !isfinite(deviation))
        return NAN;
    sort(n, x, room);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const double t = (x[i] - all.mean) / deviation;
        const double small = log_tail(fabs(t)), large = log1p(-0.5 * erfc(fabs(t) * sqrt_half));
        const double below = 2 * (double)i + 1, above = 2 * (count - (double)i) - 1;
        sum += t < 0 ? below * small + above * large : below * large + above * small;
    }
    return (-count - sum / count) * (1 + 0.75 / count + 2.25 / (count * count));
}
