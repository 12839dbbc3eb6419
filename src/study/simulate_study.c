/* Simulation held against theory: every network of the sweep is run, and beside each measured
 * moment stands what the map that its weights follow predicts.
 *
 * Weights whose rows have an exact sum and square sum follow the neuron map, which at omega = 0 is
 * the centred one; iid random weights follow the ensemble map.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/tsv.h"
#include "study/parts.h"

#define MEASURED_COLUMNS(X)                                                                        \
    X(mean, mu[l], "mean of the activations")                                                      \
    X(variance, nu[l], "variance of the activations")                                              \
    X(second_moment, nu[l] + mu[l] * mu[l], "second moment of the activations")                    \
    X(pre_mean, pre_mean_at(t, l), "mean of the pre-activations")                                  \
    X(pre_variance, pre_variance_at(t, l), "variance of the pre-activations")

enum {
#define COUNT(name, theory, doc) COLUMN_##name,
    MEASURED_COLUMNS(COUNT) N_MEASURED,
#undef COUNT
    N_FIXED = 1 + 3 * N_MEASURED + 2 /* layer, value with se and theory, spread, replicas */
};

/* What the map predicts, layer by layer, up to the layer where it stops being a number. */
typedef struct theory {
    sn_layer_map map;
    sn_layer_point at;
    double *mu, *nu;
    size_t layers; /* the last layer with a prediction */
    sn_fate fate;
} theory;

static sn_layer_map map_of(const sn_simulation_spec *run)
{
    const sn_map_kind kind = !run->weights.exact_rows  ? SN_MAP_ENSEMBLE
                             : run->weights.omega == 0 ? SN_MAP_CENTRED
                                                       : SN_MAP_NEURON;
    return (sn_layer_map){.kind = kind,
                          .activation = run->activation,
                          .bias_mean = run->bias_mean,
                          .bias_variance = run->bias_variance};
}

static sn_status predict(const sn_simulation_spec *run, theory *t, sn_error *err)
{
    *t = (theory){
        .map = map_of(run),
        .at = {run->input_mean, run->input_variance, run->weights.omega, run->weights.tau}};
    t->mu = malloc((run->depth + 1) * sizeof *t->mu);
    t->nu = malloc((run->depth + 1) * sizeof *t->nu);
    if (t->mu == NULL || t->nu == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    return sn_layer_map_iterate(&t->map, &t->at, run->depth, 0, t->mu, t->nu, &t->layers, &t->fate,
                                err);
}

/* The pre-activations of layer l come from the activations of layer l - 1. */
static double preactivation_at(const theory *t, size_t l, bool variance)
{
    if (l == 0)
        return NAN;
    sn_layer_point before = t->at;
    before.mu = t->mu[l - 1];
    before.nu = t->nu[l - 1];
    double x, y;
    sn_layer_preactivation(&t->map, &before, &x, &y);
    return variance ? y : x;
}

static double pre_mean_at(const theory *t, size_t l)
{
    return preactivation_at(t, l, false);
}

static double pre_variance_at(const theory *t, size_t l)
{
    return preactivation_at(t, l, true);
}

static sn_table *new_layers_table(const sn_config *config)
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
    sn_column *columns = malloc((config->n_sweeps + N_FIXED) * sizeof *columns);
    if (columns == NULL)
        return NULL;
    for (size_t i = 0; i < config->n_sweeps; i++)
        columns[i] = config->sweeps[i].column;
    memcpy(columns + config->n_sweeps, fixed, sizeof fixed);
    sn_table *table = sn_table_new("layers", config->n_sweeps + N_FIXED, columns);
    free(columns);
    return table;
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

/* The rows of one network: measured values with their errors, and the theory beside them. */
static sn_status add_layers(const sn_config *config, size_t point, const sn_simulation_result *run,
                            const theory *t, sn_table *table, sn_error *err)
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

static sn_table *new_networks_table(const sn_config *config)
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
    enum { N = sizeof fixed / sizeof fixed[0] };
    sn_column *columns = malloc((config->n_sweeps + N) * sizeof *columns);
    if (columns == NULL)
        return NULL;
    for (size_t i = 0; i < config->n_sweeps; i++)
        columns[i] = config->sweeps[i].column;
    memcpy(columns + config->n_sweeps, fixed, sizeof fixed);
    sn_table *table = sn_table_new("networks", config->n_sweeps + N, columns);
    free(columns);
    return table;
}

static sn_status add_network(const sn_config *config, size_t point, const sn_simulation_result *run,
                             const theory *t, sn_table *table, sn_error *err)
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

/* "selu, width 64": the swept values of a point; the activation when nothing is swept. */
static void label_of(const sn_config *config, size_t point, char *text, size_t size)
{
    if (config->n_sweeps == 0) {
        sn_study_activation_text(&config->points[point].simulate.run.activation, text, size);
        return;
    }
    int n = 0;
    for (size_t i = 0; i < config->n_sweeps && n >= 0 && (size_t)n < size; i++) {
        const bool number = config->sweeps[i].column.kind != SN_TEXT;
        n += snprintf(text + n, size - (size_t)n, "%s%s%s%s", i > 0 ? ", " : "",
                      number ? config->sweeps[i].column.name : "", number ? " " : "",
                      sn_config_swept(config, point, i)->label);
    }
}

static void say_network(sn_study *study, const char *label, const sn_simulation_result *run,
                        const theory *t)
{
    const size_t l = run->layers - 1;
    const sn_layer_statistics *last = &run->layer[l];
    char fate[96] = "";
    if (run->exploded > 0)
        snprintf(fate, sizeof fate, "; %zu replicas exploded, the first at layer %zu",
                 run->exploded, run->first_exploded_layer);
    else if (run->died > 0)
        snprintf(fate, sizeof fate, "; %zu replicas died, the first at layer %zu", run->died,
                 run->first_died_layer);
    char theory_text[64] = "no number";
    if (l <= t->layers)
        snprintf(theory_text, sizeof theory_text, "%.4g, %.4g", t->mu[l], t->nu[l]);
    sn_study_say(study, "%-24s layer %zu: mean %.4g, variance %.4g +- %.2g (%s map: %s)%s", label,
                 l, last->mean.value, last->variance.value, last->variance.se,
                 sn_map_name(t->map.kind), theory_text, fate);
}

/* One network's ticks as the study's. */
typedef struct ticker {
    sn_study *study;
    const char *label;
} ticker;

static int tick(void *context, size_t done, size_t total)
{
    const ticker *t = context;
    sn_study_tick(t->study, t->label, done, total);
    return 0;
}

typedef struct tables {
    sn_table *layers, *networks;
} tables;

static sn_status run_network(sn_study *study, size_t point, const tables *out, sn_error *err)
{
    const sn_config *config = study->config;
    sn_simulation_spec run = config->points[point].simulate.run;
    run.threads = study->options->threads;
    char label[128];
    label_of(config, point, label, sizeof label);
    ticker context = {study, label};
    theory predicted = {0};
    sn_simulation_result measured = {0};
    sn_status status = predict(&run, &predicted, err);
    if (status == SN_OK)
        status = sn_simulate(&run, tick, &context, &measured, err);
    if (status == SN_OK)
        status = add_layers(config, point, &measured, &predicted, out->layers, err);
    if (status == SN_OK)
        status = add_network(config, point, &measured, &predicted, out->networks, err);
    if (status == SN_OK)
        say_network(study, label, &measured, &predicted);
    sn_simulation_result_free(&measured);
    free(predicted.mu);
    free(predicted.nu);
    return status;
}

/* What all networks of the file have in common, for the picture's second line. */
static void describe(const sn_config *config, char *text, size_t size)
{
    const sn_simulate_spec *spec = &config->points[0].simulate;
    const sn_simulation_spec *run = &spec->run;
    bool one_map = true, one_width = true;
    for (size_t i = 1; i < config->n_points; i++) {
        const sn_simulation_spec *other = &config->points[i].simulate.run;
        one_map = one_map && map_of(other).kind == map_of(run).kind;
        one_width = one_width && other->width == run->width;
    }
    char width[48] = "";
    if (one_width)
        snprintf(width, sizeof width, "width %zu, ", run->width);
    snprintf(text, size, "%s%zu replicas of %zu samples; theory: %s%s", width, run->replicas,
             run->samples, one_map ? sn_map_name(map_of(run).kind) : "each network's own", " map");
}

static const char *width_column(const sn_config *config)
{
    for (size_t i = 0; i < config->n_sweeps; i++)
        if (strcmp(config->sweeps[i].pointer, "/network/width") == 0)
            return config->sweeps[i].column.name;
    return NULL;
}

static sn_status draw_pictures(sn_study *study, const sn_table *layers, const char *subtitle,
                               sn_error *err)
{
    const sn_config *config = study->config;
    enum { LABEL = 128 };
    char(*texts)[LABEL] = malloc(config->n_points * sizeof *texts);
    const char **labels = malloc(config->n_points * sizeof *labels);
    sn_status status = SN_OK;
    if (texts == NULL || labels == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; status == SN_OK && i < config->n_points; i++) {
        label_of(config, i, texts[i], LABEL);
        labels[i] = texts[i];
    }
    for (size_t i = 0; status == SN_OK && i < config->n_plots; i++) {
        const sn_picture picture = {.kind = sn_plot_name(config->plots[i]),
                                    .title = config->description,
                                    .subtitle = subtitle,
                                    .layers = layers,
                                    .key_columns = config->n_sweeps,
                                    .labels = labels,
                                    .swept = width_column(config)};
        status = sn_study_draw(study, &picture, err);
    }
    free(texts);
    free(labels);
    return status;
}

size_t sn_simulate_study_bytes(const sn_config *config, int threads)
{
    size_t most = 0, rows = 0;
    for (size_t i = 0; i < config->n_points; i++) {
        const sn_simulation_spec *run = &config->points[i].simulate.run;
        const size_t bytes = sn_simulation_bytes(run, threads);
        most = bytes > most ? bytes : most;
        rows = sn_bytes_plus(rows, sn_bytes_plus(run->depth, 1));
    }
    const size_t row = (config->n_sweeps + N_FIXED) * sizeof(sn_cell);
    return sn_bytes_plus(most, sn_bytes_times(rows, row));
}

sn_status sn_simulate_study(sn_study *study, sn_error *err)
{
    const sn_config *config = study->config;
    const tables out = {new_layers_table(config), new_networks_table(config)};
    char subtitle[256];
    describe(config, subtitle, sizeof subtitle);
    const char *const notes[] = {subtitle};
    const sn_tsv_layout layout = {.notes = notes, .n_notes = 1, .key_columns = config->n_sweeps};
    sn_status status = SN_OK;
    if (out.layers == NULL || out.networks == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; status == SN_OK && i < config->n_points; i++)
        status = run_network(study, i, &out, err);
    if (status == SN_OK)
        status = sn_tsv_write(study->folder, out.layers, &layout, err);
    if (status == SN_OK)
        status = draw_pictures(study, out.layers, subtitle, err);
    if (status == SN_OK)
        sn_result_add_list(study->result, "networks", out.networks);
    sn_table_free(out.layers);
    sn_table_free(out.networks);
    return status;
}
