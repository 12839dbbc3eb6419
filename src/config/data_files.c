/* The files of a configuration: a list, looked through by path and way to standardise. A file that
 * could not be read stays in it with the reason, so that the points of a sweep try it once. */
#include <stdlib.h>
#include <string.h>

#include "config/data.h"

struct sn_file {
    struct sn_file *next;
    char *path;
    sn_standardize how;
    sn_data data;
    sn_error error; /* its status: whether it could be read */
};

/* The path from here, the caller's to free: a relative one starts at the configuration. */
static char *path_from_here(const char *name, const char *path)
{
    const char *last = strrchr(name, '/');
    sn_text text = {0};
    if (*path != '/' && last != NULL)
        sn_text_add_bytes(&text, name, (size_t)(last - name) + 1);
    sn_text_add(&text, path);
    return sn_text_take(&text);
}

static void read_into(sn_files *files, struct sn_file *file)
{
    char *path = path_from_here(files->name, file->path);
    sn_status status = SN_ENOMEM;
    const size_t most = SN_MOST_VALUES - files->n_values;
    if (path != NULL)
        status = sn_data_load(path, most, &file->data, &file->error);
    if (status == SN_OK)
        status = sn_data_standardize(&file->data, file->how, &file->error);
    if (status == SN_OK)
        files->n_values += file->data.n_rows * file->data.n_columns;
    else
        sn_data_free(&file->data);
    file->error.status = status;
    free(path);
}

const sn_data *sn_files_read(sn_files *files, const char *path, sn_standardize how,
                             const char **error)
{
    *error = NULL;
    struct sn_file *file = files->first;
    while (file != NULL && (file->how != how || strcmp(file->path, path) != 0))
        file = file->next;
    if (file == NULL) {
        file = calloc(1, sizeof *file);
        char *copy = malloc(strlen(path) + 1);
        if (file == NULL || copy == NULL) {
            free(file);
            free(copy);
            return NULL;
        }
        *file = (struct sn_file){.next = files->first, .path = strcpy(copy, path), .how = how};
        files->first = file;
        read_into(files, file);
    }
    if (file->error.status == SN_OK)
        return &file->data;
    if (file->error.status != SN_ENOMEM)
        *error = file->error.message;
    return NULL;
}

void sn_files_free(sn_files *files)
{
    while (files->first != NULL) {
        struct sn_file *file = files->first;
        files->first = file->next;
        sn_data_free(&file->data);
        free(file->path);
        free(file);
    }
}
