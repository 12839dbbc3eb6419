/* A gain and a design as text for a person. */
#include "cli/gain_text.h"

#include <math.h>
#include <stdio.h>

#include "cli/lines.h"
#include "report/number.h"

enum { WIDTH = 22 };

static const struct {
    const char *name, *remark;
} numbers[SN_GAIN_NUMBERS] = {
    {"mean", "E f(z)"},
    {"second moment", "E f(z)^2"},
    {"variance", "Var f(z)"},
    {"slope second moment", "E f'(z)^2"},
    {"gain by variance", "1/sqrt(Var f): centred weights (NFNet)"},
    {"gain by second moment", "1/sqrt(E f^2): weights of mean 0 (He, e3nn)"},
};

static void print_subject(const sn_gain_spec *spec)
{
    const sn_activation_type *type = spec->subject->activation.type;
    char text[512], law[128];
    sn_subject_text(spec->subject, text, sizeof text);
    sn_law_text(&spec->subject->law, spec->x, spec->y, 15, law, sizeof law);
    printf("%s%s%s\nz ~ %s\n\n", text, type->doc != NULL && type->doc[0] != '\0' ? ": " : "",
           type->doc != NULL ? type->doc : "", law);
}

static void print_affine(const sn_alpha_dropout *affine)
{
    print_number(WIDTH, "dropout a", affine->a, "alpha dropout: a v + b, where a unit that");
    print_number(WIDTH, "dropout b", affine->b, "is dropped is set to v = -lambda alpha");
}

static void print_numbers(const sn_gain_study *study)
{
    double worst = 0;
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++) {
        /* A mean below its error is worth no digits. */
        const bool nothing =
            i == 0 && fabs(study->number[0]) <= study->error[0] * sqrt(study->number[1]);
        if (!isfinite(study->number[i])) {
            print_line(WIDTH, numbers[i].name, "none", numbers[i].remark);
            continue;
        }
        print_number(WIDTH, numbers[i].name, nothing ? 0 : study->number[i], numbers[i].remark);
        worst = fmax(worst, study->error[i]);
    }
    print_bound(WIDTH, "error", worst,
                study->enclosed ? "relative, proved in ball arithmetic"
                                : "relative, estimated; no enclosure here");
}

static void print_at_correlation(const sn_gain_study *study)
{
    const sn_correlation *c = &study->at_correlation;
    if (isnan(study->spec.correlation))
        return;
    printf("\ncorrelation map at c = %.15g\n", study->spec.correlation);
    print_number(WIDTH, "C(c)", c->overlap, "E[f(a) f(b)], a and b like z, of correlation c");
    print_number(WIDTH, "covariance", c->covariance, "C(c) - (E f)^2");
    print_number(WIDTH, "slope", c->slope, "dC/dc");
    print_bound(WIDTH, "error", fmax(c->error, c->slope_error), sn_trust_text(c->trust));
}

/* --- the net ------------------------------------------------------------------------------------ */

static void print_weights(const sn_gain_study *study)
{
    const sn_gain_spec *spec = &study->spec;
    static const char *const by[] = {"gain by second moment", "gain by variance", "as given"};
    char tau[SN_NUMBER_SIZE], bias[SN_NUMBER_SIZE];
    sn_number_text(study->field.tau, tau);
    sn_number_text(spec->bias_variance, bias);
    printf("\nweights of variance tau / fan-in, tau = %s (%s), %s%s; %s map\n", tau, by[spec->by],
           spec->bias_variance > 0 ? "biases of variance " : "no biases",
           spec->bias_variance > 0 ? bias : "", sn_map_name(spec->map));
}

static void print_depth(const char *name, double layers)
{
    if (isnan(layers))
        return;
    if (isinf(layers))
        printf(", %s without end", name);
    else
        printf(", %s %.4g layer%s", name, layers, layers == 1 ? "" : "s");
}

/* As many digits as are known of it. */
static const char *known_digits(double value, double error, char text[SN_NUMBER_SIZE])
{
    if (error < 1e-15)
        snprintf(text, SN_NUMBER_SIZE, "%.15g", value);
    else
        snprintf(text, SN_NUMBER_SIZE, "%.*g", (int)fmax(2, fmin(15, -log10(error))), value);
    return text;
}

static const char *pull_text(bool attracting, bool isolated)
{
    return attracting ? "attracts" : isolated ? "repels" : "and all others around stay";
}

static void print_point(const sn_field_point *p)
{
    char text[SN_NUMBER_SIZE];
    printf("  fixed point q* = %s %s: V' = %.6g, chi1 = %.6g", known_digits(p->q, p->error, text),
           pull_text(p->attracting, p->isolated), p->slope, p->chi1);
    if (p->q > 0)
        printf(", %s", sn_phase_text(p->phase));
    print_depth("xi_q", p->depth_q);
    print_depth("xi_c", p->depth_c);
    printf("\n");
    for (size_t i = 0; i < p->n_correlations; i++) {
        const sn_correlation_point *c = &p->correlations[i];
        printf("    correlation c = %s %s: R' = %.6g\n", known_digits(c->c, c->error, text),
               pull_text(c->attracting, true), c->slope);
    }
}

static void print_line_point(const sn_critical_point *p)
{
    printf("  %-16.10g %-16.10g %-16.6g %s\n", p->tau, p->bias_variance, p->q,
           p->attracting ? "attracts" : "repels");
}

static void print_critical(const sn_gain_study *study)
{
    const sn_gain_line *line = &study->line;
    if (line->kind == SN_CRITICAL_POINT) {
        printf("\ncritical, chi1 = 1, is tau = %.15g without biases, and nothing else\n",
               line->points[0].tau);
        return;
    }
    if (line->kind == SN_CRITICAL_NONE) {
        printf("\ncritical is nothing: chi1 = 1 would need biases of negative variance\n");
        return;
    }
    printf("\ncritical, chi1 = 1\n  %-16s %-16s %-16s\n", "tau", "bias variance", "q*");
    for (size_t i = 0; i < SN_GAIN_LINE; i++)
        if (line->points[i].bias_variance >= 0)
            print_line_point(&line->points[i]);
    if (study->spec.bias_variance > 0)
        printf("  with these biases%s\n", line->n_meetings == 0 ? " nowhere" : "");
    for (size_t i = 0; i < line->n_meetings; i++)
        print_line_point(&line->meetings[i]);
}

static void print_stack(const char *name, const sn_residual_block *blocks, size_t n)
{
    if (n == 0)
        printf("  %-8s left the numbers in the first block\n", name);
    else
        printf("  %-8s variance %.6g after %zu blocks, squared gradient times 10^%.3f\n", name,
               blocks[n - 1].variance, n, blocks[n - 1].gradient_log10);
}

static void print_net(const sn_gain_study *study)
{
    const sn_field_points *points = &study->points;
    print_weights(study);
    for (size_t i = 0; i < points->count; i++)
        print_point(&points->points[i]);
    if (points->count == 0)
        printf("  no fixed point: V(q)/q is %.6g for small and %.6g for large variances q\n",
               points->growth_small, points->growth_large);
    if (study->spec.critical)
        print_critical(study);
    if (!isnan(study->spec.beta)) {
        printf("\nresidual blocks, beta = %.15g\n", study->spec.beta);
        print_stack("plain", study->plain, study->n_plain);
        print_stack("NFNet", study->nfnet, study->n_nfnet);
    }
    printf("\nforwards, %s.\nbackwards, %s.\n", study->forwards, study->backwards);
}

void print_gain_text(const sn_gain_study *study)
{
    print_subject(&study->spec);
    print_numbers(study);
    if (!isnan(study->spec.alpha_dropout))
        print_affine(&study->affine);
    print_at_correlation(study);
    if (!study->spec.moments_only)
        print_net(study);
}

void print_exact_gain_text(const sn_gain_spec *spec, const sn_exact_gain *exact)
{
    const sn_exact_number *values[SN_GAIN_NUMBERS] = {
        &exact->mean,         &exact->second_moment, &exact->variance,
        &exact->slope_second, &exact->gain_variance, &exact->gain_second_moment};
    print_subject(spec);
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++)
        printf("  %-22s %s\n", numbers[i].name, values[i]->text);
    printf("\nproved: every digit is right, the last is rounded\n");
}

/* --- designs ------------------------------------------------------------------------------------ */

static void print_design(const sn_gain_design *design, size_t i)
{
    const sn_design_solution *s = &design->found.solutions[i];
    const sn_family family = design->design.family;
    printf("\nsolution %zu of %zu\n", i + 1, design->found.count);
    for (size_t k = 0; sn_family_param(family, k) != NULL; k++)
        print_number(WIDTH, sn_family_param(family, k), s->values[k], "");
    char text[SN_NUMBER_SIZE];
    print_magnitude(WIDTH, "residual", s->residual, "of the conditions, measured anew");
    snprintf(text, sizeof text, s->spectral_radius < 1e6 ? "%.6f" : "%.6g", s->spectral_radius);
    print_line(WIDTH, "spectral radius", text,
               s->attracting                         ? "below 1: the fixed point attracts"
               : fabs(s->spectral_radius - 1) < 1e-6 ? "1: disturbances neither fade nor grow"
                                                     : "the fixed point does not attract");
    snprintf(text, sizeof text, s->chi1 < 1e6 ? "%.6f" : "%.6g", s->chi1);
    print_line(WIDTH, "chi1", text, "growth of the squared gradient per layer");
    if (isnan(design->alpha_dropout))
        return;
    print_affine(&design->affine[i]);
}

void print_design_text(const sn_gain_design *design)
{
    const sn_design *d = &design->design;
    char text[512], law[128] = "";
    double x = 0, y = 0;
    const sn_layer_map map = {.kind = d->map, .activation = d->phi, .dropout = d->dropout};
    sn_layer_preactivation(&map, &d->at, &x, &y);
    const bool at_one = !sn_gain_design_has_target(d->family);
    sn_law_text(&design->subject->law, at_one ? 0 : x, at_one ? 1 : y, 15, law, sizeof law);
    printf("%s: f(x) = %s", sn_family_name(d->family), sn_family_formula(d->family));
    if (sn_family_takes_phi(d->family)) {
        sn_subject_text(design->subject, text, sizeof text);
        printf(", phi = %s", text);
    }
    printf("\n%s\n", sn_family_doc(d->family));
    if (!at_one)
        printf("target: mean %.15g, variance %.15g; %s map, omega %.15g, tau %.15g%s", d->at.mu,
               d->at.nu, sn_map_name(d->map), d->at.omega, d->at.tau, d->dropout > 0 ? "" : "\n");
    if (!at_one && d->dropout > 0)
        printf(", inputs dropped at rate %.15g\n", d->dropout);
    if (sn_family_takes_zeta(d->family))
        printf("zeta = %.15g; ", d->zeta);
    printf("z ~ %s\n", law);
    for (size_t i = 0; i < design->found.count; i++)
        print_design(design, i);
    printf("%s%s\n", design->found.count > 0 ? "\n" : "", design->found.reason);
}
