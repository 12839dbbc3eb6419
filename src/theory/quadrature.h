/* quadrature.h: the Gaussian expectations that all moments of an activation are made of, and the
 * Gauss-Legendre rule for them. Not installed; moments.h is the way in. */
#ifndef SELFNORM_THEORY_QUADRATURE_H
#define SELFNORM_THEORY_QUADRATURE_H

#include "activation/activation.h"

/* With z = x + s t, s = sqrt(y), t ~ N(0, 1) or of another law, and d = f(z) - f(x). */
typedef struct sn_expectations {
    double shift;              /* E d */
    double variance;           /* Var d = Var f */
    double slope;              /* E f' */
    double slope_t;            /* E[f' t] */
    double slope_second;       /* E f'^2 */
    double covariance_slope;   /* Cov(d, f') */
    double covariance_slope_t; /* Cov(d, f' t) */
    double error; /* estimate, the larger of those of variance and slope_second, relative */
    double noise; /* what of it stems from the rounding of z */
} sn_expectations;

/* error / magnitude, where a magnitude below the smallest normal number counts as that number. */
double sn_relative_error(double error, double magnitude);

/* By panels of 16 Gauss-Legendre nodes, for finite x and y > 0. No allocation, thread-safe.
 * SN_ENOCONV: f or f' left the numbers where it still has weight. */
SN_NODISCARD sn_status sn_quadrature_integrate(const sn_activation *f, double x, double y,
                                               sn_expectations *out, sn_error *err);

/* The same for a t of another density (density.h). */
struct sn_density;
SN_NODISCARD sn_status sn_quadrature_under(const struct sn_density *density, const sn_activation *f,
                                           double x, double y, sn_expectations *out, sn_error *err);

/* The moments they make, from the mean E f(z) on; whether they are finite is the caller's to see.
 */
void sn_moments_assemble(const sn_expectations *e, double y, double mean, sn_trust trust,
                         sn_moments *out);

/* Whether all of them are finite. */
bool sn_moments_finite(const sn_moments *m);

#endif
