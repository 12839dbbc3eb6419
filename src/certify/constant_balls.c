/* The SELU constants of a target, enclosed.
 *
 * Let P, P2 be the first and second moment of z+ under z ~ N(x, y), and -n < 0, N2 those of
 * (e^z - 1) 1{z <= 0}. The pieces do not overlap, so that with K = mu^2 + nu a target asks for
 *
 *     lambda (P - alpha n) = mu,        lambda^2 (P2 + alpha^2 N2) = K.
 *
 * mu = 0. lambda > 0 leaves alpha = P / n, and then lambda = sqrt(K / (P2 + alpha^2 N2)): exactly
 * one solution.
 *
 * mu != 0. Then a pair solves the target with lambda > 0 if and only if
 *
 *     (P - alpha n)^2 K = mu^2 (P2 + alpha^2 N2),  sign(P - alpha n) = sign(mu),
 *     lambda = mu / (P - alpha n):
 *
 * "only if" by eliminating lambda, "if" by inserting it. This is a alpha^2 - 2 K P n alpha + c = 0
 * with a = K n^2 - mu^2 N2 and c = K P^2 - mu^2 P2. A quarter of its discriminant is mu^2 D,
 *
 *     D = K (P2 n^2 + P^2 N2) - mu^2 P2 N2 = P2 a + K P^2 N2.
 *
 * So for D < 0 there is no root, and for D > 0 and a != 0 there are two,
 *
 *     near:  alpha = c / L,    P - alpha n =  |mu| (|mu| P2 n + P sqrt(D)) / L > 0
 *     far:   alpha = L / a,    P - alpha n = -|mu| (|mu| P N2 + n sqrt(D)) / a
 *
 * where L = K P n + |mu| sqrt(D) > 0; the right column is algebra, by K P^2 - c = mu^2 P2 and
 * K n^2 - a = mu^2 N2. The near root has lambda > 0 for mu > 0, the far one for mu a < 0. Hence
 *
 *     mu < 0, a > 0           one, far (D > 0 comes with a > 0)
 *     mu < 0, a < 0           none: neither root has the sign, if there is one
 *     mu > 0, a > 0           one, near
 *     mu > 0, a < 0, D > 0    two, near and far; near - far = -2 |mu| sqrt(D) / a > 0
 *     mu > 0, D < 0           none
 *
 * with lambda = L / (|mu| P2 n + P sqrt(D)) near, |a| / (|mu| P N2 + n sqrt(D)) far. Existence and
 * number are proved once the signs are, which balls do by not containing 0. That a = 0 (linear, one
 * root is lost) or D = 0 (both meet) balls cannot prove: it remains undecided. At mu = 0 the near
 * formulas give the one solution of that case. Nothing is subtracted but in n, N2, P, a, c and D,
 * and more bits make up for what cancels there. */
#include "certify/constant_balls.h"

#include <limits.h>
#include <string.h>

enum { FIRST_LOSS = 64, LARGEST_LOSS = 65536, LARGEST_EXPONENT = 3322 };

static const char UNDECIDED[] =
    "undecided: 65536 bits more than asked for do not tell the target from one on a border of "
    "solvability, or one side of 0 has next to no weight";

void sn_constant_balls_init(sn_constant_balls *balls)
{
    for (int i = 0; i < SN_EXACT_MAX_SOLUTIONS; i++) {
        arb_init(balls->alpha[i]);
        arb_init(balls->lambda[i]);
    }
    balls->count = SN_NOT_DECIDED;
    balls->reason = "undecided: nothing was computed";
}

void sn_constant_balls_clear(sn_constant_balls *balls)
{
    for (int i = 0; i < SN_EXACT_MAX_SOLUTIONS; i++) {
        arb_clear(balls->alpha[i]);
        arb_clear(balls->lambda[i]);
    }
}

/* The letters above as indices of one vector; M is |mu|, T1 to T3 are scratch. */
enum { M, NU, OMEGA, TAU, X, Y, P, P2, N, N2, K, A, C, D, L, T1, T2, T3, LETTERS };

/* Whether the decimal is 0, exactly. */
static bool is_zero(const char *decimal)
{
    const char *digit = decimal + strcspn(decimal, "123456789eE");
    return *digit < '1' || *digit > '9';
}

static sn_status read_number(arb_t out, const char *name, const char *text, bool positive,
                             slong prec, sn_error *err)
{
    if (!sn_ball_set_decimal(out, text, prec))
        return sn_fail(err, SN_EDOMAIN, "%s is '%.60s', allowed is a decimal number", name, text);
    if (is_zero(text))
        arb_zero(out);
    if (positive && !arb_is_positive(out))
        return sn_fail(err, SN_EDOMAIN, "%s is %.60s, allowed is %s > 0", name, text, name);
    if (!arb_is_zero(out)
        && (arf_cmpabs_2exp_si(arb_midref(out), LARGEST_EXPONENT) > 0
            || arf_cmpabs_2exp_si(arb_midref(out), -LARGEST_EXPONENT) < 0))
        return sn_fail(err, SN_EDOMAIN, "%s is %.60s, allowed is a size from 1e-1000 to 1e1000",
                       name, text);
    return SN_OK;
}

/* mu into M still, with its sign. */
static sn_status read_target(arb_ptr q, const sn_exact_target *target, slong prec, sn_error *err)
{
    if ((int)target->map < 0 || target->map >= SN_MAP_COUNT)
        return sn_fail(err, SN_EDOMAIN, "map is %d, allowed is 0 to %d", (int)target->map,
                       SN_MAP_COUNT - 1);
    sn_status status = read_number(q + M, "mu", target->mu, false, prec, err);
    if (status == SN_OK)
        status = read_number(q + NU, "nu", target->nu, true, prec, err);
    if (status == SN_OK)
        status = read_number(q + OMEGA, "omega", target->omega, false, prec, err);
    if (status == SN_OK)
        status = read_number(q + TAU, "tau", target->tau, true, prec, err);
    return status;
}

/* K, and mean and variance of the pre-activation. */
static void set_preactivation(arb_ptr q, sn_map_kind map, slong prec)
{
    arb_sqr(q + K, q + M, prec);
    arb_add(q + K, q + K, q + NU, prec);
    arb_mul(q + Y, q + TAU, map == SN_MAP_ENSEMBLE ? q + K : q + NU, prec);
    if (map == SN_MAP_CENTRED)
        arb_zero(q + X);
    else
        arb_mul(q + X, q + M, q + OMEGA, prec);
}

/* erfc decreases, so its values on a ball lie between those at the ends. Arb's own bound of how far
 * erfc changes over a ball takes e^(-u^2) in a few bits, too few of them for large u. */
static void set_erfc(arb_t out, const arb_t u, slong prec)
{
    if (arf_cmp_2exp_si(arb_midref(u), 8) <= 0) {
        arb_hypgeom_erfc(out, u, prec);
        return;
    }
    arb_t low, high;
    arb_init(low);
    arb_init(high);
    arb_get_lbound_arf(arb_midref(low), u, prec);
    arb_get_ubound_arf(arb_midref(high), u, prec);
    arb_hypgeom_erfc(low, low, prec);
    arb_hypgeom_erfc(high, high, prec);
    arb_union(out, high, low, prec);
    arb_clear(low);
    arb_clear(high);
}

/* E[e^(k z) 1{z <= 0}] = e^(k x + k^2 y / 2) Phi(-(x + k y) / sqrt(y)). */
static void half_exponential(arb_t out, ulong k, arb_ptr q, slong prec)
{
    arb_ptr u = q + T2, v = q + T3;
    arb_mul_ui(v, q + Y, k, prec);
    arb_add(v, v, q + X, prec);
    arb_mul_2exp_si(u, q + Y, 1);
    arb_rsqrt(u, u, prec);
    arb_mul(u, u, v, prec);
    set_erfc(u, u, prec);
    arb_add(v, v, q + X, prec); /* 2 x + k y */
    arb_mul_ui(v, v, k, prec);
    arb_mul_2exp_si(v, v, -1);
    arb_exp(v, v, prec);
    arb_mul(out, u, v, prec);
    arb_mul_2exp_si(out, out, -1);
}

/* The right side by integration by parts: with the weight W = P(z > 0) and the density phi of z at
 * 0, P = x W + y phi and P2 = x P + y W. */
static void set_moments(arb_ptr q, slong prec)
{
    arb_ptr left = q + T1, weight = q + T2, density = q + T3;
    half_exponential(left, 0, q, prec);
    half_exponential(q + N, 1, q, prec);
    half_exponential(q + N2, 2, q, prec);
    arb_submul_ui(q + N2, q + N, 2, prec);
    arb_add(q + N2, q + N2, left, prec);
    arb_sub(q + N, left, q + N, prec);

    /* W is a difference where x << 0, and better a function of its own. */
    arb_mul_2exp_si(weight, q + Y, 1);
    arb_rsqrt(weight, weight, prec);
    arb_mul(weight, weight, q + X, prec);
    arb_sqr(density, weight, prec);
    if (arb_is_positive(q + X)) {
        arb_sub_ui(weight, left, 1, prec);
        arb_neg(weight, weight);
    } else {
        arb_neg(weight, weight);
        set_erfc(weight, weight, prec);
        arb_mul_2exp_si(weight, weight, -1);
    }
    arb_neg(density, density);
    arb_exp(density, density, prec);
    arb_const_pi(left, prec);
    arb_mul_2exp_si(left, left, 1);
    arb_div(left, q + Y, left, prec);
    arb_sqrt(left, left, prec);
    arb_mul(density, density, left, prec); /* y phi */

    arb_mul(q + P, q + X, weight, prec);
    arb_add(q + P, q + P, density, prec);
    arb_mul(q + P2, q + X, q + P, prec);
    arb_addmul(q + P2, q + Y, weight, prec);
}

static void set_coefficients(arb_ptr q, slong prec)
{
    arb_abs(q + M, q + M);
    arb_sqr(q + T1, q + M, prec);
    arb_sqr(q + T2, q + N, prec);
    arb_mul(q + A, q + K, q + T2, prec);
    arb_submul(q + A, q + T1, q + N2, prec);
    arb_sqr(q + T2, q + P, prec);
    arb_mul(q + C, q + K, q + T2, prec);
    arb_submul(q + C, q + T1, q + P2, prec);
    arb_mul(q + D, q + P2, q + A, prec);
    arb_mul(q + T2, q + T2, q + N2, prec);
    arb_addmul(q + D, q + T2, q + K, prec);
}

static void set_near(arb_t alpha, arb_t lambda, arb_ptr q, slong prec)
{
    arb_div(alpha, q + C, q + L, prec);
    arb_mul(q + T1, q + M, q + P2, prec);
    arb_mul(q + T1, q + T1, q + N, prec);
    arb_addmul(q + T1, q + P, q + D, prec); /* D is its root by now */
    arb_div(lambda, q + L, q + T1, prec);
}

static void set_far(arb_t alpha, arb_t lambda, arb_ptr q, slong prec)
{
    arb_div(alpha, q + L, q + A, prec);
    arb_mul(q + T1, q + M, q + P, prec);
    arb_mul(q + T1, q + T1, q + N2, prec);
    arb_addmul(q + T1, q + N, q + D, prec);
    arb_abs(q + T2, q + A);
    arb_div(lambda, q + T2, q + T1, prec);
}

/* The rows of the opening comment. */
static void decide(sn_constant_balls *out, int mu_sign, arb_srcptr q)
{
    const int a = arb_is_positive(q + A) ? 1 : arb_is_negative(q + A) ? -1 : 0;
    const int d = arb_is_positive(q + D) ? 1 : arb_is_negative(q + D) ? -1 : 0;
    out->count = SN_NOT_DECIDED;
    out->reason = UNDECIDED;
    if (mu_sign == 0 && d > 0) {
        out->count = 1;
        out->reason = "one solution: mean 0 fixes alpha, the variance then fixes lambda";
    } else if (mu_sign < 0 && a > 0 && d > 0) {
        out->count = 1;
        out->reason = "one solution: variance / mean^2 is above its limit for alpha -> infinity";
    } else if (mu_sign < 0 && a < 0) {
        out->count = 0;
        out->reason = "no solution: the mean is negative and variance / mean^2 below its limit for "
                      "alpha -> infinity, which every alpha with lambda > 0 exceeds";
    } else if (mu_sign > 0 && a > 0 && d > 0) {
        out->count = 1;
        out->reason = "one solution: variance / mean^2 is above its limit for alpha -> -infinity";
    } else if (mu_sign > 0 && a < 0 && d > 0) {
        out->count = 2;
        out->reason = "two solutions: variance / mean^2 is between the least that any alpha with "
                      "lambda > 0 gives and its limit for alpha -> -infinity";
    } else if (mu_sign > 0 && d < 0) {
        out->count = 0;
        out->reason = "no solution: variance / mean^2 is below the least that any alpha with "
                      "lambda > 0 gives";
    }
}

sn_status sn_constant_balls_enclose(const sn_exact_target *target, slong prec,
                                    sn_constant_balls *out, sn_error *err)
{
    arb_ptr q = _arb_vec_init(LETTERS);
    const sn_status status = read_target(q, target, prec, err);
    if (status == SN_OK) {
        const int mu_sign = arf_sgn(arb_midref(q + M));
        set_preactivation(q, target->map, prec);
        set_moments(q, prec);
        set_coefficients(q, prec);
        decide(out, mu_sign, q);
        if (out->count > 0) {
            arb_sqrt(q + D, q + D, prec);
            arb_mul(q + L, q + K, q + P, prec);
            arb_mul(q + L, q + L, q + N, prec);
            arb_addmul(q + L, q + M, q + D, prec);
            if (mu_sign < 0)
                set_far(out->alpha[0], out->lambda[0], q, prec);
            else
                set_near(out->alpha[0], out->lambda[0], q, prec);
            if (out->count == 2)
                set_far(out->alpha[1], out->lambda[1], q, prec);
        }
    }
    _arb_vec_clear(q, LETTERS);
    return status;
}

/* The relative accuracy of the worst ball, in bits. */
static slong accuracy(const sn_constant_balls *balls)
{
    slong bits = balls->count < 0 ? -1 : LONG_MAX;
    for (int i = 0; i < balls->count; i++) {
        bits = FLINT_MIN(bits, arb_rel_accuracy_bits(balls->alpha[i]));
        bits = FLINT_MIN(bits, arb_rel_accuracy_bits(balls->lambda[i]));
    }
    return bits;
}

/* A few bits first: they decide, and tell how many bits get lost, so that the many bits are mostly
 * computed once. */
sn_status sn_constant_balls_solve(const sn_exact_target *target, slong bits, sn_constant_balls *out,
                                  sn_error *err)
{
    slong wanted = FLINT_MIN(bits, 32), loss = FIRST_LOSS;
    for (;;) {
        const sn_status status = sn_constant_balls_enclose(target, wanted + loss, out, err);
        if (status != SN_OK)
            return status;
        const slong reached = accuracy(out);
        if (reached >= bits)
            return SN_OK;
        if (reached >= wanted) {
            loss = FLINT_MAX(wanted + loss - reached, 0) + 32;
            wanted = bits;
        } else if (loss < LARGEST_LOSS) {
            loss = FLINT_MIN(2 * loss, LARGEST_LOSS);
        } else {
            out->count = SN_NOT_DECIDED;
            out->reason = UNDECIDED;
            return SN_OK;
        }
    }
}
