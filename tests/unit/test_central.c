/* Central moments against their definition in long double, in one piece and in many. */
#include "simulate/central.h"

#include <math.h>

#include "harness.h"
#include "sampling.h"
#include "simulate/random.h"

enum { MOST = 5000 };

static void reference(size_t n, const double *x, double *skewness, double *kurtosis)
{
    long double sum = 0, m[5] = {0};
    for (size_t i = 0; i < n; i++)
        sum += (long double)x[i];
    for (size_t i = 0; i < n; i++) {
        const long double d = (long double)x[i] - sum / (long double)n;
        for (size_t k = 2; k <= 4; k++)
            m[k] += powl(d, (long double)k) / (long double)n;
    }
    *skewness = (double)(m[3] / powl(m[2], 1.5L));
    *kurtosis = (double)(m[4] / (m[2] * m[2]) - 3);
}

/* Numbers of a law, by number: Gaussian, its square, its exponential, two values, an outlier. */
static void draw(unsigned law, size_t n, double *x)
{
    const sn_stream stream = {.seed = law, .row = (uint32_t)n};
    sn_stream_normals_double(&stream, n, x);
    for (size_t i = 0; i < n; i++)
        x[i] = law == 1 ? x[i] * x[i] : law == 2 ? exp(x[i]) : law == 3 ? (x[i] > 1.3) : x[i];
    if (law == 4)
        x[n / 2] = 40;
}

/* Rounding of the numbers at the offset is that of their deviations, offset / deviation times
 * 2^-53, and the kurtosis feels it four times its own size. */
static double error_of(double found, double truth, double offset)
{
    return fabs(found - truth) / ((1 + fabs(truth)) * (1e-13 + 4 * offset * 0x1p-53));
}

START_TEST(moments_are_their_definition_in_any_parts)
{
    static const size_t sizes[] = {2, 3, 7, 8, 9, 100, 511, 512, 513, MOST};
    static const size_t cuts[] = {MOST, 1, 5, 64, 600, 4999};
    static const double offsets[] = {0, -2.385, 1e4, 1e7};
    double x[MOST], worst = 0;
    for (unsigned law = 0; law < 5; law++)
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
            for (size_t o = 0; o < 4; o++) {
                const size_t n = sizes[s];
                double skewness, kurtosis;
                draw(law, n, x);
                for (size_t i = 0; i < n; i++)
                    x[i] += offsets[o];
                reference(n, x, &skewness, &kurtosis);
                for (size_t c = 0; c < 6; c++) {
                    sn_central all = {0};
                    for (size_t i = 0; i < n; i += cuts[c])
                        sn_central_add(&all, n - i < cuts[c] ? n - i : cuts[c], x + i);
                    const double offset = fabs(offsets[o]) * (cuts[c] == 1 ? 10 : 1);
                    if (isnan(skewness)) { /* two values, and only one of them drawn */
                        ck_assert(isnan(sn_central_skewness(&all)));
                        ck_assert(isnan(sn_central_excess_kurtosis(&all)));
                        continue;
                    }
                    worst = fmax(worst, error_of(sn_central_skewness(&all), skewness, offset));
                    worst =
                        fmax(worst, error_of(sn_central_excess_kurtosis(&all), kurtosis, offset));
                }
            }
    NOTE("worst error %.2g of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
}
END_TEST

/* 0 0 0 1: mean 1/4, m2 = 3/16, m3 = (27 - 3) / 256, m4 = (81 + 3) / 1024. */
START_TEST(four_numbers_by_hand)
{
    static const double x[] = {0, 0, 0, 1};
    sn_central central = {0};
    sn_central_add(&central, 4, x);
    ck_assert_double_eq_tol(sn_central_skewness(&central), 24. / 256 / pow(3. / 16, 1.5), 1e-15);
    ck_assert_double_eq_tol(sn_central_excess_kurtosis(&central), 84. / 1024 * 256 / 9 - 3, 1e-15);
}
END_TEST

START_TEST(scale_does_not_matter_until_powers_are_lost)
{
    double x[MOST], y[MOST];
    draw(2, MOST, x);
    sn_central one = {0};
    sn_central_add(&one, MOST, x);
    for (int e = -320; e <= 320; e += 20) {
        for (size_t i = 0; i < MOST; i++)
            y[i] = ldexp(x[i], e);
        sn_central other = {0};
        sn_central_add(&other, MOST, y);
        const double skewness = sn_central_skewness(&other);
        const double kurtosis = sn_central_excess_kurtosis(&other);
        ck_assert(isnan(kurtosis) ? abs(e) > 240
                                  : fabs(kurtosis / sn_central_excess_kurtosis(&one) - 1) < 1e-12);
        ck_assert(isnan(skewness) ? abs(e) > 240
                                  : fabs(skewness / sn_central_skewness(&one) - 1) < 1e-12);
    }
}
END_TEST

START_TEST(equal_numbers_have_no_shape)
{
    double x[MOST];
    for (size_t i = 0; i < MOST; i++)
        x[i] = -1e5 / 3;
    sn_central central = {0};
    ck_assert(isnan(sn_central_skewness(&central)));
    for (size_t n = 1; n < MOST; n += 333) {
        sn_central_add(&central, n, x);
        ck_assert(central.second == 0);
        ck_assert(isnan(sn_central_skewness(&central)));
        ck_assert(isnan(sn_central_excess_kurtosis(&central)));
    }
}
END_TEST

UNIT_MAIN("central", moments_are_their_definition_in_any_parts, four_numbers_by_hand,
          scale_does_not_matter_until_powers_are_lost, equal_numbers_have_no_shape)
