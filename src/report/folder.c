/* Result folders that appear whole or not at all.
 *
 * Everything is made in a hidden folder beside the final one, since a rename is atomic within one
 * file system only. Both are addressed through open descriptors of the hidden folder and of its
 * parent, so that nothing depends on the working directory, and a signal handler can clean up with
 * unlinkat and rmdir alone.
 */
#include "report/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/version.h"
#include "report/json.h"
#include "report/replace.h"

typedef struct entry {
    struct entry *next;
    char name[];
} entry;

struct sn_folder {
    char *path, *hidden; /* the final folder and the one being filled */
    const char *base;    /* their last components */
    const char *hidden_base;
    int fd, parent_fd; /* of the hidden folder and its parent; -1: not open */
    bool force, has_result;
    entry *files;   /* newest first; linked in only when whole, for the signal handler */
    entry *parents; /* those made here, deepest first */
    volatile sig_atomic_t published;
};

static sn_status io_failure(sn_error *err, const char *path)
{
    return sn_fail(err, SN_EIO, "%s: %s", path, strerror(errno));
}

static sn_status file_failure(sn_error *err, const sn_folder *folder, const char *name)
{
    return sn_fail(err, SN_EIO, "%s/%s: %s", folder->path, name, strerror(errno));
}

static sn_status add_entry(entry **list, const char *name, sn_error *err)
{
    entry *added = malloc(sizeof *added + strlen(name) + 1);
    if (added == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", name);
    strcpy(added->name, name);
    added->next = *list;
    *list = added;
    return SN_OK;
}

static void free_entries(entry *list)
{
    while (list != NULL) {
        entry *next = list->next;
        free(list);
        list = next;
    }
}

/* Makes what is missing of the folders above the last component of folder->path. */
static sn_status make_parents(sn_folder *folder, sn_error *err)
{
    char *path = folder->path;
    for (char *p = path + 1; p < folder->base; p++) {
        if (*p != '/' || p[-1] == '/')
            continue;
        *p = '\0';
        sn_status status = SN_OK;
        if (mkdir(path, 0777) == 0) {
            status = add_entry(&folder->parents, path, err);
            if (status != SN_OK)
                rmdir(path);
        } else if (errno != EEXIST) {
            const int reason = errno;
            struct stat info;
            errno = stat(path, &info) == 0 ? 0 : reason; /* "/", or on a read-only disk */
            status = errno == 0 ? SN_OK : io_failure(err, path);
        }
        *p = '/';
        if (status != SN_OK)
            return status;
    }
    return SN_OK;
}

static sn_status open_parent(sn_folder *folder, sn_error *err)
{
    const size_t length = (size_t)(folder->base - folder->path);
    char *parent = malloc(length + 2);
    if (parent == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", folder->path);
    memcpy(parent, folder->path, length);
    strcpy(parent + length, "."); /* "." or "above/." */
    folder->parent_fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    sn_status status = SN_OK;
    if (folder->parent_fd < 0) {
        parent[length > 1 ? length - 1 : 1] = '\0'; /* as a person would write it */
        status = io_failure(err, parent);
    }
    free(parent);
    return status;
}

/* Makes the hidden folder under the first free name. */
static sn_status make_hidden(sn_folder *folder, sn_error *err)
{
    enum { TRIES = 1000, BASE_BYTES = NAME_MAX - 32 };
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const size_t above = (size_t)(folder->base - folder->path);
    const size_t size = above + strlen(folder->base) + 32;
    folder->hidden = malloc(size);
    if (folder->hidden == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", folder->path);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t random = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30 ^ (uint64_t)getpid() << 15;
    for (int i = 0; i < TRIES; i++) {
        char suffix[7] = "";
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t rest = random >> 24;
        for (int j = 0; j < 6; j++, rest /= 36)
            suffix[j] = letters[rest % 36];
        snprintf(folder->hidden, size, "%.*s.%.*s.partial-%s", (int)above, folder->path, BASE_BYTES,
                 folder->base, suffix);
        folder->hidden_base = folder->hidden + above;
        if (mkdirat(folder->parent_fd, folder->hidden_base, 0777) == 0) {
            folder->fd = openat(folder->parent_fd, folder->hidden_base,
                                O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            return folder->fd >= 0 ? SN_OK : io_failure(err, folder->hidden);
        }
        if (errno != EEXIST)
            break;
    }
    const int reason = errno;
    folder->hidden_base = NULL;
    return sn_fail(err, SN_EIO, "%s: %s", folder->path, strerror(reason));
}

/* Whether something is at the final path that must stay. */
static sn_status check_place(const sn_folder *folder, bool *taken, sn_error *err)
{
    struct stat info;
    *taken = fstatat(folder->parent_fd, folder->base, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (!*taken)
        return errno == ENOENT ? SN_OK : io_failure(err, folder->path);
    if (!folder->force)
        return sn_fail(err, SN_EEXIST, "%s exists already", folder->path);
    return sn_replace_check(folder->parent_fd, folder->base, folder->path, err);
}

static sn_status set_path(sn_folder *folder, const char *path, sn_error *err)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    folder->path = malloc(length + 1);
    if (folder->path == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", path);
    memcpy(folder->path, path, length);
    folder->path[length] = '\0';
    const char *slash = strrchr(folder->path, '/');
    folder->base = slash != NULL ? slash + 1 : folder->path;
    if (*folder->base == '\0' || strcmp(folder->base, ".") == 0 || strcmp(folder->base, "..") == 0)
        return sn_fail(err, SN_EINVAL, "\"%s\" is not the path of a new folder", path);
    return SN_OK;
}

sn_status sn_folder_create(const char *path, bool force, sn_folder **out, sn_error *err)
{
    *out = NULL;
    sn_folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", path);
    folder->fd = folder->parent_fd = -1;
    folder->force = force;
    bool taken;
    sn_status status = set_path(folder, path, err);
    if (status == SN_OK)
        status = make_parents(folder, err);
    if (status == SN_OK)
        status = open_parent(folder, err);
    if (status == SN_OK)
        status = check_place(folder, &taken, err);
    if (status == SN_OK)
        status = make_hidden(folder, err);
    if (status == SN_OK)
        *out = folder;
    else
        sn_folder_discard(folder);
    return status;
}

const char *sn_folder_directory(const sn_folder *folder)
{
    return folder->published ? folder->path : folder->hidden;
}

static bool is_file_name(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    return name[0] != '\0' && name[0] != '.' && name[0] != '-' && strlen(name) <= NAME_MAX
           && name[strspn(name, allowed)] == '\0';
}

sn_status sn_folder_expect(sn_folder *folder, const char *name, sn_error *err)
{
    return add_entry(&folder->files, name, err);
}

sn_status sn_folder_open(sn_folder *folder, const char *name, FILE **out, sn_error *err)
{
    *out = NULL;
    if (!is_file_name(name))
        return sn_fail(err, SN_EINVAL, "\"%s\" is no name for a file of a result", name);
    /* noted before it exists, so that a signal in between leaves nothing behind */
    const sn_status status = sn_folder_expect(folder, name, err);
    if (status != SN_OK)
        return status;
    const int fd =
        openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return sn_fail(err, SN_EEXIST, "%s/%s is there already", folder->path, name);
    if (fd < 0)
        return file_failure(err, folder, name);
    *out = fdopen(fd, "w");
    if (*out != NULL)
        return SN_OK;
    unlinkat(folder->fd, name, 0);
    close(fd);
    return sn_fail(err, SN_ENOMEM, "%s: out of memory", name);
}

sn_status sn_folder_close(sn_folder *folder, const char *name, FILE *file, sn_error *err)
{
    /* A write that failed earlier left its mark on the stream but not its reason. */
    const bool failed_before = ferror(file) != 0;
    bool failed = fflush(file) != 0 || fsync(fileno(file)) != 0;
    int reason = failed ? errno : EIO;
    if (fclose(file) != 0 && !failed) {
        failed = true;
        reason = errno;
    }
    errno = reason;
    return failed || failed_before ? file_failure(err, folder, name) : SN_OK;
}

sn_status sn_folder_write(sn_folder *folder, const char *name, const char *text, size_t length,
                          sn_error *err)
{
    FILE *file;
    sn_status status = sn_folder_open(folder, name, &file, err);
    if (status != SN_OK)
        return status;
    if (fwrite(text, 1, length, file) != length)
        status = file_failure(err, folder, name);
    const sn_status closed = sn_folder_close(folder, name, file, status == SN_OK ? err : NULL);
    return status != SN_OK ? status : closed;
}

sn_status sn_folder_write_result(sn_folder *folder, const cJSON *result, sn_error *err)
{
    cJSON *copy = cJSON_Duplicate(result, 1), *version = cJSON_CreateString(sn_version());
    char *text = NULL;
    sn_status status = SN_ENOMEM;
    cJSON_DeleteItemFromObjectCaseSensitive(copy, "selfnorm");
    if (copy == NULL || version == NULL || !cJSON_AddItemToObjectCS(copy, "selfnorm", version))
        goto end;
    /* to the front */
    version = cJSON_DetachItemViaPointer(copy, version);
    if (!cJSON_InsertItemInArray(copy, 0, version))
        goto end;
    version = NULL;
    text = sn_json_text(copy);
    if (text != NULL)
        status = sn_folder_write(folder, "result.json", text, strlen(text), err);
end:
    cJSON_Delete(version);
    cJSON_Delete(copy);
    if (text == NULL)
        return sn_fail(err, status, "result.json: out of memory");
    free(text);
    folder->has_result = status == SN_OK;
    return status;
}

sn_status sn_folder_commit(sn_folder *folder, sn_error *err)
{
    if (!folder->has_result)
        return sn_fail(err, SN_EINVAL, "%s: a result needs its result.json", folder->path);
    bool taken;
    sn_status status = check_place(folder, &taken, err);
    if (status != SN_OK)
        return status;
    if (fsync(folder->fd) != 0)
        return io_failure(err, folder->path);
    /* From here on a signal must not take the files away: better a hidden folder left. */
    folder->published = 1;
    if (taken)
        status =
            sn_replace_by(folder->parent_fd, folder->base, folder->hidden_base, folder->path, err);
    else if (sn_replace_nothing(folder->parent_fd, folder->base, folder->hidden_base) != 0)
        status = sn_fail(err, errno == EEXIST || errno == ENOTEMPTY ? SN_EEXIST : SN_EIO, "%s: %s",
                         folder->path, strerror(errno));
    folder->published = status == SN_OK;
    if (status == SN_OK)
        fsync(folder->parent_fd); /* it is published, whether or not this can be synced */
    return status;
}

void sn_folder_remove(const sn_folder *folder)
{
    if (folder->published)
        return;
    for (const entry *file = folder->files; file != NULL; file = file->next)
        unlinkat(folder->fd, file->name, 0);
    if (folder->hidden_base != NULL)
        unlinkat(folder->parent_fd, folder->hidden_base, AT_REMOVEDIR);
    for (const entry *parent = folder->parents; parent != NULL; parent = parent->next)
        rmdir(parent->name);
}

void sn_folder_discard(sn_folder *folder)
{
    if (folder == NULL)
        return;
    sn_folder_remove(folder);
    if (folder->fd >= 0)
        close(folder->fd);
    if (folder->parent_fd >= 0)
        close(folder->parent_fd);
    free_entries(folder->files);
    free_entries(folder->parents);
    free(folder->path);
    free(folder->hidden);
    free(folder);
}
