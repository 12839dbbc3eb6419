/* What goes into a snippet: the formula in the language's dialect, its constants, and what to expect
 * of it. The languages themselves are report/snippet.h's. */
#include "study/gain_snippet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"

enum { MAX_ROWS = 24, TEXT = 512 };

/* A snippet as it is put together, with what it owns. */
typedef struct draft {
    sn_snippet snippet;
    sn_snippet_row rows[MAX_ROWS];
    sn_snippet_constant *constants;
    char *formula, *numpy_formula;
    char title[TEXT], map[TEXT];
} draft;

static void free_draft(draft *d)
{
    free(d->constants);
    free(d->formula);
    free(d->numpy_formula);
}

static void add_row(draft *d, const char *name, const char *symbol, const char *doc, double value,
                    double error)
{
    if (d->snippet.n_rows < MAX_ROWS)
        d->rows[d->snippet.n_rows++] = (sn_snippet_row){name, symbol, doc, value, error};
}

static sn_dialect dialect_of(const char *name)
{
#define NAME(id, word) word,
    static const char *const names[] = {SN_DIALECT_LIST(NAME)};
#undef NAME
    int i = 0;
    while (i < SN_DIALECT_COUNT && strcmp(names[i], name) != 0)
        i++;
    return (sn_dialect)i;
}

/* The formula of either kind, in the dialect of the format and in numpy's for what needs it. */
static sn_status put_formula(draft *d, const sn_expression *expression,
                             const sn_activation_type *type, sn_snippet_format format,
                             sn_error *err)
{
    const sn_dialect dialects[] = {dialect_of(sn_snippet_dialect(format)), SN_DIALECT_NUMPY};
    char **const texts[] = {&d->formula, &d->numpy_formula};
    for (int i = 0; i < (format == SN_SNIPPET_ONNX ? 2 : 1); i++) {
        const sn_status status = expression != NULL
                                     ? sn_expression_print(expression, dialects[i], texts[i], err)
                                     : sn_activation_print(type, dialects[i], texts[i], err);
        if (status != SN_OK)
            return status;
    }
    d->snippet.formula = d->formula;
    d->snippet.numpy_formula = d->numpy_formula;
    return SN_OK;
}

static sn_status add_constant(draft *d, const char *name, double value, sn_error *err)
{
    sn_snippet_constant *grown =
        realloc(d->constants, (d->snippet.n_constants + 1) * sizeof *grown);
    if (grown == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    grown[d->snippet.n_constants++] = (sn_snippet_constant){name, value};
    d->snippet.constants = d->constants = grown;
    return SN_OK;
}

static sn_status finish(draft *d, sn_snippet_format format, sn_status status, char **out,
                        sn_error *err)
{
    d->snippet.title = d->title;
    d->snippet.map = d->map;
    d->snippet.rows = d->rows;
    if (status == SN_OK)
        status = sn_snippet_text(format, &d->snippet, out, err);
    free_draft(d);
    return status;
}

/* --- of a gain ---------------------------------------------------------------------------------- */

static const struct {
    const char *symbol, *doc;
} numbers[SN_GAIN_NUMBERS] = {
    {"\\mathrm{E} f(z)", "mean"},
    {"\\mathrm{E} f(z)^2", "second moment"},
    {"\\mathrm{Var} f(z)", "variance"},
    {"\\mathrm{E} f'(z)^2", "second moment of the slope"},
    {"1/\\sqrt{\\mathrm{Var} f(z)}", "gain by variance"},
    {"1/\\sqrt{\\mathrm{E} f(z)^2}", "gain by second moment"},
};

static void add_gain_rows(const sn_gain_study *study, draft *d)
{
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++)
        add_row(d, sn_gain_number_names[i], numbers[i].symbol, numbers[i].doc, study->number[i],
                study->error[i]);
    if (study->spec.moments_only)
        return;
    const double error = study->error[3];
    add_row(d, "tau", "\\tau", "variance of the weights times fan-in", study->field.tau, NAN);
    add_row(d, "bias_variance", "\\sigma_b^2", "variance of the biases", study->spec.bias_variance,
            NAN);
    add_row(d, "chi1", "\\chi_1", "growth of the squared gradient a layer", study->chi1, error);
    for (size_t i = 0; i < study->points.count; i++) {
        const sn_field_point *p = &study->points.points[i];
        add_row(d, "q_star", "q^*",
                p->attracting ? "fixed point of the variance, attracting"
                : p->isolated ? "fixed point of the variance, repelling"
                              : "fixed point of the variance, one of a range",
                p->q, p->error);
    }
}

static void put_gain_dropout(const sn_gain_study *study, draft *d)
{
    const sn_activation *f = &study->spec.subject->activation;
    if (isnan(study->spec.alpha_dropout))
        return;
    d->snippet.saturation = sn_selu_saturation(f->params[0], f->params[1]);
    d->snippet.has_dropout = true;
    d->snippet.dropout_rate = study->spec.alpha_dropout;
    d->snippet.dropout_a = study->affine.a;
    d->snippet.dropout_b = study->affine.b;
}

static void describe_gain(const sn_gain_study *study, draft *d)
{
    static const char *const by[] = {"gain by second moment, 1/sqrt(E f(z)^2)",
                                     "gain by variance, 1/sqrt(Var f(z))", "weights as given"};
    const sn_gain_spec *spec = &study->spec;
    char subject[TEXT / 2], law[128];
    sn_subject_text(spec->subject, subject, sizeof subject);
    sn_law_text(&spec->subject->law, spec->x, spec->y, 15, law, sizeof law);
    snprintf(d->title, sizeof d->title, "%s for z ~ %s", subject, law);
    snprintf(d->map, sizeof d->map, "%s map", sn_map_name(spec->map));
    d->snippet.command = spec->command;
    d->snippet.convention = by[spec->by];
    d->snippet.is_normal = spec->subject->is_normal;
    d->snippet.x = spec->x;
    d->snippet.y = spec->y;
    d->snippet.mean = study->number[0];
    d->snippet.second_moment = study->number[1];
    d->snippet.variance = study->number[2];
    d->snippet.chi1 = study->chi1;
    d->snippet.weight_variance = study->field.tau;
    d->snippet.bias_variance = spec->bias_variance;
}

static sn_status put_gain_constants(const sn_subject *subject, draft *d, sn_error *err)
{
    const sn_activation *f = &subject->activation;
    sn_status status = SN_OK;
    for (size_t i = 0; i < f->type->n_params && status == SN_OK; i++)
        status = add_constant(d, f->type->params[i].name, f->params[i], err);
    for (size_t i = 0; i < subject->n_params && status == SN_OK; i++)
        status = add_constant(d, subject->params[i].name, subject->params[i].value, err);
    return status;
}

sn_status sn_gain_snippet(const sn_gain_study *study, sn_snippet_format format, char **out,
                          sn_error *err)
{
    const sn_subject *subject = study->spec.subject;
    draft d = {.snippet.name =
                   subject->formula == NULL ? subject->activation.type->name : "activation"};
    if (subject->formula == NULL && subject->table != NULL)
        return sn_fail(err, SN_EINVAL,
                       "--format %s is a formula, which a table of points has not; allowed are "
                       "text, json, csv",
                       sn_snippet_name(format));
    describe_gain(study, &d);
    add_gain_rows(study, &d);
    sn_status status = put_formula(&d, subject->formula, subject->activation.type, format, err);
    if (status == SN_OK)
        status = put_gain_constants(subject, &d, err);
    put_gain_dropout(study, &d);
    return finish(&d, format, status, out, err);
}

/* --- of a design -------------------------------------------------------------------------------- */

static void describe_design(const sn_gain_design *design, const sn_design_solution *s, draft *d)
{
    const sn_design *question = &design->design;
    const sn_layer_map map = {.kind = question->map, .dropout = question->dropout};
    sn_layer_preactivation(&map, &question->at, &d->snippet.x, &d->snippet.y);
    if (!sn_gain_design_has_target(question->family)) {
        d->snippet.x = 0;
        d->snippet.y = 1;
        snprintf(d->title, sizeof d->title, "%s", sn_family_doc(question->family));
    } else {
        snprintf(d->title, sizeof d->title, "%s: mean %.15g, variance %.15g",
                 sn_family_doc(question->family), question->at.mu, question->at.nu);
    }
    snprintf(d->map, sizeof d->map, "%s map, omega %.15g", sn_map_name(question->map),
             question->at.omega);
    d->snippet.convention = "constants that keep the target; weights of variance tau / fan-in";
    d->snippet.is_normal = design->subject->is_normal;
    d->snippet.mean = s->mean;
    d->snippet.second_moment = s->second_moment;
    d->snippet.variance = s->variance;
    d->snippet.chi1 = s->chi1;
    d->snippet.weight_variance = question->at.tau;
}

static void add_design_rows(const sn_gain_design *design, const sn_design_solution *s, draft *d)
{
    const sn_family family = design->design.family;
    for (size_t k = 0; sn_family_param(family, k) != NULL; k++) {
        static const char *const greek[][2] = {{"alpha", "\\alpha"}, {"lambda", "\\lambda"}};
        const char *name = sn_family_param(family, k), *symbol = name;
        for (size_t g = 0; g < sizeof greek / sizeof greek[0]; g++)
            if (strcmp(greek[g][0], name) == 0)
                symbol = greek[g][1];
        add_row(d, name, symbol, "constant", s->values[k], NAN);
    }
    add_row(d, "mean", numbers[0].symbol, numbers[0].doc, s->mean, NAN);
    add_row(d, "second_moment", numbers[1].symbol, numbers[1].doc, s->second_moment, NAN);
    add_row(d, "variance", numbers[2].symbol, numbers[2].doc, s->variance, NAN);
    add_row(d, "chi1", "\\chi_1", "growth of the squared gradient a layer", s->chi1, NAN);
    add_row(d, "spectral_radius", "\\rho",
            s->attracting ? "spectral radius: the fixed point attracts"
                          : "spectral radius: the fixed point does not attract",
            s->spectral_radius, NAN);
}

static sn_status put_design_formula(const sn_gain_design *design, const sn_design_solution *s,
                                    sn_snippet_format format, draft *d, sn_error *err)
{
    sn_named_value params[SN_MAX_FAMILY_PARAMS];
    sn_expression_spec spec = {.params = params};
    sn_status status = SN_OK;
    for (; sn_family_param(design->design.family, spec.n_params) != NULL; spec.n_params++) {
        const char *name = sn_family_param(design->design.family, spec.n_params);
        params[spec.n_params] = (sn_named_value){name, s->values[spec.n_params]};
        status = status == SN_OK ? add_constant(d, name, s->values[spec.n_params], err) : status;
    }
    char *text = sn_gain_design_formula(design);
    spec.text = text;
    sn_expression *expression = NULL;
    if (text == NULL && status == SN_OK)
        status = sn_fail(err, SN_EINVAL,
                         "--format %s is a formula, which a table of points has not; allowed are "
                         "text, json, csv",
                         sn_snippet_name(format));
    if (status == SN_OK)
        status = sn_expression_new(&spec, &expression, err);
    if (status == SN_OK)
        status = put_formula(d, expression, NULL, format, err);
    sn_expression_free(expression);
    free(text);
    return status;
}

sn_status sn_gain_design_snippet(const sn_gain_design *design, const char *command,
                                 sn_snippet_format format, char **out, sn_error *err)
{
    const size_t best = sn_gain_design_best(design);
    const sn_design_solution *s = &design->found.solutions[best];
    draft d = {.snippet = {.name = sn_family_name(design->design.family), .command = command}};
    describe_design(design, s, &d);
    add_design_rows(design, s, &d);
    if (!isnan(design->alpha_dropout)) {
        d.snippet.has_dropout = true;
        d.snippet.dropout_rate = design->alpha_dropout;
        d.snippet.dropout_a = design->affine[best].a;
        d.snippet.dropout_b = design->affine[best].b;
        d.snippet.saturation = sn_selu_saturation(s->values[0], s->values[1]);
    }
    return finish(&d, format, put_design_formula(design, s, format, &d, err), out, err);
}

/* --- comma-separated values --------------------------------------------------------------------- */

/* Nothing where there is no number. */
static void put_number(FILE *out, double value, char end)
{
    char text[SN_NUMBER_SIZE] = "";
    if (!isnan(value))
        sn_number_text(value, text);
    fprintf(out, "%s%c", text, end);
}

static sn_status close_text(FILE *out, char **text, sn_error *err)
{
    const bool written = out != NULL && !ferror(out);
    if (out != NULL && fclose(out) == 0 && written)
        return SN_OK;
    if (out != NULL)
        free(*text);
    *text = NULL;
    return sn_fail(err, SN_ENOMEM, "out of memory");
}

sn_status sn_gain_csv(const sn_gain_study *study, char **text, sn_error *err)
{
    size_t size;
    draft d = {.snippet = {.n_rows = 0}};
    add_gain_rows(study, &d);
    if (!isnan(study->spec.alpha_dropout)) {
        add_row(&d, "dropout_a", "a", "alpha dropout", study->affine.a, NAN);
        add_row(&d, "dropout_b", "b", "alpha dropout", study->affine.b, NAN);
    }
    FILE *out = open_memstream(text, &size);
    if (out != NULL)
        fputs("name,value,error\n", out);
    for (size_t i = 0; out != NULL && i < d.snippet.n_rows; i++) {
        fprintf(out, "%s,", d.rows[i].name);
        put_number(out, d.rows[i].value, ',');
        put_number(out, d.rows[i].error, '\n');
    }
    return close_text(out, text, err);
}

sn_status sn_gain_design_csv(const sn_gain_design *design, char **text, sn_error *err)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    const sn_family family = design->design.family;
    for (size_t k = 0; out != NULL && sn_family_param(family, k) != NULL; k++)
        fprintf(out, "%s,", sn_family_param(family, k));
    if (out != NULL)
        fputs("mean,second_moment,variance,chi1,spectral_radius,attracting\n", out);
    for (size_t i = 0; out != NULL && i < design->found.count; i++) {
        const sn_design_solution *s = &design->found.solutions[i];
        for (size_t k = 0; sn_family_param(family, k) != NULL; k++)
            put_number(out, s->values[k], ',');
        put_number(out, s->mean, ',');
        put_number(out, s->second_moment, ',');
        put_number(out, s->variance, ',');
        put_number(out, s->chi1, ',');
        put_number(out, s->spectral_radius, ',');
        fprintf(out, "%d\n", s->attracting);
    }
    return close_text(out, text, err);
}
