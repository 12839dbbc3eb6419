/* The hyperbolic tangent. 1 - tanh^2 would lose every digit of the derivative beyond |z| = 19 and
 * cosh overflows at 711; with e = e^(-2|z|), 1 / cosh^2 = 4 e / (1 + e)^2 does neither. */
#include "activation/activation.h"
#include "activation/expm1f.h"
#include "activation/kernels.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    return tanh(z);
}

static double derivative(const double *params, double z)
{
    (void)params;
    const double e = exp(-2 * fabs(z));
    return 4 * e / ((1 + e) * (1 + e));
}

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    const double less = sn_expm1f(-2 * fabs(z));
    return copysign(less / (2 + less), z);
}

static SN_INLINE double slope_for_float(const double *params, double z)
{
    (void)params;
    const double e = sn_expf(-2 * fabs(z));
    return 4 * e / ((1 + e) * (1 + e));
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)
SN_DEFINE_WIDE_LOOP(slope_float, float, slope_for_float)

const sn_activation_type sn_activation_tanh = {
    .name = "tanh",
    .doc = "tanh z",
    .value = value,
    .derivative = derivative,
    .formula = "tanh(x)",
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
