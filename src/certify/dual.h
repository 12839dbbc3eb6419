/* dual.h: balls that carry their partial derivatives by (mu, nu, omega, tau). Not installed.
 *
 * Forward differentiation: the derivative of every formula follows from that of its steps. With
 * `depth` 0 the derivatives are left alone, which is what a value by itself costs. */
#ifndef SELFNORM_CERTIFY_DUAL_H
#define SELFNORM_CERTIFY_DUAL_H

#include "certify/ball.h"
#include "certify/claim.h"

SN_BEGIN_DECLS

typedef struct sn_dual {
    arb_struct v;
    arb_struct d[SN_BOX_DIM];
} sn_dual;

/* What a calculation with duals shares. */
typedef struct sn_dual_context {
    slong prec;
    int depth; /* SN_BOX_DIM with derivatives, 0 without */
} sn_dual_context;

void sn_dual_init(sn_dual *a);
void sn_dual_clear(sn_dual *a);

void sn_dual_add(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c);
void sn_dual_sub(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c);
void sn_dual_scale(sn_dual *out, const sn_dual *a, const arb_t factor, const sn_dual_context *c);

/* out may be a or b in none of these. */
void sn_dual_mul(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c);

/* sqrt(a^2 + b^2). Its derivative, (a da + b db) / sqrt(a^2 + b^2), has factors between -1 and 1;
 * where both may be 0 these are all that is known, and all that is needed (a convex function). */
void sn_dual_hypot(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c);

/* sqrt(a) of an a that is known not to be negative; |a|. Both are rigorous where a touches 0. */
void sn_dual_sqrt(sn_dual *out, const sn_dual *a, const sn_dual_context *c);
void sn_dual_abs(sn_dual *out, const sn_dual *a, const sn_dual_context *c);

/* g(x, y) for its value and partial derivatives g_x, g_y over the box. */
void sn_dual_chain(sn_dual *out, const arb_t g, const arb_t g_x, const arb_t g_y, const sn_dual *x,
                   const sn_dual *y, const sn_dual_context *c);

SN_END_DECLS

#endif
