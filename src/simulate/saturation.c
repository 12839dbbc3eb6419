/* f' is computed for a block of values at a time. A block need not end with a neuron, so it is
 * kept how far into the neuron's samples it went, and whether any of them had a slope. Neurons are
 * looked at one by one only where a block has a slope of 0 at all.
 */
#include "simulate/saturation.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clones.h"

enum { BLOCK = 1024 };

/* The neuron that a block is in. */
typedef struct place {
    size_t samples, at; /* at: how many of its samples have been seen */
    bool alive;
} place;

/* Where no slope is 0, all that is left to know is where the block ends. */
static void pass_alive(size_t n, place *neuron)
{
    neuron->at = (neuron->at + n) % neuron->samples;
    neuron->alive = neuron->at > 0;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/saturation.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/saturation.inc"
#undef REAL
#undef NAMED
