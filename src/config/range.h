/* range.h: the values of a sweep given as { from, to, points, scale }. */
#ifndef SELFNORM_CONFIG_RANGE_H
#define SELFNORM_CONFIG_RANGE_H

#include "keys.h"

/* Whether values of the key can be given as a range. */
bool sn_range_fits(const sn_key *key);

/* The range's values as a list, the caller's to delete: whole numbers for a key that takes only
 * those. NULL, having complained, where there is none, or two
 * values are the same. key NULL: the range is only checked. */
cJSON *sn_range_list(sn_findings *findings, const sn_path *path, const sn_key *key,
                     const cJSON *range);

#endif
