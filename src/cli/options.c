/* A command's options and their help.
 *
 * popt knows the grammar, with a row an option: POPT_ARG_STRING, _DOUBLE, _INT, _ARGV or _NONE. What
 * a row takes is read here and not by popt, whose numbers are atof's (the empty word is 0, "nan" is
 * fine) and whose messages do not name the option. The help is printed here too, to one width. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/cli.h"

enum { HELP = 1000, MAX_OPTIONS = 64 };

static int argument_kind(const struct poptOption *option)
{
    return (int)(option->argInfo & POPT_ARG_MASK);
}

static bool is_heading(const struct poptOption *option)
{
    return option->longName == NULL && option->descrip != NULL;
}

static bool is_end(const struct poptOption *option)
{
    return option->longName == NULL && option->descrip == NULL;
}

static const char *option_name(const void *context, size_t index)
{
    const struct poptOption *options = context;
    return options[index].longName;
}

static int bad_usage(const command *self, const char *what, const char *why)
{
    fprintf(stderr, "selfnorm %s: %s: %s\nTry 'selfnorm %s --help'.\n", self->name, what, why,
            self->name);
    return EXIT_USAGE;
}

/* popt's own message, except that an unknown option gets the nearest known one beside it. */
static int bad_option(const command *self, poptContext context, const struct poptOption *table,
                      int code)
{
    const char *word = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    if (code != POPT_ERROR_BADOPT)
        return bad_usage(self, word, poptStrerror(code));
    if (strncmp(word, "--", 2) != 0)
        return bad_usage(self, word, "unknown option");
    char name[64], why[128];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    snprintf(why, sizeof why, "unknown option; the nearest known one is --%s",
             sn_nearest(name, option_name, table));
    return bad_usage(self, word, why);
}

/* The whole of a word as a finite number; NULL, or what is wrong with it. */
static const char *read_number(const char *word, double *value)
{
    char *end;
    errno = 0;
    *value = strtod(word, &end);
    if (end == word || *end != '\0' || isnan(*value))
        return "a number";
    if (errno == ERANGE && fabs(*value) < 1)
        return "0 or a number further from it";
    return isinf(*value) ? "a finite number" : NULL;
}

static const char *read_whole(const char *word, int *value)
{
    char *end;
    errno = 0;
    const long number = strtol(word, &end, 10);
    *value = (int)number;
    if (end == word || *end != '\0')
        return "a whole number";
    return errno == ERANGE || number < INT_MIN || number > INT_MAX ? "a smaller whole number"
                                                                   : NULL;
}

sn_status number_option(const char *option, const char *word, double *value, sn_error *err)
{
    const char *allowed = read_number(word, value);
    if (allowed != NULL)
        return sn_fail(err, SN_EINVAL, "--%s is '%s', allowed is %s", option, word, allowed);
    return SN_OK;
}

static sn_status whole_option(const char *option, const char *word, int *value, sn_error *err)
{
    const char *allowed = read_whole(word, value);
    if (allowed != NULL)
        return sn_fail(err, SN_EINVAL, "--%s is '%s', allowed is %s", option, word, allowed);
    return SN_OK;
}

/* Adds an owned text to a list, NULL at its end. */
static sn_status append(char ***list, char *text, sn_error *err)
{
    size_t n = 0;
    while (*list != NULL && (*list)[n] != NULL)
        n++;
    char **grown = realloc(*list, (n + 2) * sizeof *grown);
    if (grown == NULL) {
        free(text);
        return sn_fail(err, SN_ENOMEM, "out of memory");
    }
    grown[n] = text;
    grown[n + 1] = NULL;
    *list = grown;
    return SN_OK;
}

/* Stores what an option was given. The text is owned: kept by an option of text, freed otherwise.*/
static int store(const command *self, const struct poptOption *option, char *text)
{
    if (argument_kind(option) == POPT_ARG_STRING) {
        free(*(char **)option->arg);
        *(char **)option->arg = text;
        return EXIT_DONE;
    }
    sn_error err = {0};
    if (argument_kind(option) == POPT_ARG_ARGV)
        return append(option->arg, text, &err) == SN_OK ? EXIT_DONE : report_failure(self, &err);
    const sn_status status = argument_kind(option) == POPT_ARG_DOUBLE
                                 ? number_option(option->longName, text, option->arg, &err)
                                 : whole_option(option->longName, text, option->arg, &err);
    free(text);
    return status == SN_OK ? EXIT_DONE : report_failure(self, &err);
}

/* "output=DIR" into name; returns its length. */
static int option_text(const struct poptOption *o, char name[32])
{
    return snprintf(name, 32, "%s%s%s", o->longName, o->argDescrip != NULL ? "=" : "",
                    o->argDescrip != NULL ? o->argDescrip : "");
}

static void print_option(const struct poptOption *o, int width)
{
    char name[32];
    option_text(o, name);
    const char letter[] = {'-', o->shortName, ',', '\0'};
    printf("  %3s --%-*s %s\n", o->shortName != '\0' ? letter : "", width, name, o->descrip);
}

static const struct poptOption help_option = {"help", 'h',         POPT_ARG_NONE, NULL,
                                              HELP,   "this text", NULL};

static void print_help(const command *self, const struct poptOption *options)
{
    printf("selfnorm %s: %s\n\n%s\nUsage: selfnorm %s %s\n\n%s", self->name, self->summary,
           self->details, self->name, self->synopsis, is_heading(options) ? "" : "Options:\n");
    int width = 17;
    char name[32];
    for (const struct poptOption *o = options; !is_end(o); o++)
        if (!is_heading(o) && option_text(o, name) > width)
            width = option_text(o, name);
    for (const struct poptOption *o = options; !is_end(o); o++) {
        if (is_heading(o))
            printf("%s%s:\n", o == options ? "" : "\n", o->descrip);
        else
            print_option(o, width);
    }
    print_option(&help_option, width);
}

/* The rows for popt, without headings and with --help at the end: arguments are handed over as they
 * stand, under the number of their row. */
static void make_table(const struct poptOption *options, struct poptOption *table)
{
    static const struct poptOption end = POPT_TABLEEND;
    size_t n = 0;
    for (size_t i = 0; !is_end(&options[i]) && n + 2 < MAX_OPTIONS; i++) {
        if (is_heading(&options[i]))
            continue;
        table[n] = options[i];
        if (argument_kind(&options[i]) != POPT_ARG_NONE) {
            table[n].argInfo = POPT_ARG_STRING;
            table[n].arg = NULL;
            table[n].val = (int)i + 1;
        }
        n++;
    }
    table[n] = help_option;
    table[n + 1] = end;
}

/* Reads all there is; an exit status, or -1 to go on. */
static int read_all(const command *self, poptContext context, const struct poptOption *options,
                    const struct poptOption *table)
{
    int code;
    while ((code = poptGetNextOpt(context)) > 0) {
        if (code == HELP) {
            print_help(self, options);
            return EXIT_DONE;
        }
        char *text = poptGetOptArg(context);
        const int exit_status = store(self, &options[code - 1], text);
        if (exit_status != EXIT_DONE)
            return exit_status;
    }
    return code < -1 ? bad_option(self, context, table, code) : -1;
}

/* The words that are no options; an exit status, or -1 to go on. */
static int read_words(const command *self, poptContext context, size_t least, size_t most,
                      const char **positional, size_t *count)
{
    const char *word;
    *count = 0;
    while ((word = poptGetArg(context)) != NULL) {
        if (*count == most)
            return bad_usage(self, word, "one word too many");
        positional[(*count)++] = word;
    }
    return *count < least ? bad_usage(self, "a word is missing", self->synopsis) : -1;
}

int read_options(const command *self, int argc, const char **argv, struct poptOption *options,
                 size_t least, size_t most, const char **positional, poptContext *context,
                 int *exit_status)
{
    struct poptOption table[MAX_OPTIONS];
    make_table(options, table);
    size_t count = 0;
    *context = poptGetContext("selfnorm", argc, argv, table, 0);
    if (*context == NULL) {
        fprintf(stderr, "selfnorm %s: out of memory\n", self->name);
        *exit_status = EXIT_MACHINE;
    } else {
        *exit_status = read_all(self, *context, options, table);
        if (*exit_status < 0)
            *exit_status = read_words(self, *context, least, most, positional, &count);
    }
    if (*exit_status < 0)
        return (int)count;
    release_options(options, *context);
    *context = NULL;
    return -1;
}

void release_options(const struct poptOption *options, poptContext context)
{
    for (; !is_end(options); options++) {
        if (is_heading(options))
            continue;
        if (argument_kind(options) == POPT_ARG_STRING) {
            free(*(char **)options->arg);
            *(char **)options->arg = NULL;
        } else if (argument_kind(options) == POPT_ARG_ARGV) {
            char ***list = options->arg;
            for (size_t i = 0; *list != NULL && (*list)[i] != NULL; i++)
                free((*list)[i]);
            free(*list);
            *list = NULL;
        }
    }
    poptFreeContext(context);
}
