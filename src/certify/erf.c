/* Moments of the error function.
 *
 * A Gaussian smoothed by a Gaussian is one. With p = 1/(1 + 2y), r = 1/(1 + 4y), c = sqrt(p r),
 *
 *     M = erf(sqrt(p) x),    C = (4/pi) sqrt(r) e^(-2 r x^2),    F = 1 - 8 T(sqrt(2 p) x, sqrt(r))
 *
 * with Owen's T function (1956), from E erf(z)^2 as the probability of a quadrant. From
 * dT/dh (h, a) = -phi(h) erf(a h / sqrt 2) / 2,
 *
 *     M' = 2 sqrt(p/pi) e^(-p x^2),    F' = 4 sqrt(p/pi) e^(-p x^2) erf(c x),
 *
 * and higher derivatives by Leibniz' rule. The derivatives g_n of e^(-p x^2) obey
 * g_(n+1) = -2 p (x g_n + n g_(n-1)).
 *
 * At a point Owen's series with q = h^2/2 = p x^2 and a = sqrt(r) reads, without cancellation where
 * F is small, as pi/4 - atan(a) = atan(4 y/(1 + 1/a)^2),
 *
 *     F = (4/pi) (atan(4 y/(1 + 1/a)^2) + sum_j (-1)^j a^(2j+1)/(2j+1) P_j),
 *
 * P_j = 1 - e^-q sum_{i <= j} q^i/i!. Its terms decrease and alternate, so the first one left out
 * bounds the rest. Where q is large, it is enough that 0 < 8 T < e^-q. */
#include <math.h>

#include "certify/jets.h"

enum { ORDERS = SN_JET + SN_JET_BEYOND };

/* out[n], n < count: derivatives of e^(-p x^2); those wide balls must not overestimate. */
static void gaussian(arb_ptr out, const arb_t p, const arb_t x, int count, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_sqr(t, x, prec);
    arb_nonnegative_part(t, t);
    arb_mul(t, t, p, prec);
    arb_neg(t, t);
    if (mag_cmp_2exp_si(arb_radref(t), -20) < 0) {
        arb_exp(out, t, prec);
    } else {
        mag_t low, high;
        mag_init(low);
        mag_init(high);
        arb_get_mag(low, t);
        arb_get_mag_lower(high, t);
        mag_expinv_lower(low, low);
        mag_expinv(high, high);
        arb_set_interval_mag(out, low, high, prec);
        mag_clear(low);
        mag_clear(high);
    }
    for (int n = 0; n + 1 < count; n++) {
        arb_mul(out + n + 1, x, out + n, prec);
        if (n > 0)
            arb_addmul_si(out + n + 1, out + n - 1, n, prec);
        arb_mul(out + n + 1, out + n + 1, p, prec);
        arb_mul_si(out + n + 1, out + n + 1, -2, prec);
    }
    arb_clear(t);
}

enum { SPARE = 8 }; /* bits between the first term left out and the rounding errors */

/* out = sum_j (-1)^j a^(2j+1)/(2j+1) P_j, for a < 1, r = a^2. */
static void alternating(arb_t out, const arb_t a, const arb_t r, const arb_t q, slong prec)
{
    arb_t power, above, weight, term;
    arb_init(power);
    arb_init(above);
    arb_init(weight);
    arb_init(term);
    arb_set(power, a);
    arb_neg(weight, q);
    arb_expm1(above, weight, prec);
    arb_neg(above, above);
    arb_exp(weight, weight, prec);
    arb_zero(out);
    mag_t bound, small;
    mag_init(bound);
    mag_init(small);
    arb_get_mag(small, above);
    mag_mul_2exp_si(small, small, SPARE - prec);
    for (ulong j = 0;; j++) {
        arb_mul(term, power, above, prec);
        arb_div_ui(term, term, 2 * j + 1, prec);
        arb_get_mag(bound, term);
        if (mag_cmp(bound, small) <= 0 || j > 64 + 32 * (ulong)prec) {
            arb_add_error_mag(out, bound);
            break;
        }
        (j % 2 == 0 ? arb_add : arb_sub)(out, out, term, prec);
        arb_mul(power, power, r, prec);
        arb_mul(weight, weight, q, prec);
        arb_div_ui(weight, weight, j + 1, prec);
        arb_sub(above, above, weight, prec);
    }
    mag_clear(bound);
    mag_clear(small);
    arb_clear(power);
    arb_clear(above);
    arb_clear(weight);
    arb_clear(term);
}

/* out = F at a point. */
static void square_at(arb_t out, const arb_t p, const arb_t r, const arb_t x, const arb_t y,
                      slong prec)
{
    arb_t q, a, t;
    arb_init(q);
    arb_init(a);
    arb_init(t);
    arb_sqr(q, x, prec);
    arb_mul(q, q, p, prec);
    if (arf_cmpabs_2exp_si(arb_midref(q), 20) > 0
        || arf_get_d(arb_midref(q), ARF_RND_DOWN) > 0.7 * (double)prec) {
        mag_t bound;
        mag_init(bound);
        arb_get_mag_lower(bound, q);
        mag_expinv(bound, bound);
        arb_one(out);
        arb_add_error_mag(out, bound);
        mag_clear(bound);
    } else {
        arb_sqrt(a, r, prec);
        alternating(out, a, r, q, prec);
        arb_inv(t, a, prec);
        arb_add_ui(t, t, 1, prec);
        arb_sqr(t, t, prec);
        arb_div(t, y, t, prec);
        arb_mul_2exp_si(t, t, 2);
        arb_atan(t, t, prec);
        arb_add(out, out, t, prec);
        arb_const_pi(t, prec);
        arb_div(out, out, t, prec);
        arb_mul_2exp_si(out, out, 2);
    }
    arb_clear(q);
    arb_clear(a);
    arb_clear(t);
}

typedef struct orders {
    arb_struct mean[ORDERS], second[ORDERS], slope[ORDERS];
} orders;

static void orders_each(orders *o, void (*visit)(arb_t))
{
    for (int k = 0; k < ORDERS; k++) {
        visit(&o->mean[k]);
        visit(&o->second[k]);
        visit(&o->slope[k]);
    }
}

/* F' and on: out[k + 1] = 4 sqrt(p/pi) times the k-th derivative of e^(-p x^2) erf(c x). g: of the
 * first factor. root = sqrt(p/pi). */
static void second_derivatives(arb_ptr out, arb_srcptr g, const arb_t p, const arb_t r,
                               const arb_t root, const arb_t x, int count, slong prec)
{
    static const slong binomial[ORDERS - 1][ORDERS - 1] = {{1},
                                                           {1, 1},
                                                           {1, 2, 1},
                                                           {1, 3, 3, 1},
                                                           {1, 4, 6, 4, 1},
                                                           {1, 5, 10, 10, 5, 1},
                                                           {1, 6, 15, 20, 15, 6, 1},
                                                           {1, 7, 21, 35, 35, 21, 7, 1}};
    arb_struct e[ORDERS];
    arb_t c, t;
    arb_init(c);
    arb_init(t);
    for (int k = 0; k < ORDERS; k++)
        arb_init(&e[k]);
    arb_mul(t, p, r, prec);
    arb_sqrt(c, t, prec);
    gaussian(e + 1, t, x, count - 1, prec);
    arb_mul(t, c, x, prec);
    arb_hypgeom_erf(e, t, prec);
    arb_const_sqrt_pi(t, prec);
    arb_div(c, c, t, prec);
    arb_mul_2exp_si(c, c, 1);
    for (int k = 1; k < count; k++)
        arb_mul(e + k, e + k, c, prec);
    for (int k = 0; k + 1 < count; k++) {
        arb_zero(out + k + 1);
        for (int i = 0; i <= k; i++) {
            arb_mul_si(t, g + i, binomial[k][i], prec);
            arb_addmul(out + k + 1, t, e + k - i, prec);
        }
        arb_mul(out + k + 1, out + k + 1, root, prec);
        arb_mul_2exp_si(out + k + 1, out + k + 1, 2);
    }
    for (int k = 0; k < ORDERS; k++)
        arb_clear(&e[k]);
    arb_clear(c);
    arb_clear(t);
}

/* All derivatives below count, and those of C below slopes. F itself only at a point. */
static void derivatives(orders *out, const arb_t x, const arb_t y, int count, int slopes,
                        bool point, slong prec)
{
    arb_t p, r, root, t;
    arb_struct g[ORDERS];
    arb_init(p);
    arb_init(r);
    arb_init(root);
    arb_init(t);
    for (int k = 0; k < ORDERS; k++)
        arb_init(&g[k]);
    arb_mul_2exp_si(p, y, 1);
    arb_add_ui(p, p, 1, prec);
    arb_mul_2exp_si(r, y, 2);
    arb_add_ui(r, r, 1, prec);
    arb_inv(p, p, prec);
    arb_inv(r, r, prec);

    arb_sqrt(root, p, prec);
    arb_mul(t, root, x, prec);
    arb_hypgeom_erf(out->mean, t, prec);
    arb_const_sqrt_pi(t, prec);
    arb_div(root, root, t, prec);
    if (count > 1)
        gaussian(g, p, x, count - 1, prec);
    for (int k = 1; k < count; k++) {
        arb_mul(&out->mean[k], &g[k - 1], root, prec);
        arb_mul_2exp_si(&out->mean[k], &out->mean[k], 1);
    }
    if (point)
        square_at(out->second, p, r, x, y, prec);
    else
        arb_unit_interval(out->second);
    if (count > 1)
        second_derivatives(out->second, g, p, r, root, x, count, prec);
    if (slopes > 0) {
        arb_mul_2exp_si(t, r, 1);
        gaussian(out->slope, t, x, slopes, prec);
        arb_sqrt(t, r, prec);
        arb_mul_2exp_si(t, t, 2);
        arb_const_pi(root, prec);
        arb_div(t, t, root, prec);
        for (int k = 0; k < slopes; k++)
            arb_mul(&out->slope[k], &out->slope[k], t, prec);
    }
    for (int k = 0; k < ORDERS; k++)
        arb_clear(&g[k]);
    arb_clear(p);
    arb_clear(r);
    arb_clear(root);
    arb_clear(t);
}

void sn_jets_erf(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                 sn_jet_order order, slong prec)
{
    (void)how, (void)params;
    if (!arb_is_finite(x) || !arb_is_finite(y) || !arb_is_positive(y)) {
        sn_jets_forget(out, order);
        return;
    }
    enum { GUARD = 16 };
    const bool wide = !arb_is_exact(x) || !arb_is_exact(y);
    const int count = order.order + 1, slopes = order.slope_order + 1;
    prec = sn_jets_digits(x, y, prec) + GUARD;
    orders at;
    arb_t centre_x, centre_y;
    orders_each(&at, arb_init);
    arb_init(centre_x);
    arb_init(centre_y);
    arb_get_mid_arb(centre_x, x);
    arb_get_mid_arb(centre_y, y);
    const int beyond = wide ? SN_JET_BEYOND : 0, n = count + beyond;
    const int m = slopes > 0 ? slopes + beyond : 0;
    derivatives(&at, centre_x, centre_y, n, m, true, prec);
    if (wide) {
        orders over;
        orders_each(&over, arb_init);
        derivatives(&over, x, y, n, m, false, prec);
        sn_jets_widen(at.mean, over.mean, n, x, y);
        sn_jets_widen(at.second, over.second, n, x, y);
        sn_jets_widen(at.slope, over.slope, m, x, y);
        for (int k = 0; k < count; k++) {
            arb_swap(&at.mean[k], &over.mean[k]);
            arb_swap(&at.second[k], &over.second[k]);
        }
        for (int k = 0; k < slopes; k++)
            arb_swap(&at.slope[k], &over.slope[k]);
        orders_each(&over, arb_clear);
    }
    for (int k = 0; k < count; k++) {
        arb_swap(&out->mean[k], &at.mean[k]);
        arb_swap(&out->second[k], &at.second[k]);
    }
    for (int k = 0; k < slopes; k++)
        arb_swap(&out->slope[k], &at.slope[k]);
    orders_each(&at, arb_clear);
    arb_clear(centre_x);
    arb_clear(centre_y);
}
