/* law.h: pre-activations that are not normal.
 *
 * A law is the distribution of a standardised pre-activation t, of mean 0 and variance 1; the
 * pre-activation is z = x + sqrt(y) t with mean x and VARIANCE y. A few inputs, heavy-tailed inputs
 * or a squashing layer before make z other than normal; what its gain is then, and which constants
 * keep mean and variance, has the same exact answer.
 */
#ifndef SELFNORM_THEORY_LAW_H
#define SELFNORM_THEORY_LAW_H

#include "../activation/activation.h"

SN_BEGIN_DECLS

/* name, doc, what its parameter is ("" without one), the least, the default and the largest one */
#define SN_LAW_LIST(X)                                                                             \
    X(SN_LAW_NORMAL, "normal", "the limit of many inputs", "", 0, 0, 0)                            \
    X(SN_LAW_TRUNCATED_NORMAL, "truncated_normal", "a normal cut off at both sides",               \
      "where, in deviations of the uncut one", 1e-3, 2, 38)                                        \
    X(SN_LAW_UNIFORM, "uniform", "uniform on an interval", "", 0, 0, 0)                            \
    X(SN_LAW_LAPLACE, "laplace", "two-sided exponential", "", 0, 0, 0)                             \
    X(SN_LAW_LOGISTIC, "logistic", "logistic", "", 0, 0, 0)                                        \
    X(SN_LAW_STUDENT_T, "student_t", "Student's t, heavy tails", "degrees of freedom, above 2",    \
      2.001, 5, 1e6)                                                                               \
    X(SN_LAW_BERNOULLI, "bernoulli", "sum of a finite fan-in of equal weights on +-1 inputs",      \
      "the fan-in", 1, 9, 100000)                                                                  \
    X(SN_LAW_HISTOGRAM, "histogram", "one's own: uniform in each of its bins", "", 0, 0, 0)

typedef enum sn_law_kind {
#define SN_LAW_ENUM(id, name, doc, parameter, least, initial, most) id,
    SN_LAW_LIST(SN_LAW_ENUM)
#undef SN_LAW_ENUM
        SN_LAW_COUNT
} sn_law_kind;

const char *sn_law_name(sn_law_kind kind);          /* NULL past the last */
const char *sn_law_doc(sn_law_kind kind);           /* NULL past the last */
const char *sn_law_parameter_doc(sn_law_kind kind); /* "" without one; NULL past the last */

typedef struct sn_law {
    sn_law_kind kind;
    double parameter; /* of the kinds that have one */
    /* A histogram: n_bins + 1 ascending edges, in the units they came in, and n_bins weights >= 0,
     * not all 0, of any sum. Borrowed. */
    size_t n_bins;
    const double *edges, *weights;
} sn_law;

/* The kind's law with its default parameter. */
sn_law sn_law_default(sn_law_kind kind);

/* SN_EDOMAIN: a parameter out of its range, a fan-in that is not whole, not such a histogram. */
SN_NODISCARD sn_status sn_law_check(const sn_law *law, sn_error *err);

/* A histogram's mean and VARIANCE in the units it came in; 0 and 1 of the other laws. Of a law that
 * passed sn_law_check. */
void sn_law_spread(const sn_law *law, double *mean, double *variance);

/* The density of t up to a constant factor, for pictures; NAN of the Bernoulli sum, which has none.
 * Of a law that passed sn_law_check. */
double sn_law_shape(const sn_law *law, double t);

/* All moments of f(z), z = x + sqrt(y) t, as sn_moments_compute has them for a normal t; law NULL is
 * normal, and then it is that function. Continuous laws by Gauss-Legendre panels that end at the
 * kinks of f and of the density, with the far tail of Student's t in closed form; the Bernoulli sum
 * exactly, term by term, where f' at an atom on a kink (after rounding) is its left value. The
 * derivatives by x and y are those with the law held. Errors as sn_moments_quadrature's, those of
 * the derivatives by y beside these scales or themselves. An f that oscillates under a heavy tail
 * takes up to a tenth of a second or so, and reaches 1e-10. Thread-safe.
 * SN_EDOMAIN as sn_law_check; x not finite, y not positive and finite. SN_ENOCONV: the rule did not
 * reach 1e-6, or a moment is not finite: under heavy tails it need not exist. SN_ENOMEM. */
SN_NODISCARD sn_status sn_law_moments(const sn_law *law, const sn_activation *f, double x, double y,
                                      sn_moments *out, sn_error *err);

SN_END_DECLS

#endif
