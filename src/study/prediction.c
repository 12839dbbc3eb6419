/* The theory of a network: kinds of input samples are followed through its layers, and their
 * quantities averaged.
 *
 * Weights whose rows have an exact sum and square sum follow the neuron map, which at omega = 0 is
 * the centred one; iid random weights, and orthogonal ones, follow the ensemble map.
 */
#include "study/prediction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/parts.h"
#include "study/prediction_start.h"
#include "study/prediction_step.h"

sn_layer_map sn_prediction_map(const sn_layer *layer)
{
    const bool exact = layer->weights.structure == SN_WEIGHTS_EXACT_ROWS;
    const sn_map_kind kind = !exact                      ? SN_MAP_ENSEMBLE
                             : layer->weights.omega == 0 ? SN_MAP_CENTRED
                                                         : SN_MAP_NEURON;
    return (sn_layer_map){.kind = kind,
                          .activation = layer->activation,
                          .bias_mean = layer->bias_mean,
                          .bias_variance = layer->bias_variance};
}

const char *sn_prediction_map_name(const sn_simulation_spec *run)
{
    const sn_map_kind kind = sn_prediction_map(&run->blocks[0].layer).kind;
    for (size_t i = 1; i < run->n_blocks; i++)
        if (sn_prediction_map(&run->blocks[i].layer).kind != kind)
            return "mixed";
    return sn_map_name(kind);
}

bool sn_prediction_knows(sn_observable quantity)
{
    switch (quantity) {
    case SN_OBSERVABLE_ANDERSON_DARLING:
    case SN_OBSERVABLE_SATURATED:
    case SN_OBSERVABLE_DEAD:
    case SN_OBSERVABLE_GRADIENT_CLIPPED:
        return false;
    default:
        return true;
    }
}

bool sn_prediction_drifts(sn_observable quantity)
{
    switch (quantity) {
    case SN_OBSERVABLE_MEAN:
    case SN_OBSERVABLE_VARIANCE:
    case SN_OBSERVABLE_SECOND_MOMENT:
    case SN_OBSERVABLE_PRE_MEAN:
    case SN_OBSERVABLE_PRE_VARIANCE:
    case SN_OBSERVABLE_PRE_SECOND_MOMENT:
    case SN_OBSERVABLE_OVERLAP:
    case SN_OBSERVABLE_CORRELATION:
    case SN_OBSERVABLE_BETWEEN_NEURONS:
    case SN_OBSERVABLE_BETWEEN_SAMPLES:
    case SN_OBSERVABLE_PRE_CORRELATION:
    case SN_OBSERVABLE_PRE_BETWEEN_SAMPLES:
    case SN_OBSERVABLE_GRADIENT_FACTOR:
    case SN_OBSERVABLE_GRADIENT_LOG10:
        return true;
    default:
        return false;
    }
}

sn_expected sn_prediction_at(const sn_prediction *t, size_t l, sn_observable quantity)
{
    if (t->of == NULL || l >= t->layers)
        return (sn_expected){NAN, NAN};
    return t->of[l * SN_OBSERVABLE_COUNT + (size_t)quantity];
}

void sn_prediction_free(sn_prediction *t)
{
    free(t->of);
    free(t->variance_sd);
    t->of = NULL;
    t->variance_sd = NULL;
}

/* --- the layers ------------------------------------------------------------------------------- */

/* The samples' kinds on their way through the layers. */
typedef struct walk {
    const sn_simulation_spec *run;
    sn_way_back *way_back; /* of every layer, averaged */
    size_t n;
    sn_start_kind starts[SN_MOST_STARTS];
    sn_predicted_sample at[SN_MOST_STARTS];
} walk;

/* Squares and fourth powers of given rows may leave the numbers. */
static bool is_finite_start(const sn_start_kind *start)
{
    return isfinite(start->mean) && isfinite(start->variance) && isfinite(start->fourth);
}

/* At the input; *valid: all numbers are some. With one that has no such moments there is nothing to
 * predict, and no kind left. */
static sn_status begin(walk *w, bool *valid, sn_error *err)
{
    const sn_simulation_spec *run = w->run;
    w->n = sn_prediction_starts(run, w->starts);
    if (w->n == 0)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    *valid = true;
    for (size_t i = 0; i < w->n; i++) {
        const sn_start_kind *start = &w->starts[i];
        if (!is_finite_start(start)) {
            w->n = 0;
            *valid = false;
            return SN_OK;
        }
        w->at[i] = (sn_predicted_sample){0};
        const sn_status status =
            sn_width_signal_input(run->width, start->mean, start->variance, start->fourth,
                                  start->correlation, &w->at[i].signal, err);
        if (status != SN_OK)
            return status;
        w->at[i].signal.third = start->third;
        *valid = *valid && w->at[i].signal.state.valid;
    }
    return SN_OK;
}

/* From layer l - 1 to l, as far as numbers are some. */
static sn_status advance(walk *w, size_t l, bool *valid, sn_error *err)
{
    const sn_layer *layer = sn_simulation_layer(w->run, l);
    const size_t fan_in = sn_simulation_fan_in(w->run, l);
    *valid = true;
    for (size_t i = 0; i < w->n && *valid; i++) {
        const sn_status status = sn_prediction_step(w->run, layer, fan_in, &w->at[i], err);
        if (status != SN_OK)
            return status;
        *valid = w->at[i].signal.state.valid;
    }
    return SN_OK;
}

/* What is measured of all samples together: averages of what adds up, and what follows from
 * them. */
static void put(const walk *w, size_t l, sn_prediction *t)
{
    sn_expected *of = t->of + l * SN_OBSERVABLE_COUNT;
    double shares[SN_MOST_STARTS];
    for (size_t i = 0; i < w->n; i++)
        shares[i] = w->starts[i].share;
    sn_prediction_pool(w->run, l, w->n, shares, w->at, of, &t->variance_sd[l]);
    sn_way_back *all = &w->way_back[l];
    for (size_t i = 0; i < w->n; i++) {
        const sn_way_back *one = &w->at[i].way_back;
        all->with_second += shares[i] * one->with_second;
        all->log_slope += shares[i] * one->log_slope;
        all->carry += shares[i] * one->carry;
        all->along += shares[i] * one->along;
        all->along_slope += shares[i] * one->along_slope;
        all->drift += shares[i] * one->drift;
        all->drift_slope += shares[i] * one->drift_slope;
    }
}

/* From the last layer on: how the gradient that comes to a sample follows the sample's second
 * moment (its logarithm), and how far it points along the activations; and what both do to each
 * factor. In deep residual networks that direction may come to have most of the gradient: so it is
 * measured by the factor that it makes itself, not only by that of infinite width. */
static void follow_gradients(const sn_way_back *of, sn_prediction *t)
{
    double follows = 0, excess = 0;
    for (size_t l = t->last; l > 0; l--) {
        const sn_way_back *at = &of[l];
        sn_expected *factor = &t->of[l * SN_OBSERVABLE_COUNT + SN_OBSERVABLE_GRADIENT_FACTOR];
        const double total = factor->limit + at->drift_slope * excess;
        factor->drift += at->with_second * follows + at->drift + at->drift_slope * excess;
        follows = at->log_slope + at->carry * follows;
        excess = (1 + at->along + at->along_slope * excess) * factor->limit / total - 1;
    }
}

/* Gradients by a layer's output are the product of the factors of the layers after it. */
static void put_gradients(sn_prediction *t)
{
    double log10_of = 0, with_drift = 0;
    for (size_t l = t->layers; l-- > 0;) {
        sn_expected *of = t->of + l * SN_OBSERVABLE_COUNT;
        /* that of the output is 1 by construction, but for rounding */
        const double drift = l + 1 < t->layers ? with_drift - log10_of : NAN;
        of[SN_OBSERVABLE_GRADIENT_LOG10] = (sn_expected){log10_of, drift};
        const double value = pow(10, log10_of);
        of[SN_OBSERVABLE_GRADIENT].limit = isfinite(value) ? value : NAN;
        const sn_expected factor = of[SN_OBSERVABLE_GRADIENT_FACTOR];
        log10_of += log10(factor.limit);
        with_drift += log10(factor.limit + factor.drift);
    }
}

static sn_fate fate_of(const sn_prediction *t)
{
    const size_t depth = t->layers - 1;
    const double nu = sn_prediction_at(t, t->last, SN_OBSERVABLE_VARIANCE).limit;
    if (t->last < depth)
        return nu <= 1 ? SN_FATE_DIED : SN_FATE_EXPLODED; /* that of no number too */
    const double before =
        sn_prediction_at(t, depth > 0 ? depth - 1 : 0, SN_OBSERVABLE_VARIANCE).limit;
    const double mean = sn_prediction_at(t, depth, SN_OBSERVABLE_MEAN).limit;
    const double mean_before =
        sn_prediction_at(t, depth > 0 ? depth - 1 : 0, SN_OBSERVABLE_MEAN).limit;
    const bool still = fabs(nu - before) / fmax(1, nu) + fabs(mean - mean_before) < 1e-12;
    return still ? SN_FATE_SETTLED : SN_FATE_UNSETTLED;
}

size_t sn_prediction_bytes(const sn_simulation_spec *run)
{
    const size_t a_layer =
        SN_OBSERVABLE_COUNT * sizeof(sn_expected) + sizeof(double) + sizeof(sn_way_back);
    const size_t layers = sn_bytes_times(sn_bytes_plus(sn_simulation_depth(run), 1), a_layer);
    return sn_bytes_plus(layers, sizeof(walk));
}

static sn_status allocate(sn_prediction *t, sn_error *err)
{
    const size_t n = t->layers * SN_OBSERVABLE_COUNT;
    t->of = malloc(n * sizeof *t->of);
    t->variance_sd = malloc(t->layers * sizeof *t->variance_sd);
    if (t->of == NULL || t->variance_sd == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; i < n; i++)
        t->of[i] = (sn_expected){NAN, NAN};
    for (size_t l = 0; l < t->layers; l++)
        t->variance_sd[l] = NAN;
    return SN_OK;
}

static walk *new_walk(const sn_simulation_spec *run, size_t layers)
{
    walk *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->run = run;
    w->way_back = calloc(layers, sizeof *w->way_back);
    if (w->way_back != NULL)
        return w;
    free(w);
    return NULL;
}

static sn_status follow(walk *w, sn_prediction *t, sn_error *err)
{
    bool valid = false;
    sn_status status = begin(w, &valid, err);
    if (status == SN_OK && w->n > 0)
        put(w, 0, t);
    for (size_t l = 1; status == SN_OK && valid && l < t->layers; l++) {
        status = advance(w, l, &valid, err);
        if (status == SN_OK && valid) {
            put(w, l, t);
            t->last = l;
        }
    }
    return status;
}

sn_status sn_prediction_make(const sn_simulation_spec *run, sn_prediction *t, sn_error *err)
{
    *t =
        (sn_prediction){.layers = sn_simulation_depth(run) + 1, .map = sn_prediction_map_name(run)};
    sn_status status = allocate(t, err);
    walk *w = new_walk(run, t->layers);
    if (status == SN_OK && w == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    if (status == SN_OK)
        status = follow(w, t, err);
    if (status == SN_OK && (run->observe & SN_OBSERVE_GRADIENTS) != 0) {
        follow_gradients(w->way_back, t);
        put_gradients(t);
    }
    if (status == SN_OK)
        t->fate = fate_of(t);
    if (w != NULL)
        free(w->way_back);
    free(w);
    return status;
}
