/* gain_design.h: the inverse questions of theory/design.h, as `selfnorm gain --design` asks them.
 */
#ifndef SELFNORM_STUDY_GAIN_DESIGN_H
#define SELFNORM_STUDY_GAIN_DESIGN_H

#include "report/result.h"
#include "study/gain_subject.h"
#include "theory/constants.h"
#include "theory/design.h"

typedef struct sn_gain_design {
    const sn_subject *subject; /* phi, and the law */
    sn_design design;
    sn_designs found;
    double alpha_dropout; /* rate, of selu, whose a and b are wanted; NAN: they are not */
    sn_alpha_dropout affine[SN_MAX_DESIGNS];
} sn_gain_design;

/* Whether the family keeps a mean and a variance, which may be chosen, or is about N(0, 1) alone. */
bool sn_gain_design_has_target(sn_family family);

/* Solves *design, whose phi and law are the subject's. Statuses as sn_design_solve; SN_EINVAL: alpha
 * dropout of another family than selu. */
SN_NODISCARD sn_status sn_gain_design_run(sn_gain_design *design, sn_error *err);

void sn_gain_design_add_result(const sn_gain_design *design, sn_result *result);

/* The solution that code is printed for: the first that attracts, or else the first; found.count if
 * there is none. */
size_t sn_gain_design_best(const sn_gain_design *design);

/* A solution's function as an expression of x with the family's parameters, its phi written out,
 * in the language of activation/expression.h; NULL when memory is out or a phi is a table. The
 * caller frees it. */
char *sn_gain_design_formula(const sn_gain_design *design);

#endif
