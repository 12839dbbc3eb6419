/* pictures.h: what the tests of pictures share: a folder of their own, files, and tables. */
#ifndef SELFNORM_TESTS_PICTURES_H
#define SELFNORM_TESTS_PICTURES_H

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"
#include "harness.h"

static char start[4096], place[64];

static void enter(void)
{
    ck_assert_ptr_nonnull(getcwd(start, sizeof start));
    strcpy(place, "pictures.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    ck_assert_int_eq(chdir(place), 0);
}

/* Removes what the test made; any file it did not expect makes rmdir fail. */
static void leave(void)
{
    DIR *folder = opendir("out");
    const struct dirent *entry;
    char path[512];
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        snprintf(path, sizeof path, "out/%s", entry->d_name);
        unlink(path);
    }
    if (folder != NULL) {
        closedir(folder);
        rmdir("out");
    }
    ck_assert_int_eq(chdir(start), 0);
    ck_assert_msg(rmdir(place) == 0, "%s is not empty", place);
}

static long size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (long)info.st_size : -1;
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    const size_t size = (size_t)size_of(path);
    char *text = calloc(1, size + 1);
    ck_assert_uint_eq(fread(text, 1, size, file), size);
    fclose(file);
    return text;
}

static sn_table *new_table(const char *name, size_t columns, const char *const *names, size_t texts)
{
    sn_column column[16];
    for (size_t j = 0; j < columns; j++)
        column[j] = (sn_column){names[j], j < texts ? SN_TEXT : SN_REAL, "a quantity"};
    return sn_table_new(name, columns, column);
}

static void add(sn_table *table, const char *text, const double *values)
{
    sn_cell cells[24];
    const size_t columns = sn_table_columns(table);
    for (size_t j = 0; j < columns; j++)
        if (sn_table_column(table, j)->kind == SN_TEXT)
            cells[j].text = text;
        else
            cells[j].real = *values++;
    ck_assert_int_eq(sn_table_add_row(table, cells, NULL), SN_OK);
}

#endif
