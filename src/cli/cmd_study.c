/* selfnorm map and selfnorm simulate: from a configuration file to a result folder. The two differ
 * in the kind of configuration they accept; the work is done in study/. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/progress.h"
#include "config/config.h"
#include "report/picture.h"
#include "study/study.h"

enum { MAX_FORMATS = 8, MAX_COMMAND = 4096 };

typedef struct arguments {
    const char *file, *output, *pictures, *format, *seed;
    int force, quiet, threads;
} arguments;

/* "png,svg" into a list of known formats; "none" is the empty list. */
static int split_formats(char *words, const char **formats, sn_error *err)
{
    const char *known[MAX_FORMATS + 1] = {NULL};
    for (size_t i = 0; i < MAX_FORMATS && sn_plot_format_at(i) != NULL; i++)
        known[i] = sn_plot_format_at(i);
    size_t n = 0;
    char *rest = NULL;
    if (strcmp(words, "none") != 0)
        for (char *w = strtok_r(words, ",", &rest); w != NULL; w = strtok_r(NULL, ",", &rest)) {
            const int i = choose("pictures", w, known, err);
            if (i < 0)
                return -1;
            if (n < MAX_FORMATS)
                formats[n++] = known[i];
        }
    formats[n] = NULL;
    return 0;
}

/* The command line as one text; an argument longer than there is room for is cut. */
static void join_command(int argc, const char **argv, char *text, size_t size)
{
    int n = snprintf(text, size, "selfnorm");
    for (int i = 0; i < argc && n >= 0 && (size_t)n < size; i++)
        n += snprintf(text + n, size - (size_t)n, " %s", argv[i]);
}

static int load(const command *self, sn_config_kind kind, const arguments *args, sn_config **out)
{
    sn_config_setting seed = {"/seed", args->seed};
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
                     sn_study_options *options)
{
    sn_error err = {0};
    sn_study_outcome outcome = {0};
    options->watch = progress_start(args->quiet);
    const sn_status status = sn_study_run(config, options, &outcome, &err);
    progress_end();
    if (status == SN_EINTERRUPTED || (status != SN_OK && status != SN_ETOOL)) {
        const int exit_status = report_failure(self, &err);
        progress_die_if_interrupted();
        return exit_status;
    }
    int exit_status = EXIT_DONE;
    if (strcmp(args->format, "json") == 0) {
        exit_status = print_result(self, options->output);
    } else if (!args->quiet) {
        for (size_t i = 0; i < outcome.n_lines; i++)
            puts(outcome.lines[i]);
        printf("results in %s\n", options->output);
    }
    return status == SN_ETOOL ? report_failure(self, &err) : exit_status;
}

static int run_arguments(const command *self, sn_config_kind kind, int argc, const char **argv,
                         arguments *args)
{
    static const char *const outputs[] = {"text", "json", NULL};
    const char *formats[MAX_FORMATS + 1];
    sn_error err = {0};
    char pictures[64], text[MAX_COMMAND];
    snprintf(pictures, sizeof pictures, "%s", args->pictures);
    if (choose("format", args->format, outputs, &err) < 0
        || split_formats(pictures, formats, &err) < 0)
        return report_failure(self, &err);
    if (args->threads < 0 || args->threads > 4096) {
        sn_fail(&err, SN_EINVAL, "--threads is %d, allowed is 1 to 4096, or 0 for all",
                args->threads);
        return report_failure(self, &err);
    }
    sn_config *config = NULL;
    int exit_status = load(self, kind, args, &config);
    if (exit_status != EXIT_DONE)
        return exit_status;
    char *chosen = args->output == NULL ? default_output(args->file) : NULL;
    join_command(argc, argv, text, sizeof text);
    sn_study_options options = {.output = args->output != NULL ? args->output : chosen,
                                .force = args->force,
                                .formats = formats,
                                .threads = args->threads,
                                .command = text};
    if (options.output != NULL) {
        exit_status = run_study(self, args, config, &options);
    } else {
        sn_fail(&err, SN_ENOMEM, "out of memory");
        exit_status = report_failure(self, &err);
    }
    free(chosen);
    sn_config_free(config);
    return exit_status;
}

static int run_kind(const command *self, sn_config_kind kind, int argc, const char **argv)
{
    arguments args = {.pictures = "png", .format = "text"};
    struct poptOption options[] = {
        {"output", 'o', POPT_ARG_STRING, &args.output, 0,
         "folder to make (results/<name of FILE.json>)", "DIR"},
        {"force", 0, POPT_ARG_NONE, &args.force, 0, "replace a result that is there", NULL},
        {"pictures", 0, POPT_ARG_STRING, &args.pictures, 0,
         "formats to draw: png, svg, pdf, several with commas, or none (png)", "LIST"},
        {"format", 0, POPT_ARG_STRING, &args.format, 0, "text: a summary; json: result.json (text)",
         "FORMAT"},
        {"seed", 0, POPT_ARG_STRING, &args.seed, 0, "in place of the file's seed", "N"},
        {"threads", 0, POPT_ARG_INT, &args.threads, 0,
         "how many; results do not depend on it (0: all)", "N"},
        {"quiet", 'q', POPT_ARG_NONE, &args.quiet, 0, "no summary, no progress", NULL},
        POPT_TABLEEND,
    };
    poptContext context;
    int exit_status;
    if (kind != SN_CONFIG_SIMULATE) /* nothing is random: the option before --threads goes */
        memmove(&options[4], &options[5], 3 * sizeof options[0]);
    if (read_options(self, argc, argv, options, 1, 1, &args.file, &context, &exit_status) < 0)
        return exit_status;
    exit_status = run_arguments(self, kind, argc, argv, &args);
    poptFreeContext(context);
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
    .summary = "the map (mu, nu) -> (mu_next, nu_next) of a layer over a domain, with pictures",
    .details =
        "Evaluates the layer map and its Jacobian over a grid of two of mu, nu, omega, tau, runs\n"
        "trajectories, finds the fixed points and draws all that. The result folder holds\n"
        "result.json, one .tsv a table, and one .gp (a gnuplot script that runs by itself) and\n"
        "its picture a plot. The keys of FILE.json: 'selfnorm list schema'. '-' reads standard\n"
        "input.\n",
    .run = run_map,
};

const command simulate_command = {
    .name = "simulate",
    .synopsis = "[OPTION...] FILE.json",
    .summary = "signals through deep random networks, layer by layer, beside the theory",
    .details =
        "Propagates random inputs through fully connected networks with random weights and puts\n"
        "the mean and variance of every layer, with standard errors over the replicas, beside\n"
        "what the matching map predicts. The result folder holds result.json, layers.tsv, and\n"
        "one .gp (a gnuplot script that runs by itself) and its picture a plot. The keys of\n"
        "FILE.json: 'selfnorm list schema'. '-' reads standard input.\n",
    .run = run_simulate,
};
