/* Leaky ReLU (Maas et al. 2013); with a learned slope it is called PReLU (He et al. 2015). Slope 0
 * is ReLU, slope 1 the identity, slope -1 the absolute value. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

#include <float.h>
#include <math.h>

enum { SLOPE };

static SN_INLINE double value(const double *params, double z)
{
    /* A slope of 0 times an infinity is no number. */
    const double least = params[SLOPE] == 0 ? -DBL_MAX : -INFINITY;
    return sn_pick(z > 0, z, params[SLOPE] * sn_pick(z < least, least, z));
}

static SN_INLINE double derivative(const double *params, double z)
{
    return sn_pick(z > 0, 1, params[SLOPE]);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    if (params[SLOPE] == 1)
        return 0;
    kinks[0] = 0;
    return 1;
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    const sn_ramp ramp = {
        .n_kinks = 1, .kinks = {0}, .slopes = {params[SLOPE], 1}, .value_at_first = 0};
    sn_ramp_moments(&ramp, x, y, out);
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_leaky_relu = {
    .name = "leaky_relu",
    .alias = "prelu",
    .doc = "z for z > 0, slope z for z <= 0",
    .n_params = 1,
    .params = {[SLOPE] = {"slope", 0.01, -1e6, 1e6, "slope of the negative side"}},
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x > 0 ? x : slope*x",
    .moments = moments,
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
