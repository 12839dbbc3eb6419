/* The inputs of a replica, entry by entry from unit variates: normals or uniforms u, g, h, e.
 *
 *     normal, uniform   x = mean + sqrt(variance) u
 *     sparse            with probability p the entry is mean/p + sqrt(v) u, else 0, where
 *                       v = (variance + mean^2)/p - (mean/p)^2: then E x = mean, and
 *                       E x^2 = p (v + (mean/p)^2) = variance + mean^2
 *     clusters          x = mean + sqrt(variance) (sqrt(|b|) s g + sqrt(w - |b|) h + sqrt(1 - w) e)
 *                       with w and b the correlations within and between; per neuron one g, and one
 *                       h for each of the two clusters; the sign s is -1 in the second if b < 0.
 *                       Of the unit variance, two samples of a cluster share |b| + (w - |b|) = w,
 *                       two of different ones +-|b| = b
 *     rows              given, one a sample; here they are columns
 *
 * The entries come in order from one stream after the other, each of CHUNK numbers, whatever the
 * shape: few samples waste nothing.
 */
#include "simulate/input.h"

#include <math.h>

#include "simulate/chance.h"

enum { CHUNK = 1 << 16, SOME = 1024, CLUSTERS = 2, TILE = 16 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/input.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/input.inc"
#undef REAL
#undef NAMED
