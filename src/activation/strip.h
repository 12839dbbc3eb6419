/* strip.h: a Gaussian between two points, seen from the end nearer to its mean.
 * Not installed: the closed forms of moments are its only callers. All functions are pure. */
#ifndef SELFNORM_ACTIVATION_STRIP_H
#define SELFNORM_ACTIVATION_STRIP_H

/* Z ~ N(0, 1) given that a < Z < a + d. */
typedef struct sn_strip {
    double mass;     /* P(a < Z < a + d) / phi(a) */
    double mean;     /* E[Z - a | a < Z < a + d] */
    double variance; /* Var[Z | a < Z < a + d] */
} sn_strip;

/* Strips up to this width may contain 0. */
#define SN_STRIP_NARROW 2.0

/* For d >= 0 and a >= 0, or a + d >= 0 and d <= SN_STRIP_NARROW; each to 1e-14 relative. */
sn_strip sn_strip_from(double a, double d);

#endif
