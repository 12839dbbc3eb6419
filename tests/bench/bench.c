/* bench CASE: times one case and prints nanoseconds per operation, the median of nine rounds. The
 * numbers mean something only beside another case of the same run; bench.sh sets them side by side.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "theory/constants.h"
#include "theory/fixed_point.h"
#include "theory/moments.h"

enum { ROUNDS = 9, POINTS = 4096 };

static volatile double sink;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The same points for every case and peer: a Weyl sequence in [0, 1). */
static double weyl(size_t i, double step)
{
    const double v = 0.5 + (double)i * step;
    return v - floor(v);
}

static double point_x(size_t i)
{
    return 2 * weyl(i, 0.6180339887498949) - 1;
}

static double point_y(size_t i)
{
    return 0.02 + 3.98 * weyl(i, 0.7548776662466927);
}

static void check(sn_status status)
{
    if (status == SN_OK)
        return;
    fprintf(stderr, "bench: %s\n", sn_status_text(status));
    exit(EXIT_FAILURE);
}

static sn_activation activation(const char *name)
{
    sn_activation f;
    check(sn_activation_init(&f, name, NULL));
    return f;
}

static size_t run_g(void)
{
    const sn_activation f = activation("selu");
    enum { REPEAT = 50 };
    sn_moments m;
    for (size_t r = 0; r < REPEAT; r++)
        for (size_t i = 0; i < POINTS; i++) {
            check(sn_moments_compute(&f, point_x(i), point_y(i), &m, NULL));
            sink += m.variance;
        }
    return REPEAT * POINTS;
}

typedef sn_status moments_function(const sn_activation *, double, double, sn_moments *, sn_error *);

static size_t run_moments(moments_function *compute, const char *name, size_t points)
{
    const sn_activation f = activation(name);
    sn_moments m;
    for (size_t i = 0; i < points; i++) {
        check(compute(&f, point_x(i), point_y(i), &m, NULL));
        sink += m.variance;
    }
    return points;
}

static size_t run_quadrature_tanh(void)
{
    return run_moments(sn_moments_quadrature, "tanh", 2000);
}

static size_t run_adaptive_tanh(void)
{
    return run_moments(sn_moments_adaptive, "tanh", 200);
}

static size_t run_quadrature_gelu(void)
{
    return run_moments(sn_moments_quadrature, "gelu", 2000);
}

static size_t run_adaptive_gelu(void)
{
    return run_moments(sn_moments_adaptive, "gelu", 200);
}

static size_t run_quadrature_selu(void)
{
    return run_moments(sn_moments_quadrature, "selu", 2000);
}

static size_t run_adaptive_selu(void)
{
    return run_moments(sn_moments_adaptive, "selu", 200);
}

static size_t run_constants(void)
{
    enum { SOLVES = 20000 };
    for (size_t i = 0; i < SOLVES; i++) {
        const sn_target target = {SN_MAP_NEURON,
                                  {0.1 * point_x(i), 0.5 + point_y(i), 0.1 * point_x(i + 7), 1}};
        sn_constants out;
        check(sn_constants_solve(&target, &out, NULL));
        sink += (double)out.count;
    }
    return SOLVES;
}

static size_t run_fixed_points(void)
{
    enum { SOLVES = 20000 };
    const sn_layer_map map = {.kind = SN_MAP_NEURON, .activation = activation("selu")};
    for (size_t i = 0; i < SOLVES; i++) {
        const sn_layer_point start = {0.1 * point_x(i), 0.5 + point_y(i) / 4, 0.1 * point_x(i + 7),
                                      0.95 + 0.15 * weyl(i, 0.5698402909980532)};
        sn_fixed_point out;
        bool found;
        check(sn_fixed_point_refine(&map, &start, &out, &found, NULL));
        if (!found) {
            fprintf(stderr, "bench: no fixed point from (%g, %g) at omega %g, tau %g\n", start.mu,
                    start.nu, start.omega, start.tau);
            exit(EXIT_FAILURE);
        }
        sink += out.nu;
    }
    return SOLVES;
}

static const struct bench_case {
    const char *name;
    size_t (*run)(void);
} cases[] = {
    {"g", run_g},
    {"quadrature_tanh", run_quadrature_tanh},
    {"adaptive_tanh", run_adaptive_tanh},
    {"quadrature_gelu", run_quadrature_gelu},
    {"adaptive_gelu", run_adaptive_gelu},
    {"quadrature_selu", run_quadrature_selu},
    {"adaptive_selu", run_adaptive_selu},
    {"constants", run_constants},
    {"fixed_points", run_fixed_points},
};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    for (size_t c = 0; argc == 2 && c < sizeof cases / sizeof cases[0]; c++) {
        if (strcmp(argv[1], cases[c].name) != 0)
            continue;
        double ns[ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            const double began = now();
            const size_t operations = cases[c].run();
            ns[r] = (now() - began) / (double)operations;
        }
        qsort(ns, ROUNDS, sizeof ns[0], ascending);
        printf("%.2f\n", ns[ROUNDS / 2]);
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "usage: bench CASE\n");
    return EXIT_FAILURE;
}
