#include "base/table.h"

#include <math.h>
#include <stdint.h>

#include "harness.h"

static const sn_column columns[] = {{"activation", SN_TEXT, "name"},
                                    {"layer", SN_INTEGER, "0 is the input"},
                                    {"nu", SN_REAL, "variance"}};

START_TEST(rows_come_back_as_they_went_in)
{
    sn_table *table = sn_table_new("layers", 3, columns);
    ck_assert_ptr_nonnull(table);
    char name[] = "selu";
    for (int i = 0; i < 1000; i++) {
        const sn_cell row[] = {{.text = name}, {.real = i}, {.real = i / 7.0}};
        ck_assert_int_eq(sn_table_add_row(table, row, NULL), SN_OK);
    }
    name[0] = 'X'; /* the table has its own copy */
    ck_assert_uint_eq(sn_table_rows(table), 1000);
    ck_assert_uint_eq(sn_table_columns(table), 3);
    ck_assert_str_eq(sn_table_name(table), "layers");
    ck_assert_str_eq(sn_table_text(table, 999, 0), "selu");
    ck_assert(sn_table_real(table, 999, 2) == 999 / 7.0);
    ck_assert_str_eq(sn_table_column(table, 1)->doc, "0 is the input");
    ck_assert_uint_eq(sn_table_find(table, "nu"), 2);
    ck_assert_uint_eq(sn_table_find(table, "mu"), 3);

    sn_table *copy = sn_table_new("copy", 3, columns);
    ck_assert_int_eq(sn_table_copy_row(copy, table, 998, NULL), SN_OK);
    ck_assert_int_eq(sn_table_copy_row(copy, table, 7, NULL), SN_OK);
    sn_table_free(table); /* the copy has its own texts */
    ck_assert_uint_eq(sn_table_rows(copy), 2);
    ck_assert_str_eq(sn_table_text(copy, 0, 0), "selu");
    ck_assert(sn_table_real(copy, 0, 2) == 998 / 7.0);
    ck_assert(sn_table_real(copy, 1, 2) == 7 / 7.0);
    sn_table_free(copy);
}
END_TEST

START_TEST(rows_added_at_once_start_empty)
{
    sn_table *table = sn_table_new("grid", 3, columns);
    size_t first = 99;
    ck_assert_int_eq(sn_table_add_rows(table, 10, &first, NULL), SN_OK);
    ck_assert_uint_eq(first, 0);
    ck_assert_str_eq(sn_table_text(table, 9, 0), "");
    ck_assert(sn_table_real(table, 9, 2) == 0);
    sn_table_set_real(table, 9, 2, NAN);
    ck_assert(isnan(sn_table_real(table, 9, 2)));
    sn_table_free(table);
}
END_TEST

START_TEST(an_impossible_size_is_refused_and_harmless)
{
    sn_table *table = sn_table_new("grid", 3, columns);
    size_t first;
    sn_error err = {0};
    ck_assert_int_eq(sn_table_add_rows(table, SIZE_MAX, &first, &err), SN_ENOMEM);
    ck_assert_int_eq(err.status, SN_ENOMEM);
    ck_assert_int_eq(sn_table_add_rows(table, SIZE_MAX / 64, &first, &err), SN_ENOMEM);
    ck_assert_uint_eq(sn_table_rows(table), 0);
    sn_table_free(table);
    sn_table_free(NULL);
}
END_TEST

UNIT_MAIN("table", rows_come_back_as_they_went_in, rows_added_at_once_start_empty,
          an_impossible_size_is_refused_and_harmless)
