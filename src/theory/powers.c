/* Powers of an activation, by products of d = f(z) - E f and d^2.
 *
 * With m_k = E d^k, m_1 being rounding alone, and mu = E f,
 *
 *     E f^3 = m_3 + 3 mu m_2 + mu^3                Cov(f, f^2) = m_3 + 2 mu m_2
 *     E f^4 = m_4 + 4 mu m_3 + 6 mu^2 m_2 + mu^4   Var f^2 = m_4 - m_2^2 + 4 mu m_3 + 4 mu^2 m_2
 *
 * Second derivatives: with t = (z - x)/s, s^2 = y, and He_k Hermite's polynomials, integrating by
 * parts (Stein) gives, for any h, d/dx E h = E h', d/dy E h = 1/2 E h'' and
 *
 *     d2/dxdy E h = E[h' He_2(t)] / (2 y)        d2/dydy E h = E[h' He_3(t)] / (4 y s)
 *
 * with h' = f' and h' = 2 f f', so that f'' and its jumps are never needed.
 */
#include "theory/powers.h"

#include <float.h>
#include <math.h>

#include "theory/moments.h"
#include "theory/products.h"

enum { N = SN_PRODUCT_NODES };

static const double worst_allowed = 1e-6;

typedef struct line {
    const sn_activation *f;
    double x, s, mean;
} line;

enum { D, D_SQUARE, SLOPE, SLOPE_OF_SQUARE, JUDGED, ONE = JUDGED, HE_2, HE_3, FUNCTIONS };

static void sample(const void *context, const double t[N], double value[][N])
{
    const line *p = context;
    for (size_t k = 0; k < N; k++) {
        const double z = p->x + p->s * t[k];
        const double f = sn_activation_value(p->f, z);
        const double d = f - p->mean;
        const double slope = sn_activation_derivative(p->f, z);
        value[D][k] = d;
        value[D_SQUARE][k] = d * d;
        value[SLOPE][k] = slope;
        value[SLOPE_OF_SQUARE][k] = 2 * f * slope;
        value[ONE][k] = 1;
        value[HE_2][k] = t[k] * t[k] - 1;
        value[HE_3][k] = t[k] * (t[k] * t[k] - 3);
    }
}

/* Kinks end panels; about them and 0 activations live on the scale 1. */
static sn_factors factors_of(const line *p)
{
    sn_factors out = {
        .name = p->f->type->name, .n = FUNCTIONS, .judged = JUDGED, .sample = sample, .context = p};
    double places[SN_MAX_KINKS + 1];
    const size_t kinks = sn_activation_kinks(p->f, places);
    places[kinks] = 0;
    for (size_t i = 0; i <= kinks; i++) {
        const double at = (places[i] - p->x) / p->s, base = 2 / p->s;
        if (isfinite(at) && isfinite(base))
            out.features[out.n_features++] =
                (sn_feature){.at = at, .fine = base, .base = base, .exact = i < kinks};
    }
    return out;
}

static void take_moments(const sn_moments *m, sn_powers *out)
{
    *out = (sn_powers){
        .mean = m->mean,
        .second = m->second,
        .variance = m->variance,
        .dmean_dx = m->dmean_dx,
        .dmean_dy = m->dmean_dy,
        .dsecond_dx = m->dsecond_dx,
        .dsecond_dy = m->dsecond_dy,
        .error = m->error,
        .trust = SN_QUADRATURE,
    };
}

static void assemble(const sn_products *q, double y, sn_powers *out)
{
    const double(*e)[SN_MAX_FACTORS] = q->value;
    const double mu = out->mean, m1 = e[ONE][D], m2 = out->variance;
    const double m3 = e[D][D_SQUARE] - 3 * m1 * e[D][D], m4 = e[D_SQUARE][D_SQUARE] - 4 * m1 * m3;
    const double s = sqrt(y);
    out->third = m3 + 3 * mu * m2 + mu * mu * mu;
    out->fourth = m4 + 4 * mu * m3 + 6 * mu * mu * m2 + mu * mu * mu * mu;
    out->covariance_square = m3 + 2 * mu * m2;
    out->variance_square = fmax(0, (m4 - m2 * m2) + 4 * mu * m3 + 4 * mu * mu * m2);
    out->skewness = m3 / (m2 * sqrt(m2));
    out->excess_kurtosis = m4 / (m2 * m2) - 3;
    out->d2mean_dxdy = e[SLOPE][HE_2] / (2 * y);
    out->d2mean_dydy = e[SLOPE][HE_3] / (4 * y * s);
    out->d2second_dxdy = e[SLOPE_OF_SQUARE][HE_2] / (2 * y);
    out->d2second_dydy = e[SLOPE_OF_SQUARE][HE_3] / (4 * y * s);
}

/* The size of the rounding of f, its own and that of z. */
static double rounding(const line *p, const sn_moments *m)
{
    return 4 * DBL_EPSILON * (fabs(p->x) * sqrt(m->slope_second) + sqrt(m->second));
}

static void estimate(const sn_products *q, const sn_moments *m, double noise, sn_powers *out)
{
    double slopes = 0;
    for (size_t i = SLOPE; i < JUDGED; i++)
        slopes = fmax(slopes, q->error[i] / fmax(q->value[i][i], DBL_MIN));
    const double d = q->error[D], d_square = q->error[D_SQUARE];
    const double exact = m->error + slopes + 16 * DBL_EPSILON;
    out->error = exact + fmax(d / fmax(m->second, DBL_MIN), d_square / fmax(out->fourth, DBL_MIN))
                 + noise / fmax(sqrt(m->second), DBL_MIN);
    out->central_error = exact
                         + fmax(d / fmax(m->variance, DBL_MIN),
                                d_square / fmax(q->value[D_SQUARE][D_SQUARE], DBL_MIN))
                         + noise / fmax(sqrt(m->variance), DBL_MIN);
    if (!(out->central_error < 1))
        out->skewness = out->excess_kurtosis = NAN;
}

sn_status sn_powers_compute(const sn_activation *f, double x, double y, sn_powers *out,
                            sn_error *err)
{
    sn_moments m;
    sn_products q;
    sn_status status = sn_moments_compute(f, x, y, &m, err);
    if (status != SN_OK)
        return status;
    take_moments(&m, out);
    const line p = {.f = f, .x = x, .s = sqrt(y), .mean = m.mean};
    const double noise = rounding(&p, &m);
    sn_factors factors = factors_of(&p);
    factors.noise[D] = noise;
    factors.noise[D_SQUARE] = noise * (noise + 2 * sqrt(m.variance));
    status = sn_products_integrate(&factors, &q, err);
    if (status != SN_OK)
        return status;
    assemble(&q, y, out);
    estimate(&q, &m, noise, out);
    if (!isfinite(out->fourth) || !(out->error <= worst_allowed))
        return sn_fail(err, SN_ENOCONV, "%s: powers under N(%g, %g) reached %.1e only",
                       f->type->name, x, y, out->error);
    return SN_OK;
}
