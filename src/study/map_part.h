/* map_part.h: what makes up one point of a map configuration's sweep. */
#ifndef SELFNORM_STUDY_MAP_PART_H
#define SELFNORM_STUDY_MAP_PART_H

#include "study/parts.h"

typedef struct sn_map_part {
    sn_study *study;
    const sn_map_spec *spec;
    size_t index; /* of the point; names carry it, from 1, if there are several */
    sn_table *grid, *trajectories, *fates, *fixed_points;
    size_t failed; /* grid points without a value */
} sn_map_part;

/* "grid", or "grid_2" for the second of several. */
void sn_map_part_name(const sn_map_part *p, const char *what, char *text, size_t size);
sn_table *sn_map_table(const sn_map_part *p, const char *what, size_t n, const sn_column *columns);

/* Each makes and fills its table or tables, which are the part's. SN_ENOMEM, and the statuses of
 * the theory it asks. */
SN_NODISCARD sn_status sn_map_make_grid(sn_map_part *p, sn_error *err);
SN_NODISCARD sn_status sn_map_make_trajectories(sn_map_part *p, sn_error *err);
SN_NODISCARD sn_status sn_map_make_fixed_points(sn_map_part *p, sn_error *err);

/* The bytes the grid takes. */
size_t sn_map_grid_bytes(const sn_map_spec *spec);

#endif
