/* The logistic function. With e = e^-|z| <= 1 both sides are quotients of positive numbers, and the
 * derivative sigma(z) sigma(-z) = e / (1 + e)^2 needs no 1 - sigma. */
#include "activation/activation.h"
#include "activation/kernels.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    const double e = exp(-fabs(z));
    return (z < 0 ? e : 1) / (1 + e);
}

static double derivative(const double *params, double z)
{
    (void)params;
    const double e = exp(-fabs(z));
    return e / ((1 + e) * (1 + e));
}

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_sigmoid = {
    .name = "sigmoid",
    .alias = "logistic",
    .doc = "1 / (1 + e^-z)",
    .value = value,
    .derivative = derivative,
    .map_double = map_double,
    .map_float = map_float,
};
