/* Designs: the inverse questions put to theory/design.h, and their answers as JSON and as formulas. */
#include "study/gain_design.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "activation/activation.h"
#include "report/number.h"

bool sn_gain_design_has_target(sn_family family)
{
    return family != SN_FAMILY_BIDIRECTIONAL && family != SN_FAMILY_KERNEL_SHAPING;
}

sn_status sn_gain_design_run(sn_gain_design *design, sn_error *err)
{
    design->design.phi = design->subject->activation;
    design->design.law = design->subject->is_normal ? NULL : &design->subject->law;
    if (!isnan(design->alpha_dropout) && design->design.family != SN_FAMILY_SELU)
        return sn_fail(err, SN_EINVAL,
                       "--alpha-dropout sets units to where SELU saturates, found --design %s, "
                       "allowed is --design selu",
                       sn_family_name(design->design.family));
    sn_status status = sn_design_solve(&design->design, &design->found, err);
    for (size_t i = 0; status == SN_OK && !isnan(design->alpha_dropout) && i < design->found.count;
         i++) {
        const double *values = design->found.solutions[i].values;
        status = sn_alpha_dropout_affine(sn_selu_saturation(values[0], values[1]),
                                         design->design.at.mu, design->design.at.nu,
                                         1 - design->alpha_dropout, &design->affine[i], err);
    }
    return status;
}

size_t sn_gain_design_best(const sn_gain_design *design)
{
    for (size_t i = 0; i < design->found.count; i++)
        if (design->found.solutions[i].attracting)
            return i;
    return 0;
}

static void add_solution(const sn_gain_design *design, size_t i, sn_result *result)
{
    const sn_design_solution *s = &design->found.solutions[i];
    const sn_family family = design->design.family;
    sn_result_open_object(result, NULL);
    for (size_t k = 0; sn_family_param(family, k) != NULL; k++)
        sn_result_add_number(result, sn_family_param(family, k), s->values[k]);
    sn_result_add_number(result, "residual", s->residual);
    sn_result_add_number(result, "mean", s->mean);
    sn_result_add_number(result, "second_moment", s->second_moment);
    sn_result_add_number(result, "variance", s->variance);
    sn_result_add_number(result, "chi1", s->chi1);
    sn_result_add_number(result, "spectral_radius", s->spectral_radius);
    sn_result_add_boolean(result, "attracting", s->attracting);
    if (!isnan(design->alpha_dropout)) {
        sn_result_add_number(result, "dropout_a", design->affine[i].a);
        sn_result_add_number(result, "dropout_b", design->affine[i].b);
    }
    sn_result_close(result);
}

void sn_gain_design_add_result(const sn_gain_design *design, sn_result *result)
{
    const sn_design *d = &design->design;
    char text[512];
    sn_result_add_text(result, "family", sn_family_name(d->family));
    if (sn_family_takes_phi(d->family)) {
        sn_subject_text(design->subject, text, sizeof text);
        sn_result_add_text(result, "phi", text);
    }
    sn_result_add_text(result, "formula", sn_family_formula(d->family));
    sn_result_add_text(result, "map", sn_map_name(d->map));
    sn_result_add_text(result, "law", sn_law_name(design->subject->law.kind));
    sn_result_add_number(result, "mu", d->at.mu);
    sn_result_add_number(result, "nu", d->at.nu);
    sn_result_add_number(result, "omega", d->at.omega);
    sn_result_add_number(result, "tau", d->at.tau);
    sn_result_add_number(result, "dropout", d->dropout);
    if (sn_family_takes_zeta(d->family))
        sn_result_add_number(result, "zeta", d->zeta);
    sn_result_add_text(result, "outcome", sn_outcome_text(design->found.outcome));
    sn_result_add_text(result, "reason", design->found.reason);
    sn_result_open_list(result, "solutions");
    for (size_t i = 0; i < design->found.count; i++)
        add_solution(design, i, result);
    sn_result_close(result);
}

/* --- the formula, with phi written out ---------------------------------------------------------- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The length of the word that begins at text, 0 if none does. */
static size_t word_length(const char *text)
{
    size_t n = 0;
    if (!isalpha((unsigned char)text[0]) && text[0] != '_')
        return 0;
    while (is_word(text[n]))
        n++;
    return n;
}

/* phi(argument) of a registered activation: its name with all its parameters. */
static void put_registered(const sn_activation *phi, const char *argument, size_t length, FILE *out)
{
    fprintf(out, "%s(%.*s", phi->type->name, (int)length, argument);
    for (size_t i = 0; i < phi->type->n_params; i++) {
        char number[SN_NUMBER_SIZE];
        sn_number_text(phi->params[i], number);
        fprintf(out, ", %s", number);
    }
    putc(')', out);
}

/* phi(argument) of an expression: its text with the argument for x and its parameters' values. */
static void put_expression(const sn_subject *subject, const char *argument, size_t length,
                           FILE *out)
{
    putc('(', out);
    for (const char *at = subject->expression; *at != '\0';) {
        const size_t word = word_length(at);
        const sn_named_value *param = NULL;
        for (size_t i = 0; word > 0 && i < subject->n_params; i++)
            if (strlen(subject->params[i].name) == word
                && strncmp(subject->params[i].name, at, word) == 0)
                param = &subject->params[i];
        char number[SN_NUMBER_SIZE];
        if (word == 1 && *at == 'x')
            fprintf(out, "(%.*s)", (int)length, argument);
        else if (param != NULL && sn_number_text(param->value, number) > 0)
            fprintf(out, "(%s)", number);
        else
            fprintf(out, "%.*s", word > 0 ? (int)word : 1, at);
        /* A number's letters (1e5) are no word. */
        at += word > 0 ? word : 1;
        if (word == 0 && isdigit((unsigned char)at[-1]))
            while (is_word(*at) || *at == '.')
                putc(*at++, out);
    }
    putc(')', out);
}

char *sn_gain_design_formula(const sn_gain_design *design)
{
    const sn_subject *subject = design->subject;
    char *text = NULL;
    size_t size;
    FILE *out =
        subject->expression == NULL && subject->table != NULL ? NULL : open_memstream(&text, &size);
    if (out == NULL)
        return NULL;
    for (const char *at = sn_family_formula(design->design.family); *at != '\0';) {
        const size_t word = word_length(at);
        if (word == 3 && strncmp(at, "phi(", 4) == 0) {
            const char *argument = at + 4;
            const size_t length = strcspn(argument, ")");
            if (subject->expression != NULL)
                put_expression(subject, argument, length, out);
            else
                put_registered(&subject->activation, argument, length, out);
            at = argument + length + 1;
        } else {
            const size_t n = word > 0 ? word : 1;
            fprintf(out, "%.*s", (int)n, at);
            at += n;
        }
    }
    const bool written = !ferror(out);
    if (fclose(out) == 0 && written)
        return text;
    free(text);
    return NULL;
}
