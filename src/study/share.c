/* The units of a sweep as a sequence, and a run of neighbours among them computed: segments, one a
 * point, each with the records of its replicas. A simulation, with its workspaces, is kept while
 * the work is at its point.
 */
#include "study/share.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- units ------------------------------------------------------------------------------------ */

static size_t replicas_of(const sn_share *share, size_t point)
{
    return share->config->points[point].simulate.run.replicas;
}

/* Past points that are done. */
static void settle(const sn_share *share, sn_unit *at)
{
    while (at->point < share->config->n_points && at->replica >= replicas_of(share, at->point)) {
        at->point++;
        at->replica = at->point < share->config->n_points ? share->done[at->point] : 0;
    }
}

/* At most so many units further within one point; how many those are, 0 at the end of all. */
static size_t step(const sn_share *share, sn_unit *at, size_t most)
{
    settle(share, at);
    if (at->point == share->config->n_points)
        return 0;
    const size_t left = replicas_of(share, at->point) - at->replica;
    const size_t count = left < most ? left : most;
    at->replica += count;
    return count;
}

sn_unit sn_share_further(const sn_share *share, sn_unit at, size_t units)
{
    for (size_t n; units > 0 && (n = step(share, &at, units)) > 0;)
        units -= n;
    settle(share, &at);
    return at;
}

/* --- computing -------------------------------------------------------------------------------- */

bool sn_message_make_room(sn_message *out, size_t more)
{
    if (out->room - out->size >= more)
        return true;
    const size_t room = out->size + more + out->room / 2;
    char *bytes = realloc(out->bytes, room);
    if (bytes == NULL)
        return false;
    out->bytes = bytes;
    out->room = room;
    return true;
}

static void watch_simulation(const sn_share *share, sn_simulation *simulation)
{
    if (share->watch != NULL && share->watch->running != NULL)
        share->watch->running(share->watch->context, simulation);
}

static void drop_simulation(sn_share *share)
{
    watch_simulation(share, NULL);
    sn_simulation_free(share->simulation);
    share->simulation = NULL;
}

static sn_status take_point(sn_share *share, size_t point, sn_error *err)
{
    if (share->simulation != NULL && share->point == point)
        return SN_OK;
    drop_simulation(share);
    sn_simulation_spec spec = share->config->points[point].simulate.run;
    spec.threads = share->threads;
    const sn_status status = sn_simulation_new(&spec, &share->simulation, err);
    share->point = point;
    watch_simulation(share, share->simulation);
    return status;
}

int sn_share_signal(const sn_watch *watch)
{
    return watch->stopped != NULL ? watch->stopped(watch->context) : 0;
}

static sn_status compute_segment(sn_share *share, sn_unit at, size_t count, sn_message *out,
                                 size_t *whole, sn_error *err)
{
    const sn_status status = take_point(share, at.point, err);
    if (status != SN_OK)
        return status;
    const size_t record = sn_simulation_record_size(share->simulation);
    if (!sn_message_make_room(out, sizeof(sn_segment) + count * record * sizeof(double)))
        return sn_fail(err, SN_ENOMEM, "out of memory");
    *whole = 0;
    if (sn_share_signal(share->watch) == 0) /* the signal may have come before the simulation */
        *whole =
            sn_simulation_compute(share->simulation, at.replica, count,
                                  (double *)(void *)(out->bytes + out->size + sizeof(sn_segment)));
    const sn_segment head = {at.point, at.replica, *whole, record};
    memcpy(out->bytes + out->size, &head, sizeof head);
    out->size += sizeof head + *whole * record * sizeof(double);
    return SN_OK;
}

void sn_share_compute(sn_share *share, const sn_order *asked, size_t rank, size_t ranks,
                      sn_message *out)
{
    sn_answer said = {SN_OK, 0, ""};
    sn_error err = {0};
    const size_t first = asked->units * rank / ranks;
    size_t units = asked->units * (rank + 1) / ranks - first;
    sn_unit at = sn_share_further(share, asked->from, first);
    out->size = sizeof said; /* its room is there from the beginning */
    while (said.status == SN_OK && units > 0) {
        size_t whole = 0;
        const size_t count = step(share, &at, units);
        if (count == 0)
            break; /* the end of all */
        const sn_unit start = {at.point, at.replica - count};
        said.status = compute_segment(share, start, count, out, &whole, &err);
        units = whole < count ? 0 : units - count;
    }
    said.signal = sn_share_signal(share->watch);
    snprintf(said.message, sizeof said.message, "%s", err.message);
    memcpy(out->bytes, &said, sizeof said);
}

sn_status sn_share_init(sn_share *share, const sn_config *config, const size_t *done, int threads,
                        const sn_watch *watch, sn_error *err)
{
    const size_t size = config->n_points * sizeof(size_t);
    *share = (sn_share){.config = config, .watch = watch, .threads = threads, .done = malloc(size)};
    if (share->done == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    memcpy(share->done, done, size);
    return SN_OK;
}

void sn_share_clear(sn_share *share)
{
    drop_simulation(share);
    free(share->done);
    *share = (sn_share){0};
}
