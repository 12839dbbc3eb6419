/* clones.h: one plain loop compiled for several vector widths. Not installed.
 *
 * SN_CLONES before a function makes the compiler build it for wider vectors too and pick at load
 * time, where compiler and C library can. The variants do the same operations on the same
 * elements, and contraction is off, so they agree in every bit.
 */
#ifndef SELFNORM_BASE_CLONES_H
#define SELFNORM_BASE_CLONES_H

#include <limits.h> /* any header of the C library says whose it is */

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)          \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if __GNUC__ >= 12
#define SN_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define SN_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#else
#define SN_CLONES
#endif

/* For what such a loop calls: a call left standing would stop the vectoriser. */
#if defined(__GNUC__)
#define SN_INLINE inline __attribute__((always_inline))
#else
#define SN_INLINE inline
#endif

#endif
