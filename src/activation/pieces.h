/* pieces.h: Gaussian moments, in closed form, of functions made of linear and exponential pieces.
 * Not installed: the activations made of such pieces are its only callers. */
#ifndef SELFNORM_ACTIVATION_PIECES_H
#define SELFNORM_ACTIVATION_PIECES_H

#include "activation/activation.h"

/* scale * z for z > 0, scale * saturation * (e^(rate z) - 1) for z <= 0; rate > 0.
 * SELU: rate 1; ELU: scale 1, rate 1; CELU: saturation alpha, rate 1/alpha. A saturation and a
 * rate that are each other's inverses but for rounding, as CELU's, make no kink. */
typedef struct sn_exponential_unit {
    double scale, saturation, rate;
} sn_exponential_unit;

/* All moments for z ~ N(x, y), y > 0: variance to 1e-12 relative wherever it is a normal number,
 * mean to 1e-12 relative to sqrt(second), for y from 1e-12 to 1e6 and |x| up to 1e3; slope_second
 * to 1e-12 relative, and the derivatives relative to the bounds of Cauchy and Schwarz:
 *   dmean_dx        sqrt(E f'^2)
 *   dmean_dy        E |f''| / 2
 *   dsecond_dx      2 sqrt(E f^2 E f'^2);  dvariance_dx the same with variances
 *   dsecond_dy      E f'^2 + the bound of |E f f''|;  dvariance_dy the same with f - E f
 * No argument beyond that range gives NaN; y = 1e-300 or x = 1e150 are only less accurate. */
void sn_exponential_unit_moments(const sn_exponential_unit *unit, double x, double y,
                                 sn_moments *out);

/* The same at n points, many times faster: out[i] for z ~ N(x[i], y[i]). */
void sn_exponential_unit_moments_many(const sn_exponential_unit *unit, size_t n, const double *x,
                                      const double *y, sn_moments *out);

/* The unit itself over an array of floats, z == f allowed. Relative error at most 1.2e-7, two units
 * of a subnormal number; infinities and NaN as the formula says, and zero is what it is. */
void sn_exponential_unit_map_float(const sn_exponential_unit *unit, size_t n, const float *z,
                                   float *f);

/* Its slope likewise; at 0 that of the left side. */
void sn_exponential_unit_slope_float(const sn_exponential_unit *unit, size_t n, const float *z,
                                     float *slope);

/* A continuous piecewise linear function: slopes[0] left of kinks[0], slopes[i] between kinks[i-1]
 * and kinks[i], slopes[n_kinks] right of the last; value_at_first at kinks[0]. n_kinks >= 1. */
typedef struct sn_ramp {
    size_t n_kinks;
    double kinks[SN_MAX_KINKS];
    double slopes[SN_MAX_KINKS + 1];
    double value_at_first;
} sn_ramp;

/* All moments for z ~ N(x, y), y > 0, as accurate as those above. */
void sn_ramp_moments(const sn_ramp *ramp, double x, double y, sn_moments *out);

#endif
