/* A cJSON tree and the first thing that went wrong while it grew. */
#include "report/result.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "report/json.h"

struct sn_result {
    cJSON *tree;
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
    if (item == NULL) {
        result->status = failure;
    } else if (!cJSON_AddItemToObject(result->tree, name, item)) {
        cJSON_Delete(item);
        result->status = SN_ENOMEM;
    }
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
