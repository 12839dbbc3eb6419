/* Numbers of JSON as decimals.
 *
 * cJSON makes a double of each number and forgets how it was written. A double is written with
 * %.15g, %.16g or %.17g, and for most numbers in a file that is the decimal that stood there. Where
 * it is not, the literal is kept in the number's valuestring, which cJSON leaves empty, copies and
 * frees with the rest; so a decimal that would silently become another one can be refused.
 *
 * Numbers stand in the tree in the order of the text, and in a text that is JSON what starts with a
 * digit or a minus, outside of strings, is a number. */
#include "config/literals.h"

#include <math.h>
#include <string.h>

#include "config/text.h"

enum { ALWAYS_KEPT = 15 }; /* characters without an exponent: as many digits at most */

typedef struct scanner {
    const char *at, *end;
} scanner;

static void skip_string(scanner *s)
{
    for (s->at++; s->at < s->end && *s->at != '"'; s->at++)
        s->at += *s->at == '\\';
    s->at++;
}

/* The next number of the text, of that length; NULL past the last. */
static const char *next_number(scanner *s, size_t *length)
{
    while (s->at < s->end) {
        if (*s->at == '"') {
            skip_string(s);
            continue;
        }
        const char *from = s->at;
        if (*from != '-' && (*from < '0' || *from > '9')) {
            s->at++;
            continue;
        }
        while (s->at < s->end && *s->at != '\0' && strchr("0123456789+-.eE", *s->at) != NULL)
            s->at++;
        *length = (size_t)(s->at - from);
        return from;
    }
    return NULL;
}

static bool is_kept(const char *literal, size_t length, double number)
{
    sn_decimal written, meant;
    if (!isfinite(number) || (length <= ALWAYS_KEPT && strpbrk(literal, "eE") == NULL)
        || !sn_decimal_read(&written, literal))
        return true;
    sn_decimal_from_double(&meant, number);
    return sn_decimal_compare(&written, &meant) == 0;
}

/* False when memory is out. */
static bool note_literals(scanner *s, cJSON *json)
{
    size_t length = 0;
    const char *from = cJSON_IsNumber(json) ? next_number(s, &length) : NULL;
    char literal[SN_DECIMAL_DIGITS] = "";
    if (from != NULL && length < sizeof literal) {
        memcpy(literal, from, length);
        if (!is_kept(literal, length, json->valuedouble)) {
            json->valuestring = cJSON_malloc(length + 1);
            if (json->valuestring == NULL)
                return false;
            memcpy(json->valuestring, literal, length + 1);
        }
    }
    for (cJSON *item = json->child; item != NULL; item = item->next)
        if (!note_literals(s, item))
            return false;
    return true;
}

cJSON *sn_json_parse(const char *text, size_t length)
{
    cJSON *json = cJSON_ParseWithLength(text, length);
    if (json != NULL && !note_literals(&(scanner){text, text + length}, json)) {
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}

const char *sn_json_literal(const cJSON *json)
{
    return cJSON_IsNumber(json) ? json->valuestring : NULL;
}

bool sn_json_decimal(const cJSON *json, sn_decimal *out)
{
    if (cJSON_IsString(json))
        return sn_decimal_read(out, json->valuestring);
    if (!cJSON_IsNumber(json) || !isfinite(json->valuedouble) || sn_json_literal(json) != NULL)
        return false;
    sn_decimal_from_double(out, json->valuedouble);
    return true;
}

char *sn_json_decimal_text(const cJSON *json, sn_memory *memory)
{
    char number[SN_NUMBER_ROOM];
    if (cJSON_IsString(json))
        return sn_memory_text(memory, json->valuestring);
    sn_number_write(number, json->valuedouble);
    return sn_memory_text(memory, number);
}
