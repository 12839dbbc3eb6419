/* table.h: tables of named columns, the form in which every result leaves the engine.
 *
 * A column has a name (the code name of the quantity), a doc line with its unit, and a kind. Rows
 * are appended whole. Real cells are stored as doubles; text cells are copied. A missing number is
 * NaN ("nan" in TSV, null in JSON).
 * A table is not thread-safe; distinct tables are independent.
 */
#ifndef SELFNORM_BASE_TABLE_H
#define SELFNORM_BASE_TABLE_H

#include <stddef.h>

#include "status.h"

SN_BEGIN_DECLS

typedef enum sn_column_kind { SN_REAL, SN_INTEGER, SN_BOOLEAN, SN_TEXT } sn_column_kind;

typedef struct sn_column {
    const char *name; /* [a-z0-9_]+, the same in TSV, JSON and C */
    sn_column_kind kind;
    const char *doc; /* what it is, with its unit; one line */
} sn_column;

/* One value of a row: .text for SN_TEXT, else .real: a whole number for SN_INTEGER, 0 or 1 for
 * SN_BOOLEAN, NaN for a missing one of any kind. */
typedef union sn_cell {
    double real;
    const char *text;
} sn_cell;

typedef struct sn_table sn_table;

/* A new, empty table; NULL when memory is out. name and columns are copied. */
sn_table *sn_table_new(const char *name, size_t n_columns, const sn_column *columns);
void sn_table_free(sn_table *table); /* NULL is fine */

/* Appends a copy of one row of n_columns cells. SN_ENOMEM, the table unchanged, when memory is
 * out. */
SN_NODISCARD sn_status sn_table_add_row(sn_table *table, const sn_cell *cells, sn_error *err);

/* Appends a copy of a row of another table of the same columns; statuses as above. */
SN_NODISCARD sn_status sn_table_copy_row(sn_table *table, const sn_table *from, size_t row,
                                         sn_error *err);

/* Makes room for rows more rows and appends them with all cells zero or empty; *first is the index
 * of the first. Rows made so may be filled from several threads, each cell by one thread, through
 * sn_table_set_real. SN_ENOMEM, the table unchanged, when memory is out. */
SN_NODISCARD sn_status sn_table_add_rows(sn_table *table, size_t rows, size_t *first,
                                         sn_error *err);
void sn_table_set_real(sn_table *table, size_t row, size_t column, double value);

const char *sn_table_name(const sn_table *table);
size_t sn_table_rows(const sn_table *table);
size_t sn_table_columns(const sn_table *table);
const sn_column *sn_table_column(const sn_table *table, size_t column);
double sn_table_real(const sn_table *table, size_t row, size_t column);
const char *sn_table_text(const sn_table *table, size_t row, size_t column); /* never NULL */

/* The index of the column of that name, or the number of columns when there is none. */
size_t sn_table_find(const sn_table *table, const char *name);

SN_END_DECLS

#endif
