/* The layers of a network, as its keys describe them: one width and a depth, a list of widths, or
 * blocks. The first layer of a block may have another fan-in than the rest of it. */
#include <math.h>

#include "config/simulate_keys.h"

static size_t count_of(const cJSON *json)
{
    const double x = cJSON_IsNumber(json) ? json->valuedouble : 0;
    return x >= 1 && x <= SN_LARGEST_COUNT && x == floor(x) ? (size_t)x : 0;
}

size_t sn_width_neurons(const cJSON *width)
{
    if (!cJSON_IsObject(width))
        return count_of(width);
    double product = (double)count_of(sn_json_get(width, "channels"));
    const cJSON *kernel = sn_json_get(width, "kernel");
    for (const cJSON *side = cJSON_IsArray(kernel) ? kernel->child : NULL; side != NULL;
         side = side->next)
        product *= (double)count_of(side);
    return cJSON_IsArray(kernel) && product <= SN_LARGEST_COUNT ? (size_t)product : 0;
}

sn_layers sn_layers_begin(const cJSON *network, size_t columns)
{
    const cJSON *width = sn_json_get(network, "width");
    if (cJSON_IsArray(width))
        width = width->child;
    return (sn_layers){.network = network,
                       .width = columns > 0 ? columns : sn_width_neurons(width)};
}

/* The first of so many layers of a width, and the rest where it is like the first. */
static bool enter(sn_layers *layers, const cJSON *width, const cJSON *repeat)
{
    const size_t n = repeat != NULL ? count_of(repeat) : 1;
    layers->fan_in = layers->width;
    layers->width = sn_width_neurons(width);
    layers->repeat = layers->width == layers->fan_in ? n : 1;
    layers->rest = n > layers->repeat ? n - layers->repeat : 0;
    return true;
}

bool sn_layers_next(sn_layers *layers)
{
    const cJSON *width = sn_json_get(layers->network, "width");
    const cJSON *blocks = sn_json_get(layers->network, "blocks");
    const cJSON *list = cJSON_IsArray(width) ? width : blocks;
    const bool first = !layers->begun;
    if (layers->rest > 0) {
        layers->fan_in = layers->width;
        layers->repeat = layers->rest;
        layers->rest = 0;
        return true;
    }
    layers->begun = true;
    if (list == NULL)
        return first && enter(layers, width, sn_json_get(layers->network, "depth"));
    if (first)
        layers->item = cJSON_IsArray(list) ? list->child : NULL;
    if (layers->item != NULL && (!first || list == width)) { /* the input's width is no layer's */
        layers->item = layers->item->next;
        layers->index++;
    }
    if (layers->item == NULL)
        return false;
    if (list == width)
        return enter(layers, layers->item, NULL);
    layers->block = layers->item;
    const cJSON *own = sn_json_get(layers->block, "width");
    return enter(layers, own != NULL ? own : width, sn_json_get(layers->block, "repeat"));
}

const cJSON *sn_layers_get(const sn_layers *layers, const char *name)
{
    const cJSON *own = sn_json_get(layers->block, name);
    return own != NULL ? own : sn_json_get(layers->network, name);
}

const sn_path *sn_layers_place(const sn_layers *layers, const char *name, sn_path path[4])
{
    path[0] = (sn_path){.name = "network"};
    path[1] = (sn_path){.parent = &path[0], .name = "blocks"};
    path[2] = (sn_path){.parent = &path[1], .index = layers->index};
    const bool own = sn_json_get(layers->block, name) != NULL;
    path[3] = (sn_path){.parent = own ? &path[2] : &path[0], .name = name};
    return &path[3];
}
