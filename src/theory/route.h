/* route.h: how the panels of a quadrature are laid along half of the line. Not installed. */
#ifndef SELFNORM_THEORY_ROUTE_H
#define SELFNORM_THEORY_ROUTE_H

#include "theory/density.h"
#include "theory/panel.h"

typedef struct sn_route {
    sn_half_line line;
    size_t n_kinks;
    double next_kink; /* of an f with more than there is room for */
    double
        kinks[SN_MAX_KINKS + 1]; /* in z; after the kinks comes 0, which is an anchor but no kink */
    double anchors[SN_MAX_KINKS + 1]; /* the same as distances t, negative behind x */
    size_t panels, max_panels, mismatches;
    double reach;
    size_t piece, n_pieces; /* of a density other than the normal one */
    double piece_end, level;
} sn_route;

/* A step outwards: over a width in t, up to the kink unless NULL, or to the end of the piece. */
typedef struct sn_step {
    double width;
    const double *kink;
    bool ends_piece;
} sn_step;

/* The half of a side, before its first piece; density NULL: normal. */
sn_route sn_route_from(const sn_density *density, const sn_activation *f, double x, double s,
                       double side);

/* On to the piece after those that end at t or before. */
void sn_route_enter(sn_route *p, double t);

/* The step outwards from an edge, and the bounds in z that keep rounded nodes on their side of a
 * kink. */
sn_step sn_route_step(sn_route *p, const sn_panel_edge *at);

/* How wide a panel from t on may be for the density's sake. */
double sn_route_widest(const sn_route *p, double t);

/* The width that t and the rounded t + width are apart, so that the edges in t, which the density
 * sees, and the widths, which d sees, do not drift apart. Narrow panels far out keep their width. */
double sn_route_representable(double t, double width);

/* The narrowest panel from an edge on, in t, whose nodes rounding still tells apart in z; also what
 * any step has to be wider than to get anywhere. */
double sn_route_finest(const sn_route *p, const sn_panel_edge *at);

#endif
