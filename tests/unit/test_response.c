/* Derivatives of the overlap by one variable: against differences of the overlap, where both of
 * them move, and against the moments at both ends. */
#include "theory/response.h"

#include <math.h>

#include "harness.h"
#include "theory/overlap.h"
#include "theory/powers.h"

static sn_activation activation(size_t index)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(index)->name, NULL), SN_OK);
    return f;
}

static double overlap(const sn_activation *f, double x, double y, double covariance)
{
    sn_overlap o;
    ck_assert_int_eq(sn_overlap_compute(f, x, y, covariance / y, &o, NULL), SN_OK);
    return o.overlap;
}

static sn_response must(const sn_activation *f, double x, double y, double c)
{
    sn_response r;
    ck_assert_int_eq(sn_response_compute(f, x, y, c, &r, NULL), SN_OK);
    return r;
}

START_TEST(both_moved_are_twice_one)
{
    static const double at[] = {-0.95, -0.31, 0.07, 0.62, 0.985};
    const double x = 0.37, y = 1.31, h = 1e-4;
    for (size_t i = 0; i < sn_activation_count(); i++)
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++) {
            const sn_activation f = activation(i);
            const double w = at[k] * y;
            const sn_response r = must(&f, x, y, at[k]);
            const double by_x = overlap(&f, x + h, y, w) - overlap(&f, x - h, y, w);
            const double by_y = overlap(&f, x, y + h, w) - overlap(&f, x, y - h, w);
            ck_assert_double_eq_tol(by_x / (2 * h), 2 * r.by_mean, 1e-6);
            ck_assert_double_eq_tol(by_y / (2 * h), 2 * r.by_variance, 1e-6);
        }
}
END_TEST

START_TEST(the_ends_are_powers)
{
    const double x = -0.41, y = 2.7;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation f = activation(i);
        sn_powers p;
        ck_assert_int_eq(sn_powers_compute(&f, x, y, &p, NULL), SN_OK);
        const sn_response one = must(&f, x, y, 1), none = must(&f, x, y, 0);
        const double root = sqrt(p.second * p.fourth);
        ck_assert_double_eq_tol(one.cubed, p.fourth, 1e-13 * p.fourth);
        ck_assert_double_eq_tol(one.by_mean, p.dsecond_dx / 2, 1e-12 * root);
        ck_assert_double_eq_tol(none.cubed, p.third * p.mean, 1e-13 * p.fourth);
        ck_assert_double_eq_tol(none.by_mean, p.dmean_dx * p.mean, 1e-12 * root);
        ck_assert_double_eq_tol(none.by_variance, p.dmean_dy * p.mean, 1e-12 * root);
    }
}
END_TEST

START_TEST(outside_the_domain)
{
    const sn_activation f = activation(0);
    sn_response r;
    ck_assert_int_eq(sn_response_compute(&f, NAN, 1, 0.5, &r, NULL), SN_EDOMAIN);
    ck_assert_int_eq(sn_response_compute(&f, 0, -2.385, 0.5, &r, NULL), SN_EDOMAIN);
    ck_assert_int_eq(sn_response_compute(&f, 0, 1, 1.01, &r, NULL), SN_EDOMAIN);
}
END_TEST

UNIT_MAIN("response", both_moved_are_twice_one, the_ends_are_powers, outside_the_domain)
