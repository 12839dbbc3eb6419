/* design.h: the inverse questions: which parameters of a family keep what is asked for.
 *
 * The pre-activation is z = x + sqrt(y) t with t of a law (law.h) and x, y those of the target under
 * the map, with dropout folded in if there is any. Families, each one row of the table below:
 *
 *   selu         lambda z | lambda alpha (e^z - 1)      (mu, nu): alpha, lambda
 *   serlu        lambda z | lambda alpha z e^z          (mu, nu): alpha, lambda   (Zhang and Li 2018)
 *   leaky_relu   lambda z | lambda alpha z              (mu, nu): alpha, lambda
 *   affine       a phi(z) + b                           (mu, nu): a, b
 *   bidirectional a phi(z) + b                          E f^2 = E f'^2 = 1: a, b  (Gaussian-Poincare
 *                                                       normalised: Lu et al. 2020)
 *   kernel_shaping c (phi(a z + b) + d)                 at z ~ N(0, 1): E f = 0, E f^2 = 1,
 *                                                       Q'(1) = 1, E f'^2 = zeta: a, b, c, d
 *                                                       (Martens et al. 2021, deep kernel shaping)
 *   scaled_tanh  a tanh(b z)                            (mu, nu): a, b; at mu = 0 = x the mean is 0
 *                                                       whatever a, b, and E f'^2 = zeta instead
 *
 * The first three are f = lambda (p(z) + alpha n(z)) with p and n on different sides of 0, so that
 * they are roots of a quadratic (constants.h): all solutions, exactly. affine and bidirectional are
 * explicit. The last two are searched for, by Newton's method over a net of starts and over b, and a
 * search that finds nothing is told apart from a target proved impossible; of scaled_tanh, under a
 * normal law and at a mean that is not 0, all solutions are known, as its mean over its deviation
 * rises and then falls with b. bidirectional and
 * kernel_shaping read neither target nor dropout. kernel_shaping lists a > 0 and c > 0, the other
 * signs being mirror images of these, and scaled_tanh b > 0, (-a, -b) being the same function.
 */
#ifndef SELFNORM_THEORY_DESIGN_H
#define SELFNORM_THEORY_DESIGN_H

#include "layer_map.h"

SN_BEGIN_DECLS

/* name, doc, whether phi is to be given, whether zeta is read */
#define SN_FAMILY_LIST(X)                                                                          \
    X(SN_FAMILY_SELU, "selu", "alpha and lambda of SELU that keep mean and variance", 0, 0)        \
    X(SN_FAMILY_SERLU, "serlu", "alpha and lambda of SERLU that keep mean and variance", 0, 0)     \
    X(SN_FAMILY_LEAKY_RELU, "leaky_relu",                                                          \
      "slope alpha and scale lambda of leaky ReLU that keep mean and variance", 0, 0)              \
    X(SN_FAMILY_AFFINE, "affine", "a phi(z) + b that keeps mean and variance", 1, 0)               \
    X(SN_FAMILY_BIDIRECTIONAL, "bidirectional",                                                    \
      "a phi(z) + b with E f^2 = E f'^2 = 1: neither signals nor gradients drift", 1, 0)           \
    X(SN_FAMILY_KERNEL_SHAPING, "kernel_shaping",                                                  \
      "c (phi(a z + b) + d) with Q(1) = Q'(1) = 1, E f = 0 and slope C'(1) = zeta", 1, 1)          \
    X(SN_FAMILY_SCALED_TANH, "scaled_tanh",                                                        \
      "a tanh(b z) that keeps mean and variance; at mean 0 variance and E f'^2 = zeta", 0, 1)

typedef enum sn_family {
#define SN_FAMILY_ENUM(id, name, doc, phi, zeta) id,
    SN_FAMILY_LIST(SN_FAMILY_ENUM)
#undef SN_FAMILY_ENUM
        SN_FAMILY_COUNT
} sn_family;

const char *sn_family_name(sn_family family); /* NULL past the last */
const char *sn_family_doc(sn_family family);  /* NULL past the last */
bool sn_family_takes_phi(sn_family family);
bool sn_family_takes_zeta(sn_family family);

/* The names of a family's parameters in the order of values[]; NULL past the last. */
const char *sn_family_param(sn_family family, size_t index);

/* Its formula in the language of activation/expression.h, of x, its parameters, and phi(...) for
 * the activation given. */
const char *sn_family_formula(sn_family family);

enum { SN_MAX_FAMILY_PARAMS = 4, SN_MAX_DESIGNS = 16 };

typedef struct sn_design {
    sn_family family;
    sn_activation phi; /* of the families that take one */
    double zeta;       /* C'(1), E f'^2; of the families that read it. Kernel shaping: > 1 for a phi
                          that is not linear */
    sn_map_kind map;
    sn_layer_point at; /* the target mu, nu and the weights' omega, tau */
    const sn_law *law; /* NULL: normal. Kernel shaping and bidirectional at tau = 1: N(0, 1) */
    double dropout; /* rate of inverted dropout on the layer's inputs, 0 <= dropout < 1: they have
                          mean mu and variance (nu + dropout mu^2) / (1 - dropout) then */
} sn_design;

typedef struct sn_design_solution {
    double values[SN_MAX_FAMILY_PARAMS];
    double residual; /* largest of the conditions' relative residuals, measured anew by
                        sn_law_moments of f itself where that is possible */
    double mean, variance, second_moment; /* of f(z) */
    double chi1;                          /* tau E f'(z)^2 / (1 - dropout) */
    double spectral_radius; /* of the Jacobian of (mu, nu) -> (mu_next, nu_next), law and dropout
                               held; bidirectional and kernel shaping: |V'(1)| of the variance map */
    bool attracting;        /* that is below 1 */
} sn_design_solution;

#define SN_OUTCOME_LIST(X)                                                                         \
    X(SN_OUTCOME_ALL, "all solutions")             /* count is exact, by theory */                 \
    X(SN_OUTCOME_FOUND, "solutions found")         /* by a search: there may be more */            \
    X(SN_OUTCOME_IMPOSSIBLE, "impossible target")  /* by theory: there is none */                  \
    X(SN_OUTCOME_NOT_FOUND, "nothing found")       /* by a search: that proves nothing */          \
    X(SN_OUTCOME_NOT_IN_DOUBLES, "not in doubles") /* rounding hides what there is */

typedef enum sn_outcome {
#define SN_OUTCOME_ENUM(id, name) id,
    SN_OUTCOME_LIST(SN_OUTCOME_ENUM)
#undef SN_OUTCOME_ENUM
} sn_outcome;

const char *sn_outcome_text(sn_outcome outcome); /* "unknown" for a value that is none */

typedef struct sn_designs {
    sn_outcome outcome;
    size_t count; /* ordered by descending first value, then the next */
    sn_design_solution solutions[SN_MAX_DESIGNS];
    char reason[256]; /* a sentence for a person, always set: why so many, or why none */
} sn_designs;

/* All solutions. Of mirror images (f and -f keep the second moment alike) both are listed where
 * both meet the conditions, but for the signs named above; of more than there is room for, those
 * of least |b|. Thread-safe. SN_EDOMAIN: nu or tau not positive, dropout not in [0, 1),
 * zeta not positive, a law that is none, a number not finite, each where it is read; no phi where
 * one is. SN_ENOCONV: a moment of phi cannot be
 * had. */
SN_NODISCARD sn_status sn_design_solve(const sn_design *design, sn_designs *out, sn_error *err);

/* How many solutions there are at a target (mu, nu), and how many of them attract, without the
 * rest: for a picture of the region of targets. outcome as above. Of the families whose target is
 * mu and nu. Statuses as sn_design_solve. */
SN_NODISCARD sn_status sn_design_count(const sn_design *design, double mu, double nu, size_t *count,
                                       size_t *attracting, sn_outcome *outcome, sn_error *err);

SN_END_DECLS

#endif
