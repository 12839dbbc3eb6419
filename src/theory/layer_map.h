/* layer_map.h: the map (mu, nu) -> (mu_next, nu_next) of one layer, and its Jacobian. Which of the
 * three maps is meant (base/maps.h) is always said.
 */
#ifndef SELFNORM_THEORY_LAYER_MAP_H
#define SELFNORM_THEORY_LAYER_MAP_H

#include "../activation/activation.h"
#include "../base/maps.h"
#include "law.h"

SN_BEGIN_DECLS

typedef struct sn_layer_map {
    sn_map_kind kind;
    sn_activation activation;
    double bias_mean, bias_variance; /* bias_variance >= 0 */
    const sn_law *law;               /* of the pre-activation, standardised; NULL: normal */
    double dropout; /* rate of inverted dropout on the layer's inputs, 0 <= dropout < 1: nu is then
                       (nu + dropout mu^2) / (1 - dropout) on the way in, and chi1 grows likewise */
} sn_layer_map;

/* One point of the four-dimensional domain. */
typedef struct sn_layer_point {
    double mu, nu, omega, tau;
} sn_layer_point;

typedef struct sn_layer_step {
    double x, y; /* mean and variance of the pre-activation */
    double mu_next, xi_next, nu_next;
    double dmu_dmu, dmu_dnu, dnu_dmu, dnu_dnu; /* Jacobian of (mu, nu) -> (mu_next, nu_next) */
    double spectral_norm, spectral_radius;     /* of that Jacobian */
    double chi1;  /* tau E f'(z)^2: growth of the squared gradient, backwards, per layer */
    double error; /* estimated relative error of nu_next; 0: rounding only */
    sn_trust trust;
} sn_layer_step;

/* The pre-activation's mean and variance at a point, by the map's formula. Any finite point. */
void sn_layer_preactivation(const sn_layer_map *map, const sn_layer_point *at, double *x,
                            double *y);

/* One layer. SN_EDOMAIN: a coordinate not finite, nu < 0, tau < 0, y not positive and finite, or the
 * dropout rate or the law out of its range; SN_ENOCONV as sn_law_moments. */
SN_NODISCARD sn_status sn_layer_map_apply(const sn_layer_map *map, const sn_layer_point *at,
                                          sn_layer_step *out, sn_error *err);

/* Largest singular value and largest absolute eigenvalue of [a b; c d], without overflow in
 * between. */
double sn_spectral_norm(double a, double b, double c, double d);
double sn_spectral_radius(double a, double b, double c, double d);

/* How the iteration of a map from one start ended. Each is a result, not an error. */
#define SN_FATE_LIST(X)                                                                            \
    X(SN_FATE_SETTLED, "settled")     /* a step moved less than the tolerance */                   \
    X(SN_FATE_UNSETTLED, "unsettled") /* still moving after the last layer asked for */            \
    X(SN_FATE_DIED, "died")           /* nu fell below the smallest normal number */               \
    X(SN_FATE_EXPLODED, "exploded")   /* mu or nu left the numbers */

typedef enum sn_fate {
#define SN_FATE_ENUM(id, name) id,
    SN_FATE_LIST(SN_FATE_ENUM)
#undef SN_FATE_ENUM
} sn_fate;

const char *sn_fate_text(sn_fate fate); /* "unknown" for a value that is none */

/* Iterates the map from start (omega and tau stay) for at most max_layers layers, until a step
 * moves |d mu| + |d nu| / max(1, nu) less than tolerance; tolerance 0: never settles early.
 * mu[0] and nu[0] become the start, mu[l], nu[l] the statistics after layer l; both hold
 * max_layers + 1 values. *layers is the last l written, *fate why it stopped: at a death or an
 * explosion layer *layers + 1 is the one that failed. */
SN_NODISCARD sn_status sn_layer_map_iterate(const sn_layer_map *map, const sn_layer_point *start,
                                            size_t max_layers, double tolerance, double *mu,
                                            double *nu, size_t *layers, sn_fate *fate,
                                            sn_error *err);

SN_END_DECLS

#endif
