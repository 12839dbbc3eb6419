/* A target of the map, and what is said about each pair of constants found for it: the map of SELU
 * with these constants, at the target, where it should stay. */
#include "theory/target.h"

#include <math.h>

sn_status sn_target_preactivation(const sn_target *target, double *x, double *y, sn_error *err)
{
    const sn_layer_point *at = &target->at;
    if (!isfinite(at->mu) || !isfinite(at->omega))
        return sn_fail(err, SN_EDOMAIN, "mu = %g, omega = %g: both must be finite", at->mu,
                       at->omega);
    if (!(at->nu > 0 && at->nu < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "nu is %g, must be positive and finite", at->nu);
    if (!(at->tau > 0 && at->tau < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "tau is %g, must be positive and finite", at->tau);
    const sn_layer_map map = {.kind = target->map};
    sn_layer_preactivation(&map, at, x, y);
    if (!isfinite(*x) || !(*y > 0 && *y < INFINITY))
        return sn_fail(err, SN_EDOMAIN,
                       "the target's pre-activation has mean %g and variance %g, which must be "
                       "finite and the variance positive",
                       *x, *y);
    return SN_OK;
}

sn_status sn_target_solution(const sn_target *target, double alpha, double lambda,
                             sn_selu_constants *out, sn_error *err)
{
    sn_layer_map map = {.kind = target->map};
    sn_status status = sn_activation_init(&map.activation, "selu", err);
    if (status != SN_OK)
        return status;
    /* Set past sn_activation_set: a solution may lie outside the range a user may ask for. */
    map.activation.params[0] = alpha;
    map.activation.params[1] = lambda;
    status = sn_layer_map_apply(&map, &target->at, &out->step, err);
    if (status != SN_OK)
        return status;
    out->alpha = alpha;
    out->lambda = lambda;
    out->residual_mean = out->step.mu_next - target->at.mu;
    out->residual_variance = out->step.nu_next - target->at.nu;
    out->attracting = out->step.spectral_radius < 1;
    return SN_OK;
}

void sn_target_order(sn_constants *constants)
{
    for (size_t i = 1; i < constants->count; i++) {
        const sn_selu_constants inserted = constants->solutions[i];
        size_t place = i;
        for (; place > 0 && constants->solutions[place - 1].alpha < inserted.alpha; place--)
            constants->solutions[place] = constants->solutions[place - 1];
        constants->solutions[place] = inserted;
    }
}
