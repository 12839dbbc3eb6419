/* The memory of a replica: two matrices of activations that take turns and a strip of weights; for
 * a gradient, the activations and pre-activations of every layer. Sizes are counted and made from
 * the same list.
 */
#include <stdlib.h>

#include "simulate/network.h"
#include "simulate/propagate.h"
#include "simulate/sizes.h"

enum { ALIGNMENT = 64 };

static size_t size_of_number(const sn_simulation_spec *spec)
{
    return spec->precision == SN_FLOAT ? sizeof(float) : sizeof(double);
}

static bool sends_back(const sn_simulation_spec *spec)
{
    return (spec->observe & SN_OBSERVE_GRADIENTS) != 0;
}

static bool normalizes_layers(const sn_simulation_spec *spec)
{
    for (size_t i = 0; i < spec->n_blocks; i++)
        if (spec->blocks[i].layer.normalization == SN_NORMALIZATION_LAYER)
            return true;
    return false;
}

/* Of rows x columns numbers, rounded up to what aligned_alloc takes. */
static size_t matrix_bytes(const sn_simulation_spec *spec, size_t rows, size_t columns)
{
    const size_t bytes = sn_size_multiply(sn_size_multiply(rows, columns), size_of_number(spec));
    const size_t padded = sn_size_add(bytes, ALIGNMENT - 1);
    return padded == SIZE_MAX ? SIZE_MAX : padded / ALIGNMENT * ALIGNMENT;
}

static size_t strip_bytes(const sn_simulation_spec *spec)
{
    size_t most = 0, fan_in = spec->width;
    for (size_t i = 0; i < spec->n_blocks; i++) {
        const size_t fan_ins[] = {fan_in, spec->blocks[i].layer.width};
        for (size_t k = 0; k < 2; k++) {
            const size_t rows = sn_direct_rows(fan_ins[k], size_of_number(spec));
            const size_t bytes = matrix_bytes(spec, rows, fan_ins[k]);
            most = bytes > most ? bytes : most;
        }
        fan_in = spec->blocks[i].layer.width;
    }
    return most;
}

/* The width of layer l, by one walk for all. */
typedef struct widths {
    sn_cursor at;
    size_t l;
} widths;

static size_t next_width(widths *w)
{
    if (w->l++ == 0)
        return w->at.spec->width;
    const size_t width = w->at.layer->width;
    sn_cursor_next(&w->at);
    return width;
}

/* Activations (and, with pre, pre-activations) of all layers that are kept. */
static size_t kept_bytes(const sn_simulation_spec *spec)
{
    if (!sends_back(spec))
        return sn_size_multiply(2, matrix_bytes(spec, sn_network_widest(spec), spec->samples));
    size_t bytes = 0;
    const size_t depth = sn_simulation_depth(spec);
    widths w = {sn_cursor_begin(spec), 0};
    for (size_t l = 0; l <= depth; l++)
        bytes = sn_size_add(
            bytes,
            sn_size_multiply(
                2, sn_size_add(matrix_bytes(spec, next_width(&w), spec->samples), sizeof(void *))));
    /* by a layer's output, by its input, the slope, and the gradient on its way through f */
    const size_t one = matrix_bytes(spec, sn_network_widest(spec), spec->samples);
    return sn_size_add(bytes, sn_size_multiply(4, one));
}

size_t sn_workspace_bytes(const sn_simulation_spec *spec)
{
    const size_t widest = sn_network_widest(spec);
    size_t bytes = sn_size_add(sizeof(sn_workspace), kept_bytes(spec));
    if (sn_network_uses(spec, SN_METHOD_DIRECT))
        bytes = sn_size_add(bytes, strip_bytes(spec));
    if (sn_network_uses(spec, SN_METHOD_GRAM))
        bytes = sn_size_add(bytes, sn_gram_bytes(spec->samples, size_of_number(spec)));
    if (normalizes_layers(spec))
        bytes = sn_size_add(bytes, sn_size_multiply(spec->samples, 4 * sizeof(double)));
    return sn_size_add(bytes, sn_observer_bytes(spec->observe, widest));
}

static void *new_matrix(const sn_simulation_spec *spec, size_t rows)
{
    const size_t bytes = matrix_bytes(spec, rows, spec->samples);
    return bytes == SIZE_MAX ? NULL : aligned_alloc(ALIGNMENT, bytes);
}

static bool new_layers(const sn_simulation_spec *spec, sn_workspace *workspace)
{
    const size_t widest = sn_network_widest(spec);
    const bool back = sends_back(spec);
    workspace->kept = back ? sn_simulation_depth(spec) + 1 : 2;
    workspace->activations = calloc(workspace->kept, sizeof *workspace->activations);
    if (workspace->activations == NULL
        || (back && (workspace->pre = calloc(workspace->kept, sizeof *workspace->pre)) == NULL))
        return false;
    widths w = {sn_cursor_begin(spec), 0};
    for (size_t l = 0; l < workspace->kept; l++) {
        const size_t width = back ? next_width(&w) : widest;
        if ((workspace->activations[l] = new_matrix(spec, width)) == NULL
            || (back && l > 0 && (workspace->pre[l] = new_matrix(spec, width)) == NULL))
            return false;
    }
    return !back
           || ((workspace->gradient[0] = new_matrix(spec, widest)) != NULL
               && (workspace->gradient[1] = new_matrix(spec, widest)) != NULL
               && (workspace->slope = new_matrix(spec, widest)) != NULL
               && (workspace->back = new_matrix(spec, widest)) != NULL);
}

static bool new_parts(const sn_simulation_spec *spec, sn_workspace *workspace)
{
    const size_t widest = sn_network_widest(spec);
    if (sn_network_uses(spec, SN_METHOD_DIRECT)
        && (workspace->strip = aligned_alloc(ALIGNMENT, strip_bytes(spec))) == NULL)
        return false;
    if (sn_network_uses(spec, SN_METHOD_GRAM)
        && (workspace->gram = sn_gram_new(spec->samples, size_of_number(spec))) == NULL)
        return false;
    if (normalizes_layers(spec)) {
        workspace->sample_mean = calloc(spec->samples, 4 * sizeof(double));
        if (workspace->sample_mean == NULL)
            return false;
        workspace->sample_scale = workspace->sample_mean + spec->samples;
        workspace->sample_room = workspace->sample_scale + spec->samples;
    }
    return sn_observer_init(&workspace->observer, spec->observe, spec->samples, widest);
}

sn_workspace *sn_workspace_new(const sn_simulation_spec *spec)
{
    if (sn_workspace_bytes(spec) == SIZE_MAX)
        return NULL;
    sn_workspace *workspace = calloc(1, sizeof *workspace);
    if (workspace == NULL)
        return NULL;
    if (new_layers(spec, workspace) && new_parts(spec, workspace))
        return workspace;
    sn_workspace_free(workspace);
    return NULL;
}

void sn_workspace_free(sn_workspace *workspace)
{
    if (workspace == NULL)
        return;
    for (size_t l = 0; workspace->activations != NULL && l < workspace->kept; l++)
        free(workspace->activations[l]);
    for (size_t l = 0; workspace->pre != NULL && l < workspace->kept; l++)
        free(workspace->pre[l]);
    free(workspace->activations);
    free(workspace->pre);
    free(workspace->strip);
    sn_gram_free(workspace->gram);
    free(workspace->sample_mean);
    for (size_t i = 0; i < 2; i++)
        free(workspace->gradient[i]);
    free(workspace->slope);
    free(workspace->back);
    sn_observer_clear(&workspace->observer);
    free(workspace);
}
