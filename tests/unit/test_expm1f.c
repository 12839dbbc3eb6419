/* e^z - 1 for floats and the float kernels made of it, against the C library's expm1 in double,
 * over the whole range of the negative floats. */
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

/* Half a unit is 2^-24 = 5.96e-8 of a normal number. */
static void check_kernel(const char *name, float *z, float *out, size_t n)
{
    sn_activation f;
    ck_assert_int_eq(sn_activation_init(&f, name, NULL), SN_OK);
    double worst = 0, worst_at = 0;
    size_t others = 0, subnormals = 0;
    sn_activation_map_float(&f, n, z, out);
    for (size_t i = 0; i < n; i++) {
        const double expected = sn_activation_value(&f, (double)z[i]);
        const double error = fabs((double)out[i] - expected);
        others += out[i] != (float)expected;
        if (fabs(expected) < (double)FLT_MIN) {
            subnormals++;
            ck_assert_msg(error <= 0.5001 * (double)FLT_TRUE_MIN, "%s(%a) is %a", name,
                          (double)z[i], (double)out[i]);
        } else if (!(error <= worst * fabs(expected))) {
            worst = error / fabs(expected);
            worst_at = (double)z[i];
        }
    }
    NOTE("%-4s: relative error up to %.4g at %.9g; %zu of %zu are not the nearest float", name,
         worst, worst_at, others, n);
    ck_assert_uint_gt(subnormals, 1000);
    ck_assert_msg(worst < 6.03e-8, "%s is off by %g at %.9g", name, worst, worst_at);
    ck_assert_msg(others < n / 10000, "%s: %zu are not the nearest float", name, others);
}

START_TEST(kernels_round_once)
{
    static const char *const names[] = {"selu", "elu", "celu"};
    enum { STEP = 1009, MOST = 0x7f800000 / STEP + 1 };
    float *z = malloc(MOST * sizeof *z), *out = malloc(MOST * sizeof *out);
    ck_assert(z && out);
    size_t n = 0;
    for (uint32_t bits = 0x80000001u; bits < MINUS_INFINITY_BITS; bits += STEP)
        z[n++] = float_of(bits);
    ck_assert_uint_le(n, MOST);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        check_kernel(names[i], z, out, n);
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
        float alone, many[MOST], out[MOST];
        sn_activation_map_float(&f, 1, &z, &alone);
        for (size_t i = 0; i < MOST; i++)
            many[i] = z;
        for (size_t n = 1; n <= MOST; n++) {
            sn_activation_map_float(&f, n, many, out);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(memcmp(&out[i], &alone, sizeof alone) == 0, "%zu of %zu at %g", i, n,
                              (double)z);
        }
    }
}
END_TEST

START_TEST(special_values)
{
    static const float at[] = {
        0.0F,     -0.0F,    -FLT_TRUE_MIN, FLT_TRUE_MIN,   -FLT_MIN,         -1.2345e-20F,
        -103.97F, -104.03F, -1e9F,         -FLT_MAX,       (float)-INFINITY, 2.385F,
        104.5F,   1e9F,     1e38F,         (float)INFINITY};
    enum { N = sizeof at / sizeof at[0] };
    static const char *const names[] = {"selu", "elu", "celu"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        sn_activation f;
        ck_assert_int_eq(sn_activation_init(&f, names[k], NULL), SN_OK);
        for (int sign = 1; sign >= -1; sign -= 2) {
            float out[N];
            if (sign < 0 && k < 2)
                ck_assert_int_eq(sn_activation_set(&f, "alpha", -0.7358, NULL), SN_OK);
            sn_activation_map_float(&f, N, at, out);
            for (size_t i = 0; i < N; i++) {
                const float expected = (float)sn_activation_value(&f, (double)at[i]);
                ck_assert_msg(memcmp(&out[i], &expected, sizeof expected) == 0,
                              "%s(%a) is %a, not %a", names[k], (double)at[i], (double)out[i],
                              (double)expected);
            }
        }
        const float nan_in[2] = {NAN, -NAN};
        float nan_out[2] = {0, 0};
        sn_activation_map_float(&f, 2, nan_in, nan_out);
        ck_assert(isnan(nan_out[0]) && isnan(nan_out[1]));
    }
}
END_TEST

UNIT_MAIN("expm1f", double_is_within_its_claim, kernels_round_once, place_does_not_matter,
          special_values)
