/* designer.h: what the solvers of the families of design.h share. Not installed. */
#ifndef SELFNORM_THEORY_DESIGNER_H
#define SELFNORM_THEORY_DESIGNER_H

#include "theory/design.h"

/* A design and where its pre-activation z = x + sqrt(y) t is, as a function of mu and nu. The
 * families without a target have x = 0, y = 1, dy_dnu = 1 and no dependence on mu. */
typedef struct sn_design_task {
    const sn_design *design;
    double x, y;
    double dx_dmu, dy_dmu, dy_dnu;
    bool has_target; /* mu and nu */
    bool brief;      /* only the number of solutions and whether they attract is wanted */
} sn_design_task;

/* f(z) = scale phi(inner_scale z + inner_shift) + shift, inner_scale > 0. */
typedef struct sn_design_form {
    double scale, shift;
    double inner_scale, inner_shift;
    const sn_activation *phi;
} sn_design_form;

/* f's moments at (x, y) of phi's, which are those at (inner_scale x + inner_shift,
 * inner_scale^2 y). */
sn_moments sn_design_transform(const sn_design_form *form, const sn_moments *phi);

/* f as an activation, which borrows the form. */
sn_activation sn_design_activation(const sn_design_form *form);

/* Everything of a solution but its values and its residual, of f's moments. */
void sn_design_describe(const sn_design_task *task, const sn_moments *f,
                        sn_design_solution *solution);

/* Moments of phi under the task's law. */
SN_NODISCARD sn_status sn_design_moments(const sn_design_task *task, const sn_activation *phi,
                                         double x, double y, sn_moments *out, sn_error *err);

/* The same without the fallback of sn_moments_compute, which may take seconds: for nets of points,
 * and for what need not be had. Whether it could be done. */
bool sn_design_quick_moments(const sn_design_task *task, const sn_activation *phi, double x,
                             double y, sn_moments *out);

/* f's moments measured by f itself, or, where that cannot be, those of the transform. */
sn_moments sn_design_measure(const sn_design_task *task, const sn_design_form *form,
                             const sn_moments *transformed);

/* The larger of the residuals of mean and variance, relative to the target. */
double sn_design_residual(const sn_design_task *task, const sn_moments *f);

/* What z is, such as "N(0, 1)" of mean 0 and variance 1, for a reason. */
enum { SN_DESIGN_LAW_TEXT = 80 };
void sn_design_law_text(const sn_law *law, double x, double y, char text[SN_DESIGN_LAW_TEXT]);

/* Whether t and -t are alike; so are all laws but some histograms. */
bool sn_design_law_is_even(const sn_law *law);
bool sn_design_law_is_normal(const sn_law *law);

/* Keeps what is found in descending order of its values; past the last place, those of the largest
 * |second value| are left out. */
void sn_design_insert(sn_designs *out, const sn_design_solution *solution);

/* out->outcome, and out->reason by a printf format. */
void sn_design_conclude(sn_designs *out, sn_outcome outcome, const char *format, ...)
    SN_PRINTF(3, 4);

/* The solvers. *out comes with count 0. */
typedef sn_status sn_design_solver(const sn_design_task *task, sn_designs *out, sn_error *err);

sn_design_solver sn_design_split;         /* selu, serlu, leaky_relu */
sn_design_solver sn_design_affine;        /* affine */
sn_design_solver sn_design_bidirectional; /* bidirectional */
sn_design_solver sn_design_kernel;        /* kernel_shaping */
sn_design_solver sn_design_tanh;          /* scaled_tanh */

#endif
