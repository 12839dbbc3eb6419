/* The SELU constants of a target mean and variance, exactly.
 *
 * SELU is lambda times z+ plus lambda alpha times n(z) = (e^z - 1) 1{z <= 0}; the two parts do not
 * overlap, and split_quadratic.c has the algebra. Here are the moments of the parts, and what is to
 * be said of a solution. */
#include "theory/constants.h"

#include <math.h>
#include <stdio.h>

#include "activation/pieces.h"
#include "theory/split_quadratic.h"
#include "theory/target.h"

/* The part of SELU left of 0 is the exponential unit with no slope to the right: scale times
 * saturation is 1, and 2^-1000 z+ is below the last digit of everything. */
static const sn_exponential_unit right_part = {.scale = 1, .saturation = 0, .rate = 1};
static const sn_exponential_unit left_part = {
    .scale = 0x1p-1000, .saturation = 0x1p1000, .rate = 1};

/* Where the far side of 0 has next to no weight alpha hardly matters, and the difference that fixes
 * it drowns in the rounding of the near side. Such a root is noise, and its residuals say so. */
static bool is_resolved(const sn_target *target, const sn_selu_constants *solution)
{
    const double mu = target->at.mu, nu = target->at.nu, allowed = 1e-6;
    return fabs(solution->residual_mean) <= allowed * hypot(mu, sqrt(nu))
           && fabs(solution->residual_variance) <= allowed * nu;
}

sn_status sn_constants_solve(const sn_target *target, sn_constants *out, sn_error *err)
{
    double x, y;
    sn_status status = sn_target_preactivation(target, &x, &y, err);
    if (status != SN_OK)
        return status;

    const double m = target->at.mu;
    sn_moments right, left;
    sn_exponential_unit_moments(&right_part, x, y, &right);
    sn_exponential_unit_moments(&left_part, x, y, &left);
    const sn_split_quadratic q = sn_split_quadratic_of(m, target->at.nu, &right, &left);
    out->count = 0;
    if (!sn_split_is_usable(&q)) {
        snprintf(out->reason, sizeof out->reason,
                 "no solution in doubles: for z ~ N(%.6g, %.6g) one side of 0 has no weight", x, y);
        return SN_OK;
    }
    sn_split_root roots[SN_MAX_SPLIT_ROOTS];
    const size_t count = sn_split_roots(&q, roots);
    for (size_t i = 0; i < count; i++) {
        status =
            sn_target_solution(target, roots[i].alpha, roots[i].lambda, &out->solutions[i], err);
        if (status != SN_OK)
            return status;
        if (!is_resolved(target, &out->solutions[i])) {
            snprintf(out->reason, sizeof out->reason,
                     "no solution in doubles: for z ~ N(%.6g, %.6g) one side of 0 has so little "
                     "weight that alpha hardly matters, and is lost in rounding",
                     x, y);
            return SN_OK;
        }
    }
    out->count = count;
    char law[64];
    snprintf(law, sizeof law, "N(%.6g, %.6g)", x, y);
    sn_split_explain(&q, count, m, target->at.nu, law, out->reason, sizeof out->reason);
    return SN_OK;
}
