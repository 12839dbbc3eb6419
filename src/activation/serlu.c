/* SERLU (Zhang and Li 2018): lambda z for z >= 0, lambda alpha z e^z for z < 0, a bump below 0 that
 * fades again for large -z. The slope jumps at 0 from lambda alpha to lambda.
 *
 * The default alpha and lambda make (0, 1) a fixed point. With n = -E[z e^z 1{z<0}] and n2 =
 * E[(z e^z)^2 1{z<0}] under N(0, 1), as mpmath says:
 *
 *   from mpmath import *; mp.dps = 40
 *   n = 1/sqrt(2*pi) - sqrt(e)*erfc(1/sqrt(2))/2
 *   n2 = 5*e**2*erfc(sqrt(2))/2 - 2/sqrt(2*pi)
 *   alpha = 1/(sqrt(2*pi)*n)
 *   lam = 1/sqrt(mpf(1)/2 + alpha**2*n2)
 *
 * Where e^z is subnormal, z e^z need not be: e^z is then applied by halves. Closed forms of the
 * moments would cancel for kinks far above x, and quadrature serves.
 */
#include "activation/activation.h"
#include "activation/expm1f.h"
#include "activation/kernels.h"

#include <math.h>

enum { ALPHA, LAMBDA };

/* factor e^z for z < 0, without digits lost before the product is subnormal itself. */
static double fading(double factor, double z)
{
    if (z > -700)
        return factor * exp(z);
    const double half = exp((z > -1600 ? z : -1600) / 2);
    return factor * half * half;
}

static double value(const double *params, double z)
{
    if (z > 0)
        return params[LAMBDA] * z;
    const double limited = z < -1600 ? -1600 : z; /* infinity times 0 is not the limit */
    return fading(params[LAMBDA] * params[ALPHA] * limited, z);
}

static double derivative(const double *params, double z)
{
    if (z > 0)
        return params[LAMBDA];
    const double limited = z < -1600 ? -1600 : z;
    return fading(params[LAMBDA] * params[ALPHA] * (1 + limited), z);
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

static SN_INLINE double value_for_float(const double *params, double z)
{
    const double below = sn_pick(z < -200, -200, z);
    return params[LAMBDA] * sn_pick(z > 0, z, params[ALPHA] * below * sn_expf(below));
}

SN_DEFINE_DOUBLE_KERNEL(value)
SN_DEFINE_WIDE_LOOP(map_float, float, value_for_float)

const sn_activation_type sn_activation_serlu = {
    .name = "serlu",
    .doc = "lambda z for z > 0, lambda alpha z e^z for z <= 0",
    .formula = "x > 0 ? lambda*x : lambda*alpha*x*exp(x)",
    .n_params = 2,
    .params = {[ALPHA] = {"alpha", 2.904271233329691822921857127606362536102, -1e6, 1e6,
                          "depth of the negative side; the default makes (0, 1) a fixed point"},
               [LAMBDA] = {"lambda", 1.07861828357722670592686661184594305024, 1e-6, 1e6,
                           "slope of the positive side; the default makes (0, 1) a fixed point"}},
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .map_double = map_double,
    .map_float = map_float,
};
