/* A network's layers into blocks of a simulation. A layer differs from the one before it by the
 * block of the file it is from, by its width, or by the tau that an initialiser has for its
 * shape. */
#include <string.h>

#include "config/simulate_keys.h"

/* Blocks while they are made; room is for two of each block or width of the file, as the first
 * layer of one has a fan-in of its own. */
typedef struct maker {
    sn_block *blocks;
    const sn_initializer **initializers;
    size_t n;
    size_t index; /* of the file's block that the last one is from */
} maker;

static size_t count_runs(const cJSON *network, size_t columns)
{
    size_t n = 0;
    sn_layers layers = sn_layers_begin(network, columns);
    while (sn_layers_next(&layers))
        n++;
    return n;
}

static bool store_layer(const sn_layers *layers, sn_layer *layer, sn_memory *memory)
{
    for (size_t i = 0; i < sn_n_layer_keys; i++) {
        const sn_key *key = &sn_layer_keys[i];
        const cJSON *value = sn_layers_get(layers, key->name);
        if (value != NULL
            && !(key->store != NULL ? key->store(key, value, layer, memory)
                                    : sn_shape_store(key->shape, value, layer, memory)))
            return false;
    }
    layer->width = layers->width;
    return true;
}

/* Whether an initialiser says tau by itself. */
static double tau_of(const sn_layer *layer, const sn_initializer *initializer, size_t fan_in)
{
    return initializer == NULL || initializer->structure == SN_WEIGHTS_EXACT_ROWS
               ? layer->weights.tau
               : initializer->tau(fan_in, layer->width);
}

static bool add_layers(maker *m, const sn_layers *layers, sn_memory *memory)
{
    const bool listed = layers->block == NULL; /* then all layers are of one kind */
    sn_block *last = m->n > 0 ? &m->blocks[m->n - 1] : NULL;
    if (last != NULL && (listed || m->index == layers->index)
        && last->layer.width == layers->width) {
        const double tau = tau_of(&last->layer, m->initializers[m->n - 1], layers->fan_in);
        if (tau == last->layer.weights.tau) {
            last->repeat += layers->repeat;
            return true;
        }
    }
    sn_block *block = &m->blocks[m->n];
    const sn_initializer *initializer = sn_weights_initializer(sn_layers_get(layers, "weights"));
    if (!store_layer(layers, &block->layer, memory))
        return false;
    block->layer.weights.tau = tau_of(&block->layer, initializer, layers->fan_in);
    block->repeat = layers->repeat;
    m->initializers[m->n++] = initializer;
    m->index = layers->index;
    return true;
}

bool sn_store_network(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)key;
    sn_simulate_spec *simulate = spec;
    sn_simulation_spec *run = &simulate->run;
    const size_t columns = run->input.law == SN_INPUT_ROWS ? run->width : 0;
    const size_t room = count_runs(value, columns);
    sn_layers layers = sn_layers_begin(value, columns);
    maker m = {
        .blocks = sn_memory_take(memory, room, sizeof *m.blocks),
        .initializers = sn_memory_take(memory, room, sizeof *m.initializers),
    };
    if (m.blocks == NULL || m.initializers == NULL)
        return false;
    run->width = layers.width;
    while (sn_layers_next(&layers))
        if (!add_layers(&m, &layers, memory))
            return false;
    run->blocks = m.blocks;
    run->n_blocks = m.n;
    simulate->initializers = m.initializers;
    return true;
}

/* --- asked of the blocks ---------------------------------------------------------------------- */

static bool same_function(const sn_activation *a, const sn_activation *b)
{
    bool same = a->type == b->type;
    for (size_t i = 0; same && i < a->type->n_params; i++)
        same = a->params[i] == b->params[i];
    return same;
}

static bool same_weights(const sn_weights *a, const sn_weights *b)
{
    return a->structure == b->structure && a->omega == b->omega && a->tau == b->tau
           && (a->structure != SN_WEIGHTS_SPARSE || a->density == b->density)
           && (a->structure == SN_WEIGHTS_ORTHOGONAL
               || (a->law == b->law
                   && (a->law != SN_WEIGHT_STUDENT_T || a->freedom == b->freedom)));
}

bool sn_simulate_same_map(const sn_simulate_spec *spec, const sn_simulate_spec *other)
{
    const sn_layer *first = &other->run.blocks[0].layer;
    for (size_t i = 0; i < spec->run.n_blocks; i++) {
        const sn_layer *layer = &spec->run.blocks[i].layer;
        if (layer->normalization != SN_NORMALIZATION_NONE || layer->dropout.rate > 0
            || layer->residual || !same_function(&layer->activation, &first->activation)
            || !same_weights(&layer->weights, &first->weights)
            || layer->bias_mean != first->bias_mean || layer->bias_variance != first->bias_variance)
            return false;
    }
    return true;
}
