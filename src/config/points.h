/* points.h: what concerns all points of a configuration together. */
#ifndef SELFNORM_CONFIG_POINTS_H
#define SELFNORM_CONFIG_POINTS_H

#include "keys.h"

/* The plots of a configuration whose points are read: those of the list, each of which must have
 * what it needs, or, where list is NULL, all that do. */
void sn_plots_choose(sn_findings *findings, const cJSON *list, sn_config *config);

/* Takes out of shared, the checked tree of a file, what the checked tree of one of its points has
 * not, or has with another value. The configuration's sweeps are read. */
void sn_points_share(sn_findings *findings, const sn_config *config, cJSON *shared,
                     const cJSON *point);

#endif
