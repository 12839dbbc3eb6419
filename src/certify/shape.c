/* From one-sided terms to what each kink sees.
 *
 * f is continuous and a sum of terms, so its jump at a kink is that of the terms there, exactly;
 * those of the squares follow from  right^2 - left^2 = jump (2 left + jump).  On the left of the lowest
 * kink, where f = p + c e^(r w) with p constant, f^2 = p^2 + 2 p c e^(r w) + c^2 e^(2 r w) and
 * f'^2 = c^2 r^2 e^(2 r w). */
#include "certify/shape.h"

static void each(sn_shape *f, void (*visit)(arb_t))
{
    for (int r = 0; r < SN_SHAPE_RATES; r++)
        visit(&f->rates[r]);
    for (int h = 0; h < SN_FORMS; h++) {
        for (int r = 0; r < SN_SHAPE_RATES; r++)
            visit(&f->forms[h].factor[r]);
        for (int i = 0; i < f->n_kinks; i++)
            for (int m = 0; m < SN_SHAPE_POWERS; m++) {
                visit(&f->forms[h].at[i].left[m]);
                visit(&f->forms[h].at[i].jump[m]);
            }
    }
}

/* The kinks of the terms, ascending; a term without one counts, as its centre. And the degree. */
static void find_kinks(sn_shape *f, const sn_term *terms, int n_terms)
{
    f->n_kinks = 0;
    f->degree = 0;
    for (int t = 0; t < n_terms; t++) {
        if (terms[t].power > f->degree)
            f->degree = terms[t].power;
        int i = 0;
        while (i < f->n_kinks && f->kinks[i] < terms[t].kink)
            i++;
        if (i < f->n_kinks && f->kinks[i] == terms[t].kink)
            continue;
        for (int j = f->n_kinks++; j > i; j--)
            f->kinks[j] = f->kinks[j - 1];
        f->kinks[i] = terms[t].kink;
    }
}

/* p += factor (w + shift)^power, power at most 2. */
static void add_power(arb_ptr p, const arb_t factor, int power, slong shift, slong prec)
{
    static const int binomial[3][3] = {{1}, {1, 1}, {1, 2, 1}};
    slong scale = 1;
    for (int m = power; m >= 0; m--) {
        arb_addmul_si(p + m, factor, binomial[power][m] * scale, prec);
        scale *= shift;
    }
}

static void set_f(sn_shape *f, const sn_term *terms, int n_terms, slong prec)
{
    sn_form *out = &f->forms[SN_FORM_F];
    out->continuous = true;
    f->has_rate = false;
    for (int t = 0; t < n_terms; t++) {
        const sn_term *term = &terms[t];
        if (!arb_is_zero(term->rate)) {
            f->has_rate = true;
            arb_set(&f->rates[0], term->rate);
            arb_mul_2exp_si(&f->rates[1], term->rate, 1);
            arb_add(&out->factor[0], &out->factor[0], term->factor, prec);
            continue;
        }
        for (int i = 0; i < f->n_kinks; i++) {
            const slong shift = f->kinks[i] - term->kink;
            if (term->side == SN_EVERYWHERE || (term->side == SN_RIGHT && shift > 0)
                || (term->side == SN_LEFT && shift <= 0))
                add_power(out->at[i].left, term->factor, term->power, shift, prec);
            if (shift != 0 || term->side == SN_EVERYWHERE)
                continue;
            arb_ptr jump = out->at[i].jump + term->power;
            (term->side == SN_RIGHT ? arb_add : arb_sub)(jump, jump, term->factor, prec);
        }
    }
}

static void multiply(arb_ptr out, arb_srcptr p, arb_srcptr q, int degree, slong prec)
{
    for (int i = 0; i <= degree; i++)
        if (!arb_is_zero(p + i))
            for (int j = 0; j <= degree; j++)
                arb_addmul(out + i + j, p + i, q + j, prec);
}

/* out = in^2. Right^2 - left^2 = jump (2 left + jump). */
static void square(sn_corner *out, const sn_corner *in, int degree, slong prec)
{
    arb_ptr sum = out->left; /* a place to work */
    for (int m = 0; m <= degree; m++) {
        arb_mul_2exp_si(sum + m, &in->left[m], 1);
        arb_add(sum + m, sum + m, &in->jump[m], prec);
    }
    multiply(out->jump, in->jump, sum, degree, prec);
    for (int m = 0; m <= degree; m++)
        arb_zero(sum + m);
    multiply(out->left, in->left, in->left, degree, prec);
}

void sn_shape_differentiate(arb_ptr p, int degree, slong prec)
{
    for (int m = 0; m < degree; m++)
        arb_mul_si(p + m, p + m + 1, m + 1, prec);
    arb_zero(p + degree);
}

static void set_squares(sn_shape *f, slong prec)
{
    const sn_form *in = &f->forms[SN_FORM_F];
    sn_form *second = &f->forms[SN_FORM_SECOND], *slope = &f->forms[SN_FORM_SLOPE];
    second->continuous = true;
    slope->continuous = false;
    for (int i = 0; i < f->n_kinks; i++) {
        square(&second->at[i], &in->at[i], f->degree, prec);
        sn_corner steep;
        for (int m = 0; m < SN_SHAPE_POWERS; m++) {
            arb_init(&steep.left[m]);
            arb_init(&steep.jump[m]);
            arb_set(&steep.left[m], &in->at[i].left[m]);
            arb_set(&steep.jump[m], &in->at[i].jump[m]);
        }
        sn_shape_differentiate(steep.left, f->degree, prec);
        sn_shape_differentiate(steep.jump, f->degree, prec);
        square(&slope->at[i], &steep, f->degree, prec);
        for (int m = 0; m < SN_SHAPE_POWERS; m++) {
            arb_clear(&steep.left[m]);
            arb_clear(&steep.jump[m]);
        }
    }
    if (!f->has_rate)
        return;
    arb_mul(&second->factor[0], &in->factor[0], &in->at[0].left[0], prec);
    arb_mul_2exp_si(&second->factor[0], &second->factor[0], 1);
    arb_sqr(&second->factor[1], &in->factor[0], prec);
    arb_mul(&slope->factor[1], &in->factor[0], &f->rates[0], prec);
    arb_sqr(&slope->factor[1], &slope->factor[1], prec);
}

static void terms_each(sn_term *terms, void (*visit)(arb_t))
{
    for (int t = 0; t < SN_MAX_TERMS; t++) {
        visit(terms[t].factor);
        visit(terms[t].rate);
    }
}

void sn_shape_init(sn_shape *f, const sn_piecewise *how, arb_srcptr params)
{
    sn_term terms[SN_MAX_TERMS];
    terms_each(terms, arb_init);
    find_kinks(f, terms, how->build(terms, params, MAG_BITS));
    terms_each(terms, arb_clear);
    each(f, arb_init);
}

void sn_shape_fill(sn_shape *f, const sn_piecewise *how, arb_srcptr params, slong prec)
{
    sn_term terms[SN_MAX_TERMS];
    terms_each(terms, arb_init);
    set_f(f, terms, how->build(terms, params, prec), prec);
    terms_each(terms, arb_clear);
    set_squares(f, prec);
    for (int i = 0; i < f->n_kinks; i++) {
        f->bent[i] = i == 0 && f->has_rate;
        for (int m = 0; m <= f->degree; m++)
            f->bent[i] = f->bent[i] || !arb_is_zero(&f->forms[SN_FORM_F].at[i].jump[m]);
    }
}

void sn_shape_clear(sn_shape *f)
{
    each(f, arb_clear);
}
