/* lcg.h: reproducible numbers for random tests; nothing a simulation should use. */
#ifndef TESTS_LCG_H
#define TESTS_LCG_H

#include <math.h>
#include <stdint.h>

/* Uniform in [from, to), from Knuth's linear congruential generator. */
static inline double lcg_uniform(uint64_t *state, double from, double to)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return from + (to - from) * (double)(*state >> 11) * 0x1p-53;
}

/* Log-uniform in [from, to), both positive. */
static inline double lcg_log_uniform(uint64_t *state, double from, double to)
{
    return from * pow(to / from, lcg_uniform(state, 0, 1));
}

#endif
