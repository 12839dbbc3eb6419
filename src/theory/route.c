/* Where panels go: outwards from the mean, towards kinks, features and the ends of the density.
 *
 * Most activations live on the scale 1 around 0 and around their kinks, so that panels there are no
 * wider than 2 units of z, growing with the distance; and no wider than the density allows. A panel
 * that would end a little before a kink ends there.
 */
#include "theory/route.h"

#include <float.h>
#include <math.h>

enum { MAX_PANELS = 20000 }; /* of a half; a sine under N(x, 1e6) needs 2000 */

static const double normal_reach = 38; /* deviations; phi underflows soon after */

double sn_route_representable(double t, double width)
{
    const double exact = (t + width) - t;
    return fabs(exact - width) < 1e-9 * width ? exact : width;
}

double sn_route_finest(const sn_route *p, const sn_panel_edge *at)
{
    return 64 * DBL_EPSILON * (fabs(at->origin_z) / p->line.s + at->offset);
}

/* How far ahead of an edge an anchor is, in t. */
static double distance(const sn_route *p, size_t anchor, const sn_panel_edge *at)
{
    return p->line.side * (p->kinks[anchor] - at->origin_z) / p->line.s - at->offset;
}

double sn_route_widest(const sn_route *p, double t)
{
    const sn_density *density = p->line.density;
    return density != NULL ? density->widest(density, t) : t > 8 ? 16 / t : 2;
}

/* Of an f with more kinks than there is room for: how far ahead the next one is, in t, and bounds in
 * z as below. */
static double next_of_many(sn_route *p, const sn_panel_edge *at)
{
    const sn_half_line *line = &p->line;
    const sn_activation *f = line->f;
    double ahead = 0;
    for (p->next_kink = at->z; ahead <= 0;) {
        p->next_kink = f->type->kink_beyond(f->state, p->next_kink, line->side);
        ahead = line->side * (p->next_kink - at->origin_z) / line->s - at->offset;
    }
    p->line.upper = line->side > 0 ? p->next_kink : at->origin_z;
    p->line.lower = nextafter(line->side > 0 ? at->origin_z : p->next_kink, INFINITY);
    return ahead;
}

sn_step sn_route_step(sn_route *p, const sn_panel_edge *at)
{
    const double base = fmax(2 / p->line.s, sn_route_finest(p, at));
    sn_step out = {.width = fmin(sn_route_widest(p, at->t), p->reach - at->t)};
    double to_kink = INFINITY;

    p->line.lower = -INFINITY;
    p->line.upper = INFINITY;
    if (p->line.f->type->kink_beyond != NULL) {
        to_kink = next_of_many(p, at);
        out.kink = &p->next_kink;
    }
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
        out.width = sn_route_representable(at->offset, out.width);
        out.kink = NULL;
    } else {
        out.width = to_kink;
    }
    const double to_end = p->piece_end - at->t;
    if (to_end <= out.width * (1 + 1e-9)) {
        out.width = to_end;
        out.kink = to_end == to_kink ? out.kink : NULL;
        out.ends_piece = true;
    }
    return out;
}

void sn_route_enter(sn_route *p, double t)
{
    while (p->piece < p->n_pieces) {
        const sn_density_piece piece = sn_density_piece_at(p->line.density, p->line.side, p->piece);
        p->piece_end = fmin(piece.end, p->reach);
        p->level = piece.level;
        if (p->piece_end > t)
            return;
        p->piece++;
    }
}

sn_route sn_route_from(const sn_density *density, const sn_activation *f, double x, double s,
                       double side)
{
    sn_route p = {.line = {.f = f, .density = density, .x = x, .s = s, .side = side},
                  .max_panels = MAX_PANELS,
                  .reach = normal_reach,
                  .piece_end = INFINITY,
                  .level = 1};
    double extent = 1 / s;
    p.n_kinks = sn_activation_kinks(f, p.kinks);
    p.kinks[p.n_kinks] = 0;
    for (size_t i = 0; i <= p.n_kinks; i++) {
        p.anchors[i] = side * (p.kinks[i] - x) / s;
        extent = fmax(extent, fabs(p.anchors[i]));
    }
    if (density != NULL) {
        p.reach = sn_density_reach(density, extent);
        p.n_pieces = sn_density_pieces(density, side);
        p.max_panels += 2 * p.n_pieces;
    }
    return p;
}
