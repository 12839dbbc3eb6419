/* One layer as a map of statistics: (mu, nu) -> (mu_next, nu_next).
 *
 * The activation sees z ~ N(x, y), and everything it does is a function of (x, y) alone. A map is
 * therefore the choice of x and y as functions of (mu, nu, omega, tau), and the chain rule:
 *
 *              x            y                 dx/dmu    dy/dmu        dy/dnu
 *   neuron     mu omega     nu tau            omega     0             tau
 *   centred    0            nu tau            0         0             tau
 *   ensemble   mu omega     tau (nu + mu^2)   omega     2 tau mu      tau
 *
 * with a bias of mean b and variance s added to x and y; dx/dnu = 0 throughout.
 *
 * Inverted dropout at rate p comes before the map: it leaves mu and makes nu (nu + p mu^2) / (1 - p),
 * which grows by 2 p mu / (1 - p) with mu and by 1 / (1 - p) with nu. Backwards it multiplies a
 * squared gradient by 1 / (1 - p) on average, as do the entries of its mask, 0 or 1 / (1 - p). */
#include "theory/layer_map.h"

#include <math.h>

/* A row of the table above. */
typedef struct preactivation {
    double x, y;
    double dx_dmu, dy_dmu, dy_dnu;
} preactivation;

/* With nu as dropout leaves it. */
static void drop_out(const sn_layer_map *map, const sn_layer_point *at, preactivation *z)
{
    const double p = map->dropout, keep = 1 - p, mu = at->mu;
    const double added = at->tau * ((p * (at->nu + mu * mu)) / keep);
    z->y += added;
    z->dy_dmu += 2 * at->tau * mu * p / keep;
    z->dy_dnu /= keep;
}

static preactivation preactivate(const sn_layer_map *map, const sn_layer_point *at)
{
    preactivation z = {
        .x = map->bias_mean, .y = at->nu * at->tau + map->bias_variance, .dy_dnu = at->tau};
    if (map->kind != SN_MAP_CENTRED) {
        z.x += at->mu * at->omega;
        z.dx_dmu = at->omega;
    }
    if (map->kind == SN_MAP_ENSEMBLE) {
        z.y = at->tau * (at->nu + at->mu * at->mu) + map->bias_variance;
        z.dy_dmu = 2 * at->tau * at->mu;
    }
    if (map->dropout != 0)
        drop_out(map, at, &z);
    return z;
}

void sn_layer_preactivation(const sn_layer_map *map, const sn_layer_point *at, double *x, double *y)
{
    const preactivation z = preactivate(map, at);
    *x = z.x;
    *y = z.y;
}

static sn_status check(const sn_layer_map *map, const sn_layer_point *at, const preactivation *z,
                       sn_error *err)
{
    const double sum = at->mu + at->nu + at->omega + at->tau;
    if (!isfinite(sum)
        && !(isfinite(at->mu) && isfinite(at->nu) && isfinite(at->omega) && isfinite(at->tau)))
        return sn_fail(err, SN_EDOMAIN,
                       "mu = %g, nu = %g, omega = %g, tau = %g: all must be finite", at->mu, at->nu,
                       at->omega, at->tau);
    if (at->nu < 0 || at->tau < 0)
        return sn_fail(err, SN_EDOMAIN,
                       "nu = %g, tau = %g: a variance and a sum of squares cannot be negative",
                       at->nu, at->tau);
    if (!(map->bias_variance >= 0) || !isfinite(map->bias_mean))
        return sn_fail(err, SN_EDOMAIN,
                       "bias of mean %g and variance %g: the mean must be finite, the variance not "
                       "negative",
                       map->bias_mean, map->bias_variance);
    if (!(map->dropout >= 0 && map->dropout < 1))
        return sn_fail(err, SN_EDOMAIN, "the dropout rate is %g, must be at least 0 and below 1",
                       map->dropout);
    if (!isfinite(z->x) || !(z->y > 0 && z->y < INFINITY))
        return sn_fail(err, SN_EDOMAIN,
                       "the pre-activation has mean %g and variance %g, which must be finite and "
                       "the variance positive",
                       z->x, z->y);
    return SN_OK;
}

sn_status sn_layer_map_apply(const sn_layer_map *map, const sn_layer_point *at, sn_layer_step *out,
                             sn_error *err)
{
    const preactivation z = preactivate(map, at);
    sn_status status = check(map, at, &z, err);
    if (status != SN_OK)
        return status;
    sn_moments m;
    status = sn_law_moments(map->law, &map->activation, z.x, z.y, &m, err);
    if (status != SN_OK)
        return status;

    out->x = z.x;
    out->y = z.y;
    out->mu_next = m.mean;
    out->xi_next = m.second;
    out->nu_next = m.variance;
    out->dmu_dmu = z.dx_dmu * m.dmean_dx + z.dy_dmu * m.dmean_dy;
    out->dmu_dnu = z.dy_dnu * m.dmean_dy;
    out->dnu_dmu = z.dx_dmu * m.dvariance_dx + z.dy_dmu * m.dvariance_dy;
    out->dnu_dnu = z.dy_dnu * m.dvariance_dy;
    out->spectral_norm = sn_spectral_norm(out->dmu_dmu, out->dmu_dnu, out->dnu_dmu, out->dnu_dnu);
    out->spectral_radius =
        sn_spectral_radius(out->dmu_dmu, out->dmu_dnu, out->dnu_dmu, out->dnu_dnu);
    out->chi1 = z.dy_dnu * m.slope_second;
    out->error = m.error;
    out->trust = m.trust;
    return SN_OK;
}
