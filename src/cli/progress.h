/* progress.h: a progress bar on a terminal, and ^C noticed between two steps of the work. */
#ifndef SELFNORM_CLI_PROGRESS_H
#define SELFNORM_CLI_PROGRESS_H

#include "study/study.h"

/* Starts watching: ^C and SIGTERM from now on ask the study to stop. Bars are drawn on standard
 * error if that is a terminal and quiet is false. */
sn_watch progress_start(bool quiet);

/* Clears the bar and gives the signals back their usual effect. */
void progress_end(void);

/* Ends this process by the signal that interrupted it, so that its parent sees that; returns when
 * there was none. */
void progress_die_if_interrupted(void);

#endif
