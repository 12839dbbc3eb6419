/* common_keys.h: rows and ranges that the tables of several kinds share. */
#ifndef SELFNORM_CONFIG_COMMON_KEYS_H
#define SELFNORM_CONFIG_COMMON_KEYS_H

#include "keys.h"

/* Beyond these, nothing is meant seriously, and products of a few still are numbers. */
#define SN_LARGEST_REAL  1e30
#define SN_LARGEST_COUNT 1e9

/* Rows of a range { from, to } of T; complete is sn_complete_range. */
#define SN_RANGE_ROWS(T, from_field, to_field, least, exclusive)                                   \
    {                                                                                              \
        .name = "from",                                                                            \
        .doc = "the first value",                                                                  \
        .type = SN_KEY_NUMBER,                                                                     \
        .presence = SN_REQUIRED,                                                                   \
        .lower = least,                                                                            \
        .upper = SN_LARGEST_REAL,                                                                  \
        .above = exclusive,                                                                        \
        .column = SN_COLUMN_BOTH,                                                                  \
        .store = sn_store_real,                                                                    \
        .offset = offsetof(T, from_field),                                                         \
    },                                                                                             \
    {                                                                                              \
        .name = "to", .doc = "the last value, above from", .type = SN_KEY_NUMBER,                  \
        .presence = SN_REQUIRED, .lower = least, .upper = SN_LARGEST_REAL, .above = exclusive,     \
        .column = SN_COLUMN_BOTH, .store = sn_store_real, .offset = offsetof(T, to_field),         \
    }

/* First and last rows of every kind; a kind may store the description in its own struct. */
#define SN_FIRST_ROWS(store_description)                                                           \
    {                                                                                              \
        .name = "$schema",                                                                         \
        .doc = "where an editor finds this schema; not read",                                      \
        .type = SN_KEY_TEXT,                                                                       \
        .presence = SN_OPTIONAL,                                                                   \
        .upper = 1000,                                                                             \
        .whole_file = true,                                                                        \
    },                                                                                             \
        {                                                                                          \
            .name = "kind",                                                                        \
            .doc = "what the file configures",                                                     \
            .type = SN_KEY_NAME,                                                                   \
            .presence = SN_REQUIRED,                                                               \
            .names = &sn_kind_names,                                                               \
            .whole_file = true,                                                                    \
        },                                                                                         \
    {                                                                                              \
        .name = "description", .doc = "what the file is for; a title to people",                   \
        .type = SN_KEY_TEXT, .presence = SN_DEFAULT_JSON, .default_json = "\"\"", .upper = 2000,   \
        .whole_file = true, .store = store_description,                                            \
    }

#define SN_LAST_ROWS(plot_names)                                                                   \
    {                                                                                              \
        .name = "plots",                                                                           \
        .doc = "the pictures to draw; by default all that the file has what they need for",        \
        .type = SN_KEY_NAMES,                                                                      \
        .presence = SN_OPTIONAL,                                                                   \
        .upper = SN_PLOT_COUNT,                                                                    \
        .names = plot_names,                                                                       \
        .whole_file = true,                                                                        \
    },                                                                                             \
    {                                                                                              \
        .name = "sweep",                                                                           \
        .doc = "values to run through: from a JSON pointer to the list of values that the key "    \
               "there takes, or, of numbers, to a range of them; every combination is run",        \
        .type = SN_KEY_SWEEP, .presence = SN_OPTIONAL, .upper = SN_MOST_POINTS,                    \
        .whole_file = true,                                                                        \
    }

/* A bias's { mean, variance } as two fields of T. */
#define SN_BIAS_ROWS(T, mean_field, variance_field)                                                \
    {                                                                                              \
        .name = "mean",                                                                            \
        .doc = "mean of the biases",                                                               \
        .type = SN_KEY_NUMBER,                                                                     \
        .presence = SN_DEFAULT_JSON,                                                               \
        .default_json = "0",                                                                       \
        .lower = -SN_LARGEST_REAL,                                                                 \
        .upper = SN_LARGEST_REAL,                                                                  \
        .column = SN_COLUMN_BOTH,                                                                  \
        .store = sn_store_real,                                                                    \
        .offset = offsetof(T, mean_field),                                                         \
    },                                                                                             \
    {                                                                                              \
        .name = "variance", .doc = "variance of the biases", .type = SN_KEY_NUMBER,                \
        .presence = SN_DEFAULT_JSON, .default_json = "0", .lower = 0, .upper = SN_LARGEST_REAL,    \
        .column = SN_COLUMN_BOTH, .store = sn_store_real, .offset = offsetof(T, variance_field),   \
    }

extern const sn_names sn_kind_names;
extern const sn_names sn_map_names;
extern const sn_names sn_map_plot_names;
extern const sn_names sn_simulate_plot_names;
extern const sn_names sn_verify_plot_names;

#endif
