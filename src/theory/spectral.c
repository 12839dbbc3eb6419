/* Largest singular value and largest absolute eigenvalue of M = [a b; c d].
 *
 * Singular values. M is the sum of a multiple of a rotation and a multiple of a reflection, of
 * sizes |(a + d, b - c)| / 2 and |(a - d, b + c)| / 2. The largest singular value is the sum of the
 * two sizes: no subtraction, so it is accurate to a few units in the last place.
 *
 * Eigenvalues. With h = (a + d)/2, p = (a - d)/2 and D = p^2 + b c they are h +- sqrt(D).
 *   D >= 0: the larger absolute value is |h| + sqrt(D), again a sum;
 *   D <  0: both have the absolute value sqrt(a d - b c).
 * D and the determinant do cancel, and near a double eigenvalue the square root turns an error e of
 * D into sqrt(e). Fused multiply-adds (Kahan's difference of products) and the rounding error of
 * a - d, recovered exactly, keep the error of D near eps^2 p^2, hence that of the result near eps.
 *
 * Entries too large or too small to be squared are scaled by a power of two first. */
#include "theory/layer_map.h"

#include <math.h>

/* The largest absolute entry, or a NaN or infinity if there is one. */
static double largest(double a, double b, double c, double d)
{
    const double sum = fabs(a) + fabs(b) + fabs(c) + fabs(d);
    if (!(sum < INFINITY) && !(isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d)))
        return sum;
    return fmax(fmax(fabs(a), fabs(b)), fmax(fabs(c), fabs(d)));
}

/* The exponent to scale by so that squares neither overflow nor lose what matters; 0: none. */
static int scaling(double size)
{
    if (size > 1e-100 && size < 1e150)
        return 0;
    int exponent;
    frexp(size, &exponent);
    return exponent;
}

/* u v + w z with one rounding error (Kahan). */
static double sum_of_products(double u, double v, double w, double z)
{
    const double wz = w * z;
    return fma(u, v, wz) + fma(w, z, -wz);
}

static double norm(double a, double b, double c, double d)
{
    const double rotation = sqrt((a + d) * (a + d) + (b - c) * (b - c));
    const double reflection = sqrt((a - d) * (a - d) + (b + c) * (b + c));
    return 0.5 * (rotation + reflection);
}

static double radius(double a, double b, double c, double d)
{
    const double difference = a - d;
    const double back = a - difference; /* difference + lost = a - d exactly (two-sum) */
    const double lost = (a - (difference + back)) + (back - d);
    const double p = 0.5 * difference;
    const double discriminant = sum_of_products(p, p, b, c) + p * lost;
    if (discriminant < 0)
        return sqrt(fabs(sum_of_products(a, d, -b, c)));
    return 0.5 * fabs(a + d) + sqrt(discriminant);
}

double sn_spectral_norm(double a, double b, double c, double d)
{
    const double size = largest(a, b, c, d);
    if (size == 0 || !isfinite(size))
        return size;
    const int e = scaling(size);
    if (e == 0)
        return norm(a, b, c, d);
    return ldexp(norm(ldexp(a, -e), ldexp(b, -e), ldexp(c, -e), ldexp(d, -e)), e);
}

double sn_spectral_radius(double a, double b, double c, double d)
{
    const double size = largest(a, b, c, d);
    if (size == 0 || !isfinite(size))
        return size;
    const int e = scaling(size);
    if (e == 0)
        return radius(a, b, c, d);
    return ldexp(radius(ldexp(a, -e), ldexp(b, -e), ldexp(c, -e), ldexp(d, -e)), e);
}
