/* Checked values into structs, each by its row's offset; what a struct points to is taken from the
 * configuration's memory. Nothing here can fail but memory. */
#include <stdint.h>
#include <string.h>

#include "config/keys.h"

static void *field(const sn_key *key, void *spec)
{
    return (char *)spec + key->offset;
}

bool sn_store_real(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    memcpy(field(key, spec), &value->valuedouble, sizeof(double));
    return true;
}

bool sn_store_size(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    const size_t size = (size_t)value->valuedouble;
    memcpy(field(key, spec), &size, sizeof size);
    return true;
}

bool sn_store_seed(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    const uint64_t seed = (uint64_t)value->valuedouble;
    memcpy(field(key, spec), &seed, sizeof seed);
    return true;
}

bool sn_store_flag(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    const bool flag = cJSON_IsTrue(value);
    memcpy(field(key, spec), &flag, sizeof flag);
    return true;
}

_Static_assert(sizeof(sn_map_kind) == sizeof(unsigned) && sizeof(sn_scale) == sizeof(unsigned)
                   && sizeof(sn_weight_law) == sizeof(unsigned)
                   && sizeof(sn_input_law) == sizeof(unsigned)
                   && sizeof(sn_precision) == sizeof(unsigned)
                   && sizeof(sn_weight_structure) == sizeof(unsigned)
                   && sizeof(sn_normalization) == sizeof(unsigned)
                   && sizeof(sn_method) == sizeof(unsigned)
                   && sizeof(sn_clip_kind) == sizeof(unsigned)
                   && sizeof(sn_quantity) == sizeof(unsigned)
                   && sizeof(sn_assertion_kind) == sizeof(unsigned)
                   && sizeof(sn_verdict) == sizeof(unsigned) && sizeof(int) == sizeof(unsigned),
               "sn_store_name writes enums as unsigned");

bool sn_store_name(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    const unsigned index = (unsigned)sn_names_find(key->names, value->valuestring);
    memcpy(field(key, spec), &index, sizeof index);
    return true;
}

bool sn_store_activation(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)memory;
    sn_activation activation;
    if (sn_activation_init(&activation, sn_json_get(value, "name")->valuestring, NULL) != SN_OK)
        return false;
    for (size_t i = 0; i < activation.type->n_params; i++)
        activation.params[i] = sn_json_number(value, activation.type->params[i].name);
    memcpy(field(key, spec), &activation, sizeof activation);
    return true;
}

bool sn_shape_store(const sn_shape *shape, const cJSON *object, void *spec, sn_memory *memory)
{
    const size_t variant = sn_shape_pick(shape, object);
    sn_key key;
    for (size_t i = 0; sn_shape_key(shape, variant, i, &key); i++) {
        const cJSON *value = sn_json_get(object, key.name);
        if (value == NULL)
            continue;
        if (key.store != NULL
                ? !key.store(&key, value, spec, memory)
                : key.type == SN_KEY_OBJECT && !sn_shape_store(key.shape, value, spec, memory))
            return false;
    }
    return true;
}
