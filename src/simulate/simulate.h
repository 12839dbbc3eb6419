/* simulate.h: Monte Carlo propagation of signals through deep random networks.
 *
 * An independent witness: it draws real weights, multiplies real matrices and measures. It shares
 * nothing with the theory but the activation functions. A run is a function of its spec: neither
 * the number of threads nor their scheduling changes a bit of the result.
 */
#ifndef SELFNORM_SIMULATE_SIMULATE_H
#define SELFNORM_SIMULATE_SIMULATE_H

#include <stdint.h>

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* Distribution of a single weight, scaled to the mean and variance asked for. A truncated normal
 * is cut at two deviations of the normal it comes from and rescaled so that its VARIANCE is the
 * one asked for, as Keras' VarianceScaling and jax.nn.initializers do. */
#define SN_WEIGHT_LAW_LIST(X)                                                                      \
    X(SN_WEIGHT_NORMAL, "normal", "Gaussian")                                                      \
    X(SN_WEIGHT_TRUNCATED_NORMAL, "truncated_normal",                                              \
      "Gaussian cut at two deviations, variance corrected")                                        \
    X(SN_WEIGHT_UNIFORM, "uniform", "uniform")

typedef enum sn_weight_law {
#define SN_WEIGHT_LAW_ENUM(id, name, doc) id,
    SN_WEIGHT_LAW_LIST(SN_WEIGHT_LAW_ENUM)
#undef SN_WEIGHT_LAW_ENUM
        SN_WEIGHT_LAW_COUNT
} sn_weight_law;

const char *sn_weight_law_name(sn_weight_law law); /* NULL past the last */
const char *sn_weight_law_doc(sn_weight_law law);

/* How the weights of a layer are drawn: iid entries of mean omega / n and variance tau / n with
 * n = fan-in; or, exact_rows, entries of the law whose every row is then shifted and scaled so that
 * its sum is omega and its square sum tau to rounding (needs n >= 2 and tau > omega^2 / n). */
typedef struct sn_weights {
    sn_weight_law law;
    bool exact_rows;
    double omega, tau;
} sn_weights;

/* An initialiser by the name people know. Its tau may depend on the layer's shape:
 * tau = fan_in * variance(fan_in, fan_out). */
typedef struct sn_initializer {
    const char *name;
    const char *doc;
    sn_weight_law law;
    bool exact_rows;
    double (*tau)(size_t fan_in, size_t fan_out);
} sn_initializer;

const sn_initializer *sn_initializer_at(size_t index); /* NULL past the last */
const sn_initializer *sn_initializer_find(const char *name);

/* Distribution of the entries of the input vectors, all iid. */
#define SN_INPUT_LAW_LIST(X)                                                                       \
    X(SN_INPUT_NORMAL, "normal", "Gaussian")                                                       \
    X(SN_INPUT_UNIFORM, "uniform", "uniform")

typedef enum sn_input_law {
#define SN_INPUT_LAW_ENUM(id, name, doc) id,
    SN_INPUT_LAW_LIST(SN_INPUT_LAW_ENUM)
#undef SN_INPUT_LAW_ENUM
        SN_INPUT_LAW_COUNT
} sn_input_law;

const char *sn_input_law_name(sn_input_law law); /* NULL past the last */
const char *sn_input_law_doc(sn_input_law law);

typedef enum sn_precision { SN_FLOAT, SN_DOUBLE } sn_precision;

typedef struct sn_simulation_spec {
    size_t width, depth; /* every layer is width x width; depth >= 1 layers after the input */
    size_t samples;      /* input vectors per replica, all through the same weights */
    size_t replicas;     /* independent networks, each with its own weights and inputs */
    uint64_t seed;
    sn_precision precision;
    sn_activation activation;
    sn_weights weights;
    double bias_mean, bias_variance; /* iid Gaussian biases, one per neuron */
    sn_input_law input_law;
    double input_mean, input_variance; /* of each input entry */
    int threads;                       /* 0: as many as the machine offers */
} sn_simulation_spec;

/* A measured quantity: its mean over replicas and the standard error of that mean, taken from the
 * spread of the replicas (NaN for a single replica). */
typedef struct sn_measured {
    double value, se;
} sn_measured;

/* One layer, l = 0 being the input (whose pre fields are NaN). Each quantity is computed per
 * replica over all neurons and samples of that replica, then averaged over replicas; variances
 * within a replica are about that replica's own mean. */
typedef struct sn_layer_statistics {
    sn_measured mean, second_moment, variance;             /* of the activations */
    sn_measured pre_mean, pre_second_moment, pre_variance; /* of the pre-activations */
    double variance_sd; /* standard deviation of the replicas' variances: the spread of networks */
    size_t replicas;    /* replicas with finite statistics here; the rest have exploded */
} sn_layer_statistics;

/* What became of the signal. Outcomes, not errors. A replica has exploded at the first layer with
 * a value that is not finite, and is not propagated further (an input that is not finite counts as
 * layer 1); it has died at the first layer whose activations all are equal, if there are several,
 * and goes on, as other weights may tell them apart again. */
typedef struct sn_simulation_result {
    size_t layers; /* depth + 1 entries, the input included */
    sn_layer_statistics *layer;
    size_t exploded, died;                         /* how many replicas */
    size_t first_exploded_layer, first_died_layer; /* the earliest layer; 0: none */
} sn_simulation_result;

/* The bytes a run would take at its peak with that many threads; SIZE_MAX when the number does not
 * fit. threads as in the spec; what BLAS and the threads' stacks take comes on top. Never fails,
 * allocates nothing: ask before running. */
size_t sn_simulation_bytes(const sn_simulation_spec *spec, int threads);

/* Called from one thread at a time after each replica, done = 1, 2, ...; a nonzero return asks the
 * run to stop, which it does with SN_EINTERRUPTED. */
typedef int sn_progress(void *context, size_t done, size_t total);

/* Runs the simulation. *out is the caller's to free with sn_simulation_result_free, and is empty
 * after a failure. progress may be NULL.
 * SN_EDOMAIN: a field outside its range, named in the message; SN_ENOMEM; SN_EINTERRUPTED. */
SN_NODISCARD sn_status sn_simulate(const sn_simulation_spec *spec, sn_progress *progress,
                                   void *context, sn_simulation_result *out, sn_error *err);
void sn_simulation_result_free(sn_simulation_result *result); /* NULL is fine */

SN_END_DECLS

#endif
