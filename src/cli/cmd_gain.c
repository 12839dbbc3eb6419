/* selfnorm gain: what an activation does to mean, variance and gradient, exactly; the constants that
 * make it keep them; and both as something to paste. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/gain_arguments.h"
#include "cli/gain_text.h"
#include "cli/run_study.h"
#include "report/file.h"
#include "study/gain_folder.h"
#include "study/gain_snippet.h"
#include "study/vectors_study.h"

/* Prints an owned text, unless its making failed. */
static sn_status print_owned(sn_status status, char **text)
{
    if (status == SN_OK)
        fputs(*text, stdout);
    free(*text);
    return status;
}

static sn_status print_json(void (*add)(const void *answer, sn_result *result), const void *answer,
                            sn_error *err)
{
    sn_result *result = sn_result_new();
    add(answer, result);
    char *text = sn_result_text(result);
    sn_result_free(result);
    if (text == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory while writing JSON");
    return print_owned(SN_OK, &text);
}

static void add_gain(const void *answer, sn_result *result)
{
    sn_gain_add_result(answer, result);
}

static void add_design(const void *answer, sn_result *result)
{
    sn_gain_design_add_result(answer, result);
}

/* The folder; beside anything but a text it says nothing on standard output. */
static int make_folder(const command *self, const gain_request *asked, const gain_arguments *args)
{
    study_arguments study = args->study;
    study.quiet = study.quiet || asked->format != GAIN_TEXT;
    if (!study.quiet)
        putchar('\n');
    return run_study_gain(self, &asked->folder, &study, asked->argc, asked->argv);
}

/* --- a design ----------------------------------------------------------------------------------- */

static sn_status print_design(const gain_request *asked, sn_error *err)
{
    const sn_gain_design *design = &asked->design;
    char *text = NULL;
    if (asked->format == GAIN_JSON)
        return print_json(add_design, design, err);
    if (asked->format == GAIN_CSV)
        return print_owned(sn_gain_design_csv(design, &text, err), &text);
    if (asked->format >= GAIN_SNIPPETS && design->found.count > 0)
        return print_owned(
            sn_gain_design_snippet(design, asked->command,
                                   (sn_snippet_format)(asked->format - GAIN_SNIPPETS), &text, err),
            &text);
    if (asked->format >= GAIN_SNIPPETS)
        fprintf(stderr, "selfnorm gain: %s: %s\n", sn_outcome_text(design->found.outcome),
                design->found.reason);
    else
        print_design_text(design);
    return SN_OK;
}

static int run_design(const command *self, gain_request *asked, const gain_arguments *args)
{
    sn_error err = {0};
    if (sn_gain_design_run(&asked->design, &err) != SN_OK)
        return report_failure(self, &err);
    int exit_status = asked->design.found.count > 0 ? EXIT_DONE : EXIT_NO;
    if (!args->study.quiet && print_design(asked, &err) != SN_OK)
        return report_failure(self, &err);
    if (args->study.output != NULL) {
        asked->folder.design = &asked->design;
        const int made = make_folder(self, asked, args);
        exit_status = made != EXIT_DONE ? made : exit_status;
    }
    return exit_status;
}

/* --- a gain ------------------------------------------------------------------------------------- */

typedef struct exact_answer {
    const gain_request *asked;
    const gain_arguments *args;
    const sn_exact_gain *exact;
} exact_answer;

static void add_exact(const void *answer, sn_result *result)
{
    const exact_answer *a = answer;
    const sn_exact_gain *e = a->exact;
    const sn_exact_number *values[SN_GAIN_NUMBERS] = {&e->mean,          &e->second_moment,
                                                      &e->variance,      &e->slope_second,
                                                      &e->gain_variance, &e->gain_second_moment};
    char text[512];
    sn_subject_text(&a->asked->subject, text, sizeof text);
    sn_result_add_text(result, "activation", text);
    sn_result_add_text(result, "x", a->args->mean != NULL ? a->args->mean : "0");
    sn_result_add_text(result, "y", a->args->variance != NULL ? a->args->variance : "1");
    sn_result_add_number(result, "digits", a->args->digits);
    for (size_t i = 0; i < SN_GAIN_NUMBERS; i++)
        sn_result_add_text(result, sn_gain_number_names[i], values[i]->text);
}

static int run_digits(const command *self, const gain_request *asked, const gain_arguments *args)
{
    sn_error err = {0};
    sn_exact_gain exact;
    sn_status status;
    if (!asked->subject.is_normal)
        status = sn_fail(&err, SN_EINVAL, "--digits is of normal pre-activations, found --law %s",
                         args->law);
    else if (asked->format > GAIN_JSON)
        status = sn_fail(&err, SN_EINVAL, "--digits and --format %s exclude each other",
                         args->study.format);
    else
        status = sn_exact_gain_compute(
            &asked->subject.activation, args->mean != NULL ? args->mean : "0",
            args->variance != NULL ? args->variance : "1", (size_t)args->digits, &exact, &err);
    if (status != SN_OK)
        return report_failure(self, &err);
    if (asked->format == GAIN_JSON && !args->study.quiet)
        status = print_json(add_exact, &(exact_answer){asked, args, &exact}, &err);
    else if (!args->study.quiet)
        print_exact_gain_text(&asked->spec, &exact);
    sn_exact_gain_free(&exact);
    return status == SN_OK ? EXIT_DONE : report_failure(self, &err);
}

static sn_status write_vectors(const gain_request *asked, const gain_arguments *args, sn_error *err)
{
    char *text = NULL;
    size_t size;
    sn_status status = sn_vectors_write(&asked->subject.activation, &text, &size, err);
    if (status == SN_OK)
        status = sn_file_write(args->vectors, text, size, args->study.force, err);
    free(text);
    return status;
}

static sn_status print_gain(const gain_request *asked, const sn_gain_study *study, sn_error *err)
{
    char *text = NULL;
    if (asked->format == GAIN_JSON)
        return print_json(add_gain, study, err);
    if (asked->format == GAIN_CSV)
        return print_owned(sn_gain_csv(study, &text, err), &text);
    if (asked->format >= GAIN_SNIPPETS)
        return print_owned(
            sn_gain_snippet(study, (sn_snippet_format)(asked->format - GAIN_SNIPPETS), &text, err),
            &text);
    print_gain_text(study);
    return SN_OK;
}

static int run_gain(const command *self, gain_request *asked, const gain_arguments *args)
{
    sn_error err = {0};
    sn_gain_study study;
    int exit_status = EXIT_DONE;
    sn_status status = sn_gain_study_run(&asked->spec, &study, &err);
    if (status == SN_OK && args->vectors != NULL)
        status = write_vectors(asked, args, &err);
    if (status == SN_OK && !args->study.quiet)
        status = print_gain(asked, &study, &err);
    if (status != SN_OK) {
        exit_status = report_failure(self, &err);
        if (status == SN_EEXIST)
            fputs("--force replaces it.\n", stderr);
    } else if (args->study.output != NULL) {
        asked->folder.gain = &study;
        exit_status = make_folder(self, asked, args);
    }
    sn_gain_study_free(&study);
    return exit_status;
}

static int run(const command *self, int argc, const char **argv)
{
    gain_arguments args = gain_nothing_given;
    struct poptOption options[GAIN_OPTIONS];
    gain_options(&args, options);
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 0, 1, &args.name, &context, &exit_status) < 0)
        return exit_status;
    sn_error err = {0};
    gain_request asked;
    if (gain_read_request(&args, argc, argv, &asked, &err) != SN_OK)
        exit_status = report_failure(self, &err);
    else if (asked.is_design)
        exit_status = run_design(self, &asked, &args);
    else if (args.digits > 0)
        exit_status = run_digits(self, &asked, &args);
    else
        exit_status = run_gain(self, &asked, &args);
    gain_free_request(&asked);
    release_options(options, context);
    return end_by_signal(exit_status);
}

const command gain_command = {
    .name = "gain",
    .synopsis = "[ACTIVATION] [OPTION...]",
    .summary = "the gain of any activation, fixed points, chi1; designs; snippets",
    .details = "Computes mean, second moment, variance and E f'^2 of f(z), the gain by variance\n"
               "(1/sqrt(Var f), NFNet's) and by second moment (1/sqrt(E f^2), He's and e3nn's)\n"
               "to full accuracy with a bound of the error, proved where that is possible. Then\n"
               "what a deep net with such weights does: the fixed points q* of the variance and\n"
               "which attract, chi1, the depth scales xi_q and xi_c, where correlations of two\n"
               "inputs end up, ordered or chaotic, and a verdict forwards and backwards.\n"
               "\n"
               "With --design the question is turned round: all constants of a family that make\n"
               "a target mean and variance a fixed point, which of them attract; where there are\n"
               "none it says why and exits with 1.\n"
               "\n"
               "--format pytorch, jax, keras, c, onnx, latex or markdown prints what to paste:\n"
               "the activation, its initialiser, and a check of its own. Variances are variances,\n"
               "never standard deviations.\n",
    .run = run,
};
