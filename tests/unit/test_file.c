/* Files read and written whole. */
#include "report/file.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"

static char folder[] = "/tmp/selfnorm-file-XXXXXX";

static size_t entries(void)
{
    DIR *d = opendir(folder);
    size_t n = 0;
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

START_TEST(whole_or_not)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char path[64], text[300000], *back;
    size_t size;
    sn_error err = {0};
    snprintf(path, sizeof path, "%s/a b'c", folder);
    memset(text, 'x', sizeof text);
    text[7] = '\0';
    ck_assert_int_eq(sn_file_write(path, text, sizeof text, false, &err), SN_OK);
    ck_assert_int_eq(sn_file_read(path, sizeof text, &back, &size, &err), SN_OK);
    ck_assert_uint_eq(size, sizeof text);
    ck_assert_mem_eq(back, text, size);
    free(back);

    ck_assert_int_eq(sn_file_write(path, "y", 1, false, &err), SN_EEXIST);
    ck_assert_ptr_nonnull(strstr(err.message, "a b'c"));
    ck_assert_int_eq(sn_file_read(path, sizeof text - 1, &back, &size, &err), SN_EIO);
    ck_assert_ptr_null(back);
    ck_assert_int_eq(sn_file_write(path, "", 0, true, &err), SN_OK);
    ck_assert_int_eq(sn_file_read(path, 0, &back, &size, &err), SN_OK);
    ck_assert_str_eq(back, "");
    free(back);
    ck_assert_uint_eq(entries(), 1);
    ck_assert_int_eq(unlink(path), 0);

    ck_assert_int_eq(sn_file_write(folder, "y", 1, true, &err), SN_EIO); /* a folder is there */
    ck_assert_int_eq(sn_file_read(folder, 10, &back, &size, &err), SN_EIO);
    snprintf(path, sizeof path, "%s/no/file", folder);
    ck_assert_int_eq(sn_file_write(path, "y", 1, false, &err), SN_EIO);
    ck_assert_int_eq(sn_file_read(path, 10, &back, &size, &err), SN_EIO);
    ck_assert_uint_eq(entries(), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

UNIT_MAIN("file", whole_or_not)
