/* The theory of all samples of a layer together, as they are measured: in one pool.
 *
 * What adds up over the kinds of samples is averaged by their shares: means, second moments,
 * overlaps and their drifts, third and fourth moments. What does not follows from these averages:
 * of shares p_i with means m_i and variances v_i the pool's variance is sum p_i v_i + sum p_i
 * (m_i - m)^2. Measured variances and covariances are about a replica's own mean, which takes the
 * variance of that mean over replicas from their averages, and correlations are ratios of those, to
 * first order.
 */
#include <math.h>

#include "study/prediction_start.h"
#include "study/prediction_step.h"

/* Moments, their drifts, and the spread of the variance, averaged over the kinds; variances follow
 * from the averages. */
static void pool_moments(size_t n, const double *shares, const sn_width_prediction *each,
                         const sn_observable ids[3], sn_expected *of, double *variance_sd)
{
    sn_expected mean = {0}, second = {0};
    double variance_drift = 0, spread = 0, between = 0;
    for (size_t i = 0; i < n; i++) {
        mean.limit += shares[i] * each[i].mean;
        mean.drift += shares[i] * each[i].drift_mean;
        second.limit += shares[i] * each[i].second;
        second.drift += shares[i] * each[i].drift_second;
        variance_drift += shares[i] * each[i].drift_variance;
        spread += shares[i] * each[i].spread_variance;
    }
    for (size_t i = 0; i < n; i++)
        between += shares[i] * (each[i].mean - mean.limit) * (each[i].mean - mean.limit);
    double variance = between;
    for (size_t i = 0; i < n; i++)
        variance += shares[i] * each[i].variance;
    of[ids[0]] = mean;
    of[ids[1]] = (sn_expected){variance, variance_drift};
    of[ids[2]] = second;
    if (variance_sd != NULL)
        *variance_sd = spread >= 0 ? sqrt(spread) : NAN;
}

static void pool_shape(size_t n, const double *shares, const sn_predicted_sample *at,
                       sn_expected *of)
{
    double m[5] = {1};
    for (size_t i = 0; i < n; i++) {
        const sn_width_state *state = &at[i].signal.state;
        m[1] += shares[i] * state->mu;
        m[2] += shares[i] * state->xi;
        m[3] += shares[i] * at[i].signal.third;
        m[4] += shares[i] * state->fourth;
    }
    const double v = m[2] - m[1] * m[1];
    const double third = m[3] - 3 * m[1] * m[2] + 2 * pow(m[1], 3);
    const double fourth = m[4] - 4 * m[1] * m[3] + 6 * m[1] * m[1] * m[2] - 3 * pow(m[1], 4);
    of[SN_OBSERVABLE_SKEWNESS].limit = third / pow(v, 1.5);
    of[SN_OBSERVABLE_EXCESS_KURTOSIS].limit = fourth / (v * v) - 3;
}

/* Mean, second moment and overlap of all kinds together, with their drifts, and the variance over
 * replicas of the pool's mean. */
typedef struct pooled {
    sn_expected mean, second, overlap;
    double wander;
} pooled;

static void add_to_pool(pooled *all, double share, const sn_width_state *state, size_t samples)
{
    const sn_width_prediction p = sn_finite_width_predict(state, samples);
    all->mean.limit += share * p.mean;
    all->mean.drift += share * p.drift_mean;
    all->second.limit += share * p.second;
    all->second.drift += share * p.drift_second;
    all->overlap.limit += share * state->overlap;
    all->overlap.drift += share * state->drift_overlap;
    all->wander += share * p.spread_mean;
}

/* a - mean^2, as it is measured. */
static sn_expected about_mean(const sn_expected *a, const pooled *all)
{
    const double m = all->mean.limit;
    return (sn_expected){a->limit - m * m, a->drift - 2 * m * all->mean.drift - all->wander};
}

static sn_expected ratio(const sn_expected *a, const sn_expected *b)
{
    const double of = a->limit / b->limit;
    return (sn_expected){of, (a->drift - of * b->drift) / b->limit};
}

static sn_expected correlation_of(const pooled *all, sn_expected *shared)
{
    *shared = about_mean(&all->overlap, all);
    const sn_expected variance = about_mean(&all->second, all);
    return ratio(shared, &variance);
}

static sn_expected less(const sn_expected *a, const sn_expected *b)
{
    return (sn_expected){a->limit - b->limit, a->drift - b->drift};
}

static void pool_split(const sn_simulation_spec *run, size_t n, const double *shares,
                       const sn_predicted_sample *at, bool has_pre, sn_expected *of)
{
    pooled post = {.wander = 0}, pre = {.wander = 0};
    sn_expected shared;
    for (size_t i = 0; i < n; i++) {
        add_to_pool(&post, shares[i], &at[i].signal.state, run->samples);
        const sn_width_state itself = sn_finite_width_itself(&at[i].field);
        add_to_pool(&pre, shares[i], &itself, run->samples);
    }
    of[SN_OBSERVABLE_OVERLAP] = post.overlap;
    of[SN_OBSERVABLE_CORRELATION] = correlation_of(&post, &shared);
    of[SN_OBSERVABLE_BETWEEN_NEURONS] = shared;
    of[SN_OBSERVABLE_BETWEEN_SAMPLES] = less(&post.second, &post.overlap);
    if (!has_pre)
        return;
    of[SN_OBSERVABLE_PRE_CORRELATION] = correlation_of(&pre, &shared);
    of[SN_OBSERVABLE_PRE_BETWEEN_SAMPLES] = less(&pre.second, &pre.overlap);
}

static bool never_falls(const sn_activation *f, double x, double deviation)
{
    enum { STEPS = 256 };
    double before = -INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        const double now = sn_activation_value(f, x + deviation * 8 * (2. * i / STEPS - 1));
        if (now < before)
            return false;
        before = now;
    }
    return true;
}

/* Of one Gaussian, and of what a monotone f makes of it. */
static void put_quantiles(const sn_layer *layer, const sn_predicted_sample *at, sn_expected *of)
{
    /* the quantiles of N(0, 1) at 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9 % */
    static const double normal[] = {-3.090232306167813541,
                                    -2.326347874040841101,
                                    -1.644853626951472715,
                                    -0.674489750196081744,
                                    0,
                                    0.674489750196081744,
                                    1.644853626951472715,
                                    2.326347874040841101,
                                    3.090232306167813541};
    enum { N = sizeof normal / sizeof normal[0] };
    const double x = at->field.x, deviation = sqrt(at->field.y);
    const bool plain = layer->dropout.rate == 0 && !layer->residual
                       && never_falls(&layer->activation, x, deviation);
    for (size_t i = 0; i < N; i++) {
        const double z = x + deviation * normal[i];
        of[SN_OBSERVABLE_PRE_Q001 + i].limit = z;
        if (plain)
            of[SN_OBSERVABLE_Q001 + i].limit = sn_activation_value(&layer->activation, z);
    }
}

static void pool_factors(size_t n, const double *shares, const sn_predicted_sample *at,
                         sn_expected *of)
{
    sn_expected all = {0};
    for (size_t i = 0; i < n; i++) {
        all.limit += shares[i] * at[i].factor;
        all.drift += shares[i] * at[i].factor_drift;
    }
    of[SN_OBSERVABLE_GRADIENT_FACTOR] = all;
}

/* What a normalisation makes by construction is so to more digits than theory has. Of batch
 * normalisation no drift is known, and of weights without a fourth moment there is none. */
static void forget_drifts(const sn_layer *layer, sn_expected *of)
{
    const sn_normalization normalization = layer->normalization;
    const bool none =
        normalization == SN_NORMALIZATION_BATCH || !isfinite(sn_weights_kurtosis(&layer->weights));
    for (sn_observable q = 0; q < SN_OBSERVABLE_COUNT; q++) {
        const bool made = q == SN_OBSERVABLE_PRE_MEAN || q == SN_OBSERVABLE_PRE_VARIANCE
                          || q == SN_OBSERVABLE_PRE_SECOND_MOMENT;
        if (none || (made && normalization != SN_NORMALIZATION_NONE))
            of[q].drift = NAN;
    }
}

void sn_prediction_pool(const sn_simulation_spec *run, size_t l, size_t n, const double *shares,
                        const sn_predicted_sample *at, sn_expected of[SN_OBSERVABLE_COUNT],
                        double *variance_sd)
{
    static const sn_observable post[] = {SN_OBSERVABLE_MEAN, SN_OBSERVABLE_VARIANCE,
                                         SN_OBSERVABLE_SECOND_MOMENT};
    static const sn_observable pre[] = {SN_OBSERVABLE_PRE_MEAN, SN_OBSERVABLE_PRE_VARIANCE,
                                        SN_OBSERVABLE_PRE_SECOND_MOMENT};
    sn_width_prediction each[SN_MOST_STARTS] = {{0}};
    for (size_t i = 0; i < n; i++)
        each[i] = sn_finite_width_predict(&at[i].signal.state, run->samples);
    pool_moments(n, shares, each, post, of, variance_sd);
    pool_shape(n, shares, at, of);
    if (run->samples > 1)
        pool_split(run, n, shares, at, l > 0, of);
    if (l == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        const sn_width_state itself = sn_finite_width_itself(&at[i].field);
        each[i] = sn_finite_width_predict(&itself, run->samples);
    }
    pool_moments(n, shares, each, pre, of, NULL);
    of[SN_OBSERVABLE_PRE_SKEWNESS].limit = of[SN_OBSERVABLE_PRE_EXCESS_KURTOSIS].limit = 0;
    of[SN_OBSERVABLE_GAUSSIAN_REJECTED].limit = 0.05;
    if (n == 1)
        put_quantiles(sn_simulation_layer(run, l), at, of);
    pool_factors(n, shares, at, of);
    forget_drifts(sn_simulation_layer(run, l), of);
}
