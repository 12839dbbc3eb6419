/* The variance map of a deep random net: one step of it, and many.
 *
 *     V(q) = tau S(q) + s,   V'(q) = tau S'(q),   chi1 = tau E f'(z)^2,   z ~ N(0, q)
 *
 * with S and S' the second moment or the variance of f(z) and its derivative in q, both among the
 * moments, and s the variance of the biases. */
#include "theory/field.h"

#include <float.h>
#include <math.h>

#include "theory/field_parts.h"
#include "theory/moments.h"

static const double rounding = 16 * DBL_EPSILON;

const char *sn_phase_text(sn_phase phase)
{
    static const char *const texts[] = {
#define SN_PHASE_STRING(id, name) name,
        SN_PHASE_LIST(SN_PHASE_STRING)
#undef SN_PHASE_STRING
    };
    return (unsigned)phase < sizeof texts / sizeof texts[0] ? texts[phase] : "unknown";
}

sn_phase sn_phase_of(double chi1, double error)
{
    if (fabs(chi1 - 1) <= rounding + error)
        return SN_PHASE_CRITICAL;
    return chi1 < 1 ? SN_PHASE_ORDERED : SN_PHASE_CHAOTIC;
}

bool sn_field_is_normal(const sn_field *field)
{
    return field->law == NULL || field->law->kind == SN_LAW_NORMAL;
}

sn_status sn_field_check(const sn_field *field, sn_error *err)
{
    if (field->map != SN_MAP_ENSEMBLE && field->map != SN_MAP_CENTRED)
        return sn_fail(err, SN_EDOMAIN,
                       "a field is of the ensemble or the centred map, not of map %d (\"%s\")",
                       (int)field->map,
                       sn_map_name(field->map) != NULL ? sn_map_name(field->map) : "unknown");
    if (!(field->tau >= 0 && field->tau < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "tau is %g, must be finite and not negative", field->tau);
    if (!(field->bias_variance >= 0 && field->bias_variance < INFINITY))
        return sn_fail(err, SN_EDOMAIN,
                       "the variance of the biases is %g, must be finite and not negative",
                       field->bias_variance);
    return SN_OK;
}

static void from_moments(const sn_field *field, sn_field_value *out)
{
    const sn_moments *m = &out->moments;
    const bool centred = field->map == SN_MAP_CENTRED;
    const double from_weights = field->tau * (centred ? m->variance : m->second);
    out->next = from_weights + field->bias_variance;
    out->slope = field->tau * (centred ? m->dvariance_dy : m->dsecond_dy);
    out->chi1 = field->tau * m->slope_second;
    out->noise = rounding + (from_weights > 0 ? m->error * (from_weights / out->next) : 0);
}

sn_status sn_field_value_at(const sn_field *field, double q, sn_field_value *out, sn_error *err)
{
    const sn_status status =
        sn_law_moments(field->law, &field->activation, 0, q, &out->moments, err);
    if (status == SN_OK)
        from_moments(field, out);
    return status;
}

sn_status sn_field_quick_value_at(const sn_field *field, double q, sn_field_value *out,
                                  sn_error *err)
{
    if (!sn_field_is_normal(field) || field->activation.type->moments != NULL)
        return sn_field_value_at(field, q, out, err);
    const sn_status status = sn_moments_quadrature(&field->activation, 0, q, &out->moments, err);
    if (status == SN_OK)
        from_moments(field, out);
    return status;
}

static sn_status check_variance(double q, sn_error *err)
{
    if (!(q > 0 && q < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "the variance q is %g, must be positive and finite", q);
    return SN_OK;
}

sn_status sn_field_step(const sn_field *field, double q, double *q_next, double *slope,
                        double *chi1, sn_error *err)
{
    sn_field_value value;
    sn_status status = sn_field_check(field, err);
    if (status == SN_OK)
        status = check_variance(q, err);
    if (status == SN_OK)
        status = sn_field_value_at(field, q, &value, err);
    if (status != SN_OK)
        return status;
    *q_next = value.next;
    *slope = value.slope;
    *chi1 = value.chi1;
    return SN_OK;
}

bool sn_field_overflows(const sn_field *field, double q)
{
    const double reach = 38 * sqrt(q);
    const double low = sn_activation_value(&field->activation, -reach);
    const double high = sn_activation_value(&field->activation, reach);
    return !isfinite(low * low) || !isfinite(high * high);
}

sn_status sn_field_depth(const sn_field *field, double q, size_t depth, double *q_layers,
                         double *gradient_log10, size_t *layers, sn_error *err)
{
    sn_status status = sn_field_check(field, err);
    if (status == SN_OK)
        status = check_variance(q, err);
    if (status != SN_OK)
        return status;
    sn_field_value value = {0};
    q_layers[0] = q;
    *gradient_log10 = 0;
    *layers = 0;
    for (size_t l = 0; l < depth; l++) {
        if (l == 0 || q_layers[l] != q_layers[l - 1]) /* once settled, it stays */
            status = sn_field_value_at(field, q_layers[l], &value, err);
        if (status == SN_ENOCONV && l > 0 && sn_field_overflows(field, q_layers[l]))
            return SN_OK;
        if (status != SN_OK)
            return status;
        if (!(value.next >= DBL_MIN && value.next < INFINITY))
            return SN_OK;
        q_layers[l + 1] = value.next;
        *gradient_log10 += log10(value.chi1);
        *layers = l + 1;
    }
    return SN_OK;
}
