/* simulate_keys.h: the tables of a "simulate" configuration, and its layers as they say. */
#ifndef SELFNORM_CONFIG_SIMULATE_KEYS_H
#define SELFNORM_CONFIG_SIMULATE_KEYS_H

#include "common_keys.h"

/* Of a network: at most so many blocks, and so many widths in a list. */
enum { SN_MOST_BLOCKS = 10000 };

/* The weights, into an sn_weights; an initialiser that says tau itself leaves it to who knows the
 * layer's shape. */
extern const sn_shape sn_shape_weights;

/* Of weights that may be wrong: COUNT where they do not say; NULL without an initialiser. */
sn_weight_structure sn_weights_structure(const cJSON *weights);
sn_weight_law sn_weights_law(const cJSON *weights);
const sn_initializer *sn_weights_initializer(const cJSON *weights);

/* The input, into an sn_simulate_spec. Of rows, run.width is the number of their columns. */
extern const sn_shape sn_shape_input;
bool sn_store_input(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);

/* How many columns the rows have; 0: nothing is said of rows, or they cannot be read, which is
 * complained of. */
size_t sn_input_columns(sn_findings *findings, const sn_path *path, const cJSON *input);

/* Dropout, into an sn_layer whose activation is there; alpha dropout's has been found to be
 * SELU. */
extern const sn_shape sn_shape_dropout;
bool sn_store_dropout(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_dropout_is_alpha(const cJSON *value);

/* What is said of layers, into an sn_layer: all but its width and, where an initialiser says it,
 * tau. A network has these keys with their defaults, a block of it without. */
extern const sn_key sn_layer_keys[];
extern const size_t sn_n_layer_keys;

extern const sn_shape sn_shape_network;

/* The network into an sn_simulate_spec, whose input is there. */
bool sn_store_network(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);

/* A walk over the layers of a network that may be wrong: neighbours of one block, fan-in and width
 * at a time. */
typedef struct sn_layers {
    const cJSON *network;
    const cJSON *item;  /* the block, or the width in the list of widths; NULL: there are neither */
    const cJSON *block; /* the same, NULL where it is a width */
    size_t index;       /* of the item */
    size_t fan_in, width; /* 0: not said, or wrong */
    size_t repeat;
    size_t rest; /* of the block, after this */
    bool begun;
} sn_layers;

/* columns: the width of the input, 0: as the network says. */
sn_layers sn_layers_begin(const cJSON *network, size_t columns);
bool sn_layers_next(sn_layers *layers); /* false past the last */

/* What the key is at the present layers: the block's own, else the network's. */
const cJSON *sn_layers_get(const sn_layers *layers, const char *name);

/* Where that stands; path is room for the way there. */
const sn_path *sn_layers_place(const sn_layers *layers, const char *name, sn_path path[4]);

/* The neurons that a width stands for: a number, or the product of a kernel and its channels; 0:
 * neither. */
size_t sn_width_neurons(const cJSON *width);

#endif
