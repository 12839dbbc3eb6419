/* A simulation as tables: what was measured, its standard error, and beside it the theory. The list
 * of moments below is both the columns and what goes into them. */
#include "study/simulate_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MEASURED_COLUMNS(X)                                                                        \
    X(mean, mu[l], "mean of the activations")                                                      \
    X(variance, nu[l], "variance of the activations")                                              \
    X(second_moment, nu[l] + mu[l] * mu[l], "second moment of the activations")                    \
    X(pre_mean, sn_prediction_pre_mean(t, l), "mean of the pre-activations")                       \
    X(pre_variance, sn_prediction_pre_variance(t, l), "variance of the pre-activations")

enum {
#define COUNT(name, theory, doc) COLUMN_##name,
    MEASURED_COLUMNS(COUNT) N_MEASURED,
#undef COUNT
    N_FIXED = 1 + 3 * N_MEASURED + 2 /* layer, value with se and theory, spread, replicas */
};

/* The swept columns, then those. */
static sn_table *new_table(const sn_config *config, const char *name, size_t n,
                           const sn_column *fixed)
{
    sn_column *columns = malloc((config->n_sweeps + n) * sizeof *columns);
    if (columns == NULL)
        return NULL;
    for (size_t i = 0; i < config->n_sweeps; i++)
        columns[i] = config->sweeps[i].column;
    memcpy(columns + config->n_sweeps, fixed, n * sizeof *fixed);
    sn_table *table = sn_table_new(name, config->n_sweeps + n, columns);
    free(columns);
    return table;
}

sn_table *sn_layers_new(const sn_config *config)
{
    static const sn_column fixed[] = {
        {"layer", SN_INTEGER, "0 is the input"},
#define COLUMN(name, theory, doc)                                                                  \
    {#name, SN_REAL, doc ", mean over replicas"},                                                  \
        {#name "_se", SN_REAL, "standard error of " #name " across replicas"},                     \
        {#name "_theory", SN_REAL, #name " as the map predicts it"},
        MEASURED_COLUMNS(COLUMN)
#undef COLUMN
            {"variance_sd", SN_REAL, "standard deviation of the replicas' variances"},
        {"replicas", SN_INTEGER, "replicas still finite at this layer"}};
    _Static_assert(sizeof fixed / sizeof fixed[0] == N_FIXED, "one column each");
    return new_table(config, "layers", N_FIXED, fixed);
}

sn_table *sn_networks_new(const sn_config *config)
{
    static const sn_column fixed[] = {
        {"map", SN_TEXT, "the map its weights follow"},
        {"mean_last", SN_REAL, "mean after the last layer"},
        {"mean_last_theory", SN_REAL, "the same as the map predicts it"},
        {"variance_last", SN_REAL, "variance after the last layer"},
        {"variance_last_se", SN_REAL, "its standard error across replicas"},
        {"variance_last_theory", SN_REAL, "the same as the map predicts it"},
        {"exploded", SN_INTEGER, "replicas with a value that is not finite"},
        {"first_exploded_layer", SN_INTEGER, "the earliest such layer"},
        {"died", SN_INTEGER, "replicas whose activations became all equal"},
        {"first_died_layer", SN_INTEGER, "the earliest such layer"},
        {"theory_fate", SN_TEXT, "how the iteration of the map ends"}};
    return new_table(config, "networks", sizeof fixed / sizeof fixed[0], fixed);
}

size_t sn_layers_row_bytes(const sn_config *config)
{
    return (config->n_sweeps + N_FIXED) * sizeof(sn_cell);
}

static void put_swept(const sn_config *config, size_t point, sn_cell *row)
{
    for (size_t i = 0; i < config->n_sweeps; i++) {
        const sn_sweep_value *value = sn_config_swept(config, point, i);
        if (config->sweeps[i].column.kind == SN_TEXT)
            row[i].text = value->label;
        else
            row[i].real = value->number;
    }
}

sn_status sn_layers_add(const sn_config *config, size_t point, const sn_simulation_result *run,
                        const sn_prediction *t, sn_table *table, sn_error *err)
{
    sn_cell *row = malloc(sn_table_columns(table) * sizeof *row);
    if (row == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    put_swept(config, point, row);
    sn_status status = SN_OK;
    const double *mu = t->mu, *nu = t->nu;
    for (size_t l = 0; status == SN_OK && l < run->layers; l++) {
        const sn_layer_statistics *s = &run->layer[l];
        sn_cell *cell = row + config->n_sweeps;
        (cell++)->real = (double)l;
#define PUT(name, theory, doc)                                                                     \
    (cell++)->real = s->name.value;                                                                \
    (cell++)->real = s->name.se;                                                                   \
    (cell++)->real = l <= t->layers ? theory : NAN;
        MEASURED_COLUMNS(PUT)
#undef PUT
        (cell++)->real = s->variance_sd;
        (cell++)->real = (double)s->replicas;
        status = sn_table_add_row(table, row, err);
    }
    free(row);
    return status;
}

sn_status sn_networks_add(const sn_config *config, size_t point, const sn_simulation_result *run,
                          const sn_prediction *t, sn_table *table, sn_error *err)
{
    sn_cell *row = malloc(sn_table_columns(table) * sizeof *row);
    if (row == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    put_swept(config, point, row);
    const size_t l = run->layers - 1;
    const sn_layer_statistics *last = &run->layer[l];
    const bool predicted = l <= t->layers;
    const sn_cell fixed[] = {{.text = sn_map_name(t->map.kind)},
                             {.real = last->mean.value},
                             {.real = predicted ? t->mu[l] : NAN},
                             {.real = last->variance.value},
                             {.real = last->variance.se},
                             {.real = predicted ? t->nu[l] : NAN},
                             {.real = (double)run->exploded},
                             {.real = run->exploded > 0 ? (double)run->first_exploded_layer : NAN},
                             {.real = (double)run->died},
                             {.real = run->died > 0 ? (double)run->first_died_layer : NAN},
                             {.text = sn_fate_text(t->fate)}};
    memcpy(row + config->n_sweeps, fixed, sizeof fixed);
    const sn_status status = sn_table_add_row(table, row, err);
    free(row);
    return status;
}
