/* The heads of pictures that divide a plane: the phases of a deep random net over the variances of
 * its weights and biases, and over targets, how many activations of a family have them.
 *
 * chi1, the growth of the squared gradient a layer, is drawn by its logarithm. Its colours reach
 * from 1 to all but a percent of the values on either side, but neither side much further than
 * three times the other: little growth is not to look like much, and what is next to the edge of
 * chaos is to be told apart though chi1 goes to 0 with tau. */
#include <math.h>

#include "report/heads.h"
#include "report/script.h"

/* The parts of both kinds of pictures. */
enum { OTHER, ORDERED, CHAOTIC };
enum { ALIVE, DEAD, EXPLODED };

static unsigned char side_of(const sn_table *grid, size_t row, const size_t *columns)
{
    const double chi1 = sn_table_real(grid, row, columns[1]);
    return chi1 < 1 ? ORDERED : chi1 > 1 ? CHAOTIC : OTHER;
}

static unsigned char fate_of(const sn_table *grid, size_t row, const size_t *columns)
{
    const double q = sn_table_real(grid, row, columns[0]);
    return q == 0 ? DEAD : q > 0 && isinf(q) ? EXPLODED : ALIVE;
}

/* $dead and $exploded, to be hatched. */
static sn_status put_fates(const sn_head_sides *sides, const size_t *columns, FILE *script,
                           sn_error *err)
{
    sn_head_parts parts;
    sn_status status = sn_head_parts_make(sides, fate_of, columns, &parts, err);
    if (status != SN_OK)
        return status;
    status = sn_head_parts_patches(&parts, DEAD, script, "dead", err);
    if (status == SN_OK)
        status = sn_head_parts_patches(&parts, EXPLODED, script, "exploded", err);
    sn_head_parts_free(&parts);
    return status;
}

/* Where the words go that name the two sides; NaN: there is no room. */
static sn_status put_names(const sn_head_sides *sides, const size_t *columns, FILE *script,
                           sn_error *err)
{
    const double width = 0.15, height = 0.06; /* of the word and its box */
    sn_head_parts parts;
    const sn_status status = sn_head_parts_make(sides, side_of, columns, &parts, err);
    if (status != SN_OK)
        return status;
    for (unsigned char which = ORDERED; which <= CHAOTIC; which++) {
        double x, y;
        const bool room = sn_head_parts_room(&parts, which, width, height, &x, &y);
        sn_script_number(script, which == ORDERED ? "ordered_x" : "chaotic_x", room ? x : NAN);
        sn_script_number(script, which == ORDERED ? "ordered_y" : "chaotic_y", room ? y : NAN);
    }
    sn_head_parts_free(&parts);
    return SN_OK;
}

/* A side's values, in powers of ten, as far as they need colours of their own: three powers, and
 * three times the other's. */
static double shown(double own, double other)
{
    const double most = 3, enough = 0.35, ratio = 3;
    return fmin(other > 0 ? fmin(own, ratio * fmax(other, enough)) : own, most);
}

/* reach_low and reach_high, in powers of ten below and above 1. */
static sn_status put_reach(const sn_table *grid, size_t chi1, FILE *script, sn_error *err)
{
    const double least = 1e-3; /* tau = 0 has no logarithm and needs no colour of its own */
    sn_head_extent s;
    const sn_status status = sn_head_quantiles(grid, chi1, &s, err);
    if (status != SN_OK)
        return status;
    const double low = s.low < 1 ? -log10(fmax(s.low, least)) : 0;
    const double high = s.high > 1 ? log10(s.high) : 0;
    const double below = shown(low, high), above = shown(high, low);
    sn_script_number(script, "reach_low", fmax(fmax(below, above / 3), 0.05));
    sn_script_number(script, "reach_high", fmax(fmax(above, below / 3), 0.05));
    fprintf(script, "levels = %d\nmain = %d\n", s.min < s.max, s.min < 1 && s.max > 1);
    return SN_OK;
}

typedef struct line_columns {
    size_t q, tau, bias, attracting;
} line_columns;

/* A row's bias variance: the difference of two numbers like q, of a single point 0 but for
 * rounding. */
static double bias_of(const sn_table *line, size_t row, const line_columns *c)
{
    const double rounding = 1e-10 * sn_table_real(line, row, c->q);
    const double bias = sn_table_real(line, row, c->bias);
    return fabs(bias) <= rounding ? 0 : bias;
}

static bool is_drawn(const sn_table *line, size_t row, const line_columns *c)
{
    const double tau = sn_table_real(line, row, c->tau), bias = bias_of(line, row, c);
    return isfinite(tau) && isfinite(bias) && bias >= 0;
}

/* Whether all that is drawn of the line is one point. */
static bool is_point(const sn_table *line, const line_columns *c, double *tau, double *bias)
{
    const double near = 1e-9;
    size_t count = 0;
    *tau = *bias = NAN;
    for (size_t i = 0; i < sn_table_rows(line); i++) {
        if (!is_drawn(line, i, c))
            continue;
        const double t = sn_table_real(line, i, c->tau), b = bias_of(line, i, c);
        if (count++ == 0)
            *tau = t, *bias = b;
        else if (fabs(t - *tau) > near * fabs(t) || fabs(b - *bias) > near * fmax(fabs(b), 1))
            return false;
    }
    return count > 0;
}

static void put_vertex(FILE *script, double tau, double bias, bool attracting)
{
    fprintf(script, "%.12g\t%.12g\t%d\n", tau, bias, attracting);
}

/* Between a row that is drawn and its neighbour of negative bias variance: where that is 0. */
static void put_crossing(FILE *script, const sn_table *line, const line_columns *c, size_t drawn,
                         size_t other)
{
    const double tau = sn_table_real(line, drawn, c->tau), bias = bias_of(line, drawn, c);
    const double tau_other = sn_table_real(line, other, c->tau);
    const double bias_other = sn_table_real(line, other, c->bias);
    if (isfinite(tau_other) && isfinite(bias_other) && bias > 0)
        put_vertex(script, tau + (tau_other - tau) * bias / (bias - bias_other), 0,
                   sn_head_is_true(line, drawn, c->attracting));
}

static void put_line(FILE *script, const sn_table *line, const line_columns *c, size_t counts[2])
{
    for (size_t i = 0; i < sn_table_rows(line); i++) {
        const bool before = i > 0 && is_drawn(line, i - 1, c);
        if (!is_drawn(line, i, c)) {
            if (before)
                put_crossing(script, line, c, i - 1, i);
            fputs(before ? "\n" : "", script);
            continue;
        }
        const bool attracting = sn_head_is_true(line, i, c->attracting);
        if (i > 0 && !before)
            put_crossing(script, line, c, i, i - 1);
        put_vertex(script, sn_table_real(line, i, c->tau), bias_of(line, i, c), attracting);
        counts[attracting]++;
    }
}

/* `$critical`: tau, bias variance, 1 where q attracts; critical_count, repelling_count. Of one
 * point: critical_tau and critical_bias, else NaN. critical_known: there is a table of it. */
static sn_status put_critical(const sn_table *line, FILE *script, sn_error *err)
{
    line_columns c = {0};
    size_t counts[2] = {0};
    double tau = NAN, bias = NAN;
    const bool known = line != NULL && sn_table_rows(line) > 0;
    if (known) {
        const char *const names[] = {"q", "tau", "bias_variance", "attracting"};
        size_t *const found[] = {&c.q, &c.tau, &c.bias, &c.attracting};
        for (int k = 0; k < 4; k++) {
            *found[k] = sn_table_find(line, names[k]);
            if (*found[k] == sn_table_columns(line))
                return sn_fail(err, SN_EINVAL, "a picture needs the column %s of the table %s",
                               names[k], sn_table_name(line));
        }
    }
    fputs("# tau, variance of the biases, 1: q attracts, 0: not\n$critical << END\n", script);
    if (known && !is_point(line, &c, &tau, &bias)) {
        tau = bias = NAN;
        put_line(script, line, &c, counts);
    }
    if (counts[0] + counts[1] == 0) /* gnuplot complains of empty blocks */
        put_vertex(script, 0, 0, false);
    fprintf(script, "END\ncritical_known = %d\ncritical_count = %zu\nrepelling_count = %zu\n",
            known, counts[1], counts[0]);
    sn_script_number(script, "critical_tau", tau);
    sn_script_number(script, "critical_bias", bias);
    return SN_OK;
}

sn_status sn_head_phase(const sn_picture *picture, FILE *script, sn_error *err)
{
    sn_picture p = *picture;
    p.grid = picture->phases;
    p.grid_columns = picture->phase_columns;
    p.x = "tau";
    p.y = "bias_variance";
    sn_status status = sn_head_grid(&p, script, err);
    if (status == SN_OK)
        status = sn_head_column(script, "q_column", p.grid, "q", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "z_column", p.grid, "chi1", false, err);
    if (status != SN_OK)
        return status;
    const size_t nx = p.grid_columns, ny = sn_table_rows(p.grid) / nx;
    const size_t columns[] = {sn_table_find(p.grid, "q"), sn_table_find(p.grid, "chi1")};
    const size_t x = sn_table_find(p.grid, p.x), y = sn_table_find(p.grid, p.y);
    const sn_head_sides sides = {
        p.grid,
        nx,
        x,
        y,
        p.x_log && sn_table_real(p.grid, 0, x) > 0 && sn_table_real(p.grid, nx - 1, x) > 0,
        p.y_log && sn_table_real(p.grid, 0, y) > 0 && sn_table_real(p.grid, nx * (ny - 1), y) > 0};
    sn_head_steps(script, "image", nx, ny, SN_HEAD_IMAGE_POINTS);
    sn_head_steps(script, "contour", nx, ny, SN_HEAD_CONTOUR_POINTS);
    status = put_reach(p.grid, columns[1], script, err);
    if (status == SN_OK)
        status = put_fates(&sides, columns, script, err);
    if (status == SN_OK)
        status = put_names(&sides, columns, script, err);
    if (status == SN_OK)
        status = put_critical(picture->critical_line, script, err);
    return status;
}

/* Of targets: 0 not known, 1 no solution, 2 and 3 one and more, 4 and 5 the same with one that
 * attracts. */
enum { TARGET_CLASSES = 6 };

static size_t class_of(const sn_table *grid, size_t row, size_t solutions, size_t attracting)
{
    const double count = sn_table_real(grid, row, solutions);
    if (!(count >= 0))
        return 0;
    if (count < 1)
        return 1;
    const size_t enough = count < 2 ? 2 : 3;
    return sn_head_is_true(grid, row, attracting) ? enough + 2 : enough;
}

sn_status sn_head_solutions(const sn_picture *picture, FILE *script, sn_error *err)
{
    sn_picture p = *picture;
    p.grid = picture->targets;
    p.grid_columns = picture->target_columns;
    p.x = "mu";
    p.y = "nu";
    sn_status status = sn_head_grid(&p, script, err);
    if (status == SN_OK)
        status = sn_head_column(script, "solutions_column", p.grid, "solutions", false, err);
    if (status == SN_OK)
        status = sn_head_column(script, "attracting_column", p.grid, "attracting", false, err);
    if (status != SN_OK)
        return status;
    sn_head_steps(script, "image", p.grid_columns, sn_table_rows(p.grid) / p.grid_columns,
                  SN_HEAD_IMAGE_POINTS);
    size_t counts[TARGET_CLASSES] = {0};
    const size_t solutions = sn_table_find(p.grid, "solutions");
    const size_t attracting = sn_table_find(p.grid, "attracting");
    for (size_t i = 0; i < sn_table_rows(p.grid); i++)
        counts[class_of(p.grid, i, solutions, attracting)]++;
    fprintf(script, "array counts[%d] = [", TARGET_CLASSES);
    for (size_t k = 0; k < TARGET_CLASSES; k++)
        fprintf(script, "%s%zu", k > 0 ? ", " : "", counts[k]);
    fputs("]\n", script);
    sn_script_number(script, "target_x", picture->target != NULL ? picture->target[0] : NAN);
    sn_script_number(script, "target_y", picture->target != NULL ? picture->target[1] : NAN);
    return SN_OK;
}
