/* selfnorm map and selfnorm simulate: from a configuration file to a result folder. The two differ
 * in the kind of configuration they accept; the work is done in study/. */
#include <errno.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/progress.h"
#include "config/config.h"
#include "report/picture.h"
#include "study/study.h"

enum { MAX_FORMATS = 8, MAX_THREADS = 4096 };

typedef struct arguments {
    const char *file;
    char *output, *pictures, *format, *seed;
    int force, quiet, threads;
} arguments;

/* What the arguments ask for, and what of it must be freed. */
typedef struct request {
    sn_study_options options;
    const char *formats[MAX_FORMATS + 1];
    char *output, *command;
    bool json;
} request;

static int load(const command *self, sn_config_kind kind, const arguments *args, sn_config **out)
{
    const sn_config_setting seed = {"/seed", args->seed};
    sn_config_errors errors;
    const sn_status status =
        sn_config_load(args->file, args->seed != NULL ? 1 : 0, &seed, out, &errors);
    for (size_t i = 0; i < errors.count; i++)
        fprintf(stderr, "selfnorm %s: %s\n", self->name, errors.lines[i]);
    sn_config_errors_free(&errors);
    if (status != SN_OK) {
        if (status == SN_EIO)
            return EXIT_USAGE; /* a path that cannot be read is the user's to mend */
        return exit_status_of(status);
    }
    if ((*out)->kind == kind)
        return EXIT_DONE;
    fprintf(stderr,
            "selfnorm %s: %s: /kind: found \"%s\", allowed is \"%s\"; 'selfnorm %s' reads this "
            "file\n",
            self->name, args->file, sn_config_kind_name((*out)->kind), sn_config_kind_name(kind),
            sn_config_kind_name((*out)->kind));
    sn_config_free(*out);
    *out = NULL;
    return EXIT_USAGE;
}

/* result.json of the finished folder, as it is, on standard output. */
static int print_result(const command *self, const char *output)
{
    sn_error err = {0};
    const size_t size = strlen(output) + sizeof "/result.json";
    char *path = malloc(size);
    FILE *file = NULL;
    if (path != NULL) {
        snprintf(path, size, "%s/result.json", output);
        file = fopen(path, "r");
    }
    if (file == NULL) {
        sn_fail(&err, SN_EIO, "%s/result.json: %s", output, strerror(errno));
        free(path);
        return report_failure(self, &err);
    }
    char block[8192];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        fwrite(block, 1, n, stdout);
    fclose(file);
    free(path);
    return EXIT_DONE;
}

static int run_study(const command *self, const arguments *args, const sn_config *config,
                     request *asked)
{
    sn_error err = {0};
    sn_study_outcome outcome = {0};
    asked->options.watch = progress_start(self->name, args->quiet);
    const sn_status status = sn_study_run(config, &asked->options, &outcome, &err);
    progress_end();
    if (status != SN_OK && status != SN_ETOOL) {
        const int exit_status = report_failure(self, &err);
        if (status == SN_EEXIST && !args->force)
            fputs("--force replaces an earlier result, never anything else.\n", stderr);
        return exit_status;
    }
    int exit_status = EXIT_DONE;
    if (asked->json) {
        exit_status = print_result(self, asked->options.output);
    } else if (!args->quiet) {
        for (size_t i = 0; i < outcome.n_lines; i++)
            puts(outcome.lines[i]);
        if (outcome.n_dropped > 0)
            printf("... and %zu lines more; result.json has all\n", outcome.n_dropped);
        printf("results in %s\n", asked->options.output);
    }
    fflush(stdout); /* before what is said on standard error */
    return status == SN_ETOOL ? report_failure(self, &err) : exit_status;
}

/* Everything of the command line that can be wrong before the file is read. */
static sn_status read_request(const arguments *args, int argc, const char **argv, request *asked,
                              sn_error *err)
{
    static const char *const outputs[] = {"text", "json", NULL};
    const char *known[MAX_FORMATS + 1] = {NULL};
    for (size_t i = 0; i < MAX_FORMATS && sn_plot_format_at(i) != NULL; i++)
        known[i] = sn_plot_format_at(i);
    *asked = (request){0};
    const int output = args->format != NULL ? choose("format", args->format, outputs, err) : 0;
    if (output < 0)
        return SN_EINVAL;
    asked->json = output == 1;
    const char *pictures = args->pictures != NULL ? args->pictures : "png";
    if (choose_list("pictures", pictures, known, asked->formats, err) < 0)
        return SN_EINVAL;
    if (args->threads < 0 || args->threads > MAX_THREADS)
        return sn_fail(err, SN_EINVAL, "--threads is %d, allowed is 1 to %d, or 0 for all",
                       args->threads, MAX_THREADS);
    if (args->seed != NULL
        && (args->seed[0] == '\0' || args->seed[strspn(args->seed, "0123456789")] != '\0'))
        return sn_fail(err, SN_EINVAL, "--seed is '%s', allowed is a whole number from 0",
                       args->seed);
    asked->command = command_text(argc, argv);
    asked->output = args->output != NULL ? strdup(args->output) : default_output(args->file);
    if (asked->command == NULL || asked->output == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    if (args->threads > 0)
        omp_set_num_threads(args->threads); /* for what takes no number of its own: the tables */
    asked->options = (sn_study_options){.output = asked->output,
                                        .force = args->force,
                                        .formats = asked->formats,
                                        .threads = args->threads,
                                        .command = asked->command};
    return SN_OK;
}

static int run_arguments(const command *self, sn_config_kind kind, int argc, const char **argv,
                         const arguments *args)
{
    sn_error err = {0};
    request asked;
    sn_config *config = NULL;
    int exit_status;
    if (read_request(args, argc, argv, &asked, &err) != SN_OK)
        exit_status = report_failure(self, &err);
    else if ((exit_status = load(self, kind, args, &config)) == EXIT_DONE)
        exit_status = run_study(self, args, config, &asked);
    sn_config_free(config);
    free(asked.command);
    free(asked.output);
    return exit_status;
}

static int run_kind(const command *self, sn_config_kind kind, int argc, const char **argv)
{
    arguments args = {0};
    static const struct poptOption end = POPT_TABLEEND;
    const struct poptOption seed = {
        "seed", 0, POPT_ARG_STRING, &args.seed, 0, "in place of the file's seed", "N"};
    const bool random = kind == SN_CONFIG_SIMULATE;
    struct poptOption options[] = {
        {"output", 'o', POPT_ARG_STRING, &args.output, 0,
         "folder to make (results/<name of FILE.json>)", "DIR"},
        {"force", 0, POPT_ARG_NONE, &args.force, 0, "replace an earlier result", NULL},
        {"pictures", 0, POPT_ARG_STRING, &args.pictures, 0,
         "of png, svg, pdf, terminal, with commas; or none (png)", "LIST"},
        {"format", 0, POPT_ARG_STRING, &args.format, 0,
         "what is printed: a text, or result.json as json (text)", "FORMAT"},
        {"threads", 0, POPT_ARG_INT, &args.threads, 0,
         "how many; results do not depend on it (0: all)", "N"},
        {"quiet", 'q', POPT_ARG_NONE, &args.quiet, 0, "no summary, no progress", NULL},
        random ? seed : end,
        end,
    };
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 1, 1, &args.file, &context, &exit_status) < 0)
        return exit_status;
    exit_status = run_arguments(self, kind, argc, argv, &args);
    release_options(options, context);
    return exit_status;
}

static int run_map(const command *self, int argc, const char **argv)
{
    return run_kind(self, SN_CONFIG_MAP, argc, argv);
}

static int run_simulate(const command *self, int argc, const char **argv)
{
    return run_kind(self, SN_CONFIG_SIMULATE, argc, argv);
}

const command map_command = {
    .name = "map",
    .synopsis = "[OPTION...] FILE.json",
    .summary = "what a layer does to mean and variance over a domain, with pictures",
    .details = "Evaluates the layer map (mu, nu) -> (mu_next, nu_next) and its Jacobian over a\n"
               "grid of two of mu, nu, omega, tau, runs trajectories, finds the fixed points and\n"
               "draws all that. The result folder holds result.json, one .tsv a table, and one\n"
               ".gp (a gnuplot script that runs by itself) and its picture a plot. The keys of\n"
               "FILE.json: 'selfnorm list schema'. '-' reads standard input.\n",
    .run = run_map,
};

const command simulate_command = {
    .name = "simulate",
    .synopsis = "[OPTION...] FILE.json",
    .summary = "signals through deep random networks, beside the theory",
    .details = "Propagates random inputs through fully connected networks with random weights\n"
               "and puts the mean and variance of every layer, with standard errors over the\n"
               "replicas, beside what the matching map predicts. The result folder holds\n"
               "result.json, layers.tsv, and one .gp (a gnuplot script that runs by itself) and\n"
               "its picture a plot. The keys of FILE.json: 'selfnorm list schema'. '-' reads\n"
               "standard input.\n",
    .run = run_simulate,
};
