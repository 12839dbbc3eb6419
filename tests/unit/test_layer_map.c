/* The layer map: its Jacobian against differences of the map itself for every activation and map,
 * the published numbers, its identities, and its refusals. */
#include "theory/layer_map.h"

#include <math.h>
#include <string.h>

#include "harness.h"
#include "lcg.h"

static sn_layer_map map_of(sn_map_kind kind, const char *name)
{
    sn_layer_map map = {.kind = kind};
    ck_assert_int_eq(sn_activation_init(&map.activation, name, NULL), SN_OK);
    return map;
}

static sn_layer_step apply(const sn_layer_map *map, const sn_layer_point *at)
{
    sn_layer_step step;
    sn_error err = {0};
    ck_assert_msg(sn_layer_map_apply(map, at, &step, &err) == SN_OK, "%s: %s",
                  map->activation.type->name, err.message);
    return step;
}

START_TEST(published_jacobian)
{
    const sn_layer_point at = {0, 1, 0, 1};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        const sn_layer_map map = map_of((sn_map_kind)kind, "selu");
        const sn_layer_step step = apply(&map, &at);
        ck_assert_double_eq_tol(step.mu_next, 0, 1e-15);
        ck_assert_double_eq_tol(step.nu_next, 1, 1e-15);
        ck_assert_double_eq_tol(step.dmu_dmu, 0, 1e-15);
        ck_assert_double_eq_tol(step.dmu_dnu, 0.0888348, 5e-8);
        ck_assert_double_eq_tol(step.dnu_dmu, 0, 1e-15);
        ck_assert_double_eq_tol(step.dnu_dnu, 0.782648, 5e-7);
        ck_assert_double_eq_tol(step.spectral_norm, 0.787673, 5e-7);
        ck_assert_double_eq_tol(step.spectral_radius, step.dnu_dnu, 1e-15);
        ck_assert_int_eq(step.trust, SN_CLOSED_FORM);
    }
}
END_TEST

/* Central differences with Richardson's step: errors of order h^4, and of rounding over h. */
static void differences(const sn_layer_map *map, const sn_layer_point *at, bool by_nu, double h,
                        double *d_mu, double *d_nu)
{
    double mu[4], nu[4];
    for (int i = 0; i < 4; i++) {
        static const double offsets[] = {1, -1, 2, -2};
        sn_layer_point moved = *at;
        *(by_nu ? &moved.nu : &moved.mu) += offsets[i] * h;
        const sn_layer_step step = apply(map, &moved);
        mu[i] = step.mu_next;
        nu[i] = step.nu_next;
    }
    *d_mu = (8 * (mu[0] - mu[1]) - (mu[2] - mu[3])) / (12 * h);
    *d_nu = (8 * (nu[0] - nu[1]) - (nu[2] - nu[3])) / (12 * h);
}

START_TEST(jacobian_against_differences)
{
    uint64_t state = 11;
    double worst = 0;
    const char *where = "";
    for (size_t a = 0; a < sn_activation_count(); a++) {
        for (int i = 0; i < 60; i++) {
            sn_layer_map map = map_of((sn_map_kind)(i % SN_MAP_COUNT), sn_activation_at(a)->name);
            if (i % 2 == 1) {
                map.bias_mean = lcg_uniform(&state, -0.5, 0.5);
                map.bias_variance = lcg_uniform(&state, 0, 0.4);
            }
            const sn_layer_point at = {
                lcg_uniform(&state, -1.3, 1.3), lcg_log_uniform(&state, 0.2, 6),
                lcg_uniform(&state, -1.1, 1.1), lcg_log_uniform(&state, 0.4, 2.5)};
            const sn_layer_step step = apply(&map, &at);
            double mu_mu, nu_mu, mu_nu, nu_nu;
            differences(&map, &at, false, 2e-3 * sqrt(at.nu), &mu_mu, &nu_mu);
            differences(&map, &at, true, 2e-3 * at.nu, &mu_nu, &nu_nu);
            const double size = 1e-3 + fabs(step.xi_next) + step.spectral_norm;
            const double e = fmax(fmax(fabs(step.dmu_dmu - mu_mu), fabs(step.dnu_dmu - nu_mu)),
                                  fmax(fabs(step.dmu_dnu - mu_nu), fabs(step.dnu_dnu - nu_nu)))
                             / size;
            if (e > worst) {
                worst = e;
                where = map.activation.type->name;
            }
            ck_assert_msg(e < 1e-9, "%s, %s: mu %g, nu %g, omega %g, tau %g: off by %g",
                          map.activation.type->name, sn_map_name(map.kind), at.mu, at.nu, at.omega,
                          at.tau, e);
        }
    }
    NOTE("worst difference from differences %.2g (%s)", worst, where);
}
END_TEST

/* chi1 = tau E f'^2, by the trapezoidal rule where f' is smooth. */
START_TEST(chi1_of_tanh)
{
    const sn_layer_map map = map_of(SN_MAP_ENSEMBLE, "tanh");
    const sn_layer_point at = {0.31, 0.85, 1.7, 2.385};
    const sn_layer_step step = apply(&map, &at);
    double sum = 0;
    for (int i = -1000; i <= 1000; i++) {
        const double t = i * 0.012, z = step.x + sqrt(step.y) * t, slope = 1 - pow(tanh(z), 2);
        sum += 0.012 * slope * slope * exp(-t * t / 2);
    }
    ck_assert_double_eq_tol(step.chi1 / (at.tau * sum / sqrt(2 * acos(-1))), 1, 1e-12);
}
END_TEST

START_TEST(preactivations)
{
    const sn_layer_point at = {0.7, 1.9, -0.3, 1.1};
    const double want[][2] = {{-0.21 + 0.05, 2.09 + 0.02},
                              {0.05, 2.09 + 0.02},
                              {-0.21 + 0.05, 1.1 * (1.9 + 0.49) + 0.02}};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        sn_layer_map map = map_of((sn_map_kind)kind, "selu");
        map.bias_mean = 0.05;
        map.bias_variance = 0.02;
        double x, y;
        sn_layer_preactivation(&map, &at, &x, &y);
        ck_assert_double_eq_tol(x, want[kind][0], 1e-15);
        ck_assert_double_eq_tol(y, want[kind][1], 1e-15);
        const sn_layer_step step = apply(&map, &at);
        ck_assert(step.x == x && step.y == y);
        ck_assert_double_eq_tol(step.xi_next, step.nu_next + step.mu_next * step.mu_next, 1e-14);
        ck_assert_ptr_nonnull(sn_map_name(map.kind));
        ck_assert_ptr_nonnull(sn_map_doc(map.kind));
    }
    ck_assert_ptr_null(sn_map_name(SN_MAP_COUNT));
    ck_assert_ptr_null(sn_map_doc((sn_map_kind)-1));
    ck_assert_str_eq(sn_map_name(SN_MAP_CENTRED), "centred");
}
END_TEST

START_TEST(refuses_points_outside_the_domain)
{
    const sn_layer_point bad[] = {{NAN, 1, 0, 1},      {0, NAN, 0, 1},       {0, 1, NAN, 1},
                                  {0, 1, 0, NAN},      {0, 1, 0, -0.1},      {0, -0.1, 0, 1},
                                  {INFINITY, 1, 0, 1}, {0, INFINITY, 0, 1},  {0, 0, 0, 1},
                                  {0, 1, 0, 0},        {0, 1e300, 0, 1e300}, {1e200, 1, 1e200, 1},
                                  {0, 1, INFINITY, 1}};
    const sn_layer_map map = map_of(SN_MAP_NEURON, "selu");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sn_layer_step step;
        sn_error err = {0};
        ck_assert_msg(sn_layer_map_apply(&map, &bad[i], &step, &err) == SN_EDOMAIN, "point %zu", i);
        ck_assert_uint_gt(strlen(err.message), 10);
    }
    sn_layer_map biased = map;
    const sn_layer_point fine = {0, 1, 0, 1}, still = {0, 0, 0, 1};
    sn_layer_step step;
    biased.bias_variance = -0.1;
    ck_assert_int_eq(sn_layer_map_apply(&biased, &fine, &step, NULL), SN_EDOMAIN);
    biased.bias_variance = 0.1;
    ck_assert_int_eq(sn_layer_map_apply(&biased, &still, &step, NULL), SN_OK);
    biased.bias_mean = NAN;
    ck_assert_int_eq(sn_layer_map_apply(&biased, &fine, &step, NULL), SN_EDOMAIN);
}
END_TEST

/* Dropout and another law, alone and together, for every map. */
START_TEST(jacobian_under_dropout_and_laws)
{
    const sn_law laws[] = {sn_law_default(SN_LAW_UNIFORM), sn_law_default(SN_LAW_LAPLACE),
                           sn_law_default(SN_LAW_STUDENT_T)};
    static const char *const names[] = {"selu", "tanh", "gelu", "relu6"};
    uint64_t state = 7;
    double worst = 0;
    for (int i = 0; i < 96; i++) {
        sn_layer_map map = map_of((sn_map_kind)(i % SN_MAP_COUNT), names[i / 3 % 4]);
        map.dropout = i % 2 == 0 ? lcg_uniform(&state, 0.02, 0.9) : 0;
        map.law = i / 2 % 4 < 3 ? &laws[i / 2 % 4] : NULL;
        map.bias_variance = 0.03;
        const sn_layer_point at = {lcg_uniform(&state, -1.3, 1.3), lcg_log_uniform(&state, 0.2, 6),
                                   lcg_uniform(&state, -1.1, 1.1),
                                   lcg_log_uniform(&state, 0.4, 2.5)};
        const sn_layer_step step = apply(&map, &at);
        double mu_mu, nu_mu, mu_nu, nu_nu;
        differences(&map, &at, false, 2e-3 * sqrt(at.nu), &mu_mu, &nu_mu);
        differences(&map, &at, true, 2e-3 * at.nu, &mu_nu, &nu_nu);
        const double size = 1e-3 + fabs(step.xi_next) + step.spectral_norm;
        const double e = fmax(fmax(fabs(step.dmu_dmu - mu_mu), fabs(step.dnu_dmu - nu_mu)),
                              fmax(fabs(step.dmu_dnu - mu_nu), fabs(step.dnu_dnu - nu_nu)))
                         / size;
        worst = fmax(worst, e);
        ck_assert_msg(e < 1e-9, "%s, %s, case %d: off by %g", map.activation.type->name,
                      sn_map_name(map.kind), i, e);
    }
    NOTE("worst difference from differences %.2g", worst);
}
END_TEST

START_TEST(dropout_is_a_change_of_the_inputs)
{
    const sn_layer_point at = {0.7, 1.9, -0.3, 1.1};
    for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
        sn_layer_map dropped = map_of((sn_map_kind)kind, "gelu"), plain = dropped;
        dropped.dropout = 0.385;
        sn_layer_point in = at;
        in.nu = (at.nu + 0.385 * at.mu * at.mu) / (1 - 0.385);
        const sn_layer_step a = apply(&dropped, &at), b = apply(&plain, &in);
        double x, y;
        sn_layer_preactivation(&dropped, &at, &x, &y);
        ck_assert(a.x == x && a.y == y);
        ck_assert_double_eq_tol(a.x, b.x, 1e-15);
        ck_assert_double_eq_tol(a.y / b.y, 1, 1e-15);
        ck_assert_double_eq_tol(a.nu_next / b.nu_next, 1, 1e-14);
        ck_assert_double_eq_tol(a.chi1 * (1 - 0.385) / b.chi1, 1, 1e-14);
        ck_assert_double_eq_tol(a.dnu_dnu * (1 - 0.385) / b.dnu_dnu, 1, 1e-14);
    }
}
END_TEST

START_TEST(refuses_rates_and_laws)
{
    static const double bad[] = {-0.1, 1, 2.385, NAN};
    const sn_layer_point at = {0, 1, 0, 1};
    const sn_law heavy = {.kind = SN_LAW_STUDENT_T, .parameter = 1};
    sn_layer_map map = map_of(SN_MAP_NEURON, "selu");
    sn_layer_step step;
    sn_error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        map.dropout = bad[i];
        ck_assert_int_eq(sn_layer_map_apply(&map, &at, &step, &err), SN_EDOMAIN);
        ck_assert_ptr_nonnull(strstr(err.message, "dropout rate"));
    }
    map.dropout = 0;
    map.law = &heavy;
    ck_assert_int_eq(sn_layer_map_apply(&map, &at, &step, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "degrees of freedom"));
}
END_TEST

UNIT_MAIN("layer_map", published_jacobian, jacobian_against_differences, chi1_of_tanh,
          preactivations, refuses_points_outside_the_domain, jacobian_under_dropout_and_laws,
          dropout_is_a_change_of_the_inputs, refuses_rates_and_laws)
