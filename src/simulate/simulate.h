/* simulate.h: Monte Carlo propagation of signals through deep random networks, and of gradients
 * back.
 *
 * An independent witness: it draws real weights, or from the exact law of what they do, and
 * measures. It shares nothing with the theory but the activation functions. A run is a function of
 * its spec: neither the number of threads nor their scheduling changes a bit of the result.
 *
 * A layer computes, for an input x of fan-in n (each step where asked for),
 *
 *     z = W x + b,   z normalised,   a = f(z),   a with dropout,   x + branch * a
 *
 * z, as f sees it, is the pre-activation; what comes out is the layer's activation.
 */
#ifndef SELFNORM_SIMULATE_SIMULATE_H
#define SELFNORM_SIMULATE_SIMULATE_H

#include <stdint.h>

#include "layer.h"
#include "observables.h"

SN_BEGIN_DECLS

/* Distribution of the input vectors. */
#define SN_INPUT_LAW_LIST(X)                                                                       \
    X(SN_INPUT_NORMAL, "normal", "Gaussian, all entries independent")                              \
    X(SN_INPUT_UNIFORM, "uniform", "uniform, all entries independent")                             \
    X(SN_INPUT_SPARSE, "sparse", "zero, but for a share of the entries, which is Gaussian")        \
    X(SN_INPUT_CLUSTERS, "clusters",                                                               \
      "Gaussian, the samples correlated within and between two clusters")                          \
    X(SN_INPUT_ROWS, "rows", "rows of given data")

typedef enum sn_input_law {
#define SN_INPUT_LAW_ENUM(id, name, doc) id,
    SN_INPUT_LAW_LIST(SN_INPUT_LAW_ENUM)
#undef SN_INPUT_LAW_ENUM
        SN_INPUT_LAW_COUNT
} sn_input_law;

const char *sn_input_law_name(sn_input_law law); /* NULL past the last */
const char *sn_input_law_doc(sn_input_law law);

typedef struct sn_input {
    sn_input_law law;
    double mean, variance; /* of each entry, whatever the law; not of given rows, which stay */

    /* Of sparse inputs: the share of entries that are not zero, above 0; needs mean^2 (1 - density)
     * <= density * variance, as the zeros alone make that much variance. */
    double density;

    /* Of clusters, to which samples belong in turn: the correlation of two samples of the same and
     * of different ones, |between| <= within <= 1. */
    double within, between;

    /* Rows, borrowed: n_rows x width, a row a sample. Replica r takes samples rows from row
     * r * samples on, and begins again after the last. */
    const double *rows;
    size_t n_rows;
} sn_input;

typedef enum sn_precision { SN_FLOAT, SN_DOUBLE } sn_precision;

/* How a layer is drawn. Both have the same law, exactly; neither is an approximation for wide
 * layers. direct: the weights, and the product with them; all but orthogonal ones. gram: for
 * Gaussian weights the rows of z are, given the layer's inputs, independent and Gaussian with their
 * Gram matrix as covariance; backwards, the product with the transposed weights is drawn given z;
 * orthogonal weights likewise, others not at all. Costs samples^2 * width instead of
 * samples * width^2 and draws no weights. auto: per layer, what takes fewer operations. */
#define SN_METHOD_LIST(X)                                                                          \
    X(SN_METHOD_AUTO, "auto", "whichever of the two takes fewer operations, layer by layer")       \
    X(SN_METHOD_DIRECT, "direct", "the weights are drawn and multiplied")                          \
    X(SN_METHOD_GRAM, "gram",                                                                      \
      "the pre-activations are drawn from their exact law, given the layer's inputs")

typedef enum sn_method {
#define SN_METHOD_ENUM(id, name, doc) id,
    SN_METHOD_LIST(SN_METHOD_ENUM)
#undef SN_METHOD_ENUM
        SN_METHOD_COUNT
} sn_method;

const char *sn_method_name(sn_method method); /* NULL past the last */
const char *sn_method_doc(sn_method method);

/* Gradient clipping, of each layer's gradient after all are known: what is sent back is not
 * clipped, so clipping changes no factor between layers. norm: a sample's gradient of larger norm
 * is scaled to it; value: each entry is cut at +-threshold. */
#define SN_CLIP_LIST(X)                                                                            \
    X(SN_CLIP_NONE, "none", "gradients as they are")                                               \
    X(SN_CLIP_NORM, "norm", "a larger norm is scaled down to the threshold")                       \
    X(SN_CLIP_VALUE, "value", "each entry is cut at the threshold")

typedef enum sn_clip_kind {
#define SN_CLIP_ENUM(id, name, doc) id,
    SN_CLIP_LIST(SN_CLIP_ENUM)
#undef SN_CLIP_ENUM
        SN_CLIP_COUNT
} sn_clip_kind;

const char *sn_clip_name(sn_clip_kind kind); /* NULL past the last */
const char *sn_clip_doc(sn_clip_kind kind);

typedef struct sn_clip {
    sn_clip_kind kind;
    double threshold; /* above 0; of a gradient that has norm 1 at the output */
} sn_clip;

/* Layers of one kind, one after the other. */
typedef struct sn_block {
    sn_layer layer;
    size_t repeat; /* at least 1 */
} sn_block;

typedef struct sn_simulation_spec {
    size_t width;           /* of the input */
    size_t n_blocks;        /* at least 1 */
    const sn_block *blocks; /* borrowed */
    size_t samples;         /* input vectors per replica, all through the same weights */
    size_t replicas;        /* independent networks, each with its own weights and inputs */
    uint64_t seed;
    sn_precision precision;
    sn_method method;
    sn_input input;
    unsigned observe; /* SN_OBSERVE_..., or'ed; moments are always observed */
    sn_clip clip;     /* of observed gradients */
    int threads;      /* 0: as many as the machine offers */
} sn_simulation_spec;

/* The layers after the input, l = 1 ... depth: how many there are, the l-th, its fan-in, and how it
 * is drawn. Any spec with blocks. */
size_t sn_simulation_depth(const sn_simulation_spec *spec);
const sn_layer *sn_simulation_layer(const sn_simulation_spec *spec, size_t l);
size_t sn_simulation_fan_in(const sn_simulation_spec *spec, size_t l);
sn_method sn_simulation_method(const sn_simulation_spec *spec, size_t l);

/* A measured quantity: its mean over replicas and the standard error of that mean, taken from the
 * spread of the replicas (NaN for a single replica). */
typedef struct sn_measured {
    double value, se;
} sn_measured;

/* One layer, l = 0 being the input. Each quantity is computed per replica over all neurons and
 * samples of that replica, then averaged over the replicas that have it; NaN where none has, as the
 * input has no pre-activations. Variances within a replica are about that replica's own mean. */
typedef struct sn_layer_statistics {
    sn_measured of[SN_OBSERVABLE_COUNT];
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
    double *histogram; /* layers x SN_HISTOGRAM_BINS; NULL: not observed. Per bin, the share of the
                              pre-activations in it, mean over replicas */
    double *histogram_se;
    size_t replicas;                               /* how many are in it */
    size_t exploded, died;                         /* how many replicas */
    size_t first_exploded_layer, first_died_layer; /* the earliest layer; 0: none */
} sn_simulation_result;

/* The bytes a run would take at its peak with that many threads; SIZE_MAX when the number does not
 * fit. threads as in the spec, whose own is not read; what BLAS and the threads' stacks take comes
 * on top. Never fails, allocates nothing: ask before running. */
size_t sn_simulation_bytes(const sn_simulation_spec *spec, int threads);

/* Called from one thread at a time after each replica, done = 1, 2, ...; a nonzero return asks the
 * run to stop, which it does with SN_EINTERRUPTED. */
typedef int sn_progress(void *context, size_t done, size_t total);

/* Runs the simulation, all replicas. *out is the caller's to free with sn_simulation_result_free,
 * and is empty after a failure. progress may be NULL.
 * SN_EDOMAIN: a field outside its range, named in the message; SN_ENOMEM; SN_EINTERRUPTED. */
SN_NODISCARD sn_status sn_simulate(const sn_simulation_spec *spec, sn_progress *progress,
                                   void *context, sn_simulation_result *out, sn_error *err);
void sn_simulation_result_free(sn_simulation_result *result); /* NULL is fine */

/* --- the same in pieces: for long runs that are stopped and resumed, and for many machines --- */

/* The totals of the replicas done so far, always 0 ... n - 1, and what is needed to do more.
 * Not thread-safe; distinct ones are independent. */
typedef struct sn_simulation sn_simulation;

/* *spec is copied, what it points to is borrowed. Statuses as sn_simulate. */
SN_NODISCARD sn_status sn_simulation_new(const sn_simulation_spec *spec, sn_simulation **out,
                                         sn_error *err);
void sn_simulation_free(sn_simulation *simulation); /* NULL is fine */

/* How many replicas are done. */
size_t sn_simulation_done(const sn_simulation *simulation);

/* Does replicas until `until` of them are done, at most all. SN_EINTERRUPTED: progress has asked to
 * stop, or sn_simulation_stop; the totals are those of the replicas told to progress. After
 * progress has asked, another run goes on from there. SN_ENOMEM. */
SN_NODISCARD sn_status sn_simulation_run(sn_simulation *simulation, size_t until,
                                         sn_progress *progress, void *context, sn_error *err);

/* Gives up the replicas under way, now, and does no more of them, ever. From any thread, and in a
 * signal handler. */
void sn_simulation_stop(sn_simulation *simulation);

/* The statistics so far. *out is the caller's to free. SN_ENOMEM. */
SN_NODISCARD sn_status sn_simulation_statistics(const sn_simulation *simulation,
                                                sn_simulation_result *out, sn_error *err);

/* The totals as numbers, to be written away; loading them into a new simulation of an equal spec
 * goes on where they were saved, to the same bits. sn_simulation_load: SN_EINVAL for numbers that
 * cannot be totals of this spec. */
size_t sn_simulation_state_size(const sn_simulation *simulation); /* in doubles */
void sn_simulation_save(const sn_simulation *simulation, double *state);
SN_NODISCARD sn_status sn_simulation_load(sn_simulation *simulation, const double *state,
                                          sn_error *err);

/* One replica as numbers, which another machine may have computed: sn_simulation_compute does
 * `count` replicas from number `first` on and writes their records one after the other, and changes
 * no totals. It gives back how many of them are whole, all unless sn_simulation_stop came between.
 * sn_simulation_add adds the record of replica number sn_simulation_done. Together they
 * do what sn_simulation_run does, to the same bits. */
size_t sn_simulation_record_size(const sn_simulation *simulation); /* in doubles */
size_t sn_simulation_compute(sn_simulation *simulation, size_t first, size_t count,
                             double *records);
void sn_simulation_add(sn_simulation *simulation, const double *record);

SN_END_DECLS

#endif
