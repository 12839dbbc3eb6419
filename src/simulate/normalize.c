/* Batch and layer normalisation; sums in double precision and two passes, so that a mean far from
 * zero takes no digits from the variance.
 */
#include "simulate/normalize.h"

#include <math.h>
#include <string.h>

#include "simulate/layer.h"

static double scale_of(double squares, size_t n)
{
    return 1 / sqrt(squares / (double)n + SN_NORMALIZATION_EPSILON);
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/normalize.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/normalize.inc"
#undef REAL
#undef NAMED
