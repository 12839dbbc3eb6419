/* CELU (Barron 2017): an ELU whose slope is continuous for every alpha, since the exponential is
 * stretched along with its depth; the curvature jumps at 0.
 *
 * The quotient z / alpha is rounded. Its error hardly shows in e^t - 1, but it does in e^t for
 * large -t, so the derivative applies it as a factor. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/pieces.h"

#include <math.h>

enum { ALPHA };

static double value(const double *params, double z)
{
    if (z > 0)
        return z;
    const double t = z / params[ALPHA];
    return t > -0x1p-54 ? z : params[ALPHA] * expm1(t); /* a subnormal t would cost digits of z */
}

static double derivative(const double *params, double z)
{
    if (z > 0)
        return 1;
    const double t = z / params[ALPHA];
    if (t < -750)
        return 0;
    const double rest = fma(-t, params[ALPHA], z) / params[ALPHA];
    return exp(t) * (1 + rest);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static sn_exponential_unit unit_of(const double *params)
{
    return (sn_exponential_unit){
        .scale = 1, .saturation = params[ALPHA], .rate = 1 / params[ALPHA]};
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

const sn_activation_type sn_activation_celu = {
    .name = "celu",
    .doc = "z for z > 0, alpha (e^(z / alpha) - 1) for z <= 0",
    .n_params = 1,
    .params = {[ALPHA] = {"alpha", 1, 1e-3, 1e3, "depth and width of the negative side"}},
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x > 0 ? x : alpha*expm1(x/alpha)",
    .moments = moments,
    .moments_many = moments_many,
    .map_double = map_double,
    .map_float = map_float,
    .slope_float = slope_float,
};
