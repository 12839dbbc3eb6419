/* saturation.h: where f' is small, and neurons for which it is 0. Not installed. */
#ifndef SELFNORM_SIMULATE_SATURATION_H
#define SELFNORM_SIMULATE_SATURATION_H

#include <stddef.h>

#include "activation/activation.h"

#define SN_SATURATION_SLOPE 0.01 /* saturated: |f'| is below */

/* Of the values so far; {0} of none. */
typedef struct sn_saturation {
    size_t values, saturated;
    size_t neurons, dead;
} sn_saturation;

/* Adds rows x samples pre-activations of f, a neuron's side by side. f' has the same precision. */
void sn_saturation_add_float(sn_saturation *saturation, const sn_activation *f, size_t rows,
                             size_t samples, const float *z);
void sn_saturation_add_double(sn_saturation *saturation, const sn_activation *f, size_t rows,
                              size_t samples, const double *z);

#endif
