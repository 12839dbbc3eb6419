/* Moments of a continuous piecewise linear function: ReLU and its kin.
 *
 * As for an exponential unit, Var f is the sum of the pieces' own variances and of the squared
 * differences of their means, weighted by their probabilities; nothing is subtracted. Each piece is
 * seen from its end nearest to x: beyond it the Gaussian is a tail or a strip of one (mills.h,
 * strip.h), and f is linear in the distance from that end. Values of f are taken relative to f(x),
 * which keeps a tiny variance of a saturated f exact: on the plateau of x every mean is then zero.
 */
#include "activation/mills.h"
#include "activation/pieces.h"
#include "activation/strip.h"

#include <math.h>

enum { MAX_PIECES = SN_MAX_KINKS + 1 };

/* f on one piece; its probability is mass root^2 (see mills.h). */
typedef struct piece {
    double root, mass;
    double mean, variance; /* of f - f(x), given that z is on the piece */
    double slope;
} piece;

/* A kink as x sees it. */
typedef struct kink {
    double distance; /* |kink - x| / s */
    double root;     /* root density at it */
    double rise;     /* f(kink) - f(x) */
} kink;

static inline double weigh(const piece *p, double moment)
{
    return p->root * (p->root * (p->mass * moment));
}

/* a - b, and in *low what rounding took from it. */
static inline double difference(double a, double b, double *low)
{
    const double d = a - b, part = d - a;
    *low = (a - (d - part)) - (b + part);
    return d;
}

/* sum += slope (to - from), in twice the working precision: f may pass through zero far from
 * the kink where its value is given. */
static void climb(double sum[2], double slope, double from, double to)
{
    double d_low;
    const double d = difference(to, from, &d_low);
    const double rise = slope * d, rise_low = fma(slope, d, -rise) + slope * d_low;
    const double total = sum[0] + rise, added = total - sum[0];
    sum[1] += ((sum[0] - (total - added)) + (rise - added)) + rise_low;
    sum[0] = total;
}

/* f(x) + shift. */
static double value_at(const sn_ramp *ramp, size_t centre, double x, double shift)
{
    double sum[2] = {ramp->value_at_first, 0};
    for (size_t i = 1; i < centre; i++)
        climb(sum, ramp->slopes[i], ramp->kinks[i - 1], ramp->kinks[i]);
    climb(sum, ramp->slopes[centre], ramp->kinks[centre == 0 ? 0 : centre - 1], x);
    return sum[0] + (sum[1] + shift);
}

/* The rounding of k - x, relatively e, would change phi(k) by d^2 e. */
static kink see(double k, double x, double y, double rise)
{
    double low;
    const double d = difference(k, x, &low), root = sn_root_density(d, y);
    return (kink){fabs(d) / sqrt(y), root > 0 ? root - root * (d * low / (2 * y)) : 0, rise};
}

static void see_kinks(const sn_ramp *ramp, size_t centre, double x, double y, kink seen[])
{
    double rise = 0, from = x;
    for (size_t i = centre; i < ramp->n_kinks; i++) {
        rise += ramp->slopes[i] * (ramp->kinks[i] - from);
        from = ramp->kinks[i];
        seen[i] = see(from, x, y, rise);
    }
    rise = 0;
    from = x;
    for (size_t i = centre; i-- > 0;) {
        rise += ramp->slopes[i + 1] * (ramp->kinks[i] - from);
        from = ramp->kinks[i];
        seen[i] = see(from, x, y, rise);
    }
}

/* The piece beyond the kink `near` and, unless it is the last, before the kink `far`; side is 1 to
 * the right of x, -1 to the left. length is that of the piece in units of s. */
static piece beyond(const kink *near, double slope, double side, double s, double length)
{
    sn_strip z;
    if (length < INFINITY) {
        z = sn_strip_from(near->distance, length);
    } else {
        const sn_tail tail = sn_tail_beyond(near->distance);
        z = (sn_strip){tail.ratio, tail.excess, tail.variance};
    }
    const double steep = slope * s;
    return (piece){near->root, z.mass, near->rise + side * steep * z.mean,
                   steep * steep * z.variance, slope};
}

/* The piece around x, between kinks of which either may be missing. */
static piece around(const kink *left, const kink *right, double slope, double s)
{
    const double steep = slope * s;
    if (left != NULL && right != NULL && left->distance + right->distance <= SN_STRIP_NARROW) {
        const sn_strip z = sn_strip_from(-left->distance, left->distance + right->distance);
        return (piece){left->root, z.mass, left->rise + steep * z.mean, steep * steep * z.variance,
                       slope};
    }
    const kink none = {0};
    double mass = 1;
    if (left == NULL)
        left = &none;
    else
        mass -= left->root * left->root * sn_tail_ratio(left->distance);
    if (right == NULL)
        right = &none;
    else
        mass -= right->root * right->root * sn_tail_ratio(right->distance);
    const double from = left->root * left->root / mass;
    const double to = right->root * right->root / mass;
    const double mean = from - to;
    const double variance = 1 - (left->distance * from + right->distance * to) - mean * mean;
    return (piece){1, mass, steep * mean, steep * steep * variance, slope};
}

static void see_pieces(const sn_ramp *ramp, size_t centre, double s, const kink seen[],
                       piece pieces[])
{
    const size_t n = ramp->n_kinks;
    pieces[centre] = around(centre > 0 ? &seen[centre - 1] : NULL,
                            centre < n ? &seen[centre] : NULL, ramp->slopes[centre], s);
    for (size_t i = centre + 1; i <= n; i++) {
        const double length = i < n ? (ramp->kinks[i] - ramp->kinks[i - 1]) / s : INFINITY;
        pieces[i] = beyond(&seen[i - 1], ramp->slopes[i], 1, s, length);
    }
    for (size_t i = centre; i-- > 0;) {
        const double length = i > 0 ? (ramp->kinks[i] - ramp->kinks[i - 1]) / s : INFINITY;
        pieces[i] = beyond(&seen[i], ramp->slopes[i], -1, s, length);
    }
}

/* The moments within the pieces, then those between them, then what the kinks add. */
static void gather(const piece pieces[], size_t n_pieces, sn_moments *out, double *shift)
{
    for (size_t i = 0; i < n_pieces; i++) {
        const piece *p = &pieces[i];
        *shift += weigh(p, p->mean);
        out->variance += weigh(p, p->variance);
        out->dmean_dx += weigh(p, p->slope);
        out->slope_second += weigh(p, p->slope * p->slope);
        for (size_t j = 0; j < i; j++) {
            const piece *q = &pieces[j];
            const double gap = p->mean - q->mean;
            const double weighted = weigh(q, gap);
            out->variance += weigh(p, weigh(q, gap * gap));
            out->dvariance_dx += 2 * weigh(p, weighted * (p->slope - q->slope));
        }
    }
}

void sn_ramp_moments(const sn_ramp *ramp, double x, double y, sn_moments *out)
{
    const double s = sqrt(y);
    size_t centre = 0;
    while (centre < ramp->n_kinks && ramp->kinks[centre] < x)
        centre++;
    kink seen[SN_MAX_KINKS];
    piece pieces[MAX_PIECES];
    see_kinks(ramp, centre, x, y, seen);
    see_pieces(ramp, centre, s, seen, pieces);

    *out = (sn_moments){.trust = SN_CLOSED_FORM};
    double shift = 0;
    gather(pieces, ramp->n_kinks + 1, out, &shift);
    const double mean = value_at(ramp, centre, x, shift);
    out->mean = mean;
    out->second = mean * mean + out->variance;
    out->dvariance_dy = out->slope_second;
    out->dsecond_dy = out->slope_second;
    double value = ramp->value_at_first;
    for (size_t i = 0; i < ramp->n_kinks; i++) {
        const double density = seen[i].root * (seen[i].root / s);
        const double delta = (ramp->slopes[i + 1] - ramp->slopes[i]) * density;
        if (i > 0)
            value += ramp->slopes[i] * (ramp->kinks[i] - ramp->kinks[i - 1]);
        out->dmean_dy += delta / 2;
        out->dvariance_dy += delta * (seen[i].rise - shift);
        out->dsecond_dy += delta * value;
    }
    out->dsecond_dx = 2 * mean * out->dmean_dx + out->dvariance_dx;
}
