/* Where the layer map leads: trajectories from given starts until they settle, and all fixed points
 * of the domain. */
#include <stdlib.h>

#include "study/map_part.h"

enum { MAX_FIXED_POINTS = 256 };
static const double settle_tolerance = 1e-13;

static sn_status add_trajectory(sn_map_part *p, size_t index, double *mu, double *nu, sn_error *err)
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

sn_status sn_map_make_trajectories(sn_map_part *p, sn_error *err)
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
    p->trajectories = sn_map_table(p, "trajectories", 4, path);
    p->fates = sn_map_table(p, "fates", 7, fate);
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

sn_status sn_map_make_fixed_points(sn_map_part *p, sn_error *err)
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
    p->fixed_points = sn_map_table(p, "fixed_points", sizeof columns / sizeof columns[0], columns);
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
        sn_study_say(p->study, "fixed point (%.6g, %.6g): %s, spectral norm %.4g, chi1 %.4g",
                     sn_study_mean(f->mu, f->nu), f->nu,
                     f->attracting ? "attracting"
                     : f->isolated ? "not attracting"
                                   : "one of a curve, or at a bifurcation",
                     f->step.spectral_norm, f->step.chi1);
    }
    if (status == SN_OK && count == 0)
        sn_study_say(p->study, "no fixed point in the domain");
    if (status == SN_OK && count > MAX_FIXED_POINTS)
        sn_study_say(p->study, "%zu fixed points were found, %d are kept", count, MAX_FIXED_POINTS);
    free(points);
    return status;
}
