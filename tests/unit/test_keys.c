/* Every key of the table, one by one: that it has a doc, that its default is allowed, that values
 * of the wrong type and beyond its range are refused where they stand, that misspelling it or a
 * name of its choice leads to it, and that its pointer finds it. */
#include "config/keys.h"

#include <math.h>
#include <string.h>

#include "config/config.h"
#include "config/pointer.h"
#include "harness.h"

static size_t n_keys, n_refused;

/* cJSON's own printer would round the values just beyond a range back into it. */
static char *print(const cJSON *file)
{
    sn_text text = {0};
    sn_text_add_json(&text, file);
    return sn_text_take(&text);
}

/* A file that is right but for one value, set after the fact; its one complaint must be at that
 * place. */
static void expect_refused(cJSON *file, const char *pointer, const char *value)
{
    sn_findings findings = {.name = "k.json"};
    cJSON *copy = cJSON_Duplicate(file, true), *item = cJSON_Parse(value);
    sn_pointer_set(&findings, SN_CONFIG_KIND_COUNT, copy, pointer, item);
    ck_assert(sn_findings_none(&findings));
    char *text = print(copy), expected[256];
    sn_config *config;
    sn_config_errors errors;
    if (sn_config_parse("k.json", text, strlen(text), 0, NULL, &config, &errors) == SN_OK)
        NOTE("accepted: %s at %s", value, pointer);
    ck_assert_ptr_null(config);
    snprintf(expected, sizeof expected, "k.json: %s: found ", pointer);
    bool found = false;
    for (size_t i = 0; i < errors.count; i++)
        found = found || strncmp(errors.lines[i], expected, strlen(expected)) == 0;
    if (!found)
        NOTE("%s at %s: %s", value, pointer, errors.lines[0]);
    ck_assert(found);
    n_refused++;
    sn_config_errors_free(&errors);
    free(text);
    cJSON_Delete(copy);
    cJSON_Delete(item);
}

static void expect_bounds(cJSON *file, const char *pointer, const sn_key *key)
{
    char value[64];
    const bool whole = key->type == SN_KEY_WHOLE;
    const double below = key->above ? key->lower
                         : whole    ? key->lower - 1
                                    : nextafter(key->lower, -INFINITY);
    const double above = key->below ? key->upper
                         : whole    ? key->upper + 1
                                    : nextafter(key->upper, INFINITY);
    snprintf(value, sizeof value, "%.17g", below);
    expect_refused(file, pointer, value);
    snprintf(value, sizeof value, "%.17g", above);
    expect_refused(file, pointer, value);
    if (whole)
        expect_refused(file, pointer, "2.5");
}

static void expect_default(const sn_key *key)
{
    cJSON *value = sn_key_default(key);
    const bool given = key->presence == SN_DEFAULT_JSON || key->presence == SN_DEFAULT_NUMBER;
    ck_assert_int_eq(given, value != NULL);
    if (value != NULL && (key->type == SN_KEY_NUMBER || key->type == SN_KEY_WHOLE)) {
        ck_assert_double_ge(value->valuedouble, key->lower);
        ck_assert_double_le(value->valuedouble, key->upper);
    }
    if (value != NULL && key->type == SN_KEY_NAME)
        ck_assert_ptr_nonnull(key->names->name(sn_names_find(key->names, value->valuestring)));
    cJSON_Delete(value);
}

/* A misspelt key must be refused with the real one as suggestion, whatever else is wrong then. */
static void expect_suggestion(cJSON *file, const char *pointer, const char *name)
{
    char wrong[256], expected[512];
    snprintf(wrong, sizeof wrong, "%.*s%sx", (int)(strlen(pointer) - strlen(name)), pointer, name);
    snprintf(expected, sizeof expected,
             "k.json: %s: unknown key, the nearest known one is \"%s\"; allowed here: ", wrong,
             name);
    cJSON *copy = cJSON_Duplicate(file, true), *at = copy;
    char *segment = strtok(wrong + 1, "/"), *next;
    for (; (next = strtok(NULL, "/")) != NULL; segment = next) {
        if (cJSON_IsObject(at) && sn_json_get(at, segment) == NULL)
            cJSON_AddObjectToObject(at, segment);
        at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, atoi(segment)) : sn_json_get(at, segment);
    }
    cJSON_AddNullToObject(at, segment);
    char *text = print(copy);
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_parse("k.json", text, strlen(text), 0, NULL, &config, &errors),
                     SN_ECONFIG);
    bool found = false;
    for (size_t i = 0; i < errors.count; i++)
        found = found || strncmp(errors.lines[i], expected, strlen(expected)) == 0;
    if (!found)
        NOTE("wanted %s, got %s", expected, errors.lines[0]);
    ck_assert(found);
    sn_config_errors_free(&errors);
    free(text);
    cJSON_Delete(copy);
}

static void each_key(cJSON *file, const sn_shape *shape, size_t variant, const char *prefix);

/* A file with that value at the pointer. */
static cJSON *with(const cJSON *file, const char *pointer, const char *value)
{
    sn_findings findings = {.name = "k.json"};
    cJSON *copy = cJSON_Duplicate(file, true), *item = cJSON_Parse(value);
    sn_pointer_set(&findings, SN_CONFIG_KIND_COUNT, copy, pointer, item);
    ck_assert(sn_findings_none(&findings));
    cJSON_Delete(item);
    return copy;
}

/* The same in a list's first item. */
static void each_key_of_items(const cJSON *file, const sn_key *key, const char *pointer)
{
    char item[256];
    snprintf(item, sizeof item, "%.250s/0", pointer);
    cJSON *copy = with(file, pointer, key->item != NULL ? "[1, 1]" : "[{}]");
    if (key->item != NULL)
        expect_bounds(copy, item, key->item);
    for (size_t v = 0; key->shape != NULL && v < sn_shape_variants(key->shape); v++)
        each_key(copy, key->shape, v, item);
    cJSON_Delete(copy);
}

/* The same in what the key may be instead. */
static void other_key(const cJSON *file, const sn_key *key, const char *pointer)
{
    ck_assert_uint_gt(strlen(key->doc), 3);
    if (key->type == SN_KEY_LIST)
        each_key_of_items(file, key, pointer);
    if (key->type == SN_KEY_OBJECT) {
        cJSON *copy = with(file, pointer, "{}");
        for (size_t v = 0; v < sn_shape_variants(key->shape); v++)
            each_key(copy, key->shape, v, pointer);
        cJSON_Delete(copy);
    }
}

static void one_key(cJSON *file, const sn_key *key, const char *pointer)
{
    static const char *const wrong[] = {
        [SN_KEY_NUMBER] = "\"1\"",    [SN_KEY_WHOLE] = "[1]",    [SN_KEY_FLAG] = "0",
        [SN_KEY_TEXT] = "7",          [SN_KEY_NAME] = "null",    [SN_KEY_OBJECT] = "[]",
        [SN_KEY_NAMES] = "\"\"",      [SN_KEY_LIST] = "{}",      [SN_KEY_SWEEP] = "[]",
        [SN_KEY_DECIMAL] = "\"0x1\"", [SN_KEY_INTERVAL] = "[1]",
    };
    n_keys++;
    ck_assert_uint_gt(strlen(key->doc), 3);
    expect_default(key);
    expect_suggestion(file, pointer, key->name);
    expect_refused(file, pointer, wrong[key->type]);
    if (key->type == SN_KEY_NUMBER || key->type == SN_KEY_WHOLE || key->type == SN_KEY_DECIMAL
        || key->type == SN_KEY_INTERVAL)
        expect_bounds(file, pointer, key);
    if (key->type == SN_KEY_NAME)
        expect_refused(file, pointer, "\"no such name\"");
    sn_findings findings = {.name = "k.json"};
    sn_key found;
    ck_assert(sn_pointer_key(&findings, "", SN_CONFIG_KIND_COUNT, pointer, &found));
    ck_assert_str_eq(found.name, key->name);
    if (key->type == SN_KEY_OBJECT)
        for (size_t v = 0; v < sn_shape_variants(key->shape); v++)
            each_key(file, key->shape, v, pointer);
    if (key->type == SN_KEY_LIST)
        each_key_of_items(file, key, pointer);
    for (const sn_key *other = key->other; other != NULL; other = other->other)
        other_key(file, other, pointer);
}

/* Makes the file's object at prefix one of that variant: by the first of the names that tell
 * variants apart; a file that is asked for is not there. */
static void choose(cJSON *file, const sn_shape *shape, size_t variant, const char *prefix)
{
    sn_key key;
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        if (key.presence == SN_REQUIRED && key.type == SN_KEY_TEXT)
            cJSON_AddStringToObject(object, key.name, "no such file");
        if (key.presence != SN_REQUIRED || key.type != SN_KEY_NAME)
            continue;
        size_t n = 0;
        while (!shape->allows(variant, key.name, key.names->name(n)))
            n++;
        cJSON_AddStringToObject(object, key.name, key.names->name(n));
    }
    sn_findings findings = {.name = "k.json"};
    sn_pointer_set(&findings, SN_CONFIG_KIND_COUNT, file, prefix, object);
    ck_assert(sn_findings_none(&findings));
    cJSON_Delete(object);
}

static void each_key(cJSON *file, const sn_shape *shape, size_t variant, const char *prefix)
{
    sn_key key;
    cJSON *copy = cJSON_Duplicate(file, true);
    if (*prefix != '\0' && shape->n_variants != NULL)
        choose(copy, shape, variant, prefix);
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        char pointer[256];
        snprintf(pointer, sizeof pointer, "%s/%s", prefix, key.name);
        one_key(copy, &key, pointer);
    }
    cJSON_Delete(copy);
}

START_TEST(every_key_of_every_kind)
{
    for (size_t kind = 0; kind < SN_CONFIG_KIND_COUNT; kind++) {
        cJSON *file = cJSON_CreateObject();
        cJSON_AddStringToObject(file, "kind", sn_config_kind_name((sn_config_kind)kind));
        each_key(file, &sn_shape_file, kind, "");
        cJSON_Delete(file);
    }
    NOTE("%zu keys, %zu values refused", n_keys, n_refused);
    ck_assert_uint_gt(n_keys, 150);
}
END_TEST

START_TEST(every_name_has_a_doc)
{
    for (size_t plot = 0; plot < SN_PLOT_COUNT; plot++) {
        ck_assert_uint_gt(strlen(sn_plot_doc((sn_plot)plot)), 10);
        ck_assert_uint_lt(sn_plot_config_kind((sn_plot)plot), SN_CONFIG_KIND_COUNT);
        ck_assert_ptr_nonnull(sn_plot_need_text(sn_plot_needs((sn_plot)plot)));
    }
    ck_assert_ptr_null(sn_plot_name(SN_PLOT_COUNT));
    ck_assert_ptr_null(sn_plot_doc(SN_PLOT_COUNT));
    ck_assert_int_eq(sn_plot_config_kind(SN_PLOT_COUNT), SN_CONFIG_KIND_COUNT);
    ck_assert_ptr_null(sn_config_kind_name(SN_CONFIG_KIND_COUNT));
    ck_assert_ptr_null(sn_scale_name(SN_SCALE_COUNT));
    ck_assert_ptr_null(sn_coordinate_name(SN_COORDINATE_COUNT));
    sn_layer_point point = {1, 2, 3, 4};
    for (size_t c = 0; c < SN_COORDINATE_COUNT; c++) {
        ck_assert_double_eq(*sn_coordinate_of(&point, (sn_coordinate)c), (double)c + 1);
        ck_assert_ptr_nonnull(sn_coordinate_doc((sn_coordinate)c));
    }
}
END_TEST

UNIT_MAIN("keys", every_key_of_every_kind, every_name_has_a_doc)
