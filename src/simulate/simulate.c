/* Many replicas side by side, each on one thread with single-threaded BLAS: threads within a
 * product would only wait for each other.
 *
 * A replica is a function of the spec and its number. Threads take the next number as they become
 * free and lay the record they make into its slot; whoever lays down the one that comes next adds
 * it, and those behind it that wait. So sums are always added the same way: neither the number of
 * threads nor their pace changes a bit, and progress is told from one thread at a time. There are
 * two slots a thread; one that has no slot sleeps. (OpenMP's `ordered` keeps a thread busy until it
 * is its turn, which on a machine with other work is time taken from the thread it waits for.)
 *
 * The number of threads of OpenBLAS is a setting of the whole process. It is restored at the end;
 * programs that run two simulations at once should set it to one themselves.
 */
#include "simulate/simulate.h"

#include <pthread.h>
#include <stdlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "simulate/propagate.h"
#include "simulate/sizes.h"
#include "simulate/spec.h"
#include "simulate/totals.h"

#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);
#endif

enum { SLOTS = 2 }; /* for records, of each thread */

struct sn_simulation {
    sn_simulation_spec spec;
    sn_totals totals;
    size_t threads;
    sn_workspace **workspaces; /* one a thread */
    size_t slots;
    double **records; /* one a slot */
    atomic_bool stop; /* replicas under way are given up */
    atomic_bool over; /* sn_simulation_stop has asked for it, and stop stays */
};

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
    const size_t record = sn_size_multiply(sn_record_size(spec), sizeof(double));
    const size_t a_thread = sn_size_add(sn_workspace_bytes(spec), sn_size_multiply(SLOTS, record));
    return sn_size_add(sn_totals_bytes(spec),
                       sn_size_multiply(a_thread, threads_used(spec, threads)));
}

static bool allocate(sn_simulation *run)
{
    run->workspaces = calloc(run->threads, sizeof(sn_workspace *));
    run->slots = SLOTS * run->threads;
    run->records = calloc(run->slots, sizeof(double *));
    if (run->workspaces == NULL || run->records == NULL
        || !sn_totals_init(&run->totals, &run->spec))
        return false;
    for (size_t i = 0; i < run->threads; i++) {
        run->workspaces[i] = sn_workspace_new(&run->spec);
        if (run->workspaces[i] == NULL)
            return false;
    }
    for (size_t i = 0; i < run->slots; i++) {
        run->records[i] = malloc(sn_record_size(&run->spec) * sizeof(double));
        if (run->records[i] == NULL)
            return false;
    }
    return true;
}

sn_status sn_simulation_new(const sn_simulation_spec *spec, sn_simulation **out, sn_error *err)
{
    *out = NULL;
    const sn_status status = sn_spec_check(spec, err);
    if (status != SN_OK)
        return status;
    sn_simulation *run = calloc(1, sizeof *run);
    if (run != NULL) {
        run->spec = *spec;
        run->threads = threads_used(spec, spec->threads);
        if (allocate(run)) {
            *out = run;
            return SN_OK;
        }
    }
    sn_simulation_free(run);
    return sn_fail(err, SN_ENOMEM, "no memory for a simulation of %zu bytes",
                   sn_simulation_bytes(spec, spec->threads));
}

void sn_simulation_free(sn_simulation *run)
{
    if (run == NULL)
        return;
    for (size_t i = 0; run->workspaces != NULL && i < run->threads; i++)
        sn_workspace_free(run->workspaces[i]);
    for (size_t i = 0; run->records != NULL && i < run->slots; i++)
        free(run->records[i]);
    free(run->workspaces);
    free(run->records);
    sn_totals_clear(&run->totals);
    free(run);
}

size_t sn_simulation_done(const sn_simulation *run)
{
    return run->totals.replicas;
}

/* --- the run ---------------------------------------------------------------------------------- */

/* What the threads of a run share. */
typedef struct shared {
    sn_simulation *run;
    sn_progress *progress;
    void *context;
    bool told; /* progress has asked to stop */

    size_t next, until; /* the replica to be taken next, and the end */
    bool *laid;         /* a slot each: it has a record that waits */
    pthread_mutex_t lock;
    pthread_cond_t moved; /* a slot has become free, or it is over */
} shared;

static void hand_over(shared *all, const double *record)
{
    sn_simulation *run = all->run;
    sn_totals_add(&run->totals, &run->spec, record);
    if (all->progress != NULL
        && all->progress(all->context, run->totals.replicas, run->spec.replicas) != 0) {
        all->told = true;
        atomic_store(&run->stop, true);
    }
}

/* The next replica, when there is a slot for it; false: there is none. */
static bool take(shared *all, size_t *replica)
{
    sn_simulation *run = all->run;
    pthread_mutex_lock(&all->lock);
    while (!atomic_load(&run->stop) && all->next < all->until
           && all->next - run->totals.replicas >= run->slots)
        pthread_cond_wait(&all->moved, &all->lock); /* for one that is under way */
    const bool any = !atomic_load(&run->stop) && all->next < all->until;
    if (any)
        *replica = all->next++;
    pthread_mutex_unlock(&all->lock);
    return any;
}

static void lay(shared *all, size_t replica, bool whole)
{
    sn_simulation *run = all->run;
    pthread_mutex_lock(&all->lock);
    all->laid[replica % run->slots] = whole;
    while (!atomic_load(&run->stop) && all->laid[run->totals.replicas % run->slots]) {
        const size_t slot = run->totals.replicas % run->slots;
        all->laid[slot] = false;
        hand_over(all, run->records[slot]);
    }
    pthread_cond_broadcast(&all->moved);
    pthread_mutex_unlock(&all->lock);
}

static void run_replicas(shared *all)
{
    sn_simulation *run = all->run;
#pragma omp parallel num_threads((int)run->threads)
    for (size_t replica; take(all, &replica);) {
        sn_workspace *workspace = run->workspaces[thread_number()];
        double *record = run->records[replica % run->slots];
        lay(all, replica,
            sn_propagate(&run->spec, (uint32_t)replica, workspace, record, &run->stop));
    }
}

/* Gives back how many threads BLAS had. */
static int take_one_blas_thread(void)
{
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
    const int before = openblas_get_num_threads();
    openblas_set_num_threads(1);
    return before;
#else
    return 1;
#endif
}

static void give_blas_threads(int before)
{
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
    openblas_set_num_threads(before);
#else
    (void)before;
#endif
}

/* After progress has asked to stop. In this order, so that no sn_simulation_stop is lost. */
static void allow_more(sn_simulation *run)
{
    atomic_store(&run->stop, false);
    if (atomic_load(&run->over))
        atomic_store(&run->stop, true);
}

sn_status sn_simulation_run(sn_simulation *run, size_t until, sn_progress *progress, void *context,
                            sn_error *err)
{
    shared all = {.run = run,
                  .progress = progress,
                  .context = context,
                  .next = run->totals.replicas,
                  .until = until < run->spec.replicas ? until : run->spec.replicas,
                  .laid = calloc(run->slots, sizeof(bool)),
                  .lock = PTHREAD_MUTEX_INITIALIZER,
                  .moved = PTHREAD_COND_INITIALIZER};
    if (all.laid == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const int before = take_one_blas_thread();
    run_replicas(&all);
    give_blas_threads(before);
    pthread_cond_destroy(&all.moved);
    pthread_mutex_destroy(&all.lock);
    free(all.laid);
    const bool stopped = atomic_load(&run->stop);
    if (all.told)
        allow_more(run);
    if (stopped)
        return sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
    return SN_OK;
}

void sn_simulation_stop(sn_simulation *run)
{
    atomic_store(&run->over, true);
    atomic_store(&run->stop, true);
}

size_t sn_simulation_record_size(const sn_simulation *run)
{
    return sn_record_size(&run->spec);
}

size_t sn_simulation_compute(sn_simulation *run, size_t first, size_t count, double *records)
{
    const size_t size = sn_record_size(&run->spec);
    const int before = take_one_blas_thread();
    size_t whole = count; /* up to the first one given up */
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)run->threads) reduction(min : whole)
    for (size_t i = 0; i < count; i++)
        if (atomic_load(&run->stop)
            || !sn_propagate(&run->spec, (uint32_t)(first + i), run->workspaces[thread_number()],
                             records + i * size, &run->stop))
            whole = i < whole ? i : whole;
    give_blas_threads(before);
    return whole;
}

void sn_simulation_add(sn_simulation *run, const double *record)
{
    sn_totals_add(&run->totals, &run->spec, record);
}

size_t sn_simulation_state_size(const sn_simulation *run)
{
    return sn_totals_state_size(&run->spec);
}

void sn_simulation_save(const sn_simulation *run, double *state)
{
    sn_totals_save(&run->totals, &run->spec, state);
}

sn_status sn_simulation_load(sn_simulation *run, const double *state, sn_error *err)
{
    return sn_totals_load(&run->totals, &run->spec, state, err);
}

sn_status sn_simulation_statistics(const sn_simulation *run, sn_simulation_result *out,
                                   sn_error *err)
{
    return sn_totals_statistics(&run->totals, &run->spec, out, err);
}

sn_status sn_simulate(const sn_simulation_spec *spec, sn_progress *progress, void *context,
                      sn_simulation_result *out, sn_error *err)
{
    *out = (sn_simulation_result){0};
    sn_simulation *run;
    sn_status status = sn_simulation_new(spec, &run, err);
    if (status != SN_OK)
        return status;
    status = sn_simulation_run(run, spec->replicas, progress, context, err);
    if (status == SN_OK)
        status = sn_simulation_statistics(run, out, err);
    sn_simulation_free(run);
    return status;
}
