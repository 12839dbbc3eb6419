/* propagate.h: one replica, its input drawn and sent through all layers, and a gradient sent back.
 * Not installed.
 */
#ifndef SELFNORM_SIMULATE_PROPAGATE_H
#define SELFNORM_SIMULATE_PROPAGATE_H

#include <stdatomic.h>

#include "simulate/observe.h"
#include "simulate/pass.h"
#include "simulate/simulate.h"

/* What became of a replica, as numbers: how many layers are finite and valid, depth + 1 or the
 * layer where it exploded (0 is the input); the first layer whose activations all were equal, 0:
 * none; then for every layer its quantities; then, where observed, for every layer its
 * histogram. */
enum { SN_RECORD_LAYERS, SN_RECORD_DIED, SN_RECORD_HEAD };
size_t sn_record_size(const sn_simulation_spec *spec);

/* Where layer l's quantities and its histogram are in a record. */
double *sn_record_layer(const sn_simulation_spec *spec, double *record, size_t l);
double *sn_record_histogram(const sn_simulation_spec *spec, double *record, size_t l);

/* What a thread needs to run replicas one after the other. Matrices are neurons x samples. */
typedef struct sn_workspace {
    size_t kept;        /* how many layers' activations are: depth + 1 for a gradient, else 2 */
    void **activations; /* those of layer l at l % kept */
    void **pre;         /* as the weights make them; NULL: not kept */
    void *strip;        /* some rows of weights; NULL: no layer needs it */
    sn_gram *gram;      /* NULL: no layer needs it */
    sn_observer observer;
    double *sample_mean, *sample_scale; /* of layer normalisation, a value a sample; NULL: none */
    double *sample_room;                /* two values a sample */
    void *gradient[2]; /* by a layer's output and by its input, in turns; NULL: none is sent */
    void *slope;       /* f' */
    void *back;        /* the gradient on its way through the layer */
} sn_workspace;

/* Bytes of one workspace, SIZE_MAX when they do not fit. */
size_t sn_workspace_bytes(const sn_simulation_spec *spec);

/* NULL when memory is out. */
sn_workspace *sn_workspace_new(const sn_simulation_spec *spec);
void sn_workspace_free(sn_workspace *workspace); /* NULL is fine */

/* Runs one replica and writes its record. false, and the record is not to be read: *stop became
 * true. */
SN_NODISCARD bool sn_propagate(const sn_simulation_spec *spec, uint32_t replica,
                               sn_workspace *workspace, double *record, const atomic_bool *stop);

/* Sends a random gradient of the output back through the layers that sn_propagate has kept, all of
 * them finite, and adds the gradient's quantities to the record. false as above. */
SN_NODISCARD bool sn_send_back_float(const sn_simulation_spec *spec, const sn_stream *stream,
                                     sn_workspace *workspace, double *record,
                                     const atomic_bool *stop);
SN_NODISCARD bool sn_send_back_double(const sn_simulation_spec *spec, const sn_stream *stream,
                                      sn_workspace *workspace, double *record,
                                      const atomic_bool *stop);

#endif
