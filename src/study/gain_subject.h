/* gain_subject.h: which activation and which law of its pre-activations a question is about, from the
 * words and files it is put in.
 */
#ifndef SELFNORM_STUDY_GAIN_SUBJECT_H
#define SELFNORM_STUDY_GAIN_SUBJECT_H

#include "activation/expression.h"
#include "activation/sampled.h"
#include "config/data.h"
#include "theory/law.h"

/* As given; NULL for what is not. */
typedef struct sn_subject_words {
    const char *name;       /* of a registered activation */
    const char *expression; /* or an expression of x */
    const char *table; /* or a file of points x, f(x), CSV or NPY; both: table(x) in the other */
    const char *const *params; /* NAME=VALUE, NULL at the end: the activation's, the expression's */
    const char *kinks;         /* numbers with commas between */
    const char *law;           /* NAME or NAME:PARAMETER; histogram:FILE of rows from, to, weight */
} sn_subject_words;

typedef struct sn_subject {
    sn_activation activation;
    sn_law law;
    bool is_normal;
    const char *expression; /* its text, of the words; NULL: none */
    const char *table;      /* its path; NULL: none */
    size_t n_params;        /* of the expression */
    sn_named_value *params;
    /* What it owns beside. */
    char *param_names;
    double *kinks, *bins;
    sn_expression *formula;
    sn_sampled *points;
} sn_subject;

/* The activation of the words, selu where there are none. *out borrows the words and is the caller's
 * to free in every case. SN_EINVAL, SN_EUNKNOWN, SN_EDOMAIN, SN_ECONFIG: the words or a file's
 * content are not such; the message says which, what was found and what is allowed. SN_EIO,
 * SN_ENOMEM. */
SN_NODISCARD sn_status sn_subject_make(const sn_subject_words *words, sn_subject *out,
                                       sn_error *err);
void sn_subject_free(sn_subject *subject);

/* "leaky_relu, negative_slope 0.2", "x > 0 ? x : a*x, a 0.7", "table points.csv" into text. */
void sn_subject_text(const sn_subject *subject, char *text, size_t size);

/* "N(0, 1)", "student_t:5 of mean 0, variance 1" into text, numbers with so many digits. */
void sn_law_text(const sn_law *law, double x, double y, int digits, char *text, size_t size);

#endif
