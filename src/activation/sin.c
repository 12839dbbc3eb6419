/* The sine, as in networks with periodic activations (Sitzmann et al. 2020).
 *
 * For z ~ N(x, y), E e^(ikz) = e^(ikx - k^2 y/2). With q = e^-y, s = sin x, c = cos x:
 *
 *   E sin z   = sqrt(q) s
 *   E sin^2 z = (1 - q^2 cos 2x)/2        = (1 - q^2)/2 + q^2 s^2
 *   E cos^2 z = (1 + q^2 cos 2x)/2        = (1 - q^2)/2 + q^2 c^2
 *   Var sin z = E sin^2 z - q s^2         = (1 - q) ((1 - q)/2 + q c^2)
 *   d Var/dy  = q^2 cos 2x + q s^2        = q (q c^2 + (1 - q) s^2)
 *
 * The right-hand sides are sums of what cannot be negative: with expm1 for 1 - q and 1 - q^2 they
 * hold at every y, where the middle ones lose all digits as y -> 0. */
#include "activation/activation.h"
#include "activation/kernels.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    return sin(z);
}

static double derivative(const double *params, double z)
{
    (void)params;
    return cos(z);
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const double s = sin(x), c = cos(x), sin_2x = sin(2 * x), cos_2x = cos(2 * x);
    const double root = exp(-y / 2), q = exp(-y), q2 = exp(-2 * y);
    const double p = -expm1(-y), p2 = -expm1(-2 * y); /* 1 - q, 1 - q^2 */
    *out = (sn_moments){
        .mean = root * s,
        .second = p2 / 2 + q2 * s * s,
        .variance = p * (p / 2 + q * c * c),
        .dmean_dx = root * c,
        .dmean_dy = -root * s / 2,
        .dsecond_dx = q2 * sin_2x,
        .dsecond_dy = q2 * cos_2x,
        .dvariance_dx = -q * p * sin_2x,
        .dvariance_dy = q * (q * c * c + p * s * s),
        .slope_second = p2 / 2 + q2 * c * c,
        .trust = SN_CLOSED_FORM,
    };
}

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_sin = {
    .name = "sin",
    .doc = "sin z",
    .value = value,
    .derivative = derivative,
    .formula = "sin(x)",
    .moments = moments,
    .map_double = map_double,
    .map_float = map_float,
};
