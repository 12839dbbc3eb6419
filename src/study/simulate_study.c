/* Simulation held against theory: every network of the sweep is run, and beside each measured
 * moment stands what the map that its weights follow predicts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/tsv.h"
#include "study/parts.h"
#include "study/prediction.h"
#include "study/simulate_tables.h"

enum { LABEL = 128 };

/* "selu, width 64": the swept values of a point; the activation when nothing is swept. */
static void label_of(const sn_config *config, size_t point, char *text, size_t size)
{
    if (config->n_sweeps == 0) {
        sn_study_activation_text(&config->points[point].simulate.run.activation, text, size);
        return;
    }
    sn_study_point_label(config, point, text, size);
}

/* The widest label, for columns that stand in line. */
static int label_width(const sn_config *config)
{
    size_t widest = sizeof "network" - 1;
    for (size_t i = 0; i < config->n_points; i++) {
        char label[LABEL];
        label_of(config, i, label, sizeof label);
        widest = strlen(label) > widest ? strlen(label) : widest;
    }
    return (int)widest;
}

/* What a person is told: a line a network, under one heading. */
#define SUMMARY_HEAD "%-*s  %5s  %-10s  %-20s  %s"
#define SUMMARY_LINE "%-*s  %5zu  %-10s  %-20s  %s%s"

static void say_head(sn_study *study, int width)
{
    sn_study_say(study, SUMMARY_HEAD, width, "network", "layer", "mean", "variance",
                 "predicted mean, variance");
}

static void fate_text(const sn_simulation_result *run, char *text, size_t size)
{
    text[0] = '\0';
    if (run->exploded > 0)
        snprintf(text, size, "; %zu replicas exploded, the first at layer %zu", run->exploded,
                 run->first_exploded_layer);
    else if (run->died > 0)
        snprintf(text, size, "; %zu replicas died, the first at layer %zu", run->died,
                 run->first_died_layer);
}

static void say_network(sn_study *study, int width, const char *label,
                        const sn_simulation_result *run, const sn_prediction *t)
{
    const size_t l = run->layers - 1;
    const sn_layer_statistics *last = &run->layer[l];
    char mean[16] = "no number", variance[32] = "no number", predicted[96], fate[96];
    if (last->replicas > 0) {
        snprintf(mean, sizeof mean, "%.3g", last->mean.value);
        const int n = snprintf(variance, sizeof variance, "%.4g", last->variance.value);
        if (last->replicas > 1)
            snprintf(variance + n, sizeof variance - (size_t)n, " +- %.1g", last->variance.se);
    }
    if (l <= t->layers)
        snprintf(predicted, sizeof predicted, "%.3g, %.4g (%s map)",
                 sn_study_mean(t->mu[l], t->nu[l]), t->nu[l], sn_map_name(t->map.kind));
    else
        snprintf(predicted, sizeof predicted, "no number (%s map)", sn_map_name(t->map.kind));
    fate_text(run, fate, sizeof fate);
    sn_study_say(study, SUMMARY_LINE, width, label, l, mean, variance, predicted, fate);
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

/* Where the networks of a study report to. */
typedef struct tables {
    sn_table *layers, *networks;
    int label_width;
} tables;

static sn_status run_network(sn_study *study, size_t point, const tables *out, sn_error *err)
{
    const sn_config *config = study->config;
    sn_simulation_spec run = config->points[point].simulate.run;
    run.threads = study->options->threads;
    char label[LABEL];
    label_of(config, point, label, sizeof label);
    ticker context = {study, label};
    sn_prediction predicted;
    sn_simulation_result measured = {0};
    sn_status status = sn_prediction_make(&run, &predicted, err);
    if (status == SN_OK)
        status = sn_simulate(&run, tick, &context, &measured, err);
    if (status == SN_OK)
        status = sn_layers_add(config, point, &measured, &predicted, out->layers, err);
    if (status == SN_OK)
        status = sn_networks_add(config, point, &measured, &predicted, out->networks, err);
    if (status == SN_OK)
        say_network(study, out->label_width, label, &measured, &predicted);
    sn_simulation_result_free(&measured);
    sn_prediction_free(&predicted);
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
        one_map = one_map && sn_prediction_map(other).kind == sn_prediction_map(run).kind;
        one_width = one_width && other->width == run->width;
    }
    char width[48] = "";
    if (one_width)
        snprintf(width, sizeof width, "width %zu, ", run->width);
    snprintf(text, size, "%s%zu replicas of %zu samples; theory: %s%s", width, run->replicas,
             run->samples,
             one_map ? sn_map_name(sn_prediction_map(run).kind) : "each network's own", " map");
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
    return sn_bytes_plus(most, sn_bytes_times(rows, sn_layers_row_bytes(config)));
}

sn_status sn_simulate_study(sn_study *study, sn_error *err)
{
    const sn_config *config = study->config;
    const tables out = {sn_layers_new(config), sn_networks_new(config), label_width(config)};
    char subtitle[256];
    describe(config, subtitle, sizeof subtitle);
    const char *const notes[] = {subtitle};
    const sn_tsv_layout layout = {.notes = notes, .n_notes = 1, .key_columns = config->n_sweeps};
    sn_status status = SN_OK;
    if (out.layers == NULL || out.networks == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    say_head(study, out.label_width);
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
