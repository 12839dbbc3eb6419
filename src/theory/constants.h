/* constants.h: the SELU constants alpha, lambda that make a target mean and variance a fixed point.
 *
 * With P = E[z+], P2 = E[z+^2], N = E[(e^z - 1) 1{z<=0}], N2 = E[(e^z - 1)^2 1{z<=0}] under
 * z ~ N(x, y), E f = lambda (P + alpha N) and E f^2 = lambda^2 (P2 + alpha^2 N2). A target is
 * therefore the root of a quadratic in alpha: 0, 1 or 2 solutions, known exactly.
 */
#ifndef SELFNORM_THEORY_CONSTANTS_H
#define SELFNORM_THEORY_CONSTANTS_H

#include "layer_map.h"

SN_BEGIN_DECLS

/* Keep mean at.mu and variance at.nu at weights at.omega, at.tau under the map. */
typedef struct sn_target {
    sn_map_kind map;
    sn_layer_point at;
} sn_target;

typedef struct sn_selu_constants {
    double alpha, lambda;
    double residual_mean;     /* mu_next - mu */
    double residual_variance; /* nu_next - nu */
    bool attracting;          /* spectral radius below 1 */
    sn_layer_step step;       /* the map at the target, with its Jacobian */
} sn_selu_constants;

enum { SN_MAX_CONSTANTS = 2 };

/* Why a target has the solutions it has. reason is a sentence for a person, always set. */
typedef struct sn_constants {
    size_t count; /* 0: impossible, and reason says why; ordered by descending alpha */
    sn_selu_constants solutions[SN_MAX_CONSTANTS];
    char reason[256];
} sn_constants;

/* All (alpha, lambda) with lambda > 0 for the target, by the quadratic. A target on the border of
 * solvability to a few roundings counts as on it. Solutions may lie outside the range in which the
 * registered SELU takes its parameters. Where doubles cannot tell (one side of 0 all but out of
 * sight), count is 0 and reason starts with "no solution in doubles".
 * SN_EDOMAIN: nu or tau not positive, a number not finite. */
SN_NODISCARD sn_status sn_constants_solve(const sn_target *target, sn_constants *out,
                                          sn_error *err);

/* The same question put to GSL's multidimensional root finder on GSL's adaptive integrals, from
 * several starts: it shares no formula with sn_constants_solve. *out gets the solutions found with
 * lambda > 0, ordered and told apart as above, and a reason that says that nothing was FOUND where
 * count is 0, or that GSL's integrals failed. A failed search proves nothing. Also SN_ENOMEM. */
SN_NODISCARD sn_status sn_constants_search(const sn_target *target, sn_constants *out,
                                           sn_error *err);

/* Alpha dropout at keep probability q, 0 < q <= 1, for activations of mean mu and variance nu:
 * dropped units are set to saturation, then a v + b restores mean and variance (paper, section on
 * alpha dropout, for any target). SN_EDOMAIN otherwise. */
typedef struct sn_alpha_dropout {
    double a, b;
} sn_alpha_dropout;

SN_NODISCARD sn_status sn_alpha_dropout_affine(double saturation, double mu, double nu, double keep,
                                               sn_alpha_dropout *out, sn_error *err);

SN_END_DECLS

#endif
