/* smooth.h: what the analytic activations share in enclosing their derivatives. Not installed. */
#ifndef SELFNORM_CERTIFY_SMOOTH_H
#define SELFNORM_CERTIFY_SMOOTH_H

#include "certify/jets.h"

SN_BEGIN_DECLS

enum { SN_SMOOTH_LENGTH = 8 }; /* one more than the most a formula below is asked for */

/* An activation at numbers, and how large it can be over a ball.
 *
 * at      f^(k)(z) into out[k], k < n, for an exact z; n <= SN_SMOOTH_LENGTH - 1
 * sizes   upper bounds of |f^(k)| over the ball z into out[k], k < n; n <= SN_SMOOTH_LENGTH. Coarse
 *         ones do, if they are small where f^(k) is */
typedef struct sn_smooth_formula {
    void (*at)(arb_ptr out, const arb_t z, slong n, slong prec);
    void (*sizes)(mag_ptr out, const arb_t z, slong n);
} sn_smooth_formula;

/* f^(k) over the ball z into out[k], k < length <= 6. */
void sn_smooth_enclose(arb_ptr out, const sn_smooth_formula *f, const arb_t z, slong length,
                       slong prec);

/* Upper bounds of e^-|z| and e^(-z^2/4) over a ball z. */
void sn_smooth_decay(mag_t out, const arb_t z);
void sn_smooth_gauss_decay(mag_t out, const arb_t z);

/* From g^(k) make (z g(z))^(k) = z g^(k) + k g^(k-1), k < n, in place; and the bounds of it. */
void sn_smooth_times_z(arb_ptr g, const arb_t z, slong n, slong prec);
void sn_smooth_sizes_times_z(mag_ptr g, const arb_t z, slong n);

/* The row sn_smooth_<name> from name_at, name_sizes, name_bound. */
#define SN_SMOOTH_ROW(name, widest, power)                                                         \
    static void name##_derivatives(arb_ptr out, arb_srcptr params, const arb_t z, slong length,    \
                                   slong prec)                                                     \
    {                                                                                              \
        static const sn_smooth_formula formula = {name##_at, name##_sizes};                        \
        (void)params;                                                                              \
        sn_smooth_enclose(out, &formula, z, length, prec);                                         \
    }                                                                                              \
    const sn_smooth sn_smooth_##name = {                                                           \
        .derivatives = name##_derivatives,                                                         \
        .bound = name##_bound,                                                                     \
        .strip = widest,                                                                           \
        .growth = power,                                                                           \
    };

SN_END_DECLS

#endif
