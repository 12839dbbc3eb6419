/* data.h: rows of numbers from files: the given inputs of a simulation.
 *
 * Two formats, told apart by their first bytes: NumPy's NPY (versions 1 to 3, one or two
 * dimensions, little-endian floats of 2, 4 and 8 bytes, integers of 1 to 8 bytes), of which one
 * dimension is one row; and lines of numbers (CSV), separated by commas, semicolons, tabs or
 * blanks, with comments from '#' on and one line of column names, in which nothing is a number, if
 * there is one. All values are finite, all rows equally long. Any bytes may be given.
 */
#ifndef SELFNORM_CONFIG_DATA_H
#define SELFNORM_CONFIG_DATA_H

#include "../base/status.h"
#include "keys.h"

/* A file is at most so many bytes, and holds at most so many values; so do all of one configuration
 * together. */
#define SN_LARGEST_FILE ((size_t)1 << 30)
#define SN_MOST_VALUES  ((size_t)1 << 27)

#define SN_STANDARDIZE_LIST(X)                                                                     \
    X(SN_STANDARDIZE_NONE, "none", "the values as they are")                                       \
    X(SN_STANDARDIZE_COLUMNS, "columns",                                                           \
      "each column shifted and scaled to mean 0 and variance 1; one of equal values becomes 0")    \
    X(SN_STANDARDIZE_ALL, "all", "all values together shifted and scaled to mean 0 and variance 1")

typedef enum sn_standardize {
#define SN_STANDARDIZE_ENUM(id, name, doc) id,
    SN_STANDARDIZE_LIST(SN_STANDARDIZE_ENUM)
#undef SN_STANDARDIZE_ENUM
        SN_STANDARDIZE_COUNT
} sn_standardize;

extern const sn_names sn_standardize_names;

/* A table of at least one row and one column, row after row; starts as {0}. */
typedef struct sn_data {
    size_t n_rows, n_columns;
    double *values;
} sn_data;

void sn_data_free(sn_data *data); /* empties it */

/* Reads a table from bytes, which need no NUL; *out is the caller's to free, and empty after a
 * failure. SN_ECONFIG: the message starts with the place, "LINE:COLUMN: " or "byte N: ", and says
 * what was found there and what is allowed. SN_ETOOBIG: more than most values. SN_ENOMEM. */
SN_NODISCARD sn_status sn_data_parse(const char *bytes, size_t length, size_t most, sn_data *out,
                                     sn_error *err);

/* The two formats by themselves; sn_is_npy: whether the bytes start as NPY. */
bool sn_is_npy(const char *bytes, size_t length);
SN_NODISCARD sn_status sn_npy_parse(const char *bytes, size_t length, size_t most, sn_data *out,
                                    sn_error *err);
SN_NODISCARD sn_status sn_csv_parse(const char *bytes, size_t length, size_t most, sn_data *out,
                                    sn_error *err);

/* The same from a regular file; the message starts with the path. Also SN_EIO. */
SN_NODISCARD sn_status sn_data_load(const char *path, size_t most, sn_data *out, sn_error *err);

/* Variances divide by the number of values. SN_ENOMEM. */
SN_NODISCARD sn_status sn_data_standardize(sn_data *data, sn_standardize how, sn_error *err);

/* The files that a configuration has read, each once for each way to standardise it; starts as
 * {.name = the configuration's}. */
typedef struct sn_files {
    const char *name;
    struct sn_file *first;
    size_t n_values; /* of all of them */
} sn_files;

/* The table of a file, a path as the configuration has it: relative to the configuration's own
 * directory. It lasts until sn_files_free. NULL: it cannot be read, *error says why and lasts as
 * long; or memory is out, *error is NULL. */
const sn_data *sn_files_read(sn_files *files, const char *path, sn_standardize how,
                             const char **error);
void sn_files_free(sn_files *files);

#endif
