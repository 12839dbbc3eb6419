#include "report/tsv.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "harness.h"

/* The whole of a stream of print; to be freed. */
static char *print(const sn_table *table, const sn_tsv_layout *layout)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    ck_assert_int_eq(sn_tsv_print(file, "memory", table, layout, NULL), SN_OK);
    fclose(file);
    return text;
}

static sn_table *network_table(void)
{
    const sn_column columns[] = {{"activation", SN_TEXT, "name"},
                                 {"layer", SN_INTEGER, "0 is the input"},
                                 {"variance", SN_REAL, "of the activations"}};
    const sn_cell rows[][3] = {{{.text = "selu"}, {.real = 0}, {.real = 1}},
                               {{.text = "selu"}, {.real = 1}, {.real = 0.1 + 0.2}},
                               {{.text = "relu"}, {.real = 0}, {.real = NAN}},
                               {{.text = "relu"}, {.real = 1}, {.real = -INFINITY}},
                               {{.text = "a\tb\\c\n#\"\x01ν\xff"}, {.real = 0}, {.real = 2.385}}};
    sn_table *table = sn_table_new("layers", 3, columns);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_int_eq(sn_table_add_row(table, rows[i], NULL), SN_OK);
    return table;
}

START_TEST(the_format)
{
    sn_table *table = network_table();
    const char *const notes[] = {"map: neuron", "two\nlines"};
    const sn_tsv_layout layout = {.notes = notes, .n_notes = 2, .key_columns = 1};
    char *text = print(table, &layout);
    ck_assert_str_eq(text, "activation\tlayer\tvariance\n"
                           "# table: layers\n"
                           "# map: neuron\n"
                           "# two lines\n"
                           "# activation: name\n"
                           "# layer: 0 is the input\n"
                           "# variance: of the activations\n"
                           "selu\t0\t1\n"
                           "selu\t1\t0.30000000000000004\n"
                           "\n\n"
                           "relu\t0\tnan\n"
                           "relu\t1\t-inf\n"
                           "\n\n"
                           "a\\tb\\\\c\\n\\x23\\x22\\x01ν\uFFFD\t0\t2.385\n");
    free(text);
    sn_table_free(table);
}
END_TEST

START_TEST(scan_lines_and_chunks_of_threads)
{
    const sn_column columns[] = {{"row", SN_INTEGER, ""}, {"value", SN_REAL, ""}};
    enum { ROWS = 5000, SCAN = 37 };
    sn_table *table = sn_table_new("grid", 2, columns);
    size_t first;
    ck_assert_int_eq(sn_table_add_rows(table, ROWS, &first, NULL), SN_OK);
    for (size_t i = 0; i < ROWS; i++) {
        sn_table_set_real(table, i, 0, (double)i);
        sn_table_set_real(table, i, 1, sin(2.385 * (double)i));
    }
    const sn_tsv_layout layout = {.scan_rows = SCAN};
    char *text = print(table, &layout);
    const char *line = strchr(strchr(text, '#'), '\n') + 1; /* past the table's name */
    line = strchr(strchr(line, '\n') + 1, '\n') + 1;        /* and two columns' docs */
    for (size_t i = 0; i < ROWS; i++) {
        if (i > 0 && i % SCAN == 0)
            ck_assert_int_eq(*line++, '\n');
        char *end;
        ck_assert(strtod(line, &end) == (double)i);
        ck_assert(strtod(end, &end) == sin(2.385 * (double)i));
        ck_assert_int_eq(*end, '\n');
        line = end + 1;
    }
    ck_assert_str_eq(line, "");
    free(text);
    sn_table_free(table);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL) { /* not on every system */
        NOTE("no /dev/full");
        return;
    }
    sn_table *table = network_table();
    sn_error err = {0};
    ck_assert_int_eq(sn_tsv_print(full, "layers.tsv", table, NULL, &err), SN_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "layers.tsv"));
    ck_assert_ptr_nonnull(strstr(err.message, "No space left"));
    fclose(full);
    sn_table_free(table);
}
END_TEST

START_TEST(a_grid_of_a_million_points)
{
    enum { POINTS = 1000 * 1000, COLUMNS = 18 };
    sn_column columns[COLUMNS];
    char names[COLUMNS][16];
    for (int j = 0; j < COLUMNS; j++) {
        snprintf(names[j], sizeof names[j], "c%d", j);
        columns[j] = (sn_column){names[j], SN_REAL, "some number"};
    }
    sn_table *table = sn_table_new("grid", COLUMNS, columns);
    size_t first;
    ck_assert_int_eq(sn_table_add_rows(table, POINTS, &first, NULL), SN_OK);
    for (size_t i = 0; i < POINTS; i++)
        for (size_t j = 0; j < COLUMNS; j++)
            sn_table_set_real(table, i, j, 2.385 * (double)(i + 1) / (double)(7 * j + 3));
    FILE *file = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(file);
    const clock_t start = clock();
    ck_assert_int_eq(sn_tsv_print(file, "null", table, NULL, NULL), SN_OK);
    NOTE("%d numbers: %.2f s of processor time", POINTS * COLUMNS,
         (double)(clock() - start) / CLOCKS_PER_SEC);
    fclose(file);
    sn_table_free(table);
}
END_TEST

UNIT_MAIN("tsv", the_format, scan_lines_and_chunks_of_threads, a_full_disk_is_an_error,
          a_grid_of_a_million_points)
