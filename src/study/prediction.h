/* prediction.h: what theory says of a simulated network, layer by layer.
 *
 * For every quantity that has a theory: its value in layers of infinite width, by the map that the
 * layer's weights follow, and for moments the first-order correction by the finite width, its
 * drift.
 */
#ifndef SELFNORM_STUDY_PREDICTION_H
#define SELFNORM_STUDY_PREDICTION_H

#include "simulate/simulate.h"
#include "theory/layer_map.h"

/* NaN where nothing is predicted. Measured values are expected near limit + drift. */
typedef struct sn_expected {
    double limit, drift;
} sn_expected;

typedef struct sn_prediction {
    size_t layers;       /* depth + 1, the input included */
    sn_expected *of;     /* layers x SN_OBSERVABLE_COUNT */
    double *variance_sd; /* of every layer: the standard deviation of the networks' variances */
    size_t last;         /* the last layer with a prediction; at the next one it is no number */
    sn_fate fate;        /* how the signal ends */
    const char *map;     /* the name of the map all layers follow, or "mixed" */
} sn_prediction;

/* The map that a layer's weights follow, with its activation and biases. */
sn_layer_map sn_prediction_map(const sn_layer *layer);

/* The name of the map that all layers follow, or "mixed". */
const char *sn_prediction_map_name(const sn_simulation_spec *run);

/* Whether there ever is a theory of a quantity, and a drift. */
bool sn_prediction_knows(sn_observable quantity);
bool sn_prediction_drifts(sn_observable quantity);

/* The bytes that sn_prediction_make takes at its peak, SIZE_MAX when they do not fit. */
size_t sn_prediction_bytes(const sn_simulation_spec *run);

/* SN_ENOMEM. A moment that does not converge ends the prediction like one that is no number. Free
 * it in every case. */
SN_NODISCARD sn_status sn_prediction_make(const sn_simulation_spec *run, sn_prediction *out,
                                          sn_error *err);
void sn_prediction_free(sn_prediction *prediction);

/* {NAN, NAN} where nothing is predicted. */
sn_expected sn_prediction_at(const sn_prediction *prediction, size_t l, sn_observable quantity);

#endif
