/* The keys of dropout, and what becomes of them: which value dropped activations get, and what all
 * are scaled and shifted by then. Alpha dropout drops to SELU's saturation -alpha lambda. */
#include <string.h>

#include "config/simulate_keys.h"
#include "theory/constants.h"

enum { NONE, STANDARD, ALPHA, DROPOUT_COUNT };

static const char *dropout_name(size_t index)
{
    static const char *const names[] = {
        [NONE] = "none", [STANDARD] = "standard", [ALPHA] = "alpha"};
    return index < DROPOUT_COUNT ? names[index] : NULL;
}

static const char *dropout_doc(size_t index)
{
    static const char *const docs[] = {
        [NONE] = "no activation is dropped",
        [STANDARD] = "dropped to 0, the rest divided by 1 - rate",
        [ALPHA] = "dropped to selu's saturation, all then scaled and shifted to keep a mean and a "
                  "variance",
    };
    return index < DROPOUT_COUNT ? docs[index] : NULL;
}

static const sn_names dropouts = {dropout_name, dropout_doc};

#define KIND_ROW(...)                                                                              \
    {                                                                                              \
        .name = "kind", .doc = "what becomes of dropped activations", .type = SN_KEY_NAME,         \
        .names = &dropouts, .column = SN_COLUMN_PARENT, __VA_ARGS__                                \
    }

#define RATE_ROWS                                                                                  \
    {                                                                                              \
        .name = "rate",                                                                            \
        .doc = "probability of an activation to be dropped",                                       \
        .type = SN_KEY_NUMBER,                                                                     \
        .presence = SN_DEFAULT_JSON,                                                               \
        .default_json = "0.1",                                                                     \
        .lower = 0,                                                                                \
        .upper = 1,                                                                                \
        .below = true,                                                                             \
        .column = SN_COLUMN_BOTH,                                                                  \
        .store = sn_store_real,                                                                    \
        .offset = offsetof(sn_layer, dropout.rate),                                                \
    },                                                                                             \
    {                                                                                              \
        .name = "feature",                                                                         \
        .doc = "so many neighbouring neurons are dropped together, as those of a feature map",     \
        .type = SN_KEY_WHOLE, .presence = SN_DEFAULT_JSON, .default_json = "1", .lower = 1,        \
        .upper = SN_LARGEST_COUNT, .column = SN_COLUMN_BOTH, .store = sn_store_size,               \
        .offset = offsetof(sn_layer, dropout.feature),                                             \
    }

/* So that a sweep over the kinds can have none among them, its rate may be said. */
static const sn_key none_keys[] = {
    KIND_ROW(.presence = SN_DEFAULT_JSON, .default_json = "\"none\""),
    {
        .name = "rate",
        .doc = "not read, as nothing is dropped",
        .type = SN_KEY_NUMBER,
        .presence = SN_OPTIONAL,
        .lower = 0,
        .upper = 1,
        .below = true,
        .column = SN_COLUMN_BOTH,
    },
    {
        .name = "feature",
        .doc = "not read, as nothing is dropped",
        .type = SN_KEY_WHOLE,
        .presence = SN_OPTIONAL,
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .column = SN_COLUMN_BOTH,
    },
};
static const sn_key standard_keys[] = {KIND_ROW(.presence = SN_REQUIRED), RATE_ROWS};
static const sn_key alpha_keys[] = {
    KIND_ROW(.presence = SN_REQUIRED),
    RATE_ROWS,
    {
        .name = "mean",
        .doc = "the mean of the activations that is kept",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "0",
        .lower = -SN_LARGEST_REAL,
        .upper = SN_LARGEST_REAL,
        .column = SN_COLUMN_BOTH,
    },
    {
        .name = "variance",
        .doc = "the variance of the activations that is kept",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = 0,
        .upper = SN_LARGEST_REAL,
        .above = true,
        .column = SN_COLUMN_BOTH,
    },
};

static size_t n_dropouts(void)
{
    return DROPOUT_COUNT;
}

static bool dropout_key(size_t variant, size_t index, sn_key *key)
{
    static const sn_key_table tables[] = {[NONE] = SN_KEY_TABLE(none_keys),
                                          [STANDARD] = SN_KEY_TABLE(standard_keys),
                                          [ALPHA] = SN_KEY_TABLE(alpha_keys)};
    return sn_key_table_at(&tables[variant], index, key);
}

static const char *dropout_variant(size_t variant)
{
    static const char *const texts[] = {
        [NONE] = "no dropout", [STANDARD] = "standard dropout", [ALPHA] = "alpha dropout"};
    return texts[variant];
}

static size_t dropout_pick(const cJSON *object)
{
    const cJSON *kind = sn_json_get(object, "kind");
    if (kind == NULL)
        return NONE;
    return cJSON_IsString(kind) ? sn_names_find(&dropouts, kind->valuestring) : DROPOUT_COUNT;
}

static bool dropout_allows(size_t variant, const char *key, const char *name)
{
    return strcmp(key, "kind") != 0 || sn_names_find(&dropouts, name) == variant;
}

const sn_shape sn_shape_dropout = {
    .name = "dropout",
    .n_variants = n_dropouts,
    .key = dropout_key,
    .variant = dropout_variant,
    .pick = dropout_pick,
    .allows = dropout_allows,
};

bool sn_dropout_is_alpha(const cJSON *value)
{
    return dropout_pick(value) == ALPHA;
}

bool sn_store_dropout(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_layer *layer = spec;
    sn_dropout *out = &layer->dropout;
    *out = (sn_dropout){.scale = 1, .feature = 1};
    if (!sn_shape_store(key->shape, value, spec, memory))
        return false;
    out->scale = 1 / (1 - out->rate);
    if (!sn_dropout_is_alpha(value))
        return true;
    const double *selu = layer->activation.params; /* alpha, lambda */
    sn_alpha_dropout affine;
    out->dropped = -selu[0] * selu[1];
    if (sn_alpha_dropout_affine(out->dropped, sn_json_number(value, "mean"),
                                sn_json_number(value, "variance"), 1 - out->rate, &affine, NULL)
        != SN_OK)
        return false;
    out->scale = affine.a;
    out->shift = affine.b;
    return true;
}
