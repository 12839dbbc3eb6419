/* Random streams: Philox against its published vectors, the vectorised normals against libm, their
 * moments, tails and distribution, and streams against each other. */
#include "simulate/random.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "simulate/normals.h"

enum { MANY = 1 << 20 };

/* The known answers that come with Random123 (kat_vectors, philox4x32 10). */
START_TEST(philox_gives_its_published_words)
{
    static const struct {
        sn_stream stream;
        uint32_t words[4];
    } known[] = {
        {{0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{.seed = UINT64_MAX,
          .block = UINT32_MAX,
          .row = UINT32_MAX,
          .layer = UINT32_MAX,
          .purpose = (sn_purpose)0xf,
          .replica = 0x0fffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{.seed = UINT64_C(0x299f31d0a4093822),
          .block = 0x243f6a88,
          .row = 0x85a308d3,
          .layer = 0x13198a2e,
          .purpose = (sn_purpose)0x0,
          .replica = 0x03707344},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t words[4];
        sn_stream_words(&known[i].stream, words);
        ck_assert_mem_eq(words, known[i].words, sizeof words);
    }
}
END_TEST

/* What pair number `half` (0 or 1) of a block should be, from its words, by libm. Returns how far
 * off it may be: a float u is within 2^-25 of its number, hence rho within 2^-25 / rho. */
static double float_pair(const uint32_t words[4], size_t half, double pair[2])
{
    const uint32_t w = words[2 * half], angle = words[2 * half + 1];
    const double radius = sqrt(-2 * log(fabs((double)(int32_t)w + 0.25) * 0x1p-31));
    const double theta = M_PI_4 * (1 + (double)(int32_t)angle * 0x1p-31);
    pair[0] = radius * cos(theta) * (angle & 1 ? -1 : 1);
    pair[1] = radius * sin(theta) * (angle & 2 ? -1 : 1);
    return 4e-7 * (1 + radius) + 0x1p-25 / radius;
}

START_TEST(float_normals_are_those_of_libm)
{
    enum { N = 64 * 5000 };
    sn_stream stream = {.seed = 77, .replica = 5, .layer = 3, .row = 21, .purpose = SN_FOR_WEIGHT};
    float *normals = malloc(N * sizeof *normals);
    sn_stream_normals_float(&stream, N, normals);
    double worst = 0;
    for (uint32_t block = 0; block < N / 4; block++) {
        uint32_t words[4];
        stream.block = block;
        sn_stream_words(&stream, words);
        for (size_t half = 0; half < 2; half++) {
            double pair[2];
            const double allowed = float_pair(words, half, pair);
            const float *found = normals + block / 16 * 64 + block % 16 + 32 * half;
            const double error =
                fmax(fabs((double)found[0] - pair[0]), fabs((double)found[16] - pair[1]));
            worst = fmax(worst, error / allowed);
        }
    }
    NOTE("float normals: worst difference from libm %.2f of what is allowed", worst);
    ck_assert_double_lt(worst, 1);
    free(normals);
}
END_TEST

/* Counters that run over their end among them. */
START_TEST(vectors_are_the_plain_loop)
{
    enum { BATCHES = 600, N = BATCHES * 64 };
    float *plain = malloc(N * sizeof *plain), *wide = malloc(N * sizeof *wide);
    static const uint32_t first[] = {0, 48, UINT32_MAX - 4095};
    for (size_t k = 0; k < 3; k++) {
        const sn_stream stream = {.seed = UINT64_C(0xfedcba9876543210) * (k + 1),
                                  .replica = 0xabcdef0 + (uint32_t)k,
                                  .layer = 0x98765432u >> k,
                                  .row = 0xf0e1d2c3u >> k,
                                  .purpose = SN_FOR_BIAS};
        ck_assert(sn_normal_batches_in(1, &stream, first[k], BATCHES, plain));
        for (unsigned lanes = 8; lanes <= 16; lanes *= 2) {
            memset(wide, 0, N * sizeof *wide);
            if (sn_normal_batches_in(lanes, &stream, first[k], BATCHES, wide))
                ck_assert_mem_eq(wide, plain, N * sizeof *wide);
            else
                NOTE("no vectors of %u lanes here", lanes);
        }
        sn_normal_batches(&stream, first[k], 3, wide);
        ck_assert_mem_eq(wide, plain, 3 * 64 * sizeof *wide);
    }
    ck_assert(!sn_normal_batches_in(5, &(sn_stream){0}, 0, 2, wide));
    free(plain);
    free(wide);
}
END_TEST

static void double_pair(const uint32_t words[4], double pair[2])
{
    const uint64_t w = (uint64_t)words[1] << 32 | words[0];
    const uint64_t angle = (uint64_t)words[3] << 32 | words[2];
    const double radius = sqrt(-2 * log(((double)(w >> 12) + 0.5) * 0x1p-52));
    const double theta = 0.5 * M_PI * ((double)(angle >> 12) + 0.5) * 0x1p-52;
    pair[0] = radius * cos(theta) * (angle & 2 ? -1 : 1);
    pair[1] = radius * sin(theta) * (angle & 1 ? -1 : 1);
}

START_TEST(double_normals_are_those_of_libm)
{
    enum { N = 32 * 5000 };
    sn_stream stream = {.seed = 78, .replica = 5, .layer = 3, .row = 21, .purpose = SN_FOR_WEIGHT};
    double *normals = malloc(N * sizeof *normals);
    sn_stream_normals_double(&stream, N, normals);
    double worst = 0;
    for (uint32_t block = 0; block < N / 2; block++) {
        uint32_t words[4];
        double pair[2];
        stream.block = block;
        sn_stream_words(&stream, words);
        double_pair(words, pair);
        const double *found = normals + block / 16 * 32 + block % 16;
        worst = fmax(worst, fmax(fabs(found[0] - pair[0]), fabs(found[16] - pair[1])));
    }
    NOTE("double normals: worst difference from libm %.2g", worst);
    ck_assert_double_lt(worst, 4e-15);
    free(normals);
}
END_TEST

START_TEST(any_part_can_be_drawn_alone)
{
    float whole[1000], part[1000];
    double wide[1000], narrow[1000];
    sn_stream stream = {.seed = 12, .row = 4};
    sn_stream_normals_float(&stream, 1000, whole);
    sn_stream_uniforms_double(&stream, 1000, wide);
    for (size_t n = 0; n < 200; n += 13) {
        sn_stream_normals_float(&stream, n, part);
        ck_assert_mem_eq(part, whole, n * sizeof *part);
        sn_stream_uniforms_double(&stream, n, narrow);
        ck_assert_mem_eq(narrow, wide, n * sizeof *narrow);
    }
    stream.block = 3 * SN_STREAM_BATCH_BLOCKS;
    sn_stream_normals_float(&stream, 801, part);
    ck_assert_mem_eq(part, whole + 3 * 64, 801 * sizeof *part);
    sn_stream_uniforms_double(&stream, 901, narrow);
    ck_assert_mem_eq(narrow, wide + 3 * 32, 901 * sizeof *narrow);
}
END_TEST

/* Checks the first `orders` raw moments against expected[] (of order 1, 2, ...; variance[k] is that
 * of x^k) and prints the worst z. */
static void check_moments(const char *what, size_t n, const double *x, size_t orders,
                          const double *expected, const double *variance)
{
    double worst = 0;
    for (size_t k = 0; k < orders; k++) {
        long double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += pow(x[i], (double)(k + 1));
        const double z = ((double)(sum / n) - expected[k]) / sqrt(variance[k] / (double)n);
        worst = fmax(worst, fabs(z));
        ck_assert_msg(fabs(z) < 4.5, "%s: moment %zu is off by %.2f standard errors", what, k + 1,
                      z);
    }
    NOTE("%s: worst moment off by %.2f standard errors", what, worst);
}

/* Var z^k = E z^2k - (E z^k)^2 with E z^2k = 1, 3, 15, 105, 945, 10395. */
START_TEST(moments_are_those_of_the_law)
{
    static const double normal[] = {0, 1, 0, 3, 0, 15};
    static const double normal_variance[] = {1, 2, 15, 96, 945, 10395 - 225};
    /* u = sqrt(3) v: E u^2k = 3^k / (2k + 1) */
    static const double uniform[] = {0, 1, 0, 9. / 5};
    static const double uniform_variance[] = {1, 9. / 5 - 1, 27. / 7, 9 - 81. / 25};
    const sn_stream stream = {.seed = 20240, .replica = 1, .layer = 9, .purpose = SN_FOR_INPUT};
    double *x = malloc(MANY * sizeof *x);
    float *y = malloc(MANY * sizeof *y);
    sn_stream_normals_double(&stream, MANY, x);
    check_moments("double normals", MANY, x, 6, normal, normal_variance);
    sn_stream_uniforms_double(&stream, MANY, x);
    check_moments("double uniforms", MANY, x, 4, uniform, uniform_variance);
    sn_stream_normals_float(&stream, MANY, y);
    for (size_t i = 0; i < MANY; i++)
        x[i] = (double)y[i];
    check_moments("float normals", MANY, x, 6, normal, normal_variance);
    sn_stream_uniforms_float(&stream, MANY, y);
    for (size_t i = 0; i < MANY; i++)
        x[i] = (double)y[i];
    check_moments("float uniforms", MANY, x, 4, uniform, uniform_variance);
    free(x);
    free(y);
}
END_TEST

/* How many of 2^27 are beyond each bound, against the law. */
START_TEST(tails_are_as_heavy_as_they_should_be)
{
    static const double bounds[] = {1, 2, 3, 4, 4.5, 5, 5.5};
    enum { BOUNDS = sizeof bounds / sizeof bounds[0], CHUNK = 1 << 16, CHUNKS = 1 << 11 };
    size_t beyond[2][BOUNDS] = {{0}};
    float *x = malloc(CHUNK * sizeof *x);
    for (uint32_t chunk = 0; chunk < CHUNKS; chunk++) {
        const sn_stream stream = {.seed = 5, .row = chunk, .purpose = SN_FOR_WEIGHT};
        sn_stream_normals_float(&stream, CHUNK, x);
        for (size_t b = 0; b < BOUNDS; b++) {
            const float bound = (float)bounds[b];
            size_t above = 0, below = 0;
            for (size_t i = 0; i < CHUNK; i++) {
                above += x[i] > bound;
                below += x[i] < -bound;
            }
            beyond[0][b] += above;
            beyond[1][b] += below;
        }
    }
    for (size_t b = 0; b < BOUNDS; b++)
        for (size_t side = 0; side < 2; side++) {
            const double expected = (double)CHUNK * CHUNKS * 0.5 * erfc(bounds[b] * M_SQRT1_2);
            const double z = ((double)beyond[side][b] - expected) / sqrt(expected);
            NOTE("beyond %s%g: %zu, expected %.1f, z = %.2f", side ? "-" : "", bounds[b],
                 beyond[side][b], expected, z);
            ck_assert_double_lt(fabs(z), 4.5);
        }
    ck_assert_uint_gt(beyond[0][BOUNDS - 1] + beyond[1][BOUNDS - 1], 0);
    free(x);
}
END_TEST

/* 64 equally likely cells: the statistic has mean 63 and deviation sqrt(126). */
START_TEST(cells_are_equally_filled)
{
    enum { CELLS = 64 };
    double *x = malloc(MANY * sizeof *x), chi2 = 0;
    size_t count[CELLS] = {0};
    const sn_stream stream = {.seed = 1, .layer = 1, .purpose = SN_FOR_BIAS};
    sn_stream_normals_double(&stream, MANY, x);
    for (size_t i = 0; i < MANY; i++)
        count[(size_t)(CELLS * 0.5 * erfc(-x[i] * M_SQRT1_2))]++;
    for (size_t c = 0; c < CELLS; c++)
        chi2 += pow((double)count[c] - (double)MANY / CELLS, 2) / ((double)MANY / CELLS);
    NOTE("chi squared of %d cells: %.1f", CELLS, chi2);
    ck_assert_double_lt(fabs(chi2 - (CELLS - 1)), 5 * sqrt(2. * (CELLS - 1)));
    free(x);
}
END_TEST

/* sqrt(n) times the correlation of x with y, and of their squares. */
static double worst_correlation(size_t n, const float *x, const float *y)
{
    double linear = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        const double a = (double)x[i], b = (double)y[i];
        linear += a * b;
        square += (a * a - 1) * (b * b - 1) / 2;
    }
    return fmax(fabs(linear), fabs(square)) / sqrt((double)n);
}

START_TEST(streams_are_independent)
{
    static const sn_stream first = {
        .seed = 3, .replica = 6, .layer = 2, .row = 9, .purpose = SN_FOR_INPUT};
    sn_stream others[6] = {first, first, first, first, first, first};
    others[0].seed ^= UINT64_C(1) << 40;
    others[1].replica ^= 1;
    others[2].layer ^= 1;
    others[3].row ^= 1;
    others[4].purpose = SN_FOR_WEIGHT;
    others[5].seed ^= 1;
    float *x = malloc(MANY * sizeof *x), *y = malloc(MANY * sizeof *y);
    sn_stream_normals_float(&first, MANY, x);
    for (size_t i = 0; i < 6; i++) {
        sn_stream_normals_float(&others[i], MANY, y);
        ck_assert_double_lt(worst_correlation(MANY, x, y), 4.5);
    }
    static const size_t lags[] = {1, 8, 16, 32, 48, 64, 4096};
    for (size_t i = 0; i < sizeof lags / sizeof lags[0]; i++)
        ck_assert_double_lt(worst_correlation(MANY - lags[i], x, x + lags[i]), 4.5);
    free(x);
    free(y);
}
END_TEST

UNIT_MAIN("random", philox_gives_its_published_words, float_normals_are_those_of_libm,
          vectors_are_the_plain_loop, double_normals_are_those_of_libm, any_part_can_be_drawn_alone,
          moments_are_those_of_the_law, tails_are_as_heavy_as_they_should_be,
          cells_are_equally_filled, streams_are_independent)
