/* tree.h: JSON trees read and compared. */
#ifndef SELFNORM_CONFIG_TREE_H
#define SELFNORM_CONFIG_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/* A place in a tree while it is walked; each level lives on its caller's stack. The root is NULL.
 */
typedef struct sn_path {
    const struct sn_path *parent;
    const char *name; /* of an object's member, or NULL: */
    size_t index;     /* in a list */
} sn_path;

/* The place as a JSON pointer; nothing for the root. */
void sn_text_add_path(sn_text *text, const sn_path *path);

/* The member of that very name, or NULL; any json. */
cJSON *sn_json_get(const cJSON *json, const char *name);

/* The number of that name, or NaN where there is none. */
double sn_json_number(const cJSON *object, const char *name);

/* Appends to an object; item, which may be NULL, is freed where that fails. */
bool sn_json_add(cJSON *object, const char *name, cJSON *item);

/* The same value: numbers as doubles, members in any order. */
bool sn_json_equal(const cJSON *a, const cJSON *b);

#endif
