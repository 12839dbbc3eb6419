/* long_run.h: the replicas of a whole sweep: saved as they are done, stopped by a signal, resumed
 * from a checkpoint, split over ranks; with the same bytes in the end.
 */
#ifndef SELFNORM_STUDY_LONG_RUN_H
#define SELFNORM_STUDY_LONG_RUN_H

#include "study/parts.h"

typedef struct sn_long_run sn_long_run;

/* Prepares the simulations of a study, and says what its checkpoint has of them. What the
 * checkpoint has in damaged files is done again. *out is the caller's to free. SN_ENOMEM; SN_EIO;
 * SN_EINVAL: a rank cannot take part. */
SN_NODISCARD sn_status sn_long_run_new(sn_study *study, sn_long_run **out, sn_error *err);
void sn_long_run_free(sn_long_run *run); /* NULL is fine */

/* Does what is left of a point, which the bar calls by that label; points in order, each once. When
 * the watch wants it to stop, then or before, the statistics are those of the replicas complete by
 * then, if any: look at out->replicas. *out is the caller's to free. Statuses as sn_simulate; also
 * SN_EINVAL: the checkpoint has what this simulation cannot go on from. */
SN_NODISCARD sn_status sn_long_run_point(sn_long_run *run, size_t point, const char *label,
                                         sn_simulation_result *out, sn_error *err);

/* Whether it was stopped before all replicas of all points were complete; what is complete is then
 * in the checkpoint. */
bool sn_long_run_is_partial(const sn_long_run *run);

/* Replicas complete, and all there are to do, of all points. */
size_t sn_long_run_complete(const sn_long_run *run);
size_t sn_long_run_total(const sn_long_run *run);

#endif
