/* From the arguments of a command to a study, and from its outcome to what is printed. */
#include "cli/run_study.h"

#include <errno.h>
#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "report/file.h"
#include "report/picture.h"
#include "study/ranks.h"
#include "study/study.h"

enum { MAX_FORMATS = 8, MAX_THREADS = 4096 };

/* What the arguments ask for, and what of it must be freed. */
typedef struct request {
    sn_study_options options;
    const char *formats[MAX_FORMATS + 1];
    char *output, *command;
    bool json;
} request;

static int load(const command *self, sn_config_kind kind, const study_arguments *args,
                sn_config **out)
{
    sn_config_setting settings[2];
    size_t n = 0;
    if (args->seed != NULL)
        settings[n++] = (sn_config_setting){"/seed", args->seed};
    if (args->boxes != NULL)
        settings[n++] = (sn_config_setting){"/boxes", args->boxes};
    sn_config_errors errors;
    const sn_status status = sn_config_load(args->file, n, settings, out, &errors);
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

/* result.json of the finished folder, as it is, on standard output; gives back exit_status unless
 * that fails. */
static int print_result(const command *self, const char *output, int exit_status)
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
    return exit_status;
}

/* What a study stopped by a signal leaves behind. */
static int say_interrupted(const command *self, const request *asked,
                           const sn_study_outcome *outcome)
{
    fflush(stdout);
    if (outcome->undrawn)
        fprintf(stderr,
                "selfnorm %s: interrupted; %s is complete but for pictures, gnuplot draws them "
                "from its scripts\n",
                self->name, asked->options.output);
    else if (outcome->partial)
        fprintf(stderr,
                "selfnorm %s: interrupted; %s has what is complete, --resume goes on with it\n",
                self->name, asked->options.output);
    else
        fprintf(stderr, "selfnorm %s: interrupted%s\n", self->name,
                asked->options.output != NULL ? "; nothing was written" : "");
    return EXIT_STOPPED;
}

int end_by_signal(int exit_status)
{
    if (exit_status != EXIT_STOPPED)
        return exit_status;
    raise(progress_signal());
    return EXIT_MACHINE; /* that signal is blocked */
}

static void print_outcome(const request *asked, const sn_study_outcome *outcome)
{
    for (size_t i = 0; i < outcome->n_lines; i++)
        puts(outcome->lines[i]);
    if (outcome->n_dropped > 0)
        printf("... and %zu lines more; result.json has all\n", outcome->n_dropped);
    if (asked->options.output != NULL && outcome->json == NULL)
        printf("results in %s\n", asked->options.output);
}

/* The certificate of the proofs, if one was wanted and any could be certified. */
static int write_certificate(const command *self, const study_arguments *args,
                             const sn_study_outcome *outcome, const request *asked, bool tell)
{
    sn_error err = {0};
    size_t size;
    char *text = sn_certificate_text(asked->options.certificate, &size);
    if (text == NULL) {
        sn_fail(&err, SN_ENOMEM, "out of memory");
        return report_failure(self, &err);
    }
    const sn_status status = sn_file_write(args->certificate, text, size, args->force, &err);
    free(text);
    if (status != SN_OK) {
        const int exit_status = report_failure(self, &err);
        if (status == SN_EEXIST)
            fputs("--force replaces it.\n", stderr);
        return exit_status;
    }
    if (tell)
        printf("certificate in %s\n", args->certificate);
    return outcome->uncertified > 0 ? EXIT_NO : EXIT_DONE;
}

/* What a study is made of: one of the three. */
typedef struct work {
    const sn_config *config;
    size_t n_claims;
    const sn_claim *const *claims;
    const sn_gain_folder *gain;
} work;

static sn_status do_work(const work *task, const request *asked, sn_study_outcome *outcome,
                         sn_error *err)
{
    if (task->config != NULL)
        return sn_study_run(task->config, &asked->options, outcome, err);
    if (task->gain != NULL)
        return sn_study_gain(task->gain, &asked->options, outcome, err);
    return sn_study_claims(task->n_claims, task->claims, &asked->options, outcome, err);
}

static int run_study(const command *self, const study_arguments *args, const work *task,
                     request *asked)
{
    sn_error err = {0};
    sn_study_outcome outcome;
    const bool stops = task->config == NULL || task->config->kind != SN_CONFIG_MAP;
    asked->options.watch =
        progress_start(self->name, args->quiet, !args->quiet && !asked->json, stops);
    const sn_status status = do_work(task, asked, &outcome, &err);
    progress_end();
    if (status != SN_OK && status != SN_ETOOL && status != SN_EINTERRUPTED) {
        const int exit_status = report_failure(self, &err);
        if (status == SN_EEXIST && !args->force)
            fputs("--force replaces an earlier result, never anything else.\n", stderr);
        return exit_status;
    }
    int exit_status = outcome.denied ? EXIT_NO : EXIT_DONE;
    if (asked->json && outcome.json != NULL)
        fputs(outcome.json, stdout);
    else if (asked->json)
        exit_status = print_result(self, asked->options.output, exit_status);
    else if (!args->quiet)
        print_outcome(asked, &outcome);
    if (asked->options.certificate != NULL && (status != SN_EINTERRUPTED || outcome.undrawn)) {
        const int written =
            write_certificate(self, args, &outcome, asked, !args->quiet && !asked->json);
        exit_status = written != EXIT_DONE ? written : exit_status;
    }
    fflush(stdout); /* before what is said on standard error */
    free(outcome.json);
    if (status == SN_EINTERRUPTED)
        return say_interrupted(self, asked, &outcome);
    return status == SN_ETOOL ? report_failure(self, &err) : exit_status;
}

/* The budget of boxes: for a configuration in place of its own, for other claims here. */
static sn_status read_boxes(const study_arguments *args, size_t *boxes, sn_error *err)
{
    enum { LEAST = 100, MOST = 100000000 };
    if (args->boxes == NULL)
        return SN_OK;
    char *end;
    const unsigned long long count = strtoull(args->boxes, &end, 10);
    const bool digits =
        args->boxes[0] != '\0' && args->boxes[strspn(args->boxes, "0123456789")] == '\0';
    if (!digits || count < LEAST || count > MOST)
        return sn_fail(err, SN_EINVAL, "--boxes is '%s', allowed is a whole number from %d to %d",
                       args->boxes, LEAST, MOST);
    *boxes = (size_t)count;
    return SN_OK;
}

/* The formats of pictures, with room for MAX_FORMATS and the NULL. */
static sn_status read_pictures(const study_arguments *args, const char **formats, sn_error *err)
{
    const char *known[MAX_FORMATS + 1] = {NULL};
    for (size_t i = 0; i < MAX_FORMATS && sn_plot_format_at(i) != NULL; i++)
        known[i] = sn_plot_format_at(i);
    const char *pictures = args->pictures != NULL ? args->pictures : "png";
    return choose_list("pictures", pictures, known, formats, err) < 0 ? SN_EINVAL : SN_OK;
}

static sn_status read_threads(const study_arguments *args, int *threads, sn_error *err)
{
    const bool given = args->threads != THREADS_NOT_GIVEN;
    *threads = given ? args->threads : sn_ranks_count() > 1 ? 1 : 0;
    if (*threads < 0 || *threads > MAX_THREADS)
        return sn_fail(err, SN_EINVAL, "--threads is %d, allowed is 1 to %d, or 0 for all",
                       *threads, MAX_THREADS);
    return SN_OK;
}

sn_status check_study_gain(const study_arguments *args, sn_error *err)
{
    const char *formats[MAX_FORMATS + 1];
    int threads;
    const sn_status status = read_pictures(args, formats, err);
    return status == SN_OK ? read_threads(args, &threads, err) : status;
}

/* Everything of the command line that can be wrong before the file is read. */
static sn_status read_request(const study_arguments *args, int argc, const char **argv,
                              request *asked, sn_error *err)
{
    static const char *const outputs[] = {"text", "json", NULL};
    int threads;
    *asked = (request){0};
    const int output = args->format != NULL ? choose("format", args->format, outputs, err) : 0;
    if (output < 0)
        return SN_EINVAL;
    asked->json = output == 1;
    sn_status status = read_pictures(args, asked->formats, err);
    if (status == SN_OK)
        status = read_threads(args, &threads, err);
    if (status != SN_OK)
        return status;
    if (args->seed != NULL
        && (args->seed[0] == '\0' || args->seed[strspn(args->seed, "0123456789")] != '\0'))
        return sn_fail(err, SN_EINVAL, "--seed is '%s', allowed is a whole number from 0",
                       args->seed);
    if (args->seconds < 0)
        return sn_fail(err, SN_EINVAL, "--seconds is %g, allowed is a number from 0",
                       args->seconds);
    if (args->save < 0)
        return sn_fail(err, SN_EINVAL, "--save is %g, allowed is a number from 0", args->save);
    asked->command = command_text(argc, argv);
    if (args->output != NULL)
        asked->output = strdup(args->output);
    else if (args->file != NULL)
        asked->output = default_output(args->file);
    const bool folder = args->output != NULL || args->file != NULL;
    if (asked->command == NULL || (folder && asked->output == NULL))
        return sn_fail(err, SN_ENOMEM, "out of memory");
    if (threads > 0
        || omp_get_max_threads() > MAX_THREADS) /* for what takes no number of its own */
        omp_set_num_threads(threads > 0 ? threads : MAX_THREADS);
    asked->options = (sn_study_options){.output = asked->output,
                                        .path = args->file,
                                        .force = args->force,
                                        .resume = args->resume,
                                        .save_every = args->save,
                                        .formats = asked->formats,
                                        .threads = threads,
                                        .command = asked->command,
                                        .seconds = args->seconds};
    if (args->certificate != NULL) {
        asked->options.certificate = sn_certificate_new();
        if (asked->options.certificate == NULL)
            return sn_fail(err, SN_ENOMEM, "out of memory");
    }
    return read_boxes(args, &asked->options.boxes, err);
}

static void free_request(request *asked)
{
    sn_certificate_free(asked->options.certificate);
    free(asked->command);
    free(asked->output);
}

int run_study_file(const command *self, sn_config_kind kind, int argc, const char **argv,
                   const study_arguments *args)
{
    sn_error err = {0};
    request asked;
    sn_config *config = NULL;
    int exit_status;
    if (read_request(args, argc, argv, &asked, &err) != SN_OK)
        exit_status = report_failure(self, &err);
    else if ((exit_status = load(self, kind, args, &config)) == EXIT_DONE)
        exit_status = run_study(self, args, &(work){.config = config}, &asked);
    sn_config_free(config);
    free_request(&asked);
    return exit_status;
}

int run_study_claims(const command *self, size_t count, const sn_claim *const *claims, int argc,
                     const char **argv, const study_arguments *args)
{
    sn_error err = {0};
    request asked;
    const work task = {.n_claims = count, .claims = claims};
    const int exit_status = read_request(args, argc, argv, &asked, &err) == SN_OK
                                ? run_study(self, args, &task, &asked)
                                : report_failure(self, &err);
    free_request(&asked);
    return exit_status;
}

int run_study_gain(const command *self, const sn_gain_folder *folder, const study_arguments *args,
                   int argc, const char **argv)
{
    sn_error err = {0};
    request asked;
    study_arguments own = *args;
    own.format = NULL; /* which the command has printed already */
    const int exit_status = read_request(&own, argc, argv, &asked, &err) == SN_OK
                                ? run_study(self, &own, &(work){.gain = folder}, &asked)
                                : report_failure(self, &err);
    free_request(&asked);
    return exit_status;
}
