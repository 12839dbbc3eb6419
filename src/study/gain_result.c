/* A gain as JSON, under the code names that every command shares. */
#include <math.h>

#include "study/gain_study.h"

static void add_subject(const sn_gain_study *study, sn_result *result)
{
    const sn_subject *subject = study->spec.subject;
    const sn_activation *f = &subject->activation;
    char text[512];
    sn_subject_text(subject, text, sizeof text);
    sn_result_add_text(result, "activation", text);
    if (f->type->n_params > 0 || subject->n_params > 0) {
        sn_result_open_object(result, "params");
        for (size_t i = 0; i < f->type->n_params; i++)
            sn_result_add_number(result, f->type->params[i].name, f->params[i]);
        for (size_t i = 0; i < subject->n_params; i++)
            sn_result_add_number(result, subject->params[i].name, subject->params[i].value);
        sn_result_close(result);
    }
    sn_result_add_text(result, "law", sn_law_name(subject->law.kind));
    if (sn_law_parameter_doc(subject->law.kind)[0] != '\0')
        sn_result_add_number(result, "law_parameter", subject->law.parameter);
    sn_result_add_number(result, "x", study->spec.x);
    sn_result_add_number(result, "y", study->spec.y);
}

static void add_numbers(const sn_gain_study *study, sn_result *result)
{
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++)
        sn_result_add_number(result, sn_gain_number_names[i], study->number[i]);
    sn_result_add_number(result, "gain_slope", study->gain.gain_slope);
    sn_result_add_text(result, "trust", sn_trust_text(study->gain.moments.trust));
    sn_result_add_boolean(result, "proved", study->enclosed);
    sn_result_open_object(result, "errors");
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++)
        sn_result_add_number(result, sn_gain_number_names[i], study->error[i]);
    sn_result_close(result);
    if (!study->enclosed)
        return;
    sn_result_open_object(result, "enclosures");
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++) {
        sn_result_open_object(result, sn_gain_number_names[i]);
        sn_result_add_number(result, "lower", study->enclosure.lower[i]);
        sn_result_add_number(result, "upper", study->enclosure.upper[i]);
        sn_result_close(result);
    }
    sn_result_close(result);
}

static void add_correlation(const sn_correlation_point *p, sn_result *result)
{
    sn_result_open_object(result, NULL);
    sn_result_add_number(result, "c", p->c);
    sn_result_add_number(result, "slope", p->slope);
    sn_result_add_boolean(result, "attracting", p->attracting);
    sn_result_add_number(result, "error", p->error);
    sn_result_close(result);
}

/* The correlation that any two inputs end up with. */
static double attracting_correlation(const sn_field_point *p)
{
    for (size_t i = 0; i < p->n_correlations; i++)
        if (p->correlations[i].attracting)
            return p->correlations[i].c;
    return NAN;
}

static void add_point(const sn_field_point *p, sn_result *result)
{
    sn_result_open_object(result, NULL);
    sn_result_add_number(result, "q", p->q);
    sn_result_add_number(result, "slope", p->slope);
    sn_result_add_boolean(result, "attracting", p->attracting);
    sn_result_add_boolean(result, "isolated", p->isolated);
    sn_result_add_number(result, "mean", p->mean);
    sn_result_add_number(result, "second_moment", p->second_moment);
    sn_result_add_number(result, "variance", p->variance);
    sn_result_add_number(result, "chi1", p->chi1);
    sn_result_add_number(result, "xi_q", p->depth_q);
    sn_result_add_number(result, "xi_c", p->depth_c);
    sn_result_add_text(result, "phase", sn_phase_text(p->phase));
    sn_result_add_number(result, "c_star", attracting_correlation(p));
    sn_result_open_list(result, "correlations");
    for (size_t i = 0; i < p->n_correlations; i++)
        add_correlation(&p->correlations[i], result);
    sn_result_close(result);
    sn_result_add_number(result, "error", p->error);
    sn_result_close(result);
}

static void add_net(const sn_gain_study *study, sn_result *result)
{
    const sn_gain_spec *spec = &study->spec;
    sn_result_add_text(result, "map", sn_map_name(spec->map));
    sn_result_add_number(result, "tau", study->field.tau);
    sn_result_add_number(result, "weight_gain", sqrt(study->field.tau));
    sn_result_add_number(result, "bias_variance", spec->bias_variance);
    sn_result_add_number(result, "chi1", study->chi1);
    sn_result_open_list(result, "fixed_points");
    for (size_t i = 0; i < study->points.count; i++)
        add_point(&study->points.points[i], result);
    sn_result_close(result);
    sn_result_add_number(result, "growth_small", study->points.growth_small);
    sn_result_add_number(result, "growth_large", study->points.growth_large);
    sn_result_add_number(result, "depth", (double)spec->depth);
    sn_result_add_number(result, "layers", (double)study->n_layers);
    sn_result_add_number(result, "variance_last", study->layers[study->n_layers]);
    sn_result_add_number(result, "gradient_log10", study->gradient_log10);
    sn_result_add_number(result, "gradient_factor", pow(10, study->gradient_log10));
    sn_result_open_object(result, "verdict");
    sn_result_add_text(result, "forwards", study->forwards);
    sn_result_add_text(result, "backwards", study->backwards);
    sn_result_close(result);
}

static void add_line_point(const sn_critical_point *p, sn_result *result)
{
    sn_result_open_object(result, NULL);
    sn_result_add_number(result, "q", p->q);
    sn_result_add_number(result, "tau", p->tau);
    sn_result_add_number(result, "bias_variance", p->bias_variance);
    sn_result_add_number(result, "slope", p->slope);
    sn_result_add_boolean(result, "attracting", p->attracting);
    sn_result_close(result);
}

static void add_line(const sn_gain_line *line, sn_result *result)
{
    sn_result_open_object(result, "critical");
    sn_result_add_text(result, "kind", sn_critical_text(line->kind));
    sn_result_open_list(result, "points");
    for (size_t i = 0; i < SN_GAIN_LINE; i++)
        if (line->points[i].bias_variance >= 0)
            add_line_point(&line->points[i], result);
    sn_result_close(result);
    sn_result_open_list(result, "at_these_biases");
    for (size_t i = 0; i < line->n_meetings; i++)
        add_line_point(&line->meetings[i], result);
    sn_result_close(result);
    sn_result_close(result);
}

static void add_stack(const sn_residual_block *blocks, size_t n, const char *name,
                      sn_result *result)
{
    sn_result_open_object(result, name);
    sn_result_add_number(result, "blocks", (double)n);
    sn_result_add_number(result, "variance_last", n > 0 ? blocks[n - 1].variance : NAN);
    sn_result_add_number(result, "gradient_log10", n > 0 ? blocks[n - 1].gradient_log10 : NAN);
    sn_result_open_list(result, "variances");
    for (size_t i = 0; i < n; i++)
        sn_result_add_number(result, NULL, blocks[i].variance);
    sn_result_close(result);
    sn_result_open_list(result, "gradient_factors");
    for (size_t i = 0; i < n; i++)
        sn_result_add_number(result, NULL, blocks[i].gradient);
    sn_result_close(result);
    sn_result_close(result);
}

void sn_gain_add_result(const sn_gain_study *study, sn_result *result)
{
    add_subject(study, result);
    add_numbers(study, result);
    if (!isnan(study->spec.alpha_dropout)) {
        sn_result_add_number(result, "dropout", study->spec.alpha_dropout);
        sn_result_add_number(result, "dropout_a", study->affine.a);
        sn_result_add_number(result, "dropout_b", study->affine.b);
    }
    if (!isnan(study->spec.correlation)) {
        sn_result_open_object(result, "correlation");
        sn_result_add_number(result, "c", study->spec.correlation);
        sn_result_add_number(result, "overlap", study->at_correlation.overlap);
        sn_result_add_number(result, "covariance", study->at_correlation.covariance);
        sn_result_add_number(result, "slope", study->at_correlation.slope);
        sn_result_add_number(result, "error", study->at_correlation.error);
        sn_result_add_text(result, "trust", sn_trust_text(study->at_correlation.trust));
        sn_result_close(result);
    }
    if (study->spec.moments_only)
        return;
    add_net(study, result);
    if (study->spec.critical)
        add_line(&study->line, result);
    if (isnan(study->spec.beta))
        return;
    sn_result_open_object(result, "residual");
    sn_result_add_number(result, "beta", study->spec.beta);
    add_stack(study->plain, study->n_plain, "plain", result);
    add_stack(study->nfnet, study->n_nfnet, "nfnet", result);
    sn_result_close(result);
}
