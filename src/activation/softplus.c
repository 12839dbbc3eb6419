/* Softplus (Dugas et al. 2001), the antiderivative of the logistic function: log(1 + e^z), with the
 * larger of 1 and e^z taken out of the logarithm. */
#include "activation/activation.h"
#include "activation/expm1f.h"
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

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= 0, 0, z) + sn_log1pf(sn_expf(-fabs(z)));
}

static SN_INLINE double slope_for_float(const double *params, double z)
{
    (void)params;
    const double e = sn_expf(-fabs(z));
    return sn_pick(z < 0, e, 1) / (1 + e);
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)
SN_DEFINE_WIDE_LOOP(slope_float, float, slope_for_float)

const sn_activation_type sn_activation_softplus = {
    .name = "softplus",
    .doc = "log(1 + e^z)",
    .value = value,
    .derivative = derivative,
    .formula = "max(x, 0) + log1p(exp(-abs(x)))",
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
