/* prediction_start.h: where the theory of a network starts: kinds of input samples. */
#ifndef SELFNORM_STUDY_PREDICTION_START_H
#define SELFNORM_STUDY_PREDICTION_START_H

#include "simulate/simulate.h"

/* A share of the samples, whose entries are taken as iid; correlation is that of such a sample's
 * entries with another sample's. */
typedef struct sn_start_kind {
    double share;
    double mean, variance;
    double third, fourth; /* E x^3, and the fourth central moment */
    double correlation;
} sn_start_kind;

enum { SN_MOST_STARTS = 32 };

/* How many kinds stand for the input's samples. Rows of given data, whose sizes differ, are sorted
 * by size and averaged in groups. 0: out of memory. */
size_t sn_prediction_starts(const sn_simulation_spec *run, sn_start_kind starts[SN_MOST_STARTS]);

#endif
