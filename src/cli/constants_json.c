/* The constants of a target as JSON: "solutions" is a list, one object a solution, with the code
 * names of the quantities. */
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

sn_status print_constants_json(const sn_constants_study *study, sn_error *err)
{
    const sn_layer_point *at = &study->target.at;
    sn_table *solutions = solutions_table(study);
    sn_result *result = solutions != NULL ? sn_result_new() : NULL;
    sn_result_add_text(result, "map", sn_map_name(study->target.map));
    sn_result_add_number(result, "mu", at->mu);
    sn_result_add_number(result, "nu", at->nu);
    sn_result_add_number(result, "omega", at->omega);
    sn_result_add_number(result, "tau", at->tau);
    if (study->has_dropout)
        sn_result_add_number(result, "keep", study->keep);
    if (solutions != NULL)
        sn_result_add_list(result, "solutions", solutions);
    sn_result_add_boolean(result, "search_agrees", study->agree);
    if (study->exact.count == 0)
        sn_result_add_text(result, "reason", study->exact.reason);
    char *text = sn_result_text(result);
    if (text != NULL)
        fputs(text, stdout);
    const sn_status status =
        text != NULL ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory while writing JSON");
    free(text);
    sn_result_free(result);
    sn_table_free(solutions);
    return status;
}
