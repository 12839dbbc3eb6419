/* Simulation held against theory: every network of the sweep is run, and beside what was observed
 * stands what the maps that its weights follow predict.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/tsv.h"
#include "study/long_run.h"
#include "study/parts.h"
#include "study/prediction.h"
#include "study/simulate_part.h"
#include "study/simulate_tables.h"

void sn_network_label(const sn_config *config, size_t point, char *text, size_t size)
{
    if (config->n_sweeps == 0) {
        const sn_simulation_spec *run = &config->points[point].simulate.run;
        sn_study_activation_text(&run->blocks[0].layer.activation, text, size);
        return;
    }
    sn_study_point_label(config, point, text, size);
}

/* The widest label, for columns that stand in line. */
static int label_width(const sn_config *config)
{
    size_t widest = sizeof "network" - 1;
    for (size_t i = 0; i < config->n_points; i++) {
        char label[SN_NETWORK_LABEL];
        sn_network_label(config, i, label, sizeof label);
        widest = strlen(label) > widest ? strlen(label) : widest;
    }
    return (int)widest;
}

/* --- what a person is told -------------------------------------------------------------------- */

/* A line a network, under one heading; of what else became of it, others. */
#define SUMMARY_HEAD "%-*s  %5s  %-10s  %-18s  %-20s  %s"
#define SUMMARY_LINE "%-*s  %5zu  %-10s  %-18s  %-20s  %s"

static void say_head(sn_study *study, int width)
{
    sn_study_say(study, SUMMARY_HEAD, width, "network", "layer", "mean", "variance", "predicted",
                 "in infinite width");
}

static void measured_text(const sn_layer_statistics *last, char *mean, char *variance, size_t size)
{
    snprintf(mean, size, "no number");
    snprintf(variance, size, "no number");
    if (last->replicas == 0)
        return;
    snprintf(mean, size, "%.3g", last->of[SN_OBSERVABLE_MEAN].value);
    const sn_measured measured = last->of[SN_OBSERVABLE_VARIANCE];
    if (last->replicas > 1)
        snprintf(variance, size, "%.4g +- %.1g", measured.value, measured.se);
    else
        snprintf(variance, size, "%.4g", measured.value);
}

static void predicted_text(const sn_prediction *t, size_t l, char *finite, char *infinite,
                           size_t size)
{
    const sn_expected mu = sn_prediction_at(t, l, SN_OBSERVABLE_MEAN);
    const sn_expected nu = sn_prediction_at(t, l, SN_OBSERVABLE_VARIANCE);
    snprintf(finite, size, "no number");
    snprintf(infinite, size, "no number (%s map)", t->map);
    if (l > t->last)
        return;
    snprintf(infinite, size, "%.3g, %.4g (%s map)", sn_study_mean(mu.limit, nu.limit), nu.limit,
             t->map);
    if (isfinite(nu.drift))
        snprintf(finite, size, "%.2g, %.4g", sn_study_mean(mu.limit + mu.drift, nu.limit),
                 nu.limit + nu.drift);
}

static void say_network(sn_study *study, int width, const char *label,
                        const sn_simulation_result *run, const sn_prediction *t)
{
    enum { SIZE = 96 };
    const size_t l = run->layers - 1;
    char mean[SIZE], variance[SIZE], finite[SIZE], infinite[SIZE], words[256];
    measured_text(&run->layer[l], mean, variance, SIZE);
    predicted_text(t, l, finite, infinite, SIZE);
    sn_study_say(study, SUMMARY_LINE, width, label, l, mean, variance, finite, infinite);
    if (run->exploded > 0 || run->died > 0) {
        sn_network_forwards(run, words, sizeof words);
        sn_study_say(study, "%-*s  the signal %s", width, "", words);
    }
    sn_network_backwards(run, words, sizeof words);
    if (words[0] != '\0')
        sn_study_say(study, "%-*s  the gradient %s", width, "", words);
}

/* --- the run ---------------------------------------------------------------------------------- */

/* Where the networks of a study report to. */
typedef struct tables {
    sn_table *layers, *networks, *histogram; /* histogram: NULL where none is observed */
    int label_width;
} tables;

static sn_status add_rows(const sn_config *config, size_t point, const sn_simulation_result *run,
                          const sn_prediction *predicted, const tables *out, sn_error *err)
{
    sn_status status = sn_layers_add(config, point, run, predicted, out->layers, err);
    if (status == SN_OK)
        status = sn_networks_add(config, point, run, predicted, out->networks, err);
    if (status == SN_OK && out->histogram != NULL)
        status = sn_distributions_add(config, point, run, out->histogram, err);
    return status;
}

static sn_status run_network(sn_study *study, sn_long_run *runs, size_t point, const tables *out,
                             sn_error *err)
{
    const sn_config *config = study->config;
    char label[SN_NETWORK_LABEL];
    sn_network_label(config, point, label, sizeof label);
    sn_prediction predicted;
    sn_simulation_result measured = {0};
    sn_status status = sn_prediction_make(&config->points[point].simulate.run, &predicted, err);
    if (status == SN_OK)
        status = sn_long_run_point(runs, point, label, &measured, err);
    const bool any = status == SN_OK && measured.replicas > 0; /* none: stopped before it */
    if (any)
        status = add_rows(config, point, &measured, &predicted, out, err);
    if (any && status == SN_OK)
        say_network(study, out->label_width, label, &measured, &predicted);
    sn_simulation_result_free(&measured);
    sn_prediction_free(&predicted);
    return status;
}

/* All networks; of a sweep that was stopped those that have any replicas, and how many in words. */
static sn_status run_networks(sn_study *study, const tables *out, char *partial, size_t size,
                              sn_error *err)
{
    sn_long_run *runs;
    partial[0] = '\0';
    sn_status status = sn_long_run_new(study, &runs, err);
    for (size_t i = 0; status == SN_OK && i < study->config->n_points; i++)
        status = run_network(study, runs, i, out, err);
    if (status == SN_OK && sn_long_run_is_partial(runs)) {
        const size_t complete = sn_long_run_complete(runs);
        study->partial = complete > 0;
        if (complete == 0)
            status = sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
        snprintf(partial, size, "partial: it was stopped after %zu of %zu replicas", complete,
                 sn_long_run_total(runs));
    }
    sn_long_run_free(runs);
    return status;
}

/* What all networks of the file have in common, for the picture's second line. */
static void describe(const sn_config *config, char *text, size_t size)
{
    const sn_simulation_spec *run = &config->points[0].simulate.run;
    bool one_map = true, one_width = true, one_size = true;
    for (size_t i = 0; i < config->n_points; i++) {
        const sn_simulation_spec *other = &config->points[i].simulate.run;
        one_map = one_map && sn_prediction_map_name(other) == sn_prediction_map_name(run);
        one_size = one_size && other->replicas == run->replicas && other->samples == run->samples;
        for (size_t b = 0; b < other->n_blocks; b++)
            one_width = one_width && other->blocks[b].layer.width == run->width;
    }
    char width[48] = "", replicas[80] = "";
    if (one_width)
        snprintf(width, sizeof width, "width %zu%s", run->width, one_size ? ", " : "; ");
    if (one_size)
        snprintf(replicas, sizeof replicas, "%zu replicas of %zu samples; ", run->replicas,
                 run->samples);
    snprintf(text, size, "%s%stheory: %s map", width, replicas,
             one_map ? sn_prediction_map_name(run) : "each network's own");
}

size_t sn_simulate_study_bytes(const sn_config *config, int threads)
{
    size_t most = 0, rows = 0;
    for (size_t i = 0; i < config->n_points; i++) {
        const sn_simulation_spec *run = &config->points[i].simulate.run;
        const size_t bytes =
            sn_bytes_plus(sn_simulation_bytes(run, threads), sn_prediction_bytes(run));
        most = bytes > most ? bytes : most;
        rows = sn_bytes_plus(rows, sn_bytes_plus(sn_simulation_depth(run), 1));
    }
    return sn_bytes_plus(most, sn_bytes_times(rows, sn_layers_row_bytes(config)));
}

static sn_status write_tables(sn_study *study, const tables *out, const char *subtitle,
                              const char *partial, sn_error *err)
{
    const char *const notes[] = {subtitle, partial};
    const sn_tsv_layout layout = {
        .notes = notes, .n_notes = study->partial ? 2 : 1, .key_columns = study->config->n_sweeps};
    sn_status status = sn_tsv_write(study->folder, out->layers, &layout, err);
    if (status == SN_OK)
        status = sn_tsv_write(study->folder, out->networks, &layout, err);
    sn_tsv_layout by_layer = layout;
    by_layer.key_columns++;
    if (status == SN_OK && out->histogram != NULL)
        status = sn_tsv_write(study->folder, out->histogram, &by_layer, err);
    return status;
}

sn_status sn_simulate_study(sn_study *study, sn_error *err)
{
    const sn_config *config = study->config;
    const tables out = {sn_layers_new(config), sn_networks_new(config),
                        sn_distributions_new(config), label_width(config)};
    char subtitle[256], partial[128];
    describe(config, subtitle, sizeof subtitle);
    sn_status status = SN_OK;
    if (out.layers == NULL || out.networks == NULL
        || (out.histogram == NULL && sn_distributions_wanted(config)))
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    say_head(study, out.label_width);
    if (status == SN_OK)
        status = run_networks(study, &out, partial, sizeof partial, err);
    if (status == SN_OK)
        status = sn_study_open_folder(study, err);
    if (status == SN_OK)
        status = write_tables(study, &out, subtitle, partial, err);
    if (status == SN_OK && !study->partial) /* pictures are of whole runs */
        status =
            sn_simulate_pictures(study, out.layers, out.networks, out.histogram, subtitle, err);
    if (status == SN_OK)
        sn_result_add_list(study->result, "networks", out.networks);
    sn_table_free(out.layers);
    sn_table_free(out.networks);
    sn_table_free(out.histogram);
    return status;
}
