/* normalize.h: batch and layer normalisation without scale and shift, forwards and backwards. Not
 * installed. Matrices are neurons x samples, a neuron's values side by side.
 *
 * u = (z - m) / d with d = sqrt(variance + SN_NORMALIZATION_EPSILON), mean and variance taken over
 * a neuron's samples (rows) or a sample's neurons (columns). Backwards, with g the gradient by u,
 *
 *     dz = (g - mean(g) - u mean(g u)) / d.
 */
#ifndef SELFNORM_SIMULATE_NORMALIZE_H
#define SELFNORM_SIMULATE_NORMALIZE_H

#include <stddef.h>

/* Batch normalisation of some neurons, in place. */
void sn_normalize_rows_float(size_t rows, size_t samples, float *z);
void sn_normalize_rows_double(size_t rows, size_t samples, double *z);

/* Layer normalisation: first m and 1 / d of every sample over all rows, then some rows in place. */
void sn_normalize_measure_float(size_t rows, size_t samples, const float *z, double *mean,
                                double *scale);
void sn_normalize_measure_double(size_t rows, size_t samples, const double *z, double *mean,
                                 double *scale);
void sn_normalize_columns_float(size_t rows, size_t samples, const double *mean,
                                const double *scale, float *z);
void sn_normalize_columns_double(size_t rows, size_t samples, const double *mean,
                                 const double *scale, double *z);

/* g becomes dz, z being what was normalised. Of columns: with what was measured, and room for two
 * values a sample. */
void sn_normalize_rows_back_float(size_t rows, size_t samples, const float *z, float *g);
void sn_normalize_rows_back_double(size_t rows, size_t samples, const double *z, double *g);
void sn_normalize_columns_back_float(size_t rows, size_t samples, const double *mean,
                                     const double *scale, double *room, const float *z, float *g);
void sn_normalize_columns_back_double(size_t rows, size_t samples, const double *mean,
                                      const double *scale, double *room, const double *z,
                                      double *g);

#endif
