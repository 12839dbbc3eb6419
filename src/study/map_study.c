/* A layer map studied: g over a grid, its trajectories and its fixed points, as tables and
 * pictures. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/tsv.h"
#include "study/parts.h"

#define STEP_COLUMNS(X)                                                                            \
    X(x, at_x, "mean of the pre-activation")                                                       \
    X(y, at_y, "variance of the pre-activation")                                                   \
    X(mu_next, step.mu_next, "mean after the layer")                                               \
    X(xi_next, step.xi_next, "second moment after the layer")                                      \
    X(nu_next, step.nu_next, "variance after the layer")                                           \
    X(dmu, step.mu_next - point.mu, "mu_next - mu")                                                \
    X(dnu, step.nu_next - point.nu, "nu_next - nu")                                                \
    X(dmu_dmu, step.dmu_dmu, "Jacobian: d mu_next / d mu")                                         \
    X(dmu_dnu, step.dmu_dnu, "Jacobian: d mu_next / d nu")                                         \
    X(dnu_dmu, step.dnu_dmu, "Jacobian: d nu_next / d mu")                                         \
    X(dnu_dnu, step.dnu_dnu, "Jacobian: d nu_next / d nu")                                         \
    X(spectral_norm, step.spectral_norm, "largest singular value of the Jacobian")                 \
    X(spectral_radius, step.spectral_radius, "largest absolute eigenvalue of the Jacobian")        \
    X(chi1, step.chi1, "tau E f'(z)^2: growth of the squared gradient per layer")

enum {
    GRID_FIRST_STEP = SN_COORDINATE_COUNT, /* the four coordinates come first */
#define GRID_COLUMN(name, value, doc) GRID_##name,
    GRID_BEFORE = GRID_FIRST_STEP - 1,
    STEP_COLUMNS(GRID_COLUMN) GRID_COLUMNS
#undef GRID_COLUMN
};

enum { MAX_FIXED_POINTS = 256 };
static const double settle_tolerance = 1e-13;

/* What makes up one point of the configuration's sweep; names carry its number if there is one. */
typedef struct part {
    sn_study *study;
    const sn_map_spec *spec;
    size_t index;
    sn_table *grid, *trajectories, *fates, *fixed_points;
    size_t failed; /* grid points without a value */
} part;

size_t sn_map_study_bytes(const sn_map_spec *spec)
{
    const size_t rows = sn_bytes_times(spec->axis[0].points, spec->axis[1].points);
    const size_t grid = sn_bytes_times(rows, GRID_COLUMNS * sizeof(sn_cell));
    const size_t paths =
        sn_bytes_times(sn_bytes_times(spec->n_trajectories, 2 * sizeof(double) * 4),
                       sn_bytes_plus(spec->trajectory_layers, 1));
    return sn_bytes_plus(grid, paths);
}

static void part_name(const part *p, const char *what, char *text, size_t size)
{
    if (p->study->config->n_points == 1)
        snprintf(text, size, "%s", what);
    else
        snprintf(text, size, "%s_%zu", what, p->index + 1);
}

static sn_table *new_table(const part *p, const char *what, size_t n, const sn_column *columns)
{
    char name[64];
    part_name(p, what, name, sizeof name);
    return sn_table_new(name, n, columns);
}

static void grid_row(part *p, size_t row, const sn_layer_point *at)
{
    const sn_layer_point point = *at;
    sn_layer_step step;
    double at_x, at_y;
    sn_layer_preactivation(&p->spec->map, &point, &at_x, &at_y);
    if (sn_layer_map_apply(&p->spec->map, &point, &step, NULL) != SN_OK) {
        step = (sn_layer_step){.mu_next = NAN,
                               .xi_next = NAN,
                               .nu_next = NAN,
                               .dmu_dmu = NAN,
                               .dmu_dnu = NAN,
                               .dnu_dmu = NAN,
                               .dnu_dnu = NAN,
                               .spectral_norm = NAN,
                               .spectral_radius = NAN,
                               .chi1 = NAN};
#pragma omp atomic
        p->failed++;
    }
    for (int c = 0; c < SN_COORDINATE_COUNT; c++)
        sn_table_set_real(p->grid, row, (size_t)c,
                          *sn_coordinate_of((sn_layer_point *)&point, (sn_coordinate)c));
#define SET(name, value, doc) sn_table_set_real(p->grid, row, GRID_##name, value);
    STEP_COLUMNS(SET)
#undef SET
}

/* The grid, line by line of axis[1], axis[0] running fastest. */
static sn_status make_grid(part *p, sn_error *err)
{
    sn_column columns[GRID_COLUMNS];
    for (int c = 0; c < SN_COORDINATE_COUNT; c++)
        columns[c] = (sn_column){sn_coordinate_name((sn_coordinate)c), SN_REAL,
                                 sn_coordinate_doc((sn_coordinate)c)};
#define COLUMN(name, value, doc) columns[GRID_##name] = (sn_column){#name, SN_REAL, doc};
    STEP_COLUMNS(COLUMN)
#undef COLUMN
    p->grid = new_table(p, "grid", GRID_COLUMNS, columns);
    if (p->grid == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const sn_axis *inner = &p->spec->axis[0], *outer = &p->spec->axis[1];
    size_t first;
    sn_status status = sn_table_add_rows(p->grid, inner->points * outer->points, &first, err);
    if (status != SN_OK)
        return status;

    size_t done = 0;
    const int threads = p->study->options->threads;
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (threads != 1)
    for (size_t j = 0; j < outer->points; j++) {
        sn_layer_point at = p->spec->fixed;
        *sn_coordinate_of(&at, outer->coordinate) = sn_axis_value(outer, j);
        for (size_t i = 0; i < inner->points; i++) {
            *sn_coordinate_of(&at, inner->coordinate) = sn_axis_value(inner, i);
            grid_row(p, first + j * inner->points + i, &at);
        }
#pragma omp critical(sn_map_study_tick)
        sn_study_tick(p->study, sn_table_name(p->grid), ++done, outer->points);
    }
    return SN_OK;
}

static sn_status add_trajectory(part *p, size_t index, double *mu, double *nu, sn_error *err)
{
    const sn_map_spec *spec = p->spec;
    sn_layer_point start = spec->fixed;
    start.mu = spec->trajectories[index].mu;
    start.nu = spec->trajectories[index].nu;
    size_t layers;
    sn_fate fate;
    sn_status status = sn_layer_map_iterate(&spec->map, &start, spec->trajectory_layers,
                                            settle_tolerance, mu, nu, &layers, &fate, err);
    for (size_t l = 0; status == SN_OK && l <= layers; l++) {
        const sn_cell row[] = {
            {.real = (double)(index + 1)}, {.real = (double)l}, {.real = mu[l]}, {.real = nu[l]}};
        status = sn_table_add_row(p->trajectories, row, err);
    }
    if (status != SN_OK)
        return status;
    const sn_cell row[] = {
        {.real = (double)(index + 1)}, {.real = start.mu},       {.real = start.nu},
        {.text = sn_fate_text(fate)},  {.real = (double)layers}, {.real = mu[layers]},
        {.real = nu[layers]}};
    return sn_table_add_row(p->fates, row, err);
}

static sn_status make_trajectories(part *p, sn_error *err)
{
    static const sn_column path[] = {{"trajectory", SN_INTEGER, "which start, from 1"},
                                     {"layer", SN_INTEGER, "0 is the start"},
                                     {"mu", SN_REAL, "mean"},
                                     {"nu", SN_REAL, "variance"}};
    static const sn_column fate[] = {{"trajectory", SN_INTEGER, "which start, from 1"},
                                     {"mu", SN_REAL, "mean at the start"},
                                     {"nu", SN_REAL, "variance at the start"},
                                     {"fate", SN_TEXT, "settled, unsettled, died or exploded"},
                                     {"layers", SN_INTEGER, "layers until then"},
                                     {"mu_last", SN_REAL, "mean there"},
                                     {"nu_last", SN_REAL, "variance there"}};
    p->trajectories = new_table(p, "trajectories", 4, path);
    p->fates = new_table(p, "fates", 7, fate);
    const size_t n = p->spec->trajectory_layers + 1;
    double *mu = malloc(n * sizeof *mu), *nu = malloc(n * sizeof *nu);
    sn_status status = SN_OK;
    if (p->trajectories == NULL || p->fates == NULL || mu == NULL || nu == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; status == SN_OK && i < p->spec->n_trajectories; i++)
        status = add_trajectory(p, i, mu, nu, err);
    free(mu);
    free(nu);
    return status;
}

static sn_status make_fixed_points(part *p, sn_error *err)
{
    static const sn_column columns[] = {
        {"mu", SN_REAL, "mean"},
        {"nu", SN_REAL, "variance"},
        {"attracting", SN_BOOLEAN, "whether the spectral radius is below 1"},
        {"isolated", SN_BOOLEAN, "whether no eigenvalue of the Jacobian is 1"},
        {"residual", SN_REAL, "|mu_next - mu| + |nu_next - nu| / nu"},
        {"spectral_norm", SN_REAL, "largest singular value of the Jacobian"},
        {"spectral_radius", SN_REAL, "largest absolute eigenvalue of the Jacobian"},
        {"chi1", SN_REAL, "tau E f'(z)^2: growth of the squared gradient per layer"}};
    p->fixed_points = new_table(p, "fixed_points", sizeof columns / sizeof columns[0], columns);
    sn_fixed_point *points = malloc(MAX_FIXED_POINTS * sizeof *points);
    size_t count = 0;
    sn_status status = SN_OK;
    if (p->fixed_points == NULL || points == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    else
        status =
            sn_fixed_points_find(&p->spec->map, p->spec->fixed.omega, p->spec->fixed.tau,
                                 &p->spec->fixed_points, MAX_FIXED_POINTS, points, &count, err);
    for (size_t i = 0; status == SN_OK && i < count && i < MAX_FIXED_POINTS; i++) {
        const sn_fixed_point *f = &points[i];
        const sn_cell row[] = {{.real = f->mu},
                               {.real = f->nu},
                               {.real = f->attracting},
                               {.real = f->isolated},
                               {.real = f->residual},
                               {.real = f->step.spectral_norm},
                               {.real = f->step.spectral_radius},
                               {.real = f->step.chi1}};
        status = sn_table_add_row(p->fixed_points, row, err);
        sn_study_say(p->study, "fixed point (%.6g, %.6g): %s, spectral norm %.4g, chi1 %.4g", f->mu,
                     f->nu, f->attracting ? "attracting" : "not attracting", f->step.spectral_norm,
                     f->step.chi1);
    }
    if (status == SN_OK && count == 0)
        sn_study_say(p->study, "no fixed point in the domain");
    free(points);
    return status;
}

/* "neuron map of selu; omega 0, tau 1": what holds for the whole picture. */
static void describe(const part *p, char *text, size_t size)
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

static sn_status write_tables(part *p, const char *note, sn_error *err)
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

static sn_status draw_pictures(part *p, const char *subtitle, sn_error *err)
{
    const sn_config *config = p->study->config;
    const sn_axis *axis = p->spec->axis;
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < config->n_plots; i++) {
        char name[64];
        part_name(p, sn_plot_name(config->plots[i]), name, sizeof name);
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

static sn_status run_part(part *p, sn_error *err)
{
    char subtitle[256];
    describe(p, subtitle, sizeof subtitle);
    if (p->study->config->n_points > 1)
        sn_study_say(p->study, "%zu. %s", p->index + 1, subtitle);
    sn_status status = make_grid(p, err);
    if (status == SN_OK)
        status = make_trajectories(p, err);
    if (status == SN_OK)
        status = make_fixed_points(p, err);
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
    part_name(p, "failed_grid_points", name, sizeof name);
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
        part p = {.study = study, .spec = &study->config->points[i].map, .index = i};
        status = run_part(&p, err);
        sn_table_free(p.grid);
        sn_table_free(p.trajectories);
        sn_table_free(p.fates);
        sn_table_free(p.fixed_points);
    }
    return status;
}
