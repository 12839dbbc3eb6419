/* selfnorm constants: the SELU constants of a target, with their stability, as text or JSON; or to
 * any number of digits, where the decimals given are the target and not the doubles next to them.*/
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/constants_json.h"
#include "cli/lines.h"
#include "report/number.h"
#include "study/constants_study.h"

enum { NOT_ASKED_FOR = INT_MIN, WIDTH = 16 };

typedef struct arguments {
    char *mean, *variance, *omega, *tau; /* as given */
    char *map, *format;
    double dropout;   /* NAN: not asked for */
    int digits;       /* or NOT_ASKED_FOR */
    sn_target target; /* what they say */
} arguments;

/* Six decimals, or six digits where that would be a long row of them. */
static const char *six(double value, char text[SN_NUMBER_SIZE])
{
    snprintf(text, SN_NUMBER_SIZE, fabs(value) < 1e6 ? "%.6f" : "%.5e", value);
    return text;
}

static void print_rounded(const char *name, double value, const char *remark)
{
    char text[SN_NUMBER_SIZE];
    print_line(WIDTH, name, six(value, text), remark);
}

static void print_row(const char *name, double left, double right, const char *remark)
{
    char a[SN_NUMBER_SIZE], b[SN_NUMBER_SIZE], row[2 * SN_NUMBER_SIZE + 8];
    snprintf(row, sizeof row, "[ %9s %9s ]", six(left, a), six(right, b));
    print_line(WIDTH, name, row, remark);
}

static void print_solution(const sn_constants_study *study, size_t i)
{
    const sn_selu_constants *s = &study->exact.solutions[i];
    const double mu = study->target.at.mu, nu = study->target.at.nu;
    printf("solution %zu of %zu%s\n", i + 1, study->exact.count,
           s->alpha < 0 ? ": alpha < 0, not a SELU" : "");
    print_number(WIDTH, "alpha", s->alpha, "");
    print_number(WIDTH, "lambda", s->lambda, "");
    print_number(WIDTH, "saturation", sn_selu_saturation(s->alpha, s->lambda), "-lambda alpha");
    print_magnitude(
        WIDTH, "residual",
        fmax(fabs(s->residual_mean) / sqrt(mu * mu + nu), fabs(s->residual_variance) / nu),
        "of mean / rms and variance / variance");
    if (study->difference[i] <= SN_CONSTANTS_TOLERANCE) {
        print_magnitude(WIDTH, "independently", study->difference[i],
                        "away by root finding on GSL's integrals");
    } else if (study->nearest[i] < study->search.count) {
        const sn_selu_constants *other = &study->search.solutions[study->nearest[i]];
        print_number(WIDTH, "searched alpha", other->alpha,
                     "root finding on GSL's integrals DIFFERS");
        print_number(WIDTH, "searched lambda", other->lambda, "");
    } else {
        print_line(WIDTH, "independently", "not found", "by root finding on GSL's integrals");
    }
    print_row("Jacobian", s->step.dmu_dmu, s->step.dmu_dnu, "d(mu_next, nu_next)/d(mu, nu)");
    print_row("", s->step.dnu_dmu, s->step.dnu_dnu, "");
    print_rounded("spectral norm", s->step.spectral_norm, "");
    print_rounded("spectral radius", s->step.spectral_radius,
                  s->attracting ? "below 1: the fixed point attracts"
                                : "the fixed point does not attract");
    print_rounded("chi1", s->step.chi1, "growth of the squared gradient per layer");
    if (study->has_dropout) {
        print_number(WIDTH, "dropout a", study->dropout[i].a,
                     "alpha dropout: a v + b, where a unit that");
        print_number(WIDTH, "dropout b", study->dropout[i].b,
                     "is dropped is set to v = saturation");
    }
}

static void print_text(const sn_constants_study *study)
{
    const sn_layer_point *at = &study->target.at;
    printf("target: mean %.15g, variance %.15g; %s map, omega %.15g, tau %.15g\n", at->mu, at->nu,
           sn_map_name(study->target.map), at->omega, at->tau);
    if (study->exact.count == 0)
        printf("%s\n", study->exact.reason);
    for (size_t i = 0; i < study->exact.count; i++) {
        printf("\n");
        print_solution(study, i);
    }
    if (study->search.count > study->exact.count) {
        printf("\nroot finding on GSL's integrals DIFFERS, it found\n");
        for (size_t i = 0; i < study->search.count; i++) {
            print_number(WIDTH, "searched alpha", study->search.solutions[i].alpha, "");
            print_number(WIDTH, "searched lambda", study->search.solutions[i].lambda, "");
        }
    }
}

static void print_exact_solution(const sn_exact_constants *found, size_t i)
{
    const sn_exact_solution *s = &found->solutions[i];
    printf("\nsolution %zu of %zu%s\n", i + 1, found->count,
           s->alpha.text[0] == '-' ? ": alpha < 0, not a SELU" : "");
    print_line(WIDTH, "alpha", s->alpha.text, "");
    print_line(WIDTH, "lambda", s->lambda.text, "");
    print_line(WIDTH, "saturation", s->saturation.text, "");
    printf("  %-16s to within %s, %s, %s; every digit is right, the last is rounded\n", "enclosed",
           s->alpha.radius, s->lambda.radius, s->saturation.radius);
}

static void print_exact_text(const sn_exact_target *target, const sn_exact_constants *found)
{
    printf("target: mean %s, variance %s; %s map, omega %s, tau %s\n", target->mu, target->nu,
           sn_map_name(target->map), target->omega, target->tau);
    for (size_t i = 0; i < found->count; i++)
        print_exact_solution(found, i);
    printf("%s%s%s\n", found->count > 0 ? "\n" : "",
           !found->decided     ? ""
           : found->count == 0 ? "proved: "
                               : "proved: exactly ",
           found->reason);
}

/* The numbers that the words say. */
static sn_status read_target(arguments *args, sn_error *err)
{
    sn_layer_point *at = &args->target.at;
    const struct {
        const char *option, *word;
        double *value;
    } numbers[] = {{"mean", args->mean, &at->mu},
                   {"variance", args->variance, &at->nu},
                   {"omega", args->omega, &at->omega},
                   {"tau", args->tau, &at->tau}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const sn_status status =
            numbers[i].word != NULL
                ? number_option(numbers[i].option, numbers[i].word, numbers[i].value, err)
                : SN_OK;
        if (status != SN_OK)
            return status;
    }
    return SN_OK;
}

/* The values that are numbers but no such quantities. */
static sn_status check_numbers(const arguments *args, sn_error *err)
{
    const double nu = args->target.at.nu, tau = args->target.at.tau, dropout = args->dropout;
    if (!(nu > 0))
        return sn_fail(err, SN_EDOMAIN, "--variance is %g, allowed is variance > 0", nu);
    if (!(tau > 0))
        return sn_fail(err, SN_EDOMAIN, "--tau is %g, allowed is tau > 0", tau);
    if (dropout < 0 || dropout >= 1)
        return sn_fail(err, SN_EDOMAIN, "--dropout is %g, allowed is 0 <= dropout < 1", dropout);
    return SN_OK;
}

static const char *or_else(const char *word, const char *otherwise)
{
    return word != NULL ? word : otherwise;
}

/* To so many digits, --digits; JSON has the doubles too, where there are some. */
static int solve_exactly(const command *self, const arguments *args, bool json)
{
    sn_error err = {0};
    if (args->digits < 1 || args->digits > SN_EXACT_MAX_DIGITS)
        sn_fail(&err, SN_EDOMAIN, "--digits is %d, allowed is 1 to %d", args->digits,
                SN_EXACT_MAX_DIGITS);
    else if (!isnan(args->dropout))
        sn_fail(&err, SN_EINVAL, "--dropout and --digits exclude each other");
    if (err.status != SN_OK)
        return report_failure(self, &err);

    const sn_exact_target target = {args->target.map, or_else(args->mean, "0"),
                                    or_else(args->variance, "1"), or_else(args->omega, "0"),
                                    or_else(args->tau, "1")};
    sn_exact_constants found;
    sn_status status = sn_exact_constants_solve(&target, (size_t)args->digits, &found, &err);
    if (status != SN_OK)
        return report_failure(self, &err);
    if (json) {
        sn_constants_study study;
        status = sn_constants_study_run(&args->target, -1, &study, &err);
        if (status == SN_OK || status == SN_EDOMAIN || status == SN_ENOCONV)
            status = print_exact_constants_json(
                status == SN_OK ? &study : NULL,
                &(exact_constants){args->digits, &args->target, &target, &found}, &err);
    } else {
        print_exact_text(&target, &found);
    }
    const int exit_status = found.count > 0 ? EXIT_DONE : EXIT_NO;
    sn_exact_constants_free(&found);
    return status == SN_OK ? exit_status : report_failure(self, &err);
}

static int solve_in_doubles(const command *self, const arguments *args, bool json)
{
    sn_error err = {0};
    sn_constants_study study;
    if (sn_constants_study_run(&args->target, isnan(args->dropout) ? -1 : args->dropout, &study,
                               &err)
        != SN_OK)
        return report_failure(self, &err);
    if (!json)
        print_text(&study);
    else if (print_constants_json(&study, &err) != SN_OK)
        return report_failure(self, &err);
    return study.exact.count > 0 ? EXIT_DONE : EXIT_NO;
}

static int solve_and_print(const command *self, arguments *args)
{
    static const char *const formats[] = {"text", "json", NULL};
    const char *maps[SN_MAP_COUNT + 1] = {NULL};
    for (int i = 0; i < SN_MAP_COUNT; i++)
        maps[i] = sn_map_name((sn_map_kind)i);
    sn_error err = {0};
    if (read_target(args, &err) != SN_OK)
        return report_failure(self, &err);
    const int format = args->format != NULL ? choose("format", args->format, formats, &err) : 0;
    const int map = args->map != NULL ? choose("map", args->map, maps, &err) : SN_MAP_NEURON;
    if (format < 0 || map < 0 || check_numbers(args, &err) != SN_OK)
        return report_failure(self, &err);
    args->target.map = (sn_map_kind)map;
    return args->digits != NOT_ASKED_FOR ? solve_exactly(self, args, format == 1)
                                         : solve_in_doubles(self, args, format == 1);
}

static int run(const command *self, int argc, const char **argv)
{
    arguments args = {.target.at = {.mu = 0, .nu = 1, .omega = 0, .tau = 1},
                      .dropout = NAN,
                      .digits = NOT_ASKED_FOR};
    struct poptOption options[] = {
        {"mean", 0, POPT_ARG_STRING, &args.mean, 0, "mean to keep (0)", "MU"},
        {"variance", 0, POPT_ARG_STRING, &args.variance, 0, "variance to keep (1)", "NU"},
        {"omega", 0, POPT_ARG_STRING, &args.omega, 0, "sum of a neuron's weights (0)", "W"},
        {"tau", 0, POPT_ARG_STRING, &args.tau, 0, "sum of its squared weights (1)", "T"},
        {"map", 0, POPT_ARG_STRING, &args.map, 0, "neuron, centred or ensemble (neuron)", "MAP"},
        {"dropout", 0, POPT_ARG_DOUBLE, &args.dropout, 0,
         "also alpha dropout's a and b at this drop rate", "P"},
        {"digits", 0, POPT_ARG_INT, &args.digits, 0, "to so many digits, all of them proved", "N"},
        {"format", 0, POPT_ARG_STRING, &args.format, 0, "text or json (text)", "FORMAT"},
        POPT_TABLEEND,
    };
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 0, 0, NULL, &context, &exit_status) < 0)
        return exit_status;
    exit_status = solve_and_print(self, &args);
    release_options(options, context);
    return exit_status;
}

const command constants_command = {
    .name = "constants",
    .synopsis = "[OPTION...]",
    .summary = "the SELU constants alpha, lambda that keep a mean and variance",
    .details = "Solves for alpha and lambda such that a layer of SELU units keeps the target\n"
               "mean and variance: exactly, by a quadratic in alpha, and independently by GSL's\n"
               "root finder on GSL's integrals. Every solution with lambda > 0 is printed, with\n"
               "the Jacobian of the layer map there, its spectral norm and radius, and chi1.\n"
               "When the target cannot be kept, it says why and exits with 1. Variances are\n"
               "variances, never standard deviations.\n"
               "With --digits N the target is what the decimals say, 0.1 one tenth, and N digits\n"
               "are printed that are all right: how many solutions there are is proved in ball\n"
               "arithmetic, and every number enclosed.\n",
    .run = run,
};
