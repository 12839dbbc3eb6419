/* A tree against the table: every key known and given once, every value of its type and in its
 * range, nothing required missing; and every default filled in, so that a tree without complaints
 * is complete, with its keys in the order of the table. */
#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "config/keys.h"

void sn_complain_value(sn_findings *findings, const sn_path *path, const sn_key *key,
                       const cJSON *value)
{
    sn_text text = {0};
    sn_text_add(&text, "found ");
    sn_text_add_excerpt(&text, value);
    sn_text_add(&text, ", allowed is ");
    sn_key_add_allowed(&text, key);
    sn_complain_text(findings, path, &text);
}

static const char *nth_name(const void *context, size_t index)
{
    const sn_names *names = context;
    return names->name(index);
}

static void check_name(sn_findings *findings, const sn_path *path, const sn_key *key,
                       const cJSON *value)
{
    if (!cJSON_IsString(value)) {
        sn_complain_value(findings, path, key, value);
        return;
    }
    if (key->names->name(sn_names_find(key->names, value->valuestring)) != NULL)
        return;
    const sn_key nearest = {.type = key->type, .names = key->names};
    sn_text text = {0};
    sn_text_add(&text, "found ");
    sn_text_add_excerpt(&text, value);
    sn_text_addf(&text, ", the nearest known name is \"%s\"; allowed is ",
                 sn_nearest(value->valuestring, nth_name, key->names));
    sn_key_add_allowed(&text, &nearest);
    sn_complain_text(findings, path, &text);
}

static size_t count_characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* An infinity has been complained of already, when the text was read. */
static bool number_fits(const sn_key *key, const cJSON *value)
{
    const double x = value->valuedouble;
    if (cJSON_IsNumber(value) && !isfinite(x))
        return true;
    return cJSON_IsNumber(value) && x >= key->lower && x <= key->upper
           && !(key->above && x == key->lower) && !(key->below && x == key->upper)
           && !(key->type == SN_KEY_WHOLE && x != floor(x));
}

static void check_names(sn_findings *findings, const sn_path *path, const sn_key *key,
                        const cJSON *list)
{
    const sn_key one = {.type = SN_KEY_NAME, .names = key->names};
    size_t i = 0;
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        const sn_path here = {.parent = path, .index = i};
        check_name(findings, &here, &one, item);
        for (const cJSON *before = list->child; before != item; before = before->next)
            if (cJSON_IsString(item) && sn_json_equal(before, item)) {
                sn_complain(findings, &here, "\"%s\" is in the list twice", item->valuestring);
                break;
            }
    }
}

static void check_value(sn_findings *findings, const sn_path *path, const sn_key *key,
                        cJSON *value);

/* False: too few or too many. */
static bool check_list(sn_findings *findings, const sn_path *path, const sn_key *key, cJSON *list)
{
    size_t i = 0;
    for (cJSON *item = list->child; item != NULL && i <= key->upper; item = item->next, i++) {
        const sn_path here = {.parent = path, .index = i};
        if (key->item != NULL)
            check_value(findings, &here, key->item, item);
        else if (cJSON_IsObject(item))
            sn_shape_check(findings, &here, key->shape, item);
        else
            sn_complain_value(findings, &here, &(sn_key){.type = SN_KEY_OBJECT}, item);
    }
    return i >= key->lower && i <= key->upper;
}

static void check_value(sn_findings *findings, const sn_path *path, const sn_key *key, cJSON *value)
{
    bool fits = true;
    const sn_key *all = key;
    if (key->other != NULL && (key = sn_key_choose(key, value)) == NULL) {
        sn_complain_value(findings, path, all, value);
        return;
    }
    switch (key->type) {
    case SN_KEY_NUMBER:
    case SN_KEY_WHOLE:
        fits = number_fits(key, value);
        break;
    case SN_KEY_FLAG:
        fits = cJSON_IsBool(value);
        break;
    case SN_KEY_TEXT:
        fits = cJSON_IsString(value) && count_characters(value->valuestring) <= key->upper;
        break;
    case SN_KEY_NAME:
        check_name(findings, path, key, value);
        break;
    case SN_KEY_OBJECT:
        fits = cJSON_IsObject(value);
        if (fits)
            sn_shape_check(findings, path, key->shape, value);
        break;
    case SN_KEY_NAMES:
        fits = cJSON_IsArray(value) && cJSON_GetArraySize(value) <= key->upper;
        if (fits)
            check_names(findings, path, key, value);
        break;
    case SN_KEY_LIST:
        fits = cJSON_IsArray(value) && check_list(findings, path, key, value);
        break;
    case SN_KEY_DECIMAL:
    case SN_KEY_INTERVAL:
        sn_decimal_check(findings, path, key, value);
        break;
    case SN_KEY_SWEEP: /* read by itself, before the rest */
        break;
    }
    if (!fits)
        sn_complain_value(findings, path, all, value);
}

static void complain_unknown(sn_findings *findings, const sn_path *path, const sn_shape *shape,
                             size_t variant)
{
    const sn_keys_of known = {shape, variant};
    sn_key elsewhere;
    sn_text text = {0};
    if (variant < sn_shape_variants(shape)
        && sn_shape_find(shape, sn_shape_variants(shape), path->name, &elsewhere))
        sn_text_addf(&text, "does not go with %s", shape->variant(variant));
    else
        sn_text_addf(&text, "unknown key, the nearest known one is \"%s\"",
                     sn_nearest(path->name, sn_shape_key_name, &known));
    if (variant < sn_shape_variants(shape)) {
        sn_text_add(&text, "; allowed here: ");
        sn_key key;
        for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++)
            sn_text_addf(&text, "%s%s", i > 0 ? ", " : "", key.name);
    }
    sn_complain_text(findings, path, &text);
}

static void complain_missing(sn_findings *findings, const sn_path *path, const sn_key *key)
{
    sn_text text = {0};
    sn_text_addf(&text, "\"%s\" is missing, allowed is ", key->name);
    sn_key_add_allowed(&text, key);
    sn_complain_text(findings, path, &text);
}

/* Checks the key's value in the object, or its default, and leaves it as the object's last. */
static void check_key(sn_findings *findings, const sn_path *path, const sn_key *key, cJSON *object)
{
    const sn_path here = {.parent = path, .name = key->name};
    cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(object, key->name);
    if (value == NULL && key->presence == SN_REQUIRED)
        complain_missing(findings, path, key);
    if (value == NULL && (key->presence == SN_REQUIRED || key->presence == SN_OPTIONAL))
        return;
    if (value == NULL)
        value = sn_key_default(key);
    if (value != NULL)
        check_value(findings, &here, key, value);
    if (!sn_json_add(object, key->name, value))
        findings->no_memory = true;
}

/* An object that does not say which variant it is: what is there is checked by the first variant
 * that knows it, and only what all require is missed. */
static void check_unsettled(sn_findings *findings, const sn_path *path, const sn_shape *shape,
                            cJSON *object)
{
    const size_t any = sn_shape_variants(shape);
    sn_key key;
    for (cJSON *item = object->child; item != NULL; item = item->next) {
        const sn_path here = {.parent = path, .name = item->string};
        if (sn_shape_find(shape, any, item->string, &key))
            check_value(findings, &here, &key, item);
    }
    for (size_t i = 0; sn_shape_key(shape, 0, i, &key); i++) {
        sn_key other;
        size_t v = 0;
        while (v < any && sn_shape_find(shape, v, key.name, &other)
               && other.presence == SN_REQUIRED)
            v++;
        if (v == any && sn_json_get(object, key.name) == NULL)
            complain_missing(findings, path, &key);
    }
}

static void check_count(sn_findings *findings, const sn_path *path, const sn_shape *shape,
                        const cJSON *object)
{
    const size_t n = (size_t)cJSON_GetArraySize(object);
    const size_t most = shape->most > 0 ? shape->most : n;
    if (n >= shape->fewest && n <= most)
        return;
    sn_text known = {0};
    for (size_t i = 0; i < shape->n_keys; i++)
        sn_text_addf(&known, "%s%s", i > 0 ? ", " : "", shape->keys[i].name);
    if (shape->fewest == most)
        sn_complain(findings, path, "found %zu keys, allowed are exactly %zu of %s", n, most,
                    known.data != NULL ? known.data : "");
    else
        sn_complain(findings, path, "found %zu keys, allowed are %zu to %zu of %s", n,
                    shape->fewest, most, known.data != NULL ? known.data : "");
    sn_text_free(&known);
}

void sn_shape_check(sn_findings *findings, const sn_path *path, const sn_shape *shape,
                    cJSON *object)
{
    const size_t variant = sn_shape_pick(shape, object);
    sn_key key;
    for (const cJSON *item = object->child; item != NULL; item = item->next)
        if (!findings->left_out && !sn_shape_find(shape, variant, item->string, &key)) {
            const sn_path here = {.parent = path, .name = item->string};
            complain_unknown(findings, &here, shape, variant);
        }
    check_count(findings, path, shape, object);
    if (variant == sn_shape_variants(shape)) {
        check_unsettled(findings, path, shape, object);
        return;
    }
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++)
        check_key(findings, path, &key, object);
    if (shape->complete == NULL)
        return;
    shape->complete(findings, path, object);
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) { /* what it may have added */
        cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(object, key.name);
        if (value != NULL && !sn_json_add(object, key.name, value))
            findings->no_memory = true;
    }
}
