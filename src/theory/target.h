/* target.h: what the two solvers of (alpha, lambda) share, which is no part of the solving.
 * Not installed. */
#ifndef SELFNORM_THEORY_TARGET_H
#define SELFNORM_THEORY_TARGET_H

#include "theory/constants.h"

/* The pre-activation z ~ N(x, y) of the target's layer. SN_EDOMAIN: nu or tau not positive, a
 * number not finite, x or y not finite, y not positive. */
SN_NODISCARD sn_status sn_target_preactivation(const sn_target *target, double *x, double *y,
                                               sn_error *err);

/* *out becomes the solution alpha, lambda with its residuals and its layer. Statuses as
 * sn_layer_map_apply. */
SN_NODISCARD sn_status sn_target_solution(const sn_target *target, double alpha, double lambda,
                                          sn_selu_constants *out, sn_error *err);

/* Orders the solutions by descending alpha. */
void sn_target_order(sn_constants *constants);

#endif
