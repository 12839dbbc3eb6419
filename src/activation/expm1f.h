/* expm1f.h: e^z - 1 for z <= 0, accurate enough for a float, in a form compilers vectorise. Not
 * installed.
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
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/clones.h"

/* first or second, both computed already. A conditional expression would be the same, but is made
 * a branch, which GCC does not vectorise again unless it may ignore floating-point traps. */
static SN_INLINE double sn_pick(bool take_first, double first, double second)
{
    const uint64_t mask = -(uint64_t)take_first;
    uint64_t a, b;
    memcpy(&a, &first, sizeof a);
    memcpy(&b, &second, sizeof b);
    a = (a & mask) | (b & ~mask);
    memcpy(&first, &a, sizeof first);
    return first;
}

/* e^z - 1 for z <= 0, zero with its sign, minus infinity and NaN; relative error below 1e-9. For
 * z > 0 some number or infinity, for sn_pick to pass over. */
static SN_INLINE double sn_expm1f(double z)
{
    const double x = sn_pick(z < -104, -104, z); /* e^-104 is nothing beside 1 */

    /* Added to 1.5 * 2^52, a number is rounded to a whole one, which its last bits then hold;
     * shifted into the place of the exponent, and that of 1 added, they are 2^k. */
    const double shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;
    const double k = shifted - 0x1.8p52;
    const double r = x - k * 0x1.62e42fefa39efp-1;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 52) + ((uint64_t)1023 << 52);
    double power;
    memcpy(&power, &bits, sizeof power);

    double q = 0.000198909908246736538;
    q = q * r + 0.00139336499963092504;
    q = q * r + 0.00833331092548090083;
    q = q * r + 0.0416664649252859054;
    q = q * r + 0.166666666816232314;
    q = q * r + 0.50000000134658092;
    const double small = q * r * r + r;
    return copysign((power - 1) + power * small, z); /* 0 + -0 would lose the sign */
}

#endif
