/* trapezoid_rule.h: a trapezoidal rule for Gaussian averages of an analytic activation, and the
 * bound of its error. Not installed. */
#ifndef SELFNORM_CERTIFY_TRAPEZOID_RULE_H
#define SELFNORM_CERTIFY_TRAPEZOID_RULE_H

#include "certify/jets.h"

SN_BEGIN_DECLS

/* The rule, and what its bounds need; the letters are those of the proof in the source. */
typedef struct sn_trapezoid {
    slong step, scale;       /* d = step 2^-scale */
    slong nodes;             /* n: the nodes are j d, |j| <= n */
    double width, radius, b; /* a, R, b */
    double tail;             /* a = R on the real line */
} sn_trapezoid;

/* A rule whose error is about 2^-bits for all x and deviations s in the balls given. False: there is
 * none with a sane number of nodes. */
bool sn_trapezoid_choose(sn_trapezoid *rule, const sn_smooth *f, const arb_t x, const arb_t s,
                         sn_jet_order order, slong bits);

/* What the bounds of all moments share, rigorous: for the p-th power of f, p = 1 or 2, the error of
 * the k-th derivative is at most c(R) rule[p] + c(tail) tail[p]. */
typedef struct sn_trapezoid_bounds {
    mag_struct rule[3], tail[3];
} sn_trapezoid_bounds;

void sn_trapezoid_bounds_init(sn_trapezoid_bounds *e);
void sn_trapezoid_bounds_clear(sn_trapezoid_bounds *e);

/* For all x and deviations s in the balls given. */
void sn_trapezoid_bound(sn_trapezoid_bounds *e, const sn_trapezoid *rule, const sn_smooth *f,
                        const arb_t x, const arb_t s);

/* Adds to a ball the rule's error for the k-th derivative of E f^p, or of E f'^2. */
void sn_trapezoid_widen(arb_t out, const sn_trapezoid_bounds *e, const sn_trapezoid *rule, int p,
                        int k);
void sn_trapezoid_widen_slope(arb_t out, const sn_trapezoid_bounds *e, const sn_trapezoid *rule,
                              int k);

SN_END_DECLS

#endif
