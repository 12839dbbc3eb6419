/* From the words of `selfnorm gain` to what is asked. */
#include "cli/gain_arguments.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_DEPTH = 32,
    DEFAULT_RESOLUTION = 301,
    SLOW_RESOLUTION = 61, /* of a design whose every target takes milliseconds */
};

static double or_else(double value, double otherwise)
{
    return isnan(value) ? otherwise : value;
}

static sn_status read_format(const gain_arguments *args, gain_request *out, sn_error *err)
{
    const char *words[GAIN_SNIPPETS + SN_SNIPPET_COUNT + 1] = {"text", "json", "csv"};
    for (int i = 0; i < SN_SNIPPET_COUNT; i++)
        words[GAIN_SNIPPETS + i] = sn_snippet_name((sn_snippet_format)i);
    out->format =
        args->study.format != NULL ? choose("format", args->study.format, words, err) : GAIN_TEXT;
    return out->format < 0 ? SN_EINVAL : SN_OK;
}

static sn_status read_map(const gain_arguments *args, gain_request *out, sn_error *err)
{
    const sn_map_kind maps[] = {SN_MAP_ENSEMBLE, SN_MAP_CENTRED, SN_MAP_NEURON};
    const char *words[SN_MAP_COUNT + 1] = {NULL};
    for (int i = 0; i < (out->is_design ? 3 : 2); i++)
        words[i] = sn_map_name(maps[i]);
    int index = out->is_design ? 2 : 0;
    if (args->map != NULL)
        index = choose("map", args->map, words, err);
    if (index < 0)
        return SN_EINVAL;
    out->spec.map = out->design.design.map = maps[index];
    return SN_OK;
}

/* The weights: by tau, by a number or by a convention, of which each map has its own. */
static sn_status read_weights(const gain_arguments *args, gain_request *out, sn_error *err)
{
    static const char *const words[] = {"second_moment", "variance", "a number", NULL};
    sn_gain_spec *spec = &out->spec;
    spec->by = spec->map == SN_MAP_CENTRED ? SN_BY_VARIANCE : SN_BY_SECOND_MOMENT;
    spec->tau = args->tau;
    if (!isnan(args->tau))
        spec->by = SN_BY_TAU;
    if (args->gain == NULL)
        return SN_OK;
    double number;
    if (number_option("gain", args->gain, &number, NULL) == SN_OK) {
        spec->by = SN_BY_TAU;
        spec->tau = number * number;
        if (number < 0 || spec->tau > GAIN_LARGEST_TAU)
            return sn_fail(err, SN_EDOMAIN, "--gain is %g, allowed is a number from 0 to %g",
                           number, sqrt(GAIN_LARGEST_TAU));
        return SN_OK;
    }
    const int by = choose("gain", args->gain, words, err);
    if (by == 2)
        return sn_fail(err, SN_EINVAL, "--gain is 'a number', allowed is one");
    spec->by = by == 1 ? SN_BY_VARIANCE : SN_BY_SECOND_MOMENT;
    return by < 0 ? SN_EINVAL : SN_OK;
}

static sn_status read_place(const gain_arguments *args, gain_request *out, sn_error *err)
{
    sn_gain_spec *spec = &out->spec;
    sn_law_spread(&out->subject.law, &spec->x, &spec->y);
    sn_status status = SN_OK;
    if (args->mean != NULL)
        status = number_option("mean", args->mean, &spec->x, err);
    if (status == SN_OK && args->variance != NULL)
        status = number_option("variance", args->variance, &spec->y, err);
    if (status == SN_OK)
        status = spec->y > 0 ? SN_OK
                             : sn_fail(err, SN_EDOMAIN,
                                       "--variance is %g, allowed is a number above 0", spec->y);
    return status;
}

static sn_status read_design(const gain_arguments *args, gain_request *out, sn_error *err)
{
    const char *words[SN_FAMILY_COUNT + 1] = {NULL};
    for (int i = 0; i < SN_FAMILY_COUNT; i++)
        words[i] = sn_family_name((sn_family)i);
    sn_design *design = &out->design.design;
    const int family = choose("design", args->design, words, err);
    if (family < 0)
        return SN_EINVAL;
    design->family = (sn_family)family;
    const bool phi = args->name != NULL || args->expression != NULL || args->table != NULL;
    if (phi && !sn_family_takes_phi(design->family))
        return sn_fail(err, SN_EINVAL, "--design %s has no phi, found %s", args->design,
                       args->name != NULL ? args->name : "an activation");
    if (!phi && sn_family_takes_phi(design->family))
        return sn_fail(err, SN_EINVAL,
                       "--design %s needs a phi: the name of an activation, an "
                       "--expression or a --table",
                       args->design);
    design->zeta = or_else(args->zeta, 1.5);
    design->dropout = or_else(args->dropout, 0);
    design->at = (sn_layer_point){.mu = or_else(args->target_mean, 0),
                                  .nu = or_else(args->target_variance, 1),
                                  .omega = or_else(args->omega, 0),
                                  .tau = or_else(args->tau, 1)};
    out->design.subject = &out->subject;
    out->design.alpha_dropout = args->alpha_dropout;
    return gain_check_family(args, design->family, err);
}

static sn_status read_plots(const gain_arguments *args, gain_request *out, sn_error *err)
{
    const char *words[SN_GAIN_PICTURE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < SN_GAIN_PICTURE_COUNT; i++)
        words[i] = sn_gain_picture_name(i);
    if (args->plots != NULL)
        return choose_list("plots", args->plots, words, out->plots, err) < 0 ? SN_EINVAL : SN_OK;
    memcpy(out->plots, words, sizeof words);
    return SN_OK;
}

sn_status gain_read_request(const gain_arguments *args, int argc, const char **argv,
                            gain_request *out, sn_error *err)
{
    *out = (gain_request){.is_design = args->design != NULL, .argc = argc, .argv = argv};
    const sn_subject_words words = {.name = args->name,
                                    .expression = args->expression,
                                    .table = args->table,
                                    .params = (const char *const *)args->params,
                                    .kinks = args->kinks,
                                    .law = args->law};
    sn_status status = gain_check_arguments(args, err);
    if (status == SN_OK)
        status = read_format(args, out, err);
    if (status == SN_OK)
        status = read_map(args, out, err);
    if (status == SN_OK)
        status = out->is_design ? read_design(args, out, err) : read_weights(args, out, err);
    if (status == SN_OK)
        status = read_plots(args, out, err);
    if (status == SN_OK)
        status = sn_subject_make(&words, &out->subject, err);
    if (status == SN_OK)
        status = read_place(args, out, err);
    out->command = status == SN_OK ? command_text(argc, argv) : NULL;
    if (status == SN_OK && out->command == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    sn_gain_spec *spec = &out->spec;
    spec->subject = &out->subject;
    spec->command = out->command;
    spec->bias_variance = or_else(args->bias_variance, 0);
    spec->depth = args->depth == GAIN_NOT_GIVEN ? DEFAULT_DEPTH : (size_t)args->depth;
    spec->correlation = args->correlation;
    spec->critical = args->critical != 0;
    spec->beta = args->residual;
    spec->alpha_dropout = args->alpha_dropout;
    spec->reset = args->reset == GAIN_NOT_GIVEN ? 0 : (size_t)args->reset;
    out->folder = (sn_gain_folder){
        .plots = out->plots,
        .resolution = args->resolution != GAIN_NOT_GIVEN ? (size_t)args->resolution
                      : out->is_design && out->design.design.family == SN_FAMILY_SCALED_TANH
                          ? SLOW_RESOLUTION
                          : DEFAULT_RESOLUTION,
        .tau_most = args->tau_max,
        .bias_most = args->bias_max};
    return status;
}

void gain_free_request(gain_request *request)
{
    sn_subject_free(&request->subject);
    free(request->command);
}
