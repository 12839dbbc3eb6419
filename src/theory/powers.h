/* powers.h: the first four moments of an activation under a Gaussian, and the second derivatives of
 * the first two. z ~ N(x, y), x the mean and y the VARIANCE of the pre-activation.
 */
#ifndef SELFNORM_THEORY_POWERS_H
#define SELFNORM_THEORY_POWERS_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

typedef struct sn_powers {
    double mean, second, third, fourth; /* E f, E f^2, E f^3, E f^4 */
    double variance;                    /* Var f */
    double covariance_square;           /* Cov(f, f^2) */
    double variance_square;             /* Var f^2 */
    double skewness, excess_kurtosis;   /* of f(z); NaN where central_error >= 1 */
    double dmean_dx, dmean_dy, dsecond_dx, dsecond_dy;
    /* The second derivatives of the functions (x, y) -> mean, second. That by x twice is 2 d/dy. */
    double d2mean_dxdy, d2mean_dydy, d2second_dxdy, d2second_dydy;
    /* Estimated errors: `error` of the four raw moments, relative to the powers of the root of E
     * f^2, and likewise of the second derivatives, times y^(3/2) and y^2; `central_error` of what
     * is left when the mean is taken off, relative to the powers of the deviation. Of 1 and more
     * where f is a constant to rounding: covariance_square and variance_square then say nothing. */
    double error, central_error;
    sn_trust trust;
} sn_powers;

/* By sn_moments_compute for what it knows and Gauss-Legendre panels split at the kinks of f for
 * the rest; some ten microseconds. Thread-safe.
 * SN_EDOMAIN: x not finite, y not positive and finite. SN_ENOCONV: a moment is not finite, or error
 * above 1e-6. SN_ENOMEM as sn_moments_compute. */
SN_NODISCARD sn_status sn_powers_compute(const sn_activation *f, double x, double y, sn_powers *out,
                                         sn_error *err);

SN_END_DECLS

#endif
