/* snippet.h: constants one can paste: a result as a short program or table in another language.
 *
 * Every snippet of code stands by itself and has: a comment with convention, map and expected mean,
 * variance and chi1; the constants correctly rounded to double and to float (C: as hex floats with
 * the decimal beside); the activation; the initialiser that matches, with its standard deviation
 * written out, and for truncated normals (at 2 deviations) divided by the deviation
 * 0.87962566103423978 that truncation leaves; alpha dropout with its a and b where there is one; and
 * an assertion that integrates f, f^2 against the pre-activation's density numerically and fails
 * if mean or variance are not what the comment says.
 */
#ifndef SELFNORM_REPORT_SNIPPET_H
#define SELFNORM_REPORT_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

SN_BEGIN_DECLS

/* name, doc, the dialect of activation/expression.h its formula is in ("" for none) */
#define SN_SNIPPET_LIST(X)                                                                         \
    X(SN_SNIPPET_PYTORCH, "pytorch", "PyTorch: function, initialiser, dropout, check", "torch")    \
    X(SN_SNIPPET_JAX, "jax", "JAX, the same", "jax")                                               \
    X(SN_SNIPPET_KERAS, "keras", "Keras 3, the same", "keras")                                     \
    X(SN_SNIPPET_C, "c", "C17, constants as hex floats", "c")                                      \
    X(SN_SNIPPET_ONNX, "onnx", "ONNX: Python that builds and checks a model", "onnx")              \
    X(SN_SNIPPET_LATEX, "latex", "LaTeX: formula and table", "latex")                              \
    X(SN_SNIPPET_MARKDOWN, "markdown", "Markdown: formula and table", "plain")

typedef enum sn_snippet_format {
#define SN_SNIPPET_ENUM(id, name, doc, dialect) id,
    SN_SNIPPET_LIST(SN_SNIPPET_ENUM)
#undef SN_SNIPPET_ENUM
        SN_SNIPPET_COUNT
} sn_snippet_format;

const char *sn_snippet_name(sn_snippet_format format);    /* NULL past the last */
const char *sn_snippet_doc(sn_snippet_format format);     /* NULL past the last */
const char *sn_snippet_dialect(sn_snippet_format format); /* NULL past the last */

/* A number of the result: for tables, and for the comment of code. */
typedef struct sn_snippet_row {
    const char *name;   /* the code name: second_moment */
    const char *symbol; /* in LaTeX math: \mathrm{E} f(z)^2 */
    const char *doc;    /* in plain words */
    double value;
    double error; /* estimated, relative; NaN: none given */
} sn_snippet_row;

typedef struct sn_snippet_constant {
    const char *name; /* alpha */
    double value;
} sn_snippet_constant;

typedef struct sn_snippet {
    const char *name;    /* of the function, an identifier: selu */
    const char *title;   /* one line: what was asked for; any text, made harmless as a comment */
    const char *command; /* the command line that prints this again; any text */
    const char *formula; /* of x and the constants, in the format's dialect */
    const char *numpy_formula; /* the same in dialect "numpy": what ONNX is checked against */
    size_t n_constants;
    const sn_snippet_constant *constants;

    const char *map;        /* "ensemble map" and the like: which one is meant */
    const char *convention; /* of the gain, in words: "gain by second moment, 1/sqrt(E f^2)" */
    bool is_normal;         /* of the pre-activation; else no assertion is made, and it says so */
    double x, y;            /* mean and VARIANCE of the pre-activation */
    double mean, second_moment, variance, chi1; /* expected of f(z); chi1 at weight_variance */
    double weight_variance; /* tau: weights have standard deviation sqrt(tau / fan-in) */
    double bias_variance;

    bool has_dropout; /* alpha dropout */
    double dropout_rate, dropout_a, dropout_b, saturation;

    size_t n_rows;
    const sn_snippet_row *rows;
} sn_snippet;

/* The snippet as text with a newline at the end; *out is the caller's to free with free().
 * SN_ENOMEM. */
SN_NODISCARD sn_status sn_snippet_text(sn_snippet_format format, const sn_snippet *snippet,
                                       char **out, sn_error *err);

SN_END_DECLS

#endif
