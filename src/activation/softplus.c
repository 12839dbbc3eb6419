/* Softplus (Dugas et al. 2001), the antiderivative of the logistic function: log(1 + e^z), with the
 * larger of 1 and e^z taken out of the logarithm. */
#include "activation/activation.h"
#include "activation/kernels.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    return (z <= 0 ? 0 : z) + log1p(exp(-fabs(z)));
}

static double derivative(const double *params, double z)
{
    (void)params;
    const double e = exp(-fabs(z));
    return (z < 0 ? e : 1) / (1 + e);
}

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_softplus = {
    .name = "softplus",
    .doc = "log(1 + e^z)",
    .value = value,
    .derivative = derivative,
    .map_double = map_double,
    .map_float = map_float,
};
