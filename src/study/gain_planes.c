/* The large tables of a gain, each over a plane: the phases of nets over tau and the variance of
 * the biases, and the targets of a design over mean and variance. */
#include <math.h>
#include <stdlib.h>

#include "study/gain_tables.h"

enum { LINE_POINTS = 2001, MAX_ZERO = 16 };

static const double least_q = 1e-6, most_q = 1e6;
static const double tall_q = 3; /* up to which the line is to be seen: gelu's goes on straight up */

static sn_status out_of_memory(sn_error *err)
{
    return sn_fail(err, SN_ENOMEM, "out of memory");
}

/* --- phases ------------------------------------------------------------------------------------- */

/* How far the plane goes: a good deal beyond where the line leaves the axis, and as high as the
 * line rises there. */
static void choose_extent(const sn_gain_folder *folder, const sn_critical_point *line,
                          double *tau_most, double *bias_most)
{
    double least_tau = INFINITY, highest = 0;
    for (size_t i = 0; i < LINE_POINTS; i++)
        if (line[i].bias_variance >= -1e-9 * line[i].q && line[i].tau < least_tau)
            least_tau = line[i].tau;
    *tau_most = folder->tau_most;
    if (isnan(*tau_most))
        *tau_most = isfinite(least_tau) ? 2.5 * least_tau : 4;
    for (size_t i = 0; i < LINE_POINTS; i++)
        if (line[i].tau <= *tau_most && line[i].q <= tall_q && isfinite(line[i].bias_variance))
            highest = fmax(highest, line[i].bias_variance);
    *bias_most = folder->bias_most;
    if (isnan(*bias_most))
        *bias_most = highest > 1e-6 ? 1.15 * highest : 1;
}

static sn_status make_line(const sn_critical_point *points, sn_table **out, sn_error *err)
{
    static const sn_column columns[] = {
        {"q", SN_REAL, "variance of the pre-activations"},
        {"tau", SN_REAL, "variance of the weights times fan-in, where chi1 is 1 at q"},
        {"bias_variance", SN_REAL, "variance of the biases that makes q a fixed point"},
        {"slope", SN_REAL, "V'(q)"},
        {"attracting", SN_BOOLEAN, "whether q attracts"},
        {"error", SN_REAL, "estimated relative error of tau"}};
    *out = sn_table_new("critical_line", 6, columns);
    if (*out == NULL)
        return out_of_memory(err);
    sn_status status = SN_OK;
    for (size_t i = 0; i < LINE_POINTS && status == SN_OK; i++) {
        const sn_critical_point *p = &points[i];
        const sn_cell row[] = {
            {.real = p->q},     {.real = p->tau},        {.real = p->bias_variance},
            {.real = p->slope}, {.real = p->attracting}, {.real = p->error}};
        status = sn_table_add_row(*out, row, err);
    }
    return status;
}

static sn_status make_phases(const sn_field *field, size_t n, double tau_most, double bias_most,
                             sn_table **out, sn_error *err)
{
    static const sn_column columns[] = {
        {"tau", SN_REAL, "variance of the weights times fan-in"},
        {"bias_variance", SN_REAL, "variance of the biases"},
        {"q", SN_REAL, "variance of the pre-activations from 1 on: 0 dies, inf explodes"},
        {"chi1", SN_REAL, "growth of the squared gradient a layer, there"}};
    double *axes = malloc(2 * n * sizeof *axes);
    sn_phase_cell *cells = malloc(n * n * sizeof *cells);
    sn_status status = SN_OK;
    size_t first;
    *out = sn_table_new("phases", 4, columns);
    if (axes == NULL || cells == NULL || *out == NULL) {
        status = out_of_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        axes[i] = tau_most * ((double)i + 0.5) / (double)n;
        axes[n + i] = bias_most * (double)i / (double)(n - 1);
    }
    status = sn_phase_diagram(field, n, axes, n, axes + n, cells, err);
    if (status == SN_OK)
        status = sn_table_add_rows(*out, n * n, &first, err);
    for (size_t i = 0; status == SN_OK && i < n * n; i++) {
        sn_table_set_real(*out, i, 0, axes[i % n]);
        sn_table_set_real(*out, i, 1, axes[n + i / n]);
        sn_table_set_real(*out, i, 2, cells[i].q);
        sn_table_set_real(*out, i, 3, cells[i].chi1);
    }
done:
    free(axes);
    free(cells);
    return status;
}

sn_status sn_gain_phases(const sn_gain_folder *folder, sn_table **phases, sn_table **line,
                         sn_critical_kind *kind, sn_error *err)
{
    const sn_field *field = &folder->gain->field;
    sn_critical_point *points = malloc(LINE_POINTS * sizeof *points);
    sn_critical_point zero[MAX_ZERO];
    size_t n_zero;
    double tau_most, bias_most;
    if (points == NULL)
        return out_of_memory(err);
    sn_status status = sn_critical_line(field, least_q, most_q, LINE_POINTS, points, kind, MAX_ZERO,
                                        zero, &n_zero, err);
    if (status == SN_OK) {
        choose_extent(folder, points, &tau_most, &bias_most);
        status = make_line(points, line, err);
    }
    if (status == SN_OK)
        status = make_phases(field, folder->resolution, tau_most, bias_most, phases, err);
    free(points);
    return status;
}

/* --- targets ------------------------------------------------------------------------------------ */

sn_status sn_gain_targets(const sn_gain_folder *folder, sn_table **out, sn_error *err)
{
    static const sn_column columns[] = {
        {"mu", SN_REAL, "mean to keep"},
        {"nu", SN_REAL, "variance to keep"},
        {"solutions", SN_INTEGER, "how many; nan where that cannot be told"},
        {"attracting", SN_INTEGER, "how many of them attract"}};
    const sn_design *design = &folder->design->design;
    const size_t n = folder->resolution;
    const double across = fmax(2, 1.5 * fabs(design->at.mu));
    const double from = fmin(0.02, design->at.nu / 4), to = fmax(20, 4 * design->at.nu);
    size_t first;
    *out = sn_table_new("targets", 4, columns);
    if (*out == NULL)
        return out_of_memory(err);
    const sn_status status = sn_table_add_rows(*out, n * n, &first, err);
    if (status != SN_OK)
        return status;
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < n * n; i++) {
        const double mu = across * (2.0 * (double)(i % n) / (double)(n - 1) - 1);
        const double nu = from * pow(to / from, (double)(i / n) / (double)(n - 1));
        size_t count = 0, attracting = 0;
        sn_outcome outcome;
        const bool known =
            sn_design_count(design, mu, nu, &count, &attracting, &outcome, NULL) == SN_OK
            && outcome != SN_OUTCOME_NOT_IN_DOUBLES;
        sn_table_set_real(*out, i, 0, mu);
        sn_table_set_real(*out, i, 1, nu);
        sn_table_set_real(*out, i, 2, known ? (double)count : NAN);
        sn_table_set_real(*out, i, 3, known ? (double)attracting : NAN);
    }
    return SN_OK;
}
