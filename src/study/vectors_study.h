/* vectors_study.h: reference vectors of activations as CSV files: written, and those of other
 * implementations measured against the exact values.
 */
#ifndef SELFNORM_STUDY_VECTORS_STUDY_H
#define SELFNORM_STUDY_VECTORS_STUDY_H

#include "certify/vectors.h"

/* The reference values of f in every format as the text of a file: comments, a line of column names
 * (activation, the parameters unless all are defaults, format, x, f, derivative) and a line an
 * argument. Decimals that read back equal; inf, -inf, nan. *text is the caller's to free. Statuses
 * as sn_vector_value. */
SN_NODISCARD sn_status sn_vectors_write(const sn_activation *f, char **text, size_t *size,
                                        sn_error *err);

/* A parameter that all activations of a file have, which has no column for it. */
typedef struct sn_vectors_param {
    char name[64];
    double value;
} sn_vectors_param;

enum { SN_VECTORS_F, SN_VECTORS_DERIVATIVE, SN_VECTORS_COLUMNS };

/* One line: x rounded to the format, values as found, has: whether there are any. */
typedef struct sn_vectors_line {
    size_t number; /* the first of the file is 1 */
    sn_activation f;
    sn_format format;
    double x, values[SN_VECTORS_COLUMNS];
    bool has[SN_VECTORS_COLUMNS];
} sn_vectors_line;

/* Reads a file of vectors and hands each line to `take`, whose first failure ends it. Columns
 * activation, format, x, f and, if they are there, derivative and parameters, in any order; comments
 * from # on; decimals, which are rounded to the format of their line, inf and nan. Any bytes may be
 * given. SN_ECONFIG: "LINE:COLUMN: found ..., allowed is ...". SN_EUNKNOWN, for a parameter of
 * params that no activation of the file has. */
enum { SN_VECTORS_LARGEST = 1 << 26, SN_VECTORS_LONGEST_LINE = 4096 };
SN_NODISCARD sn_status sn_vectors_read(const char *text, size_t size, size_t n_params,
                                       const sn_vectors_param *params,
                                       sn_status (*take)(void *context, const sn_vectors_line *line,
                                                         sn_error *err),
                                       void *context, sn_error *err);

/* How the values of one column, activation and format do; errors in units in the last place, see
 * sn_vector_distance. */
typedef struct sn_vectors_row {
    sn_activation f;
    sn_format format;
    int column;
    size_t count, correct; /* correct: correctly rounded */
    size_t within_half, within_one, within_two;
    double worst;                               /* the largest error, */
    size_t worst_line;                          /* where it is first, */
    double worst_x, worst_value, worst_rounded; /* and what it should be */
} sn_vectors_row;

typedef struct sn_vectors_report {
    size_t n;
    sn_vectors_row *rows; /* in the order of their first lines */
} sn_vectors_report;

/* Measures all values of a file. *out is to be freed with sn_vectors_report_free after SN_OK.
 * Statuses as sn_vectors_read; SN_ECONFIG also for an activation that cannot be certified. */
SN_NODISCARD sn_status sn_vectors_check(const char *text, size_t size, size_t n_params,
                                        const sn_vectors_param *params, sn_vectors_report *out,
                                        sn_error *err);
void sn_vectors_report_free(sn_vectors_report *report); /* NULL is fine */

#endif
