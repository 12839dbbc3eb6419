/* The options of `selfnorm gain`, and which values of them, and which of them together, mean
 * something. */
#include <math.h>
#include <string.h>

#include "cli/gain_arguments.h"

enum { NOT_GIVEN = GAIN_NOT_GIVEN, MOST_LAYERS = 1000000, HIGHEST_RESOLUTION = 4000 };

const gain_arguments gain_nothing_given = {
    .tau = NAN,
    .bias_variance = NAN,
    .correlation = NAN,
    .residual = NAN,
    .tau_max = NAN,
    .bias_max = NAN,
    .target_mean = NAN,
    .target_variance = NAN,
    .omega = NAN,
    .zeta = NAN,
    .dropout = NAN,
    .alpha_dropout = NAN,
    .depth = NOT_GIVEN,
    .reset = NOT_GIVEN,
    .digits = NOT_GIVEN,
    .resolution = NOT_GIVEN,
    .study = {.threads = THREADS_NOT_GIVEN},
};

/* clang-format off */
void gain_options(gain_arguments *args, struct poptOption options[GAIN_OPTIONS])
{
    const struct poptOption rows[] = {
        OPTION_HEADING("The activation, if not one of 'selfnorm list activations'"),
        {"expression", 'e', POPT_ARG_STRING, &args->expression, 0, "of x: 'x > 0 ? x : a*x', '2*gelu(x) + 1'", "EXPR"},
        {"param", 'p', POPT_ARG_ARGV, &args->params, 0, "a parameter of either, again and again", "NAME=VALUE"},
        {"kinks", 0, POPT_ARG_STRING, &args->kinks, 0, "where EXPR is not smooth, beside what is found", "X,Y,..."},
        {"table", 0, POPT_ARG_STRING, &args->table, 0, "points x, f(x), CSV or NPY; EXPR may call table(x)", "FILE"},
        OPTION_HEADING("The pre-activation z"),
        {"mean", 0, POPT_ARG_STRING, &args->mean, 0, "its mean (0)", "X"},
        {"variance", 0, POPT_ARG_STRING, &args->variance, 0, "its variance (1)", "Y"},
        {"law", 0, POPT_ARG_STRING, &args->law, 0, "'selfnorm list laws' (normal)", "LAW[:NUMBER]"},
        {"correlation", 0, POPT_ARG_DOUBLE, &args->correlation, 0, "also C(c) = E[f(a) f(b)] and its slope", "C"},
        OPTION_HEADING("The net around it"),
        {"gain", 'g', POPT_ARG_STRING, &args->gain, 0, "of the weights: second_moment, variance, a number", "G"},
        {"tau", 0, POPT_ARG_DOUBLE, &args->tau, 0, "or their variance times fan-in, G squared", "T"},
        {"bias-variance", 0, POPT_ARG_DOUBLE, &args->bias_variance, 0, "variance of the biases (0)", "S"},
        {"map", 0, POPT_ARG_STRING, &args->map, 0, "ensemble, centred; of a design also neuron", "MAP"},
        {"critical", 0, POPT_ARG_NONE, &args->critical, 0, "also the critical line, chi1 = 1", NULL},
        {"depth", 0, POPT_ARG_INT, &args->depth, 0, "layers, or residual blocks (32)", "L"},
        {"residual", 0, POPT_ARG_DOUBLE, &args->residual, 0, "also blocks x + BETA f(x), plain and NFNet's", "BETA"},
        {"reset", 0, POPT_ARG_INT, &args->reset, 0, "NFNet: a transition every so many blocks (0)", "N"},
        OPTION_HEADING("A design: which constants make it so"),
        {"design", 0, POPT_ARG_STRING, &args->design, 0, "'selfnorm list designs'", "FAMILY"},
        {"target-mean", 0, POPT_ARG_DOUBLE, &args->target_mean, 0, "mean to keep (0)", "MU"},
        {"target-variance", 0, POPT_ARG_DOUBLE, &args->target_variance, 0, "variance to keep (1)", "NU"},
        {"omega", 0, POPT_ARG_DOUBLE, &args->omega, 0, "sum of a neuron's weights (0)", "W"},
        {"zeta", 0, POPT_ARG_DOUBLE, &args->zeta, 0, "slope to have, where a family asks (1.5)", "Z"},
        {"dropout", 0, POPT_ARG_DOUBLE, &args->dropout, 0, "inputs dropped at that rate, folded in (0)", "P"},
        {"alpha-dropout", 0, POPT_ARG_DOUBLE, &args->alpha_dropout, 0, "a and b of alpha dropout, of selu", "P"},
        OPTION_HEADING("The answer"),
        {"format", 0, POPT_ARG_STRING, &args->study.format, 0, "text, json, csv, or a snippet to paste (text)", "FORMAT"},
        {"digits", 0, POPT_ARG_INT, &args->digits, 0, "to so many digits, all of them proved", "N"},
        {"vectors", 0, POPT_ARG_STRING, &args->vectors, 0, "reference values of f, f', correctly rounded", "FILE"},
        {"output", 'o', POPT_ARG_STRING, &args->study.output, 0, "folder of tables and pictures to make", "DIR"},
        {"plots", 0, POPT_ARG_STRING, &args->plots, 0, "which, see 'selfnorm list gain-plots' (all)", "LIST"},
        {"resolution", 0, POPT_ARG_INT, &args->resolution, 0, "points along each axis of a plane (301)", "N"},
        {"tau-max", 0, POPT_ARG_DOUBLE, &args->tau_max, 0, "of a phase diagram (as far as its line asks)", "T"},
        {"bias-max", 0, POPT_ARG_DOUBLE, &args->bias_max, 0, "likewise", "S"},
        {"pictures", 0, POPT_ARG_STRING, &args->study.pictures, 0, "of png, svg, pdf, terminal; or none (png)", "LIST"},
        {"force", 0, POPT_ARG_NONE, &args->study.force, 0, "replace an earlier result", NULL},
        {"threads", 0, POPT_ARG_INT, &args->study.threads, 0, "how many; results do not depend on it (0: all)", "N"},
        {"quiet", 'q', POPT_ARG_NONE, &args->study.quiet, 0, "no text, no progress", NULL},
        POPT_TABLEEND,
    };
    _Static_assert(sizeof rows / sizeof rows[0] <= GAIN_OPTIONS, "room for all rows");
    memcpy(options, rows, sizeof rows);
}
/* clang-format on */

static sn_status check_at_least(const char *option, double value, double least, bool included,
                                sn_error *err)
{
    if (isnan(value) || value > least || (included && value == least))
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "--%s is %g, allowed is %s %g", option, value,
                   included ? "a number from" : "a number above", least);
}

static sn_status check_count(const char *option, int value, int least, int most, sn_error *err)
{
    if (value == NOT_GIVEN || (value >= least && value <= most))
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "--%s is %d, allowed is %d to %d", option, value, least, most);
}

static sn_status check_rate(const char *option, double rate, sn_error *err)
{
    if (isnan(rate) || (rate >= 0 && rate < 1))
        return SN_OK;
    return sn_fail(err, SN_EDOMAIN, "--%s is %g, allowed is a rate from 0 to below 1", option,
                   rate);
}

static sn_status check_numbers(const gain_arguments *args, sn_error *err)
{
    sn_status status = check_at_least("tau", args->tau, 0, true, err);
    if (status == SN_OK && args->tau > GAIN_LARGEST_TAU)
        status = sn_fail(err, SN_EDOMAIN, "--tau is %g, allowed is a number from 0 to %g",
                         args->tau, GAIN_LARGEST_TAU);
    if (status == SN_OK)
        status = check_at_least("bias-variance", args->bias_variance, 0, true, err);
    if (status == SN_OK)
        status = check_at_least("target-variance", args->target_variance, 0, false, err);
    if (status == SN_OK)
        status = check_at_least("zeta", args->zeta, 0, false, err);
    if (status == SN_OK && args->correlation * args->correlation > 1)
        status =
            sn_fail(err, SN_EDOMAIN, "--correlation is %g, allowed is -1 to 1", args->correlation);
    if (status == SN_OK)
        status = check_rate("dropout", args->dropout, err);
    if (status == SN_OK)
        status = check_rate("alpha-dropout", args->alpha_dropout, err);
    if (status == SN_OK)
        status = check_count("depth", args->depth, 1, MOST_LAYERS, err);
    if (status == SN_OK)
        status = check_count("reset", args->reset, 0, MOST_LAYERS, err);
    if (status == SN_OK)
        status = check_count("digits", args->digits, 1, SN_EXACT_GAIN_MAX_DIGITS, err);
    if (status == SN_OK)
        status = check_count("resolution", args->resolution, 2, HIGHEST_RESOLUTION, err);
    if (status == SN_OK)
        status = check_at_least("tau-max", args->tau_max, 0, false, err);
    if (status == SN_OK)
        status = check_at_least("bias-max", args->bias_max, 0, false, err);
    if (status == SN_OK)
        status = check_study_gain(&args->study, err);
    return status;
}

/* Options of which the first that is given, if any, is in the way of another. */
typedef struct given {
    const char *option; /* NULL past the last */
    bool given;
} given;

static const char *first_given(const given *rows)
{
    while (rows->option != NULL && !rows->given)
        rows++;
    return rows->option;
}

/* Options that mean nothing without another. */
static sn_status check_company(const gain_arguments *args, sn_error *err)
{
    const given of_design[] = {{"target-mean", !isnan(args->target_mean)},
                               {"target-variance", !isnan(args->target_variance)},
                               {"omega", !isnan(args->omega)},
                               {"zeta", !isnan(args->zeta)},
                               {"dropout", !isnan(args->dropout)},
                               {NULL, false}};
    const given of_folder[] = {{"plots", args->plots != NULL},
                               {"pictures", args->study.pictures != NULL},
                               {"resolution", args->resolution != NOT_GIVEN},
                               {"tau-max", !isnan(args->tau_max)},
                               {"bias-max", !isnan(args->bias_max)},
                               {NULL, false}};
    const char *option = first_given(of_design);
    if (args->design == NULL && option != NULL)
        return sn_fail(err, SN_EINVAL, "--%s belongs to a --design", option);
    option = first_given(of_folder);
    if (args->study.output == NULL && option != NULL)
        return sn_fail(err, SN_EINVAL, "--%s belongs to --output", option);
    if (args->reset > 0 && isnan(args->residual))
        return sn_fail(err, SN_EINVAL, "--reset belongs to --residual");
    return SN_OK;
}

/* Options that mean nothing together. */
static sn_status check_combination(const gain_arguments *args, sn_error *err)
{
    const given of_net[] = {{"gain", args->gain != NULL},
                            {"bias-variance", !isnan(args->bias_variance)},
                            {"depth", args->depth != NOT_GIVEN},
                            {"residual", !isnan(args->residual)},
                            {"correlation", !isnan(args->correlation)},
                            {"critical", args->critical != 0},
                            {"vectors", args->vectors != NULL},
                            {NULL, false}};
    const given of_gain[] = {{"mean", args->mean != NULL},
                             {"variance", args->variance != NULL},
                             {"digits", args->digits != NOT_GIVEN},
                             {NULL, false}};
    const given not_exact[] = {{"tau", !isnan(args->tau)},
                               {"map", args->map != NULL},
                               {"alpha-dropout", !isnan(args->alpha_dropout)},
                               {"output", args->study.output != NULL},
                               {NULL, false}};
    const char *option = first_given(of_gain);
    if (option == NULL)
        option = first_given(of_net);
    if (args->design != NULL && option != NULL)
        return sn_fail(err, SN_EINVAL, "--%s and --design exclude each other", option);
    option = first_given(of_net);
    if (option == NULL)
        option = first_given(not_exact);
    if (args->digits != NOT_GIVEN && option != NULL)
        return sn_fail(err, SN_EINVAL, "--%s and --digits exclude each other", option);
    if (args->gain != NULL && !isnan(args->tau))
        return sn_fail(err, SN_EINVAL, "--gain and --tau exclude each other: tau is its square");
    return SN_OK;
}

sn_status gain_check_arguments(const gain_arguments *args, sn_error *err)
{
    sn_status status = check_numbers(args, err);
    if (status == SN_OK)
        status = check_company(args, err);
    return status == SN_OK ? check_combination(args, err) : status;
}

sn_status gain_check_family(const gain_arguments *args, sn_family family, sn_error *err)
{
    const given of_target[] = {{"target-mean", !isnan(args->target_mean)},
                               {"target-variance", !isnan(args->target_variance)},
                               {"omega", !isnan(args->omega)},
                               {"tau", !isnan(args->tau)},
                               {"dropout", !isnan(args->dropout)},
                               {"map", args->map != NULL},
                               {NULL, false}};
    const char *option = first_given(of_target);
    if (!sn_gain_design_has_target(family) && option != NULL)
        return sn_fail(err, SN_EINVAL,
                       "--%s and --design %s exclude each other: that is about z ~ N(0, 1) alone",
                       option, args->design);
    if (!sn_family_takes_zeta(family) && !isnan(args->zeta))
        return sn_fail(err, SN_EINVAL, "--design %s has no --zeta", args->design);
    return SN_OK;
}
