/* random_points.h: reproducible test points. */
#ifndef TESTS_RANDOM_POINTS_H
#define TESTS_RANDOM_POINTS_H

#include <math.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea, Flood 2014); uniform in [0, 1). */
static inline double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* From lower to upper, each factor as likely. */
static inline double log_uniform(uint64_t *state, double lower, double upper)
{
    return exp(log(lower) + (log(upper) - log(lower)) * uniform(state));
}

#endif
