/* The layers of a spec, and how each of them is drawn.
 *
 * `auto` counts operations. Directly, a layer of n inputs, m neurons and S samples takes 2 n m S
 * and n m random normals, each worth some 150 operations of a matrix product, and the same again on
 * the way back. By the Gram matrix it takes S^2 n for it, S^2 m for the product with its factor and
 * S^3 for that factor, all of them slow for their size, and m S normals; on the way back ten
 * products of S^2 n. The count depends on the spec alone, so that results do not depend on the
 * machine.
 */
#include "simulate/network.h"

#include "simulate/pass.h"

enum { OPERATIONS_OF_A_NORMAL = 150, GRAM_STRIP_ROWS = 256 };

static sn_method cheaper(const sn_simulation_spec *spec, const sn_layer *layer, size_t fan_in)
{
    const bool back = (spec->observe & SN_OBSERVE_GRADIENTS) != 0;
    const double n = (double)fan_in, m = (double)layer->width, s = (double)spec->samples;
    const double direct = n * m * (2 * s + OPERATIONS_OF_A_NORMAL) * (back ? 2 : 1);
    const double gram = 2 * s * s * (n + m) + 3 * s * s * s + m * s * OPERATIONS_OF_A_NORMAL
                        + (back ? 20 * s * s * n : 0);
    return gram < direct ? SN_METHOD_GRAM : SN_METHOD_DIRECT;
}

static sn_method method_of(const sn_simulation_spec *spec, const sn_layer *layer, size_t fan_in)
{
    if (layer->weights.structure == SN_WEIGHTS_ORTHOGONAL)
        return SN_METHOD_GRAM;
    if (spec->method != SN_METHOD_AUTO)
        return spec->method;
    return sn_gram_can(&layer->weights) ? cheaper(spec, layer, fan_in) : SN_METHOD_DIRECT;
}

static void look(sn_cursor *cursor)
{
    cursor->layer =
        cursor->block < cursor->spec->n_blocks ? &cursor->spec->blocks[cursor->block].layer : NULL;
    if (cursor->layer != NULL)
        cursor->method = method_of(cursor->spec, cursor->layer, cursor->fan_in);
}

sn_cursor sn_cursor_begin(const sn_simulation_spec *spec)
{
    sn_cursor cursor = {.spec = spec, .l = 1, .fan_in = spec->width};
    look(&cursor);
    return cursor;
}

void sn_cursor_next(sn_cursor *cursor)
{
    cursor->fan_in = cursor->layer->width;
    cursor->l++;
    if (++cursor->within == cursor->spec->blocks[cursor->block].repeat) {
        cursor->within = 0;
        cursor->block++;
    }
    look(cursor);
}

size_t sn_strip_rows(sn_method method, size_t fan_in, size_t size_of_number)
{
    return method == SN_METHOD_GRAM ? GRAM_STRIP_ROWS : sn_direct_rows(fan_in, size_of_number);
}

size_t sn_simulation_depth(const sn_simulation_spec *spec)
{
    size_t depth = 0;
    for (size_t i = 0; i < spec->n_blocks; i++)
        depth += spec->blocks[i].repeat;
    return depth;
}

static sn_cursor cursor_at(const sn_simulation_spec *spec, size_t l)
{
    size_t block = 0, before = 0;
    while (block < spec->n_blocks && l - 1 - before >= spec->blocks[block].repeat)
        before += spec->blocks[block++].repeat;
    const size_t within = l - 1 - before;
    sn_cursor cursor = {.spec = spec, .l = l, .block = block, .within = within};
    cursor.fan_in = within > 0  ? spec->blocks[block].layer.width
                    : block > 0 ? spec->blocks[block - 1].layer.width
                                : spec->width;
    look(&cursor);
    return cursor;
}

const sn_layer *sn_simulation_layer(const sn_simulation_spec *spec, size_t l)
{
    return cursor_at(spec, l).layer;
}

size_t sn_simulation_fan_in(const sn_simulation_spec *spec, size_t l)
{
    return cursor_at(spec, l).fan_in;
}

sn_method sn_simulation_method(const sn_simulation_spec *spec, size_t l)
{
    return cursor_at(spec, l).method;
}

size_t sn_network_widest(const sn_simulation_spec *spec)
{
    size_t widest = spec->width;
    for (size_t i = 0; i < spec->n_blocks; i++)
        if (spec->blocks[i].layer.width > widest)
            widest = spec->blocks[i].layer.width;
    return widest;
}

/* The first layer of a block has the width before it for fan-in, all others its own. */
bool sn_network_uses(const sn_simulation_spec *spec, sn_method method)
{
    size_t fan_in = spec->width;
    for (size_t i = 0; i < spec->n_blocks; i++) {
        const sn_layer *layer = &spec->blocks[i].layer;
        if (method_of(spec, layer, fan_in) == method)
            return true;
        fan_in = layer->width;
        if (spec->blocks[i].repeat > 1 && method_of(spec, layer, fan_in) == method)
            return true;
    }
    return false;
}
