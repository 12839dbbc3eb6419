/* The overlap's derivatives by one of its variables, b taken given a.
 *
 * Given a, b ~ N(x + c (a - x), y (1 - c^2)); let G(a) = E[f(b) | a], a mean of sn_moments. Then
 *
 *     E[f(a)^3 f(b)] = E[f^3 G],      d/dmean E[f(a) f(b)] = E[f'(a) f(b)] = E[f' G],
 *
 * and by the variance of a, with t = (a - x)/s, s^2 = y, and one integration by parts,
 *
 *     1/2 E[f''(a) f(b)] = 1/2 E[f' (G t / s - c (dG/dmean))],
 *
 * so that f'' is not needed. As c -> +-1, G bends about the kinks of f on the scale of b given a.
 */
#include "theory/response.h"

#include <float.h>
#include <math.h>

#include "theory/moments.h"
#include "theory/products.h"

enum { N = SN_PRODUCT_NODES };

typedef struct pair {
    const sn_activation *f;
    double x, s, c;
    double rest; /* y (1 - c^2) */
} pair;

enum { F_SQUARE, SLOPE, F_TIMES_G, JUDGED, G = JUDGED, PARTS, FUNCTIONS };

/* The mean of f under N(z, rest) and its slope, or f itself where that is not to be had. */
static void given(const pair *p, double z, double *mean, double *slope)
{
    sn_moments m;
    if (p->rest >= DBL_MIN && p->f->type->moments != NULL) {
        p->f->type->moments(p->f->params, z, p->rest, &m);
    } else if (!(p->rest >= DBL_MIN)
               || sn_moments_quadrature(p->f, z, p->rest, &m, NULL) != SN_OK) {
        m.mean = sn_activation_value(p->f, z);
        m.dmean_dx = sn_activation_derivative(p->f, z);
    }
    *mean = m.mean;
    *slope = m.dmean_dx;
}

static void sample(const void *context, const double t[N], double value[][N])
{
    const pair *p = context;
    for (size_t k = 0; k < N; k++) {
        const double a = p->x + p->s * t[k];
        const double f = sn_activation_value(p->f, a);
        double mean, slope;
        given(p, p->x + p->c * p->s * t[k], &mean, &slope);
        value[F_SQUARE][k] = f * f;
        value[SLOPE][k] = sn_activation_derivative(p->f, a);
        value[F_TIMES_G][k] = f * mean;
        value[G][k] = mean;
        value[PARTS][k] = mean * t[k] / p->s - p->c * slope;
    }
}

static void add_features(const pair *p, sn_factors *factors)
{
    double places[SN_MAX_KINKS + 1];
    const size_t kinks = sn_activation_kinks(p->f, places);
    const double r = fabs(p->c) * p->s, s = sqrt(p->rest);
    places[kinks] = 0;
    for (size_t i = 0; i <= kinks; i++) {
        const double base = 2 / p->s, smooth = fmax(2, 2.5 * s) / r;
        const double bend = (places[i] - p->x) / (p->c * p->s);
        const bool narrow = i < kinks && 2.5 * s < 2;
        factors->features[factors->n_features++] = (sn_feature){
            .at = (places[i] - p->x) / p->s, .fine = base, .base = base, .exact = i < kinks};
        if (isfinite(bend) && isfinite(smooth))
            factors->features[factors->n_features++] =
                (sn_feature){.at = bend,
                             .near = narrow ? 8 * s / r : 0,
                             .fine = narrow ? 8.0 / 3 * s / r : smooth,
                             .base = smooth,
                             .exact = narrow};
    }
}

sn_status sn_response_compute(const sn_activation *f, double x, double y, double c,
                              sn_response *out, sn_error *err)
{
    if (!(c >= -1 && c <= 1))
        return sn_fail(err, SN_EDOMAIN, "the correlation c is %g, must be from -1 to 1", c);
    sn_moments m;
    sn_status status = sn_moments_compute(f, x, y, &m, err);
    if (status != SN_OK)
        return status;
    const pair p = {.f = f, .x = x, .s = sqrt(y), .c = c, .rest = y * (1 - c) * (1 + c)};
    const double shift = 4 * DBL_EPSILON * fabs(x) * sqrt(m.slope_second);
    const double noise = (4 * DBL_EPSILON + m.error) * sqrt(m.second) + shift;
    sn_factors factors = {
        .name = f->type->name, .n = FUNCTIONS, .judged = JUDGED, .sample = sample, .context = &p};
    factors.noise[F_SQUARE] = factors.noise[F_TIMES_G] = 2 * noise * sqrt(m.second);
    factors.noise[SLOPE] = 4 * DBL_EPSILON * sqrt(m.slope_second);
    add_features(&p, &factors);
    sn_products q;
    status = sn_products_integrate(&factors, &q, err);
    if (status != SN_OK)
        return status;
    *out = (sn_response){.cubed = q.value[F_SQUARE][F_TIMES_G],
                         .by_mean = q.value[SLOPE][G],
                         .by_variance = 0.5 * q.value[SLOPE][PARTS]};
    if (!isfinite(out->cubed) || !isfinite(out->by_mean) || !isfinite(out->by_variance))
        return sn_fail(err, SN_ENOCONV, "%s: a response under N(%g, %g) at %g is not finite",
                       f->type->name, x, y, c);
    return SN_OK;
}
