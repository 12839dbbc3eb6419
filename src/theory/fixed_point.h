/* fixed_point.h: where a layer map stays put, and whether it pulls its neighbourhood in.
 */
#ifndef SELFNORM_THEORY_FIXED_POINT_H
#define SELFNORM_THEORY_FIXED_POINT_H

#include "layer_map.h"

SN_BEGIN_DECLS

typedef struct sn_fixed_point {
    double mu, nu;
    double residual; /* |mu_next - mu| + |nu_next - nu| / nu */
    bool attracting; /* isolated, and spectral radius below 1 */
    bool isolated; /* false: 1 is an eigenvalue to rounding; part of a curve or at a bifurcation */
    sn_layer_step step; /* the map there */
} sn_fixed_point;

typedef struct sn_map_box {
    double mu_from, mu_to, nu_from, nu_to; /* 0 < nu_from < nu_to */
} sn_map_box;

/* Newton's method with a damped step from start. *found is false, and *out not to be read, when it
 * does not converge to a point with nu > 0; that is a result. A signal that only fades, as that of
 * tanh at gain 1, has no fixed point. SN_EDOMAIN: start->nu not positive; else as
 * sn_layer_map_apply at the start. */
SN_NODISCARD sn_status sn_fixed_point_refine(const sn_layer_map *map, const sn_layer_point *start,
                                             sn_fixed_point *out, bool *found, sn_error *err);

/* All fixed points of (mu, nu) -> (mu_next, nu_next) at the given omega, tau in the box, ascending
 * by mu, then nu: cells of a grid in which both components of the step change sign, and a coarse
 * net of further starts, each refined by Newton and told apart. Not a proof of completeness. The
 * border, to 1e-9 relative, belongs to the box. Of fixed points that are not isolated, as under
 * linear at omega = tau = 1 or relu at the ensemble map's tau = 2, one stands for all others within
 * a quarter of the box. At most capacity are written; *count is how many there are.
 * SN_EDOMAIN: no such box; SN_ENOMEM; else as sn_layer_map_apply at any point of the box. */
SN_NODISCARD sn_status sn_fixed_points_find(const sn_layer_map *map, double omega, double tau,
                                            const sn_map_box *box, size_t capacity,
                                            sn_fixed_point *out, size_t *count, sn_error *err);

SN_END_DECLS

#endif
