/* Fluctuations and drift of order 1/n.
 *
 * Write (m, s) = (mu, xi) + v for a sample's mean and second moment over a layer, E v = delta,
 * Cov(v_a, v_b) = Sigma_ab for samples a, b. Given a layer, the neurons of the next are iid, with
 * z ~ N(x, y) but for a fourth cumulant k, where (x, y) is a function of (m, s). So, with
 * F = (f, f^2), g(x, y) = E F(z), G its Jacobian and P that of (m, s) -> (x, y),
 *
 *     Sigma_ab' = G P Sigma_ab P^T G^T + Cov(F(z_a), F(z_b)) / n
 *     delta'    = G delta_xy + 1/2 g'' : Sigma_xy + k/24 E F''''(z)
 *
 * and as d/dy E h = 1/2 E h'', the derivatives of g are d^2/dx^2 = 2 d/dy, and E F'''' is
 * 4 d^2/dy^2. With n inputs to the layer, their fourth moment M, and b the variance of the bias:
 *
 *     iid          x = omega m + ..   y = tau s + b            k = kappa tau^2 M / n
 *     exact        x = omega m + ..   y = (tau - omega^2/n) (s - m^2) n/(n-1) + b
 *                  a row is uniform on a sphere of n - 1 dimensions: k = -6/(n+1) (y - b)^2
 *     orthogonal   x = ..             y = tau s + b,           k = -6/(N+2) (y - b)^2
 *
 * N = max(fan-in, fan-out): the neurons' z, biases apart, are coordinates of a vector that is
 * uniform on a sphere of N dimensions; finite_width_through.c says what that does to their
 * averages, and what becomes of the overlap q of two samples, whose deviations wander along.
 */
#include "theory/finite_width.h"

#include <math.h>

#include "theory/width_algebra.h"

sn_status sn_finite_width_input(size_t n, double mean, double variance, double fourth, double c,
                                sn_width_state *out, sn_error *err)
{
    if (n == 0)
        return sn_fail(err, SN_EDOMAIN, "the width is 0, must be positive");
    if (!isfinite(mean))
        return sn_fail(err, SN_EDOMAIN, "the input's mean is %g, must be finite", mean);
    if (!(variance >= 0) || !isfinite(variance))
        return sn_fail(err, SN_EDOMAIN,
                       "the input's variance is %g, must be finite and not negative", variance);
    if (!(fourth >= variance * variance * (1 - 1e-12)) || !isfinite(fourth))
        return sn_fail(err, SN_EDOMAIN,
                       "the input's fourth central moment is %g, must be finite and at least the "
                       "squared variance %g",
                       fourth, variance * variance);
    if (!(c >= -1 && c <= 1))
        return sn_fail(err, SN_EDOMAIN, "the input's correlation is %g, must be from -1 to 1", c);
    const double square = variance * variance, one = 1 / (double)n;
    const sn_entries e = {.x = mean,
                          .variance = variance,
                          .cov = c * variance,
                          .squares = fmax(0, fourth - square),
                          .squares_cross = c * c * fmax(0, fourth - square),
                          .product = square + c * c * (fourth - 2 * square),
                          .product_square = c * fmax(0, fourth - square)};
    const sn_width_covariance none = {0};
    const sn_width_covariance own = sn_width_of_entries(mean, variance, e.squares);
    const sn_width_covariance cross = sn_width_of_entries(mean, e.cov, e.squares_cross);
    const sn_width_overlap wander = sn_width_wander_of_entries(&e);
    *out = (sn_width_state){
        .mu = mean,
        .xi = variance + mean * mean,
        .fourth = fourth + 6 * mean * mean * variance + mean * mean * mean * mean,
        .overlap = mean * mean + c * variance,
        .own = sn_width_plus(&none, one, &own),
        .cross = sn_width_plus(&none, one, &cross),
        .wander = {one * wander.variance, one * wander.mean, one * wander.second},
    };
    out->valid = sn_width_state_finite(out);
    return SN_OK;
}

/* --- into a layer --- */

static sn_status check_layer(const sn_wide_layer *layer, sn_error *err)
{
    const double n = (double)layer->fan_in;
    if (layer->fan_in == 0 || layer->fan_out == 0)
        return sn_fail(err, SN_EDOMAIN, "a fan-in or fan-out is 0, must be positive");
    if (!isfinite(layer->omega) || !isfinite(layer->bias_mean))
        return sn_fail(err, SN_EDOMAIN, "omega %g and the mean of the bias %g must be finite",
                       layer->omega, layer->bias_mean);
    if (!(layer->tau >= 0) || !isfinite(layer->tau))
        return sn_fail(err, SN_EDOMAIN, "tau is %g, must be finite and not negative", layer->tau);
    if (!(layer->bias_variance >= 0) || !isfinite(layer->bias_variance))
        return sn_fail(err, SN_EDOMAIN,
                       "the variance of the bias is %g, must be finite and not negative",
                       layer->bias_variance);
    switch (layer->rows) {
    case SN_ROWS_IID:
        if (!(layer->excess_kurtosis >= -2) || !isfinite(layer->excess_kurtosis))
            return sn_fail(err, SN_EDOMAIN,
                           "the weights' excess kurtosis is %g, must be at least -2",
                           layer->excess_kurtosis);
        return SN_OK;
    case SN_ROWS_EXACT:
        if (layer->fan_in < 2 || layer->tau < layer->omega * layer->omega / n)
            return sn_fail(err, SN_EDOMAIN,
                           "no rows of %zu weights have the sum %g and the square sum %g",
                           layer->fan_in, layer->omega, layer->tau);
        return SN_OK;
    case SN_ROWS_ORTHOGONAL:
        if (layer->omega != 0)
            return sn_fail(err, SN_EDOMAIN, "omega is %g, must be 0 for orthogonal weights",
                           layer->omega);
        return SN_OK;
    }
    return sn_fail(err, SN_EDOMAIN, "%d is no kind of rows", (int)layer->rows);
}

static bool field_is_finite(const sn_width_field *z)
{
    return isfinite(z->x) && isfinite(z->y) && isfinite(z->drift_x) && isfinite(z->drift_y)
           && isfinite(z->drift_covariance) && isfinite(z->cumulant) && isfinite(z->tie_own)
           && isfinite(z->tie_cross) && sn_width_finite(&z->own, &z->cross, &z->wander);
}

/* Of tau (q - m_a m_b) with omega m_a and with tau (s_a - m_a^2). */
static sn_width_overlap exact_wander(const sn_wide_layer *layer, const sn_width_state *from)
{
    const double mu = from->mu, tau = layer->tau;
    const double means = from->own.mean + from->cross.mean;
    const double seconds = from->own.mean_second + from->cross.mean_second;
    const double with_mean = from->wander.mean - mu * means;
    return (sn_width_overlap){
        .variance =
            tau * tau * (from->wander.variance - 4 * mu * from->wander.mean + 2 * mu * mu * means),
        .mean = tau * layer->omega * with_mean,
        .second = tau * tau * (from->wander.second - mu * seconds - 2 * mu * with_mean),
    };
}

static void enter_exact(const sn_wide_layer *layer, const sn_width_state *from, sn_width_field *out)
{
    const double n = (double)layer->fan_in, mu = from->mu;
    const double spread = from->xi - mu * mu;
    const sn_matrix p = {layer->omega, 0, -2 * layer->tau * mu, layer->tau};
    out->y = layer->tau * spread + layer->bias_variance;
    out->correlation = layer->tau * (from->overlap - mu * mu) + layer->bias_variance;
    out->drift_y = layer->tau * (from->drift_second - 2 * mu * from->drift_mean - from->own.mean)
                   + (layer->tau - layer->omega * layer->omega) * spread / n;
    out->own = sn_width_conjugate(&p, &from->own);
    out->cross = sn_width_conjugate(&p, &from->cross);
    out->drift_covariance =
        layer->tau * (from->drift_overlap - 2 * mu * from->drift_mean - from->cross.mean)
        + (layer->tau - layer->omega * layer->omega) * (from->overlap - mu * mu) / n;
    out->wander = exact_wander(layer, from);
    out->cumulant = -6 / (n + 1) * layer->tau * spread * layer->tau * spread;
}

static void enter_iid(const sn_wide_layer *layer, const sn_width_state *from, sn_width_field *out)
{
    const double tau = layer->tau;
    const sn_matrix p = {layer->omega, 0, 0, tau};
    out->y = tau * from->xi + layer->bias_variance;
    out->correlation = tau * from->overlap + layer->bias_variance;
    out->drift_y = tau * from->drift_second;
    out->drift_covariance = tau * from->drift_overlap;
    out->own = sn_width_conjugate(&p, &from->own);
    out->cross = sn_width_conjugate(&p, &from->cross);
    out->wander =
        (sn_width_overlap){tau * tau * from->wander.variance,
                           tau * layer->omega * from->wander.mean, tau * tau * from->wander.second};
    out->cumulant = layer->excess_kurtosis * tau * tau * from->fourth / (double)layer->fan_in;
}

static void tie(const sn_wide_layer *layer, const sn_width_state *from, sn_width_field *out)
{
    const size_t larger = layer->fan_in > layer->fan_out ? layer->fan_in : layer->fan_out;
    const double n = (double)larger, own = layer->tau * from->xi;
    out->cumulant = -6 / (n + 2) * own * own;
    out->tie_own = own;
    out->tie_cross = layer->tau * from->overlap;
    out->tie_share = 1 / n;
}

sn_status sn_finite_width_enter(const sn_wide_layer *layer, const sn_width_state *from,
                                sn_width_field *out, sn_error *err)
{
    const sn_status status = check_layer(layer, err);
    *out = (sn_width_field){.width = layer->fan_out};
    if (status != SN_OK || !from->valid)
        return status;
    out->x = layer->omega * from->mu + layer->bias_mean;
    out->drift_x = layer->omega * from->drift_mean;
    if (layer->rows == SN_ROWS_EXACT)
        enter_exact(layer, from, out);
    else
        enter_iid(layer, from, out);
    if (layer->rows == SN_ROWS_ORTHOGONAL)
        tie(layer, from, out);
    out->correlation = fmin(1, fmax(-1, out->correlation / out->y));
    out->valid = field_is_finite(out) && out->y > 0;
    return SN_OK;
}

/* --- what is measured --- */

sn_width_prediction sn_finite_width_predict(const sn_width_state *state, size_t samples)
{
    if (!state->valid)
        return (sn_width_prediction){.valid = false};
    const double share = samples > 1 ? 1 / (double)samples : 1, mu = state->mu;
    const sn_width_covariance none = {0};
    sn_width_covariance pooled = sn_width_plus(&none, share, &state->own);
    pooled = sn_width_plus(&pooled, 1 - share, &state->cross);
    sn_width_prediction out = {
        .mean = mu,
        .second = state->xi,
        .variance = state->xi - mu * mu,
        .drift_mean = state->drift_mean,
        .drift_second = state->drift_second,
        .drift_variance = state->drift_second - 2 * mu * state->drift_mean - pooled.mean,
        .spread_mean = pooled.mean,
        .spread_second = pooled.second,
        .spread_variance = pooled.second - 4 * mu * pooled.mean_second + 4 * mu * mu * pooled.mean,
    };
    out.valid = isfinite(out.drift_variance) && isfinite(out.spread_variance);
    return out;
}
