/* sampling.h: what random tests draw from: a fixed-seed generator, points over many magnitudes, and
 * every registered activation with parameters other than its defaults. */
#ifndef TESTS_SAMPLING_H
#define TESTS_SAMPLING_H

#include <math.h>
#include <stdint.h>

#include "activation/activation.h"

typedef struct sampler {
    uint64_t state; /* any seed */
} sampler;

/* Uniform in [from, to); SplitMix64 (Steele, Lea, Flood 2014). */
static inline double sample_uniform(sampler *s, double from, double to)
{
    s->state += 0x9e3779b97f4a7c15;
    uint64_t u = s->state;
    u = (u ^ (u >> 30)) * 0xbf58476d1ce4e5b9;
    u = (u ^ (u >> 27)) * 0x94d049bb133111eb;
    u ^= u >> 31;
    return from + (to - from) * ((double)(u >> 11) * 0x1p-53);
}

/* Log-uniform in magnitude from `from` to `to`, both positive; of either sign. */
static inline double sample_signed(sampler *s, double from, double to)
{
    const double magnitude = exp(sample_uniform(s, log(from), log(to)));
    return sample_uniform(s, -1, 1) < 0 ? -magnitude : magnitude;
}

/* The activation of a type: variant 0 has the default parameters, every other one random ones of
 * moderate size, within their ranges. */
static inline sn_activation sample_activation(sampler *s, const sn_activation_type *type,
                                              unsigned variant)
{
    sn_activation f = {.type = type};
    for (size_t i = 0; i < type->n_params; i++) {
        const sn_param *p = &type->params[i];
        if (variant == 0)
            f.params[i] = p->initial;
        else if (p->lower > 0)
            f.params[i] = sample_uniform(s, fmax(p->lower, 0.3), fmin(p->upper, 3));
        else
            f.params[i] = sample_uniform(s, fmax(p->lower, -2.5), fmin(p->upper, 2.5));
    }
    return f;
}

/* How many variants are worth trying. */
static inline unsigned sample_variants(const sn_activation_type *type)
{
    return type->n_params == 0 ? 1 : 4;
}

#endif
