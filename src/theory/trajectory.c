/* A signal's way through many equal layers: the map of one layer, iterated.
 *
 * The iteration ends in one of four fates, each a result. Two of them are told from numbers leaving
 * the doubles: an explosion when a statistic, or the variance of the next pre-activation, is no
 * longer finite; a death when the variance falls below the smallest normal number, below which it
 * has no digits left to speak of. */
#include "theory/layer_map.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

const char *sn_fate_text(sn_fate fate)
{
    static const char *const texts[] = {
#define SN_FATE_STRING(id, name) name,
        SN_FATE_LIST(SN_FATE_STRING)
#undef SN_FATE_STRING
    };
    return (unsigned)fate < sizeof texts / sizeof texts[0] ? texts[fate] : "unknown";
}

/* Whether the layer after (mu, nu) can be computed at all; if not, *fate says how it ended. */
static bool next_layer_exists(const sn_layer_map *map, const sn_layer_point *at, sn_fate *fate)
{
    double x, y;
    sn_layer_preactivation(map, at, &x, &y);
    if (isfinite(x) && y > 0 && y < INFINITY)
        return true;
    *fate = y == 0 ? SN_FATE_DIED : SN_FATE_EXPLODED;
    return false;
}

/* Whether the statistics after a layer are numbers to go on with; if not, *fate. */
static bool survived(const sn_layer_step *step, sn_fate *fate)
{
    if (!isfinite(step->mu_next) || !isfinite(step->nu_next)) {
        *fate = SN_FATE_EXPLODED;
        return false;
    }
    if (step->nu_next < DBL_MIN) {
        *fate = SN_FATE_DIED;
        return false;
    }
    return true;
}

/* Whether f^2 leaves the numbers where the Gaussian has not yet: that, and no failure of the rule,
 * is then why there are no moments. */
static bool overflows(const sn_layer_map *map, const sn_layer_point *at)
{
    double x, y;
    sn_layer_preactivation(map, at, &x, &y);
    const double reach = 38 * sqrt(y);
    const double low = sn_activation_value(&map->activation, x - reach);
    const double high = sn_activation_value(&map->activation, x + reach);
    return !isfinite(low * low) || !isfinite(high * high);
}

sn_status sn_layer_map_iterate(const sn_layer_map *map, const sn_layer_point *start,
                               size_t max_layers, double tolerance, double *mu, double *nu,
                               size_t *layers, sn_fate *fate, sn_error *err)
{
    if (!(tolerance >= 0))
        return sn_fail(err, SN_EDOMAIN, "tolerance is %g, must not be negative", tolerance);

    sn_layer_point at = *start;
    *fate = SN_FATE_UNSETTLED;
    mu[0] = at.mu;
    nu[0] = at.nu;
    size_t layer = 0;
    while (layer < max_layers) {
        /* The start is the caller's: a bad one is an error. Later ones are the map's own. */
        if (layer > 0 && !next_layer_exists(map, &at, fate))
            break;
        sn_layer_step step;
        const sn_status status = sn_layer_map_apply(map, &at, &step, err);
        if (status == SN_ENOCONV && layer > 0 && overflows(map, &at)) {
            *fate = SN_FATE_EXPLODED;
            break;
        }
        if (status != SN_OK)
            return status;
        if (!survived(&step, fate))
            break;
        layer++;
        mu[layer] = step.mu_next;
        nu[layer] = step.nu_next;
        const double moved =
            fabs(step.mu_next - at.mu) + fabs(step.nu_next - at.nu) / fmax(1, step.nu_next);
        at.mu = step.mu_next;
        at.nu = step.nu_next;
        if (moved < tolerance) {
            *fate = SN_FATE_SETTLED;
            break;
        }
    }
    *layers = layer;
    return SN_OK;
}
