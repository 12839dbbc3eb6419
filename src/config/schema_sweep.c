/* The part of the schema that says what may be swept over: every pointer to a key, those into lists
 * as patterns. */
#include <stdlib.h>
#include <string.h>

#include "config/grid_keys.h"
#include "config/range.h"
#include "config/schema.h"

static const sn_shape no_shape = {0};

/* What a sweep may hold: from every pointer below a shape to a list of the values of its key, of
 * numbers to a range of them too. A key that differs between variants takes the values of each. */
static void put_swept(sn_schema *s, cJSON *pointers, const char *pointer, cJSON *item, bool range)
{
    const cJSON *values = sn_json_get(pointers, pointer);
    if (values == NULL) {
        cJSON *list = cJSON_CreateObject();
        sn_schema_put_text(s, list, "$ref", range ? "#/$defs/values_or_range" : "#/$defs/values");
        sn_schema_put(s, list, "items", item);
        sn_schema_put(s, pointers, pointer, list);
        return;
    }
    cJSON *items = sn_json_get(values, "items"), *any = sn_json_get(items, "anyOf");
    s->failed = s->failed || items == NULL || item == NULL;
    bool known = s->failed || sn_json_equal(items, item);
    for (const cJSON *other = any != NULL ? any->child : NULL; other != NULL; other = other->next)
        known = known || sn_json_equal(other, item);
    if (known) {
        cJSON_Delete(item);
        return;
    }
    if (any == NULL) {
        cJSON *first = cJSON_CreateObject();
        sn_schema_move(s, first, items);
        any = cJSON_CreateArray();
        sn_schema_append(s, any, first);
        sn_schema_append(s, any, item);
        sn_schema_put(s, items, "anyOf", any);
        return;
    }
    sn_schema_append(s, any, item);
}

/* A place below the file as a pointer, or, where it is in a list, as a pattern of pointers. */
static void put_swept_key(sn_schema *s, cJSON *pointers, cJSON *patterns, const char *pointer,
                          const sn_key *key)
{
    sn_key value = *key;
    value.presence = SN_REQUIRED; /* a value in a sweep has no default */
    cJSON *item = sn_schema_key(s, &value, &no_shape, 0);
    if (strchr(pointer, '(') == NULL) {
        put_swept(s, pointers, pointer, item, sn_range_fits(key));
        return;
    }
    sn_text text = {0};
    sn_text_addf(&text, "^%s$", pointer);
    char *pattern = sn_text_take(&text);
    s->failed = s->failed || pattern == NULL;
    if (pattern != NULL)
        put_swept(s, patterns, pattern, item, sn_range_fits(key));
    else
        cJSON_Delete(item);
    free(pattern);
}

static void add_pointers(sn_schema *s, const sn_shape *shape, const char *prefix, cJSON *pointers,
                         cJSON *patterns);

/* The key at a pointer, and all below it. */
static void add_pointer(sn_schema *s, const sn_key *key, const char *pointer, cJSON *pointers,
                        cJSON *patterns)
{
    put_swept_key(s, pointers, patterns, pointer, key);
    for (; key != NULL; key = key->other) {
        if (key->type == SN_KEY_OBJECT)
            add_pointers(s, key->shape, pointer, pointers, patterns);
        if (key->type != SN_KEY_LIST)
            continue;
        const sn_key object = {.doc = key->doc, .type = SN_KEY_OBJECT, .shape = key->shape};
        sn_text text = {0};
        sn_text_addf(&text, "%s/(0|[1-9][0-9]*)", pointer);
        char *item = sn_text_take(&text);
        s->failed = s->failed || item == NULL;
        if (item != NULL)
            add_pointer(s, key->item != NULL ? key->item : &object, item, pointers, patterns);
        free(item);
    }
}

static void add_pointers(sn_schema *s, const sn_shape *shape, const char *prefix, cJSON *pointers,
                         cJSON *patterns)
{
    for (size_t v = 0; v < sn_shape_variants(shape); v++) {
        sn_key key;
        for (size_t i = 0; sn_shape_key(shape, v, i, &key); i++) {
            sn_text text = {0};
            sn_text_addf(&text, "%s/%s", prefix, key.name);
            char *pointer = sn_text_take(&text);
            s->failed = s->failed || pointer == NULL;
            if (pointer != NULL && !key.whole_file)
                add_pointer(s, &key, pointer, pointers, patterns);
            free(pointer);
        }
    }
}

/* The definitions of what a sweep gives to a pointer. */
static void define_values(sn_schema *s, const sn_key *key)
{
    if (sn_json_get(s->definitions, "values") != NULL)
        return;
    cJSON *values = cJSON_CreateObject(), *either = cJSON_CreateObject();
    cJSON *list = cJSON_CreateArray(), *reference = cJSON_CreateObject();
    sn_schema_put_text(s, values, "type", "array");
    sn_schema_put_number(s, values, "minItems", 1);
    sn_schema_put_number(s, values, "maxItems", key->upper);
    sn_schema_put(s, values, "uniqueItems", cJSON_CreateTrue());
    sn_schema_put(s, s->definitions, "values", values);
    sn_schema_put_text(s, reference, "$ref", "#/$defs/values");
    sn_schema_append(s, list, reference);
    sn_schema_append(s, list, sn_schema_shape(s, &sn_shape_swept));
    sn_schema_put(s, either, "anyOf", list);
    sn_schema_put(s, s->definitions, "values_or_range", either);
}

void sn_schema_put_sweep(sn_schema *s, cJSON *object, const sn_key *key, size_t variant)
{
    cJSON *pointers = cJSON_CreateObject(), *patterns = cJSON_CreateObject();
    define_values(s, key);
    sn_key row;
    for (size_t i = 0; sn_shape_key(&sn_shape_file, variant, i, &row); i++) {
        const sn_shape one = {.keys = &row, .n_keys = 1};
        add_pointers(s, &one, "", pointers, patterns);
    }
    sn_schema_put_text(s, object, "type", "object");
    sn_schema_put_number(s, object, "maxProperties", SN_MOST_SWEEPS);
    sn_schema_put(s, object, "properties", pointers);
    if (patterns != NULL && patterns->child != NULL)
        sn_schema_put(s, object, "patternProperties", patterns);
    else
        cJSON_Delete(patterns);
    sn_schema_put(s, object, "additionalProperties", cJSON_CreateFalse());
}
