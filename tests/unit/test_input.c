/* The inputs of a replica: moments of every law, in any shape, correlations of clusters, given
 * rows. */
#include "simulate/input.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static const sn_stream stream = {.seed = 515, .replica = 3};

/* In either precision, as doubles. */
static void draw(const sn_input *input, const sn_stream *name, bool in_double, size_t width,
                 size_t samples, double *x)
{
    if (in_double) {
        sn_input_draw_double(input, name, width, samples, x);
        return;
    }
    float *narrow = malloc(width * samples * sizeof *narrow);
    sn_input_draw_float(input, name, width, samples, narrow);
    for (size_t i = 0; i < width * samples; i++)
        x[i] = (double)narrow[i];
    free(narrow);
}

/* E x^k, k = 1 ... 4, of a normal number. */
static void normal_moments(double m, double v, double moments[4])
{
    moments[0] = m;
    moments[1] = m * m + v;
    moments[2] = m * m * m + 3 * m * v;
    moments[3] = m * m * m * m + 6 * m * m * v + 3 * v * v;
}

static void expected_moments(const sn_input *input, double moments[4])
{
    const double m = input->mean, v = input->variance, p = input->density;
    if (input->law == SN_INPUT_UNIFORM) {
        moments[0] = m;
        moments[1] = m * m + v;
        moments[2] = m * m * m + 3 * m * v;
        moments[3] = m * m * m * m + 6 * m * m * v + 9 * v * v / 5;
    } else if (input->law == SN_INPUT_SPARSE) {
        normal_moments(m / p, (v + m * m) / p - m * m / (p * p), moments);
        for (size_t k = 0; k < 4; k++)
            moments[k] *= p;
    } else {
        normal_moments(m, v, moments);
    }
}

START_TEST(every_law_has_its_moments)
{
    enum { WIDTH = 300001, SAMPLES = 3, N = WIDTH * SAMPLES };
    static const sn_input inputs[] = {
        {.law = SN_INPUT_NORMAL, .mean = 0.31, .variance = 2.385},
        {.law = SN_INPUT_UNIFORM, .mean = -0.31, .variance = 0.7},
        {.law = SN_INPUT_SPARSE, .mean = 0.23, .variance = 1.7, .density = 0.11},
        {.law = SN_INPUT_SPARSE, .mean = -0.5, .variance = 0.3, .density = 1},
        {.law = SN_INPUT_SPARSE, .mean = 1, .variance = 1, .density = 0.5}, /* 0 or 2 */
        {.law = SN_INPUT_SPARSE, .variance = 0.01, .density = 0.4},
        {.law = SN_INPUT_CLUSTERS, .mean = 0.4, .variance = 0.8, .within = 0.2, .between = -0.1},
    };
    double *x = malloc(N * sizeof *x), expected[4];
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        for (int in_double = 0; in_double < 2; in_double++) {
            double sum[4] = {0}, squares[4] = {0}, worst = 0;
            draw(&inputs[i], &stream, in_double, WIDTH, SAMPLES, x);
            expected_moments(&inputs[i], expected);
            /* Samples of a neuron may hang together, neurons do not. */
            for (size_t neuron = 0; neuron < WIDTH; neuron++) {
                double powers[4] = {0};
                for (size_t s = 0; s < SAMPLES; s++) {
                    const double v = x[neuron * SAMPLES + s];
                    powers[0] += v, powers[1] += v * v;
                    powers[2] += v * v * v, powers[3] += v * v * v * v;
                }
                for (size_t k = 0; k < 4; k++) {
                    const double off = powers[k] / SAMPLES - expected[k];
                    sum[k] += off;
                    squares[k] += off * off;
                }
            }
            for (size_t k = 0; k < 4; k++)
                worst = fmax(worst, fabs(sum[k]) / sqrt(squares[k]));
            NOTE("%s, %s: worst moment off by %.2f standard errors",
                 sn_input_law_name(inputs[i].law), in_double ? "double" : "float", worst);
            ck_assert_double_lt(worst, 4.2);
        }
    free(x);
}
END_TEST

START_TEST(sparse_inputs_are_zero_as_often_as_asked_for)
{
    enum { N = 1 << 20 };
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    for (double density = 0.037; density < 1; density *= 2.9) {
        const sn_input input = {.law = SN_INPUT_SPARSE, .variance = 1, .density = density};
        static const size_t lags[] = {1, 512, 1024, 65536};
        size_t found = 0, both[4] = {0}, differ = 0;
        draw(&input, &stream, true, 1024, N / 1024, x);
        draw(&input, &stream, false, 1024, N / 1024, y);
        for (size_t i = 0; i < N; i++) {
            differ += (x[i] == 0) != (y[i] == 0);
            found += x[i] != 0;
            for (size_t l = 0; l < 4; l++)
                both[l] += x[i] != 0 && x[(i + lags[l]) % N] != 0;
        }
        ck_assert_uint_eq(differ, 0);
        const double p = density, z = ((double)found - N * p) / sqrt(N * p * (1 - p));
        const double q = p * p;
        NOTE("density %.4f: off by %.2f standard errors", density, z);
        ck_assert_double_lt(fabs(z), 4.2);
        for (size_t l = 0; l < 4; l++)
            ck_assert_double_lt(fabs((double)both[l] - N * q),
                                4.2 * sqrt(N * q * (1 + 2 * p - 3 * q)));
    }
    free(x);
    free(y);
}
END_TEST

/* Entries come in order from long streams: the shape does not matter, a longer draw begins as a
 * shorter one, and streams do not repeat. */
START_TEST(shapes_waste_nothing)
{
    enum { N = 4 * 65536 };
    static const sn_input_law laws[] = {SN_INPUT_NORMAL, SN_INPUT_UNIFORM, SN_INPUT_SPARSE};
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    for (size_t l = 0; l < 3; l++)
        for (int in_double = 0; in_double < 2; in_double++) {
            const sn_input input = {.law = laws[l], .mean = 0.1, .variance = 1, .density = 0.6};
            draw(&input, &stream, in_double, N / 2, 2, x);
            draw(&input, &stream, in_double, 1, N, y);
            ck_assert_mem_eq(x, y, N * sizeof *x);
            for (size_t n = 1; n < N; n = n * 5 + 3) {
                draw(&input, &stream, in_double, n, 1, y);
                ck_assert_mem_eq(x, y, n * sizeof *x);
            }
            size_t same = 0;
            for (size_t i = 0; i < N - 65536; i++)
                same += x[i] != 0 && x[i] == x[i + 65536];
            ck_assert_uint_lt(same, 5);
        }
    free(x);
    free(y);
}
END_TEST

START_TEST(clusters_have_their_correlations)
{
    enum { WIDTH = 200003, SAMPLES = 5 };
    static const double cases[][2] = {{0.7, 0.3}, {0.5, -0.5}, {0.9, 0}, {0, 0}, {1, -0.4}};
    double *x = malloc(WIDTH * SAMPLES * sizeof *x), worst = 0;
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++)
        for (int in_double = 0; in_double < 2; in_double++) {
            const sn_input input = {.law = SN_INPUT_CLUSTERS,
                                    .mean = -0.4,
                                    .variance = 1.7,
                                    .within = cases[c][0],
                                    .between = cases[c][1]};
            double products[SAMPLES][SAMPLES] = {0}, neighbours = 0;
            draw(&input, &stream, in_double, WIDTH, SAMPLES, x);
            for (size_t i = 0; i < WIDTH * SAMPLES; i++)
                x[i] = (x[i] - input.mean) / sqrt(input.variance);
            for (size_t neuron = 0; neuron < WIDTH; neuron++)
                for (size_t s = 0; s < SAMPLES; s++) {
                    for (size_t t = 0; t < s; t++)
                        products[s][t] += x[neuron * SAMPLES + s] * x[neuron * SAMPLES + t];
                    if (s == 0 && neuron >= 1024) /* the shared numbers come in pieces */
                        neighbours += x[neuron * SAMPLES]
                                      * (x[(neuron - 1) * SAMPLES] + x[(neuron - 1024) * SAMPLES]);
                }
            for (size_t s = 0; s < SAMPLES; s++)
                for (size_t t = 0; t < s; t++) {
                    const double rho = (s - t) % 2 == 0 ? input.within : input.between;
                    const double se = sqrt((1 + rho * rho) / WIDTH);
                    worst = fmax(worst, fabs(products[s][t] / WIDTH - rho) / se);
                }
            ck_assert_double_lt(fabs(neighbours) / sqrt(2. * WIDTH), 4.2);
        }
    NOTE("worst correlation off by %.2f standard errors of 100", worst);
    ck_assert_double_lt(worst, 4.5);
    free(x);
}
END_TEST

/* Clusters of equal samples, opposite ones. */
START_TEST(full_correlation_is_equality)
{
    enum { WIDTH = 3000, SAMPLES = 4 };
    static double x[WIDTH * SAMPLES];
    const sn_input input = {
        .law = SN_INPUT_CLUSTERS, .mean = 0, .variance = 2, .within = 1, .between = -1};
    for (int in_double = 0; in_double < 2; in_double++) {
        draw(&input, &stream, in_double, WIDTH, SAMPLES, x);
        for (size_t i = 0; i < WIDTH; i++) {
            const double *row = x + i * SAMPLES;
            ck_assert(row[0] != 0 && row[0] == row[2] && row[1] == row[3] && row[0] == -row[1]);
        }
    }
}
END_TEST

START_TEST(given_rows_are_taken_in_turn)
{
    enum { WIDTH = 7, ROWS = 41, SAMPLES = 53 };
    double rows[ROWS * WIDTH], x[WIDTH * SAMPLES];
    for (size_t i = 0; i < ROWS * WIDTH; i++)
        rows[i] = (double)(i * i % 1009) / 8; /* floats hold them */
    const sn_input input = {.law = SN_INPUT_ROWS, .rows = rows, .n_rows = ROWS};
    static const uint32_t replicas[] = {0, 1, 2, 40, 41, (1u << 28) - 2};
    static const size_t samples[] = {1, 16, 17, SAMPLES};
    for (size_t r = 0; r < sizeof replicas / sizeof replicas[0]; r++)
        for (size_t k = 0; k < 4; k++)
            for (int in_double = 0; in_double < 2; in_double++) {
                const sn_stream name = {.seed = r, .replica = replicas[r]};
                const size_t count = samples[k];
                size_t wrong = 0;
                draw(&input, &name, in_double, WIDTH, count, x);
                for (size_t s = 0; s < count; s++) {
                    const size_t row = (size_t)(((uint64_t)replicas[r] * count + s) % ROWS);
                    for (size_t neuron = 0; neuron < WIDTH; neuron++)
                        wrong += x[neuron * count + s] != rows[row * WIDTH + neuron];
                }
                ck_assert_uint_eq(wrong, 0);
            }
}
END_TEST

/* Replicas and seeds have inputs of their own; where else in a run the stream stands is not read.
 * */
START_TEST(inputs_are_those_of_the_replica)
{
    enum { N = 2000 };
    double x[N], y[N];
    for (int law = 0; law < SN_INPUT_LAW_COUNT; law++) {
        const sn_input input = {
            .law = (sn_input_law)law, .variance = 1, .density = 0.5, .within = 0.6, .between = 0.2};
        if (law == SN_INPUT_ROWS)
            continue;
        draw(&input, &stream, true, N / 4, 4, x);
        sn_stream other = {.seed = 515, .replica = 3, .layer = 9, .row = 8, .block = 16};
        other.purpose = SN_FOR_BIAS;
        draw(&input, &other, true, N / 4, 4, y);
        ck_assert_mem_eq(x, y, sizeof x);
        for (int k = 0; k < 2; k++) {
            size_t same = 0;
            other.replica = k == 0 ? 4 : 3;
            other.seed = k == 0 ? 515 : 516;
            draw(&input, &other, true, N / 4, 4, y);
            for (size_t i = 0; i < N; i++)
                same += x[i] != 0 && x[i] == y[i];
            ck_assert_uint_eq(same, 0);
        }
    }
}
END_TEST

UNIT_MAIN("input", every_law_has_its_moments, sparse_inputs_are_zero_as_often_as_asked_for,
          shapes_waste_nothing, clusters_have_their_correlations, full_correlation_is_equality,
          given_rows_are_taken_in_turn, inputs_are_those_of_the_replica)
