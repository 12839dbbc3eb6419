/* The program: finds the command's row, runs it, and makes sure that what was printed arrived. What
 * went wrong leads to an exit status here alone. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "base/version.h"
#include "cli/cli.h"

static const command *const commands[] = {
    &constants_command, &gain_command,          &map_command,  &verify_command,
    &simulate_command,  &check_vectors_command, &list_command,
};

const command *command_at(size_t index)
{
    return index < sizeof commands / sizeof commands[0] ? commands[index] : NULL;
}

static const char *command_name(const void *context, size_t index)
{
    (void)context;
    const command *row = command_at(index);
    return row != NULL ? row->name : NULL;
}

static void print_help(FILE *out)
{
    fputs("selfnorm: does a signal keep its mean and variance on its way through a deep\n"
          "network, forwards and backwards, and which constants make it so?\n\n"
          "Usage: selfnorm COMMAND [OPTION...]\n\nCommands:\n",
          out);
    for (size_t i = 0; command_at(i) != NULL; i++)
        fprintf(out, "  %-14s %s\n", command_at(i)->name, command_at(i)->summary);
    fputs("\nOptions:\n"
          "  --help      this text; 'selfnorm COMMAND --help' tells of one command\n"
          "  --version   the version, and under which terms it may be copied\n\n"
          "Start with 'selfnorm constants', or 'man selfnorm'.\n\n"
          "Exit status: 0 done; 1 the answer is no (not proved, no such constants, did not\n"
          "converge); 2 bad usage or configuration; 3 the machine failed it (memory, disk,\n"
          "gnuplot).\n",
          out);
}

static void print_version(void)
{
    printf("selfnorm %s\n"
           "License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.\n"
           "This is free software: you are free to change and redistribute it.\n"
           "There is NO WARRANTY, to the extent permitted by law.\n",
           sn_version());
}

int exit_status_of(sn_status status)
{
    switch (status) {
    case SN_OK:
        return EXIT_DONE;
    case SN_ENOCONV:
        return EXIT_NO;
    case SN_EINVAL:
    case SN_EDOMAIN:
    case SN_EUNKNOWN:
    case SN_ECONFIG:
    case SN_EEXIST:
        return EXIT_USAGE;
    case SN_EINTERRUPTED:
    case SN_ENOMEM:
    case SN_ETOOBIG:
    case SN_EIO:
    case SN_ETOOL:
        break;
    }
    return EXIT_MACHINE;
}

int report_failure(const command *self, const sn_error *err)
{
    fprintf(stderr, "selfnorm %s: %s\n", self->name, err->message);
    return exit_status_of(err->status);
}

static const command *find_command(const char *name)
{
    size_t i = 0;
    while (command_at(i) != NULL && strcmp(name, command_at(i)->name) != 0)
        i++;
    return command_at(i);
}

static int unknown_command(const char *word)
{
    if (word[0] == '-')
        fprintf(stderr, "selfnorm: %s: unknown option before the command\n", word);
    else
        fprintf(stderr, "selfnorm: unknown command '%s'; the nearest known one is '%s'\n", word,
                sn_nearest(word, command_name, NULL));
    fputs("Try 'selfnorm --help'.\n", stderr);
    return EXIT_USAGE;
}

static int run(int argc, const char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    const char *word = argv[1];
    const bool help = strcmp(word, "help") == 0;
    if (strcmp(word, "--version") == 0) {
        print_version();
        return EXIT_DONE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || (help && argc == 2)) {
        print_help(stdout);
        return EXIT_DONE;
    }
    const command *found = find_command(help ? argv[2] : word);
    if (found == NULL)
        return unknown_command(help ? argv[2] : word);
    const char *help_words[] = {found->name, "--help", NULL};
    return help ? found->run(found, 2, help_words) : found->run(found, argc - 1, argv + 1);
}

/* A closed standard stream would hand its number to the next file opened. Standard output gets a
 * descriptor that refuses writing, so that printing to nowhere is noticed. */
static void guard_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            if (open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR) != fd)
                _exit(EXIT_MACHINE);
}

int main(int argc, char **argv)
{
    guard_standard_streams();
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is a write that fails */
    int status = run(argc, (const char **)argv);
    errno = 0;
    const int unwritten = ferror(stdout);
    if (fclose(stdout) != 0 || unwritten) {
        fprintf(stderr, "selfnorm: standard output: %s\n",
                errno != 0 ? strerror(errno) : "could not be written");
        status = EXIT_MACHINE;
    }
    return status;
}
