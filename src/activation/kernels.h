/* kernels.h: array kernels made from a scalar function.
 *
 * After `static double value(const double *params, double z)`, the line SN_DEFINE_KERNELS(value)
 * defines map_double and map_float for an sn_activation_type: plain loops in which the compiler
 * inlines value. The float kernel computes in double and rounds once, so it is correct to half a
 * unit in the last place wherever value is accurate. SN_DEFINE_DOUBLE_KERNEL(value) defines
 * map_double only, for a type that has a faster map_float.
 *
 * SN_DEFINE_WIDE_KERNELS(value, derivative) is for SN_INLINE functions of sums, products and
 * sn_pick alone: it defines map_double, map_float, slope_double and slope_float as loops over
 * vectors, which compute the same, bit by bit. SN_DEFINE_WIDE_LOOP makes one such loop, of a
 * function that only a float kernel needs, say.
 */
#ifndef SELFNORM_ACTIVATION_KERNELS_H
#define SELFNORM_ACTIVATION_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/clones.h"

#define SN_DEFINE_DOUBLE_KERNEL(value)                                                             \
    static void map_double(const double *params, size_t n, const double *z, double *f)             \
    {                                                                                              \
        for (size_t i = 0; i < n; i++)                                                             \
            f[i] = value(params, z[i]);                                                            \
    }

#define SN_DEFINE_KERNELS(value)                                                                   \
    SN_DEFINE_DOUBLE_KERNEL(value)                                                                 \
    static void map_float(const double *params, size_t n, const float *z, float *f)                \
    {                                                                                              \
        for (size_t i = 0; i < n; i++)                                                             \
            f[i] = (float)value(params, (double)z[i]);                                             \
    }

/* first or second, both computed already. A conditional expression would be the same, but is made a
 * branch, which GCC does not vectorise again unless it may ignore floating-point traps. */
static SN_INLINE double sn_pick(bool take_first, double first, double second)
{
    const uint64_t mask = -(uint64_t)take_first;
    uint64_t a, b;
    memcpy(&a, &first, sizeof a);
    memcpy(&b, &second, sizeof b);
    a = (a & mask) | (b & ~mask);
    memcpy(&first, &a, sizeof first);
    return first;
}

/* The loop is a function of its own: the address of one with clones is not a constant. */
#define SN_DEFINE_WIDE_LOOP(name, real, function)                                                  \
    SN_CLONES                                                                                      \
    static void name##_loop(const double *params, size_t n, const real *z, real *out)              \
    {                                                                                              \
        _Pragma("omp simd") for (size_t i = 0; i < n; i++) out[i] =                                \
            (real)function(params, (double)z[i]);                                                  \
    }                                                                                              \
    static void name(const double *params, size_t n, const real *z, real *out)                     \
    {                                                                                              \
        name##_loop(params, n, z, out);                                                            \
    }

#define SN_DEFINE_WIDE_KERNELS(value, derivative)                                                  \
    SN_DEFINE_WIDE_LOOP(map_double, double, value)                                                 \
    SN_DEFINE_WIDE_LOOP(map_float, float, value)                                                   \
    SN_DEFINE_WIDE_LOOP(slope_double, double, derivative)                                          \
    SN_DEFINE_WIDE_LOOP(slope_float, float, derivative)

#endif
