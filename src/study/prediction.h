/* prediction.h: what the matching map predicts for a simulated network, layer by layer. */
#ifndef SELFNORM_STUDY_PREDICTION_H
#define SELFNORM_STUDY_PREDICTION_H

#include "simulate/simulate.h"
#include "theory/layer_map.h"

typedef struct sn_prediction {
    sn_layer_map map;
    sn_layer_point at;
    double *mu, *nu; /* of layers 0 to layers */
    size_t layers;   /* the last layer with a prediction: further on it is no number */
    sn_fate fate;
} sn_prediction;

/* The map that the network's weights follow. */
sn_layer_map sn_prediction_map(const sn_simulation_spec *run);

/* Statuses as sn_layer_map_iterate, and SN_ENOMEM; free it in every case. */
SN_NODISCARD sn_status sn_prediction_make(const sn_simulation_spec *run, sn_prediction *out,
                                          sn_error *err);
void sn_prediction_free(sn_prediction *prediction);

/* Mean and variance of the pre-activations of layer l <= layers; NAN for the input, l = 0. */
double sn_prediction_pre_mean(const sn_prediction *prediction, size_t l);
double sn_prediction_pre_variance(const sn_prediction *prediction, size_t l);

#endif
