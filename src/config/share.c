/* What the points of a sweep have in common: the members that all of them have with the same value.
 * An object that would lose a member it must have is left out whole. What is swept over stays as
 * the file has it, since each point sets it anyway. */
#include <string.h>

#include "config/pointer.h"
#include "config/points.h"

/* Whether a pointer is swept over: exactly this one, or something below it. */
static bool is_swept(sn_findings *findings, const sn_config *config, const sn_path *path,
                     bool below)
{
    sn_text pointer = {0};
    sn_text_add_path(&pointer, path);
    bool found = false;
    findings->no_memory = findings->no_memory || pointer.failed;
    for (size_t i = 0; i < config->n_sweeps && !pointer.failed; i++)
        found = found
                || (below ? sn_pointer_within(config->sweeps[i].pointer, pointer.data)
                          : strcmp(config->sweeps[i].pointer, pointer.data) == 0);
    sn_text_free(&pointer);
    return found;
}

/* False: a required member had to go. */
static bool share(sn_findings *findings, const sn_config *config, const sn_path *path,
                  const sn_shape *shape, cJSON *shared, const cJSON *other)
{
    bool complete = true;
    cJSON *item = shared->child;
    while (item != NULL) {
        cJSON *next = item->next;
        const cJSON *twin = sn_json_get(other, item->string);
        const sn_path here = {.parent = path, .name = item->string};
        sn_key key;
        bool keep =
            (twin != NULL && sn_json_equal(item, twin)) || is_swept(findings, config, &here, false);
        if (!sn_shape_find(shape, sn_shape_variants(shape), item->string, &key))
            keep = true; /* cannot be: the tree has been checked */
        if (!keep && key.type == SN_KEY_LIST)
            keep = is_swept(findings, config, &here, true);
        if (!keep && key.type == SN_KEY_OBJECT
            && (cJSON_IsObject(twin) || is_swept(findings, config, &here, true)))
            keep = share(findings, config, &here, key.shape, item, twin);
        if (!keep) {
            cJSON_Delete(cJSON_DetachItemViaPointer(shared, item));
            complete = complete && key.presence != SN_REQUIRED;
        }
        item = next;
    }
    return complete;
}

void sn_points_share(sn_findings *findings, const sn_config *config, cJSON *shared,
                     const cJSON *point)
{
    share(findings, config, NULL, &sn_shape_file, shared, point);
}
