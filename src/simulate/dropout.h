/* dropout.h: which activations are dropped. Not installed. */
#ifndef SELFNORM_SIMULATE_DROPOUT_H
#define SELFNORM_SIMULATE_DROPOUT_H

#include "simulate/layer.h"
#include "simulate/random.h"

/* Drops activations in place: `rows` neurons from neuron `first` on, of `samples` values each, side
 * by side. The stream names seed, replica and layer; an activation's fate is a function of that,
 * the number of samples, its sample and its neuron, or the feature its neuron belongs to: in
 * whatever parts and in whichever precision a layer comes, it is the same. Nothing is touched at
 * rate 0. */
void sn_dropout_apply_float(const sn_dropout *dropout, const sn_stream *stream, size_t first,
                            size_t rows, size_t samples, float *a);
void sn_dropout_apply_double(const sn_dropout *dropout, const sn_stream *stream, size_t first,
                             size_t rows, size_t samples, double *a);

/* The same backwards: the gradient by what is dropped is 0, that by the others times the scale. */
void sn_dropout_back_float(const sn_dropout *dropout, const sn_stream *stream, size_t first,
                           size_t rows, size_t samples, float *gradient);
void sn_dropout_back_double(const sn_dropout *dropout, const sn_stream *stream, size_t first,
                            size_t rows, size_t samples, double *gradient);

#endif
