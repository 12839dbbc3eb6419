/* tsv.h: a table as tab-separated text that numpy, pandas and gnuplot read alike.
 *
 * The first line has the column names; `#` lines with the table's name, the notes and a line a
 * column (name, doc with unit) follow; then the rows. In that order a plain
 *     numpy.genfromtxt(FILE, names=True)          (text columns: delimiter='\t', dtype=None)
 *     pandas.read_csv(FILE, sep='\t', comment='#')
 *     plot FILE using 'mu':'nu'                   (gnuplot)
 * all find the names: genfromtxt takes them from the first line whatever it is. Numbers read back
 * equal (number.h); a missing one is nan. In a text cell backslash, tab, newline, return, '#' and
 * '"' are written \\, \t, \n, \r, \x23, \x22, other control characters as \xHH.
 */
#ifndef SELFNORM_REPORT_TSV_H
#define SELFNORM_REPORT_TSV_H

#include <stdio.h>

#include "base/table.h"
#include "folder.h"

SN_BEGIN_DECLS

/* How a table is laid out; zero for a plain one. Blank lines mean nothing to numpy and pandas. */
typedef struct sn_tsv_layout {
    const char *const
        *notes; /* free `#` lines: the map in use, the fixed parameters; no newlines */
    size_t n_notes;
    size_t scan_rows;   /* > 0: a grid; a blank line after every so many rows */
    size_t key_columns; /* > 0: blocks; two blank lines wherever one of the first so many columns
                           changes, gnuplot's `index` */
} sn_tsv_layout;

/* Writes a table as `<name of the table>.tsv` into a folder. layout may be NULL. Rows are formatted
 * by all threads of OpenMP; the bytes do not depend on how many. Statuses as sn_folder_open. */
SN_NODISCARD sn_status sn_tsv_write(sn_folder *folder, const sn_table *table,
                                    const sn_tsv_layout *layout, sn_error *err);

/* The same to an open file, which stays open; name is for messages. SN_EIO, SN_ENOMEM. */
SN_NODISCARD sn_status sn_tsv_print(FILE *file, const char *name, const sn_table *table,
                                    const sn_tsv_layout *layout, sn_error *err);

SN_END_DECLS

#endif
