/* ranks.h: the processes that mpirun has started, one of which, rank 0, leads.
 *
 * Without MPI (configure without --with-mpi), or not under mpirun, there is rank 0 alone. Messages
 * are bytes; ranks have the same machine words. All but sn_ranks_start and _end are for count > 1.
 */
#ifndef SELFNORM_STUDY_RANKS_H
#define SELFNORM_STUDY_RANKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* Joins the others, if mpirun has started this process. SN_EINVAL: it has started several, but this
 * program was built without MPI; *lead then says whether this one is to say so. */
SN_NODISCARD sn_status sn_ranks_start(bool *lead, sn_error *err);

/* Leaves. Rank 0 sends the others an empty message first, which ends them. */
void sn_ranks_end(void);

int sn_ranks_count(void);
int sn_ranks_own(void); /* from 0 */

/* From rank 0 to all others, and from one of those to rank 0. */
void sn_ranks_tell(const void *bytes, size_t size);
void sn_ranks_answer(const void *bytes, size_t size);

/* Waits for the next message of that rank, without using up a processor. *bytes is the caller's to
 * free. Out of memory ends the processes, all of them: nobody could be told. */
void sn_ranks_hear(int rank, void **bytes, size_t *size);

#endif
