/* finite_width.h: what a network of finite width does to mean and variance, to first order in 1/n.
 *
 * A replica is one network with random weights, and B samples sent through it. Over the n neurons
 * of a layer a sample has the mean m and the second moment s, which in an infinitely wide layer
 * are mu and xi. Here they deviate: from replica to replica with a covariance of order 1/n, and on
 * average by a drift of order 1/n. Both are carried from layer to layer; what is left out is of
 * order 1/n^2, and grows with depth: a prediction is good while its corrections are small. Where a
 * deviation neither grows nor decays, as that of the second moment of ReLU, this takes depth << n.
 * One effect of the second order is in: where samples differ, their overlap deviates too, in SELU
 * without decaying, and makes them covary more than in infinite width.
 *
 *     state of the input -> pre-activations of layer 1 -> its activations -> ... of layer 2 -> ...
 *
 * Weights that are iid lead to the ensemble map of base/maps.h, exact rows to the neuron map.
 */
#ifndef SELFNORM_THEORY_FINITE_WIDTH_H
#define SELFNORM_THEORY_FINITE_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

#include "../activation/activation.h"

SN_BEGIN_DECLS

typedef enum sn_row_kind {
    SN_ROWS_IID,   /* entries of mean omega / n and variance tau / n, n the fan-in */
    SN_ROWS_EXACT, /* normal entries, each row shifted and scaled to sum omega, square sum tau */
    SN_ROWS_ORTHOGONAL /* Haar, scaled so that entries have variance tau / n; omega is 0 */
} sn_row_kind;

typedef struct sn_wide_layer {
    sn_row_kind rows;
    double omega, tau;
    double excess_kurtosis;          /* of the entries if iid: normal 0, uniform -1.2 */
    double bias_mean, bias_variance; /* of iid normal biases, the same for all samples */
    size_t fan_in, fan_out;
} sn_wide_layer;

/* Covariances of a sample's mean m and second moment s. */
typedef struct sn_width_covariance {
    double mean, mean_second, second; /* Var m, Cov(m, s), Var s */
} sn_width_covariance;

/* The variance of two samples' overlap, and its covariances with m and s of one of them. */
typedef struct sn_width_overlap {
    double variance, mean, second;
} sn_width_overlap;

/* A layer's activations, or an input. The first four are of infinite width. */
typedef struct sn_width_state {
    bool valid;                      /* every number below is one and can be relied on */
    double mu, xi;                   /* mean and second moment */
    double fourth;                   /* E f^4 */
    double overlap;                  /* of two samples: the mean over neurons of their product */
    double drift_mean, drift_second; /* E m - mu, E s - xi */
    sn_width_covariance own;         /* of (m, s) of a sample */
    sn_width_covariance cross;       /* between (m, s) of one sample and those of another */
    double drift_overlap;            /* of the overlap; an estimate unless c is 0 or 1 */
    sn_width_overlap wander;
} sn_width_state;

/* The pre-activations of a layer: N(x, y) in a layer of infinite width, with correlation c between
 * samples; of finite width, neurons are alike given the layer before, with an x and y that
 * deviate. */
typedef struct sn_width_field {
    bool valid;
    double x, y, correlation;
    double drift_x, drift_y;
    double drift_covariance;        /* of the covariance between samples */
    sn_width_covariance own, cross; /* of x and y in the places of m and s */
    sn_width_overlap wander;        /* of the covariance of z between samples */
    double cumulant;                /* the fourth of a pre-activation, of order 1/n */
    /* Orthogonal rows tie the neurons to each other: averages over neurons of z^2, and of products
     * between samples, biases apart, do not deviate from what the layer before makes them. These
     * averages, and one over the dimension of the rotation, which is 0 for other rows. */
    double tie_own, tie_cross, tie_share;
    size_t width; /* neurons of this layer */
} sn_width_field;

/* An input of n entries, iid with that mean, variance >= 0 and fourth central moment (normal:
 * 3 variance^2), symmetric about the mean; c in [-1, 1] is the correlation of an entry between
 * samples. SN_EDOMAIN: n is 0, or a number outside its range or not finite, or fourth <
 * variance^2. */
SN_NODISCARD sn_status sn_finite_width_input(size_t n, double mean, double variance, double fourth,
                                             double c, sn_width_state *out, sn_error *err);

/* The pre-activations that a layer makes of a state. *out is not valid if the state is not, if a
 * number overflows, or if y is not positive; these are results.
 * SN_EDOMAIN: a number of the layer outside its range or not finite: tau and bias_variance >= 0,
 * fan_in and fan_out >= 1; exact rows: fan_in >= 2 and tau >= omega^2 / fan_in; orthogonal rows:
 * omega = 0; iid rows: excess_kurtosis >= -2. */
SN_NODISCARD sn_status sn_finite_width_enter(const sn_wide_layer *layer, const sn_width_state *from,
                                             sn_width_field *out, sn_error *err);

/* The state of f of pre-activations, *out not valid as above, or where the signal is constant to
 * rounding. Some ten microseconds to some milliseconds: a sn_powers_compute, three times a
 * sn_overlap_compute, and an integral as long as that.
 * SN_ENOMEM as those; that they do not converge makes a state that is not valid. */
SN_NODISCARD sn_status sn_finite_width_activate(const sn_activation *f, const sn_width_field *from,
                                                sn_width_state *out, sn_error *err);

/* The same for f(z) = z: the pre-activations' own statistics as a state. */
sn_width_state sn_finite_width_itself(const sn_width_field *from);

/* What is measured of a replica over all of its neurons and B samples: mean, second moment, and
 * variance about the replica's own mean. The first three are of infinite width, the next three the
 * corrections of their averages over replicas, the last three the VARIANCES over replicas. */
typedef struct sn_width_prediction {
    bool valid;
    double mean, second, variance;
    double drift_mean, drift_second, drift_variance;
    double spread_mean, spread_second, spread_variance;
} sn_width_prediction;

/* samples >= 1 (0 is taken as 1). Of a state that is not valid, nothing is. */
sn_width_prediction sn_finite_width_predict(const sn_width_state *state, size_t samples);

SN_END_DECLS

#endif
