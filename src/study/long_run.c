/* One point after the other, each a simulation whose totals are saved every two seconds, say, and
 * at its end; not in the first two seconds of the run: short ones write nothing but their results.
 *
 * Totals are sums over replicas in order. Where they were saved, loaded, or who computed a replica
 * changes none of the additions: an interrupted run ends with the bits of one that was not.
 *
 * The bar counts work rather than replicas, by a rough count of operations.
 */
#include "study/long_run.h"

#include <stdlib.h>

#include "study/ranks.h"
#include "study/rounds.h"

enum { STEPS = 1000000 }; /* of the bar */

struct sn_long_run {
    sn_study *study;
    size_t *done; /* replicas, a number a point */
    double *cost; /* of a replica of the point */
    double cost_done, cost_all;
    sn_rounds *rounds; /* NULL: this process does all */
    bool stopped, unsaved;
    double saved; /* on the clock of sn_study_seconds */

    size_t point; /* under way, with its label, simulation and a buffer for its totals */
    const char *label;
    sn_simulation *simulation;
    sn_point_state state;
};

static size_t points_of(const sn_long_run *run)
{
    return run->study->config->n_points;
}

static const sn_simulation_spec *spec_of(const sn_long_run *run, size_t point)
{
    return &run->study->config->points[point].simulate.run;
}

/* Operations of a replica, roughly: those of drawing a weight are some 16. */
static double cost_of(const sn_simulation_spec *spec)
{
    enum { DRAW = 16 };
    const double samples = (double)spec->samples;
    double cost = 1;
    for (size_t l = 1; l <= sn_simulation_depth(spec); l++) {
        const double in = (double)sn_simulation_fan_in(spec, l);
        const double out = (double)sn_simulation_layer(spec, l)->width;
        const bool gram = sn_simulation_method(spec, l) == SN_METHOD_GRAM;
        cost += gram ? samples * (samples * (in + out) + DRAW * out) : in * out * (samples + DRAW);
    }
    return (spec->observe & SN_OBSERVE_GRADIENTS) != 0 ? 2 * cost : cost;
}

static void show(const sn_long_run *run, const char *label)
{
    const double share = run->cost_all > 0 ? run->cost_done / run->cost_all : 1;
    sn_study_tick(run->study, label, (size_t)(share * STEPS), STEPS);
}

/* --- the checkpoint --------------------------------------------------------------------------- */

/* A disk that is full, say, is no reason to give up the run. */
static void save(sn_long_run *run)
{
    sn_error err = {0};
    run->saved = sn_study_seconds();
    if (run->study->checkpoint == NULL)
        return;
    sn_simulation_save(run->simulation, run->state.values);
    run->state.replicas = run->done[run->point];
    if (sn_checkpoint_save(run->study->checkpoint, run->point, &run->state, &err) == SN_OK) {
        run->unsaved = false;
    } else if (!run->unsaved) {
        sn_study_warn(run->study, "not saved: %s; the run goes on", err.message);
        run->unsaved = true;
    }
}

static bool is_time_to_save(const sn_long_run *run)
{
    return sn_study_seconds() - run->saved >= run->study->options->save_every;
}

/* How much of a point the checkpoint has; a file that cannot be used is said and passed over. */
static sn_status find_done(sn_long_run *run, size_t point, sn_error *err)
{
    sn_error why = {0};
    sn_point_state state;
    const sn_status status = sn_checkpoint_read(run->study->checkpoint, point, &state, &why);
    if (status == SN_ENOMEM)
        return sn_fail(err, status, "%s", why.message);
    if (status != SN_OK)
        sn_study_warn(run->study, "%s; that point is done again", why.message);
    else if (state.replicas <= spec_of(run, point)->replicas)
        run->done[point] = state.replicas;
    run->cost_done += run->cost[point] * (double)run->done[point];
    free(state.values);
    return SN_OK;
}

/* --- one point -------------------------------------------------------------------------------- */

static void watch_simulation(const sn_long_run *run, sn_simulation *simulation)
{
    const sn_watch *watch = &run->study->options->watch;
    if (watch->running != NULL)
        watch->running(watch->context, simulation);
}

static void close_point(sn_long_run *run)
{
    watch_simulation(run, NULL);
    sn_simulation_free(run->simulation);
    free(run->state.values);
    run->simulation = NULL;
    run->state = (sn_point_state){0};
}

/* The totals of the checkpoint. */
static sn_status load_point(sn_long_run *run, sn_error *err)
{
    sn_error why = {0};
    sn_point_state state;
    sn_status status = sn_checkpoint_read(run->study->checkpoint, run->point, &state, &why);
    if (status == SN_OK
        && (state.size != run->state.size || state.replicas != run->done[run->point]))
        status = sn_fail(&why, SN_EINVAL, "totals of another size");
    if (status == SN_OK)
        status = sn_simulation_load(run->simulation, state.values, &why);
    if (status == SN_OK && sn_simulation_done(run->simulation) != run->done[run->point])
        status = sn_fail(&why, SN_EINVAL, "totals of other replicas");
    free(state.values);
    if (status != SN_OK)
        sn_fail(err, status, "point %zu of the checkpoint: %s", run->point, why.message);
    return status;
}

/* The simulation of a point as far as the checkpoint has it. With rounds it only adds up. */
static sn_status open_point(sn_long_run *run, size_t point, const char *label, sn_error *err)
{
    sn_simulation_spec spec = *spec_of(run, point);
    spec.threads = run->rounds != NULL ? 1 : run->study->options->threads;
    run->point = point;
    run->label = label;
    sn_status status = sn_simulation_new(&spec, &run->simulation, err);
    if (status != SN_OK)
        return status;
    run->state.size = sn_simulation_state_size(run->simulation);
    run->state.values = malloc(run->state.size * sizeof(double));
    if (run->state.values == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    else if (run->done[point] > 0)
        status = load_point(run, err);
    return status;
}

/* After each replica, from one thread at a time; nonzero: stop. */
static int on_replica(void *context, size_t done, size_t total)
{
    sn_long_run *run = context;
    (void)total;
    run->done[run->point] = done;
    run->cost_done += run->cost[run->point];
    show(run, run->label);
    if (is_time_to_save(run))
        save(run);
    return sn_study_stopped(run->study);
}

/* All of it in this process. */
static sn_status run_here(sn_long_run *run, sn_error *err)
{
    watch_simulation(run, run->simulation);
    sn_status status = SN_EINTERRUPTED;
    if (!sn_study_stopped(run->study)) /* the signal may have come before the simulation */
        status = sn_simulation_run(run->simulation, spec_of(run, run->point)->replicas, on_replica,
                                   run, err);
    watch_simulation(run, NULL);
    return status;
}

/* Records of all ranks, as they come. */
static sn_status run_on_ranks(sn_long_run *run, sn_error *err)
{
    const size_t replicas = spec_of(run, run->point)->replicas;
    while (run->done[run->point] < replicas) {
        const double *record;
        const size_t next = run->done[run->point];
        const sn_status status = sn_rounds_record(run->rounds, run->point, next, &record, err);
        if (status != SN_OK)
            return status;
        sn_simulation_add(run->simulation, record);
        on_replica(run, next + 1, replicas);
    }
    return SN_OK;
}

static sn_status run_point(sn_long_run *run, sn_error *err)
{
    const size_t before = run->done[run->point], replicas = spec_of(run, run->point)->replicas;
    sn_status status = SN_OK;
    if (!run->stopped && before < replicas)
        status = run->rounds != NULL ? run_on_ranks(run, err) : run_here(run, err);
    const bool interrupted = status == SN_EINTERRUPTED;
    run->stopped = run->stopped || (interrupted && run->done[run->point] < replicas);
    const bool begun =
        run->study->checkpoint != NULL && sn_checkpoint_is_begun(run->study->checkpoint);
    if ((status == SN_OK || interrupted) && run->done[run->point] > before
        && (run->stopped || begun || is_time_to_save(run)))
        save(run);
    return interrupted ? SN_OK : status;
}

sn_status sn_long_run_point(sn_long_run *run, size_t point, const char *label,
                            sn_simulation_result *out, sn_error *err)
{
    *out = (sn_simulation_result){0};
    if (run->stopped && run->done[point] == 0)
        return SN_OK;
    sn_status status = open_point(run, point, label, err);
    if (status == SN_OK)
        status = run_point(run, err);
    if (status == SN_OK && run->done[point] > 0)
        status = sn_simulation_statistics(run->simulation, out, err);
    close_point(run);
    return status;
}

/* --- all of them ------------------------------------------------------------------------------ */

static sn_status prepare(sn_long_run *run, sn_error *err)
{
    const sn_study *study = run->study;
    run->done = calloc(points_of(run), sizeof *run->done);
    run->cost = calloc(points_of(run), sizeof *run->cost);
    if (run->done == NULL || run->cost == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; i < points_of(run); i++) {
        run->cost[i] = cost_of(spec_of(run, i));
        run->cost_all += run->cost[i] * (double)spec_of(run, i)->replicas;
    }
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && study->checkpoint != NULL && i < points_of(run); i++)
        status = find_done(run, i, err);
    if (status == SN_OK && sn_ranks_count() > 1)
        status = sn_rounds_new(study->config, study->options->path, study->identity, run->done,
                               study->options->threads, &study->options->watch, &run->rounds, err);
    return status;
}

sn_status sn_long_run_new(sn_study *study, sn_long_run **out, sn_error *err)
{
    sn_long_run *run = *out = calloc(1, sizeof *run);
    if (run == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    run->study = study;
    run->saved = study->began;
    const sn_status status = prepare(run, err);
    if (status != SN_OK) {
        sn_long_run_free(run);
        *out = NULL;
    }
    return status;
}

void sn_long_run_free(sn_long_run *run)
{
    if (run == NULL)
        return;
    close_point(run);
    sn_rounds_free(run->rounds);
    free(run->done);
    free(run->cost);
    free(run);
}

bool sn_long_run_is_partial(const sn_long_run *run)
{
    return run->stopped;
}

size_t sn_long_run_complete(const sn_long_run *run)
{
    size_t sum = 0;
    for (size_t i = 0; i < points_of(run); i++)
        sum += run->done[i];
    return sum;
}

size_t sn_long_run_total(const sn_long_run *run)
{
    size_t sum = 0;
    for (size_t i = 0; i < points_of(run); i++)
        sum += spec_of(run, i)->replicas;
    return sum;
}
