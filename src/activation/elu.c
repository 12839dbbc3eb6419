/* ELU (Clevert, Unterthiner, Hochreiter 2016): SELU without its scale. At alpha = 1 its slope is
 * continuous and only the curvature jumps at 0. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

#include <math.h>

enum { ALPHA };

static double value(const double *params, double z)
{
    return z > 0 ? z : params[ALPHA] * expm1(z);
}

static double derivative(const double *params, double z)
{
    return z > 0 ? 1 : params[ALPHA] * exp(z);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static sn_exponential_unit unit_of(const double *params)
{
    return (sn_exponential_unit){.scale = 1, .saturation = params[ALPHA], .rate = 1};
}

static void moments(const double *params, double x, double y, sn_moments *out)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_moments(&unit, x, y, out);
}

static void moments_many(const double *params, size_t n, const double *x, const double *y,
                         sn_moments *out)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_moments_many(&unit, n, x, y, out);
}

SN_DEFINE_DOUBLE_KERNEL(value)

static void map_float(const double *params, size_t n, const float *z, float *f)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_map_float(&unit, n, z, f);
}

static void slope_float(const double *params, size_t n, const float *z, float *slope)
{
    const sn_exponential_unit unit = unit_of(params);
    sn_exponential_unit_slope_float(&unit, n, z, slope);
}

const sn_activation_type sn_activation_elu = {
    .name = "elu",
    .doc = "z for z > 0, alpha (e^z - 1) for z <= 0",
    .n_params = 1,
    .params = {[ALPHA] = {"alpha", 1, -1e6, 1e6, "depth of the negative side"}},
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x > 0 ? x : alpha*expm1(x)",
    .moments = moments,
    .moments_many = moments_many,
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
