/* Hard swish (Howard et al. 2019): SiLU with its sigmoid replaced by a ramp. Its pieces are
 * quadratic, and its slope jumps at both ends of the ramp. */
#include "activation/activation.h"
#include "activation/kernels.h"

static SN_INLINE double value(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= -3, 0, sn_pick(z > 3, z, z * (z + 3) / 6));
}

static SN_INLINE double derivative(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= -3, 0, sn_pick(z > 3, 1, (2 * z + 3) / 6));
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = -3;
    kinks[1] = 3;
    return 2;
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_hardswish = {
    .name = "hardswish",
    .doc = "z min(max(0, z + 3), 6) / 6",
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x*min(max(x + 3, 0), 6)/6",
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
