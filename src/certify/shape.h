/* shape.h: a piecewise function, its square, and that of its derivative, as seen from their kinks.
 * Not installed. */
#ifndef SELFNORM_CERTIFY_SHAPE_H
#define SELFNORM_CERTIFY_SHAPE_H

#include "certify/jets.h"

SN_BEGIN_DECLS

enum { SN_SHAPE_DEGREE = 4, SN_SHAPE_POWERS = SN_SHAPE_DEGREE + 1, SN_SHAPE_RATES = 2 };

/* At one kink, by powers of w = z - kink: the polynomial on its left; on its right less that. */
typedef struct sn_corner {
    arb_struct left[SN_SHAPE_POWERS], jump[SN_SHAPE_POWERS];
} sn_corner;

typedef struct sn_form {
    sn_corner at[SN_MAX_KINKS];
    arb_struct factor[SN_SHAPE_RATES]; /* of e^(rate w), on the left of the lowest kink */
    bool continuous;
} sn_form;

enum { SN_FORM_F, SN_FORM_SECOND, SN_FORM_SLOPE, SN_FORMS }; /* f, f^2, f'^2 */

typedef struct sn_shape {
    int n_kinks, degree; /* degree: of f */
    slong kinks[SN_MAX_KINKS];
    bool bent[SN_MAX_KINKS]; /* or else the kink is only the centre of a polynomial */
    bool has_rate;
    arb_struct rates[SN_SHAPE_RATES]; /* r, 2 r */
    sn_form forms[SN_FORMS];
} sn_shape;

/* A shape that knows its kinks and its degree; then all of it, but the divisor. */
void sn_shape_init(sn_shape *shape, const sn_piecewise *how, arb_srcptr params);
void sn_shape_fill(sn_shape *shape, const sn_piecewise *how, arb_srcptr params, slong prec);
void sn_shape_clear(sn_shape *shape);

/* The derivative of a polynomial, in its place. */
void sn_shape_differentiate(arb_ptr p, int degree, slong prec);

SN_END_DECLS

#endif
