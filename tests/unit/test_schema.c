/* The schema in doc/ is the one the table makes, and says of every key what the table says. */
#include "config/config.h"

#include <string.h>

#include "config/tree.h"
#include "harness.h"

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    static char text[1 << 20];
    const size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    fclose(file);
    return text;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : ".";
}

START_TEST(the_file_in_doc_is_current)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/doc/selfnorm.schema.json", variable("SRCDIR"));
    const char *kept = read_file(path);
    char *made = sn_config_schema();
    ck_assert_ptr_nonnull(made);
    const bool same = kept != NULL && strcmp(kept, made) == 0;
    if (!same) {
        char fresh[4096];
        snprintf(fresh, sizeof fresh, "%s/selfnorm.schema.json.new", variable("BUILDDIR"));
        FILE *file = fopen(fresh, "wb");
        ck_assert_ptr_nonnull(file);
        fputs(made, file);
        fclose(file);
        NOTE("doc/selfnorm.schema.json is not what the table of keys makes. To renew it:");
        NOTE("    cp %s %s", fresh, path);
    }
    free(made);
    ck_assert_msg(same, "doc/selfnorm.schema.json is not current");
}
END_TEST

static const cJSON *at(const cJSON *json, const char *const *names)
{
    for (; json != NULL && *names != NULL; names++)
        json = cJSON_IsArray(json) ? cJSON_GetArrayItem(json, atoi(*names))
                                   : sn_json_get(json, *names);
    return json;
}

#define AT(json, ...) at(json, (const char *const[]){__VA_ARGS__, NULL})

START_TEST(it_says_what_the_table_says)
{
    char *text = sn_config_schema();
    cJSON *schema = cJSON_Parse(text);
    ck_assert_ptr_nonnull(schema);
    const cJSON *width = AT(schema, "$defs", "network", "properties", "width");
    ck_assert_str_eq(AT(width, "anyOf", "0", "type")->valuestring, "integer");
    ck_assert_double_eq(AT(width, "anyOf", "0", "minimum")->valuedouble, 1);
    ck_assert_double_eq(AT(width, "anyOf", "1", "minItems")->valuedouble, 2);
    ck_assert_double_eq(AT(width, "default")->valuedouble, 256);
    ck_assert_ptr_nonnull(AT(width, "description"));
    const cJSON *nu = AT(schema, "$defs", "fixed", "properties", "nu");
    ck_assert_double_eq(AT(nu, "exclusiveMinimum")->valuedouble, 0);
    const cJSON *widths = AT(schema, "oneOf", "1", "properties", "sweep", "properties",
                             "/network/width", "items", "anyOf", "0", "type");
    ck_assert_str_eq(widths->valuestring, "integer");
    const cJSON *activations = AT(schema, "$defs", "activation", "oneOf");
    ck_assert_int_eq(cJSON_GetArraySize(activations), (int)sn_activation_count());
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        const cJSON *variant = cJSON_GetArrayItem(activations, (int)i);
        ck_assert_str_eq(AT(variant, "properties", "name", "enum", "0")->valuestring, type->name);
        ck_assert_int_eq(cJSON_GetArraySize(AT(variant, "properties")), 1 + (int)type->n_params);
        for (size_t k = 0; k < type->n_params; k++) {
            const sn_param *param = &type->params[k];
            const cJSON *key = AT(variant, "properties", param->name);
            ck_assert_double_eq(AT(key, "default")->valuedouble, param->initial);
            ck_assert_double_eq(AT(key, "minimum")->valuedouble, param->lower);
            ck_assert_double_eq(AT(key, "maximum")->valuedouble, param->upper);
        }
    }
    cJSON_Delete(schema);
    free(text);
}
END_TEST

UNIT_MAIN("schema", the_file_in_doc_is_current, it_says_what_the_table_says)
