/* adaptive.h: the Gaussian expectations of quadrature.h by GSL. Not installed. */
#ifndef SELFNORM_THEORY_ADAPTIVE_H
#define SELFNORM_THEORY_ADAPTIVE_H

#include "theory/quadrature.h"

/* By GSL's doubly adaptive rule, one integral an expectation, for finite x and y > 0. Thread-safe:
 * GSL's error handler is neither changed nor ever called. SN_ENOMEM; SN_ENOCONV: f or f' left the
 * numbers, or an integral diverged. */
SN_NODISCARD sn_status sn_adaptive_integrate(const sn_activation *f, double x, double y,
                                             sn_expectations *out, sn_error *err);

/* The same for shift, variance, slope_second and error alone, the rest being 0, in half the time. */
SN_NODISCARD sn_status sn_adaptive_spread(const sn_activation *f, double x, double y,
                                          sn_expectations *out, sn_error *err);

#endif
