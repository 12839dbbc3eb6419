/* One replica: activations A (width x samples, a neuron's values side by side), and layer by layer
 *
 *     Z = W A + b,   A' = f(Z)
 *
 * with W drawn for the purpose. W is never whole: a strip of its rows is drawn, multiplied, its
 * part of Z measured, activated in place and measured again while it is in cache, and the next
 * strip takes its place. Two matrices of activations take turns.
 *
 * A strip is as high as pays: with h rows a product does 2h operations for each number of A that
 * BLAS copies into its own order, so 256 make that copy cheap, and fewer only keep the strip of a
 * very wide layer within a few megabytes. The height depends on the shape alone, so that results do
 * not depend on the number of threads.
 *
 * A replica explodes in the layer where a pre-activation, an activation or their squares leave the
 * numbers, and ends there. It dies where all activations are equal, but goes on: other weights or a
 * bias may tell its neurons apart again. Where there is one neuron and one sample, no two
 * activations can differ and nothing dies.
 */
#include "simulate/propagate.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

#include "simulate/random.h"
#include "simulate/sizes.h"
#include "simulate/weights.h"

enum { ALIGNMENT = 64, STRIP_ROWS = 256, FEWEST_ROWS = 16, STRIP_BYTES = 4 << 20 };

static size_t size_of_number(const sn_simulation_spec *spec)
{
    return spec->precision == SN_FLOAT ? sizeof(float) : sizeof(double);
}

size_t sn_strip_rows(const sn_simulation_spec *spec)
{
    size_t rows = STRIP_BYTES / sn_size_multiply(spec->width, size_of_number(spec));
    if (rows > STRIP_ROWS)
        rows = STRIP_ROWS;
    if (rows < FEWEST_ROWS)
        rows = FEWEST_ROWS;
    return rows < spec->width ? rows : spec->width;
}

/* Of rows x columns numbers, rounded up to what aligned_alloc takes. */
static size_t matrix_bytes(const sn_simulation_spec *spec, size_t rows, size_t columns)
{
    const size_t bytes = sn_size_multiply(sn_size_multiply(rows, columns), size_of_number(spec));
    const size_t padded = sn_size_add(bytes, ALIGNMENT - 1);
    return padded == SIZE_MAX ? SIZE_MAX : padded / ALIGNMENT * ALIGNMENT;
}

static size_t record_bytes(const sn_simulation_spec *spec)
{
    return sn_size_multiply(sn_size_add(spec->depth, 1), sizeof(sn_layer_record));
}

size_t sn_workspace_bytes(const sn_simulation_spec *spec)
{
    const size_t activations = matrix_bytes(spec, spec->width, spec->samples);
    size_t bytes = sn_size_add(sizeof(sn_workspace), record_bytes(spec));
    bytes = sn_size_add(bytes, sn_size_multiply(activations, 2));
    bytes = sn_size_add(bytes, matrix_bytes(spec, sn_strip_rows(spec), spec->width));
    return sn_size_add(bytes, matrix_bytes(spec, spec->width, 1));
}

static void *new_matrix(const sn_simulation_spec *spec, size_t rows, size_t columns)
{
    const size_t bytes = matrix_bytes(spec, rows, columns);
    return bytes == SIZE_MAX ? NULL : aligned_alloc(ALIGNMENT, bytes);
}

sn_workspace *sn_workspace_new(const sn_simulation_spec *spec)
{
    if (sn_workspace_bytes(spec) == SIZE_MAX)
        return NULL;
    sn_workspace *workspace = calloc(1, sizeof *workspace);
    if (workspace == NULL)
        return NULL;
    workspace->layer = malloc(record_bytes(spec));
    workspace->front = new_matrix(spec, spec->width, spec->samples);
    workspace->back = new_matrix(spec, spec->width, spec->samples);
    workspace->strip = new_matrix(spec, sn_strip_rows(spec), spec->width);
    workspace->bias = new_matrix(spec, spec->width, 1);
    if (workspace->layer != NULL && workspace->front != NULL && workspace->back != NULL
        && workspace->strip != NULL && workspace->bias != NULL)
        return workspace;
    sn_workspace_free(workspace);
    return NULL;
}

void sn_workspace_free(sn_workspace *workspace)
{
    if (workspace == NULL)
        return;
    free(workspace->layer);
    free(workspace->front);
    free(workspace->back);
    free(workspace->strip);
    free(workspace->bias);
    free(workspace);
}

/* The second moment may leave the numbers before mean and squares do. */
static bool is_finite(const sn_tally *tally)
{
    return isfinite(sn_tally_second_moment(tally));
}

static bool all_finite(const sn_layer_record *layer)
{
    return is_finite(&layer->pre) && is_finite(&layer->post);
}

static bool has_bias(const sn_simulation_spec *spec)
{
    return spec->bias_mean != 0 || spec->bias_variance != 0;
}

#define REAL        float
#define NAMED(name) name##_float
#define GEMM        cblas_sgemm
#include "simulate/propagate.inc"
#undef REAL
#undef NAMED
#undef GEMM

#define REAL        double
#define NAMED(name) name##_double
#define GEMM        cblas_dgemm
#include "simulate/propagate.inc"
#undef REAL
#undef NAMED
#undef GEMM

bool sn_propagate(const sn_simulation_spec *spec, uint32_t replica, sn_workspace *workspace,
                  const atomic_bool *stop)
{
    return spec->precision == SN_FLOAT ? propagate_float(spec, replica, workspace, stop)
                                       : propagate_double(spec, replica, workspace, stop);
}
