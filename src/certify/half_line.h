/* half_line.h: the functions of a Gaussian on one side of a point. Not installed.
 *
 * For z ~ N(x, y), s = sqrt(y) and a kink a: everything E h(z) is made of where h is polynomial or
 * exponential on either side of a. */
#ifndef SELFNORM_CERTIFY_HALF_LINE_H
#define SELFNORM_CERTIFY_HALF_LINE_H

#include "certify/ball.h"

SN_BEGIN_DECLS

enum { SN_HALF_POWERS = 5, SN_HALF_WAVES = 8, SN_HALF_RATES = 2 };

/* A Gaussian, or all of a box of them. */
typedef struct sn_gaussian {
    arb_t x, y, s;
} sn_gaussian;

typedef struct sn_half_line {
    bool right;    /* the kink is to the right of x: the tail is that of z > a, else of z < a */
    arb_t t;       /* (x - a) / s */
    arb_t density; /* G, of z at a */
    arb_struct tail[SN_HALF_POWERS];       /* E[(z - a)^m; tail] / G */
    arb_struct wave[SN_HALF_WAVES];        /* (d^n/dx^n G) / G */
    arb_struct exponential[SN_HALF_RATES]; /* E[e^(rate (z - a)); z < a] */

    /* What they come from: the integrals T_m(|t|), and Mills' ratio at v = t + rate s. */
    arb_struct moment[SN_HALF_POWERS + 1];
    arb_struct v[SN_HALF_RATES], mills[SN_HALF_RATES];
} sn_half_line;

/* How many powers, waves and rates are wanted. */
typedef struct sn_half_extent {
    int powers, waves, n_rates;
    arb_srcptr rates;
} sn_half_extent;

void sn_half_line_init(sn_half_line *half);
void sn_half_line_clear(sn_half_line *half);

/* At a point: as sharp as prec allows. */
void sn_half_line_at(sn_half_line *out, const sn_gaussian *g, slong kink,
                     const sn_half_extent *extent, slong prec);

/* Over a box, given the values at its centre: rigorous and without any further transcendental
 * function, for sizes and signs rather than digits. */
void sn_half_line_over(sn_half_line *out, const sn_half_line *centre, const sn_gaussian *box,
                       slong kink, const sn_half_extent *extent);

SN_END_DECLS

#endif
