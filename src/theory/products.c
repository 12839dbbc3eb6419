/* Gaussian expectations of products by Gauss-Legendre panels, laid from the centre outwards.
 *
 * With q_i = sqrt(phi) F_i every expectation is an integral of q_i q_j, and a rule that knows each
 * q_i to a degree knows all products to twice that. So the q_i are judged, not the products, by
 * their coefficients c_k in orthonormal Legendre polynomials on the panel: with
 * h = hypot(c_14, c_15) and l = hypot(c_6, c_7), the error of the integral of q_i^2 is of the order
 * h^2, or h |q_i| (h/l)^2 if the coefficients go on falling at the rate seen, whichever is more;
 * times a margin. A panel with an error that is not small against the totals is halved, unless its
 * coefficients have stopped falling at the level of rounding.
 *
 * A half of the line is left when all contributions are negligible and falling, and no feature
 * further out can bring them back.
 */
#include "theory/products.h"

#include <float.h>
#include <math.h>

enum {
    N = SN_PRODUCT_NODES,
    MAX_LEVEL = 40,    /* halvings of one panel */
    MAX_PANELS = 8000, /* of a half */
};
#include "theory/legendre.inc"

static const double tolerance = 3e-15; /* of one panel, relative to the totals */
static const double reach = 38;        /* deviations; phi underflows soon after */
static const double margin = 10;       /* on the estimate of the rule's error */
static const double widest = 3;
static const double root_two_pi = 2.50662827463100050242;

typedef struct panel {
    double sum[SN_MAX_FACTORS][SN_MAX_FACTORS]; /* weighted with exp(-t^2/2); i <= j only */
    double error[SN_MAX_FACTORS];
    bool plateau[SN_MAX_FACTORS];
} panel;

typedef struct half_line {
    const sn_factors *factors;
    double side;
    size_t panels;
    double previous[SN_MAX_FACTORS]; /* what the step before added to the E F_i^2 */
    panel *all;
} half_line;

/* noise: the part of the norm that is rounding. */
static double rule_error(const double q[N], double norm, double noise, bool *plateau)
{
    double c[4] = {0};
    for (size_t j = 0; j < N; j++)
        for (size_t m = 0; m < 4; m++)
            c[m] += spectrum[j][m] * q[j];
    const double low = c[0] * c[0] + c[1] * c[1];
    const double high = c[2] * c[2] + c[3] * c[3];
    const double decay = high < low ? high / low : 1;
    *plateau = (high <= 1e-26 * norm && decay > 1.0 / 16) || high <= 16 * noise;
    return margin * (high + sqrt(high) * sqrt(norm) * decay);
}

static void evaluate(const half_line *line, double from, double width, panel *out)
{
    const sn_factors *factors = line->factors;
    const double half = width / 2;
    double t[N], q[SN_MAX_FACTORS][N], density = 0;
    for (size_t k = 0; k < N; k++)
        t[k] = line->side * (from + half * (1 + node[k]));
    factors->sample(factors->context, t, q);
    for (size_t k = 0; k < N; k++) {
        const double root = exp(-0.25 * t[k] * t[k]);
        for (size_t i = 0; i < factors->n; i++)
            q[i][k] *= root;
        density += weight[k] * root * root;
    }
    *out = (panel){0};
    for (size_t i = 0; i < factors->n; i++) {
        for (size_t j = i; j < factors->n; j++) {
            double sum = 0;
            for (size_t k = 0; k < N; k++)
                sum += weight[k] * q[i][k] * q[j][k];
            out->sum[i][j] = half * sum;
        }
        const double noise = factors->noise[i] * factors->noise[i] * density;
        out->error[i] = half * rule_error(q[i], out->sum[i][i] / half, noise, &out->plateau[i]);
    }
}

static bool is_finite(const half_line *line, const panel *part)
{
    double sum = 0;
    for (size_t i = 0; i < line->factors->n; i++)
        sum += part->sum[i][i];
    return isfinite(sum);
}

/* What an error of factor i's sum is held against. */
static double measure(const half_line *line, size_t i)
{
    return fmax(line->all->sum[i][i], root_two_pi * line->factors->floor[i]);
}

static bool acceptable(const half_line *line, const panel *part)
{
    for (size_t i = 0; i < line->factors->judged; i++) {
        const double total = fmax(measure(line, i), part->sum[i][i]);
        if (!(part->error[i] <= tolerance * total || part->plateau[i]))
            return false;
    }
    return true;
}

static void merge(const half_line *line, const panel *part)
{
    for (size_t i = 0; i < line->factors->n; i++) {
        for (size_t j = i; j < line->factors->n; j++)
            line->all->sum[i][j] += part->sum[i][j];
        line->all->error[i] += part->error[i];
    }
}

/* Integrates over one step, halving it where needed. added[i]: what it added to E F_i^2. */
static sn_status advance(half_line *line, double from, double step, double added[], sn_error *err)
{
    struct {
        double width;
        int level;
    } todo[MAX_LEVEL + 1] = {{step, 0}};
    size_t n = 1;
    double t = from;

    for (size_t i = 0; i < line->factors->n; i++)
        added[i] = 0;
    while (n > 0) {
        const double width = todo[n - 1].width;
        panel part;
        evaluate(line, t, width, &part);
        if (!is_finite(line, &part))
            return sn_fail(err, SN_ENOCONV,
                           "%s: not finite between %g and %g deviations from the mean",
                           line->factors->name, line->side * t, line->side * (t + width));
        if (acceptable(line, &part) || todo[n - 1].level == MAX_LEVEL || line->panels >= MAX_PANELS
            || width <= 64 * DBL_EPSILON * t) {
            merge(line, &part);
            for (size_t i = 0; i < line->factors->n; i++)
                added[i] += part.sum[i][i];
            t += width;
            n--;
        } else {
            todo[n].width = todo[n - 1].width = width / 2;
            todo[n].level = ++todo[n - 1].level;
            n++;
        }
        line->panels++;
    }
    return SN_OK;
}

/* The width of the step from t on; *exactly: it ends at *end, to the last bit. */
static double next_width(const half_line *line, double t, double *end, bool *exactly)
{
    double width = fmin(t > 6 ? 6 * widest / t : widest, reach - t);
    double mark = INFINITY;
    for (size_t i = 0; i < line->factors->n_features; i++) {
        const sn_feature *feature = &line->factors->features[i];
        const double ahead = line->side * feature->at - t;
        const double slack = 1e-9 * feature->near;
        if (ahead > feature->near + slack)
            width = fmin(width, fmax(feature->base, (ahead - feature->near) / 2));
        else if (ahead > slack - feature->near)
            width = fmin(width, feature->fine);
        else
            width = fmin(width, fmax(feature->base, -ahead / 2));
        for (int edge = -1; edge <= 1 && feature->exact; edge++) {
            const double place = line->side * feature->at + edge * feature->near;
            if (place > t)
                mark = fmin(mark, place);
        }
    }
    width = fmax(width, 64 * DBL_EPSILON * t); /* gets somewhere */
    *exactly = mark <= t + 1.4 * width;
    *end = *exactly ? mark : t + width;
    return *end - t;
}

/* No feature beyond t can bring back what has fallen. */
static bool nothing_beyond(const half_line *line, double t)
{
    const sn_factors *factors = line->factors;
    for (size_t f = 0; f < factors->n_features; f++) {
        const sn_feature *feature = &factors->features[f];
        const double at = line->side * feature->at;
        const double scale = fmin(1, fmax(feature->near, feature->base));
        if (at + scale < t || at - scale > reach)
            continue;
        double probe[N], value[SN_MAX_FACTORS][N];
        for (size_t k = 0; k < N; k++)
            probe[k] = line->side * fmax(t, at + scale * node[k]);
        factors->sample(factors->context, probe, value);
        for (size_t i = 0; i < factors->judged; i++)
            for (size_t k = 0; k < N; k++) {
                const double q = exp(-0.25 * probe[k] * probe[k]) * value[i][k];
                if (!(q * q <= 1e-22 * measure(line, i)))
                    return false;
            }
    }
    return true;
}

/* What would follow a step that added `now` after one that added `before`, if it goes on falling
 * as a Gaussian does. */
static bool negligible(double now, double before, double width, double total)
{
    return now == 0
           || (now < before && now * (now / before) * exp(-width * width / 2) <= 1e-17 * total);
}

static bool done(half_line *line, double t, double width, const double added[])
{
    bool small = t >= 7.5;
    for (size_t i = 0; i < line->factors->judged; i++) {
        const double total = measure(line, i);
        small = small && total > 0 && negligible(added[i], line->previous[i], width, total);
        line->previous[i] = added[i];
    }
    return small && nothing_beyond(line, t);
}

static sn_status integrate_side(const sn_factors *factors, double side, panel *all, sn_error *err)
{
    half_line line = {.factors = factors, .side = side, .all = all};
    for (size_t i = 0; i < SN_MAX_FACTORS; i++)
        line.previous[i] = INFINITY;
    for (double t = 0, end; t < reach; t = end) {
        bool exactly;
        double added[SN_MAX_FACTORS];
        const double width = next_width(&line, t, &end, &exactly);
        const sn_status status = advance(&line, t, width, added, err);
        if (status != SN_OK)
            return status;
        if (!exactly && done(&line, end, width, added))
            return SN_OK;
    }
    return SN_OK;
}

sn_status sn_products_integrate(const sn_factors *factors, sn_products *out, sn_error *err)
{
    panel all = {0};
    sn_status status = integrate_side(factors, 1, &all, err);
    if (status == SN_OK && !factors->half)
        status = integrate_side(factors, -1, &all, err);
    const double scale = (factors->half ? 2 : 1) / root_two_pi;
    for (size_t i = 0; i < factors->n; i++) {
        for (size_t j = i; j < factors->n; j++)
            out->value[i][j] = out->value[j][i] = scale * all.sum[i][j];
        out->error[i] = scale * all.error[i];
    }
    return status;
}
