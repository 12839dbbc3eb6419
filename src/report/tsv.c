/* Tables as tab-separated text. Rows are formatted in chunks, each chunk by one thread into that
 * thread's own buffer, and written in order; a chunk depends on its rows alone, so neither the
 * number of threads nor their scheduling changes a byte. */
#include "report/tsv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/text.h"

enum { CHUNK_ROWS = 512, ESCAPE_SIZE = 4, SEPARATORS = 4 };

/* Writes text with what would end a cell, a line or the data escaped; up to four bytes a byte. */
static char *put_escaped(char *out, const char *text)
{
    static const char named[] = "\\\t\n\r", letters[] = "\\tnr";
    for (size_t length; *text != '\0'; text += length > 0 ? length : 1) {
        const char *name = strchr(named, *text);
        length = sn_utf8_length(text);
        if (length == 0) {
            memcpy(out, SN_REPLACEMENT, sizeof SN_REPLACEMENT - 1);
            out += sizeof SN_REPLACEMENT - 1;
        } else if (name != NULL) {
            *out++ = '\\';
            *out++ = letters[name - named];
        } else if ((unsigned char)*text < 0x20 || *text == 0x7f || *text == '#' || *text == '"') {
            static const char hex[] = "0123456789abcdef";
            *out++ = '\\';
            *out++ = 'x';
            *out++ = hex[*text >> 4 & 15];
            *out++ = hex[*text & 15];
        } else {
            memcpy(out, text, length);
            out += length;
        }
    }
    return out;
}

static size_t cell_bound(const sn_table *table, size_t row, size_t column)
{
    return sn_table_column(table, column)->kind == SN_TEXT
               ? ESCAPE_SIZE * strlen(sn_table_text(table, row, column)) + 1
               : SN_NUMBER_SIZE;
}

static int same_cell(const sn_table *table, size_t row, size_t other, size_t column)
{
    if (sn_table_column(table, column)->kind == SN_TEXT)
        return strcmp(sn_table_text(table, row, column), sn_table_text(table, other, column)) == 0;
    const double a = sn_table_real(table, row, column), b = sn_table_real(table, other, column);
    return a == b || (a != a && b != b);
}

/* The blank lines before a row. */
static char *put_gap(char *out, const sn_table *table, const sn_tsv_layout *layout, size_t row)
{
    if (row == 0)
        return out;
    for (size_t j = 0; j < layout->key_columns && j < sn_table_columns(table); j++)
        if (!same_cell(table, row, row - 1, j)) {
            *out++ = '\n';
            *out++ = '\n';
            return out;
        }
    if (layout->scan_rows > 0 && row % layout->scan_rows == 0)
        *out++ = '\n';
    return out;
}

static char *put_row(char *out, const sn_table *table, const sn_tsv_layout *layout, size_t row)
{
    out = put_gap(out, table, layout, row);
    for (size_t j = 0; j < sn_table_columns(table); j++) {
        if (j > 0)
            *out++ = '\t';
        if (sn_table_column(table, j)->kind == SN_TEXT)
            out = put_escaped(out, sn_table_text(table, row, j));
        else
            out += sn_number_text(sn_table_real(table, row, j), out);
    }
    *out++ = '\n';
    return out;
}

/* Formats rows first to last - 1 into *buffer, which grows; 0 when memory is out. */
static int put_chunk(char **buffer, size_t *capacity, size_t *length, const sn_table *table,
                     const sn_tsv_layout *layout, size_t first, size_t last)
{
    size_t bound = 0;
    for (size_t i = first; i < last; i++) {
        bound += SEPARATORS;
        for (size_t j = 0; j < sn_table_columns(table); j++)
            bound += cell_bound(table, i, j) + 1;
    }
    if (bound > *capacity) {
        char *grown = realloc(*buffer, bound);
        if (grown == NULL)
            return 0;
        *buffer = grown;
        *capacity = bound;
    }
    char *out = *buffer;
    for (size_t i = first; i < last; i++)
        out = put_row(out, table, layout, i);
    *length = (size_t)(out - *buffer);
    return 1;
}

static sn_status print_rows(FILE *file, const char *name, const sn_table *table,
                            const sn_tsv_layout *layout, sn_error *err)
{
    const size_t rows = sn_table_rows(table);
    const size_t chunks = rows / CHUNK_ROWS + (rows % CHUNK_ROWS > 0);
    int out_of_memory = 0, failure = 0; /* written in order only */
#pragma omp parallel
    {
        char *buffer = NULL;
        size_t capacity = 0;
#pragma omp for ordered schedule(static, 1)
        for (size_t c = 0; c < chunks; c++) {
            const size_t first = c * CHUNK_ROWS;
            const size_t last = rows - first < CHUNK_ROWS ? rows : first + CHUNK_ROWS;
            size_t length = 0;
            const int done = put_chunk(&buffer, &capacity, &length, table, layout, first, last);
#pragma omp ordered
            {
                out_of_memory |= !done;
                if (!out_of_memory && failure == 0 && fwrite(buffer, 1, length, file) != length)
                    failure = errno != 0 ? errno : EIO;
            }
        }
        free(buffer);
    }
    if (out_of_memory)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", name);
    return failure == 0 ? SN_OK : sn_fail(err, SN_EIO, "%s: %s", name, strerror(failure));
}

/* One line: a note has no business with line ends, but a hostile one may have them. */
static void print_line(FILE *file, const char *text)
{
    for (; *text != '\0'; text++)
        fputc((unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text, file);
    fputc('\n', file);
}

static void print_head(FILE *file, const sn_table *table, const sn_tsv_layout *layout)
{
    for (size_t j = 0; j < sn_table_columns(table); j++)
        fprintf(file, "%s%s", j > 0 ? "\t" : "", sn_table_column(table, j)->name);
    fputc('\n', file);
    fprintf(file, "# table: %s\n", sn_table_name(table));
    for (size_t i = 0; i < layout->n_notes; i++) {
        fputs("# ", file);
        print_line(file, layout->notes[i]);
    }
    for (size_t j = 0; j < sn_table_columns(table); j++) {
        const sn_column *column = sn_table_column(table, j);
        fprintf(file, "# %s: ", column->name);
        print_line(file, column->doc);
    }
}

sn_status sn_tsv_print(FILE *file, const char *name, const sn_table *table,
                       const sn_tsv_layout *layout, sn_error *err)
{
    const sn_tsv_layout plain = {0};
    if (layout == NULL)
        layout = &plain;
    errno = 0;
    print_head(file, table, layout);
    const sn_status status = print_rows(file, name, table, layout, err);
    if (status != SN_OK)
        return status;
    if (fflush(file) != 0 || ferror(file))
        return sn_fail(err, SN_EIO, "%s: %s", name, strerror(errno != 0 ? errno : EIO));
    return SN_OK;
}

sn_status sn_tsv_write(sn_folder *folder, const sn_table *table, const sn_tsv_layout *layout,
                       sn_error *err)
{
    char name[256];
    FILE *file;
    if (snprintf(name, sizeof name, "%s.tsv", sn_table_name(table)) >= (int)sizeof name)
        return sn_fail(err, SN_EINVAL, "the table's name is too long");
    sn_status status = sn_folder_open(folder, name, &file, err);
    if (status != SN_OK)
        return status;
    status = sn_tsv_print(file, name, table, layout, err);
    const sn_status closed = sn_folder_close(folder, name, file, status == SN_OK ? err : NULL);
    return status != SN_OK ? status : closed;
}
