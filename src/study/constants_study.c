/* Two independent ways to the same constants: the quadratic in closed form, and a numerical search
 * that shares no formula with it. Each exact solution is paired with the nearest searched one. */
#include "study/constants_study.h"

#include <math.h>

static double relative(double a, double b)
{
    return a == b ? 0 : fabs(a - b) / fmax(fabs(a), fabs(b));
}

static void compare(sn_constants_study *study)
{
    study->agree = study->exact.count == study->search.count;
    for (size_t i = 0; i < study->exact.count; i++) {
        study->nearest[i] = study->search.count;
        study->difference[i] = INFINITY;
        for (size_t j = 0; j < study->search.count; j++) {
            const double d =
                fmax(relative(study->exact.solutions[i].alpha, study->search.solutions[j].alpha),
                     relative(study->exact.solutions[i].lambda, study->search.solutions[j].lambda));
            if (d < study->difference[i]) {
                study->difference[i] = d;
                study->nearest[i] = j;
            }
        }
        study->agree = study->agree && study->difference[i] <= SN_CONSTANTS_TOLERANCE;
    }
}

sn_status sn_constants_study_run(const sn_target *target, double dropout_rate,
                                 sn_constants_study *out, sn_error *err)
{
    *out = (sn_constants_study){.target = *target, .has_dropout = !(dropout_rate < 0)};
    out->keep = out->has_dropout ? 1 - dropout_rate : 1;
    if (out->has_dropout && !(dropout_rate < 1))
        return sn_fail(err, SN_EDOMAIN, "dropout is %g, allowed is 0 <= dropout < 1", dropout_rate);
    sn_status status = sn_constants_solve(target, &out->exact, err);
    if (status != SN_OK)
        return status;
    status = sn_constants_search(target, &out->search, err);
    if (status != SN_OK)
        return status;
    compare(out);
    for (size_t i = 0; out->has_dropout && i < out->exact.count; i++) {
        const sn_selu_constants *s = &out->exact.solutions[i];
        status = sn_alpha_dropout_affine(sn_selu_saturation(s->alpha, s->lambda), target->at.mu,
                                         target->at.nu, out->keep, &out->dropout[i], err);
        if (status != SN_OK)
            return status;
    }
    return SN_OK;
}
