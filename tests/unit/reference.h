/* reference.h: the activations as balls, from their textbook formulas, to hold double arithmetic
 * against.
 *
 * One row a name. The formula is written once, on truncated power series: value and derivatives
 * come from the same line, so the derivative's reference shares nothing with the derivative tested.
 * Parameters are taken as the doubles they are.
 */
#ifndef TESTS_REFERENCE_H
#define TESTS_REFERENCE_H

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

#include "activation/activation.h"

/* Whether there is a formula for the type; the functions below need one. */
bool reference_known(const sn_activation_type *type);

/* The first `length` Taylor coefficients of f at z, each enclosed: f(z), f'(z), f''(z)/2, ... At a
 * kink those of the piece on its left; a ball z with a kink inside gives indeterminate ones. Where
 * the formula cancels the balls are wide: raise prec. */
void reference_series(arb_poly_t out, const sn_activation *f, const arb_t z, slong length,
                      slong prec);

void reference_value(arb_t out, const sn_activation *f, const arb_t z, slong prec);
void reference_derivative(arb_t out, const sn_activation *f, const arb_t z, slong prec);

#endif
