/* The table as a JSON Schema (draft 2020-12).
 *
 * A shape becomes an object of its keys and nothing else; one with variants becomes a choice of
 * such objects, told apart by the names each allows. What concerns several keys at once (from < to,
 * a coordinate fixed and on the grid) a schema cannot say, and neither can it follow a sweep. */
#include <stdlib.h>
#include <string.h>

#include "config/keys.h"

/* Trees are made by functions that give NULL when memory is out and take over what they are given;
 * once one has failed, all that it becomes part of has. */
typedef struct schema {
    cJSON *definitions;
    bool failed;
} schema;

static void put(schema *s, cJSON *object, const char *name, cJSON *item)
{
    if (!sn_json_add(object, name, item))
        s->failed = true;
}

static void put_text(schema *s, cJSON *object, const char *name, const char *text)
{
    put(s, object, name, cJSON_CreateString(text));
}

static void put_number(schema *s, cJSON *object, const char *name, double number)
{
    put(s, object, name, cJSON_CreateNumber(number));
}

static void append(schema *s, cJSON *list, cJSON *item)
{
    if (item != NULL && list != NULL && cJSON_AddItemToArray(list, item))
        return;
    cJSON_Delete(item);
    s->failed = true;
}

/* Moves all members of one object to the end of another. */
static void absorb(schema *s, cJSON *object, cJSON *from)
{
    while (from != NULL && from->child != NULL) {
        cJSON *item = cJSON_DetachItemViaPointer(from, from->child);
        char *name = item->string;
        item->string = NULL;
        put(s, object, name, item);
        cJSON_free(name);
    }
    s->failed = s->failed || from == NULL;
    cJSON_Delete(from);
}

static cJSON *shape_schema(schema *s, const sn_shape *shape);

/* The names that a variant allows, and what each means. */
static void put_names(schema *s, cJSON *object, const sn_key *key, const sn_shape *shape,
                      size_t variant)
{
    cJSON *list = cJSON_CreateArray();
    sn_text doc = {0};
    sn_text_add(&doc, key->doc);
    for (size_t i = 0; key->names->name(i) != NULL; i++) {
        const char *name = key->names->name(i);
        if (shape->allows != NULL && !shape->allows(variant, key->name, name))
            continue;
        append(s, list, cJSON_CreateString(name));
        sn_text_addf(&doc, "%s %s: %s", cJSON_GetArraySize(list) > 1 ? ";" : ".", name,
                     key->names->doc(i));
    }
    char *text = sn_text_take(&doc);
    if (text != NULL)
        put_text(s, object, "description", text);
    s->failed = s->failed || text == NULL;
    free(text);
    put(s, object, "enum", list);
}

static void put_range(schema *s, cJSON *object, const sn_key *key)
{
    put_text(s, object, "type", key->type == SN_KEY_WHOLE ? "integer" : "number");
    put_number(s, object, key->above ? "exclusiveMinimum" : "minimum", key->lower);
    put_number(s, object, "maximum", key->upper);
}

/* The pointers to all keys below a shape that a sweep may run over. */
static void add_pointers(schema *s, const sn_shape *shape, const char *prefix, cJSON *list)
{
    for (size_t v = 0; v < sn_shape_variants(shape); v++) {
        sn_key key;
        for (size_t i = 0; sn_shape_key(shape, v, i, &key); i++) {
            if (key.whole_file)
                continue;
            sn_text text = {0};
            sn_text_addf(&text, "%s/%s", prefix, key.name);
            char *pointer = sn_text_take(&text);
            if (pointer == NULL) {
                s->failed = true;
                return;
            }
            bool known = false;
            for (const cJSON *item = list->child; item != NULL; item = item->next)
                known = known || strcmp(item->valuestring, pointer) == 0;
            if (!known)
                append(s, list, cJSON_CreateString(pointer));
            if (key.type == SN_KEY_OBJECT)
                add_pointers(s, key.shape, pointer, list);
            free(pointer);
        }
    }
}

/* A pattern for the pointers into the lists directly in a shape, which have no end. */
static char *list_pattern(const sn_shape *shape, size_t variant)
{
    sn_text text = {0};
    sn_key key;
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        if (key.type != SN_KEY_LIST)
            continue;
        sn_text_addf(&text, "%s^/%s/(0|[1-9][0-9]*)(", text.length > 0 ? "|" : "", key.name);
        sn_key item;
        for (size_t j = 0; sn_shape_key(key.shape, 0, j, &item); j++)
            sn_text_addf(&text, "/%s|", item.name);
        sn_text_add(&text, ")$");
    }
    return sn_text_take(&text);
}

static void put_sweep(schema *s, cJSON *object, const sn_key *key, size_t variant)
{
    cJSON *known = cJSON_CreateObject(), *names = cJSON_CreateArray(), *any = cJSON_CreateArray();
    cJSON *pointers = cJSON_CreateObject(), *values = cJSON_CreateObject();
    if (names != NULL) {
        sn_key row;
        for (size_t i = 0; sn_shape_key(&sn_shape_file, variant, i, &row); i++) {
            sn_shape one = {.keys = &row, .n_keys = 1};
            add_pointers(s, &one, "", names);
        }
    }
    put(s, known, "enum", names);
    append(s, any, known);
    char *pattern = list_pattern(&sn_shape_file, variant);
    if (pattern != NULL && *pattern != '\0') {
        cJSON *item = cJSON_CreateObject();
        put_text(s, item, "pattern", pattern);
        append(s, any, item);
    }
    s->failed = s->failed || pattern == NULL;
    free(pattern);
    put(s, pointers, "anyOf", any);
    put_text(s, values, "type", "array");
    put_number(s, values, "minItems", 1);
    put_number(s, values, "maxItems", key->upper);
    put(s, values, "uniqueItems", cJSON_CreateTrue());
    put_text(s, object, "type", "object");
    put_number(s, object, "maxProperties", SN_MOST_SWEEPS);
    put(s, object, "propertyNames", pointers);
    put(s, object, "additionalProperties", values);
}

static cJSON *names_schema(schema *s, const sn_key *key, const sn_shape *shape, size_t variant)
{
    cJSON *item = cJSON_CreateObject();
    const sn_key one = {.name = "", .doc = "A name", .names = key->names};
    put_names(s, item, &one, shape, variant);
    return item;
}

static cJSON *key_schema(schema *s, const sn_key *key, const sn_shape *shape, size_t variant)
{
    cJSON *object = cJSON_CreateObject();
    if (key->type == SN_KEY_NAME)
        put_names(s, object, key, shape, variant);
    else
        put_text(s, object, "description", key->doc);
    switch (key->type) {
    case SN_KEY_NUMBER:
    case SN_KEY_WHOLE:
        put_range(s, object, key);
        break;
    case SN_KEY_FLAG:
        put_text(s, object, "type", "boolean");
        break;
    case SN_KEY_TEXT:
        put_text(s, object, "type", "string");
        put_number(s, object, "maxLength", key->upper);
        break;
    case SN_KEY_NAME:
        break;
    case SN_KEY_OBJECT:
        absorb(s, object, shape_schema(s, key->shape));
        break;
    case SN_KEY_NAMES:
        put_text(s, object, "type", "array");
        put(s, object, "uniqueItems", cJSON_CreateTrue());
        put(s, object, "items", names_schema(s, key, shape, variant));
        break;
    case SN_KEY_LIST:
        put_text(s, object, "type", "array");
        put_number(s, object, "maxItems", key->upper);
        put(s, object, "items", shape_schema(s, key->shape));
        break;
    case SN_KEY_SWEEP:
        put_sweep(s, object, key, variant);
        break;
    }
    if (key->presence == SN_DEFAULT_JSON || key->presence == SN_DEFAULT_NUMBER)
        put(s, object, "default", sn_key_default(key));
    return object;
}

static cJSON *variant_schema(schema *s, const sn_shape *shape, size_t variant)
{
    cJSON *object = cJSON_CreateObject(), *properties = cJSON_CreateObject();
    cJSON *required = cJSON_CreateArray();
    sn_key key;
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        put(s, properties, key.name, key_schema(s, &key, shape, variant));
        if (key.presence == SN_REQUIRED)
            append(s, required, cJSON_CreateString(key.name));
    }
    put_text(s, object, "type", "object");
    put(s, object, "properties", properties);
    if (cJSON_GetArraySize(required) > 0)
        put(s, object, "required", required);
    else
        cJSON_Delete(required);
    if (shape->fewest > 0)
        put_number(s, object, "minProperties", (double)shape->fewest);
    if (shape->most > 0)
        put_number(s, object, "maxProperties", (double)shape->most);
    put(s, object, "additionalProperties", cJSON_CreateFalse());
    return object;
}

static cJSON *variants_schema(schema *s, const sn_shape *shape)
{
    if (shape->n_variants == NULL)
        return variant_schema(s, shape, 0);
    cJSON *object = cJSON_CreateObject(), *list = cJSON_CreateArray();
    for (size_t v = 0; v < sn_shape_variants(shape); v++)
        append(s, list, variant_schema(s, shape, v));
    put_text(s, object, "type", "object");
    put(s, object, "oneOf", list);
    return object;
}

/* A shape with a name is defined once and referred to. */
static cJSON *shape_schema(schema *s, const sn_shape *shape)
{
    if (shape->name == NULL)
        return variants_schema(s, shape);
    if (sn_json_get(s->definitions, shape->name) == NULL)
        put(s, s->definitions, shape->name, variants_schema(s, shape));
    cJSON *reference = cJSON_CreateObject();
    sn_text text = {0};
    sn_text_addf(&text, "#/$defs/%s", shape->name);
    char *target = sn_text_take(&text);
    if (target != NULL)
        put_text(s, reference, "$ref", target);
    s->failed = s->failed || target == NULL;
    free(target);
    return reference;
}

char *sn_config_schema(void)
{
    schema s = {.definitions = cJSON_CreateObject()};
    cJSON *file = cJSON_CreateObject();
    put_text(&s, file, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_text(&s, file, "title", "selfnorm configuration");
    put_text(&s, file, "description",
             "What selfnorm map and selfnorm simulate are to do. Made from the table of keys that "
             "the program itself reads configurations by.");
    absorb(&s, file, variants_schema(&s, &sn_shape_file));
    put(&s, file, "$defs", s.definitions);
    sn_text text = {0};
    if (!s.failed)
        sn_text_add_json_lines(&text, file);
    sn_text_add(&text, "\n");
    text.failed = text.failed || s.failed;
    cJSON_Delete(file);
    return sn_text_take(&text);
}
