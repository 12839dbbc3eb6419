/* products.h: Gaussian expectations E[F_i(t) F_j(t)], t ~ N(0, 1), of all pairs of a few functions.
 * Not installed; overlap.h and powers.h are made of them. */
#ifndef SELFNORM_THEORY_PRODUCTS_H
#define SELFNORM_THEORY_PRODUCTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum { SN_PRODUCT_NODES = 16, SN_MAX_FACTORS = 9, SN_MAX_FEATURES = 34 };

/* A place where the functions vary faster than the Gaussian, in t. Panels are at most `fine` wide
 * up to the distance `near` from it, and beyond that at most the larger of `base` and half the
 * distance. exact: panels end at `at` and at both ends of `near`. */
typedef struct sn_feature {
    double at, near, fine, base;
    bool exact;
} sn_feature;

typedef struct sn_factors {
    const char *name; /* for messages */
    size_t n;         /* functions */
    size_t judged;    /* the first that many are integrated to full accuracy, the rest go along */
    /* What errors of E F_i^2 are held against where that is less; 0 for a function that is its own
     * measure. Without it, one that is rounding alone would be chased. */
    double floor[SN_MAX_FACTORS];
    double noise[SN_MAX_FACTORS]; /* size of the rounding of each, which is not chased either */
    bool half;                    /* over t > 0 only and doubled: every function is even or odd */
    /* value[i][k] becomes F_i(t[k]). */
    void (*sample)(const void *context, const double t[SN_PRODUCT_NODES],
                   double value[][SN_PRODUCT_NODES]);
    const void *context;
    size_t n_features;
    sn_feature features[SN_MAX_FEATURES];
} sn_factors;

typedef struct sn_products {
    double value[SN_MAX_FACTORS][SN_MAX_FACTORS]; /* E[F_i F_j] */
    /* Estimated error of E F_i^2, absolute; that of E[F_i F_j] is at most the root of the product
     * of two of them. Of the rule alone: what is wrong with the functions is not in it. */
    double error[SN_MAX_FACTORS];
} sn_products;

/* By panels of 16 Gauss-Legendre nodes. No allocation, thread-safe. SN_ENOCONV: a product left the
 * numbers where it still has weight. */
SN_NODISCARD sn_status sn_products_integrate(const sn_factors *factors, sn_products *out,
                                             sn_error *err);

#endif
