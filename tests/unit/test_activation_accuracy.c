/* Every activation against its textbook formula in ball arithmetic, over the whole range of doubles
 * that matters: value and derivative to a few units in the last place of the VALUE, however small.
 */
#include "activation/activation.h"

#include <float.h>
#include <math.h>

#include "harness.h"
#include "reference.h"
#include "sampling.h"

enum { POINTS = 20000, FIRST_PREC = 200, LAST_PREC = 16384 };
static const double WORST_ALLOWED = 8; /* units of DBL_EPSILON times the value */

typedef void enclose(arb_t out, const sn_activation *f, const arb_t z, slong prec);

/* The ball, at whatever precision pins it down to 80 bits or to far below the least double. */
static void enclose_tightly(enclose *reference, arb_t out, const sn_activation *f, double at)
{
    arb_t z;
    mag_t negligible;
    arb_init(z);
    mag_init(negligible);
    mag_set_ui_2exp_si(negligible, 1, -1170);
    arb_set_d(z, at);
    for (slong prec = FIRST_PREC; prec <= LAST_PREC; prec *= 2) {
        reference(out, f, z, prec);
        if (arb_rel_accuracy_bits(out) >= 80 || mag_cmp(arb_radref(out), negligible) <= 0)
            break;
    }
    ck_assert_msg(arb_rel_accuracy_bits(out) >= 80 || mag_cmp(arb_radref(out), negligible) <= 0,
                  "%s: no reference at %a", f->type->name, at);
    arb_clear(z);
    mag_clear(negligible);
}

static double nearest_double(const arb_t ball)
{
    return arf_get_d(arb_midref(ball), ARF_RND_NEAR);
}

/* |computed - truth| in units of DBL_EPSILON times the larger of |truth| and scale; below the
 * normal numbers an absolute error is all there is. */
static double error_in_ulps(double computed, const arb_t truth, double scale)
{
    const double size = fmax(fabs(nearest_double(truth)), fmax(scale, DBL_MIN));
    if (!isfinite(size))
        return isinf(computed) ? 0 : INFINITY;
    if (!isfinite(computed))
        return INFINITY;
    arb_t difference;
    arb_init(difference);
    arb_set_d(difference, computed);
    arb_sub(difference, difference, truth, FIRST_PREC);
    arb_mul_2exp_si(difference, difference, 52);
    const double absolute = fabs(nearest_double(difference));
    arb_clear(difference);
    return absolute / size;
}

static double reference_double(enclose *reference, const sn_activation *f, double z)
{
    arb_t ball;
    arb_init(ball);
    enclose_tightly(reference, ball, f, z);
    const double result = nearest_double(ball);
    arb_clear(ball);
    return result;
}

/* A derivative that is a difference, as that of SiLU, has no relative accuracy at its zero: within
 * a quarter of one its error is held against the derivative's size on both sides of it. */
static double size_around_zero(const sn_activation *f, double z)
{
    if (!(fabs(z) < 4 && fabs(z) > 0.25))
        return 0;
    const double before = reference_double(reference_derivative, f, 0.75 * z);
    const double after = reference_double(reference_derivative, f, 1.25 * z);
    return before * after < 0 ? fmax(fabs(before), fabs(after)) : 0;
}

typedef struct worst {
    double error, at;
    sn_activation f;
} worst;

static void note(worst *w, double error, double at, const sn_activation *f)
{
    if (error > w->error)
        *w = (worst){error, at, *f};
}

static void check_point(const sn_activation *f, double z, worst *value, worst *derivative)
{
    arb_t truth;
    arb_init(truth);
    enclose_tightly(reference_value, truth, f, z);
    note(value, error_in_ulps(sn_activation_value(f, z), truth, 0), z, f);
    enclose_tightly(reference_derivative, truth, f, z);
    note(derivative, error_in_ulps(sn_activation_derivative(f, z), truth, size_around_zero(f, z)),
         z, f);
    arb_clear(truth);
}

/* Half of the points over all magnitudes, a few of them huge, the others where functions bend and
 * where exponentials fade from the doubles. */
static double draw_point(sampler *s, int i)
{
    static const double reach[] = {2, 9, 45, 800};
    if (i % 16 == 0)
        return sample_signed(s, 1e3, 1.7e308);
    return i % 2 == 0 ? sample_signed(s, 1e-300, 1e3)
                      : reach[(i / 2) % 4] * sample_uniform(s, -1, 1);
}

static void check_type(const sn_activation_type *type, sampler *s)
{
    worst value = {0}, derivative = {0};
    const unsigned variants = sample_variants(type);
    for (unsigned v = 0; v < variants; v++) {
        const sn_activation f = sample_activation(s, type, v);
        for (int i = 0; i < POINTS / (int)variants; i++)
            check_point(&f, draw_point(s, i), &value, &derivative);
        double kinks[SN_MAX_KINKS];
        const size_t n = sn_activation_kinks(&f, kinks);
        for (size_t k = 0; k < n; k++)
            check_point(&f, kinks[k], &value, &derivative);
    }
    NOTE("%-12s value %4.2f ulp at %.17g, derivative %4.2f ulp at %.17g", type->name, value.error,
         value.at, derivative.error, derivative.at);
    ck_assert_msg(value.error <= WORST_ALLOWED, "%s: value off by %g ulp at %a", type->name,
                  value.error, value.at);
    ck_assert_msg(derivative.error <= WORST_ALLOWED, "%s: derivative off by %g ulp at %a",
                  type->name, derivative.error, derivative.at);
}

START_TEST(values_and_derivatives_are_accurate_everywhere)
{
    sampler s = {2385};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        if (reference_known(type))
            check_type(type, &s);
        else
            NOTE("%s is not measured: give it a formula in tests/unit/reference.c", type->name);
    }
}
END_TEST

UNIT_MAIN("activation_accuracy", values_and_derivatives_are_accurate_everywhere)
