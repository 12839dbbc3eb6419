/* The table as a JSON Schema (draft 2020-12).
 *
 * A shape becomes an object of its keys and nothing else; one with variants becomes a choice of
 * such objects, told apart by the names each allows. What concerns several keys at once (from < to,
 * a coordinate fixed and on the grid) a schema cannot say, nor what the combinations of a sweep
 * are.
 */
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
static void absorb_members(schema *s, cJSON *object, cJSON *from)
{
    while (from->child != NULL) {
        cJSON *item = cJSON_DetachItemViaPointer(from, from->child);
        char *name = item->string;
        item->string = NULL;
        put(s, object, name, item);
        cJSON_free(name);
    }
}

/* The same, taking the emptied object over. */
static void absorb(schema *s, cJSON *object, cJSON *from)
{
    if (from != NULL)
        absorb_members(s, object, from);
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
    put_number(s, object, key->above ? "exclusiveMinimum" : "minimum", key->lower);
    put_number(s, object, "maximum", key->upper);
}

/* A number in its range, or a string of the spelling of one, whose range a schema cannot see; of an
 * interval, a list of two as well. Each word below binds the values of its type alone. */
static void put_decimal(schema *s, cJSON *object, const sn_key *key, bool interval)
{
    static const char *const types[] = {"number", "string", "array"};
    put(s, object, "type", cJSON_CreateStringArray(types, interval ? 3 : 2));
    put_range(s, object, key);
    put_text(s, object, "pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$");
    put_number(s, object, "maxLength", SN_LONGEST_DECIMAL);
    if (!interval)
        return;
    cJSON *end = cJSON_CreateObject();
    put_decimal(s, end, key, false);
    put(s, object, "items", end);
    put_number(s, object, "minItems", 2);
    put_number(s, object, "maxItems", 2);
}

/* What a sweep may hold: from every pointer below a shape to a list of the values of its key. A key
 * that differs between variants takes the values of each. */
static void put_swept(schema *s, cJSON *pointers, const char *pointer, cJSON *item)
{
    const cJSON *values = sn_json_get(pointers, pointer);
    if (values == NULL) {
        cJSON *list = cJSON_CreateObject();
        put_text(s, list, "$ref", "#/$defs/values");
        put(s, list, "items", item);
        put(s, pointers, pointer, list);
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
        absorb_members(s, first, items);
        any = cJSON_CreateArray();
        append(s, any, first);
        append(s, any, item);
        put(s, items, "anyOf", any);
        return;
    }
    append(s, any, item);
}

static cJSON *key_schema(schema *s, const sn_key *key, const sn_shape *shape, size_t variant);

static void add_pointers(schema *s, const sn_shape *shape, const char *prefix, cJSON *pointers)
{
    static const sn_shape any = {0};
    for (size_t v = 0; v < sn_shape_variants(shape); v++) {
        sn_key key;
        for (size_t i = 0; sn_shape_key(shape, v, i, &key); i++) {
            sn_text text = {0};
            sn_text_addf(&text, "%s/%s", prefix, key.name);
            char *pointer = key.whole_file ? NULL : sn_text_take(&text);
            s->failed = s->failed || (pointer == NULL && !key.whole_file);
            sn_text_free(&text);
            if (pointer == NULL)
                continue;
            key.presence = SN_REQUIRED; /* a value in a sweep has no default */
            put_swept(s, pointers, pointer, key_schema(s, &key, &any, 0));
            if (key.type == SN_KEY_OBJECT)
                add_pointers(s, key.shape, pointer, pointers);
            free(pointer);
        }
    }
}

/* The same for the items of the lists directly in a shape, which have no end. */
static void add_item_pointers(schema *s, const sn_shape *shape, cJSON *patterns)
{
    sn_key key;
    for (size_t i = 0; sn_shape_key(shape, 0, i, &key); i++) {
        if (key.type != SN_KEY_LIST)
            continue;
        cJSON *pointers = cJSON_CreateObject();
        const sn_key item = {.doc = key.doc, .type = SN_KEY_OBJECT, .shape = key.shape};
        put_swept(s, pointers, "", key_schema(s, &item, key.shape, 0));
        add_pointers(s, key.shape, "", pointers);
        while (pointers != NULL && pointers->child != NULL) {
            cJSON *values = cJSON_DetachItemViaPointer(pointers, pointers->child);
            sn_text text = {0};
            sn_text_addf(&text, "^/%s/(0|[1-9][0-9]*)%s$", key.name, values->string);
            char *pattern = sn_text_take(&text);
            if (pattern != NULL)
                put(s, patterns, pattern, values);
            else
                cJSON_Delete(values);
            s->failed = s->failed || pattern == NULL;
            free(pattern);
        }
        cJSON_Delete(pointers);
    }
}

static void put_sweep(schema *s, cJSON *object, const sn_key *key, size_t variant)
{
    cJSON *pointers = cJSON_CreateObject(), *patterns = cJSON_CreateObject();
    if (sn_json_get(s->definitions, "values") == NULL) {
        cJSON *values = cJSON_CreateObject();
        put_text(s, values, "type", "array");
        put_number(s, values, "minItems", 1);
        put_number(s, values, "maxItems", key->upper);
        put(s, values, "uniqueItems", cJSON_CreateTrue());
        put(s, s->definitions, "values", values);
    }
    sn_key row;
    for (size_t i = 0; sn_shape_key(&sn_shape_file, variant, i, &row); i++) {
        const sn_shape one = {.keys = &row, .n_keys = 1};
        add_pointers(s, &one, "", pointers);
        add_item_pointers(s, &one, patterns);
    }
    put_text(s, object, "type", "object");
    put_number(s, object, "maxProperties", SN_MOST_SWEEPS);
    put(s, object, "properties", pointers);
    if (patterns != NULL && patterns->child != NULL)
        put(s, object, "patternProperties", patterns);
    else
        cJSON_Delete(patterns);
    put(s, object, "additionalProperties", cJSON_CreateFalse());
}

static cJSON *names_schema(schema *s, const sn_key *key, const sn_shape *shape, size_t variant)
{
    cJSON *item = cJSON_CreateObject();
    const sn_key one = {.name = "", .doc = "a name", .names = key->names};
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
        put_text(s, object, "type", key->type == SN_KEY_WHOLE ? "integer" : "number");
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
        if (key->lower > 0)
            put_number(s, object, "minItems", key->lower);
        put_number(s, object, "maxItems", key->upper);
        put(s, object, "items", shape_schema(s, key->shape));
        break;
    case SN_KEY_DECIMAL:
    case SN_KEY_INTERVAL:
        put_decimal(s, object, key, key->type == SN_KEY_INTERVAL);
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
             "What selfnorm map, selfnorm simulate and selfnorm verify are to do. Made from the "
             "table of keys that the program itself reads configurations by.");
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
