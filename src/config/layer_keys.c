/* The keys of a network's layers: what is said of all of them, or of those of a block. */
#include "config/simulate_keys.h"

static const char *normalization_name(size_t index)
{
    return sn_normalization_name((sn_normalization)index);
}

static const char *normalization_doc(size_t index)
{
    return sn_normalization_doc((sn_normalization)index);
}

static const sn_names normalizations = {normalization_name, normalization_doc};

/* --- bias, residual --------------------------------------------------------------------------- */

static const sn_key bias_keys[] = {SN_BIAS_ROWS(sn_layer, bias_mean, bias_variance)};

static const sn_shape bias = {
    .name = "bias",
    .keys = bias_keys,
    .n_keys = sizeof bias_keys / sizeof bias_keys[0],
};

static const sn_key residual_keys[] = {
    {
        .name = "scale",
        .doc = "what the branch's activations are multiplied by",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = -SN_LARGEST_REAL,
        .upper = SN_LARGEST_REAL,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_real,
        .offset = offsetof(sn_layer, branch),
    },
};

static const sn_shape residual = {
    .name = "residual",
    .keys = residual_keys,
    .n_keys = sizeof residual_keys / sizeof residual_keys[0],
};

static const sn_key residual_flag = {
    .doc = "false: no residual connections; true: of scale 1",
    .type = SN_KEY_FLAG,
};

static bool store_residual(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_layer *layer = spec;
    layer->residual = !cJSON_IsFalse(value);
    layer->branch = 1;
    return cJSON_IsBool(value) || sn_shape_store(key->shape, value, spec, memory);
}

/* --- a layer ---------------------------------------------------------------------------------- */

static bool store_weights(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_layer *layer = spec;
    return sn_shape_store(key->shape, value, &layer->weights, memory);
}

const sn_key sn_layer_keys[] = {
    {
        .name = "activation",
        .doc = "the activation function and its parameters",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"name\": \"selu\"}",
        .shape = &sn_shape_activation,
        .store = sn_store_activation,
        .offset = offsetof(sn_layer, activation),
    },
    {
        .name = "weights",
        .doc = "how weights are drawn: by an initialiser's name, or from a distribution",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"initializer\": \"lecun_normal\"}",
        .shape = &sn_shape_weights,
        .store = store_weights,
    },
    {
        .name = "bias",
        .doc = "Gaussian biases, one a neuron",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &bias,
    },
    {
        .name = "dropout",
        .doc = "activations dropped at random; alpha dropout needs the activation selu",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"kind\": \"none\"}",
        .shape = &sn_shape_dropout,
        .store = sn_store_dropout,
    },
    {
        .name = "normalization",
        .doc = "what is done to pre-activations before the activation function",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"none\"",
        .names = &normalizations,
        .store = sn_store_name,
        .offset = offsetof(sn_layer, normalization),
    },
    {
        .name = "residual",
        .doc = "the layer's input is added to its scaled activations, which are as many; none "
               "where not given",
        .type = SN_KEY_OBJECT,
        .presence = SN_OPTIONAL,
        .shape = &residual,
        .other = &residual_flag,
        .store = store_residual,
    },
};

const size_t sn_n_layer_keys = sizeof sn_layer_keys / sizeof sn_layer_keys[0];
