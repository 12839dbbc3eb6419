/* config.h: configurations, from JSON text to typed specs.
 *
 * A configuration says what `selfnorm map`, `selfnorm simulate` or `selfnorm verify` is to do. It
 * is read strictly and through one table of keys (keys.h): parser, defaults, suggestions for
 * mistyped keys, the resolved JSON and the JSON Schema all come from it. Everything but "kind", and
 * what a claim asserts of which box, has a default.
 *
 * A sweep, an object from JSON pointers to lists of values, turns one file into many points: the
 * product of all its lists, the last list running fastest. A file without a sweep is one point. A
 * range {"from", "to", "points", "scale"} is the list of its values.
 *
 * All structs below are made here and read-only to others. Distinct configurations are independent
 * and may be used from different threads.
 */
#ifndef SELFNORM_CONFIG_CONFIG_H
#define SELFNORM_CONFIG_CONFIG_H

#include <stddef.h>

#include "../base/status.h"
#include "../base/table.h"
#include "../certify/claim.h"
#include "../simulate/simulate.h"
#include "../theory/fixed_point.h"
#include "../theory/layer_map.h"

SN_BEGIN_DECLS

#define SN_CONFIG_KIND_LIST(X)                                                                     \
    X(SN_CONFIG_MAP, "map", "the map of one layer over a grid: selfnorm map")                      \
    X(SN_CONFIG_SIMULATE, "simulate", "random networks propagating signals: selfnorm simulate")    \
    X(SN_CONFIG_VERIFY, "verify", "a claim about a layer on a whole box: selfnorm verify")

typedef enum sn_config_kind {
#define SN_CONFIG_KIND_ENUM(id, name, doc) id,
    SN_CONFIG_KIND_LIST(SN_CONFIG_KIND_ENUM)
#undef SN_CONFIG_KIND_ENUM
        SN_CONFIG_KIND_COUNT
} sn_config_kind;

const char *sn_config_kind_name(sn_config_kind kind); /* NULL past the last */
const char *sn_config_kind_doc(sn_config_kind kind);

/* The pictures a configuration can ask for. A picture that needs something can be asked for only
 * where every point of the configuration has it; by default all those are drawn, but "sweep" only
 * where two keys are swept over. */
#define SN_PLOT_LIST(X)                                                                            \
    X(SN_PLOT_FIELD, SN_CONFIG_MAP, SN_PLOT_NEEDS_MU_NU, "field",                                  \
      "the step (mu_next - mu, nu_next - nu) as arrows, with trajectories and fixed points")       \
    X(SN_PLOT_VARIANCE_CHANGE, SN_CONFIG_MAP, SN_PLOT_NEEDS_NOTHING, "variance_change",            \
      "nu_next - nu as a heat map over the grid, with its zero line")                              \
    X(SN_PLOT_SPECTRAL_NORM, SN_CONFIG_MAP, SN_PLOT_NEEDS_NOTHING, "spectral_norm",                \
      "the largest singular value of the Jacobian as a heat map, with its level line 1")           \
    X(SN_PLOT_TRAJECTORIES, SN_CONFIG_MAP, SN_PLOT_NEEDS_TRAJECTORIES, "trajectories",             \
      "mean and variance of each trajectory against the layer")                                    \
    X(SN_PLOT_MOMENTS, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_NOTHING, "moments",                       \
      "mean and variance against depth, with bands of the replicas and the theory as lines")       \
    X(SN_PLOT_SPREAD, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_WIDTHS, "spread",                          \
      "spread of the variance across replicas against the width, doubly logarithmic")              \
    X(SN_PLOT_GRADIENTS, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_GRADIENTS, "gradients",                 \
      "squared norm of the gradient against depth, beside the theory")                             \
    X(SN_PLOT_DISTRIBUTION, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_HISTOGRAM, "distribution",           \
      "the distribution of the pre-activations, layer by layer")                                   \
    X(SN_PLOT_SWEEP, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_SWEEP, "sweep",                             \
      "the last layer against what is swept over; of two keys, a heat map")                        \
    X(SN_PLOT_PATH, SN_CONFIG_SIMULATE, SN_PLOT_NEEDS_ONE_MAP, "path",                             \
      "mean and variance, layer by layer, on the vector field of the layer's map")                 \
    X(SN_PLOT_BOXES, SN_CONFIG_VERIFY, SN_PLOT_NEEDS_BOUND, "boxes",                               \
      "the boxes of the proof over mean and variance of the pre-activation, coloured by their "    \
      "bound")                                                                                     \
    X(SN_PLOT_REGIONS, SN_CONFIG_VERIFY, SN_PLOT_NEEDS_ATTRACTING, "regions",                      \
      "where in the plane of omega and tau a unique attracting fixed point is certified")          \
    X(SN_PLOT_ENTRIES, SN_CONFIG_VERIFY, SN_PLOT_NEEDS_ENTERS, "entries",                          \
      "layers until every start has entered the smaller box, over mu and nu")

#define SN_PLOT_NEED_LIST(X)                                                                       \
    X(SN_PLOT_NEEDS_NOTHING, "nothing")                                                            \
    X(SN_PLOT_NEEDS_MU_NU, "a grid over mu and nu")                                                \
    X(SN_PLOT_NEEDS_TRAJECTORIES, "at least one trajectory")                                       \
    X(SN_PLOT_NEEDS_WIDTHS,                                                                        \
      "a sweep over at least two values of /network/width, all numbers, and at least two "         \
      "replicas")                                                                                  \
    X(SN_PLOT_NEEDS_GRADIENTS, "\"gradients\" in \"observe\"")                                     \
    X(SN_PLOT_NEEDS_HISTOGRAM, "\"histogram\" in \"observe\"")                                     \
    X(SN_PLOT_NEEDS_SWEEP, "a sweep over one key or two")                                          \
    X(SN_PLOT_NEEDS_ONE_MAP, "one activation, one sort of weights and biases in all networks, "    \
                             "and neither normalization nor dropout "                              \
                             "nor residual connections")                                           \
    X(SN_PLOT_NEEDS_BOUND, "an assertion on a quantity")                                           \
    X(SN_PLOT_NEEDS_ATTRACTING,                                                                    \
      "an assertion \"attracting\", and omega and tau of the box with different ends")             \
    X(SN_PLOT_NEEDS_ENTERS, "an assertion \"enters\"")

typedef enum sn_plot_need {
#define SN_PLOT_NEED_ENUM(id, text) id,
    SN_PLOT_NEED_LIST(SN_PLOT_NEED_ENUM)
#undef SN_PLOT_NEED_ENUM
} sn_plot_need;

typedef enum sn_plot {
#define SN_PLOT_ENUM(id, kind, needs, name, doc) id,
    SN_PLOT_LIST(SN_PLOT_ENUM)
#undef SN_PLOT_ENUM
        SN_PLOT_COUNT
} sn_plot;

const char *sn_plot_name(sn_plot plot); /* NULL past the last */
const char *sn_plot_doc(sn_plot plot);
sn_config_kind sn_plot_config_kind(sn_plot plot); /* SN_CONFIG_KIND_COUNT past the last */
sn_plot_need sn_plot_needs(sn_plot plot);
const char *sn_plot_need_text(sn_plot_need need); /* in words; NULL past the last */

/* The four coordinates of a layer point, and what each is where nothing else is said. */
#define SN_COORDINATE_LIST(X)                                                                      \
    X(SN_MU, mu, 0, "mean of the layer's inputs")                                                  \
    X(SN_NU, nu, 1, "variance of the layer's inputs")                                              \
    X(SN_OMEGA, omega, 0, "sum of a neuron's weights")                                             \
    X(SN_TAU, tau, 1, "sum of a neuron's squared weights")

typedef enum sn_coordinate {
#define SN_COORDINATE_ENUM(id, name, initial, doc) id,
    SN_COORDINATE_LIST(SN_COORDINATE_ENUM)
#undef SN_COORDINATE_ENUM
        SN_COORDINATE_COUNT
} sn_coordinate;

const char *sn_coordinate_name(sn_coordinate coordinate); /* NULL past the last */
const char *sn_coordinate_doc(sn_coordinate coordinate);
/* The field of that coordinate in a point. */
double *sn_coordinate_of(sn_layer_point *point, sn_coordinate coordinate);

#define SN_SCALE_LIST(X)                                                                           \
    X(SN_SCALE_LINEAR, "linear", "equal differences between neighbours")                           \
    X(SN_SCALE_LOG, "log", "equal ratios between neighbours")

typedef enum sn_scale {
#define SN_SCALE_ENUM(id, name, doc) id,
    SN_SCALE_LIST(SN_SCALE_ENUM)
#undef SN_SCALE_ENUM
        SN_SCALE_COUNT
} sn_scale;

const char *sn_scale_name(sn_scale scale); /* NULL past the last */
const char *sn_scale_doc(sn_scale scale);

/* One side of a grid, both ends included: from < to, points >= 2, from > 0 on a log scale. */
typedef struct sn_axis {
    sn_coordinate coordinate;
    double from, to;
    size_t points;
    sn_scale scale;
} sn_axis;

/* The i-th value of an axis, i < points; exactly from for the first and to for the last. */
double sn_axis_value(const sn_axis *axis, size_t i);

typedef struct sn_start {
    double mu, nu;
} sn_start;

/* What one point of a "map" configuration asks for. */
typedef struct sn_map_spec {
    sn_layer_map map;
    sn_axis axis[2];      /* two different coordinates, in the order mu, nu, omega, tau */
    sn_layer_point fixed; /* the coordinates off the grid; one on the grid has its default here */
    size_t n_trajectories;
    sn_start *trajectories;   /* each runs at fixed.omega, fixed.tau */
    size_t trajectory_layers; /* at most so many layers each */
    sn_map_box fixed_points;  /* where to search for them, at fixed.omega, fixed.tau */
} sn_map_spec;

/* What one point of a "simulate" configuration asks for; run.threads is 0. What run points to, its
 * blocks and an input's rows, is the configuration's. */
typedef struct sn_simulate_spec {
    sn_simulation_spec run;
    const sn_initializer *const *initializers; /* of each of run.blocks: whose law, structure and
                                                  tau its weights have; NULL: they are given by
                                                  their distribution */
    const char *rows_file; /* of given rows, as the configuration has it; else NULL */
} sn_simulate_spec;

/* Whether mean and variance of every layer are iterates of one map of a layer, that of the other's
 * first layer: the same activation, sort of weights and biases, and neither normalization nor
 * dropout nor residuals. */
bool sn_simulate_same_map(const sn_simulate_spec *spec, const sn_simulate_spec *other);

/* How far one side of a claim's box can be stretched: its end is moved from its value towards `to`,
 * which lies beyond it, until a proved value and a refuted one are at most `within` apart. Of a
 * symmetric side [-a, a] both ends move, to -v and v. */
typedef struct sn_stretch {
    bool asked;
    int side;   /* SN_BOX_MU to SN_BOX_TAU */
    bool upper; /* which end; true where symmetric */
    bool symmetric;
    const char *to; /* decimal */
    double within;
} sn_stretch;

/* What one point of a "verify" configuration asks for. */
typedef struct sn_verify_spec {
    sn_claim claim; /* without a name; its description is the file's, or NULL */
    bool expects;
    sn_verdict expected; /* where it expects one */
    sn_stretch stretch;
    size_t boxes;
    double tolerance; /* as in sn_proof_options */
} sn_verify_spec;

/* A value that a sweep gives to a key. */
typedef struct sn_sweep_value {
    const char *label; /* short, for legends: "selu", "0.5", "leaky_relu slope=0.1" */
    double number;     /* of a number, or 0 and 1 for false and true; else NaN */
} sn_sweep_value;

/* A key that a sweep runs over. */
typedef struct sn_sweep {
    const char *pointer; /* JSON pointer of the key: "/network/activation/name" */
    sn_column column;    /* for tables: SN_TEXT unless all values are numbers, or true and false;
                         names are unique */
    size_t n_values;
    const sn_sweep_value *values;
} sn_sweep;

/* One point, as its configuration's kind says. */
typedef union sn_config_point {
    sn_map_spec map;
    sn_simulate_spec simulate;
    sn_verify_spec verify;
} sn_config_point;

typedef struct sn_config {
    sn_config_kind kind;
    const char *description; /* "" where there is none */
    size_t n_plots;
    const sn_plot *plots; /* in the order asked for */
    size_t n_sweeps;
    const sn_sweep *sweeps; /* in the order of the file */
    size_t n_points;        /* the product of all n_values; 1 without a sweep */
    const sn_config_point *points;
    const char *resolved; /* JSON, formatted: the file with all defaults filled in. With a sweep,
                             what all points share, and the sweep. Parsing it gives this very
                             configuration again. */
} sn_config;

/* The value that the sweep-th sweep has at the point-th point. */
const sn_sweep_value *sn_config_swept(const sn_config *config, size_t point, size_t sweep);

/* JSON, formatted, of one point alone with all its defaults, without the sweep; the caller frees
 * it. NULL when memory is out. */
char *sn_config_point_json(const sn_config *config, size_t point);

/* What is wrong with a configuration: one line an error, complete, without a newline:
 * FILE:LINE:COLUMN: for broken JSON, FILE: POINTER: for a bad value. */
typedef struct sn_config_errors {
    size_t count;
    char **lines;
} sn_config_errors;

void sn_config_errors_free(sn_config_errors *errors); /* empties it; NULL is fine */

/* A value set from outside the file, as by a command-line flag: {"/seed", "7"}. It replaces or adds
 * that key before the file is checked; its errors name the file and the pointer. */
typedef struct sn_config_setting {
    const char *pointer; /* JSON pointer of a key of the table */
    const char *value;   /* JSON text */
} sn_config_setting;

/* Reads a configuration; path "-" is standard input. *out is the caller's to free with
 * sn_config_free, and NULL after a failure; then *errors says why, in at least one line unless
 * memory is out, and is the caller's to free too (it needs no start value, and is empty after
 * success). SN_ECONFIG: broken JSON, bad values, too large a file or sweep: ALL errors that can be
 * found. SN_EIO: unreadable. SN_ENOMEM. */
SN_NODISCARD sn_status sn_config_load(const char *path, size_t n_settings,
                                      const sn_config_setting *settings, sn_config **out,
                                      sn_config_errors *errors);

/* The same from text of that length, which need not be NUL-terminated; name stands for the file in
 * messages. Not SN_EIO. */
SN_NODISCARD sn_status sn_config_parse(const char *name, const char *text, size_t length,
                                       size_t n_settings, const sn_config_setting *settings,
                                       sn_config **out, sn_config_errors *errors);

void sn_config_free(sn_config *config); /* NULL is fine */

/* The JSON Schema (draft 2020-12) of configurations, formatted, ending in a newline; the caller
 * frees it. NULL when memory is out. */
char *sn_config_schema(void);

SN_END_DECLS

#endif
