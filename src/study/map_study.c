/* A layer map studied: g over a grid, its trajectories and its fixed points, as tables and
 * pictures. */
#include <stdio.h>

#include "report/tsv.h"
#include "study/map_part.h"

size_t sn_map_study_bytes(const sn_map_spec *spec)
{
    const size_t paths =
        sn_bytes_times(sn_bytes_times(spec->n_trajectories, 2 * sizeof(double) * 4),
                       sn_bytes_plus(spec->trajectory_layers, 1));
    return sn_bytes_plus(sn_map_grid_bytes(spec), paths);
}

void sn_map_part_name(const sn_map_part *p, const char *what, char *text, size_t size)
{
    if (p->study->config->n_points == 1)
        snprintf(text, size, "%s", what);
    else
        snprintf(text, size, "%s_%zu", what, p->index + 1);
}

sn_table *sn_map_table(const sn_map_part *p, const char *what, size_t n, const sn_column *columns)
{
    char name[64];
    sn_map_part_name(p, what, name, sizeof name);
    return sn_table_new(name, n, columns);
}

/* "neuron map of selu; omega 0, tau 1": what holds for the whole picture. */
static void describe(const sn_map_part *p, char *text, size_t size)
{
    const sn_map_spec *spec = p->spec;
    char activation[96];
    sn_study_activation_text(&spec->map.activation, activation, sizeof activation);
    int n = snprintf(text, size, "%s map of %s", sn_map_name(spec->map.kind), activation);
    const char *separator = ";";
    for (int c = 0; c < SN_COORDINATE_COUNT && n >= 0 && (size_t)n < size; c++) {
        const sn_coordinate coordinate = (sn_coordinate)c;
        if (coordinate == spec->axis[0].coordinate || coordinate == spec->axis[1].coordinate)
            continue;
        n += snprintf(text + n, size - (size_t)n, "%s %s = %.6g", separator,
                      sn_coordinate_name(coordinate),
                      *sn_coordinate_of((sn_layer_point *)&spec->fixed, coordinate));
        separator = ",";
    }
}

static sn_status write_tables(sn_map_part *p, const char *note, sn_error *err)
{
    const char *const notes[] = {note};
    const sn_tsv_layout grid = {.notes = notes, .n_notes = 1, .scan_rows = p->spec->axis[0].points};
    const sn_tsv_layout blocks = {.notes = notes, .n_notes = 1, .key_columns = 1};
    const sn_tsv_layout plain = {.notes = notes, .n_notes = 1};
    sn_folder *folder = p->study->folder;
    sn_status status = sn_tsv_write(folder, p->grid, &grid, err);
    if (status == SN_OK)
        status = sn_tsv_write(folder, p->fixed_points, &plain, err);
    if (status == SN_OK && p->spec->n_trajectories > 0)
        status = sn_tsv_write(folder, p->trajectories, &blocks, err);
    return status;
}

static sn_status draw_pictures(sn_map_part *p, const char *subtitle, sn_error *err)
{
    const sn_config *config = p->study->config;
    const sn_axis *axis = p->spec->axis;
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < config->n_plots; i++) {
        char name[64];
        sn_map_part_name(p, sn_plot_name(config->plots[i]), name, sizeof name);
        const sn_picture picture = {
            .kind = sn_plot_name(config->plots[i]),
            .name = name,
            .title = config->description,
            .subtitle = subtitle,
            .grid = p->grid,
            .grid_columns = axis[0].points,
            .x = sn_coordinate_name(axis[0].coordinate),
            .y = sn_coordinate_name(axis[1].coordinate),
            .x_log = axis[0].scale == SN_SCALE_LOG,
            .y_log = axis[1].scale == SN_SCALE_LOG,
            .trajectories = p->spec->n_trajectories > 0 ? p->trajectories : NULL,
            .fixed_points = p->fixed_points,
        };
        status = sn_study_draw(p->study, &picture, err);
    }
    return status;
}

static sn_status run_part(sn_map_part *p, sn_error *err)
{
    char subtitle[256];
    describe(p, subtitle, sizeof subtitle);
    if (p->study->config->n_points > 1)
        sn_study_say(p->study, "%zu. %s", p->index + 1, subtitle);
    sn_status status = sn_map_make_grid(p, err);
    if (status == SN_OK)
        status = sn_map_make_trajectories(p, err);
    if (status == SN_OK)
        status = sn_map_make_fixed_points(p, err);
    if (status == SN_OK)
        status = write_tables(p, subtitle, err);
    if (status == SN_OK)
        status = draw_pictures(p, subtitle, err);
    if (status != SN_OK)
        return status;
    if (p->failed > 0)
        sn_study_say(p->study, "%zu of %zu grid points have no value (overflow or no convergence)",
                     p->failed, sn_table_rows(p->grid));
    char name[64];
    sn_map_part_name(p, "failed_grid_points", name, sizeof name);
    sn_result_add_number(p->study->result, name, (double)p->failed);
    sn_result_add_list(p->study->result, sn_table_name(p->fixed_points), p->fixed_points);
    if (p->spec->n_trajectories > 0)
        sn_result_add_list(p->study->result, sn_table_name(p->fates), p->fates);
    return SN_OK;
}

sn_status sn_map_study(sn_study *study, sn_error *err)
{
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < study->config->n_points; i++) {
        sn_map_part p = {.study = study, .spec = &study->config->points[i].map, .index = i};
        status = run_part(&p, err);
        sn_table_free(p.grid);
        sn_table_free(p.trajectories);
        sn_table_free(p.fates);
        sn_table_free(p.fixed_points);
    }
    return status;
}
