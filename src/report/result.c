/* A cJSON tree and the first thing that went wrong while it grew. */
#include "report/result.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "report/json.h"

enum { MAX_OPEN = 8 };

struct sn_result {
    cJSON *tree;
    cJSON *open[MAX_OPEN]; /* from the tree inwards; items are added to the last */
    size_t depth;          /* of the last */
    sn_status status;
};

sn_result *sn_result_new(void)
{
    sn_result *result = calloc(1, sizeof *result);
    if (result == NULL)
        return NULL;
    result->tree = cJSON_CreateObject();
    if (result->tree == NULL) {
        free(result);
        return NULL;
    }
    result->open[0] = result->tree;
    return result;
}

void sn_result_free(sn_result *result)
{
    if (result == NULL)
        return;
    cJSON_Delete(result->tree);
    free(result);
}

/* Takes item, which is NULL when making it failed. */
static void add(sn_result *result, const char *name, cJSON *item, sn_status failure)
{
    if (result == NULL || result->status != SN_OK) {
        cJSON_Delete(item);
        return;
    }
    cJSON *into = result->open[result->depth];
    if (item == NULL) {
        result->status = failure;
    } else if (!(cJSON_IsArray(into) ? cJSON_AddItemToArray(into, item)
                                     : cJSON_AddItemToObject(into, name, item))) {
        cJSON_Delete(item);
        result->status = SN_ENOMEM;
    }
}

static void open_item(sn_result *result, const char *name, cJSON *item)
{
    add(result, name, item, SN_ENOMEM);
    if (sn_result_status(result) != SN_OK)
        return;
    if (result->depth + 1 == MAX_OPEN)
        result->status = SN_EINVAL;
    else
        result->open[++result->depth] = item;
}

void sn_result_open_object(sn_result *result, const char *name)
{
    open_item(result, name, cJSON_CreateObject());
}

void sn_result_open_list(sn_result *result, const char *name)
{
    open_item(result, name, cJSON_CreateArray());
}

void sn_result_close(sn_result *result)
{
    if (sn_result_status(result) != SN_OK)
        return;
    if (result->depth == 0)
        result->status = SN_EINVAL;
    else
        result->depth--;
}

void sn_result_add_text(sn_result *result, const char *name, const char *text)
{
    add(result, name, cJSON_CreateString(text), SN_ENOMEM);
}

void sn_result_add_number(sn_result *result, const char *name, double value)
{
    add(result, name, cJSON_CreateNumber(value), SN_ENOMEM);
}

void sn_result_add_boolean(sn_result *result, const char *name, int value)
{
    add(result, name, cJSON_CreateBool(value), SN_ENOMEM);
}

void sn_result_add_json(sn_result *result, const char *name, const char *text)
{
    add(result, name, cJSON_Parse(text), SN_EINVAL);
}

void sn_result_add_list(sn_result *result, const char *name, const sn_table *table)
{
    add(result, name, sn_json_table(table), SN_ENOMEM);
}

sn_status sn_result_status(const sn_result *result)
{
    return result != NULL ? result->status : SN_ENOMEM;
}

sn_status sn_result_write(const sn_result *result, sn_folder *folder, sn_error *err)
{
    const sn_status status = sn_result_status(result);
    if (status != SN_OK)
        return sn_fail(err, status, "result.json: %s", sn_status_text(status));
    return sn_folder_write_result(folder, result->tree, err);
}

char *sn_result_text(const sn_result *result)
{
    return sn_result_status(result) == SN_OK ? sn_json_text(result->tree) : NULL;
}
