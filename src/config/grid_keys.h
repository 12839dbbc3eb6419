/* grid_keys.h: the grid of a "map" configuration, and the coordinates that are not on it. */
#ifndef SELFNORM_CONFIG_GRID_KEYS_H
#define SELFNORM_CONFIG_GRID_KEYS_H

#include "common_keys.h"

extern const sn_shape sn_shape_grid;
extern const sn_shape sn_shape_fixed;
extern const sn_shape sn_shape_swept; /* of an sn_axis: a range of values of a sweep */

/* Into the axes of an sn_map_spec; and into an sn_layer_point, the rest of it by default. */
bool sn_store_grid(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_fixed(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);

/* Fills the defaults of the file's "fixed" in, and complains of a coordinate both fixed and on the
 * grid. False: out of memory. */
bool sn_complete_fixed(sn_findings *findings, const sn_path *path, const cJSON *grid, cJSON *fixed);

/* from < to. */
void sn_complete_range(sn_findings *findings, const sn_path *path, cJSON *range);

#endif
