/* vectors.h: reference values of an activation and its derivative, correctly rounded, and how far
 * another's values are from them.
 *
 * f(x) and f'(x) are enclosed in ball arithmetic at rising precision until rounding to the format
 * is decided (to nearest, ties to even, subnormals and overflow to infinity as IEEE 754 has them;
 * bfloat16 likewise). At a kink f' is the left value, as everywhere in selfnorm; at infinities and
 * NaN both are their limits, NaN where there is none; f(-0) is -0 where f is odd about 0, and what
 * underflows keeps its sign. SELU with its defaults has the exact constants of (0, 1).
 */
#ifndef SELFNORM_CERTIFY_VECTORS_H
#define SELFNORM_CERTIFY_VECTORS_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* name, digits of the significand (the hidden one included), least and largest binary exponent */
#define SN_FORMAT_LIST(X)                                                                          \
    X(SN_FLOAT64, "float64", 53, -1022, 1023)                                                      \
    X(SN_FLOAT32, "float32", 24, -126, 127)                                                        \
    X(SN_FLOAT16, "float16", 11, -14, 15)                                                          \
    X(SN_BFLOAT16, "bfloat16", 8, -126, 127)

typedef enum sn_format {
#define SN_FORMAT_ENUM(id, name, digits, least, most) id,
    SN_FORMAT_LIST(SN_FORMAT_ENUM)
#undef SN_FORMAT_ENUM
        SN_FORMAT_COUNT
} sn_format;

const char *sn_format_name(sn_format format); /* NULL past the last */

/* value rounded to the format, as a double (exact). */
double sn_format_round(sn_format format, double value);

/* f(x) and f'(x) for an x of the format, correctly rounded. SN_EUNKNOWN: the activation cannot be
 * certified; SN_EDOMAIN: x is not of the format; SN_ENOCONV: not decided at 100000 bits (cannot be,
 * but where f(x) lies on a midpoint exactly, which is found out). */
SN_NODISCARD sn_status sn_vector_value(const sn_activation *f, sn_format format, double x,
                                       double *value, double *derivative, sn_error *err);

/* The arguments that matter to f in a format, ascending, -0 before 0, NaN last: both zeros,
 * subnormals, the least and largest numbers, infinities; 0, the kinks and the neighbours of both to
 * a few units in the last place; a logarithmic net of both signs, denser where f saturates; *x is
 * the caller's to free with free(). SN_EDOMAIN: no such format; SN_ENOMEM. */
SN_NODISCARD sn_status sn_vector_arguments(const sn_activation *f, sn_format format, double **x,
                                           size_t *n, sn_error *err);

/* Distance of a value from the exact f(x) (or f'(x)) in units in the last place of the correctly
 * rounded one (of the least normal number's below that): 0.5 is the best one can do, and 0 only
 * where f(x) is of the format. INFINITY for a NaN or infinity where there should be a number, or
 * the other way round; 0 where both are NaN or the same infinity. */
SN_NODISCARD sn_status sn_vector_distance(const sn_activation *f, sn_format format, double x,
                                          double value, bool is_derivative, double *ulp,
                                          sn_error *err);

SN_END_DECLS

#endif
