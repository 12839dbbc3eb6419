/* Single files, whole or not at all. */
#include "report/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sn_status failure(sn_error *err, const char *path)
{
    return sn_fail(err, errno == EEXIST ? SN_EEXIST : SN_EIO, "%s: %s", path, strerror(errno));
}

/* The name of a new file beside path, to be filled by mkstemp; NULL when memory is out. */
static char *name_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    const size_t size = strlen(path) + sizeof "..partial-XXXXXX";
    char *name = malloc(size);
    if (name != NULL)
        snprintf(name, size, "%.*s.%s.partial-XXXXXX", (int)folder, path, path + folder);
    return name;
}

/* All of the text into the open file, on the disk. */
static bool fill(int fd, const char *text, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t n = write(fd, text + done, size - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    const mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0 && fsync(fd) == 0;
}

/* Gives the finished file its name. */
static bool publish(const char *made, const char *path, bool force)
{
    if (force)
        return rename(made, path) == 0;
    if (link(made, path) != 0)
        return false;
    unlink(made);
    return true;
}

sn_status sn_file_write(const char *path, const char *text, size_t size, bool force, sn_error *err)
{
    char *made = name_beside(path);
    if (made == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    sn_status status = SN_OK;
    const int fd = mkstemp(made);
    if (fd < 0) {
        status = failure(err, path);
    } else {
        bool written = fill(fd, text, size);
        const int reason = errno;
        written = close(fd) == 0 && written;
        errno = written ? errno : reason;
        if (!written || !publish(made, path, force)) {
            status = failure(err, path);
            unlink(made);
        }
    }
    free(made);
    return status;
}

static sn_status read_all(FILE *file, const char *path, size_t most, char **text, size_t *size,
                          sn_error *err)
{
    size_t room = 1 << 16;
    for (;;) {
        char *more = realloc(*text, room + 1);
        if (more == NULL)
            return sn_fail(err, SN_ENOMEM, "out of memory");
        *text = more;
        *size += fread(*text + *size, 1, room - *size, file);
        if (ferror(file))
            return failure(err, path);
        if (*size > most)
            return sn_fail(err, SN_EIO, "%s: more than %zu bytes", path, most);
        if (*size < room)
            break;
        room *= 2;
    }
    (*text)[*size] = '\0';
    return SN_OK;
}

sn_status sn_file_read(const char *path, size_t most, char **text, size_t *size, sn_error *err)
{
    *text = NULL;
    *size = 0;
    const bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (file == NULL)
        return failure(err, path);
    const sn_status status = read_all(file, path, most, text, size, err);
    if (!standard)
        fclose(file);
    if (status != SN_OK) {
        free(*text);
        *text = NULL;
    }
    return status;
}
