/* A printer for cJSON trees. cJSON compares the 15 digits it tries first with a tolerance of one
 * epsilon, so that its numbers need not read back equal; ours do. The text grows in one buffer; a
 * failed allocation is remembered there and asked for once, at the end. */
#include "report/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/text.h"

typedef struct buffer {
    char *text;
    size_t length, capacity;
    bool failed;
} buffer;

static void put_bytes(buffer *out, const char *bytes, size_t length)
{
    if (out->failed)
        return;
    if (length >= out->capacity - out->length) {
        const size_t capacity = 2 * out->capacity + length + 256;
        char *text = realloc(out->text, capacity);
        if (text == NULL) {
            out->failed = true;
            return;
        }
        out->text = text;
        out->capacity = capacity;
    }
    memcpy(out->text + out->length, bytes, length);
    out->length += length;
    out->text[out->length] = '\0';
}

static void put(buffer *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}

static void put_line(buffer *out, size_t depth)
{
    put(out, "\n");
    while (depth-- > 0)
        put(out, "  ");
}

static void put_string(buffer *out, const char *text)
{
    static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    put(out, "\"");
    while (*text != '\0') {
        const size_t length = sn_utf8_length(text);
        const char *name = strchr(named, *text);
        if (length == 0) {
            put(out, SN_REPLACEMENT);
        } else if (name != NULL) {
            put_bytes(out, "\\", 1);
            put_bytes(out, &letters[name - named], 1);
        } else if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            char escape[8];
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text);
            put(out, escape);
        } else {
            put_bytes(out, text, length);
        }
        text += length > 0 ? length : 1;
    }
    put(out, "\"");
}

static void put_number(buffer *out, double value)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(value, text);
    if (isnan(value)) {
        put(out, "null");
    } else if (isinf(value)) {
        put_string(out, text);
    } else {
        put(out, text);
    }
}

static bool is_flat(const cJSON *list)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) if (item->child != NULL) return false;
    return true;
}

static void put_tree(buffer *out, const cJSON *tree, size_t depth);

static void put_list(buffer *out, const cJSON *list, size_t depth)
{
    const bool object = cJSON_IsObject(list), flat = !object && is_flat(list);
    put(out, object ? "{" : "[");
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        if (!flat)
            put_line(out, depth + 1);
        if (object) {
            put_string(out, item->string != NULL ? item->string : "");
            put(out, ": ");
        }
        put_tree(out, item, depth + 1);
        if (item->next != NULL)
            put(out, flat ? ", " : ",");
    }
    if (!flat && list->child != NULL)
        put_line(out, depth);
    put(out, object ? "}" : "]");
}

static void put_tree(buffer *out, const cJSON *tree, size_t depth)
{
    if (cJSON_IsArray(tree) || cJSON_IsObject(tree))
        put_list(out, tree, depth);
    else if (cJSON_IsString(tree))
        put_string(out, tree->valuestring != NULL ? tree->valuestring : "");
    else if (cJSON_IsNumber(tree))
        put_number(out, tree->valuedouble);
    else if (cJSON_IsRaw(tree))
        put(out, tree->valuestring != NULL ? tree->valuestring : "null");
    else
        put(out, cJSON_IsTrue(tree) ? "true" : cJSON_IsFalse(tree) ? "false" : "null");
}

char *sn_json_text(const cJSON *tree)
{
    buffer out = {0};
    put_tree(&out, tree, 0);
    put(&out, "\n");
    if (!out.failed)
        return out.text;
    free(out.text);
    return NULL;
}

cJSON *sn_json_whole(uint64_t value)
{
    char text[SN_NUMBER_SIZE];
    snprintf(text, sizeof text, "%" PRIu64, value);
    return cJSON_CreateRaw(text);
}

static cJSON *json_cell(const sn_table *table, size_t row, size_t column)
{
    const sn_column_kind kind = sn_table_column(table, column)->kind;
    if (kind == SN_TEXT)
        return cJSON_CreateString(sn_table_text(table, row, column));
    const double value = sn_table_real(table, row, column);
    if (kind == SN_BOOLEAN && !isnan(value))
        return cJSON_CreateBool(value != 0);
    return cJSON_CreateNumber(value);
}

cJSON *sn_json_table(const sn_table *table)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; list != NULL && i < sn_table_rows(table); i++) {
        cJSON *row = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(list, row)) {
            cJSON_Delete(row);
            goto fail;
        }
        for (size_t j = 0; j < sn_table_columns(table); j++) {
            cJSON *cell = json_cell(table, i, j);
            if (!cJSON_AddItemToObject(row, sn_table_column(table, j)->name, cell)) {
                cJSON_Delete(cell);
                goto fail;
            }
        }
    }
    return list;
fail:
    cJSON_Delete(list);
    return NULL;
}
