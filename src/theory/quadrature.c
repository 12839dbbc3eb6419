/* Expectations by Gauss-Legendre panels (panel.c), laid from the centre outwards.
 *
 * z = x + s t with s = sqrt(y) and t ~ N(0, 1) or of another density. Each half of the line starts at
 * t = 0, where d = f(z) - f(x) is known to be 0, and carries d from panel to panel.
 *
 * Panels end at the kinks, every two deviations and finer far out, where the Gaussian falls faster;
 * and, since most activations live on the scale 1 around 0 and around their kinks, they are never
 * wider than 2 units of z there, growing with the distance from there. A half is left when its
 * contributions are negligible and falling faster than geometrically, and no kink further out can
 * bring them back: the tail of SiLU under N(-300, 100) has its mass at t = 20. An expression may
 * grow anywhere: that x + exp(x - 220) under N(0, 225) has its mass at t = 30 is seen by probes.
 *
 * Other densities end, or fall as an exponential or as a power, and that of a histogram jumps, where
 * panels then end; d is carried through its empty bins as through the others. Of a power law what
 * panels do not reach is added in closed form.
 *
 * A panel whose estimated error is not small against the totals so far is halved, up to a number of
 * panels, which only oscillation under a heavy tail reaches; what is wrong with wider ones is in the
 * error, and d is then a difference. So a kink that was not declared costs some forty halvings, and
 * no accuracy.
 */
#include "theory/quadrature.h"

#include <float.h>
#include <math.h>

#include "theory/density.h"
#include "theory/panel.h"
#include "theory/route.h"

enum {
    MAX_LEVEL = 44, /* halvings of one panel: down to 1e-13 of a deviation */
    MAX_MISMATCHES = 200,
};

static const double tolerance = 1e-14; /* of one panel, relative to the totals */

double sn_relative_error(double error, double magnitude)
{
    return error / fmax(fabs(magnitude), DBL_MIN);
}

/* Whether to keep the panel rather than halve it. Where f and f' contradict each other halving
 * helps if a kink hides near an end, but not if f is merely inaccurate: that is tried a number of
 * times only. */
static bool acceptable(sn_route *p, const sn_panel *panel, const sn_panel_sums *so_far)
{
    const sn_panel_error *error = &panel->error;
    const double dd = tolerance * fmax(so_far->dd, panel->spread);
    const double second = tolerance * fmax(so_far->slope_second, panel->sums.slope_second);
    if (!(error->dd <= dd || error->plateau_dd) || !(error->rounding_dd <= dd)
        || !(error->slope_second <= second || error->plateau_slope))
        return false;
    if (error->mismatch_dd <= dd && error->mismatch_slope_second <= second)
        return true;
    return p->mismatches++ >= MAX_MISMATCHES;
}

/* What one step outwards added. */
typedef struct gain {
    double weight, dd, slope_second;
} gain;

static sn_status not_finite(const sn_route *p, const sn_panel_edge *from, const sn_panel_edge *to,
                            sn_error *err)
{
    const sn_half_line *line = &p->line;
    return sn_fail(err, SN_ENOCONV,
                   "%s: not finite, or its square is not, between z = %g and %g, which have weight "
                   "under %s(%g, %g)",
                   line->f->type->name, from->z, to->z, line->density == NULL ? "N" : "the law ",
                   line->x, line->s * line->s);
}

/* Under a heavy tail a d that is wrong where that hardly shows would count again far beyond. */
static sn_panel evaluate_by_value(sn_route *p, const sn_panel_edge *at, double width,
                                  const double *kink, const sn_panel_sums *all)
{
    sn_half_line line = p->line;
    line.by_value = true;
    return sn_panel_evaluate(&line, at, width, kink, all);
}

/* Integrates over one step, halving it where needed. *at is moved along. */
static sn_status advance(sn_route *p, const sn_step *over, sn_panel_edge *at, sn_panel_sums *all,
                         gain *added, sn_error *err)
{
    struct {
        double width;
        int level;
    } todo[MAX_LEVEL + 1] = {{over->width, 0}};
    size_t n = 1;

    *added = (gain){0};
    while (n > 0) {
        const double width = todo[n - 1].width;
        const double *kink = n == 1 ? over->kink : NULL;
        sn_panel panel = sn_panel_evaluate(&p->line, at, width, kink, all);
        if (!isfinite(panel.end.d + panel.end.f + panel.spread + panel.sums.slope_second))
            return not_finite(p, at, &panel.end, err);
        if (acceptable(p, &panel, all) || todo[n - 1].level == MAX_LEVEL
            || p->panels >= p->max_panels || width <= sn_route_finest(p, at)) {
            if (p->line.density != NULL && panel.error.amiss > 0)
                panel = evaluate_by_value(p, at, width, kink, all);
            if (p->level != 1)
                sn_panel_scale(&panel, p->level);
            sn_panel_merge(all, &panel);
            added->weight += panel.sums.weight;
            added->dd += panel.spread;
            added->slope_second += panel.sums.slope_second;
            *at = panel.end;
            n--;
        } else {
            const int level = todo[n - 1].level + 1;
            todo[n].width = sn_route_representable(at->offset, width / 2);
            todo[n - 1].width = width - todo[n].width;
            todo[n - 1].level = todo[n].level = level;
            n++;
        }
        p->panels++;
    }
    return SN_OK;
}

static double weight_at(const sn_route *p, double t)
{
    const sn_density *density = p->line.density;
    if (density == NULL)
        return exp(-t * t / 2);
    const double root = density->root(density, t);
    return root * root;
}

/* Nor does f' rise where no anchor is, against a normal density. */
static bool nothing_rises(const sn_route *p, double t, const sn_panel_sums *all)
{
    const sn_half_line *line = &p->line;
    for (; t < p->reach; t++) {
        const double steepness =
            fabs(sn_activation_derivative(line->f, line->x + line->side * line->s * t));
        const double second = weight_at(p, t) * steepness * steepness;
        if (isfinite(steepness)
            && (second > 1e-25 * all->slope_second || second * line->s * line->s > 1e-25 * all->dd))
            return false;
    }
    return true;
}

/* No anchor beyond t can bring back what has fallen: where f' there is weighed by the Gaussian, it
 * is nothing beside the totals. */
static bool nothing_beyond(const sn_route *p, double t, const sn_panel_sums *all)
{
    for (size_t i = 0; i <= p->n_kinks; i++) {
        const double anchor = p->anchors[i];
        if (anchor + fmin(1, 2 / p->line.s) < t || anchor > p->reach)
            continue;
        double steepest = 0;
        for (int probe = -1; probe <= 2; probe++) {
            const double z = p->kinks[i] + p->line.side * (0.01 + probe);
            steepest = fmax(steepest, fabs(sn_activation_derivative(p->line.f, z)));
        }
        const double second = weight_at(p, anchor) * steepest * steepest;
        if (!(second <= 1e-25 * all->slope_second
              && second * p->line.s * p->line.s <= 1e-25 * all->dd))
            return false;
    }
    return p->line.f->type->value_of == NULL || p->line.density != NULL || nothing_rises(p, t, all);
}

/* What follows a contribution that was `before` and is `now`, if it falls ever faster. */
static bool negligible(double now, double before, double total)
{
    return now == 0 || (now < before && now * (now / before) <= 1e-17 * total);
}

/* The same if it falls as a geometric series. */
static bool negligible_series(double now, double before, double total)
{
    return now == 0 || (now < before && now * (now / (before - now)) <= 1e-17 * total);
}

static bool beyond_anchors(const sn_route *p, double t)
{
    for (size_t i = 0; i <= p->n_kinks; i++)
        if (t < p->anchors[i] + 8 / p->line.s)
            return false;
    return true;
}

/* Whether all that counts is behind t; now, before: what the last two steps added, 0 before one
 * that was not as wide as the density allows. */
static bool finished(const sn_route *p, double t, const gain *now, const gain *before,
                     const sn_panel_sums *all)
{
    const sn_density *density = p->line.density;
    if (density == NULL)
        return t >= 7.5 && all->dd > 0 && negligible(now->dd, before->dd, all->dd)
               && negligible(now->slope_second, before->slope_second, all->slope_second)
               && nothing_beyond(p, t, all);
    if (density->decay == SN_DECAY_ENDS || !(all->dd > 0)
        || !negligible_series(now->weight, before->weight, all->weight)
        || !negligible_series(now->dd, before->dd, all->dd)
        || !negligible_series(now->slope_second, before->slope_second, all->slope_second))
        return false;
    return density->decay == SN_DECAY_EXPONENTIAL ? nothing_beyond(p, t, all)
                                                  : beyond_anchors(p, t);
}

static sn_status integrate_side(sn_route *p, sn_panel_sums *all, sn_error *err)
{
    const sn_density *density = p->line.density;
    sn_panel_edge at = {
        .z = p->line.x, .origin_z = p->line.x, .f = sn_activation_value(p->line.f, p->line.x)};
    gain now = {0}, before = {0};
    double last = 0; /* where the last step started */

    sn_route_enter(p, at.t);
    while (density != NULL ? p->piece < p->n_pieces : at.t < p->reach) {
        const sn_step over = sn_route_step(p, &at);
        const bool full = density == NULL || over.width >= 0.99 * sn_route_widest(p, at.t);
        last = at.t;
        const sn_status status = advance(p, &over, &at, all, &now, err);
        if (status != SN_OK)
            return status;
        if (full && finished(p, at.t, &now, &before, all))
            return SN_OK;
        before = full ? now : (gain){0};
        if (over.ends_piece)
            p->piece++;
        if (density != NULL)
            sn_route_enter(p, at.t);
    }
    if (density != NULL && density->decay == SN_DECAY_ENDS)
        return SN_OK;
    if (density != NULL && density->decay == SN_DECAY_ALGEBRAIC)
        return sn_density_close(&p->line, &at, all, err);
    /* Where the normal density ends, what is left goes on for a deviation or so. */
    const double widening = density == NULL ? fmax(1, 1 / (at.t - last)) : 1;
    const double allowed = density == NULL ? 1e-9 : 1e-15;
    all->error_dd += widening * now.dd;
    all->error_slope_second += widening * now.slope_second;
    if (widening * now.dd > allowed * all->dd
        || widening * now.slope_second > allowed * all->slope_second)
        return sn_fail(err, SN_ENOCONV,
                       "%s grows as fast as the law of its argument falls, or nearly: its square "
                       "has no mean that could be found",
                       p->line.f->type->name);
    return SN_OK;
}

sn_status sn_quadrature_under(const sn_density *density, const sn_activation *f, double x, double y,
                              sn_expectations *out, sn_error *err)
{
    const double s = sqrt(y);
    sn_panel_sums all = {0};
    for (int side = 1; side >= -1; side -= 2) {
        sn_route p = sn_route_from(density, f, x, s, side);
        const sn_status status = integrate_side(&p, &all, err);
        if (status != SN_OK)
            return status;
    }
    *out = (sn_expectations){
        .shift = all.d,
        .variance = all.dd / all.weight,
        .slope = all.slope,
        .slope_t = all.slope_t,
        .slope_second = all.slope_second / all.weight,
        .covariance_slope = all.d_slope / all.weight,
        .covariance_slope_t = all.d_slope_t / all.weight,
        .error = fmax(sn_relative_error(all.error_dd, all.dd),
                      sn_relative_error(all.error_slope_second, all.slope_second)),
        .noise = fmax(sn_relative_error(all.noise_dd, all.dd),
                      sn_relative_error(all.noise_slope_second, all.slope_second)),
    };
    return SN_OK;
}

sn_status sn_quadrature_integrate(const sn_activation *f, double x, double y, sn_expectations *out,
                                  sn_error *err)
{
    return sn_quadrature_under(NULL, f, x, y, out, err);
}
