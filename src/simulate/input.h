/* input.h: the inputs of a replica. Not installed. */
#ifndef SELFNORM_SIMULATE_INPUT_H
#define SELFNORM_SIMULATE_INPUT_H

#include "simulate/random.h"
#include "simulate/simulate.h"

/* width x samples values, as the input's law says; the stream names seed and replica. */
void sn_input_draw_float(const sn_input *input, const sn_stream *stream, size_t width,
                         size_t samples, float *x);
void sn_input_draw_double(const sn_input *input, const sn_stream *stream, size_t width,
                          size_t samples, double *x);

#endif
