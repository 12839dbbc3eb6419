/* The overlap by what a and b have in common.
 *
 * For c >= 0 write a = x + r u + s v, b = x + r u + s w with r^2 = y c, s^2 = y (1 - c) and u, v, w
 * independent N(0, 1). Given u, f(a) and f(b) are independent and alike, so with
 *
 *     h(m) = E f(N(m, s^2)),   k(m) = E f(N(m, s^2))^2
 *
 *     E[f(a) f(b)] = E h(x + r u)^2,   E[f(a) f(b)^2] = E[h k],   E[f(a)^2 f(b)^2] = E k^2,
 *
 * and, by Price's theorem (1958), dC/dc = y E[f'(a) f'(b)] = y E h'^2. For c < 0, b takes -r u.
 * With e and o the even and odd part in u of h(x + r u), h(x + r u) h(x - r u) = e^2 - o^2, which
 * needs half of the line only; and so for k and h'.
 *
 * h and k are sn_moments' mean and second, h' its dmean_dx. They are smooth, but about a kink of f
 * on the scale s only: as c -> 1 there are narrow panels within 8 s of it, and beyond, where the
 * kink is no longer felt, wide ones. Means are taken off first, so that covariances do not cancel.
 */
#include "theory/overlap.h"

#include <float.h>
#include <math.h>

#include "theory/moments.h"
#include "theory/products.h"

enum { N = SN_PRODUCT_NODES };

static const double worst_allowed = 1e-6;
static const double rounding = 32 * DBL_EPSILON;

typedef struct halves {
    const sn_activation *f;
    double x, y, c;
    double r, rest;                /* rest: y (1 - |c|), the variance of what is not in common */
    double mean, second, variance; /* of f under N(x, y) */
    double mean_scale, scale;      /* roots of E f^2, E f'^2 */
} halves;

/* Of the functions of u; error and slope_error hold the inner errors' roots. */
enum { H, SLOPE, K, JUDGED = K, ERROR, SLOPE_ERROR, PLAIN };
enum { EVEN_H, ODD_H, EVEN_SLOPE, ODD_SLOPE, EVEN_K, ODD_K, HALF_ERROR, HALF_SLOPE_ERROR, FOLDED };

/* The moments at z[]; a point where they fail is replaced by f itself there, and its error, which
 * is then 1, tells whether that matters. */
static void inner_moments(const halves *p, const double z[N], sn_moments out[N])
{
    double y[N];
    for (size_t k = 0; k < N; k++)
        y[k] = p->rest;
    if (p->rest >= DBL_MIN && p->f->type->moments != NULL
        && sn_moments_many(p->f, N, z, y, out, NULL) == SN_OK)
        return;
    for (size_t k = 0; k < N; k++) {
        if (p->rest >= DBL_MIN && p->f->type->moments == NULL
            && sn_moments_quadrature(p->f, z[k], p->rest, &out[k], NULL) == SN_OK)
            continue;
        const double value = sn_activation_value(p->f, z[k]);
        const double slope = sn_activation_derivative(p->f, z[k]);
        out[k] = (sn_moments){.mean = value,
                              .second = value * value,
                              .dmean_dx = slope,
                              .slope_second = slope * slope,
                              .error = p->rest < DBL_MIN ? 0 : 1};
    }
}

static void sample_plain(const void *context, const double u[N], double value[][N])
{
    const halves *p = context;
    double z[N];
    sn_moments m[N];
    for (size_t k = 0; k < N; k++)
        z[k] = p->x + p->r * u[k];
    inner_moments(p, z, m);
    for (size_t k = 0; k < N; k++) {
        value[H][k] = m[k].mean - p->mean;
        value[SLOPE][k] = m[k].dmean_dx;
        value[K][k] = m[k].second - p->second;
        value[ERROR][k] = sqrt(m[k].second * m[k].error);
        value[SLOPE_ERROR][k] = sqrt(m[k].slope_second * m[k].error);
    }
}

static void sample_folded(const void *context, const double u[N], double value[][N])
{
    const halves *p = context;
    double ahead[N], behind[N];
    sn_moments a[N], b[N];
    for (size_t k = 0; k < N; k++) {
        ahead[k] = p->x + p->r * u[k];
        behind[k] = p->x - p->r * u[k];
    }
    inner_moments(p, ahead, a);
    inner_moments(p, behind, b);
    for (size_t k = 0; k < N; k++) {
        value[EVEN_H][k] = 0.5 * ((a[k].mean - p->mean) + (b[k].mean - p->mean));
        value[ODD_H][k] = 0.5 * (a[k].mean - b[k].mean);
        value[EVEN_SLOPE][k] = 0.5 * (a[k].dmean_dx + b[k].dmean_dx);
        value[ODD_SLOPE][k] = 0.5 * (a[k].dmean_dx - b[k].dmean_dx);
        value[EVEN_K][k] = 0.5 * ((a[k].second - p->second) + (b[k].second - p->second));
        value[ODD_K][k] = 0.5 * (a[k].second - b[k].second);
        value[HALF_ERROR][k] = sqrt(0.5 * (a[k].second * a[k].error + b[k].second * b[k].error));
        value[HALF_SLOPE_ERROR][k] =
            sqrt(0.5 * (a[k].slope_second * a[k].error + b[k].slope_second * b[k].error));
    }
}

/* Kinks, and 0, about which activations live on the scale 1. */
static void add_features(const halves *p, double sign, sn_factors *factors)
{
    double places[SN_MAX_KINKS + 1];
    const size_t kinks = sn_activation_kinks(p->f, places);
    const double s = sqrt(p->rest);
    places[kinks] = 0;
    for (size_t i = 0; i <= kinks; i++) {
        const double at = sign * (places[i] - p->x) / p->r;
        const double base = fmax(2, 2.5 * s) / p->r;
        const bool narrow = i < kinks && 2.5 * s < 2;
        if (!isfinite(at) || !isfinite(base))
            continue;
        factors->features[factors->n_features++] =
            (sn_feature){.at = at,
                         .near = narrow ? 8 * s / p->r : 0,
                         .fine = narrow ? 8.0 / 3 * s / p->r : base,
                         .base = base,
                         .exact = narrow};
    }
}

/* The rounding of h, h' and k: their own, what their errors leave, and that of where they are
 * taken. */
static void set_noise(const halves *p, double error, sn_factors *factors)
{
    const double own = 4 * DBL_EPSILON + error;
    const double h = own * p->mean_scale + 4 * DBL_EPSILON * fabs(p->x) * p->scale;
    const double slope = own * p->scale, k = 2 * h * p->mean_scale;
    if (p->c < 0) {
        factors->noise[EVEN_H] = factors->noise[ODD_H] = h;
        factors->noise[EVEN_SLOPE] = factors->noise[ODD_SLOPE] = slope;
        factors->noise[EVEN_K] = factors->noise[ODD_K] = k;
    } else {
        factors->noise[H] = h;
        factors->noise[SLOPE] = slope;
        factors->noise[K] = k;
    }
}

static sn_status integrate(const halves *p, double error, sn_products *out, sn_error *err)
{
    const bool folded = p->c < 0;
    sn_factors factors = {.name = p->f->type->name,
                          .n = folded ? FOLDED : PLAIN,
                          .judged = folded ? EVEN_K : JUDGED,
                          .half = folded,
                          .sample = folded ? sample_folded : sample_plain,
                          .context = p};
    add_features(p, 1, &factors);
    set_noise(p, error, &factors);
    if (folded) {
        add_features(p, -1, &factors);
        factors.floor[EVEN_H] = factors.floor[ODD_H] = p->variance;
        factors.floor[EVEN_SLOPE] = factors.floor[ODD_SLOPE] = p->scale * p->scale;
    }
    return sn_products_integrate(&factors, out, err);
}

/* From E of the products to the results. */
static void assemble(const halves *p, const sn_products *q, sn_overlap *out)
{
    const double(*e)[SN_MAX_FACTORS] = q->value;
    double rule, slope_rule, inner, slope_inner;
    if (p->c >= 0) {
        out->covariance = e[H][H];
        out->covariance_cross = e[H][K];
        out->covariance_squares = e[K][K];
        out->slope = p->y * e[SLOPE][SLOPE];
        rule = q->error[H], slope_rule = q->error[SLOPE];
        inner = e[ERROR][ERROR], slope_inner = e[SLOPE_ERROR][SLOPE_ERROR];
    } else {
        out->covariance = e[EVEN_H][EVEN_H] - e[ODD_H][ODD_H];
        out->covariance_cross = e[EVEN_H][EVEN_K] - e[ODD_H][ODD_K];
        out->covariance_squares = e[EVEN_K][EVEN_K] - e[ODD_K][ODD_K];
        out->slope = p->y * (e[EVEN_SLOPE][EVEN_SLOPE] - e[ODD_SLOPE][ODD_SLOPE]);
        rule = q->error[EVEN_H] + q->error[ODD_H];
        slope_rule = q->error[EVEN_SLOPE] + q->error[ODD_SLOPE];
        inner = e[HALF_ERROR][HALF_ERROR];
        slope_inner = e[HALF_SLOPE_ERROR][HALF_SLOPE_ERROR];
    }
    out->overlap = p->mean * p->mean + out->covariance;
    out->error += rounding + (rule + 2 * inner) / fmax(p->mean_scale * p->mean_scale, DBL_MIN);
    out->slope_error +=
        rounding + (slope_rule + 2 * slope_inner) / fmax(p->scale * p->scale, DBL_MIN);
}

/* Without anything in common. */
static void independent(double y, const sn_moments *m, sn_overlap *out)
{
    *out = (sn_overlap){.overlap = m->mean * m->mean,
                        .slope = y * m->dmean_dx * m->dmean_dx,
                        .error = m->error,
                        .slope_error = m->error,
                        .trust = m->trust};
}

sn_status sn_overlap_compute(const sn_activation *f, double x, double y, double c, sn_overlap *out,
                             sn_error *err)
{
    if (!(c >= -1 && c <= 1))
        return sn_fail(err, SN_EDOMAIN, "the correlation c is %g, must be from -1 to 1", c);
    sn_moments m;
    sn_status status = sn_moments_compute(f, x, y, &m, err);
    if (status != SN_OK)
        return status;
    independent(y, &m, out);
    const halves p = {.f = f,
                      .x = x,
                      .y = y,
                      .c = c,
                      .r = sqrt(y * fabs(c)),
                      .rest = y * (1 - fabs(c)),
                      .mean = m.mean,
                      .second = m.second,
                      .variance = m.variance,
                      .mean_scale = sqrt(m.second),
                      .scale = sqrt(m.slope_second)};
    if (!(p.r >= 1e-150))
        return SN_OK;
    out->trust = SN_QUADRATURE;
    sn_products q;
    status = integrate(&p, m.error, &q, err);
    if (status != SN_OK)
        return status;
    assemble(&p, &q, out);
    if (!(out->error <= worst_allowed && out->slope_error <= worst_allowed))
        return sn_fail(err, SN_ENOCONV, "%s: overlap under N(%g, %g) at %g reached %.1e only",
                       f->type->name, x, y, c, fmax(out->error, out->slope_error));
    return SN_OK;
}
