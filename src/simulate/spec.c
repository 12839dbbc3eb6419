/* What a simulation may be asked for: the range of every field. Sizes end where BLAS' int or the
 * counters of the random streams do.
 */
#include "simulate/spec.h"

#include <limits.h>
#include <math.h>

#include "simulate/network.h"
#include "simulate/pass.h"
#include "simulate/random.h"

enum { MOST_THREADS = 4096 };

static sn_status check_size(const char *name, size_t value, size_t most, sn_error *err)
{
    if (value >= 1 && value <= most)
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "%s is %zu, allowed is 1 to %zu", name, value, most);
}

static sn_status check_finite(const char *name, double value, sn_error *err)
{
    if (isfinite(value))
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "%s is %g, must be finite", name, value);
}

static sn_status check_variance(const char *name, double value, sn_error *err)
{
    if (isfinite(value) && value >= 0)
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "%s is %g, must be finite and not negative", name, value);
}

static sn_status check_share(const char *name, double value, sn_error *err)
{
    if (value > 0 && value <= 1)
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "%s is %g, allowed is above 0 and at most 1", name, value);
}

static sn_status check_choice(const char *name, int value, int count, sn_error *err)
{
    if (value >= 0 && value < count)
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "%s is %d, allowed is 0 to %d", name, value, count - 1);
}

static sn_status check_activation(const sn_activation *activation, sn_error *err)
{
    const sn_activation_type *type = activation->type;
    if (type == NULL)
        return sn_fail(err, SN_EDOMAIN, "activation is none");
    for (size_t i = 0; i < type->n_params; i++) {
        const sn_param *param = &type->params[i];
        const double value = activation->params[i];
        if (!(value >= param->lower && value <= param->upper))
            return sn_fail(err, SN_EDOMAIN, "activation: %s's %s is %g, allowed is %g to %g",
                           type->name, param->name, value, param->lower, param->upper);
    }
    return SN_OK;
}

/* --- a layer ---------------------------------------------------------------------------------- */

static sn_status check_structure(const sn_weights *weights, size_t fan_in, sn_error *err)
{
    const double least = weights->omega * weights->omega / (double)fan_in;
    switch (weights->structure) {
    case SN_WEIGHTS_EXACT_ROWS:
        if (fan_in >= 2 && weights->tau > least)
            return SN_OK;
        return sn_fail(err, SN_EDOMAIN,
                       "exact rows with fan-in %zu, omega %g, tau %g: needs a fan-in of at least 2 "
                       "and tau above omega^2 / fan-in = %g",
                       fan_in, weights->omega, weights->tau, least);
    case SN_WEIGHTS_SPARSE:
    case SN_WEIGHTS_ORTHOGONAL:
        if (weights->omega == 0)
            return SN_OK;
        return sn_fail(err, SN_EDOMAIN,
                       "weights.omega is %g, must be 0 for sparse and orthogonal "
                       "weights",
                       weights->omega);
    case SN_WEIGHTS_IID:
    case SN_WEIGHT_STRUCTURE_COUNT:
        break;
    }
    return SN_OK;
}

static sn_status check_weights(const sn_weights *weights, size_t fan_in, sn_error *err)
{
    sn_status status;
    if ((status = check_choice("weights.law", (int)weights->law, SN_WEIGHT_LAW_COUNT, err)) != SN_OK
        || (status = check_choice("weights.structure", (int)weights->structure,
                                  SN_WEIGHT_STRUCTURE_COUNT, err))
               != SN_OK
        || (status = check_finite("weights.omega", weights->omega, err)) != SN_OK
        || (status = check_variance("weights.tau", weights->tau, err)) != SN_OK)
        return status;
    if (weights->law == SN_WEIGHT_STUDENT_T
        && !(weights->freedom > 2 && isfinite(weights->freedom)))
        return sn_fail(err, SN_EDOMAIN, "weights.freedom is %g, must be above 2 and finite",
                       weights->freedom);
    if (weights->structure == SN_WEIGHTS_SPARSE
        && (status = check_share("weights.density", weights->density, err)) != SN_OK)
        return status;
    return check_structure(weights, fan_in, err);
}

static sn_status check_dropout(const sn_dropout *dropout, sn_error *err)
{
    sn_status status;
    if (!(dropout->rate >= 0 && dropout->rate < 1))
        return sn_fail(err, SN_EDOMAIN, "dropout.rate is %g, allowed is 0 to below 1",
                       dropout->rate);
    if (dropout->rate == 0)
        return SN_OK;
    if ((status = check_finite("dropout.dropped", dropout->dropped, err)) != SN_OK
        || (status = check_finite("dropout.scale", dropout->scale, err)) != SN_OK
        || (status = check_finite("dropout.shift", dropout->shift, err)) != SN_OK)
        return status;
    return check_size("dropout.feature", dropout->feature, INT_MAX, err);
}

static sn_status check_layer(const sn_simulation_spec *spec, const sn_layer *layer, size_t fan_in,
                             sn_error *err)
{
    sn_status status;
    if ((status = check_size("width", layer->width, INT_MAX, err)) != SN_OK
        || (status = check_activation(&layer->activation, err)) != SN_OK
        || (status = check_weights(&layer->weights, fan_in, err)) != SN_OK
        || (status = check_finite("bias_mean", layer->bias_mean, err)) != SN_OK
        || (status = check_variance("bias_variance", layer->bias_variance, err)) != SN_OK
        || (status = check_choice("normalization", (int)layer->normalization,
                                  SN_NORMALIZATION_COUNT, err))
               != SN_OK
        || (status = check_dropout(&layer->dropout, err)) != SN_OK)
        return status;
    if (layer->residual) {
        if (layer->width != fan_in)
            return sn_fail(err, SN_EDOMAIN,
                           "a residual layer of width %zu has fan-in %zu, must be "
                           "equal",
                           layer->width, fan_in);
        if ((status = check_finite("branch", layer->branch, err)) != SN_OK)
            return status;
    }
    const bool orthogonal = layer->weights.structure == SN_WEIGHTS_ORTHOGONAL;
    if (spec->method == SN_METHOD_GRAM && !sn_gram_can(&layer->weights))
        return sn_fail(err, SN_EDOMAIN,
                       "method gram needs independent normal or orthogonal weights");
    if (spec->method == SN_METHOD_DIRECT && orthogonal)
        return sn_fail(err, SN_EDOMAIN, "orthogonal weights need method gram or auto");
    return SN_OK;
}

/* The first layer of a block has another fan-in than the rest of it. */
static sn_status check_blocks(const sn_simulation_spec *spec, sn_error *err)
{
    size_t fan_in = spec->width, depth = 0;
    if (spec->n_blocks == 0 || spec->blocks == NULL)
        return sn_fail(err, SN_EDOMAIN, "there are no layers");
    for (size_t i = 0; i < spec->n_blocks; i++) {
        const sn_block *block = &spec->blocks[i];
        sn_status status = check_size("repeat", block->repeat, UINT32_MAX - depth, err);
        if (status == SN_OK)
            status = check_layer(spec, &block->layer, fan_in, err);
        if (status == SN_OK && block->repeat > 1)
            status = check_layer(spec, &block->layer, block->layer.width, err);
        if (status != SN_OK)
            return status;
        fan_in = block->layer.width;
        depth += block->repeat;
    }
    return SN_OK;
}

/* --- the input, and all ----------------------------------------------------------------------- */

static sn_status check_input(const sn_input *input, sn_error *err)
{
    sn_status status = check_choice("input.law", (int)input->law, SN_INPUT_LAW_COUNT, err);
    if (status != SN_OK)
        return status;
    if (input->law == SN_INPUT_ROWS) {
        if (input->rows == NULL)
            return sn_fail(err, SN_EDOMAIN, "input.rows is none");
        return check_size("input.n_rows", input->n_rows, SIZE_MAX, err);
    }
    if ((status = check_finite("input.mean", input->mean, err)) != SN_OK
        || (status = check_variance("input.variance", input->variance, err)) != SN_OK)
        return status;
    if (input->law == SN_INPUT_SPARSE) {
        if ((status = check_share("input.density", input->density, err)) != SN_OK)
            return status;
        const double zeros = input->mean * input->mean * (1 - input->density);
        if (zeros > input->density * input->variance)
            return sn_fail(err, SN_EDOMAIN,
                           "sparse inputs of density %g and mean %g have a variance of at least "
                           "%g, asked for is %g",
                           input->density, input->mean, zeros / input->density, input->variance);
    }
    if (input->law == SN_INPUT_CLUSTERS
        && !(fabs(input->between) <= input->within && input->within <= 1))
        return sn_fail(err, SN_EDOMAIN,
                       "clusters of correlation %g within and %g between, allowed is |between| <= "
                       "within <= 1",
                       input->within, input->between);
    return SN_OK;
}

static sn_status check_clip(const sn_clip *clip, sn_error *err)
{
    const sn_status status = check_choice("clip.kind", (int)clip->kind, SN_CLIP_COUNT, err);
    if (status != SN_OK || clip->kind == SN_CLIP_NONE
        || (clip->threshold > 0 && isfinite(clip->threshold)))
        return status;
    return sn_fail(err, SN_EDOMAIN, "clip.threshold is %g, must be above 0 and finite",
                   clip->threshold);
}

sn_status sn_spec_check(const sn_simulation_spec *spec, sn_error *err)
{
    const size_t most_replicas = ((size_t)1 << SN_STREAM_REPLICA_BITS) - 1;
    sn_status status;
    if ((status = check_size("width", spec->width, INT_MAX, err)) != SN_OK
        || (status = check_size("samples", spec->samples, INT_MAX, err)) != SN_OK
        || (status = check_size("replicas", spec->replicas, most_replicas, err)) != SN_OK
        || (status = check_choice("threads", spec->threads, MOST_THREADS + 1, err)) != SN_OK
        || (status = check_choice("precision", (int)spec->precision, SN_DOUBLE + 1, err)) != SN_OK
        || (status = check_choice("method", (int)spec->method, SN_METHOD_COUNT, err)) != SN_OK
        || (status = check_input(&spec->input, err)) != SN_OK
        || (status = check_clip(&spec->clip, err)) != SN_OK
        || (status = check_blocks(spec, err)) != SN_OK)
        return status;
    return SN_OK;
}
