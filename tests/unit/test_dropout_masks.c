/* Dropout masks: the rate, what becomes of values, features that are dropped together, the same
 * mask in any part, precision and direction. */
#include "simulate/dropout.h"

#include <math.h>
#include <string.h>

#include "harness.h"

enum { ROWS = 60, MOST = 1100 };

static const sn_stream stream = {.seed = 99, .replica = 6, .layer = 4};

/* SELU's alpha dropout, but for the digits. */
static const sn_dropout alpha = {
    .rate = 0.1, .dropped = -1.758, .scale = 1.05, .shift = 0.2, .feature = 1};

/* The mask itself, from activations that are 1 where nothing is dropped. */
static void mask_of(double rate, size_t feature, const sn_stream *name, size_t first, size_t rows,
                    size_t samples, double *mask)
{
    const sn_dropout plain = {.rate = rate, .dropped = 0, .scale = 1, .feature = feature};
    for (size_t i = 0; i < rows * samples; i++)
        mask[i] = 1;
    sn_dropout_apply_double(&plain, name, first, rows, samples, mask);
}

START_TEST(the_rate_is_the_share_that_is_dropped)
{
    enum { N = 1 << 20 };
    static const double rates[] = {1e-4, 0.05, 0.5, 0.8371, 0.9999};
    double *mask = malloc(N * sizeof *mask);
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
        const double p = rates[r];
        double dropped = 0, worst = 0;
        mask_of(p, 1, &stream, 0, N / 64, 64, mask);
        size_t strange = 0;
        for (size_t i = 0; i < N; i++) {
            strange += mask[i] != 0 && mask[i] != 1;
            dropped += 1 - mask[i];
        }
        ck_assert_uint_eq(strange, 0);
        /* Pairs at some distance: along a neuron, across neurons, across batches. */
        static const size_t lags[] = {1, 16, 32, 64, 512, 4096};
        for (size_t l = 0; l < 6; l++) {
            double both = 0;
            for (size_t i = lags[l]; i < N; i++)
                both += (mask[i] - 1 + p) * (mask[i - lags[l]] - 1 + p);
            worst = fmax(worst, fabs(both) / (p * (1 - p) * sqrt(N)));
        }
        const double z = (dropped - N * p) / sqrt(N * p * (1 - p));
        NOTE("rate %g: off by %.2f standard errors, worst correlation %.2f", p, z, worst);
        ck_assert_double_lt(fabs(z), 4.2);
        ck_assert_double_lt(worst, 4.5);
    }
    free(mask);
}
END_TEST

START_TEST(values_are_scaled_shifted_or_dropped)
{
    enum { SAMPLES = 37, N = ROWS * SAMPLES };
    double mask[N], a[N];
    float narrow[N];
    for (size_t i = 0; i < N; i++) {
        a[i] = sin((double)i);
        narrow[i] = (float)a[i];
    }
    mask_of(alpha.rate, 1, &stream, 5, ROWS, SAMPLES, mask);
    sn_dropout_apply_double(&alpha, &stream, 5, ROWS, SAMPLES, a);
    sn_dropout_apply_float(&alpha, &stream, 5, ROWS, SAMPLES, narrow);
    size_t dropped = 0;
    for (size_t i = 0; i < N; i++) {
        const double was = mask[i] == 0 ? -1.758 : sin((double)i);
        ck_assert_double_eq_tol(a[i], 1.05 * was + 0.2, 1e-15);
        ck_assert_double_eq_tol((double)narrow[i], 1.05 * was + 0.2, 2e-7);
        dropped += mask[i] == 0;
    }
    ck_assert(dropped > 0 && dropped < N);
}
END_TEST

/* E = s ((1 - p) m + p d) + t and the variance s^2 ((1 - p) (v + m^2) + p d^2 - (...)^2). */
START_TEST(dropout_has_its_mean_and_variance)
{
    enum { N = 1 << 20 };
    double *a = malloc(N * sizeof *a), sum = 0, squares = 0, fourth = 0;
    const double m = 0.3, v = 1.21, p = alpha.rate, d = alpha.dropped;
    const sn_stream signals = {.seed = 1, .purpose = SN_FOR_INPUT};
    sn_stream_normals_double(&signals, N, a);
    for (size_t i = 0; i < N; i++)
        a[i] = m + sqrt(v) * a[i];
    sn_dropout_apply_double(&alpha, &stream, 0, N / 4, 4, a);
    const double kept = (1 - p) * m + p * d;
    const double variance =
        alpha.scale * alpha.scale * ((1 - p) * (v + m * m) + p * d * d - kept * kept);
    for (size_t i = 0; i < N; i++) {
        const double off = a[i] - (alpha.scale * kept + alpha.shift);
        sum += off;
        squares += off * off - variance;
        fourth += (off * off - variance) * (off * off - variance);
    }
    ck_assert_double_lt(fabs(sum), 4.2 * sqrt(variance * N));
    ck_assert_double_lt(fabs(squares), 4.2 * sqrt(fourth));
    free(a);
}
END_TEST

START_TEST(features_share_their_fate)
{
    static const size_t features[] = {1, 2, 7, 16, ROWS, 1000};
    static const size_t samples[] = {1, 3, 32, 500, MOST};
    double *mask = malloc(ROWS * MOST * sizeof *mask), *own = malloc(ROWS * MOST * sizeof *own);
    for (size_t f = 0; f < 6; f++)
        for (size_t k = 0; k < 5; k++) {
            const size_t feature = features[f], n = samples[k], size = n * sizeof *mask;
            mask_of(0.4, feature, &stream, 0, ROWS, n, mask);
            mask_of(0.4, 1, &stream, 0, ROWS, n, own);
            for (size_t row = 0; row < ROWS; row++) /* a feature's mask is that of one neuron */
                ck_assert_mem_eq(mask + row * n, own + row / feature * n, size);
            size_t same = 0;
            for (size_t i = feature * n; i < ROWS * n; i++)
                same += mask[i] == mask[i - feature * n];
            if (feature < ROWS && n > 100)
                ck_assert_uint_lt(same, (ROWS - feature) * n * 3 / 5 + 100); /* 0.52 of them */
        }
    free(mask);
    free(own);
}
END_TEST

START_TEST(any_part_has_the_same_mask)
{
    static const size_t features[] = {1, 5, 16}, samples[] = {1, 3, 31, 600};
    double *whole = malloc(ROWS * MOST * sizeof *whole), *part = malloc(ROWS * MOST * sizeof *part);
    for (size_t f = 0; f < 3; f++)
        for (size_t k = 0; k < 4; k++) {
            const size_t n = samples[k];
            mask_of(0.5, features[f], &stream, 0, ROWS, n, whole);
            for (size_t first = 0, rows = 1; first < ROWS; first += rows, rows = rows % 9 + 2) {
                rows = rows < ROWS - first ? rows : ROWS - first;
                mask_of(0.5, features[f], &stream, first, rows, n, part);
                ck_assert_mem_eq(part, whole + first * n, rows * n * sizeof *part);
            }
        }
    free(whole);
    free(part);
}
END_TEST

/* Where the numbers of one stream end, after 2^33, the next begins. */
START_TEST(very_large_layers_have_masks)
{
    const size_t n = (size_t)1 << 19, last = ((size_t)1 << 33) / n - 1;
    double *whole = malloc(3 * n * sizeof *whole), *part = malloc(n * sizeof *part);
    mask_of(0.5, 1, &stream, last, 3, n, whole);
    for (size_t row = 0; row < 3; row++) {
        mask_of(0.5, 1, &stream, last + row, 1, n, part);
        ck_assert_mem_eq(part, whole + row * n, n * sizeof *part);
    }
    mask_of(0.5, 1, &stream, 0, 1, n, part);
    for (size_t row = 0; row < 3; row++) {
        double same = 0, kept = 0;
        for (size_t i = 0; i < n; i++) {
            same += part[i] == whole[row * n + i];
            kept += whole[row * n + i];
        }
        ck_assert_double_lt(fabs(same - (double)n / 2), 4.2 * sqrt((double)n / 4));
        ck_assert_double_lt(fabs(kept - (double)n / 2), 4.2 * sqrt((double)n / 4));
    }
    free(whole);
    free(part);
}
END_TEST

START_TEST(gradients_pass_where_activations_do)
{
    enum { SAMPLES = 29, N = ROWS * SAMPLES };
    for (size_t feature = 1; feature < 4; feature++) {
        sn_dropout dropout = alpha;
        dropout.feature = feature;
        dropout.rate = 0.3;
        double mask[N], gradient[N];
        float narrow[N];
        mask_of(0.3, feature, &stream, 2, ROWS, SAMPLES, mask);
        for (size_t i = 0; i < N; i++) {
            gradient[i] = 2 + cos((double)i);
            narrow[i] = (float)gradient[i];
        }
        sn_dropout_back_double(&dropout, &stream, 2, ROWS, SAMPLES, gradient);
        sn_dropout_back_float(&dropout, &stream, 2, ROWS, SAMPLES, narrow);
        for (size_t i = 0; i < N; i++) {
            const double expected = mask[i] == 0 ? 0 : 1.05 * (2 + cos((double)i));
            ck_assert_double_eq_tol(gradient[i], expected, 1e-15);
            ck_assert_double_eq_tol((double)narrow[i], expected, 6e-7);
            ck_assert((gradient[i] == 0) == (mask[i] == 0));
        }
    }
}
END_TEST

START_TEST(rate_zero_touches_nothing)
{
    const sn_dropout none = {.rate = 0, .dropped = 5, .scale = 3, .shift = 1, .feature = 2};
    double a[4] = {1, 2, 3, 4};
    float b[4] = {1, 2, 3, 4};
    sn_dropout_apply_double(&none, &stream, 0, 2, 2, a);
    sn_dropout_back_double(&none, &stream, 0, 2, 2, a);
    sn_dropout_apply_float(&none, &stream, 0, 2, 2, b);
    sn_dropout_back_float(&none, &stream, 0, 2, 2, b);
    for (int i = 0; i < 4; i++)
        ck_assert(a[i] == i + 1 && b[i] == (float)(i + 1));
}
END_TEST

/* Layers, replicas and seeds have masks of their own; row, block and purpose of the name are not
 * read. */
START_TEST(masks_are_those_of_the_layer)
{
    enum { N = 20000 };
    static double mask[N], other[N];
    mask_of(0.5, 1, &stream, 0, N / 20, 20, mask);
    sn_stream name = stream;
    name.row = 4, name.block = 32, name.purpose = SN_FOR_WEIGHT;
    mask_of(0.5, 1, &name, 0, N / 20, 20, other);
    ck_assert_mem_eq(mask, other, sizeof mask);
    const sn_stream others[] = {{.seed = 99, .replica = 6, .layer = 5},
                                {.seed = 99, .replica = 7, .layer = 4},
                                {.seed = 98, .replica = 6, .layer = 4}};
    for (size_t k = 0; k < 3; k++) {
        double same = 0;
        mask_of(0.5, 1, &others[k], 0, N / 20, 20, other);
        for (size_t i = 0; i < N; i++)
            same += mask[i] == other[i];
        ck_assert_double_lt(fabs(same - N / 2.), 4.2 * sqrt(N / 4.));
    }
}
END_TEST

UNIT_MAIN("dropout_masks", the_rate_is_the_share_that_is_dropped,
          values_are_scaled_shifted_or_dropped, dropout_has_its_mean_and_variance,
          features_share_their_fate, any_part_has_the_same_mask, very_large_layers_have_masks,
          gradients_pass_where_activations_do, rate_zero_touches_nothing,
          masks_are_those_of_the_layer)
