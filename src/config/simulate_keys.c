/* The keys of a "simulate" configuration: random networks, what goes in, and how often. */
#include "config/common_keys.h"

static const char *const precision_names[] = {[SN_FLOAT] = "float", [SN_DOUBLE] = "double"};
static const char *const precision_docs[] = {[SN_FLOAT] = "32 bits", [SN_DOUBLE] = "64 bits"};

static const char *precision_name(size_t index)
{
    return index <= SN_DOUBLE ? precision_names[index] : NULL;
}

static const char *precision_doc(size_t index)
{
    return index <= SN_DOUBLE ? precision_docs[index] : NULL;
}

static const sn_names precisions = {precision_name, precision_doc};

static const char *input_law_name(size_t index)
{
    return sn_input_law_name((sn_input_law)index);
}

static const char *input_law_doc(size_t index)
{
    return sn_input_law_doc((sn_input_law)index);
}

static const sn_names input_laws = {input_law_name, input_law_doc};

/* --- the network ------------------------------------------------------------------------------ */

static const sn_key bias_keys[] = {
    SN_BIAS_ROWS(sn_simulate_spec, run.bias_mean, run.bias_variance)};

static const sn_shape bias = {
    .name = "bias",
    .keys = bias_keys,
    .n_keys = sizeof bias_keys / sizeof bias_keys[0],
};

static const sn_key network_keys[] = {
    {
        .name = "width",
        .doc = "neurons in the input and in every layer",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "256",
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .store = sn_store_size,
        .offset = offsetof(sn_simulate_spec, run.width),
    },
    {
        .name = "depth",
        .doc = "layers after the input",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "32",
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .store = sn_store_size,
        .offset = offsetof(sn_simulate_spec, run.depth),
    },
    {
        .name = "activation",
        .doc = "the activation function and its parameters",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"name\": \"selu\"}",
        .shape = &sn_shape_activation,
        .store = sn_store_activation,
        .offset = offsetof(sn_simulate_spec, run.activation),
    },
    {
        .name = "weights",
        .doc = "how weights are drawn: by an initialiser's name, or from a distribution",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"initializer\": \"lecun_normal\"}",
        .shape = &sn_shape_weights,
    },
    {
        .name = "bias",
        .doc = "Gaussian biases, one a neuron",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &bias,
    },
};

/* Weights are given one way or the other; and n weights can have the sum omega and the square sum
 * tau only where tau >= omega^2 / n (Cauchy and Schwarz), of which equality leaves no freedom. */
static void complete_network(sn_findings *findings, const sn_path *path, cJSON *network)
{
    const sn_path here = {.parent = path, .name = "weights"};
    const cJSON *rows = sn_json_get(network, "weights");
    if (cJSON_IsObject(rows) && sn_json_get(rows, "initializer") == NULL
        && sn_json_get(rows, "distribution") == NULL)
        sn_complain(
            findings, &here,
            "found neither \"initializer\" nor \"distribution\", allowed is one of the two");
    const double width = sn_json_number(network, "width");
    const double omega = sn_json_number(rows, "omega"), tau = sn_json_number(rows, "tau");
    if (!sn_weights_are_exact(rows))
        return;
    if (width < 2)
        sn_complain(findings, &here,
                    "found exact rows at width %g, allowed is a width of at least 2", width);
    else if (tau <= omega * omega / width)
        sn_complain(findings, &here,
                    "found exact rows of omega %g and tau %g at width %g, allowed is tau > "
                    "omega^2 / width = %g",
                    omega, tau, width, omega * omega / width);
}

static const sn_shape network = {
    .name = "network",
    .keys = network_keys,
    .n_keys = sizeof network_keys / sizeof network_keys[0],
    .complete = complete_network,
};

/* --- the input -------------------------------------------------------------------------------- */

static const sn_key input_keys[] = {
    {
        .name = "distribution",
        .doc = "distribution of each input",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"normal\"",
        .names = &input_laws,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_name,
        .offset = offsetof(sn_simulate_spec, run.input_law),
    },
    {
        .name = "mean",
        .doc = "mean of each input",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "0",
        .lower = -SN_LARGEST_REAL,
        .upper = SN_LARGEST_REAL,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_real,
        .offset = offsetof(sn_simulate_spec, run.input_mean),
    },
    {
        .name = "variance",
        .doc = "variance of each input",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = 0,
        .upper = SN_LARGEST_REAL,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_real,
        .offset = offsetof(sn_simulate_spec, run.input_variance),
    },
};

static const sn_shape input = {
    .name = "input",
    .keys = input_keys,
    .n_keys = sizeof input_keys / sizeof input_keys[0],
};

/* --- all of it -------------------------------------------------------------------------------- */

const sn_key sn_simulate_keys[] = {
    SN_FIRST_ROWS(NULL),
    {
        .name = "seed",
        .doc = "of the random numbers; the same seed gives the same results",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = 0,
        .upper = 9007199254740991,
        .store = sn_store_seed,
        .offset = offsetof(sn_simulate_spec, run.seed),
    },
    {
        .name = "precision",
        .doc = "of weights, signals and products",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"float\"",
        .names = &precisions,
        .store = sn_store_name,
        .offset = offsetof(sn_simulate_spec, run.precision),
    },
    {
        .name = "replicas",
        .doc = "independent networks, each with weights and inputs of its own",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "32",
        .lower = 1,
        .upper = 1e8,
        .store = sn_store_size,
        .offset = offsetof(sn_simulate_spec, run.replicas),
    },
    {
        .name = "samples",
        .doc = "input vectors through each network",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "128",
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .store = sn_store_size,
        .offset = offsetof(sn_simulate_spec, run.samples),
    },
    {
        .name = "input",
        .doc = "the input vectors, all entries independent",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &input,
    },
    {
        .name = "network",
        .doc = "the networks: fully connected layers of one width",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &network,
    },
    SN_LAST_ROWS(&sn_simulate_plot_names),
};

const size_t sn_n_simulate_keys = sizeof sn_simulate_keys / sizeof sn_simulate_keys[0];
