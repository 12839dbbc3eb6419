/* Rounds over ranks, at rank 0.
 *
 * It opens with the configuration, its digest and the replicas already done; every other rank reads
 * it and answers whether it has the same run. An order then is where the next units begin and how
 * many there are; rank j of K computes the units from j n / K to (j + 1) n / K, and answers with
 * segments: point, first replica, how many, and their records. An empty message ends the rank.
 *
 * A round takes about half a second: longer ones lose more when a run is killed and let ranks wait
 * for the slowest, shorter ones talk more.
 */
#include "study/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "study/parts.h"
#include "study/ranks.h"
#include "study/share.h"

struct sn_rounds {
    sn_share share;       /* rank 0's */
    sn_unit next;         /* the first unit of the next round */
    size_t each;          /* units of a round for each thread of each rank */
    sn_message *messages; /* one a rank */
    size_t rank;          /* whose message is being read */
    bool stopped;
};

static sn_status tell_opening(const sn_rounds *rounds, const char *path,
                              const sn_identity *identity, sn_error *err)
{
    const sn_config *config = rounds->share.config;
    sn_opening head = {.threads = rounds->share.threads,
                       .n_points = config->n_points,
                       .path = strlen(path) + 1,
                       .text = strlen(config->resolved) + 1};
    memcpy(head.digest, identity->digest, sizeof head.digest);
    const size_t counts = config->n_points * sizeof(size_t);
    const size_t size = sizeof head + counts + head.path + head.text;
    char *bytes = malloc(size), *at = bytes;
    if (bytes == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const struct {
        const void *from;
        size_t size;
    } parts[] = {{&head, sizeof head},
                 {rounds->share.done, counts},
                 {path, head.path},
                 {config->resolved, head.text}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; at += parts[i++].size)
        memcpy(at, parts[i].from, parts[i].size);
    sn_ranks_tell(bytes, size);
    free(bytes);
    return SN_OK;
}

static void hear_message(int rank, sn_message *out)
{
    void *bytes;
    free(out->bytes);
    sn_ranks_hear(rank, &bytes, &out->room);
    out->bytes = bytes;
    out->size = out->room;
}

/* Whether all went well; the first failure is told, and signals are noted. */
static sn_status check_answers(sn_rounds *rounds, sn_error *err)
{
    sn_status status = SN_OK;
    for (int rank = 0; rank < sn_ranks_count(); rank++) {
        sn_message *in = &rounds->messages[rank];
        sn_answer said;
        memcpy(&said, in->bytes, sizeof said);
        in->at = sizeof said;
        in->now.count = 0;
        if (said.signal != 0) {
            rounds->stopped = true;
            if (rounds->share.watch->halt != NULL)
                rounds->share.watch->halt(rounds->share.watch->context, said.signal);
        }
        if (status == SN_OK && said.status != SN_OK)
            status = sn_fail(err, said.status, "rank %d: %s", rank, said.message);
    }
    rounds->rank = 0;
    return status;
}

static sn_status hear_others(sn_rounds *rounds, sn_error *err)
{
    for (int rank = 1; rank < sn_ranks_count(); rank++)
        hear_message(rank, &rounds->messages[rank]);
    return check_answers(rounds, err);
}

static size_t bytes_heard(const sn_rounds *rounds)
{
    size_t sum = 0;
    for (int rank = 0; rank < sn_ranks_count(); rank++)
        sum += rounds->messages[rank].size;
    return sum;
}

static sn_status run_round(sn_rounds *rounds, sn_error *err)
{
    enum { MOST_BYTES = 1 << 26, GUESS = 4 };
    const size_t ranks = (size_t)sn_ranks_count();
    const size_t threads = rounds->share.threads > 0 ? (size_t)rounds->share.threads : GUESS;
    const sn_order asked = {rounds->next, ranks * threads * rounds->each};
    const double began = sn_study_seconds();
    sn_ranks_tell(&asked, sizeof asked);
    sn_share_compute(&rounds->share, &asked, 0, ranks, &rounds->messages[0]);
    const sn_status status = hear_others(rounds, err);
    rounds->next = sn_share_further(&rounds->share, rounds->next, asked.units);
    const double took = sn_study_seconds() - began;
    if (took < 0.25 && bytes_heard(rounds) < MOST_BYTES)
        rounds->each *= 2;
    else if (took > 1 && rounds->each > 1)
        rounds->each /= 2;
    return status;
}

static sn_status new_rounds(const sn_config *config, const size_t *done, int threads,
                            const sn_watch *watch, sn_rounds **out, sn_error *err)
{
    const size_t ranks = (size_t)sn_ranks_count();
    sn_rounds *rounds = *out = calloc(1, sizeof *rounds);
    if (rounds == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    rounds->next = (sn_unit){0, done[0]};
    rounds->each = 1;
    rounds->rank = ranks;
    rounds->messages = calloc(ranks, sizeof(sn_message));
    if (rounds->messages == NULL || !sn_message_make_room(&rounds->messages[0], sizeof(sn_answer)))
        return sn_fail(err, SN_ENOMEM, "out of memory");
    return sn_share_init(&rounds->share, config, done, threads, watch, err);
}

sn_status sn_rounds_new(const sn_config *config, const char *path, const sn_identity *identity,
                        const size_t *done, int threads, const sn_watch *watch, sn_rounds **out,
                        sn_error *err)
{
    sn_status status = new_rounds(config, done, threads, watch, out, err);
    if (status == SN_OK)
        status = tell_opening(*out, path, identity, err);
    if (status == SN_OK) {
        const sn_answer fine = {SN_OK, 0, ""};
        memcpy((*out)->messages[0].bytes, &fine, sizeof fine);
        status = hear_others(*out, err);
        (*out)->rank = (size_t)sn_ranks_count(); /* nothing to be read */
    }
    if (status != SN_OK) {
        sn_rounds_free(*out);
        *out = NULL;
    }
    return status;
}

void sn_rounds_free(sn_rounds *rounds)
{
    if (rounds == NULL)
        return;
    sn_share_clear(&rounds->share);
    for (int rank = 0; rounds->messages != NULL && rank < sn_ranks_count(); rank++)
        free(rounds->messages[rank].bytes);
    free(rounds->messages);
    free(rounds);
}

/* Brings the message to its next record; false at its end. */
static bool next_record(sn_message *in)
{
    while (in->now.count == 0) {
        if (in->at == in->size)
            return false;
        memcpy(&in->now, in->bytes + in->at, sizeof in->now);
        in->at += sizeof in->now;
    }
    return true;
}

sn_status sn_rounds_record(sn_rounds *rounds, size_t point, size_t replica, const double **record,
                           sn_error *err)
{
    for (;;) {
        while (rounds->rank < (size_t)sn_ranks_count()
               && !next_record(&rounds->messages[rounds->rank]))
            rounds->rank++;
        if (rounds->rank < (size_t)sn_ranks_count())
            break;
        if (rounds->stopped || sn_share_signal(rounds->share.watch) != 0)
            return sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
        const sn_status status = run_round(rounds, err);
        if (status != SN_OK)
            return status;
    }
    sn_message *in = &rounds->messages[rounds->rank];
    if (in->now.point != point || in->now.first != replica) /* behind a gap */
        return sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
    *record = (const double *)(const void *)(in->bytes + in->at);
    in->at += in->now.record * sizeof(double);
    in->now.first++;
    in->now.count--;
    return SN_OK;
}
