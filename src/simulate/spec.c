/* What a simulation may be asked for: the names of the input's laws, and the range of every field.
 * Sizes end where BLAS' int or the counters of the random streams do. */
#include "simulate/spec.h"

#include <limits.h>
#include <math.h>

#include "simulate/random.h"

enum { MOST_THREADS = 4096 };

const char *sn_input_law_name(sn_input_law law)
{
    static const char *const names[] = {
#define SN_NAME(id, name, doc) [id] = name,
        SN_INPUT_LAW_LIST(SN_NAME)
#undef SN_NAME
    };
    return (unsigned)law < SN_INPUT_LAW_COUNT ? names[law] : NULL;
}

const char *sn_input_law_doc(sn_input_law law)
{
    static const char *const docs[] = {
#define SN_DOC(id, name, doc) [id] = doc,
        SN_INPUT_LAW_LIST(SN_DOC)
#undef SN_DOC
    };
    return (unsigned)law < SN_INPUT_LAW_COUNT ? docs[law] : NULL;
}

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

static sn_status check_exact_rows(const sn_simulation_spec *spec, sn_error *err)
{
    const sn_weights *weights = &spec->weights;
    const double least = weights->omega * weights->omega / (double)spec->width;
    if (!weights->exact_rows || (spec->width >= 2 && weights->tau > least))
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN,
                   "exact_rows with width %zu, omega %g, tau %g: needs a width of at least 2 and "
                   "tau above omega^2 / width = %g",
                   spec->width, weights->omega, weights->tau, least);
}

sn_status sn_spec_check(const sn_simulation_spec *spec, sn_error *err)
{
    const size_t most_replicas = ((size_t)1 << SN_STREAM_REPLICA_BITS) - 1;
    sn_status status;
    if ((status = check_size("width", spec->width, INT_MAX, err)) != SN_OK
        || (status = check_size("depth", spec->depth, UINT32_MAX, err)) != SN_OK
        || (status = check_size("samples", spec->samples, INT_MAX, err)) != SN_OK
        || (status = check_size("replicas", spec->replicas, most_replicas, err)) != SN_OK
        || (status = check_choice("threads", spec->threads, MOST_THREADS + 1, err)) != SN_OK
        || (status = check_choice("precision", (int)spec->precision, SN_DOUBLE + 1, err)) != SN_OK
        || (status = check_activation(&spec->activation, err)) != SN_OK
        || (status = check_choice("weights.law", (int)spec->weights.law, SN_WEIGHT_LAW_COUNT, err))
               != SN_OK
        || (status = check_finite("weights.omega", spec->weights.omega, err)) != SN_OK
        || (status = check_variance("weights.tau", spec->weights.tau, err)) != SN_OK
        || (status = check_exact_rows(spec, err)) != SN_OK
        || (status = check_finite("bias_mean", spec->bias_mean, err)) != SN_OK
        || (status = check_variance("bias_variance", spec->bias_variance, err)) != SN_OK
        || (status = check_choice("input_law", (int)spec->input_law, SN_INPUT_LAW_COUNT, err))
               != SN_OK
        || (status = check_finite("input_mean", spec->input_mean, err)) != SN_OK
        || (status = check_variance("input_variance", spec->input_variance, err)) != SN_OK)
        return status;
    return SN_OK;
}
