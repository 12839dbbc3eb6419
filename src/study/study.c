/* What every study does: check the size, fill a folder, write result.json, publish. */
#include "study/study.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "study/gain_part.h"
#include "study/parts.h"
#include "study/place.h"

size_t sn_bytes_plus(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

size_t sn_bytes_times(size_t a, size_t b)
{
    return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

void sn_study_say(sn_study *study, const char *format, ...)
{
    sn_study_outcome *outcome = study->outcome;
    if (outcome->n_lines == SN_STUDY_LINES) {
        outcome->n_dropped++;
        return;
    }
    va_list args;
    va_start(args, format);
    vsnprintf(outcome->lines[outcome->n_lines++], SN_STUDY_LINE, format, args);
    va_end(args);
}

void sn_study_tell(const sn_study *study, const char *format, ...)
{
    const sn_watch *watch = &study->options->watch;
    if (watch->line == NULL)
        return;
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    watch->line(watch->context, line);
}

void sn_study_warn(const sn_study *study, const char *format, ...)
{
    const sn_watch *watch = &study->options->watch;
    if (watch->warn == NULL)
        return;
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    watch->warn(watch->context, line);
}

double sn_study_mean(double mu, double nu)
{
    return fabs(mu) < 1e-12 * sqrt(nu) ? 0 : mu;
}

void sn_study_tick(const sn_study *study, const char *what, size_t done, size_t total)
{
    const sn_watch *watch = &study->options->watch;
    if (watch->tick != NULL)
        watch->tick(watch->context, what, done, total);
}

bool sn_study_stopped(const sn_study *study)
{
    const sn_watch *watch = &study->options->watch;
    return watch->stopped != NULL && watch->stopped(watch->context) != 0;
}

void sn_study_activation_text(const sn_activation *f, char *text, size_t size)
{
    int n = snprintf(text, size, "%s", f->type->name);
    for (size_t i = 0; i < f->type->n_params && n >= 0 && (size_t)n < size; i++)
        if (f->params[i] != f->type->params[i].initial)
            n += snprintf(text + n, size - (size_t)n, ", %s %.6g", f->type->params[i].name,
                          f->params[i]);
}

void sn_study_point_label(const sn_config *config, size_t point, char *text, size_t size)
{
    int n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < config->n_sweeps && n >= 0 && (size_t)n < size; i++) {
        const bool number = config->sweeps[i].column.kind != SN_TEXT;
        n += snprintf(text + n, size - (size_t)n, "%s%s%s%s", i > 0 ? ", " : "",
                      number ? config->sweeps[i].column.name : "", number ? " " : "",
                      sn_config_swept(config, point, i)->label);
    }
}

/* What keeps the rest of the pictures from being drawn; the data are worth having all the same. A
 * signal may have come to gnuplot too, which then says it failed. */
static void leave_undrawn(sn_study *study, const sn_error *why)
{
    const bool stopped = sn_study_stopped(study);
    if (why != NULL && !stopped)
        study->undrawn = *why;
    study->undrawn.status = stopped ? SN_EINTERRUPTED : SN_ETOOL;
    study->outcome->undrawn = stopped;
}

sn_status sn_study_draw(sn_study *study, const sn_picture *picture, sn_error *err)
{
    sn_status status = sn_picture_write(study->folder, picture, err);
    const char *name = picture->name != NULL ? picture->name : picture->kind;
    for (const char *const *format = study->options->formats; *format != NULL; format++) {
        if (status != SN_OK || study->undrawn.status != SN_OK)
            break;
        sn_study_tick(study, name, 0, 1);
        status =
            sn_study_stopped(study) ? SN_ETOOL : sn_picture_draw(study->folder, name, *format, err);
        if (status == SN_ETOOL) {
            leave_undrawn(study, err);
            status = SN_OK;
        }
    }
    return status;
}

/* The peak memory the study would take; SIZE_MAX when the number does not fit. */
static size_t study_bytes(const sn_config *config, int threads)
{
    if (config->kind == SN_CONFIG_SIMULATE)
        return sn_simulate_study_bytes(config, threads);
    size_t most = 0;
    if (config->kind == SN_CONFIG_VERIFY)
        return most; /* a proof takes what it needs, which nobody knows before */
    for (size_t i = 0; i < config->n_points; i++) {
        const size_t bytes = sn_map_study_bytes(&config->points[i].map);
        most = bytes > most ? bytes : most;
    }
    return most;
}

static sn_status check_size(const sn_config *config, int threads, sn_error *err)
{
    const size_t bytes = study_bytes(config, threads);
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || page <= 0)
        return SN_OK; /* unknown: let the allocations decide */
    const size_t machine = sn_bytes_times((size_t)pages, (size_t)page);
    if (bytes < machine)
        return SN_OK;
    return sn_fail(err, SN_ETOOBIG,
                   "this job would need %s%zu bytes (%.3g GiB) of memory; the machine has %zu "
                   "(%.3g GiB)",
                   bytes == SIZE_MAX ? "more than " : "", bytes, (double)bytes / 0x1p30, machine,
                   (double)machine / 0x1p30);
}

double sn_study_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* result.json, last: its presence says that the folder is complete. */
static sn_status finish(sn_study *study, sn_error *err)
{
    if (study->folder == NULL)
        return SN_OK;
    sn_status status = sn_result_write(study->result, study->folder, err);
    if (status == SN_OK)
        status = sn_folder_commit(study->folder, err);
    if (status == SN_OK && study->checkpoint != NULL && !study->partial)
        sn_checkpoint_remove(study->checkpoint);
    return status;
}

static void tell_folder(const sn_study_options *options, const sn_folder *folder)
{
    if (options->watch.filling != NULL)
        options->watch.filling(options->watch.context, folder);
}

sn_status sn_study_open_folder(sn_study *study, sn_error *err)
{
    const sn_study_options *options = study->options;
    const bool replace = options->force || study->replace;
    if (options->output == NULL)
        return SN_OK;
    const sn_status status = sn_folder_create(options->output, replace, &study->folder, err);
    if (study->folder != NULL)
        tell_folder(options, study->folder);
    return status;
}

static sn_status run_kind(sn_study *study, sn_error *err)
{
    if (study->gain != NULL)
        return sn_gain_part(study, err);
    const sn_config_kind kind = study->config != NULL ? study->config->kind : SN_CONFIG_VERIFY;
    switch (kind) {
    case SN_CONFIG_MAP:
        return sn_map_study(study, err);
    case SN_CONFIG_SIMULATE:
        return sn_simulate_study(study, err);
    case SN_CONFIG_VERIFY:
        return sn_verify_study(study, err);
    case SN_CONFIG_KIND_COUNT:
        break;
    }
    return sn_fail(err, SN_EINVAL, "a study of no kind");
}

static sn_status fill(sn_study *study, sn_error *err)
{
    study->result = sn_result_new();
    sn_result_add_text(study->result, "command", study->options->command);
    if (study->config != NULL)
        sn_result_add_json(study->result, "spec", study->config->resolved);
    if (study->identity != NULL)
        sn_result_add_text(study->result, "run", study->identity->hex);
    sn_status status = run_kind(study, err);
    if (study->partial)
        sn_result_add_boolean(study->result, "partial", true);
    sn_result_add_number(study->result, "seconds", sn_study_seconds() - study->began);
    if (status == SN_OK)
        status = finish(study, err);
    const bool unpublished = status == SN_OK && study->folder == NULL;
    if (unpublished || status == SN_EINTERRUPTED)
        study->outcome->json = sn_result_text(study->result);
    if (unpublished && study->outcome->json == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    sn_result_free(study->result);
    return status;
}

static sn_status fill_folder(sn_study *study, sn_error *err)
{
    const sn_status status = fill(study, err);
    if (study->folder != NULL) {
        sn_folder_remove(study->folder); /* whole or not at all; nothing once it is published */
        tell_folder(study->options, NULL);
    }
    sn_folder_discard(study->folder);
    return status;
}

/* A simulation may be long: its folder is made when there is something to put into it, so that one
 * that is killed leaves its checkpoint and nothing else. */
static sn_status run_simulation(sn_study *study, sn_error *err)
{
    bool complete = false;
    sn_identity identity;
    sn_status status = sn_identity_make(study->config, &identity, err);
    study->identity = status == SN_OK ? &identity : NULL;
    if (status == SN_OK && study->options->output != NULL)
        status = sn_place_prepare(study, &complete, &study->replace, err);
    if (status == SN_OK && complete)
        sn_study_say(study, "nothing to do: the result is complete");
    else if (status == SN_OK)
        status = fill_folder(study, err);
    sn_checkpoint_free(study->checkpoint);
    sn_identity_free(&identity);
    study->checkpoint = NULL;
    study->identity = NULL;
    if (status == SN_OK && study->partial) {
        study->outcome->partial = true;
        status = sn_fail(err, SN_EINTERRUPTED, "the simulation was interrupted");
    }
    return status;
}

static sn_status run(sn_study *study, sn_error *err)
{
    const sn_study_options *options = study->options;
    study->began = sn_study_seconds();
    *study->outcome = (sn_study_outcome){0};
    sn_status status = SN_OK;
    if (study->config != NULL)
        status = check_size(study->config, options->threads, err);
    if (status == SN_OK && study->config != NULL && study->config->kind == SN_CONFIG_SIMULATE) {
        status = run_simulation(study, err);
    } else if (status == SN_OK) {
        status = sn_study_open_folder(study, err);
        if (status == SN_OK)
            status = fill_folder(study, err);
    }
    if (status == SN_OK && study->undrawn.status != SN_OK) {
        status = study->undrawn.status;
        if (err != NULL)
            *err = study->undrawn;
    }
    return status;
}

sn_status sn_study_run(const sn_config *config, const sn_study_options *options,
                       sn_study_outcome *outcome, sn_error *err)
{
    sn_study study = {.config = config, .options = options, .outcome = outcome};
    return run(&study, err);
}

sn_status sn_study_claims(size_t count, const sn_claim *const *claims,
                          const sn_study_options *options, sn_study_outcome *outcome, sn_error *err)
{
    sn_study study = {.n_claims = count, .claims = claims, .options = options, .outcome = outcome};
    return run(&study, err);
}

sn_status sn_study_gain(const sn_gain_folder *folder, const sn_study_options *options,
                        sn_study_outcome *outcome, sn_error *err)
{
    sn_study study = {.gain = folder, .options = options, .outcome = outcome};
    return run(&study, err);
}
