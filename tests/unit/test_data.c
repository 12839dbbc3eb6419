/* Tables from files: what NumPy and spreadsheets write is read to the bit, what is no table is
 * refused with its place, and no bytes at all make trouble. */
#include "config/data.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "lcg.h"

/* A copy of exactly that size, so that a checker of memory sees what is read beyond it. */
static sn_status parse(const char *bytes, size_t length, sn_data *out, sn_error *err)
{
    char *copy = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    const sn_status status = sn_data_parse(copy, length, 1000, out, err);
    free(copy);
    return status;
}

static void expect(const char *bytes, size_t length, size_t n_rows, size_t n_columns,
                   const double *values)
{
    sn_data data;
    sn_error err = {0};
    const sn_status status = parse(bytes, length, &data, &err);
    if (status != SN_OK)
        NOTE("%s", err.message);
    ck_assert_int_eq(status, SN_OK);
    ck_assert_uint_eq(data.n_rows, n_rows);
    ck_assert_uint_eq(data.n_columns, n_columns);
    for (size_t i = 0; i < n_rows * n_columns; i++)
        ck_assert(data.values[i] == values[i]);
    sn_data_free(&data);
    ck_assert_ptr_null(data.values);
}

START_TEST(lines_of_numbers)
{
    static const struct {
        const char *text;
        size_t n_rows, n_columns;
        double values[6];
    } cases[] = {
        {"1,2\n3,4\n", 2, 2, {1, 2, 3, 4}},
        {"1,2\n3,4", 2, 2, {1, 2, 3, 4}},
        {"1;2\r\n3;4\r\n", 2, 2, {1, 2, 3, 4}},
        {"1\t2\n3\t4\n", 2, 2, {1, 2, 3, 4}},
        {"  1   2 \n3 \t 4\n\n", 2, 2, {1, 2, 3, 4}},
        {"x,y\n1,2\n3,4\n", 2, 2, {1, 2, 3, 4}},
        {"\"x, of it\",\"y\"\n\"1\", 2\n", 1, 2, {1, 2}},
        {"\xef\xbb\xbf\"a\"\n5\n", 1, 1, {5}},
        {"# a comment, first\n\n1,2 # and another\n#3,4\n  \n5,6\n", 2, 2, {1, 2, 5, 6}},
        {"-1.5e-3,+.5,2.,1E2,0.1000000000000000055511151231257827,1e-400\n",
         1,
         6,
         {-1.5e-3, .5, 2, 100, 0.1, 0}},
        {"7", 1, 1, {7}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(cases[i].text, strlen(cases[i].text), cases[i].n_rows, cases[i].n_columns,
               cases[i].values);
}
END_TEST

static void expect_message(const char *bytes, size_t length, sn_status status, const char *message)
{
    sn_data data;
    sn_error err = {0};
    const sn_status found = parse(bytes, length, &data, &err);
    ck_assert_str_eq(err.message, message);
    ck_assert_int_eq(found, status);
    ck_assert_ptr_null(data.values);
}

START_TEST(lines_of_something_else)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "1:1: found no numbers, allowed are lines of them"},
        {"\n# 1\n", "2:1: found no numbers, allowed are lines of them"},
        {"a,b\n", "1:1: found no numbers, allowed are lines of them"},
        {"1,2\n3\n", "2:1: found 1 values, allowed are 2, as in line 1"},
        {"a,b,c\n\n1,2\n", "3:1: found 2 values, allowed are 3, as in line 1"},
        {"1,2\n3,4,5\n", "2:1: found 3 values, allowed are 2, as in line 1"},
        {"1,2,\n", "1:5: found '', allowed is a finite decimal number"},
        {"1,,2\n", "1:3: found '', allowed is a finite decimal number"},
        {"1,2\n3,nan\n", "2:3: found 'nan', allowed is a finite decimal number"},
        {"nan,x\n", "1:1: found 'nan', allowed is a finite decimal number"},
        {"1,2\n -Infinity,4\n", "2:2: found '-Infinity', allowed is a finite decimal number"},
        {"1,2\n3,1e999\n", "2:3: found '1e999', allowed is a number up to 1.797e308"},
        {"1;2,5\n", "1:3: found '2,5', allowed is a finite decimal number"},
        {"1,0x10\n", "1:3: found '0x10', allowed is a finite decimal number"},
        {"1,2\na,b\n", "2:1: found 'a', allowed is a finite decimal number"},
        {"1,x\n", "1:3: found 'x', allowed is a finite decimal number"},
        {"1 2\n3 4\x01\xff\n", "2:3: found '4?"
                               "?', allowed is a finite decimal number"},
        {"1e\n", "1:1: found no numbers, allowed are lines of them"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_message(cases[i].text, strlen(cases[i].text), SN_ECONFIG, cases[i].message);
    char many[4096] = "";
    for (int i = 0; i < 1001; i++)
        strcat(many, i % 7 == 6 ? "1\n" : "1 ");
    expect_message(many, strlen(many), SN_ETOOBIG,
                   "143:1: found more than 1000 values, allowed are 1000");
}
END_TEST

/* --- NPY -------------------------------------------------------------------------------------- */

/* What numpy.save wrote of [[1.5, -2.25, 3], [65504, -2^-14, 2^-24]] as float16. */
#define NUMPY_HEADER                                                                               \
    "\x93NUMPY\x01\x00v\x00{'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), }"            \
    "                                                          \n"
static const char numpy_file[] = NUMPY_HEADER "\x00\x3e\x80\xc0\x00\x42\xff\x7b\x00\x84\x01\x00";

static char file[4096];

/* A file of version 1 or 2 in `file`; returns its length. */
static size_t make_npy(int version, const char *header, const char *values, size_t n_values)
{
    const size_t size = strlen(header), first = version == 1 ? 10 : 12;
    memcpy(file, "\x93NUMPY", 6);
    memset(file + 6, 0, 6);
    file[6] = (char)version;
    file[8] = (char)(size & 255);
    file[9] = (char)(size >> 8);
    memcpy(file + first, header, size);
    memcpy(file + first + size, values, n_values);
    return first + size + n_values;
}

START_TEST(what_numpy_writes)
{
    static const double values[] = {1.5, -2.25, 3, 65504, -1. / 16384, 1. / 16777216};
    expect(numpy_file, sizeof numpy_file - 1, 2, 3, values);
    static const double columns[] = {1.5, 3, -1. / 16384, -2.25, 65504, 1. / 16777216};
    static const char f2[] = "\x00\x3e\x80\xc0\x00\x42\xff\x7b\x00\x84\x01\x00";
    size_t n = make_npy(2, "{'shape': (2, 3), 'fortran_order': True, 'descr': \"<f2\"}", f2, 12);
    expect(file, n, 2, 3, columns);
    static const struct {
        const char *descr, *bytes;
        size_t size;
        double values[2];
    } types[] = {
        {"|i1", "\x80\x7f", 1, {-128, 127}},
        {"|u1", "\x80\xff", 1, {128, 255}},
        {"<i2", "\x00\x80\x01\x02", 2, {-32768, 513}},
        {"<u2", "\x00\x80\x01\x02", 2, {32768, 513}},
        {"<i4", "\xff\xff\xff\xff\x00\x00\x00\x40", 4, {-1, 1073741824}},
        {"<u4", "\xff\xff\xff\xff\x00\x00\x00\x40", 4, {4294967295, 1073741824}},
        {"<i8", "\0\0\0\0\0\0\0\x80\xff\xff\xff\xff\xff\xff\xff\xff", 8, {-0x1p63, -1}},
        {"<u8", "\0\0\0\0\0\0\0\x80\xff\xff\xff\xff\xff\xff\xff\xff", 8, {0x1p63, 0x1p64}},
        {"<f4", "\xdb\x0f\x49\x40\x01\0\0\0", 4, {0x1.921fb6p+1, 0x1p-149}},
        {"<f8",
         "\x18\x2d\x44\x54\xfb\x21\x09\x40\xff\xff\xff\xff\xff\xff\xef\xff",
         8,
         {3.14159265358979323846, -DBL_MAX}},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        char header[128];
        snprintf(header, sizeof header,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (2,), }\n", types[i].descr);
        n = make_npy(i % 2 == 0 ? 1 : 3, header, types[i].bytes, 2 * types[i].size);
        expect(file, n, 1, 2, types[i].values);
    }
}
END_TEST

START_TEST(what_numpy_does_not_write)
{
    static const struct {
        const char *header;
        size_t n_values;
        sn_status status;
        const char *message;
    } cases[] = {
        {"{'descr': '>f8', 'fortran_order': False, 'shape': (1,)}", 8, SN_ECONFIG,
         "byte 20: found '>f8', 'fortran_order': False, 'shape':, allowed is one of '<f2', '<f4', "
         "'<f8', '|i1', '<i2', '<i4', '<i8', '|u1', '<u2', '<u4', '<u8'"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3)}", 24, SN_ECONFIG,
         "byte 67: found 3)}, allowed is the end of a shape of one or two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': ()}", 4, SN_ECONFIG,
         "byte 62: found }, allowed is a shape of one or two numbers from 1 on, like (3, 4)"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2)}", 0, SN_ECONFIG,
         "byte 61: found 0, 2)}, allowed is a shape of one or two numbers from 1 on, like (3, 4)"},
        {"{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", 4, SN_ECONFIG,
         "byte 44: found 0, 'shape': (1,)}, allowed is True or False"},
        {"{'descr': '<f4', 'shape': (1,)}", 4, SN_ECONFIG,
         "byte 41: found the end of the header, allowed is each of 'descr', 'fortran_order' and "
         "'shape' once"},
        {"{'descr': '<f4', 'descr': '<f4'}", 4, SN_ECONFIG,
         "byte 27: found 'descr': '<f4'}, allowed is each of 'descr', 'fortran_order' and 'shape' "
         "once"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}", 15, SN_ECONFIG,
         "byte 67: found 15 bytes of values, allowed are the 16 that 2 x 2 values take"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}", 17, SN_ECONFIG,
         "byte 67: found 17 bytes of values, allowed are the 16 that 2 x 2 values take"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 501)}", 16, SN_ETOOBIG,
         "byte 69: found 2 x 501 values, allowed are 1000"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, "
         "99999999999999999999)}",
         16, SN_ETOOBIG, "byte 105: found 9999999999 x 9999999999 values, allowed are 1000"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x", 8, SN_ECONFIG,
         "byte 66: found x, allowed is nothing after the dictionary"},
    };
    static const char zeros[64];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t n = make_npy(1, cases[i].header, zeros, cases[i].n_values);
        expect_message(file, n, cases[i].status, cases[i].message);
    }
    size_t n = make_npy(
        1, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2)}",
        "\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\xf0\xff\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\0", 32);
    expect_message(file, n, SN_ECONFIG,
                   "byte 74: found -inf in row 2, column 1, allowed are finite numbers");
    n = make_npy(1, "{}", zeros, 0);
    file[6] = 4;
    expect_message(file, n, SN_ECONFIG, "byte 6: found version 4.0, allowed are 1.0, 2.0 and 3.0");
    n = make_npy(2, "{}", zeros, 0);
    file[11] = 1;
    expect_message(file, n, SN_ECONFIG,
                   "byte 8: found a header of 16777218 bytes, allowed are 65536");
    expect_message(numpy_file, 10, SN_ECONFIG, "byte 10: found the end of the file in the header");
}
END_TEST

/* --- any bytes -------------------------------------------------------------------------------- */

/* Taken or refused, with a message that a terminal can show. */
static sn_status try(const char *bytes, size_t length)
{
    sn_data data;
    sn_error err = {0};
    const sn_status status = parse(bytes, length, &data, &err);
    bool well = (status == SN_OK) == (data.values != NULL);
    well = well && (status == SN_OK || *err.message != '\0');
    for (const char *c = err.message; *c != '\0'; c++)
        well = well && *c >= 0x20 && *c < 0x7f;
    for (size_t i = 0; i < data.n_rows * data.n_columns; i++)
        well = well && isfinite(data.values[i]);
    sn_data_free(&data);
    ck_assert(well);
    return status;
}

START_TEST(files_cut_short)
{
    for (size_t length = 6; length < sizeof numpy_file - 1; length++)
        ck_assert_int_eq(try(numpy_file, length), SN_ECONFIG);
    static const char csv[] = "a;\"b;\"\r\n1;-2.5e3 # c\r\n\r\n3;\"4\"\r\n";
    for (size_t length = 0; length < sizeof csv; length++)
        try(csv, length);
}
END_TEST

START_TEST(files_with_wrong_bytes)
{
    static const char csv[] = "\xef\xbb\xbf"
                              "a;\"b;\"\r\n1;-2.5e3 # c\r\n\r\n3;\"4\"\r\n";
    static const char interesting[] = "\0\n\r\t ,;#\"'+-.eE09naif(){}:<|\xff\x80";
    uint64_t state = 20261;
    size_t taken = 0;
    for (int i = 0; i < 20000; i++) {
        const bool npy = i % 2 == 0;
        const char *from = npy ? numpy_file : csv;
        const size_t length = npy ? sizeof numpy_file - 1 : sizeof csv - 1;
        char bytes[256];
        memcpy(bytes, from, length);
        const int changes = 1 + (int)(lcg_uniform(&state, 0, 4));
        for (int k = 0; k < changes; k++)
            bytes[(size_t)(lcg_uniform(&state, 0, (double)length))] =
                interesting[(size_t)(lcg_uniform(&state, 0, (double)(sizeof interesting - 1)))];
        taken += try(bytes, length) == SN_OK;
    }
    NOTE("%zu of 20000 altered files taken", taken);
    ck_assert_uint_gt(taken, 100);
    ck_assert_uint_lt(taken, 19900);
}
END_TEST

/* --- standardising, files --------------------------------------------------------------------- */

/* Reference: NumPy's (x - x.mean(0)) / x.std(0), and of all. */
START_TEST(columns_and_all_are_standardised)
{
    static const char text[] = "1.7886284734303186 48.650985051198944 1000.0000964974681\n"
                               "-1.8634927033644908 -22.738820251439904 999.99964524102074\n"
                               "-0.082741481482459772 -57.700067682384727 999.99995618183107\n"
                               "-0.47721803035950267 -126.38647533626821 1000.0008846223805\n"
                               "0.88131804220752985 175.95730636529484 1000.0000500336422\n";
    static const double columns[] = {1.40424319,  0.43764663,  -0.0731439,  -1.54428724,
                                     -0.25520011, -1.1727133,  -0.10660242, -0.59450327,
                                     -0.41504878, -0.42508203, -1.2611132,  1.84726754,
                                     0.6717285,   1.67316995,  -0.18636156};
    static const double all[] = {-0.70154899, -0.60274639, 1.40303756,  -0.70924897, -0.75326162,
                                 1.40303661,  -0.70549451, -0.82697243, 1.40303727,  -0.70632621,
                                 -0.97178792, 1.40303922,  -0.70346193, -0.33433917, 1.40303746};
    for (int how = SN_STANDARDIZE_COLUMNS; how <= SN_STANDARDIZE_ALL; how++) {
        sn_data data;
        const double *expected = how == SN_STANDARDIZE_ALL ? all : columns;
        ck_assert_int_eq(parse(text, strlen(text), &data, NULL), SN_OK);
        ck_assert_int_eq(sn_data_standardize(&data, (sn_standardize)how, NULL), SN_OK);
        for (size_t i = 0; i < 15; i++)
            ck_assert_double_eq_tol(data.values[i], expected[i], 6e-9);
        sn_data_free(&data);
    }
}
END_TEST

START_TEST(hard_columns_are_standardised)
{
    static const char text[] = "5 0.1 1e308 1e-320\n5 0.1 -1e308 3e-320\n5 0.1 1e308 1e-320\n"
                               "5 0.1 -1e308 3e-320\n";
    sn_data data;
    ck_assert_int_eq(parse(text, strlen(text), &data, NULL), SN_OK);
    ck_assert_int_eq(sn_data_standardize(&data, SN_STANDARDIZE_COLUMNS, NULL), SN_OK);
    for (size_t i = 0; i < 4; i++) {
        const double sign = i % 2 == 0 ? 1 : -1;
        ck_assert_double_eq(data.values[4 * i], 0);
        ck_assert_double_eq(data.values[4 * i + 1], 0);
        ck_assert_double_eq_tol(data.values[4 * i + 2], sign, 1e-15);
        ck_assert_double_eq_tol(data.values[4 * i + 3], -sign, 1e-15);
    }
    sn_data_free(&data);
}
END_TEST

START_TEST(files_are_read_once)
{
    char directory[] = "/tmp/selfnorm-data-XXXXXX", path[80], name[80];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/rows.csv", directory);
    snprintf(name, sizeof name, "%s/c.json", directory);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    fputs("1,2\n3,6\n", stream);
    fclose(stream);
    sn_files files = {.name = name};
    const char *error;
    const sn_data *data = sn_files_read(&files, "rows.csv", SN_STANDARDIZE_NONE, &error);
    ck_assert_ptr_nonnull(data);
    const sn_data *standard = sn_files_read(&files, "rows.csv", SN_STANDARDIZE_COLUMNS, &error);
    ck_assert_ptr_nonnull(standard);
    ck_assert_double_eq(standard->values[3], 1);
    unlink(path);
    ck_assert_ptr_eq(sn_files_read(&files, "rows.csv", SN_STANDARDIZE_NONE, &error), data);
    ck_assert_double_eq(data->values[3], 6);
    ck_assert_ptr_null(sn_files_read(&files, path, SN_STANDARDIZE_NONE, &error));
    ck_assert_ptr_nonnull(strstr(error, "rows.csv: No such file or directory"));
    ck_assert_ptr_null(sn_files_read(&files, ".", SN_STANDARDIZE_NONE, &error));
    ck_assert_ptr_nonnull(strstr(error, "/.: is no regular file"));
    ck_assert_ptr_null(sn_files_read(&files, "/dev/zero", SN_STANDARDIZE_NONE, &error));
    ck_assert_str_eq(error, "/dev/zero: is no regular file");
    sn_files_free(&files);
    rmdir(directory);
}
END_TEST

UNIT_MAIN("data", lines_of_numbers, lines_of_something_else, what_numpy_writes,
          what_numpy_does_not_write, files_cut_short, files_with_wrong_bytes,
          columns_and_all_are_standardised, hard_columns_are_standardised, files_are_read_once)
