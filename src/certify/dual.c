/* Forward differentiation in ball arithmetic. */
#include "certify/dual.h"

void sn_dual_init(sn_dual *a)
{
    arb_init(&a->v);
    for (int i = 0; i < SN_BOX_DIM; i++)
        arb_init(&a->d[i]);
}

void sn_dual_clear(sn_dual *a)
{
    arb_clear(&a->v);
    for (int i = 0; i < SN_BOX_DIM; i++)
        arb_clear(&a->d[i]);
}

void sn_dual_add(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c)
{
    arb_add(&out->v, &a->v, &b->v, c->prec);
    for (int i = 0; i < c->depth; i++)
        arb_add(&out->d[i], &a->d[i], &b->d[i], c->prec);
}

void sn_dual_sub(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c)
{
    arb_sub(&out->v, &a->v, &b->v, c->prec);
    for (int i = 0; i < c->depth; i++)
        arb_sub(&out->d[i], &a->d[i], &b->d[i], c->prec);
}

void sn_dual_scale(sn_dual *out, const sn_dual *a, const arb_t factor, const sn_dual_context *c)
{
    arb_mul(&out->v, &a->v, factor, c->prec);
    for (int i = 0; i < c->depth; i++)
        arb_mul(&out->d[i], &a->d[i], factor, c->prec);
}

void sn_dual_mul(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c)
{
    arb_mul(&out->v, &a->v, &b->v, c->prec);
    for (int i = 0; i < c->depth; i++) {
        arb_mul(&out->d[i], &a->v, &b->d[i], c->prec);
        arb_addmul(&out->d[i], &a->d[i], &b->v, c->prec);
    }
}

/* Cuts a ball down to -1 .. 1, where its number is known to be. */
static void clamp_unit(arb_t a, slong prec)
{
    arb_t unit, cut;
    arb_init(unit);
    arb_init(cut);
    mag_one(arb_radref(unit));
    if (!arb_is_finite(a) || !arb_intersection(cut, a, unit, prec))
        arb_set(cut, unit);
    arb_swap(a, cut);
    arb_clear(unit);
    arb_clear(cut);
}

/* sqrt for a number that is known not to be negative. */
static void root(arb_t out, const arb_t a, slong prec)
{
    arb_sqrtpos(out, a, prec);
}

void sn_dual_hypot(sn_dual *out, const sn_dual *a, const sn_dual *b, const sn_dual_context *c)
{
    arb_t p, q;
    arb_init(p);
    arb_init(q);
    sn_ball_sqr(p, &a->v, c->prec);
    sn_ball_sqr(q, &b->v, c->prec);
    arb_add(p, p, q, c->prec);
    root(&out->v, p, c->prec);
    if (c->depth > 0) {
        arb_div(p, &a->v, &out->v, c->prec);
        arb_div(q, &b->v, &out->v, c->prec);
        clamp_unit(p, c->prec);
        clamp_unit(q, c->prec);
        for (int i = 0; i < c->depth; i++) {
            arb_mul(&out->d[i], p, &a->d[i], c->prec);
            arb_addmul(&out->d[i], q, &b->d[i], c->prec);
        }
    }
    arb_clear(p);
    arb_clear(q);
}

void sn_dual_sqrt(sn_dual *out, const sn_dual *a, const sn_dual_context *c)
{
    root(&out->v, &a->v, c->prec);
    if (c->depth == 0)
        return;
    arb_t slope;
    arb_init(slope);
    arb_inv(slope, &out->v, c->prec); /* not finite where a touches 0 */
    arb_mul_2exp_si(slope, slope, -1);
    for (int i = 0; i < c->depth; i++)
        arb_mul(&out->d[i], slope, &a->d[i], c->prec);
    arb_clear(slope);
}

void sn_dual_abs(sn_dual *out, const sn_dual *a, const sn_dual_context *c)
{
    arb_t sign;
    arb_init(sign);
    if (arb_is_nonnegative(&a->v))
        arb_one(sign);
    else if (arb_is_nonpositive(&a->v))
        arb_set_si(sign, -1);
    else
        mag_one(arb_radref(sign)); /* all slopes of |.| */
    arb_abs(&out->v, &a->v);
    if (arb_contains_negative(&out->v))
        arb_nonnegative_part(&out->v, &out->v);
    for (int i = 0; i < c->depth; i++)
        arb_mul(&out->d[i], sign, &a->d[i], c->prec);
    arb_clear(sign);
}

void sn_dual_chain(sn_dual *out, const arb_t g, const arb_t g_x, const arb_t g_y, const sn_dual *x,
                   const sn_dual *y, const sn_dual_context *c)
{
    arb_set(&out->v, g);
    for (int i = 0; i < c->depth; i++) {
        arb_mul(&out->d[i], g_x, &x->d[i], c->prec);
        arb_addmul(&out->d[i], g_y, &y->d[i], c->prec);
    }
}
