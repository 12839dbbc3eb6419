/* The keys of an assertion, by its property: a bound on a quantity, unless it says otherwise. */
#include <string.h>

#include "config/common_keys.h"
#include "config/literals.h"

static const char *property_name(size_t index)
{
    return sn_assertion_name((sn_assertion_kind)index);
}

static const char *property_doc(size_t index)
{
    return sn_assertion_doc((sn_assertion_kind)index);
}

static const sn_names properties = {property_name, property_doc};

static const char *quantity_name(size_t index)
{
    return sn_quantity_name((sn_quantity)index);
}

static const char *quantity_doc(size_t index)
{
    return sn_quantity_doc((sn_quantity)index);
}

static const sn_names quantities = {quantity_name, quantity_doc};

#define PROPERTY_ROW(...)                                                                          \
    {                                                                                              \
        .name = "property", .doc = "what is asserted", .type = SN_KEY_NAME, .names = &properties,  \
        .store = sn_store_name, .offset = offsetof(sn_assertion, kind), __VA_ARGS__                \
    }

#define LIMIT_ROW(field, what)                                                                     \
    {                                                                                              \
        .name = #field, .doc = what, .type = SN_KEY_DECIMAL, .presence = SN_OPTIONAL,              \
        .lower = -SN_LARGEST_REAL, .upper = SN_LARGEST_REAL, .store = sn_store_decimal,            \
        .offset = offsetof(sn_assertion, field),                                                   \
    }

static const sn_key bound_keys[] = {
    PROPERTY_ROW(.presence = SN_DEFAULT_JSON, .default_json = "\"bound\""),
    {
        .name = "quantity",
        .doc = "the quantity that is bounded",
        .type = SN_KEY_NAME,
        .presence = SN_REQUIRED,
        .names = &quantities,
        .store = sn_store_name,
        .offset = offsetof(sn_assertion, quantity),
    },
    LIMIT_ROW(above, "the quantity is above this everywhere in the box"),
    LIMIT_ROW(below, "the quantity is below this everywhere in the box"),
    LIMIT_ROW(paper, "what is in print for the extreme, to compare with; in quotes, where zeros at "
                     "its end count"),
};

static const sn_key plain_keys[] = {PROPERTY_ROW(.presence = SN_REQUIRED)};

static const sn_key enters_keys[] = {
    PROPERTY_ROW(.presence = SN_REQUIRED),
    {
        .name = "mu",
        .doc = "means of the box that is entered",
        .type = SN_KEY_INTERVAL,
        .presence = SN_REQUIRED,
        .lower = -SN_LARGEST_REAL,
        .upper = SN_LARGEST_REAL,
        .store = sn_store_interval,
        .offset = offsetof(sn_assertion, target_mu),
    },
    {
        .name = "nu",
        .doc = "variances of the box that is entered",
        .type = SN_KEY_INTERVAL,
        .presence = SN_REQUIRED,
        .lower = 0,
        .above = true,
        .upper = SN_LARGEST_REAL,
        .store = sn_store_interval,
        .offset = offsetof(sn_assertion, target_nu),
    },
    {
        .name = "layers",
        .doc = "after at most so many layers",
        .type = SN_KEY_WHOLE,
        .presence = SN_REQUIRED,
        .lower = 1,
        .upper = 1000,
        .store = sn_store_size,
        .offset = offsetof(sn_assertion, layers),
    },
};

static size_t n_properties(void)
{
    return SN_ASSERTION_COUNT;
}

static bool key_at(size_t variant, size_t index, sn_key *key)
{
    static const struct {
        const sn_key *keys;
        size_t n;
    } tables[] = {
        [SN_ASSERT_BOUND] = {bound_keys, sizeof bound_keys / sizeof bound_keys[0]},
        [SN_ASSERT_INTO_ITSELF] = {plain_keys, 1},
        [SN_ASSERT_ATTRACTING] = {plain_keys, 1},
        [SN_ASSERT_ENTERS] = {enters_keys, sizeof enters_keys / sizeof enters_keys[0]},
    };
    if (index >= tables[variant].n)
        return false;
    *key = tables[variant].keys[index];
    return true;
}

static const char *variant_text(size_t variant)
{
    static const char *const texts[] = {
#define TEXT(id, name, doc) "the property \"" name "\"",
        SN_ASSERTION_LIST(TEXT)
#undef TEXT
    };
    return texts[variant];
}

static size_t pick(const cJSON *object)
{
    const cJSON *property = sn_json_get(object, "property");
    if (property == NULL)
        return SN_ASSERT_BOUND;
    return cJSON_IsString(property) ? sn_names_find(&properties, property->valuestring)
                                    : SN_ASSERTION_COUNT;
}

static bool allows(size_t variant, const char *key, const char *name)
{
    return strcmp(key, "property") != 0 || sn_names_find(&properties, name) == variant;
}

/* A bound has a side, and room between two. */
static void complete(sn_findings *findings, const sn_path *path, cJSON *object)
{
    const cJSON *above = sn_json_get(object, "above"), *below = sn_json_get(object, "below");
    sn_decimal low, high;
    if (pick(object) != SN_ASSERT_BOUND)
        return;
    if (above == NULL && below == NULL)
        sn_complain(findings, path,
                    "found neither \"above\" nor \"below\", allowed is at least one of the two");
    if (above == NULL || below == NULL || !sn_json_decimal(above, &low)
        || !sn_json_decimal(below, &high) || sn_decimal_compare(&low, &high) < 0)
        return;
    sn_text text = {0};
    sn_text_add(&text, "found above ");
    sn_text_add_excerpt(&text, above);
    sn_text_add(&text, " and below ");
    sn_text_add_excerpt(&text, below);
    sn_text_add(&text, ", allowed is above < below");
    sn_complain_text(findings, path, &text);
}

const sn_shape sn_shape_assertion = {
    .name = "assertion",
    .n_variants = n_properties,
    .key = key_at,
    .variant = variant_text,
    .pick = pick,
    .allows = allows,
    .complete = complete,
};
