/* observables.h: what a simulation observes of each layer, as one table.
 *
 * Groups are what a user asks for; a quantity belongs to one group. The activations are what leaves
 * the layer, the pre-activations what f sees.
 */
#ifndef SELFNORM_SIMULATE_OBSERVABLES_H
#define SELFNORM_SIMULATE_OBSERVABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/status.h"

SN_BEGIN_DECLS

#define SN_OBSERVE_LIST(X)                                                                         \
    X(MOMENTS, "moments", "mean, variance, second moment")                                         \
    X(SHAPE, "shape", "skewness and excess kurtosis")                                              \
    X(SPLIT, "split", "variance between neurons and between samples, correlation of samples")      \
    X(QUANTILES, "quantiles", "quantiles from 0.1 % to 99.9 %")                                    \
    X(HISTOGRAM, "histogram", "the distribution of the pre-activations")                           \
    X(GAUSSIANITY, "gaussianity",                                                                  \
      "Anderson and Darling's test of the first sample's "                                         \
      "pre-activations")                                                                           \
    X(SATURATION, "saturation", "saturated activations, dead neurons")                             \
    X(GRADIENTS, "gradients", "a random gradient of the output, sent back")

enum {
#define SN_OBSERVE_BIT(id, name, doc) SN_OBSERVE_BIT_##id,
    SN_OBSERVE_LIST(SN_OBSERVE_BIT)
#undef SN_OBSERVE_BIT
        SN_OBSERVE_COUNT,
#define SN_OBSERVE_MASK(id, name, doc) SN_OBSERVE_##id = 1 << SN_OBSERVE_BIT_##id,
    SN_OBSERVE_LIST(SN_OBSERVE_MASK)
#undef SN_OBSERVE_MASK
};

const char *sn_observe_name(size_t group); /* NULL past the last */
const char *sn_observe_doc(size_t group);

/* Variances divide by the number of values, being those of the whole set; skewness is m3 / m2^1.5,
 * excess kurtosis m4 / m2^2 - 3. Quantities of the split, with S samples, all without bias:
 * overlap is the mean over neurons and pairs of different samples of the product of their
 * activations; correlation is (overlap - mean^2) / variance; variance between samples the mean
 * over neurons of the variance over samples (divided by S - 1), between neurons what is left of
 * the variance, which is overlap - mean^2. They need two samples. The quantile of share q is the
 * ceil(q n)-th of n values, within 1/16383 of the distance from the least value to the largest;
 * that is 1/500 of the deviation while no two values are more than 32 deviations apart. A^2 is
 * that of all neurons (the first 65536) for the first sample, with estimated mean and variance,
 * times 1 + 0.75/n + 2.25/n^2; it needs 8 neurons, and a Gaussian is rejected above 0.752. */
#define SN_OBSERVABLE_LIST(X)                                                                      \
    X(MEAN, "mean", MOMENTS, "mean of the activations")                                            \
    X(VARIANCE, "variance", MOMENTS, "variance of the activations")                                \
    X(SECOND_MOMENT, "second_moment", MOMENTS, "second moment of the activations")                 \
    X(PRE_MEAN, "pre_mean", MOMENTS, "mean of the pre-activations")                                \
    X(PRE_VARIANCE, "pre_variance", MOMENTS, "variance of the pre-activations")                    \
    X(PRE_SECOND_MOMENT, "pre_second_moment", MOMENTS, "second moment of the pre-activations")     \
    X(SKEWNESS, "skewness", SHAPE, "skewness of the activations")                                  \
    X(EXCESS_KURTOSIS, "excess_kurtosis", SHAPE, "excess kurtosis of the activations")             \
    X(PRE_SKEWNESS, "pre_skewness", SHAPE, "skewness of the pre-activations")                      \
    X(PRE_EXCESS_KURTOSIS, "pre_excess_kurtosis", SHAPE, "excess kurtosis of the pre-activations") \
    X(OVERLAP, "overlap", SPLIT, "mean product of the activations of two samples")                 \
    X(CORRELATION, "correlation", SPLIT, "correlation of the activations of two samples")          \
    X(BETWEEN_NEURONS, "variance_between_neurons", SPLIT,                                          \
      "variance of the activations that samples share")                                            \
    X(BETWEEN_SAMPLES, "variance_between_samples", SPLIT,                                          \
      "variance of the activations of a neuron over samples")                                      \
    X(PRE_CORRELATION, "pre_correlation", SPLIT,                                                   \
      "correlation of the pre-activations of two samples")                                         \
    X(PRE_BETWEEN_SAMPLES, "pre_variance_between_samples", SPLIT,                                  \
      "variance of the pre-activations of a neuron over samples")                                  \
    X(PRE_Q001, "pre_q001", QUANTILES, "0.1 % quantile of the pre-activations")                    \
    X(PRE_Q010, "pre_q010", QUANTILES, "1 % quantile of the pre-activations")                      \
    X(PRE_Q050, "pre_q050", QUANTILES, "5 % quantile of the pre-activations")                      \
    X(PRE_Q250, "pre_q250", QUANTILES, "25 % quantile of the pre-activations")                     \
    X(PRE_Q500, "pre_q500", QUANTILES, "median of the pre-activations")                            \
    X(PRE_Q750, "pre_q750", QUANTILES, "75 % quantile of the pre-activations")                     \
    X(PRE_Q950, "pre_q950", QUANTILES, "95 % quantile of the pre-activations")                     \
    X(PRE_Q990, "pre_q990", QUANTILES, "99 % quantile of the pre-activations")                     \
    X(PRE_Q999, "pre_q999", QUANTILES, "99.9 % quantile of the pre-activations")                   \
    X(Q001, "q001", QUANTILES, "0.1 % quantile of the activations")                                \
    X(Q010, "q010", QUANTILES, "1 % quantile of the activations")                                  \
    X(Q050, "q050", QUANTILES, "5 % quantile of the activations")                                  \
    X(Q250, "q250", QUANTILES, "25 % quantile of the activations")                                 \
    X(Q500, "q500", QUANTILES, "median of the activations")                                        \
    X(Q750, "q750", QUANTILES, "75 % quantile of the activations")                                 \
    X(Q950, "q950", QUANTILES, "95 % quantile of the activations")                                 \
    X(Q990, "q990", QUANTILES, "99 % quantile of the activations")                                 \
    X(Q999, "q999", QUANTILES, "99.9 % quantile of the activations")                               \
    X(ANDERSON_DARLING, "anderson_darling", GAUSSIANITY,                                           \
      "Anderson and Darling's adjusted A^2 of the pre-activations of one sample")                  \
    X(GAUSSIAN_REJECTED, "gaussian_rejected", GAUSSIANITY,                                         \
      "share of replicas in which that rejects a Gaussian at 5 %")                                 \
    X(SATURATED, "saturated", SATURATION, "share of the activations with |f'| below 0.01")         \
    X(DEAD, "dead", SATURATION, "share of the neurons whose f' is 0 for every sample")             \
    X(GRADIENT, "gradient", GRADIENTS,                                                             \
      "squared norm of the gradient by the activations, of the output's 1, per sample")            \
    X(GRADIENT_LOG10, "gradient_log10", GRADIENTS, "its decimal logarithm, which never overflows") \
    X(GRADIENT_FACTOR, "gradient_factor", GRADIENTS,                                               \
      "squared gradient by the layer's input over that by its output")                             \
    X(GRADIENT_CLIPPED, "gradient_clipped", GRADIENTS, "squared norm of the gradient once clipped")

typedef enum sn_observable {
#define SN_OBSERVABLE_ENUM(id, name, group, doc) SN_OBSERVABLE_##id,
    SN_OBSERVABLE_LIST(SN_OBSERVABLE_ENUM)
#undef SN_OBSERVABLE_ENUM
        SN_OBSERVABLE_COUNT
} sn_observable;

const char *sn_observable_name(sn_observable quantity); /* NULL past the last */
const char *sn_observable_doc(sn_observable quantity);
unsigned sn_observable_group(sn_observable quantity); /* its SN_OBSERVE_... bit, 0 past the last */

/* The histogram's bins, of equal width, from -6 to 6 deviations, each with its lower end, and how
 * many there are. What is outside is in none, but is counted among all. The deviation is what the
 * layer's actual inputs imply for the pre-activations (or 1, after a normalisation), and so is the
 * mean they are measured from; where that deviation is 0 there are no bins. */
enum { SN_HISTOGRAM_BINS = 96 };
#define SN_HISTOGRAM_END 6.0

SN_END_DECLS

#endif
