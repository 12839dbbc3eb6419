/* Closed moments of the activations without kinks. Against the trapezoid rule, which converges
 * faster than any power for analytic functions under a Gaussian; and for the sine, whose variance
 * must hold where y is tiny, against the cancelling formula at 400 bits, differentiated by power
 * series. */
#include "activation/activation.h"

#include <float.h>
#include <math.h>

#include "harness.h"
#include "reference.h"
#include "sampling.h"

/* --- against the trapezoid rule --------------------------------------------------------------- */

typedef double integrand(const sn_activation *f, double z, double centre);

static double centred_value(const sn_activation *f, double z, double centre)
{
    return sn_activation_value(f, z) - centre;
}

static double centred_square(const sn_activation *f, double z, double centre)
{
    const double d = sn_activation_value(f, z) - centre;
    return d * d;
}

static double slope_square(const sn_activation *f, double z, double centre)
{
    (void)centre;
    const double d = sn_activation_derivative(f, z);
    return d * d;
}

static double expectation(integrand *g, const sn_activation *f, double centre, double x, double y)
{
    const double step = 0x1p-6;
    double sum = 0, weights = 0;
    for (double t = -9; t <= 9; t += step) {
        const double weight = exp(-t * t / 2);
        sum += weight * g(f, x + sqrt(y) * t, centre);
        weights += weight;
    }
    return sum / weights;
}

typedef struct worst {
    double error, x, y;
} worst;

static void compare(worst *w, double got, double expected, double scale, double x, double y)
{
    const double error = fabs(got - expected) / scale;
    if (!(error <= w->error))
        *w = (worst){error, x, y};
}

static void check_against_trapezoid(const sn_activation *f, double x, double y, worst *w)
{
    const double mean = expectation(centred_value, f, 0, x, y);
    const double second = expectation(centred_square, f, 0, x, y);
    if (f->type->mean != NULL)
        compare(w, f->type->mean(f->params, x, y), mean, sqrt(second), x, y);
    if (f->type->moments == NULL)
        return;
    sn_moments m;
    f->type->moments(f->params, x, y, &m);
    const double variance = expectation(centred_square, f, mean, x, y);
    const double slope_second = expectation(slope_square, f, 0, x, y);
    compare(w, m.mean, mean, sqrt(second), x, y);
    compare(w, m.second, second, second, x, y);
    compare(w, m.variance, variance, variance, x, y);
    compare(w, m.slope_second, slope_second, slope_second, x, y);
}

START_TEST(closed_moments_are_the_integrals)
{
    sampler s = {58};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        if (type->kinks != NULL || (type->moments == NULL && type->mean == NULL))
            continue;
        worst w = {0};
        for (unsigned v = 0; v < 100; v++) {
            const sn_activation f = sample_activation(&s, type, v);
            const double x = sample_uniform(&s, -4, 4);
            const double y = fabs(sample_signed(&s, 1e-2, 20));
            check_against_trapezoid(&f, x, y, &w);
        }
        NOTE("%-6s closed moments differ from integrals by %.1e at x = %.6g, y = %.6g", type->name,
             w.error, w.x, w.y);
        ck_assert_msg(w.error <= 1e-12, "%s: off by %g", type->name, w.error);
    }
}
END_TEST

/* --- the sine in balls ------------------------------------------------------------------------ */

enum { LENGTH = 2, PREC = 400 };

/* E sin z = e^(-y/2) sin x, E sin^2 z = (1 - e^(-2y) cos 2x)/2 and the variance as they stand, for
 * power series x and y. */
static void sine_moments(arb_poly_t mean, arb_poly_t second, arb_poly_t variance,
                         const arb_poly_t x, const arb_poly_t y)
{
    arb_poly_t t, e;
    arb_poly_init(t);
    arb_poly_init(e);
    arb_poly_scalar_mul_2exp_si(e, y, -1);
    arb_poly_neg(e, e);
    arb_poly_exp_series(e, e, LENGTH, PREC);
    arb_poly_sin_series(t, x, LENGTH, PREC);
    arb_poly_mullow(mean, e, t, LENGTH, PREC);

    arb_poly_scalar_mul_2exp_si(e, y, 1);
    arb_poly_neg(e, e);
    arb_poly_exp_series(e, e, LENGTH, PREC);
    arb_poly_scalar_mul_2exp_si(t, x, 1);
    arb_poly_cos_series(t, t, LENGTH, PREC);
    arb_poly_mullow(second, e, t, LENGTH, PREC);
    arb_poly_one(t);
    arb_poly_sub(second, t, second, PREC);
    arb_poly_scalar_mul_2exp_si(second, second, -1);

    arb_poly_mullow(t, mean, mean, LENGTH, PREC);
    arb_poly_sub(variance, second, t, PREC);
    arb_poly_clear(t);
    arb_poly_clear(e);
}

static void compare_coefficient(worst *w, double got, const arb_poly_t series, slong degree,
                                double x, double y)
{
    arb_t truth, difference;
    arb_init(truth);
    arb_init(difference);
    arb_poly_get_coeff_arb(truth, series, degree);
    arb_set_d(difference, got);
    arb_sub(difference, difference, truth, PREC);
    const double size = fmax(fabs(arf_get_d(arb_midref(truth), ARF_RND_NEAR)), DBL_MIN);
    arb_mul_2exp_si(difference, difference, 52);
    const double error = fabs(arf_get_d(arb_midref(difference), ARF_RND_NEAR)) / size;
    if (!(error <= w->error))
        *w = (worst){error, x, y};
    arb_clear(truth);
    arb_clear(difference);
}

/* Along x (the variable added to x) or along y. */
static void check_sine(double x, double y, bool along_y, worst *w)
{
    arb_poly_t px, py, mean, second, variance;
    arb_t c;
    arb_poly_init(px);
    arb_poly_init(py);
    arb_poly_init(mean);
    arb_poly_init(second);
    arb_poly_init(variance);
    arb_init(c);
    arb_poly_set_coeff_si(along_y ? py : px, 1, 1);
    arb_set_d(c, x);
    arb_poly_set_coeff_arb(px, 0, c);
    arb_set_d(c, y);
    arb_poly_set_coeff_arb(py, 0, c);
    sine_moments(mean, second, variance, px, py);

    sn_moments m;
    sn_activation_find("sin")->moments(NULL, x, y, &m);
    compare_coefficient(w, m.mean, mean, 0, x, y);
    compare_coefficient(w, m.second, second, 0, x, y);
    compare_coefficient(w, m.variance, variance, 0, x, y);
    compare_coefficient(w, along_y ? m.dmean_dy : m.dmean_dx, mean, 1, x, y);
    compare_coefficient(w, along_y ? m.dsecond_dy : m.dsecond_dx, second, 1, x, y);
    compare_coefficient(w, along_y ? m.dvariance_dy : m.dvariance_dx, variance, 1, x, y);
    arb_poly_one(mean);
    arb_poly_sub(second, mean, second, PREC); /* E cos^2 = 1 - E sin^2 */
    compare_coefficient(w, m.slope_second, second, 0, x, y);

    arb_poly_clear(px);
    arb_poly_clear(py);
    arb_poly_clear(mean);
    arb_poly_clear(second);
    arb_poly_clear(variance);
    arb_clear(c);
}

START_TEST(moments_of_the_sine_hold_at_every_variance)
{
    sampler s = {1707};
    worst w = {0};
    for (int i = 0; i < 20000; i++) {
        const double x = sample_signed(&s, 1e-6, 1e3), y = fabs(sample_signed(&s, 1e-12, 1e6));
        check_sine(x, y, i % 2 == 0, &w);
    }
    NOTE("sin moments and their derivatives: %.2f ulp at x = %.17g, y = %.17g", w.error, w.x, w.y);
    ck_assert(w.error <= 8);
}
END_TEST

UNIT_MAIN("smooth_moments", closed_moments_are_the_integrals,
          moments_of_the_sine_hold_at_every_variance)
