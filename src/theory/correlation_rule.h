/* correlation_rule.h: one pair of (f, x, y), many correlations: what correlation.h does, with the part
 * that does not depend on c done once. Not installed. */
#ifndef SELFNORM_THEORY_CORRELATION_RULE_H
#define SELFNORM_THEORY_CORRELATION_RULE_H

#include "theory/correlation.h"

enum { SN_SERIES_ORDER = 256 };

/* Squares of the coefficients of f(x + sqrt(y) t) in orthonormal Hermite polynomials. */
typedef struct sn_hermite_series {
    size_t order;                       /* the last one there is; 0: the series is not to be used */
    double square[SN_SERIES_ORDER + 1]; /* square[0] unused: the mean is known better */
    double rest, slope_rest;   /* what the sums of a_k^2 and of k a_k^2 lack at c = 1, at least 0 */
    double noise, slope_noise; /* errors of both sums that c does not make smaller */
} sn_hermite_series;

/* moments: those of f under N(x, y). */
void sn_hermite_series_make(const sn_activation *f, double x, double y, const sn_moments *moments,
                            sn_hermite_series *out);

/* covariance, slope and the error estimates of *out. */
void sn_hermite_series_at(const sn_hermite_series *series, const sn_moments *moments, double y,
                          double c, sn_correlation *out);

typedef struct sn_correlation_rule {
    const sn_activation *f;
    double x, y;
    bool closed; /* a closed form serves, and what follows is not set */
    sn_moments moments;
    sn_hermite_series series;
} sn_correlation_rule;

/* *f is borrowed. Statuses as sn_correlation_compute. */
SN_NODISCARD sn_status sn_correlation_prepare(const sn_activation *f, double x, double y,
                                              sn_correlation_rule *rule, sn_error *err);
SN_NODISCARD sn_status sn_correlation_at(const sn_correlation_rule *rule, double c,
                                         sn_correlation *out, sn_error *err);

/* Whether there is a closed form, and if so, *out for any c in [-1, 1]. */
bool sn_correlation_has_closed_form(const sn_activation *f, double x);
void sn_correlation_closed(const sn_activation *f, double x, double y, double c,
                           sn_correlation *out);

#endif
