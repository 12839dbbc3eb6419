/* mills.h: the Gaussian tail seen from its edge, relatively accurate however far out it begins.
 * Not installed: the closed forms of moments are its only callers. All functions are pure. */
#ifndef SELFNORM_ACTIVATION_MILLS_H
#define SELFNORM_ACTIVATION_MILLS_H

#define SN_INV_SQRT_2PI 0.39894228040143267794 /* phi(0) */

/* Z ~ N(0, 1) given that Z > v. */
typedef struct sn_tail {
    double ratio;    /* Mills ratio P(Z > v) / phi(v) */
    double excess;   /* E[Z - v | Z > v] */
    double variance; /* Var[Z | Z > v] */
} sn_tail;

/* For any v but NaN, each to 1e-15 relative, but that for v < 0 the ratio loses v^2 roundings and
 * is infinite below -37. */
sn_tail sn_tail_beyond(double v);

/* The last two alone. */
double sn_tail_excess(double v);
double sn_tail_variance(double v);

/* P(Z > v) alone, divided by sqrt(2 pi) phi(v): half of erfcx(v / sqrt 2). The cheapest. */
double sn_tail_scaled(double v);

/* exp(-d^2 / 4y), the square root of exp(-d^2 / 2y), to 1e-15 relative also where the exponent is
 * large, and zero where even its square root underflows; y > 0. The square root, because
 * (A root)^2 can be a normal number where A^2 (root^2) has lost its digits. */
double sn_root_density(double d, double y);

#endif
