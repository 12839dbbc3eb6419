/* The constants of a target as JSON: "solutions" is a list, one object a solution, with the code
 * names of the quantities. With --digits there is "exact" beside it, an object of its own with
 * "solutions" whose numbers are texts: the two lists may differ where doubles cannot tell. */
#include "cli/constants_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/result.h"

#define SOLUTION_COLUMNS(X)                                                                        \
    X(alpha, SN_REAL, s->alpha)                                                                    \
    X(lambda, SN_REAL, s->lambda)                                                                  \
    X(saturation, SN_REAL, sn_selu_saturation(s->alpha, s->lambda))                                \
    X(mu_next, SN_REAL, s->step.mu_next)                                                           \
    X(xi_next, SN_REAL, s->step.xi_next)                                                           \
    X(nu_next, SN_REAL, s->step.nu_next)                                                           \
    X(residual_mean, SN_REAL, s->residual_mean)                                                    \
    X(residual_variance, SN_REAL, s->residual_variance)                                            \
    X(dmu_dmu, SN_REAL, s->step.dmu_dmu)                                                           \
    X(dmu_dnu, SN_REAL, s->step.dmu_dnu)                                                           \
    X(dnu_dmu, SN_REAL, s->step.dnu_dmu)                                                           \
    X(dnu_dnu, SN_REAL, s->step.dnu_dnu)                                                           \
    X(spectral_norm, SN_REAL, s->step.spectral_norm)                                               \
    X(spectral_radius, SN_REAL, s->step.spectral_radius)                                           \
    X(chi1, SN_REAL, s->step.chi1)                                                                 \
    X(attracting, SN_BOOLEAN, s->attracting)                                                       \
    X(search_alpha, SN_REAL, searched != NULL ? searched->alpha : NAN)                             \
    X(search_lambda, SN_REAL, searched != NULL ? searched->lambda : NAN)                           \
    X(dropout_a, SN_REAL, study->has_dropout ? study->dropout[i].a : NAN)                          \
    X(dropout_b, SN_REAL, study->has_dropout ? study->dropout[i].b : NAN)

static sn_table *solutions_table(const sn_constants_study *study)
{
#define COLUMN(name, kind, value) {#name, kind, ""},
    static const sn_column columns[] = {SOLUTION_COLUMNS(COLUMN)};
#undef COLUMN
    enum { N = sizeof columns / sizeof columns[0], N_DROPOUT = 2 };
    sn_table *table = sn_table_new("solutions", study->has_dropout ? N : N - N_DROPOUT, columns);
    for (size_t i = 0; table != NULL && i < study->exact.count; i++) {
        const sn_selu_constants *s = &study->exact.solutions[i];
        const sn_selu_constants *searched = study->nearest[i] < study->search.count
                                                ? &study->search.solutions[study->nearest[i]]
                                                : NULL;
#define CELL(name, kind, value) {.real = value},
        const sn_cell row[] = {SOLUTION_COLUMNS(CELL)};
#undef CELL
        if (sn_table_add_row(table, row, NULL) != SN_OK) {
            sn_table_free(table);
            table = NULL;
        }
    }
    return table;
}

#define EXACT_COLUMNS(X)                                                                           \
    X(alpha, s->alpha.text)                                                                        \
    X(alpha_radius, s->alpha.radius)                                                               \
    X(lambda, s->lambda.text)                                                                      \
    X(lambda_radius, s->lambda.radius)                                                             \
    X(saturation, s->saturation.text)                                                              \
    X(saturation_radius, s->saturation.radius)

static sn_table *exact_table(const sn_exact_constants *found)
{
#define COLUMN(name, value) {#name, SN_TEXT, ""},
    static const sn_column columns[] = {EXACT_COLUMNS(COLUMN)};
#undef COLUMN
    sn_table *table = sn_table_new("solutions", sizeof columns / sizeof columns[0], columns);
    for (size_t i = 0; table != NULL && i < found->count; i++) {
        const sn_exact_solution *s = &found->solutions[i];
#define CELL(name, value) {.text = value},
        const sn_cell row[] = {EXACT_COLUMNS(CELL)};
#undef CELL
        if (sn_table_add_row(table, row, NULL) != SN_OK) {
            sn_table_free(table);
            table = NULL;
        }
    }
    return table;
}

/* Adds the rows as "solutions" and frees the table; false where it is NULL, memory being out. */
static bool add_solutions(sn_result *result, sn_table *table)
{
    if (table == NULL)
        return false;
    sn_result_add_list(result, "solutions", table);
    sn_table_free(table);
    return true;
}

static void add_target(sn_result *result, const sn_target *target)
{
    sn_result_add_text(result, "map", sn_map_name(target->map));
    sn_result_add_number(result, "mu", target->at.mu);
    sn_result_add_number(result, "nu", target->at.nu);
    sn_result_add_number(result, "omega", target->at.omega);
    sn_result_add_number(result, "tau", target->at.tau);
}

static bool add_study(sn_result *result, const sn_constants_study *study)
{
    if (study->has_dropout)
        sn_result_add_number(result, "keep", study->keep);
    const bool added = add_solutions(result, solutions_table(study));
    sn_result_add_boolean(result, "search_agrees", study->agree);
    if (study->exact.count == 0)
        sn_result_add_text(result, "reason", study->exact.reason);
    return added;
}

/* The member "exact", an object of its own. */
static bool add_exact(sn_result *result, const exact_constants *exact)
{
    sn_result *own = sn_result_new();
    sn_result_add_number(own, "digits", exact->digits);
    sn_result_add_text(own, "mu", exact->decimals->mu);
    sn_result_add_text(own, "nu", exact->decimals->nu);
    sn_result_add_text(own, "omega", exact->decimals->omega);
    sn_result_add_text(own, "tau", exact->decimals->tau);
    sn_result_add_boolean(own, "decided", exact->found->decided);
    sn_result_add_text(own, "reason", exact->found->reason);
    char *text = add_solutions(own, exact_table(exact->found)) ? sn_result_text(own) : NULL;
    if (text != NULL)
        sn_result_add_json(result, "exact", text);
    sn_result_free(own);
    const bool added = text != NULL;
    free(text);
    return added;
}

/* Prints the object and frees it, unless not all of it is there. */
static sn_status print_result(sn_result *result, bool complete, sn_error *err)
{
    char *text = complete ? sn_result_text(result) : NULL;
    if (text != NULL)
        fputs(text, stdout);
    const sn_status status =
        text != NULL ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory while writing JSON");
    free(text);
    sn_result_free(result);
    return status;
}

sn_status print_constants_json(const sn_constants_study *study, sn_error *err)
{
    sn_result *result = sn_result_new();
    add_target(result, &study->target);
    const bool complete = add_study(result, study);
    return print_result(result, complete, err);
}

sn_status print_exact_constants_json(const sn_constants_study *study, const exact_constants *exact,
                                     sn_error *err)
{
    sn_result *result = sn_result_new();
    add_target(result, exact->doubles);
    const bool studied = study == NULL || add_study(result, study);
    const bool complete = add_exact(result, exact) && studied;
    return print_result(result, complete, err);
}
