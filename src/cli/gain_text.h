/* gain_text.h: a gain and a design as text for a person, on standard output. */
#ifndef SELFNORM_CLI_GAIN_TEXT_H
#define SELFNORM_CLI_GAIN_TEXT_H

#include "study/gain_design.h"
#include "study/gain_study.h"

void print_gain_text(const sn_gain_study *study);
void print_exact_gain_text(const sn_gain_spec *spec, const sn_exact_gain *exact);
void print_design_text(const sn_gain_design *design);

#endif
