/* GELU's tanh approximation (Hendrycks and Gimpel 2016), the default of many libraries:
 *
 *   z/2 (1 + tanh u) = z sigma(s),  s = 2u = 2 sqrt(2/pi) (z + 0.044715 z^3) = z (C1 + C3 z^2).
 *
 * The second form has no 1 + tanh to cancel on the left. There e^s magnifies the rounding of s by
 * |s|, up to 700, so s is computed in two doubles. The constants in two doubles, by mpmath:
 *
 *   from mpmath import *; mp.dps = 60
 *   c1 = 2 * sqrt(2/pi); c3 = c1 * mpf('0.044715')
 *   for c in c1, c3: print(float(c).hex(), float(c - mpf(float(c))).hex())
 */
#include "activation/activation.h"
#include "activation/expm1f.h"
#include "activation/kernels.h"
#include "activation/tails.h"

#include <math.h>

static const double C1 = 0x1.9884533d43651p+0, C1_REST = -0x1.cbc0d30ebfd15p-54;
static const double C3 = 0x1.2444f2a4d8b4bp-4, C3_REST = -0x1.6c843a29d1c70p-61;

/* Beyond it sigma is 0 or 1 to far more than a double; and z^3 cannot overflow before it. */
static const double SATURATED = 100;

/* e^(-|s|/2) for |z| <= SATURATED. */
static double root_of(double z)
{
    const double w = z * z, w_rest = fma(z, z, -w);
    const double p = C3 * w, p_rest = fma(C3, w, -p) + (C3 * w_rest + C3_REST * w);
    const double q = C1 + p, p_seen = q - C1;
    const double q_rest = (C1 - (q - p_seen)) + (p - p_seen) + (p_rest + C1_REST);
    const double a = fabs(z);
    const double s = a * q, s_rest = fma(a, q, -s) + a * q_rest;
    return exp(-s / 2) * (1 - s_rest / 2);
}

static double value(const double *params, double z)
{
    (void)params;
    if (fabs(z) > SATURATED)
        return z > 0 ? z : 0;
    return gated_value(z, root_of(z));
}

static double derivative(const double *params, double z)
{
    (void)params;
    if (fabs(z) > SATURATED)
        return z > 0 ? 1 : 0;
    return gated_derivative(z, C1 + 3 * C3 * z * z, root_of(z));
}

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    return sn_gatedf(z, z * (C1 + C3 * (z * z)));
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)

const sn_activation_type sn_activation_gelu_tanh = {
    .name = "gelu_tanh",
    .doc = "z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))",
    .value = value,
    .derivative = derivative,
    .formula = "x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2",
    .map_double = map_double,
    .map_float = map_float,
};
