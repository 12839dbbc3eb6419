/* GELU (Hendrycks and Gimpel 2016), exact: z Phi(z) with the Gaussian distribution function
 * Phi(z) = erfc(t)/2, t = -z / sqrt 2, and density phi.
 *
 * To the left erfc magnifies the relative rounding of t by t^2. Down to z = -4 a first-order
 * correction by the rest of t makes up for it. Further left
 * Phi(z) = e^(-z^2/2) erfcx(t)/2, where erfcx magnifies nothing, the exponential is formed from the
 * exact square, and neither leaves the normal numbers before z Phi(z) does.
 *
 * The derivative Phi + z phi is a difference on that side, but not one that cancels, except at its
 * zero, z = -0.75. */
#include "activation/activation.h"
#include "activation/kernels.h"
#include "activation/tails.h"

#include <cerf.h>
#include <math.h>

/* 1/sqrt(2) and what its double lacks, by mpmath at 60 digits as h = float(c), float(c - mpf(h)) */
static const double SQRT_HALF = 0x1.6a09e667f3bcdp-1, SQRT_HALF_REST = -0x1.bdd3413b26456p-55;
static const double ONE_OVER_SQRT_PI = 0.56418958354775628695;
static const double ONE_OVER_SQRT_2PI = 0.39894228040143267794;
static const double FAR_LEFT = -4;

/* Phi(z) for z >= FAR_LEFT. */
static double distribution(double z)
{
    const double t = -z * SQRT_HALF;
    if (!(z < 0))
        return 0.5 * erfc(t);
    const double rest = fma(-z, SQRT_HALF, -t) - z * SQRT_HALF_REST;
    return 0.5 * erfc(t) - rest * ONE_OVER_SQRT_PI * exp(-t * t);
}

static double value(const double *params, double z)
{
    (void)params;
    if (!(z < FAR_LEFT))
        return z * distribution(z);
    const double root = exp_minus_square(z, 0.25);
    return root == 0 ? 0 : (z * root) * (root * (0.5 * erfcx(-z * SQRT_HALF)));
}

static double derivative(const double *params, double z)
{
    (void)params;
    if (!(z < FAR_LEFT))
        return distribution(z) + z * ONE_OVER_SQRT_2PI * exp_minus_square(z, 0.5);
    const double root = exp_minus_square(z, 0.25);
    return root * (root * (0.5 * erfcx(-z * SQRT_HALF) + z * ONE_OVER_SQRT_2PI));
}

SN_DEFINE_KERNELS(value)

const sn_activation_type sn_activation_gelu = {
    .name = "gelu",
    .doc = "z Phi(z), Phi the standard normal distribution function",
    .value = value,
    .derivative = derivative,
    .formula = "x*erfc(-x/sqrt(2))/2",
    .map_double = map_double,
    .map_float = map_float,
};
