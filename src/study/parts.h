/* parts.h: what the kinds of studies share while one runs. */
#ifndef SELFNORM_STUDY_PARTS_H
#define SELFNORM_STUDY_PARTS_H

#include "report/folder.h"
#include "report/picture.h"
#include "report/result.h"
#include "study/checkpoint.h"
#include "study/gain_folder.h"
#include "study/study.h"

typedef struct sn_study {
    const sn_config *config; /* NULL: of claims alone */
    size_t n_claims;
    const sn_claim *const *claims; /* in place of a configuration */
    const sn_gain_folder *gain;    /* likewise */
    const sn_study_options *options;
    sn_folder *folder;           /* NULL: none is made */
    double began;                /* on the clock of sn_study_seconds */
    sn_result *result;           /* result.json as it grows */
    sn_study_outcome *outcome;   /* lines for a person as they come */
    const sn_identity *identity; /* of a simulation */
    sn_checkpoint *checkpoint;   /* of a simulation with a folder; NULL: none */
    bool replace;                /* an earlier result of selfnorm, without --force too */
    bool partial;                /* the result is of what was complete when it was stopped */
    sn_error undrawn;            /* the first picture that was not drawn, or SN_OK */
} sn_study;

/* Makes study->folder, to be published at the end; nothing where no output is asked for. A
 * simulation does so when it has something to put into it, the others find it made. */
sn_status sn_study_open_folder(sn_study *study, sn_error *err);

sn_status sn_map_study(sn_study *study, sn_error *err);
sn_status sn_simulate_study(sn_study *study, sn_error *err);
sn_status sn_verify_study(sn_study *study, sn_error *err);
size_t sn_map_study_bytes(const sn_map_spec *spec);
size_t sn_simulate_study_bytes(const sn_config *config, int threads);

/* a + b and a * b, SIZE_MAX where that does not fit. */
size_t sn_bytes_plus(size_t a, size_t b);
size_t sn_bytes_times(size_t a, size_t b);

/* Adds a formatted line to the outcome; those past the last are counted. */
void sn_study_say(sn_study *study, const char *format, ...) SN_PRINTF(2, 3);

/* Hands a formatted line to the watch at once. */
void sn_study_tell(const sn_study *study, const char *format, ...) SN_PRINTF(2, 3);

/* Says something for a person at once, beside the results. */
void sn_study_warn(const sn_study *study, const char *format, ...) SN_PRINTF(2, 3);

/* A clock that only runs forwards. */
double sn_study_seconds(void);

/* A mean for a person: 0 where it is rounding noise beside the deviation. */
double sn_study_mean(double mu, double nu);

/* Tells the watch; total 0: nobody knows how many. */
void sn_study_tick(const sn_study *study, const char *what, size_t done, size_t total);

/* Whether the watch wants the work to stop. */
bool sn_study_stopped(const sn_study *study);

/* Writes the picture's script and draws it in all formats asked for. */
sn_status sn_study_draw(sn_study *study, const sn_picture *picture, sn_error *err);

/* "SELU with alpha 1.5" into text: the activation's name and the parameters off their defaults. */
void sn_study_activation_text(const sn_activation *f, char *text, size_t size);

/* "selu, width 64" into text: what a sweep gives to that point; "" without a sweep. */
void sn_study_point_label(const sn_config *config, size_t point, char *text, size_t size);

#endif
