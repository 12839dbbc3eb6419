/* snippet_parts.h: what the snippets of several languages are put together from. */
#ifndef SELFNORM_REPORT_SNIPPET_PARTS_H
#define SELFNORM_REPORT_SNIPPET_PARTS_H

#include <stdbool.h>

#include "report/snippet.h"

SN_BEGIN_DECLS

enum { SN_SNIPPET_NAME_SIZE = 64, SN_LITERAL_SIZE = 48 };

/* A text that grows. Without memory it stays as it is, and has failed; a stream in memory would not
 * say so. */
typedef struct sn_draft {
    char *text; /* NULL, or NUL-terminated */
    size_t length, room;
    bool failed;
} sn_draft;

void sn_draft_put(sn_draft *draft, const char *text);
void sn_draft_put_bytes(sn_draft *draft, const char *bytes, size_t n);
void sn_draft_format(sn_draft *draft, const char *format, ...) SN_PRINTF(2, 3);

/* What is being written, and where. */
typedef struct sn_snippet_pen {
    sn_draft *out;
    const sn_snippet *snippet;
    const char *const *reserved;     /* names that the constants must not have; ends with NULL */
    char name[SN_SNIPPET_NAME_SIZE]; /* of the function: an identifier, and not reserved */
} sn_snippet_pen;

/* A number as text, by value: its text lives to the end of the expression that asks for it. */
typedef struct sn_literal {
    char text[SN_LITERAL_SIZE];
} sn_literal;

/* Reads back equal in the language; a Python number is a float, with math.inf and math.nan. */
sn_literal sn_literal_plain(double value);
sn_literal sn_literal_python(double value);
sn_literal sn_literal_c(double value);             /* decimal, INFINITY, NAN */
sn_literal sn_literal_c_hex(double value);         /* 0x1.8p+0 */
sn_literal sn_literal_c_hex_float(double value);   /* rounded to float: 0x1.8p+0f */
sn_literal sn_literal_float_decimal(double value); /* rounded to float, in the fewest digits */

/* Sets pen->name from the snippet's; what is no letter or digit becomes _, and a reserved name gets
 * "_activation" at its end. */
void sn_snippet_name_function(sn_snippet_pen *pen);

/* The name of a constant, with _ after it where the language or the snippet has that name. */
void sn_snippet_put_name(const sn_snippet_pen *pen, const char *name);

/* A formula in one line, its constants by the names above. */
void sn_snippet_put_formula(const sn_snippet_pen *pen, const char *formula);

/* Whether a formula has a constant; *tailed: as name_, since the dialect has other uses for the name. */
bool sn_snippet_uses(const sn_snippet *snippet, const char *formula, const char *name,
                     bool *tailed);

/* Whether the text has this identifier; NULL text has none. */
bool sn_snippet_has_word(const char *text, const char *word);

/* Text from outside, in one line: UTF-8 without control characters or changes of the direction of
 * writing, and without what would open or end a comment in C. NULL is empty. */
void sn_snippet_put_line(sn_draft *out, const char *text);

/* The same with a backslash before every one of these characters. */
void sn_snippet_put_escaped_line(sn_draft *out, const char *text, const char *escaped);

/* The comment that every snippet of code begins with, each line after `prefix`. What has no meaning
 * in Python's first two lines stands there, since "coding:" in a comment would have one. */
void sn_snippet_put_head(const sn_snippet_pen *pen, const char *prefix);

/* The deviation of a weight times sqrt(fan-in): whole, and of the normal that is then cut off at two
 * deviations, which leaves it 0.8796 of its own. */
double sn_snippet_deviation(const sn_snippet *snippet);
double sn_snippet_deviation_to_cut(const sn_snippet *snippet);

/* Why the moments cannot be checked, NULL: they can. */
const char *sn_snippet_unchecked(const sn_snippet *snippet);

/* What the variance is held against, by name: itself, but for one that is lost in the rounding of the
 * mean, which the second moment's size excuses. */
const char *sn_snippet_variance_scale(const sn_snippet *snippet);

/* By what factor of chi1 its differences may miss it; 0: they say nothing here. A kink may lie
 * inside of a step h, which costs h / 4 of the density there, and differences lose digits where the
 * steps are small beside z or f(z). */
double sn_snippet_slope_tolerance(const sn_snippet *snippet);

/* --- Python ----------------------------------------------------------------------------------- */

extern const char *const sn_python_words[]; /* that constants and functions must not be named */

void sn_python_put_constants(const sn_snippet_pen *pen);
void sn_python_put_function(const sn_snippet_pen *pen, const char *formula);
void sn_python_put_dropout_constants(const sn_snippet_pen *pen, int indent);

/* check() and the call of it: `grid` makes t, and f(z) is `left`, the function's name, `right`. */
typedef struct sn_python_check {
    double tolerance;   /* relative */
    const char *module; /* whose exp it is */
    const char *before; /* lines that come first; NULL: none */
    const char *grid, *left, *right;
    const char *after; /* lines at the end of the program; NULL: none */
} sn_python_check;
void sn_python_put_check(const sn_snippet_pen *pen, const sn_python_check *words);

/* --- the formats, named as in SN_SNIPPET_LIST -------------------------------------------------- */

void sn_snippet_pytorch(sn_snippet_pen *pen);
void sn_snippet_jax(sn_snippet_pen *pen);
void sn_snippet_keras(sn_snippet_pen *pen);
void sn_snippet_c(sn_snippet_pen *pen);
void sn_snippet_onnx(sn_snippet_pen *pen);
void sn_snippet_latex(sn_snippet_pen *pen);
void sn_snippet_markdown(sn_snippet_pen *pen);

SN_END_DECLS

#endif
