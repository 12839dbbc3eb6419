/* Where the theory of a network starts.
 *
 * Entries of the usual laws are iid, and samples independent. Of clusters there are two kinds of
 * pairs of samples, within and between; each is followed by itself. Rows of given data all have
 * means and squares of their own, and what a layer does to them is not what it does to their
 * average: in the order of their squares they are averaged in up to SN_MOST_STARTS groups.
 */
#include "study/prediction_start.h"

#include <math.h>
#include <stdlib.h>

typedef struct row {
    double mean, second, third, fourth; /* raw moments, but for the central fourth */
} row;

static int by_second(const void *a, const void *b)
{
    const row *first = a, *second = b;
    return (first->second > second->second) - (first->second < second->second);
}

static row measure(size_t n, const double *x)
{
    row out = {0};
    for (size_t i = 0; i < n; i++) {
        out.mean += x[i] / (double)n;
        out.second += x[i] * x[i] / (double)n;
        out.third += x[i] * x[i] * x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        out.fourth += pow(x[i] - out.mean, 4) / (double)n;
    return out;
}

static row average(size_t n, const row *rows)
{
    row out = {0};
    for (size_t i = 0; i < n; i++) {
        out.mean += rows[i].mean / (double)n;
        out.second += rows[i].second / (double)n;
        out.third += rows[i].third / (double)n;
        out.fourth += rows[i].fourth / (double)n;
    }
    return out;
}

/* The mean over pairs of different rows of the mean of their entries' products. */
static double overlap_of_rows(const sn_input *input, size_t width)
{
    double pairs = 0;
    const double rows = (double)input->n_rows;
    if (input->n_rows < 2)
        return 0;
    for (size_t i = 0; i < width; i++) {
        double sum = 0, squares = 0;
        for (size_t r = 0; r < input->n_rows; r++) {
            const double x = input->rows[r * width + i];
            sum += x;
            squares += x * x;
        }
        pairs += (sum * sum - squares) / (rows * (rows - 1) * (double)width);
    }
    return pairs;
}

static size_t start_from_rows(const sn_input *input, size_t width, sn_start_kind *starts)
{
    row *rows = malloc(input->n_rows * sizeof *rows);
    if (rows == NULL)
        return 0;
    for (size_t r = 0; r < input->n_rows; r++)
        rows[r] = measure(width, input->rows + r * width);
    qsort(rows, input->n_rows, sizeof *rows, by_second);
    const size_t n = input->n_rows < SN_MOST_STARTS ? input->n_rows : SN_MOST_STARTS;
    const double overlap = overlap_of_rows(input, width);
    for (size_t k = 0; k < n; k++) {
        const size_t first = k * input->n_rows / n, last = (k + 1) * input->n_rows / n;
        const row of = average(last - first, rows + first);
        const double variance = fmax(0, of.second - of.mean * of.mean);
        double c = variance > 0 ? (overlap - of.mean * of.mean) / variance : 0;
        c = fmin(1, fmax(-1, c));
        starts[k] = (sn_start_kind){
            (double)(last - first) / (double)input->n_rows, of.mean, variance, of.third,
            fmax(of.fourth, variance * variance),           c};
    }
    free(rows);
    return n;
}

/* Of pairs of different samples that belong to the two clusters in turn, the share within one. */
static double share_within(size_t samples)
{
    const double even = (double)(samples / 2), odd = (double)(samples - samples / 2);
    const double all = (double)samples * ((double)samples - 1);
    return all > 0 ? (even * (even - 1) + odd * (odd - 1)) / all : 1;
}

/* Zero with probability 1 - d; else N(m / d, v), v so that mean and variance are those asked
 * for. */
static double fourth_of_sparse(const sn_input *input)
{
    const double d = input->density, m = input->mean / d;
    const double v = (input->variance + input->mean * input->mean) / d - m * m;
    const double off = m - input->mean;
    return (1 - d) * pow(input->mean, 4) + d * (pow(off, 4) + 6 * off * off * v + 3 * v * v);
}

static double third_of_sparse(const sn_input *input)
{
    const double d = input->density, m = input->mean / d;
    const double v = (input->variance + input->mean * input->mean) / d - m * m;
    return d * m * (m * m + 3 * v);
}

size_t sn_prediction_starts(const sn_simulation_spec *run, sn_start_kind starts[SN_MOST_STARTS])
{
    const sn_input *input = &run->input;
    const double square = input->variance * input->variance;
    const double third = input->mean * (input->mean * input->mean + 3 * input->variance);
    starts[0] = (sn_start_kind){1, input->mean, input->variance, third, 3 * square, 0};
    switch (input->law) {
    case SN_INPUT_UNIFORM:
        starts[0].fourth = 1.8 * square;
        return 1;
    case SN_INPUT_SPARSE:
        starts[0].fourth = fourth_of_sparse(input);
        starts[0].third = third_of_sparse(input);
        return 1;
    case SN_INPUT_CLUSTERS:
        starts[1] = starts[0];
        starts[0].share = share_within(run->samples);
        starts[0].correlation = input->within;
        starts[1].share = 1 - starts[0].share;
        starts[1].correlation = input->between;
        return starts[1].share > 0 ? 2 : 1;
    case SN_INPUT_ROWS:
        return start_from_rows(input, run->width, starts);
    case SN_INPUT_NORMAL:
    case SN_INPUT_LAW_COUNT:
        break;
    }
    return 1;
}
