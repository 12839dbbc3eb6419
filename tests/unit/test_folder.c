#include "report/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"

/* Each case runs in a process and a folder of its own. */
static char start[4096], place[64];

static void enter(void)
{
    ck_assert_ptr_nonnull(getcwd(start, sizeof start));
    strcpy(place, "test_folder.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    ck_assert_int_eq(chdir(place), 0);
}

/* Names in a folder, hidden ones too; -1 when there is none. */
static int count_names(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return -1;
    int count = -2;
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

static void leave(void)
{
    ck_assert_int_eq(count_names("."), 0);
    ck_assert_int_eq(chdir(start), 0);
    ck_assert_int_eq(rmdir(place), 0);
}

static void remove_result(const char *path)
{
    char file[8192];
    snprintf(file, sizeof file, "%s/result.json", path);
    ck_assert_int_eq(unlink(file), 0);
    ck_assert_int_eq(rmdir(path), 0);
}

static void make_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static sn_status publish(const char *path, bool force, const char *extra, sn_error *err)
{
    sn_folder *folder;
    sn_status status = sn_folder_create(path, force, &folder, err);
    if (status != SN_OK) {
        ck_assert_ptr_null(folder);
        return status;
    }
    cJSON *result = cJSON_Parse("{\"kind\": \"map\", \"nu\": 2.385}");
    ck_assert_int_eq(sn_folder_write_result(folder, result, NULL), SN_OK);
    cJSON_Delete(result);
    if (extra != NULL)
        ck_assert_int_eq(sn_folder_write(folder, extra, "x\n", 2, NULL), SN_OK);
    status = sn_folder_commit(folder, err);
    sn_folder_discard(folder);
    return status;
}

START_TEST(a_folder_appears_whole)
{
    enter();
    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out/", false, &folder, NULL), SN_OK);
    ck_assert_int_eq(count_names("out"), -1);
    ck_assert_int_eq(count_names("."), 1);
    ck_assert_int_eq(strncmp(sn_folder_directory(folder), ".out.partial-", 13), 0);
    ck_assert_int_eq(sn_folder_commit(folder, NULL), SN_EINVAL); /* no result.json yet */

    FILE *file;
    ck_assert_int_eq(sn_folder_open(folder, "a.tsv", &file, NULL), SN_OK);
    fputs("1\t2\n", file);
    ck_assert_int_eq(sn_folder_close(folder, "a.tsv", file, NULL), SN_OK);
    ck_assert_int_eq(sn_folder_open(folder, "a.tsv", &file, NULL), SN_EEXIST);
    cJSON *result = cJSON_Parse("{\"kind\": \"map\", \"selfnorm\": 7}");
    ck_assert_int_eq(sn_folder_write_result(folder, result, NULL), SN_OK);
    cJSON_Delete(result);
    ck_assert_int_eq(sn_folder_commit(folder, NULL), SN_OK);
    ck_assert_str_eq(sn_folder_directory(folder), "out");
    sn_folder_remove(folder); /* too late to do anything */
    sn_folder_discard(folder);

    ck_assert_int_eq(count_names("."), 1);
    ck_assert_int_eq(count_names("out"), 2);
    char text[64] = "";
    file = fopen("out/result.json", "r");
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, file), 0);
    fclose(file);
    ck_assert_ptr_nonnull(strstr(text, "{\n  \"selfnorm\": \""));
    ck_assert_ptr_nonnull(strstr(text, "\",\n  \"kind\": \"map\"\n}\n"));
    struct stat info;
    ck_assert_int_eq(stat("out", &info), 0);
    const mode_t mask = umask(0);
    ck_assert_uint_eq(info.st_mode & 0777, 0777 & ~mask);
    unlink("out/a.tsv");
    remove_result("out");
    leave();
}
END_TEST

START_TEST(a_discard_leaves_no_trace)
{
    enter();
    mkdir("there", 0777);
    for (int by_signal = 0; by_signal < 2; by_signal++) {
        sn_folder *folder;
        ck_assert_int_eq(sn_folder_create("there/a//b/out", false, &folder, NULL), SN_OK);
        ck_assert_int_eq(sn_folder_write(folder, "a.tsv", "1\n", 2, NULL), SN_OK);
        ck_assert_int_eq(sn_folder_expect(folder, ".late.png", NULL), SN_OK);
        char path[256];
        snprintf(path, sizeof path, "%s/.late.png", sn_folder_directory(folder));
        make_file(path, "");
        if (by_signal) {
            sn_folder_remove(folder);
            ck_assert_int_eq(count_names("there"), 0);
        }
        sn_folder_discard(folder);
        ck_assert_int_eq(count_names("there"), 0);
    }
    sn_folder_discard(NULL);
    rmdir("there");
    leave();
}
END_TEST

START_TEST(what_exists_stays)
{
    enter();
    sn_error err = {0};
    mkdir("empty", 0777);
    mkdir("other", 0777);
    make_file("other/result.json", "{\"kind\": \"map\"}"); /* somebody else's */
    mkdir("broken", 0777);
    make_file("broken/result.json", "{\"selfnorm\": \"0.1.0\"");
    make_file("file", "text");
    ck_assert_int_eq(publish("ours", false, "a.tsv", &err), SN_OK);
    ck_assert_int_eq(symlink("ours", "link"), 0);
    ck_assert_int_eq(symlink("nowhere", "dangling"), 0);
    ck_assert_int_eq(publish("nested", false, NULL, &err), SN_OK);
    mkdir("nested/data", 0777);
    const char *const paths[] = {"empty", "other", "broken", "file", "link", "dangling", "nested"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        for (int force = 0; force < 2; force++) {
            ck_assert_int_eq(publish(paths[i], force != 0, NULL, &err), SN_EEXIST);
            ck_assert_ptr_nonnull(strstr(err.message, paths[i]));
        }
    ck_assert_int_eq(publish("ours", false, NULL, &err), SN_EEXIST);
    ck_assert_int_eq(publish("file/under", false, NULL, &err), SN_EIO);
    ck_assert_int_eq(count_names("."), 8);
    ck_assert_int_eq(count_names("ours"), 2);

    ck_assert_int_eq(publish("ours", true, NULL, &err), SN_OK);
    ck_assert_int_eq(count_names("."), 8);
    ck_assert_int_eq(count_names("ours"), 1);
    ck_assert_int_eq(publish("fresh", true, NULL, &err), SN_OK); /* nothing to replace */
    remove_result("fresh");
    remove_result("ours");
    rmdir("nested/data");
    remove_result("nested");
    remove_result("other");
    remove_result("broken");
    rmdir("empty");
    unlink("file");
    unlink("link");
    unlink("dangling");
    leave();
}
END_TEST

START_TEST(something_that_came_meanwhile_stays)
{
    enter();
    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
    cJSON *result = cJSON_CreateObject();
    ck_assert_int_eq(sn_folder_write_result(folder, result, NULL), SN_OK);
    cJSON_Delete(result);
    mkdir("out", 0777);
    ck_assert_int_eq(sn_folder_commit(folder, NULL), SN_EEXIST);
    ck_assert_int_eq(count_names("out"), 0);
    sn_folder_discard(folder);
    ck_assert_int_eq(count_names("."), 1);
    rmdir("out");
    leave();
}
END_TEST

START_TEST(hostile_names)
{
    enter();
    char longest[256];
    memset(longest, 'n', 255);
    longest[255] = '\0';
    const char *const names[] = {"-rf",        "a b",      "it's",        "\"$(touch x)\"",
                                 "two\nlines", "\xff\xfe", "%s%n*?[a]\\", longest};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_int_eq(publish(names[i], false, NULL, NULL), SN_OK);
        ck_assert_int_eq(publish(names[i], true, NULL, NULL), SN_OK);
        ck_assert_int_eq(count_names(names[i]), 1);
        ck_assert_int_eq(count_names("."), 1);
        remove_result(names[i]);
    }
    const char *const none[] = {"", "/", "//", ".", "..", "a/..", "a/."};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        ck_assert_int_eq(publish(none[i], true, NULL, NULL), SN_EINVAL);

    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
    const char *const files[] = {"", ".hidden", "../up", "a/b", "-x", "a b", "ν"};
    FILE *file;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        ck_assert_int_eq(sn_folder_open(folder, files[i], &file, NULL), SN_EINVAL);
    sn_folder_discard(folder);
    leave();
}
END_TEST

START_TEST(a_full_disk_leaves_nothing)
{
    enter();
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    sn_folder *folder;
    sn_error err = {0};
    ck_assert_int_eq(sn_folder_create("new/out", false, &folder, NULL), SN_OK);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){10000, before.rlim_max}), 0);
    static char text[20000];
    memset(text, 'x', sizeof text);
    const sn_status status = sn_folder_write(folder, "grid.tsv", text, sizeof text, &err);
    FILE *file;
    sn_error late = {0};
    ck_assert_int_eq(sn_folder_open(folder, "late.tsv", &file, NULL), SN_OK);
    setvbuf(file, text, _IOFBF, sizeof text); /* so that nothing fails before the close */
    for (int i = 0; i < 15000; i++)
        fputc('y', file);
    const sn_status closed = sn_folder_close(folder, "late.tsv", file, &late);
    sn_folder_discard(folder);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_int_eq(status, SN_EIO);
    ck_assert_str_eq(err.message, "new/out/grid.tsv: File too large");
    ck_assert_int_eq(closed, SN_EIO);
    ck_assert_str_eq(late.message, "new/out/late.tsv: File too large");
    leave();
}
END_TEST

UNIT_MAIN("folder", a_folder_appears_whole, a_discard_leaves_no_trace, what_exists_stays,
          something_that_came_meanwhile_stays, hostile_names, a_full_disk_leaves_nothing)
