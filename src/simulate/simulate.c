/* Many replicas side by side, each on one thread with single-threaded BLAS: threads within a
 * product would only wait for each other.
 *
 * A replica is a function of the spec and its number. Threads take the next number as they become
 * free, but hand their replicas over in order (OpenMP's `ordered`), so that sums are always added
 * the same way: neither the number of threads nor their pace changes a bit, nothing is kept of a
 * replica once it is added, and progress is told from one thread at a time.
 *
 * The number of threads of OpenBLAS is a setting of the whole process. It is restored at the end;
 * programs that run two simulations at once should set it to one themselves.
 */
#include "simulate/simulate.h"

#include <stdlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "simulate/propagate.h"
#include "simulate/sizes.h"
#include "simulate/spec.h"

#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);
#endif

/* --- from replicas to statistics --- */

/* The replicas' values of each quantity of a layer. */
typedef struct layer_sums {
    sn_tally mean, second_moment, variance, pre_mean, pre_second_moment, pre_variance;
} layer_sums;

static void add_values(const sn_tally *measured, sn_tally *mean, sn_tally *second_moment,
                       sn_tally *variance)
{
    if (measured->count == 0)
        return;
    sn_tally_add(mean, measured->mean);
    sn_tally_add(second_moment, sn_tally_second_moment(measured));
    sn_tally_add(variance, sn_tally_variance(measured));
}

static void note_outcome(size_t layer, size_t *count, size_t *first)
{
    *count += 1;
    if (*first == 0 || layer < *first)
        *first = layer;
}

static void add_replica(const sn_simulation_spec *spec, const sn_workspace *replica,
                        layer_sums *sums, sn_simulation_result *result)
{
    for (size_t l = 0; l < replica->layers; l++) {
        const sn_layer_record *layer = &replica->layer[l];
        layer_sums *sum = &sums[l];
        add_values(&layer->post, &sum->mean, &sum->second_moment, &sum->variance);
        add_values(&layer->pre, &sum->pre_mean, &sum->pre_second_moment, &sum->pre_variance);
    }
    if (replica->layers <= spec->depth) /* an input that has exploded ends in the first layer */
        note_outcome(replica->layers > 0 ? replica->layers : 1, &result->exploded,
                     &result->first_exploded_layer);
    if (replica->died != 0)
        note_outcome(replica->died, &result->died, &result->first_died_layer);
}

static void write_statistics(size_t layers, const layer_sums *sums, sn_layer_statistics *out)
{
    for (size_t l = 0; l < layers; l++)
        out[l] = (sn_layer_statistics){
            .mean = sn_tally_measured(&sums[l].mean),
            .second_moment = sn_tally_measured(&sums[l].second_moment),
            .variance = sn_tally_measured(&sums[l].variance),
            .pre_mean = sn_tally_measured(&sums[l].pre_mean),
            .pre_second_moment = sn_tally_measured(&sums[l].pre_second_moment),
            .pre_variance = sn_tally_measured(&sums[l].pre_variance),
            .variance_sd = sn_tally_deviation(&sums[l].variance),
            .replicas = (size_t)sums[l].mean.count,
        };
}

/* --- the run --- */

static size_t threads_used(const sn_simulation_spec *spec, int threads)
{
    size_t used = threads > 0 ? (size_t)threads : 1;
#ifdef _OPENMP
    if (threads <= 0)
        used = (size_t)omp_get_max_threads();
#endif
    return used < spec->replicas ? used : spec->replicas;
}

static int thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

size_t sn_simulation_bytes(const sn_simulation_spec *spec, int threads)
{
    const size_t a_layer = sizeof(layer_sums) + sizeof(sn_layer_statistics);
    return sn_size_add(sn_size_multiply(sn_size_add(spec->depth, 1), a_layer),
                       sn_size_multiply(sn_workspace_bytes(spec), threads_used(spec, threads)));
}

typedef struct simulation {
    const sn_simulation_spec *spec;
    sn_progress *progress;
    void *context;
    size_t threads;
    sn_workspace **workspaces; /* one a thread */
    layer_sums *sums;
    sn_simulation_result result;
    atomic_bool stop;
} simulation;

static bool allocate(simulation *run)
{
    const size_t layers = run->spec->depth + 1;
    run->result.layers = layers;
    run->result.layer = calloc(layers, sizeof *run->result.layer);
    run->sums = calloc(layers, sizeof *run->sums);
    run->workspaces = calloc(run->threads, sizeof(sn_workspace *));
    if (run->result.layer == NULL || run->sums == NULL || run->workspaces == NULL)
        return false;
    for (size_t i = 0; i < run->threads; i++)
        if ((run->workspaces[i] = sn_workspace_new(run->spec)) == NULL)
            return false;
    return true;
}

static void hand_over(simulation *run, size_t replica, const sn_workspace *workspace)
{
    if (atomic_load(&run->stop))
        return;
    add_replica(run->spec, workspace, run->sums, &run->result);
    if (run->progress != NULL && run->progress(run->context, replica + 1, run->spec->replicas) != 0)
        atomic_store(&run->stop, true);
}

static void run_replicas(simulation *run)
{
    const size_t replicas = run->spec->replicas;
#pragma omp parallel for ordered schedule(dynamic, 1) num_threads((int)run->threads)
    for (size_t replica = 0; replica < replicas; replica++) {
        sn_workspace *workspace = run->workspaces[thread_number()];
        if (!atomic_load(&run->stop)
            && sn_propagate(run->spec, (uint32_t)replica, workspace, &run->stop)) {
#pragma omp ordered
            hand_over(run, replica, workspace);
        }
    }
}

static void run_with_one_blas_thread(simulation *run)
{
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
    const int before = openblas_get_num_threads();
    openblas_set_num_threads(1);
#endif
    run_replicas(run);
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
    openblas_set_num_threads(before);
#endif
}

sn_status sn_simulate(const sn_simulation_spec *spec, sn_progress *progress, void *context,
                      sn_simulation_result *out, sn_error *err)
{
    *out = (sn_simulation_result){0};
    sn_status status = sn_spec_check(spec, err);
    if (status != SN_OK)
        return status;
    simulation run = {.spec = spec,
                      .progress = progress,
                      .context = context,
                      .threads = threads_used(spec, spec->threads)};
    if (!allocate(&run)) {
        status = sn_fail(err, SN_ENOMEM, "no memory for a simulation of %zu bytes",
                         sn_simulation_bytes(spec, spec->threads));
        goto end;
    }
    run_with_one_blas_thread(&run);
    if (atomic_load(&run.stop)) {
        status = sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
        goto end;
    }
    write_statistics(run.result.layers, run.sums, run.result.layer);
    *out = run.result;
    run.result = (sn_simulation_result){0};
end:
    for (size_t i = 0; run.workspaces != NULL && i < run.threads; i++)
        sn_workspace_free(run.workspaces[i]);
    free(run.workspaces);
    free(run.sums);
    sn_simulation_result_free(&run.result);
    return status;
}

void sn_simulation_result_free(sn_simulation_result *result)
{
    if (result == NULL)
        return;
    free(result->layer);
    *result = (sn_simulation_result){0};
}
