/* maps.h: the three layer maps that one activation gives. Which one is meant is always said.
 *
 *   neuron    one neuron with fixed weights of sum omega and square sum tau, inputs iid with mean mu
 *             and variance nu: x = mu omega, y = nu tau. The g of Theorems 1 to 3 of Klambauer et
 *             al. 2017.
 *   centred   rows centred and scaled, omega = 0 exactly: x = 0, y = nu tau.
 *   ensemble  (mean field) random iid weights of mean omega/n and variance tau/n, statistics over
 *             the neurons of a wide layer: x = mu omega, y = tau (nu + mu^2).
 *
 * x and y are mean and VARIANCE of the pre-activation. A bias of mean b and variance s adds b to x
 * and s to y. mu, omega are sums or means, nu, tau VARIANCES or squares, never deviations.
 */
#ifndef SELFNORM_BASE_MAPS_H
#define SELFNORM_BASE_MAPS_H

#include "status.h"

SN_BEGIN_DECLS

#define SN_MAP_LIST(X)                                                                             \
    X(SN_MAP_NEURON, "neuron", "fixed weights: x = mu omega, y = nu tau")                          \
    X(SN_MAP_CENTRED, "centred", "centred rows: x = 0, y = nu tau")                                \
    X(SN_MAP_ENSEMBLE, "ensemble", "random weights: x = mu omega, y = tau (nu + mu^2)")

typedef enum sn_map_kind {
#define SN_MAP_ENUM(id, name, doc) id,
    SN_MAP_LIST(SN_MAP_ENUM)
#undef SN_MAP_ENUM
        SN_MAP_COUNT
} sn_map_kind;

const char *sn_map_name(sn_map_kind kind); /* NULL past the last */
const char *sn_map_doc(sn_map_kind kind);  /* NULL past the last */

SN_END_DECLS

#endif
