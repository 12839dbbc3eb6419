/* SELU (Klambauer et al. 2017, eq. 2): lambda z for z > 0, lambda alpha (e^z - 1) for z <= 0.
 *
 * The default alpha and lambda make (0, 1) a fixed point (eq. 14 of the paper); as mpmath says:
 *
 *   from mpmath import *; mp.dps = 40
 *   r = sqrt(e) * erfc(1/sqrt(2)); r2 = e**2 * erfc(sqrt(2))
 *   alpha = -sqrt(2/pi) / (r - 1)
 *   lam = (1 - r) * sqrt(2*pi) / sqrt(2 + pi - 2*r*(2+pi) + pi*r**2 + 2*r2)
 */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

#include <math.h>

enum { ALPHA, LAMBDA };

static double value(const double *params, double z)
{
    return params[LAMBDA] * (z > 0 ? z : params[ALPHA] * expm1(z));
}

static double derivative(const double *params, double z)
{
    return params[LAMBDA] * (z > 0 ? 1 : params[ALPHA] * exp(z));
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static sn_exponential_unit unit_of(const double *params)
{
    return (sn_exponential_unit){.scale = params[LAMBDA], .saturation = params[ALPHA], .rate = 1};
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_moments(&unit, x, y, out);
}

static void moments_many(const double *params, size_t n, const double *x, const double *y,
                         sn_moments *out)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_moments_many(&unit, n, x, y, out);
}

SN_DEFINE_DOUBLE_KERNEL(value)

static void map_float(const double *params, size_t n, const float *z, float *f)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_map_float(&unit, n, z, f);
}

static void slope_float(const double *params, size_t n, const float *z, float *slope)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_slope_float(&unit, n, z, slope);
}

double sn_selu_saturation(double alpha, double lambda)
{
    return -lambda * alpha;
}

const sn_activation_type sn_activation_selu = {
    .name = "selu",
    .doc = "lambda z for z > 0, lambda alpha (e^z - 1) for z <= 0",
    .n_params = 2,
    .params = {[ALPHA] = {"alpha", 1.6732632423543772848170429916717, -1e6, 1e6,
                          "depth of the negative side; the default makes (0, 1) a fixed point"},
               [LAMBDA] = {"lambda", 1.0507009873554804934193349852946, 1e-6, 1e6,
                           "slope of the positive side; the default makes (0, 1) a fixed point"}},
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x > 0 ? lambda*x : lambda*alpha*expm1(x)",
    .moments = moments,
    .moments_many = moments_many,
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
