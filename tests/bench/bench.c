/* bench CASE: times one case and prints nanoseconds per operation, the median of nine rounds. The
 * numbers mean something only beside another case of the same run; bench.sh sets them side by side.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "theory/constants.h"
#include "theory/critical.h"
#include "theory/fixed_point.h"
#include "theory/moments.h"

enum { ROUNDS = 9, SIDE = 64, POINTS = SIDE * SIDE };

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

static size_t run_g_at(const double *x, const double *y)
{
    const sn_activation f = activation("selu");
    enum { REPEAT = 50 };
    sn_moments m;
    for (size_t r = 0; r < REPEAT; r++)
        for (size_t i = 0; i < POINTS; i++) {
            check(sn_moments_compute(&f, x[i], y[i], &m, NULL));
            sink += m.variance;
        }
    return REPEAT * POINTS;
}

/* Line by line of a grid, as `selfnorm map` goes. */
static size_t run_g(void)
{
    double x[POINTS], y[POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = 2 * ((double)(i % SIDE) + 0.5) / SIDE - 1;
        y[i] = 0.02 + 3.98 * ((double)(i / SIDE) + 0.5) / SIDE;
    }
    return run_g_at(x, y);
}

static size_t run_g_scattered(void)
{
    double x[POINTS], y[POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = point_x(i);
        y[i] = point_y(i);
    }
    return run_g_at(x, y);
}

/* The scattered points as arrays, as the peer takes them. */
static size_t run_g_many(void)
{
    const sn_activation f = activation("selu");
    enum { REPEAT = 50 };
    double x[POINTS], y[POINTS];
    static sn_moments m[POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = point_x(i);
        y[i] = point_y(i);
    }
    for (size_t r = 0; r < REPEAT; r++) {
        check(sn_moments_many(&f, POINTS, x, y, m, NULL));
        for (size_t i = 0; i < POINTS; i++)
            sink += m[i].variance;
    }
    return REPEAT * POINTS;
}

static size_t run_quadrature(const char *name)
{
    enum { POINTS_HERE = 2000 };
    const sn_activation f = activation(name);
    sn_moments m;
    for (size_t i = 0; i < POINTS_HERE; i++) {
        check(sn_moments_quadrature(&f, point_x(i), point_y(i), &m, NULL));
        sink += m.variance;
    }
    return POINTS_HERE;
}

/* What one would write with GSL alone: each expectation an adaptive Gauss-Kronrod integral (QAG, 21
 * points, QAGP where there is a kink) over ten deviations, as accurate as the quadrature is. */
typedef struct integrand {
    const sn_activation *f;
    double x, s;
    int which;
} integrand;

enum { EXPECTATIONS = 7, LIMIT = 1000, DEVIATIONS = 10 };

static double integrand_at(double t, void *context)
{
    const integrand *g = context;
    const double z = g->x + g->s * t, weight = 0.3989422804014327 * exp(-t * t / 2);
    const double f =
        g->which == 2 || g->which == 3 || g->which == 4 ? 1 : sn_activation_value(g->f, z);
    const double slope = g->which <= 1 ? 1 : sn_activation_derivative(g->f, z);
    switch (g->which) {
    case 0: /* E f */
        return weight * f;
    case 1: /* E f^2 */
        return weight * f * f;
    case 2: /* E f' */
        return weight * slope;
    case 3: /* E f'^2 */
        return weight * slope * slope;
    case 4: /* E f' t */
        return weight * slope * t;
    case 5: /* E f f' */
        return weight * f * slope;
    default: /* E f f' t */
        return weight * f * slope * t;
    }
}

static size_t run_gsl(const char *name)
{
    enum { POINTS_HERE = 200 };
    const sn_activation f = activation(name);
    double kinks[SN_MAX_KINKS];
    const size_t n_kinks = sn_activation_kinks(&f, kinks);
    gsl_integration_workspace *workspace = gsl_integration_workspace_alloc(LIMIT);
    for (size_t i = 0; i < POINTS_HERE; i++)
        for (int which = 0; which < EXPECTATIONS; which++) {
            integrand g = {&f, point_x(i), sqrt(point_y(i)), which};
            const gsl_function function = {integrand_at, &g};
            double value, error, points[3] = {-DEVIATIONS, 0, DEVIATIONS};
            if (n_kinks > 0) {
                points[1] = fmin(fmax((kinks[0] - g.x) / g.s, -9.9), 9.9);
                gsl_integration_qagp(&function, points, 3, 1e-14, 1e-13, LIMIT, workspace, &value,
                                     &error);
            } else {
                gsl_integration_qag(&function, -DEVIATIONS, DEVIATIONS, 1e-14, 1e-13, LIMIT,
                                    GSL_INTEG_GAUSS21, workspace, &value, &error);
            }
            sink += value;
        }
    gsl_integration_workspace_free(workspace);
    return POINTS_HERE;
}

#define QUADRATURE_CASE(name)                                                                      \
    static size_t run_quadrature_##name(void)                                                      \
    {                                                                                              \
        return run_quadrature(#name);                                                              \
    }                                                                                              \
    static size_t run_gsl_##name(void)                                                             \
    {                                                                                              \
        return run_gsl(#name);                                                                     \
    }

QUADRATURE_CASE(tanh)
QUADRATURE_CASE(gelu)
QUADRATURE_CASE(selu)

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

/* The nets of a phase diagram of 1000 x 1000: tau from 0.5 to 3.5, bias_variance up to 2. */
enum { NETS = 1000 };

static double net_tau(size_t i)
{
    return 0.5 + 3 * ((double)i + 0.5) / NETS;
}

static double net_bias(size_t j)
{
    return 2 * ((double)j + 0.5) / NETS;
}

static size_t run_diagram(const char *name)
{
    const sn_field field = {.map = SN_MAP_ENSEMBLE, .activation = activation(name)};
    double tau[NETS], bias[NETS];
    for (size_t i = 0; i < NETS; i++) {
        tau[i] = net_tau(i);
        bias[i] = net_bias(i);
    }
    sn_phase_cell *cells = malloc(NETS * NETS * sizeof *cells);
    check(cells == NULL ? SN_ENOMEM : SN_OK);
    check(sn_phase_diagram(&field, NETS, tau, NETS, bias, cells, NULL));
    for (size_t k = 0; k < NETS * NETS; k += NETS + 1)
        sink += cells[k].chi1;
    free(cells);
    return NETS * NETS;
}

/* A sample of the same nets, each followed layer by layer until its variance stays, to 1e-12, dies or
 * explodes, or for a thousand layers. */
static size_t run_layers(const char *name)
{
    enum { SAMPLE = 60, LAYERS = 1000 };
    const sn_activation f = activation(name);
    for (size_t k = 0; k < SAMPLE; k++) {
        const double tau = net_tau((size_t)(NETS * weyl(k, 0.6180339887498949)));
        const double bias = net_bias((size_t)(NETS * weyl(k, 0.7548776662466927)));
        double before = 0, q = 1;
        for (int l = 0; l < LAYERS && fabs(q - before) > 1e-12 * q && q > 1e-30 && q < 1e30; l++) {
            sn_moments m;
            check(sn_moments_compute(&f, 0, q, &m, NULL));
            before = q;
            q = tau * m.second + bias;
        }
        sink += q;
    }
    return SAMPLE;
}

#define DIAGRAM_CASE(name)                                                                         \
    static size_t run_diagram_##name(void)                                                         \
    {                                                                                              \
        return run_diagram(#name);                                                                 \
    }                                                                                              \
    static size_t run_layers_##name(void)                                                          \
    {                                                                                              \
        return run_layers(#name);                                                                  \
    }

DIAGRAM_CASE(relu)
DIAGRAM_CASE(tanh)
DIAGRAM_CASE(gelu)

static const struct bench_case {
    const char *name;
    size_t (*run)(void);
} cases[] = {
    {"g", run_g},
    {"g_scattered", run_g_scattered},
    {"g_many", run_g_many},
    {"quadrature_tanh", run_quadrature_tanh},
    {"gsl_tanh", run_gsl_tanh},
    {"quadrature_gelu", run_quadrature_gelu},
    {"gsl_gelu", run_gsl_gelu},
    {"quadrature_selu", run_quadrature_selu},
    {"gsl_selu", run_gsl_selu},
    {"constants", run_constants},
    {"fixed_points", run_fixed_points},
    {"diagram_relu", run_diagram_relu},
    {"layers_relu", run_layers_relu},
    {"diagram_tanh", run_diagram_tanh},
    {"layers_tanh", run_layers_tanh},
    {"diagram_gelu", run_diagram_gelu},
    {"layers_gelu", run_layers_gelu},
};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* rounding keeps some integrals from 1e-13: that is fine */
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
