/* field.h: the mean field of a deep random net of one activation: what becomes of the variance of
 * its pre-activations, and of the correlation of two inputs, layer by layer.
 *
 * Weights are iid of mean 0 and variance tau / fan-in, biases of VARIANCE bias_variance (Poole et
 * al. 2016, Schoenholz et al. 2017: tau is sigma_w^2, bias_variance sigma_b^2). With z ~ N(0, q):
 *
 *     V(q)  = tau S(q) + bias_variance      S = E f(z)^2 (ensemble map) or Var f(z) (centred map)
 *     chi1  = tau E f'(z)^2                 growth of the squared gradient, backwards, per layer
 *     R(c)  = (tau C(c) + bias_variance) / q at a fixed point q = V(q),
 *             C(c) = E[f(a) f(b)] (or the covariance), a and b N(0, q) with correlation c
 *
 * R(1) = 1 and R'(1) = chi1. C is a power series in c with coefficients >= 0 (the squares of f's
 * Hermite coefficients), hence convex on [0, 1], and so: besides 1 there is a fixed point c* in
 * [0, 1) exactly if chi1 > 1, and none in [-1, 0) but -1, for an odd f without biases.
 */
#ifndef SELFNORM_THEORY_FIELD_H
#define SELFNORM_THEORY_FIELD_H

#include "../base/maps.h"
#include "law.h"

SN_BEGIN_DECLS

typedef struct sn_field {
    sn_map_kind
        map; /* SN_MAP_ENSEMBLE or SN_MAP_CENTRED; the neuron map at omega 0 is the latter */
    sn_activation activation;
    const sn_law *law;    /* of z / sqrt(q); NULL: normal. Correlations are of normal ones only */
    double tau;           /* >= 0 */
    double bias_variance; /* >= 0 */
} sn_field;

#define SN_PHASE_LIST(X)                                                                           \
    X(SN_PHASE_ORDERED, "ordered")   /* chi1 < 1: any two inputs end up alike, gradients vanish */ \
    X(SN_PHASE_CRITICAL, "critical") /* chi1 = 1 to rounding */                                    \
    X(SN_PHASE_CHAOTIC, "chaotic")   /* chi1 > 1: neighbours part, gradients explode */

typedef enum sn_phase {
#define SN_PHASE_ENUM(id, name) id,
    SN_PHASE_LIST(SN_PHASE_ENUM)
#undef SN_PHASE_ENUM
} sn_phase;

const char *sn_phase_text(sn_phase phase); /* "unknown" for a value that is none */

typedef struct sn_correlation_point {
    double c, slope; /* R'(c) */
    bool attracting; /* |slope| < 1; at 1 and chi1 = 1 by the convexity of C: attracting */
    double error;    /* estimated, of c, absolute */
} sn_correlation_point;

typedef struct sn_field_point {
    double q;        /* 0 where the signal dies: V(0) = 0 */
    double slope;    /* V'(q) */
    bool attracting; /* |slope| < 1, or = 1 and attracting from both sides (or from above, at 0) */
    bool isolated;   /* false: one of a range of fixed points, as of relu at tau = 2 */
    double mean, second_moment, variance; /* of f(z) there */
    double chi1;
    double
        depth_q; /* xi_q = -1 / log |V'(q)|, in layers; INFINITY at slope 1, NAN not attracting */
    double depth_c; /* xi_c = -1 / log R'(c) at the attracting c; INFINITY at slope 1. Where no
                       correlations are listed that of c = 1, NAN if chi1 > 1 */
    sn_phase phase;
    size_t n_correlations; /* ascending by c; 0 at q = 0 and for laws that are not normal */
    sn_correlation_point correlations[3];
    double error; /* estimated relative error of q */
    sn_trust trust;
} sn_field_point;

enum { SN_MAX_FIELD_POINTS = 16 };

/* What V does with a variance without limit, and so where a large signal goes. */
typedef struct sn_field_points {
    size_t count; /* ascending by q */
    sn_field_point points[SN_MAX_FIELD_POINTS];
    /* Of a range of fixed points, as relu has at tau = 2, one is listed, with isolated false. */
    double growth_small, growth_large; /* V(q) / q towards both ends of the range searched */
    double from, to;                   /* that range */
} sn_field_points;

/* One step: V(q), and of it the slope V'(q) and chi1. q > 0; statuses as sn_law_moments. */
SN_NODISCARD sn_status sn_field_step(const sn_field *field, double q, double *q_next, double *slope,
                                     double *chi1, sn_error *err);

/* All fixed points of V from q = 0 on: by the signs of V(q) - q and of its slope over a grid of
 * log q, double roots included, refined to rounding. Not a proof of completeness. The grid goes from
 * 1e-20 to 1e20, and further where a bias variance or f(0) ask for it; it ends where moments cannot
 * be had, or to 1e-9 only (as of sin z + z, an expression, at q = 1e8). Some 2 milliseconds for an f
 * whose moments have no closed form. SN_EDOMAIN: tau or bias_variance negative or not
 * finite, the neuron map; else as sn_law_moments at any point. */
SN_NODISCARD sn_status sn_field_fixed_points(const sn_field *field, sn_field_points *out,
                                             sn_error *err);

/* R(c) and R'(c) at a fixed point q > 0, any c in [-1, 1]; *error, unless NULL, the estimated
 * absolute error of both. Of a normal law: SN_EDOMAIN for any other; else as sn_field_step and
 * sn_correlation_compute. */
SN_NODISCARD sn_status sn_field_correlation(const sn_field *field, double q, double c,
                                            double *c_next, double *slope, double *error,
                                            sn_error *err);

/* The variances q of `depth` layers from q on into q_layers[depth + 1], and how far the squared
 * gradient grows on its way back through them, as its decimal logarithm *gradient_log10. *layers:
 * how many there were before it died or exploded, as sn_layer_map_iterate has it. */
SN_NODISCARD sn_status sn_field_depth(const sn_field *field, double q, size_t depth,
                                      double *q_layers, double *gradient_log10, size_t *layers,
                                      sn_error *err);

SN_END_DECLS

#endif
