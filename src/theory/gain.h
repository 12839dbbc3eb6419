/* gain.h: by which factor weights have to make up for an activation.
 *
 * z has mean x and VARIANCE y. Two conventions are in use, and they differ wherever E f(z) is not 0:
 *
 *     gain_variance       1 / sqrt(Var f(z))     NFNet (Brock et al. 2021), for centred weights
 *     gain_second_moment  1 / sqrt(E f(z)^2)     He et al. 2015, e3nn; for weights of mean 0
 *
 * and weights of standard deviation gain / sqrt(fan-in) keep, by the first, the variance of what
 * centred rows make of f(z), by the second, the second moment of what iid weights of mean 0 make.
 */
#ifndef SELFNORM_THEORY_GAIN_H
#define SELFNORM_THEORY_GAIN_H

#include "law.h"

SN_BEGIN_DECLS

typedef struct sn_gain {
    sn_moments moments;                       /* of f(z), E f'(z)^2 among them */
    double gain_variance, gain_second_moment; /* INFINITY: the moment is 0 */
    double gain_slope; /* 1 / sqrt(E f'(z)^2), what keeps gradients; INFINITY likewise */
    /* Estimated relative errors, rounding included: of mean relative to the root of the second
     * moment; of the others to themselves. */
    double error_mean, error_second, error_variance, error_slope_second;
} sn_gain;

/* law NULL: normal. Statuses as sn_law_moments. */
SN_NODISCARD sn_status sn_gain_compute(const sn_law *law, const sn_activation *f, double x,
                                       double y, sn_gain *out, sn_error *err);

SN_END_DECLS

#endif
