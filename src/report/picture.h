/* picture.h: pictures, as gnuplot scripts that run by themselves, and their rendering.
 *
 * A picture of a kind is the script `<name>.gp` in a result folder: a generated head (titles,
 * labels, file names, ranges), the shared style and the kind's template. `gnuplot NAME.gp` draws
 * NAME.png, `gnuplot -e "format='svg'" NAME.gp` NAME.svg; also pdf. Text that came from a
 * configuration reaches gnuplot only as a single-quoted string, with quotes, control characters
 * and broken UTF-8 replaced, and is drawn without markup. Data are read from the
 * `<table>.tsv` files beside it, so the tables given here must have been written with sn_tsv_write,
 * grids with scan_rows, tables of networks, trajectories and cells with key_columns.
 */
#ifndef SELFNORM_REPORT_PICTURE_H
#define SELFNORM_REPORT_PICTURE_H

#include "base/table.h"
#include "folder.h"

SN_BEGIN_DECLS

/* What a picture shows. Fields a kind does not use are ignored; see the kinds' docs.
 *
 *   field            grid over mu, nu; trajectories, fixed_points if not NULL
 *   variance_change  grid over any two of mu, nu, omega, tau; fixed_points if not NULL and the axes
 *                    are mu, nu
 *   spectral_norm    the same
 *   trajectories     trajectories; fixed_points if not NULL
 *   moments          layers, key_columns
 *   gradients        layers (with gradient_log10), key_columns
 *   path             grid over mu, nu; layers, key_columns; fixed_points if not NULL
 *   distribution     histogram, key_columns
 *   sweep            networks, key_columns; quantity, about_theory; x, y to choose axes
 *   spread           layers, key_columns, swept
 *   boxes            cells, key_columns, block, quantity; rows in the order of drawing
 *   regions          cells, key_columns, block
 *   entries          cells, key_columns, block, target; rows in the order of drawing
 *   activation       curve
 *   correlation      correlations; correlation_points if not NULL
 *   phase            phases, phase_columns; critical_line if not NULL; x_log, y_log
 *   solutions        targets, target_columns, y_log; target if not NULL
 *   growth           blocks
 *   designs          solutions_curves
 */
typedef struct sn_picture {
    const char *kind;     /* see sn_plot_kind_at */
    const char *name;     /* of its files, [A-Za-z0-9_-]+; NULL: the kind's name */
    const char *title;    /* any text; NULL or "": none */
    const char *subtitle; /* second, smaller line: which map, which activation, what is fixed */

    const sn_table *grid; /* columns x and y and those of the kind; rows: x varies fastest */
    size_t grid_columns;  /* points along x, the scan_rows of its TSV */
    const char *x, *y;    /* names of the two columns spanned; NULL: "mu", "nu"; of a sweep the
                             swept columns along the axes, NULL: the first and the second */
    bool x_log, y_log;    /* the grid is spaced evenly in the logarithm */

    const sn_table *trajectories; /* trajectory, layer, mu, nu; key_columns = 1 in its TSV */
    const sn_table *fixed_points; /* mu, nu, attracting */

    const sn_table *layers;    /* swept columns first, then layer, mean, mean_se, mean_theory, … ;
                               lines of theory have its drift in them, as mean_drift says it */
    size_t key_columns;        /* how many swept columns; the key_columns of its TSV */
    const char *const *labels; /* key entries, one a network (a block of equal swept columns) in
                                  the order of the table; NULL: made from the swept columns */
    const char *swept;         /* spread: the swept numeric column to draw against */

    /* The swept columns, then layer, z (in deviations), density, density_se, density_normal; its
     * TSV with key_columns + 1, so that a block is a layer. */
    const sn_table *histogram;

    /* A row a network: the swept columns, then quantities; of each, say variance_last, its
     * variance_last_se and variance_last_theory; exploded, died and replicas, how many. */
    const sn_table *networks;
    bool
        about_theory; /* sweep: colours are of the quantity over (or, of logarithms and means, less)
                          its theory, instead of over 1 (less 0) */

    /* Cells with lower and upper ends in two coordinates, in blocks of equal key columns. */
    const sn_table *cells;
    size_t block;         /* which block is drawn, from 0 */
    const char *quantity; /* boxes: what the columns lower and upper enclose; sweep: the column
                             to draw, NULL: variance_last */
    bool is_upper;        /* boxes: coloured by upper, else by lower */
    const double *target; /* entries: mu from, to, nu from, to; solutions: mu, nu */

    const sn_table *curve; /* x, value, derivative, density; x increasing, NaN where undefined */
    const sn_table *correlations;       /* c, c_next; c increasing */
    const sn_table *correlation_points; /* c, attracting */

    /* Over tau (varying fastest) and bias_variance: q, 0 where the signal dies, infinite where it
     * explodes, and chi1. Its TSV with scan_rows = phase_columns. */
    const sn_table *phases;
    size_t phase_columns;
    /* q, tau, bias_variance, attracting, in order along the line; rows of negative bias_variance are
     * not drawn. A set of one point, as of relu, is marked as such. */
    const sn_table *critical_line;

    /* Over mu (varying fastest) and nu: solutions, how many (NaN: not known), and attracting,
     * whether one attracts. Its TSV with scan_rows = target_columns. */
    const sn_table *targets;
    size_t target_columns;

    const sn_table *blocks; /* net (text), block, variance, gradient_log10 (of the squared gradient,
                               from the block back to the input); key_columns = 1 in its TSV */
    const sn_table *solutions_curves; /* solution (text), x, value; key_columns = 1 in its TSV */
} sn_picture;

/* The kinds of pictures, one row each. */
typedef struct sn_plot_kind {
    const char *name;
    const char *doc;
    int width, height;    /* of the canvas, in pixels of a screen */
    const char *template; /* the gnuplot text */
    sn_status (*prepare)(const sn_picture *picture, FILE *script, sn_error *err); /* the head */
} sn_plot_kind;

const sn_plot_kind *sn_plot_kind_at(size_t index); /* NULL past the last */
const sn_plot_kind *sn_plot_kind_find(const char *name);

/* The formats a picture renders to: "png", "svg", "pdf", "terminal" (text on standard output).
 * NULL past the last. */
const char *sn_plot_format_at(size_t index);

/* Writes `<name>.gp` into the folder. SN_EUNKNOWN: no such kind; SN_EINVAL: a table or column that
 * the kind needs is missing, named in the message; else as sn_folder_open. */
SN_NODISCARD sn_status sn_picture_write(sn_folder *folder, const sn_picture *picture,
                                        sn_error *err);

/* Runs gnuplot on `<name>.gp` of a folder still being filled, for `<name>.<format>`. */
SN_NODISCARD sn_status sn_picture_draw(sn_folder *folder, const char *name, const char *format,
                                       sn_error *err);

/* The same in a finished folder; an earlier picture of that name and format is replaced at once or,
 * after a failure, kept. gnuplot runs without a shell and without the user's start-up files, in
 * the folder, with its complaints in the error message. SN_ETOOL: gnuplot is missing or failed, or
 * its picture is incomplete; SN_EUNKNOWN: no such format; SN_EIO; SN_ENOMEM. */
SN_NODISCARD sn_status sn_picture_render(const char *directory, const char *name,
                                         const char *format, sn_error *err);

/* The names of the pictures (the .gp files, without the suffix) of a folder, in order of name; to
 * be freed with sn_picture_names_free. SN_EIO, SN_ENOMEM. */
SN_NODISCARD sn_status sn_picture_names(const char *directory, char ***names, size_t *count,
                                        sn_error *err);
void sn_picture_names_free(char **names, size_t count);

SN_END_DECLS

#endif
