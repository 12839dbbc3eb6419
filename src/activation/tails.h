/* tails.h: the arithmetic that keeps f and f' relatively accurate where they vanish.
 *
 * Two things spoil a tail. The argument of an exponential is rounded, and a rounding error of half
 * a unit in the last place of 700 costs ten bits of e^-700: so the error of the argument is carried
 * along and applied as a factor. And e^-|s| drops below the normal numbers, losing bits, while
 * z e^-|s| is still above them: so products are formed from two factors e^-|s|/2.
 *
 * Not installed: the activations are its only callers.
 */
#ifndef SELFNORM_ACTIVATION_TAILS_H
#define SELFNORM_ACTIVATION_TAILS_H

#include <math.h>

/* e^(-rate z^2) for rate a power of two and every z; the square is exact in two doubles. */
static inline double exp_minus_square(double z, double rate)
{
    const double square = z * z;
    if (rate * square > 750)
        return 0;
    const double rest = fma(z, z, -square);
    return exp(-rate * square) * (1 - rate * rest);
}

/* z sigma(s) for an s with the sign of z, from root = e^(-|s|/2); sigma(s) = 1/(1 + e^-s). */
static inline double gated_value(double z, double root)
{
    const double scale = 1 + root * root;
    if (!(z < 0))
        return z / scale;
    return root == 0 ? 0 : (z * root) * (root / scale);
}

/* Its derivative sigma(s) (1 + z s' sigma(-s)) for finite z, from slope = s'(z). */
static inline double gated_derivative(double z, double slope, double root)
{
    const double e = root * root, scale = 1 + e;
    if (!(z < 0))
        return (1 + z * slope * e / scale) / scale;
    return ((1 + z * slope / scale) * root) * (root / scale);
}

#endif
