/* exact_params.h: an activation's parameters as balls. Not installed. */
#ifndef SELFNORM_CERTIFY_EXACT_PARAMS_H
#define SELFNORM_CERTIFY_EXACT_PARAMS_H

#include "certify/jets.h"

SN_BEGIN_DECLS

/* The parameters, SN_MAX_PARAMS balls: what their doubles say, but SELU's default alpha and lambda
 * are the constants of (0, 1), with radii below 2^-prec of themselves. SN_ENOCONV if these cannot be
 * had. */
SN_NODISCARD sn_status sn_exact_params(arb_ptr out, const sn_activation *f, slong prec,
                                       sn_error *err);

/* Whether f is SELU with both defaults. */
bool sn_is_default_selu(const sn_activation *f);

/* The row of f; SN_EUNKNOWN, with a message, where there is none. */
SN_NODISCARD sn_status sn_exact_row(const sn_activation *f, const sn_enclosure **row,
                                    sn_error *err);

SN_END_DECLS

#endif
