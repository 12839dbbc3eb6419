/* The activations made of polynomials and exponentials, as sums of one-sided terms. */
#include "certify/jets.h"

/* One more term: its balls are 0 and of it only the factor is left to set. */
static arb_ptr add(sn_term *terms, int *count, sn_side side, int power, slong kink)
{
    sn_term *term = &terms[(*count)++];
    term->side = side;
    term->power = power;
    term->kink = kink;
    return term->factor;
}

static void add_integer(sn_term *terms, int *count, sn_side side, int power, slong kink,
                        slong factor)
{
    arb_set_si(add(terms, count, side, power, kink), factor);
}

/* scale (z, or on the left depth (e^(rate z) - 1)) */
static int exponential_unit(sn_term terms[SN_MAX_TERMS], const arb_t scale, const arb_t depth,
                            const arb_t rate, slong prec)
{
    int count = 0;
    arb_set(add(terms, &count, SN_RIGHT, 1, 0), scale);
    arb_ptr wave = add(terms, &count, SN_LEFT, 0, 0);
    arb_mul(wave, scale, depth, prec);
    arb_set(terms[count - 1].rate, rate);
    arb_neg(add(terms, &count, SN_LEFT, 0, 0), wave);
    return count;
}

/* z - from, at least 0 and at most to - from */
static int ramp(sn_term terms[SN_MAX_TERMS], slong from, slong to)
{
    int count = 0;
    add_integer(terms, &count, SN_RIGHT, 1, from, 1);
    add_integer(terms, &count, SN_RIGHT, 1, to, -1);
    return count;
}

static int linear(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    int count = 0;
    add_integer(terms, &count, SN_EVERYWHERE, 1, 0, 1);
    return count;
}

static int relu(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    int count = 0;
    add_integer(terms, &count, SN_RIGHT, 1, 0, 1);
    return count;
}

static int leaky_relu(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)prec;
    enum { SLOPE };
    int count = 0;
    add_integer(terms, &count, SN_RIGHT, 1, 0, 1);
    arb_set(add(terms, &count, SN_LEFT, 1, 0), params + SLOPE);
    return count;
}

static int relu6(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    return ramp(terms, 0, 6);
}

static int hardtanh(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    int count = ramp(terms, -1, 1);
    add_integer(terms, &count, SN_EVERYWHERE, 0, 0, -1);
    return count;
}

static int hardsigmoid(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    return ramp(terms, -3, 3);
}

/* On the ramp z (z + 3) = (z + 3)^2 - 3 (z + 3),
 * above it 6 z = z (z + 3) - (z - 3)^2 - 3 (z - 3). */
static int hardswish(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    (void)params, (void)prec;
    int count = 0;
    add_integer(terms, &count, SN_RIGHT, 2, -3, 1);
    add_integer(terms, &count, SN_RIGHT, 1, -3, -3);
    add_integer(terms, &count, SN_RIGHT, 2, 3, -1);
    add_integer(terms, &count, SN_RIGHT, 1, 3, -3);
    return count;
}

static int elu(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    enum { ALPHA };
    arb_t one;
    arb_init(one);
    arb_one(one);
    const int count = exponential_unit(terms, one, params + ALPHA, one, prec);
    arb_clear(one);
    return count;
}

static int celu(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    enum { ALPHA };
    arb_t one, rate;
    arb_init(one);
    arb_init(rate);
    arb_one(one);
    arb_inv(rate, params + ALPHA, prec);
    const int count = exponential_unit(terms, one, params + ALPHA, rate, prec);
    arb_clear(one);
    arb_clear(rate);
    return count;
}

static int selu(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec)
{
    enum { ALPHA, LAMBDA };
    arb_t one;
    arb_init(one);
    arb_one(one);
    const int count = exponential_unit(terms, params + LAMBDA, params + ALPHA, one, prec);
    arb_clear(one);
    return count;
}

const sn_piecewise sn_piecewise_linear = {linear, 1};
const sn_piecewise sn_piecewise_relu = {relu, 1};
const sn_piecewise sn_piecewise_leaky_relu = {leaky_relu, 1};
const sn_piecewise sn_piecewise_relu6 = {relu6, 1};
const sn_piecewise sn_piecewise_hardtanh = {hardtanh, 1};
const sn_piecewise sn_piecewise_hardsigmoid = {hardsigmoid, 6};
const sn_piecewise sn_piecewise_hardswish = {hardswish, 6};
const sn_piecewise sn_piecewise_elu = {elu, 1};
const sn_piecewise sn_piecewise_celu = {celu, 1};
const sn_piecewise sn_piecewise_selu = {selu, 1};
