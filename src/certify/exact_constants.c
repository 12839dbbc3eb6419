/* The constants of a target as decimals: solved for in balls with more and more bits until all of
 * them can be rounded (ball_digits.h). Nobody has proved that these numbers are never ties, so the
 * balls get smaller only so often. */
#include "certify/exact_constants.h"

#include <stdio.h>
#include <stdlib.h>

#include "certify/ball_digits.h"
#include "certify/constant_balls.h"

/* Bits beyond those of the digits, the first time and the last. */
enum { FIRST_SPARE = 32, LAST_SPARE = 2048 };

static sn_writing write_solution(sn_exact_solution *out, const arb_t alpha, const arb_t lambda,
                                 size_t n, slong prec)
{
    arb_t saturation;
    arb_init(saturation);
    arb_mul(saturation, lambda, alpha, prec);
    arb_neg(saturation, saturation);
    sn_writing done = sn_ball_digits(&out->alpha, alpha, n, prec);
    if (done == SN_WRITTEN)
        done = sn_ball_digits(&out->lambda, lambda, n, prec);
    if (done == SN_WRITTEN)
        done = sn_ball_digits(&out->saturation, saturation, n, prec);
    arb_clear(saturation);
    return done;
}

static void leave_undecided(sn_exact_constants *out, const char *reason)
{
    sn_exact_constants_free(out);
    snprintf(out->reason, sizeof out->reason, "undecided: %s", reason);
}

/* One turn at so many bits beyond the digits. *again: a number is next to a tie. */
static sn_status solve_at(const sn_exact_target *target, size_t n, slong spare, bool *again,
                          sn_exact_constants *out, sn_error *err)
{
    const slong bits = (slong)(3.3219281 * (double)n) + spare; /* log2(10) */
    sn_constant_balls balls;
    sn_constant_balls_init(&balls);
    const sn_status status = sn_constant_balls_solve(target, bits, &balls, err);
    sn_writing done = SN_WRITTEN;
    if (status == SN_OK) {
        out->decided = balls.count != SN_NOT_DECIDED;
        out->count = out->decided ? (size_t)balls.count : 0;
        snprintf(out->reason, sizeof out->reason, "%s", balls.reason);
        for (size_t i = 0; i < out->count && done == SN_WRITTEN; i++)
            done =
                write_solution(&out->solutions[i], balls.alpha[i], balls.lambda[i], n, bits + 64);
    }
    sn_constant_balls_clear(&balls);
    *again = done == SN_NEXT_TO_A_TIE;
    if (done == SN_NEXT_TO_A_TIE)
        leave_undecided(out, "a constant is too near the middle of two decimals to be rounded");
    if (done == SN_TOO_FAR_OUT)
        leave_undecided(out, "a constant is beyond 1e-900000 or 1e900000 in size");
    return done == SN_NO_MEMORY ? sn_fail(err, SN_ENOMEM, "out of memory for %zu digits", n)
                                : status;
}

sn_status sn_exact_constants_solve(const sn_exact_target *target, size_t digits,
                                   sn_exact_constants *out, sn_error *err)
{
    if (digits < 1 || digits > SN_EXACT_MAX_DIGITS)
        return sn_fail(err, SN_EDOMAIN, "digits is %zu, allowed is 1 to %d", digits,
                       SN_EXACT_MAX_DIGITS);
    *out = (sn_exact_constants){.decided = false};
    bool again = true;
    sn_status status = SN_OK;
    for (slong spare = FIRST_SPARE; again && spare <= LAST_SPARE; spare *= 4) {
        status = solve_at(target, digits, spare, &again, out, err);
        if (status != SN_OK) {
            sn_exact_constants_free(out);
            return status;
        }
    }
    return SN_OK;
}

void sn_exact_constants_free(sn_exact_constants *constants)
{
    if (constants == NULL)
        return;
    for (size_t i = 0; i < SN_EXACT_MAX_SOLUTIONS; i++) {
        free(constants->solutions[i].alpha.text);
        free(constants->solutions[i].lambda.text);
        free(constants->solutions[i].saturation.text);
    }
    *constants = (sn_exact_constants){.decided = false};
}
