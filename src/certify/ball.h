/* ball.h: real balls, and what selfnorm adds to Arb's functions of them. Not installed.
 *
 * A ball encloses a real number, or every value of an interval. Each function below returns a ball
 * that contains all values of the exact function on the balls given ("encloses"); prec is the
 * working precision in bits. A ball that is not finite says that nothing is known. */
#ifndef SELFNORM_CERTIFY_BALL_H
#define SELFNORM_CERTIFY_BALL_H

#include <stdbool.h>

#ifdef HAVE_ARB_H
#include <arb.h>
#include <arb_hypgeom.h>
#include <arb_poly.h>
#else /* as FLINT 3 has it */
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#include <flint/arb_poly.h>
#endif

#include "base/status.h"

SN_BEGIN_DECLS

/* Encloses the number that a decimal says: "-0.1", "3", "1e-3"; exactly where it can. False, and
 * *out unchanged, if the text is not one decimal number. */
bool sn_ball_set_decimal(arb_t out, const char *text, slong prec);

/* The interval from lower to upper, doubles in this order, as a ball. */
void sn_ball_set_interval(arb_t out, double lower, double upper);

/* The largest double below, and the smallest above, every number of the ball: infinite where the
 * ball is not finite. */
double sn_ball_lower(const arb_t ball);
double sn_ball_upper(const arb_t ball);

/* a^2, never negative and, unlike arb_sqr, as sharp as can be for wide balls. */
void sn_ball_sqr(arb_t out, const arb_t a, slong prec);

/* exp(u^2) erfc(u), for wide balls too: the function decreases, so its values lie between those at
 * the ball's ends. No overflow, and no cancellation, for any u > -25. */
void sn_ball_erfcx(arb_t out, const arb_t u, slong prec);

SN_END_DECLS

#endif
