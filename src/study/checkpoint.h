/* checkpoint.h: what a long run has done so far, on the disk.
 *
 * A checkpoint is a folder. Its file `run` says which run it is of (identity.h); a file `point-N`
 * holds the totals of the N-th point of the sweep. Every file appears whole or not at all: beside
 * its place, synced, renamed; and ends in a digest of what is before it, so that one that is not
 * whole, or was altered, is never taken for what it is not (point_file.h). One process at a time
 * uses it.
 */
#ifndef SELFNORM_STUDY_CHECKPOINT_H
#define SELFNORM_STUDY_CHECKPOINT_H

#include <stdbool.h>

#include "study/identity.h"

typedef struct sn_checkpoint sn_checkpoint;

/* The totals of a point. */
typedef struct sn_point_state {
    size_t replicas;
    size_t size;    /* 0: none */
    double *values; /* the reader's to free */
} sn_point_state;

/* Whether there is anything at path. */
bool sn_checkpoint_is_there(const char *path);

/* Removes the checkpoint at path, of whatever run; nothing there is fine. SN_EINVAL: what is there
 * is no checkpoint, or one in use; SN_EIO. */
SN_NODISCARD sn_status sn_checkpoint_clear(const char *path, sn_error *err);

/* The checkpoint at path of the run of that identity, which is borrowed. With resume what is there
 * is opened; else, or where nothing is there, nothing is written before the first
 * sn_checkpoint_save. *again says whether one was opened. *out is the caller's to free.
 * SN_EINVAL: it is of another run, and how that differs; in use by another process; not a
 * checkpoint. SN_EIO, SN_ENOMEM. */
SN_NODISCARD sn_status sn_checkpoint_open(const char *path, const sn_identity *identity,
                                          bool resume, sn_checkpoint **out, bool *again,
                                          sn_error *err);

/* Writes a point's totals in place of earlier ones. SN_EIO, SN_ENOMEM; SN_EINVAL: another process
 * has begun a checkpoint here. After a failure what was there before is there still. */
SN_NODISCARD sn_status sn_checkpoint_save(sn_checkpoint *checkpoint, size_t point,
                                          const sn_point_state *state, sn_error *err);

/* Reads a point's totals; none is fine, size 0. SN_EINVAL: damaged; SN_EIO, SN_ENOMEM. */
SN_NODISCARD sn_status sn_checkpoint_read(const sn_checkpoint *checkpoint, size_t point,
                                          sn_point_state *out, sn_error *err);

/* Whether there is one on the disk. */
bool sn_checkpoint_is_begun(const sn_checkpoint *checkpoint);

/* Removes it from the disk, as its run is done. */
void sn_checkpoint_remove(sn_checkpoint *checkpoint);

/* Frees; what is on the disk stays. NULL is fine. */
void sn_checkpoint_free(sn_checkpoint *checkpoint);

#endif
