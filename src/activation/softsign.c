/* Softsign (Turian et al. 2009): a sigmoid with slow, algebraic tails. Its curvature jumps at 0. */
#include "activation/activation.h"
#include "activation/kernels.h"

#include <math.h>

static SN_INLINE double value(const double *params, double z)
{
    (void)params;
    return sn_pick(fabs(z) == INFINITY, copysign(1, z), z / (1 + fabs(z)));
}

static SN_INLINE double derivative(const double *params, double z)
{
    (void)params;
    const double r = 1 / (1 + fabs(z)); /* squared after the division: 1 + |z| may overflow then */
    return r * r;
}

static size_t kinks(const double *params, double kinks[SN_MAX_KINKS])
{
    (void)params;
    kinks[0] = 0;
    return 1;
}

SN_DEFINE_WIDE_KERNELS(value, derivative)

const sn_activation_type sn_activation_softsign = {
    .name = "softsign",
    .doc = "z / (1 + |z|)",
    .value = value,
    .derivative = derivative,
    .kinks = kinks,
    .formula = "x/(1 + abs(x))",
    .map_double = map_double,
    .map_float = map_float,
    .slope_double = slope_double,
    .slope_float = slope_float,
};
