/* simulate CASE WIDTH SAMPLES DEPTH REPLICAS THREADS: one run of a simulation, or of the least that
 * it could be, in nanoseconds. The numbers mean something only beside another case of the same run;
 * bench.sh sets them side by side.
 *
 *     direct, gram, auto   SELU, LeCun's normal weights, input N(0, 1), in float, by that method;
 *                          moments of pre-activations and activations at every layer
 *     products             the matrix products that `direct` makes, and nothing else
 *     copies               the activations of each layer copied once, and nothing else
 */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "simulate/pass.h"
#include "simulate/simulate.h"

#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
void openblas_set_num_threads(int threads);
#endif

typedef struct shape {
    size_t width, samples, depth, replicas;
    int threads;
} shape;

static volatile double sink;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void check(sn_status status, const sn_error *err)
{
    if (status == SN_OK)
        return;
    fprintf(stderr, "simulate: %s\n", err->message);
    exit(EXIT_FAILURE);
}

static float *new_numbers(size_t n)
{
    float *of = malloc(n * sizeof *of);
    if (of != NULL)
        return of;
    fprintf(stderr, "simulate: no memory\n");
    exit(EXIT_FAILURE);
}

/* --- a simulation ----------------------------------------------------------------------------- */

static double run_simulation(const shape *s, sn_method method)
{
    sn_error err = {0};
    sn_block block = {
        .repeat = s->depth,
        .layer = {.width = s->width,
                  .weights = {.law = SN_WEIGHT_NORMAL, .structure = SN_WEIGHTS_IID, .tau = 1}}};
    check(sn_activation_init(&block.layer.activation, "selu", &err), &err);
    const sn_simulation_spec spec = {.width = s->width,
                                     .n_blocks = 1,
                                     .blocks = &block,
                                     .samples = s->samples,
                                     .replicas = s->replicas,
                                     .seed = 1,
                                     .precision = SN_FLOAT,
                                     .method = method,
                                     .input = {.law = SN_INPUT_NORMAL, .variance = 1},
                                     .observe = SN_OBSERVE_MOMENTS,
                                     .threads = s->threads};
    sn_simulation_result result;
    const double began = now();
    check(sn_simulate(&spec, NULL, NULL, &result, &err), &err);
    const double took = now() - began;
    sink += result.layer[s->depth].of[SN_OBSERVABLE_VARIANCE].value;
    sn_simulation_result_free(&result);
    return took;
}

static double run_direct(const shape *s)
{
    return run_simulation(s, SN_METHOD_DIRECT);
}

static double run_gram(const shape *s)
{
    return run_simulation(s, SN_METHOD_GRAM);
}

static double run_auto(const shape *s)
{
    return run_simulation(s, SN_METHOD_AUTO);
}

/* --- the least it could be -------------------------------------------------------------------- */

/* Numbers of mean 0 and variance 1, which no product takes out of range. */
static void fill(size_t n, float scale, float *out)
{
    uint32_t state = 1;
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        out[i] = scale * ((float)(state >> 8) / (1 << 24) - 0.5f) * 3.4641016f;
    }
}

/* Room of one thread: a strip of weights, which stands for all, and two matrices of activations. */
static size_t strip_size(const shape *s)
{
    return sn_direct_rows(s->width, sizeof(float)) * s->width;
}

static size_t room(const shape *s)
{
    return strip_size(s) + 2 * s->width * s->samples;
}

/* The products of a replica. A signal keeps its size: as all strips are the same, with variance 1/n
 * of a weight, so are the strips of x, and each z is the sum of n of its numbers times that. */
static void multiply(const shape *s, float *of)
{
    const int n = (int)s->width, samples = (int)s->samples;
    const size_t height = sn_direct_rows(s->width, sizeof *of), size = s->width * s->samples;
    float *x = of + strip_size(s), *z = x + size;
    for (size_t l = 0; l < s->depth; l++) {
        for (size_t first = 0; first < s->width; first += height) {
            const size_t left = s->width - first, rows = left < height ? left : height;
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)rows, samples, n, 1, of, n,
                        x, samples, 0, z + first * s->samples, samples);
        }
        float *const swap = x;
        x = z;
        z = swap;
    }
}

static size_t thread_number(void)
{
#ifdef _OPENMP
    return (size_t)omp_get_thread_num();
#else
    return 0;
#endif
}

static double run_products(const shape *s)
{
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
    openblas_set_num_threads(1);
#endif
    float *all = new_numbers((size_t)s->threads * room(s));
    for (size_t t = 0; t < (size_t)s->threads; t++) {
        fill(strip_size(s), 1 / sqrtf((float)s->width), all + t * room(s));
        fill(2 * s->width * s->samples, 1, all + t * room(s) + strip_size(s));
    }
    const double began = now();
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (size_t r = 0; r < s->replicas; r++)
        multiply(s, all + thread_number() * room(s));
    const double took = now() - began;
    free(all);
    return took;
}

static double run_copies(const shape *s)
{
    const size_t size = s->width * s->samples;
    float *x = new_numbers(2 * size);
    fill(2 * size, 1, x);
    const double began = now();
    for (size_t i = 0; i < s->depth * s->replicas; i++) {
        memcpy(x + (i + 1) % 2 * size, x + i % 2 * size, size * sizeof *x);
        sink += (double)x[i];
    }
    const double took = now() - began;
    free(x);
    return took;
}

static const struct bench_case {
    const char *name;
    double (*run)(const shape *s);
} cases[] = {{"direct", run_direct},
             {"gram", run_gram},
             {"auto", run_auto},
             {"products", run_products},
             {"copies", run_copies}};

int main(int argc, char **argv)
{
    for (size_t c = 0; argc == 7 && c < sizeof cases / sizeof cases[0]; c++) {
        if (strcmp(argv[1], cases[c].name) != 0)
            continue;
        size_t n[5];
        for (int i = 0; i < 5; i++)
            n[i] = strtoul(argv[i + 2], NULL, 10);
        const shape s = {n[0], n[1], n[2], n[3], (int)n[4]};
        printf("%.0f\n", cases[c].run(&s));
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "usage: simulate CASE WIDTH SAMPLES DEPTH REPLICAS THREADS\n");
    return EXIT_FAILURE;
}
