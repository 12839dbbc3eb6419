/* exponential_tail.h: f(z) = A (e^{rate z} - 1) of a Gaussian z, given that z <= 0.
 * Not installed: the closed forms of moments are its only callers. All functions are pure. */
#ifndef SELFNORM_ACTIVATION_EXPONENTIAL_TAIL_H
#define SELFNORM_ACTIVATION_EXPONENTIAL_TAIL_H

#include <stdbool.h>

/* Whether E[e^{k rate z}] - 1 and Var e^{rate z} given z <= 0 cancel so far that they are better not
 * formed by subtraction; for a kink at u. */
static inline bool sn_step_is_small(double u, double step)
{
    return step < (u > 0 ? 0.35 + 0.15 * u : 0.35);
}

/* z = x + s t, t ~ N(0, 1), as f sees it. */
typedef struct sn_exponential_view {
    double u;        /* x / s, at most 1e15 in size */
    double root;     /* the square root of phi(u) */
    double step;     /* rate s */
    double mean;     /* rate x */
    double variance; /* rate^2 s^2 */
} sn_exponential_view;

typedef struct sn_exponential_tail {
    double ratio, excess;  /* Mills ratio and mean excess of the Gaussian tail beyond |u| */
    double mean, variance; /* of f */
    double first;          /* E[f + A] = E[f'] / rate */
    double second;         /* E[(f + A)^2] = E[f'^2] / rate^2 */
} sn_exponential_tail;

/* Each to 1e-14 relative, the mean relative to sqrt(E f^2), plus the rounding of view->mean. */
void sn_exponential_tail_below(const sn_exponential_view *view, double amplitude,
                               sn_exponential_tail *out);

#endif
