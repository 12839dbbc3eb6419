/* Rows of weights: mean, variance and bounds of each law, exact rows, and the initialisers. */
#include "simulate/weights.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { FAN_IN = 977, ROWS = 500 };

static void draw(const sn_weights *weights, bool in_double, double *out)
{
    for (uint32_t r = 0; r < ROWS; r++, out += FAN_IN) {
        const sn_stream stream = {
            .seed = 4242, .replica = 2, .layer = 7, .row = r, .purpose = SN_FOR_WEIGHT};
        if (in_double) {
            sn_weights_row_double(weights, &stream, FAN_IN, out);
            continue;
        }
        float row[FAN_IN];
        sn_weights_row_float(weights, &stream, FAN_IN, row);
        for (size_t i = 0; i < FAN_IN; i++)
            out[i] = (double)row[i];
    }
}

START_TEST(each_law_has_the_mean_and_variance_asked_for)
{
    const size_t n = (size_t)ROWS * FAN_IN;
    double *w = malloc(n * sizeof *w);
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        for (int in_double = 0; in_double < 2; in_double++) {
            const sn_weights weights = {(sn_weight_law)law, false, 2.385, 1.9};
            const double mean = weights.omega / FAN_IN, variance = weights.tau / FAN_IN;
            double first = 0, second = 0, fourth = 0;
            draw(&weights, in_double, w);
            for (size_t i = 0; i < n; i++) {
                const double d = w[i] - mean;
                first += d / (double)n;
                second += d * d / (double)n;
                fourth += d * d * d * d / (double)n;
            }
            const double mean_z = first / sqrt(variance / (double)n);
            const double variance_z =
                (second - variance) / sqrt((fourth - second * second) / (double)n);
            NOTE("%s in %s: mean off by %.2f, variance by %.2f standard errors",
                 sn_weight_law_name((sn_weight_law)law), in_double ? "double" : "float", mean_z,
                 variance_z);
            ck_assert_double_lt(fabs(mean_z), 4.5);
            ck_assert_double_lt(fabs(variance_z), 4.5);
        }
    free(w);
}
END_TEST

/* The largest deviation from the mean, in deviations of the law. */
static double reach(sn_weight_law law, bool in_double)
{
    const sn_weights weights = {law, false, -0.7, 0.31};
    double *w = malloc((size_t)ROWS * FAN_IN * sizeof *w), largest = 0;
    draw(&weights, in_double, w);
    for (size_t i = 0; i < (size_t)ROWS * FAN_IN; i++)
        largest = fmax(largest, fabs(w[i] - weights.omega / FAN_IN));
    free(w);
    return largest / sqrt(weights.tau / FAN_IN);
}

START_TEST(bounded_laws_end_at_their_bounds)
{
    const double cut = 2 / SN_TRUNCATED_DEVIATION;
    for (int in_double = 0; in_double < 2; in_double++) {
        const double uniform = reach(SN_WEIGHT_UNIFORM, in_double);
        const double truncated = reach(SN_WEIGHT_TRUNCATED_NORMAL, in_double);
        ck_assert(uniform <= sqrt(3) * (1 + 1e-6) && uniform > 0.9999 * sqrt(3));
        ck_assert(truncated <= cut * (1 + 1e-6) && truncated > 0.9999 * cut);
        ck_assert_double_gt(reach(SN_WEIGHT_NORMAL, in_double), 4.3);
    }
}
END_TEST

/* P(|z| < 1 | |z| < 2) = erf(sqrt(1/2)) / erf(sqrt 2), and the deviation's constant. */
START_TEST(the_truncated_normal_is_a_normal_within_its_cut)
{
    const double density = exp(-2) / sqrt(2 * M_PI);
    ck_assert_double_eq_tol(SN_TRUNCATED_DEVIATION, sqrt(1 - 4 * density / erf(M_SQRT2)), 1e-15);
    const size_t n = (size_t)ROWS * FAN_IN;
    const double p = erf(M_SQRT1_2) / erf(M_SQRT2), one = 1 / SN_TRUNCATED_DEVIATION;
    double row[FAN_IN];
    size_t inside = 0;
    for (uint32_t r = 0; r < ROWS; r++) {
        const sn_stream stream = {.seed = 31, .row = r, .purpose = SN_FOR_WEIGHT};
        sn_unit_row_double(SN_WEIGHT_TRUNCATED_NORMAL, &stream, FAN_IN, row);
        for (size_t i = 0; i < FAN_IN; i++)
            inside += fabs(row[i]) < one;
    }
    const double z = ((double)inside - p * (double)n) / sqrt((double)n * p * (1 - p));
    NOTE("within one deviation: z = %.2f", z);
    ck_assert_double_lt(fabs(z), 4.5);
}
END_TEST

/* The second tries of a row are its own: drawn alone or in company, shorter or longer, the row
 * begins the same, and its numbers share nothing with the next row's. */
START_TEST(rows_are_functions_of_their_names)
{
    float a[FAN_IN], b[FAN_IN];
    sn_stream stream = {.seed = 31, .row = 12, .purpose = SN_FOR_WEIGHT};
    sn_unit_row_float(SN_WEIGHT_TRUNCATED_NORMAL, &stream, FAN_IN, a);
    sn_unit_row_float(SN_WEIGHT_TRUNCATED_NORMAL, &stream, 300, b);
    ck_assert_mem_eq(a, b, 300 * sizeof *a);
    stream.row++;
    sn_unit_row_float(SN_WEIGHT_TRUNCATED_NORMAL, &stream, FAN_IN, b);
    size_t same = 0;
    for (size_t i = 0; i < FAN_IN; i++)
        for (size_t j = 0; j < FAN_IN; j++)
            same += a[i] == b[j];
    ck_assert_uint_lt(same, 5);
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
                const sn_weights weights = {(sn_weight_law)law, true, r % 2 ? 0.731 : 0, 1.37};
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

START_TEST(laws_have_names)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        ck_assert(strlen(sn_weight_law_name((sn_weight_law)law)) > 0
                  && strlen(sn_weight_law_doc((sn_weight_law)law)) > 0);
    ck_assert_str_eq(sn_weight_law_name(SN_WEIGHT_UNIFORM), "uniform");
    ck_assert_ptr_null(sn_weight_law_name(SN_WEIGHT_LAW_COUNT));
    ck_assert_ptr_null(sn_weight_law_doc((sn_weight_law)-1));
}
END_TEST

START_TEST(initializers_are_those_people_know)
{
    static const struct {
        const char *name;
        double tau; /* at fan-in 300, fan-out 100 */
        bool exact_rows;
    } known[] = {{"lecun_normal", 1, false},        {"lecun_truncated_normal", 1, false},
                 {"lecun_uniform", 1, false},       {"he_normal", 2, false},
                 {"he_truncated_normal", 2, false}, {"he_uniform", 2, false},
                 {"glorot_normal", 1.5, false},     {"glorot_truncated_normal", 1.5, false},
                 {"glorot_uniform", 1.5, false},    {"row_normalised", 1, true}};
    const size_t count = sizeof known / sizeof known[0];
    for (size_t i = 0; i < count; i++) {
        const sn_initializer *found = sn_initializer_find(known[i].name);
        ck_assert_ptr_nonnull(found);
        ck_assert_double_eq_tol(found->tau(300, 100), known[i].tau, 1e-15);
        ck_assert(found->exact_rows == known[i].exact_rows && strlen(found->doc) > 0);
        const char *law = strchr(known[i].name, '_') + 1;
        if (!known[i].exact_rows)
            ck_assert_str_eq(sn_weight_law_name(found->law), law);
        ck_assert_ptr_eq(sn_initializer_find(sn_initializer_at(i)->name), sn_initializer_at(i));
    }
    ck_assert_ptr_null(sn_initializer_at(count));
    ck_assert_ptr_null(sn_initializer_find("lecun"));
}
END_TEST

UNIT_MAIN("weights", each_law_has_the_mean_and_variance_asked_for, bounded_laws_end_at_their_bounds,
          the_truncated_normal_is_a_normal_within_its_cut, rows_are_functions_of_their_names,
          exact_rows_are_exact, laws_have_names, initializers_are_those_people_know)
