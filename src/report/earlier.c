/* The result.json of a folder, looked into for two members. */
#include "report/earlier.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/file.h"

enum { MOST = 1 << 28 }; /* bytes of a result.json */

static void look(const cJSON *result, sn_earlier *out)
{
    if (!cJSON_IsString(cJSON_GetObjectItemCaseSensitive(result, "selfnorm")))
        return;
    const cJSON *run = cJSON_GetObjectItemCaseSensitive(result, "run");
    out->partial = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(result, "partial"));
    if (cJSON_IsString(run))
        snprintf(out->run, sizeof out->run, "%s", run->valuestring);
}

sn_status sn_earlier_read(const char *path, sn_earlier *out, sn_error *err)
{
    struct stat info;
    *out = (sn_earlier){.there = lstat(path, &info) == 0};
    if (!out->there || !S_ISDIR(info.st_mode))
        return SN_OK;
    const size_t size = strlen(path) + sizeof "/result.json";
    char *file = malloc(size), *text = NULL;
    size_t length;
    if (file == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    snprintf(file, size, "%s/result.json", path);
    if (lstat(file, &info) == 0 && S_ISREG(info.st_mode)
        && sn_file_read(file, MOST, &text, &length, NULL) == SN_OK) {
        cJSON *result = cJSON_ParseWithLength(text, length);
        look(result, out);
        cJSON_Delete(result);
    }
    free(text);
    free(file);
    return SN_OK;
}
