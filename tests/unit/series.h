/* series.h: the few steps on power series of balls that the formulas of reference.c are made of. */
#ifndef TESTS_SERIES_H
#define TESTS_SERIES_H

#include "reference.h"

/* What a formula works with: the activation's parameters, and how long and how precise a series. */
typedef struct context {
    const double *params;
    slong length, prec;
} context;

static inline void add_integer(arb_poly_t f, slong n, const context *c)
{
    arb_t constant;
    arb_init(constant);
    arb_poly_get_coeff_arb(constant, f, 0);
    arb_add_si(constant, constant, n, c->prec);
    arb_poly_set_coeff_arb(f, 0, constant);
    arb_clear(constant);
}

static inline void scale(arb_poly_t f, double factor, const context *c)
{
    arb_t ball;
    arb_init(ball);
    arb_set_d(ball, factor);
    arb_poly_scalar_mul(f, f, ball, c->prec);
    arb_clear(ball);
}

static inline void divide(arb_poly_t f, double divisor, const context *c)
{
    arb_t ball;
    arb_init(ball);
    arb_set_d(ball, divisor);
    arb_poly_scalar_div(f, f, ball, c->prec);
    arb_clear(ball);
}

static inline void indeterminate(arb_poly_t f, const context *c)
{
    arb_t ball;
    arb_init(ball);
    arb_indeterminate(ball);
    for (slong i = 0; i < c->length; i++)
        arb_poly_set_coeff_arb(f, i, ball);
    arb_clear(ball);
}

/* Whether z lies above the bound (1), below or on it (0), or is a ball across it (-1). */
static inline int above(const arb_poly_t z, slong bound)
{
    arb_t at;
    arb_init(at);
    arb_poly_get_coeff_arb(at, z, 0);
    arb_sub_si(at, at, bound, ARF_PREC_EXACT);
    const int result = arb_is_positive(at) ? 1 : arb_is_nonpositive(at) ? 0 : -1;
    arb_clear(at);
    return result;
}

#endif
