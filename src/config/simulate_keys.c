/* The keys of a "simulate" configuration: random networks, what goes in, how often, and what is
 * measured. */
#include "config/simulate_keys.h"

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

static const char *method_name(size_t index)
{
    return sn_method_name((sn_method)index);
}

static const char *method_doc(size_t index)
{
    return sn_method_doc((sn_method)index);
}

static const sn_names methods = {method_name, method_doc};

static const sn_names observables = {sn_observe_name, sn_observe_doc};

static bool store_observe(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    sn_simulate_spec *simulate = spec;
    simulate->run.observe = SN_OBSERVE_MOMENTS;
    for (const cJSON *item = value->child; item != NULL; item = item->next)
        simulate->run.observe |= 1u << sn_names_find(key->names, item->valuestring);
    return true;
}

/* --- clipping --------------------------------------------------------------------------------- */

static const char *clip_name(size_t index)
{
    return sn_clip_name((sn_clip_kind)index);
}

static const char *clip_doc(size_t index)
{
    return sn_clip_doc((sn_clip_kind)index);
}

static const sn_names clips = {clip_name, clip_doc};

static const sn_key clip_keys[] = {
    {
        .name = "kind",
        .doc = "how gradients are clipped",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"none\"",
        .names = &clips,
        .column = SN_COLUMN_PARENT,
        .store = sn_store_name,
        .offset = offsetof(sn_simulate_spec, run.clip.kind),
    },
    {
        .name = "threshold",
        .doc = "the largest norm or entry, of a gradient that has norm 1 at the output",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1",
        .lower = 0,
        .upper = SN_LARGEST_REAL,
        .above = true,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_real,
        .offset = offsetof(sn_simulate_spec, run.clip.threshold),
    },
};

static const sn_shape clip = {
    .name = "clip",
    .keys = clip_keys,
    .n_keys = sizeof clip_keys / sizeof clip_keys[0],
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
        .name = "method",
        .doc = "how a layer is drawn; the law is the same",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"auto\"",
        .names = &methods,
        .store = sn_store_name,
        .offset = offsetof(sn_simulate_spec, run.method),
    },
    {
        .name = "observe",
        .doc = "what is measured of each layer; moments always are",
        .type = SN_KEY_NAMES,
        .presence = SN_DEFAULT_JSON,
        .default_json = "[\"moments\"]",
        .upper = SN_OBSERVE_COUNT,
        .names = &observables,
        .store = store_observe,
    },
    {
        .name = "clip",
        .doc = "clipping of each layer's gradient; needs \"gradients\" observed",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &clip,
    },
    {
        .name = "input",
        .doc = "the input vectors",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &sn_shape_input,
        .store = sn_store_input,
    },
    {
        .name = "network",
        .doc = "the networks: fully connected layers",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &sn_shape_network,
        .store = sn_store_network, /* after the input */
    },
    SN_LAST_ROWS(&sn_simulate_plot_names),
};

const size_t sn_n_simulate_keys = sizeof sn_simulate_keys / sizeof sn_simulate_keys[0];
