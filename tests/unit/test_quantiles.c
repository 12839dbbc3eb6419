/* Quantiles against sorted numbers, and that neither parts nor order change a bit of them. */
#include "simulate/quantiles.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"
#include "simulate/random.h"

enum { MOST = 1 << 16 };

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { GAUSSIAN, RECTIFIED, SELU, WHOLE, LOPSIDED, CONSTANT, FEW, FAR, LAWS };

/* Numbers of a law; of atoms at an end and inside, of long tails, about -2.385e7. */
static void draw(unsigned law, uint64_t seed, size_t n, double *x)
{
    const sn_stream stream = {.seed = seed, .row = law};
    sn_stream_normals_double(&stream, n, x);
    for (size_t i = 0; i < n; i++)
        switch (law) {
        case RECTIFIED:
            x[i] = fmax(x[i], 0);
            break;
        case SELU:
            x[i] = x[i] > 0 ? 1.05 * x[i] : 1.758 * expm1(100 * x[i]);
            break;
        case WHOLE:
            x[i] = floor(2 * x[i]);
            break;
        case LOPSIDED:
            x[i] = exp(2 * x[i]);
            break;
        case CONSTANT:
            x[i] = -0.1;
            break;
        case FEW:
            x[i] = i % 5 == 0 ? -1e-3 : 3e5;
            break;
        case FAR:
            x[i] -= 2.385e7;
            break;
        default:
            break;
        }
}

/* The numbers of rank ceil(share n), by sorting. */
static void by_sorting(size_t n, const double *x, double at[SN_QUANTILES])
{
    double *sorted = malloc(n * sizeof *sorted);
    memcpy(sorted, x, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t q = 0; q < SN_QUANTILES; q++)
        at[q] = sorted[(n * sn_quantile_permille[q] + 999) / 1000 - 1];
    free(sorted);
}

/* How wide a bin may be. */
static double widest_bin(size_t n, const double *x)
{
    double least = x[0], most = x[0];
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, x[i]);
        most = fmax(most, x[i]);
    }
    return fmax((most - least) / 16383, 0x1p-50 * fmax(fabs(least), fabs(most)));
}

static const size_t sizes[] = {1, 2, 3, 7, 8, 64, 999, 1000, 1001, 2049, 10000, MOST};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

START_TEST(quantiles_are_within_a_bin_of_the_sorted_numbers)
{
    static double x[MOST];
    double worst[LAWS] = {0};
    sn_quantiles quantiles;
    ck_assert(sn_quantiles_init(&quantiles));
    for (unsigned law = 0; law < LAWS; law++)
        for (size_t s = 0; s < SIZES; s++)
            for (uint64_t seed = 0; seed < (sizes[s] < 1000 ? 40 : 4); seed++) {
                const size_t n = sizes[s];
                double found[SN_QUANTILES], truth[SN_QUANTILES];
                draw(law, seed, n, x);
                sn_quantiles_forget(&quantiles);
                sn_quantiles_add(&quantiles, n, x);
                sn_quantiles_find(&quantiles, found);
                by_sorting(n, x, truth);
                const double bin = widest_bin(n, x);
                for (size_t q = 0; q < SN_QUANTILES; q++) {
                    const double off = fabs(found[q] - truth[q]);
                    worst[law] = fmax(worst[law], off > 0 ? off / bin : 0);
                }
            }
    for (unsigned law = 0; law < LAWS; law++) {
        NOTE("law %u: %.3f of the promised bin", law, worst[law]);
        ck_assert_double_le(worst[law], 1);
    }
    sn_quantiles_clear(&quantiles);
}
END_TEST

START_TEST(an_atom_at_an_end_is_met_exactly)
{
    static double x[MOST];
    double found[SN_QUANTILES];
    sn_quantiles quantiles;
    ck_assert(sn_quantiles_init(&quantiles));
    draw(RECTIFIED, 1, MOST, x);
    sn_quantiles_add(&quantiles, MOST, x);
    sn_quantiles_find(&quantiles, found);
    for (size_t q = 0; q < 4; q++) /* up to 25 % */
        ck_assert_double_le(found[q], quantiles.most / 16383);
    ck_assert(found[8] > 2.8);
    for (size_t i = 0; i < MOST; i++) /* the other end */
        x[i] = fmin(-x[i], -0.3);
    sn_quantiles_forget(&quantiles);
    sn_quantiles_add(&quantiles, MOST, x);
    sn_quantiles_find(&quantiles, found);
    for (size_t q = 5; q < SN_QUANTILES; q++)
        ck_assert(found[q] == -0.3);
    sn_quantiles_clear(&quantiles);
}
END_TEST

static void shuffle(uint64_t seed, size_t n, double *x)
{
    sampler s = {seed};
    for (size_t i = n; i > 1; i--) {
        const size_t j = (size_t)sample_uniform(&s, 0, (double)i);
        const double kept = x[i - 1];
        x[i - 1] = x[j];
        x[j] = kept;
    }
}

START_TEST(parts_and_order_do_not_matter)
{
    enum { N = 9001 };
    static const size_t cuts[] = {1, 2, 63, 1000, 1024, 4096};
    static double x[N];
    sn_quantiles once, parts;
    ck_assert(sn_quantiles_init(&once) && sn_quantiles_init(&parts));
    for (unsigned law = 0; law < LAWS; law++)
        for (size_t c = 0; c < sizeof cuts / sizeof cuts[0]; c++) {
            double first[SN_QUANTILES], second[SN_QUANTILES];
            draw(law, c, N, x);
            if (c % 2 == 0) /* one of each size: bins begin tiny and have far to go */
                for (size_t i = 0; i < 600; i++)
                    x[i] *= ldexp(1, (int)i / 2 - 290);
            sn_quantiles_forget(&once);
            sn_quantiles_forget(&parts);
            sn_quantiles_add(&once, N, x);
            sn_quantiles_find(&once, first);
            if (c >= 2)
                shuffle(c, N, x);
            for (size_t i = 0; i < N; i += cuts[c])
                sn_quantiles_add(&parts, N - i < cuts[c] ? N - i : cuts[c], x + i);
            sn_quantiles_find(&parts, second);
            ck_assert_int_eq(once.exponent, parts.exponent);
            ck_assert_mem_eq(first, second, sizeof first);
        }
    sn_quantiles_clear(&once);
    sn_quantiles_clear(&parts);
}
END_TEST

START_TEST(any_size_and_place_of_numbers_will_do)
{
    enum { N = 3000 };
    static const double places[] = {0, 1, -1e16}, scales[] = {1e-290, 1e-150, 1, 1e150, 1e290};
    static double x[N];
    sn_quantiles quantiles;
    ck_assert(sn_quantiles_init(&quantiles));
    for (size_t p = 0; p < 3; p++)
        for (size_t s = 0; s < 5; s++) {
            double found[SN_QUANTILES], truth[SN_QUANTILES];
            draw(GAUSSIAN, p, N, x);
            for (size_t i = 0; i < N; i++)
                x[i] = scales[s] * (x[i] + places[p]);
            sn_quantiles_forget(&quantiles);
            for (size_t i = 0; i < N; i += 100)
                sn_quantiles_add(&quantiles, 100, x + i);
            sn_quantiles_find(&quantiles, found);
            by_sorting(N, x, truth);
            for (size_t q = 0; q < SN_QUANTILES; q++)
                ck_assert_double_le(fabs(found[q] - truth[q]), widest_bin(N, x));
        }
    sn_quantiles_clear(&quantiles);
}
END_TEST

/* Interpolation: from 65536 Gaussian numbers, with standard error sqrt(q (1 - q) / n) / density. */
START_TEST(quantiles_of_a_gaussian)
{
    static const double truth[] = {
        -3.0902323061678135, -2.3263478740408411, -1.6448536269514727, -0.6744897501960817, 0,
        0.6744897501960817,  1.6448536269514727,  2.3263478740408411,  3.0902323061678135};
    static double x[MOST];
    double found[SN_QUANTILES];
    sn_quantiles quantiles;
    ck_assert(sn_quantiles_init(&quantiles));
    sn_quantiles_find(&quantiles, found);
    for (size_t q = 0; q < SN_QUANTILES; q++)
        ck_assert(isnan(found[q]));
    draw(GAUSSIAN, 77, MOST, x);
    sn_quantiles_add(&quantiles, MOST, x);
    sn_quantiles_find(&quantiles, found);
    for (size_t q = 0; q < SN_QUANTILES; q++) {
        const double share = sn_quantile_permille[q] / 1000.;
        const double density = exp(-truth[q] * truth[q] / 2) / sqrt(8 * atan(1));
        const double error = sqrt(share * (1 - share) / MOST) / density;
        ck_assert_double_lt(fabs(found[q] - truth[q]), 4 * error);
    }
    sn_quantiles_clear(&quantiles);
}
END_TEST

UNIT_MAIN("quantiles", quantiles_are_within_a_bin_of_the_sorted_numbers,
          an_atom_at_an_end_is_met_exactly, parts_and_order_do_not_matter,
          any_size_and_place_of_numbers_will_do, quantiles_of_a_gaussian)
