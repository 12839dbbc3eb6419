/* exact_constants.h: the SELU constants of a target to any number of digits, all of them right.
 *
 * The target is what its decimals say ("0.1" is one tenth, not the double next to it). Everything
 * is enclosed in ball arithmetic: how many solutions with lambda > 0 there are is proved, and each
 * digit printed. A target so close to a border of solvability that the enclosures cannot tell
 * remains undecided, and is called so.
 */
#ifndef SELFNORM_CERTIFY_EXACT_CONSTANTS_H
#define SELFNORM_CERTIFY_EXACT_CONSTANTS_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/maps.h"

SN_BEGIN_DECLS

/* Keep mean mu and VARIANCE nu at weights omega, tau under the map, see base/maps.h. Decimals as
 * text: "-0.1", "3", "1e-3"; nu, tau > 0; each 0 or from 1e-1000 to 1e1000 in size. */
typedef struct sn_exact_target {
    sn_map_kind map;
    const char *mu, *nu, *omega, *tau;
} sn_exact_target;

enum { SN_EXACT_MAX_SOLUTIONS = 2, SN_EXACT_MAX_DIGITS = 100000, SN_EXACT_RADIUS_SIZE = 32 };

/* One number: its decimal, correctly rounded to the digits asked for (trailing zeros are kept; as
 * 1.23e-05 where a double would be printed so), and an upper bound of the radius of the ball that
 * was found to hold it, as "1.2e-1012". */
typedef struct sn_exact_number {
    char *text;
    char radius[SN_EXACT_RADIUS_SIZE];
} sn_exact_number;

typedef struct sn_exact_solution {
    sn_exact_number alpha, lambda;
    sn_exact_number saturation; /* -lambda alpha */
} sn_exact_solution;

/* decided: there are exactly `count` solutions with lambda > 0, proved; ordered by descending
 * alpha. Otherwise count is 0. reason, always set, is a sentence for a person. */
typedef struct sn_exact_constants {
    bool decided;
    size_t count;
    sn_exact_solution solutions[SN_EXACT_MAX_SOLUTIONS];
    char reason[256];
} sn_exact_constants;

/* All solutions to `digits` significant digits, 1 to SN_EXACT_MAX_DIGITS. *out is to be freed with
 * sn_exact_constants_free after SN_OK. No solution and undecided are outcomes. Time and memory are
 * bounded for every target: where more than 65536 bits cancel, or a constant is beyond 1e-900000
 * or 1e900000 in size, it is left undecided.
 * SN_EDOMAIN: not a decimal, a number outside the ranges above (says which). SN_ENOMEM. Thread-safe.
 * Arb keeps constants such as pi for the thread; flint_cleanup() of FLINT frees them. */
SN_NODISCARD sn_status sn_exact_constants_solve(const sn_exact_target *target, size_t digits,
                                                sn_exact_constants *out, sn_error *err);
void sn_exact_constants_free(sn_exact_constants *constants); /* NULL is fine */

SN_END_DECLS

#endif
