/* An exponential unit over an array of floats: what a simulation spends its time on at small
 * widths. Both sides are computed for every element and one is taken, in double, and the result is
 * rounded once. */
#include "activation/expm1f.h"
#include "activation/pieces.h"
#include "base/clones.h"

SN_CLONES
static void map(double scale, double saturation, double rate, size_t n, const float *z, float *f)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double x = (double)z[i], left = saturation * sn_expm1f(rate * x);
        f[i] = (float)(scale * sn_pick(x > 0, x, left));
    }
}

void sn_exponential_unit_map_float(const sn_exponential_unit *unit, size_t n, const float *z,
                                   float *f)
{
    map(unit->scale, unit->saturation, unit->rate, n, z, f);
}
