/* Gaussian expectations by Gauss-Legendre panels (panel.c), laid from the centre outwards.
 *
 * z = x + s t with s = sqrt(y) and t ~ N(0, 1). Each half of the line starts at t = 0, where
 * d = f(z) - f(x) is known to be 0, and carries d from panel to panel.
 *
 * Panels end at the kinks, every two deviations and finer far out, where the Gaussian falls faster;
 * and, since most activations live on the scale 1 around 0 and around their kinks, they are never
 * wider than 2 units of z there, growing with the distance from there. A half is left when its
 * contributions are negligible and falling faster than geometrically, and no kink further out can
 * bring them back: the tail of SiLU under N(-300, 100) has its mass at t = 20.
 *
 * A panel whose estimated error is not small against the totals so far is halved. So a kink that
 * was not declared costs some forty halvings, and no accuracy.
 */
#include "theory/quadrature.h"

#include <float.h>
#include <math.h>

#include "theory/panel.h"

enum {
    MAX_LEVEL = 44,     /* halvings of one panel: down to 1e-13 of a deviation */
    MAX_PANELS = 20000, /* of a half; a sine under N(x, 1e6) needs 2000 */
    MAX_MISMATCHES = 200,
    MAX_ANCHORS = SN_MAX_KINKS + 1,
};

static const double tolerance = 1e-14; /* of one panel, relative to the totals */
static const double reach = 38;        /* deviations; phi underflows soon after */

typedef struct path {
    sn_half_line line;
    size_t n_kinks;
    double kinks[MAX_ANCHORS];   /* in z; after the kinks comes 0, which is an anchor but no kink */
    double anchors[MAX_ANCHORS]; /* the same as distances t, negative behind x */
    size_t panels, mismatches;
} path;

double sn_relative_error(double error, double magnitude)
{
    return error / fmax(fabs(magnitude), DBL_MIN);
}

/* Whether to keep the panel rather than halve it. Where f and f' contradict each other halving
 * helps if a kink hides near an end, but not if f is merely inaccurate: that is tried a number of
 * times only. */
static bool acceptable(path *p, const sn_panel *panel, const sn_panel_sums *so_far)
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

/* A step outwards: over a width in t, up to the kink unless NULL. */
typedef struct step {
    double width;
    const double *kink;
} step;

/* What one step outwards added to the sums of squares. */
typedef struct gain {
    double dd, slope_second;
} gain;

static sn_status not_finite(const path *p, const sn_panel_edge *from, const sn_panel_edge *to,
                            sn_error *err)
{
    const sn_half_line *line = &p->line;
    return sn_fail(err, SN_ENOCONV,
                   "%s: not finite, or its square is not, between z = %g and %g, which have weight "
                   "under N(%g, %g)",
                   line->f->type->name, from->z, to->z, line->x, line->s * line->s);
}

/* The width that t and the rounded t + width are apart, so that the edges in t, which the Gaussian
 * sees, and the widths, which d sees, do not drift apart. Narrow panels far out keep their width.
 */
static double representable(double t, double width)
{
    const double exact = (t + width) - t;
    return fabs(exact - width) < 1e-9 * width ? exact : width;
}

/* The narrowest panel from an edge on, in t, whose nodes rounding still tells apart in z; also what
 * any step has to be wider than to get anywhere. */
static double finest(const path *p, const sn_panel_edge *at)
{
    return 64 * DBL_EPSILON * (fabs(at->origin_z) / p->line.s + at->offset);
}

/* Integrates over one step, halving it where needed. *at is moved along. */
static sn_status advance(path *p, const step *over, sn_panel_edge *at, sn_panel_sums *all,
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
        const sn_panel panel = sn_panel_evaluate(&p->line, at, width, kink, all);
        if (!isfinite(panel.end.d + panel.end.f + panel.spread + panel.sums.slope_second))
            return not_finite(p, at, &panel.end, err);
        if (acceptable(p, &panel, all) || todo[n - 1].level == MAX_LEVEL || p->panels >= MAX_PANELS
            || width <= finest(p, at)) {
            sn_panel_merge(all, &panel);
            added->dd += panel.spread;
            added->slope_second += panel.sums.slope_second;
            *at = panel.end;
            n--;
        } else {
            const int level = todo[n - 1].level + 1;
            todo[n].width = representable(at->offset, width / 2);
            todo[n - 1].width = width - todo[n].width;
            todo[n - 1].level = todo[n].level = level;
            n++;
        }
        p->panels++;
    }
    return SN_OK;
}

/* How far ahead of an edge an anchor is, in t. */
static double distance(const path *p, size_t anchor, const sn_panel_edge *at)
{
    return p->line.side * (p->kinks[anchor] - at->origin_z) / p->line.s - at->offset;
}

/* The step outwards from an edge, and the bounds in z that keep rounded nodes on their side of a
 * kink. */
static step next_step(path *p, const sn_panel_edge *at)
{
    const double base = fmax(2 / p->line.s, finest(p, at));
    step out = {.width = fmin(at->t > 8 ? 16 / at->t : 2, reach - at->t)};
    double to_kink = INFINITY;

    p->line.lower = -INFINITY;
    p->line.upper = INFINITY;
    for (size_t i = 0; i <= p->n_kinks; i++) {
        const double ahead = distance(p, i, at);
        out.width = fmin(out.width, fmax(base, ahead > 0 ? ahead / 2 : -ahead));
        if (i == p->n_kinks)
            continue;
        if (ahead > 0 && ahead < to_kink) {
            to_kink = ahead;
            out.kink = &p->kinks[i];
        }
        if ((ahead > 0) == (p->line.side > 0))
            p->line.upper = fmin(p->line.upper, p->kinks[i]);
        else
            p->line.lower = fmax(p->line.lower, nextafter(p->kinks[i], INFINITY));
    }
    if (to_kink > 1.4 * out.width) {
        out.width = representable(at->offset, out.width);
        out.kink = NULL;
    } else {
        out.width = to_kink;
    }
    return out;
}

/* No anchor beyond t can bring back what has fallen: where f' there is weighed by the Gaussian, it
 * is nothing beside the totals. */
static bool nothing_beyond(const path *p, double t, const sn_panel_sums *all)
{
    for (size_t i = 0; i <= p->n_kinks; i++) {
        const double anchor = p->anchors[i];
        if (anchor + fmin(1, 2 / p->line.s) < t || anchor > reach)
            continue;
        double steepest = 0;
        for (int probe = -1; probe <= 2; probe++) {
            const double z = p->kinks[i] + p->line.side * (0.01 + probe);
            steepest = fmax(steepest, fabs(sn_activation_derivative(p->line.f, z)));
        }
        const double second = exp(-anchor * anchor / 2) * steepest * steepest;
        if (!(second <= 1e-25 * all->slope_second
              && second * p->line.s * p->line.s <= 1e-25 * all->dd))
            return false;
    }
    return true;
}

/* What follows a contribution that was `before` and is `now`, if it falls ever faster. */
static bool negligible(double now, double before, double total)
{
    return now == 0 || (now < before && now * (now / before) <= 1e-17 * total);
}

static sn_status integrate_side(path *p, sn_panel_sums *all, sn_error *err)
{
    sn_panel_edge at = {
        .z = p->line.x, .origin_z = p->line.x, .f = sn_activation_value(p->line.f, p->line.x)};
    gain before = {INFINITY, INFINITY};

    while (at.t < reach) {
        gain now;
        const step over = next_step(p, &at);
        const sn_status status = advance(p, &over, &at, all, &now, err);
        if (status != SN_OK)
            return status;
        if (at.t >= 7.5 && all->dd > 0 && negligible(now.dd, before.dd, all->dd)
            && negligible(now.slope_second, before.slope_second, all->slope_second)
            && nothing_beyond(p, at.t, all))
            return SN_OK;
        before = now;
    }
    return SN_OK;
}

static path path_from(const sn_activation *f, double x, double s, double side)
{
    path p = {.line = {.f = f, .x = x, .s = s, .side = side}};
    p.n_kinks = sn_activation_kinks(f, p.kinks);
    p.kinks[p.n_kinks] = 0;
    for (size_t i = 0; i <= p.n_kinks; i++)
        p.anchors[i] = side * (p.kinks[i] - x) / s;
    return p;
}

sn_status sn_quadrature_integrate(const sn_activation *f, double x, double y, sn_expectations *out,
                                  sn_error *err)
{
    const double s = sqrt(y);
    sn_panel_sums all = {0};
    for (int side = 1; side >= -1; side -= 2) {
        path p = path_from(f, x, s, side);
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
