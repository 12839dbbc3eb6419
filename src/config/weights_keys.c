/* The keys of weights, given either by the name of an initialiser or by a distribution with its
 * structure, omega and tau. An initialiser of exact rows takes an omega and tau too; any other says
 * them itself, and one of independent weights with a density is one of sparse rows. */
#include <string.h>

#include "config/simulate_keys.h"

static const char *weight_law_name(size_t index)
{
    return sn_weight_law_name((sn_weight_law)index);
}

static const char *weight_law_doc(size_t index)
{
    return sn_weight_law_doc((sn_weight_law)index);
}

static const sn_names weight_laws = {weight_law_name, weight_law_doc};

static const char *structure_name(size_t index)
{
    return sn_weight_structure_name((sn_weight_structure)index);
}

static const char *structure_doc(size_t index)
{
    return sn_weight_structure_doc((sn_weight_structure)index);
}

static const sn_names structures = {structure_name, structure_doc};

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

enum { PLAIN, EXACT, ORTHOGONAL, DISTRIBUTION, WEIGHTS_COUNT };

#define DEFAULT_FREEDOM 5
#define DEFAULT_DENSITY 0.1

static bool store_initializer(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)key;
    (void)memory;
    const sn_initializer *initializer = sn_initializer_find(value->valuestring);
    sn_weights *weights = spec;
    weights->law = initializer->law;
    weights->structure = initializer->structure;
    weights->omega = 0;
    return true;
}

static bool store_density(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_weights *weights = spec;
    weights->structure = SN_WEIGHTS_SPARSE;
    return sn_store_real(key, value, spec, memory);
}

#define INITIALIZER_ROW                                                                            \
    {                                                                                              \
        .name = "initializer", .doc = "an initialiser by its name", .type = SN_KEY_NAME,           \
        .presence = SN_REQUIRED, .names = &initializers, .store = store_initializer,               \
    }

#define DENSITY_ROW                                                                                \
    {                                                                                              \
        .name = "density",                                                                         \
        .doc = "share of each row's weights that are not zero; of sparse weights, 0.1 where not "  \
               "given",                                                                            \
        .type = SN_KEY_NUMBER, .presence = SN_OPTIONAL, .lower = 0, .upper = 1, .above = true,     \
        .column = SN_COLUMN_BOTH, .store = store_density, .offset = offsetof(sn_weights, density), \
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
        .offset = offsetof(sn_weights, omega),                                                     \
    },                                                                                             \
    {                                                                                              \
        .name = "tau",                                                                             \
        .doc = "n times the variance of the weights, n the fan-in; of exact rows, the sum of "     \
               "squared weights",                                                                  \
        .type = SN_KEY_NUMBER, .presence = SN_DEFAULT_JSON, .default_json = "1", .lower = 0,       \
        .upper = SN_LARGEST_REAL, .store = sn_store_real, .offset = offsetof(sn_weights, tau),     \
    }

static const sn_key plain_keys[] = {INITIALIZER_ROW, DENSITY_ROW};
static const sn_key exact_keys[] = {INITIALIZER_ROW, OMEGA_TAU_ROWS};
static const sn_key distribution_keys[] = {
    {
        .name = "distribution",
        .doc = "distribution of each weight; of orthogonal ones it is not read",
        .type = SN_KEY_NAME,
        .presence = SN_REQUIRED,
        .names = &weight_laws,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_name,
        .offset = offsetof(sn_weights, law),
    },
    {
        .name = "structure",
        .doc = "how the weights of a layer hang together",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"iid\"",
        .names = &structures,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_name,
        .offset = offsetof(sn_weights, structure),
    },
    OMEGA_TAU_ROWS,
    {
        .name = "freedom",
        .doc = "Student's degrees of freedom; of student_t, 5 where not given",
        .type = SN_KEY_NUMBER,
        .presence = SN_OPTIONAL,
        .lower = 2,
        .upper = SN_LARGEST_REAL,
        .above = true,
        .store = sn_store_real,
        .offset = offsetof(sn_weights, freedom),
    },
    DENSITY_ROW,
};

static size_t n_weights(void)
{
    return WEIGHTS_COUNT;
}

static bool weights_key(size_t variant, size_t index, sn_key *key)
{
    static const sn_key_table tables[] = {
        [PLAIN] = SN_KEY_TABLE(plain_keys),
        [EXACT] = SN_KEY_TABLE(exact_keys),
        [ORTHOGONAL] = {plain_keys, 1},
        [DISTRIBUTION] = SN_KEY_TABLE(distribution_keys),
    };
    return sn_key_table_at(&tables[variant], index, key);
}

static const char *weights_variant(size_t variant)
{
    static const char *const texts[] = {
        [PLAIN] = "an initializer of independent weights",
        [EXACT] = "an initializer of exact rows",
        [ORTHOGONAL] = "an initializer of orthogonal weights",
        [DISTRIBUTION] = "a distribution",
    };
    return texts[variant];
}

static size_t variant_of(const sn_initializer *initializer)
{
    switch (initializer->structure) {
    case SN_WEIGHTS_EXACT_ROWS:
        return EXACT;
    case SN_WEIGHTS_ORTHOGONAL:
        return ORTHOGONAL;
    case SN_WEIGHTS_IID:
    case SN_WEIGHTS_SPARSE:
    case SN_WEIGHT_STRUCTURE_COUNT:
        break;
    }
    return PLAIN;
}

static size_t weights_pick(const cJSON *object)
{
    if (sn_json_get(object, "distribution") != NULL)
        return DISTRIBUTION;
    const sn_initializer *initializer = sn_weights_initializer(object);
    return initializer != NULL ? variant_of(initializer) : WEIGHTS_COUNT;
}

static bool weights_allows(size_t variant, const char *key, const char *name)
{
    const sn_initializer *initializer = sn_initializer_find(name);
    return strcmp(key, "initializer") != 0
           || (initializer != NULL && variant_of(initializer) == variant);
}

/* --- what the keys say together --------------------------------------------------------------- */

/* The index of a key's name, or, where it has none, of all. */
static size_t name_of(const cJSON *object, const char *key, const sn_names *names)
{
    const cJSON *name = sn_json_get(object, key);
    return sn_names_find(names, cJSON_IsString(name) ? name->valuestring : "");
}

const sn_initializer *sn_weights_initializer(const cJSON *weights)
{
    const cJSON *name = sn_json_get(weights, "initializer");
    return cJSON_IsString(name) ? sn_initializer_find(name->valuestring) : NULL;
}

sn_weight_law sn_weights_law(const cJSON *weights)
{
    const sn_initializer *initializer = sn_weights_initializer(weights);
    return initializer != NULL ? initializer->law
                               : (sn_weight_law)name_of(weights, "distribution", &weight_laws);
}

sn_weight_structure sn_weights_structure(const cJSON *weights)
{
    const sn_initializer *initializer = sn_weights_initializer(weights);
    if (initializer == NULL)
        return (sn_weight_structure)name_of(weights, "structure", &structures);
    return initializer->structure == SN_WEIGHTS_IID && sn_json_get(weights, "density") != NULL
               ? SN_WEIGHTS_SPARSE
               : initializer->structure;
}

/* A key that only one sort of weights takes: its default there, a complaint elsewhere. */
static void settle(sn_findings *findings, const sn_path *path, cJSON *weights, const char *key,
                   bool taken, double initial, const char *sort)
{
    const sn_path here = {.parent = path, .name = key};
    const cJSON *given = sn_json_get(weights, key);
    if (given != NULL && !taken && weights_pick(weights) == DISTRIBUTION)
        sn_complain(findings, &here, "does not go with these weights, allowed only with %s", sort);
    if (given == NULL && taken && !sn_json_add(weights, key, cJSON_CreateNumber(initial)))
        findings->no_memory = true;
}

static void complete_weights(sn_findings *findings, const sn_path *path, cJSON *weights)
{
    const sn_path here = {.parent = path, .name = "omega"};
    const sn_weight_structure structure = sn_weights_structure(weights);
    const sn_weight_law law = sn_weights_law(weights);
    const double omega = sn_json_number(weights, "omega");
    if (structure < SN_WEIGHT_STRUCTURE_COUNT)
        settle(findings, path, weights, "density", structure == SN_WEIGHTS_SPARSE, DEFAULT_DENSITY,
               "sparse ones");
    if (law < SN_WEIGHT_LAW_COUNT)
        settle(findings, path, weights, "freedom", law == SN_WEIGHT_STUDENT_T, DEFAULT_FREEDOM,
               "the distribution \"student_t\"");
    if ((structure == SN_WEIGHTS_SPARSE || structure == SN_WEIGHTS_ORTHOGONAL)
        && (omega < 0 || omega > 0))
        sn_complain(findings, &here, "found %g, allowed is 0 of %s weights", omega,
                    structure_name(structure));
}

const sn_shape sn_shape_weights = {
    .name = "weights",
    .n_variants = n_weights,
    .key = weights_key,
    .variant = weights_variant,
    .pick = weights_pick,
    .allows = weights_allows,
    .complete = complete_weights,
};
