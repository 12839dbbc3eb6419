/* refine.h: Newton's method of fixed_point.h for a caller who knows where it may go.
 * Not installed. */
#ifndef SELFNORM_THEORY_REFINE_H
#define SELFNORM_THEORY_REFINE_H

#include "theory/fixed_point.h"

/* As sn_fixed_point_refine, but an iteration that leaves the limits is given up. */
SN_NODISCARD sn_status sn_fixed_point_refine_within(const sn_layer_map *map,
                                                    const sn_layer_point *start,
                                                    const sn_map_box *limits, sn_fixed_point *out,
                                                    bool *found, sn_error *err);

#endif
