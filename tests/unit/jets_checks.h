/* jets_checks.h: what every way to enclose a jet must stand.
 *
 * Points are held against d^k/dx^k E h(z) = s^-k E[h(z) He_k((z - x)/s)], integrated by Arb piece
 * by piece from a formula of f; boxes against points in them and, by the mean value theorem, against
 * differences. */
#ifndef TESTS_JETS_CHECKS_H
#define TESTS_JETS_CHECKS_H

#include "certify/jets.h"

#include <math.h>
#include <stdint.h>

#if __has_include(<acb_calc.h>)
#include <acb_calc.h>
#else
#include <flint/acb_calc.h>
#endif

#include "harness.h"
#include "random_points.h"

/* An activation to be enclosed, and its pieces: f and f' at a complex z, by the number of kinks on
 * its left. */
typedef struct subject {
    const char *name;
    const void *how;
    double params[2];
    int n_kinks;
    slong kinks[2];
    void (*piece)(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec);
} subject;

typedef void enclose(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                     sn_jet_order order, slong prec);

enum { MEAN_ENTRIES = SN_JET, ENTRIES = 2 * SN_JET + SN_SLOPE_JET };

/* Entries of a jet in a row: M, F, C. */
static inline arb_ptr entry(sn_jets *jets, int i)
{
    return i < SN_JET       ? &jets->mean[i]
           : i < 2 * SN_JET ? &jets->second[i - SN_JET]
                            : &jets->slope[i - 2 * SN_JET];
}

static inline int order_of(int i)
{
    return i % SN_JET;
}

static inline void subject_jets(sn_jets *out, enclose *how, const subject *f, const arb_t x,
                                const arb_t y, slong prec)
{
    arb_ptr params = _arb_vec_init(2);
    arb_set_d(params, f->params[0]);
    arb_set_d(params + 1, f->params[1]);
    how(out, f->how, params, x, y, (sn_jet_order){SN_JET - 1, SN_SLOPE_JET - 1}, prec);
    _arb_vec_clear(params, 2);
}

/* The same at doubles x +- rx, y +- ry. */
static inline void subject_at(sn_jets *out, enclose *how, const subject *f, double x, double rx,
                              double y, double ry, slong prec)
{
    arb_t bx, by;
    arb_init(bx);
    arb_init(by);
    arb_set_d(bx, x);
    arb_set_d(by, y);
    mag_set_d(arb_radref(bx), rx);
    mag_set_d(arb_radref(by), ry);
    subject_jets(out, how, f, bx, by, prec);
    arb_clear(bx);
    arb_clear(by);
}

/* --- integrals ------------------------------------------------------------------------------- */

typedef struct integral {
    const subject *f;
    int entry, piece;
    double x, y;
} integral;

/* h(x + s u) He_k(u) e^(-u^2/2) */
static inline int integrand(acb_ptr out, const acb_t u, void *context, slong order, slong prec)
{
    (void)order;
    const integral *in = context;
    acb_t z, f, df, t;
    acb_init(z);
    acb_init(f);
    acb_init(df);
    acb_init(t);
    arb_set_d(acb_realref(t), in->y);
    arb_sqrt(acb_realref(t), acb_realref(t), prec);
    acb_mul(z, u, t, prec);
    acb_set_d(t, in->x);
    acb_add(z, z, t, prec);
    in->f->piece(f, df, z, in->piece, in->f->params, prec);
    if (in->entry >= 2 * SN_JET)
        acb_set(f, df);
    if (in->entry >= SN_JET)
        acb_sqr(f, f, prec);
    acb_sqr(t, u, prec);
    acb_mul_2exp_si(t, t, -1);
    acb_neg(t, t);
    acb_exp(t, t, prec);
    acb_mul(f, f, t, prec);
    acb_zero(z); /* He_(-1), He_0 */
    acb_one(t);
    for (int n = 0; n < order_of(in->entry); n++) {
        acb_mul_si(z, z, -n, prec);
        acb_addmul(z, u, t, prec);
        acb_swap(z, t);
    }
    acb_mul(out, f, t, prec);
    acb_clear(z);
    acb_clear(f);
    acb_clear(df);
    acb_clear(t);
    return 0;
}

/* What is beyond 50 standard deviations is below 2^-1700, for all formulas and points here. */
static inline void integrate(arb_t out, const subject *f, int i, double x, double y, slong prec)
{
    integral in = {.f = f, .entry = i, .x = x, .y = y};
    acb_t a, b, value;
    arb_t s, t;
    mag_t tolerance;
    acb_init(a);
    acb_init(b);
    acb_init(value);
    arb_init(s);
    arb_init(t);
    mag_init(tolerance);
    mag_set_ui_2exp_si(tolerance, 1, -1700);
    arb_set_d(s, y);
    arb_sqrt(s, s, prec);
    arb_zero(out);
    acb_set_si(a, -50);
    for (in.piece = 0; in.piece <= f->n_kinks; in.piece++) {
        acb_set_si(b, 50);
        if (in.piece < f->n_kinks) {
            arb_set_d(t, x);
            arb_sub_si(t, t, f->kinks[in.piece], prec);
            arb_neg(t, t);
            arb_div(t, t, s, prec);
            if (arf_cmp_si(arb_midref(t), 50) < 0)
                arb_set(acb_realref(b), t);
            if (arf_cmp_si(arb_midref(t), -50) < 0)
                continue;
        }
        acb_calc_integrate(value, integrand, &in, a, b, prec - 20, tolerance, NULL, prec);
        arb_add(out, out, acb_realref(value), prec);
        acb_set(a, b);
        if (arb_equal_si(acb_realref(b), 50))
            break;
    }
    arb_const_pi(t, prec);
    arb_mul_2exp_si(t, t, 1);
    arb_sqrt(t, t, prec);
    arb_div(out, out, t, prec);
    for (int k = 0; k < order_of(i); k++)
        arb_div(out, out, s, prec);
    arb_add_error_2exp_si(out, -1650);
    acb_clear(a);
    acb_clear(b);
    acb_clear(value);
    arb_clear(s);
    arb_clear(t);
    mag_clear(tolerance);
}

/* --- points ---------------------------------------------------------------------------------- */

/* Radius at most 2^(slack - prec) of the value or, where that may cancel, of what bounds it:
 * E h / s^k, and for f itself sqrt(E f^2) / s^k. */
static inline bool sharp(sn_jets *jets, int i, double y, slong prec)
{
    enum { SLACK = 6 };
    arb_t scale, radius;
    arb_init(scale);
    arb_init(radius);
    if (i < SN_JET)
        arb_sqrtpos(radius, &jets->second[0], 64);
    else
        arb_abs(radius, entry(jets, i - order_of(i)));
    arb_set_d(scale, pow(y, -0.5 * order_of(i)));
    arb_mul(scale, scale, radius, 64);
    arb_abs(radius, entry(jets, i));
    arb_add(scale, scale, radius, 64);
    arb_mul_2exp_si(scale, scale, SLACK - prec);
    arb_get_rad_arb(radius, entry(jets, i));
    const bool all = arb_le(radius, scale);
    arb_clear(scale);
    arb_clear(radius);
    return all;
}

static inline void check_point(enclose *how, const subject *f, double x, double y)
{
    sn_jets jets;
    arb_t value;
    sn_jets_init(&jets);
    arb_init(value);
    for (slong prec = 64; prec <= 128; prec += 64) {
        subject_at(&jets, how, f, x, 0, y, 0, prec);
        for (int i = 0; i < ENTRIES; i++) {
            ck_assert_msg(sharp(&jets, i, y, prec), "%s, x %.17g, y %.17g, entry %d, %ld bits",
                          f->name, x, y, i, (long)prec);
            if (prec != 128)
                continue;
            integrate(value, f, i, x, y, 150);
            ck_assert_msg(arb_overlaps(value, entry(&jets, i)),
                          "%s, x %.17g, y %.17g, entry %d: %s is not %s", f->name, x, y, i,
                          arb_get_str(entry(&jets, i), 30, 0), arb_get_str(value, 30, 0));
        }
    }
    sn_jets_clear(&jets);
    arb_clear(value);
}

static inline void check_points(enclose *how, const subject *f, int count)
{
    static const double ugly[][2] = {{0, 1},       {0.0731, 1.37},  {-29.3, 0.77}, {29.3, 1.13},
                                     {2.385, 97},  {-3.0001, 1e-6}, {3, 1e-6},     {1e-3, 1e-6},
                                     {-7.7, 1e-6}, {-1e3, 2.1}};
    for (size_t i = 0; i < sizeof ugly / sizeof ugly[0]; i++)
        check_point(how, f, ugly[i][0], ugly[i][1]);
    uint64_t state = 17;
    for (int i = 0; i < count; i++) {
        const double y = log_uniform(&state, 1e-6, 100), reach = i % 2 ? 30 : 3 * sqrt(y) + 1;
        check_point(how, f, reach * (2 * uniform(&state) - 1), y);
    }
}

/* --- boxes ----------------------------------------------------------------------------------- */

static inline void check_inside(sn_jets *box, sn_jets *point, const char *name, double x, double y)
{
    for (int i = 0; i < ENTRIES; i++)
        ck_assert_msg(arb_is_finite(entry(box, i)) && arb_overlaps(entry(box, i), entry(point, i)),
                      "%s, x %.17g, y %.17g, entry %d: %s is outside %s", name, x, y, i,
                      arb_get_str(entry(point, i), 30, 0), arb_get_str(entry(box, i), 30, 0));
}

/* (D_k(to) - D_k(from)) / step is in d times half of D_(k + d), d = 1 or 2 for x or y. */
static inline void check_difference(sn_jets *box, sn_jets *from, sn_jets *to, double step, int d,
                                    const char *name)
{
    arb_t difference, h;
    arb_init(difference);
    arb_init(h);
    for (int i = 0; i + d < ENTRIES; i++) {
        if (order_of(i) + d != order_of(i + d))
            continue;
        arb_sub(difference, entry(to, i), entry(from, i), 256);
        arb_set_d(h, step);
        arb_div(difference, difference, h, 256);
        arb_mul_2exp_si(difference, difference, d - 1);
        ck_assert_msg(arb_overlaps(entry(box, i + d), difference), "%s, entry %d by %s", name, i,
                      d == 1 ? "x" : "y");
    }
    arb_clear(difference);
    arb_clear(h);
}

static inline void check_boxes(enclose *how, const subject *f, int count)
{
    sn_jets box, coarse, a, b, c;
    sn_jets *const all[] = {&box, &coarse, &a, &b, &c};
    for (int i = 0; i < 5; i++)
        sn_jets_init(all[i]);
    uint64_t state = 23;
    for (int n = 0; n < count; n++) {
        const double y = log_uniform(&state, 1e-5, 50), s = sqrt(y);
        const double x = (n % 4 == 0 ? 30 : 3 * s + 1) * (2 * uniform(&state) - 1);
        const double ry = y * log_uniform(&state, 1e-6, 0.5);
        const double rx = s * log_uniform(&state, 1e-6, 0.9);
        subject_at(&box, how, f, x, rx, y, ry, 64);
        subject_at(&coarse, how, f, x, rx, y, ry, 100);
        for (int i = 0; i < ENTRIES; i++)
            ck_assert(arb_overlaps(entry(&box, i), entry(&coarse, i)));
        for (int m = 0; m < 6; m++) {
            const bool corner = m < 4;
            const double u = corner ? (m & 1) * 2 - 1 : 2 * uniform(&state) - 1;
            const double v = corner ? (m & 2) - 1 : 2 * uniform(&state) - 1;
            const double inner = 1 - 1e-9; /* the doubles may round outwards */
            const double px = x + rx * u * inner, py = y + ry * v * inner;
            subject_at(&a, how, f, px, 0, py, 0, 200);
            check_inside(&box, &a, f->name, px, py);
            subject_at(&b, how, f, x - rx / 2, 0, py, 0, 200);
            subject_at(&c, how, f, x + rx / 2, 0, py, 0, 200);
            check_difference(&box, &b, &c, (x + rx / 2) - (x - rx / 2), 1, f->name);
            subject_at(&b, how, f, px, 0, y - ry / 2, 0, 200);
            subject_at(&c, how, f, px, 0, y + ry / 2, 0, 200);
            check_difference(&box, &b, &c, (y + ry / 2) - (y - ry / 2), 2, f->name);
        }
    }
    for (int i = 0; i < 5; i++)
        sn_jets_clear(all[i]);
}

static inline double radius_of(const arb_t ball)
{
    return mag_get_d(arb_radref(ball));
}

/* Radii fall with the box, to what the derivatives at its centre promise. */
static inline void check_tight(enclose *how, const subject *f, double x, double y)
{
    sn_jets at, box;
    sn_jets_init(&at);
    sn_jets_init(&box);
    subject_at(&at, how, f, x, 0, y, 0, 64);
    for (double size = 0x1p-3; size > 1e-7; size /= 4) {
        const double rx = size * sqrt(y), ry = size * y;
        subject_at(&box, how, f, x, rx, y, ry, 64);
        for (int i = 0; i + 2 < ENTRIES; i++) {
            if (order_of(i) + 2 != order_of(i + 2) && order_of(i) + 2 > 4)
                continue;
            if (i == ENTRIES - 2 || (i >= 2 * SN_JET && order_of(i) > 0))
                continue;
            const double scale =
                fabs(arf_get_d(arb_midref(entry(&at, i - order_of(i))), ARF_RND_NEAR))
                * pow(y, -0.5 * order_of(i));
            const double slope =
                fabs(arf_get_d(arb_midref(entry(&at, i + 1)), ARF_RND_NEAR)) * rx
                + fabs(arf_get_d(arb_midref(entry(&at, i + 2)), ARF_RND_NEAR)) * ry / 2;
            ck_assert_msg(radius_of(entry(&box, i)) <= slope * 1.001 + 1000 * scale * size * size,
                          "%s, entry %d, size %g: %g, not %g", f->name, i, size,
                          radius_of(entry(&box, i)), slope);
        }
    }
    sn_jets_clear(&at);
    sn_jets_clear(&box);
}

/* No y, no moments. */
static inline void check_forgotten(enclose *how, const subject *f)
{
    static const double none[][2] = {{0, 0}, {1, 1}, {-1, 0.5}, {0.1, 0.2}, {INFINITY, 0}};
    sn_jets jets;
    sn_jets_init(&jets);
    for (size_t n = 0; n < sizeof none / sizeof none[0]; n++) {
        subject_at(&jets, how, f, 0.3, 0, none[n][0], none[n][1], 64);
        for (int i = 0; i < ENTRIES; i++)
            ck_assert(!arb_is_finite(entry(&jets, i)));
    }
    sn_jets_clear(&jets);
}

/* Far out and very narrow: there is an answer, and soon. */
static inline void check_extremes(enclose *how, const subject *f)
{
    static const double far[][2] = {{1e3, 1e-12}, {-1e3, 1e-12}, {0, 1e-12},  {1e-6, 1e-12},
                                    {1e3, 1},     {-1e3, 1},     {1e15, 1e9}, {-1e15, 1e-30},
                                    {1, 1e15},    {-1, 1e15},    {0, 1e-300}};
    sn_jets jets;
    sn_jets_init(&jets);
    for (size_t n = 0; n < sizeof far / sizeof far[0]; n++) {
        const double x = far[n][0], y = far[n][1];
        subject_at(&jets, how, f, x, 0, y, 0, 64);
        for (int i = 0; i < ENTRIES; i++)
            ck_assert_msg(arb_is_finite(entry(&jets, i)), "%s at %g, %g, entry %d", f->name, x, y,
                          i);
        subject_at(&jets, how, f, x, fabs(x) / 4, y, y / 4, 64);
    }
    sn_jets_clear(&jets);
}

#endif
