/* The critical line: against 22-digit values, the kinds it comes in, and where it ends. */
#include "theory/critical.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static const struct {
    const char *activation;
    int centred;
    double q, tau, bias_variance, slope;
} references[] = {
#define LINES
#include "critical_reference.inc"
#undef LINES
};

static const struct {
    const char *activation;
    int centred;
    double q, tau;
} zeros[] = {
#include "critical_reference.inc"
};

enum { POINTS = 161 };

static sn_field field_of(const char *name, sn_map_kind map)
{
    sn_field field = {.map = map};
    ck_assert_int_eq(sn_activation_init(&field.activation, name, NULL), SN_OK);
    return field;
}

static sn_critical_point must(const sn_field *field, double q)
{
    sn_critical_point p;
    sn_error err = {0};
    ck_assert_msg(sn_critical_at(field, q, &p, &err) == SN_OK, "%s at %g: %s",
                  field->activation.type->name, q, err.message);
    ck_assert_double_eq(p.q, q);
    return p;
}

/* The kind of a line; *n_zero and, of up to two, zero. */
static sn_critical_kind kind_of(const sn_field *field, double from, double to,
                                sn_critical_point line[POINTS], sn_critical_point zero[2],
                                size_t *n_zero)
{
    sn_critical_kind kind;
    sn_error err = {0};
    ck_assert_msg(sn_critical_line(field, from, to, POINTS, line, &kind, 2, zero, n_zero, &err)
                      == SN_OK,
                  "%s: %s", field->activation.type->name, err.message);
    return kind;
}

START_TEST(against_references)
{
    const size_t n = sizeof references / sizeof references[0];
    double worst = 0, dishonest = 0;
    ck_assert(n >= 15);
    for (size_t i = 0; i < n; i++) {
        const double q = references[i].q;
        const sn_field field = field_of(references[i].activation,
                                        references[i].centred ? SN_MAP_CENTRED : SN_MAP_ENSEMBLE);
        const sn_critical_point p = must(&field, q);
        const double error = fabs(p.tau / references[i].tau - 1);
        const double scale = fmax(q, q - references[i].bias_variance);
        worst = fmax(worst, error);
        worst = fmax(worst, fabs(p.bias_variance - references[i].bias_variance) / scale);
        worst = fmax(worst, fabs(p.slope - references[i].slope));
        dishonest = fmax(dishonest, error / p.error);
        ck_assert_int_eq(p.attracting, fabs(references[i].slope) < 1);
    }
    NOTE("worst %.1e, at most %.2f of the estimate", worst, dishonest);
    ck_assert(worst < 1e-14);
    ck_assert(dishonest < 1);
}
END_TEST

/* E erf'^2 = (4 / pi) / sqrt(1 + 4 q), from tiny to huge. */
START_TEST(the_line_of_erf)
{
    const sn_field field = field_of("erf", SN_MAP_ENSEMBLE);
    double worst = 0;
    for (double q = 2.385e-30; q < 1e20; q *= 17.3) {
        const sn_critical_point p = must(&field, q);
        const double error = fabs(p.tau * 4 / (3.14159265358979323846 * sqrt(1 + 4 * q)) - 1);
        ck_assert_double_lt(error, p.error);
        worst = fmax(worst, error);
    }
    NOTE("worst %.1e", worst);
    ck_assert(worst < 1e-14);
}
END_TEST

/* By Poincare's inequality; and tanh's starts at (1, 0), as of any odd f of slope 1. */
START_TEST(the_centred_line_is_whole)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_field field = field_of(sn_activation_at(i)->name, SN_MAP_CENTRED);
        for (double q = 1e-12; q < 1e12; q *= 31.7)
            ck_assert_msg(must(&field, q).bias_variance >= 0, "%s at %g",
                          field.activation.type->name, q);
    }
    static const char *const odd[] = {"tanh", "sin", "softsign"};
    for (size_t i = 0; i < 3; i++) {
        const sn_field field = field_of(odd[i], SN_MAP_ENSEMBLE);
        const sn_critical_point p = must(&field, 1e-20);
        ck_assert_double_eq_tol(p.tau, 1, 1e-9);
        ck_assert_double_eq(p.bias_variance, 0);
        ck_assert_int_eq(p.attracting, i == 2); /* 1 - slope is about q, and softsign's sqrt q */
        ck_assert(must(&field, 1e-3).bias_variance > 0);
        ck_assert(must(&field, 1e-3).attracting);
    }
}
END_TEST

START_TEST(points)
{
    static const struct {
        const char *activation;
        double slope; /* of the negative side */
    } cases[] = {{"linear", 1}, {"relu", 0}, {"leaky_relu", 0.01}, {"leaky_relu", 0.237}};
    sn_critical_point line[POINTS], zero[2];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_field field = field_of(cases[i].activation, SN_MAP_ENSEMBLE);
        if (i >= 2)
            field.activation.params[0] = cases[i].slope;
        size_t n;
        ck_assert_int_eq(kind_of(&field, 1e-20, 1e20, line, zero, &n), SN_CRITICAL_POINT);
        ck_assert_uint_eq(n, 0);
        for (size_t k = 0; k < POINTS; k++) {
            const double a = cases[i].slope;
            ck_assert_double_eq_tol(line[k].tau, 2 / (1 + a * a), 1e-15);
            ck_assert_double_eq(line[k].bias_variance, 0);
            ck_assert_double_eq_tol(line[k].slope, 1, 1e-14);
            ck_assert(!line[k].attracting);
        }
        /* Centred, a kinked one is a line. */
        field.map = SN_MAP_CENTRED;
        ck_assert_int_eq(kind_of(&field, 1e-20, 1e20, line, zero, &n),
                         i == 0 ? SN_CRITICAL_POINT : SN_CRITICAL_LINE);
    }
}
END_TEST

START_TEST(lines)
{
    static const char *const whole[] = {"tanh", "erf",  "sin",  "gelu",
                                        "silu", "mish", "selu", "relu6"};
    sn_critical_point line[POINTS], zero[2];
    size_t n;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        const sn_field field = field_of(whole[i], SN_MAP_ENSEMBLE);
        ck_assert_int_eq(kind_of(&field, 1e-12, 1e12, line, zero, &n), SN_CRITICAL_LINE);
        ck_assert_uint_eq(n, 0);
        for (size_t k = 0; k < POINTS; k++) {
            ck_assert(line[k].bias_variance >= 0);
            ck_assert_double_eq_tol(line[k].q, pow(10, -12 + 24 * (double)k / (POINTS - 1)),
                                    1e-13 * line[k].q);
        }
        ck_assert_double_eq(line[0].q, 1e-12);
        ck_assert_double_eq(line[POINTS - 1].q, 1e12);
    }
    const sn_field softplus = field_of("softplus", SN_MAP_ENSEMBLE);
    ck_assert_int_eq(kind_of(&softplus, 1e-12, 1e12, line, zero, &n), SN_CRITICAL_NONE);
    ck_assert_uint_eq(n, 0);
    const sn_field sigmoid = field_of("sigmoid", SN_MAP_ENSEMBLE);
    ck_assert_int_eq(kind_of(&sigmoid, 1e-3, 40, line, zero, &n), SN_CRITICAL_NONE);
    ck_assert_int_eq(kind_of(&sigmoid, 1e-3, 1e3, line, zero, &n), SN_CRITICAL_LINE);
}
END_TEST

START_TEST(zeros_are_refined)
{
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        const sn_field field =
            field_of(zeros[i].activation, zeros[i].centred ? SN_MAP_CENTRED : SN_MAP_ENSEMBLE);
        sn_critical_point line[POINTS], zero[2];
        size_t n;
        ck_assert_int_eq(kind_of(&field, 1e-7, 1e11, line, zero, &n), SN_CRITICAL_LINE);
        ck_assert_uint_eq(n, 1);
        ck_assert_double_eq_tol(zero[0].q / zeros[i].q, 1, 1e-13);
        ck_assert_double_eq_tol(zero[0].tau / zeros[i].tau, 1, 1e-13);
        ck_assert_double_eq(zero[0].bias_variance, 0);
        /* From the two ends alone, and with no place to write it. */
        sn_critical_kind kind;
        ck_assert_int_eq(sn_critical_line(&field, 1e-7, 1e11, 2, line, &kind, 0, NULL, &n, NULL),
                         SN_OK);
        ck_assert_int_eq(kind, SN_CRITICAL_LINE);
        ck_assert_uint_eq(n, 1);
    }
}
END_TEST

static double flat(const void *state, double z)
{
    (void)state;
    (void)z;
    return 0;
}

static const sn_activation_type flat_type = {
    .name = "flat", .value_of = flat, .derivative_of = flat};

START_TEST(failures)
{
    sn_field field = field_of("tanh", SN_MAP_ENSEMBLE);
    sn_critical_point p, line[POINTS];
    sn_critical_kind kind;
    size_t n;
    sn_error err = {0};
    static const double bad_q[] = {0, -1.5, INFINITY, NAN};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(sn_critical_at(&field, bad_q[i], &p, &err), SN_EDOMAIN);
        ck_assert_int_eq(
            sn_critical_line(&field, bad_q[i], 3, POINTS, line, &kind, 0, NULL, &n, NULL),
            SN_EDOMAIN);
    }
    ck_assert_int_eq(sn_critical_line(&field, 1, 1, POINTS, line, &kind, 0, NULL, &n, &err),
                     SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "q from 1 to 1"));
    ck_assert_int_eq(sn_critical_line(&field, 1, 3, 1, line, &kind, 0, NULL, &n, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "1 points"));
    field.map = SN_MAP_NEURON;
    ck_assert_int_eq(sn_critical_at(&field, 1, &p, &err), SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "neuron"));
    field.map = SN_MAP_ENSEMBLE;
    field.activation = (sn_activation){.type = &flat_type};
    ck_assert_int_eq(sn_critical_at(&field, 1.5, &p, &err), SN_ENOCONV);
    ck_assert_ptr_nonnull(strstr(err.message, "no tau"));
    ck_assert_str_eq(sn_critical_text(SN_CRITICAL_LINE), "line");
    ck_assert_str_eq(sn_critical_text(SN_CRITICAL_NONE), "none");
    ck_assert_str_eq(sn_critical_text((sn_critical_kind)99), "unknown");
}
END_TEST

UNIT_MAIN("critical", against_references, the_line_of_erf, the_centred_line_is_whole, points, lines,
          zeros_are_refined, failures)
