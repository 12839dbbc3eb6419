/* stretch_keys.h: the "stretch" of a "verify" configuration. */
#ifndef SELFNORM_CONFIG_STRETCH_KEYS_H
#define SELFNORM_CONFIG_STRETCH_KEYS_H

#include "common_keys.h"

extern const sn_shape sn_shape_stretch;

/* Into an sn_stretch. */
bool sn_store_stretch(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);

/* What the file's stretch must be beside its box. */
void sn_complete_stretch(sn_findings *findings, const sn_path *path, const cJSON *file);

#endif
