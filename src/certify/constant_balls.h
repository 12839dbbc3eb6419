/* constant_balls.h: enclosures of the SELU constants of a target. Not installed; for decimals, see
 * exact_constants.h. */
#ifndef SELFNORM_CERTIFY_CONSTANT_BALLS_H
#define SELFNORM_CERTIFY_CONSTANT_BALLS_H

#include "certify/ball.h"
#include "certify/exact_constants.h"

SN_BEGIN_DECLS

enum { SN_NOT_DECIDED = -1 };

/* count: exactly so many pairs (alpha, lambda) with lambda > 0 solve the target, which is proved,
 * and the first `count` balls hold one each, alpha descending; or SN_NOT_DECIDED. reason: a sentence
 * for a person, never NULL. */
typedef struct sn_constant_balls {
    int count;
    arb_t alpha[SN_EXACT_MAX_SOLUTIONS], lambda[SN_EXACT_MAX_SOLUTIONS];
    const char *reason;
} sn_constant_balls;

void sn_constant_balls_init(sn_constant_balls *balls);
void sn_constant_balls_clear(sn_constant_balls *balls);

/* At a working precision of prec bits; where that is too little for its size, a ball may be wide or
 * not finite though the count is proved. SN_EDOMAIN as sn_exact_constants_solve. */
SN_NODISCARD sn_status sn_constant_balls_enclose(const sn_exact_target *target, slong prec,
                                                 sn_constant_balls *out, sn_error *err);

/* At a working precision such that every ball has a radius below 2^-bits of its number. Undecided
 * only where 65536 bits more than these do not suffice. */
SN_NODISCARD sn_status sn_constant_balls_solve(const sn_exact_target *target, slong bits,
                                               sn_constant_balls *out, sn_error *err);

SN_END_DECLS

#endif
