/* progress.h: a progress bar on a terminal, and no half-filled folder left by a signal. */
#ifndef SELFNORM_CLI_PROGRESS_H
#define SELFNORM_CLI_PROGRESS_H

#include "study/study.h"

/* Starts watching for the command of that name, which must live on. Bars are drawn on standard
 * error if that is a terminal and quiet is false. From now on SIGINT and its kin, unless they are
 * ignored, remove the folder that is being filled before the process dies by them. */
sn_watch progress_start(const char *name, bool quiet);

/* Clears the bar and gives the signals back their usual effect. */
void progress_end(void);

#endif
