/* ball_digits.h: balls as decimals that are correctly rounded. Not installed. */
#ifndef SELFNORM_CERTIFY_BALL_DIGITS_H
#define SELFNORM_CERTIFY_BALL_DIGITS_H

#include "certify/ball.h"
#include "certify/exact_constants.h"

SN_BEGIN_DECLS

/* What became of writing a number down. */
typedef enum sn_writing {
    SN_WRITTEN,
    SN_NEXT_TO_A_TIE, /* a smaller ball is needed to tell */
    SN_TOO_FAR_OUT,   /* beyond 1e-900000 or 1e900000 in size */
    SN_NO_MEMORY
} sn_writing;

/* The number in the ball, which is not 0, to n significant digits: out->text, the caller's to free,
 * and its radius. Without SN_WRITTEN *out is left as it was. */
sn_writing sn_ball_digits(sn_exact_number *out, const arb_t ball, size_t n, slong prec);

SN_END_DECLS

#endif
