/* All fixed points in a box, as far as a net of starts can tell.
 *
 * The box is laid out with nu in logarithmic scale, a little wider than asked for so that a fixed
 * point on its border lies inside a cell. The signs of mu_next - mu and nu_next - nu are taken at
 * the corners of the cells; where both change within a cell, its centre is a start for Newton. Two
 * fixed points in one cell, or a double one, need not show as a change of sign: the nodes at which
 * the distance moved has a local minimum are starts too, and so is every SPARSE-th node.
 *
 * What Newton finds is told apart: isolated points by their distance alone. Fixed points that fill
 * a curve or the whole plane are found once a start; of these one is kept in every quarter of the
 * box, to represent the rest. */
#include "theory/refine.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS = 50, NODES = CELLS + 1, SPARSE = 7 };

static const double margin = 1e-6;      /* of the net, beyond the box, in box widths */
static const double roam = 30;          /* how far beyond the box Newton may go, in nu */
static const double border = 1e-9;      /* still inside, relative */
static const double same = 1e-6;        /* two results are one point, in units of the spread */
static const double represented = 0.25; /* reach of a non-isolated point, in box widths */

/* A node of the net and the step of the map there, free of units; 1 stands for beyond numbers. */
typedef struct node {
    sn_layer_point at;
    double move_mu, move_nu;
} node;

typedef struct search {
    const sn_layer_map *map;
    const sn_map_box *box;
    sn_map_box limits; /* which Newton may not leave */
    node nodes[NODES][NODES];
    size_t count, room;
    sn_fixed_point *found;
} search;

static double spread(double mu, double nu)
{
    return sqrt(mu * mu + nu);
}

static sn_status lay_out(search *s, double omega, double tau, sn_error *err)
{
    const sn_map_box *box = s->box;
    const double t_from = log(box->nu_from), t_to = log(box->nu_to);
    for (int i = 0; i < NODES; i++) {
        for (int j = 0; j < NODES; j++) {
            const double u = (1 + 2 * margin) * i / CELLS - margin;
            const double v = (1 + 2 * margin) * j / CELLS - margin;
            const sn_layer_point at = {.mu = box->mu_from + u * (box->mu_to - box->mu_from),
                                       .nu = exp(t_from + v * (t_to - t_from)),
                                       .omega = omega,
                                       .tau = tau};
            sn_layer_step step;
            const sn_status status = sn_layer_map_apply(s->map, &at, &step, err);
            if (status != SN_OK)
                return status;
            const double move_mu = (step.mu_next - at.mu) / spread(at.mu, at.nu);
            const double move_nu = (step.nu_next - at.nu) / fmax(step.nu_next, at.nu);
            s->nodes[i][j] = (node){.at = at,
                                    .move_mu = isfinite(move_mu) ? move_mu : 1,
                                    .move_nu = isfinite(move_nu) ? move_nu : 1};
        }
    }
    return SN_OK;
}

static bool inside(const sn_map_box *box, const sn_fixed_point *p)
{
    const double slack = border * fmax(spread(p->mu, p->nu), box->mu_to - box->mu_from);
    return p->mu >= box->mu_from - slack && p->mu <= box->mu_to + slack
           && p->nu >= box->nu_from * (1 - border) && p->nu <= box->nu_to * (1 + border);
}

/* Where Newton may roam: an iteration that goes further is not expected back. */
static sn_map_box roaming(const sn_map_box *box)
{
    const double reach = box->mu_to - box->mu_from + 2 * sqrt(box->nu_to);
    return (sn_map_box){box->mu_from - reach, box->mu_to + reach, box->nu_from / roam,
                        box->nu_to * roam};
}

/* Whether q says nothing that p has not said. */
static bool repeats(const sn_map_box *box, const sn_fixed_point *p, const sn_fixed_point *q)
{
    const double d_mu = fabs(q->mu - p->mu), d_log_nu = fabs(log(q->nu / p->nu));
    if (d_mu <= same * spread(p->mu, p->nu) && d_log_nu <= same)
        return true;
    return !p->isolated && !q->isolated && d_mu < represented * (box->mu_to - box->mu_from)
           && d_log_nu < represented * log(box->nu_to / box->nu_from);
}

static sn_status keep(search *s, const sn_fixed_point *q, sn_error *err)
{
    for (size_t i = 0; i < s->count; i++) {
        if (repeats(s->box, &s->found[i], q))
            return SN_OK;
    }
    if (s->count == s->room) {
        const size_t room = s->room == 0 ? 16 : 2 * s->room;
        sn_fixed_point *grown = realloc(s->found, room * sizeof *grown);
        if (grown == NULL)
            return sn_fail(err, SN_ENOMEM, "no memory for %zu fixed points", room);
        s->found = grown;
        s->room = room;
    }
    /* Ascending by mu, then nu; means that differ by rounding alone are equal. */
    size_t place = s->count++;
    for (; place > 0; place--) {
        const sn_fixed_point *p = &s->found[place - 1];
        const double ahead = (q->mu - p->mu) / spread(p->mu, p->nu);
        if (ahead > border || (ahead >= -border && q->nu > p->nu))
            break;
        s->found[place] = *p;
    }
    s->found[place] = *q;
    return SN_OK;
}

static sn_status start_at(search *s, const sn_layer_point *start, sn_error *err)
{
    sn_fixed_point point;
    bool converged;
    const sn_status status =
        sn_fixed_point_refine_within(s->map, start, &s->limits, &point, &converged, err);
    if (status != SN_OK || !converged || !inside(s->box, &point))
        return status;
    return keep(s, &point, err);
}

/* Whether a component of the step is not of one sign at the four corners of a cell. */
static bool changes_sign(double a, double b, double c, double d)
{
    return fmin(fmin(a, b), fmin(c, d)) <= 0 && fmax(fmax(a, b), fmax(c, d)) >= 0;
}

static bool cell_is_crossed(const search *s, int i, int j)
{
    const node *a = &s->nodes[i][j], *b = &s->nodes[i][j + 1];
    const node *c = &s->nodes[i + 1][j], *d = &s->nodes[i + 1][j + 1];
    return changes_sign(a->move_mu, b->move_mu, c->move_mu, d->move_mu)
           && changes_sign(a->move_nu, b->move_nu, c->move_nu, d->move_nu);
}

static bool is_local_minimum(const search *s, int i, int j)
{
    const node *at = &s->nodes[i][j];
    const double moved = hypot(at->move_mu, at->move_nu);
    for (int k = i > 0 ? i - 1 : 0; k <= i + 1 && k < NODES; k++) {
        for (int l = j > 0 ? j - 1 : 0; l <= j + 1 && l < NODES; l++) {
            if (hypot(s->nodes[k][l].move_mu, s->nodes[k][l].move_nu) < moved)
                return false;
        }
    }
    return true;
}

static sn_status try_starts(search *s, sn_error *err)
{
    for (int i = 0; i < NODES; i++) {
        for (int j = 0; j < NODES; j++) {
            const sn_layer_point *at = &s->nodes[i][j].at;
            sn_status status = SN_OK;
            if (i < CELLS && j < CELLS && cell_is_crossed(s, i, j)) {
                const sn_layer_point *opposite = &s->nodes[i + 1][j + 1].at;
                sn_layer_point centre = *at;
                centre.mu = 0.5 * (at->mu + opposite->mu);
                centre.nu = sqrt(at->nu) * sqrt(opposite->nu);
                status = start_at(s, &centre, err);
            }
            const bool sparse = i % SPARSE == SPARSE / 2 && j % SPARSE == SPARSE / 2;
            if (status == SN_OK && (sparse || is_local_minimum(s, i, j)))
                status = start_at(s, at, err);
            if (status != SN_OK)
                return status;
        }
    }
    return SN_OK;
}

sn_status sn_fixed_points_find(const sn_layer_map *map, double omega, double tau,
                               const sn_map_box *box, size_t capacity, sn_fixed_point *out,
                               size_t *count, sn_error *err)
{
    if (!(isfinite(box->mu_from) && isfinite(box->mu_to) && box->mu_from <= box->mu_to))
        return sn_fail(err, SN_EDOMAIN, "mu from %g to %g is no interval", box->mu_from,
                       box->mu_to);
    if (!(box->nu_from > 0 && box->nu_from < box->nu_to && box->nu_to < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "nu from %g to %g is no interval of positive numbers",
                       box->nu_from, box->nu_to);
    search *s = calloc(1, sizeof *s);
    if (s == NULL)
        return sn_fail(err, SN_ENOMEM, "no memory for a net of %d x %d starts", NODES, NODES);
    s->map = map;
    s->box = box;
    s->limits = roaming(box);
    sn_status status = lay_out(s, omega, tau, err);
    if (status == SN_OK)
        status = try_starts(s, err);
    if (status == SN_OK) {
        *count = s->count;
        for (size_t i = 0; i < s->count && i < capacity; i++)
            out[i] = s->found[i];
    }
    free(s->found);
    free(s);
    return status;
}
