/* weights.h: a row of weights at a time, of any law, not of orthogonal ones. Not installed. */
#ifndef SELFNORM_SIMULATE_WEIGHTS_H
#define SELFNORM_SIMULATE_WEIGHTS_H

#include "simulate/layer.h"
#include "simulate/random.h"

/* The deviation and the excess kurtosis of a standard normal cut at +-2. With phi the density, and
 * Z = erf(sqrt 2) what is within the cut, E x^2 = 1 - 4 phi(2)/Z and E x^4 = 3 E x^2 - 16 phi(2)/Z.
 * From mpmath, mp.dps = 30:
 *   second = 1 - 4*npdf(2)/erf(sqrt(2)); sqrt(second)
 *   (3*second - 16*npdf(2)/erf(sqrt(2))) / second**2 - 3
 */
#define SN_TRUNCATED_DEVIATION 0.879625661034239750413
#define SN_TRUNCATED_KURTOSIS  (-0.634463282870350488350)

/* How many weights of a sparse row of n >= 1 are not zero: max(1, round(density n)), at most n. */
size_t sn_weights_kept(double density, size_t n);

/* Numbers of the weights' law, of mean 0 and variance 1 (an uncorrected one: of
 * SN_TRUNCATED_DEVIATION squared), the first n of the stream; a truncated normal takes its second
 * tries from the stream of the same name for SN_FOR_REDRAW. */
void sn_unit_row_float(const sn_weights *weights, const sn_stream *stream, size_t n, float *out);
void sn_unit_row_double(const sn_weights *weights, const sn_stream *stream, size_t n, double *out);

/* The n incoming weights of the neuron that the stream names, as *weights says; not for orthogonal
 * ones, whose rows hang together. A sparse row takes its places from the stream of the same name
 * for SN_FOR_SPARSE: the same ones in both precisions. */
void sn_weights_row_float(const sn_weights *weights, const sn_stream *stream, size_t n, float *row);
void sn_weights_row_double(const sn_weights *weights, const sn_stream *stream, size_t n,
                           double *row);

#endif
