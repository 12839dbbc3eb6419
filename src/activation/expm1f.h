/* expm1f.h: e^z - 1 for z <= 0 and what is made of it, accurate enough for a float, in a form
 * compilers vectorise. Not installed.
 *
 * The C library's expm1 is a call per element. Here z = k ln 2 + r with |r| <= ln 2 / 2, and
 *
 *     e^z - 1 = (2^k - 1) + 2^k (e^r - 1),    e^r - 1 = r + r^2 q(r)
 *
 * so that near zero, where k = 0, nothing cancels. At k = -1 the sum is -1/2 + (e^r - 1)/2, both
 * terms of like size; the result is at most -0.29, and loses less than a bit.
 *
 * Double throughout: the rounding error, some 1e-16, then never shows in a float, one product with
 * ln 2 suffices, and the float's subnormals are ordinary numbers. What shows is q, of degree 5,
 * with a relative error of 6e-10 in e^r - 1: a hundredth of a float's half unit. So the value
 * rounded to float is the right one but for a few in 100000, where it is the neighbour. In float,
 * the roundings of r, of the sum and of the product with a parameter would add up to 1.5e-7.
 *
 * q is (e^r - 1 - r) / r^2 interpolated at Chebyshev's nodes:
 *
 *   from mpmath import *; mp.dps = 40
 *   g = lambda r: (expm1(r) - r) / r**2
 *   x = [log(2)/2 * mpf('1.0001') * cos(pi * (2*i + 1) / 12) for i in range(6)]
 *   powers = matrix([[t**j for j in range(6)] for t in x])
 *   print(lu_solve(powers, matrix([g(t) for t in x])))
 */
#ifndef SELFNORM_ACTIVATION_EXPM1F_H
#define SELFNORM_ACTIVATION_EXPM1F_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "activation/kernels.h"

/* z = k ln 2 + r: *power is 2^k, *small is e^r - 1. For z <= 0, or NaN. */
static SN_INLINE void sn_expm1f_parts(double z, double *power, double *small)
{
    const double x = sn_pick(z < -200, -200, z); /* e^-200 is nothing, even 1e12 times */

    /* Added to 1.5 * 2^52, a number is rounded to a whole one, which its last bits then hold;
     * shifted into the place of the exponent, and that of 1 added, they are 2^k. */
    const double shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;
    const double k = shifted - 0x1.8p52;
    const double r = x - k * 0x1.62e42fefa39efp-1;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 52) + ((uint64_t)1023 << 52);
    memcpy(power, &bits, sizeof *power);

    double q = 0.000198909908246736538;
    q = q * r + 0.00139336499963092504;
    q = q * r + 0.00833331092548090083;
    q = q * r + 0.0416664649252859054;
    q = q * r + 0.166666666816232314;
    q = q * r + 0.50000000134658092;
    *small = q * r * r + r;
}

/* e^z - 1 for z <= 0, zero with its sign, minus infinity and NaN; relative error below 1e-9. For
 * z > 0 some number or infinity, for sn_pick to pass over. */
static SN_INLINE double sn_expm1f(double z)
{
    double power, small;
    sn_expm1f_parts(z, &power, &small);
    return copysign((power - 1) + power * small, z); /* 0 + -0 would lose the sign */
}

/* e^z likewise. */
static SN_INLINE double sn_expf(double z)
{
    double power, small;
    sn_expm1f_parts(z, &power, &small);
    return power + power * small;
}

/* log(1 + e) for 0 <= e <= 1, or NaN: 2 atanh s, s = e / (2 + e) <= 1/3. The polynomial is
 * (2 atanh s - 2 s) / s^3 in s^2, from the five nodes on (0, 1/9) as above; relative error
 * 4e-10. */
static SN_INLINE double sn_log1pf(double e)
{
    const double s = e / (2 + e), q = s * s;
    double p = 0.23224329224023349;
    p = p * q + 0.217065758008803733;
    p = p * q + 0.285923579943028361;
    p = p * q + 0.399997063319297186;
    p = p * q + 0.666666673205274174;
    return s * (p * q + 2);
}

/* z sigma(s) for an s with the sign of z, sigma the logistic function. */
static SN_INLINE double sn_gatedf(double z, double s)
{
    const double e = sn_expf(-fabs(s)), x = sn_pick(z < -200, -200, z); /* infinity would stay */
    return sn_pick(z < 0, x * e, z) / (1 + e);
}

#endif
