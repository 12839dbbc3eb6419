/* Layers drawn by their law: against layers with weights, against what holds exactly, and at the
 * edges of numbers and ranks. */
#include "simulate/pass.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "sampling.h"

enum { LARGEST = 40, MOST_SAMPLES = 12, SIZE = LARGEST * MOST_SAMPLES };

/* Layers are small; matrices are double here, and rounded for a float run. */
typedef struct layer_case {
    const char *name;
    size_t fan_in, width, samples;
    sn_weight_structure structure;
    double omega, tau, bias_mean, bias_variance;
    double collapse; /* samples differ by so much of their size; 0: are unrelated */
    bool twice;      /* the last sample is the first again, and so is its gradient */
    bool zero;       /* the second sample is zero: its pre-activations are the biases */
    bool nonlinear;  /* the gradient depends on z */
} layer_case;

static const layer_case layer_cases[] = {
    {"iid", 24, 17, 6, SN_WEIGHTS_IID, 1.3, 1.7, 0.3, 0.5, 0, false, false, true},
    {"iid, narrowing", 13, 4, 6, SN_WEIGHTS_IID, 0, 0.8, 0, 0, 0, false, false, true},
    {"iid, twice", 20, 24, 5, SN_WEIGHTS_IID, -0.7, 2.1, 0, 0.2, 0, true, false, true},
    {"iid, many samples", 5, 7, 9, SN_WEIGHTS_IID, 0.4, 1.1, -0.2, 0.3, 0, false, false, true},
    {"iid, many without bias", 4, 9, 9, SN_WEIGHTS_IID, 0, 1.1, 0, 0, 0, false, true, true},
    {"iid, collapsed", 24, 17, 4, SN_WEIGHTS_IID, 0, 1.5, 0, 0.1, 1e-4, false, false, true},
    {"one of each", 1, 1, 1, SN_WEIGHTS_IID, 0.5, 2, 0.1, 0.4, 0, false, false, true},
    {"orthogonal", 12, 12, 4, SN_WEIGHTS_ORTHOGONAL, 0, 1.3, 0, 0, 0, false, false, true},
    {"orthogonal, widening", 9, 17, 4, SN_WEIGHTS_ORTHOGONAL, 0, 1.3, 0.2, 0.3, 0, false, false,
     true},
    {"orthogonal, narrowing", 17, 9, 4, SN_WEIGHTS_ORTHOGONAL, 0, 0.7, 0, 0.3, 0, false, false,
     true},
    {"orthogonal, twice", 14, 16, 4, SN_WEIGHTS_ORTHOGONAL, 0, 2, 0.2, 0.3, 0, true, false, true},
    {"orthogonal, many samples", 5, 7, 9, SN_WEIGHTS_ORTHOGONAL, 0, 0.9, 0, 0, 0, false, false,
     true},
    {"orthogonal, many, narrowing", 7, 5, 6, SN_WEIGHTS_ORTHOGONAL, 0, 1, 0, 0, 0, false, true,
     true},
    {"orthogonal, many, square", 6, 6, 5, SN_WEIGHTS_ORTHOGONAL, 0, 1, 0, 0.1, 0, false, false,
     true},
    {"orthogonal, one of each", 1, 1, 2, SN_WEIGHTS_ORTHOGONAL, 0, 2, 0, 0, 0, false, false, true},
};
enum { CASES = sizeof layer_cases / sizeof layer_cases[0] };

static double normal(sampler *s)
{
    const double u = sample_uniform(s, 0x1p-60, 1), v = sample_uniform(s, 0, 6.283185307179586);
    return sqrt(-2 * log(u)) * cos(v);
}

static bool is_orthogonal(const layer_case *c)
{
    return c->structure == SN_WEIGHTS_ORTHOGONAL;
}

/* The deviation of a weight times the root of the whole frame's rows, or of 1. */
static double weight_scale(const layer_case *c)
{
    const size_t rows = c->width > c->fan_in ? c->width : c->fan_in;
    return sqrt(c->tau / (double)c->fan_in * (is_orthogonal(c) ? (double)rows : 1));
}

static void make_inputs(const layer_case *c, double *x)
{
    sampler s = {99};
    const size_t n = c->samples;
    for (size_t i = 0; i < c->fan_in; i++) {
        const double shared = normal(&s);
        for (size_t j = 0; j < n; j++) {
            x[i * n + j] = c->collapse > 0 ? shared * (double)(1 + j % 2) + c->collapse * normal(&s)
                                           : 0.4 * shared + normal(&s) + 0.3;
            if (c->collapse == 0 || c->collapse > 1e-6) /* the others are for double alone */
                x[i * n + j] = (float)x[i * n + j];
        }
        if (c->twice)
            x[i * n + n - 1] = x[i * n];
        if (c->zero)
            x[i * n + 1] = 0;
    }
}

static void make_gradient(const layer_case *c, const double *z, double *gradient)
{
    sampler s = {7};
    const size_t n = c->samples;
    for (size_t i = 0; i < c->width; i++) {
        for (size_t j = 0; j < n; j++) {
            const double fixed = normal(&s);
            gradient[i * n + j] =
                (float)(c->nonlinear ? fixed * (z[i * n + j] > 0 ? 1 : 0.3) : fixed);
        }
        if (c->twice)
            gradient[i * n + n - 1] = gradient[i * n];
    }
}

/* --- the law itself: weights ------------------------------------------------------------------ */

/* Gram and Schmidt, twice, of rows x columns normals; columns <= rows. */
static void make_frame(sampler *s, size_t rows, size_t columns, double *q)
{
    for (size_t i = 0; i < rows * columns; i++)
        q[i] = normal(s);
    for (size_t j = 0; j < columns; j++) {
        for (size_t k = 0; k < 2 * j; k++) {
            double dot = 0;
            for (size_t i = 0; i < rows; i++)
                dot += q[i * columns + j] * q[i * columns + k % j];
            for (size_t i = 0; i < rows; i++)
                q[i * columns + j] -= dot * q[i * columns + k % j];
        }
        double square = 0;
        for (size_t i = 0; i < rows; i++)
            square += q[i * columns + j] * q[i * columns + j];
        for (size_t i = 0; i < rows; i++)
            q[i * columns + j] /= sqrt(square);
    }
}

static void make_weights(const layer_case *c, sampler *s, double *w)
{
    const size_t n = c->fan_in, m = c->width;
    const double scale = weight_scale(c);
    if (!is_orthogonal(c)) {
        for (size_t i = 0; i < n * m; i++)
            w[i] = c->omega / (double)n + scale * normal(s);
        return;
    }
    static double frame[LARGEST * LARGEST];
    make_frame(s, m > n ? m : n, m > n ? n : m, frame);
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < n; k++)
            w[i * n + k] = scale * (m > n ? frame[i * n + k] : frame[k * m + i]);
}

static void run_direct(const layer_case *c, sampler *s, const double *x, double *z,
                       double *gradient, double *back)
{
    static double w[LARGEST * LARGEST];
    const size_t n = c->samples;
    make_weights(c, s, w);
    for (size_t i = 0; i < c->width; i++) {
        const double bias = c->bias_mean + sqrt(c->bias_variance) * normal(s);
        for (size_t j = 0; j < n; j++) {
            z[i * n + j] = bias;
            for (size_t k = 0; k < c->fan_in; k++)
                z[i * n + j] += w[i * c->fan_in + k] * x[k * n + j];
        }
    }
    make_gradient(c, z, gradient);
    memset(back, 0, c->fan_in * n * sizeof *back);
    for (size_t i = 0; i < c->width; i++)
        for (size_t k = 0; k < c->fan_in; k++)
            for (size_t j = 0; j < n; j++)
                back[k * n + j] += w[i * c->fan_in + k] * gradient[i * n + j];
}

/* --- the same without weights ----------------------------------------------------------------- */

static sn_layer layer_of(const layer_case *c)
{
    return (sn_layer){.width = c->width,
                      .weights = {.law = SN_WEIGHT_NORMAL,
                                  .structure = c->structure,
                                  .omega = c->omega,
                                  .tau = c->tau},
                      .bias_mean = c->bias_mean,
                      .bias_variance = c->bias_variance};
}

static void run_gram(const layer_case *c, uint64_t seed, bool in_double, sn_gram *gram,
                     const double *x, double *z, double *gradient, double *back)
{
    static double scratch[SIZE];
    static float x_f[SIZE], z_f[SIZE], gradient_f[SIZE], scratch_f[SIZE], back_f[SIZE];
    const sn_layer layer = layer_of(c);
    const sn_pass pass = {&layer, c->fan_in, c->samples, {.seed = seed, .replica = 3, .layer = 5}};
    const size_t in = c->fan_in * c->samples, out = c->width * c->samples;
    if (in_double) {
        sn_gram_prepare_double(&pass, x, gram);
        sn_gram_forwards_double(&pass, 0, c->width, gram, z);
        make_gradient(c, z, gradient);
        sn_gram_backwards_double(&pass, x, z, gradient, gram, scratch, back);
        return;
    }
    for (size_t i = 0; i < in; i++)
        x_f[i] = (float)x[i];
    sn_gram_prepare_float(&pass, x_f, gram);
    sn_gram_forwards_float(&pass, 0, c->width, gram, z_f);
    for (size_t i = 0; i < out; i++)
        z[i] = (double)z_f[i];
    make_gradient(c, z, gradient);
    for (size_t i = 0; i < out; i++)
        gradient_f[i] = (float)gradient[i];
    sn_gram_backwards_float(&pass, x_f, z_f, gradient_f, gram, scratch_f, back_f);
    for (size_t i = 0; i < in; i++)
        back[i] = (double)back_f[i];
}

static sn_gram *gram_of(bool in_double)
{
    sn_gram *gram = sn_gram_new(MOST_SAMPLES, in_double ? sizeof(double) : sizeof(float));
    ck_assert_ptr_nonnull(gram);
    return gram;
}

/* --- statistics ------------------------------------------------------------------------------- */

enum { STATISTICS = 18 };

static double dot(size_t rows, size_t n, const double *a, size_t j, const double *b, size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++)
        sum += a[i * n + j] * b[i * n + k];
    return sum;
}

static void measure(const layer_case *c, const double *x, const double *z, const double *gradient,
                    const double *back, double of[STATISTICS])
{
    const size_t n = c->samples, last = n - 1, in = c->fan_in, out = c->width, end = out - 1;
    const double statistics[STATISTICS] = {
        z[0],
        z[end * n + last],
        z[0] * z[last],
        z[0] * z[end * n],
        dot(out, n, z, 0, z, 0),
        dot(out, n, z, 0, z, last),
        dot(in, n, back, 0, back, 0),
        dot(in, n, back, last, back, last),
        dot(in, n, back, 0, back, last),
        dot(in, n, back, 0, x, 0),
        dot(in, n, back, last, x, 0),
        back[0],
        back[(in - 1) * n + last],
        back[0] * back[(in - 1) * n],
        back[0] * z[0],
        back[0] * back[0] * z[0] * z[0],
        dot(out, n, z, 0, z, 0) * dot(in, n, back, 0, back, 0),
        c->collapse > 0 ? (z[last] - z[0]) / c->collapse : dot(out, n, z, last, gradient, 0),
    };
    memcpy(of, statistics, sizeof statistics);
}

typedef struct sums {
    double first[2 * STATISTICS], second[2 * STATISTICS];
} sums;

/* Of each statistic and of its square. */
static void add(sums *s, const double of[STATISTICS])
{
    for (size_t i = 0; i < (size_t)STATISTICS; i++) {
        const double square = of[i] * of[i];
        s->first[2 * i] += of[i];
        s->second[2 * i] += square;
        s->first[2 * i + 1] += square;
        s->second[2 * i + 1] += square * square;
    }
}

static double worst_difference(const sums *a, const sums *b, double trials, size_t *where)
{
    double worst = 0;
    for (size_t i = 0; i < 2 * (size_t)STATISTICS; i++) {
        const double p = a->first[i] / trials, q = b->first[i] / trials;
        const double variance = a->second[i] / trials - p * p + b->second[i] / trials - q * q;
        const double slack = 1e-5 * (fabs(p) + fabs(q)); /* what has no variance but rounding */
        const double z = fmax(fabs(p - q) - slack, 0) / sqrt(variance / trials + 1e-300);
        if (z > worst) {
            worst = z;
            *where = i;
        }
    }
    return worst;
}

START_TEST(layers_have_the_law_of_those_with_weights)
{
    enum { TRIALS = 4000 };
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (size_t k = 0; k < CASES; k++) {
        const layer_case *c = &layer_cases[k];
        sums direct = {0};
        double of[STATISTICS];
        sampler s = {1234 + k};
        make_inputs(c, x);
        for (int t = 0; t < TRIALS; t++) {
            run_direct(c, &s, x, z, gradient, back);
            measure(c, x, z, gradient, back, of);
            add(&direct, of);
        }
        for (int in_double = 0; in_double < 2; in_double++) {
            sn_gram *gram = gram_of(in_double);
            sums drawn = {0};
            size_t where = 0;
            for (uint64_t t = 0; t < TRIALS; t++) {
                run_gram(c, t + 1000 * k, in_double, gram, x, z, gradient, back);
                measure(c, x, z, gradient, back, of);
                add(&drawn, of);
            }
            const double worst = worst_difference(&drawn, &direct, TRIALS, &where);
            NOTE("%s, %s: worst of %d is number %zu, %.2f standard errors off", c->name,
                 in_double ? "double" : "float", 2 * STATISTICS, where, worst);
            ck_assert_double_lt(worst, 5);
            sn_gram_free(gram);
        }
    }
}
END_TEST

/* --- against the normal law, exactly ---------------------------------------------------------- */

/* The upper triangle R of the positive definite k = R^T R, by the book. */
static void triangle(size_t n, double *k)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            double sum = k[i * n + j];
            for (size_t l = 0; l < i; l++)
                sum -= k[l * n + i] * k[l * n + j];
            k[i * n + j] = i == j ? sqrt(sum) : sum / k[i * n + i];
        }
}

/* Rows of a, of mean `mean` and covariance R^T R, as the sum of squares of what should be standard
 * normals. */
static double whitened_square(size_t rows, size_t n, const double *a, const double *mean,
                              const double *r)
{
    double total = 0, u[MOST_SAMPLES];
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++) {
            u[j] = a[i * n + j] - mean[j];
            for (size_t l = 0; l < j; l++)
                u[j] -= u[l] * r[l * n + j];
            u[j] /= r[j * n + j];
            total += u[j] * u[j];
        }
    return total;
}

/* The law of the rows of z, and of those of back when the gradient is fixed: means and
 * triangles. */
static void law_of(const layer_case *c, const double *x, const double *gradient, double *mean_z,
                   double *r_z, double *mean_back, double *r_back)
{
    const size_t n = c->samples;
    const double fan_in = (double)c->fan_in;
    for (size_t j = 0; j < n; j++) {
        mean_z[j] = c->bias_mean;
        mean_back[j] = 0;
        for (size_t i = 0; i < c->fan_in; i++)
            mean_z[j] += c->omega / fan_in * x[i * n + j];
        for (size_t i = 0; i < c->width; i++)
            mean_back[j] += c->omega / fan_in * gradient[i * n + j];
        for (size_t k = 0; k < n; k++) {
            r_z[j * n + k] = c->tau / fan_in * dot(c->fan_in, n, x, j, x, k) + c->bias_variance;
            r_back[j * n + k] = c->tau / fan_in * dot(c->width, n, gradient, j, gradient, k);
        }
    }
    triangle(n, r_z);
    triangle(n, r_back);
}

/* How far the mean of `trials` sums of `freedom` squares is from freedom, in standard errors. */
static double chi_square_error(double sum, double freedom, double trials)
{
    return (sum / trials - freedom) / sqrt(2 * freedom / trials);
}

static void check_squares(const char *name, const char *what, double sum, double squares,
                          double freedom, double trials)
{
    const double mean = chi_square_error(sum, freedom, trials);
    const double spread = squares - sum * sum / trials; /* over the variance 2 freedom */
    const double spread_error =
        (spread / trials / (2 * freedom) - 1) / sqrt((2 + 12 / freedom) / trials);
    const double power = chi_square_error(1.01 * sum, freedom, trials);
    NOTE("%s of %s: %.2f standard errors off, its spread %.2f; with 1 %% more variance %.1f", what,
         name, mean, spread_error, power);
    ck_assert_double_lt(fabs(mean), 4);
    ck_assert_double_lt(fabs(spread_error), 4.5);
    ck_assert_double_gt(power, 5);
}

START_TEST(variances_are_right_to_less_than_a_percent)
{
    enum { TRIALS = 10000 };
    static const layer_case of[] = {
        {"layers", 24, 17, 6, SN_WEIGHTS_IID, 1.3, 1.7, 0.3, 0.5, 0, false, false, false},
        {"collapsed samples", 31, 26, 7, SN_WEIGHTS_IID, 0, 1.7, 0, 0.2, 1e-5, false, false, false},
    };
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (int k = 0; k < 4; k++) {
        layer_case c = of[k / 2];
        const bool in_double = k % 2 == 1;
        double mean_z[MOST_SAMPLES], mean_back[MOST_SAMPLES], total[4] = {0};
        double r_z[MOST_SAMPLES * MOST_SAMPLES], r_back[MOST_SAMPLES * MOST_SAMPLES];
        sn_gram *gram = gram_of(in_double);
        make_inputs(&c, x);
        make_gradient(&c, z, gradient);
        law_of(&c, x, gradient, mean_z, r_z, mean_back, r_back);
        for (uint64_t t = 0; t < TRIALS; t++) {
            run_gram(&c, t, in_double, gram, x, z, gradient, back);
            const double of_z = whitened_square(c.width, c.samples, z, mean_z, r_z);
            const double of_back = whitened_square(c.fan_in, c.samples, back, mean_back, r_back);
            total[0] += of_z;
            total[1] += of_z * of_z;
            total[2] += of_back;
            total[3] += of_back * of_back;
        }
        check_squares(c.name, "z", total[0], total[1], (double)(c.width * c.samples), TRIALS);
        check_squares(c.name, "back", total[2], total[3], (double)(c.fan_in * c.samples), TRIALS);
        sn_gram_free(gram);
    }
}
END_TEST

/* Column j, but for the first, as its difference from its multiple of the first, over
 * `collapse`. */
static void spread_out(const layer_case *c, size_t rows, const double *a, double *spread)
{
    const size_t n = c->samples;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++)
            spread[i * n + j] =
                j == 0 ? a[i * n] : (a[i * n + j] - (double)(1 + j % 2) * a[i * n]) / c->collapse;
}

/* Samples that are nearly multiples of the first: what is left of them has its own right law, and
 * goes back by the same weights. */
START_TEST(collapsed_samples_keep_their_differences)
{
    enum { TRIALS = 10000 };
    static const struct {
        double collapse;
        bool in_double;
        sn_weight_structure structure;
    } of[] = {{1e-3, false, SN_WEIGHTS_IID},      {1e-5, false, SN_WEIGHTS_IID},
              {1e-5, true, SN_WEIGHTS_IID},       {1e-9, true, SN_WEIGHTS_IID},
              {1e-12, true, SN_WEIGHTS_IID},      {1e-5, false, SN_WEIGHTS_ORTHOGONAL},
              {1e-9, true, SN_WEIGHTS_ORTHOGONAL}};
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE], spread_x[SIZE], spread_z[SIZE];
    for (size_t k = 0; k < sizeof of / sizeof of[0]; k++) {
        const bool in_double = of[k].in_double;
        const bool orthogonal = of[k].structure == SN_WEIGHTS_ORTHOGONAL;
        const layer_case c = {"collapsed",    28,    21,    5,   of[k].structure, 0, 1.9, 0, 0,
                              of[k].collapse, false, false, true};
        const size_t n = c.samples;
        sn_gram *gram = gram_of(in_double);
        double mean[MOST_SAMPLES] = {0}, r[MOST_SAMPLES * MOST_SAMPLES], sum = 0, squares = 0;
        double worst = 0;
        make_inputs(&c, x);
        spread_out(&c, c.fan_in, x, spread_x);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                r[i * n + j] = 1.9 / 28 * dot(c.fan_in, n, spread_x, i, spread_x, j);
        triangle(n, r);
        for (uint64_t t = 0; t < TRIALS; t++) {
            run_gram(&c, t, in_double, gram, x, z, gradient, back);
            spread_out(&c, c.width, z, spread_z);
            const double square = whitened_square(c.width, n, spread_z, mean, r);
            sum += square;
            squares += square * square;
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++)
                    worst = fmax(worst, fabs(dot(c.fan_in, n, spread_x, i, back, j)
                                             - dot(c.width, n, spread_z, i, gradient, j)));
        }
        NOTE("%s, collapse %g, %s: what goes back is off by %.2g",
             orthogonal ? "orthogonal" : "iid", c.collapse, in_double ? "double" : "float", worst);
        if (orthogonal) /* no chi square: only the mean is as of normals, the spread is smaller */
            ck_assert_double_lt(fabs(chi_square_error(sum, (double)(c.width * n), (double)TRIALS)),
                                4);
        else
            check_squares("collapsed samples", "z", sum, squares, (double)(c.width * n), TRIALS);
        ck_assert_double_lt(worst, (in_double ? 1e-14 : 1e-6) / c.collapse);
        sn_gram_free(gram);
    }
}
END_TEST

/* --- what holds of every draw ----------------------------------------------------------------- */

static double length(size_t rows, size_t n, const double *a, size_t j)
{
    return sqrt(dot(rows, n, a, j, a, j));
}

static void take_off_biases(const layer_case *c, double *z)
{
    const size_t n = c->samples;
    for (size_t i = 0; i < c->width; i++) {
        const double bias = z[i * n + 1];
        for (size_t j = 0; j < n; j++)
            z[i * n + j] -= bias;
    }
}

/* x^T (W^T D) = (W x)^T D, with W x = z - b; the second sample is zero and shows b. */
START_TEST(the_weights_that_go_back_are_those_that_went_forwards)
{
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (size_t k = 0; k < CASES; k++)
        for (int in_double = 0; in_double < 2; in_double++) {
            layer_case c = layer_cases[k];
            c.zero = true;
            const size_t n = c.samples;
            if (n < 2)
                continue;
            sn_gram *gram = gram_of(in_double);
            double worst = 0;
            make_inputs(&c, x);
            for (uint64_t seed = 0; seed < 50; seed++) {
                run_gram(&c, seed, in_double, gram, x, z, gradient, back);
                double size = 1e-300;
                for (size_t j = 0; j < n; j++)
                    size = fmax(size, length(c.width, n, z, j));
                take_off_biases(&c, z);
                for (size_t i = 0; i < n; i++)
                    for (size_t j = 0; j < n; j++) {
                        const double error =
                            dot(c.fan_in, n, x, i, back, j) - dot(c.width, n, z, i, gradient, j);
                        worst = fmax(worst, fabs(error) / size / length(c.width, n, gradient, j));
                    }
            }
            NOTE("%s, %s: off by %.2g", c.name, in_double ? "double" : "float", worst);
            ck_assert_double_lt(worst, in_double ? 1e-11 : 2e-5);
            sn_gram_free(gram);
        }
}
END_TEST

/* The largest |a^T a - square b^T b| over the lengths. */
static double metric_error(size_t n, size_t rows_a, const double *a, size_t rows_b, const double *b,
                           double square)
{
    double worst = 0, size = 0;
    for (size_t i = 0; i < n; i++)
        size = fmax(size, square * dot(rows_b, n, b, i, b, i));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const double error = dot(rows_a, n, a, i, a, j) - square * dot(rows_b, n, b, i, b, j);
            worst = fmax(worst, fabs(error) / size);
        }
    return worst;
}

START_TEST(orthogonal_weights_keep_lengths_and_angles)
{
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (size_t k = 0; k < CASES; k++)
        for (int in_double = 0; in_double < 2 && is_orthogonal(&layer_cases[k]); in_double++) {
            layer_case c = layer_cases[k];
            c.zero = true;
            const double square = weight_scale(&c) * weight_scale(&c);
            double forwards = 0, backwards = 0;
            sn_gram *gram = gram_of(in_double);
            make_inputs(&c, x);
            for (uint64_t seed = 0; seed < 50; seed++) {
                run_gram(&c, seed, in_double, gram, x, z, gradient, back);
                take_off_biases(&c, z);
                if (c.width >= c.fan_in)
                    forwards =
                        fmax(forwards, metric_error(c.samples, c.width, z, c.fan_in, x, square));
                if (c.width <= c.fan_in)
                    backwards = fmax(backwards, metric_error(c.samples, c.fan_in, back, c.width,
                                                             gradient, square));
            }
            NOTE("%s, %s: %.2g forwards, %.2g backwards", c.name, in_double ? "double" : "float",
                 forwards, backwards);
            ck_assert_double_lt(fmax(forwards, backwards), in_double ? 1e-9 : 2e-5);
            sn_gram_free(gram);
        }
}
END_TEST

START_TEST(equal_samples_have_equal_pre_activations)
{
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (size_t k = 0; k < CASES; k++)
        for (int in_double = 0; in_double < 2 && layer_cases[k].twice; in_double++) {
            const layer_case *c = &layer_cases[k];
            const size_t n = c->samples;
            const double tolerance = in_double ? 1e-14 : 1e-6;
            sn_gram *gram = gram_of(in_double);
            make_inputs(c, x);
            run_gram(c, 11, in_double, gram, x, z, gradient, back);
            for (size_t i = 0; i < c->width; i++)
                ck_assert_double_eq_tol(z[i * n], z[i * n + n - 1], tolerance);
            for (size_t i = 0; i < c->fan_in; i++)
                ck_assert_double_eq_tol(back[i * n], back[i * n + n - 1], 10 * tolerance);
            sn_gram_free(gram);
        }
}
END_TEST

/* One sample is three times another, in numbers that only double holds: no pivot may come of it. */
START_TEST(multiples_are_multiples)
{
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    for (int k = 0; k < 2; k++) {
        const layer_case c = {
            "multiples", 29,    33,  6, k ? SN_WEIGHTS_ORTHOGONAL : SN_WEIGHTS_IID, 0, 1.4, 0, 0, 0,
            false,       false, true};
        sn_gram *gram = gram_of(true);
        make_inputs(&c, x);
        for (size_t i = 0; i < c.fan_in; i++)
            for (size_t j = 0; j < 3; j++) {
                x[i * 6 + j] /= 7;
                x[i * 6 + 3 + j] = 3 * x[i * 6 + j];
            }
        for (uint64_t seed = 0; seed < 20; seed++) {
            run_gram(&c, seed, true, gram, x, z, gradient, back);
            for (size_t i = 0; i < c.width; i++)
                for (size_t j = 0; j < 3; j++)
                    ck_assert_double_eq_tol(z[i * 6 + 3 + j], 3 * z[i * 6 + j], 1e-14);
            for (size_t i = 0; i < 6; i++)
                for (size_t j = 0; j < 6; j++)
                    ck_assert_double_eq_tol(dot(c.fan_in, 6, x, i, back, j),
                                            dot(c.width, 6, z, i, gradient, j), 1e-12);
        }
        sn_gram_free(gram);
    }
}
END_TEST

/* Layers of more rows than are summed or drawn at a time, in neither case a whole number of
 * times. */
START_TEST(large_layers_hold_what_small_ones_do)
{
    enum { WIDE = 700, NARROW = 590, MANY = 40 };
    double *const x = malloc(WIDE * MANY * sizeof *x), *const z = malloc(WIDE * MANY * sizeof *z);
    double *const d = malloc(WIDE * MANY * sizeof *d), *const back =
                                                           malloc(WIDE * MANY * sizeof *d);
    double *const scratch = malloc(WIDE * MANY * sizeof *d);
    sn_gram *gram = sn_gram_new(MANY, sizeof(double));
    ck_assert(x && z && d && back && scratch && gram);
    for (int k = 0; k < 4; k++) {
        const layer_case c = {"large",
                              k % 2 ? WIDE : NARROW,
                              k % 2 ? NARROW : WIDE,
                              MANY,
                              k < 2 ? SN_WEIGHTS_IID : SN_WEIGHTS_ORTHOGONAL,
                              k < 2 ? 1.2 : 0,
                              1.6,
                              0,
                              0,
                              0,
                              false,
                              false,
                              true};
        const sn_layer layer = layer_of(&c);
        const sn_pass pass = {&layer, c.fan_in, MANY, {.seed = 77}};
        const double square = weight_scale(&c) * weight_scale(&c);
        make_inputs(&c, x);
        sn_gram_prepare_double(&pass, x, gram);
        sn_gram_forwards_double(&pass, 0, c.width, gram, z);
        make_gradient(&c, z, d);
        sn_gram_backwards_double(&pass, x, z, d, gram, scratch, back);
        for (size_t i = 0; i < MANY; i++)
            for (size_t j = 0; j < MANY; j++)
                ck_assert_double_eq_tol(dot(c.fan_in, MANY, x, i, back, j),
                                        dot(c.width, MANY, z, i, d, j), 1e-9);
        if (k < 2) { /* 24000 numbers: 5 deviations of their mean square are 0.05 of it */
            double drawn = 0, expected = 0;
            for (size_t j = 0; j < MANY; j++) {
                drawn += dot(c.fan_in, MANY, back, j, back, j) / (double)c.fan_in;
                expected += 1.6 / (double)c.fan_in * dot(c.width, MANY, d, j, d, j);
            }
            ck_assert_double_eq_tol(drawn / expected, 1, 0.05);
        } else if (c.width > c.fan_in)
            ck_assert_double_lt(metric_error(MANY, c.width, z, c.fan_in, x, square), 1e-13);
        else
            ck_assert_double_lt(metric_error(MANY, c.fan_in, back, c.width, d, square), 1e-13);
    }
    sn_gram_free(gram);
    free(x);
    free(z);
    free(d);
    free(back);
    free(scratch);
}
END_TEST

/* --- strips, names, and the edges of numbers -------------------------------------------------- */

enum { TALL = 200, FEW = 5 };

static void make_tall(double size, float *x, double *wide)
{
    sampler s = {5};
    for (size_t i = 0; i < TALL * FEW; i++) {
        wide[i] = (float)normal(&s);
        x[i] = (float)(wide[i] * size);
        wide[i] *= size;
    }
}

START_TEST(strips_do_not_matter_and_names_do)
{
    static float x[TALL * FEW], whole[TALL * FEW], strips[TALL * FEW];
    static double wide[TALL * FEW];
    for (int orthogonal = 0; orthogonal < 2; orthogonal++)
        for (int twice = 0; twice < 2; twice++) { /* the careful way too */
            const sn_layer layer = {
                .width = TALL,
                .bias_mean = 0.1,
                .bias_variance = 0.3,
                .weights = {.structure = orthogonal ? SN_WEIGHTS_ORTHOGONAL : SN_WEIGHTS_IID,
                            .tau = 1.4}};
            sn_pass pass = {&layer, TALL, FEW, {.seed = 8, .replica = 1, .layer = 2}};
            sn_gram *gram = gram_of(false);
            make_tall(1, x, wide);
            for (size_t i = 0; twice && i < TALL; i++)
                x[i * FEW + 3] = x[i * FEW];
            sn_gram_prepare_float(&pass, x, gram);
            sn_gram_forwards_float(&pass, 0, TALL, gram, whole);
            for (size_t first = TALL; first-- > 0;) /* from the last */
                if (first % SN_GRAM_ROWS == 0)
                    sn_gram_forwards_float(
                        &pass, first, TALL - first < SN_GRAM_ROWS ? TALL - first : SN_GRAM_ROWS,
                        gram, strips + first * FEW);
            double square = 0;
            for (size_t i = 0; i < TALL * FEW; i++) {
                ck_assert_float_eq_tol(whole[i], strips[i], 2e-6f);
                square += (double)whole[i] * (double)whole[i] / (TALL * FEW);
            }
            ck_assert_double_eq_tol(square, 1.7, 0.35);
            for (int other = 0; other < 3; other++) {
                sn_pass renamed = pass;
                renamed.stream.layer += other == 0;
                renamed.stream.replica += other == 1;
                renamed.stream.seed += other == 2;
                sn_gram_prepare_float(&renamed, x, gram);
                sn_gram_forwards_float(&renamed, 0, TALL, gram, strips);
                for (size_t i = 0; i < TALL; i++)
                    ck_assert_float_ne(whole[i * FEW], strips[i * FEW]);
            }
            sn_gram_free(gram);
        }
}
END_TEST

/* Variances, and x^T back = z^T D, where squares of x, of D or of both leave the range. */
static void check_sizes(bool in_double, sn_weight_structure structure, double size, double slope)
{
    static float x_f[TALL * FEW], z_f[TALL * FEW], d_f[TALL * FEW], s_f[TALL * FEW],
        b_f[TALL * FEW];
    static double x[TALL * FEW], z[TALL * FEW], d[TALL * FEW], s[TALL * FEW], back[TALL * FEW];
    const sn_layer layer = {.width = TALL, .weights = {.structure = structure, .tau = 1}};
    const sn_pass pass = {&layer, TALL, FEW, {.seed = 8}};
    sn_gram *gram = gram_of(in_double);
    make_tall(size, x_f, x);
    make_tall(slope, d_f, d);
    for (size_t i = 0; i < TALL; i++) { /* not along x */
        d[i * FEW + 1] = d_f[i * FEW + 1] = 0;
        d[i * FEW] = d_f[i * FEW] = (float)(i % 3) * d_f[i * FEW];
        if (in_double)
            d[i * FEW] = (double)(i % 3) * d[i * FEW + 2];
    }
    if (in_double) {
        sn_gram_prepare_double(&pass, x, gram);
        sn_gram_forwards_double(&pass, 0, TALL, gram, z);
        sn_gram_backwards_double(&pass, x, z, d, gram, s, back);
    } else {
        sn_gram_prepare_float(&pass, x_f, gram);
        sn_gram_forwards_float(&pass, 0, TALL, gram, z_f);
        sn_gram_backwards_float(&pass, x_f, z_f, d_f, gram, s_f, b_f);
        for (size_t i = 0; i < TALL * FEW; i++) {
            z[i] = (double)z_f[i];
            d[i] = (double)d_f[i];
            x[i] = (double)x_f[i];
            back[i] = (double)b_f[i];
        }
    }
    for (size_t i = 0; i < TALL * FEW; i++) {
        x[i] /= size;
        z[i] /= size;
        d[i] /= slope;
        back[i] /= slope;
    }
    for (size_t j = 0; j < FEW; j++) {
        const double ratio = length(TALL, FEW, z, j) / length(TALL, FEW, x, j);
        const double ratio_back = length(TALL, FEW, back, j) / length(TALL, FEW, d, j);
        ck_assert_double_eq_tol(ratio, 1, structure == SN_WEIGHTS_ORTHOGONAL ? 1e-5 : 0.25);
        if (j == 1)
            ck_assert_double_eq(length(TALL, FEW, back, j), 0);
        else
            ck_assert_double_eq_tol(ratio_back, 1,
                                    structure == SN_WEIGHTS_ORTHOGONAL ? 1e-5 : 0.25);
        for (size_t i = 0; i < FEW; i++)
            ck_assert_double_eq_tol(dot(TALL, FEW, x, i, back, j), dot(TALL, FEW, z, i, d, j),
                                    1e-5 * TALL);
    }
    sn_gram_free(gram);
}

START_TEST(sizes_whose_squares_leave_the_range_are_as_good_as_any)
{
    static const double floats[][2] = {{1, 1},    {1e-25, 1},    {1e25, 1},    {1, 1e-25},
                                       {1, 1e22}, {1e-25, 1e25}, {1e30, 1e10}, {1e18, 1e18}};
    static const double doubles[][2] = {{1, 1},      {1e-200, 1}, {1e200, 1},
                                        {1, 1e-200}, {1, 1e200},  {1e-200, 1e200}};
    for (int orthogonal = 0; orthogonal < 2; orthogonal++) {
        const sn_weight_structure structure = orthogonal ? SN_WEIGHTS_ORTHOGONAL : SN_WEIGHTS_IID;
        for (size_t k = 0; k < sizeof floats / sizeof floats[0]; k++)
            check_sizes(false, structure, floats[k][0], floats[k][1]);
        for (size_t k = 0; k < sizeof doubles / sizeof doubles[0]; k++)
            check_sizes(true, structure, doubles[k][0], doubles[k][1]);
    }
}
END_TEST

START_TEST(what_is_not_finite_stays_so)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE], scratch[SIZE];
    for (size_t k = 0; k < CASES; k++)
        for (size_t b = 0; b < 3; b++)
            for (int of_gradient = 0; of_gradient < 2; of_gradient++) {
                const layer_case *c = &layer_cases[k];
                const sn_layer layer = layer_of(c);
                const sn_pass pass = {&layer, c->fan_in, c->samples, {.seed = 1}};
                sn_gram *gram = gram_of(true);
                make_inputs(c, x);
                if (!of_gradient)
                    x[c->fan_in * c->samples / 2] = bad[b];
                sn_gram_prepare_double(&pass, x, gram);
                sn_gram_forwards_double(&pass, 0, c->width, gram, z);
                for (size_t i = 0; i < c->width * c->samples; i++)
                    ck_assert(isfinite(z[i]) == of_gradient);
                make_gradient(c, z, gradient);
                if (of_gradient)
                    gradient[c->width * c->samples / 2] = bad[b];
                sn_gram_backwards_double(&pass, x, z, gradient, gram, scratch, back);
                for (size_t i = 0; i < c->fan_in * c->samples; i++)
                    ck_assert(!isfinite(back[i]));
                sn_gram_free(gram);
            }
}
END_TEST

START_TEST(without_variance_only_means_are_left)
{
    static double x[SIZE], z[SIZE], gradient[SIZE], back[SIZE];
    const layer_case c = {"still", 7, 9, 4,     SN_WEIGHTS_IID, 1.5,  0,
                          0.25,    0, 0, false, false,          false};
    sn_gram *gram = gram_of(true);
    make_inputs(&c, x);
    run_gram(&c, 3, true, gram, x, z, gradient, back);
    for (size_t j = 0; j < c.samples; j++) {
        double sum = 0, sum_back = 0;
        for (size_t i = 0; i < c.fan_in; i++)
            sum += x[i * c.samples + j];
        for (size_t i = 0; i < c.width; i++)
            sum_back += gradient[i * c.samples + j];
        for (size_t i = 0; i < c.width; i++)
            ck_assert_double_eq_tol(z[i * c.samples + j], 1.5 / 7 * sum + 0.25, 1e-14);
        for (size_t i = 0; i < c.fan_in; i++)
            ck_assert_double_eq_tol(back[i * c.samples + j], 1.5 / 7 * sum_back, 1e-14);
    }
    sn_gram_free(gram);
}
END_TEST

/* Dead layers: inputs all zero say nothing of the weights; a gradient of zero brings zero back. */
START_TEST(zeros_are_layers_too)
{
    static double x[SIZE], z[SIZE], d[SIZE], back[SIZE], scratch[SIZE];
    for (int k = 0; k < 2; k++) {
        const layer_case c = {"dead", 9,     9,    5,   k ? SN_WEIGHTS_ORTHOGONAL : SN_WEIGHTS_IID,
                              0,      1.7,   0,    0.4, 0,
                              false,  false, false};
        const sn_layer layer = layer_of(&c);
        const sn_pass pass = {&layer, 9, 5, {.seed = 3}};
        sn_gram *gram = gram_of(true);
        memset(x, 0, sizeof x);
        sn_gram_prepare_double(&pass, x, gram);
        sn_gram_forwards_double(&pass, 0, 9, gram, z);
        for (size_t i = 0; i < 9; i++) {
            ck_assert_double_ne(z[i * 5], 0);
            for (size_t j = 1; j < 5; j++)
                ck_assert_double_eq_tol(z[i * 5], z[i * 5 + j], 1e-15);
        }
        make_gradient(&c, z, d);
        sn_gram_backwards_double(&pass, x, z, d, gram, scratch, back);
        if (k == 1)
            ck_assert_double_lt(metric_error(5, 9, back, 9, d, 1.7), 1e-11);
        ck_assert_double_gt(dot(9, 5, back, 0, back, 0), 0.05 * dot(9, 5, d, 0, d, 0));
        memset(d, 0, sizeof d);
        sn_gram_backwards_double(&pass, x, z, d, gram, scratch, back);
        for (size_t i = 0; i < 9 * 5; i++)
            ck_assert_double_eq(back[i], 0);
        sn_gram_free(gram);
    }
}
END_TEST

START_TEST(it_says_what_it_can)
{
    for (int law = 0; law < SN_WEIGHT_LAW_COUNT; law++)
        for (int structure = 0; structure < SN_WEIGHT_STRUCTURE_COUNT; structure++) {
            const sn_weights weights = {.law = (sn_weight_law)law,
                                        .structure = (sn_weight_structure)structure};
            ck_assert_int_eq(sn_gram_can(&weights),
                             structure == SN_WEIGHTS_ORTHOGONAL
                                 || (structure == SN_WEIGHTS_IID && law == SN_WEIGHT_NORMAL));
        }
    ck_assert_uint_eq(sn_gram_bytes(SIZE_MAX / 3, sizeof(float)), SIZE_MAX);
    ck_assert_ptr_null(sn_gram_new(SIZE_MAX / 3, sizeof(float)));
    sn_gram_free(NULL);
}
END_TEST

UNIT_MAIN("gram", layers_have_the_law_of_those_with_weights,
          variances_are_right_to_less_than_a_percent, collapsed_samples_keep_their_differences,
          the_weights_that_go_back_are_those_that_went_forwards,
          orthogonal_weights_keep_lengths_and_angles, large_layers_hold_what_small_ones_do,
          multiples_are_multiples, equal_samples_have_equal_pre_activations,
          strips_do_not_matter_and_names_do, sizes_whose_squares_leave_the_range_are_as_good_as_any,
          what_is_not_finite_stays_so, without_variance_only_means_are_left, zeros_are_layers_too,
          it_says_what_it_can)
