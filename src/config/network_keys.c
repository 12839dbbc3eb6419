/* The keys of a network: its layers' widths, given in one of three ways, and what is said of all
 * its layers or of those of a block. */
#include "config/simulate_keys.h"

/* --- widths ----------------------------------------------------------------------------------- */

static const sn_key side = {
    .name = "kernel",
    .doc = "positions along one side of the kernel",
    .type = SN_KEY_WHOLE,
    .lower = 1,
    .upper = SN_LARGEST_COUNT,
};

static const sn_key kernel_keys[] = {
    {
        .name = "kernel",
        .doc = "the sides of a convolution's kernel",
        .type = SN_KEY_LIST,
        .presence = SN_REQUIRED,
        .lower = 1,
        .upper = 8,
        .item = &side,
    },
    {
        .name = "channels",
        .doc = "channels at each position",
        .type = SN_KEY_WHOLE,
        .presence = SN_REQUIRED,
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
    },
};

static void complete_kernel(sn_findings *findings, const sn_path *path, cJSON *width)
{
    double product = sn_json_number(width, "channels");
    const cJSON *sides = sn_json_get(width, "kernel");
    for (const cJSON *item = cJSON_IsArray(sides) ? sides->child : NULL; item != NULL;
         item = item->next)
        product *= cJSON_IsNumber(item) ? item->valuedouble : 1;
    if (product > SN_LARGEST_COUNT)
        sn_complain(findings, path, "found a product of %g, allowed is up to %g", product,
                    SN_LARGEST_COUNT);
}

static const sn_shape kernel = {
    .name = "kernel",
    .keys = kernel_keys,
    .n_keys = sizeof kernel_keys / sizeof kernel_keys[0],
    .complete = complete_kernel,
};

static const sn_key width_kernel = {
    .doc = "the fan-in of a convolution: as many neurons as the kernel's positions times channels",
    .type = SN_KEY_OBJECT,
    .shape = &kernel,
};

static const sn_key width_item = {
    .name = "width",
    .doc = "neurons of one layer",
    .type = SN_KEY_WHOLE,
    .lower = 1,
    .upper = SN_LARGEST_COUNT,
};

static const sn_key width_list = {
    .doc = "neurons of the input and of each layer",
    .type = SN_KEY_LIST,
    .lower = 2,
    .upper = SN_MOST_BLOCKS + 1,
    .item = &width_item,
    .other = &width_kernel,
};

/* --- blocks ----------------------------------------------------------------------------------- */

static const sn_key block_keys[] = {
    {
        .name = "repeat",
        .doc = "how many such layers follow one another",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
    },
    {
        .name = "width",
        .doc = "neurons in each of them; where not given, the network's",
        .type = SN_KEY_WHOLE,
        .presence = SN_OPTIONAL,
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .other = &width_kernel,
    },
};

enum { N_BLOCK_KEYS = sizeof block_keys / sizeof block_keys[0] };

/* What a block leaves out it has from the network. */
static bool block_key(size_t variant, size_t index, sn_key *key)
{
    (void)variant;
    if (index >= N_BLOCK_KEYS + sn_n_layer_keys)
        return false;
    if (index < N_BLOCK_KEYS) {
        *key = block_keys[index];
        return true;
    }
    *key = sn_layer_keys[index - N_BLOCK_KEYS];
    key->presence = SN_OPTIONAL;
    return true;
}

/* A "weights" that says neither what it could. */
static void check_weights(sn_findings *findings, const sn_path *path, cJSON *object)
{
    const sn_path here = {.parent = path, .name = "weights"};
    const cJSON *weights = sn_json_get(object, "weights");
    if (cJSON_IsObject(weights) && sn_json_get(weights, "initializer") == NULL
        && sn_json_get(weights, "distribution") == NULL)
        sn_complain(
            findings, &here,
            "found neither \"initializer\" nor \"distribution\", allowed is one of the two");
}

static const sn_shape block = {
    .name = "block",
    .key = block_key,
    .complete = check_weights,
};

/* --- the network ------------------------------------------------------------------------------ */

static const sn_key network_keys[] = {
    {
        .name = "width",
        .doc = "neurons: a number in the input and in every layer, a list for the input and each "
               "layer, or a kernel and its channels",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "256",
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
        .other = &width_list,
    },
    {
        .name = "depth",
        .doc =
            "layers after the input; 32 where neither it nor blocks nor a list of widths is given",
        .type = SN_KEY_WHOLE,
        .presence = SN_OPTIONAL,
        .lower = 1,
        .upper = SN_LARGEST_COUNT,
    },
};

static const sn_key blocks_row = {
    .name = "blocks",
    .doc = "layers that differ, in the place of depth; what a block leaves out it has from the "
           "network",
    .type = SN_KEY_LIST,
    .presence = SN_OPTIONAL,
    .lower = 1,
    .upper = SN_MOST_BLOCKS,
    .shape = &block,
};

enum { N_NETWORK_KEYS = sizeof network_keys / sizeof network_keys[0] };

static bool network_key(size_t variant, size_t index, sn_key *key)
{
    (void)variant;
    if (index > N_NETWORK_KEYS + sn_n_layer_keys)
        return false;
    *key = index < N_NETWORK_KEYS                     ? network_keys[index]
           : index < N_NETWORK_KEYS + sn_n_layer_keys ? sn_layer_keys[index - N_NETWORK_KEYS]
                                                      : blocks_row;
    return true;
}

static void check_depth(sn_findings *findings, const sn_path *path, const cJSON *network)
{
    double depth = 0;
    sn_layers layers = sn_layers_begin(network, 0);
    while (sn_layers_next(&layers))
        depth += (double)layers.repeat;
    if (depth > SN_LARGEST_COUNT)
        sn_complain(findings, path, "found %.15g layers, allowed are %.15g", depth,
                    SN_LARGEST_COUNT);
}

static void complete_network(sn_findings *findings, const sn_path *path, cJSON *network)
{
    const sn_path depth_path = {.parent = path, .name = "depth"};
    const sn_path blocks_path = {.parent = path, .name = "blocks"};
    const bool listed = cJSON_IsArray(sn_json_get(network, "width"));
    const bool blocks = sn_json_get(network, "blocks") != NULL;
    const bool deep = sn_json_get(network, "depth") != NULL;
    check_weights(findings, path, network);
    if (listed && blocks)
        sn_complain(findings, &blocks_path,
                    "found beside a list of widths, allowed is one of the two");
    if (deep && (listed || blocks))
        sn_complain(findings, &depth_path, "found beside %s, allowed is one of the two",
                    listed ? "a list of widths" : "blocks");
    if (!deep && !listed && !blocks && !sn_json_add(network, "depth", cJSON_CreateNumber(32)))
        findings->no_memory = true;
    check_depth(findings, path, network);
}

const sn_shape sn_shape_network = {
    .name = "network",
    .key = network_key,
    .complete = complete_network,
};
