/* json [POINTER...]: for the command-line tests. Exit status 1 and a reason unless standard input is
 * JSON by the letter; then prints what stands at each pointer, as in /solutions/0/alpha, and
 * "missing" where nothing does. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/syntax.h"

enum { LARGEST = 1 << 24 };

/* No key of ours holds a '/' or a '~', so nothing in a pointer is escaped. */
static const cJSON *find(const cJSON *at, const char *pointer)
{
    while (at != NULL && *pointer == '/') {
        char key[64];
        const size_t length = strcspn(pointer + 1, "/");
        snprintf(key, sizeof key, "%.*s", (int)length, pointer + 1);
        at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, atoi(key))
                               : cJSON_GetObjectItemCaseSensitive(at, key);
        pointer += 1 + length;
    }
    return at;
}

int main(int argc, char **argv)
{
    char *text = malloc(LARGEST);
    if (text == NULL)
        return 3;
    const size_t length = fread(text, 1, LARGEST, stdin);
    sn_syntax_error wrong;
    if (!sn_json_syntax(text, length, &wrong)) {
        printf("%zu:%zu: %s\n", wrong.line, wrong.column, wrong.message);
        free(text);
        return 1;
    }
    cJSON *tree = cJSON_ParseWithLength(text, length);
    for (int i = 1; i < argc; i++) {
        const cJSON *found = find(tree, argv[i]);
        char *printed = found != NULL ? cJSON_PrintUnformatted(found) : NULL;
        puts(printed != NULL ? printed : "missing");
        cJSON_free(printed);
    }
    cJSON_Delete(tree);
    free(text);
    return 0;
}
