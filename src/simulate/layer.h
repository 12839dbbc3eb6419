/* layer.h: what a layer of a random network is: its width, weights, biases, activation, and what is
 * done to its values on the way.
 */
#ifndef SELFNORM_SIMULATE_LAYER_H
#define SELFNORM_SIMULATE_LAYER_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* Distribution of a single weight, scaled to the mean and variance asked for; but of the
 * uncorrected truncated normal, which is cut at two deviations of the normal that has the variance
 * asked for, as Keras' TruncatedNormal(stddev) and jax.nn.initializers.truncated_normal(stddev)
 * are, and so has 0.774 of it. The corrected one is rescaled, as Keras' VarianceScaling and
 * jax.nn.initializers.variance_scaling do. */
#define SN_WEIGHT_LAW_LIST(X)                                                                      \
    X(SN_WEIGHT_NORMAL, "normal", "Gaussian")                                                      \
    X(SN_WEIGHT_TRUNCATED_NORMAL, "truncated_normal",                                              \
      "Gaussian cut at two deviations, variance corrected")                                        \
    X(SN_WEIGHT_UNCORRECTED, "uncorrected_truncated_normal",                                       \
      "Gaussian cut at two deviations, with the 0.774 of its variance that this leaves")           \
    X(SN_WEIGHT_UNIFORM, "uniform", "uniform")                                                     \
    X(SN_WEIGHT_STUDENT_T, "student_t", "Student's t, of heavy tails, scaled to the variance")

typedef enum sn_weight_law {
#define SN_WEIGHT_LAW_ENUM(id, name, doc) id,
    SN_WEIGHT_LAW_LIST(SN_WEIGHT_LAW_ENUM)
#undef SN_WEIGHT_LAW_ENUM
        SN_WEIGHT_LAW_COUNT
} sn_weight_law;

const char *sn_weight_law_name(sn_weight_law law); /* NULL past the last */
const char *sn_weight_law_doc(sn_weight_law law);

/* How the weights of a layer hang together. n: fan-in. */
#define SN_WEIGHT_STRUCTURE_LIST(X)                                                                \
    X(SN_WEIGHTS_IID, "iid", "independent, each of mean omega/n and variance tau/n")               \
    X(SN_WEIGHTS_EXACT_ROWS, "exact_rows",                                                         \
      "every row shifted and scaled: its sum is omega and its square sum tau, to rounding")        \
    X(SN_WEIGHTS_SPARSE, "sparse",                                                                 \
      "every row has the share density of its weights not zero, independent, of variance "         \
      "tau / (how many there are)")                                                                \
    X(SN_WEIGHTS_ORTHOGONAL, "orthogonal",                                                         \
      "uniform among the matrices whose rows (or columns, where there are fewer) are orthogonal, " \
      "each entry of variance tau/n")

typedef enum sn_weight_structure {
#define SN_WEIGHT_STRUCTURE_ENUM(id, name, doc) id,
    SN_WEIGHT_STRUCTURE_LIST(SN_WEIGHT_STRUCTURE_ENUM)
#undef SN_WEIGHT_STRUCTURE_ENUM
        SN_WEIGHT_STRUCTURE_COUNT
} sn_weight_structure;

const char *sn_weight_structure_name(sn_weight_structure structure); /* NULL past the last */
const char *sn_weight_structure_doc(sn_weight_structure structure);

/* exact_rows needs n >= 2 and tau > omega^2 / n; sparse and orthogonal need omega = 0. */
typedef struct sn_weights {
    sn_weight_law law; /* not read of orthogonal ones */
    sn_weight_structure structure;
    double omega, tau;
    double freedom; /* Student's degrees of freedom, above 2 */
    double density; /* of sparse ones, above 0, at most 1: max(1, round(density n)) are not zero */
} sn_weights;

/* The fourth cumulant of a weight in units of its squared variance (its excess kurtosis): 0 of a
 * normal, -1.2 of a uniform one, infinite of Student's t up to 4 degrees of freedom. Of sparse rows
 * it is that of any of the n weights, the zeros among them: E w^4 is (kurtosis + 3) (E w^2)^2. As
 * all rows have the same number k = density n of weights, two of a row are not independent: E w_i^2
 * w_j^2 is (1 - (n - k) / (k (n - 1))) (E w^2)^2. */
double sn_weights_kurtosis(const sn_weights *weights);

/* The tau that the weights really have: tau, but 0.774 tau of an uncorrected truncated normal,
 * unless the rows are exact. */
double sn_weights_tau(const sn_weights *weights);

/* An initialiser by the name people know. Its tau may depend on the layer's shape:
 * tau = fan_in * variance(fan_in, fan_out). */
typedef struct sn_initializer {
    const char *name;
    const char *doc;
    sn_weight_law law;
    sn_weight_structure structure;
    double (*tau)(size_t fan_in, size_t fan_out);
} sn_initializer;

const sn_initializer *sn_initializer_at(size_t index); /* NULL past the last */
const sn_initializer *sn_initializer_find(const char *name);

/* What is done to pre-activations before f sees them: minus the mean, divided by the root of the
 * variance + SN_NORMALIZATION_EPSILON; without scale and shift, as at initialisation. batch: of a
 * neuron over the samples. layer: of a sample over the neurons. */
#define SN_NORMALIZATION_LIST(X)                                                                   \
    X(SN_NORMALIZATION_NONE, "none", "pre-activations as they are")                                \
    X(SN_NORMALIZATION_BATCH, "batch", "each neuron standardised over the samples")                \
    X(SN_NORMALIZATION_LAYER, "layer", "each sample standardised over the neurons")

typedef enum sn_normalization {
#define SN_NORMALIZATION_ENUM(id, name, doc) id,
    SN_NORMALIZATION_LIST(SN_NORMALIZATION_ENUM)
#undef SN_NORMALIZATION_ENUM
        SN_NORMALIZATION_COUNT
} sn_normalization;

const char *sn_normalization_name(sn_normalization kind); /* NULL past the last */
const char *sn_normalization_doc(sn_normalization kind);

#define SN_NORMALIZATION_EPSILON 1e-5 /* as in PyTorch */

/* Dropout: with probability `rate`, independently, an activation becomes `dropped`; then all become
 * scale * a + shift. Standard (inverted) dropout has dropped 0, scale 1 / (1 - rate), shift 0;
 * alpha dropout drops to SELU's saturation and has the scale and shift that keep mean and variance.
 * feature: so many neighbouring neurons are dropped together, as the positions of a feature map. */
typedef struct sn_dropout {
    double rate; /* 0: no dropout; below 1 */
    double dropped, scale, shift;
    size_t feature; /* at least 1 */
} sn_dropout;

typedef struct sn_layer {
    size_t width; /* neurons */
    sn_activation activation;
    sn_weights weights;
    double bias_mean, bias_variance; /* iid Gaussian biases, one per neuron */
    sn_normalization normalization;
    sn_dropout dropout;
    bool residual; /* x + branch * a; the width is the fan-in */
    double branch; /* else not read */
} sn_layer;

SN_END_DECLS

#endif
