/* The hyperbolic tangent. 1 - tanh^2 would lose every digit of the derivative beyond |z| = 19 and
 * cosh overflows at 711; with e = e^(-2|z|), 1 / cosh^2 = 4 e / (1 + e)^2 does neither. */
#include "activation/activation.h"
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

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_tanh = {
    .name = "tanh",
    .doc = "tanh z",
    .value = value,
    .derivative = derivative,
    .map_double = map_double,
    .map_float = map_float,
};
