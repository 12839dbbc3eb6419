/* Keys that take decimals, and intervals of them: what such a value must be, and its way into a
 * struct as text. Whatever is compared here is compared exactly. */
#include <math.h>
#include <string.h>

#include "config/keys.h"
#include "config/literals.h"

bool sn_interval_ends(const cJSON *value, const cJSON **lower, const cJSON **upper)
{
    const bool pair = cJSON_IsArray(value);
    *lower = pair ? cJSON_GetArrayItem(value, 0) : value;
    *upper = pair ? cJSON_GetArrayItem(value, 1) : value;
    return *upper != NULL && (!pair || cJSON_GetArraySize(value) == 2);
}

/* Whether it lies in the key's range. */
static bool is_within(const sn_key *key, const sn_decimal *x)
{
    sn_decimal lower, upper;
    sn_decimal_from_double(&lower, key->lower);
    sn_decimal_from_double(&upper, key->upper);
    const int order = sn_decimal_compare(x, &lower);
    return (key->above ? order > 0 : order >= 0) && sn_decimal_compare(x, &upper) <= 0;
}

/* Whether it is so near 0, but not 0, that nobody can have meant it. */
static bool is_tiny(const sn_decimal *x)
{
    sn_decimal smallest;
    sn_decimal_from_double(&smallest, SN_SMALLEST_DECIMAL);
    const sn_decimal minus = sn_decimal_minus(x);
    return x->sign != 0 && sn_decimal_compare(x->sign < 0 ? &minus : x, &smallest) < 0;
}

static void complain_lost(sn_findings *findings, const sn_path *path, const cJSON *number)
{
    const char *literal = sn_json_literal(number);
    char kept[SN_NUMBER_ROOM];
    sn_number_write(kept, number->valuedouble);
    sn_complain(findings, path,
                "found %s, of which a JSON number keeps %s, allowed is the string \"%s\"", literal,
                kept, literal);
}

/* An infinity has been complained of already, when the text was read. */
static void check_decimal(sn_findings *findings, const sn_path *path, const sn_key *key,
                          const cJSON *value)
{
    sn_decimal x;
    if (cJSON_IsNumber(value) && !isfinite(value->valuedouble))
        return;
    const size_t length = cJSON_IsString(value) ? strlen(value->valuestring) : 0;
    if (sn_json_literal(value) != NULL)
        complain_lost(findings, path, value);
    else if (length > SN_LONGEST_DECIMAL)
        sn_complain(findings, path,
                    "found a string of %zu bytes, allowed is a decimal of at most %d", length,
                    SN_LONGEST_DECIMAL);
    else if (!sn_json_decimal(value, &x) || !is_within(key, &x))
        sn_complain_value(findings, path, key, value);
    else if (is_tiny(&x))
        sn_complain(findings, path, "found a number between 0 and %g in size, allowed is 0 or more",
                    SN_SMALLEST_DECIMAL);
}

static void check_order(sn_findings *findings, const sn_path *path, const cJSON *value,
                        const cJSON *lower, const cJSON *upper)
{
    sn_decimal a, b;
    if (!sn_json_decimal(lower, &a) || !sn_json_decimal(upper, &b)
        || sn_decimal_compare(&a, &b) <= 0)
        return;
    sn_text text = {0};
    sn_text_add(&text, "found ");
    sn_text_add_excerpt(&text, value);
    sn_text_add(&text, ", allowed is lower <= upper");
    sn_complain_text(findings, path, &text);
}

void sn_decimal_check(sn_findings *findings, const sn_path *path, const sn_key *key,
                      const cJSON *value)
{
    const cJSON *lower, *upper;
    if (key->type == SN_KEY_DECIMAL || (!cJSON_IsArray(value) && !cJSON_IsObject(value))) {
        check_decimal(findings, path, key, value);
    } else if (!sn_interval_ends(value, &lower, &upper) || !cJSON_IsArray(value)) {
        sn_complain_value(findings, path, key, value);
    } else {
        sn_key end = *key;
        end.type = SN_KEY_DECIMAL;
        check_decimal(findings, &(sn_path){.parent = path, .index = 0}, &end, lower);
        check_decimal(findings, &(sn_path){.parent = path, .index = 1}, &end, upper);
        check_order(findings, path, value, lower, upper);
    }
}

bool sn_store_decimal(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    const char *text = sn_json_decimal_text(value, memory);
    memcpy((char *)spec + key->offset, (const void *)&text, sizeof text);
    return text != NULL;
}

bool sn_store_interval(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    const cJSON *lower, *upper;
    sn_decimals ends = {0};
    if (sn_interval_ends(value, &lower, &upper))
        ends =
            (sn_decimals){sn_json_decimal_text(lower, memory), sn_json_decimal_text(upper, memory)};
    memcpy((char *)spec + key->offset, &ends, sizeof ends);
    return ends.lower != NULL && ends.upper != NULL;
}
