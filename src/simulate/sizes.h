/* sizes.h: byte counts that stick at SIZE_MAX instead of wrapping. Not installed. */
#ifndef SELFNORM_SIMULATE_SIZES_H
#define SELFNORM_SIMULATE_SIZES_H

#include <stddef.h>
#include <stdint.h>

static inline size_t sn_size_add(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static inline size_t sn_size_multiply(size_t a, size_t b)
{
    return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

#endif
