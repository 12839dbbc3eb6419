/* The overlap as a power series in the correlation.
 *
 * With s^2 = y, h_k the orthonormal Hermite polynomials and a_k = E[f(x + s t) h_k(t)], t ~ N(0, 1),
 * Mehler's formula gives
 *
 *     Cov(f(a), f(b)) = sum a_k^2 c^k over k >= 1,   y E[f'(a) f'(b)] = sum k a_k^2 c^(k-1).
 *
 * The sums at c = 1 are Var f and y E f'^2, which are known without the series. What the first K
 * terms lack of them, times |c|^(K+1) and |c|^K, bounds what is left out: for smooth f it is nothing,
 * and all of [-1, 1] is covered; a kink leaves a_k^2 ~ k^(-5/2), and c has to be below 0.87 or so.
 *
 * a_k = 2 times the integral over t > 0 of (e psi_0) psi_k, psi_k = sqrt(phi) h_k, e the even part of
 * f(x + s t) - f(x) for even k, the odd part for odd k. psi_k oscillates like cos(sqrt(k + 1/2) t),
 * so panels of 16 Gauss-Legendre nodes no wider than 0.47 resolve it up to k = 256 to rounding, and
 * are narrower where f lives on a smaller scale: near its kinks and near 0. Whether they resolve f is
 * seen from E (f - f(x))^2 by the same nodes: it has to be what the moments say.
 */
#include <float.h>
#include <math.h>

#include "theory/correlation_rule.h"

enum { N = 16, MAX_PANELS = 72, MAX_NODES = N * MAX_PANELS };
#include "theory/legendre.inc"

static const double reach = 12.5;  /* deviations; sqrt(phi) is 1e-17 there */
static const double widest = 0.47; /* panel */

typedef struct samples {
    size_t n;
    double t[MAX_NODES], even[MAX_NODES], odd[MAX_NODES]; /* times 2 weights and psi_0 */
    double total;                                         /* E (f - f(x))^2 */
} samples;

/* The end of the panel that begins at t. */
static double panel_end(double t, double s, size_t n_anchors, const double *anchors)
{
    const double base = 2 / s;
    double end = fmin(t + widest, reach);
    for (size_t i = 0; i < n_anchors; i++) {
        const double ahead = anchors[i] - t;
        end = fmin(end, t + fmax(base, ahead > 0 ? ahead / 2 : -ahead));
    }
    for (size_t i = 0; i < n_anchors; i++)
        if (anchors[i] > t && anchors[i] < t + 1.4 * (end - t))
            end = fmin(end, anchors[i]);
    return end;
}

static void sample_panel(const sn_activation *f, double x, double s, double from, double to,
                         samples *all)
{
    const double half = (to - from) / 2, at_x = sn_activation_value(f, x);
    for (size_t k = 0; k < N; k++) {
        const double t = from + half * (1 + node[k]);
        const double root =
            0.63161877774606470129 * exp(-0.25 * t * t); /* psi_0, of (2 pi)^(-1/4) */
        const double ahead = sn_activation_value(f, x + s * t) - at_x;
        const double behind = sn_activation_value(f, x - s * t) - at_x;
        const double even = 0.5 * (ahead + behind) * root, odd = 0.5 * (ahead - behind) * root;
        const double w = 2 * half * weight[k];
        all->t[all->n] = t;
        all->even[all->n] = w * even;
        all->odd[all->n] = w * odd;
        all->total += w * (even * even + odd * odd);
        all->n++;
    }
}

/* False: too many panels. */
static bool take_samples(const sn_activation *f, double x, double s, samples *all)
{
    double anchors[SN_MAX_KINKS + 1];
    const size_t kinks = sn_activation_kinks(f, anchors);
    anchors[kinks] = 0;
    for (size_t i = 0; i <= kinks; i++)
        anchors[i] = fabs(anchors[i] - x) / s;
    all->n = 0;
    all->total = 0;
    for (double t = 0, end; t < reach; t = end) {
        end = panel_end(t, s, kinks + 1, anchors);
        if (all->n == MAX_NODES || !(end > t))
            return false;
        sample_panel(f, x, s, t, end, all);
    }
    return isfinite(all->total);
}

static double inner_product(size_t n, const double *a, const double *b)
{
    double sum[4] = {0}; /* n is a multiple of 16 */
    for (size_t i = 0; i < n; i += 4)
        for (size_t j = 0; j < 4; j++)
            sum[j] += a[i + j] * b[i + j];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The a_k, until they have become nothing. Returns a_0. */
static double expand(const samples *all, const sn_moments *moments, double y,
                     sn_hermite_series *out)
{
    double psi[2][MAX_NODES]; /* psi_k in row k % 2 */
    double sum = 0, slope_sum = 0, sizes = 0, recent = 0;
    for (size_t i = 0; i < all->n; i++) {
        psi[0][i] = 0.63161877774606470129 * exp(-0.25 * all->t[i] * all->t[i]);
        psi[1][i] = all->t[i] * psi[0][i];
    }
    const double first = inner_product(all->n, all->even, psi[0]);
    const double slope_all = y * moments->slope_second;
    for (size_t k = 1; k <= SN_SERIES_ORDER; k++) {
        const double *now = psi[k % 2];
        double *next = psi[(k + 1) % 2];
        const double a = inner_product(all->n, k % 2 == 0 ? all->even : all->odd, now);
        const double degree = (double)k;
        out->square[k] = a * a;
        out->order = k;
        sum += a * a;
        slope_sum += degree * a * a;
        sizes += degree * fabs(a);
        recent = fmax(recent * 0.5, degree * a * a);
        if (recent <= 1e-20 * slope_all)
            break;
        const double root = sqrt(degree), scale = 1 / sqrt(degree + 1);
        for (size_t i = 0; i < all->n; i++)
            next[i] = scale * (all->t[i] * now[i] - root * next[i]);
    }
    out->rest = fmax(0, moments->variance - sum);
    out->slope_rest = fmax(0, slope_all - slope_sum);
    out->slope_noise = 4 * DBL_EPSILON * sqrt(all->total) * sizes;
    return first;
}

void sn_hermite_series_make(const sn_activation *f, double x, double y, const sn_moments *moments,
                            sn_hermite_series *out)
{
    samples all;
    out->order = 0;
    if (!(moments->variance > 0 && moments->slope_second > 0) || !take_samples(f, x, sqrt(y), &all))
        return;
    const double first = expand(&all, moments, y, out);
    const double unresolved = fabs(all.total - first * first - moments->variance);
    out->noise = unresolved + 8 * DBL_EPSILON * all.total;
    /* A miss of E f^2 by such a part is a miss of some a_k by its root at worst, or of all alike. */
    out->slope_noise += unresolved / moments->variance * y * moments->slope_second;
}

void sn_hermite_series_at(const sn_hermite_series *series, const sn_moments *moments, double y,
                          double c, sn_correlation *out)
{
    double sum = 0, slope = 0;
    for (size_t k = series->order; k >= 1; k--) {
        slope = slope * c + (double)k * series->square[k];
        sum = sum * c + series->square[k];
    }
    const double left = pow(fabs(c), (double)series->order);
    *out = (sn_correlation){
        .overlap = moments->mean * moments->mean + sum * c,
        .covariance = sum * c,
        .slope = slope,
        .error = (series->noise + left * series->rest) / moments->second + 4 * DBL_EPSILON,
        .slope_error =
            (series->slope_noise + left * series->slope_rest) / (y * moments->slope_second)
            + 4 * DBL_EPSILON,
        .trust = SN_QUADRATURE};
}
