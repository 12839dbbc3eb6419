/* Files of a run that may be killed at any moment.
 *
 * The folder is locked (flock) as long as a process uses it; the lock goes with the process,
 * however that ends. What a killed process leaves besides whole files, the unnamed beginnings of
 * others, is removed by the next one. Nothing but the files named here is ever removed, and never
 * recursively.
 */
#include "study/checkpoint.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "report/file.h"
#include "study/point_file.h"

enum {
    NAME = 32,          /* of a file in the folder */
    MOST_RUN = 1 << 30, /* bytes of the file `run` */
};

struct sn_checkpoint {
    char *path;
    const sn_identity *identity;
    int fd; /* of the folder, locked; -1: not begun */
};

static sn_status failure(sn_error *err, const char *path)
{
    return sn_fail(err, SN_EIO, "%s: %s", path, strerror(errno));
}

static sn_status no_memory(sn_error *err)
{
    return sn_fail(err, SN_ENOMEM, "out of memory");
}

/* --- the folder ------------------------------------------------------------------------------- */

static bool is_unfinished(const char *name)
{
    return strncmp(name, ".run.partial-", 13) == 0
           || (strncmp(name, ".point-", 7) == 0 && strstr(name, ".partial-") != NULL);
}

static bool is_ours(const char *name)
{
    const char *digits = name + sizeof "point-" - 1;
    return strcmp(name, "run") == 0 || is_unfinished(name)
           || (strncmp(name, "point-", 6) == 0 && *digits != '\0'
               && digits[strspn(digits, "0123456789")] == '\0');
}

/* Nothing else is opened: what is no file may never end, nor even begin, as a pipe. */
static bool is_file(int folder_fd, const char *name)
{
    struct stat info;
    return fstatat(folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

/* Removes the files that `which` names; how many entries it does not name, or are no files. */
static size_t sweep(int folder_fd, bool (*which)(const char *), bool removes)
{
    size_t others = 0;
    const int fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return 1;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (!which(name) || !is_file(fd, name))
            others++;
        else if (removes)
            unlinkat(folder_fd, name, 0);
    }
    closedir(folder);
    return others;
}

bool sn_checkpoint_is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* Whether the folder is this process's; where the file system has no locks there is nothing to be
 * asked. One that was just killed may take a moment to be gone. */
static bool lock(int fd)
{
    enum { TRIES = 100 };
    const struct timespec pause = {0, 20000000};
    for (int i = 0; i < TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* Opens and locks a checkpoint that is there. */
static sn_status open_folder(const char *path, int *out, sn_error *err)
{
    *out = -1;
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno != ENOTDIR && errno != ELOOP)
        return failure(err, path);
    if (fd < 0 || sweep(fd, is_ours, false) > 0) {
        if (fd >= 0)
            close(fd);
        return sn_fail(err, SN_EINVAL, "%s exists and is not a checkpoint of selfnorm", path);
    }
    if (!lock(fd)) {
        close(fd);
        return sn_fail(err, SN_EINVAL, "%s is in use by another process", path);
    }
    *out = fd;
    return SN_OK;
}

static void remove_folder(int fd, const char *path)
{
    sweep(fd, is_ours, true);
    rmdir(path);
}

sn_status sn_checkpoint_clear(const char *path, sn_error *err)
{
    if (!sn_checkpoint_is_there(path))
        return SN_OK;
    int fd;
    const sn_status status = open_folder(path, &fd, err);
    if (status != SN_OK)
        return status;
    remove_folder(fd, path);
    close(fd);
    return sn_checkpoint_is_there(path) ? failure(err, path) : SN_OK;
}

/* The folders above path, as far as they are missing. */
static void make_parents(char *path)
{
    for (char *p = path + 1; *p != '\0'; p++)
        if (*p == '/' && p[-1] != '/') {
            *p = '\0';
            mkdir(path, 0777); /* what went wrong is told by the folder itself */
            *p = '/';
        }
}

static char *file_in(const sn_checkpoint *checkpoint, const char *name)
{
    const size_t size = strlen(checkpoint->path) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s/%s", checkpoint->path, name);
    return path;
}

/* --- which run -------------------------------------------------------------------------------- */

/* `run` is the identity's text and a last line with its digest. */
static sn_status write_run(const sn_checkpoint *checkpoint, sn_error *err)
{
    const sn_identity *identity = checkpoint->identity;
    const size_t size = strlen(identity->text) + SN_SHA256_HEX + sizeof "sha256 \n";
    char *path = file_in(checkpoint, "run"), *text = malloc(size);
    sn_status status = SN_OK;
    if (path == NULL || text == NULL) {
        status = no_memory(err);
    } else {
        const int n = snprintf(text, size, "%ssha256 %s\n", identity->text, identity->hex);
        status = sn_file_write(path, text, (size_t)n, true, err);
    }
    free(path);
    free(text);
    return status;
}

/* Cuts the digest's line off the text; false: it is not the digest of what is before it. */
static bool take_digest(char *text, size_t size)
{
    const size_t line = sizeof "sha256 " - 1 + SN_SHA256_HEX - 1 + 1;
    uint8_t digest[SN_SHA256_BYTES];
    char hex[SN_SHA256_HEX];
    if (size < line || strlen(text) != size)
        return false;
    char *last = text + size - line;
    sn_sha256(digest, text, size - line);
    sn_sha256_hex(digest, hex);
    if (strncmp(last, "sha256 ", 7) != 0 || strncmp(last + 7, hex, sizeof hex - 1) != 0
        || last[line - 1] != '\n')
        return false;
    *last = '\0';
    return true;
}

/* SN_EINVAL if the checkpoint is of another run. Where the file cannot tell, the points do. */
static sn_status check_run(const sn_checkpoint *checkpoint, sn_error *err)
{
    char *path = file_in(checkpoint, "run"), *text = NULL;
    size_t size;
    sn_status status = SN_OK;
    if (path == NULL) {
        status = no_memory(err);
    } else if (sn_file_read(path, MOST_RUN, &text, &size, NULL) == SN_OK && take_digest(text, size)
               && strcmp(text, checkpoint->identity->text) != 0) {
        char words[SN_ERROR_SIZE];
        sn_identity_difference(text, checkpoint->identity->text, words, sizeof words);
        status = sn_fail(err, SN_EINVAL, "%s is of another run: %s", checkpoint->path, words);
    }
    free(text);
    free(path);
    return status;
}

sn_status sn_checkpoint_open(const char *path, const sn_identity *identity, bool resume,
                             sn_checkpoint **out, bool *again, sn_error *err)
{
    *again = false;
    sn_checkpoint *checkpoint = *out = calloc(1, sizeof *checkpoint);
    sn_status status = SN_OK;
    if (checkpoint == NULL)
        return no_memory(err);
    *checkpoint = (sn_checkpoint){.path = strdup(path), .identity = identity, .fd = -1};
    if (checkpoint->path == NULL)
        status = no_memory(err);
    else if (resume && sn_checkpoint_is_there(path)) {
        status = open_folder(path, &checkpoint->fd, err);
        if (status == SN_OK)
            status = check_run(checkpoint, err);
        if (status == SN_OK) {
            sweep(checkpoint->fd, is_unfinished, true);
            status = write_run(checkpoint, err);
        }
        *again = status == SN_OK;
    }
    if (status != SN_OK) {
        sn_checkpoint_free(checkpoint);
        *out = NULL;
    }
    return status;
}

/* --- the points ------------------------------------------------------------------------------- */

/* Who makes the folder is the one that uses it. */
static sn_status begin(sn_checkpoint *checkpoint, sn_error *err)
{
    make_parents(checkpoint->path);
    if (mkdir(checkpoint->path, 0777) != 0) {
        if (errno != EEXIST)
            return failure(err, checkpoint->path);
        return sn_fail(err, SN_EINVAL, "%s: another process has begun it", checkpoint->path);
    }
    const sn_status status = open_folder(checkpoint->path, &checkpoint->fd, err);
    return status == SN_OK ? write_run(checkpoint, err) : status;
}

static char *point_file(const sn_checkpoint *checkpoint, size_t point)
{
    char name[NAME];
    snprintf(name, sizeof name, "point-%zu", point);
    return file_in(checkpoint, name);
}

sn_status sn_checkpoint_save(sn_checkpoint *checkpoint, size_t point, const sn_point_state *state,
                             sn_error *err)
{
    sn_status status = checkpoint->fd < 0 ? begin(checkpoint, err) : SN_OK;
    if (status != SN_OK)
        return status;
    char *path = point_file(checkpoint, point);
    size_t size;
    uint8_t *bytes = sn_point_bytes(checkpoint->identity->digest, point, state, &size);
    if (path == NULL || bytes == NULL)
        status = no_memory(err);
    else
        status = sn_file_write(path, (const char *)bytes, size, true, err);
    free(path);
    free(bytes);
    return status;
}

sn_status sn_checkpoint_read(const sn_checkpoint *checkpoint, size_t point, sn_point_state *out,
                             sn_error *err)
{
    *out = (sn_point_state){0};
    if (checkpoint->fd < 0)
        return SN_OK;
    char *path = point_file(checkpoint, point), *bytes = NULL;
    size_t size = 0;
    sn_status status = SN_OK;
    if (path == NULL)
        status = no_memory(err);
    else if (sn_checkpoint_is_there(path))
        status = sn_file_read(path, SIZE_MAX / 4, &bytes, &size, err);
    if (bytes != NULL)
        status = sn_point_parse(path, checkpoint->identity->digest, point, (const uint8_t *)bytes,
                                size, out, err);
    free(bytes);
    free(path);
    return status;
}

bool sn_checkpoint_is_begun(const sn_checkpoint *checkpoint)
{
    return checkpoint->fd >= 0;
}

void sn_checkpoint_remove(sn_checkpoint *checkpoint)
{
    if (checkpoint->fd < 0)
        return;
    remove_folder(checkpoint->fd, checkpoint->path);
    close(checkpoint->fd);
    checkpoint->fd = -1;
}

void sn_checkpoint_free(sn_checkpoint *checkpoint)
{
    if (checkpoint == NULL)
        return;
    if (checkpoint->fd >= 0)
        close(checkpoint->fd);
    free(checkpoint->path);
    free(checkpoint);
}
