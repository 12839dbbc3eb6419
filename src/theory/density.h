/* density.h: the continuous laws of law.h as the quadrature sees them. Not installed.
 *
 * A density is seen from its mean, as two halves, over the distance t >= 0 in deviations. Only a
 * histogram's halves differ, and only it comes in several pieces; they are counted outwards. A
 * constant factor of the density is of no consequence: all sums are divided by that of the weights.
 */
#ifndef SELFNORM_THEORY_DENSITY_H
#define SELFNORM_THEORY_DENSITY_H

#include "theory/law.h"
#include "theory/panel.h"

typedef enum sn_decay {
    SN_DECAY_ENDS,        /* the density does, at its reach */
    SN_DECAY_EXPONENTIAL, /* e^(-rate t) */
    SN_DECAY_ALGEBRAIC,   /* t^-(degrees + 1) */
} sn_decay;

typedef struct sn_density {
    /* The root of the density at a distance; within a histogram's bin it is 1. */
    double (*root)(const struct sn_density *density, double t);
    /* How wide a panel from t on may be for the density's sake. */
    double (*widest)(const struct sn_density *density, double t);
    sn_decay decay;
    double reach;       /* where it ends, or underflows; of an algebraic one see sn_density_reach */
    double scale;       /* what the law's two functions make of it */
    double degrees;     /* of freedom, of an algebraic one */
    const sn_law *bins; /* of a histogram; else NULL */
    double origin, mean,
        deviation;  /* its edges in deviations: (edge - origin - mean) / deviation */
    double highest; /* of its bins' densities */
} sn_density;

/* One between two edges, of one side. */
typedef struct sn_density_piece {
    double end;   /* its outer edge, as a distance */
    double level; /* its density, that of the highest piece being 1 */
} sn_density_piece;

/* Of a law that is neither normal nor a Bernoulli sum and that passed sn_law_check. */
sn_density sn_density_of(const sn_law *law);

/* How many pieces there are on a side, and one of them. The first may end at 0. */
size_t sn_density_pieces(const sn_density *density, double side);
sn_density_piece sn_density_piece_at(const sn_density *density, double side, size_t index);

/* How far a side is to be integrated by panels. For an algebraic density as far as a function whose
 * features all lie within extent deviations is a power of t to the last bit, or as numbers go. */
double sn_density_reach(const sn_density *density, double extent);

/* Merges into *all what lies beyond an edge at the reach of an algebraic density, where f' is taken
 * for a power of t. SN_ENOCONV: then E f(z)^2 does not exist. */
SN_NODISCARD sn_status sn_density_close(const sn_half_line *line, const sn_panel_edge *at,
                                        sn_panel_sums *all, sn_error *err);

#endif
