/* Mish (Misra 2019): z tanh(log(1 + e^z)), which is rational in e^z. With w = e^z,
 *
 *   f  = z w (w + 2) / D,                              D = w^2 + 2 w + 2,
 *   f' = w ((w + 2) + 4 z (w + 1) / D) / D,
 *
 * and for z > 0 the same divided through by w^2, in e = e^-z, so that nothing overflows. On the
 * left w is used as the square of e^(z/2): z w is still a normal number where w no longer is. */
#include "activation/activation.h"
#include "activation/expm1f.h"
#include "activation/kernels.h"

#include <math.h>

static double value(const double *params, double z)
{
    (void)params;
    if (!(z < 0)) {
        const double e = exp(-z);
        return z * ((1 + 2 * e) / (1 + 2 * e * (1 + e)));
    }
    const double root = exp(z / 2), w = root * root;
    return root == 0 ? 0 : (z * root) * (root * (w + 2) / (w * (w + 2) + 2));
}

static double derivative(const double *params, double z)
{
    (void)params;
    if (!(z < 0)) {
        const double e = exp(-z), d = 1 + 2 * e * (1 + e);
        return (1 + 2 * e + 4 * e * e * z * (1 + e) / d) / d;
    }
    const double root = exp(z / 2), w = root * root, d = w * (w + 2) + 2;
    return root == 0 ? 0 : root * (root * (w + 2 + 4 * z * (w + 1) / d) / d);
}

static SN_INLINE double value_for_float(const double *params, double z)
{
    (void)params;
    const double e = sn_expf(-fabs(z)), x = sn_pick(z < -200, -200, z);
    const double left = e * (e + 2), right = 1 + 2 * e;
    return x * sn_pick(z < 0, left / (left + 2), right / (right + 2 * e * e));
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)

const sn_activation_type sn_activation_mish = {
    .name = "mish",
    .doc = "z tanh(log(1 + e^z))",
    .value = value,
    .derivative = derivative,
    .formula = "x*tanh(max(x, 0) + log1p(exp(-abs(x))))",
    .map_double = map_double,
    .map_float = map_float,
};
