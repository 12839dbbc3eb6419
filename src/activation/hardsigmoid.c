/* Hard sigmoid, the gate of hard swish, as PyTorch and Keras 3 have it (Keras 2 had slope 1/5). */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

static SN_INLINE double value(const double *params, double z)
{
    (void)params;
    return sn_pick(z <= -3, 0, sn_pick(z > 3, 1, (z + 3) / 6));
}

static SN_INLINE double derivative(const double *params, double z)
{
    (void)params;
    return sn_pick((z > -3) & (z <= 3), 1.0 / 6, 0);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = -3;
    kinks[1] = 3;
    return 2;
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    (void)params;
    const sn_ramp ramp = {
        .n_kinks = 2, .kinks = {-3, 3}, .slopes = {0, 1.0 / 6, 0}, .value_at_first = 0};
    sn_ramp_moments(&ramp, x, y, out);
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_hardsigmoid = {
    .name = "hardsigmoid",
    .doc = "min(max(0, z + 3), 6) / 6",
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "min(max(x + 3, 0), 6)/6",
    .moments = moments,
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
