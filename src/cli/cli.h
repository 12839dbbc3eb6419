/* cli.h: what the commands of the program share. */
#ifndef SELFNORM_CLI_CLI_H
#define SELFNORM_CLI_CLI_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

#define OPTION_HEADING(text)                                                                       \
    {                                                                                              \
        NULL, 0, 0, NULL, 0, text, NULL                                                            \
    }

/* Exit statuses, the same for every command. */
enum {
    EXIT_DONE = 0,    /* done, and the claim holds */
    EXIT_NO = 1,      /* the answer is no: not proved, no such constants, did not converge */
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

extern const command constants_command, gain_command, map_command, verify_command, simulate_command,
    check_vectors_command, list_command;

/* The rows in order; NULL past the last. */
const command *command_at(size_t index);

/* Reads a command's options. Rows of POPT_ARG_STRING point to a char * that is NULL before and owned
 * by the table after, rows of POPT_ARG_ARGV, which may be given again and again, to a char ** of
 * them, NULL at its end; rows of POPT_ARG_DOUBLE and _INT take finite numbers alone. A row with a
 * description alone, OPTION_HEADING, is a heading of the help. Every command understands --help. On 0 or more, positional[] holds that many words (at most `most`; fewer than
 * `least` or more is bad usage); they live as long as *context, and release_options frees both. On
 * a negative value nothing is left to free and the command is to return at once with status
 * *exit_status: help was asked for, or usage was bad and is said. */
int read_options(const command *self, int argc, const char **argv, struct poptOption *options,
                 size_t least, size_t most, const char **positional, poptContext *context,
                 int *exit_status);
void release_options(const struct poptOption *options, poptContext context);

/* What --option was given as a finite number, for one whose text counts too. SN_EINVAL. */
sn_status number_option(const char *option, const char *word, double *value, sn_error *err);

/* The index of what --option was given in a list of words; -1, with those allowed, if it is none of
 * them. */
int choose(const char *option, const char *given, const char *const *words, sn_error *err);

/* Splits words with commas between into chosen[], without repetition, NULL at the end; the one word
 * "none" is the empty list. chosen[] has room for all words and the NULL. -1 as choose. */
int choose_list(const char *option, const char *given, const char *const *words,
                const char **chosen, sn_error *err);

/* The command line as a shell would take it; NULL when memory is out. The caller frees it. */
char *command_text(int argc, const char **argv);

/* A result folder's default place: results/<file name without .json>, results/stdin for "-".
 * NULL when memory is out. The caller frees it. */
char *default_output(const char *config_path);

/* Says a failure on standard error, "selfnorm NAME: message", and gives its exit status. */
int report_failure(const command *self, const sn_error *err);

/* The exit status a failure leads to. */
int exit_status_of(sn_status status);

#endif
