/* simulate_part.h: what the files of a simulation's study share. */
#ifndef SELFNORM_STUDY_SIMULATE_PART_H
#define SELFNORM_STUDY_SIMULATE_PART_H

#include "study/parts.h"

/* "selu, width 64" into text: the swept values of a point; the activation when nothing is swept. */
enum { SN_NETWORK_LABEL = 128 };
void sn_network_label(const sn_config *config, size_t point, char *text, size_t size);

/* Draws the pictures asked for. histogram is NULL where none is observed. */
SN_NODISCARD sn_status sn_simulate_pictures(sn_study *study, const sn_table *layers,
                                            const sn_table *networks, const sn_table *histogram,
                                            const char *subtitle, sn_error *err);

#endif
