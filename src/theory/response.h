/* response.h: what else of two pre-activations finite_width.c needs beside overlap.h.
 * Not installed. */
#ifndef SELFNORM_THEORY_RESPONSE_H
#define SELFNORM_THEORY_RESPONSE_H

#include "activation/activation.h"

/* (a, b) as in overlap.h. The derivatives are those of E[f(a) f(b)] by the mean and by the variance
 * of a alone, the covariance of a and b held. */
typedef struct sn_response {
    double cubed; /* E[f(a)^3 f(b)] */
    double by_mean, by_variance;
} sn_response;

/* For any c; errors are of the size of sn_powers_compute's. Statuses as sn_overlap_compute. */
SN_NODISCARD sn_status sn_response_compute(const sn_activation *f, double x, double y, double c,
                                           sn_response *out, sn_error *err);

#endif
