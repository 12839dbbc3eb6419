/* The phase diagram: where q <- V(q) = tau S(q) + b ends from q = 1, at every tau and b.
 *
 * Where V increases the iteration goes one way, and ends at the first fixed point in the direction
 * of V(1) - 1. Near the critical line that takes without bound many layers, so the fixed point is
 * looked for instead: from q = 1 over the pieces of a table of S until
 *
 *     g(q) = V(q) - q   (upwards; q - V(q) downwards)
 *
 * becomes negative. It does so in a piece if g is negative at its far end, or at the minimum in
 * between, which is where tau S' = 1: S' is monotone in a piece, so there is one at most. Newton's
 * method, kept between a place before the zero and one behind it, does the rest.
 *
 * Beyond the table S goes on as a line: at its upper end, q = 1e36, S of any f that grows at most
 * linearly does, and at its lower end terms of the order of sqrt q are below rounding. Where the
 * table ends earlier, as moments cannot be had, this line only tells what dies and what explodes.
 *
 * g is negative only if it is so by more than rounding: relu's is 0 for all q at tau = 2, b = 0, and
 * with a bias it is b, which at q = 1e16 no longer shows.
 */
#include "theory/critical.h"

#include <float.h>
#include <math.h>

#include "theory/signal_table.h"

enum { NEWTON_STEPS = 200, BISECT_EVERY = 8, HALVINGS = 40, POINTS_AT_A_TIME = 512 };

static const double rounding = 1e-13; /* of V(q) - q, relative to q */

typedef struct diagram {
    sn_signal_table table;
    double growth_small, growth_large; /* S' below and above the table */
} diagram;

/* A net, and which way its variance goes from 1: +1 or -1. */
typedef struct walk {
    double tau, b, way;
} walk;

/* The end of a piece that is met first, or last. */
typedef struct place {
    double q, power, rise;
} place;

static place end_of(const sn_signal_piece *p, bool upper)
{
    return upper ? (place){p->to, p->power_to, p->rise_to}
                 : (place){p->from, p->power_from, p->rise_from};
}

/* g, and *slope = V' - 1, which is the slope of g along the way. */
static double gap_at(const walk *w, const sn_signal_piece *p, double q, double *slope)
{
    double rise;
    const double power = sn_signal_power(p, q, &rise);
    *slope = w->tau * rise - 1;
    return w->way * (w->tau * power + w->b - q);
}

/* The zero of g between before, where g >= 0, and behind, where g < 0. */
static double zero_between(const walk *w, const sn_signal_piece *p, double before, double behind)
{
    double slope;
    const double gap_before = gap_at(w, p, before, &slope),
                 gap_behind = gap_at(w, p, behind, &slope);
    if (!(gap_before > 0 && gap_behind < 0))
        return gap_before > 0 ? behind : before;
    double q = before + (behind - before) * (gap_before / (gap_before - gap_behind));
    for (int i = 0; i < NEWTON_STEPS; i++) {
        const double gap = gap_at(w, p, q, &slope);
        if (gap == 0)
            break;
        if (gap > 0)
            before = q;
        else
            behind = q;
        double next = q - w->way * gap / slope;
        const bool between = (next - before) * (behind - next) > 0;
        if (between && fabs(next - q) <= 2 * DBL_EPSILON * q)
            return next;
        if (!between || i % BISECT_EVERY == BISECT_EVERY - 1)
            next = before + (behind - before) / 2;
        if (next == before || next == behind)
            break;
        q = next;
    }
    return q;
}

/* Where tau S' = 1, which is below it at before and above it at behind. */
static double turning_point(const walk *w, const sn_signal_piece *p, double before, double behind)
{
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = before + (behind - before) / 2;
        double slope;
        (void)gap_at(w, p, middle, &slope);
        if (slope < 0)
            before = middle;
        else
            behind = middle;
    }
    return before;
}

/* Whether g has a zero in the piece, and the first one. */
static bool zero_in(const walk *w, const sn_signal_piece *p, double *zero)
{
    const place near = end_of(p, w->way < 0), far = end_of(p, w->way > 0);
    double behind = far.q;
    double gap = w->way * (w->tau * far.power + w->b - far.q);
    if (!(gap < -rounding * behind) && w->tau * near.rise < 1 && w->tau * far.rise > 1) {
        double slope;
        behind = turning_point(w, p, near.q, far.q);
        gap = gap_at(w, p, behind, &slope);
    }
    if (!(gap < -rounding * behind))
        return false;
    *zero = zero_between(w, p, near.q, behind);
    return true;
}

/* S is a line above the table, where V(q) > q still. */
static double zero_above(const diagram *d, const walk *w)
{
    const sn_signal_piece *last = &d->table.pieces[d->table.count - 1];
    const double left = 1 - w->tau * d->growth_large;
    if (!(left > rounding))
        return INFINITY;
    if (!d->table.whole_above)
        return NAN;
    return fmax(last->to, (w->tau * (last->power_to - d->growth_large * last->to) + w->b) / left);
}

/* S is a line below the table, where V(q) < q still. */
static double zero_below(const diagram *d, const walk *w)
{
    const double at_zero = w->tau * d->table.power_at_zero + w->b;
    const double left = 1 - w->tau * d->growth_small;
    if (!(at_zero > 0))
        return 0;
    if (!d->table.whole_below)
        return NAN;
    return fmin(d->table.pieces[0].from, left > 0 ? at_zero / left : INFINITY);
}

/* The cell of a net that ends beyond the table, whose last place is at the_end. */
static sn_phase_cell beyond(double q, double tau, const sn_signal_piece *p, double the_end)
{
    return (sn_phase_cell){q, isnan(q) ? NAN : tau * sn_signal_gradient(p, the_end)};
}

static sn_phase_cell settle(const diagram *d, double tau, double b)
{
    const sn_signal_table *t = &d->table;
    const sn_signal_piece *one = &t->pieces[t->one];
    const double move = tau * one->power_from + b - 1;
    if (fabs(move) <= rounding)
        return (sn_phase_cell){1, tau * sn_signal_gradient(one, 1)};
    const walk w = {tau, b, move > 0 ? 1 : -1};
    double q;
    if (move > 0) {
        for (size_t k = t->one; k < t->count; k++)
            if (zero_in(&w, &t->pieces[k], &q))
                return (sn_phase_cell){q, tau * sn_signal_gradient(&t->pieces[k], q)};
        const sn_signal_piece *last = &t->pieces[t->count - 1];
        return beyond(zero_above(d, &w), tau, last, last->to);
    }
    for (size_t k = t->one; k-- > 0;)
        if (zero_in(&w, &t->pieces[k], &q))
            return (sn_phase_cell){q, tau * sn_signal_gradient(&t->pieces[k], q)};
    return beyond(zero_below(d, &w), tau, t->pieces, t->pieces->from);
}

/* The growth over the last octave, and from 0 on over the first place of the table. */
static void continue_lines(diagram *d)
{
    const sn_signal_table *t = &d->table;
    const sn_signal_piece *last = &t->pieces[t->count - 1], *p = last;
    while (p->from > last->to / 2)
        p--;
    const double grown = last->power_to - p->power_from;
    d->growth_large = fabs(grown) <= rounding * last->power_to ? 0 : grown / (last->to - p->from);
    d->growth_small = (t->pieces->power_from - t->power_at_zero) / t->pieces->from;
}

static sn_status check(const char *name, size_t n, const double *value, sn_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(value[i] >= 0 && value[i] < INFINITY))
            return sn_fail(err, SN_EDOMAIN, "%s %zu is %g, must be finite and not negative", name,
                           i, value[i]);
    return SN_OK;
}

sn_status sn_phase_diagram(const sn_field *field, size_t n_tau, const double *tau, size_t n_bias,
                           const double *bias_variance, sn_phase_cell *out, sn_error *err)
{
    diagram d;
    sn_status status = check("tau", n_tau, tau, err);
    if (status == SN_OK)
        status = check("bias_variance", n_bias, bias_variance, err);
    if (status == SN_OK)
        status = sn_signal_table_make(field, &d.table, err);
    if (status != SN_OK)
        return status;
    continue_lines(&d);
    const size_t n = n_tau * n_bias;
#pragma omp parallel for schedule(dynamic, POINTS_AT_A_TIME)
    for (size_t k = 0; k < n; k++)
        out[k] = settle(&d, tau[k % n_tau], bias_variance[k / n_tau]);
    sn_signal_table_free(&d.table);
    return SN_OK;
}
