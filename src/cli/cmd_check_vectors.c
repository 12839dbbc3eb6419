/* selfnorm check-vectors: another implementation's values of activations against the exact ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "report/file.h"
#include "report/number.h"
#include "report/result.h"
#include "study/vectors_study.h"

typedef struct arguments {
    char *param, *format;
    double ulp;
    int quiet;
    const char *path;
} arguments;

static const char *const columns[SN_VECTORS_COLUMNS] = {"f", "derivative"};

/* "NAME=VALUE,NAME=VALUE" */
static sn_status read_params(const char *text, sn_vectors_param *params, size_t *n, sn_error *err)
{
    *n = 0;
    while (text != NULL && *text != '\0') {
        char word[256];
        const size_t length = strcspn(text, ","), name = strcspn(text, "=");
        sn_vectors_param *param = &params[*n];
        if (*n == SN_MAX_PARAMS || name == 0 || name >= length || name >= sizeof param->name
            || length >= sizeof word)
            return sn_fail(err, SN_EINVAL,
                           "--param is '%.60s', allowed is NAME=VALUE, at most %d of them with "
                           "commas between",
                           text, SN_MAX_PARAMS);
        snprintf(param->name, sizeof param->name, "%.*s", (int)name, text);
        snprintf(word, sizeof word, "%.*s", (int)(length - name - 1), text + name + 1);
        const sn_status status = number_option("param", word, &param->value, err);
        if (status != SN_OK)
            return status;
        (*n)++;
        text += length + (text[length] == ',');
    }
    return SN_OK;
}

/* Rounded down, so that 100.0 means all. */
static double percent(size_t part, size_t all)
{
    return floor(1000 * (double)part / (double)all) / 10;
}

static void print_row(const sn_vectors_row *row)
{
    char x[SN_NUMBER_SIZE], value[SN_NUMBER_SIZE], rounded[SN_NUMBER_SIZE];
    sn_number_text(row->worst_x, x);
    sn_number_text(row->worst_value, value);
    sn_number_text(row->worst_rounded, rounded);
    printf("%-12s %-9s %-10s %8zu %8.1f%% %8.1f%% %8.1f%% %8.1f%% %11.4g\n", row->f.type->name,
           sn_format_name(row->format), columns[row->column], row->count,
           percent(row->correct, row->count), percent(row->within_half, row->count),
           percent(row->within_one, row->count), percent(row->within_two, row->count), row->worst);
    if (row->correct < row->count)
        printf("    line %zu: x %s, found %s, correctly rounded %s\n", row->worst_line, x, value,
               rounded);
}

static const sn_vectors_row *worst_row(const sn_vectors_report *report)
{
    const sn_vectors_row *worst = report->rows;
    for (size_t i = 1; i < report->n; i++)
        if (report->rows[i].worst > worst->worst)
            worst = &report->rows[i];
    return worst;
}

static void print_text(const sn_vectors_report *report, double allowed)
{
    const sn_vectors_row *worst = worst_row(report);
    printf("%-12s %-9s %-10s %8s %9s %9s %9s %9s %11s\n", "activation", "format", "column",
           "values", "correct", "0.5 ULP", "1 ULP", "2 ULP", "worst ULP");
    for (size_t i = 0; i < report->n; i++)
        print_row(&report->rows[i]);
    if (worst->worst <= allowed)
        printf("every value is within %.4g ULP\n", allowed);
    else
        printf("line %zu: %s of %s in %s is %.4g ULP off, allowed is %.4g\n", worst->worst_line,
               columns[worst->column], worst->f.type->name, sn_format_name(worst->format),
               worst->worst, allowed);
}

static void add_row(sn_result *result, const sn_vectors_row *row)
{
    sn_result_open_object(result, NULL);
    sn_result_add_text(result, "activation", row->f.type->name);
    sn_result_open_object(result, "params");
    for (size_t i = 0; i < row->f.type->n_params; i++)
        sn_result_add_number(result, row->f.type->params[i].name, row->f.params[i]);
    sn_result_close(result);
    sn_result_add_text(result, "format", sn_format_name(row->format));
    sn_result_add_text(result, "column", columns[row->column]);
    sn_result_add_number(result, "values", (double)row->count);
    sn_result_add_number(result, "correct", (double)row->correct);
    sn_result_add_number(result, "within_half", (double)row->within_half);
    sn_result_add_number(result, "within_one", (double)row->within_one);
    sn_result_add_number(result, "within_two", (double)row->within_two);
    sn_result_add_number(result, "worst_ulp", row->worst);
    sn_result_add_number(result, "worst_line", (double)row->worst_line);
    sn_result_add_number(result, "worst_x", row->worst_x);
    sn_result_add_number(result, "worst_value", row->worst_value);
    sn_result_add_number(result, "worst_rounded", row->worst_rounded);
    sn_result_close(result);
}

static sn_status print_json(const sn_vectors_report *report, double allowed, sn_error *err)
{
    sn_result *result = sn_result_new();
    sn_result_add_boolean(result, "within", worst_row(report)->worst <= allowed);
    sn_result_add_number(result, "allowed_ulp", allowed);
    sn_result_open_list(result, "rows");
    for (size_t i = 0; i < report->n; i++)
        add_row(result, &report->rows[i]);
    sn_result_close(result);
    char *text = sn_result_text(result);
    sn_result_free(result);
    if (text == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    fputs(text, stdout);
    free(text);
    return SN_OK;
}

static sn_status check_file(const arguments *args, sn_vectors_report *report, sn_error *err)
{
    sn_vectors_param params[SN_MAX_PARAMS];
    size_t n_params, size;
    char *text;
    sn_status status = read_params(args->param, params, &n_params, err);
    if (status == SN_OK && !(args->ulp >= 0))
        status = sn_fail(err, SN_EDOMAIN, "--ulp is %g, allowed is ulp >= 0", args->ulp);
    if (status != SN_OK)
        return status;
    status = sn_file_read(args->path, SN_VECTORS_LARGEST, &text, &size, err);
    if (status != SN_OK) /* as any path that cannot be read: bad usage */
        return err->status = status == SN_EIO ? SN_ECONFIG : status;
    sn_error why = {0};
    status = sn_vectors_check(text, size, n_params, params, report, &why);
    free(text);
    if (status == SN_OK)
        return status;
    const char *name = strcmp(args->path, "-") == 0 ? "standard input" : args->path;
    return sn_fail(err, status, status == SN_ECONFIG ? "%s:%s" : "%s: %s", name, why.message);
}

static int check(const command *self, const arguments *args)
{
    static const char *const formats[] = {"text", "json", NULL};
    sn_error err = {0};
    sn_vectors_report report = {0};
    const int format = args->format != NULL ? choose("format", args->format, formats, &err) : 0;
    if (format < 0 || check_file(args, &report, &err) != SN_OK)
        return report_failure(self, &err);
    int exit_status = worst_row(&report)->worst <= args->ulp ? EXIT_DONE : EXIT_NO;
    if (format == 1 && print_json(&report, args->ulp, &err) != SN_OK)
        exit_status = report_failure(self, &err);
    else if (format == 0 && !args->quiet)
        print_text(&report, args->ulp);
    sn_vectors_report_free(&report);
    return exit_status;
}

static int run(const command *self, int argc, const char **argv)
{
    arguments args = {.ulp = 1};
    struct poptOption options[] = {
        {"ulp", 0, POPT_ARG_DOUBLE, &args.ulp, 0, "how far off a value may be (1)", "N"},
        {"param", 0, POPT_ARG_STRING, &args.param, 0, "parameters that the file has no columns for",
         "NAME=VALUE,..."},
        {"format", 0, POPT_ARG_STRING, &args.format, 0, "text or json (text)", "FORMAT"},
        {"quiet", 'q', POPT_ARG_NONE, &args.quiet, 0, "no text, the exit status alone", NULL},
        POPT_TABLEEND,
    };
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 1, 1, &args.path, &context, &exit_status) < 0)
        return exit_status;
    exit_status = check(self, &args);
    release_options(options, context);
    return exit_status;
}

const command check_vectors_command = {
    .name = "check-vectors",
    .synopsis = "[OPTION...] FILE.csv",
    .summary = "an implementation's activations against exact values",
    .details = "Measures values of activations and of their derivatives in units in the last\n"
               "place (ULP) of the exact ones, which are enclosed in ball arithmetic. FILE.csv\n"
               "has the columns activation, format (float64, float32, float16, bfloat16), x, f\n"
               "and, if wanted, derivative and parameters such as alpha, in any order; # starts\n"
               "a comment, and '-' reads standard input. Decimals are rounded to the format.\n"
               "For each activation, format and column it prints how many values are correctly\n"
               "rounded, how many are within 0.5, 1 and 2 ULP, and the worst one. SELU without\n"
               "parameters has the exact constants. At a kink the derivative is the left one.\n\n"
               "Exit status: 0 every value is within --ulp; 1 some are not.\n",
    .run = run,
};
