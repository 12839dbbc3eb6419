/* Each formula is the definition in print, not the form the activation is computed in: the working
 * precision pays for the cancellation. */
#include "reference.h"

#include <string.h>

#include "series.h"

/* f(z) on power series: z is the point plus the variable. f and z are never the same. */
typedef void formula(arb_poly_t f, const arb_poly_t z, const context *c);

/* --- made of straight pieces ------------------------------------------------------------------ */

static void linear(arb_poly_t f, const arb_poly_t z, const context *c)
{
    (void)c;
    arb_poly_set(f, z);
}

static void bent(arb_poly_t f, const arb_poly_t z, double slope, const context *c)
{
    const int side = above(z, 0);
    arb_poly_set(f, z);
    if (side < 0)
        indeterminate(f, c);
    else if (side == 0)
        scale(f, slope, c);
}

static void relu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    bent(f, z, 0, c);
}

static void leaky_relu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    bent(f, z, c->params[0], c);
}

static void clamp(arb_poly_t f, const arb_poly_t z, slong from, slong to, const context *c)
{
    const int past_from = above(z, from), past_to = above(z, to);
    if (past_from < 0 || past_to < 0) {
        indeterminate(f, c);
    } else if (past_from && !past_to) {
        arb_poly_set(f, z);
    } else {
        arb_poly_zero(f);
        add_integer(f, past_to ? to : from, c);
    }
}

static void relu6(arb_poly_t f, const arb_poly_t z, const context *c)
{
    clamp(f, z, 0, 6, c);
}

static void hardtanh(arb_poly_t f, const arb_poly_t z, const context *c)
{
    clamp(f, z, -1, 1, c);
}

static void hardsigmoid(arb_poly_t f, const arb_poly_t z, const context *c)
{
    clamp(f, z, -3, 3, c);
    add_integer(f, 3, c);
    divide(f, 6, c);
}

/* z gate(z) */
static void gated(arb_poly_t f, const arb_poly_t z, formula *gate, const context *c)
{
    arb_poly_t g;
    arb_poly_init(g);
    gate(g, z, c);
    arb_poly_mullow(f, z, g, c->length, c->prec);
    arb_poly_clear(g);
}

static void hardswish(arb_poly_t f, const arb_poly_t z, const context *c)
{
    gated(f, z, hardsigmoid, c);
}

static void softsign(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t d;
    arb_poly_init(d);
    bent(d, z, -1, c);
    add_integer(d, 1, c);
    arb_poly_div_series(f, z, d, c->length, c->prec);
    arb_poly_clear(d);
}

/* --- made of exponentials ----------------------------------------------------------------------
 */

static void exponential_unit(arb_poly_t f, const arb_poly_t z, double depth, const context *c)
{
    const int side = above(z, 0);
    if (side < 0) {
        indeterminate(f, c);
    } else if (side > 0) {
        arb_poly_set(f, z);
    } else {
        arb_poly_exp_series(f, z, c->length, c->prec);
        add_integer(f, -1, c);
        scale(f, depth, c);
    }
}

static void elu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    exponential_unit(f, z, c->params[0], c);
}

static void celu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t t;
    arb_poly_init(t);
    arb_poly_set(t, z);
    divide(t, c->params[0], c);
    exponential_unit(f, t, 1, c);
    scale(f, c->params[0], c);
    arb_poly_clear(t);
}

static void selu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    exponential_unit(f, z, c->params[0], c);
    scale(f, c->params[1], c);
}

static void serlu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    const int side = above(z, 0);
    if (side < 0) {
        indeterminate(f, c);
    } else if (side > 0) {
        arb_poly_set(f, z);
    } else {
        arb_poly_exp_series(f, z, c->length, c->prec);
        arb_poly_mullow(f, f, z, c->length, c->prec);
        scale(f, c->params[0], c);
    }
    scale(f, c->params[1], c);
}

static void sigmoid(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t e;
    arb_poly_init(e);
    arb_poly_neg(e, z);
    arb_poly_exp_series(e, e, c->length, c->prec);
    add_integer(e, 1, c);
    arb_poly_inv_series(f, e, c->length, c->prec);
    arb_poly_clear(e);
}

static void silu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    gated(f, z, sigmoid, c);
}

/* (1 - e) / (1 + e) with e = e^-2z, or with e = e^2z and the other sign: e is the smaller one. */
static void hyperbolic_tangent(arb_poly_t f, const arb_poly_t z, const context *c)
{
    const double sign = above(z, 0) == 0 ? -1 : 1;
    arb_poly_t e;
    arb_poly_init(e);
    arb_poly_set(e, z);
    scale(e, -2 * sign, c);
    arb_poly_exp_series(e, e, c->length, c->prec);
    arb_poly_neg(f, e);
    add_integer(f, 1, c);
    add_integer(e, 1, c);
    arb_poly_div_series(f, f, e, c->length, c->prec);
    scale(f, sign, c);
    arb_poly_clear(e);
}

static void softplus(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t e;
    arb_poly_init(e);
    arb_poly_exp_series(e, z, c->length, c->prec);
    arb_poly_log1p_series(f, e, c->length, c->prec);
    arb_poly_clear(e);
}

static void tanh_of_softplus(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t t;
    arb_poly_init(t);
    softplus(t, z, c);
    hyperbolic_tangent(f, t, c);
    arb_poly_clear(t);
}

static void mish(arb_poly_t f, const arb_poly_t z, const context *c)
{
    gated(f, z, tanh_of_softplus, c);
}

/* (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3))) / 2 */
static void tanh_gate(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t u;
    arb_t factor;
    arb_poly_init(u);
    arb_init(factor);
    arb_poly_pow_ui_trunc_binexp(u, z, 3, c->length, c->prec);
    scale(u, 44715, c);
    divide(u, 1000000, c);
    arb_poly_add(u, u, z, c->prec);
    arb_const_pi(factor, c->prec);
    arb_ui_div(factor, 2, factor, c->prec);
    arb_sqrt(factor, factor, c->prec);
    arb_poly_scalar_mul(u, u, factor, c->prec);
    hyperbolic_tangent(f, u, c);
    add_integer(f, 1, c);
    divide(f, 2, c);
    arb_poly_clear(u);
    arb_clear(factor);
}

static void gelu_tanh(arb_poly_t f, const arb_poly_t z, const context *c)
{
    gated(f, z, tanh_gate, c);
}

/* --- and of the rest ---------------------------------------------------------------------------
 */

static void sine(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_sin_series(f, z, c->length, c->prec);
}

static void error_function(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_hypgeom_erf_series(f, z, c->length, c->prec);
}

/* Phi(z) = erfc(-z / sqrt 2) / 2 */
static void normal_distribution(arb_poly_t f, const arb_poly_t z, const context *c)
{
    arb_poly_t t;
    arb_t root;
    arb_poly_init(t);
    arb_init(root);
    arb_sqrt_ui(root, 2, c->prec);
    arb_poly_neg(t, z);
    arb_poly_scalar_div(t, t, root, c->prec);
    arb_hypgeom_erfc_series(f, t, c->length, c->prec);
    divide(f, 2, c);
    arb_poly_clear(t);
    arb_clear(root);
}

static void gelu(arb_poly_t f, const arb_poly_t z, const context *c)
{
    gated(f, z, normal_distribution, c);
}

static const struct {
    const char *name;
    formula *formula;
} table[] = {
    {"linear", linear},
    {"relu", relu},
    {"leaky_relu", leaky_relu},
    {"relu6", relu6},
    {"elu", elu},
    {"celu", celu},
    {"selu", selu},
    {"serlu", serlu},
    {"sigmoid", sigmoid},
    {"tanh", hyperbolic_tangent},
    {"erf", error_function},
    {"softplus", softplus},
    {"softsign", softsign},
    {"silu", silu},
    {"gelu", gelu},
    {"gelu_tanh", gelu_tanh},
    {"mish", mish},
    {"hardswish", hardswish},
    {"sin", sine},
    {"hardtanh", hardtanh},
    {"hardsigmoid", hardsigmoid},
};

static formula *find(const sn_activation_type *type)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, type->name) == 0)
            return table[i].formula;
    return NULL;
}

bool reference_known(const sn_activation_type *type)
{
    return find(type) != NULL;
}

void reference_series(arb_poly_t out, const sn_activation *f, const arb_t z, slong length,
                      slong prec)
{
    arb_poly_t at;
    arb_poly_init(at);
    arb_poly_set_coeff_si(at, 1, 1);
    arb_poly_set_coeff_arb(at, 0, z);
    find(f->type)(out, at, &(context){f->params, length, prec});
    arb_poly_truncate(out, length);
    arb_poly_clear(at);
}

static void coefficient(arb_t out, const sn_activation *f, const arb_t z, slong degree, slong prec)
{
    arb_poly_t series;
    arb_poly_init(series);
    reference_series(series, f, z, degree + 1, prec);
    arb_poly_get_coeff_arb(out, series, degree);
    arb_poly_clear(series);
}

void reference_value(arb_t out, const sn_activation *f, const arb_t z, slong prec)
{
    coefficient(out, f, z, 0, prec);
}

void reference_derivative(arb_t out, const sn_activation *f, const arb_t z, slong prec)
{
    coefficient(out, f, z, 1, prec);
}
