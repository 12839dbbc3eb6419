/* Rendering: gnuplot as a child process, without a shell, in the folder of the script.
 *
 * It draws into a hidden file, which takes the picture's name only when it is whole: gnuplot does
 * not notice a full disk, so the end that every complete file of a format has is looked for. */
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np, memmem */
#include "report/picture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A format and what a complete file of it ends with; NULL: it goes to standard output. */
typedef struct plot_format {
    const char *name, *ending;
} plot_format;

static const plot_format formats[] = {
    {"png", "IEND\xae\x42\x60\x82"},
    {"svg", "</svg>"},
    {"pdf", "%%EOF"},
    {"terminal", NULL},
};

enum { FORMATS = sizeof formats / sizeof formats[0], NAME_SIZE = 200, COMPLAINT_SIZE = 360 };

const char *sn_plot_format_at(size_t index)
{
    return index < FORMATS ? formats[index].name : NULL;
}

static const plot_format *find_format(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

/* Only such names go into the command line and into quotes there. */
static bool is_picture_name(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return name[0] != '\0' && name[0] != '-' && strlen(name) < NAME_SIZE
           && name[strspn(name, allowed)] == '\0';
}

/* Reads fd to its end and keeps the last of it, where the error is, as one line. */
static void read_complaint(int fd, char complaint[COMPLAINT_SIZE])
{
    char chunk[4096];
    size_t length = 0;
    for (;;) {
        const ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        for (ssize_t i = 0; i < got; i++) {
            const bool space = (unsigned char)chunk[i] <= ' ';
            if (space && (length == 0 || complaint[length - 1] == ' '))
                continue;
            if (length + 1 == COMPLAINT_SIZE) {
                length /= 2;
                memmove(complaint, complaint + COMPLAINT_SIZE - 1 - length, length);
            }
            complaint[length++] = space ? ' ' : chunk[i];
        }
    }
    while (length > 0 && complaint[length - 1] == ' ')
        length--;
    complaint[length] = '\0';
}

/* Starts gnuplot with the arguments in the directory, its errors going to the pipe's end. */
static int start(pid_t *child, char *const arguments[], const char *directory, bool quiet,
                 int errors)
{
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0)
        return reason;
    reason = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (reason == 0 && quiet)
        reason = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    if (reason == 0)
        reason = posix_spawn_file_actions_adddup2(&actions, errors, 2);
    if (reason == 0)
        reason = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (reason == 0)
        reason = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

static sn_status run(const char *directory, const char *name, const char *commands, bool quiet,
                     sn_error *err)
{
    char script[NAME_SIZE + 8], program[] = "gnuplot", defaults[] = "-d", execute[] = "-e";
    char *copy = strdup(commands);
    snprintf(script, sizeof script, "%s.gp", name);
    char *const arguments[] = {program, defaults, execute, copy, script, NULL};
    int ends[2];
    if (copy == NULL || pipe2(ends, O_CLOEXEC) != 0) {
        free(copy);
        return sn_fail(err, SN_ENOMEM, "%s: cannot start gnuplot", script);
    }
    pid_t child;
    char complaint[COMPLAINT_SIZE] = "";
    const int reason = start(&child, arguments, directory, quiet, ends[1]);
    close(ends[1]);
    free(copy);
    int status = 0;
    if (reason == 0) {
        read_complaint(ends[0], complaint);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    close(ends[0]);
    if (reason != 0)
        return sn_fail(err, SN_ETOOL, "cannot run gnuplot: %s%s", strerror(reason),
                       reason == ENOENT ? " (is it installed?)" : "");
    if (WIFSIGNALED(status))
        return sn_fail(err, SN_ETOOL, "%s: gnuplot was killed by signal %d", script,
                       WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return sn_fail(err, SN_ETOOL, "%s: gnuplot failed: %s", script,
                       complaint[0] != '\0' ? complaint : "it does not say why");
    return SN_OK;
}

/* Whether the file ends as a complete one of its format does; syncs it. */
static bool is_complete(int folder, const char *file, const char *ending)
{
    const int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    char tail[64];
    struct stat info;
    bool complete = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    const off_t from =
        complete && info.st_size > (off_t)sizeof tail ? info.st_size - (off_t)sizeof tail : 0;
    const ssize_t got = complete ? pread(fd, tail, sizeof tail, from) : -1;
    complete =
        got > 0 && memmem(tail, (size_t)got, ending, strlen(ending)) != NULL && fsync(fd) == 0;
    close(fd);
    return complete;
}

static void hidden_name(char *out, size_t size, const char *name, const char *format)
{
    snprintf(out, size, ".%s.partial.%s", name, format);
}

sn_status sn_picture_render(const char *directory, const char *name, const char *format,
                            sn_error *err)
{
    const plot_format *f = find_format(format);
    if (f == NULL)
        return sn_fail(err, SN_EUNKNOWN, "there is no format \"%s\" for pictures", format);
    if (!is_picture_name(name))
        return sn_fail(err, SN_EINVAL, "\"%s\" is no name for a picture", name);
    char hidden[NAME_SIZE + 32], final[NAME_SIZE + 32], commands[2 * NAME_SIZE + 64];
    hidden_name(hidden, sizeof hidden, name, format);
    snprintf(final, sizeof final, "%s.%s", name, format);
    if (f->ending == NULL)
        return run(directory, name, "format='terminal'", false, err);

    const int folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return sn_fail(err, SN_EIO, "%s: %s", directory, strerror(errno));
    snprintf(commands, sizeof commands, "format='%s'; output='%s'", format, hidden);
    unlinkat(folder, hidden, 0);
    sn_status status = run(directory, name, commands, true, err);
    if (status == SN_OK && !is_complete(folder, hidden, f->ending))
        status = sn_fail(err, SN_ETOOL, "%s: gnuplot left an incomplete picture; is the disk full?",
                         final);
    if (status == SN_OK && renameat(folder, hidden, folder, final) != 0)
        status = sn_fail(err, SN_EIO, "%s: %s", final, strerror(errno));
    if (status != SN_OK)
        unlinkat(folder, hidden, 0);
    close(folder);
    return status;
}

sn_status sn_picture_draw(sn_folder *folder, const char *name, const char *format, sn_error *err)
{
    char file[NAME_SIZE + 64];
    hidden_name(file, sizeof file, name, format);
    sn_status status = sn_folder_expect(folder, file, err);
    snprintf(file, sizeof file, "%s.%s", name, format);
    if (status == SN_OK)
        status = sn_folder_expect(folder, file, err);
    if (status == SN_OK)
        status = sn_picture_render(sn_folder_directory(folder), name, format, err);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void sn_picture_names_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

/* Appends the name of a picture's script without its suffix; other files are passed over. */
static bool add_name(char ***names, size_t *count, const char *file)
{
    const size_t length = strlen(file);
    if (length <= 3 || strcmp(file + length - 3, ".gp") != 0)
        return true;
    char *name = strndup(file, length - 3);
    if (name == NULL || !is_picture_name(name)) {
        free(name);
        return name != NULL;
    }
    char **grown = realloc(*names, (*count + 1) * sizeof *grown);
    if (grown == NULL) {
        free(name);
        return false;
    }
    *names = grown;
    grown[(*count)++] = name;
    return true;
}

sn_status sn_picture_names(const char *directory, char ***names, size_t *count, sn_error *err)
{
    *names = NULL;
    *count = 0;
    DIR *folder = opendir(directory);
    if (folder == NULL)
        return sn_fail(err, SN_EIO, "%s: %s", directory, strerror(errno));
    bool enough = true;
    const struct dirent *entry;
    while (enough && (entry = readdir(folder)) != NULL)
        enough = add_name(names, count, entry->d_name);
    closedir(folder);
    if (!enough) {
        sn_picture_names_free(*names, *count);
        *names = NULL;
        *count = 0;
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", directory);
    }
    if (*count > 0)
        qsort(*names, *count, sizeof **names, compare_names);
    return SN_OK;
}
