/* residual.h: variance and gradient through a stack of residual blocks.
 *
 *     plain   x_next = x + beta W f(x)               (x: pre-activations, of mean 0)
 *     NFNet   x_next = x + alpha W f(x / beta_l),    beta_l = sqrt(Var x) as predicted
 *
 * W has iid weights of mean 0 and variance tau / fan-in (or centred rows: the centred map, NFNet's
 * own weight standardisation), so branch and shortcut are uncorrelated. With v = Var x:
 *
 *     plain   v_next = v + beta^2 tau S(v)           the squared gradient grows, backwards, by
 *             1 + beta^2 tau E f'(N(0, v))^2 a block
 *     NFNet   v_next = v + alpha^2 tau S(1)          1 + alpha^2 tau E f'(N(0, 1))^2 / v
 *
 * S as in field.h. With gain 1 / sqrt(S(1)), NFNet's choice, v grows by alpha^2 a block, along a
 * line and not exponentially (Brock et al. 2021, section 3); after every `reset` blocks a transition
 * block starts again at v = 1 + alpha^2: its shortcut takes the normalised x / beta_l,
 *
 *     x_next = x / beta_l + alpha W f(x / beta_l),    v_next = 1 + alpha^2 tau S(1),
 *
 * and the squared gradient grows by (1 + alpha^2 tau E f'(N(0, 1))^2) / v: the shortcut divides it
 * by v as the branch does.
 */
#ifndef SELFNORM_THEORY_RESIDUAL_H
#define SELFNORM_THEORY_RESIDUAL_H

#include "field.h"

SN_BEGIN_DECLS

typedef struct sn_residual {
    const sn_field *field; /* its bias_variance is added to the branch's variance */
    double beta;           /* plain: the branch's factor; NFNet: alpha */
    bool nfnet;
    size_t reset; /* NFNet: blocks from one transition to the next, the first is none; 0: never */
} sn_residual;

typedef struct sn_residual_block {
    double variance;       /* after the block */
    double growth;         /* variance over that before it */
    double gradient;       /* factor of the expected squared gradient through the block */
    double gradient_log10; /* of the whole stack from this block's output back to the input */
} sn_residual_block;

/* From v at the input through depth blocks; out[l], l < depth, is block l + 1. *blocks is how many
 * there were before the variance left the numbers (a result, not an error). SN_EDOMAIN: v not
 * positive, beta not finite; else as sn_field_step. */
SN_NODISCARD sn_status sn_residual_run(const sn_residual *net, double v, size_t depth,
                                       sn_residual_block *out, size_t *blocks, sn_error *err);

SN_END_DECLS

#endif
