/* heads.h: what a template needs to know of the data, one function a kind of picture.
 *
 * Each writes its part of a script's head: canvas size, file names, column numbers, ranges, levels.
 * SN_EINVAL: a table or a column that the kind needs is missing. */
#ifndef SELFNORM_REPORT_HEADS_H
#define SELFNORM_REPORT_HEADS_H

#include "picture.h"

SN_BEGIN_DECLS

SN_NODISCARD sn_status sn_head_field(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_variance_change(const sn_picture *picture, FILE *script,
                                               sn_error *err);
SN_NODISCARD sn_status sn_head_spectral_norm(const sn_picture *picture, FILE *script,
                                             sn_error *err);
SN_NODISCARD sn_status sn_head_trajectories(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_moments(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_spread(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_boxes(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_regions(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_entries(const sn_picture *picture, FILE *script, sn_error *err);

/* Shared by them. */

/* Writes `name = number` for the column's number, counted from 1 as gnuplot does; an optional
 * column that is missing is 0, another one SN_EINVAL. */
SN_NODISCARD sn_status sn_head_column(FILE *script, const char *name, const sn_table *table,
                                      const char *column, bool optional, sn_error *err);

/* The first row after `row` whose first key_columns cells are not those of `row`. */
size_t sn_head_next_block(const sn_table *table, size_t row, size_t key_columns);

enum { SN_HEAD_LABEL_SIZE = 512 };

/* The first key_columns cells of a row in words, without the column skip; "" for none. */
void sn_head_describe(const sn_table *table, size_t row, size_t key_columns, size_t skip,
                      char text[SN_HEAD_LABEL_SIZE]);

/* `count`, the number of blocks; `labels`, an array with the name of each: given, or what make says
 * of its first row; `label_characters`, the length of the longest. */
void sn_head_labels(const sn_picture *picture, FILE *script, const sn_table *table,
                    size_t key_columns, const char *const *given,
                    void (*make)(const sn_picture *picture, size_t row,
                                 char text[SN_HEAD_LABEL_SIZE]));

/* `$fixed`, a data block of mu, nu and 1 (attracting), 0 (not) or -1 (one of a curve, where the
 * table says isolated: false); fixed_count, attracting_count and curve_count. table may
 * be NULL. */
SN_NODISCARD sn_status sn_head_fixed_points(FILE *script, const sn_table *table, sn_error *err);

/* The smallest of 1, 2, 5 times a power of ten that is not below the positive size. */
double sn_head_round_up(double size);

/* The range `name_min`, `name_max` to draw of values between low and high (nothing finite: low >
 * high), and `name_log`, whether on a logarithmic axis: more than two decades, all positive. */
void sn_head_range(FILE *script, const char *name, double low, double high, bool positive);

SN_END_DECLS

#endif
