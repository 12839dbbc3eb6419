/* selfnorm map and selfnorm simulate: from a configuration file to a result folder. The two differ
 * in the kind of configuration they accept; the work is done in study/. */
#include "cli/progress.h"
#include "cli/run_study.h"
#include "study/ranks.h"
#include "study/rounds.h"

#define OUTPUT_OPTION(args)                                                                        \
    {                                                                                              \
        "output", 'o', POPT_ARG_STRING, &(args)->output, 0,                                        \
            "folder to make (results/<name of FILE.json>)", "DIR"                                  \
    }

static int run_kind(const command *self, sn_config_kind kind, int argc, const char **argv,
                    struct poptOption *options, study_arguments *args)
{
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 1, 1, &args->file, &context, &exit_status) < 0)
        return exit_status;
    exit_status = run_study_file(self, kind, argc, argv, args);
    release_options(options, context);
    return exit_status;
}

static int run_map(const command *self, int argc, const char **argv)
{
    study_arguments args = {.threads = THREADS_NOT_GIVEN};
    struct poptOption options[] = {OUTPUT_OPTION(&args), STUDY_OPTIONS(&args), POPT_TABLEEND};
    return run_kind(self, SN_CONFIG_MAP, argc, argv, options, &args);
}

static int lead(const command *self, int argc, const char **argv)
{
    study_arguments args = {.threads = THREADS_NOT_GIVEN, .save = 2};
    struct poptOption options[] = {
        OUTPUT_OPTION(&args),
        STUDY_OPTIONS(&args),
        {"seed", 0, POPT_ARG_STRING, &args.seed, 0, "in place of the file's seed", "N"},
        {"resume", 0, POPT_ARG_NONE, &args.resume, 0, "go on with a run that was stopped or killed",
         NULL},
        {"save", 0, POPT_ARG_DOUBLE, &args.save, 0,
         "save what a long run has done every so many seconds (2)", "S"},
        POPT_TABLEEND,
    };
    return run_kind(self, SN_CONFIG_SIMULATE, argc, argv, options, &args);
}

/* What a rank other than the first does: what that one tells it. It says nothing itself. */
static int serve(const command *self)
{
    const sn_watch watch = progress_start(self->name, true, false, true);
    sn_rounds_serve(&watch);
    progress_end();
    return EXIT_DONE;
}

static int run_simulate(const command *self, int argc, const char **argv)
{
    bool leads;
    sn_error err = {0};
    if (sn_ranks_start(&leads, &err) != SN_OK)
        return leads ? report_failure(self, &err) : exit_status_of(err.status);
    const int exit_status = leads ? lead(self, argc, argv) : serve(self);
    sn_ranks_end();
    return end_by_signal(exit_status); /* the others know by now */
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
    .details = "Sends random inputs, or the rows of a file, through fully connected networks\n"
               "of random weights, and gradients back, and puts what is measured of every\n"
               "layer, with standard errors over the replicas, beside what theory predicts.\n"
               "\n"
               "FILE.json ('-': standard input) needs no more than {\"kind\": \"simulate\"}, and\n"
               "may say\n"
               "  network   width, depth, or blocks of layers that differ; of layers:\n"
               "            activation, weights, bias, normalization, dropout, residual\n"
               "  input     distribution, mean, variance; or a file of rows, CSV or NPY\n"
               "  replicas, samples, seed, precision, method\n"
               "  observe   what is measured: moments, gradients, histogram and more; clip\n"
               "  plots     which pictures\n"
               "  sweep     keys to run over, as JSON pointers, and the values of each:\n"
               "            {\"/network/width\": {\"from\": 16, \"to\": 1024, \"points\": 7,\n"
               "                                \"scale\": \"log\"},\n"
               "             \"/network/activation/name\": [\"selu\", \"relu\"]}\n"
               "'selfnorm list' has the words to choose from, 'selfnorm list schema' all keys.\n"
               "\n"
               "The result folder holds result.json, layers.tsv (a row a layer), networks.tsv\n"
               "(a row a network), histogram.tsv if asked for, and one .gp (a gnuplot script\n"
               "that runs by itself) and its picture a plot. A quantity q of layers.tsv has the\n"
               "columns q, q_se (standard error), q_theory (in infinite width), q_drift (what\n"
               "the finite width adds, to first order in 1/width) and q_z, how many standard\n"
               "errors q is off the two together; nan is what is not known.\n"
               "\n"
               "The method \"gram\" draws no weights but what they do, by its exact law: for wide\n"
               "layers and few samples. \"auto\", the default, takes it where it is cheaper.\n"
               "\n"
               "A long run saves what it has done beside its result, in DIR.checkpoint. Stopped\n"
               "by a signal it leaves a result of what is complete, marked partial; stopped or\n"
               "killed, --resume goes on to the very result of a run that was not. mpirun may\n"
               "split it over many processes, where selfnorm was built with MPI.\n",
    .run = run_simulate,
};
