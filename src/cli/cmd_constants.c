/* selfnorm constants: the SELU constants of a target, with their stability, as text or JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/constants_json.h"
#include "report/number.h"
#include "study/constants_study.h"

typedef struct arguments {
    sn_target target;
    double dropout;
    const char *map, *format;
} arguments;

static void print_number(const char *name, double value, const char *remark)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(value, text);
    printf("  %-16s %-23s%s%s\n", name, text, remark[0] != '\0' ? " " : "", remark);
}

/* Rounding noise is not worth its digits: the power of ten it stays below. */
static void print_magnitude(const char *name, double value, const char *remark)
{
    const double bound = value > 0 ? pow(10, floor(log10(value)) + 1) : 0;
    printf("  %-16s at most %-15.0e%s%s\n", name, fmax(bound, 1e-15), remark[0] != '\0' ? " " : "",
           remark);
}

static void print_solution(const sn_constants_study *study, size_t i)
{
    const sn_selu_constants *s = &study->exact.solutions[i];
    const double mu = study->target.at.mu, nu = study->target.at.nu;
    printf("solution %zu of %zu%s\n", i + 1, study->exact.count,
           s->alpha < 0 ? ": alpha < 0, not a SELU" : "");
    print_number("alpha", s->alpha, "");
    print_number("lambda", s->lambda, "");
    print_number("saturation", sn_selu_saturation(s->alpha, s->lambda), "-lambda alpha");
    print_magnitude(
        "residual",
        fmax(fabs(s->residual_mean) / sqrt(mu * mu + nu), fabs(s->residual_variance) / nu),
        "of mean / rms and variance / variance");
    if (study->difference[i] <= SN_CONSTANTS_TOLERANCE) {
        print_magnitude("independently", study->difference[i],
                        "away by root finding on GSL's integrals");
    } else if (study->nearest[i] < study->search.count) {
        const sn_selu_constants *other = &study->search.solutions[study->nearest[i]];
        print_number("searched alpha", other->alpha, "root finding on GSL's integrals DIFFERS");
        print_number("searched lambda", other->lambda, "");
    } else {
        printf("  %-16s root finding on GSL's integrals did not find this solution\n",
               "independently");
    }
    printf("  %-16s [ %9.6f %9.6f ]       d(mu_next, nu_next)/d(mu, nu)\n", "Jacobian",
           s->step.dmu_dmu, s->step.dmu_dnu);
    printf("  %-16s [ %9.6f %9.6f ]\n", "", s->step.dnu_dmu, s->step.dnu_dnu);
    printf("  %-16s %.6f\n", "spectral norm", s->step.spectral_norm);
    printf("  %-16s %-23.6f %s\n", "spectral radius", s->step.spectral_radius,
           s->attracting ? "below 1: the fixed point attracts"
                         : "the fixed point does not attract");
    printf("  %-16s %-23.6f growth of the squared gradient per layer\n", "chi1", s->step.chi1);
    if (study->has_dropout) {
        print_number("dropout a", study->dropout[i].a, "alpha dropout: a v + b, where a unit that");
        print_number("dropout b", study->dropout[i].b, "is dropped is set to v = saturation");
    }
}

static void print_text(const sn_constants_study *study)
{
    const sn_layer_point *at = &study->target.at;
    printf("target: mean %.15g, variance %.15g; %s map, omega %.15g, tau %.15g\n", at->mu, at->nu,
           sn_map_name(study->target.map), at->omega, at->tau);
    if (study->exact.count == 0)
        printf("no such constants: %s\n", study->exact.reason);
    for (size_t i = 0; i < study->exact.count; i++) {
        printf("\n");
        print_solution(study, i);
    }
    if (study->search.count > study->exact.count)
        printf("\nroot finding on GSL's integrals found %zu solutions, DIFFERENT from the above\n",
               study->search.count);
}

static int parse_map(const char *word, sn_map_kind *map, sn_error *err)
{
    const char *words[SN_MAP_COUNT + 1] = {NULL};
    for (int i = 0; i < SN_MAP_COUNT; i++)
        words[i] = sn_map_name((sn_map_kind)i);
    const int index = choose("map", word, words, err);
    if (index < 0)
        return -1;
    *map = (sn_map_kind)index;
    return 0;
}

static int run(const command *self, int argc, const char **argv)
{
    arguments args = {.target = {.at = {.mu = 0, .nu = 1, .omega = 0, .tau = 1}},
                      .dropout = -1,
                      .map = "neuron",
                      .format = "text"};
    sn_layer_point *at = &args.target.at;
    const double unasked = args.dropout;
    struct poptOption options[] = {
        {"mean", 0, POPT_ARG_DOUBLE, &at->mu, 0, "mean to keep (0)", "MU"},
        {"variance", 0, POPT_ARG_DOUBLE, &at->nu, 0, "variance to keep (1)", "NU"},
        {"omega", 0, POPT_ARG_DOUBLE, &at->omega, 0, "sum of a neuron's weights (0)", "W"},
        {"tau", 0, POPT_ARG_DOUBLE, &at->tau, 0, "sum of its squared weights (1)", "T"},
        {"map", 0, POPT_ARG_STRING, &args.map, 0, "neuron, centred or ensemble (neuron)", "MAP"},
        {"dropout", 0, POPT_ARG_DOUBLE, &args.dropout, 0,
         "also alpha dropout's a and b at this probability to drop", "P"},
        {"format", 0, POPT_ARG_STRING, &args.format, 0, "text or json (text)", "FORMAT"},
        POPT_TABLEEND,
    };
    static const char *const formats[] = {"text", "json", NULL};
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 0, 0, NULL, &context, &exit_status) < 0)
        return exit_status;

    sn_error err = {0};
    sn_constants_study study;
    const int format = choose("format", args.format, formats, &err);
    if (format < 0 || parse_map(args.map, &args.target.map, &err) < 0) {
        exit_status = report_failure(self, &err);
    } else if (args.dropout != unasked && !(args.dropout >= 0 && args.dropout < 1)) {
        sn_fail(&err, SN_EDOMAIN, "--dropout is %g, allowed is 0 <= dropout < 1", args.dropout);
        exit_status = report_failure(self, &err);
    } else if (sn_constants_study_run(&args.target, args.dropout, &study, &err) != SN_OK) {
        exit_status = report_failure(self, &err);
    } else {
        exit_status = study.exact.count > 0 ? EXIT_DONE : EXIT_NO;
        if (format == 0)
            print_text(&study);
        else if (print_constants_json(&study, &err) != SN_OK)
            exit_status = report_failure(self, &err);
    }
    poptFreeContext(context);
    return exit_status;
}

const command constants_command = {
    .name = "constants",
    .synopsis = "[OPTION...]",
    .summary = "the SELU constants alpha, lambda that keep a mean and variance",
    .details =
        "Solves for alpha and lambda such that a layer of SELU units keeps the target mean and\n"
        "variance: exactly, by a quadratic in alpha, and independently by GSL's root finder on\n"
        "GSL's integrals. Every solution with lambda > 0 is printed, with the Jacobian of the\n"
        "layer map there, its spectral norm and radius, and chi1. When the target cannot be\n"
        "kept, it says why and exits with 1. Variances, never standard deviations.\n",
    .run = run,
};
