/* The rules for what is in a result's place already. Nothing is removed before it is sure that the
 * result can go there. */
#include "study/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/earlier.h"

/* `results/x.checkpoint` of `results/x/`; the caller's to free. */
static char *checkpoint_path(const char *output)
{
    int length = (int)strlen(output);
    while (length > 1 && output[length - 1] == '/')
        length--;
    const size_t size = (size_t)length + sizeof ".checkpoint";
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%.*s.checkpoint", length, output);
    return path;
}

/* Neither --resume nor --force: nothing may be lost that either would use. */
static sn_status refuse_stopped(const char *output, const char *checkpoint,
                                const sn_earlier *earlier, sn_error *err)
{
    if (earlier->partial)
        return sn_fail(err, SN_EINVAL,
                       "%s is the partial result of a run that was stopped: --resume goes on with "
                       "it, --force starts anew",
                       output);
    if (!earlier->there && sn_checkpoint_is_there(checkpoint))
        return sn_fail(err, SN_EINVAL,
                       "%s holds a run that was stopped: --resume goes on with it, --force starts "
                       "anew and removes it",
                       checkpoint);
    return SN_OK;
}

/* Whether the result can go to its place: the same is asked again when it does. */
static sn_status try_place(const char *output, bool replace, sn_error *err)
{
    sn_folder *folder;
    const sn_status status = sn_folder_create(output, replace, &folder, err);
    sn_folder_discard(folder);
    return status;
}

static sn_status prepare(sn_study *study, const char *path, bool *complete, bool *replace,
                         sn_error *err)
{
    const sn_study_options *options = study->options;
    sn_earlier earlier;
    bool again = false;
    sn_status status = sn_earlier_read(options->output, &earlier, err);
    const bool same = strcmp(earlier.run, study->identity->hex) == 0;
    if (status == SN_OK && options->resume && same && !earlier.partial) {
        *complete = true; /* killed after it was published, before its checkpoint was removed */
        return sn_checkpoint_clear(path, err);
    }
    if (status == SN_OK && !options->resume && !options->force)
        status = refuse_stopped(options->output, path, &earlier, err);
    if (status == SN_OK)
        status = sn_checkpoint_open(path, study->identity, options->resume, &study->checkpoint,
                                    &again, err);
    *replace = options->force || (options->resume && same);
    if (status == SN_OK && earlier.partial && !*replace)
        status =
            sn_fail(err, SN_EINVAL, "%s is the partial result of another run", options->output);
    if (status == SN_OK)
        status = try_place(options->output, *replace, err);
    if (status == SN_OK && options->force && !options->resume)
        status = sn_checkpoint_clear(path, err);
    if (status == SN_OK && options->resume && !again)
        sn_study_warn(study, "there is no %s to resume; the run starts afresh", path);
    return status;
}

sn_status sn_place_prepare(sn_study *study, bool *complete, bool *replace, sn_error *err)
{
    *complete = *replace = false;
    char *path = checkpoint_path(study->options->output);
    if (path == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const sn_status status = prepare(study, path, complete, replace, err);
    free(path);
    return status;
}
