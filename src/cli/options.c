/* Reading a command's options with popt, and saying what failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/cli.h"

enum { HELP = 1000 };

static const char *word_at(const void *context, size_t index)
{
    return ((const char *const *)context)[index];
}

int choose(const char *option, const char *given, const char *const *words, sn_error *err)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(given, words[i]) == 0)
            return i;
    sn_fail(err, SN_EINVAL, "--%s is '%s'; the nearest allowed word is '%s'", option, given,
            sn_nearest(given, word_at, words));
    return -1;
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

static int bad_usage(const command *self, const char *what, const char *why)
{
    fprintf(stderr, "selfnorm %s: %s%s%s\nTry 'selfnorm %s --help'.\n", self->name, what,
            why != NULL ? ": " : "", why != NULL ? why : "", self->name);
    return EXIT_USAGE;
}

static const char *option_name(const void *context, size_t index)
{
    const struct poptOption *options = context;
    return options[index].longName;
}

/* popt's own message names the option; an unknown one gets the nearest known beside it. */
static int bad_option(const command *self, poptContext context, struct poptOption *options,
                      int code)
{
    const char *word = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    if (code != POPT_ERROR_BADOPT)
        return bad_usage(self, word, poptStrerror(code));
    char why[128];
    snprintf(why, sizeof why, "unknown option; the nearest known one is --%s",
             sn_nearest(word + strspn(word, "-"), option_name, options));
    return bad_usage(self, word, why);
}

int read_options(const command *self, int argc, const char **argv, struct poptOption *options,
                 size_t least, size_t most, const char **positional, poptContext *context,
                 int *exit_status)
{
    struct poptOption table[] = {
        {NULL, '\0', POPT_ARG_INCLUDE_TABLE, options, 0, "Options:", NULL},
        {"help", 'h', POPT_ARG_NONE, NULL, HELP, "this text", NULL},
        POPT_TABLEEND,
    };
    *context = poptGetContext("selfnorm", argc, argv, table, 0);
    if (*context == NULL) {
        fprintf(stderr, "selfnorm %s: out of memory\n", self->name);
        *exit_status = EXIT_MACHINE;
        return -1;
    }
    int code = poptGetNextOpt(*context);
    if (code == HELP) {
        char usage[128];
        printf("selfnorm %s: %s\n\n%s\n", self->name, self->summary, self->details);
        snprintf(usage, sizeof usage, "%s %s", self->name, self->synopsis);
        poptSetOtherOptionHelp(*context, usage);
        poptPrintHelp(*context, stdout, 0);
        *exit_status = EXIT_DONE;
        goto stop;
    }
    if (code < -1) {
        *exit_status = bad_option(self, *context, options, code);
        goto stop;
    }
    size_t n = 0;
    const char *word;
    while ((word = poptGetArg(*context)) != NULL) {
        if (n == most) {
            *exit_status = bad_usage(self, word, "one word too many");
            goto stop;
        }
        positional[n++] = word;
    }
    if (n < least) {
        *exit_status = bad_usage(self, "a word is missing", self->synopsis);
        goto stop;
    }
    return (int)n;
stop:
    poptFreeContext(*context);
    *context = NULL;
    return -1;
}

char *default_output(const char *config_path)
{
    const char *slash = strrchr(config_path, '/');
    const char *name = slash != NULL ? slash + 1 : config_path;
    const char *dot = strrchr(name, '.');
    const int length = (int)(dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
    const size_t size = sizeof "results/" + (size_t)length;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "results/%.*s", length, name);
    return path;
}
