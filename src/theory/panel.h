/* panel.h: one panel of the Gauss-Legendre quadrature, and the sums that panels are merged into.
 * Not installed; quadrature.c strings the panels together. */
#ifndef SELFNORM_THEORY_PANEL_H
#define SELFNORM_THEORY_PANEL_H

#include "activation/activation.h"

/* Half of the line, parametrised by the distance t >= 0 from x in deviations. */
typedef struct sn_half_line {
    const sn_activation *f;
    const struct sn_density *density; /* of t (density.h); NULL: normal */
    double x, s, side;                /* z = x + side s t, side is 1 or -1 */
    bool by_value;       /* d by subtraction: for panels too wide to integrate f' over */
    double lower, upper; /* the nodes' z are kept between these */
} sn_half_line;

/* Where a panel starts or ends. Both t and z are measured from x or from the last kink passed, the
 * origin: two kinks keep their distance then, however small it is beside their own from x. */
typedef struct sn_panel_edge {
    double t, z;
    double origin_t, origin_z;
    double offset; /* t - origin_t */
    double f;      /* f(z) */
    double d;      /* f(z) - f(x) as integrated */
} sn_panel_edge;

/* weight: integral of the density, exp(-t^2/2) for a normal t. d, slope, slope_t: weighted means of d, f', f' t, the t signed.
 * The others but slope_second are weighted sums of products about these means. */
typedef struct sn_panel_sums {
    double weight;
    double d, slope, slope_t;
    double dd, d_slope, d_slope_t;
    double slope_second; /* weighted sum of f'^2, not about the mean */
    double error_dd, error_slope_second;
    double noise_dd, noise_slope_second; /* the part of it from rounding of z */
} sn_panel_sums;

/* Estimated errors of the two sums of squares. The first two stem from the rule, and plateau says
 * that they are down to noise, which a narrower panel would have too. */
typedef struct sn_panel_error {
    double dd, slope_second;
    bool plateau_dd, plateau_slope;
    double amiss;                              /* f has risen otherwise than f' says, by this */
    double rounding_dd;                        /* from rounding in d, less on narrower panels */
    double mismatch_dd, mismatch_slope_second; /* from f having risen otherwise than f' says */
    double noise_dd, noise_slope_second;       /* from rounding of z; narrower does not help */
} sn_panel_error;

typedef struct sn_panel {
    sn_panel_sums sums; /* error_*, noise_* unset */
    double spread;      /* weighted sum of squares of d about the mean of d so far */
    sn_panel_edge end;
    sn_panel_error error;
} sn_panel;

/* The panel of a width in t from an edge on, which ends at the kink *kink unless NULL; so_far is
 * what it will be merged into. */
sn_panel sn_panel_evaluate(const sn_half_line *line, const sn_panel_edge *from, double width,
                           const double *kink, const sn_panel_sums *so_far);

/* The panel with all its weights multiplied by a factor. */
void sn_panel_scale(sn_panel *panel, double factor);

/* Adds a panel's sums and its errors. */
void sn_panel_merge(sn_panel_sums *all, const sn_panel *panel);

#endif
