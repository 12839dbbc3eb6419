/* quantity.h: the quantities of a claim, enclosed over boxes of (mu, nu, omega, tau), with their
 * gradients. Not installed. */
#ifndef SELFNORM_CERTIFY_QUANTITY_H
#define SELFNORM_CERTIFY_QUANTITY_H

#include "certify/claim.h"
#include "certify/jets.h"

SN_BEGIN_DECLS

/* A layer map whose numbers are balls. */
typedef struct sn_ball_map {
    sn_map_kind kind;
    const sn_enclosure *enclosure;
    arb_struct params[SN_MAX_PARAMS];
    arb_t bias_mean, bias_variance;
} sn_ball_map;

/* The claim's map, its decimals and exact constants enclosed at prec bits. Statuses as
 * sn_claim_prove. After a failure there is nothing to clear. */
SN_NODISCARD sn_status sn_ball_map_init(sn_ball_map *map, const sn_claim *claim, slong prec,
                                        sn_error *err);
void sn_ball_map_clear(sn_ball_map *map);

/* A quantity; for the spectral norm in coordinates (mu, nu / weight), that is of D J D^-1 with
 * D = diag(1, 1/weight), which is below 1 on a convex box exactly if the map contracts distances
 * there in the norm sqrt(mu^2 + (nu / weight)^2). weight is 1 for the plain quantities. */
typedef struct sn_measure {
    sn_quantity quantity;
    double weight;
} sn_measure;

/* value encloses all values over the box at (four balls: mu, nu, omega, tau), and gradient (four
 * balls, or NULL) all partial derivatives by these, in the sense of Clarke where the quantity has
 * none: a Lipschitz function's increments between two points of the box are those of some vector in
 * `gradient` (Lebourg's mean value theorem). Balls that are not finite: nothing is known. */
void sn_quantity_enclose(arb_t value, arb_ptr gradient, sn_measure measure, const sn_ball_map *map,
                         arb_srcptr at, slong prec);

/* Mean x and variance y of the pre-activation over the box at. */
void sn_quantity_preactivation(arb_t x, arb_t y, const sn_ball_map *map, arb_srcptr at, slong prec);

SN_END_DECLS

#endif
