/* Rows of weights: four moments of every law in every structure, bounds, tails, exact rows, the
 * places of sparse ones. */
#include "simulate/weights.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { FAN_IN = 977, ROWS = 1500 };

/* With 11.3 degrees of freedom Student's t has the eight moments that the fourth's error needs. */
static const double freedom = 11.3, density = 0.213;

static void draw_row(const sn_weights *weights, bool in_double, uint32_t r, size_t n, double *out)
{
    const sn_stream stream = {
        .seed = 4242, .replica = 2, .layer = 7, .row = r, .purpose = SN_FOR_WEIGHT};
    if (in_double) {
        sn_weights_row_double(weights, &stream, n, out);
        return;
    }
    float row[FAN_IN];
    sn_weights_row_float(weights, &stream, n, row);
    for (size_t i = 0; i < n; i++)
        out[i] = (double)row[i];
}

/* The variance and the fourth moment of a unit variate; Student's is 3 + 6/(nu - 4), the truncated
 * normal's integrated in mpmath:
 *   quad(lambda x: x**4*npdf(x), [-2, 0, 2])/erf(sqrt(2)) */
static void unit_moments(sn_weight_law law, double *variance, double *fourth)
{
    const double cut_second = 0.773741303549923247180, cut_fourth = 1.416189124849462730259;
    switch (law) {
    case SN_WEIGHT_UNIFORM:
        *variance = 1, *fourth = 9. / 5;
        break;
    case SN_WEIGHT_TRUNCATED_NORMAL:
        *variance = 1, *fourth = cut_fourth / (cut_second * cut_second);
        break;
    case SN_WEIGHT_UNCORRECTED:
        *variance = cut_second, *fourth = cut_fourth;
        break;
    case SN_WEIGHT_STUDENT_T:
        *variance = 1, *fourth = 3 * (freedom - 2) / (freedom - 4);
        break;
    default:
        *variance = 1, *fourth = 3;
    }
}

/* Rows are independent, whatever their weights are among themselves: the means over rows of the
 * powers 1 to 4 of the deviation, in errors taken from the spread of the rows. */
static void measure(const sn_weights *weights, bool in_double, const double expected[4],
                    double z[4])
{
    const double mean = weights->omega / FAN_IN, unit = sqrt(weights->tau / FAN_IN);
    double row[FAN_IN], sum[4] = {0}, squares[4] = {0};
    for (uint32_t r = 0; r < ROWS; r++) {
        double powers[4] = {0};
        draw_row(weights, in_double, r, FAN_IN, row);
        for (size_t i = 0; i < FAN_IN; i++) {
            const double d = (row[i] - mean) / unit;
            powers[0] += d, powers[1] += d * d, powers[2] += d * d * d, powers[3] += d * d * d * d;
        }
        for (size_t k = 0; k < 4; k++) {
            const double off = powers[k] / FAN_IN - expected[k];
            sum[k] += off;
            squares[k] += off * off;
        }
    }
    for (size_t k = 0; k < 4; k++) {
        const double off = sum[k] / ROWS;
        z[k] = off / sqrt((squares[k] / ROWS - off * off) / ROWS);
    }
}

START_TEST(every_law_has_its_moments)
{
    static const sn_weight_structure structures[] = {SN_WEIGHTS_IID, SN_WEIGHTS_SPARSE};
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        for (size_t s = 0; s < 2; s++)
            for (int in_double = 0; in_double < 2; in_double++) {
                const bool sparse = structures[s] == SN_WEIGHTS_SPARSE;
                const sn_weights weights = {
                    (sn_weight_law)law, structures[s], sparse ? 0 : 2.385, 1.9, freedom, density};
                const double kept = sparse ? 208. / FAN_IN : 1; /* 0.213 of 977 is 208.1 */
                double variance, fourth, z[4];
                unit_moments(weights.law, &variance, &fourth);
                const double expected[4] = {0, variance, 0, fourth / kept};
                measure(&weights, in_double, expected, z);
                NOTE("%s, %s, %s: off by %.2f %.2f %.2f %.2f standard errors",
                     sn_weight_law_name(weights.law), sn_weight_structure_name(structures[s]),
                     in_double ? "double" : "float", z[0], z[1], z[2], z[3]);
                for (size_t k = 0; k < 4; k++)
                    ck_assert_double_lt(fabs(z[k]), 4.2);
            }
}
END_TEST

START_TEST(variance_and_kurtosis_are_those_of_the_law)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
        double variance, fourth;
        unit_moments((sn_weight_law)law, &variance, &fourth);
        const double kurtosis = fourth / (variance * variance) - 3;
        sn_weights weights = {(sn_weight_law)law, SN_WEIGHTS_IID, 0.3, 1.9, freedom, 0.25};
        ck_assert_double_eq_tol(sn_weights_kurtosis(&weights), kurtosis, 1e-14);
        ck_assert_double_eq_tol(sn_weights_tau(&weights), 1.9 * variance, 1e-15);
        weights.structure = SN_WEIGHTS_EXACT_ROWS;
        ck_assert_double_eq_tol(sn_weights_kurtosis(&weights), kurtosis, 1e-14);
        ck_assert_double_eq(sn_weights_tau(&weights), 1.9);
        weights.structure = SN_WEIGHTS_SPARSE;
        ck_assert_double_eq_tol(sn_weights_tau(&weights), 1.9 * variance, 1e-15);
        ck_assert_double_eq_tol(sn_weights_kurtosis(&weights), 4 * (kurtosis + 3) - 3, 1e-13);
        weights.structure = SN_WEIGHTS_ORTHOGONAL;
        ck_assert_double_eq(sn_weights_kurtosis(&weights), 0);
        ck_assert_double_eq(sn_weights_tau(&weights), 1.9);
    }
    sn_weights heavy = {.law = SN_WEIGHT_STUDENT_T, .freedom = 4};
    ck_assert(isinf(sn_weights_kurtosis(&heavy)));
    heavy.structure = SN_WEIGHTS_SPARSE;
    heavy.density = 0.5;
    ck_assert(isinf(sn_weights_kurtosis(&heavy)));
}
END_TEST

/* The largest deviation from the mean, in deviations asked for. */
static double reach(sn_weight_law law, bool in_double)
{
    const sn_weights weights = {.law = law, .omega = -0.7, .tau = 0.31, .freedom = freedom};
    double row[FAN_IN], largest = 0;
    for (uint32_t r = 0; r < 500; r++) {
        draw_row(&weights, in_double, r, FAN_IN, row);
        for (size_t i = 0; i < FAN_IN; i++)
            largest = fmax(largest, fabs(row[i] - weights.omega / FAN_IN));
    }
    return largest / sqrt(weights.tau / FAN_IN);
}

START_TEST(bounded_laws_end_at_their_bounds)
{
    const double bounds[SN_WEIGHT_LAW_COUNT] = {[SN_WEIGHT_UNIFORM] = sqrt(3),
                                                [SN_WEIGHT_TRUNCATED_NORMAL] =
                                                    2 / SN_TRUNCATED_DEVIATION,
                                                [SN_WEIGHT_UNCORRECTED] = 2};
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        for (int in_double = 0; in_double < 2; in_double++) {
            const double found = reach((sn_weight_law)law, in_double), bound = bounds[law];
            if (bound > 0)
                ck_assert(found <= bound * (1 + 1e-6) && found > 0.9999 * bound);
            else
                ck_assert_double_gt(found, 4.3);
        }
}
END_TEST

/* P(|z| < 1 | |z| < 2) = erf(sqrt(1/2)) / erf(sqrt 2), and the deviation's constant. */
START_TEST(the_truncated_normal_is_a_normal_within_its_cut)
{
    const double at_cut = exp(-2) / sqrt(2 * M_PI);
    ck_assert_double_eq_tol(SN_TRUNCATED_DEVIATION, sqrt(1 - 4 * at_cut / erf(M_SQRT2)), 1e-15);
    const sn_weights weights = {.law = SN_WEIGHT_UNCORRECTED};
    const size_t n = (size_t)ROWS * FAN_IN;
    const double p = erf(M_SQRT1_2) / erf(M_SQRT2);
    double row[FAN_IN];
    size_t inside = 0;
    for (uint32_t r = 0; r < ROWS; r++) {
        const sn_stream stream = {.seed = 31, .row = r, .purpose = SN_FOR_WEIGHT};
        sn_unit_row_double(&weights, &stream, FAN_IN, row);
        for (size_t i = 0; i < FAN_IN; i++)
            inside += fabs(row[i]) < 1;
    }
    const double z = ((double)inside - p * (double)n) / sqrt((double)n * p * (1 - p));
    NOTE("within one deviation: z = %.2f", z);
    ck_assert_double_lt(fabs(z), 4.2);
}
END_TEST

/* The second tries of a row are its own: drawn alone or in company, shorter or longer, the row
 * begins the same, and its numbers share nothing with each other nor with the next row's. */
START_TEST(rows_are_functions_of_their_names)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
        const sn_weights weights = {.law = (sn_weight_law)law, .freedom = freedom};
        float a[FAN_IN], b[FAN_IN];
        double c[FAN_IN], d[FAN_IN];
        sn_stream stream = {.seed = 31, .row = 12, .purpose = SN_FOR_WEIGHT};
        sn_unit_row_float(&weights, &stream, FAN_IN, a);
        sn_unit_row_double(&weights, &stream, FAN_IN, c);
        for (size_t n = 1; n < FAN_IN; n += 123) {
            sn_unit_row_float(&weights, &stream, n, b);
            sn_unit_row_double(&weights, &stream, n, d);
            ck_assert_mem_eq(a, b, n * sizeof *a);
            ck_assert_mem_eq(c, d, n * sizeof *c);
        }
        stream.row++;
        sn_unit_row_float(&weights, &stream, FAN_IN, b);
        size_t same = 0;
        for (size_t i = 0; i < FAN_IN; i++)
            for (size_t j = 0; j < FAN_IN; j++)
                same += a[i] == b[j] || (i != j && c[i] == c[j]);
        ck_assert_uint_lt(same, 5);
    }
}
END_TEST

START_TEST(exact_rows_are_exact)
{
    static const size_t sizes[] = {2, 3, 17, 512, 1031};
    double worst_float = 0, worst_double = 0;
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
            for (uint32_t r = 0; r < 20; r++) {
                const size_t n = sizes[s];
                const sn_weights weights = {
                    (sn_weight_law)law, SN_WEIGHTS_EXACT_ROWS, r % 2 ? 0.731 : 0, 1.37, freedom, 0};
                const sn_stream stream = {.seed = 6, .row = r, .purpose = SN_FOR_WEIGHT};
                float narrow[1031];
                double row[1031], sums[4] = {0};
                sn_weights_row_float(&weights, &stream, n, narrow);
                sn_weights_row_double(&weights, &stream, n, row);
                for (size_t i = 0; i < n; i++) {
                    sums[0] += (double)narrow[i];
                    sums[1] += (double)narrow[i] * (double)narrow[i];
                    sums[2] += row[i];
                    sums[3] += row[i] * row[i];
                }
                for (size_t i = 0; i < 4; i++) {
                    const double error = fabs(sums[i] - (i % 2 ? weights.tau : weights.omega));
                    if (i < 2)
                        worst_float = fmax(worst_float, error);
                    else
                        worst_double = fmax(worst_double, error);
                }
            }
    NOTE("worst sum or square sum: off by %.2g in float, %.2g in double", worst_float,
         worst_double);
    ck_assert_double_lt(worst_float, 1e-6);
    ck_assert_double_lt(worst_double, 1e-14);
}
END_TEST

/* A normal row shifted and scaled is uniform on a sphere in n - 1 dimensions: in units of tau -
 * omega^2/n the fourth moment of a deviation is 3 (n - 1) / (n^2 (n + 1)), the third 0. Of other
 * laws, a row is the independent one, shifted and scaled. */
START_TEST(exact_rows_keep_their_law)
{
    enum { SHORT = 5, MANY = 300000 };
    const sn_weights normal = {SN_WEIGHT_NORMAL, SN_WEIGHTS_EXACT_ROWS, 0.9, 1.37, 0, 0};
    const double mean = 0.9 / SHORT, unit = sqrt(1.37 - 0.9 * mean);
    double row[FAN_IN], free_row[FAN_IN], sum[2] = {0}, squares[2] = {0};
    for (uint32_t r = 0; r < MANY; r++) {
        draw_row(&normal, r % 2, r, SHORT, row);
        const double d = (row[r % SHORT] - mean) / unit, cube = d * d * d;
        const double off[2] = {cube, cube * d - 3. * (SHORT - 1) / (SHORT * SHORT * (SHORT + 1))};
        for (size_t k = 0; k < 2; k++) {
            sum[k] += off[k];
            squares[k] += off[k] * off[k];
        }
    }
    for (size_t k = 0; k < 2; k++)
        ck_assert_double_lt(fabs(sum[k]), 4.2 * sqrt(squares[k]));
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++) {
        const sn_weights exact = {(sn_weight_law)law, SN_WEIGHTS_EXACT_ROWS, 0.9, 1, freedom, 0};
        const sn_weights iid = {(sn_weight_law)law, SN_WEIGHTS_IID, 0, 1, freedom, 0};
        draw_row(&exact, true, 3, FAN_IN, row);
        draw_row(&iid, true, 3, FAN_IN, free_row);
        const double slope = (row[0] - row[1]) / (free_row[0] - free_row[1]);
        ck_assert_double_gt(slope, 0.8);
        for (size_t i = 0; i < FAN_IN; i++)
            ck_assert_double_eq_tol(row[i] - row[0], slope * (free_row[i] - free_row[0]), 1e-12);
    }
}
END_TEST

START_TEST(sparse_rows_have_as_many_weights_as_asked_for)
{
    ck_assert_uint_eq(sn_weights_kept(0.213, 977), 208);
    ck_assert_uint_eq(sn_weights_kept(0.5, 3), 2); /* round half up */
    ck_assert_uint_eq(sn_weights_kept(1e-9, 977), 1);
    ck_assert_uint_eq(sn_weights_kept(1, 977), 977);
    ck_assert_uint_eq(sn_weights_kept(0.015, 1000), 15);
    static const double densities[] = {1e-9, 0.0371, 0.5, 0.993, 1};
    double row[FAN_IN], narrow[FAN_IN];
    for (size_t d = 0; d < sizeof densities / sizeof densities[0]; d++)
        for (uint32_t r = 0; r < 40; r++) {
            const sn_weights weights = {SN_WEIGHT_UNIFORM, SN_WEIGHTS_SPARSE, 0, 1, 0,
                                        densities[d]};
            const size_t n = 1 + (size_t)r * 25;
            size_t found = 0;
            draw_row(&weights, true, r, n, row);
            draw_row(&weights, false, r, n, narrow);
            for (size_t i = 0; i < n; i++) {
                found += row[i] != 0;
                ck_assert((row[i] == 0) == (narrow[i] == 0)); /* the same places */
            }
            ck_assert_uint_eq(found, sn_weights_kept(densities[d], n));
        }
}
END_TEST

/* How often each place, and each pair of places, has a weight: all subsets of 7 of 37 are equally
 * likely. Pearson's sum over places is that of chi^2 with 36 degrees of freedom, once scaled for
 * the constant sum. And an order of the values that depends on the place would show in the mean of
 * a place. */
START_TEST(sparse_places_are_uniform)
{
    enum { N = 37, KEPT = 7, MANY = 60000 };
    static double pairs[N][N], sums[N];
    const sn_weights weights = {SN_WEIGHT_NORMAL, SN_WEIGHTS_SPARSE, 0, KEPT, 0, 0.19};
    for (uint32_t r = 0; r < MANY; r++) {
        double row[N];
        draw_row(&weights, r % 2, r, N, row);
        for (size_t i = 0; i < N; i++) {
            sums[i] += row[i];
            for (size_t j = 0; j <= i; j++)
                pairs[i][j] += row[i] != 0 && row[j] != 0;
        }
    }
    const double one = (double)KEPT / N, two = one * (KEPT - 1) / (N - 1);
    double pearson = 0, worst = 0, worst_sum = 0;
    for (size_t i = 0; i < N; i++) {
        const double off = pairs[i][i] - MANY * one;
        pearson += off * off / (MANY * one * (1 - one)) * (N - 1) / N;
        worst_sum = fmax(worst_sum, fabs(sums[i]) / sqrt(MANY * one));
        for (size_t j = 0; j < i; j++)
            worst = fmax(worst, fabs(pairs[i][j] - MANY * two) / sqrt(MANY * two * (1 - two)));
    }
    NOTE("places: chi^2 %.1f of 36, worst pair %.2f, worst mean %.2f", pearson, worst, worst_sum);
    ck_assert_double_lt(fabs(pearson - (N - 1)), 4.2 * sqrt(2. * (N - 1)));
    ck_assert_double_lt(worst, 4.8); /* of 666 */
    ck_assert_double_lt(worst_sum, 4.5);
}
END_TEST

/* Pairs of places at some distance in long rows, where the random numbers come in several pieces.
 * */
START_TEST(sparse_places_know_nothing_of_each_other)
{
    static const size_t lags[] = {1, 32, 64, 128, 256};
    const sn_weights weights = {SN_WEIGHT_UNIFORM, SN_WEIGHTS_SPARSE, 0, 1, 0, 0.4};
    const double kept = (double)sn_weights_kept(0.4, FAN_IN);
    const double p = kept / FAN_IN * (kept - 1) / (FAN_IN - 1);
    for (size_t l = 0; l < 5; l++) {
        double sum = 0, squares = 0, row[FAN_IN];
        for (uint32_t r = 0; r < 1000; r++) {
            double both = 0;
            draw_row(&weights, true, r, FAN_IN, row);
            for (size_t i = lags[l]; i < FAN_IN; i++)
                both += (row[i] != 0 && row[i - lags[l]] != 0) - p;
            sum += both;
            squares += both * both;
        }
        NOTE("distance %zu: off by %.2f standard errors", lags[l], sum / sqrt(squares));
        ck_assert_double_lt(fabs(sum), 4.2 * sqrt(squares));
    }
}
END_TEST

UNIT_MAIN("weights", every_law_has_its_moments, variance_and_kurtosis_are_those_of_the_law,
          bounded_laws_end_at_their_bounds, the_truncated_normal_is_a_normal_within_its_cut,
          rows_are_functions_of_their_names, exact_rows_are_exact, exact_rows_keep_their_law,
          sparse_rows_have_as_many_weights_as_asked_for, sparse_places_are_uniform,
          sparse_places_know_nothing_of_each_other)
