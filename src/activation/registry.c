/* The registry of activations, made by the build from the list in activations.am, and the
 * functions that work on any of them. */
#include "activation/activation.h"

#include <math.h>
#include <string.h>

#include "base/nearest.h"

#define SN_REGISTER(name) extern const sn_activation_type sn_activation_##name;
#include "activation/registry.inc"
#undef SN_REGISTER

static const sn_activation_type *const registry[] = {
#define SN_REGISTER(name) &sn_activation_##name,
#include "activation/registry.inc"
#undef SN_REGISTER
};

size_t sn_activation_count(void)
{
    return sizeof registry / sizeof registry[0];
}

const sn_activation_type *sn_activation_at(size_t index)
{
    return index < sn_activation_count() ? registry[index] : NULL;
}

const sn_activation_type *sn_activation_find(const char *name)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = registry[i];
        if (strcmp(type->name, name) == 0
            || (type->alias != NULL && strcmp(type->alias, name) == 0))
            return type;
    }
    return NULL;
}

static const char *activation_name(const void *context, size_t index)
{
    (void)context;
    const sn_activation_type *type = sn_activation_at(index);
    return type != NULL ? type->name : NULL;
}

static const char *param_name(const void *context, size_t index)
{
    const sn_activation_type *type = context;
    return index < type->n_params ? type->params[index].name : NULL;
}

sn_status sn_activation_init(sn_activation *out, const char *name, sn_error *err)
{
    const sn_activation_type *type = sn_activation_find(name);
    if (type == NULL)
        return sn_fail(err, SN_EUNKNOWN, "unknown activation '%s'; the nearest known one is '%s'",
                       name, sn_nearest(name, activation_name, NULL));
    *out = (sn_activation){.type = type};
    for (size_t i = 0; i < type->n_params; i++)
        out->params[i] = type->params[i].initial;
    return SN_OK;
}

sn_status sn_activation_set(sn_activation *activation, const char *param, double value,
                            sn_error *err)
{
    const sn_activation_type *type = activation->type;
    for (size_t i = 0; i < type->n_params; i++) {
        const sn_param *p = &type->params[i];
        if (strcmp(p->name, param) != 0)
            continue;
        if (!(value >= p->lower && value <= p->upper))
            return sn_fail(err, SN_EDOMAIN, "%s: %s is %g, allowed is %g to %g", type->name, param,
                           value, p->lower, p->upper);
        activation->params[i] = value;
        return SN_OK;
    }
    if (type->n_params == 0)
        return sn_fail(err, SN_EUNKNOWN, "%s has no parameter '%s': it has none", type->name,
                       param);
    return sn_fail(err, SN_EUNKNOWN, "%s has no parameter '%s'; the nearest is '%s'", type->name,
                   param, sn_nearest(param, param_name, type));
}

double sn_activation_value(const sn_activation *activation, double z)
{
    const sn_activation_type *type = activation->type;
    return type->value != NULL ? type->value(activation->params, z)
                               : type->value_of(activation->state, z);
}

double sn_activation_derivative(const sn_activation *activation, double z)
{
    const sn_activation_type *type = activation->type;
    return type->derivative != NULL ? type->derivative(activation->params, z)
                                    : type->derivative_of(activation->state, z);
}

size_t sn_activation_kinks(const sn_activation *activation, double kinks[SN_MAX_KINKS])
{
    const sn_activation_type *type = activation->type;
    if (type->kinks_of != NULL)
        return type->kinks_of(activation->state, kinks);
    return type->kinks != NULL ? type->kinks(activation->params, kinks) : 0;
}

void sn_activation_map_double(const sn_activation *activation, size_t n, const double *z, double *f)
{
    if (activation->type->map_double != NULL) {
        activation->type->map_double(activation->params, n, z, f);
        return;
    }
    for (size_t i = 0; i < n; i++)
        f[i] = sn_activation_value(activation, z[i]);
}

void sn_activation_map_float(const sn_activation *activation, size_t n, const float *z, float *f)
{
    if (activation->type->map_float != NULL) {
        activation->type->map_float(activation->params, n, z, f);
        return;
    }
    for (size_t i = 0; i < n; i++)
        f[i] = (float)sn_activation_value(activation, (double)z[i]);
}

void sn_activation_slope_double(const sn_activation *activation, size_t n, const double *z,
                                double *slope)
{
    if (activation->type->slope_double != NULL) {
        activation->type->slope_double(activation->params, n, z, slope);
        return;
    }
    for (size_t i = 0; i < n; i++)
        slope[i] = sn_activation_derivative(activation, z[i]);
}

void sn_activation_slope_float(const sn_activation *activation, size_t n, const float *z,
                               float *slope)
{
    if (activation->type->slope_float != NULL) {
        activation->type->slope_float(activation->params, n, z, slope);
        return;
    }
    for (size_t i = 0; i < n; i++)
        slope[i] = (float)sn_activation_derivative(activation, (double)z[i]);
}
