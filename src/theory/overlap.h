/* overlap.h: two pre-activations through the same activation.
 *
 * (a, b) is jointly normal, a and b both N(x, y) with x the mean and y the VARIANCE, and c in
 * [-1, 1] their correlation: what two samples are to the neurons of one wide random layer.
 */
#ifndef SELFNORM_THEORY_OVERLAP_H
#define SELFNORM_THEORY_OVERLAP_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

typedef struct sn_overlap {
    double overlap;            /* C(c) = E[f(a) f(b)] */
    double slope;              /* dC/dc = y E[f'(a) f'(b)] */
    double covariance;         /* Cov(f(a), f(b)), accurate also where it is small beside C */
    double covariance_cross;   /* Cov(f(a), f(b)^2) = Cov(f(a)^2, f(b)) */
    double covariance_squares; /* Cov(f(a)^2, f(b)^2) */
    /* Estimates: the error of overlap and of covariance relative
     * to E f^2, and that of slope relative to y E f'^2. The other two have errors of like size,
     * relative to the roots of E f^2 E f^4 and E f^4 E f^4. */
    double error, slope_error;
    sn_trust trust; /* SN_QUADRATURE, but of sn_moments_compute where c is 0 */
} sn_overlap;

/* For any c, by panels of Gauss-Legendre nodes over what a and b have in common, with the moments
 * of f as inner expectations: some tens of microseconds where these have a closed form, some
 * milliseconds otherwise. Thread-safe.
 * SN_EDOMAIN: x not finite, y not positive and finite, c not in [-1, 1]. SN_ENOCONV: a moment is
 * not finite, or error or slope_error above 1e-6. SN_ENOMEM as sn_moments_compute. */
SN_NODISCARD sn_status sn_overlap_compute(const sn_activation *f, double x, double y, double c,
                                          sn_overlap *out, sn_error *err);

SN_END_DECLS

#endif
