/* The error function. Its mean is closed because a Gaussian smoothed by a Gaussian is one:
 * for z ~ N(x, y), E erf(z) = erf(x / sqrt(1 + 2 y)). The second moment is no elementary function
 * of x and y but Owen's T, so the rest is left to quadrature. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/tails.h"

#include <math.h>

static const double TWO_OVER_SQRT_PI = 1.1283791670955125739;

static double value(const double *params, double z)
{
    (void)params;
    return erf(z);
}

static double derivative(const double *params, double z)
{
    (void)params;
    return TWO_OVER_SQRT_PI * exp_minus_square(z, 1);
}

static double mean(const double *params, double x, double y)
{
    (void)params;
    return erf(x / sqrt(1 + 2 * y));
}

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_erf = {
    .name = "erf",
    .doc = "erf z = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to z",
    .value = value,
    .derivative = derivative,
    .formula = "erf(x)",
    .mean = mean,
    .map_double = map_double,
    .map_float = map_float,
};
