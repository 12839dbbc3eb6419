/* expression.h: activations written down as text, such as `x > 0 ? x : a*(exp(x) - 1)`.
 *
 * An expression is a function of x, made of numbers, named parameters, the constants pi and e,
 *
 *     + - * / ^    ( )    < <= > >= == !=    && || !    condition ? this : that
 *     abs min max sign floor ceil  exp expm1 log log1p log2 log10 sqrt
 *     sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh  erf erfc
 *
 * with the precedences of C (^ is the power, before the sign: -x^2 is -(x^2), and associates to the
 * right), every activation of the registry by its name, its parameters after the argument
 * (`leaky_relu(x, 0.2)`; those left out have their defaults), and, where one is given, a table of
 * points as `table(x)`. So a weighted sum, a scale or a shift of another activation is an
 * expression: `1.7*gelu(x) + 0.3*tanh(2*x - 1)`.
 *
 * exp(u) - 1 is computed as expm1(u) and log(1 + u) as log1p(u), which keep their digits where u is
 * small. The derivative is exact: it is carried along with the value (forward differentiation), not taken
 * by differences. Where a branch is taken only f of that branch counts, so that
 * `x == 0 ? 1 : sin(x)/x` is fine. f has to be continuous; the points where it is not smooth are
 * found where a condition, abs, min, max, sign or an activation with kinks changes sides.
 */
#ifndef SELFNORM_ACTIVATION_EXPRESSION_H
#define SELFNORM_ACTIVATION_EXPRESSION_H

#include "activation.h"

SN_BEGIN_DECLS

typedef struct sn_expression sn_expression;

typedef struct sn_named_value {
    const char *name; /* [A-Za-z_][A-Za-z0-9_]*, not x nor any other word above */
    double value;
} sn_named_value;

typedef struct sn_expression_spec {
    const char *text;
    size_t n_params;
    const sn_named_value *params;
    const sn_activation *table; /* what table(x) is; NULL: there is none. It is borrowed */
    size_t n_kinks;             /* further points where f is not smooth, beside those found */
    const double *kinks;
} sn_expression_spec;

/* Reads an expression. *out is the caller's to free; text, params and kinks are copied.
 * SN_EINVAL: not an expression; the message says at which character, what was found there and what
 * is allowed, and for an unknown name the nearest known one; also for f or f' that is not finite
 * wherever it was tried (0 and some hundred points), or that jumps at a kink. SN_ENOMEM. */
SN_NODISCARD sn_status sn_expression_new(const sn_expression_spec *spec, sn_expression **out,
                                         sn_error *err);
void sn_expression_free(sn_expression *expression); /* NULL is fine */

/* The activation it is; it borrows the expression, which must outlive it. Thread-safe. */
sn_activation sn_expression_activation(const sn_expression *expression);

/* The kinks that were found or given, ascending, at most capacity of them into kinks[]; returns how
 * many there are. Those of sn_activation_kinks are the nearest to 0 among them. */
size_t sn_expression_kinks(const sn_expression *expression, size_t capacity, double *kinks);

/* The languages an expression is printed in. Parameters keep their names there, as constants that
 * the text around defines, or get a '_' where the name is a word of the language (lambda_ in
 * Python); numbers are printed so that they read back equal. The argument is x. The Python of all
 * libraries needs `import math` too. */
#define SN_DIALECT_LIST(X)                                                                         \
    X(SN_DIALECT_C, "c")           /* of <math.h>, in double */                                    \
    X(SN_DIALECT_PYTORCH, "torch") /* torch.where(x > 0, ...) */                                   \
    X(SN_DIALECT_JAX, "jax")       /* jnp.where(...), jax.scipy.special.erf */                     \
    X(SN_DIALECT_KERAS, "keras")   /* keras.ops.where(...) */                                      \
    X(SN_DIALECT_NUMPY, "numpy")   /* np.where(...); erf as math.erf vectorised: np_erf */         \
    X(SN_DIALECT_LATEX, "latex")   /* \begin{cases}, \lambda, e^{x} */                             \
    X(SN_DIALECT_PLAIN, "plain")   /* the language above */                                        \
    X(SN_DIALECT_ONNX, "onnx")     /* lines `t3 = Mul (t1, t2)`, the last one `y = ...` */

typedef enum sn_dialect {
#define SN_DIALECT_ENUM(id, name) id,
    SN_DIALECT_LIST(SN_DIALECT_ENUM)
#undef SN_DIALECT_ENUM
        SN_DIALECT_COUNT
} sn_dialect;

/* The expression in a dialect. *out is the caller's to free with free(). Registered activations
 * inside are written out by their formulas. SN_EINVAL: the dialect cannot say it (a table; a
 * function that it lacks), the message names what; SN_ENOMEM. */
SN_NODISCARD sn_status sn_expression_print(const sn_expression *expression, sn_dialect dialect,
                                           char **out, sn_error *err);

/* The same of an activation of the registry, by its type's formula, with its parameters by name. */
SN_NODISCARD sn_status sn_activation_print(const sn_activation_type *type, sn_dialect dialect,
                                           char **out, sn_error *err);

SN_END_DECLS

#endif
