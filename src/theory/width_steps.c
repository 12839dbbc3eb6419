/* Steps on the way through a layer, to first order in 1/n. With v = (m, s) a sample's mean and
 * second moment over the neurons, each step is v' = affine in v + noise of order 1/n, so that
 *
 *     drift' = T drift (+ what curvature adds),    Cov' = T Cov T^T + noise.
 *
 * Layer normalisation fixes sum z and sum z^2 of every sample. Averages over neurons of h(z) then
 * lack the covariance they have with those two: with g = E h, Cov(h, z) = y g_x and
 * Cov(h, z^2) = 2 y^2 g_y, that is y g_x g_x^T + 2 y^2 g_y g_y^T, which a field with Var x = -y/n
 * and Var y = -2 y^2/n says; between samples of correlation c it is c y and 2 c^2 y^2. A neuron's z
 * then is uniform on a sphere, of fourth cumulant -6 y^2/n, which these variances bring along too,
 * up to the term g_xx = 2 g_y, which a drift of y by y/n takes back.
 *
 * Batch normalisation divides a neuron's B pre-activations by the root of their mean square. With
 * independent samples of equal size they are a point uniform on a sphere of B - 1 dimensions:
 * correlation -1/(B-1), fourth cumulant -6 y^2/(B+1). What the finite width adds to that is not
 * known here.
 *
 * Dropout, given the activations f, is affine in expectation; masks add, with Delta the difference
 * between keeping and dropping of (value, value^2),
 * p q (E[Delta Delta^T] + (k - 1) E Delta E Delta^T) / n for features of k neurons, nothing between
 * samples.
 *
 * What is said of the overlap's own deviations is an estimate: they enter means and variances only
 * by way of the pool of samples.
 *
 * A residual connection adds x and b a: m' = m_x + b m_a and s' = s_x + 2 b (mean of x a)
 * + b^2 s_a. Given the x, the a of different neurons are independent, and depend on x through v_x
 * alone: Cov(v_x, v_a) = Cov(v_x) J^T. The mean of (x - mu_x)(a - mu_a) has variance Var x Var
 * a / n.
 */
#include "theory/width_steps.h"

#include <math.h>

typedef struct pair {
    double of[2][2];
} pair;

static pair product(const pair *a, const pair *b)
{
    pair c = {{{0}}};
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            for (int j = 0; j < 2; j++)
                c.of[i][k] += a->of[i][j] * b->of[j][k];
    return c;
}

static pair transposed(const pair *a)
{
    return (pair){{{a->of[0][0], a->of[1][0]}, {a->of[0][1], a->of[1][1]}}};
}

static pair of_covariance(const sn_width_covariance *c)
{
    return (pair){{{c->mean, c->mean_second}, {c->mean_second, c->second}}};
}

/* T C T^T. */
static pair carried(const pair *t, const sn_width_covariance *c)
{
    const pair covariance = of_covariance(c), left = product(t, &covariance), right = transposed(t);
    return product(&left, &right);
}

static void add(sn_width_covariance *c, const pair *more)
{
    c->mean += more->of[0][0];
    c->mean_second += 0.5 * (more->of[0][1] + more->of[1][0]);
    c->second += more->of[1][1];
}

sn_status sn_width_signal_input(size_t n, double mean, double variance, double fourth, double c,
                                sn_width_signal *out, sn_error *err)
{
    *out = (sn_width_signal){.third = mean * (mean * mean + 3 * variance), .width = n};
    return sn_finite_width_input(n, mean, variance, fourth, c, &out->state, err);
}

/* --- normalisation ---------------------------------------------------------------------------- */

void sn_width_normalize_layer(double epsilon, sn_width_field *field)
{
    const double y = field->y / (field->y + epsilon), c = field->correlation;
    const double n = (double)field->width, share = y / field->y;
    const sn_width_overlap *w = &field->wander;
    const double of_c =
        w->variance - 2 * c * w->second + 0.5 * c * c * (field->own.second + field->cross.second);
    const double tied = field->tie_share * field->tie_own * field->tie_own / (field->y * field->y);
    const double inverse = /* what 1 / variance deviates by: it matters to epsilon only */
        (field->own.second / field->y - field->drift_y - field->own.mean) / field->y + 3 / n
        - 2 * tied;
    *field = (sn_width_field){
        .valid = field->valid && y > 0,
        .y = y,
        .correlation = c,
        .drift_y = y / n - epsilon / field->y * inverse,
        .drift_covariance = c * y / n + share * (field->drift_covariance - c * field->drift_y),
        .wander = {.variance = share * share * of_c},
        .cumulant = (field->cumulant + 6 * field->tie_share * field->tie_own * field->tie_own)
                    * share * share,
        .own = {.mean = -y / n, .second = -2 * y * y / n},
        .cross = {.mean = -c * y / n, .second = -2 * c * c * y * y / n},
        .width = field->width};
}

void sn_width_normalize_batch(double epsilon, size_t samples, sn_width_field *field)
{
    const double b = (double)samples;
    const double within = field->y * (1 - field->correlation) * (b - 1) / b;
    const double y = within / (within + epsilon);
    *field = (sn_width_field){.valid = field->valid && y > 0,
                              .y = y,
                              .correlation = -1 / (b - 1),
                              .cumulant = -6 * y * y / (b + 1),
                              .width = field->width};
}

/* --- the activation --------------------------------------------------------------------------- */

/* d(x, y) / d(mu, xi): x = omega mu, and y = tau xi, of exact rows (tau - omega^2/n)(xi - mu^2). */
static pair field_jacobian(const sn_wide_layer *layer, double mu)
{
    const double n = (double)layer->fan_in;
    if (layer->rows != SN_ROWS_EXACT)
        return (pair){{{layer->omega, 0}, {0, layer->tau}}};
    const double free = layer->tau - layer->omega * layer->omega / n;
    return (pair){{{layer->omega, 0}, {-2 * mu * free, free}}};
}

sn_status sn_width_signal_activate(const sn_activation *f, const sn_wide_layer *layer,
                                   const sn_width_signal *from, const sn_width_field *field,
                                   bool normalized, sn_width_signal *out, sn_error *err)
{
    *out = (sn_width_signal){.width = field->width};
    sn_status status = sn_finite_width_activate(f, field, &out->state, err);
    if (status != SN_OK || !out->state.valid)
        return status;
    sn_powers powers;
    status = sn_powers_compute(f, field->x, field->y, &powers, err);
    if (status == SN_ENOMEM)
        return status;
    out->state.valid = status == SN_OK;
    if (status != SN_OK)
        return SN_OK;
    out->third = powers.third;
    if (!normalized) {
        const pair moments = {
            {{powers.dmean_dx, powers.dmean_dy}, {powers.dsecond_dx, powers.dsecond_dy}}};
        const pair inner = field_jacobian(layer, from->state.mu), all = product(&moments, &inner);
        for (int i = 0; i < 2; i++)
            for (int k = 0; k < 2; k++)
                out->jacobian[i][k] = all.of[i][k];
    }
    return SN_OK;
}

/* --- dropout ---------------------------------------------------------------------------------- */

/* E of (a v + b)^4, of v's raw moments. */
static double fourth_of(double a, double b, const double v[5])
{
    return pow(a, 4) * v[4] + 4 * pow(a, 3) * b * v[3] + 6 * a * a * b * b * v[2]
           + 4 * a * pow(b, 3) * v[1] + pow(b, 4);
}

static double third_of(double a, double b, const double v[5])
{
    return pow(a, 3) * v[3] + 3 * a * a * b * v[2] + 3 * a * b * b * v[1] + pow(b, 3);
}

/* p q (E[Delta Delta^T] + (k - 1) E Delta E Delta^T) / n,
 * Delta = (a (f - d), (a f + b)^2 - (a d + b)^2). */
static pair mask_noise(const sn_width_dropout *o, const double f[5], double n)
{
    const double a = o->scale, b = o->shift, d = o->dropped, low = a * d + b;
    const double kept[5] = {1, a * f[1] + b, a * a * f[2] + 2 * a * b * f[1] + b * b,
                            third_of(a, b, f), fourth_of(a, b, f)};
    const double mean[2] = {kept[1] - low, kept[2] - low * low};
    pair square = {{{kept[2] - 2 * low * kept[1] + low * low, 0},
                    {0, kept[4] - 2 * low * low * kept[2] + pow(low, 4)}}};
    square.of[0][1] = square.of[1][0] = kept[3] - low * kept[2] - low * low * kept[1] + pow(low, 3);
    const double share = o->rate * (1 - o->rate) / n, others = (double)o->feature - 1;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            square.of[i][k] = share * (square.of[i][k] + others * mean[i] * mean[k]);
    return square;
}

/* The overlap follows that of the activations by (scale q)^2 and either mean by `linear`. What
 * masks add is taken as of samples without correlation. */
static sn_width_overlap dropped_wander(const sn_width_dropout *o, const sn_width_state *state,
                                       double linear, double n)
{
    const double q = 1 - o->rate, a = o->scale, b = o->shift, scale = a * a * q * q;
    const double rest = a * o->rate * o->dropped + b;
    const double second = a * a * (q * state->xi + o->rate * o->dropped * o->dropped)
                          + 2 * a * b * (q * state->mu + o->rate * o->dropped) + b * b;
    const double expected = scale * state->xi + 2 * a * q * rest * state->mu + rest * rest;
    const sn_width_overlap *w = &state->wander;
    const double means = state->own.mean + state->cross.mean;
    const double with_mean = scale * w->mean + linear * means;
    const double with_second =
        scale * w->second + linear * (state->own.mean_second + state->cross.mean_second);
    return (sn_width_overlap){
        .variance = scale * scale * w->variance + 4 * scale * linear * w->mean
                    + 2 * linear * linear * means + (second * second - expected * expected) / n,
        .mean = a * q * with_mean,
        .second = a * a * q * with_second + 2 * a * b * q * with_mean,
    };
}

void sn_width_drop(const sn_width_dropout *o, sn_width_signal *signal)
{
    sn_width_state *state = &signal->state;
    if (o->rate == 0 || !state->valid)
        return;
    const double p = o->rate, q = 1 - p, a = o->scale, b = o->shift, d = o->dropped;
    const double f[5] = {1, state->mu, state->xi, signal->third, state->fourth};
    double v[5];
    for (int k = 0; k < 5; k++)
        v[k] = q * f[k] + p * pow(d, k);
    const pair t = {{{a * q, 0}, {2 * a * b * q, a * a * q}}};
    const pair noise = mask_noise(o, f, (double)signal->width);
    const pair own = carried(&t, &state->own), cross = carried(&t, &state->cross);
    const pair before = {{{signal->jacobian[0][0], signal->jacobian[0][1]},
                          {signal->jacobian[1][0], signal->jacobian[1][1]}}};
    const pair jacobian = product(&t, &before);
    const double overlap = q * q * state->overlap + 2 * q * p * d * state->mu + p * p * d * d;
    const double drift_mean = state->drift_mean;
    const double linear = a * a * q * p * d + a * b * q; /* d overlap' / d (m of either sample) */
    const double drift_overlap = a * a * q * q * state->drift_overlap + 2 * linear * drift_mean;
    const sn_width_overlap wander = dropped_wander(o, state, linear, (double)signal->width);
    *state = (sn_width_state){
        .valid = true,
        .mu = a * v[1] + b,
        .xi = a * a * v[2] + 2 * a * b * v[1] + b * b,
        .fourth = fourth_of(a, b, v),
        .overlap = a * a * overlap + 2 * a * b * v[1] + b * b,
        .drift_mean = a * q * drift_mean,
        .drift_second = 2 * a * b * q * drift_mean + a * a * q * state->drift_second,
        .drift_overlap = drift_overlap,
        .wander = wander,
    };
    add(&state->own, &own);
    add(&state->own, &noise);
    add(&state->cross, &cross);
    signal->third = third_of(a, b, v);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            signal->jacobian[i][k] = jacobian.of[i][k];
}

/* --- residual connections --------------------------------------------------------------------- */

/* Covariances of v' = P v_x + Q v_a, v_a following v_x by J. */
static void join(const pair *p, const pair *q, const pair *j, const sn_width_covariance *x,
                 const sn_width_covariance *a, sn_width_covariance *out)
{
    const pair of_x = carried(p, x), of_a = carried(q, a), c = of_covariance(x);
    const pair turned = transposed(j), back = transposed(q);
    const pair left = product(p, &c), middle = product(&left, &turned);
    const pair both = product(&middle, &back), other = transposed(&both);
    *out = (sn_width_covariance){0};
    add(out, &of_x);
    add(out, &of_a);
    add(out, &both);
    add(out, &other);
}

void sn_width_add_residual(const sn_width_signal *before, double b, sn_width_signal *signal)
{
    const sn_width_state *x = &before->state, a = signal->state;
    sn_width_state *out = &signal->state;
    if (!a.valid)
        return;
    const pair j = {{{signal->jacobian[0][0], signal->jacobian[0][1]},
                     {signal->jacobian[1][0], signal->jacobian[1][1]}}};
    const pair p = {{{1, 0}, {2 * b * a.mu, 1}}}, q = {{{b, 0}, {2 * b * x->mu, b * b}}};
    const double n = (double)signal->width;
    const double together = x->own.mean * j.of[0][0] + x->own.mean_second * j.of[0][1];
    join(&p, &q, &j, &x->own, &a.own, &out->own);
    join(&p, &q, &j, &x->cross, &a.cross, &out->cross);
    out->own.second += 4 * b * b * (x->xi - x->mu * x->mu) * (a.xi - a.mu * a.mu) / n;
    out->cross.second += 4 * b * b * (x->overlap - x->mu * x->mu) * (a.overlap - a.mu * a.mu) / n;
    const double apart = x->cross.mean * j.of[0][0] + x->cross.mean_second * j.of[0][1];
    out->drift_overlap = x->drift_overlap + b * b * a.drift_overlap
                         + 2 * b * (a.mu * x->drift_mean + x->mu * a.drift_mean + apart);
    out->wander = (sn_width_overlap){x->wander.variance + pow(b, 4) * a.wander.variance,
                                     x->wander.mean + pow(b, 3) * a.wander.mean,
                                     x->wander.second + pow(b, 4) * a.wander.second};
    out->mu = x->mu + b * a.mu;
    out->xi = x->xi + 2 * b * x->mu * a.mu + b * b * a.xi;
    out->overlap = x->overlap + 2 * b * x->mu * a.mu + b * b * a.overlap;
    out->fourth = x->fourth + 4 * b * before->third * a.mu + 6 * b * b * x->xi * a.xi
                  + 4 * pow(b, 3) * x->mu * signal->third + pow(b, 4) * a.fourth;
    out->drift_mean = x->drift_mean + b * a.drift_mean;
    out->drift_second = x->drift_second + b * b * a.drift_second
                        + 2 * b * (a.mu * x->drift_mean + x->mu * a.drift_mean + together);
    out->valid = isfinite(out->xi) && isfinite(out->own.second);
    signal->third =
        before->third + 3 * b * x->xi * a.mu + 3 * b * b * x->mu * a.xi + pow(b, 3) * signal->third;
    const pair skip = {{{1, 0}, {2 * b * a.mu, 1}}}, through = product(&q, &j);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            signal->jacobian[i][k] = skip.of[i][k] + through.of[i][k];
}
