/* A configuration from a file. Files are read whole, up to a size no configuration needs; pipes and
 * standard input are fine, directories are told apart. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config/findings.h"

enum { LARGEST = 1 << 20 };

/* The whole stream, at most LARGEST + 1 bytes. NULL: an error, in errno. */
static char *read_stream(FILE *stream, size_t *length)
{
    size_t capacity = 1 << 14, n = 0;
    char *text = malloc(capacity);
    while (text != NULL) {
        n += fread(text + n, 1, capacity - n, stream);
        if (ferror(stream)) {
            const int error = errno;
            free(text);
            errno = error;
            return NULL;
        }
        if (n < capacity || n > LARGEST)
            break;
        capacity *= 2;
        char *grown = realloc(text, capacity);
        if (grown == NULL)
            free(text);
        text = grown;
    }
    if (text == NULL)
        errno = ENOMEM;
    *length = n;
    return text;
}

static sn_status fail(sn_config_errors *errors, sn_status status, const char *name,
                      const char *what)
{
    sn_text line = {0};
    sn_text_addf(&line, "%s: %s", name, what);
    return sn_errors_add(errors, sn_text_take(&line)) ? status : SN_ENOMEM;
}

sn_status sn_config_load(const char *path, size_t n_settings, const sn_config_setting *settings,
                         sn_config **out, sn_config_errors *errors)
{
    const bool standard_input = strcmp(path, "-") == 0;
    const char *name = standard_input ? "standard input" : path;
    *out = NULL;
    *errors = (sn_config_errors){0};
    FILE *stream = standard_input ? stdin : fopen(path, "rb");
    if (stream == NULL)
        return fail(errors, SN_EIO, name, strerror(errno));

    sn_status status;
    char *text = NULL;
    size_t length = 0;
    struct stat about;
    if (fstat(fileno(stream), &about) == 0 && S_ISDIR(about.st_mode))
        status = fail(errors, SN_EIO, name, "is a directory, expected a file");
    else if ((text = read_stream(stream, &length)) == NULL)
        status = fail(errors, errno == ENOMEM ? SN_ENOMEM : SN_EIO, name, strerror(errno));
    else if (length > LARGEST)
        status =
            fail(errors, SN_ECONFIG, name, "larger than 1 MiB, which no configuration needs to be");
    else
        status = sn_config_parse(name, text, length, n_settings, settings, out, errors);
    free(text);
    if (!standard_input)
        fclose(stream);
    return status;
}
