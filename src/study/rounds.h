/* rounds.h: the replicas of a sweep, split over ranks.
 *
 * The work is a sequence of units, one a replica: those of the first point in order, then those of
 * the second, and so on. A round takes the next so many of them; every rank computes a run of
 * neighbours and sends their records to rank 0, which adds them in order. So the totals are the
 * sums that one process would make, to the last bit, and a round uses all ranks even where points
 * have few replicas.
 */
#ifndef SELFNORM_STUDY_ROUNDS_H
#define SELFNORM_STUDY_ROUNDS_H

#include "config/config.h"
#include "study/identity.h"
#include "study/study.h"

typedef struct sn_rounds sn_rounds;

/* At rank 0: prepares all ranks for the replicas that are not done; done[i] are of point i, and the
 * array is copied. path is the configuration's, where files that it names start. *out is the
 * caller's to free. SN_EINVAL: a rank reads other data; SN_ENOMEM. */
SN_NODISCARD sn_status sn_rounds_new(const sn_config *config, const char *path,
                                     const sn_identity *identity, const size_t *done, int threads,
                                     const sn_watch *watch, sn_rounds **out, sn_error *err);
void sn_rounds_free(sn_rounds *rounds); /* NULL is fine */

/* At rank 0: the record of that replica, to be asked for in the order of the units. It lasts until
 * the next call. SN_EINTERRUPTED: the watch, or that of another rank, wants it to stop; what of
 * the last round comes before the gap has been given out. SN_ENOMEM. */
SN_NODISCARD sn_status sn_rounds_record(sn_rounds *rounds, size_t point, size_t replica,
                                        const double **record, sn_error *err);

/* At any other rank: computes what rank 0 asks for, until that is done. */
void sn_rounds_serve(const sn_watch *watch);

#endif
