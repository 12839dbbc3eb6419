/* selfnorm verify: claims proved or refuted, those of the program by name or one of a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "certify/certificate.h"
#include "cli/run_study.h"
#include "report/file.h"

enum { MAX_CLAIMS = 64 };

static const char *claim_name(const void *context, size_t index)
{
    (void)context;
    const sn_claim *claim = sn_claim_at(index);
    return claim != NULL ? claim->name : NULL;
}

/* Names are short words; what looks like a path is a file. */
static bool is_file(const char *word)
{
    const size_t length = strlen(word);
    return strchr(word, '/') != NULL || strcmp(word, "-") == 0
           || (length > 5 && strcmp(word + length - 5, ".json") == 0);
}

/* The claims of those names, all of them for none. */
static sn_status find_claims(int count, const char *const *words, const sn_claim **claims,
                             size_t *found, sn_error *err)
{
    *found = 0;
    for (size_t i = 0; count == 0 && i < MAX_CLAIMS && sn_claim_at(i) != NULL; i++)
        claims[(*found)++] = sn_claim_at(i);
    for (int i = 0; i < count; i++) {
        if (is_file(words[i]))
            return sn_fail(err, SN_EINVAL, "%s: a file is verified alone", words[i]);
        claims[*found] = sn_claim_find(words[i]);
        if (claims[(*found)++] == NULL)
            return sn_fail(err, SN_EUNKNOWN,
                           "there is no claim '%s'; the nearest known one is '%s' (a file's name "
                           "ends in .json)",
                           words[i], sn_nearest(words[i], claim_name, NULL));
    }
    return SN_OK;
}

enum { LARGEST_CERTIFICATE = 1 << 30 };

/* "2 claims proved, 1 refuted" */
static void print_check(const char *path, const sn_check *check)
{
    if (!check->valid && check->line > 0)
        printf("%s: rejected, line %zu: %s\n", path, check->line, check->reason);
    else if (!check->valid)
        printf("%s: rejected: %s\n", path, check->reason);
    else
        printf("%s: valid: %zu claim%s proved, %zu refuted (%zu statement%s, %zu box%s)\n", path,
               check->proved, check->proved == 1 ? "" : "s", check->refuted, check->statements,
               check->statements == 1 ? "" : "s", check->boxes, check->boxes == 1 ? "" : "es");
}

static int check_certificate(const command *self, const char *path, int quiet)
{
    sn_error err = {0};
    sn_check check;
    char *text;
    size_t size;
    sn_status status = sn_file_read(path, LARGEST_CERTIFICATE, &text, &size, &err);
    if (status == SN_EIO) {
        report_failure(self, &err);
        return EXIT_USAGE; /* as any path that cannot be read */
    }
    if (status == SN_OK)
        status = sn_certificate_check(text, size, &check, &err);
    free(text);
    if (status != SN_OK)
        return report_failure(self, &err);
    if (!quiet)
        print_check(path, &check);
    return check.valid ? EXIT_DONE : EXIT_NO;
}

static int verify(const command *self, int argc, const char **argv, int count,
                  const char *const *words, study_arguments *args)
{
    const sn_claim *claims[MAX_CLAIMS];
    size_t found;
    sn_error err = {0};
    if (args->certificate != NULL && strcmp(args->certificate, "-") == 0) {
        sn_fail(&err, SN_EINVAL, "--certificate is '-', allowed is the name of a file");
        return report_failure(self, &err);
    }
    if (count == 1 && is_file(words[0])) {
        args->file = words[0];
        return run_study_file(self, SN_CONFIG_VERIFY, argc, argv, args);
    }
    if (find_claims(count, words, claims, &found, &err) != SN_OK)
        return report_failure(self, &err);
    return run_study_claims(self, found, claims, argc, argv, args);
}

static int run(const command *self, int argc, const char **argv)
{
    study_arguments args = {.threads = THREADS_NOT_GIVEN};
    char *check = NULL;
    struct poptOption options[] = {
        {"output", 'o', POPT_ARG_STRING, &args.output, 0,
         "folder to make (of FILE.json results/<its name>)", "DIR"},
        STUDY_OPTIONS(&args),
        {"boxes", 0, POPT_ARG_STRING, &args.boxes, 0,
         "at most so many for each bound, in place of the file's", "N"},
        {"seconds", 0, POPT_ARG_DOUBLE, &args.seconds, 0,
         "stop then; what is not proved is undecided (0: never)", "S"},
        {"certificate", 0, POPT_ARG_STRING, &args.certificate, 0,
         "write the proof, boxes with their bounds, to FILE", "FILE"},
        {"check", 0, POPT_ARG_STRING, &check, 0, "check a certificate, box by box without a search",
         "FILE"},
        POPT_TABLEEND,
    };
    const char *words[MAX_CLAIMS];
    poptContext context;
    int exit_status;
    const int count =
        read_options(self, argc, argv, options, 0, MAX_CLAIMS, words, &context, &exit_status);
    if (count < 0)
        return exit_status;
    if (check != NULL && (count > 0 || args.certificate != NULL || args.output != NULL)) {
        sn_error err = {0};
        sn_fail(&err, SN_EINVAL, "--check takes a certificate and nothing else");
        exit_status = report_failure(self, &err);
    } else {
        exit_status = check != NULL ? check_certificate(self, check, args.quiet)
                                    : verify(self, argc, argv, count, words, &args);
    }
    release_options(options, context);
    return end_by_signal(exit_status);
}

const command verify_command = {
    .name = "verify",
    .synopsis = "[OPTION...] [NAME... | FILE.json]",
    .summary = "is a claim true on a whole box: proved, refuted or undecided",
    .details =
        "Proves claims about a layer map on a box of mu, nu, omega, tau, in ball\n"
        "arithmetic and by branch and bound: that a quantity such as the spectral norm\n"
        "stays below or above a number, that the box is mapped into itself, that all of it\n"
        "converges to one fixed point, that it enters a smaller box within so many layers.\n"
        "PROVED and REFUTED are theorems; the digits of an extreme are proved as far as\n"
        "they are printed, and a bound that is refuted comes with a point that breaks it.\n\n"
        "Without a word it takes the claims of the paper ('selfnorm list claims'), NAMEs\n"
        "pick some of them. FILE.json is a claim of your own with a result folder of\n"
        "tables and pictures; its keys: 'selfnorm list schema'; '-' reads standard input.\n"
        "Stopped by ^C it says what was proved by then.\n\n"
        "A certificate holds a proof; --check rejects one that was altered.\n\n"
        "Exit status: 0 all are proved, or what their file expects; 1 they are not.\n",
    .run = run,
};
