/* The pictures of a simulation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/tsv.h"
#include "study/prediction.h"
#include "study/simulate_part.h"
#include "theory/fixed_point.h"

static const char *width_column(const sn_config *config)
{
    for (size_t i = 0; i < config->n_sweeps; i++)
        if (strcmp(config->sweeps[i].pointer, "/network/width") == 0)
            return config->sweeps[i].column.name;
    return NULL;
}

/* --- the vector field of the networks' map ---------------------------------------------------- */

enum { GRID = 25 };

/* Of a column, over all rows with a number. */
static void widen(const sn_table *table, const char *name, double *low, double *high)
{
    const size_t column = sn_table_find(table, name);
    for (size_t i = 0; i < sn_table_rows(table); i++) {
        const double value = sn_table_real(table, i, column);
        if (isfinite(value)) {
            *low = fmin(*low, value);
            *high = fmax(*high, value);
        }
    }
}

/* The rectangle of what was measured and predicted, with a margin. */
static void frame(const sn_table *layers, double mu[2], double nu[2])
{
    double means[2] = {INFINITY, -INFINITY}, variances[2] = {INFINITY, -INFINITY};
    widen(layers, "mean", &means[0], &means[1]);
    widen(layers, "mean_theory", &means[0], &means[1]);
    widen(layers, "variance", &variances[0], &variances[1]);
    widen(layers, "variance_theory", &variances[0], &variances[1]);
    const double wide = fmax(0.15 * (means[1] - means[0]), 0.05 * sqrt(fabs(variances[1])));
    const double high = fmax(0.15 * (variances[1] - variances[0]), 0.05 * variances[1]);
    mu[0] = means[0] - wide;
    mu[1] = means[1] + wide;
    nu[0] = fmax(variances[0] - high, 0.02 * variances[1]);
    nu[1] = variances[1] + high;
}

static sn_status fill_grid(const sn_layer_map *map, const sn_weights *weights, const double mu[2],
                           const double nu[2], sn_table *grid, sn_error *err)
{
    for (size_t i = 0; i < GRID * GRID; i++) {
        const double across = (double)(i % GRID) / (GRID - 1), up = (double)(i / GRID) / (GRID - 1);
        const sn_layer_point at = {mu[0] + across * (mu[1] - mu[0]), nu[0] + up * (nu[1] - nu[0]),
                                   weights->omega, weights->tau};
        sn_layer_step step;
        const bool known = sn_layer_map_apply(map, &at, &step, NULL) == SN_OK;
        const sn_cell row[] = {{.real = at.mu},
                               {.real = at.nu},
                               {.real = known ? step.mu_next : NAN},
                               {.real = known ? step.nu_next : NAN}};
        const sn_status status = sn_table_add_row(grid, row, err);
        if (status != SN_OK)
            return status;
    }
    return SN_OK;
}

/* The map of all networks, at their first one's weights. */
static sn_status draw_path(sn_study *study, const sn_table *layers, const sn_picture *picture,
                           sn_error *err)
{
    static const sn_column columns[] = {{"mu", SN_REAL, "mean"},
                                        {"nu", SN_REAL, "variance"},
                                        {"mu_next", SN_REAL, "mean after a layer"},
                                        {"nu_next", SN_REAL, "variance after a layer"}};
    const sn_layer *layer = &study->config->points[0].simulate.run.blocks[0].layer;
    const sn_layer_map map = sn_prediction_map(layer);
    sn_weights weights = layer->weights;
    if (weights.structure != SN_WEIGHTS_EXACT_ROWS)
        weights.tau = sn_weights_tau(&weights);
    double mu[2], nu[2];
    frame(layers, mu, nu);
    if (!isfinite(mu[1] - mu[0]) || !isfinite(nu[1]) || !(nu[1] > 0))
        return SN_OK; /* nothing was measured that could be drawn */
    sn_table *grid = sn_table_new("field", sizeof columns / sizeof columns[0], columns);
    if (grid == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const sn_tsv_layout layout = {.scan_rows = GRID};
    sn_status status = fill_grid(&map, &weights, mu, nu, grid, err);
    if (status == SN_OK)
        status = sn_tsv_write(study->folder, grid, &layout, err);
    sn_picture with_grid = *picture;
    with_grid.grid = grid;
    with_grid.grid_columns = GRID;
    if (status == SN_OK)
        status = sn_study_draw(study, &with_grid, err);
    sn_table_free(grid);
    return status;
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool has_numbers(const sn_table *table, const char *name)
{
    const size_t column = sn_table_find(table, name);
    for (size_t i = 0; i < sn_table_rows(table); i++)
        if (isfinite(sn_table_real(table, i, column)))
            return true;
    return false;
}

static sn_status draw(sn_study *study, sn_plot plot, const sn_table *layers,
                      const sn_picture *picture, sn_error *err)
{
    if (plot == SN_PLOT_PATH)
        return draw_path(study, layers, picture, err);
    if (plot != SN_PLOT_SWEEP || !has_numbers(picture->networks, "gradient_log10"))
        return sn_study_draw(study, picture, err);
    sn_picture of_gradient = *picture;
    of_gradient.name = "sweep_gradient";
    of_gradient.quantity = "gradient_log10";
    const sn_status status = sn_study_draw(study, picture, err);
    return status == SN_OK ? sn_study_draw(study, &of_gradient, err) : status;
}

sn_status sn_simulate_pictures(sn_study *study, const sn_table *layers, const sn_table *networks,
                               const sn_table *histogram, const char *subtitle, sn_error *err)
{
    const sn_config *config = study->config;
    char(*texts)[SN_NETWORK_LABEL] = malloc(config->n_points * sizeof *texts);
    const char **labels = malloc(config->n_points * sizeof *labels);
    sn_status status = SN_OK;
    if (texts == NULL || labels == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; status == SN_OK && i < config->n_points; i++) {
        sn_network_label(config, i, texts[i], SN_NETWORK_LABEL);
        labels[i] = texts[i];
    }
    for (size_t i = 0; status == SN_OK && i < config->n_plots; i++) {
        const sn_picture picture = {.kind = sn_plot_name(config->plots[i]),
                                    .title = config->description,
                                    .subtitle = subtitle,
                                    .layers = layers,
                                    .networks = networks,
                                    .histogram = histogram,
                                    .key_columns = config->n_sweeps,
                                    .labels = labels,
                                    .swept = width_column(config)};
        status = draw(study, config->plots[i], layers, &picture, err);
    }
    free(texts);
    free(labels);
    return status;
}
