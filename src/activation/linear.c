/* The identity: every moment is that of the pre-activation itself. */
#include "activation/activation.h"
#include "activation/kernels.h"

static SN_INLINE double value(const double *params, double z)
{
    (void)params;
    return z;
}

static SN_INLINE double derivative(const double *params, double z)
{
    (void)params;
    (void)z;
    return 1;
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    *out = (sn_moments){
        .mean = x,
        .second = x * x + y,
        .variance = y,
        .dmean_dx = 1,
        .dsecond_dx = 2 * x,
        .dsecond_dy = 1,
        .dvariance_dy = 1,
        .slope_second = 1,
        .trust = SN_CLOSED_FORM,
    };
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_linear = {
    .name = "linear",
    .alias = "identity",
    .doc = "z",
    .value = value,
    .derivative = derivative,
    .formula = "x",
    .moments = moments,
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
