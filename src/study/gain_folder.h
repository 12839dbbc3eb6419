/* gain_folder.h: a gain or a design as a result folder, with tables and pictures. */
#ifndef SELFNORM_STUDY_GAIN_FOLDER_H
#define SELFNORM_STUDY_GAIN_FOLDER_H

#include "study/gain_design.h"
#include "study/gain_study.h"

typedef struct sn_gain_folder {
    const sn_gain_study *gain;    /* or NULL */
    const sn_gain_design *design; /* or NULL */
    const char *const *plots;     /* the pictures wanted, NULL at the end; those that do not apply
                                     are left out */
    size_t resolution;            /* points along each axis of a phase diagram or of targets */
    double tau_most, bias_most;   /* how far a phase diagram goes; NAN: chosen by its line */
} sn_gain_folder;

/* Makes the folder options->output; statuses as sn_study_run. */
SN_NODISCARD sn_status sn_study_gain(const sn_gain_folder *folder, const sn_study_options *options,
                                     sn_study_outcome *outcome, sn_error *err);

#endif
