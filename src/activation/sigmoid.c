/* The logistic function. With e = e^-|z| <= 1 both sides are quotients of positive numbers, and the
 * derivative sigma(z) sigma(-z) = e / (1 + e)^2 needs no 1 - sigma. */
#include "activation/activation.h"
#include "activation/expm1f.h"
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

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    const double e = sn_expf(-fabs(z));
    return sn_pick(z < 0, e, 1) / (1 + e);
}

static SN_INLINE double slope_for_float(const double *params, double z)
{
    (void)params;
    const double e = sn_expf(-fabs(z));
    return e / ((1 + e) * (1 + e));
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)
SN_DEFINE_WIDE_LOOP(slope_float, float, slope_for_float)

const sn_activation_type sn_activation_sigmoid = {
    .name = "sigmoid",
    .alias = "logistic",
    .doc = "1 / (1 + e^-z)",
    .value = value,
    .derivative = derivative,
    .formula = "1/(1 + exp(-x))",
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
