/* width_steps.h: what normalisation, dropout and residual connections do to the statistics of a
 * layer of finite width (finite_width.h), to first order in 1/n. Not installed.
 */
#ifndef SELFNORM_THEORY_WIDTH_STEPS_H
#define SELFNORM_THEORY_WIDTH_STEPS_H

#include "theory/finite_width.h"
#include "theory/powers.h"

/* A layer's activations and what the steps need to know of them besides. */
typedef struct sn_width_signal {
    sn_width_state state;
    double third;          /* E f^3 */
    double jacobian[2][2]; /* d(mu, xi) / d(mu, xi of the layer before); of an input, 0 */
    size_t width;
} sn_width_signal;

/* An input of n entries, as sn_finite_width_input. Statuses as that. */
SN_NODISCARD sn_status sn_width_signal_input(size_t n, double mean, double variance, double fourth,
                                             double c, sn_width_signal *out, sn_error *err);

/* Pre-activations standardised, with epsilon added to the variance: of every sample over the
 * neurons, or of every neuron over B >= 2 samples. The field becomes that of the standardised
 * numbers; after batch normalisation its deviations are those by the number of samples, to first
 * order in 1/B, and what the finite width adds is left out. */
void sn_width_normalize_layer(double epsilon, sn_width_field *field);
void sn_width_normalize_batch(double epsilon, size_t samples, sn_width_field *field);

/* f of the pre-activations that `layer` makes of `from`; normalized: they have been standardised
 * since. Statuses as sn_finite_width_activate. */
SN_NODISCARD sn_status sn_width_signal_activate(const sn_activation *f, const sn_wide_layer *layer,
                                                const sn_width_signal *from,
                                                const sn_width_field *field, bool normalized,
                                                sn_width_signal *out, sn_error *err);

/* Dropout: with probability `rate` a value becomes `dropped`, `feature` neighbours together; then
 * all become scale * value + shift. */
typedef struct sn_width_dropout {
    double rate, dropped, scale, shift;
    size_t feature;
} sn_width_dropout;

void sn_width_drop(const sn_width_dropout *dropout, sn_width_signal *signal);

/* signal becomes before + branch * signal, `before` being the layer's input. */
void sn_width_add_residual(const sn_width_signal *before, double branch, sn_width_signal *signal);

#endif
