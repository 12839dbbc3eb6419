/* The small tables of a gain: its curve, its correlation map, its residual blocks. */
#include "study/gain_tables.h"

#include <math.h>

enum { CURVE_POINTS = 801, MAP_POINTS = 201 };

/* A new table, or SN_ENOMEM. */
static sn_status make(const char *name, size_t n, const sn_column *columns, sn_table **out,
                      sn_error *err)
{
    *out = sn_table_new(name, n, columns);
    return *out != NULL ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory");
}

static double density_at(const sn_gain_spec *spec, double z)
{
    return sn_law_shape(&spec->subject->law, (z - spec->x) / sqrt(spec->y));
}

sn_status sn_gain_curve(const sn_gain_study *study, sn_table **out, sn_error *err)
{
    static const sn_column columns[] = {
        {"x", SN_REAL, "argument"},
        {"value", SN_REAL, "f(x)"},
        {"derivative", SN_REAL, "f'(x), at a kink the left value"},
        {"density", SN_REAL, "of the pre-activation, up to a factor; nan where it has none"}};
    const sn_gain_spec *spec = &study->spec;
    const sn_activation *f = &spec->subject->activation;
    const double reach = 4.5 * sqrt(spec->y);
    sn_status status = make("curve", 4, columns, out, err);
    for (int i = 0; i < CURVE_POINTS && status == SN_OK; i++) {
        const double x = spec->x + reach * (2.0 * i / (CURVE_POINTS - 1) - 1);
        const sn_cell row[] = {{.real = x},
                               {.real = sn_activation_value(f, x)},
                               {.real = sn_activation_derivative(f, x)},
                               {.real = density_at(spec, x)}};
        status = sn_table_add_row(*out, row, err);
    }
    return status;
}

/* More closely towards 1, where the slope changes fast. */
static double correlation_at(int i)
{
    const double u = (double)i / (MAP_POINTS - 1);
    return i == MAP_POINTS - 1 ? 1 : 1 - 2 * (1 - u) * (1 - u);
}

sn_status sn_gain_correlations(const sn_gain_study *study, const sn_field_point *at, sn_table **map,
                               sn_table **points, sn_error *err)
{
    static const sn_column columns[] = {
        {"c", SN_REAL, "correlation of the pre-activations of two inputs"},
        {"c_next", SN_REAL, "the same a layer on, R(c)"},
        {"slope", SN_REAL, "R'(c)"}};
    static const sn_column point_columns[] = {{"c", SN_REAL, "fixed point of R"},
                                              {"slope", SN_REAL, "R'(c)"},
                                              {"attracting", SN_BOOLEAN, "whether it attracts"}};
    sn_status status = make("correlations", 3, columns, map, err);
    for (int i = 0; i < MAP_POINTS && status == SN_OK; i++) {
        double next, slope;
        status =
            sn_field_correlation(&study->field, at->q, correlation_at(i), &next, &slope, NULL, err);
        const sn_cell row[] = {{.real = correlation_at(i)}, {.real = next}, {.real = slope}};
        if (status == SN_OK)
            status = sn_table_add_row(*map, row, err);
    }
    if (status == SN_OK)
        status = make("correlation_points", 3, point_columns, points, err);
    for (size_t i = 0; i < at->n_correlations && status == SN_OK; i++) {
        const sn_correlation_point *p = &at->correlations[i];
        const sn_cell row[] = {{.real = p->c}, {.real = p->slope}, {.real = p->attracting}};
        status = sn_table_add_row(*points, row, err);
    }
    return status;
}

static sn_status add_stack(sn_table *table, const char *name, double start,
                           const sn_residual_block *blocks, size_t n, sn_error *err)
{
    const sn_cell first[] = {{.text = name}, {.real = 0}, {.real = start}, {.real = 0}};
    sn_status status = sn_table_add_row(table, first, err);
    for (size_t i = 0; i < n && status == SN_OK; i++) {
        const sn_cell row[] = {{.text = name},
                               {.real = (double)i + 1},
                               {.real = blocks[i].variance},
                               {.real = blocks[i].gradient_log10}};
        status = sn_table_add_row(table, row, err);
    }
    return status;
}

sn_status sn_gain_blocks(const sn_gain_study *study, sn_table **out, sn_error *err)
{
    static const sn_column columns[] = {
        {"net", SN_TEXT, "plain: x + beta W f(x); nfnet: x + beta W f(x / its deviation)"},
        {"block", SN_INTEGER, "0 is the input"},
        {"variance", SN_REAL, "after the block"},
        {"gradient_log10", SN_REAL,
         "decimal logarithm of the growth of the squared gradient from the block's output back to "
         "the input"}};
    sn_status status = make("blocks", 4, columns, out, err);
    if (status == SN_OK)
        status = add_stack(*out, "plain", study->spec.y, study->plain, study->n_plain, err);
    if (status == SN_OK)
        status = add_stack(*out, "nfnet", study->spec.y, study->nfnet, study->n_nfnet, err);
    return status;
}
