/* The table as a JSON Schema (draft 2020-12).
 *
 * A shape becomes an object of its keys and nothing else; one with variants becomes a choice of
 * such objects, told apart by the names each allows. What concerns several keys at once (from < to,
 * a coordinate fixed and on the grid) a schema cannot say, nor what the combinations of a sweep
 * are.
 */
#include <stdlib.h>
#include <string.h>

#include "config/schema.h"

static const sn_shape no_shape = {0};

void sn_schema_put(sn_schema *s, cJSON *object, const char *name, cJSON *item)
{
    if (!sn_json_add(object, name, item))
        s->failed = true;
}

void sn_schema_put_text(sn_schema *s, cJSON *object, const char *name, const char *text)
{
    sn_schema_put(s, object, name, cJSON_CreateString(text));
}

void sn_schema_put_number(sn_schema *s, cJSON *object, const char *name, double number)
{
    sn_schema_put(s, object, name, cJSON_CreateNumber(number));
}

void sn_schema_append(sn_schema *s, cJSON *list, cJSON *item)
{
    if (item != NULL && list != NULL && cJSON_AddItemToArray(list, item))
        return;
    cJSON_Delete(item);
    s->failed = true;
}

void sn_schema_move(sn_schema *s, cJSON *object, cJSON *from)
{
    while (from->child != NULL) {
        cJSON *item = cJSON_DetachItemViaPointer(from, from->child);
        char *name = item->string;
        item->string = NULL;
        sn_schema_put(s, object, name, item);
        cJSON_free(name);
    }
}

/* The same, taking the emptied object over. */
static void absorb(sn_schema *s, cJSON *object, cJSON *from)
{
    if (from != NULL)
        sn_schema_move(s, object, from);
    s->failed = s->failed || from == NULL;
    cJSON_Delete(from);
}

/* The names that a variant allows, and what each means. */
static void put_names(sn_schema *s, cJSON *object, const sn_key *key, const sn_shape *shape,
                      size_t variant)
{
    cJSON *list = cJSON_CreateArray();
    sn_text doc = {0};
    sn_text_add(&doc, key->doc);
    for (size_t i = 0; key->names->name(i) != NULL; i++) {
        const char *name = key->names->name(i);
        if (shape->allows != NULL && !shape->allows(variant, key->name, name))
            continue;
        sn_schema_append(s, list, cJSON_CreateString(name));
        sn_text_addf(&doc, "%s %s: %s", cJSON_GetArraySize(list) > 1 ? ";" : ".", name,
                     key->names->doc(i));
    }
    char *text = sn_text_take(&doc);
    if (text != NULL)
        sn_schema_put_text(s, object, "description", text);
    s->failed = s->failed || text == NULL;
    free(text);
    sn_schema_put(s, object, "enum", list);
}

static void put_range(sn_schema *s, cJSON *object, const sn_key *key)
{
    sn_schema_put_number(s, object, key->above ? "exclusiveMinimum" : "minimum", key->lower);
    sn_schema_put_number(s, object, key->below ? "exclusiveMaximum" : "maximum", key->upper);
}

/* A number in its range, or a string of the spelling of one, whose range a schema cannot see; of an
 * interval, a list of two as well. Each word below binds the values of its type alone. */
static void put_decimal(sn_schema *s, cJSON *object, const sn_key *key, bool interval)
{
    static const char *const types[] = {"number", "string", "array"};
    sn_schema_put(s, object, "type", cJSON_CreateStringArray(types, interval ? 3 : 2));
    put_range(s, object, key);
    sn_schema_put_text(s, object, "pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$");
    sn_schema_put_number(s, object, "maxLength", SN_LONGEST_DECIMAL);
    if (!interval)
        return;
    cJSON *end = cJSON_CreateObject();
    put_decimal(s, end, key, false);
    sn_schema_put(s, object, "items", end);
    sn_schema_put_number(s, object, "minItems", 2);
    sn_schema_put_number(s, object, "maxItems", 2);
}

/* Adds to object what the key's value may be, but for a default. */
static void put_value(sn_schema *s, cJSON *object, const sn_key *key, const sn_shape *shape,
                      size_t variant);

static cJSON *names_schema(sn_schema *s, const sn_key *key, const sn_shape *shape, size_t variant)
{
    cJSON *item = cJSON_CreateObject();
    const sn_key one = {.name = "", .doc = "a name", .names = key->names};
    put_names(s, item, &one, shape, variant);
    return item;
}

static void put_list(sn_schema *s, cJSON *object, const sn_key *key)
{
    cJSON *items = key->item != NULL ? cJSON_CreateObject() : sn_schema_shape(s, key->shape);
    if (key->item != NULL)
        put_value(s, items, key->item, &no_shape, 0);
    sn_schema_put_text(s, object, "type", "array");
    if (key->lower > 0)
        sn_schema_put_number(s, object, "minItems", key->lower);
    sn_schema_put_number(s, object, "maxItems", key->upper);
    sn_schema_put(s, object, "items", items);
}

/* The key's own row and its others, one after the other. */
static void put_choice(sn_schema *s, cJSON *object, const sn_key *key)
{
    cJSON *list = cJSON_CreateArray();
    sn_schema_put_text(s, object, "description", key->doc);
    for (; key != NULL; key = key->other) {
        sn_key one = *key;
        cJSON *value = cJSON_CreateObject();
        one.other = NULL;
        put_value(s, value, &one, &no_shape, 0);
        sn_schema_append(s, list, value);
    }
    sn_schema_put(s, object, "anyOf", list);
}

static void put_value(sn_schema *s, cJSON *object, const sn_key *key, const sn_shape *shape,
                      size_t variant)
{
    if (key->other != NULL) {
        put_choice(s, object, key);
        return;
    }
    if (key->type == SN_KEY_NAME)
        put_names(s, object, key, shape, variant);
    else
        sn_schema_put_text(s, object, "description", key->doc);
    switch (key->type) {
    case SN_KEY_NUMBER:
    case SN_KEY_WHOLE:
        sn_schema_put_text(s, object, "type", key->type == SN_KEY_WHOLE ? "integer" : "number");
        put_range(s, object, key);
        break;
    case SN_KEY_FLAG:
        sn_schema_put_text(s, object, "type", "boolean");
        break;
    case SN_KEY_TEXT:
        sn_schema_put_text(s, object, "type", "string");
        sn_schema_put_number(s, object, "maxLength", key->upper);
        break;
    case SN_KEY_NAME:
        break;
    case SN_KEY_OBJECT:
        absorb(s, object, sn_schema_shape(s, key->shape));
        break;
    case SN_KEY_NAMES:
        sn_schema_put_text(s, object, "type", "array");
        sn_schema_put(s, object, "uniqueItems", cJSON_CreateTrue());
        sn_schema_put(s, object, "items", names_schema(s, key, shape, variant));
        break;
    case SN_KEY_LIST:
        put_list(s, object, key);
        break;
    case SN_KEY_DECIMAL:
    case SN_KEY_INTERVAL:
        put_decimal(s, object, key, key->type == SN_KEY_INTERVAL);
        break;
    case SN_KEY_SWEEP:
        sn_schema_put_sweep(s, object, key, variant);
        break;
    }
}

cJSON *sn_schema_key(sn_schema *s, const sn_key *key, const sn_shape *shape, size_t variant)
{
    cJSON *object = cJSON_CreateObject();
    put_value(s, object, key, shape, variant);
    if (key->presence == SN_DEFAULT_JSON || key->presence == SN_DEFAULT_NUMBER)
        sn_schema_put(s, object, "default", sn_key_default(key));
    return object;
}

static cJSON *variant_schema(sn_schema *s, const sn_shape *shape, size_t variant)
{
    cJSON *object = cJSON_CreateObject(), *properties = cJSON_CreateObject();
    cJSON *required = cJSON_CreateArray();
    sn_key key;
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        sn_schema_put(s, properties, key.name, sn_schema_key(s, &key, shape, variant));
        if (key.presence == SN_REQUIRED)
            sn_schema_append(s, required, cJSON_CreateString(key.name));
    }
    sn_schema_put_text(s, object, "type", "object");
    sn_schema_put(s, object, "properties", properties);
    if (cJSON_GetArraySize(required) > 0)
        sn_schema_put(s, object, "required", required);
    else
        cJSON_Delete(required);
    if (shape->fewest > 0)
        sn_schema_put_number(s, object, "minProperties", (double)shape->fewest);
    if (shape->most > 0)
        sn_schema_put_number(s, object, "maxProperties", (double)shape->most);
    sn_schema_put(s, object, "additionalProperties", cJSON_CreateFalse());
    return object;
}

static cJSON *variants_schema(sn_schema *s, const sn_shape *shape)
{
    if (shape->n_variants == NULL)
        return variant_schema(s, shape, 0);
    cJSON *object = cJSON_CreateObject(), *list = cJSON_CreateArray();
    for (size_t v = 0; v < sn_shape_variants(shape); v++)
        sn_schema_append(s, list, variant_schema(s, shape, v));
    sn_schema_put_text(s, object, "type", "object");
    sn_schema_put(s, object, "oneOf", list);
    return object;
}

cJSON *sn_schema_shape(sn_schema *s, const sn_shape *shape)
{
    if (shape->name == NULL)
        return variants_schema(s, shape);
    if (sn_json_get(s->definitions, shape->name) == NULL)
        sn_schema_put(s, s->definitions, shape->name, variants_schema(s, shape));
    cJSON *reference = cJSON_CreateObject();
    sn_text text = {0};
    sn_text_addf(&text, "#/$defs/%s", shape->name);
    char *target = sn_text_take(&text);
    if (target != NULL)
        sn_schema_put_text(s, reference, "$ref", target);
    s->failed = s->failed || target == NULL;
    free(target);
    return reference;
}

char *sn_config_schema(void)
{
    sn_schema s = {.definitions = cJSON_CreateObject()};
    cJSON *file = cJSON_CreateObject();
    sn_schema_put_text(&s, file, "$schema", "https://json-schema.org/draft/2020-12/schema");
    sn_schema_put_text(&s, file, "title", "selfnorm configuration");
    sn_schema_put_text(
        &s, file, "description",
        "What selfnorm map, selfnorm simulate and selfnorm verify are to do. Made from the "
        "table of keys that the program itself reads configurations by.");
    absorb(&s, file, variants_schema(&s, &sn_shape_file));
    sn_schema_put(&s, file, "$defs", s.definitions);
    sn_text text = {0};
    if (!s.failed)
        sn_text_add_json_lines(&text, file);
    sn_text_add(&text, "\n");
    text.failed = text.failed || s.failed;
    cJSON_Delete(file);
    return sn_text_take(&text);
}
