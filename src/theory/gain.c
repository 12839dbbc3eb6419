/* The gains are inverse roots of moments; what remains is to say how far they are to be trusted.
 *
 * Quadrature brings an estimate, which covers variance and slope_second, and the mean relative to
 * the root of the second moment. A closed form has rounding only: its own, at most 6e-15 wherever
 * it was measured (|x| <= 10 sqrt(y), y from 1e-6 to 1e4), and that of x and y, which far out is
 * magnified to some eps times y |dV/dy| / V. With e_m and e_v the errors of mean m and variance v,
 * second = v + m^2 has (v e_v + 2 |m| r e_m) / r^2, where r^2 = second.
 */
#include "theory/gain.h"

#include <float.h>
#include <math.h>

static const double rounding = 64 * DBL_EPSILON; /* of a closed form */

static double gain_for(double square)
{
    return square > 0 ? 1 / sqrt(square) : INFINITY;
}

sn_status sn_gain_compute(const sn_law *law, const sn_activation *f, double x, double y,
                          sn_gain *out, sn_error *err)
{
    sn_moments *const m = &out->moments;
    const sn_status status = sn_law_moments(law, f, x, y, m, err);
    if (status != SN_OK)
        return status;
    out->gain_variance = gain_for(m->variance);
    out->gain_second_moment = gain_for(m->second);
    out->gain_slope = gain_for(m->slope_second);

    const double magnified = y * fabs(m->dvariance_dy) / fmax(m->variance, DBL_MIN);
    const double error = fmax(m->error, rounding + 4 * DBL_EPSILON * magnified);
    const double root = sqrt(m->second);
    out->error_mean = out->error_variance = out->error_slope_second = error;
    out->error_second =
        m->second > 0 ? error * (m->variance + 2 * fabs(m->mean) * root) / m->second : error;
    return SN_OK;
}
