/* A simulation as tables: what was measured, its standard error, and beside it the theory.
 *
 * The columns of layers.tsv follow the table of quantities: of each one asked for its value, its
 * standard error and, where there is a theory, what that says in the limit of infinite width, the
 * drift by the finite width where it is known, and by how many standard errors the measured value
 * is off the two together.
 */
#include "study/simulate_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- columns ---------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 5 * SN_OBSERVABLE_COUNT + 8, DOC = 160, NAME = 64 };

/* Columns being put together; names and docs live here until the table has copied them. */
typedef struct columns {
    size_t n;
    sn_column of[MOST_COLUMNS];
    char names[MOST_COLUMNS][NAME], docs[MOST_COLUMNS][DOC];
} columns;

static void add_column(columns *all, sn_column_kind kind, const char *name, const char *suffix,
                       const char *doc, const char *before)
{
    const size_t i = all->n++;
    snprintf(all->names[i], NAME, "%s%s", name, suffix);
    snprintf(all->docs[i], DOC, "%s%s", before, doc);
    all->of[i] = (sn_column){all->names[i], kind, all->docs[i]};
}

/* The swept columns, then those. */
static sn_table *new_table(const sn_config *config, const char *name, size_t n,
                           const sn_column *fixed)
{
    sn_column *of = malloc((config->n_sweeps + n) * sizeof *of);
    if (of == NULL)
        return NULL;
    for (size_t i = 0; i < config->n_sweeps; i++)
        of[i] = config->sweeps[i].column;
    memcpy(of + config->n_sweeps, fixed, n * sizeof *fixed);
    sn_table *table = sn_table_new(name, config->n_sweeps + n, of);
    free(of);
    return table;
}

static unsigned observed(const sn_config *config)
{
    unsigned all = SN_OBSERVE_MOMENTS;
    for (size_t i = 0; i < config->n_points; i++)
        all |= config->points[i].simulate.run.observe;
    return all;
}

static bool clips(const sn_config *config)
{
    for (size_t i = 0; i < config->n_points; i++)
        if (config->points[i].simulate.run.clip.kind != SN_CLIP_NONE)
            return true;
    return false;
}

static bool has_columns(const sn_config *config, sn_observable quantity)
{
    if (quantity == SN_OBSERVABLE_GRADIENT_CLIPPED && !clips(config))
        return false;
    return (sn_observable_group(quantity) & observed(config)) != 0;
}

static void add_quantity(columns *all, sn_observable quantity)
{
    const char *name = sn_observable_name(quantity);
    add_column(all, SN_REAL, name, "", sn_observable_doc(quantity), "");
    add_column(all, SN_REAL, name, "_se", name, "standard error over replicas of ");
    if (!sn_prediction_knows(quantity))
        return;
    add_column(all, SN_REAL, name, "_theory", name, "in layers of infinite width: ");
    if (sn_prediction_drifts(quantity))
        add_column(all, SN_REAL, name, "_drift", name,
                   "what the finite width adds, to first order in 1/width: to ");
    add_column(all, SN_REAL, name, "_z", name,
               sn_prediction_drifts(quantity)
                   ? "standard errors off the theory with its drift: "
                   : "standard errors off the theory of infinite width: ");
}

static size_t layers_width(const sn_config *config)
{
    size_t n = 5; /* layer, variance_sd and its theory, method, replicas */
    for (sn_observable q = 0; q < SN_OBSERVABLE_COUNT; q++)
        if (has_columns(config, q))
            n += (sn_prediction_knows(q) ? 4U : 2U) + (sn_prediction_drifts(q) ? 1U : 0U);
    return config->n_sweeps + n;
}

sn_table *sn_layers_new(const sn_config *config)
{
    columns *all = calloc(1, sizeof *all);
    if (all == NULL)
        return NULL;
    add_column(all, SN_INTEGER, "layer", "", "0 is the input", "");
    for (sn_observable q = 0; q < SN_OBSERVABLE_COUNT; q++)
        if (has_columns(config, q))
            add_quantity(all, q);
    add_column(all, SN_REAL, "variance_sd", "", "standard deviation of the replicas' variances",
               "");
    add_column(all, SN_REAL, "variance_sd", "_theory", "the same, to first order in 1/width", "");
    add_column(all, SN_TEXT, "method", "", "how the layer was drawn: direct or gram", "");
    add_column(all, SN_INTEGER, "replicas", "", "replicas still finite at this layer", "");
    sn_table *table = new_table(config, "layers", all->n, all->of);
    free(all);
    return table;
}

sn_table *sn_networks_new(const sn_config *config)
{
    static const sn_column fixed[] = {
        {"map", SN_TEXT, "the map its weights follow"},
        {"replicas", SN_INTEGER, "independent networks drawn"},
        {"mean_last", SN_REAL, "mean after the last layer"},
        {"mean_last_theory", SN_REAL, "the same in layers of infinite width"},
        {"mean_last_drift", SN_REAL, "what the finite width adds, to first order in 1/width"},
        {"variance_last", SN_REAL, "variance after the last layer"},
        {"variance_last_se", SN_REAL, "its standard error across replicas"},
        {"variance_last_theory", SN_REAL, "the same in layers of infinite width"},
        {"variance_last_drift", SN_REAL, "what the finite width adds, to first order in 1/width"},
        {"gradient_log10", SN_REAL,
         "decimal logarithm of the squared gradient by the input, of the output's 1"},
        {"gradient_log10_se", SN_REAL, "its standard error across replicas"},
        {"gradient_log10_theory", SN_REAL, "the same in layers of infinite width"},
        {"gradient_log10_drift", SN_REAL, "what the finite width adds, to first order in 1/width"},
        {"exploded", SN_INTEGER, "replicas with a value that is not finite"},
        {"first_exploded_layer", SN_INTEGER, "the earliest such layer"},
        {"died", SN_INTEGER, "replicas whose activations became all equal"},
        {"first_died_layer", SN_INTEGER, "the earliest such layer"},
        {"theory_fate", SN_TEXT, "how the iteration of the map ends"},
        {"forwards", SN_TEXT, "what becomes of the signal"},
        {"backwards", SN_TEXT, "what becomes of the gradient"}};
    return new_table(config, "networks", sizeof fixed / sizeof fixed[0], fixed);
}

bool sn_distributions_wanted(const sn_config *config)
{
    return (observed(config) & SN_OBSERVE_HISTOGRAM) != 0;
}

sn_table *sn_distributions_new(const sn_config *config)
{
    static const sn_column fixed[] = {
        {"layer", SN_INTEGER, "1 is the first after the input"},
        {"z", SN_REAL,
         "middle of the bin, in deviations from the mean, as the layer's inputs imply them"},
        {"density", SN_REAL, "of the pre-activations, mean over replicas"},
        {"density_se", SN_REAL, "standard error of density across replicas"},
        {"density_normal", SN_REAL, "of the normal distribution, averaged over the bin"}};
    if (!sn_distributions_wanted(config))
        return NULL;
    return new_table(config, "histogram", sizeof fixed / sizeof fixed[0], fixed);
}

size_t sn_layers_row_bytes(const sn_config *config)
{
    return layers_width(config) * sizeof(sn_cell);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* A row to be filled, beginning with the swept values; NULL: out of memory. */
static sn_cell *new_row(const sn_config *config, size_t point, const sn_table *table)
{
    sn_cell *row = malloc(sn_table_columns(table) * sizeof *row);
    for (size_t i = 0; row != NULL && i < config->n_sweeps; i++) {
        const sn_sweep_value *value = sn_config_swept(config, point, i);
        if (config->sweeps[i].column.kind == SN_TEXT)
            row[i].text = value->label;
        else
            row[i].real = value->number;
    }
    return row;
}

static sn_cell *put_quantity(sn_cell *cell, sn_observable quantity, sn_measured measured,
                             sn_expected expected)
{
    (cell++)->real = measured.value;
    (cell++)->real = measured.se;
    if (!sn_prediction_knows(quantity))
        return cell;
    (cell++)->real = expected.limit;
    double off = measured.value - expected.limit;
    if (sn_prediction_drifts(quantity)) {
        (cell++)->real = expected.drift;
        off -= expected.drift;
    }
    /* an error below the rounding of floats says nothing */
    const bool says = measured.se > 1e-7 * fmax(fabs(expected.limit), fabs(measured.value));
    (cell++)->real = says ? off / measured.se : NAN;
    return cell;
}

static const char *method_text(const sn_simulation_spec *spec, size_t l)
{
    return l > 0 ? sn_method_name(sn_simulation_method(spec, l)) : "";
}

sn_status sn_layers_add(const sn_config *config, size_t point, const sn_simulation_result *run,
                        const sn_prediction *t, sn_table *table, sn_error *err)
{
    const sn_simulation_spec *spec = &config->points[point].simulate.run;
    sn_cell *row = new_row(config, point, table);
    if (row == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    sn_status status = SN_OK;
    for (size_t l = 0; status == SN_OK && l < run->layers; l++) {
        const sn_layer_statistics *s = &run->layer[l];
        sn_cell *cell = row + config->n_sweeps;
        (cell++)->real = (double)l;
        for (sn_observable q = 0; q < SN_OBSERVABLE_COUNT; q++)
            if (has_columns(config, q))
                cell = put_quantity(cell, q, s->of[q], sn_prediction_at(t, l, q));
        (cell++)->real = s->variance_sd;
        (cell++)->real = t->variance_sd[l];
        (cell++)->text = method_text(spec, l);
        (cell++)->real = (double)s->replicas;
        status = sn_table_add_row(table, row, err);
    }
    free(row);
    return status;
}

sn_status sn_networks_add(const sn_config *config, size_t point, const sn_simulation_result *run,
                          const sn_prediction *t, sn_table *table, sn_error *err)
{
    sn_cell *row = new_row(config, point, table);
    if (row == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const size_t l = run->layers - 1;
    const sn_measured *last = run->layer[l].of, *input = run->layer[0].of;
    char forwards[256], backwards[256];
    sn_network_forwards(run, forwards, sizeof forwards);
    sn_network_backwards(run, backwards, sizeof backwards);
    const sn_cell fixed[] = {{.text = t->map},
                             {.real = (double)run->replicas},
                             {.real = last[SN_OBSERVABLE_MEAN].value},
                             {.real = sn_prediction_at(t, l, SN_OBSERVABLE_MEAN).limit},
                             {.real = sn_prediction_at(t, l, SN_OBSERVABLE_MEAN).drift},
                             {.real = last[SN_OBSERVABLE_VARIANCE].value},
                             {.real = last[SN_OBSERVABLE_VARIANCE].se},
                             {.real = sn_prediction_at(t, l, SN_OBSERVABLE_VARIANCE).limit},
                             {.real = sn_prediction_at(t, l, SN_OBSERVABLE_VARIANCE).drift},
                             {.real = input[SN_OBSERVABLE_GRADIENT_LOG10].value},
                             {.real = input[SN_OBSERVABLE_GRADIENT_LOG10].se},
                             {.real = sn_prediction_at(t, 0, SN_OBSERVABLE_GRADIENT_LOG10).limit},
                             {.real = sn_prediction_at(t, 0, SN_OBSERVABLE_GRADIENT_LOG10).drift},
                             {.real = (double)run->exploded},
                             {.real = run->exploded > 0 ? (double)run->first_exploded_layer : NAN},
                             {.real = (double)run->died},
                             {.real = run->died > 0 ? (double)run->first_died_layer : NAN},
                             {.text = sn_fate_text(t->fate)},
                             {.text = forwards},
                             {.text = backwards}};
    memcpy(row + config->n_sweeps, fixed, sizeof fixed);
    const sn_status status = sn_table_add_row(table, row, err);
    free(row);
    return status;
}

bool sn_distributions_layer(size_t layer, size_t depth)
{
    return layer > 0 && (depth <= 16 || layer == depth || (layer & (layer - 1)) == 0);
}

sn_status sn_distributions_add(const sn_config *config, size_t point,
                               const sn_simulation_result *run, sn_table *table, sn_error *err)
{
    const double width = 2 * SN_HISTOGRAM_END / SN_HISTOGRAM_BINS;
    sn_cell *row = new_row(config, point, table);
    if (row == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    sn_status status = SN_OK;
    for (size_t l = 1; l < run->layers; l++) {
        if (!sn_distributions_layer(l, run->layers - 1))
            continue;
        for (size_t bin = 0; status == SN_OK && bin < SN_HISTOGRAM_BINS; bin++) {
            const double from = -SN_HISTOGRAM_END + (double)bin * width;
            const size_t at = l * SN_HISTOGRAM_BINS + bin;
            sn_cell *cell = row + config->n_sweeps;
            (cell++)->real = (double)l;
            (cell++)->real = from + width / 2;
            (cell++)->real = run->histogram != NULL ? run->histogram[at] / width : NAN;
            (cell++)->real = run->histogram != NULL ? run->histogram_se[at] / width : NAN;
            (cell++)->real =
                0.5 * (erfc(from * M_SQRT1_2) - erfc((from + width) * M_SQRT1_2)) / width;
            status = sn_table_add_row(table, row, err);
        }
    }
    free(row);
    return status;
}
