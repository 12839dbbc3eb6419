/* The layer map at every point of a grid. The list below is both the columns and what goes into
 * them; a point where the map has no value is a row of NaN, and counted. */
#include <math.h>

#include "study/map_part.h"

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

size_t sn_map_grid_bytes(const sn_map_spec *spec)
{
    const size_t rows = sn_bytes_times(spec->axis[0].points, spec->axis[1].points);
    return sn_bytes_times(rows, GRID_COLUMNS * sizeof(sn_cell));
}

static void grid_row(sn_map_part *p, size_t row, const sn_layer_point *at)
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
sn_status sn_map_make_grid(sn_map_part *p, sn_error *err)
{
    sn_column columns[GRID_COLUMNS];
    for (int c = 0; c < SN_COORDINATE_COUNT; c++)
        columns[c] = (sn_column){sn_coordinate_name((sn_coordinate)c), SN_REAL,
                                 sn_coordinate_doc((sn_coordinate)c)};
#define COLUMN(name, value, doc) columns[GRID_##name] = (sn_column){#name, SN_REAL, doc};
    STEP_COLUMNS(COLUMN)
#undef COLUMN
    p->grid = sn_map_table(p, "grid", GRID_COLUMNS, columns);
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
