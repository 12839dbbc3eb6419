/* field_parts.h: what the files of field.h and residual.c share. Not installed. */
#ifndef SELFNORM_THEORY_FIELD_PARTS_H
#define SELFNORM_THEORY_FIELD_PARTS_H

#include "theory/field.h"

/* Everything about V at one q. */
typedef struct sn_field_value {
    double next, slope; /* V(q), V'(q) */
    double noise;       /* estimated relative error of next */
    double chi1;
    sn_moments moments;
} sn_field_value;

/* SN_EDOMAIN: the field is none, see sn_field_fixed_points. */
SN_NODISCARD sn_status sn_field_check(const sn_field *field, sn_error *err);

/* For a field that passed, q > 0; a V(q) that overflows is infinite. Statuses as sn_law_moments. */
SN_NODISCARD sn_status sn_field_value_at(const sn_field *field, double q, sn_field_value *out,
                                         sn_error *err);

/* The same for a search, which may give up where the moments would take seconds. */
SN_NODISCARD sn_status sn_field_quick_value_at(const sn_field *field, double q, sn_field_value *out,
                                               sn_error *err);

/* Whether f^2 leaves the numbers where the law has not yet: that, and no failure of a rule, is then
 * why there are no moments at q. */
bool sn_field_overflows(const sn_field *field, double q);

/* Correlations are of normal pre-activations. */
bool sn_field_is_normal(const sn_field *field);

/* chi1 = 1 to its rounding and to error, relative. */
sn_phase sn_phase_of(double chi1, double error);

/* The fixed points of R at a fixed point q > 0 of V, with n_correlations and depth_c, into *point,
 * of which q, mean, chi1 and phase are set. */
SN_NODISCARD sn_status sn_field_find_correlations(const sn_field *field, sn_field_point *point,
                                                  sn_error *err);

#endif
