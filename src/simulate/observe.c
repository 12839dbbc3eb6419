/* A layer's values come in tiles, twice: before f and after it. The tallies of mean and squares are
 * always kept. What else is asked for has a file of its own, which is shown the values
 *
 *     in doubles, a block at a time     central moments, quantiles, histogram
 *     as rows                           the split over neurons and samples, saturation
 *     one a neuron                      the test for a Gaussian.
 *
 * That test is of the first sample alone: given the layer's inputs, neurons are independent, but
 * the samples of a neuron are not. A tile with values that are no numbers, or whose squares are
 * not, is seen by the tally alone; the layer has exploded, and the rest is not known.
 */
#include "simulate/observe.h"

#include <math.h>
#include <stdlib.h>

#include "base/clones.h"
#include "simulate/anderson_darling.h"
#include "simulate/central.h"
#include "simulate/histogram.h"
#include "simulate/quantiles.h"
#include "simulate/saturation.h"
#include "simulate/sizes.h"
#include "simulate/split.h"

enum {
    BLOCK = 2048,
    MOST_TESTED = 65536, /* neurons; more say nothing new, and would have to be sorted */
    /* what takes nothing more than the tallies */
    SMALL = SN_OBSERVE_MOMENTS | SN_OBSERVE_GRADIENTS,
};

/* Of one side of f. */
typedef struct side {
    sn_central central;
    sn_split split;
    sn_quantiles quantiles;
} side;

typedef struct sn_observations {
    bool exploded;
    side pre, post;
    sn_histogram histogram;
    sn_saturation saturation;
    double *tested; /* the first sample's pre-activations, and room to sort as many */
    size_t n_tested, most_tested;
} observations;

static size_t tested_of(size_t widest)
{
    return widest < MOST_TESTED ? widest : MOST_TESTED;
}

size_t sn_observer_bytes(unsigned asked, size_t widest)
{
    size_t bytes = (asked & ~(unsigned)SMALL) != 0 ? sizeof(observations) : 0;
    if ((asked & SN_OBSERVE_QUANTILES) != 0)
        bytes = sn_size_add(bytes, 2 * sn_quantiles_bytes());
    if ((asked & SN_OBSERVE_GAUSSIANITY) != 0)
        bytes = sn_size_add(bytes, 2 * tested_of(widest) * sizeof(double));
    return bytes;
}

bool sn_observer_init(sn_observer *observer, unsigned asked, size_t samples, size_t widest)
{
    *observer = (sn_observer){.asked = asked, .samples = samples};
    if ((asked & ~(unsigned)SMALL) == 0)
        return true;
    observations *more = observer->more = calloc(1, sizeof *more);
    if (more == NULL)
        return false;
    if ((asked & SN_OBSERVE_GAUSSIANITY) != 0) {
        more->most_tested = tested_of(widest);
        more->tested = calloc(more->most_tested, 2 * sizeof *more->tested);
    }
    if ((more->most_tested > 0 && more->tested == NULL)
        || ((asked & SN_OBSERVE_QUANTILES) != 0
            && (!sn_quantiles_init(&more->pre.quantiles)
                || !sn_quantiles_init(&more->post.quantiles)))) {
        sn_observer_clear(observer);
        return false;
    }
    return true;
}

void sn_observer_clear(sn_observer *observer)
{
    if (observer->more != NULL) {
        sn_quantiles_clear(&observer->more->pre.quantiles);
        sn_quantiles_clear(&observer->more->post.quantiles);
        free(observer->more->tested);
        free(observer->more);
    }
    *observer = (sn_observer){0};
}

static bool asks(const sn_observer *observer, unsigned group)
{
    return (observer->asked & group) != 0;
}

static void begin_side(const sn_observer *observer, side *s)
{
    s->central = (sn_central){0};
    s->split = (sn_split){0};
    if (asks(observer, SN_OBSERVE_QUANTILES))
        sn_quantiles_forget(&s->quantiles);
}

void sn_observer_begin(sn_observer *observer, const sn_activation *activation, double mean,
                       double deviation)
{
    observer->activation = activation;
    observer->pre = observer->post = (sn_tally){0};
    observations *more = observer->more;
    if (more == NULL)
        return;
    begin_side(observer, &more->pre);
    begin_side(observer, &more->post);
    sn_histogram_begin(&more->histogram, mean, deviation);
    more->saturation = (sn_saturation){0};
    more->n_tested = 0;
    more->exploded = false;
}

static bool is_finite(const sn_tally *tally)
{
    return isfinite(sn_tally_second_moment(tally));
}

/* Whatever is counted value by value. */
static void see_block(const sn_observer *observer, side *s, size_t n, const double *x)
{
    if (asks(observer, SN_OBSERVE_SHAPE))
        sn_central_add(&s->central, n, x);
    if (asks(observer, SN_OBSERVE_QUANTILES))
        sn_quantiles_add(&s->quantiles, n, x);
    if (asks(observer, SN_OBSERVE_HISTOGRAM) && s == &observer->more->pre)
        sn_histogram_add(&observer->more->histogram, n, x);
}

SN_CLONES
static void widen(size_t n, const float *x, double *out)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++)
        out[i] = (double)x[i];
}

static void see_values_float(const sn_observer *observer, side *s, size_t n, const float *x)
{
    double wide[BLOCK];
    for (size_t k = 0; k < n; k += BLOCK) {
        const size_t size = n - k < BLOCK ? n - k : BLOCK;
        widen(size, x + k, wide);
        see_block(observer, s, size, wide);
    }
}

static void see_values_double(const sn_observer *observer, side *s, size_t n, const double *x)
{
    see_block(observer, s, n, x);
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/observe.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/observe.inc"
#undef REAL
#undef NAMED

static void end_shape(const observations *more, double *of)
{
    of[SN_OBSERVABLE_SKEWNESS] = sn_central_skewness(&more->post.central);
    of[SN_OBSERVABLE_EXCESS_KURTOSIS] = sn_central_excess_kurtosis(&more->post.central);
    of[SN_OBSERVABLE_PRE_SKEWNESS] = sn_central_skewness(&more->pre.central);
    of[SN_OBSERVABLE_PRE_EXCESS_KURTOSIS] = sn_central_excess_kurtosis(&more->pre.central);
}

static void end_split(const observations *more, double *of)
{
    const sn_split *pre = &more->pre.split, *post = &more->post.split;
    of[SN_OBSERVABLE_OVERLAP] = sn_split_overlap(post);
    of[SN_OBSERVABLE_CORRELATION] = sn_split_correlation(post);
    of[SN_OBSERVABLE_BETWEEN_NEURONS] = sn_split_between_neurons(post);
    of[SN_OBSERVABLE_BETWEEN_SAMPLES] = sn_split_between_samples(post);
    of[SN_OBSERVABLE_PRE_CORRELATION] = sn_split_correlation(pre);
    of[SN_OBSERVABLE_PRE_BETWEEN_SAMPLES] = sn_split_between_samples(pre);
}

static void end_gaussianity(const observations *more, double *of)
{
    const size_t n = more->n_tested;
    const double statistic = sn_anderson_darling(n, more->tested, more->tested + more->most_tested);
    of[SN_OBSERVABLE_ANDERSON_DARLING] = statistic;
    if (!isnan(statistic))
        of[SN_OBSERVABLE_GAUSSIAN_REJECTED] = statistic > SN_ANDERSON_DARLING_LIMIT;
}

static void end_saturation(const sn_saturation *seen, double *of)
{
    if (seen->values > 0) {
        of[SN_OBSERVABLE_SATURATED] = (double)seen->saturated / (double)seen->values;
        of[SN_OBSERVABLE_DEAD] = (double)seen->dead / (double)seen->neurons;
    }
}

static void end_more(const sn_observer *observer, double *of, double *histogram)
{
    const observations *more = observer->more;
    if (asks(observer, SN_OBSERVE_SHAPE))
        end_shape(more, of);
    if (asks(observer, SN_OBSERVE_SPLIT))
        end_split(more, of);
    if (asks(observer, SN_OBSERVE_QUANTILES)) {
        sn_quantiles_find(&more->pre.quantiles, of + SN_OBSERVABLE_PRE_Q001);
        sn_quantiles_find(&more->post.quantiles, of + SN_OBSERVABLE_Q001);
    }
    if (asks(observer, SN_OBSERVE_HISTOGRAM))
        sn_histogram_shares(&more->histogram, histogram);
    if (asks(observer, SN_OBSERVE_GAUSSIANITY))
        end_gaussianity(more, of);
    if (asks(observer, SN_OBSERVE_SATURATION))
        end_saturation(&more->saturation, of);
}

_Static_assert((int)SN_OBSERVABLE_PRE_Q999 - (int)SN_OBSERVABLE_PRE_Q001 + 1 == SN_QUANTILES
                   && (int)SN_OBSERVABLE_Q999 - (int)SN_OBSERVABLE_Q001 + 1 == SN_QUANTILES,
               "the quantiles stand side by side, in the order of sn_quantile_permille");

void sn_observer_end(sn_observer *observer, double of[SN_OBSERVABLE_COUNT], double *histogram)
{
    const sn_tally *pre = &observer->pre, *post = &observer->post;
    for (size_t i = 0; i < SN_OBSERVABLE_COUNT; i++)
        of[i] = NAN;
    for (size_t i = 0; asks(observer, SN_OBSERVE_HISTOGRAM) && i < SN_HISTOGRAM_BINS; i++)
        histogram[i] = NAN;
    if (post->count > 0) {
        of[SN_OBSERVABLE_MEAN] = post->mean;
        of[SN_OBSERVABLE_VARIANCE] = sn_tally_variance(post);
        of[SN_OBSERVABLE_SECOND_MOMENT] = sn_tally_second_moment(post);
    }
    if (pre->count > 0) {
        of[SN_OBSERVABLE_PRE_MEAN] = pre->mean;
        of[SN_OBSERVABLE_PRE_VARIANCE] = sn_tally_variance(pre);
        of[SN_OBSERVABLE_PRE_SECOND_MOMENT] = sn_tally_second_moment(pre);
    }
    if (observer->more != NULL && !observer->more->exploded)
        end_more(observer, of, histogram);
}
