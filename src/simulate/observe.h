/* observe.h: from the values of a layer to its quantities (observables.h). Not installed.
 *
 * An observer sees one layer at a time, in tiles of whole neurons: rows x samples values, a
 * neuron's side by side, in ascending order of neurons. Only what is asked for is computed;
 * moments always. Other tiles of the same layer give the same quantities but for rounding.
 */
#ifndef SELFNORM_SIMULATE_OBSERVE_H
#define SELFNORM_SIMULATE_OBSERVE_H

#include "simulate/observables.h"
#include "simulate/statistics.h"

typedef struct sn_observer {
    unsigned asked;
    size_t samples;
    const sn_activation *activation;
    sn_tally pre, post;           /* of the layer so far */
    struct sn_observations *more; /* of what else is asked for; NULL: nothing */
} sn_observer;

/* For layers of at most `widest` neurons. false: out of memory, and nothing is left to free. All is
 * allocated here; bytes says how much, SIZE_MAX when that does not fit. */
size_t sn_observer_bytes(unsigned asked, size_t widest);
bool sn_observer_init(sn_observer *observer, unsigned asked, size_t samples, size_t widest);
void sn_observer_clear(sn_observer *observer); /* frees what it has; {0} is fine */

/* A new layer, or the input (activation NULL), which has no pre-activations.
 * *activation is borrowed until the layer ends. The bins of the histogram lie about that mean, in
 * units of that deviation: those expected of the pre-activations, which nothing else depends on. */
void sn_observer_begin(sn_observer *observer, const sn_activation *activation, double mean,
                       double deviation);

/* Pre-activations as f sees them, and activations as they leave the layer. Once a value, or the sum
 * of squares of a tile, is not finite, neither is the second moment of pre or post, and all but the
 * moments is NaN. */
void sn_observer_pre_float(sn_observer *observer, size_t rows, const float *z);
void sn_observer_pre_double(sn_observer *observer, size_t rows, const double *z);
void sn_observer_post_float(sn_observer *observer, size_t rows, const float *a);
void sn_observer_post_double(sn_observer *observer, size_t rows, const double *a);

/* The layer's quantities; NaN for those not asked for, not defined or seen after the fact (the
 * gradients). histogram: SN_HISTOGRAM_BINS shares, where asked for; else it may be NULL. Once for
 * each sn_observer_begin. */
void sn_observer_end(sn_observer *observer, double of[SN_OBSERVABLE_COUNT], double *histogram);

#endif
