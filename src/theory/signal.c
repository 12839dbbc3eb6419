/* S(q) and E f'(z)^2 from the moments of f under N(0, q), or under the law of the field. */
#include "theory/signal.h"

#include <float.h>

#include "theory/moments.h"

static const double rounding = 8 * DBL_EPSILON;

sn_status sn_signal_at(const sn_field *field, double q, sn_signal *out, sn_error *err)
{
    if (field->map != SN_MAP_ENSEMBLE && field->map != SN_MAP_CENTRED) {
        const char *name = sn_map_name(field->map);
        return sn_fail(err, SN_EDOMAIN,
                       "the map is %s: the field of a net has the ensemble or the centred one",
                       name != NULL ? name : "unknown");
    }
    sn_moments m;
    const sn_status status = field->law == NULL
                                 ? sn_moments_compute(&field->activation, 0, q, &m, err)
                                 : sn_law_moments(field->law, &field->activation, 0, q, &m, err);
    if (status != SN_OK)
        return status;
    const bool centred = field->map == SN_MAP_CENTRED;
    *out = (sn_signal){.power = centred ? m.variance : m.second,
                       .rise = centred ? m.dvariance_dy : m.dsecond_dy,
                       .gradient = m.slope_second,
                       .error = m.error + rounding};
    return SN_OK;
}
