/* weights.h: one row of weights at a time, of any law. Not installed. */
#ifndef SELFNORM_SIMULATE_WEIGHTS_H
#define SELFNORM_SIMULATE_WEIGHTS_H

#include "simulate/random.h"
#include "simulate/simulate.h"

/* The deviation of a standard normal cut at +-2: with phi the density,
 * Var = 1 - 4 phi(2) / erf(sqrt 2). From mpmath:
 *   mp.dps = 30; sqrt(1 - 4*npdf(2)/erf(sqrt(2)))
 */
#define SN_TRUNCATED_DEVIATION 0.879625661034239773160

/* Numbers of mean 0 and variance 1 of a law, the first n of the stream; a truncated normal takes
 * its second tries from the stream of the same name for SN_FOR_REDRAW. */
void sn_unit_row_float(sn_weight_law law, const sn_stream *stream, size_t n, float *out);
void sn_unit_row_double(sn_weight_law law, const sn_stream *stream, size_t n, double *out);

/* The n incoming weights of the neuron that the stream names, as *weights says. */
void sn_weights_row_float(const sn_weights *weights, const sn_stream *stream, size_t n, float *row);
void sn_weights_row_double(const sn_weights *weights, const sn_stream *stream, size_t n,
                           double *row);

#endif
