/* An observer against plain formulas over the whole layer, in both precisions, in several tiles. */
#include "simulate/observe.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "simulate/anderson_darling.h"
#include "simulate/random.h"

enum { WIDTH = 137, SAMPLES = 33, SIZE = WIDTH * SAMPLES, MOST = 1 << 17 };
enum { ALL = (1 << SN_OBSERVE_COUNT) - 1 };

typedef struct seen {
    double of[SN_OBSERVABLE_COUNT], histogram[SN_HISTOGRAM_BINS];
} seen;

/* A layer: pre-activations z, of expected mean and deviation, and activations a. */
typedef struct layer {
    sn_activation f;
    size_t width, samples;
    double mean, deviation;
    double *z, *a;  /* what the floats are, where there are floats */
    float *zf, *af; /* NULL: in doubles */
} layer;

static sn_activation activation(const char *name)
{
    sn_activation f;
    ck_assert(sn_activation_init(&f, name, NULL) == SN_OK);
    return f;
}

static void new_layer(layer *l, const char *name, size_t width, size_t samples, bool single)
{
    const sn_stream own = {.seed = width, .layer = 1}, shared = {.seed = samples, .layer = 2};
    const size_t n = width * samples;
    *l = (layer){activation(name), width, samples, 0.3, 1.5, NULL, NULL, NULL, NULL};
    l->z = malloc(n * sizeof *l->z);
    l->a = malloc(n * sizeof *l->a);
    double *common = malloc(width * sizeof *common);
    sn_stream_normals_double(&own, n, l->z);
    sn_stream_normals_double(&shared, width, common);
    for (size_t i = 0; i < n; i++)
        l->z[i] = l->mean + l->deviation * (0.8 * common[i / samples] + 0.6 * l->z[i]);
    if (single) {
        l->zf = malloc(n * sizeof *l->zf);
        l->af = malloc(n * sizeof *l->af);
        for (size_t i = 0; i < n; i++)
            l->z[i] = (double)(l->zf[i] = (float)l->z[i]);
        sn_activation_map_float(&l->f, n, l->zf, l->af);
        for (size_t i = 0; i < n; i++)
            l->a[i] = (double)l->af[i];
    } else {
        sn_activation_map_double(&l->f, n, l->z, l->a);
    }
    free(common);
}

static void free_layer(layer *l)
{
    free(l->z);
    free(l->a);
    free(l->zf);
    free(l->af);
}

static void show(sn_observer *observer, const layer *l, size_t height, seen *out)
{
    sn_observer_begin(observer, &l->f, l->mean, l->deviation);
    for (size_t row = 0; row < l->width; row += height) {
        const size_t rows = l->width - row < height ? l->width - row : height;
        const size_t at = row * l->samples;
        if (l->zf != NULL) {
            sn_observer_pre_float(observer, rows, l->zf + at);
            sn_observer_post_float(observer, rows, l->af + at);
        } else {
            sn_observer_pre_double(observer, rows, l->z + at);
            sn_observer_post_double(observer, rows, l->a + at);
        }
    }
    memset(out, 0xff, sizeof *out);
    sn_observer_end(observer, out->of, out->histogram);
}

static void observe(unsigned asked, const layer *l, size_t height, seen *out)
{
    sn_observer observer;
    ck_assert(sn_observer_init(&observer, asked, l->samples, l->width));
    show(&observer, l, height, out);
    sn_observer_clear(&observer);
}

/* --- the formulas ----------------------------------------------------------------------------- */

static double power_mean(size_t n, const double *x, double about, int power)
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const long double d = (long double)x[i] - (long double)about;
        long double product = d;
        for (int k = 1; k < power; k++)
            product *= d;
        sum += product;
    }
    return (double)(sum / (long double)n);
}

/* Mean, variance, second moment, skewness, excess kurtosis. */
static void plain_moments(size_t n, const double *x, double out[5])
{
    out[0] = power_mean(n, x, 0, 1);
    out[1] = power_mean(n, x, out[0], 2);
    out[2] = power_mean(n, x, 0, 2);
    out[3] = power_mean(n, x, out[0], 3) / pow(out[1], 1.5);
    out[4] = power_mean(n, x, out[0], 4) / (out[1] * out[1]) - 3;
}

/* Overlap by all pairs, and variance between samples. */
static void plain_split(const layer *l, const double *x, double out[2])
{
    const double s = (double)l->samples, pairs = s * (s - 1) / 2;
    long double overlap = 0;
    out[1] = 0;
    for (size_t row = 0; row < l->width; row++) {
        const double *v = x + row * l->samples, mean = power_mean(l->samples, v, 0, 1);
        for (size_t i = 0; i < l->samples; i++)
            for (size_t j = 0; j < i; j++)
                overlap += (long double)v[i] * (long double)v[j];
        out[1] += power_mean(l->samples, v, mean, 2) * s / (s - 1) / (double)l->width;
    }
    out[0] = (double)overlap / (pairs * (double)l->width);
}

static void plain_saturation(const layer *l, double out[2])
{
    size_t saturated = 0, dead = 0;
    for (size_t row = 0; row < l->width; row++) {
        size_t zeros = 0;
        for (size_t i = 0; i < l->samples; i++) {
            const double slope = sn_activation_derivative(&l->f, l->z[row * l->samples + i]);
            saturated += fabs(slope) < 0.01;
            zeros += slope == 0;
        }
        dead += zeros == l->samples;
    }
    out[0] = (double)saturated / (double)(l->width * l->samples);
    out[1] = (double)dead / (double)l->width;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void expect_quantiles(size_t n, const double *x, const double *found)
{
    static const size_t permille[] = {1, 10, 50, 250, 500, 750, 950, 990, 999};
    double *sorted = malloc(n * sizeof *sorted), m[5];
    memcpy(sorted, x, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    plain_moments(n, x, m);
    for (size_t q = 0; q < 9; q++)
        ck_assert_double_le(fabs(found[q] - sorted[(n * permille[q] + 999) / 1000 - 1]),
                            sqrt(m[1]) / 500);
    free(sorted);
}

static double plain_statistic(const layer *l)
{
    const size_t n = l->width < 65536 ? l->width : 65536;
    double *x = malloc(n * sizeof *x), *room = malloc(n * sizeof *room);
    for (size_t i = 0; i < n; i++)
        x[i] = l->z[i * l->samples];
    const double statistic = sn_anderson_darling(n, x, room);
    free(x);
    free(room);
    return statistic;
}

static void expect_histogram(const layer *l, const double *found)
{
    const size_t n = l->width * l->samples;
    for (size_t b = 0; b < SN_HISTOGRAM_BINS; b++) {
        const double low = l->mean + l->deviation * (-6 + (double)b / 8);
        const double high = l->mean + l->deviation * (-6 + (double)(b + 1) / 8);
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += l->z[i] >= low && l->z[i] < high;
        ck_assert_double_eq_tol(found[b], (double)count / (double)n, 1e-15);
    }
}

static void expect_within(const seen *s, sn_observable quantity, double truth, double tolerance)
{
    if (!(fabs(s->of[quantity] - truth) <= tolerance * (1 + fabs(truth))))
        ck_abort_msg("%s: %.17g, not %.17g", sn_observable_name(quantity), s->of[quantity], truth);
}

static void expect(const seen *s, sn_observable quantity, double truth)
{
    expect_within(s, quantity, truth, 1e-12);
}

/* Moments of floats are promised to six digits. */
static void expect_all(const layer *l, const seen *s)
{
    const size_t n = l->width * l->samples;
    double post[5], pre[5], split[2], saturation[2];
    plain_moments(n, l->a, post);
    plain_moments(n, l->z, pre);
    for (unsigned i = 0; i < 3; i++) {
        expect_within(s, SN_OBSERVABLE_MEAN + i, post[i], l->zf != NULL ? 1e-6 : 1e-12);
        expect_within(s, SN_OBSERVABLE_PRE_MEAN + i, pre[i], l->zf != NULL ? 1e-6 : 1e-12);
    }
    for (unsigned i = 0; i < 2; i++) {
        expect(s, SN_OBSERVABLE_SKEWNESS + i, post[3 + i]);
        expect(s, SN_OBSERVABLE_PRE_SKEWNESS + i, pre[3 + i]);
    }
    plain_split(l, l->a, split);
    expect(s, SN_OBSERVABLE_OVERLAP, split[0]);
    expect(s, SN_OBSERVABLE_CORRELATION, (split[0] - post[0] * post[0]) / post[1]);
    expect(s, SN_OBSERVABLE_BETWEEN_SAMPLES, split[1]);
    expect(s, SN_OBSERVABLE_BETWEEN_NEURONS, post[1] - split[1]);
    plain_split(l, l->z, split);
    expect(s, SN_OBSERVABLE_PRE_CORRELATION, (split[0] - pre[0] * pre[0]) / pre[1]);
    expect(s, SN_OBSERVABLE_PRE_BETWEEN_SAMPLES, split[1]);
    plain_saturation(l, saturation);
    expect(s, SN_OBSERVABLE_SATURATED, saturation[0]);
    expect(s, SN_OBSERVABLE_DEAD, saturation[1]);
    expect(s, SN_OBSERVABLE_ANDERSON_DARLING, plain_statistic(l));
    expect(s, SN_OBSERVABLE_GAUSSIAN_REJECTED, plain_statistic(l) > 0.752);
    expect_quantiles(n, l->z, s->of + SN_OBSERVABLE_PRE_Q001);
    expect_quantiles(n, l->a, s->of + SN_OBSERVABLE_Q001);
    expect_histogram(l, s->histogram);
}

/* --- the cases -------------------------------------------------------------------------------- */

static const char *const names[] = {"selu", "relu", "tanh", "hardtanh", "gelu", "linear"};
enum { NAMES = sizeof names / sizeof names[0] };

START_TEST(quantities_are_the_plain_formulas_in_any_tiles)
{
    static const size_t heights[] = {WIDTH, 1, 7, 64, 100};
    static const size_t shapes[][2] = {{WIDTH, SAMPLES}, {300, 2}, {9, 500}};
    for (size_t k = 0; k < NAMES; k++)
        for (size_t shape = 0; shape < 3; shape++)
            for (int single = 0; single < 2; single++) {
                layer l;
                new_layer(&l, names[k], shapes[shape][0], shapes[shape][1], single);
                for (size_t h = 0; h < 5; h++) {
                    seen s;
                    observe(ALL, &l, heights[h], &s);
                    expect_all(&l, &s);
                }
                free_layer(&l);
            }
}
END_TEST

/* Whoever observed what before. */
START_TEST(the_same_tiles_give_the_same_bits)
{
    for (int single = 0; single < 2; single++) {
        layer l, other;
        seen first, again, fresh;
        sn_observer observer;
        new_layer(&l, "selu", WIDTH, SAMPLES, single);
        new_layer(&other, "relu", 50, SAMPLES, single);
        for (size_t i = 0; single && i < 50 * SAMPLES; i++)
            other.af[i] *= 1e6f;
        ck_assert(sn_observer_init(&observer, ALL, SAMPLES, WIDTH));
        show(&observer, &other, 30, &first);
        show(&observer, &l, 30, &first);
        show(&observer, &other, 30, &again);
        show(&observer, &l, 30, &again);
        sn_observer_clear(&observer);
        observe(ALL, &l, 30, &fresh);
        ck_assert_mem_eq(&first, &again, sizeof first);
        ck_assert_mem_eq(&first, &fresh, sizeof first);
        free_layer(&l);
        free_layer(&other);
    }
}
END_TEST

START_TEST(groups_do_not_change_one_another)
{
    layer l;
    seen all, one;
    new_layer(&l, "relu", WIDTH, SAMPLES, true);
    observe(ALL, &l, 40, &all);
    for (unsigned bit = 0; bit < SN_OBSERVE_COUNT; bit++) {
        observe(1u << bit, &l, 40, &one);
        for (unsigned i = 0; i < SN_OBSERVABLE_COUNT; i++) {
            const unsigned group = sn_observable_group(i);
            if (group == SN_OBSERVE_MOMENTS || group == 1u << bit)
                ck_assert_mem_eq(&one.of[i], &all.of[i], sizeof(double));
            else
                ck_assert(isnan(one.of[i]));
        }
        if (1u << bit == SN_OBSERVE_HISTOGRAM)
            ck_assert_mem_eq(one.histogram, all.histogram, sizeof all.histogram);
    }
    free_layer(&l);
}
END_TEST

START_TEST(an_input_has_no_pre_activations)
{
    layer l;
    seen s;
    sn_observer observer;
    new_layer(&l, "linear", WIDTH, SAMPLES, false);
    ck_assert(sn_observer_init(&observer, ALL, SAMPLES, WIDTH));
    sn_observer_begin(&observer, NULL, 0, 1);
    sn_observer_post_double(&observer, WIDTH, l.a);
    sn_observer_end(&observer, s.of, s.histogram);
    sn_observer_clear(&observer);
    for (unsigned i = 0; i < SN_OBSERVABLE_COUNT; i++) {
        const char *name = sn_observable_name(i);
        const unsigned group = sn_observable_group(i);
        const bool before = strncmp(name, "pre_", 4) == 0 || group == SN_OBSERVE_GAUSSIANITY
                            || group == SN_OBSERVE_SATURATION || group == SN_OBSERVE_GRADIENTS;
        ck_assert_msg(before == isnan(s.of[i]), "%s", name);
    }
    for (size_t i = 0; i < SN_HISTOGRAM_BINS; i++)
        ck_assert(isnan(s.histogram[i]));
    free_layer(&l);
}
END_TEST

START_TEST(what_is_not_finite_leaves_only_the_tallies)
{
    static const double bad[] = {INFINITY, -INFINITY, NAN, 1e200};
    for (size_t b = 0; b < 4; b++)
        for (size_t place = 0; place < SIZE; place += 311)
            for (int post = 0; post < 2; post++) {
                layer l;
                seen s;
                new_layer(&l, "linear", WIDTH, SAMPLES, false);
                (post ? l.a : l.z)[place] = bad[b];
                observe(ALL, &l, 10, &s);
                const sn_observable hit =
                    post ? SN_OBSERVABLE_SECOND_MOMENT : SN_OBSERVABLE_PRE_SECOND_MOMENT;
                ck_assert(!isfinite(s.of[hit]));
                for (unsigned i = 0; i < SN_OBSERVABLE_COUNT; i++)
                    ck_assert(sn_observable_group(i) == SN_OBSERVE_MOMENTS || isnan(s.of[i]));
                free_layer(&l);
            }
}
END_TEST

START_TEST(layers_of_one_value_or_one_sample)
{
    for (int single = 0; single < 2; single++) {
        layer l;
        seen s;
        new_layer(&l, "relu", 1, 1, single);
        observe(ALL, &l, 1, &s);
        expect(&s, SN_OBSERVABLE_PRE_MEAN, l.z[0]);
        expect(&s, SN_OBSERVABLE_PRE_VARIANCE, 0);
        expect(&s, SN_OBSERVABLE_PRE_Q001, l.z[0]);
        expect(&s, SN_OBSERVABLE_DEAD, l.z[0] <= 0);
        ck_assert(isnan(s.of[SN_OBSERVABLE_SKEWNESS]) && isnan(s.of[SN_OBSERVABLE_OVERLAP]));
        ck_assert(isnan(s.of[SN_OBSERVABLE_ANDERSON_DARLING]));
        ck_assert(isnan(s.of[SN_OBSERVABLE_GAUSSIAN_REJECTED]));
        free_layer(&l);
        new_layer(&l, "relu", WIDTH, 1, single);
        observe(ALL, &l, 20, &s);
        expect(&s, SN_OBSERVABLE_ANDERSON_DARLING, plain_statistic(&l));
        ck_assert(isnan(s.of[SN_OBSERVABLE_CORRELATION]));
        ck_assert(isnan(s.of[SN_OBSERVABLE_BETWEEN_NEURONS]));
        free_layer(&l);
    }
}
END_TEST

/* All pre-activations 0, as those of a network without biases that has died. */
START_TEST(a_dead_layer)
{
    layer l;
    seen s;
    new_layer(&l, "relu", WIDTH, SAMPLES, true);
    memset(l.zf, 0, SIZE * sizeof *l.zf);
    memset(l.af, 0, SIZE * sizeof *l.af);
    l.mean = l.deviation = 0;
    observe(ALL, &l, 20, &s);
    expect(&s, SN_OBSERVABLE_DEAD, 1);
    expect(&s, SN_OBSERVABLE_SATURATED, 1);
    expect(&s, SN_OBSERVABLE_Q500, 0);
    expect(&s, SN_OBSERVABLE_OVERLAP, 0);
    ck_assert(isnan(s.of[SN_OBSERVABLE_CORRELATION]) && isnan(s.of[SN_OBSERVABLE_EXCESS_KURTOSIS]));
    for (size_t i = 0; i < SN_HISTOGRAM_BINS; i++)
        ck_assert(isnan(s.histogram[i]));
    free_layer(&l);
}
END_TEST

/* Neurons longer than any block, with a slope at the beginning, the end, in the middle, nowhere. */
START_TEST(one_sample_with_a_slope_keeps_a_neuron_alive)
{
    enum { LONG = 5000 };
    static const size_t from[] = {0, 3000, 2500, 0}, to[] = {2048, LONG, 2501, 0};
    layer l;
    seen s;
    new_layer(&l, "relu", 4, LONG, true);
    for (size_t i = 0; i < 4 * LONG; i++)
        l.zf[i] = i % LONG >= from[i / LONG] && i % LONG < to[i / LONG] ? 1 : -1;
    for (size_t height = 1; height <= 4; height++) {
        observe(SN_OBSERVE_SATURATION, &l, height, &s);
        expect(&s, SN_OBSERVABLE_DEAD, 0.25);
        expect(&s, SN_OBSERVABLE_SATURATED, 1 - (2048 + 2000 + 1) / (4. * LONG));
    }
    free_layer(&l);
}
END_TEST

START_TEST(only_so_many_neurons_are_tested)
{
    layer l;
    seen s;
    new_layer(&l, "linear", 65536 + 100, 1, true);
    for (size_t i = 65536; i < l.width; i++)
        l.zf[i] = 1e6f;
    observe(SN_OBSERVE_GAUSSIANITY, &l, 1000, &s);
    expect(&s, SN_OBSERVABLE_ANDERSON_DARLING, plain_statistic(&l));
    ck_assert_double_lt(s.of[SN_OBSERVABLE_ANDERSON_DARLING], 3);
    free_layer(&l);
}
END_TEST

/* Of 2^17 independent Gaussians, within 4.5 standard errors of what the law says. */
START_TEST(independent_gaussians_have_their_law)
{
    enum { ROWS = MOST / 16 };
    layer l;
    seen s;
    new_layer(&l, "relu", ROWS, 16, true);
    const sn_stream stream = {.seed = 4711};
    sn_stream_normals_float(&stream, MOST, l.zf);
    sn_activation_map_float(&l.f, MOST, l.zf, l.af);
    l.mean = 0;
    l.deviation = 1;
    observe(ALL, &l, 256, &s);
    const double pi = 4 * atan(1), n = MOST, pairs = n * 15 / 2;
    const struct {
        sn_observable quantity;
        double truth, error;
    } laws[] = {
        {SN_OBSERVABLE_PRE_MEAN, 0, 1 / sqrt(n)},
        {SN_OBSERVABLE_PRE_VARIANCE, 1, sqrt(2 / n)},
        {SN_OBSERVABLE_PRE_SKEWNESS, 0, sqrt(6 / n)},
        {SN_OBSERVABLE_PRE_EXCESS_KURTOSIS, 0, sqrt(24 / n)},
        {SN_OBSERVABLE_PRE_CORRELATION, 0, 1 / sqrt(pairs)},
        {SN_OBSERVABLE_PRE_BETWEEN_SAMPLES, 1, sqrt(2 / n * 16 / 15)},
        {SN_OBSERVABLE_MEAN, 1 / sqrt(2 * pi), sqrt((0.5 - 0.5 / pi) / n)},
        {SN_OBSERVABLE_SECOND_MOMENT, 0.5, sqrt(1.25 / n)},
        {SN_OBSERVABLE_SATURATED, 0.5, 0.5 / sqrt(n)},
        {SN_OBSERVABLE_DEAD, 0x1p-16, 0x1p-8 / sqrt(ROWS)},
        {SN_OBSERVABLE_PRE_Q990, 2.3263478740408411, sqrt(0.01 * 0.99 / n) / 0.026652},
        {SN_OBSERVABLE_Q250, 0, 1e-3},
    };
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        const double off = (s.of[laws[i].quantity] - laws[i].truth) / laws[i].error;
        ck_assert_msg(fabs(off) < 4.5, "%s is %g errors off", sn_observable_name(laws[i].quantity),
                      off);
    }
    ck_assert_double_lt(s.of[SN_OBSERVABLE_ANDERSON_DARLING], 2);
    for (size_t b = 0; b < SN_HISTOGRAM_BINS; b++) {
        const double low = -6 + (double)b / 8;
        const double share = 0.5 * (erf((low + 0.125) / sqrt(2)) - erf(low / sqrt(2)));
        ck_assert_double_lt(fabs(s.histogram[b] - share), 4.5 * sqrt(share / n) + 2 / n);
    }
    free_layer(&l);
}
END_TEST

START_TEST(memory_is_known_before)
{
    ck_assert(sn_observer_bytes(SN_OBSERVE_MOMENTS | SN_OBSERVE_GRADIENTS, 1 << 20) == 0);
    ck_assert(sn_observer_bytes(SN_OBSERVE_GAUSSIANITY, 1000) >= 16000);
    ck_assert(sn_observer_bytes(ALL, SIZE_MAX) < 4 << 20);
    sn_observer nothing = {0};
    sn_observer_clear(&nothing);
}
END_TEST

START_TEST(quantities_have_names_and_groups)
{
    for (unsigned i = 0; i < SN_OBSERVABLE_COUNT; i++) {
        const unsigned group = sn_observable_group(i);
        ck_assert(group != 0 && (group & (group - 1)) == 0 && group < 1u << SN_OBSERVE_COUNT);
        ck_assert(sn_observable_doc(i)[0] != '\0');
        for (unsigned j = 0; j < i; j++)
            ck_assert_str_ne(sn_observable_name(i), sn_observable_name(j));
    }
    ck_assert_str_eq(sn_observable_name(SN_OBSERVABLE_PRE_BETWEEN_SAMPLES),
                     "pre_variance_between_samples");
    ck_assert_uint_eq(sn_observable_group(SN_OBSERVABLE_Q999), SN_OBSERVE_QUANTILES);
    ck_assert(sn_observable_name(SN_OBSERVABLE_COUNT) == NULL);
    ck_assert(sn_observable_doc(SN_OBSERVABLE_COUNT) == NULL);
    ck_assert_uint_eq(sn_observable_group(SN_OBSERVABLE_COUNT), 0);
    for (size_t i = 0; i < SN_OBSERVE_COUNT; i++)
        ck_assert(sn_observe_name(i)[0] != '\0' && sn_observe_doc(i)[0] != '\0');
    ck_assert_str_eq(sn_observe_name(SN_OBSERVE_BIT_SATURATION), "saturation");
    ck_assert(sn_observe_name(SN_OBSERVE_COUNT) == NULL);
    ck_assert(sn_observe_doc(SN_OBSERVE_COUNT) == NULL);
}
END_TEST

UNIT_MAIN("observe", quantities_are_the_plain_formulas_in_any_tiles,
          the_same_tiles_give_the_same_bits, groups_do_not_change_one_another,
          an_input_has_no_pre_activations, what_is_not_finite_leaves_only_the_tallies,
          layers_of_one_value_or_one_sample, a_dead_layer,
          one_sample_with_a_slope_keeps_a_neuron_alive, only_so_many_neurons_are_tested,
          independent_gaussians_have_their_law, memory_is_known_before,
          quantities_have_names_and_groups)
