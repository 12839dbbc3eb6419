/* JSON trees read and compared. cJSON's own comparison takes numbers within an
 * epsilon of each other for equal and its lookup may ignore case; neither will do here. */
#include "config/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void sn_text_add_path(sn_text *text, const sn_path *path)
{
    if (path == NULL)
        return;
    sn_text_add_path(text, path->parent);
    sn_text_add(text, "/");
    if (path->name == NULL) {
        sn_text_addf(text, "%zu", path->index);
        return;
    }
    sn_text quoted = {0};
    sn_text_add_string(&quoted, path->name); /* for its escapes of control characters */
    for (size_t i = 1; i + 1 < quoted.length; i++)
        if (quoted.data[i] == '~' || quoted.data[i] == '/')
            sn_text_add(text, quoted.data[i] == '~' ? "~0" : "~1");
        else
            sn_text_add_bytes(text, &quoted.data[i], 1);
    text->failed = text->failed || quoted.failed;
    sn_text_free(&quoted);
}

cJSON *sn_json_get(const cJSON *json, const char *name)
{
    return cJSON_IsObject(json) ? cJSON_GetObjectItemCaseSensitive(json, name) : NULL;
}

double sn_json_number(const cJSON *object, const char *name)
{
    const cJSON *item = sn_json_get(object, name);
    return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

bool sn_json_add(cJSON *object, const char *name, cJSON *item)
{
    if (item != NULL && cJSON_AddItemToObject(object, name, item))
        return true;
    cJSON_Delete(item);
    return false;
}

bool sn_json_equal(const cJSON *a, const cJSON *b)
{
    if ((a->type & 0xff) != (b->type & 0xff))
        return false;
    if (cJSON_IsNumber(a))
        return a->valuedouble == b->valuedouble;
    if (cJSON_IsString(a))
        return strcmp(a->valuestring, b->valuestring) == 0;
    const cJSON *x = a->child, *y = b->child;
    for (; x != NULL && y != NULL; x = x->next, y = y->next) {
        const cJSON *twin = y;
        if (cJSON_IsObject(a) && strcmp(x->string, y->string) != 0)
            twin = sn_json_get(b, x->string);
        if (twin == NULL || !sn_json_equal(x, twin))
            return false;
    }
    return x == NULL && y == NULL;
}
