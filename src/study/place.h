/* place.h: where a simulation's result goes, and what is there of an earlier run.
 *
 *     there is               neither            --resume              --force
 *     nothing                runs               runs, and says so     runs
 *     its own result         SN_EEXIST          *complete             replaced
 *     its partial result,
 *     its checkpoint         SN_EINVAL          goes on               starts anew
 *     those of another run   SN_EEXIST/EINVAL   SN_EINVAL             replaced
 *
 * --resume with --force goes on and replaces whatever result there is.
 */
#ifndef SELFNORM_STUDY_PLACE_H
#define SELFNORM_STUDY_PLACE_H

#include "study/parts.h"

/* Looks, before anything is computed, whether the result of a simulation may go to its place, and
 * opens study->checkpoint, which is the caller's to free; study->identity is its run's. *complete:
 * there is nothing to do, as the result is there. *replace: an earlier one may be replaced.
 * Statuses as the table says, and those of sn_folder_create and sn_checkpoint_open. */
SN_NODISCARD sn_status sn_place_prepare(sn_study *study, bool *complete, bool *replace,
                                        sn_error *err);

#endif
