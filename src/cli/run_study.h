/* run_study.h: what the commands that run studies share, from their arguments to the exit
 * status. */
#ifndef SELFNORM_CLI_RUN_STUDY_H
#define SELFNORM_CLI_RUN_STUDY_H

#include "cli/cli.h"
#include "config/config.h"
#include "study/gain_folder.h"

enum { THREADS_NOT_GIVEN = -1000000 };

/* The arguments of all of them; a command has options for those that mean something to it. */
typedef struct study_arguments {
    const char *file;
    char *output, *pictures, *format, *seed, *boxes;
    char *certificate; /* a file to write, of a proof; NULL: none */
    double seconds;    /* 0: no limit */
    double save;       /* of a simulation: so many between two savings */
    int force, quiet, resume;
    int threads; /* or THREADS_NOT_GIVEN, what it has to begin with */
} study_arguments;

/* clang-format off */
/* The rows of options that all have. */
#define STUDY_OPTIONS(args)                                                                        \
    {"force", 0, POPT_ARG_NONE, &(args)->force, 0, "replace an earlier result", NULL},             \
    {"pictures", 0, POPT_ARG_STRING, &(args)->pictures, 0,                                         \
     "of png, svg, pdf, terminal, with commas; or none (png)", "LIST"},                            \
    {"format", 0, POPT_ARG_STRING, &(args)->format, 0,                                             \
     "what is printed: a text, or result.json as json (text)", "FORMAT"},                          \
    {"threads", 0, POPT_ARG_INT, &(args)->threads, 0,                                              \
     "how many; results do not depend on it (0: all)", "N"},                                       \
    {"quiet", 'q', POPT_ARG_NONE, &(args)->quiet, 0, "no summary, no progress", NULL}
/* clang-format on */

/* The exit status of a study that a signal has stopped, for end_by_signal. */
enum { EXIT_STOPPED = -1 };

/* Ends by the signal that has stopped the study; any other status is given back. */
int end_by_signal(int exit_status);

/* Runs the study of args->file, which must be of that kind. EXIT_STOPPED, or a status to exit
 * with. */
int run_study_file(const command *self, sn_config_kind kind, int argc, const char **argv,
                   const study_arguments *args);

/* Verifies claims, without a folder unless args->output asks for one. Statuses as above. */
int run_study_claims(const command *self, size_t count, const sn_claim *const *claims, int argc,
                     const char **argv, const study_arguments *args);

/* Whether run_study_gain would take the words of --pictures and --threads. SN_EINVAL. */
sn_status check_study_gain(const study_arguments *args, sn_error *err);

/* Makes the folder of a gain, args->output; what is said of it beside the numbers goes to standard
 * output. Statuses as above. */
int run_study_gain(const command *self, const sn_gain_folder *folder, const study_arguments *args,
                   int argc, const char **argv);

#endif
