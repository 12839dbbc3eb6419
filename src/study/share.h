/* share.h: one rank's share of a round, and what ranks tell each other; for rounds.h alone. */
#ifndef SELFNORM_STUDY_SHARE_H
#define SELFNORM_STUDY_SHARE_H

#include "config/config.h"
#include "study/identity.h"
#include "study/study.h"

/* A place in the sequence of replicas (rounds.h). */
typedef struct sn_unit {
    size_t point, replica;
} sn_unit;

/* Rank 0 opens with this; behind it done[], the path and the configuration, both with their NUL. */
typedef struct sn_opening {
    uint8_t digest[SN_SHA256_BYTES];
    int threads;
    size_t n_points, path, text; /* the last two: bytes */
} sn_opening;

/* Then it asks for so many units from there on, all ranks together; an empty message is the end. */
typedef struct sn_order {
    sn_unit from;
    size_t units;
} sn_order;

/* What a rank answers to either, before its segments. */
typedef struct sn_answer {
    sn_status status;
    int signal; /* that has come to the rank, or 0 */
    char message[SN_ERROR_SIZE];
} sn_answer;

/* Before the records of a segment. */
typedef struct sn_segment {
    size_t point, first, count, record; /* record: in doubles */
} sn_segment;

/* Records are read where they stand behind these. */
_Static_assert(sizeof(sn_answer) % sizeof(double) == 0 && sizeof(sn_segment) % sizeof(double) == 0
                   && sizeof(sn_opening) % sizeof(size_t) == 0,
               "what follows them is aligned");

/* An answer with its segments as bytes, and how far it has been read. */
typedef struct sn_message {
    char *bytes;
    size_t size, room, at;
    sn_segment now; /* of which now.count records are left, the next at `at` */
} sn_message;

/* What a rank needs to do its share. */
typedef struct sn_share {
    const sn_config *config;
    const sn_watch *watch;
    int threads;
    size_t *done; /* a number a point, at the beginning */
    sn_simulation *simulation;
    size_t point; /* of the simulation */
} sn_share;

/* done is copied. SN_ENOMEM. */
SN_NODISCARD sn_status sn_share_init(sn_share *share, const sn_config *config, const size_t *done,
                                     int threads, const sn_watch *watch, sn_error *err);
void sn_share_clear(sn_share *share); /* {0} is fine */

/* The first unit after so many from `at` on. */
sn_unit sn_share_further(const sn_share *share, sn_unit at, size_t units);

/* Room for so many bytes more; false: out of memory. */
bool sn_message_make_room(sn_message *out, size_t more);

/* Computes this rank's share of an order into a message, with the answer before it, for which there
 * is room already. */
void sn_share_compute(sn_share *share, const sn_order *asked, size_t rank, size_t ranks,
                      sn_message *out);

/* The signal that wants it to stop, or 0. */
int sn_share_signal(const sn_watch *watch);

#endif
