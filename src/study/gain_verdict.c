/* What a practitioner wants to know, in two sentences: does the signal live, and does the gradient.
 *
 * Forwards: the variance of the pre-activations from where it starts, over the depth asked for,
 * against the fixed points. Backwards: the growth of the squared gradient over the same layers. */
#include <math.h>
#include <stdio.h>

#include "study/gain_study.h"

enum { WORDS = 96 };

/* A factor for a person: "9.13", or a power of ten. */
static void factor_text(double log10_factor, char text[WORDS])
{
    if (fabs(log10_factor) < 4)
        snprintf(text, WORDS, "%.4g", pow(10, log10_factor));
    else
        snprintf(text, WORDS, "10^%.1f", log10_factor);
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(fabs(a), fabs(b));
}

/* The fixed point at q, or NULL. */
static const sn_field_point *point_at(const sn_field_points *points, double q)
{
    for (size_t i = 0; i < points->count; i++)
        if (is_near(points->points[i].q, q))
            return &points->points[i];
    return NULL;
}

/* The attracting one that the last layers are on their way to, or NULL. */
static const sn_field_point *destination(const sn_gain_study *study)
{
    const double last = study->layers[study->n_layers];
    const double before = study->n_layers > 0 ? study->layers[study->n_layers - 1] : last;
    const sn_field_point *best = NULL;
    for (size_t i = 0; i < study->points.count; i++) {
        const sn_field_point *p = &study->points.points[i];
        const bool ahead = is_near(p->q, last) || (last <= before && p->q <= last)
                           || (last >= before && p->q >= last);
        if (p->attracting && ahead && (best == NULL || fabs(p->q - last) < fabs(best->q - last)))
            best = p;
    }
    return best;
}

static void put_fading(const sn_field_point *p, char text[WORDS])
{
    if (!p->isolated)
        snprintf(text, WORDS, ", as every other value would");
    else if (!p->attracting)
        snprintf(text, WORDS, ", but drifts off at the least disturbance (V' = %.4g)", p->slope);
    else if (isfinite(p->depth_q) && p->depth_q > 0.05)
        snprintf(text, WORDS, ", and disturbances fade by 1/e in %.3g layers", p->depth_q);
    else
        snprintf(text, WORDS,
                 p->slope == 0 ? ", and disturbances are gone in one layer"
                               : ", and disturbances fade");
}

static void put_forwards(sn_gain_study *study, char *text, size_t size)
{
    const size_t depth = study->spec.depth;
    const double first = study->layers[0], last = study->layers[study->n_layers];
    const sn_field_point *here = point_at(&study->points, first), *there = destination(study);
    char fading[WORDS];
    if (study->n_layers < depth) {
        snprintf(text, size, "the variance of the pre-activations %s at layer %zu",
                 last > first || (study->n_layers == 0 && study->chi1 > 1) ? "leaves the numbers"
                                                                           : "dies",
                 study->n_layers + 1);
    } else if (here != NULL && is_near(first, last)) {
        put_fading(here, fading);
        snprintf(text, size, "the variance of the pre-activations stays at %.6g%s", first, fading);
    } else if (there != NULL && is_near(there->q, last)) {
        put_fading(there, fading);
        snprintf(text, size,
                 "the variance of the pre-activations goes from %.6g to %.6g and stays%s", first,
                 there->q, fading);
    } else if (there != NULL && there->q > 0) {
        snprintf(text, size,
                 "the variance of the pre-activations goes from %.6g to %.4g in %zu layers, on its "
                 "way to %.6g",
                 first, last, depth, there->q);
    } else {
        snprintf(text, size,
                 "the variance of the pre-activations %s from %.6g to %.4g in %zu layers%s",
                 last < first ? "falls" : "grows", first, last, depth,
                 there != NULL  ? ", and on to 0: the signal dies out"
                 : last > first ? ", without limit"
                                : "");
    }
}

static void put_backwards(sn_gain_study *study, char *text, size_t size)
{
    const size_t layers = study->n_layers;
    const double total = study->gradient_log10, each = total / (double)layers;
    char factor[WORDS], step[WORDS];
    if (layers == 0 || total == -INFINITY) {
        snprintf(text, size, "no gradient gets through %s",
                 layers == 0 ? "the first layer" : "at all: f is flat where the signal goes");
        return;
    }
    factor_text(total, factor);
    if (fabs(each) < 1.5)
        snprintf(step, sizeof step, "%.3g %%", fabs(100 * expm1(each * log(10))));
    else
        snprintf(step, sizeof step, "a factor of 10^%.1f", each);
    if (fabs(total) < 1e-9)
        snprintf(text, size, "the expected squared gradient keeps its size over %zu layer%s",
                 layers, layers == 1 ? "" : "s");
    else
        snprintf(text, size,
                 "the expected squared gradient %s by %s a layer, a factor of %s over %zu "
                 "layer%s%s",
                 total > 0 ? "grows" : "shrinks", step, factor, layers, layers == 1 ? "" : "s",
                 total > 3    ? ": it explodes"
                 : total < -3 ? ": it vanishes"
                              : "");
}

void sn_gain_verdict(sn_gain_study *study)
{
    put_forwards(study, study->forwards, sizeof study->forwards);
    put_backwards(study, study->backwards, sizeof study->backwards);
}
