/* spec.h: whether a simulation can be run as asked. Not installed. */
#ifndef SELFNORM_SIMULATE_SPEC_H
#define SELFNORM_SIMULATE_SPEC_H

#include "simulate/simulate.h"

/* SN_EDOMAIN, naming it, for the first field outside its range. */
SN_NODISCARD sn_status sn_spec_check(const sn_simulation_spec *spec, sn_error *err);

#endif
