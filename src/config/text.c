/* Growing text, and JSON trees written as text.
 *
 * cJSON's own printer takes 15 digits where they come within one epsilon of the number, so that
 * 0.1 + 0.2 is printed as 0.3; a resolved configuration must read back equal. It also writes
 * control characters of the C1 set as they are, which a terminal may obey. */
#include "config/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 96, EXCERPT = 64, INDENT = 2 };

static bool reserve(sn_text *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return false;
    }
    const size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return true;
    const size_t capacity = needed + needed / 2 + 64;
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void sn_text_add_bytes(sn_text *text, const char *added, size_t length)
{
    if (!reserve(text, length))
        return;
    memcpy(text->data + text->length, added, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void sn_text_add(sn_text *text, const char *added)
{
    sn_text_add_bytes(text, added, strlen(added));
}

void sn_text_addf(sn_text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    if (length >= 0 && reserve(text, (size_t)length)) {
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    } else {
        text->failed = true;
    }
    va_end(again);
    va_end(args);
}

void sn_text_free(sn_text *text)
{
    free(text->data);
    *text = (sn_text){0};
}

char *sn_text_take(sn_text *text)
{
    sn_text_add(text, "");
    char *data = text->data;
    if (text->failed) {
        free(data);
        data = NULL;
    }
    *text = (sn_text){0};
    return data;
}

void sn_number_write(char text[SN_NUMBER_ROOM], double number)
{
    static const char plain[] = "0123456789+-einfa";
    char digits[64];
    int precision = 15;
    do
        snprintf(digits, sizeof digits, "%.*g", precision, number);
    while (precision++ < 17 && strtod(digits, NULL) != number);
    /* Whatever the locale puts between the digits becomes one point. */
    size_t length = 0;
    for (const char *at = digits; *at != '\0' && length + 1 < SN_NUMBER_ROOM;) {
        if (strchr(plain, *at) != NULL) {
            text[length++] = *at++;
            continue;
        }
        text[length++] = '.';
        at += strcspn(at, plain);
    }
    text[length] = '\0';
}

void sn_text_add_number(sn_text *text, double number)
{
    char digits[SN_NUMBER_ROOM];
    sn_number_write(digits, number);
    sn_text_add(text, digits);
}

void sn_text_add_string(sn_text *text, const char *string)
{
    sn_text_add(text, "\"");
    for (const unsigned char *c = (const unsigned char *)string; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            sn_text_addf(text, "\\%c", *c);
        else if (*c < 0x20 || *c == 0x7f)
            sn_text_addf(text, "\\u%04x", *c);
        else if (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
            sn_text_addf(text, "\\u%04x", *++c);
        else
            sn_text_add_bytes(text, (const char *)c, 1);
    }
    sn_text_add(text, "\"");
}

static void add_scalar(sn_text *text, const cJSON *json)
{
    if (cJSON_IsNumber(json))
        sn_text_add_number(text, json->valuedouble);
    else if (cJSON_IsString(json))
        sn_text_add_string(text, json->valuestring);
    else
        sn_text_add(text, cJSON_IsTrue(json) ? "true" : cJSON_IsFalse(json) ? "false" : "null");
}

static bool is_container(const cJSON *json)
{
    return cJSON_IsObject(json) || cJSON_IsArray(json);
}

/* On one line where indent < 0, which stops early once the text is longer than limit. */
static void add_json(sn_text *text, const cJSON *json, int indent, size_t limit);

static bool fits_on_line(sn_text *text, const cJSON *json, size_t room)
{
    sn_text line = {0};
    add_json(&line, json, -1, room);
    const bool fits = line.length <= room;
    text->failed = text->failed || line.failed;
    sn_text_free(&line);
    return fits;
}

static void add_json(sn_text *text, const cJSON *json, int indent, size_t limit)
{
    if (!is_container(json)) {
        add_scalar(text, json);
        return;
    }
    const bool object = cJSON_IsObject(json);
    if (indent >= 0 && fits_on_line(text, json, (size_t)(LINE_WIDTH - indent)))
        indent = -1;
    sn_text_add(text, object ? "{" : "[");
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        if (text->length > limit || text->failed)
            return;
        if (indent >= 0)
            sn_text_addf(text, "\n%*s", indent + INDENT, "");
        if (object) {
            sn_text_add_string(text, item->string);
            sn_text_add(text, ": ");
        }
        add_json(text, item, indent >= 0 ? indent + INDENT : -1, limit);
        if (item->next != NULL)
            sn_text_add(text, indent >= 0 ? "," : ", ");
    }
    if (indent >= 0)
        sn_text_addf(text, "\n%*s", indent, "");
    sn_text_add(text, object ? "}" : "]");
}

void sn_text_add_json(sn_text *text, const cJSON *json)
{
    add_json(text, json, -1, SIZE_MAX);
}

void sn_text_add_json_lines(sn_text *text, const cJSON *json)
{
    add_json(text, json, 0, SIZE_MAX);
}

void sn_text_add_cut(sn_text *text, const char *string, size_t most)
{
    size_t length = strlen(string);
    const bool cut = length > most;
    if (cut)
        for (length = most; length > 0 && ((unsigned char)string[length] & 0xc0) == 0x80;)
            length--;
    sn_text_add_bytes(text, string, length);
    if (cut)
        sn_text_add(text, "...");
}

void sn_text_add_excerpt(sn_text *text, const cJSON *json)
{
    sn_text line = {0};
    add_json(&line, json, -1, EXCERPT);
    if (line.data != NULL)
        sn_text_add_cut(text, line.data, EXCERPT);
    text->failed = text->failed || line.failed;
    sn_text_free(&line);
}
