/* Tallies against two passes in long double, at offsets where the textbook formula is lost. */
#include "simulate/statistics.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "simulate/random.h"

static sn_tally reference(size_t n, const double *x)
{
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += (long double)x[i];
    const long double mean = sum / (long double)n;
    for (size_t i = 0; i < n; i++)
        squares += ((long double)x[i] - mean) * ((long double)x[i] - mean);
    return (sn_tally){(double)n, (double)mean, (double)squares};
}

/* The worse of the relative errors, as a part of what is allowed: 1e-13, and for the squares the
 * rounding of two means, 2^-53 |mean| each, in deviations. */
static double error_of(const sn_tally *found, const sn_tally *truth)
{
    ck_assert_double_eq(found->count, truth->count);
    const double ratio = fabs(truth->mean) / sqrt(truth->squares / truth->count);
    const double mean = fabs(found->mean - truth->mean) / fabs(truth->mean);
    const double squares = fabs(found->squares - truth->squares) / truth->squares;
    return fmax(mean / 1e-13, squares / (1e-13 + ratio * 0x1p-52));
}

static const size_t sizes[] = {2, 3, 15, 16, 17, 31, 511, 512, 513, 1000, 4999, 65536 + 7};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

START_TEST(doubles_keep_their_variance_at_any_offset)
{
    static const double offsets[] = {0.3, -2.385, 1e3, -1e6, 1e9}, deviations[] = {1, 1e-3, 1e3};
    double *x = malloc((1 << 17) * sizeof *x), worst = 0;
    for (size_t s = 0; s < SIZES; s++)
        for (size_t o = 0; o < 5; o++)
            for (size_t d = 0; d < 3; d++) {
                const sn_stream stream = {.seed = s, .row = (uint32_t)o, .layer = (uint32_t)d};
                sn_stream_normals_double(&stream, sizes[s], x);
                for (size_t i = 0; i < sizes[s]; i++)
                    x[i] = offsets[o] + deviations[d] * x[i];
                const sn_tally found = sn_tally_of_double(sizes[s], x);
                const sn_tally truth = reference(sizes[s], x);
                worst = fmax(worst, error_of(&found, &truth));
            }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    free(x);
}
END_TEST

/* What floats may be: the i-th of n numbers, made from a normal one. */
static float at_offset(size_t i, float normal)
{
    return (void)i, 2385.5f + 0.01f * normal;
}

static float beside_one(size_t i, float normal)
{
    return (void)i, 1 + 1e-6f * normal;
}

static float two_values(size_t i, float normal)
{
    return (void)normal, i % 3 == 0 ? 0.1f : -0.73f;
}

static float one_is_far_off(size_t i, float normal)
{
    return i == 0 ? -1e6f : 3 + normal;
}

static float last_is_far_off(size_t i, float normal)
{
    return i % 4096 == 4095 ? 1e5f : 3e-5f * normal;
}

static float ramp(size_t i, float normal)
{
    return (void)normal, 0.37f * (float)i;
}

static float steps(size_t i, float normal)
{
    return (float)(i / 700) * 100 + normal;
}

static float huge(size_t i, float normal)
{
    return (void)i, 1e30f * normal;
}

static float tiny(size_t i, float normal)
{
    return (void)i, 1e-30f * normal;
}

static float of_all_sizes(size_t i, float normal)
{
    return ldexpf(normal, (int)(i % 120) - 60);
}

static float saturated(size_t i, float normal)
{
    return (void)i, normal > 0 ? normal : -1.7580993f * (1 - expf(normal));
}

/* Off by how much of the variance, or of a deviation. */
static double float_error(size_t n, const float *x, double *wide)
{
    for (size_t i = 0; i < n; i++)
        wide[i] = (double)x[i];
    const sn_tally found = sn_tally_of_float(n, x), truth = reference(n, wide);
    ck_assert_double_eq(found.count, truth.count);
    const double deviation = sqrt(truth.squares / truth.count);
    return fmax(fabs(found.mean - truth.mean) / deviation,
                fabs(found.squares - truth.squares) / truth.squares);
}

START_TEST(floats_are_measured_as_they_are)
{
    static const struct {
        const char *name;
        float (*make)(size_t i, float normal);
    } kinds[] = {
        {"of a unit", saturated},
        {"at an offset", at_offset},
        {"1e-6 beside 1", beside_one},
        {"two values", two_values},
        {"first far off", one_is_far_off},
        {"last far off", last_is_far_off},
        {"ramp", ramp},
        {"steps", steps},
        {"huge", huge},
        {"tiny", tiny},
        {"of all sizes", of_all_sizes},
    };
    static const size_t lengths[] = {2, 3, 17, 255, 256, 257, 2047, 2048, 2049, 4999, 65543};
    float *x = malloc((1 << 17) * sizeof *x);
    double *wide = malloc((1 << 17) * sizeof *wide);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        double worst = 0;
        for (size_t s = 0; s < sizeof lengths / sizeof lengths[0]; s++) {
            const sn_stream stream = {.seed = 8 + s, .row = (uint32_t)k};
            sn_stream_normals_float(&stream, lengths[s], x);
            for (size_t i = 0; i < lengths[s]; i++)
                x[i] = kinds[k].make(i, x[i]);
            worst = fmax(worst, float_error(lengths[s], x, wide));
        }
        NOTE("floats, %s: worst error %.2g", kinds[k].name, worst);
        ck_assert_double_lt(worst, 1e-6);
    }
    free(x);
    free(wide);
}
END_TEST

/* Where every rounding goes the same way, of 1 + k 2^-23 and its like. */
START_TEST(roundings_do_not_add_up)
{
    enum { N = 4096 };
    float x[N];
    double wide[N], worst = 0;
    for (int k = 1; k < 3000; k += 7) {
        const float value = 1 + (float)(k * 2801) * 0x1p-23f;
        for (size_t i = 0; i < N; i++)
            x[i] = i % 2 ? value : -value;
        worst = fmax(worst, float_error(N, x, wide));
        for (size_t i = 0; i < N; i++)
            x[i] = i % 17 ? value : -3 * value;
        worst = fmax(worst, float_error(N, x, wide));
    }
    NOTE("floats of two values: worst error %.2g", worst);
    ck_assert_double_lt(worst, 1e-6);
}
END_TEST

START_TEST(parts_merge_to_the_whole)
{
    enum { N = 10007 };
    static const size_t cuts[] = {1, 2, 7, 100, 512, 5003, N - 1};
    double x[N], worst = 0;
    const sn_stream stream = {.seed = 99};
    sn_stream_normals_double(&stream, N, x);
    for (size_t i = 0; i < N; i++)
        x[i] = (i < N / 2 ? 1e5 : 1e5 + 30) + x[i];
    const sn_tally truth = reference(N, x);
    for (size_t c = 0; c < sizeof cuts / sizeof cuts[0]; c++) {
        sn_tally all = {0};
        for (size_t i = 0; i < N; i += cuts[c]) {
            const size_t left = N - i, size = left < cuts[c] ? left : cuts[c];
            const sn_tally part = sn_tally_of_double(size, x + i);
            sn_tally_merge(&all, &part);
        }
        const double merges = ceil((double)N / (double)cuts[c]); /* each rounds the mean */
        worst = fmax(worst, error_of(&all, &truth) / sqrt(merges));
    }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    const sn_tally nothing = {0};
    sn_tally same = truth;
    sn_tally_merge(&same, &nothing);
    ck_assert_mem_eq(&same, &truth, sizeof same);
}
END_TEST

START_TEST(equal_numbers_have_no_variance_at_all)
{
    enum { N = 2600 };
    float x[N];
    double y[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = 0.1f;
        y[i] = -1e5 / 3;
    }
    for (size_t n = 1; n <= N; n += 97) {
        const sn_tally a = sn_tally_of_float(n, x), b = sn_tally_of_double(n, y);
        ck_assert_double_eq(a.squares, 0);
        ck_assert_double_eq(b.squares, 0);
        ck_assert_double_eq(a.mean, (double)x[0]);
        ck_assert_double_eq(b.mean, y[0]);
    }
}
END_TEST

START_TEST(what_is_not_finite_is_seen)
{
    static const double bad[] = {INFINITY, -INFINITY, NAN};
    for (size_t b = 0; b < 3; b++)
        for (size_t place = 0; place < 2600; place += 37) {
            float x[2600] = {0};
            double y[2600] = {0};
            x[place] = (float)bad[b];
            y[place] = bad[b];
            const sn_tally f = sn_tally_of_float(2600, x), d = sn_tally_of_double(2600, y);
            ck_assert(!isfinite(sn_tally_second_moment(&f)));
            ck_assert(!isfinite(sn_tally_second_moment(&d)));
        }
    const double large[] = {1e200, -1e200, 3e200};
    const sn_tally tally = sn_tally_of_double(3, large);
    ck_assert(!isfinite(sn_tally_second_moment(&tally)));
}
END_TEST

/* 2.5, 4, 1, 9.5: mean 4.25, squared deviations 3.0625 + 0.0625 + 10.5625 + 27.5625 = 41.25. */
START_TEST(replicas_give_a_mean_and_its_error)
{
    static const double values[] = {2.5, 4, 1, 9.5};
    sn_tally tally = {0};
    ck_assert(isnan(sn_tally_measured(&tally).value) && isnan(sn_tally_measured(&tally).se));
    ck_assert(isnan(sn_tally_deviation(&tally)));
    sn_tally_add(&tally, values[0]);
    ck_assert(sn_tally_measured(&tally).value == 2.5 && isnan(sn_tally_measured(&tally).se));
    for (size_t i = 1; i < 4; i++)
        sn_tally_add(&tally, values[i]);
    const sn_measured measured = sn_tally_measured(&tally);
    ck_assert_double_eq_tol(measured.value, 4.25, 1e-15);
    ck_assert_double_eq_tol(sn_tally_deviation(&tally), sqrt(41.25 / 3), 1e-14);
    ck_assert_double_eq_tol(measured.se, sqrt(41.25 / 12), 1e-14);
    ck_assert_double_eq_tol(sn_tally_variance(&tally), 41.25 / 4, 1e-14);
    ck_assert_double_eq_tol(sn_tally_second_moment(&tally), 4.25 * 4.25 + 41.25 / 4, 1e-13);
}
END_TEST

UNIT_MAIN("statistics", doubles_keep_their_variance_at_any_offset, floats_are_measured_as_they_are,
          roundings_do_not_add_up, parts_merge_to_the_whole, equal_numbers_have_no_variance_at_all,
          what_is_not_finite_is_seen, replicas_give_a_mean_and_its_error)
