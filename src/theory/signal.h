/* signal.h: what one layer makes of the variance q, free of weights and biases: the S(q) and
 * E f'(z)^2 of field.h. Not installed. */
#ifndef SELFNORM_THEORY_SIGNAL_H
#define SELFNORM_THEORY_SIGNAL_H

#include "theory/field.h"

typedef struct sn_signal {
    double power;    /* S(q): E f^2 or Var f */
    double rise;     /* S'(q) */
    double gradient; /* E f'^2 */
    double error;    /* estimated, relative, of power and gradient, rounding included */
} sn_signal;

/* SN_EDOMAIN: the neuron map. Else as sn_law_moments. */
SN_NODISCARD sn_status sn_signal_at(const sn_field *field, double q, sn_signal *out, sn_error *err);

#endif
