/* Where an expression may not be smooth: where one of its switches changes sides
 * (expression_switches.c).
 *
 * All switches are looked at on a net over [-1000, 1000], dense near 0; where two neighbours are on
 * different sides, bisection goes down to two adjacent doubles, and where |s| dips towards 0 between
 * neighbours, golden sections find whether it touches. A short decimal beside the point found is
 * preferred where s is as small there: 0.1, not 0.09999999999999999. */
#include "activation/expression_switches.h"

#include <math.h>
#include <stdlib.h>

/* Beside those of tables, which are as many as they are. */
enum { MOST_KINKS = 4000, MOST_IN_A_CELL = 64, MOST_CHANGES = 20000 };
static const double REACH = 1000;

typedef struct scan {
    const sn_tree *tree;
    size_t n_switches;
    sn_switch *switches;
    size_t n_changes; /* of side, that were looked into */
    size_t n_stairs;  /* the kinks of tables */
    size_t n_kinks, room;
    double *kinks;
} scan;

static double a_at(const scan *c, const sn_switch *s, double x)
{
    return sn_tree_value(c->tree, s->a, x);
}

static double b_at(const scan *c, const sn_switch *s, double x)
{
    return s->b == SN_NO_NODE ? s->offset : sn_tree_value(c->tree, s->b, x);
}

static double side_at(const scan *c, const sn_switch *s, double x)
{
    return sn_switch_side(s, a_at(c, s, x), b_at(c, s, x));
}

static double value_at(const scan *c, const sn_switch *s, double x)
{
    return sn_switch_value(s, a_at(c, s, x), b_at(c, s, x));
}

static void add_kink(scan *c, const sn_switch *s, double at)
{
    const double beside = 1e-9 * fmax(1, fabs(at));
    const bool read = sn_switch_is_read(c->tree, s, at)
                      || sn_switch_is_read(c->tree, s, at - beside)
                      || sn_switch_is_read(c->tree, s, at + beside);
    if (read && c->n_kinks < c->room)
        c->kinks[c->n_kinks++] = at;
}

/* --- finding the place ------------------------------------------------------------------------ */

/* The shortest decimal within reach where s is as near to 0 as at x, or that is its neighbour. */
static double simplest(const scan *c, const sn_switch *s, double x, double reach)
{
    const double here = fabs(value_at(c, s, x));
    double scale = 1;
    for (int digits = 0; digits <= 15; digits++, scale *= 10) {
        const double simple = round(x * scale) / scale;
        const double away = fabs(simple - x);
        if (away <= reach && (away <= 3e-16 * fabs(x) || fabs(value_at(c, s, simple)) <= here))
            return simple == 0 ? 0 : simple;
    }
    return x;
}

static bool is_between(double low, double middle, double high)
{
    return low < middle && middle < high;
}

/* All changes of side in [a, b]; both sides are numbers. */
static void find_changes(scan *c, const sn_switch *s, double a, double b)
{
    const double last = side_at(c, s, b);
    for (size_t i = 0; i < MOST_IN_A_CELL + c->n_stairs; i++) {
        const double side = side_at(c, s, a);
        double low = a, high = b;
        if (side == last || isnan(side) || c->n_changes++ > MOST_CHANGES + 4 * c->n_stairs)
            return;
        for (double m = low / 2 + high / 2; is_between(low, m, high); m = low / 2 + high / 2)
            *(side_at(c, s, m) == side ? &low : &high) = m;
        const bool lower = fabs(value_at(c, s, low)) < fabs(value_at(c, s, high));
        const double at = lower ? low : high;
        add_kink(c, s, simplest(c, s, at, 1e-15 * fmax(1, fabs(at))));
        a = high;
    }
}

/* |s| is smaller between a and b than at both: it touches 0, crosses it twice, or neither. */
static void find_touch(scan *c, const sn_switch *s, double a, double b)
{
    static const double golden = 0.61803398874989484820;
    const double side = side_at(c, s, a), from = a, to = b;
    const double size = fmax(fabs(value_at(c, s, a)), fabs(value_at(c, s, b)));
    double left = b - golden * (b - a), right = a + golden * (b - a);
    double at_left = fabs(value_at(c, s, left)), at_right = fabs(value_at(c, s, right));
    for (int i = 0; i < 80 && b - a > 1e-10 * fmax(1e-6, fabs(a)); i++) {
        if (at_left < at_right) {
            b = right;
            right = left;
            at_right = at_left;
            left = b - golden * (b - a);
            at_left = fabs(value_at(c, s, left));
        } else {
            a = left;
            left = right;
            at_left = at_right;
            right = a + golden * (b - a);
            at_right = fabs(value_at(c, s, right));
        }
        const double inner = at_left < at_right ? left : right;
        const double there = side_at(c, s, inner);
        if (there != side && !isnan(there)) {
            find_changes(c, s, from, inner);
            find_changes(c, s, inner, to);
            return;
        }
    }
    const double at = simplest(c, s, a / 2 + b / 2, 1e-7 * fmax(1, fabs(a)));
    if (fabs(value_at(c, s, at)) <= 1e-11 * size)
        add_kink(c, s, at);
}

/* --- the net ---------------------------------------------------------------------------------- */

/* The net from 0 outwards: by quarters from 1e-8 to 1/64, then by 1/64, beyond 16 by 1/512 of x. */
static double next_point(double x)
{
    if (x == 0)
        return 1e-8;
    if (x < 0x1p-6)
        return fmin(1.25 * x, 0x1p-6);
    return x < 16 ? x + 0x1p-6 : fmin(x * (1 + 0x1p-9), REACH);
}

static void look(scan *c, sn_switch *s, const double x[3])
{
    const double v = fabs(s->value[1]);
    if (isnan(s->side[2]) || isnan(s->side[1]))
        return;
    if (s->side[1] != s->side[2]) {
        find_changes(c, s, fmin(x[1], x[2]), fmax(x[1], x[2]));
        return;
    }
    const double before = fabs(s->value[0]), after = fabs(s->value[2]);
    if (!sn_switch_is_step(s) && s->side[0] == s->side[1] && s->side[1] != 0 && v < before
        && v < after && v < 0.5 * fmax(before, after))
        find_touch(c, s, fmin(x[0], x[2]), fmax(x[0], x[2]));
}

/* One point more: what was seen moves down, and what lies between is looked at. */
static void advance(scan *c, double point, double x[3], double values[])
{
    x[0] = x[1];
    x[1] = x[2];
    x[2] = point;
    sn_tree_values(c->tree, point, values);
    for (size_t i = 0; i < c->n_switches; i++) {
        sn_switch *s = &c->switches[i];
        const double a = values[s->a], b = s->b == SN_NO_NODE ? s->offset : values[s->b];
        for (int k = 0; k < 2; k++) {
            s->side[k] = s->side[k + 1];
            s->value[k] = s->value[k + 1];
        }
        s->side[2] = sn_switch_side(s, a, b);
        s->value[2] = sn_switch_value(s, a, b);
        look(c, s, x);
    }
}

static void walk(scan *c, double direction, double values[])
{
    double x[3] = {0};
    for (size_t i = 0; i < c->n_switches; i++)
        for (int k = 0; k < 3; k++)
            c->switches[i].side[k] = c->switches[i].value[k] = NAN;
    if (direction > 0) /* a touch at 0 is seen from both sides */
        advance(c, -1e-8, x, values);
    const size_t most = direction > 0 ? c->room : c->room / 2;
    advance(c, 0, x, values);
    for (double r = 0; r < REACH && c->n_kinks < most;) {
        r = next_point(r);
        advance(c, direction * r, x, values);
    }
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many decimals a number has. */
static int decimals(double x)
{
    double scale = 1;
    int digits = 0;
    for (; digits < 17 && round(x * scale) / scale != x; digits++)
        scale *= 10;
    return digits;
}

/* Sorts, and keeps the simplest of those that only rounding tells apart. */
static void tidy(scan *c)
{
    size_t kept = 0;
    qsort(c->kinks, c->n_kinks, sizeof *c->kinks, ascending);
    for (size_t i = 0; i < c->n_kinks; i++) {
        const double kink = c->kinks[i];
        if (kept == 0 || kink - c->kinks[kept - 1] > 1e-14 * fabs(kink))
            c->kinks[kept++] = kink;
        else if (decimals(kink) < decimals(c->kinks[kept - 1]))
            c->kinks[kept - 1] = kink;
    }
    c->n_kinks = kept;
}

static size_t count_stairs(const sn_switch *s)
{
    size_t n = 0;
    if (s->stairs == NULL)
        return 0;
    const sn_activation *f = s->stairs;
    double kink = f->type->kink_beyond(f->state, -INFINITY, 1);
    for (; kink < INFINITY; kink = f->type->kink_beyond(f->state, kink, 1))
        n++;
    return n;
}

sn_status sn_tree_kinks(const sn_tree *tree, size_t *n, double **kinks, sn_error *err)
{
    scan c = {.tree = tree};
    bool fits = sn_find_switches(tree, &c.n_switches, &c.switches);
    double *values = calloc((size_t)tree->n_nodes, sizeof *values);
    for (size_t i = 0; i < c.n_switches; i++)
        c.n_stairs += count_stairs(&c.switches[i]);
    c.room = MOST_KINKS + 4 * c.n_stairs;
    c.kinks = calloc(c.room, sizeof *c.kinks);
    fits = fits && values != NULL && c.kinks != NULL;
    if (fits && c.n_switches > 0) {
        walk(&c, -1, values);
        walk(&c, 1, values);
        tidy(&c);
    }
    free(values);
    free(c.switches);
    if (!fits) {
        free(c.kinks);
        return sn_fail(err, SN_ENOMEM, "no memory for the kinks of an expression");
    }
    *n = c.n_kinks;
    *kinks = c.kinks;
    return SN_OK;
}
