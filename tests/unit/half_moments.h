/* half_moments.h: the constants of a target by ball arithmetic, for tests: the textbook formulas at
 * so many bits that cancellation is of no account. Shares nothing with the engine. */
#ifndef TESTS_HALF_MOMENTS_H
#define TESTS_HALF_MOMENTS_H

#if __has_include(<arb.h>)
#include <arb.h>
#include <arb_hypgeom.h>
#else
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#endif

enum { HALF_BITS = 1024 };

/* P, P2, N, N2 of paper.md for z ~ N(x, y). */
typedef struct half_moments {
    arb_t p, p2, n, n2;
} half_moments;

static inline void half_moments_clear(half_moments *h)
{
    arb_clear(h->p);
    arb_clear(h->p2);
    arb_clear(h->n);
    arb_clear(h->n2);
}

/* e^(k x + k^2 y / 2) P(z <= -k y), which is E[e^(k z) 1{z <= 0}]. */
static inline void half_exponential(arb_t out, double k, double x, double y)
{
    arb_t u, v;
    arb_init(u);
    arb_init(v);
    arb_set_d(u, y);
    arb_mul_2exp_si(u, u, 1);
    arb_sqrt(u, u, HALF_BITS);
    arb_set_d(v, y);
    arb_mul_si(v, v, (long)k, HALF_BITS);
    arb_set_d(out, x);
    arb_add(v, v, out, HALF_BITS);
    arb_div(u, v, u, HALF_BITS);
    arb_hypgeom_erfc(u, u, HALF_BITS);
    arb_add(v, v, out, HALF_BITS); /* 2 x + k y */
    arb_mul_si(v, v, (long)k, HALF_BITS);
    arb_mul_2exp_si(v, v, -1);
    arb_exp(v, v, HALF_BITS);
    arb_mul(out, u, v, HALF_BITS);
    arb_mul_2exp_si(out, out, -1);
    arb_clear(u);
    arb_clear(v);
}

static inline void half_moments_init(half_moments *h, double x, double y)
{
    arb_t ax, ay, weight, density, e;
    arb_init(ax);
    arb_init(ay);
    arb_init(weight);
    arb_init(density);
    arb_init(e);
    arb_init(h->p);
    arb_init(h->p2);
    arb_init(h->n);
    arb_init(h->n2);
    arb_set_d(ax, x);
    arb_set_d(ay, y);

    half_exponential(weight, 0, -x, y); /* P(z > 0) */
    arb_mul(density, ax, ax, HALF_BITS);
    arb_div(density, density, ay, HALF_BITS);
    arb_mul_2exp_si(density, density, -1);
    arb_neg(density, density);
    arb_exp(density, density, HALF_BITS);
    arb_const_pi(e, HALF_BITS);
    arb_mul_2exp_si(e, e, 1);
    arb_div(e, ay, e, HALF_BITS);
    arb_sqrt(e, e, HALF_BITS);
    arb_mul(density, density, e, HALF_BITS); /* y times the density of z at 0 */

    arb_mul(h->p, ax, weight, HALF_BITS);
    arb_add(h->p, h->p, density, HALF_BITS);
    arb_mul(h->p2, ax, h->p, HALF_BITS);
    arb_addmul(h->p2, ay, weight, HALF_BITS);

    half_exponential(weight, 0, x, y);
    half_exponential(e, 1, x, y);
    half_exponential(h->n2, 2, x, y);
    arb_sub(h->n, e, weight, HALF_BITS);
    arb_submul_si(h->n2, e, 2, HALF_BITS);
    arb_add(h->n2, h->n2, weight, HALF_BITS);

    arb_clear(ax);
    arb_clear(ay);
    arb_clear(weight);
    arb_clear(density);
    arb_clear(e);
}

static inline double half_double(const arb_t a)
{
    return arf_get_d(arb_midref(a), ARF_RND_NEAR);
}

#endif
