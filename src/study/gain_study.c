/* One activation's gain, computed: the moments in doubles, held against an enclosure where there is
 * one, then the mean field of a deep net whose weights have that gain. */
#include "study/gain_study.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "activation/activation.h"

const char *const sn_gain_number_names[SN_GAIN_NUMBERS] = {"mean",          "second_moment",
                                                           "variance",      "slope_second_moment",
                                                           "gain_variance", "gain_second_moment"};

const char *sn_gain_picture_name(size_t index)
{
#define NAME(id, name, doc) name,
    static const char *const names[] = {SN_GAIN_PICTURE_LIST(NAME)};
#undef NAME
    return index < SN_GAIN_PICTURE_COUNT ? names[index] : NULL;
}

const char *sn_gain_picture_doc(size_t index)
{
#define DOC(id, name, doc) doc,
    static const char *const docs[] = {SN_GAIN_PICTURE_LIST(DOC)};
#undef DOC
    return index < SN_GAIN_PICTURE_COUNT ? docs[index] : NULL;
}

static sn_status measure(sn_gain_study *study, sn_error *err)
{
    const sn_gain_spec *spec = &study->spec;
    const sn_subject *subject = spec->subject;
    const sn_law *law = subject->is_normal ? NULL : &subject->law;
    const sn_status status =
        sn_gain_compute(law, &subject->activation, spec->x, spec->y, &study->gain, err);
    const sn_gain *g = &study->gain;
    const double numbers[SN_GAIN_NUMBERS] = {g->moments.mean,     g->moments.second,
                                             g->moments.variance, g->moments.slope_second,
                                             g->gain_variance,    g->gain_second_moment};
    const double errors[SN_GAIN_NUMBERS] = {g->error_mean,         g->error_second,
                                            g->error_variance,     g->error_slope_second,
                                            g->error_variance / 2, g->error_second / 2};
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++) {
        study->number[i] = numbers[i];
        study->error[i] = errors[i];
    }
    return status;
}

/* Where there is an enclosure that agrees with what was computed, its middle is the number and its
 * width the error, a proved one. */
static void prove(sn_gain_study *study)
{
    const sn_gain_spec *spec = &study->spec;
    sn_gain_enclosure *in = &study->enclosure;
    double proved[SN_GAIN_NUMBERS];
    if (!spec->subject->is_normal
        || sn_gain_enclose(&spec->subject->activation, spec->x, spec->y, in, NULL) != SN_OK)
        return;
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++) {
        const double value = in->nearest[i];
        const double away = fmax(in->upper[i] - value, value - in->lower[i]);
        const double scale = i == 0 ? sqrt(in->lower[1]) : fabs(value);
        /* Difference, root and quotient are rounded, less than four units together: upwards. */
        proved[i] = away > 0 ? away / scale * (1 + 8 * DBL_EPSILON) : 0;
        if (!(proved[i] <= 1e-9 && fabs(value - study->number[i]) <= 1e-9 * scale))
            return;
    }
    study->enclosed = true;
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++) {
        study->number[i] = in->nearest[i];
        study->error[i] = proved[i];
    }
}

static sn_status choose_tau(sn_gain_study *study, sn_error *err)
{
    const sn_gain_spec *spec = &study->spec;
    const double moment = study->number[spec->by == SN_BY_VARIANCE ? 2 : 1];
    const double tau = spec->by == SN_BY_TAU ? spec->tau : 1 / moment; /* the gain squared */
    if (!isfinite(tau))
        return sn_fail(err, SN_EDOMAIN,
                       "f(z) has %s 0, and so no gain; allowed is --tau with a number",
                       spec->by == SN_BY_VARIANCE ? "variance" : "second moment");
    study->field = (sn_field){.map = spec->map,
                              .activation = spec->subject->activation,
                              .law = spec->subject->is_normal ? NULL : &spec->subject->law,
                              .tau = tau,
                              .bias_variance = spec->bias_variance};
    study->chi1 = tau * study->number[3];
    return SN_OK;
}

static sn_status go_deep(sn_gain_study *study, sn_error *err)
{
    const sn_gain_spec *spec = &study->spec;
    study->layers = calloc(spec->depth + 1, sizeof *study->layers);
    if (study->layers == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory for %zu layers", spec->depth);
    sn_status status = sn_field_fixed_points(&study->field, &study->points, err);
    if (status == SN_OK)
        status = sn_field_depth(&study->field, spec->y, spec->depth, study->layers,
                                &study->gradient_log10, &study->n_layers, err);
    return status;
}

static sn_status stack_blocks(sn_gain_study *study, sn_error *err)
{
    const sn_gain_spec *spec = &study->spec;
    study->plain = calloc(spec->depth + 1, sizeof *study->plain);
    study->nfnet = calloc(spec->depth + 1, sizeof *study->nfnet);
    if (study->plain == NULL || study->nfnet == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory for %zu blocks", spec->depth);
    sn_residual net = {.field = &study->field, .beta = spec->beta};
    sn_status status =
        sn_residual_run(&net, spec->y, spec->depth, study->plain, &study->n_plain, err);
    net.nfnet = true;
    net.reset = spec->reset;
    if (status == SN_OK)
        status = sn_residual_run(&net, spec->y, spec->depth, study->nfnet, &study->n_nfnet, err);
    return status;
}

static sn_status find_affine(sn_gain_study *study, sn_error *err)
{
    const sn_activation *f = &study->spec.subject->activation;
    const double rate = study->spec.alpha_dropout;
    if (strcmp(f->type->name, "selu") != 0)
        return sn_fail(err, SN_EINVAL,
                       "--alpha-dropout sets units to where SELU saturates, found %s, allowed is "
                       "selu",
                       f->type->name);
    return sn_alpha_dropout_affine(sn_selu_saturation(f->params[0], f->params[1]), study->number[0],
                                   study->number[2], 1 - rate, &study->affine, err);
}

sn_status sn_gain_study_run(const sn_gain_spec *spec, sn_gain_study *out, sn_error *err)
{
    *out = (sn_gain_study){.spec = *spec, .points = {.growth_small = NAN, .growth_large = NAN}};
    sn_status status = measure(out, err);
    if (status != SN_OK)
        return status;
    prove(out);
    if (!isnan(spec->alpha_dropout))
        status = find_affine(out, err);
    if (status != SN_OK)
        return status;
    if (!isnan(spec->correlation)) {
        if (!spec->subject->is_normal)
            return sn_fail(err, SN_EDOMAIN,
                           "--correlation is of normal pre-activations, found --law %s",
                           sn_law_name(spec->subject->law.kind));
        status = sn_correlation_compute(&spec->subject->activation, spec->x, spec->y,
                                        spec->correlation, &out->at_correlation, err);
    }
    if (status != SN_OK || spec->moments_only)
        return status;
    status = choose_tau(out, err);
    if (status == SN_OK)
        status = go_deep(out, err);
    if (status == SN_OK && spec->critical)
        status = sn_gain_line_make(&out->field, &out->line, err);
    if (status == SN_OK && !isnan(spec->beta))
        status = stack_blocks(out, err);
    if (status == SN_OK)
        sn_gain_verdict(out);
    return status;
}

void sn_gain_study_free(sn_gain_study *study)
{
    free(study->layers);
    free(study->plain);
    free(study->nfnet);
    study->layers = NULL;
    study->plain = study->nfnet = NULL;
}
