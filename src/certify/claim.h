/* claim.h: claims about a layer map on a whole box, and their proof or refutation.
 *
 * A claim names a layer map (base/maps.h), an activation, a box of (mu, nu, omega, tau) and what is
 * asserted of it. All its numbers are decimals given as text and mean exactly what they say: "0.1"
 * is one tenth, enclosed at whatever precision is needed, not the double next to it. The proof rests
 * on enclosures of the Gaussian moments in ball arithmetic and on branch and bound over boxes; no
 * floating-point estimate enters a verdict.
 *
 * Verdicts are results, not errors. A claim is proved if all its assertions are, refuted if one is.
 */
#ifndef SELFNORM_CERTIFY_CLAIM_H
#define SELFNORM_CERTIFY_CLAIM_H

#include "../activation/activation.h"
#include "../base/maps.h"
#include "../base/table.h"

SN_BEGIN_DECLS

/* What a bound can be about; each is a function of (mu, nu, omega, tau). The Jacobian is that of
 * (mu, nu) -> (mu_next, nu_next); nu is a VARIANCE. */
#define SN_QUANTITY_LIST(X)                                                                        \
    X(SN_Q_MU_NEXT, "mu_next", "mean after the activation")                                        \
    X(SN_Q_XI_NEXT, "xi_next", "second moment after the activation")                               \
    X(SN_Q_NU_NEXT, "nu_next", "variance after the activation")                                    \
    X(SN_Q_MU_CHANGE, "mu_change", "mu_next - mu")                                                 \
    X(SN_Q_NU_CHANGE, "nu_change", "nu_next - nu")                                                 \
    X(SN_Q_DMU_DMU, "dmu_dmu", "d mu_next / d mu")                                                 \
    X(SN_Q_DMU_DNU, "dmu_dnu", "d mu_next / d nu")                                                 \
    X(SN_Q_DNU_DMU, "dnu_dmu", "d nu_next / d mu")                                                 \
    X(SN_Q_DNU_DNU, "dnu_dnu", "d nu_next / d nu")                                                 \
    X(SN_Q_SPECTRAL_NORM, "spectral_norm", "largest singular value of the Jacobian")               \
    X(SN_Q_SPECTRAL_RADIUS, "spectral_radius", "largest absolute eigenvalue of the Jacobian")      \
    X(SN_Q_CHI1, "chi1", "tau E f'^2: growth of the squared gradient, backwards, per layer")

typedef enum sn_quantity {
#define SN_QUANTITY_ENUM(id, name, doc) id,
    SN_QUANTITY_LIST(SN_QUANTITY_ENUM)
#undef SN_QUANTITY_ENUM
        SN_QUANTITY_COUNT
} sn_quantity;

const char *sn_quantity_name(sn_quantity quantity); /* NULL past the last */
const char *sn_quantity_doc(sn_quantity quantity);

/* What can be asserted.
 *
 *   bound        above < quantity < below everywhere in the box; either may be missing
 *   into_itself  for each (omega, tau) the map takes the (mu, nu) of the box into the box
 *   attracting   for each (omega, tau) of the box there is exactly one fixed point with (mu, nu) in
 *                the box, and every start in the box converges to it
 *   enters       for each (omega, tau) every start in the box is in the target box of (mu, nu) after
 *                at most `layers` layers, the same omega and tau in each
 */
#define SN_ASSERTION_LIST(X)                                                                       \
    X(SN_ASSERT_BOUND, "bound", "a quantity stays below or above a number")                        \
    X(SN_ASSERT_INTO_ITSELF, "into_itself", "the map takes the box into itself")                   \
    X(SN_ASSERT_ATTRACTING, "attracting",                                                          \
      "for each omega, tau exactly one fixed point, to which all of the box converges")            \
    X(SN_ASSERT_ENTERS, "enters", "every point enters a smaller box within so many layers")

typedef enum sn_assertion_kind {
#define SN_ASSERTION_ENUM(id, name, doc) id,
    SN_ASSERTION_LIST(SN_ASSERTION_ENUM)
#undef SN_ASSERTION_ENUM
        SN_ASSERTION_COUNT
} sn_assertion_kind;

const char *sn_assertion_name(sn_assertion_kind kind); /* NULL past the last */
const char *sn_assertion_doc(sn_assertion_kind kind);

/* The interval between two decimals, both included. */
typedef struct sn_decimals {
    const char *lower, *upper;
} sn_decimals;

typedef struct sn_assertion {
    sn_assertion_kind kind;
    sn_quantity quantity;             /* bound */
    const char *above, *below;        /* bound: decimals; NULL: none */
    const char *paper;                /* bound: what is in print for the extreme; NULL: nothing */
    sn_decimals target_mu, target_nu; /* enters */
    size_t layers;                    /* enters: at most so many */
} sn_assertion;

enum { SN_BOX_MU, SN_BOX_NU, SN_BOX_OMEGA, SN_BOX_TAU, SN_BOX_DIM };

typedef struct sn_claim {
    const char *name;        /* [a-z0-9_]+, or NULL */
    const char *description; /* one line, or NULL */
    sn_map_kind map;
    const sn_activation_type *activation;

    /* Its parameters as decimals; NULL: the default. SELU's default is not a decimal: it is the
     * exact alpha and lambda that keep mean keeps_mu and variance keeps_nu under the neuron map
     * at omega = 0, tau = 1 (of two solutions that of larger alpha). Both NULL: 0 and 1. */
    const char *params[SN_MAX_PARAMS];
    const char *keeps_mu, *keeps_nu;
    const char *bias_mean, *bias_variance; /* NULL: 0 */

    sn_decimals box[SN_BOX_DIM]; /* nu > 0, tau > 0 */
    size_t n_assertions;
    const sn_assertion *assertions;
} sn_claim;

/* The claims of the paper, by Klambauer et al. 2017, and those of their supplement's Mathematica
 * sheet. NULL past the last, or where there is none of that name. */
const sn_claim *sn_claim_at(size_t index);
const sn_claim *sn_claim_find(const char *name);

#define SN_VERDICT_LIST(X)                                                                         \
    X(SN_PROVED, "proved")                                                                         \
    X(SN_REFUTED, "refuted")                                                                       \
    X(SN_UNDECIDED, "undecided")

typedef enum sn_verdict {
#define SN_VERDICT_ENUM(id, name) id,
    SN_VERDICT_LIST(SN_VERDICT_ENUM)
#undef SN_VERDICT_ENUM
} sn_verdict;

const char *sn_verdict_text(sn_verdict verdict); /* "unknown" for a value that is none */

/* Contains a number that is meant; the ends are rounded outwards, infinite where nothing is known. */
typedef struct sn_interval {
    double lower, upper;
} sn_interval;

/* How the extreme compares with what is in print for it. */
#define SN_PRINT_LIST(X)                                                                           \
    X(SN_PRINT_NONE, "")                                                                           \
    X(SN_PRINT_AGREES, "agrees")   /* the extreme rounds to the printed digits */                  \
    X(SN_PRINT_LOOSE, "loose")     /* the printed number is a bound, but not the extreme */        \
    X(SN_PRINT_DIFFERS, "differs") /* neither */

typedef enum sn_print {
#define SN_PRINT_ENUM(id, name) id,
    SN_PRINT_LIST(SN_PRINT_ENUM)
#undef SN_PRINT_ENUM
} sn_print;

const char *sn_print_text(sn_print print);

/* One bound: of an assertion of kind bound one or two, of into_itself and attracting those that its
 * proof needs. */
typedef struct sn_bound {
    size_t assertion; /* its index in the claim */
    sn_quantity quantity;
    bool is_upper;  /* quantity < limit; else quantity > limit */
    char limit[48]; /* the claim's decimal; 17 digits of it where it is too long */
    sn_verdict verdict;
    sn_interval extreme;        /* the true maximum (is_upper) or minimum over the box */
    sn_interval at[SN_BOX_DIM]; /* a point with a value in `extreme`: a witness, if refuted */
    sn_print print;             /* beside assertion.paper */
    size_t boxes;               /* how many were looked at */
} sn_bound;

typedef struct sn_assertion_result {
    sn_verdict verdict;
    char text[320]; /* one sentence: why, with the witness or with what is left */
    sn_interval fixed_mu,
        fixed_nu;       /* attracting, proved: contain the fixed points of all omega, tau */
    double contraction; /* attracting, proved: by so much, at least, distances shrink in the end */
    size_t layers;      /* enters, proved: so many layers are enough */
    bool any_order;     /* enters, proved: even where omega, tau change from layer to layer */
    double left;        /* the part of the box, 0 to 1, that is not decided */
    sn_interval at[SN_BOX_DIM]; /* refuted: the witness */
    size_t boxes;
} sn_assertion_result;

/* What was found of a claim. The tables are empty unless asked for (options.pave):
 *
 *   boxes    the boxes of the bounds: where the quantity's extreme over omega and tau is bounded,
 *            as boxes of (x, y), the mean and variance of the pre-activation
 *   regions  attracting: cells of (omega, tau) with a verdict each
 *   entries  enters: cells of the start with the number of layers
 */
typedef struct sn_proof {
    sn_verdict verdict;
    bool interrupted;
    size_t n_assertions, n_bounds;
    sn_assertion_result *assertions; /* as in the claim */
    sn_bound *bounds;                /* in the order of the assertions */
    sn_table *boxes, *regions, *entries;
    struct sn_chains *chains; /* how attracting and enters were proved, for a certificate */
} sn_proof;

/* Called from one thread at a time, now and then, with the number of boxes looked at in all. A
 * nonzero return asks to stop: what is proved by then stays proved, the rest is undecided. */
typedef int sn_proof_watch(void *context, size_t boxes);

typedef struct sn_proof_options {
    size_t boxes;     /* at most so many for each bound and cell; 0: 100000 */
    double tolerance; /* width of the enclosures of extremes to aim at, with a fifth of the boxes
                         once the bound is decided; 0: 1e-8 */
    unsigned pave;    /* 0: no tables; else split finely enough for a picture: that many cells or
                         more along each side (a power of 2, up to 256) */
    sn_proof_watch *watch;
    void *context;
} sn_proof_options;

/* Tries to prove and to refute the claim. The result does not depend on the number of threads.
 * options may be NULL. SN_EDOMAIN, naming the number: not a decimal, lower above upper, nu or tau
 * not positive, bias_variance negative, a parameter outside its range; SN_EUNKNOWN: the activation cannot be certified; SN_ENOMEM.
 * *out is the caller's to free, and empty after a failure. */
SN_NODISCARD sn_status sn_claim_prove(const sn_claim *claim, const sn_proof_options *options,
                                      sn_proof *out, sn_error *err);
void sn_proof_free(sn_proof *proof); /* NULL is fine */

SN_END_DECLS

#endif
