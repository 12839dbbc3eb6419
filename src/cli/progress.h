/* progress.h: a progress bar on a terminal, and no half-filled folder left by a signal. */
#ifndef SELFNORM_CLI_PROGRESS_H
#define SELFNORM_CLI_PROGRESS_H

#include "study/study.h"

/* Starts watching for the command of that name, which must live on. Bars are drawn on standard
 * error if that is a terminal and quiet is false; lines go to standard output if lines is true.
 * From now on SIGINT and its kin, unless they are ignored, remove the folder that is being filled
 * before the process dies by them; with gently the first of them only asks the study to stop, and
 * gives up the replicas of a simulation that are under way. */
sn_watch progress_start(const char *name, bool quiet, bool lines, bool gently);

/* Clears the bar and gives the signals back their usual effect. */
void progress_end(void);

/* The signal that asked to stop, or 0. */
int progress_signal(void);

#endif
