/* The law of the normal generator, over billions of numbers: too long for `make check`, run by
 * `make long-check`, in less than a minute of two processors.
 *
 * Of 2^30 floats and 2^28 doubles: the moments of order 1 to 8, how many fall into each of 256
 * equally likely cells, how many beyond 3, 4, 5 and 6 deviations on either side (then also of 2^33
 * floats), and whether neighbours go together: in the order of the stream, the two of one pair, and
 * the numbers of the same place in streams of the next row, layer, seed and replica; each as they
 * are and in their squares. Every line is a z-score, a standard normal number if the law is right;
 * one beyond 5 makes the exit status 1. The seeds are fixed, so that is no matter of luck.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/random.h"

enum { CHUNK = 1 << 14, SLICES = 256, ORDERS = 8, CELLS = 256, PAIR = SN_STREAM_BATCH_BLOCKS };
enum { NEXT_IN_STREAM, OTHER_OF_PAIR, NEXT_ROW, NEXT_LAYER, NEXT_SEED, NEXT_REPLICA, NEIGHBOURS };
enum { BOUNDS = 4, GUIDE = 1 << 12 };

static const char *const neighbour_names[NEIGHBOURS] = {
    "next in stream", "other of its pair", "next row", "next layer", "next seed", "next replica"};
static const double tail_bounds[BOUNDS] = {3, 4, 5, 6};

static double upper_tail(double x)
{
    return 0.5 * erfc(x * M_SQRT1_2);
}

/* --- what is counted --- */

typedef struct counts {
    double n, powers[ORDERS];
    size_t cells[CELLS];
    size_t above[BOUNDS], below[BOUNDS];
    double pairs[NEIGHBOURS], linear[NEIGHBOURS], square[NEIGHBOURS];
} counts;

/* The ends of the cells, and for each of GUIDE steps from -8 to 8 the first cell that reaches into
 * it. */
typedef struct cells {
    double ends[CELLS];
    unsigned char guide[GUIDE];
} cells;

static void cells_init(cells *c)
{
    for (size_t i = 0; i + 1 < CELLS; i++) {
        double low = -8, high = 8;
        for (int k = 0; k < 60; k++) {
            const double middle = (low + high) / 2, p = upper_tail(-middle);
            *(p < (double)(i + 1) / CELLS ? &low : &high) = middle;
        }
        c->ends[i] = low;
    }
    c->ends[CELLS - 1] = INFINITY;
    size_t cell = 0;
    for (size_t i = 0; i < GUIDE; i++) {
        while (c->ends[cell] < (double)i * (16. / GUIDE) - 8)
            cell++;
        c->guide[i] = (unsigned char)cell;
    }
}

static size_t cell_of(const cells *c, double x)
{
    size_t cell = c->guide[(size_t)(fmin(fmax(x, -8), 7.99) * (GUIDE / 16.) + GUIDE / 2.)];
    while (x >= c->ends[cell])
        cell++;
    return cell;
}

static void count_one_by_one(const cells *c, const double *x, counts *to)
{
    to->n += CHUNK;
    for (size_t i = 0; i < CHUNK; i++) {
        double power = 1;
        for (size_t k = 0; k < ORDERS; k++)
            to->powers[k] += power *= x[i];
        to->cells[cell_of(c, x[i])]++;
        for (size_t k = 0; k < BOUNDS && fabs(x[i]) > tail_bounds[k]; k++)
            (x[i] > 0 ? to->above : to->below)[k]++;
    }
}

/* Sums of x y and of (x^2 - 1) (y^2 - 1) / 2, either of variance n for independent x, y. */
static void count_pair(const double *x, const double *y, size_t n, int which, counts *to)
{
    double linear = 0, square = 0;
#pragma omp simd reduction(+ : linear, square)
    for (size_t i = 0; i < n; i++) {
        linear += x[i] * y[i];
        square += (x[i] * x[i] - 1) * (y[i] * y[i] - 1) / 2;
    }
    to->pairs[which] += (double)n;
    to->linear[which] += linear;
    to->square[which] += square;
}

/* --- what is drawn --- */

typedef struct law {
    const char *name;
    bool is_double;
    uint32_t rows; /* of CHUNK numbers */
    uint64_t seed;
} law;

static void draw(const law *l, sn_stream stream, double x[CHUNK])
{
    if (l->is_double) {
        sn_stream_normals_double(&stream, CHUNK, x);
        return;
    }
    float narrow[CHUNK];
    sn_stream_normals_float(&stream, CHUNK, narrow);
    for (size_t i = 0; i < CHUNK; i++)
        x[i] = (double)narrow[i];
}

static void count_row(const law *l, const cells *c, uint32_t row, counts *to)
{
    double x[CHUNK], y[CHUNK];
    sn_stream stream = {.seed = l->seed, .layer = 3, .row = row, .purpose = SN_FOR_WEIGHT};
    draw(l, stream, x);
    count_one_by_one(c, x, to);
    count_pair(x, x + 1, CHUNK - 1, NEXT_IN_STREAM, to);
    for (size_t i = 0; i < CHUNK; i += 2 * PAIR)
        count_pair(x + i, x + i + PAIR, PAIR, OTHER_OF_PAIR, to);
    if (row % 4 != 0)
        return;
    sn_stream others[] = {stream, stream, stream, stream};
    others[0].row++;
    others[1].layer++;
    others[2].seed++;
    others[3].replica++;
    for (int k = 0; k < 4; k++) {
        draw(l, others[k], y);
        count_pair(x, y, CHUNK, NEXT_ROW + k, to);
    }
}

static void add(const counts *one, counts *to)
{
    to->n += one->n;
    for (size_t k = 0; k < ORDERS; k++)
        to->powers[k] += one->powers[k];
    for (size_t k = 0; k < CELLS; k++)
        to->cells[k] += one->cells[k];
    for (size_t k = 0; k < BOUNDS; k++) {
        to->above[k] += one->above[k];
        to->below[k] += one->below[k];
    }
    for (size_t k = 0; k < NEIGHBOURS; k++) {
        to->pairs[k] += one->pairs[k];
        to->linear[k] += one->linear[k];
        to->square[k] += one->square[k];
    }
}

/* Slices of rows, added in their order. */
static counts count_all(const law *l, const cells *c)
{
    static counts slices[SLICES];
    memset(slices, 0, sizeof slices);
#pragma omp parallel for schedule(dynamic)
    for (uint32_t s = 0; s < SLICES; s++)
        for (uint32_t row = s; row < l->rows; row += SLICES)
            count_row(l, c, row, &slices[s]);
    counts all = {0};
    for (size_t s = 0; s < SLICES; s++)
        add(&slices[s], &all);
    return all;
}

typedef struct tails {
    size_t above[BOUNDS], below[BOUNDS];
} tails;

static void count_tails(const float x[CHUNK], tails *to)
{
    for (size_t k = 0; k < BOUNDS; k++) {
        const float bound = (float)tail_bounds[k];
        unsigned above = 0, below = 0;
#pragma omp simd reduction(+ : above, below)
        for (size_t i = 0; i < CHUNK; i++) {
            above += x[i] > bound;
            below += x[i] < -bound;
        }
        to->above[k] += above;
        to->below[k] += below;
        if (above + below == 0)
            break;
    }
}

static tails count_all_tails(uint32_t rows)
{
    static tails slices[SLICES];
#pragma omp parallel for schedule(dynamic)
    for (uint32_t s = 0; s < SLICES; s++)
        for (uint32_t row = s; row < rows; row += SLICES) {
            float x[CHUNK];
            const sn_stream stream = {.seed = 20177, .row = row, .purpose = SN_FOR_INPUT};
            sn_stream_normals_float(&stream, CHUNK, x);
            count_tails(x, &slices[s]);
        }
    tails all = {{0}, {0}};
    for (size_t s = 0; s < SLICES; s++)
        for (size_t k = 0; k < BOUNDS; k++) {
            all.above[k] += slices[s].above[k];
            all.below[k] += slices[s].below[k];
        }
    return all;
}

/* --- what is reported --- */

static bool any_off = false; /* of this program alone */

static void report(const char *law_name, const char *what, double z)
{
    const bool off = !(fabs(z) <= 5);
    printf("%-7s %-40s z %6.2f%s\n", law_name, what, z, off ? "  OFF" : "");
    any_off = any_off || off;
}

/* E z^2k = 1 3 5 ... (2k - 1); 0 of odd order. */
static double moment_of(unsigned order)
{
    double moment = 1;
    for (unsigned k = 1; k < order; k += 2)
        moment *= k;
    return order % 2 == 0 ? moment : 0;
}

static void report_moments(const law *l, const counts *c)
{
    for (unsigned k = 1; k <= ORDERS; k++) {
        char what[64];
        const double mean = moment_of(k), variance = moment_of(2 * k) - mean * mean;
        snprintf(what, sizeof what, "moment %u", k);
        report(l->name, what, (c->powers[k - 1] / c->n - mean) / sqrt(variance / c->n));
    }
}

static void report_cells(const law *l, const counts *c)
{
    double chi2 = 0;
    const double expected = c->n / CELLS;
    for (size_t k = 0; k < CELLS; k++)
        chi2 += pow((double)c->cells[k] - expected, 2) / expected;
    report(l->name, "chi squared of 256 cells", (chi2 - (CELLS - 1)) / sqrt(2. * (CELLS - 1)));
}

static void report_neighbours(const law *l, const counts *c)
{
    for (size_t k = 0; k < NEIGHBOURS; k++) {
        char what[64];
        snprintf(what, sizeof what, "with the %s", neighbour_names[k]);
        report(l->name, what, c->linear[k] / sqrt(c->pairs[k]));
        snprintf(what, sizeof what, "with the %s, squares", neighbour_names[k]);
        report(l->name, what, c->square[k] / sqrt(c->pairs[k]));
    }
}

/* Few are beyond 6: of a Poisson number k of mean m, sqrt(k) + sqrt(k + 1) - sqrt(4 m + 1) is close
 * to a standard normal one (Freeman and Tukey 1950). */
static void report_tail(const char *law_name, const char *side, double bound, size_t found,
                        double n)
{
    char what[64];
    const double k = (double)found, expected = n * upper_tail(bound);
    snprintf(what, sizeof what, "%s%g: %zu, expected %.1f", side, bound, found, expected);
    report(law_name, what, sqrt(k) + sqrt(k + 1) - sqrt(4 * expected + 1));
}

static void report_tails(const char *law_name, const size_t above[BOUNDS],
                         const size_t below[BOUNDS], double n)
{
    for (size_t k = 0; k < BOUNDS; k++) {
        report_tail(law_name, "above ", tail_bounds[k], above[k], n);
        report_tail(law_name, "below -", tail_bounds[k], below[k], n);
    }
}

int main(void)
{
    static const law laws[] = {{"float", false, 1 << 16, 4711}, {"double", true, 1 << 14, 4712}};
    static cells c;
    cells_init(&c);
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        const counts all = count_all(&laws[i], &c);
        report_moments(&laws[i], &all);
        report_cells(&laws[i], &all);
        report_tails(laws[i].name, all.above, all.below, all.n);
        report_neighbours(&laws[i], &all);
    }
    const uint32_t rows = 1u << 19;
    const tails beyond = count_all_tails(rows);
    report_tails("float", beyond.above, beyond.below, (double)rows * CHUNK);
    return any_off ? EXIT_FAILURE : EXIT_SUCCESS;
}
