/* One layer of the theory, forwards and backwards.
 *
 * Forwards, theory/finite_width.h and width_steps.h do the work, in the order of the layer:
 * weights, normalisation, f, dropout, the connection beside them.
 *
 * Backwards, with S = E f'(z)^2, weights multiply the expected squared gradient by tau S; dropout
 * by scale^2 (1 - rate); a branch by branch^2, to which the connection beside it adds 1; a
 * normalisation of N numbers of variance v by (S (1 - 1/N) - E[u^2 f'(u)^2] / N) / S E[1/v], as it
 * takes away the gradient's mean and its part along u. E[u^2 f'^2] = y S + 2 y^2 dS/dy at mean 0,
 * and N v is a chi-square of N - 1 degrees of freedom, so E[1/v] = N / (N - 3) over its variance.
 *
 * The factor's drift: S follows x and y as they deviate; after layer normalisation z^T g is 0; the
 * rest is in way_back.c.
 */
#include "study/prediction_step.h"

#include <math.h>

#include "theory/moments.h"

static sn_wide_layer wide(const sn_layer *layer, size_t fan_in)
{
    const sn_weights *weights = &layer->weights;
    const bool exact = weights->structure == SN_WEIGHTS_EXACT_ROWS;
    const double kurtosis = sn_weights_kurtosis(weights);
    return (sn_wide_layer){
        .rows = exact                                         ? SN_ROWS_EXACT
                : weights->structure == SN_WEIGHTS_ORTHOGONAL ? SN_ROWS_ORTHOGONAL
                                                              : SN_ROWS_IID,
        .omega = weights->omega,
        .tau = exact ? weights->tau : sn_weights_tau(weights),
        .excess_kurtosis = isfinite(kurtosis) ? kurtosis : 0,
        .bias_mean = layer->bias_mean,
        .bias_variance = layer->bias_variance,
        .fan_in = fan_in,
        .fan_out = layer->width,
    };
}

/* --- backwards -------------------------------------------------------------------------------- */

/* S = E f'^2 and its derivatives by x, y, both, and y twice; those by differences, good to some
 * 1e-4, which is more than corrections of first order need. */
typedef struct slopes {
    double s, dx, dy, dxdy, dydy;
} slopes;

static bool slopes_at(const sn_activation *f, double x, double y, slopes *out)
{
    const double h = 0.01;
    sn_moments at, up, down, right, left, corner, opposite;
    if (sn_moments_compute(f, x, y, &at, NULL) != SN_OK
        || sn_moments_compute(f, x, y * (1 + h), &up, NULL) != SN_OK
        || sn_moments_compute(f, x, y * (1 - h), &down, NULL) != SN_OK
        || sn_moments_compute(f, x + h * sqrt(y), y, &right, NULL) != SN_OK
        || sn_moments_compute(f, x - h * sqrt(y), y, &left, NULL) != SN_OK
        || sn_moments_compute(f, x + h * sqrt(y), y * (1 + h), &corner, NULL) != SN_OK
        || sn_moments_compute(f, x - h * sqrt(y), y * (1 - h), &opposite, NULL) != SN_OK)
        return false;
    out->s = at.slope_second;
    out->dx = (right.slope_second - left.slope_second) / (2 * h * sqrt(y));
    out->dy = (up.slope_second - down.slope_second) / (2 * h * y);
    out->dxdy = (corner.slope_second + opposite.slope_second + 2 * at.slope_second - up.slope_second
                 - down.slope_second - right.slope_second - left.slope_second)
                / (2 * h * h * y * sqrt(y));
    out->dydy = (up.slope_second - 2 * at.slope_second + down.slope_second) / (h * h * y * y);
    return true;
}

/* What standardising n numbers of that variance makes of the factor. */
static double normalized_share(const slopes *of, double y, double variance, double n)
{
    const double along = y * of->s + 2 * y * y * of->dy;
    const double inverse = n > 3 ? n / (n - 3) / (variance + SN_NORMALIZATION_EPSILON) : NAN;
    return (of->s * (1 - 1 / n) - along / n) / of->s * inverse;
}

static double carried_drift(const slopes *of, const sn_width_field *field)
{
    return of->dx * field->drift_x + of->dy * field->drift_y + of->dy * field->own.mean
           + of->dxdy * field->own.mean_second + 0.5 * of->dydy * field->own.second
           + field->cumulant / 6 * of->dydy;
}

/* Of layer normalisation, relative to the factor: what it takes away of the gradient, the mean of
 * one over a variance that deviates, and the direction of z, in which no gradient is left. */
static double layer_normalized_drift(const slopes *of, const sn_wide_layer *as,
                                     const sn_width_field *raw, const sn_width_field *field)
{
    const double n = (double)as->fan_out, fan_in = (double)as->fan_in, y = raw->y;
    const double taken = (1 + field->y + 2 * field->y * field->y * of->dy / of->s) / n;
    const double tied = raw->tie_share * raw->tie_own * raw->tie_own / (y * y);
    const double inverse =
        (raw->own.second / y - raw->drift_y - raw->own.mean) / y + 3 / n - 2 * tied;
    const double along = as->rows == SN_ROWS_IID ? (y - as->bias_variance) / (y * fan_in) : 0;
    return inverse - taken - along + as->omega * as->omega / (as->tau * fan_in);
}

static void predict_factor(const sn_simulation_spec *run, const sn_layer *layer,
                           const sn_wide_layer *as, const sn_width_state *before,
                           const sn_width_field *raw, sn_predicted_sample *at)
{
    const sn_width_field *field = &at->field;
    slopes of;
    at->factor = at->factor_drift = NAN;
    at->way_back = (sn_way_back){0};
    if ((run->observe & SN_OBSERVE_GRADIENTS) == 0
        || !slopes_at(&layer->activation, field->x, field->y, &of))
        return;
    double outside = as->tau, drift = carried_drift(&of, field);
    if (layer->normalization == SN_NORMALIZATION_BATCH) {
        const double b = (double)run->samples;
        outside *= normalized_share(&of, field->y, raw->y * (1 - raw->correlation) * (b - 1) / b, b)
                   * (b - 1) / b;
    } else if (layer->normalization == SN_NORMALIZATION_LAYER) {
        outside /= raw->y + SN_NORMALIZATION_EPSILON;
        drift += of.s * layer_normalized_drift(&of, as, raw, field);
    }
    if (layer->dropout.rate > 0)
        outside *= layer->dropout.scale * layer->dropout.scale * (1 - layer->dropout.rate);
    if (layer->residual)
        outside *= layer->branch * layer->branch;
    at->factor = outside * of.s + (layer->residual ? 1 : 0);
    at->factor_drift = outside * drift;
    sn_way_back_of(run, layer, as, before, raw->y, of.dx, of.dy, outside, at);
}

/* --- forwards --------------------------------------------------------------------------------- */

/* Expectations of an activation without closed forms take longer the wider its Gaussian is; beyond this
 * variance its signal counts as exploded. */
#define FURTHEST 1e12

sn_status sn_prediction_step(const sn_simulation_spec *run, const sn_layer *layer, size_t fan_in,
                             sn_predicted_sample *at, sn_error *err)
{
    const sn_wide_layer as = wide(layer, fan_in);
    const sn_width_signal before = at->signal;
    sn_width_state from = before.state;
    if (layer->weights.structure == SN_WEIGHTS_SPARSE) /* their number in a row is no accident */
        from.fourth -= from.xi * from.xi;
    sn_width_field raw;
    sn_status status = sn_finite_width_enter(&as, &from, &raw, err);
    at->signal.state.valid = false;
    if (status != SN_OK || !raw.valid)
        return status;
    if (layer->activation.type->moments == NULL && raw.y > FURTHEST)
        return SN_OK;
    at->field = raw;
    const bool normalized = layer->normalization != SN_NORMALIZATION_NONE;
    if (layer->normalization == SN_NORMALIZATION_LAYER)
        sn_width_normalize_layer(SN_NORMALIZATION_EPSILON, &at->field);
    else if (layer->normalization == SN_NORMALIZATION_BATCH)
        sn_width_normalize_batch(SN_NORMALIZATION_EPSILON, run->samples, &at->field);
    if (!at->field.valid)
        return SN_OK;
    status = sn_width_signal_activate(&layer->activation, &as, &before, &at->field, normalized,
                                      &at->signal, err);
    if (status != SN_OK || !at->signal.state.valid)
        return status;
    const sn_dropout *dropout = &layer->dropout;
    const sn_width_dropout drop = {dropout->rate, dropout->dropped, dropout->scale, dropout->shift,
                                   dropout->feature};
    sn_width_drop(&drop, &at->signal);
    if (layer->residual)
        sn_width_add_residual(&before, layer->branch, &at->signal);
    predict_factor(run, layer, &as, &before.state, &raw, at);
    return SN_OK;
}
