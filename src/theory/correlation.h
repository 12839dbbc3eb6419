/* correlation.h: C(c) = E[f(a) f(b)] and its slope alone, fast: a and b N(x, y), x the mean and y the
 * VARIANCE, of correlation c in [-1, 1]. overlap.h knows more of the two, and takes longer.
 */
#ifndef SELFNORM_THEORY_CORRELATION_H
#define SELFNORM_THEORY_CORRELATION_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

typedef struct sn_correlation {
    double overlap;            /* C(c) */
    double covariance;         /* C(c) - (E f)^2, relatively accurate also where it is small */
    double slope;              /* dC/dc = y E[f'(a) f'(b)] */
    double error, slope_error; /* estimates, relative to E f^2 and to y E f'^2 */
    sn_trust trust;
} sn_correlation;

/* In closed form at x = 0 for relu, leaky relu (Cho and Saul 2009) and erf (Williams 1997), and for
 * linear; else for f without closed moments by its Hermite series (50 to 150 microseconds) where that
 * is good to 1e-13, and by sn_overlap_compute. Near c = +-1 the closed forms are written in 1 -+ c,
 * which do not cancel. Thread-safe. Statuses as sn_overlap_compute. */
SN_NODISCARD sn_status sn_correlation_compute(const sn_activation *f, double x, double y, double c,
                                              sn_correlation *out, sn_error *err);

SN_END_DECLS

#endif
