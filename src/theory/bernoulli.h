/* bernoulli.h: the sum of a finite fan-in of equal weights on inputs +-1. Not installed. */
#ifndef SELFNORM_THEORY_BERNOULLI_H
#define SELFNORM_THEORY_BERNOULLI_H

#include "theory/quadrature.h"

/* The expectations for t = (2k - n) / sqrt(n), k binomial of n fair trials, 1 <= n <= 100000, term
 * by term. Thread-safe. SN_ENOMEM; SN_ENOCONV: f or f' is not finite at an atom. */
SN_NODISCARD sn_status sn_bernoulli_sum(unsigned n, const sn_activation *f, double x, double y,
                                        sn_expectations *out, sn_error *err);

#endif
