/* Derivatives of the analytic activations over balls, and the tables behind them. */
#include "certify/jets.h"

#include <flint/fmpz_poly.h>
#include <math.h>

#include "harness.h"
#include "reference.h"

static const struct smooth {
    const char *name;
    const sn_smooth *f;
} all[] = {
    {"tanh", &sn_smooth_tanh}, {"sigmoid", &sn_smooth_sigmoid},
    {"silu", &sn_smooth_silu}, {"softplus", &sn_smooth_softplus},
    {"gelu", &sn_smooth_gelu}, {"mish", &sn_smooth_mish},
    {"sin", &sn_smooth_sin},   {"gelu_tanh", &sn_smooth_gelu_tanh},
};
enum { KINDS = sizeof all / sizeof all[0], LENGTH = 6 };

/* f^(k)(z) from the textbook formula's power series. */
static void reference(arb_ptr out, const char *name, const arb_t z, slong prec)
{
    const sn_activation_type *type = sn_activation_find(name);
    ck_assert_ptr_nonnull(type);
    const sn_activation f = {.type = type};
    arb_poly_t series;
    fmpz_t factorial;
    arb_poly_init(series);
    fmpz_init_set_ui(factorial, 1);
    reference_series(series, &f, z, LENGTH, prec);
    for (slong k = 0; k < LENGTH; k++) {
        arb_poly_get_coeff_arb(&out[k], series, k);
        arb_mul_fmpz(&out[k], &out[k], factorial, prec);
        fmpz_mul_si(factorial, factorial, k + 1);
    }
    fmpz_clear(factorial);
    arb_poly_clear(series);
}

static const double points[] = {-39.7, -11.3, -4.41, -1.06, -0.77,  -0.213, -1e-9, 0,
                                1e-5,  0.24,  0.26,  0.983, 2.3851, 5.17,   12.9,  38.6};

START_TEST(at_points)
{
    arb_ptr want = _arb_vec_init(LENGTH), got = _arb_vec_init(LENGTH);
    arb_t z;
    arb_init(z);
    for (int i = 0; i < KINDS; i++)
        for (size_t p = 0; p < sizeof points / sizeof points[0]; p++)
            for (slong prec = 64; prec <= 200; prec += 136) {
                arb_set_d(z, points[p]);
                reference(want, all[i].name, z, 3000); /* far finer */
                all[i].f->derivatives(got, NULL, z, LENGTH, prec);
                for (int k = 0; k < LENGTH; k++) {
                    ck_assert_msg(arb_overlaps(&want[k], &got[k]), "%s^(%d)(%g)", all[i].name, k,
                                  points[p]);
                    ck_assert_msg(fabs(points[p]) < 10 || arb_contains_zero(&want[k])
                                      || arb_rel_accuracy_bits(&got[k]) > prec - 12,
                                  "%s^(%d)(%g): %ld bits", all[i].name, k, points[p],
                                  arb_rel_accuracy_bits(&got[k]));
                    ck_assert(mag_cmp_2exp_si(arb_radref(&got[k]), 12 - prec) < 0);
                }
            }
    arb_clear(z);
    _arb_vec_clear(want, LENGTH);
    _arb_vec_clear(got, LENGTH);
}
END_TEST

/* Balls of all widths contain what happens at their points, and are not much wider than the function
 * needs: the radius is at most 1.2 times that by the greatest derivative, when narrow. */
START_TEST(over_balls)
{
    static const double radii[] = {1e-12, 1e-4, 0.003, 0.07, 0.3, 1.3, 9.7, 300};
    arb_ptr want = _arb_vec_init(LENGTH), got = _arb_vec_init(LENGTH);
    arb_t z, point;
    arb_init(z);
    arb_init(point);
    for (int i = 0; i < KINDS; i++)
        for (size_t p = 0; p < sizeof points / sizeof points[0]; p++)
            for (size_t r = 0; r < sizeof radii / sizeof radii[0]; r++) {
                arb_set_d(z, points[p]);
                mag_set_d(arb_radref(z), radii[r]);
                /* e^-p(50) is 2^-13000 */
                const bool tiny = all[i].f == &sn_smooth_gelu_tanh && fabs(points[p]) > 8;
                const slong fine = tiny ? 16000 : 1000;
                all[i].f->derivatives(got, NULL, z, LENGTH, 64);
                for (int share = -8; share <= 8; share++) {
                    arb_set_d(point, points[p] + radii[r] * share / 8);
                    if (!arb_contains(z, point) || fabs(points[p]) + radii[r] > 50)
                        continue;
                    reference(want, all[i].name, point, fine);
                    for (int k = 0; k < LENGTH; k++)
                        ck_assert_msg(arb_contains(&got[k], &want[k]), "%s^(%d)(%g +- %g)",
                                      all[i].name, k, points[p], radii[r]);
                }
                for (int k = 0; k < LENGTH; k++)
                    ck_assert(arb_is_finite(&got[k]));
                reference(want, all[i].name, point, fine); /* at the upper end, or near */
                for (int k = 0; radii[r] < 0.01 && radii[r] > 1e-6 && k + 1 < LENGTH; k++) {
                    const double slope = fabs(arf_get_d(arb_midref(&got[k + 1]), ARF_RND_UP))
                                         + mag_get_d(arb_radref(&got[k + 1]));
                    ck_assert_double_le(mag_get_d(arb_radref(&got[k])),
                                        1.2 * radii[r] * slope + 1e-12);
                }
            }
    arb_clear(point);
    arb_clear(z);
    _arb_vec_clear(want, LENGTH);
    _arb_vec_clear(got, LENGTH);
}
END_TEST

START_TEST(far_out)
{
    arb_ptr got = _arb_vec_init(LENGTH);
    arb_t z;
    arb_init(z);
    for (int i = 0; i < KINDS; i++)
        for (int side = -1; side <= 1; side += 2)
            for (int wide = 0; wide <= 1; wide++) {
                arb_set_si(z, side * 1000000);
                if (wide)
                    mag_set_d(arb_radref(z), 0.3);
                all[i].f->derivatives(got, NULL, z, LENGTH, 64);
                for (int k = 0; k < LENGTH; k++) {
                    ck_assert(arb_is_finite(&got[k]));
                    ck_assert(all[i].f == &sn_smooth_sin || k < 2
                              || mag_cmp_2exp_si(arb_radref(&got[k]), -1000) < 0);
                }
            }
    arb_indeterminate(z);
    sn_smooth_gelu.derivatives(got, NULL, z, LENGTH, 64);
    ck_assert(!arb_is_finite(&got[0]));
    arb_clear(z);
    _arb_vec_clear(got, LENGTH);
}
END_TEST

/* |N(v)| weight / (1 + v^2)^power <= most for all v in [0, 1], where the weight is
 * max(v^2, (1 - v)^2) or 1: cell by cell, N by its Taylor polynomial about the middle. */
static void prove(const fmpz_poly_t n, bool weighted, slong power, double most, int k)
{
    enum { CELLS = 4096 };
    arb_poly_t f, shifted;
    arb_t v, value, factor, bound;
    arb_poly_init(f);
    arb_poly_init(shifted);
    arb_init(v);
    arb_init(value);
    arb_init(factor);
    arb_init(bound);
    arb_poly_set_fmpz_poly(f, n, 128);
    arb_set_d(bound, most);
    for (int cell = 0; cell < CELLS; cell++) {
        arb_set_d(v, (cell + 0.5) / CELLS);
        arb_poly_taylor_shift(shifted, f, v, 128);
        arb_zero(factor);
        mag_set_d(arb_radref(factor), 0.5 / CELLS);
        arb_poly_evaluate(value, shifted, factor, 128);
        mag_set_d(arb_radref(v), 0.5 / CELLS);
        arb_mul(factor, v, v, 128);
        arb_add_ui(factor, factor, 1, 128);
        arb_pow_ui(factor, factor, (ulong)power, 128);
        arb_div(value, value, factor, 128);
        arb_sub_ui(factor, v, 2 * cell < CELLS ? 1 : 0, 128);
        arb_pow_ui(factor, factor, weighted ? 2 : 0, 128);
        arb_mul(value, value, factor, 128);
        arb_abs(value, value);
        ck_assert_msg(arb_le(value, bound), "derivative %d at %g", k, (double)cell / CELLS);
    }
    arb_clear(bound);
    arb_clear(factor);
    arb_clear(value);
    arb_clear(v);
    arb_poly_clear(shifted);
    arb_poly_clear(f);
}

/* The tables of smooth_logistic.c. In v = s(-z), v' = -p with p = v (1 - v), s = 1 - v and Mish's
 * m = (1 - v^2) / (1 + v^2). The k-th derivatives are p Q_k, and p Q_k / (1 + v^2)^(k+1), with
 * polynomials Q_k; p e^|z| = max(v^2, (1 - v)^2). */
START_TEST(tables)
{
    static const double logistic[] = {0, 1.0001, 1.05, 1.05, 1.05, 1.05, 1.9, 4.4};
    static const double mish[] = {0, 1.05, 1.05, 1.05, 1.05, 2.3, 5, 16};
    fmpz_poly_t f, p, q, d, t;
    fmpz_poly_init(f);
    fmpz_poly_init(p);
    fmpz_poly_init(q);
    fmpz_poly_init(d);
    fmpz_poly_init(t);
    fmpz_poly_set_str(p, "3  0 1 -1");
    fmpz_poly_set_str(d, "3  1 0 1");

    fmpz_poly_set_str(f, "2  1 -1");
    for (int k = 1; k < 8; k++) {
        fmpz_poly_derivative(f, f);
        fmpz_poly_mul(f, f, p);
        fmpz_poly_neg(f, f);
        ck_assert(fmpz_poly_divides(q, f, p));
        prove(q, false, 0, logistic[k], k);
    }
    fmpz_poly_set_str(f, "3  1 0 -1");
    for (int k = 1; k < 8; k++) { /* (f / d^k)' = (f' d - k f d') / d^(k+1) */
        fmpz_poly_derivative(t, d);
        fmpz_poly_mul(t, t, f);
        fmpz_poly_scalar_mul_si(t, t, k);
        fmpz_poly_derivative(f, f);
        fmpz_poly_mul(f, f, d);
        fmpz_poly_sub(f, t, f); /* v' = -p */
        fmpz_poly_set(q, f);
        fmpz_poly_mul(f, f, p);
        prove(q, true, k + 1, mish[k], k);
    }
    fmpz_poly_clear(t);
    fmpz_poly_clear(d);
    fmpz_poly_clear(q);
    fmpz_poly_clear(p);
    fmpz_poly_clear(f);
}
END_TEST

/* p(z + t) of smooth_gelu_tanh.c as a polynomial in t. */
static void inner(arb_poly_t p, const arb_t z, slong prec)
{
    arb_t c, t;
    arb_poly_t cubic;
    arb_init(c);
    arb_init(t);
    arb_poly_init(cubic);
    arb_const_pi(c, prec);
    arb_ui_div(c, 8, c, prec);
    arb_sqrt(c, c, prec);
    arb_poly_set_coeff_arb(cubic, 1, c);
    arb_set_str(t, "0.044715", prec);
    arb_mul(c, c, t, prec);
    arb_poly_set_coeff_arb(cubic, 3, c);
    arb_poly_taylor_shift(p, cubic, z, prec);
    arb_poly_clear(cubic);
    arb_clear(c);
    arb_clear(t);
}

/* The table of smooth_gelu_tanh.c on [-6, 0]; g(-z) = 1 - g(z). Cell by cell of radius r < 0.003 by
 * the Taylor polynomial about its middle: the coefficients are below 2.3 / 2^j by Cauchy's inequality
 * in the strip, so that those from the 24th on add less than 2^-60 to the seventh derivative. */
START_TEST(gelu_tanh_table)
{
    enum { CELLS = 1024, ORDERS = 8, TERMS = 24, PREC = 128 };
    static const double most[ORDERS] = {0.51, 0.42, 0.37, 0.52, 0.9, 1.9, 4.6, 12};
    arb_poly_t g;
    arb_t z, step, value, decay;
    arb_poly_init(g);
    arb_init(z);
    arb_init(step);
    arb_init(value);
    arb_init(decay);
    for (int cell = 0; cell < CELLS; cell++) {
        arb_set_d(z, -6.0 * (cell + 0.5) / CELLS);
        mag_set_d(arb_radref(step), 3.01 / CELLS);
        inner(g, z, PREC);
        arb_poly_neg(g, g);
        arb_poly_exp_series(g, g, TERMS, PREC);
        arb_poly_get_coeff_arb(value, g, 0);
        arb_add_ui(value, value, 1, PREC);
        arb_poly_set_coeff_arb(g, 0, value);
        arb_poly_inv_series(g, g, TERMS, PREC);
        arb_add(decay, z, step, PREC);
        arb_sqr(decay, decay, PREC);
        arb_mul_2exp_si(decay, decay, -2);
        arb_exp(decay, decay, PREC);
        for (slong k = 0; k < ORDERS; k++) {
            arb_poly_evaluate(value, g, step, PREC);
            arb_add_error_2exp_si(value, -60);
            arb_mul(value, value, decay, PREC);
            ck_assert_msg(-sn_ball_lower(value) <= most[k] && sn_ball_upper(value) <= most[k],
                          "derivative %ld at %g: %g to %g", k, -6.0 * cell / CELLS,
                          sn_ball_lower(value), sn_ball_upper(value));
            arb_poly_derivative(g, g, PREC);
        }
    }
    arb_clear(decay);
    arb_clear(value);
    arb_clear(step);
    arb_clear(z);
    arb_poly_clear(g);
}
END_TEST

/* |1 + e^-p| >= 1/2.3 on [0, 2] x [0, 2], with p = (u + iv) (C + 0.0713... (u^2 - v^2 + 2 i u v)). */
START_TEST(gelu_tanh_strip)
{
    enum { CELLS = 128, PREC = 64 };
    arb_poly_t p;
    arb_t u, v, real, imaginary, c3, t;
    arb_poly_init(p);
    arb_init(u);
    arb_init(v);
    arb_init(real);
    arb_init(imaginary);
    arb_init(c3);
    arb_init(t);
    for (int i = 0; i < CELLS * CELLS; i++) {
        arb_set_d(u, 2.0 * (i / CELLS + 0.5) / CELLS);
        mag_set_d(arb_radref(u), 1.001 / CELLS);
        arb_set_d(v, 2.0 * (i % CELLS + 0.5) / CELLS);
        mag_set_d(arb_radref(v), 1.001 / CELLS);
        inner(p, u, PREC); /* p(u + iv) = p0 - p2 v^2 + i (p1 v - p3 v^3) */
        arb_sqr(t, v, PREC);
        arb_poly_get_coeff_arb(c3, p, 2);
        arb_poly_get_coeff_arb(real, p, 0);
        arb_submul(real, c3, t, PREC);
        arb_poly_get_coeff_arb(c3, p, 3);
        arb_poly_get_coeff_arb(imaginary, p, 1);
        arb_submul(imaginary, c3, t, PREC);
        arb_mul(imaginary, imaginary, v, PREC);
        arb_neg(real, real);
        arb_exp(real, real, PREC);
        arb_sin_cos(t, imaginary, imaginary, PREC);
        arb_mul(t, t, real, PREC);
        arb_sqr(t, t, PREC);
        arb_mul(imaginary, imaginary, real, PREC);
        arb_add_ui(imaginary, imaginary, 1, PREC);
        arb_sqr(imaginary, imaginary, PREC);
        arb_add(t, t, imaginary, PREC);
        ck_assert_double_ge(sn_ball_lower(t) * 2.3 * 2.3, 1);
    }
    arb_clear(t);
    arb_clear(c3);
    arb_clear(imaginary);
    arb_clear(real);
    arb_clear(v);
    arb_clear(u);
    arb_poly_clear(p);
}
END_TEST

UNIT_MAIN("smooth", at_points, over_balls, far_out, tables, gelu_tanh_table, gelu_tanh_strip)
