/* Variance and gradient through a stack of residual blocks.
 *
 * Branch and shortcut are uncorrelated, so variances and, on the way back, expected squared gradients
 * add up. With B(v) = tau S(v) + bias_variance, chi(v) = tau E f'(N(0, v))^2 and b the factor:
 *
 *                   v_next            gradient
 *     plain         v + b^2 B(v)      1 + b^2 chi(v)
 *     NFNet         v + b^2 B(1)      1 + b^2 chi(1) / v
 *     transition    1 + b^2 B(1)      (1 + b^2 chi(1)) / v
 *
 * NFNet's branch sees x / beta_l, which has variance 1, and its gradient returns through that factor
 * 1 / beta_l = 1 / sqrt(v); in a transition block the shortcut's does as well. The first block is none:
 * they are the blocks number reset + 1, 2 reset + 1, ... With v = 1 at the input it makes no
 * difference. */
#include "theory/residual.h"

#include <float.h>
#include <math.h>

#include "theory/field_parts.h"

static sn_status check(const sn_residual *net, double v, sn_error *err)
{
    if (!isfinite(net->beta))
        return sn_fail(err, SN_EDOMAIN, "the factor of the branch is %g, must be finite",
                       net->beta);
    if (!(v > 0 && v < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "the variance v is %g, must be positive and finite", v);
    return sn_field_check(net->field, err);
}

static void pass(const sn_residual *net, size_t index, double v, const sn_field_value *branch,
                 sn_residual_block *out)
{
    const double square = net->beta * net->beta;
    const bool transition = net->nfnet && net->reset > 0 && index > 0 && index % net->reset == 0;
    const double back = net->nfnet ? v : 1; /* what the branch's gradient is divided by */
    out->variance = (transition ? 1 : v) + square * branch->next;
    out->growth = out->variance / v;
    out->gradient = (transition ? 1 / v : 1) + square * branch->chi1 / back;
}

sn_status sn_residual_run(const sn_residual *net, double v, size_t depth, sn_residual_block *out,
                          size_t *blocks, sn_error *err)
{
    sn_status status = check(net, v, err);
    if (status != SN_OK)
        return status;
    sn_field_value branch;
    double logarithm = 0;
    *blocks = 0;
    for (size_t l = 0; l < depth; l++) {
        const double seen = net->nfnet ? 1 : v;
        if (l == 0 || !net->nfnet)
            status = sn_field_value_at(net->field, seen, &branch, err);
        if (status == SN_ENOCONV && l > 0 && sn_field_overflows(net->field, seen))
            return SN_OK;
        if (status != SN_OK)
            return status;
        pass(net, l, v, &branch, &out[l]);
        if (!(out[l].variance < INFINITY && out[l].gradient < INFINITY))
            return SN_OK;
        logarithm += log10(out[l].gradient);
        out[l].gradient_log10 = logarithm;
        v = out[l].variance;
        *blocks = l + 1;
    }
    return SN_OK;
}
