/* Alpha dropout (Klambauer et al. 2017, section 3, "New dropout technique"), for any target.
 *
 * With probability 1 - q an activation v of mean mu and variance nu is replaced by s, the
 * saturation. The mixture has
 *
 *   mean       q mu + (1 - q) s
 *   variance   q nu + q (1 - q) (s - mu)^2 = q ((1 - q)(s - mu)^2 + nu)
 *
 * and a v + b has mean mu and variance nu again when a^2 is nu over that variance, and b = mu less
 * a times that mean. */
#include "theory/constants.h"

#include <math.h>

sn_status sn_alpha_dropout_affine(double saturation, double mu, double nu, double keep,
                                  sn_alpha_dropout *out, sn_error *err)
{
    if (!isfinite(saturation) || !isfinite(mu))
        return sn_fail(err, SN_EDOMAIN, "saturation = %g, mu = %g: both must be finite", saturation,
                       mu);
    if (!(nu > 0 && nu < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "nu is %g, must be positive and finite", nu);
    if (!(keep > 0 && keep <= 1))
        return sn_fail(err, SN_EDOMAIN, "the keep probability is %g, must be above 0 and at most 1",
                       keep);
    /* sqrt(nu / (keep (...))), by hypot so that no square overflows. */
    out->a = sqrt(nu / keep) / hypot(sqrt(1 - keep) * (saturation - mu), sqrt(nu));
    out->b = mu - out->a * (keep * mu + (1 - keep) * saturation);
    return SN_OK;
}
