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
SN_NODISCARD sn_status sn_head_gradients(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_distribution(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_sweep(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_path(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_spread(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_boxes(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_regions(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_entries(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_activation(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_correlation(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_phase(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_solutions(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_growth(const sn_picture *picture, FILE *script, sn_error *err);
SN_NODISCARD sn_status sn_head_designs(const sn_picture *picture, FILE *script, sn_error *err);

/* Shared by them. */

/* Writes `name = number` for the column's number, counted from 1 as gnuplot does; an optional
 * column that is missing is 0, another one SN_EINVAL. */
SN_NODISCARD sn_status sn_head_column(FILE *script, const char *name, const sn_table *table,
                                      const char *column, bool optional, sn_error *err);

/* SN_EINVAL, with what is missing, for a table that is NULL or has no rows. */
SN_NODISCARD sn_status sn_head_need(const sn_table *table, const char *kind, const char *what,
                                    sn_error *err);

/* Whether a cell says yes: a number above 0, or text that starts like 1, true or yes. */
bool sn_head_is_true(const sn_table *table, size_t row, size_t column);

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

/* What a network of picture->layers is called after its swept columns; a make of sn_head_labels. */
void sn_head_network_label(const sn_picture *picture, size_t row, char text[SN_HEAD_LABEL_SIZE]);

/* The grid of a picture: `data`, x_column, x_min, x_max, x_label, x_log, the same of y, and nx, ny.
 * SN_EINVAL: no grid of at least 2 by 2 points. */
SN_NODISCARD sn_status sn_head_grid(const sn_picture *picture, FILE *script, sn_error *err);

/* Every step-th of some points, from first on, count of them: at_most, with what is left out at the
 * two ends even. */
typedef struct sn_head_thinning {
    size_t step, first, count;
} sn_head_thinning;

enum { SN_HEAD_IMAGE_POINTS = 500, SN_HEAD_CONTOUR_POINTS = 250 };

sn_head_thinning sn_head_thin(size_t points, size_t at_most);

/* The same of a grid's sides: name_x and name_y, the steps, name_x0 and name_y0. */
void sn_head_steps(FILE *script, const char *name, size_t nx, size_t ny, size_t at_most);

/* How the finite values of a column spread; zeros when there are none. SN_ENOMEM. */
typedef struct sn_head_extent {
    double min, max;
    double low, high; /* where all but a percent on either side lie */
} sn_head_extent;

SN_NODISCARD sn_status sn_head_quantiles(const sn_table *table, size_t column, sn_head_extent *out,
                                         sn_error *err);

/* A grid's axes: x varies fastest, over so many columns. */
typedef struct sn_head_sides {
    const sn_table *grid;
    size_t columns, x_column, y_column;
    bool x_log, y_log;
} sn_head_sides;

/* Which of its parts each point of a grid, thinned as an image is, belongs to; and where the cells
 * around the points end, in logarithms along logarithmic axes. */
typedef struct sn_head_parts {
    size_t nx, ny;
    unsigned char *part; /* nx x ny, x fastest; below 255 */
    double *x, *y;       /* nx + 1, ny + 1 */
} sn_head_parts;

typedef unsigned char sn_head_part_of(const sn_table *grid, size_t row, const size_t *columns);

/* SN_ENOMEM. To be freed if it succeeded. */
SN_NODISCARD sn_status sn_head_parts_make(const sn_head_sides *sides, sn_head_part_of *part_of,
                                          const size_t *columns, sn_head_parts *out, sn_error *err);
void sn_head_parts_free(sn_head_parts *parts);

/* `$name`, the part as rectangles, and name_count. SN_ENOMEM. */
SN_NODISCARD sn_status sn_head_parts_patches(const sn_head_parts *parts, unsigned char which,
                                             FILE *script, const char *name, sn_error *err);

/* Where in the part there is most room for a text of so large a share of the picture; false: there
 * is none. */
bool sn_head_parts_room(const sn_head_parts *parts, unsigned char which, double width,
                        double height, double *x, double *y);

/* The grid of a map and what arrows of its steps need: its file, axes and size, the functions dmu
 * and dnu of the row being read (from columns of these names or, without them, from mu_next and
 * nu_next), step_max, the thinning arrow_x, arrow_y; and the fixed points. */
SN_NODISCARD sn_status sn_head_arrows(const sn_picture *picture, FILE *script, sn_error *err);

/* `$fixed`, a data block of mu, nu and 1 (attracting), 0 (not) or -1 (one of a curve, where the
 * table says isolated: false); fixed_count, attracting_count and curve_count. table may
 * be NULL. */
SN_NODISCARD sn_status sn_head_fixed_points(FILE *script, const sn_table *table, sn_error *err);

/* The smallest of 1, 2, 5 times a power of ten that is not below the positive size. */
double sn_head_round_up(double size);

/* The range `name_min`, `name_max` to draw of values between low and high (nothing finite: low >
 * high), and `name_log`, whether on a logarithmic axis: more than two decades, all positive. */
void sn_head_range(FILE *script, const char *name, double low, double high, bool positive);

/* How the values of a swept column stand along an axis. Numbers stand in order, by their logarithms
 * if those are spaced more evenly; text, and numbers too uneven either way, side by side. */
typedef struct sn_head_axis {
    const sn_table *table;
    size_t column, count; /* how many distinct values */
    size_t *row;          /* of each in the order of the axis, the first that has it */
    double *place; /* of each, increasing: the number, its decimal logarithm or 0, 1, 2 … */
} sn_head_axis;

/* SN_EINVAL for a column the table has not, or no rows; SN_ENOMEM. To be freed if it succeeded. */
SN_NODISCARD sn_status sn_head_axis_make(const sn_table *table, size_t column, sn_head_axis *out,
                                         sn_error *err);
void sn_head_axis_free(sn_head_axis *axis);

/* Which of the values a row has. */
size_t sn_head_axis_index(const sn_head_axis *axis, size_t row);

/* Where the cell of a value ends: half-way to its neighbours. */
double sn_head_axis_lower(const sn_head_axis *axis, size_t index);
double sn_head_axis_upper(const sn_head_axis *axis, size_t index);

/* `name_label`, `name_count`, the arrays `name_places` and `name_names`, `name_characters` (of the
 * longest name), `name_named` (whether they are words), `name_min` and `name_max`, the outer ends
 * of the cells. */
void sn_head_axis_write(const sn_head_axis *axis, FILE *script, const char *name);

SN_END_DECLS

#endif
