/* kernels.h: array kernels made from a scalar function.
 *
 * After `static double value(const double *params, double z)`, the line SN_DEFINE_KERNELS(value)
 * defines map_double and map_float for an sn_activation_type: plain loops in which the compiler
 * inlines value. The float kernel computes in double and rounds once, so it is correct to half a
 * unit in the last place wherever value is accurate. SN_DEFINE_DOUBLE_KERNEL(value) defines
 * map_double only, for a type that has a faster map_float.
 */
#ifndef SELFNORM_ACTIVATION_KERNELS_H
#define SELFNORM_ACTIVATION_KERNELS_H

#include <stddef.h>

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

#endif
