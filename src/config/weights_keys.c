/* The keys of weights, given either by the name of an initialiser or by a distribution with its
 * omega and tau. An initialiser of exact rows takes an omega and tau too; any other says them
 * itself. */
#include <string.h>

#include "config/common_keys.h"

static const char *weight_law_name(size_t index)
{
    return sn_weight_law_name((sn_weight_law)index);
}

static const char *weight_law_doc(size_t index)
{
    return sn_weight_law_doc((sn_weight_law)index);
}

static const sn_names weight_laws = {weight_law_name, weight_law_doc};

static const char *initializer_name(size_t index)
{
    const sn_initializer *initializer = sn_initializer_at(index);
    return initializer != NULL ? initializer->name : NULL;
}

static const char *initializer_doc(size_t index)
{
    const sn_initializer *initializer = sn_initializer_at(index);
    return initializer != NULL ? initializer->doc : NULL;
}

static const sn_names initializers = {initializer_name, initializer_doc};

enum { PLAIN_INITIALIZER, EXACT_INITIALIZER, DISTRIBUTION, WEIGHTS_COUNT };

static bool store_initializer(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)key;
    (void)memory;
    sn_simulate_spec *simulate = spec;
    simulate->initializer = sn_initializer_find(value->valuestring);
    simulate->run.weights.law = simulate->initializer->law;
    simulate->run.weights.exact_rows = simulate->initializer->exact_rows;
    simulate->run.weights.omega = 0;
    /* Where there is no tau of its own, width has been stored before: see network_keys. */
    simulate->run.weights.tau =
        simulate->initializer->tau(simulate->run.width, simulate->run.width);
    return true;
}

#define INITIALIZER_ROW                                                                            \
    {                                                                                              \
        .name = "initializer", .doc = "an initialiser by its name", .type = SN_KEY_NAME,           \
        .presence = SN_REQUIRED, .names = &initializers, .store = store_initializer,               \
    }

#define OMEGA_TAU_ROWS                                                                             \
    {                                                                                              \
        .name = "omega",                                                                           \
        .doc = "sum of a neuron's weights: n times their mean, n the fan-in",                      \
        .type = SN_KEY_NUMBER,                                                                     \
        .presence = SN_DEFAULT_JSON,                                                               \
        .default_json = "0",                                                                       \
        .lower = -SN_LARGEST_REAL,                                                                 \
        .upper = SN_LARGEST_REAL,                                                                  \
        .store = sn_store_real,                                                                    \
        .offset = offsetof(sn_simulate_spec, run.weights.omega),                                   \
    },                                                                                             \
    {                                                                                              \
        .name = "tau",                                                                             \
        .doc = "n times the variance of the weights, n the fan-in; of exact rows, the sum of "     \
               "squared weights",                                                                  \
        .type = SN_KEY_NUMBER, .presence = SN_DEFAULT_JSON, .default_json = "1", .lower = 0,       \
        .upper = SN_LARGEST_REAL, .store = sn_store_real,                                          \
        .offset = offsetof(sn_simulate_spec, run.weights.tau),                                     \
    }

static const sn_key initializer_keys[] = {INITIALIZER_ROW, OMEGA_TAU_ROWS};

static const sn_key distribution_keys[] = {
    {
        .name = "distribution",
        .doc = "distribution of each weight",
        .type = SN_KEY_NAME,
        .presence = SN_REQUIRED,
        .names = &weight_laws,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_name,
        .offset = offsetof(sn_simulate_spec, run.weights.law),
    },
    {
        .name = "exact_rows",
        .doc = "whether every neuron's weights are shifted and scaled to the sum omega and the "
               "square sum tau exactly",
        .type = SN_KEY_FLAG,
        .presence = SN_DEFAULT_JSON,
        .default_json = "false",
        .store = sn_store_flag,
        .offset = offsetof(sn_simulate_spec, run.weights.exact_rows),
    },
    OMEGA_TAU_ROWS,
};

static size_t n_weights(void)
{
    return WEIGHTS_COUNT;
}

static bool weights_key(size_t variant, size_t index, sn_key *key)
{
    static const struct {
        const sn_key *keys;
        size_t n;
    } tables[] = {
        [PLAIN_INITIALIZER] = {initializer_keys, 1},
        [EXACT_INITIALIZER] = {initializer_keys,
                               sizeof initializer_keys / sizeof initializer_keys[0]},
        [DISTRIBUTION] = {distribution_keys,
                          sizeof distribution_keys / sizeof distribution_keys[0]},
    };
    if (index >= tables[variant].n)
        return false;
    *key = tables[variant].keys[index];
    return true;
}

static const char *weights_variant(size_t variant)
{
    static const char *const texts[] = {
        [PLAIN_INITIALIZER] = "an initializer of independent weights",
        [EXACT_INITIALIZER] = "an initializer of exact rows",
        [DISTRIBUTION] = "a distribution",
    };
    return texts[variant];
}

static size_t weights_pick(const cJSON *object)
{
    if (sn_json_get(object, "distribution") != NULL)
        return DISTRIBUTION;
    const cJSON *name = sn_json_get(object, "initializer");
    const sn_initializer *initializer =
        cJSON_IsString(name) ? sn_initializer_find(name->valuestring) : NULL;
    if (initializer == NULL)
        return WEIGHTS_COUNT;
    return initializer->exact_rows ? EXACT_INITIALIZER : PLAIN_INITIALIZER;
}

static bool weights_allows(size_t variant, const char *key, const char *name)
{
    const sn_initializer *initializer = sn_initializer_find(name);
    return strcmp(key, "initializer") != 0
           || (initializer != NULL && initializer->exact_rows == (variant == EXACT_INITIALIZER));
}

const sn_shape sn_shape_weights = {
    .name = "weights",
    .n_variants = n_weights,
    .key = weights_key,
    .variant = weights_variant,
    .pick = weights_pick,
    .allows = weights_allows,
};

bool sn_weights_are_exact(const cJSON *weights)
{
    return weights_pick(weights) == EXACT_INITIALIZER
           || cJSON_IsTrue(sn_json_get(weights, "exact_rows"));
}
