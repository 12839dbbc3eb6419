/* Tables from files, and standardised.
 *
 * Standardising takes m, the mean, in two passes, the second of which corrects the first's
 * roundings, then the variance about m. Values are scaled by a power of two first, which changes no
 * bit of the result, so that no square of a large value overflows. */
#include "config/data.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *standardize_name(size_t index)
{
    static const char *const names[] = {
#define NAME(id, name, doc) name,
        SN_STANDARDIZE_LIST(NAME)
#undef NAME
    };
    return index < SN_STANDARDIZE_COUNT ? names[index] : NULL;
}

static const char *standardize_doc(size_t index)
{
    static const char *const docs[] = {
#define DOC(id, name, doc) doc,
        SN_STANDARDIZE_LIST(DOC)
#undef DOC
    };
    return index < SN_STANDARDIZE_COUNT ? docs[index] : NULL;
}

const sn_names sn_standardize_names = {standardize_name, standardize_doc};

void sn_data_free(sn_data *data)
{
    free(data->values);
    *data = (sn_data){0};
}

sn_status sn_data_parse(const char *bytes, size_t length, size_t most, sn_data *out, sn_error *err)
{
    return sn_is_npy(bytes, length) ? sn_npy_parse(bytes, length, most, out, err)
                                    : sn_csv_parse(bytes, length, most, out, err);
}

/* --- files ------------------------------------------------------------------------------------ */

/* The bytes of a regular file, the caller's to free. */
static sn_status read_file(const char *path, char **bytes, size_t *length, sn_error *err)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return sn_fail(err, SN_EIO, "%s", strerror(errno));
    if (!S_ISREG(about.st_mode))
        return sn_fail(err, SN_EIO, "is no regular file");
    if ((uintmax_t)about.st_size > SN_LARGEST_FILE)
        return sn_fail(err, SN_ETOOBIG, "is %ju bytes, allowed are at most %zu",
                       (uintmax_t)about.st_size, SN_LARGEST_FILE);
    const size_t size = (size_t)about.st_size;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return sn_fail(err, SN_EIO, "%s", strerror(errno));
    sn_status status = SN_OK;
    *bytes = malloc(size + 1);
    *length = *bytes != NULL ? fread(*bytes, 1, size, stream) : 0;
    if (*bytes == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    else if (ferror(stream))
        status = sn_fail(err, SN_EIO, "%s", strerror(errno));
    fclose(stream);
    return status;
}

sn_status sn_data_load(const char *path, size_t most, sn_data *out, sn_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    sn_error why = {0};
    *out = (sn_data){0};
    sn_status status = read_file(path, &bytes, &length, &why);
    if (status == SN_OK)
        status = sn_data_parse(bytes, length, most, out, &why);
    free(bytes);
    if (status == SN_OK)
        return SN_OK;
    const bool in_line = *why.message >= '0' && *why.message <= '9';
    return sn_fail(err, status, "%.*s:%s%s", SN_ERROR_SIZE / 2, path, in_line ? "" : " ",
                   why.message);
}

/* --- standardising ---------------------------------------------------------------------------- */

/* What is known of a column. */
typedef struct column {
    double least, most;
    int exponent; /* values are scaled by 2^-exponent, then below 1 */
    double mean, variance;
} column;

static void find_scales(column *columns, size_t n_columns, size_t n_rows, const double *values)
{
    for (size_t j = 0; j < n_columns; j++)
        columns[j] = (column){.least = values[j], .most = values[j]};
    for (size_t i = 1; i < n_rows; i++)
        for (size_t j = 0; j < n_columns; j++) {
            const double x = values[i * n_columns + j];
            columns[j].least = x < columns[j].least ? x : columns[j].least;
            columns[j].most = x > columns[j].most ? x : columns[j].most;
        }
    for (size_t j = 0; j < n_columns; j++)
        frexp(fmax(fabs(columns[j].least), fabs(columns[j].most)), &columns[j].exponent);
}

static void find_means(column *columns, double *sums, size_t n_columns, size_t n_rows,
                       const double *values)
{
    for (int pass = 0; pass < 2; pass++) {
        memset(sums, 0, n_columns * sizeof *sums);
        for (size_t i = 0; i < n_rows; i++)
            for (size_t j = 0; j < n_columns; j++)
                sums[j] += ldexp(values[i * n_columns + j], -columns[j].exponent) - columns[j].mean;
        for (size_t j = 0; j < n_columns; j++)
            columns[j].mean += sums[j] / (double)n_rows;
    }
}

static void find_variances(column *columns, double *sums, size_t n_columns, size_t n_rows,
                           const double *values)
{
    memset(sums, 0, n_columns * sizeof *sums);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_columns; j++) {
            const double d =
                ldexp(values[i * n_columns + j], -columns[j].exponent) - columns[j].mean;
            sums[j] += d * d;
        }
    for (size_t j = 0; j < n_columns; j++)
        columns[j].variance = sums[j] / (double)n_rows;
}

static sn_status standardize(double *values, size_t n_rows, size_t n_columns, sn_error *err)
{
    column *columns = calloc(n_columns, sizeof *columns);
    double *sums = calloc(n_columns, sizeof *sums);
    if (columns != NULL && sums != NULL) {
        find_scales(columns, n_columns, n_rows, values);
        find_means(columns, sums, n_columns, n_rows, values);
        find_variances(columns, sums, n_columns, n_rows, values);
        for (size_t i = 0; i < n_rows; i++)
            for (size_t j = 0; j < n_columns; j++) {
                const column *c = &columns[j];
                double *x = &values[i * n_columns + j];
                const bool varies = c->least < c->most && c->variance > 0;
                *x = varies ? (ldexp(*x, -c->exponent) - c->mean) / sqrt(c->variance) : 0;
            }
    }
    const bool done = columns != NULL && sums != NULL;
    free(columns);
    free(sums);
    return done ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory");
}

sn_status sn_data_standardize(sn_data *data, sn_standardize how, sn_error *err)
{
    switch (how) {
    case SN_STANDARDIZE_COLUMNS:
        return standardize(data->values, data->n_rows, data->n_columns, err);
    case SN_STANDARDIZE_ALL:
        return standardize(data->values, data->n_rows * data->n_columns, 1, err);
    case SN_STANDARDIZE_NONE:
    case SN_STANDARDIZE_COUNT:
        break;
    }
    return SN_OK;
}
