/* width_algebra.h: sums and linear maps of the covariances of finite_width.h. Not installed. */
#ifndef SELFNORM_THEORY_WIDTH_ALGEBRA_H
#define SELFNORM_THEORY_WIDTH_ALGEBRA_H

#include <math.h>

#include "theory/finite_width.h"

/* [a b; c d] */
typedef struct sn_matrix {
    double a, b, c, d;
} sn_matrix;

/* j v j^T */
static inline sn_width_covariance sn_width_conjugate(const sn_matrix *j,
                                                     const sn_width_covariance *v)
{
    return (sn_width_covariance){
        .mean = j->a * j->a * v->mean + 2 * j->a * j->b * v->mean_second + j->b * j->b * v->second,
        .mean_second = j->a * j->c * v->mean + (j->a * j->d + j->b * j->c) * v->mean_second
                       + j->b * j->d * v->second,
        .second =
            j->c * j->c * v->mean + 2 * j->c * j->d * v->mean_second + j->d * j->d * v->second,
    };
}

/* a + scale b */
static inline sn_width_covariance sn_width_plus(const sn_width_covariance *a, double scale,
                                                const sn_width_covariance *b)
{
    return (sn_width_covariance){.mean = a->mean + scale * b->mean,
                                 .mean_second = a->mean_second + scale * b->mean_second,
                                 .second = a->second + scale * b->second};
}

static inline bool sn_width_finite(const sn_width_covariance *own, const sn_width_covariance *cross,
                                   const sn_width_overlap *wander)
{
    return isfinite(own->mean) && isfinite(own->mean_second) && isfinite(own->second)
           && isfinite(cross->mean) && isfinite(cross->mean_second) && isfinite(cross->second)
           && isfinite(wander->variance) && isfinite(wander->mean) && isfinite(wander->second);
}

/* Every number of the state but `valid` is one. */
static inline bool sn_width_state_finite(const sn_width_state *s)
{
    return isfinite(s->mu) && isfinite(s->xi) && isfinite(s->fourth) && isfinite(s->overlap)
           && isfinite(s->drift_mean) && isfinite(s->drift_second) && isfinite(s->drift_overlap)
           && sn_width_finite(&s->own, &s->cross, &s->wander);
}

/* Of n entries of mean x, whose deviations d_a, d_b from it in two samples have the covariance cov
 * each, and their squares and product the covariances below. */
typedef struct sn_entries {
    double x, variance, cov;
    double squares, squares_cross;  /* Cov(d_a^2, d_a^2), Cov(d_a^2, d_b^2) */
    double product, product_square; /* Var d_a d_b, Cov(d_a d_b, d_a^2) */
} sn_entries;

/* Of (z, z^2) of one sample, between those of two, and of z_a z_b. */
static inline sn_width_covariance sn_width_of_entries(double x, double d, double squares)
{
    return (sn_width_covariance){
        .mean = d, .mean_second = 2 * x * d, .second = squares + 4 * x * x * d};
}

static inline sn_width_overlap sn_width_wander_of_entries(const sn_entries *e)
{
    const double both = e->variance + e->cov, x = e->x;
    return (sn_width_overlap){.variance = 2 * x * x * both + e->product,
                              .mean = x * both,
                              .second = 2 * x * x * both + e->product_square};
}

#endif
