/* ReLU, the rectifier (Nair and Hinton 2010). Its moments are those of a truncated Gaussian. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

static SN_INLINE double value(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= 0, 0, z);
}

static SN_INLINE double derivative(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= 0, 0, 1);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const sn_ramp ramp = {.n_kinks = 1, .kinks = {0}, .slopes = {0, 1}, .value_at_first = 0};
    sn_ramp_moments(&ramp, x, y, out);
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_relu = {
    .name = "relu",
    .doc = "max(0, z)",
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "max(x, 0)",
    .moments = moments,
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
