/* prediction_step.h: the theory of one layer for one kind of samples, and of all kinds together. */
#ifndef SELFNORM_STUDY_PREDICTION_STEP_H
#define SELFNORM_STUDY_PREDICTION_STEP_H

#include "study/prediction.h"
#include "theory/width_steps.h"

/* What finite width does to gradients that come from the layers after this one (way_back.c). */
typedef struct sn_way_back {
    /* Of samples whose activations deviate, each by itself: the covariance of the factor with the
     * second moment after the layer; the logarithmic derivative of the factor by the second moment
     * before the layer, and the derivative of the second moment after it by that. */
    double with_second, log_slope, carry;

    /* With e the excess of the gradient's squared part along the activations after the layer over
     * its share of 1/n, in units of that: that excess before the layer is along + along_slope e,
     * and the factor gets drift + drift_slope e more. */
    double along, along_slope, drift, drift_slope;
} sn_way_back;

/* A kind of samples after a layer. */
typedef struct sn_predicted_sample {
    sn_width_signal signal;      /* its activations */
    sn_width_field field;        /* the pre-activations they came from, as f saw them */
    double factor, factor_drift; /* of the squared gradient, from the layer's output to input */

    sn_way_back way_back;
} sn_predicted_sample;

/* From after the layer before to after this one; signal.state.valid says whether that is numbers.
 * SN_ENOMEM. */
SN_NODISCARD sn_status sn_prediction_step(const sn_simulation_spec *run, const sn_layer *layer,
                                          size_t fan_in, sn_predicted_sample *at, sn_error *err);

/* Fills in at->way_back and adds what the layer's own weights do to at->factor_drift, of a layer
 * with these weights, whose input had these statistics; raw_y: the variance of its
 * pre-activations before a normalisation; by_x, by_y: the derivatives of E f'^2;
 * outside: what the factor is a multiple of E f'^2 by. */
void sn_way_back_of(const sn_simulation_spec *run, const sn_layer *layer, const sn_wide_layer *as,
                    const sn_width_state *before, double raw_y, double by_x, double by_y,
                    double outside, sn_predicted_sample *at);

/* The quantities of layer l for n kinds of samples with these shares, all valid. */
void sn_prediction_pool(const sn_simulation_spec *run, size_t l, size_t n, const double *shares,
                        const sn_predicted_sample *at, sn_expected of[SN_OBSERVABLE_COUNT],
                        double *variance_sd);

#endif
