/* gain_tables.h: the tables of a gain's result folder, columns as report/picture.h wants them.
 */
#ifndef SELFNORM_STUDY_GAIN_TABLES_H
#define SELFNORM_STUDY_GAIN_TABLES_H

#include "study/gain_folder.h"
#include "theory/critical.h"

/* f, f' and the shape of the pre-activation's density, see sn_law_shape, over where it lives. */
SN_NODISCARD sn_status sn_gain_curve(const sn_gain_study *study, sn_table **out, sn_error *err);

/* The correlation map at the fixed point at[...], with its own fixed points. */
SN_NODISCARD sn_status sn_gain_correlations(const sn_gain_study *study, const sn_field_point *at,
                                            sn_table **map, sn_table **points, sn_error *err);

/* The phase diagram and the critical line within it; *kind of the latter. */
SN_NODISCARD sn_status sn_gain_phases(const sn_gain_folder *folder, sn_table **phases,
                                      sn_table **line, sn_critical_kind *kind, sn_error *err);

/* Blocks of residual nets, plain and NFNet's. */
SN_NODISCARD sn_status sn_gain_blocks(const sn_gain_study *study, sn_table **out, sn_error *err);

/* Where in the plane of targets a design has solutions. */
SN_NODISCARD sn_status sn_gain_targets(const sn_gain_folder *folder, sn_table **out, sn_error *err);

#endif
