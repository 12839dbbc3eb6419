/* cli.h: what the commands of the program share. */
#ifndef SELFNORM_CLI_CLI_H
#define SELFNORM_CLI_CLI_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* Exit statuses, the same for every command. */
enum {
    EXIT_DONE = 0,    /* done, and the claim holds */
    EXIT_NO = 1,      /* the answer is no: no such constants, did not converge */
    EXIT_USAGE = 2,   /* bad usage or configuration */
    EXIT_MACHINE = 3, /* the machine failed it: memory, disk, gnuplot missing */
};

/* A command is one row: help, dispatch and documentation derive from it. */
typedef struct command {
    const char *name;
    const char *synopsis; /* what follows the name */
    const char *summary;  /* one line, lower case, no stop */
    const char *details;  /* the text of its --help, before the options */
    int (*run)(const struct command *self, int argc, const char **argv);
} command;

extern const command constants_command, map_command, simulate_command, list_command;

/* The rows in order; NULL past the last. */
const command *command_at(size_t index);

/* A word of a command's fixed vocabulary, for --format and its like. */
int choose(const char *option, const char *given, const char *const *words, sn_error *err);

/* Reads a command's options. Every command understands --help. On 0 or more, positional[] holds
 * that many words (at most `most`; fewer than `least` or more is bad usage); they live as long as
 * *context, which the caller frees with poptFreeContext. On a negative value the command is to
 * return at once with status *exit_status: help was asked for, or usage was bad and is said. */
int read_options(const command *self, int argc, const char **argv, struct poptOption *options,
                 size_t least, size_t most, const char **positional, poptContext *context,
                 int *exit_status);

/* Says a failure on standard error, "selfnorm NAME: message", and gives its exit status. */
int report_failure(const command *self, const sn_error *err);

/* The exit status a failure leads to. */
int exit_status_of(sn_status status);

/* A result folder's default place: results/<file name without .json>. The caller frees it. */
char *default_output(const char *config_path);

#endif
