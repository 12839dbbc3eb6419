/* The keys of a grid of two of the four coordinates of a layer's map, and of the other two. */
#include "config/grid_keys.h"

#include <math.h>

static const char *scale_name(size_t index)
{
    return sn_scale_name((sn_scale)index);
}

static const char *scale_doc(size_t index)
{
    return sn_scale_doc((sn_scale)index);
}

static const sn_names scales = {scale_name, scale_doc};

/* --- the grid --------------------------------------------------------------------------------- */

#define AXIS_ROWS(least, exclusive, ...)                                                           \
    SN_RANGE_ROWS(sn_axis, from, to, least, exclusive),                                            \
        {                                                                                          \
            .name = "points",                                                                      \
            .doc = "how many values, both ends included",                                          \
            .type = SN_KEY_WHOLE,                                                                  \
            .lower = 2,                                                                            \
            .column = SN_COLUMN_BOTH,                                                              \
            .store = sn_store_size,                                                                \
            .offset = offsetof(sn_axis, points),                                                   \
            __VA_ARGS__,                                                                           \
        },                                                                                         \
    {                                                                                              \
        .name = "scale", .doc = "how the values are spaced; \"log\" needs from > 0",               \
        .type = SN_KEY_NAME, .presence = SN_DEFAULT_JSON, .default_json = "\"linear\"",            \
        .names = &scales, .column = SN_COLUMN_BOTH, .store = sn_store_name,                        \
        .offset = offsetof(sn_axis, scale),                                                        \
    }

#define POINTS .presence = SN_DEFAULT_JSON, .default_json = "101", .upper = 1e6

static void complete_axis(sn_findings *findings, const sn_path *path, cJSON *axis)
{
    sn_complete_range(findings, path, axis);
    const cJSON *scale = sn_json_get(axis, "scale");
    const double from = sn_json_number(axis, "from");
    if (from <= 0 && cJSON_IsString(scale)
        && sn_names_find(&scales, scale->valuestring) == SN_SCALE_LOG)
        sn_complain(findings, path, "found from %g on a log scale, allowed is from > 0", from);
}

static const sn_key any_axis_keys[] = {AXIS_ROWS(-SN_LARGEST_REAL, false, POINTS)};
static const sn_key positive_axis_keys[] = {AXIS_ROWS(0, true, POINTS)};
static const sn_key swept_keys[] = {
    AXIS_ROWS(-SN_LARGEST_REAL, false, .presence = SN_REQUIRED, .upper = SN_MOST_POINTS)};

static const sn_shape any_axis = {
    .name = "axis",
    .keys = any_axis_keys,
    .n_keys = sizeof any_axis_keys / sizeof any_axis_keys[0],
    .complete = complete_axis,
};

static const sn_shape positive_axis = {
    .name = "positive_axis",
    .keys = positive_axis_keys,
    .n_keys = sizeof positive_axis_keys / sizeof positive_axis_keys[0],
    .complete = complete_axis,
};

const sn_shape sn_shape_swept = {
    .name = "range_of_values",
    .keys = swept_keys,
    .n_keys = sizeof swept_keys / sizeof swept_keys[0],
    .complete = complete_axis,
};

/* What makes no sense below or at 0. */
#define POSITIVE_mu    false
#define POSITIVE_nu    true
#define POSITIVE_omega false
#define POSITIVE_tau   true

#define GRID_ROW(id, coordinate, initial, what)                                                    \
    {                                                                                              \
        .name = #coordinate,                                                                       \
        .doc = what,                                                                               \
        .type = SN_KEY_OBJECT,                                                                     \
        .presence = SN_OPTIONAL,                                                                   \
        .shape = POSITIVE_##coordinate ? &positive_axis : &any_axis,                               \
    },

/* In the order of sn_coordinate. */
static const sn_key grid_keys[] = {SN_COORDINATE_LIST(GRID_ROW)};

const sn_shape sn_shape_grid = {
    .name = "grid",
    .keys = grid_keys,
    .n_keys = sizeof grid_keys / sizeof grid_keys[0],
    .fewest = 2,
    .most = 2,
};

bool sn_store_grid(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    (void)key;
    sn_map_spec *map = spec;
    size_t axis = 0;
    for (size_t c = 0; c < SN_COORDINATE_COUNT; c++) {
        const cJSON *side = sn_json_get(value, grid_keys[c].name);
        if (side == NULL)
            continue;
        map->axis[axis].coordinate = (sn_coordinate)c;
        if (!sn_shape_store(grid_keys[c].shape, side, &map->axis[axis++], memory))
            return false;
    }
    return true;
}

/* --- the coordinates off the grid ------------------------------------------------------------- */

#define FIXED_ROW(id, coordinate, initial, what)                                                   \
    {                                                                                              \
        .name = #coordinate,                                                                       \
        .doc = what "; " #initial " where not given",                                              \
        .type = SN_KEY_NUMBER,                                                                     \
        .presence = SN_OPTIONAL,                                                                   \
        .lower = POSITIVE_##coordinate ? 0 : -SN_LARGEST_REAL,                                     \
        .upper = SN_LARGEST_REAL,                                                                  \
        .above = POSITIVE_##coordinate,                                                            \
        .store = sn_store_real,                                                                    \
        .offset = offsetof(sn_layer_point, coordinate),                                            \
    },

static const sn_key fixed_keys[] = {SN_COORDINATE_LIST(FIXED_ROW)};

const sn_shape sn_shape_fixed = {
    .name = "fixed",
    .keys = fixed_keys,
    .n_keys = sizeof fixed_keys / sizeof fixed_keys[0],
};

static const double coordinate_default[] = {
#define INITIAL(id, name, initial, doc) initial,
    SN_COORDINATE_LIST(INITIAL)
#undef INITIAL
};

bool sn_store_fixed(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_layer_point *point = (sn_layer_point *)(void *)((char *)spec + key->offset);
    for (size_t c = 0; c < SN_COORDINATE_COUNT; c++)
        *sn_coordinate_of(point, (sn_coordinate)c) = coordinate_default[c];
    return sn_shape_store(key->shape, value, point, memory);
}

bool sn_complete_fixed(sn_findings *findings, const sn_path *path, const cJSON *grid, cJSON *fixed)
{
    const sn_path here = {.parent = path, .name = "fixed"};
    for (size_t c = 0; c < SN_COORDINATE_COUNT; c++) {
        const char *name = fixed_keys[c].name;
        const sn_path key = {.parent = &here, .name = name};
        const bool on_grid = sn_json_get(grid, name) != NULL;
        cJSON *given = cJSON_DetachItemFromObjectCaseSensitive(fixed, name);
        if (given != NULL && on_grid)
            sn_complain(findings, &key,
                        "%s is both fixed and on the grid; allowed is one of the two", name);
        if (given == NULL && on_grid)
            continue;
        if (given == NULL)
            given = cJSON_CreateNumber(coordinate_default[c]);
        if (!sn_json_add(fixed, name, given))
            return false;
    }
    return true;
}

void sn_complete_range(sn_findings *findings, const sn_path *path, cJSON *range)
{
    const double from = sn_json_number(range, "from"), to = sn_json_number(range, "to");
    if (from >= to)
        sn_complain(findings, path, "found from %g to %g, allowed is from < to", from, to);
}

double sn_axis_value(const sn_axis *axis, size_t i)
{
    if (i == 0)
        return axis->from;
    if (i + 1 >= axis->points)
        return axis->to;
    const double last = (double)(axis->points - 1), after = (double)i, before = last - after;
    if (axis->scale == SN_SCALE_LOG)
        return exp((log(axis->from) * before + log(axis->to) * after) / last);
    return (axis->from * before + axis->to * after) / last;
}
