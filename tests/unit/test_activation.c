/* What holds for every activation, whatever its formula: f' is the derivative of f, f bends where
 * it says and nowhere else, the kernels are f over an array, and no finite number breaks it. */
#include "activation/activation.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"

typedef void check_one(const sn_activation *f, sampler *s);

/* Every registered activation with its default and with other parameters. */
static void for_each_variant(check_one *check)
{
    sampler s = {314};
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        for (unsigned v = 0; v < sample_variants(type); v++) {
            const sn_activation f = sample_activation(&s, type, v);
            check(&f, &s);
        }
    }
}

/* --- f' against differences ------------------------------------------------------------------- */

static double distance_to_kinks(const sn_activation *f, double z)
{
    double kinks[SN_MAX_KINKS], distance = INFINITY;
    const size_t n = sn_activation_kinks(f, kinks);
    for (size_t k = 0; k < n; k++)
        distance = fmin(distance, fabs(z - kinks[k]));
    return distance;
}

/* The central difference of order 8 (Fornberg 1988). */
static double difference(const sn_activation *f, double z, double h)
{
    static const double weights[] = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
    double sum = 0;
    for (int i = 4; i >= 1; i--)
        sum += weights[i - 1]
               * (sn_activation_value(f, z + i * h) - sn_activation_value(f, z - i * h));
    return sum / h;
}

static void check_derivative(const sn_activation *f, sampler *s)
{
    const double h = 0x1p-6;
    double worst = 0, worst_at = 0;
    for (int i = 0; i < 4000; i++) {
        const double z = 0x1p-20 * round(0x1p20 * sample_uniform(s, -9.3, 9.3));
        if (distance_to_kinks(f, z) <= 4 * h)
            continue;
        const double expected = difference(f, z, h), got = sn_activation_derivative(f, z);
        const double scale = 1 + fabs(expected) + fabs(sn_activation_value(f, z));
        const double error = fabs(got - expected) / scale;
        if (!(error <= worst)) {
            worst = error;
            worst_at = z;
        }
    }
    NOTE("%-12s %10.4g: f' differs from differences of f by %.1e at %.6g", f->type->name,
         f->params[0], worst, worst_at);
    ck_assert_msg(worst <= 1e-11, "%s: f'(%.17g) is off by %g", f->type->name, worst_at, worst);
}

START_TEST(derivatives_are_those_of_the_values)
{
    for_each_variant(check_derivative);
}
END_TEST

/* --- where f bends ---------------------------------------------------------------------------- */

static double slope_change(const sn_activation *f, double a, double b)
{
    return fabs(sn_activation_derivative(f, b) - sn_activation_derivative(f, a));
}

/* Narrows [a, b] down on the larger change of f' until it is a jump or gone. */
static bool jumps_between(const sn_activation *f, double *a, double *b)
{
    while (*b - *a > 1e-12 * fmax(1, fabs(*a))) {
        const double middle = *a + (*b - *a) / 2;
        if (slope_change(f, *a, middle) > slope_change(f, middle, *b))
            *b = middle;
        else
            *a = middle;
        if (slope_change(f, *a, *b) < 1e-4)
            return false;
    }
    return true;
}

static void check_no_undeclared_jump(const sn_activation *f, sampler *s)
{
    (void)s;
    const double step = 0x1p-10;
    for (double from = -12.0003; from < 12; from += step) {
        double a = from, b = from + step;
        if (slope_change(f, a, b) < 1e-3 || !jumps_between(f, &a, &b))
            continue;
        ck_assert_msg(distance_to_kinks(f, a) <= 1e-10, "%s: f' jumps near %.12g, no kink is there",
                      f->type->name, a);
    }
}

START_TEST(slopes_jump_nowhere_but_at_kinks)
{
    for_each_variant(check_no_undeclared_jump);
}
END_TEST

static double limit_scale(const sn_activation *f, double kink)
{
    return 1 + fabs(sn_activation_value(f, kink)) + fabs(sn_activation_derivative(f, kink));
}

/* How much f' or, by one-sided differences of f', f'' jumps at a kink. */
static double bend(const sn_activation *f, double kink)
{
    const double h = 0x1p-16, left = sn_activation_derivative(f, kink);
    const double right = sn_activation_derivative(f, nextafter(kink, INFINITY));
    const double before = (left - sn_activation_derivative(f, kink - h)) / h;
    const double after = (sn_activation_derivative(f, kink + h) - right) / h;
    return fmax(fabs(right - left), fabs(after - before));
}

static void check_kinks(const sn_activation *f, sampler *s)
{
    (void)s;
    double kinks[SN_MAX_KINKS];
    const size_t n = sn_activation_kinks(f, kinks);
    ck_assert_uint_le(n, SN_MAX_KINKS);
    for (size_t k = 0; k < n; k++) {
        const double at = kinks[k], d = 0x1p-40, tiny = 0x1p-30 * limit_scale(f, at);
        ck_assert_msg(isfinite(at) && (k == 0 || at > kinks[k - 1]), "%s: kinks not ascending",
                      f->type->name);
        const double here = sn_activation_value(f, at);
        ck_assert_msg(fabs(sn_activation_value(f, at - d) - here) < tiny
                          && fabs(sn_activation_value(f, at + d) - here) < tiny,
                      "%s is not continuous at %g", f->type->name, at);
        ck_assert_msg(fabs(sn_activation_derivative(f, at - d) - sn_activation_derivative(f, at))
                          < tiny,
                      "%s: f'(%g) is not the left slope", f->type->name, at);
        ck_assert_msg(bend(f, at) > 1e-3, "%s: nothing bends at the kink %g", f->type->name, at);
    }
}

START_TEST(kinks_are_where_f_bends)
{
    for_each_variant(check_kinks);
}
END_TEST

START_TEST(a_slope_of_one_has_no_kink)
{
    sn_activation f;
    double kinks[SN_MAX_KINKS];
    ck_assert_int_eq(sn_activation_init(&f, "prelu", NULL), SN_OK);
    ck_assert_uint_eq(sn_activation_kinks(&f, kinks), 1);
    ck_assert_int_eq(sn_activation_set(&f, "slope", 1, NULL), SN_OK);
    ck_assert_uint_eq(sn_activation_kinks(&f, kinks), 0);
    ck_assert(sn_activation_value(&f, -2.385) == -2.385);
    ck_assert(sn_activation_derivative(&f, -2.385) == 1);
}
END_TEST

/* --- kernels ---------------------------------------------------------------------------------- */

enum { ELEMENTS = 1003 };

static bool same_double(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void check_double_kernel(const sn_activation *f, sampler *s)
{
    double z[ELEMENTS], out[ELEMENTS];
    for (size_t i = 0; i < ELEMENTS; i++)
        z[i] = i % 2 ? sample_signed(s, 1e-12, 800) : sample_uniform(s, -5, 5);
    z[3] = -0.0;
    sn_activation_map_double(f, ELEMENTS, z, out);
    for (size_t i = 0; i < ELEMENTS; i++)
        ck_assert_msg(same_double(out[i], sn_activation_value(f, z[i])),
                      "%s: the kernel gives %a at %a", f->type->name, out[i], z[i]);
    sn_activation_map_double(f, ELEMENTS, z, z);
    ck_assert_msg(memcmp(z, out, sizeof z) == 0, "%s: in place differs", f->type->name);
    out[0] = 2.385;
    sn_activation_map_double(f, 0, z, out);
    ck_assert(out[0] == 2.385);
}

/* A float may be two roundings off, and two units of a subnormal number. */
static bool close_float(float a, double expected)
{
    const double error = fabs((double)a - expected);
    return error <= 1.3e-7 * fabs(expected) || error <= 2 * (double)FLT_TRUE_MIN;
}

static void check_float_kernel(const sn_activation *f, sampler *s)
{
    float z[ELEMENTS], out[ELEMENTS];
    for (size_t i = 0; i < ELEMENTS; i++)
        z[i] = (float)(i % 2 ? sample_signed(s, 1e-12, 120) : sample_uniform(s, -5, 5));
    z[3] = -0.0F;
    sn_activation_map_float(f, ELEMENTS, z, out);
    for (size_t i = 0; i < ELEMENTS; i++)
        ck_assert_msg(close_float(out[i], sn_activation_value(f, (double)z[i])),
                      "%s: the float kernel gives %a at %a", f->type->name, (double)out[i],
                      (double)z[i]);
    sn_activation_map_float(f, ELEMENTS, z, z);
    ck_assert_msg(memcmp(z, out, sizeof z) == 0, "%s: in place differs", f->type->name);
}

/* Doubles are f' itself. */
static void check_slope_kernels(const sn_activation *f, sampler *s)
{
    double z[ELEMENTS], out[ELEMENTS];
    float x[ELEMENTS], slope[ELEMENTS];
    for (size_t i = 0; i < ELEMENTS; i++) {
        z[i] = i % 2 ? sample_signed(s, 1e-12, 800) : sample_uniform(s, -5, 5);
        x[i] = (float)(i % 2 ? sample_signed(s, 1e-12, 120) : sample_uniform(s, -5, 5));
    }
    for (int k = -6; k <= 6; k++) /* where the kinks are */
        z[k + 50] = x[k + 50] = (float)k;
    z[3] = x[3] = -0.0F;
    sn_activation_slope_double(f, ELEMENTS, z, out);
    sn_activation_slope_float(f, ELEMENTS, x, slope);
    for (size_t i = 0; i < ELEMENTS; i++) {
        ck_assert_msg(same_double(out[i], sn_activation_derivative(f, z[i])),
                      "%s: the slope kernel gives %a at %a", f->type->name, out[i], z[i]);
        const double expected = sn_activation_derivative(f, (double)x[i]);
        ck_assert_msg(close_float(slope[i], expected), "%s: the float slope kernel gives %a at %a",
                      f->type->name, (double)slope[i], (double)x[i]);
    }
    sn_activation_slope_double(f, ELEMENTS, z, z);
    sn_activation_slope_float(f, ELEMENTS, x, x);
    ck_assert_msg(memcmp(z, out, sizeof z) == 0 && memcmp(x, slope, sizeof x) == 0,
                  "%s: in place differs", f->type->name);
}

static void check_kernels(const sn_activation *f, sampler *s)
{
    check_double_kernel(f, s);
    check_float_kernel(f, s);
    check_slope_kernels(f, s);
    /* and without kernels of its own, as a new activation may come */
    sn_activation_type bare = *f->type;
    bare.map_double = NULL;
    bare.map_float = NULL;
    bare.slope_double = NULL;
    bare.slope_float = NULL;
    sn_activation plain = *f;
    plain.type = &bare;
    check_double_kernel(&plain, s);
    check_float_kernel(&plain, s);
    check_slope_kernels(&plain, s);
}

START_TEST(kernels_are_the_values)
{
    for_each_variant(check_kernels);
}
END_TEST

/* --- the ends of the numbers ------------------------------------------------------------------ */

/* A number; infinite only where f grows so fast that it must be. */
static bool finite_or_overflown(double (*at)(const sn_activation *f, double z),
                                const sn_activation *f, double z)
{
    const double v = at(f, z);
    return isfinite(v) || (isinf(v) && fabs(at(f, 0.9 * z)) > 1e150);
}

static void check_extremes(const sn_activation *f, sampler *s)
{
    (void)s;
    static const double points[] = {0,     DBL_TRUE_MIN, 1e-310, DBL_MIN, 1e-160, 38.6,  355.2,
                                    709.9, 745.3,        1e4,    1e103,   1e154,  1e155, 1.7e308};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            const double z = sign * points[i];
            ck_assert_msg(finite_or_overflown(sn_activation_value, f, z), "%s(%g) is %g",
                          f->type->name, z, sn_activation_value(f, z));
            ck_assert_msg(finite_or_overflown(sn_activation_derivative, f, z), "%s'(%g) is %g",
                          f->type->name, z, sn_activation_derivative(f, z));
        }
    ck_assert_msg(isnan(sn_activation_value(f, NAN)), "%s(NaN) is a number", f->type->name);
}

START_TEST(finite_numbers_stay_finite)
{
    for_each_variant(check_extremes);
}
END_TEST

/* At an infinity: what f has reached at 1e307, infinite if that is still growing; or NaN. */
static void check_infinity(const sn_activation *f, double infinity)
{
    const double limit = sn_activation_value(f, infinity);
    const double far = sn_activation_value(f, copysign(1e307, infinity));
    if (isnan(limit))
        NOTE("%s(%g) is NaN", f->type->name, infinity);
    else if (isinf(limit))
        ck_assert_msg(signbit(far) == signbit(limit) && fabs(far) > 100,
                      "%s(%g) is %g, but %g before", f->type->name, infinity, limit, far);
    else
        ck_assert_msg(limit == far, "%s(%g) is %g, but %g before", f->type->name, infinity, limit,
                      far);
}

static void check_infinities(const sn_activation *f, sampler *s)
{
    (void)s;
    check_infinity(f, -INFINITY);
    check_infinity(f, INFINITY);
}

START_TEST(infinities_give_limits)
{
    static const char *const fading[] = {"softsign", "silu", "gelu", "gelu_tanh", "mish"};
    for_each_variant(check_infinities);
    for (size_t i = 0; i < sizeof fading / sizeof fading[0]; i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, fading[i], NULL), SN_OK);
        ck_assert_msg(sn_activation_value(&f, -INFINITY) == (i == 0 ? -1 : 0), "%s", fading[i]);
    }
    sn_activation flat;
    ck_assert_int_eq(sn_activation_init(&flat, "leaky_relu", NULL), SN_OK);
    ck_assert_int_eq(sn_activation_set(&flat, "slope", 0, NULL), SN_OK);
    ck_assert(sn_activation_value(&flat, -INFINITY) == 0);
    ck_assert(isnan(sn_activation_value(&flat, NAN)));
    float z = -INFINITY;
    sn_activation_map_float(&flat, 1, &z, &z);
    ck_assert(z == 0);
}
END_TEST

UNIT_MAIN("activation", derivatives_are_those_of_the_values, slopes_jump_nowhere_but_at_kinks,
          kinks_are_where_f_bends, a_slope_of_one_has_no_kink, kernels_are_the_values,
          finite_numbers_stay_finite, infinities_give_limits)
