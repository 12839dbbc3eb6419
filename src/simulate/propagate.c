/* One replica forwards: activations x (neurons x samples, a neuron's values side by side), and
 * layer by layer z = W x + b, normalised, f, dropout, residual, as the layer asks for.
 *
 * A strip of neurons is computed, and what follows is done to a few of its rows at a time while
 * they are in cache: measured, activated in place, measured again. Only layer normalisation has to
 * see all neurons first. Matrices of activations take turns, unless a gradient is to come back.
 *
 * A replica explodes in the layer where a pre-activation, an activation or their squares leave the
 * numbers, and ends there. It dies where all activations are equal, but goes on: other weights or a
 * bias may tell its neurons apart again. Where there is one neuron and one sample, no two
 * activations can differ and nothing dies.
 */
#include "simulate/propagate.h"

#include <math.h>
#include <string.h>

#include "simulate/dropout.h"
#include "simulate/input.h"
#include "simulate/network.h"
#include "simulate/normalize.h"

enum { TILE = 4096 }; /* numbers finished at a time: of doubles, 32 KB */

/* The second moment may leave the numbers before mean and squares do. */
static bool is_finite(const sn_observer *observer)
{
    return isfinite(sn_tally_second_moment(&observer->post))
           && (observer->pre.count == 0 || isfinite(sn_tally_second_moment(&observer->pre)));
}

/* What the layer's inputs imply for its pre-activations. */
static void expect(const sn_layer *layer, size_t fan_in, const sn_tally *input, double *mean,
                   double *deviation)
{
    const sn_weights *weights = &layer->weights;
    *mean = 0;
    *deviation = 1;
    if (layer->normalization != SN_NORMALIZATION_NONE)
        return;
    const double square = weights->structure == SN_WEIGHTS_EXACT_ROWS
                              ? (weights->tau - weights->omega * weights->omega / (double)fan_in)
                                    * sn_tally_variance(input)
                              : sn_weights_tau(weights) * sn_tally_second_moment(input);
    *mean = weights->omega * input->mean + layer->bias_mean;
    *deviation = sqrt(square + layer->bias_variance);
}

/* Numbers of a layer that exploded are no numbers. */
static void forget(const sn_simulation_spec *spec, double *record, size_t from)
{
    for (size_t l = from; l <= sn_simulation_depth(spec); l++) {
        double *of = sn_record_layer(spec, record, l);
        for (size_t i = 0; i < SN_OBSERVABLE_COUNT; i++)
            of[i] = NAN;
        double *histogram = sn_record_histogram(spec, record, l);
        for (size_t i = 0; histogram != NULL && i < SN_HISTOGRAM_BINS; i++)
            histogram[i] = NAN;
    }
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/propagate.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/propagate.inc"
#undef REAL
#undef NAMED

bool sn_propagate(const sn_simulation_spec *spec, uint32_t replica, sn_workspace *workspace,
                  double *record, const atomic_bool *stop)
{
    return spec->precision == SN_FLOAT ? propagate_float(spec, replica, workspace, record, stop)
                                       : propagate_double(spec, replica, workspace, record, stop);
}
