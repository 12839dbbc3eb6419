/* Tables of named columns: one growing row-major array of cells; strings are owned by the table. */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

struct sn_table {
    char *name;
    size_t n_columns, n_rows, capacity;
    sn_column *columns;
    sn_cell *cells; /* capacity × n_columns */
};

static char *copy_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

sn_table *sn_table_new(const char *name, size_t n_columns, const sn_column *columns)
{
    sn_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->name = copy_text(name);
    table->columns = calloc(n_columns > 0 ? n_columns : 1, sizeof *table->columns);
    if (table->name == NULL || table->columns == NULL)
        goto fail;
    for (size_t j = 0; j < n_columns; j++) {
        sn_column *column = &table->columns[j];
        column->kind = columns[j].kind;
        column->name = copy_text(columns[j].name);
        column->doc = copy_text(columns[j].doc);
        table->n_columns = j + 1;
        if (column->name == NULL || column->doc == NULL)
            goto fail;
    }
    return table;
fail:
    sn_table_free(table);
    return NULL;
}

void sn_table_free(sn_table *table)
{
    if (table == NULL)
        return;
    for (size_t j = 0; j < table->n_columns; j++) {
        if (table->columns[j].kind == SN_TEXT)
            for (size_t i = 0; i < table->n_rows; i++)
                free((char *)table->cells[i * table->n_columns + j].text);
        free((char *)table->columns[j].name);
        free((char *)table->columns[j].doc);
    }
    free(table->columns);
    free(table->cells);
    free(table->name);
    free(table);
}

static sn_status reserve(sn_table *table, size_t rows, sn_error *err)
{
    const size_t limit = (size_t)-1 / sizeof(sn_cell) / (table->n_columns + 1);
    if (rows > limit - table->n_rows)
        return sn_fail(err, SN_ENOMEM, "table %s: %zu more rows do not fit in memory", table->name,
                       rows);
    const size_t needed = table->n_rows + rows;
    if (needed <= table->capacity)
        return SN_OK;
    const size_t grown = table->capacity + table->capacity / 2 + 16;
    const size_t capacity = needed > grown || grown > limit ? needed : grown;
    sn_cell *cells = realloc(table->cells, capacity * table->n_columns * sizeof *cells);
    if (cells == NULL)
        return sn_fail(err, SN_ENOMEM, "table %s: out of memory at %zu rows", table->name,
                       capacity);
    table->cells = cells;
    table->capacity = capacity;
    return SN_OK;
}

sn_status sn_table_add_row(sn_table *table, const sn_cell *cells, sn_error *err)
{
    const sn_status status = reserve(table, 1, err);
    if (status != SN_OK)
        return status;
    sn_cell *row = table->cells + table->n_rows * table->n_columns;
    for (size_t j = 0; j < table->n_columns; j++) {
        row[j] = cells[j];
        if (table->columns[j].kind != SN_TEXT)
            continue;
        row[j].text = copy_text(cells[j].text != NULL ? cells[j].text : "");
        if (row[j].text != NULL)
            continue;
        while (j-- > 0)
            if (table->columns[j].kind == SN_TEXT)
                free((char *)row[j].text);
        return sn_fail(err, SN_ENOMEM, "table %s: out of memory", table->name);
    }
    table->n_rows++;
    return SN_OK;
}

sn_status sn_table_copy_row(sn_table *table, const sn_table *from, size_t row, sn_error *err)
{
    return sn_table_add_row(table, from->cells + row * from->n_columns, err);
}

sn_status sn_table_add_rows(sn_table *table, size_t rows, size_t *first, sn_error *err)
{
    const sn_status status = reserve(table, rows, err);
    if (status != SN_OK)
        return status;
    *first = table->n_rows;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < table->n_columns; j++) {
            sn_cell *cell = &table->cells[(table->n_rows + i) * table->n_columns + j];
            if (table->columns[j].kind == SN_TEXT)
                cell->text = NULL;
            else
                cell->real = 0;
        }
    table->n_rows += rows;
    return SN_OK;
}

void sn_table_set_real(sn_table *table, size_t row, size_t column, double value)
{
    table->cells[row * table->n_columns + column].real = value;
}

const char *sn_table_name(const sn_table *table)
{
    return table->name;
}

size_t sn_table_rows(const sn_table *table)
{
    return table->n_rows;
}

size_t sn_table_columns(const sn_table *table)
{
    return table->n_columns;
}

const sn_column *sn_table_column(const sn_table *table, size_t column)
{
    return &table->columns[column];
}

double sn_table_real(const sn_table *table, size_t row, size_t column)
{
    return table->cells[row * table->n_columns + column].real;
}

const char *sn_table_text(const sn_table *table, size_t row, size_t column)
{
    const char *text = table->cells[row * table->n_columns + column].text;
    return text != NULL ? text : "";
}

size_t sn_table_find(const sn_table *table, const char *name)
{
    size_t j = 0;
    while (j < table->n_columns && strcmp(table->columns[j].name, name) != 0)
        j++;
    return j;
}
