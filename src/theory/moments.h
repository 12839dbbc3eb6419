/* moments.h: Gaussian expectations of an activation, z ~ N(x, y).
 *
 * x is the mean of the pre-activation and y its VARIANCE. sn_moments_compute is the one to call, or
 * sn_moments_many for whole arrays; the other two answer the same question by independent ways.
 */
#ifndef SELFNORM_THEORY_MOMENTS_H
#define SELFNORM_THEORY_MOMENTS_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* All moments of f(z) (see sn_moments): in closed form where the activation has one, by
 * sn_moments_quadrature otherwise, by GSL's adaptive rule where that does not reach 1e-10, unless
 * y > 1 and the rounding of z is to blame, which then spoils that rule as well. An activation's
 * closed mean, where it has one, is used by all three. out->trust says which it was and out->error
 * how far it is to be trusted. Thread-safe; GSL's error handler is never called.
 * SN_EDOMAIN: x not finite, y not positive and finite. SN_ENOCONV: no rule reached 1e-6, or f, f'
 * or a moment is not finite. SN_ENOMEM: no memory for the adaptive rule. */
SN_NODISCARD sn_status sn_moments_compute(const sn_activation *f, double x, double y,
                                          sn_moments *out, sn_error *err);

/* The same at n points, out[i] for z ~ N(x[i], y[i]): for SELU and its family several times faster
 * than one by one, and equal to it within the accuracy of both. What a point gets does not depend
 * on the points around it. On failure the status of the first point that failed, and out is
 * unspecified. */
SN_NODISCARD sn_status sn_moments_many(const sn_activation *f, size_t n, const double *x,
                                       const double *y, sn_moments *out, sn_error *err);

/* The moments by Gauss-Legendre panels split at the kinks of f, in some microseconds and without
 * allocating. Aimed at 1e-13, promised by out->error, which covers variance and slope_second
 * relative to themselves. Of the other moments errors are small in these scales, with d^2 =
 * variance and g^2 = slope_second:
 *
 *     mean  sqrt(second)    dmean_dx  g              dvariance_dx  d g
 *                           dmean_dy  g / sqrt(y)    dvariance_dy  d g / sqrt(y)
 *
 * A variance below the smallest normal number has an error relative to that number. A kink that
 * f does not declare costs time, and a feature of f much narrower than its distance from 0 and from
 * all kinks can be missed. Statuses as above, without the fallback. */
SN_NODISCARD sn_status sn_moments_quadrature(const sn_activation *f, double x, double y,
                                             sn_moments *out, sn_error *err);

/* The same by GSL's doubly adaptive rule (CQUAD), one integral a moment: slow, kept as fallback and
 * as an independent witness. Allocates its workspace. Also SN_ENOMEM. */
SN_NODISCARD sn_status sn_moments_adaptive(const sn_activation *f, double x, double y,
                                           sn_moments *out, sn_error *err);

SN_END_DECLS

#endif
