/* activation.h: activation functions f: R -> R, each described by one constant struct.
 *
 * An sn_activation_type is everything selfnorm knows of one family: its name, its parameters with
 * their ranges, f and f', where they are not smooth, and, where they exist, closed forms of its
 * moments under a Gaussian. An sn_activation is a type with values for the parameters; it is small
 * and passed by value or const pointer. Types are constants: every function here is thread-safe.
 * Beside the types of the registry there are activations made at run time, of an expression
 * (expression.h) or of a table of points (sampled.h); these have a state, which they borrow.
 *
 * To add an activation, write one file with one sn_activation_type named sn_activation_<name> and
 * add that file to the list in activations.am. Everything but `constants` then works with it.
 */
#ifndef SELFNORM_ACTIVATION_ACTIVATION_H
#define SELFNORM_ACTIVATION_ACTIVATION_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/status.h"
#include "../base/trust.h"

SN_BEGIN_DECLS

enum { SN_MAX_PARAMS = 4, SN_MAX_KINKS = 16 };

/* Moments of f(z) for a pre-activation z ~ N(x, y); x is its mean, y its VARIANCE.
 * The derivatives are those of the functions (x, y) -> mean, second, variance. */
typedef struct sn_moments {
    double mean;     /* E f(z) */
    double second;   /* E f(z)^2 */
    double variance; /* Var f(z), relatively accurate also where it is tiny beside mean^2 */
    double dmean_dx, dmean_dy;
    double dsecond_dx, dsecond_dy;
    double dvariance_dx, dvariance_dy;
    double slope_second; /* E f'(z)^2, the chi1 of weights with tau = 1 */
    double error;        /* estimated relative error of variance; 0: rounding only */
    sn_trust trust;
} sn_moments;

/* A parameter: allowed from lower to upper, both included. */
typedef struct sn_param {
    const char *name;
    double initial, lower, upper;
    const char *doc;
} sn_param;

typedef struct sn_activation_type {
    const char *name;  /* [a-z0-9_]+ */
    const char *alias; /* a second name, or NULL */
    const char *doc;   /* the formula, in one line of plain text */
    size_t n_params;
    sn_param params[SN_MAX_PARAMS];

    /* f(z) and f'(z), for every finite z, without overflow where f itself does not overflow, and
     * to a few units in the last place RELATIVE to the value, also where the function saturates:
     * 1 - tanh^2 is not good enough, 1/cosh^2 is. At a kink f' takes the left value. f(NaN) is
     * NaN, and f at an infinity its limit, or NaN where there is none. */
    double (*value)(const double *params, double z);
    double (*derivative)(const double *params, double z);

    /* The points where f is not smooth, ascending, into kinks[]; returns how many: f' jumps there,
     * or f'' does. f is continuous everywhere. NULL: there are none. */
    size_t (*kinks)(const double *params, double kinks[SN_MAX_KINKS]);

    /* The same for activations that are made at run time, in place of the three above, which are
     * then NULL as all that follows. Of more kinks than there is room for, the nearest to 0: the
     * others cost quadrature time, and no accuracy. */
    double (*value_of)(const void *state, double z);
    double (*derivative_of)(const void *state, double z);
    size_t (*kinks_of)(const void *state, double kinks[SN_MAX_KINKS]);

    /* For those with more kinks than there is room for: the first one right of z, for side 1, or
     * left of it, for side -1; that infinity when there is none. NULL otherwise. */
    double (*kink_beyond)(const void *state, double z, double side);

    /* f as text in the language of expression.h, with the parameters by their names: what snippets
     * are printed from. To rounding equal to value, but it need not keep value's digits where the
     * function saturates. NULL for activations made at run time. */
    const char *formula;

    /* All of sn_moments in closed form, for finite x and y > 0. NULL: there is none, and
     * quadrature serves. */
    void (*moments)(const double *params, double x, double y, sn_moments *out);

    /* The same at n points, out[i] for x[i] and y[i], where that is faster than one by one: equal
     * to moments within its accuracy, and a function of the point alone, not of its place. NULL:
     * moments is called for each. */
    void (*moments_many)(const double *params, size_t n, const double *x, const double *y,
                         sn_moments *out);

    /* E f(z) alone in closed form, where the rest has none. NULL otherwise. */
    double (*mean)(const double *params, double x, double y);

    /* f over an array, z and f may be the same array; what SN_DEFINE_KERNELS (kernels.h) makes.
     * NULL: value is called for each element. */
    void (*map_double)(const double *params, size_t n, const double *z, double *f);
    void (*map_float)(const double *params, size_t n, const float *z, float *f);

    /* f' over an array, z and slope may be the same array. NULL: derivative is called for each
     * element. */
    void (*slope_double)(const double *params, size_t n, const double *z, double *slope);
    void (*slope_float)(const double *params, size_t n, const float *z, float *slope);
} sn_activation_type;

typedef struct sn_activation {
    const sn_activation_type *type;
    double params[SN_MAX_PARAMS];
    const void
        *state; /* of one made at run time: its maker's, whom it may not outlive; else NULL */
} sn_activation;

/* The registry, in the order of the list in activations.am. NULL past the end. */
const sn_activation_type *sn_activation_at(size_t index);
size_t sn_activation_count(void);

/* The type of that name or alias, or NULL. */
const sn_activation_type *sn_activation_find(const char *name);

/* *out becomes the activation of that name or alias with its default parameters.
 * SN_EUNKNOWN, naming the nearest known one, when there is none. */
SN_NODISCARD sn_status sn_activation_init(sn_activation *out, const char *name, sn_error *err);

/* Sets one parameter by name. SN_EUNKNOWN: no such parameter; SN_EDOMAIN: outside its range or not
 * a number. *activation is then unchanged. */
SN_NODISCARD sn_status sn_activation_set(sn_activation *activation, const char *param, double value,
                                         sn_error *err);

double sn_activation_value(const sn_activation *activation, double z);
double sn_activation_derivative(const sn_activation *activation, double z);
size_t sn_activation_kinks(const sn_activation *activation, double kinks[SN_MAX_KINKS]);

/* f over n elements, by the type's kernel or else element by element. z == f is allowed. */
void sn_activation_map_double(const sn_activation *activation, size_t n, const double *z,
                              double *f);
void sn_activation_map_float(const sn_activation *activation, size_t n, const float *z, float *f);

/* f' over n elements, likewise; slope == z is allowed. */
void sn_activation_slope_double(const sn_activation *activation, size_t n, const double *z,
                                double *slope);
void sn_activation_slope_float(const sn_activation *activation, size_t n, const float *z,
                               float *slope);

/* SELU's limit at minus infinity, -lambda * alpha: what alpha dropout sets a dropped unit to. */
double sn_selu_saturation(double alpha, double lambda);

SN_END_DECLS

#endif
