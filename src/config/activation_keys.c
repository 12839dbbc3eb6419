/* The keys of an activation: its name and, by that name, its parameters, all from the registry. */
#include <string.h>

#include "config/keys.h"

/* All names, then the aliases. */
static const char *name_at(size_t index)
{
    if (index < sn_activation_count())
        return sn_activation_at(index)->name;
    index -= sn_activation_count();
    for (size_t i = 0; i < sn_activation_count(); i++)
        if (sn_activation_at(i)->alias != NULL && index-- == 0)
            return sn_activation_at(i)->alias;
    return NULL;
}

static const char *doc_at(size_t index)
{
    const char *name = name_at(index);
    return name != NULL ? sn_activation_find(name)->doc : NULL;
}

static const sn_names names = {name_at, doc_at};

static bool key_at(size_t variant, size_t index, sn_key *key)
{
    static const sn_key name = {
        .name = "name",
        .doc = "which activation",
        .type = SN_KEY_NAME,
        .presence = SN_REQUIRED,
        .names = &names,
        .column = SN_COLUMN_PARENT,
    };
    const sn_activation_type *type = sn_activation_at(variant);
    if (index > type->n_params)
        return false;
    if (index == 0) {
        *key = name;
        return true;
    }
    const sn_param *param = &type->params[index - 1];
    *key = (sn_key){
        .name = param->name,
        .doc = param->doc,
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_NUMBER,
        .default_number = param->initial,
        .lower = param->lower,
        .upper = param->upper,
    };
    return true;
}

static const char *variant_text(size_t variant)
{
    return sn_activation_at(variant)->name;
}

static size_t pick(const cJSON *object)
{
    const cJSON *name = sn_json_get(object, "name");
    const sn_activation_type *type =
        cJSON_IsString(name) ? sn_activation_find(name->valuestring) : NULL;
    size_t i = 0;
    while (i < sn_activation_count() && sn_activation_at(i) != type)
        i++;
    return i;
}

static bool allows(size_t variant, const char *key, const char *name)
{
    return strcmp(key, "name") != 0 || sn_activation_find(name) == sn_activation_at(variant);
}

/* An alias is resolved to the name it stands for. */
static void complete(sn_findings *findings, const sn_path *path, cJSON *object)
{
    (void)path;
    cJSON *name = sn_json_get(object, "name");
    const sn_activation_type *type =
        cJSON_IsString(name) ? sn_activation_find(name->valuestring) : NULL;
    if (type != NULL && strcmp(name->valuestring, type->name) != 0
        && cJSON_SetValuestring(name, type->name) == NULL)
        findings->no_memory = true;
}

const sn_shape sn_shape_activation = {
    .name = "activation",
    .n_variants = sn_activation_count,
    .key = key_at,
    .variant = variant_text,
    .pick = pick,
    .allows = allows,
    .complete = complete,
};
