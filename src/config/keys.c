/* What the table can be asked, and its root: a file is one of its kinds. */
#include "config/common_keys.h"

#include <string.h>

static size_t n_kinds(void)
{
    return SN_CONFIG_KIND_COUNT;
}

static bool kind_key(size_t variant, size_t index, sn_key *key)
{
    static const struct {
        const sn_key *keys;
        const size_t *n;
    } tables[] = {
        [SN_CONFIG_MAP] = {sn_map_keys, &sn_n_map_keys},
        [SN_CONFIG_SIMULATE] = {sn_simulate_keys, &sn_n_simulate_keys},
        [SN_CONFIG_VERIFY] = {sn_verify_keys, &sn_n_verify_keys},
    };
    if (index >= *tables[variant].n)
        return false;
    *key = tables[variant].keys[index];
    return true;
}

static const char *kind_variant(size_t variant)
{
    static const char *const texts[] = {
#define TEXT(id, name, doc) "the kind \"" name "\"",
        SN_CONFIG_KIND_LIST(TEXT)
#undef TEXT
    };
    return texts[variant];
}

static size_t kind_pick(const cJSON *object)
{
    const cJSON *kind = sn_json_get(object, "kind");
    return cJSON_IsString(kind) ? sn_names_find(&sn_kind_names, kind->valuestring)
                                : SN_CONFIG_KIND_COUNT;
}

static bool kind_allows(size_t variant, const char *key, const char *name)
{
    return strcmp(key, "kind") != 0 || sn_names_find(&sn_kind_names, name) == variant;
}

static void complete_file(sn_findings *findings, const sn_path *path, cJSON *file)
{
    const size_t kind = kind_pick(file);
    if (kind == SN_CONFIG_MAP)
        sn_complete_map(findings, path, file);
    if (kind == SN_CONFIG_SIMULATE)
        sn_complete_simulate(findings, path, file);
    if (kind == SN_CONFIG_VERIFY)
        sn_complete_verify(findings, path, file);
}

const sn_shape sn_shape_file = {
    .n_variants = n_kinds,
    .key = kind_key,
    .variant = kind_variant,
    .pick = kind_pick,
    .allows = kind_allows,
    .complete = complete_file,
};

bool sn_key_table_at(const sn_key_table *table, size_t index, sn_key *key)
{
    if (index >= table->n)
        return false;
    *key = table->keys[index];
    return true;
}

size_t sn_shape_variants(const sn_shape *shape)
{
    return shape->n_variants != NULL ? shape->n_variants() : 1;
}

bool sn_shape_key(const sn_shape *shape, size_t variant, size_t index, sn_key *key)
{
    if (shape->key != NULL)
        return shape->key(variant, index, key);
    if (index >= shape->n_keys)
        return false;
    *key = shape->keys[index];
    return true;
}

size_t sn_shape_pick(const sn_shape *shape, const cJSON *object)
{
    return shape->pick != NULL ? shape->pick(object) : 0;
}

bool sn_shape_find(const sn_shape *shape, size_t variant, const char *name, sn_key *key)
{
    const size_t n = sn_shape_variants(shape);
    const size_t first = variant < n ? variant : 0, last = variant < n ? variant + 1 : n;
    for (size_t v = first; v < last; v++)
        for (size_t i = 0; sn_shape_key(shape, v, i, key); i++)
            if (strcmp(key->name, name) == 0)
                return true;
    return false;
}

const char *sn_shape_key_name(const void *context, size_t index)
{
    const sn_keys_of *of = context;
    const size_t n = sn_shape_variants(of->shape);
    const size_t last = of->variant < n ? of->variant + 1 : n;
    for (size_t v = of->variant < n ? of->variant : 0; v < last; v++) {
        sn_key key;
        size_t i = 0;
        while (sn_shape_key(of->shape, v, i, &key))
            if (i++ == index)
                return key.name;
        index -= i;
    }
    return NULL;
}

size_t sn_names_find(const sn_names *names, const char *name)
{
    size_t i = 0;
    while (names->name(i) != NULL && strcmp(names->name(i), name) != 0)
        i++;
    return i;
}

static bool takes(const sn_key *key, const cJSON *value)
{
    switch (key->type) {
    case SN_KEY_NUMBER:
    case SN_KEY_WHOLE:
        return cJSON_IsNumber(value);
    case SN_KEY_FLAG:
        return cJSON_IsBool(value);
    case SN_KEY_TEXT:
    case SN_KEY_NAME:
        return cJSON_IsString(value);
    case SN_KEY_OBJECT:
    case SN_KEY_SWEEP:
        return cJSON_IsObject(value);
    case SN_KEY_NAMES:
    case SN_KEY_LIST:
        return cJSON_IsArray(value);
    case SN_KEY_DECIMAL:
    case SN_KEY_INTERVAL:
        break;
    }
    return cJSON_IsNumber(value) || cJSON_IsString(value)
           || (key->type == SN_KEY_INTERVAL && cJSON_IsArray(value));
}

const sn_key *sn_key_choose(const sn_key *key, const cJSON *value)
{
    while (key != NULL && !takes(key, value))
        key = key->other;
    return key;
}

cJSON *sn_key_default(const sn_key *key)
{
    if (key->presence == SN_DEFAULT_JSON)
        return cJSON_Parse(key->default_json);
    return key->presence == SN_DEFAULT_NUMBER ? cJSON_CreateNumber(key->default_number) : NULL;
}

static void add_range(sn_text *text, const sn_key *key)
{
    sn_text_add(text, key->above ? " above " : " from ");
    sn_text_add_number(text, key->lower);
    sn_text_add(text, key->below ? " to below " : key->above ? ", at most " : " to ");
    sn_text_add_number(text, key->upper);
}

static void add_names(sn_text *text, const sn_names *names)
{
    for (size_t i = 0; names->name(i) != NULL; i++)
        sn_text_addf(text, "%s\"%s\"", i > 0 ? ", " : "", names->name(i));
}

static void add_list(sn_text *text, const sn_key *key)
{
    if (key->lower == key->upper)
        sn_text_addf(text, "a list of %.0f ", key->upper);
    else if (key->lower > 0)
        sn_text_addf(text, "a list of %.0f to %.0f ", key->lower, key->upper);
    else
        sn_text_addf(text, "a list of at most %.0f ", key->upper);
    sn_text_add(text, key->item != NULL ? "values, each " : "objects");
    if (key->item != NULL)
        sn_key_add_allowed(text, key->item);
}

static void add_allowed(sn_text *text, const sn_key *key)
{
    switch (key->type) {
    case SN_KEY_NUMBER:
        sn_text_add(text, "a number");
        add_range(text, key);
        break;
    case SN_KEY_WHOLE:
        sn_text_add(text, "a whole number");
        add_range(text, key);
        break;
    case SN_KEY_FLAG:
        sn_text_add(text, "true or false");
        break;
    case SN_KEY_TEXT:
        sn_text_addf(text, "a text of at most %.0f characters", key->upper);
        break;
    case SN_KEY_NAME:
        sn_text_add(text, "one of ");
        add_names(text, key->names);
        break;
    case SN_KEY_NAMES:
        sn_text_add(text, "a list of different names out of ");
        add_names(text, key->names);
        break;
    case SN_KEY_LIST:
        add_list(text, key);
        break;
    case SN_KEY_OBJECT:
        sn_text_add(text, "an object");
        break;
    case SN_KEY_SWEEP:
        sn_text_add(text, "an object from JSON pointers to lists of values");
        break;
    case SN_KEY_DECIMAL:
    case SN_KEY_INTERVAL:
        sn_text_add(text, "a decimal");
        add_range(text, key);
        if (key->type == SN_KEY_INTERVAL)
            sn_text_add(text, ", or a list [lower, upper] of two");
        break;
    }
}

void sn_key_add_allowed(sn_text *text, const sn_key *key)
{
    add_allowed(text, key);
    for (key = key->other; key != NULL; key = key->other) {
        sn_text_add(text, ", or ");
        add_allowed(text, key);
    }
}
