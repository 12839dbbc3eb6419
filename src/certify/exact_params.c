/* SELU's defaults are two doubles next to the constants that keep mean 0 and variance 1; whoever
 * leaves them as they are means the constants. */
#include "certify/exact_params.h"

#include <string.h>

#include "certify/constant_balls.h"

bool sn_is_default_selu(const sn_activation *f)
{
    if (strcmp(f->type->name, "selu") != 0)
        return false;
    for (size_t i = 0; i < f->type->n_params; i++)
        if (f->params[i] != f->type->params[i].initial)
            return false;
    return true;
}

sn_status sn_exact_params(arb_ptr out, const sn_activation *f, slong prec, sn_error *err)
{
    for (size_t i = 0; i < SN_MAX_PARAMS; i++)
        arb_set_d(out + i, i < f->type->n_params ? f->params[i] : 0);
    if (!sn_is_default_selu(f))
        return SN_OK;
    enum { ALPHA, LAMBDA };
    static const sn_exact_target target = {SN_MAP_NEURON, "0", "1", "0", "1"};
    sn_constant_balls balls;
    sn_constant_balls_init(&balls);
    sn_status status = sn_constant_balls_solve(&target, prec, &balls, err);
    if (status == SN_OK && balls.count != 1)
        status =
            sn_fail(err, SN_ENOCONV, "SELU's constants to %ld bits: %s", (long)prec, balls.reason);
    if (status == SN_OK) {
        arb_swap(out + ALPHA, balls.alpha[0]);
        arb_swap(out + LAMBDA, balls.lambda[0]);
    }
    sn_constant_balls_clear(&balls);
    return status;
}

sn_status sn_exact_row(const sn_activation *f, const sn_enclosure **row, sn_error *err)
{
    *row = f->state == NULL ? sn_enclosure_find(f->type) : NULL;
    if (*row != NULL)
        return SN_OK;
    return sn_fail(err, SN_EUNKNOWN, "%s cannot be certified: %s", f->type->name,
                   f->state != NULL ? "only activations of the registry can"
                                    : "there are no enclosures of its moments");
}
