/* JSON pointers, followed through the table and the tree at once. */
#include "config/pointer.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

/* A walk down a pointer: where the table is, one segment at a time. */
typedef struct walk {
    const char *rest;
    char segment[64];
    sn_key key;    /* of the last segment; at the root, of the file */
    sn_keys_of at; /* the keys that the next segment is one of; none: shape is NULL */
} walk;

static walk walk_from_root(sn_config_kind kind, const char *pointer)
{
    return (walk){
        .rest = pointer,
        .key = {.type = SN_KEY_OBJECT, .shape = &sn_shape_file},
        .at = {&sn_shape_file, (size_t)kind},
    };
}

/* The next segment, unescaped; false at the end, or where it is none. */
static bool take_segment(walk *w)
{
    const char *c = w->rest;
    size_t length = 0;
    if (*c != '/')
        return false;
    for (c++; *c != '\0' && *c != '/'; c++) {
        if (length + 1 >= sizeof w->segment || (*c == '~' && c[1] != '0' && c[1] != '1'))
            return false;
        w->segment[length++] = *c != '~' ? *c : *++c == '0' ? '~' : '/';
    }
    w->segment[length] = '\0';
    w->rest = c;
    return true;
}

/* A segment as an index in the one spelling that RFC 6901 allows; -1: it is none. */
static int index_of(const char *segment)
{
    const size_t digits = strspn(segment, "0123456789");
    if (digits == 0 || digits > 9 || segment[digits] != '\0' || (*segment == '0' && digits > 1))
        return -1;
    return (int)strtol(segment, NULL, 10);
}

/* The row of a key that is of that type, or one of its others; or NULL. */
static const sn_key *of_type(const sn_key *key, sn_key_type type)
{
    while (key != NULL && key->type != type)
        key = key->other;
    return key;
}

static void step_into(walk *w, const sn_key *key)
{
    const sn_key *object = of_type(key, SN_KEY_OBJECT);
    const sn_shape *shape = object != NULL ? object->shape : NULL;
    w->key = *key;
    w->at = (sn_keys_of){shape, shape != NULL ? sn_shape_variants(shape) : 0};
}

/* Looks the segment up; false where there is no such key. Whether a list has an item of that
 * index, the table does not know. */
static bool enter(walk *w)
{
    const sn_key *list = of_type(&w->key, SN_KEY_LIST);
    sn_key next;
    if (list != NULL && index_of(w->segment) >= 0) {
        next = list->item != NULL
                   ? *list->item
                   : (sn_key){.name = list->name, .doc = list->doc, .shape = list->shape};
        if (list->item == NULL)
            next.type = SN_KEY_OBJECT;
        next.presence = SN_REQUIRED;
        next.column = SN_COLUMN_BOTH;
    } else if (w->at.shape == NULL
               || !sn_shape_find(w->at.shape, w->at.variant, w->segment, &next)) {
        return false;
    }
    step_into(w, &next);
    return true;
}

bool sn_pointer_within(const char *inner, const char *outer)
{
    const size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '\0' || inner[length] == '/');
}

bool sn_pointer_key(sn_findings *findings, const char *where, sn_config_kind kind,
                    const char *pointer, sn_key *key)
{
    walk w = walk_from_root(kind, pointer);
    bool found = false;
    while (*w.rest != '\0') {
        const sn_keys_of known = w.at;
        found = take_segment(&w) && (known.shape != NULL || of_type(&w.key, SN_KEY_LIST) != NULL);
        if (!found)
            break;
        if (!enter(&w)) {
            sn_text text = {0};
            if (known.shape == NULL) {
                found = false;
                break;
            }
            sn_text_add(&text, "the pointer names no key: ");
            sn_text_add_string(&text, w.segment);
            sn_text_addf(&text, " is unknown, the nearest known one is \"%s\"",
                         sn_nearest(w.segment, sn_shape_key_name, &known));
            sn_complain_text_at(findings, where, &text);
            return false;
        }
    }
    if (!found)
        sn_complain_at(findings, where,
                       "the pointer names no key; a key is named like \"/network/width\"");
    *key = w.key;
    return found;
}

static cJSON *list_item(const cJSON *list, const char *segment)
{
    const int index = index_of(segment);
    return index >= 0 ? cJSON_GetArrayItem(list, index) : NULL;
}

/* Puts item, taken over, in the place of old, or anew where that is NULL. cJSON's own replacement
 * in an object does not notice when memory is out. */
static bool put(cJSON *parent, const char *name, cJSON *old, cJSON *item)
{
    if (item != NULL && cJSON_IsArray(parent))
        return cJSON_ReplaceItemViaPointer(parent, old, item);
    if (old != NULL)
        cJSON_Delete(cJSON_DetachItemViaPointer(parent, old));
    return sn_json_add(parent, name, item);
}

void sn_pointer_set(sn_findings *findings, sn_config_kind kind, cJSON *file, const char *pointer,
                    const cJSON *value)
{
    walk w = walk_from_root(kind, pointer);
    cJSON *at = file;
    while (take_segment(&w) && enter(&w)) {
        cJSON *below = cJSON_IsArray(at) ? list_item(at, w.segment) : sn_json_get(at, w.segment);
        if (below == NULL && !cJSON_IsObject(at)) {
            sn_complain_at(findings, pointer, "the file has nothing here to set");
            return;
        }
        const bool last = *w.rest == '\0';
        if (last || below == NULL) {
            cJSON *item = last                                ? cJSON_Duplicate(value, true)
                          : w.key.presence == SN_DEFAULT_JSON ? sn_key_default(&w.key)
                                                              : cJSON_CreateObject();
            if (!put(at, w.segment, below, item)) {
                findings->no_memory = true;
                return;
            }
            below = item;
        }
        at = below;
    }
}
