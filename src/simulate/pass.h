/* pass.h: one layer of one replica at hand, and the two ways to draw it. Not installed.
 *
 * Matrices are row-major: activations x are fan_in x samples and pre-activations z width x samples,
 * a neuron's values side by side. Every function here exists in both precisions, as name_float and
 * name_double.
 */
#ifndef SELFNORM_SIMULATE_PASS_H
#define SELFNORM_SIMULATE_PASS_H

#include "simulate/layer.h"
#include "simulate/random.h"

typedef struct sn_pass {
    const sn_layer *layer;
    size_t fan_in, samples;
    sn_stream stream; /* seed, replica and layer; each use fills in purpose, row and block */
} sn_pass;

bool sn_layer_has_bias(const sn_layer *layer);

/* Adds to rows first ... of z, which begins with row `first`, their neurons' biases. */
void sn_bias_add_float(const sn_pass *pass, size_t first, size_t rows, float *z);
void sn_bias_add_double(const sn_pass *pass, size_t first, size_t rows, double *z);

/* --- direct: the weights themselves ----------------------------------------------------------- */

/* How many rows of weights are drawn at a time, a function of the shape alone. */
size_t sn_direct_rows(size_t fan_in, size_t size_of_number);

/* Rows first ... first + rows - 1 of W x + b into z, which begins with row `first`. strip has room
 * for rows x fan_in. */
void sn_direct_forwards_float(const sn_pass *pass, size_t first, size_t rows, const float *x,
                              float *strip, float *z);
void sn_direct_forwards_double(const sn_pass *pass, size_t first, size_t rows, const double *x,
                               double *strip, double *z);

/* back = W^T gradient, fan_in x samples from width x samples, with the very weights of forwards.
 * strip has room for sn_direct_rows rows. */
void sn_direct_backwards_float(const sn_pass *pass, const float *gradient, float *strip,
                               float *back);
void sn_direct_backwards_double(const sn_pass *pass, const double *gradient, double *strip,
                                double *back);

/* --- gram: their exact law, for weights that sn_gram_can draw --------------------------------- */

/* Gaussian iid weights, and orthogonal ones. */
bool sn_gram_can(const sn_weights *weights);

/* What a thread needs for layers of any size; NULL when memory is out. Bytes stick at SIZE_MAX. */
typedef struct sn_gram sn_gram;
size_t sn_gram_bytes(size_t samples, size_t size_of_number);
sn_gram *sn_gram_new(size_t samples, size_t size_of_number);
void sn_gram_free(sn_gram *gram); /* NULL is fine */

/* Factors what the layer needs of its inputs x. */
void sn_gram_prepare_float(const sn_pass *pass, const float *x, sn_gram *gram);
void sn_gram_prepare_double(const sn_pass *pass, const double *x, sn_gram *gram);

/* Rows first ... first + rows - 1 of z = W x + b; after prepare with the same pass. Rows are the
 * same numbers whatever strips they are drawn in, if `first` is a multiple of SN_GRAM_ROWS, and
 * rows too but in the last strip. */
enum { SN_GRAM_ROWS = 64 };
void sn_gram_forwards_float(const sn_pass *pass, size_t first, size_t rows, sn_gram *gram,
                            float *z);
void sn_gram_forwards_double(const sn_pass *pass, size_t first, size_t rows, sn_gram *gram,
                             double *z);

/* back = W^T gradient, drawn given x and z = W x + b as forwards drew it; prepares by itself.
 * scratch has room for fan_in x samples. */
void sn_gram_backwards_float(const sn_pass *pass, const float *x, const float *z,
                             const float *gradient, sn_gram *gram, float *scratch, float *back);
void sn_gram_backwards_double(const sn_pass *pass, const double *x, const double *z,
                              const double *gradient, sn_gram *gram, double *scratch, double *back);

#endif
