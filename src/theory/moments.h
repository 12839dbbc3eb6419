/* moments.h: Gaussian expectations of an activation, z ~ N(x, y).
 *
 * x is the mean of the pre-activation and y its VARIANCE. The three functions answer the same
 * question by three independent ways; the first is the one to call.
 */
#ifndef SELFNORM_THEORY_MOMENTS_H
#define SELFNORM_THEORY_MOMENTS_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* All moments of f(z) (see sn_moments): in closed form where the activation has one, by
 * sn_moments_quadrature otherwise, by GSL's adaptive rule where that does not reach its accuracy.
 * out->trust says which it was and out->error how far it is to be trusted.
 * SN_EDOMAIN: x not finite, y not positive and finite. SN_ENOCONV: no rule reached 1e-6. */
SN_NODISCARD sn_status sn_moments_compute(const sn_activation *f, double x, double y,
                                          sn_moments *out, sn_error *err);

/* The same by Gauss-Legendre panels split at the kinks of f, aimed at 1e-13 relative in every
 * moment; out->error is the estimate. Statuses as above, without the fallback. */
SN_NODISCARD sn_status sn_moments_quadrature(const sn_activation *f, double x, double y,
                                             sn_moments *out, sn_error *err);

/* The same by GSL's adaptive Gauss-Kronrod rule, one integral a moment: slow, kept as fallback and
 * as an independent witness. Allocates its workspace. Also SN_ENOMEM. */
SN_NODISCARD sn_status sn_moments_adaptive(const sn_activation *f, double x, double y,
                                           sn_moments *out, sn_error *err);

SN_END_DECLS

#endif
