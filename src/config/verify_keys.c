/* The keys of a "verify" configuration: a claim about a layer map on a whole box, and how hard to
 * try. What a claim says is exact, so its numbers are decimals and stay text. */
#include <string.h>

#include "config/stretch_keys.h"

static const char *verdict_name(size_t index)
{
    static const char *const names[] = {
#define NAME(id, name) name,
        SN_VERDICT_LIST(NAME)
#undef NAME
    };
    return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

static const char *verdict_doc(size_t index)
{
    static const char *const docs[] = {
        [SN_PROVED] = "every assertion is true",
        [SN_REFUTED] = "an assertion is false",
        [SN_UNDECIDED] = "neither could be shown",
    };
    return verdict_name(index) != NULL ? docs[index] : NULL;
}

static const sn_names verdicts = {verdict_name, verdict_doc};

/* --- the layer -------------------------------------------------------------------------------- */

static bool store_description(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)key;
    sn_verify_spec *verify = spec;
    if (*value->valuestring == '\0')
        return true;
    verify->claim.description = sn_memory_text(memory, value->valuestring);
    return verify->claim.description != NULL;
}

#define PAIR_ROW(key, what, initial, least, exclusive, field)                                      \
    {                                                                                              \
        .name = key, .doc = what, .type = SN_KEY_DECIMAL, .presence = SN_DEFAULT_JSON,             \
        .default_json = initial, .lower = least, .upper = SN_LARGEST_REAL, .above = exclusive,     \
        .column = SN_COLUMN_BOTH, .store = sn_store_decimal,                                       \
        .offset = offsetof(sn_verify_spec, claim.field),                                           \
    }

static const sn_key keeps_keys[] = {
    PAIR_ROW("mean", "the mean that is kept", "0", -SN_LARGEST_REAL, false, keeps_mu),
    PAIR_ROW("variance", "the variance that is kept", "1", 0, true, keeps_nu),
};

static const sn_shape keeps = {
    .name = "keeps",
    .keys = keeps_keys,
    .n_keys = sizeof keeps_keys / sizeof keeps_keys[0],
};

static const sn_key bias_keys[] = {
    PAIR_ROW("mean", "mean of the biases", "0", -SN_LARGEST_REAL, false, bias_mean),
    PAIR_ROW("variance", "variance of the biases", "0", 0, false, bias_variance),
};

static const sn_shape bias = {
    .name = "exact_bias",
    .keys = bias_keys,
    .n_keys = sizeof bias_keys / sizeof bias_keys[0],
};

/* Of SELU, a parameter of its initial value is the exact constant, which no decimal is. */
static bool is_exact(const sn_activation_type *type, size_t param, double value)
{
    return strcmp(type->name, "selu") == 0 && value == type->params[param].initial;
}

static bool store_activation(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_verify_spec *verify = spec;
    (void)key;
    const sn_activation_type *type = sn_activation_find(sn_json_get(value, "name")->valuestring);
    verify->claim.activation = type;
    for (size_t i = 0; i < type->n_params; i++) {
        const double param = sn_json_number(value, type->params[i].name);
        char text[SN_NUMBER_ROOM];
        if (is_exact(type, i, param))
            continue;
        sn_number_write(text, param);
        verify->claim.params[i] = sn_memory_text(memory, text);
        if (verify->claim.params[i] == NULL)
            return false;
    }
    return true;
}

/* --- the box ---------------------------------------------------------------------------------- */

#define SIDE_ROW(side, what, least, exclusive, index, ...)                                         \
    {                                                                                              \
        .name = side, .doc = what, .type = SN_KEY_INTERVAL, .lower = least,                        \
        .upper = SN_LARGEST_REAL, .above = exclusive, .store = sn_store_interval,                  \
        .offset = offsetof(sn_verify_spec, claim.box[index]), __VA_ARGS__                          \
    }

static const sn_key box_keys[] = {
    SIDE_ROW("mu", "means of the layer's inputs", -SN_LARGEST_REAL, false, SN_BOX_MU,
             .presence = SN_REQUIRED),
    SIDE_ROW("nu", "variances of the layer's inputs", 0, true, SN_BOX_NU, .presence = SN_REQUIRED),
    SIDE_ROW("omega", "sums of a neuron's weights", -SN_LARGEST_REAL, false, SN_BOX_OMEGA,
             .presence = SN_DEFAULT_JSON, .default_json = "0"),
    SIDE_ROW("tau", "sums of a neuron's squared weights", 0, true, SN_BOX_TAU,
             .presence = SN_DEFAULT_JSON, .default_json = "1"),
};

static const sn_shape box = {
    .name = "claim_box",
    .keys = box_keys,
    .n_keys = sizeof box_keys / sizeof box_keys[0],
};

/* --- all of it -------------------------------------------------------------------------------- */

static bool store_assertions(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_verify_spec *verify = spec;
    sn_assertion *list = sn_memory_take(memory, (size_t)cJSON_GetArraySize(value), sizeof *list);
    if (list == NULL)
        return false;
    verify->claim.assertions = list;
    for (const cJSON *item = value->child; item != NULL; item = item->next)
        if (!sn_shape_store(key->shape, item, &list[verify->claim.n_assertions++], memory))
            return false;
    return true;
}

static bool store_expected(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_verify_spec *verify = spec;
    verify->expects = true;
    return sn_store_name(key, value, spec, memory);
}

const sn_key sn_verify_keys[] = {
    SN_FIRST_ROWS(store_description),
    {
        .name = "map",
        .doc = "which map of a layer: whether the weights are fixed, centred or random",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"neuron\"",
        .names = &sn_map_names,
        .store = sn_store_name,
        .offset = offsetof(sn_verify_spec, claim.map),
    },
    {
        .name = "activation",
        .doc = "the activation function and its parameters, decimals as their doubles are written; "
               "but selu's defaults mean the exact constants, those that keep what \"keeps\" says",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"name\": \"selu\"}",
        .shape = &sn_shape_activation,
        .store = store_activation,
    },
    {
        .name = "keeps",
        .doc = "the mean and variance that selu keeps exactly; only for selu without alpha and "
               "lambda of its own, then by default 0 and 1",
        .type = SN_KEY_OBJECT,
        .presence = SN_OPTIONAL,
        .shape = &keeps,
    },
    {
        .name = "bias",
        .doc = "Gaussian biases",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &bias,
    },
    {
        .name = "box",
        .doc = "what the claim is about: all mu, nu, omega and tau of these intervals. A number is "
               "the decimal that is written, not the double next to it; one of more digits than a "
               "double keeps is written as a string",
        .type = SN_KEY_OBJECT,
        .presence = SN_REQUIRED,
        .shape = &box,
    },
    {
        .name = "assertions",
        .doc = "what is asserted of the box; the claim is all of it",
        .type = SN_KEY_LIST,
        .presence = SN_REQUIRED,
        .lower = 1,
        .upper = 32,
        .shape = &sn_shape_assertion,
        .store = store_assertions,
    },
    {
        .name = "expected",
        .doc = "the verdict that is no surprise: with it the exit status is 0; where not given, "
               "only proved is",
        .type = SN_KEY_NAME,
        .presence = SN_OPTIONAL,
        .names = &verdicts,
        .store = store_expected,
        .offset = offsetof(sn_verify_spec, expected),
    },
    {
        .name = "stretch",
        .doc = "how far a side of the box can be stretched until the claim is refuted",
        .type = SN_KEY_OBJECT,
        .presence = SN_OPTIONAL,
        .shape = &sn_shape_stretch,
        .store = sn_store_stretch,
        .offset = offsetof(sn_verify_spec, stretch),
    },
    {
        .name = "boxes",
        .doc = "at most so many boxes are looked at for each bound",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "100000",
        .lower = 100,
        .upper = 1e8,
        .store = sn_store_size,
        .offset = offsetof(sn_verify_spec, boxes),
    },
    {
        .name = "tolerance",
        .doc = "width of the enclosures of extremes to aim at",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1e-8",
        .lower = 1e-14,
        .upper = 1,
        .store = sn_store_real,
        .offset = offsetof(sn_verify_spec, tolerance),
    },
    SN_LAST_ROWS(&sn_verify_plot_names),
};

const size_t sn_n_verify_keys = sizeof sn_verify_keys / sizeof sn_verify_keys[0];

/* The type of an activation, NULL if its name is none. */
static const sn_activation_type *type_of(const cJSON *activation)
{
    const cJSON *name = sn_json_get(activation, "name");
    return cJSON_IsString(name) ? sn_activation_find(name->valuestring) : NULL;
}

/* Whether an activation is SELU with neither parameter of its own. */
static bool is_exact_selu(const cJSON *activation)
{
    const sn_activation_type *type = type_of(activation);
    bool exact = type != NULL && type->n_params > 0;
    for (size_t i = 0; exact && i < type->n_params; i++)
        exact = is_exact(type, i, sn_json_number(activation, type->params[i].name));
    return exact;
}

void sn_complete_verify(sn_findings *findings, const sn_path *path, cJSON *file)
{
    const sn_path here = {.parent = path, .name = "keeps"};
    const cJSON *activation = sn_json_get(file, "activation");
    const bool exact = is_exact_selu(activation);
    const bool given = sn_json_get(file, "keeps") != NULL;
    if (given && !exact && type_of(activation) != NULL)
        sn_complain(findings, &here,
                    "does not go with the activation, allowed is selu without "
                    "alpha and lambda of its own");
    if (!given && exact
        && !sn_json_add(file, "keeps", cJSON_Parse("{\"mean\": 0, \"variance\": 1}")))
        findings->no_memory = true;
    sn_complete_stretch(findings, path, file);
}
