/* One panel: 16 Gauss-Legendre nodes, at which f' alone is sampled.
 *
 * Subtracting f(z) - f(x) loses every digit where f is nearly constant on the scale of s; f' does
 * not. So d = f(z) - f(x) is the integral of f', carried along from panel to panel and inside one
 * found by the matrix that integrates the interpolating polynomial (`primitive`). Its error is of
 * the order of the 16th Legendre coefficient of f', but orthogonal to all lower ones, so that
 * integrals of d against smooth functions keep the order 32 of the rule.
 *
 * Means and sums of products about them are merged (Chan, Golub, LeVeque 1979): nothing is ever
 * subtracted from a second moment, and the variance is as accurate relative to itself as d is.
 *
 * Error. With phi the density of t, q = sqrt(phi) f' and q = sqrt(phi) (d - E d) are the functions
 * whose squares and products are integrated. With c_k the coefficients of q in orthonormal Legendre
 * polynomials, h = hypot(c_14, c_15) and l = hypot(c_6, c_7), the rule's error is of the order
 * h^2, or h |q| (h/l)^2 if the coefficients go on decaying at the rate seen, whichever is more;
 * times a margin. To this come the rounding of d, and, since a kink beyond the last node shows in
 * none of the samples, what f itself has risen by from end to end other than the integral of f'.
 */
#include "theory/panel.h"

#include <float.h>
#include <math.h>

#include "theory/density.h"

enum { N = 16 };
#include "theory/legendre.inc"

static const double margin = 10; /* on the estimate of the rule's error */

/* What is sampled, and made of it. */
typedef struct samples {
    double half;           /* half the width */
    double t[N], slope[N]; /* t, f' */
    double root[N];        /* of the density: exp(-t^2/4) for a normal t */
    double d[N];           /* d since the start of the panel */
    double rise;           /* d over the whole panel */
} samples;

static void sample(const sn_half_line *line, const sn_panel_edge *from, double width, samples *at)
{
    const sn_density *density = line->density;
    at->half = width / 2;
    at->rise = 0;
    for (size_t i = 0; i < N; i++) {
        at->t[i] = from->t + at->half * (1 + node[i]);
        at->root[i] =
            density == NULL ? exp(-0.25 * at->t[i] * at->t[i]) : density->root(density, at->t[i]);
        at->d[i] = 0;
    }
    const double stride = at->half * line->side * line->s;
    for (size_t i = 0; i < N; i++) {
        double z = from->z + stride * (1 + node[i]);
        z = z < line->lower ? line->lower : z > line->upper ? line->upper : z;
        at->slope[i] = sn_activation_derivative(line->f, z);
    }
    for (size_t j = 0; j < N; j++) {
        for (size_t i = 0; i < N; i++)
            at->d[i] += primitive[j][i] * at->slope[j];
        at->rise += weight[j] * at->slope[j];
    }
    at->rise *= stride;
    for (size_t i = 0; i < N; i++)
        at->d[i] *= stride;
    if (!line->by_value)
        return;
    for (size_t i = 0; i < N; i++)
        at->d[i] = sn_activation_value(line->f, from->z + stride * (1 + node[i])) - from->f;
    at->rise = sn_activation_value(line->f, from->z + 2 * stride) - from->f;
}

/* The error of the rule on q^2, as above. *plateau: the coefficients have stopped decaying at the
 * level of noise. */
static double rule_error(const double q[N], double norm, bool *plateau)
{
    double c[4] = {0};
    for (size_t j = 0; j < N; j++)
        for (size_t m = 0; m < 4; m++)
            c[m] += spectrum[j][m] * q[j];
    const double low = c[0] * c[0] + c[1] * c[1];
    const double high = c[2] * c[2] + c[3] * c[3];
    const double decay = high < low ? high / low : 1;
    *plateau = high <= 1e-20 * norm && decay > 1.0 / 16;
    return margin * (high + sqrt(high) * sqrt(norm) * decay);
}

static void add_means(const samples *at, double side, double start, sn_panel_sums *sums,
                      double *mean_rise)
{
    double d = 0, slope = 0, slope_t = 0, total = 0;
    for (size_t i = 0; i < N; i++) {
        const double w = at->half * weight[i] * at->root[i] * at->root[i];
        total += w;
        d += w * at->d[i];
        slope += w * at->slope[i];
        slope_t += w * at->slope[i] * side * at->t[i];
    }
    const double divisor = total > 0 ? total : 1; /* its inverse may overflow */
    *mean_rise = d / divisor;
    sums->weight = total;
    sums->d = start + *mean_rise;
    sums->slope = slope / divisor;
    sums->slope_t = slope_t / divisor;
}

/* All errors but the rule's. What goes wrong with d or f' here is weighed with the density here. */
static sn_panel_error other_errors(const sn_half_line *line, const samples *at,
                                   const sn_panel_edge *from, const sn_panel *panel)
{
    const sn_panel_edge *end = &panel->end;
    double steepest = 0, variation = 0, variation_of_square = 0;
    for (size_t i = 0; i < N; i++) {
        const double slope = fabs(at->slope[i]);
        const double change = at->root[i] * fabs(at->slope[i] - at->slope[i > 0 ? i - 1 : 0]);
        steepest = steepest < slope ? slope : steepest;
        variation += change;
        variation_of_square += 2 * change * at->root[i] * slope;
    }
    const double width_z = 2 * at->half * line->s;
    const double height = fmax(fabs(from->f), fabs(end->f));
    const double reach = fabs(from->origin_z) + line->s * (from->offset + 2 * at->half);
    const double rounding = 32 * DBL_EPSILON * (height + steepest * reach);
    const double amiss = fmax(0, fabs(end->f - from->f - at->rise) - rounding);
    const double shaken = 4 * DBL_EPSILON * reach; /* how far rounding moves a z */

    const double weight_sum = panel->sums.weight;
    const double density = weight_sum / (2 * at->half);
    const double deviation = sqrt(panel->spread / (2 * at->half));
    return (sn_panel_error){
        .amiss = amiss,
        .rounding_dd = DBL_EPSILON * width_z * steepest * sqrt(weight_sum * panel->spread),
        .mismatch_dd = 4 * amiss * (sqrt(density) * deviation + amiss * density),
        .mismatch_slope_second = 2 * amiss * density / line->s * steepest,
        .noise_dd = shaken * variation * deviation,
        .noise_slope_second = shaken * variation_of_square / line->s,
    };
}

sn_panel sn_panel_evaluate(const sn_half_line *line, const sn_panel_edge *from, double width,
                           const double *kink, const sn_panel_sums *so_far)
{
    samples at;
    sn_panel out = {0};
    sn_panel_sums *sums = &out.sums;
    double mean_rise, q_slope[N], q_d[N], norm_d = 0, norm_slope = 0;

    sample(line, from, width, &at);
    add_means(&at, line->side, from->d, sums, &mean_rise);
    const double offset = so_far->weight > 0 ? sums->d - so_far->d : 0;
    for (size_t i = 0; i < N; i++) {
        const double w = at.half * weight[i];
        const double about = at.root[i] * (at.d[i] - mean_rise);
        q_slope[i] = at.root[i] * at.slope[i];
        q_d[i] = about + at.root[i] * offset;
        sums->dd += w * about * about;
        sums->d_slope += w * about * q_slope[i];
        sums->d_slope_t += w * about * q_slope[i] * line->side * at.t[i];
        norm_slope += weight[i] * q_slope[i] * q_slope[i];
        norm_d += weight[i] * q_d[i] * q_d[i];
    }
    sums->slope_second = at.half * norm_slope;
    out.spread = at.half * norm_d;
    out.end = *from;
    out.end.offset += width;
    out.end.t = from->origin_t + out.end.offset;
    out.end.z = from->origin_z + line->side * line->s * out.end.offset;
    if (kink != NULL) {
        out.end.z = out.end.origin_z = *kink;
        out.end.origin_t = out.end.t;
        out.end.offset = 0;
    }
    out.end.f = sn_activation_value(line->f, out.end.z);
    out.end.d = from->d + at.rise;
    out.error = other_errors(line, &at, from, &out);
    out.error.dd = at.half * rule_error(q_d, norm_d, &out.error.plateau_dd);
    out.error.slope_second = at.half * rule_error(q_slope, norm_slope, &out.error.plateau_slope);
    return out;
}

void sn_panel_scale(sn_panel *panel, double factor)
{
    sn_panel_sums *sums = &panel->sums;
    sn_panel_error *error = &panel->error;
    double *const weighed[] = {&sums->weight,
                               &sums->dd,
                               &sums->d_slope,
                               &sums->d_slope_t,
                               &sums->slope_second,
                               &panel->spread,
                               &error->dd,
                               &error->slope_second,
                               &error->rounding_dd,
                               &error->mismatch_dd,
                               &error->noise_dd,
                               &error->mismatch_slope_second,
                               &error->noise_slope_second};
    for (size_t i = 0; i < sizeof weighed / sizeof weighed[0]; i++)
        *weighed[i] *= factor;
}

void sn_panel_merge(sn_panel_sums *all, const sn_panel *panel)
{
    const sn_panel_sums *part = &panel->sums;
    if (part->weight > 0) {
        const double weight_sum = all->weight + part->weight;
        const double share = part->weight / weight_sum;
        const double joint = all->weight * share;
        const double d = part->d - all->d;
        const double slope = part->slope - all->slope;
        const double slope_t = part->slope_t - all->slope_t;
        all->weight = weight_sum;
        all->d += share * d;
        all->slope += share * slope;
        all->slope_t += share * slope_t;
        all->dd += part->dd + joint * d * d;
        all->d_slope += part->d_slope + joint * d * slope;
        all->d_slope_t += part->d_slope_t + joint * d * slope_t;
        all->slope_second += part->slope_second;
    }
    const sn_panel_error *error = &panel->error;
    all->error_dd += error->dd + error->rounding_dd + error->mismatch_dd + error->noise_dd;
    all->error_slope_second +=
        error->slope_second + error->mismatch_slope_second + error->noise_slope_second;
    all->noise_dd += error->noise_dd;
    all->noise_slope_second += error->noise_slope_second;
}
