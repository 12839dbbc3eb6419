/* critical.h: where a net of one activation is at the edge of chaos, chi1 = 1, and the phases around.
 *
 * Along the variance q of the pre-activations the critical line is explicit:
 *
 *     tau(q) = 1 / E f'(z)^2,    bias_variance(q) = q - tau(q) S(q)      z ~ N(0, q)
 *
 * (field.h has the symbols), kept where bias_variance >= 0. By Poincare's inequality
 * Var f(z) <= q E f'(z)^2, so under the centred map all q are. ReLU's, under the ensemble map, is
 * the one point (2, 0).
 */
#ifndef SELFNORM_THEORY_CRITICAL_H
#define SELFNORM_THEORY_CRITICAL_H

#include "field.h"

SN_BEGIN_DECLS

typedef struct sn_critical_point {
    double q, tau, bias_variance;
    double slope;    /* V'(q) there */
    bool attracting; /* q attracts: the net really goes there */
    double error;    /* estimated, of tau relative */
} sn_critical_point;

/* The point of the line at q > 0; bias_variance < 0: no such net, and exactly 0 where it is not told
 * from 0 for the errors of the moments, as relu's is. field's tau and bias_variance are not read,
 * here and below. Statuses as sn_law_moments; SN_EDOMAIN also: the neuron map; SN_ENOCONV also: E
 * f'^2 is 0. */
SN_NODISCARD sn_status sn_critical_at(const sn_field *field, double q, sn_critical_point *out,
                                      sn_error *err);

/* What the line is like between two variances. */
#define SN_CRITICAL_LIST(X)                                                                        \
    X(SN_CRITICAL_LINE, "line")   /* one or more stretches */                                      \
    X(SN_CRITICAL_POINT, "point") /* the same (tau, 0) for all q, as of relu */                    \
    X(SN_CRITICAL_NONE, "none")   /* no net of bias_variance >= 0 is critical at any q */

typedef enum sn_critical_kind {
#define SN_CRITICAL_ENUM(id, name) id,
    SN_CRITICAL_LIST(SN_CRITICAL_ENUM)
#undef SN_CRITICAL_ENUM
} sn_critical_kind;

const char *sn_critical_text(sn_critical_kind kind); /* "unknown" for a value that is none */

/* The line between q_from and q_to, 0 < q_from < q_to, at n points spaced evenly in log q; points
 * of negative bias_variance included, so that the caller sees where it ends. *kind: what it is.
 * *zero_bias: the points where bias_variance crosses 0, refined to rounding, at most capacity of them
 * written, *n_zero how many there are; two of them between neighbours are missed. SN_EDOMAIN also: no
 * such interval, n < 2. */
SN_NODISCARD sn_status sn_critical_line(const sn_field *field, double q_from, double q_to, size_t n,
                                        sn_critical_point *out, sn_critical_kind *kind,
                                        size_t capacity, sn_critical_point *zero_bias,
                                        size_t *n_zero, sn_error *err);

/* The phase diagram: at every tau[i], bias_variance[j] the variance q that the iteration of V from
 * q = 1 ends at and chi1 there. q is 0 where the signal dies (chi1 then its limit for q -> 0), and
 * INFINITY where it explodes, chi1 being the limit at the end of the range. Row j, column i is
 * element j * n_tau + i. S and E f'^2 are tabulated once over log q, to 1e-10 or better, and read off
 * from there: a million points take about a second on two threads (OpenMP; the result does not
 * depend on how many). tau, bias_variance >= 0 in any order; n_tau and n_bias may be 0.
 *
 * q is the first fixed point in the direction of V(1) - 1; where V falls steeply, which it does for no
 * activation of the registry under a normal law, the iteration may miss it, or circle around it. A
 * move of less than 1e-13 q is none: relu at tau = 2, bias_variance 0 stays at 1. Both are NAN where q
 * is out of the range in which moments can be had and S tabulated, usually 1e-36 to 1e36.
 *
 * Statuses as sn_field_step, around q = 1; SN_EDOMAIN also: tau or bias_variance negative or not
 * finite; SN_ENOCONV also: S too rough to tabulate there; SN_ENOMEM. */
typedef struct sn_phase_cell {
    double q, chi1;
} sn_phase_cell;

SN_NODISCARD sn_status sn_phase_diagram(const sn_field *field, size_t n_tau, const double *tau,
                                        size_t n_bias, const double *bias_variance,
                                        sn_phase_cell *out, sn_error *err);

SN_END_DECLS

#endif
