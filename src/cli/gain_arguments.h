/* gain_arguments.h: what `selfnorm gain` can be asked, from its words to the specifications of the
 * studies. */
#ifndef SELFNORM_CLI_GAIN_ARGUMENTS_H
#define SELFNORM_CLI_GAIN_ARGUMENTS_H

#include "cli/run_study.h"
#include "report/snippet.h"
#include "study/gain_design.h"
#include "study/gain_folder.h"
#include "study/gain_study.h"

/* As the command line gives them; as in gain_nothing_given what it does not. */
typedef struct gain_arguments {
    const char *name;
    char *expression, *table, *kinks, *law, **params;
    char *mean, *variance; /* texts, since their decimals count with --digits */
    char *gain, *map, *design, *vectors, *plots;
    double tau, bias_variance, correlation, residual;
    double tau_max, bias_max;
    double target_mean, target_variance, omega, zeta, dropout, alpha_dropout;
    int depth, reset, digits, resolution, critical;
    study_arguments study;
} gain_arguments;

/* How the answer is printed: a text, JSON, CSV, or one of the snippets from GAIN_SNIPPETS on. */
enum { GAIN_TEXT, GAIN_JSON, GAIN_CSV, GAIN_SNIPPETS };

/* All of that, understood. */
typedef struct gain_request {
    sn_subject subject;
    sn_gain_spec spec;
    bool is_design;
    sn_gain_design design;
    int format;
    const char *plots[SN_GAIN_PICTURE_COUNT + 1]; /* NULL at the end */
    sn_gain_folder folder;                        /* without the answer that goes into it */
    int argc;
    const char **argv; /* borrowed */
    char *command;     /* the two as a shell would take them */
} gain_request;

/* What whole numbers are that were not given, and beyond which tau chi1 would leave the numbers. */
enum { GAIN_NOT_GIVEN = -1000000 };
#define GAIN_LARGEST_TAU 1e200

extern const gain_arguments gain_nothing_given;

/* The rows of options for read_options, NULL-terminated as it wants them; of a table that lasts as
 * long as *args. */
enum { GAIN_OPTIONS = 48 };
void gain_options(gain_arguments *args, struct poptOption options[GAIN_OPTIONS]);

/* That the values are such as are allowed, and go together; and with a family of designs. SN_EINVAL,
 * SN_EDOMAIN: the message says which option, what was found and what is allowed. */
sn_status gain_check_arguments(const gain_arguments *args, sn_error *err);
sn_status gain_check_family(const gain_arguments *args, sn_family family, sn_error *err);

/* *out is the caller's to free in every case. SN_EINVAL and the statuses of sn_subject_make. */
sn_status gain_read_request(const gain_arguments *args, int argc, const char **argv,
                            gain_request *out, sn_error *err);
void gain_free_request(gain_request *request);

#endif
