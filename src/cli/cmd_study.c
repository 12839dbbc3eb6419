/* selfnorm map and selfnorm simulate: from a configuration file to a result folder. The two differ
 * in the kind of configuration they accept; the work is done in study/. */
#include "cli/run_study.h"

static int run_kind(const command *self, sn_config_kind kind, int argc, const char **argv)
{
    study_arguments args = {0};
    static const struct poptOption end = POPT_TABLEEND;
    const struct poptOption seed = {
        "seed", 0, POPT_ARG_STRING, &args.seed, 0, "in place of the file's seed", "N"};
    const bool random = kind == SN_CONFIG_SIMULATE;
    struct poptOption options[] = {
        {"output", 'o', POPT_ARG_STRING, &args.output, 0,
         "folder to make (results/<name of FILE.json>)", "DIR"},
        STUDY_OPTIONS(&args),
        random ? seed : end,
        end,
    };
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 1, 1, &args.file, &context, &exit_status) < 0)
        return exit_status;
    exit_status = run_study_file(self, kind, argc, argv, &args);
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
