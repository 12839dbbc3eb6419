/* SiLU (Elfwing et al. 2017), also called swish (Ramachandran et al. 2017): z gated by the logistic
 * function of z. */
#include "activation/activation.h"
#include "activation/expm1f.h"
#include "activation/kernels.h"
#include "activation/tails.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    return gated_value(z, exp(-fabs(z) / 2));
}

static double derivative(const double *params, double z)
{
    (void)params;
    return gated_derivative(z, 1, exp(-fabs(z) / 2));
}

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    return sn_gatedf(z, z);
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)

const sn_activation_type sn_activation_silu = {
    .name = "silu",
    .alias = "swish",
    .doc = "z / (1 + e^-z)",
    .value = value,
    .derivative = derivative,
    .formula = "x/(1 + exp(-x))",
    .map_double = map_double,
    .map_float = map_float,
};
