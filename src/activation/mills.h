/* mills.h: the Gaussian tail seen from its edge, relatively accurate however far out it begins.
 * Not installed: the closed forms of moments are its only callers. All functions are pure. */
#ifndef SELFNORM_ACTIVATION_MILLS_H
#define SELFNORM_ACTIVATION_MILLS_H

/* Z ~ N(0, 1) given that Z > v. */
typedef struct sn_tail {
    double ratio;    /* Mills ratio P(Z > v) / phi(v) */
    double excess;   /* E[Z - v | Z > v] */
    double variance; /* Var[Z | Z > v] */
} sn_tail;

/* For any v but NaN, each to 1e-15 relative, but that for v < 0 the ratio loses v^2 roundings and
 * is infinite below -37. */
sn_tail sn_tail_beyond(double v);

/* Each alone. */
double sn_tail_ratio(double v);
double sn_tail_excess(double v);
double sn_tail_variance(double v);

/* Ratio and excess, or variance, beyond the four points |v + step t_k| at once, in about the time
 * of one; 0 <= step, 0 <= t_k <= 2, and v or step beyond 1e20 is taken for 1e20. */
enum { SN_TAIL_LANES = 4 };
void sn_tails_along(double v, double step, const double *restrict t, double *restrict ratio,
                    double *restrict excess);
void sn_tail_variances_along(double v, double step, const double *restrict t,
                             double *restrict variance);

/* The square root of phi(d / sqrt(y)), phi the standard normal density, to 1e-15 relative however
 * large d, and zero where even the root underflows; y > 0. The root, because (A root)^2 can be a
 * normal number where root^2 has lost its digits. */
double sn_root_density(double d, double y);

#endif
