/* What finite width does to gradients on their way back, to first order in 1/n.
 *
 * Samples count. What is measured is a ratio of sums over samples, to which a sample adds by the
 * gradient that comes to it. That depends on its signal in the layers after this one, and so on
 * what the factor here depends on too: the factor has a covariance with the logarithm of the
 * gradient.
 *
 * Directions count. With a = x^T d, x the activations after a layer and d the gradient by them, d
 * has the share (1 + e)/n of its square along x, e = n a^2 / (|x|^2 |d|^2) - 1, which is 0 only of
 * the output's gradient. The rest is isotropic. For x' = x + b f(z), z = W x, g = f'(z) d', the
 * gradient before the layer is d = d' + b W^T g, where z fixes what W does to x:
 * W^T g = x (z^T g) / |x|^2 + isotropic. Hence, with E over the neurons, q = x + b z f' and F the
 * factor,
 *
 *     1 + e  = (E q^2 + e' E[q x']^2 / E x'^2) / (E x^2 F),
 *     drift  = (1/n) { 2 b (E[x z f'] + e' E[x x'] E[z f' x'] / E x'^2) / E x^2
 *                      + b^2 e' ( E[z f' x']^2 / (E x^2 E x'^2)
 *                                 + tau (E[f'^2 x'^2] / E x'^2 - E f'^2) ) }
 *
 * and what a single neuron's weights do. Without a residual connection x' is b f(z) alone, and the
 * first terms of q and of the drift are not there. Of biases, z here is the part W x of z.
 *
 * A single neuron's pre-activation tells of its weights: of iid ones their size, with the fourth
 * cumulant k, and, if omega is not 0, their sum; of exact rows and of orthogonal ones, which all
 * are of one size, nothing, unless there are more rows than columns.
 */
#include <math.h>

#include "study/prediction_step.h"

/* E over z ~ N(x, y), by equal steps: some digits are enough for terms of first order. With
 * u = z - x. */
typedef struct averages {
    double f, ff, s;         /* f, f^2, f'^2 */
    double us, uus, ufs, fs; /* u f', u^2 f'^2, u f f', f f' */
    double fss, ffss;        /* f f'^2, f^2 f'^2 */
} averages;

static averages average(const sn_activation *f, const sn_width_field *field)
{
    enum { STEPS = 160 };
    const double h = 16. / STEPS, deviation = sqrt(field->y);
    averages sum = {0};
    double weight = 0;
    for (int i = 0; i <= STEPS; i++) {
        const double t = -8 + i * h, w = exp(-0.5 * t * t), u = deviation * t, z = field->x + u;
        const double value = sn_activation_value(f, z), slope = sn_activation_derivative(f, z);
        const double square = slope * slope;
        weight += w;
        sum.f += w * value;
        sum.ff += w * value * value;
        sum.s += w * square;
        sum.us += w * u * slope;
        sum.uus += w * u * u * square;
        sum.ufs += w * u * value * slope;
        sum.fs += w * value * slope;
        sum.fss += w * value * square;
        sum.ffss += w * value * value * square;
    }
    double *const all[] = {&sum.f,   &sum.ff, &sum.s,   &sum.us,  &sum.uus,
                           &sum.ufs, &sum.fs, &sum.fss, &sum.ffss};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        *all[i] /= weight;
    return sum;
}

/* --- a single neuron's weights ---------------------------------------------------------------- */

/* E |W^T g|^2 given z, beyond tau |g|^2, for |d| = 1;
 * along: E[(W x)^2 f'^2] - y_w S = 2 y_w dS/dy. */
static double own_weights(const sn_layer *layer, const sn_wide_layer *as,
                          const sn_width_state *before, const averages *of, double along,
                          double slope_by_x)
{
    const sn_weights *weights = &layer->weights;
    const double n = (double)as->fan_in, out = (double)as->fan_out, omega = as->omega;
    switch (weights->structure) {
    case SN_WEIGHTS_EXACT_ROWS:
        return 0;
    case SN_WEIGHTS_ORTHOGONAL:
        return out > n ? as->tau * along * (1 / n - 1 / out) : 0;
    case SN_WEIGHTS_SPARSE: /* squares of a row compete for its places */
        return as->tau * (3 + as->excess_kurtosis - 1 / weights->density) * along / (2 * n);
    case SN_WEIGHTS_IID:
    case SN_WEIGHT_STRUCTURE_COUNT:
        break;
    }
    return (as->tau * (1 + as->excess_kurtosis / 2) * along + omega * omega * of->s
            + 2 * omega * as->tau * before->mu * slope_by_x)
           / n;
}

/* --- the directions --------------------------------------------------------------------------- */

/* Of a layer without normalisation and dropout. share: what of the field's variance the weights
 * make, biases the rest. */
static void follow_directions(const sn_layer *layer, const sn_wide_layer *as,
                              const sn_width_state *before, const averages *of, double share,
                              sn_predicted_sample *at)
{
    const double b = layer->residual ? layer->branch : 1, skip = layer->residual ? 1 : 0;
    const double xi = before->xi, mu = before->mu, n = (double)layer->width;
    const double after = at->signal.state.xi;
    const double us = share * of->us, ufs = share * of->ufs;
    const double uus = share * (1 - share) * at->field.y * of->s + share * share * of->uus;
    const double qq = skip * (xi + 2 * b * mu * us) + b * b * uus;
    const double qx = skip * (xi + b * mu * (of->f + us)) + b * b * ufs;
    const double xx = xi + b * mu * of->f, zx = skip * mu * us + b * ufs;
    const double squares = skip * (xi * of->s + 2 * b * mu * of->fss) + b * b * of->ffss;
    /* orthogonal rows turn a gradient without changing its size */
    const bool turned = layer->weights.structure == SN_WEIGHTS_ORTHOGONAL;
    const double along = turned ? 0 : zx * zx / (xi * after);
    sn_way_back *out = &at->way_back;
    out->along = qq / (xi * at->factor) - 1;
    out->along_slope = qx * qx / (after * xi * at->factor);
    out->drift = skip * 2 * b * mu * us / (n * xi);
    out->drift_slope = (skip * 2 * b * xx * zx / (after * xi) + b * b * along
                        + b * b * as->tau * (squares / after - of->s))
                       / n;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* by_y: dS/dy, S = E f'^2. */
static void follow_samples(const sn_simulation_spec *run, const sn_layer *layer,
                           const sn_wide_layer *as, const averages *of, double by_y, double outside,
                           sn_predicted_sample *at)
{
    const sn_width_field *field = &at->field;
    const double from_neurons = (of->ffss - of->ff * of->s) / (double)layer->width;
    const double apart = field->own.second - field->cross.second;
    double from_field = 0;
    if (as->tau > 0)
        from_field = by_y * at->signal.jacobian[1][1] / as->tau * apart;
    sn_way_back *out = &at->way_back;
    out->with_second = outside * (from_field + from_neurons) * (1 - 1 / (double)run->samples);
    out->log_slope = outside * by_y * as->tau / at->factor;
    out->carry = at->signal.jacobian[1][1];
}

/* After layer normalisation no gradient is left along the activations before it, and a sample's
 * counts less the larger its activations were. On the way back it takes away the mean and the part
 * along u, of which there is less where the gradient has no part along f(u). */
static void follow_normalized(const sn_simulation_spec *run, const sn_layer *layer,
                              const sn_wide_layer *as, double raw_y, double outside,
                              sn_predicted_sample *at)
{
    sn_way_back *out = &at->way_back;
    const averages of = average(&layer->activation, &at->field);
    const double n = (double)layer->width, pool = 1 - 1 / (double)run->samples;
    out->along = -1;
    out->log_slope = -as->tau / raw_y;
    if (layer->residual || layer->dropout.rate > 0)
        return;
    out->with_second = outside * (of.ffss - of.ff * of.s) / n * pool;
    out->drift_slope =
        outside / n
        * (of.ffss / of.ff - of.s - (of.ufs * of.ufs / at->field.y + of.fs * of.fs) / of.ff);
}

void sn_way_back_of(const sn_simulation_spec *run, const sn_layer *layer, const sn_wide_layer *as,
                    const sn_width_state *before, double raw_y, double by_x, double by_y,
                    double outside, sn_predicted_sample *at)
{
    at->way_back = (sn_way_back){0};
    if (layer->normalization == SN_NORMALIZATION_LAYER)
        follow_normalized(run, layer, as, raw_y, outside, at);
    if (layer->normalization != SN_NORMALIZATION_NONE)
        return;
    const averages of = average(&layer->activation, &at->field);
    const double own = at->field.y - as->bias_variance, share = own / at->field.y;
    if (as->tau > 0)
        at->factor_drift +=
            outside / as->tau * own_weights(layer, as, before, &of, 2 * own * by_y, by_x);
    follow_samples(run, layer, as, &of, by_y, outside, at);
    if (layer->dropout.rate == 0)
        follow_directions(layer, as, before, &of, share, at);
}
