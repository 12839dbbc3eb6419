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

static bool share(sn_findings *findings, const sn_config *config, const sn_path *path,
                  const sn_shape *shape, cJSON *shared, const cJSON *other);

/* The items of two lists of objects, equally many, but for those that are swept over. */
static void share_items(sn_findings *findings, const sn_config *config, const sn_path *path,
                        const sn_shape *shape, cJSON *shared, const cJSON *other)
{
    size_t i = 0;
    const cJSON *twin = other->child;
    for (cJSON *item = shared->child; item != NULL; item = item->next, twin = twin->next) {
        const sn_path here = {.parent = path, .index = i++};
        if (!is_swept(findings, config, &here, false))
            share(findings, config, &here, shape, item, twin);
    }
}

/* What is left of a value that differs, is not itself swept over but something in it may be; false:
 * nothing. */
static bool share_inside(sn_findings *findings, const sn_config *config, const sn_path *path,
                         const sn_key *key, cJSON *shared, const cJSON *other)
{
    const sn_key *own = sn_key_choose(key, shared);
    const bool swept = is_swept(findings, config, path, true);
    if (own != NULL && own->type == SN_KEY_OBJECT && (cJSON_IsObject(other) || swept))
        return share(findings, config, path, own->shape, shared, other);
    if (own == NULL || own->type != SN_KEY_LIST || !swept)
        return false;
    if (own->item == NULL && cJSON_IsArray(other)
        && cJSON_GetArraySize(other) == cJSON_GetArraySize(shared))
        share_items(findings, config, path, own->shape, shared, other);
    return true;
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
        if (!keep)
            keep = share_inside(findings, config, &here, &key, item, twin);
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
