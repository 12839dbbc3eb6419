/* Enclosed moments of the analytic activations, held against Arb's rigorous integration of their
 * definition,  d^k/dx^k E h(z) = E h(x + s t) He_k(t) / s^k,  which needs no derivative of h. */
#include "certify/jets.h"

#ifdef HAVE_ARB_H
#include <acb.h>
#include <acb_calc.h>
#include <acb_hypgeom.h>
#else
#include <flint/acb.h>
#include <flint/acb_calc.h>
#include <flint/acb_hypgeom.h>
#endif

#include <math.h>
#include <string.h>

#include "harness.h"

static const struct smooth {
    const char *name;
    const sn_smooth *f;
} all[] = {
    {"tanh", &sn_smooth_tanh}, {"sigmoid", &sn_smooth_sigmoid},
    {"silu", &sn_smooth_silu}, {"softplus", &sn_smooth_softplus},
    {"gelu", &sn_smooth_gelu}, {"mish", &sn_smooth_mish},
    {"sin", &sn_smooth_sin},   {"gelu_tanh", &sn_smooth_gelu_tanh},
};
enum { KINDS = sizeof all / sizeof all[0] };
static const sn_jet_order FULL = {4, 2};

/* Which integral: h = f, f^2 or f'^2, and k. */
typedef struct integral {
    const char *name;
    int what, k;
    arb_srcptr x, s;
} integral;

/* f and f' in the complex plane, from the textbook. */
static void function(acb_t f, acb_t df, const char *name, const acb_t z, int analytic, slong prec)
{
    acb_t e, s, t;
    acb_init(e);
    acb_init(s);
    acb_init(t);
    acb_neg(e, z);
    acb_exp(e, e, prec);
    acb_add_ui(s, e, 1, prec);
    acb_inv(s, s, prec); /* the logistic function */
    acb_sub_ui(t, s, 1, prec);
    acb_neg(t, t);
    acb_mul(t, t, s, prec); /* and its derivative */
    if (strcmp(name, "tanh") == 0) {
        acb_tanh(f, z, prec);
        acb_mul(df, f, f, prec);
        acb_sub_ui(df, df, 1, prec);
        acb_neg(df, df);
    } else if (strcmp(name, "sigmoid") == 0) {
        acb_set(f, s);
        acb_set(df, t);
    } else if (strcmp(name, "silu") == 0) {
        acb_mul(f, z, s, prec);
        acb_mul(df, z, t, prec);
        acb_add(df, df, s, prec);
    } else if (strcmp(name, "softplus") == 0) {
        acb_exp(f, z, prec);
        acb_add_ui(f, f, 1, prec);
        acb_log_analytic(f, f, analytic, prec);
        acb_set(df, s);
    } else if (strcmp(name, "gelu") == 0) {
        acb_set_ui(t, 2);
        acb_rsqrt(t, t, prec);
        acb_mul(s, z, t, prec);
        acb_hypgeom_erf(f, s, prec);
        acb_add_ui(f, f, 1, prec);
        acb_mul_2exp_si(f, f, -1);
        acb_mul(s, s, s, prec);
        acb_neg(s, s);
        acb_exp(s, s, prec);
        acb_const_pi(e, prec);
        acb_rsqrt(e, e, prec);
        acb_mul(e, e, t, prec);
        acb_mul(s, s, e, prec);
        acb_mul(df, s, z, prec);
        acb_add(df, df, f, prec);
        acb_mul(f, f, z, prec);
    } else if (strcmp(name, "gelu_tanh") == 0) {
        arb_set_str(acb_realref(t), "0.044715", prec);
        arb_zero(acb_imagref(t));
        acb_mul(e, z, z, prec);
        acb_mul(e, e, t, prec);
        acb_mul_ui(df, e, 3, prec);
        acb_add_ui(df, df, 1, prec);
        acb_add_ui(e, e, 1, prec);
        acb_mul(e, e, z, prec);
        acb_const_pi(s, prec);
        acb_mul_2exp_si(s, s, -3);
        acb_rsqrt(s, s, prec); /* 2 sqrt(2/pi) */
        acb_mul(df, df, s, prec);
        acb_mul(e, e, s, prec);
        acb_neg(e, e);
        acb_exp(e, e, prec);
        acb_add_ui(s, e, 1, prec);
        acb_inv(s, s, prec);
        acb_sub_ui(t, s, 1, prec);
        acb_mul(t, t, s, prec);
        acb_neg(t, t);
        acb_mul(df, df, t, prec);
        acb_mul(df, df, z, prec);
        acb_add(df, df, s, prec);
        acb_mul(f, z, s, prec);
    } else if (strcmp(name, "mish") == 0) {
        acb_exp(e, z, prec);
        acb_add_ui(e, e, 1, prec);
        acb_mul(f, e, e, prec);
        acb_add_ui(f, f, 1, prec);
        acb_inv(f, f, prec);
        acb_mul_2exp_si(f, f, 1);
        acb_sub_ui(f, f, 1, prec);
        acb_neg(f, f);
        acb_mul(df, f, f, prec);
        acb_sub_ui(df, df, 1, prec);
        acb_neg(df, df);
        acb_mul(df, df, s, prec);
        acb_mul(df, df, z, prec);
        acb_add(df, df, f, prec);
        acb_mul(f, f, z, prec);
    } else {
        acb_sin_cos(f, df, z, prec);
    }
    acb_clear(t);
    acb_clear(s);
    acb_clear(e);
}

static int integrand(acb_ptr out, const acb_t t, void *param, slong analytic, slong prec)
{
    const integral *in = param;
    acb_t z, f, df, he[3];
    acb_init(z);
    acb_init(f);
    acb_init(df);
    for (int i = 0; i < 3; i++)
        acb_init(he[i]);
    acb_mul_arb(z, t, in->s, prec);
    acb_add_arb(z, z, in->x, prec);
    function(f, df, in->name, z, analytic != 0, prec);
    if (in->what == 2)
        acb_swap(f, df);
    if (in->what > 0)
        acb_mul(f, f, f, prec);
    acb_one(he[1]); /* he[1] = He_i, he[0] = He_(i-1) */
    for (int i = 0; i < in->k; i++) {
        acb_mul(he[2], he[1], t, prec);
        acb_submul_ui(he[2], he[0], (ulong)i, prec);
        acb_swap(he[0], he[1]);
        acb_swap(he[1], he[2]);
        acb_div_arb(f, f, in->s, prec);
    }
    acb_mul(f, f, he[1], prec);
    acb_mul(z, t, t, prec);
    acb_mul_2exp_si(z, z, -1);
    acb_neg(z, z);
    acb_exp(z, z, prec);
    acb_mul(out, f, z, prec);
    for (int i = 0; i < 3; i++)
        acb_clear(he[i]);
    acb_clear(df);
    acb_clear(f);
    acb_clear(z);
    return 0;
}

/* Over |t| <= 16: what is beyond is below 2^-150. */
static void integrate(arb_t out, const integral *in)
{
    enum { PREC = 128 };
    acb_t from, to, value;
    mag_t tolerance;
    acb_init(from);
    acb_init(to);
    acb_init(value);
    mag_init(tolerance);
    mag_set_ui_2exp_si(tolerance, 1, -80);
    acb_set_si(from, -16);
    acb_set_si(to, 16);
    acb_calc_integrate(value, integrand, (void *)in, from, to, 80, tolerance, NULL, PREC);
    acb_get_real(out, value);
    arb_add_error_2exp_si(out, -150);
    acb_const_pi(value, PREC);
    acb_mul_2exp_si(value, value, 1);
    acb_rsqrt(value, value, PREC);
    arb_mul(out, out, acb_realref(value), PREC);
    mag_clear(tolerance);
    acb_clear(value);
    acb_clear(to);
    acb_clear(from);
}

/* The entries of a jet in a row: 0 to 4 mean, 5 to 9 second, 10 to 12 slope. */
enum { ENTRIES = 2 * SN_JET + SN_SLOPE_JET };
static arb_ptr entry(sn_jets *jets, int i)
{
    return i < SN_JET       ? &jets->mean[i]
           : i < 2 * SN_JET ? &jets->second[i - SN_JET]
                            : &jets->slope[i - 2 * SN_JET];
}

START_TEST(integrals)
{
    static const struct {
        double x, y;
    } points[] = {{0.137, 1.03}, {-1.713, 0.0417}, {2.385, 15.7}};
    sn_jets jets;
    arb_t x, y, s, want;
    sn_jets_init(&jets);
    arb_init(x);
    arb_init(y);
    arb_init(s);
    arb_init(want);
    for (int i = 0; i < KINDS; i++)
        for (size_t p = 0; p < sizeof points / sizeof points[0]; p++) {
            arb_set_d(x, points[p].x);
            arb_set_d(y, points[p].y);
            arb_sqrt(s, y, 128);
            sn_jets_smooth(&jets, all[i].f, NULL, x, y, FULL, 64);
            for (int e = 0; e < ENTRIES; e += 1 + (e % 5 == 1)) {
                const integral in = {all[i].name, e / SN_JET, e % SN_JET, x, s};
                integrate(want, &in);
                ck_assert_msg(arb_overlaps(want, entry(&jets, e)), "%s entry %d at %g, %g",
                              all[i].name, e, points[p].x, points[p].y);
                ck_assert(arb_rel_accuracy_bits(want) > 45);
                ck_assert_msg(mag_cmp_2exp_si(arb_radref(entry(&jets, e)), -50) < 0,
                              "%s entry %d at %g, %g is wide", all[i].name, e, points[p].x,
                              points[p].y);
            }
        }
    arb_clear(want);
    arb_clear(s);
    arb_clear(y);
    arb_clear(x);
    sn_jets_clear(&jets);
}
END_TEST

/* A fine enclosure lies in a coarser one: the bound of the rule's error is honest at each. */
START_TEST(precisions)
{
    static const double xs[] = {-50, -3.31, 0, 0.77, 21.3}, ys[] = {1e-8, 0.011, 1.7, 93, 900};
    sn_jets coarse, fine;
    arb_t x, y;
    sn_jets_init(&coarse);
    sn_jets_init(&fine);
    arb_init(x);
    arb_init(y);
    for (int i = 0; i < KINDS; i++)
        for (int a = 0; a < 5; a++)
            for (int b = 0; b < 5; b++)
                for (slong prec = 20; prec <= (ys[b] < 10 ? 90 : 20); prec += 35) {
                    arb_set_d(x, xs[a]);
                    arb_set_d(y, ys[b]);
                    sn_jets_smooth(&coarse, all[i].f, NULL, x, y, FULL, prec);
                    sn_jets_smooth(&fine, all[i].f, NULL, x, y, FULL, prec + 40);
                    for (int e = 0; e < ENTRIES; e++) {
                        ck_assert_msg(arb_contains(entry(&coarse, e), entry(&fine, e)),
                                      "%s entry %d at %g, %g, %ld bits", all[i].name, e, xs[a],
                                      ys[b], prec);
                        const double scale = 1 + xs[a] * xs[a] + ys[b];
                        ck_assert_msg(mag_get_d(arb_radref(entry(&fine, e)))
                                          < scale * ldexp(1, (int)(10 - prec - 40)),
                                      "%s entry %d at %g, %g, %ld bits: %g", all[i].name, e, xs[a],
                                      ys[b], prec, mag_get_d(arb_radref(entry(&fine, e))));
                    }
                }
    arb_clear(y);
    arb_clear(x);
    sn_jets_clear(&fine);
    sn_jets_clear(&coarse);
}
END_TEST

/* A box contains its points, corners included, and ten times narrower it gives balls that are. */
START_TEST(boxes)
{
    static const double xs[] = {-2.3, 0.061, 1.4}, ys[] = {0.05, 1.3, 11.7}, widths[] = {0.02, 0.3};
    sn_jets box, small, inside;
    arb_t x, y;
    sn_jets_init(&box);
    sn_jets_init(&small);
    sn_jets_init(&inside);
    arb_init(x);
    arb_init(y);
    for (int i = 0; i < KINDS; i++)
        for (int c = 0; c < 3 * 3 * 2; c++) {
            const double x0 = xs[c % 3], y0 = ys[c / 3 % 3], w = widths[c / 9];
            sn_ball_set_interval(x, x0 - w, x0 + w);
            sn_ball_set_interval(y, y0 * (1 - w), y0 * (1 + w));
            sn_jets_smooth(&box, all[i].f, NULL, x, y, FULL, 64);
            for (int corner = 0; corner < 9; corner++) {
                arb_set_d(x, x0 + w * 0.999 * (corner % 3 - 1));
                arb_set_d(y, y0 * (1 + w * 0.999 * (corner / 3 - 1)));
                sn_jets_smooth(&inside, all[i].f, NULL, x, y, FULL, 64);
                for (int e = 0; e < ENTRIES; e++)
                    ck_assert_msg(arb_contains(entry(&box, e), entry(&inside, e)),
                                  "%s entry %d in the box at %g, %g", all[i].name, e, x0, y0);
            }
            sn_ball_set_interval(x, x0 - w / 10, x0 + w / 10);
            sn_ball_set_interval(y, y0 * (1 - w / 10), y0 * (1 + w / 10));
            sn_jets_smooth(&small, all[i].f, NULL, x, y, FULL, 64);
            for (int e = 0; e < ENTRIES; e++)
                ck_assert_msg(mag_get_d(arb_radref(entry(&small, e)))
                                  < 0.12 * mag_get_d(arb_radref(entry(&box, e))) + 1e-6,
                              "%s entry %d at %g, %g, %g", all[i].name, e, x0, y0, w);
        }
    arb_clear(y);
    arb_clear(x);
    sn_jets_clear(&inside);
    sn_jets_clear(&small);
    sn_jets_clear(&box);
}
END_TEST

START_TEST(not_enclosed)
{
    static const char *const bad[][2] = {
        {"1", "0"},         {"1", "-1"},        {"0", "[1 +/- 1.01]"},
        {"[+/- inf]", "1"}, {"0", "[+/- inf]"}, {"0", "1e9"}};
    sn_jets jets;
    arb_t x, y;
    sn_jets_init(&jets);
    arb_init(x);
    arb_init(y);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert(arb_set_str(x, bad[i][0], 64) == 0 && arb_set_str(y, bad[i][1], 64) == 0);
        for (int e = 0; e < ENTRIES; e++)
            arb_zero(entry(&jets, e));
        sn_jets_smooth(&jets, &sn_smooth_tanh, NULL, x, y, (sn_jet_order){3, 1}, 64);
        for (int e = 0; e < ENTRIES; e++) {
            const bool asked = e % SN_JET <= (e < 2 * SN_JET ? 3 : 1);
            ck_assert_msg(arb_is_finite(entry(&jets, e)) != asked, "case %zu, entry %d", i, e);
        }
    }
    arb_clear(y);
    arb_clear(x);
    sn_jets_clear(&jets);
}
END_TEST

UNIT_MAIN("jets_smooth", integrals, precisions, boxes, not_enclosed)
