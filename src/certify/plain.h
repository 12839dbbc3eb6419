/* plain.h: one plain bound of a quantity over one box, by two evaluations and no search: all that a
 * certificate's leaf claims, and all that its checker needs. Not installed. */
#ifndef SELFNORM_CERTIFY_PLAIN_H
#define SELFNORM_CERTIFY_PLAIN_H

#include <stdint.h>

#include "certify/quantity.h"

SN_BEGIN_DECLS

/* A box of (mu, nu, omega, tau): its lower ends and its widths, enclosed. */
typedef struct sn_span {
    arb_struct lower[SN_BOX_DIM], width[SN_BOX_DIM];
} sn_span;

/* False, with nothing to clear, unless all ends are decimals, lower not above upper, and nu and tau
 * above 0. */
bool sn_span_init(sn_span *span, const sn_decimals ends[SN_BOX_DIM]);
void sn_span_clear(sn_span *span);

/* A cell of a span: along side i it reaches from index[i] / 2^level[i] of the width to
 * (index[i] + 1) / 2^level[i]. */
typedef struct sn_dyadic {
    uint64_t index[SN_BOX_DIM];
    uint8_t level[SN_BOX_DIM];
} sn_dyadic;

enum { SN_DYADIC_DEPTH = 48 }; /* the largest level */

/* The ends of a cell along one side, enclosed. */
void sn_dyadic_ends(arb_t lower, arb_t upper, const sn_span *span, const sn_dyadic *cell, int side);

/* Bounds the measure over the cell from above (is_upper), else from below: *bound becomes an exact
 * number, or is not finite where nothing is known. share, unless NULL: what each side adds to it. */
void sn_plain_bound(arb_t bound, double share[SN_BOX_DIM], sn_measure measure, bool is_upper,
                    const sn_ball_map *map, const sn_span *span, const sn_dyadic *cell);

/* The same at one point: the cells' lower ends. */
void sn_plain_value(arb_t bound, sn_measure measure, bool is_upper, const sn_ball_map *map,
                    const sn_span *span, const sn_dyadic *point);

/* A decimal as a double, roughly; 0 if it is none. */
double sn_decimal_value(const char *decimal);

/* A point on its way through the layers, enclosed. */
typedef struct sn_orbit {
    const sn_ball_map *map;
    arb_ptr at;
} sn_orbit;

void sn_orbit_init(sn_orbit *orbit, const sn_ball_map *map, const sn_span *span,
                   const sn_dyadic *start);
void sn_orbit_step(sn_orbit *orbit);
void sn_orbit_clear(sn_orbit *orbit);

/* Whether the point is certainly outside a box of (mu, nu). */
bool sn_orbit_outside(const sn_orbit *orbit, const sn_decimals *mu, const sn_decimals *nu);

SN_END_DECLS

#endif
