/* gain_part.h: the gain's part of a study. */
#ifndef SELFNORM_STUDY_GAIN_PART_H
#define SELFNORM_STUDY_GAIN_PART_H

#include "study/parts.h"

/* Fills study->folder and study->result from study->gain. */
sn_status sn_gain_part(sn_study *study, sn_error *err);

#endif
