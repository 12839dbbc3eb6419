/* The phase diagram: against fixed points by plain bisection on the moments themselves, against
 * closed forms, where the signal dies, explodes, or barely moves. */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "theory/critical.h"
#include "theory/moments.h"

static sn_field field_of(const char *name, sn_map_kind map)
{
    sn_field field = {.map = map};
    ck_assert_int_eq(sn_activation_init(&field.activation, name, NULL), SN_OK);
    return field;
}

/* All cells, of which bias_variance varies slowest. */
static void must_all(const sn_field *field, size_t n_tau, const double *tau, size_t n_bias,
                     const double *bias_variance, sn_phase_cell *cells)
{
    sn_error err = {0};
    ck_assert_msg(sn_phase_diagram(field, n_tau, tau, n_bias, bias_variance, cells, &err) == SN_OK,
                  "%s: %s", field->activation.type->name, err.message);
}

/* V(q), and of it the slope and chi1. */
static double step(const sn_field *field, double tau, double b, double q, double *slope,
                   double *chi1)
{
    sn_moments m;
    ck_assert_int_eq(sn_moments_compute(&field->activation, 0, q, &m, NULL), SN_OK);
    const bool centred = field->map == SN_MAP_CENTRED;
    *slope = tau * (centred ? m.dvariance_dy : m.dsecond_dy);
    *chi1 = tau * m.slope_second;
    return tau * (centred ? m.variance : m.second) + b;
}

/* The first fixed point from 1 on: in steps of a tenth, then by bisection. 0 and INFINITY beyond
 * 1e-3 and 1e3, where no net of this test has any. */
static double reference(const sn_field *field, double tau, double b, double *slope, double *chi1)
{
    const bool up = step(field, tau, b, 1, slope, chi1) > 1;
    double from = 1, to = 1;
    do {
        from = to;
        to *= up ? 1.1 : 1 / 1.1;
        if (!(to > 1e-3 && to < 1e3))
            return up ? INFINITY : 0;
    } while ((step(field, tau, b, to, slope, chi1) > to) == up);
    for (int i = 0; i < 50; i++) {
        const double middle = from + (to - from) / 2;
        if ((step(field, tau, b, middle, slope, chi1) > middle) == up)
            from = middle;
        else
            to = middle;
    }
    (void)step(field, tau, b, from, slope, chi1);
    return from;
}

static const double taus[] = {0.31, 1.27, 1.93, 3.6};
static const double biases[] = {0.0137, 0.85};
enum { TAUS = sizeof taus / sizeof taus[0], BIASES = sizeof biases / sizeof biases[0] };

/* To the condition of the fixed point, 1 / |1 - V'|. */
START_TEST(against_bisection)
{
    double worst = 0, worst_chi1 = 0;
    size_t fixed = 0, exploded = 0;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_field field =
            field_of(sn_activation_at(i)->name, i % 2 == 0 ? SN_MAP_ENSEMBLE : SN_MAP_CENTRED);
        sn_phase_cell cells[BIASES][TAUS];
        must_all(&field, TAUS, taus, BIASES, biases, cells[0]);
        for (size_t k = 0; k < TAUS * BIASES; k++) {
            const double tau = taus[k % TAUS], b = biases[k / TAUS];
            const sn_phase_cell cell = cells[k / TAUS][k % TAUS];
            double slope, chi1;
            const double q = reference(&field, tau, b, &slope, &chi1);
            ck_assert_int_eq(isinf(cell.q), isinf(q));
            if (isinf(q)) {
                exploded++;
                continue;
            }
            fixed++;
            worst = fmax(worst, fabs(cell.q / q - 1) * fmin(1, fabs(1 - slope)));
            worst_chi1 = fmax(worst_chi1, fabs(cell.chi1 / chi1 - 1) * fmin(1, fabs(1 - slope)));
        }
    }
    NOTE("%zu fixed points, %zu explosions; worst %.1e, of chi1 %.1e", fixed, exploded, worst,
         worst_chi1);
    ck_assert(fixed > 100 && exploded > 15);
    ck_assert(worst < 2e-13);
    ck_assert(worst_chi1 < 4e-13);
}
END_TEST

/* q = b / (1 - tau / 2), to its condition. */
START_TEST(relu)
{
    const sn_field field = field_of("relu", SN_MAP_ENSEMBLE);
    static const double tau[] = {0, 0.37, 1.9, 1.99999, 2 - 1e-9, 2, 2 + 1e-9, 2.385};
    static const double b[] = {0, 1e-50, 3e-7, 0.61, 1e20, 1e45};
    sn_phase_cell cells[6][8];
    must_all(&field, 8, tau, 6, b, cells[0]);
    for (size_t j = 0; j < 6; j++)
        for (size_t i = 0; i < 8; i++) {
            const double left = 1 - tau[i] / 2, q = cells[j][i].q;
            ck_assert_double_eq_tol(cells[j][i].chi1, tau[i] / 2, 1e-14);
            if (tau[i] == 2 && b[j] < 1e-20)
                ck_assert_double_eq(q, 1); /* all are fixed points */
            else if (b[j] == 0 && left > 0)
                ck_assert_double_eq(q, 0);
            else if (left > 0)
                ck_assert_double_eq_tol(q, b[j] / left, 1e-14 / left * q);
            else
                ck_assert_double_infinite(q);
        }
}
END_TEST

START_TEST(the_signal_dies)
{
    static const double zero = 0, none_or_some[] = {0, 3e-61};
    sn_phase_cell cells[4];
    const sn_field tanh_field = field_of("tanh", SN_MAP_ENSEMBLE);
    static const double tau[] = {0, 0.53, 0.999999, 1};
    must_all(&tanh_field, 4, tau, 1, &zero, cells);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq(cells[i].q, 0);
        ck_assert_double_eq_tol(cells[i].chi1, tau[i], 1e-13);
    }
    const sn_field sigmoid = field_of("sigmoid", SN_MAP_CENTRED);
    static const double about_16[] = {15.9, 16.1};
    must_all(&sigmoid, 2, about_16, 1, &zero, cells);
    ck_assert_double_eq(cells[0].q, 0);
    ck_assert_double_eq_tol(cells[0].chi1, 15.9 / 16, 1e-13);
    ck_assert_double_gt(cells[1].q, 0.01);
    /* The ensemble's S(0) is 1/4. */
    const sn_field ensemble = field_of("sigmoid", SN_MAP_ENSEMBLE);
    static const double tiny = 1e-60;
    must_all(&ensemble, 1, &tiny, 2, none_or_some, cells);
    ck_assert_double_eq_tol(cells[0].q, 2.5e-61, 1e-74);
    ck_assert_double_eq_tol(cells[1].q, 5.5e-61, 1e-74);
    /* f' at 0 from both sides. */
    sn_field leaky = field_of("leaky_relu", SN_MAP_ENSEMBLE);
    leaky.activation.params[0] = 0.5;
    static const double middling = 1.5;
    must_all(&leaky, 1, &middling, 1, &zero, cells);
    ck_assert_double_eq(cells[0].q, 0);
    ck_assert_double_eq_tol(cells[0].chi1, 1.5 * 1.25 / 2, 1e-13);
}
END_TEST

/* E tanh^2 = q - 2 q^2 + 17/3 q^3 - ..., so that at tau = 1 q is about sqrt(b / 2), where iteration
 * takes 1 / sqrt(b) layers. */
START_TEST(at_the_end_of_the_line)
{
    static const double tau[] = {1, 0.5, 1e20, 1 + 4e-7};
    static const double b[] = {0, 1e-60, 1e-20, 1e-18, 1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e45};
    const sn_field field = field_of("tanh", SN_MAP_ENSEMBLE);
    sn_phase_cell cells[10][4];
    must_all(&field, 4, tau, 10, b, cells[0]);
    for (size_t j = 2; j < 9; j++) {
        const double r = sqrt(b[j] / 2);
        ck_assert_double_eq_tol(cells[j][0].q / r, 1 + 17.0 / 12 * r, 40 * r * r + 1e-14 / r);
    }
    ck_assert_double_eq_tol(cells[1][1].q, 2e-60, 1e-73);
    ck_assert_double_eq_tol(cells[9][0].q, 1e45, 1e32);
    ck_assert_double_eq_tol(cells[9][2].q, 1e45, 1e32);
    ck_assert_double_eq_tol(cells[0][3].q, 2e-7, 1e-12);
}
END_TEST

/* gelu's S is convex at 1.4: a line q that touches tau S + b there meets it, once b is less by d, at
 * 1.4 +- sqrt(2 d / V''), and not at all once it is more. */
START_TEST(tangents)
{
    const sn_field field = field_of("gelu", SN_MAP_ENSEMBLE);
    const double at = 1.4137, h = 1e-3;
    double slope, chi1, above, below;
    const double power = step(&field, 1, 0, at, &slope, &chi1);
    const double tau = 1 / slope, b = at - tau * power;
    (void)step(&field, tau, b, at + h, &above, &chi1);
    (void)step(&field, tau, b, at - h, &below, &chi1);
    const double bend = (above - below) / (2 * h);
    ck_assert(b > 0 && bend > 0);
    double moved[14];
    sn_phase_cell cells[14];
    for (size_t i = 0; i < 7; i++) {
        moved[i] = b - pow(10, -11 + (double)i);
        moved[7 + i] = b + pow(10, -11 + (double)i);
    }
    must_all(&field, 1, &tau, 14, moved, cells);
    for (size_t i = 0; i < 7; i++) {
        /* The next term of the expansion, and the rounding of b. */
        const double d = b - moved[i], apart = sqrt(2 * d / bend);
        ck_assert_double_eq_tol(cells[i].q, at - apart, 0.5 * apart * apart + 1e-14 / apart);
        ck_assert_msg(cells[7 + i].q > at + 0.1, "%g beyond %g", cells[7 + i].q, at);
    }
}
END_TEST

/* z exp(-z^2), of which S = q (1 + 4q)^(-3/2) has its greatest value at q = 1/2. */
static double bump(const void *state, double z)
{
    (void)state;
    return z * exp(-z * z);
}

static double bump_slope(const void *state, double z)
{
    (void)state;
    return (1 - 2 * z * z) * exp(-z * z);
}

/* S of these grows like exp(2q), and not at all below infinity. */
static double sinh_of(const void *state, double z)
{
    (void)state;
    return sinh(z);
}

static double cosh_of(const void *state, double z)
{
    (void)state;
    return cosh(z);
}

static double steep(const void *state, double z)
{
    (void)state;
    return exp(z * z * z * z);
}

static double steep_slope(const void *state, double z)
{
    (void)state;
    return 4 * z * z * z * exp(z * z * z * z);
}

static const sn_activation_type bump_type = {
    .name = "bump", .value_of = bump, .derivative_of = bump_slope};
static const sn_activation_type sinh_type = {
    .name = "sinh", .value_of = sinh_of, .derivative_of = cosh_of};
static const sn_activation_type steep_type = {
    .name = "steep", .value_of = steep, .derivative_of = steep_slope};

START_TEST(not_monotone)
{
    const sn_field field = {.map = SN_MAP_ENSEMBLE, .activation = {.type = &bump_type}};
    enum { N_TAU = 12, N_BIAS = 6 };
    double tau[N_TAU], b[N_BIAS];
    sn_phase_cell cells[N_BIAS][N_TAU];
    for (size_t i = 0; i < N_TAU; i++)
        tau[i] = 0.13 * pow(2.385, (double)i);
    for (size_t j = 0; j < N_BIAS; j++)
        b[j] = 0.07 * pow(3.7, (double)j);
    must_all(&field, N_TAU, tau, N_BIAS, b, cells[0]);
    for (size_t j = 0; j < N_BIAS; j++)
        for (size_t i = 0; i < N_TAU; i++) {
            /* V(q) / q falls, and so there is one fixed point. */
            double low = 0, high = tau[i] + b[j] + 1;
            for (int k = 0; k < 200; k++) {
                const double q = (low + high) / 2;
                if (tau[i] * q * pow(1 + 4 * q, -1.5) + b[j] > q)
                    low = q;
                else
                    high = q;
            }
            const double s = low / (1 + 4 * low);
            const double chi1 = tau[i] * (1 - 4 * s + 12 * s * s) / sqrt(1 + 4 * low);
            ck_assert_double_eq_tol(cells[j][i].q / low, 1, 1e-12);
            ck_assert_double_eq_tol(cells[j][i].chi1 / chi1, 1, 2e-12);
        }
}
END_TEST

START_TEST(faster_than_linear)
{
    const sn_field field = {.map = SN_MAP_ENSEMBLE, .activation = {.type = &sinh_type}};
    static const double tau[] = {0, 0.1, 0.2}, b[] = {0, 0.5, 1e10};
    sn_phase_cell cells[3][3];
    must_all(&field, 3, tau, 3, b, cells[0]);
    ck_assert_double_eq(cells[0][1].q, 0);
    ck_assert_double_eq_tol(cells[0][1].chi1, 0.1, 1e-13);
    const double q = cells[1][1].q;
    ck_assert_double_eq_tol(0.05 * expm1(2 * q) + 0.5, q, 1e-12);
    ck_assert(q < 1);
    ck_assert_double_infinite(cells[1][2].q);
    ck_assert_double_gt(cells[1][2].chi1, 1e3);
    /* At 1e10 no moments are to be had, and V need not explode at tau = 0. */
    ck_assert_double_nan(cells[2][0].q);
    ck_assert_double_nan(cells[2][0].chi1);
}
END_TEST

/* Of a uniform z, E sin^2 = 1/2 - sin(2 w) / (4 w) with w^2 = 3 q, which rises and falls without end; of
 * a sign, E f^2 = f(sqrt q)^2, which has a kink where f has. */
START_TEST(laws)
{
    const sn_law uniform = sn_law_default(SN_LAW_UNIFORM);
    sn_field field = field_of("sin", SN_MAP_ENSEMBLE);
    field.law = &uniform;
    static const double tau[] = {1.3, 2.21, 3.76, 6.4, 10.9, 18.5}, b = 1.5;
    sn_phase_cell cells[6];
    must_all(&field, 6, tau, 1, &b, cells);
    for (size_t i = 0; i < 6; i++) {
        const double q = cells[i].q, w = sqrt(3 * q);
        ck_assert_double_eq_tol(tau[i] * (0.5 - sin(2 * w) / (4 * w)) + b, q, 1e-11 * q);
        for (double r = 1; r < q * (1 - 1e-9); r += 1e-3) {
            const double v = sqrt(3 * r);
            ck_assert(tau[i] * (0.5 - sin(2 * v) / (4 * v)) + b > r);
        }
    }
    sn_law sign = sn_law_default(SN_LAW_BERNOULLI);
    sign.parameter = 1;
    field = field_of("hardtanh", SN_MAP_ENSEMBLE);
    field.law = &sign;
    static const double taus_of_signs[] = {0.8, 1.7}, biases_of_signs[] = {0.1, 0.01};
    must_all(&field, 2, taus_of_signs, 2, biases_of_signs, cells);
    ck_assert_double_eq_tol(cells[0].q, 0.5, 1e-12);
    ck_assert_double_eq_tol(cells[0].chi1, 0.8, 1e-12);
    ck_assert_double_eq_tol(cells[3].q, 1.71, 1e-11);
    ck_assert_double_eq_tol(cells[3].chi1, 0, 1e-12);
}
END_TEST

START_TEST(the_same_by_any_number_of_threads)
{
    enum { N = 60 };
    static sn_phase_cell one[N][N], two[N][N], reversed[N][N];
    double tau[N], b[N], tau_back[N], b_back[N];
    const sn_field field = field_of("gelu", SN_MAP_ENSEMBLE);
    for (size_t i = 0; i < N; i++) {
        tau[i] = tau_back[N - 1 - i] = 0.05 * (double)i;
        b[i] = b_back[N - 1 - i] = 0.011 * (double)i;
    }
    const int threads = omp_get_max_threads();
    omp_set_num_threads(1);
    must_all(&field, N, tau, N, b, one[0]);
    omp_set_num_threads(3);
    must_all(&field, N, tau, N, b, two[0]);
    must_all(&field, N, tau_back, N, b_back, reversed[0]);
    omp_set_num_threads(threads);
    ck_assert_mem_eq(one, two, sizeof one);
    for (size_t j = 0; j < N; j++)
        for (size_t i = 0; i < N; i++)
            ck_assert_mem_eq(&one[j][i], &reversed[N - 1 - j][N - 1 - i], sizeof one[0][0]);
}
END_TEST

START_TEST(failures)
{
    sn_field field = field_of("tanh", SN_MAP_ENSEMBLE);
    const double fine = 1.5;
    static const double bad[] = {-0.1, INFINITY, NAN};
    sn_phase_cell cell;
    sn_error err = {0};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(sn_phase_diagram(&field, 1, &bad[i], 1, &fine, &cell, &err), SN_EDOMAIN);
        ck_assert_ptr_nonnull(strstr(err.message, "tau 0 is"));
        ck_assert_int_eq(sn_phase_diagram(&field, 1, &fine, 1, &bad[i], &cell, &err), SN_EDOMAIN);
        ck_assert_ptr_nonnull(strstr(err.message, "bias_variance 0 is"));
    }
    ck_assert_int_eq(sn_phase_diagram(&field, 0, NULL, 1, &fine, &cell, NULL), SN_OK);
    field.map = SN_MAP_NEURON;
    ck_assert_int_eq(sn_phase_diagram(&field, 1, &fine, 1, &fine, &cell, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "neuron"));
    field = (sn_field){.map = SN_MAP_ENSEMBLE, .activation = {.type = &steep_type}};
    ck_assert_int_eq(sn_phase_diagram(&field, 1, &fine, 1, &fine, &cell, &err), SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "steep"));
}
END_TEST

UNIT_MAIN("phase_diagram", against_bisection, relu, the_signal_dies, at_the_end_of_the_line,
          tangents, not_monotone, faster_than_linear, laws, the_same_by_any_number_of_threads,
          failures)
