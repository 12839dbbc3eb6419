/* e^z - 1 for floats and the float kernels made of it and others, against the same functions in
 * double, over the whole range of the floats. */
#include "activation/expm1f.h"

#include <float.h>

#include "activation/activation.h"
#include "harness.h"

#define MINUS_INFINITY_BITS 0xff800000u

static float float_of(uint32_t bits)
{
    float z;
    memcpy(&z, &bits, sizeof z);
    return z;
}

/* Every 1009th float from -0 to minus infinity, the subnormals among them. */
START_TEST(double_is_within_its_claim)
{
    double worst = 0, worst_at = 0;
    for (uint32_t bits = 0x80000001u; bits < MINUS_INFINITY_BITS; bits += 1009) {
        const double z = (double)float_of(bits), expected = expm1(z);
        const double error = fabs(sn_expm1f(z) - expected) / fabs(expected);
        if (!(error <= worst)) {
            worst = error;
            worst_at = z;
        }
    }
    NOTE("before rounding, relative error up to %.2e at %.9g", worst, worst_at);
    ck_assert_msg(worst < 1e-9, "off by %g at %.9g", worst, worst_at);
}
END_TEST

typedef void map(const sn_activation *f, size_t n, const float *z, float *out);

/* What rounds to infinity, as floats do, is compared with infinity.
 * The worst relative error, and for subnormal numbers the worst in units of those. */
typedef struct errors {
    double relative, at, units;
    size_t subnormals;
} errors;

static errors errors_of(const sn_activation *f, map *kernel,
                        double (*truth)(const sn_activation *f, double z), size_t n, const float *z,
                        float *out)
{
    errors worst = {0};
    kernel(f, n, z, out);
    for (size_t i = 0; i < n; i++) {
        const double expected = truth(f, (double)z[i]), error = fabs((double)out[i] - expected);
        if (fabs(expected) >= 0x1.ffffffp127) {
            ck_assert_msg(out[i] == (float)expected, "%s: %g at %.9g", f->type->name,
                          (double)out[i], (double)z[i]);
        } else if (fabs(expected) < (double)FLT_MIN) {
            worst.subnormals++;
            worst.units = fmax(worst.units, error / (double)FLT_TRUE_MIN);
        } else if (!(error <= worst.relative * fabs(expected))) {
            worst.relative = error / fabs(expected);
            worst.at = (double)z[i];
        }
    }
    return worst;
}

static const struct {
    const char *name;
    double alpha, lambda;
} units[] = {
    {"selu", 1.6732632423543772, 1.0507009873554805},
    {"selu", 1.3333, 3.1234567},
    {"elu", 1, 1},
    {"elu", -0.7358, 1},
    {"elu", 123456.7, 1},
    {"celu", 1, 1},
    {"celu", 0.7358, 1},
    {"celu", 1e-3, 1},
    {"celu", 987.6, 1},
};
enum { UNITS = sizeof units / sizeof units[0] };

static sn_activation unit_at(size_t i)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, units[i].name, NULL), SN_OK);
    ck_assert_int_eq(sn_activation_set(&f, "alpha", units[i].alpha, NULL), SN_OK);
    if (f.type->n_params > 1)
        ck_assert_int_eq(sn_activation_set(&f, "lambda", units[i].lambda, NULL), SN_OK);
    return f;
}

/* Every 2003rd of the floats below 0 and every 20011th of those above. */
START_TEST(kernels_are_within_their_claim)
{
    enum { STEP = 2003, MOST = 0x7f800000 / STEP + 0x7f800000 / (10 * STEP) + 2 };
    float *z = malloc(MOST * sizeof *z), *out = malloc(MOST * sizeof *out);
    ck_assert(z && out);
    size_t n = 0;
    for (uint32_t bits = 0x80000001u; bits < MINUS_INFINITY_BITS; bits += STEP)
        z[n++] = float_of(bits);
    for (uint32_t bits = 1; bits < 0x7e800000u; bits += 10 * STEP)
        z[n++] = float_of(bits);
    ck_assert_uint_le(n, MOST);
    for (size_t i = 0; i < UNITS; i++) {
        const sn_activation f = unit_at(i);
        const errors value = errors_of(&f, sn_activation_map_float, sn_activation_value, n, z, out);
        const errors slope =
            errors_of(&f, sn_activation_slope_float, sn_activation_derivative, n, z, out);
        NOTE("%-4s %8g: value off by up to %.3g at %.9g, slope by %.3g at %.9g", units[i].name,
             units[i].alpha, value.relative, value.at, slope.relative, slope.at);
        ck_assert_uint_gt(value.subnormals, 100);
        ck_assert_double_lt(value.relative, 1.2e-7);
        ck_assert_double_lt(value.units, 2);
        ck_assert_double_lt(slope.relative, 1.2e-7);
        ck_assert_double_lt(slope.units, 2);
    }
    free(z);
    free(out);
}
END_TEST

/* All others compute in double and round once: half a unit, 5.96e-8, and a hundredth of one. */
static void check_rounded_once(const sn_activation *f, map *kernel,
                               double (*truth)(const sn_activation *f, double z), size_t n,
                               const float *z, float *out)
{
    const errors worst = errors_of(f, kernel, truth, n, z, out);
    NOTE("%-12s off by up to %.4g at %.9g", f->type->name, worst.relative, worst.at);
    ck_assert_msg(worst.relative < 6.05e-8 && worst.units < 0.51, "%s: %g at %.9g, %g units",
                  f->type->name, worst.relative, worst.at, worst.units);
}

/* Every 20011th float of either sign. */
START_TEST(other_kernels_round_once)
{
    enum { STEP = 20011, MOST = 0x7f800000 / STEP * 2 + 4 };
    static const float ends[] = {(float)INFINITY, (float)-INFINITY, NAN, -NAN};
    float *z = malloc(MOST * sizeof *z), *out = malloc(MOST * sizeof *out), end[4];
    size_t n = 0;
    for (uint32_t bits = 0; bits < 0x7f800000u; bits += STEP) {
        z[n++] = float_of(bits);
        z[n++] = -float_of(bits);
    }
    ck_assert_uint_le(n, MOST);
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, sn_activation_at(i)->name, NULL), SN_OK);
        bool is_unit = false;
        for (size_t k = 0; k < UNITS; k++)
            is_unit |= strcmp(f.type->name, units[k].name) == 0;
        if (is_unit)
            continue;
        check_rounded_once(&f, sn_activation_map_float, sn_activation_value, n, z, out);
        check_rounded_once(&f, sn_activation_slope_float, sn_activation_derivative, n, z, out);
        sn_activation_map_float(&f, 4, ends, end);
        for (size_t k = 0; k < 4; k++) {
            const float limit = (float)sn_activation_value(&f, (double)ends[k]);
            ck_assert_msg(isnan(limit) ? isnan(end[k]) : end[k] == limit, "%s(%g) is %g",
                          f.type->name, (double)ends[k], (double)end[k]);
        }
    }
    free(z);
    free(out);
}
END_TEST

/* Every place in a vector and in what is left after the last whole one gives the same bits. */
START_TEST(place_does_not_matter)
{
    enum { MOST = 70 };
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, "selu", NULL), SN_OK);
    for (float z = -17.2385F; z < 1; z += 0.3173F) {
        float alone, slope, many[MOST], out[MOST];
        sn_activation_map_float(&f, 1, &z, &alone);
        sn_activation_slope_float(&f, 1, &z, &slope);
        for (size_t i = 0; i < MOST; i++)
            many[i] = z;
        for (size_t n = 1; n <= MOST; n++) {
            sn_activation_map_float(&f, n, many, out);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(memcmp(&out[i], &alone, sizeof alone) == 0, "%zu of %zu at %g", i, n,
                              (double)z);
            sn_activation_slope_float(&f, n, many, out);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(memcmp(&out[i], &slope, sizeof slope) == 0, "%zu of %zu at %g", i, n,
                              (double)z);
        }
    }
}
END_TEST

/* Zero is what it is, also where alpha is negative and so its sign. */
START_TEST(special_values)
{
    static const float at[] = {-104.03F, -1e9F,  -FLT_MAX, (float)-INFINITY,
                               2.385F,   104.5F, 1e9F,     (float)INFINITY};
    for (size_t k = 0; k < UNITS; k++) {
        const sn_activation f = unit_at(k);
        for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
            float value, slope;
            const double expected = sn_activation_value(&f, (double)at[i]);
            sn_activation_map_float(&f, 1, &at[i], &value);
            sn_activation_slope_float(&f, 1, &at[i], &slope);
            ck_assert_msg((double)value == expected
                              || fabs((double)value - expected) <= 1.2e-7 * fabs(expected),
                          "%s(%a) is %a", units[k].name, (double)at[i], (double)value);
            if (at[i] > 0 || isinf(at[i]))
                ck_assert(slope == (float)sn_activation_derivative(&f, (double)at[i]));
        }
        const float zero[2] = {0, -0.0F}, not_a_number[2] = {NAN, -NAN};
        float out[2];
        sn_activation_map_float(&f, 2, zero, out);
        ck_assert_mem_eq(out, zero, sizeof zero);
        sn_activation_map_float(&f, 2, not_a_number, out);
        ck_assert(isnan(out[0]) && isnan(out[1]));
        sn_activation_slope_float(&f, 2, not_a_number, out);
        ck_assert(isnan(out[0]) && isnan(out[1]));
        sn_activation_slope_float(&f, 2, zero, out);
        ck_assert(out[0] == (float)sn_activation_derivative(&f, 0) && out[1] == out[0]);
    }
}
END_TEST

UNIT_MAIN("expm1f", double_is_within_its_claim, kernels_are_within_their_claim,
          other_kernels_round_once, place_does_not_matter, special_values)
