/* The program: finds the command's row, runs it, and makes sure that what was printed arrived. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "base/version.h"
#include "cli/cli.h"

static const command *const commands[] = {
    &constants_command,
    &map_command,
    &simulate_command,
    &list_command,
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
    fputs("selfnorm: does a signal keep its mean and variance on its way through a deep network,\n"
          "forwards and backwards, and which constants make it so?\n\n"
          "Usage: selfnorm COMMAND [OPTION...]\n\nCommands:\n",
          out);
    for (size_t i = 0; command_at(i) != NULL; i++)
        fprintf(out, "  %-11s %s\n", command_at(i)->name, command_at(i)->summary);
    fputs("\nOptions:\n"
          "  --help      this text; 'selfnorm COMMAND --help' tells of one command\n"
          "  --version   the version, and under which terms it may be copied\n\n"
          "Start with 'selfnorm constants', or 'man selfnorm'.\n\n"
          "Exit status: 0 done; 1 the answer is no (no such constants, did not converge);\n"
          "2 bad usage or configuration; 3 the machine failed it (memory, disk, no gnuplot).\n",
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

static int run(int argc, const char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) {
        print_version();
        return EXIT_DONE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0
        || (strcmp(word, "help") == 0 && argc == 2)) {
        print_help(stdout);
        return EXIT_DONE;
    }
    const char *help_words[] = {argv[0], "--help", NULL};
    const bool help = strcmp(word, "help") == 0;
    if (help)
        word = argv[2];
    for (size_t i = 0; command_at(i) != NULL; i++)
        if (strcmp(word, command_at(i)->name) == 0)
            return help ? command_at(i)->run(command_at(i), 2, help_words)
                        : command_at(i)->run(command_at(i), argc - 1, argv + 1);
    fprintf(stderr, "selfnorm: unknown command '%s'; the nearest known one is '%s'\n", word,
            sn_nearest(word, command_name, NULL));
    return EXIT_USAGE;
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
