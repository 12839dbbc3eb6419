/* An earlier result makes room for a new one. The two are swapped in one step where the system can
 * (renameat2), else the old one is moved aside first, and back if the new one cannot follow. Only
 * then is the old one emptied, file by file and never recursively: results hold no folders, and
 * whatever does is left alone. */
#define _GNU_SOURCE /* renameat2 */
#include "report/replace.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_RESULT_BYTES = 1 << 28 };

static sn_status io_failure(sn_error *err, const char *path)
{
    return sn_fail(err, SN_EIO, "%s: %s", path, strerror(errno));
}

static DIR *open_folder(int parent_fd, const char *base)
{
    const int fd = openat(parent_fd, base, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (folder == NULL && fd >= 0)
        close(fd);
    return folder;
}

static const char *next_name(DIR *folder)
{
    const struct dirent *entry;
    do {
        errno = 0;
        entry = readdir(folder);
    } while (entry != NULL
             && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    return entry != NULL ? entry->d_name : NULL;
}

/* Whether the file result.json of a folder is one of ours. */
static bool has_our_result(int folder_fd)
{
    const int fd = openat(folder_fd, "result.json", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    char *text = NULL;
    bool ours = false;
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)
        || info.st_size > MAX_RESULT_BYTES)
        goto end;
    const size_t size = (size_t)info.st_size;
    text = malloc(size + 1);
    size_t length = 0;
    while (text != NULL && length < size) {
        const ssize_t got = read(fd, text + length, size - length);
        if (got <= 0)
            goto end;
        length += (size_t)got;
    }
    cJSON *result = text != NULL ? cJSON_ParseWithLength(text, length) : NULL;
    ours = cJSON_IsString(cJSON_GetObjectItemCaseSensitive(result, "selfnorm"));
    cJSON_Delete(result);
end:
    free(text);
    if (fd >= 0)
        close(fd);
    return ours;
}

sn_status sn_replace_check(int parent_fd, const char *base, const char *path, sn_error *err)
{
    struct stat info;
    if (fstatat(parent_fd, base, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return io_failure(err, path);
    if (!S_ISDIR(info.st_mode))
        return sn_fail(err, SN_EEXIST, "%s exists and is not a folder", path);
    if (faccessat(parent_fd, base, W_OK | X_OK, 0) != 0)
        return io_failure(err, path);
    DIR *folder = open_folder(parent_fd, base);
    if (folder == NULL)
        return io_failure(err, path);
    sn_status status = SN_OK;
    if (!has_our_result(dirfd(folder)))
        status = sn_fail(err, SN_EEXIST, "%s exists and is not a result of selfnorm", path);
    const char *name;
    while (status == SN_OK && (name = next_name(folder)) != NULL) {
        if (fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            status = io_failure(err, path);
        else if (S_ISDIR(info.st_mode))
            status = sn_fail(err, SN_EEXIST,
                             "%s exists and holds a folder, %s, which no result does", path, name);
    }
    closedir(folder);
    return status;
}

int sn_replace_nothing(int parent_fd, const char *base, const char *fresh)
{
#ifdef RENAME_NOREPLACE
    if (renameat2(parent_fd, fresh, parent_fd, base, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
#endif
    struct stat info; /* renameat alone would replace an empty folder */
    if (fstatat(parent_fd, base, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return renameat(parent_fd, fresh, parent_fd, base);
}

static void remove_flat_folder(int parent_fd, const char *base)
{
    DIR *folder = open_folder(parent_fd, base);
    if (folder == NULL)
        return;
    const char *name;
    while ((name = next_name(folder)) != NULL)
        unlinkat(dirfd(folder), name, 0);
    closedir(folder);
    unlinkat(parent_fd, base, AT_REMOVEDIR);
}

sn_status sn_replace_by(int parent_fd, const char *base, const char *fresh, const char *path,
                        sn_error *err)
{
#ifdef RENAME_EXCHANGE
    if (renameat2(parent_fd, fresh, parent_fd, base, RENAME_EXCHANGE) == 0) {
        remove_flat_folder(parent_fd, fresh);
        return SN_OK;
    }
#endif
    char aside[NAME_MAX + 1];
    const char *tail = strrchr(fresh, '-'); /* as unlikely to be taken as the hidden name was */
    snprintf(aside, sizeof aside, "%.*s.old%s", (int)strcspn(fresh, "-"), fresh, tail ? tail : "");
    if (renameat(parent_fd, base, parent_fd, aside) != 0)
        return io_failure(err, path);
    if (renameat(parent_fd, fresh, parent_fd, base) != 0) {
        const int reason = errno;
        const bool back = renameat(parent_fd, aside, parent_fd, base) == 0;
        return sn_fail(err, SN_EIO, "%s: %s%s%s", path, strerror(reason),
                       back ? "" : "; the earlier result is now ", back ? "" : aside);
    }
    remove_flat_folder(parent_fd, aside);
    return SN_OK;
}
